"""What of the library a command calls, read from the modules of the command line, through all their functions.

A call is `store.PART.METHOD` of a `Store` (or of something called so), or the function of another package of willay.
Functions of the command line are followed into; so is a method, into every class of the command line that has one of
its name.
"""

from __future__ import annotations

import ast
import inspect
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import willay.events.cli

if TYPE_CHECKING:
    from collections.abc import Iterator

CLI = "willay.events.cli"
PARTS = ("attachments", "file", "read", "regions", "registers", "review", "undo", "write")

Function = tuple[str, str]
"""The module below `willay.events.cli`, and the function's name; of a method `CLASS.NAME`."""


@cache
def modules() -> dict[str, ast.Module]:
    """The modules of the command line, parsed, by full name."""
    folder = Path(inspect.getfile(willay.events.cli)).parent
    files = sorted(file for file in folder.rglob("*.py") if file.name != "__init__.py")
    return {f"{CLI}.{'.'.join(file.relative_to(folder).with_suffix('').parts)}": _parsed(file) for file in files}


def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def calls_of(module: str, name: str) -> set[str]:
    """What a function of the command line calls of the library, itself and through those that it calls."""
    found, seen, rest = set[str](), set[Function](), [(module, name)]
    while rest:
        one = rest.pop()
        if one in seen or one not in functions():
            continue
        seen.add(one)
        calls, into = functions()[one]
        found |= calls
        rest += into
    return found


@cache
def functions() -> dict[Function, tuple[frozenset[str], frozenset[Function]]]:
    """Each function and method: its calls of the library, and the functions of the command line that it mentions."""
    methods = defaultdict(set)
    for module, tree in modules().items():
        for owner in (node for node in tree.body if isinstance(node, ast.ClassDef)):
            for node in owner.body:
                if isinstance(node, ast.FunctionDef):
                    methods[node.name].add((module, f"{owner.name}.{node.name}"))
    return {(module, name): _read(module, node, methods) for module in modules() for name, node in _defined(module)}


def _defined(module: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in modules()[module].body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{one.name}", one) for one in node.body if isinstance(one, ast.FunctionDef))


def _read(
    module: str, node: ast.FunctionDef, methods: dict[str, set[Function]]
) -> tuple[frozenset[str], frozenset[Function]]:
    imported = _imported(modules()[module].body) | _imported(list(ast.walk(node)))
    calls, into = set(), set()
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and one.id in imported:
            home, name = imported[one.id]
            (into.add((home, name)) if home.startswith(CLI) else calls.add(f"{home}.{name}"))
        elif isinstance(one, ast.Name):
            into.add((module, one.id))
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Attribute) and one.value.attr in PARTS:
            calls.add(f"store.{one.value.attr}.{one.attr}")
        elif isinstance(one, ast.Attribute):
            into |= {
                method for method in methods[one.attr] if method[0] in {module, *(h for h, _ in imported.values())}
            }
    return frozenset(calls), frozenset(into)


def _imported(nodes: list[ast.AST] | list[ast.stmt]) -> dict[str, tuple[str, str]]:
    """The names that are imported from willay: of each its home and its name there; types alone are not followed."""
    return {
        alias.asname or alias.name: (str(node.module), alias.name)
        for node in nodes
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("willay.")
        for alias in node.names
    }
