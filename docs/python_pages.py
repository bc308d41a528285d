"""The pages of the Python API: every public name of every package, with its signature and docstring, as Markdown."""

from __future__ import annotations

import importlib
import inspect
import re
import textwrap
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES: Final = (
    "willay",
    "willay.events",
    "willay.events.store",
    "willay.events.frame",
    "willay.events.exchange",
    "willay.events.exchange.incoming",
    "willay.events.exchange.incoming.table",
    "willay.events.exchange.outgoing",
    "willay.events.disclosure",
    "willay.events.aggregate",
    "willay.maps",
    "willay.maps.layers",
    "willay.maps.pictures",
    "willay.maps.profile",
    "willay.data",
    "willay.geo",
)
"""The packages with public names, the front door first."""

SECTION: Final = re.compile(r"^(Args|Returns|Yields|Raises|Attributes|Example|Examples|Warns|Note):$")
ENTRY: Final = re.compile(r"^(\*{0,2}[\w.]+(?:, [\w.]+)*)(?: \([^)]*\))?: ")


def page_of(package: str) -> str:
    """Return the page of a package."""
    module = importlib.import_module(package)
    about = markdown(inspect.getdoc(module) or "")
    return "\n\n".join([f"# {package}", about, *(part_of(module, name) for name in module.__all__)]) + "\n"


def part_of(module: Any, name: str) -> str:  # noqa: ANN401 — a module, by name
    """Return what a page has of a public name: its heading, its signature and its docstring, of a class its members."""
    value = getattr(module, name)
    parts = [f"## {name}", *described(name, value)]
    if inspect.isclass(value):
        parts += [
            part for member, each in members(value) for part in (f"### {name}.{member}", *described(member, each))
        ]
    return "\n\n".join(part for part in parts if part)


def described(name: str, value: Any) -> list[str]:  # noqa: ANN401 — whatever is public
    """Return signature and docstring of a value; of a constant its type."""
    inner = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
    if not callable(inner):
        return [f"`{type(value).__name__}`"]
    line = "" if isinstance(value, property) else signature_of(name, inner)
    return [f"```python\n{line}\n```" if line else "", markdown(inspect.getdoc(inner) or "")]


def signature_of(name: str, value: Any) -> str:  # noqa: ANN401 — a function or class
    """Return how something is called, one parameter in a line where they are many; empty where Python does not know."""
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return ""
    bare = [each.replace(annotation=_bare(each.annotation)) for each in signature.parameters.values()]
    plain = signature.replace(parameters=bare, return_annotation=_bare(signature.return_annotation))
    called = re.sub(r"<class '([\w.]+)'>|<(?:function|class|factory|object|built-in)[^>]*>", r"\1…", f"{name}{plain}")
    called = re.sub(r"(\w)…", r"\1", called).replace("…", "...")
    return called if len(called) <= 96 else re.sub(r", (?=\*{0,2}\w+(?:[:=]|,|\)))", ",\n    ", called)  # noqa: PLR2004 — a line


class Annotation:
    """A type as it is written in the code, without quotation marks."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        """Return the type."""
        return self.text


def _bare(annotation: object) -> object:
    """Return a type to be written; that of a field of a document is on the page of fields."""
    if isinstance(annotation, str):
        return Annotation(annotation)
    return inspect.Parameter.empty if "Annotated[" in repr(annotation) else annotation


def members(kind: type) -> Iterator[tuple[str, Any]]:
    """Yield the public methods and properties that a class has itself."""
    for name, value in vars(kind).items():
        is_member = isinstance(value, property | classmethod | staticmethod) or inspect.isfunction(value)
        if is_member and not name.startswith("_") and inspect.getdoc(getattr(kind, name, value)):
            yield name, value


def markdown(docstring: str) -> str:
    """Return a docstring of Google's style as Markdown: sections in bold, their entries as lists, examples as code."""
    return "\n\n".join(block for part in sections(docstring) for block in [written(*part)] if block)


def sections(docstring: str) -> Iterator[tuple[str, str]]:
    """Yield heading and text of each section; the first has no heading."""
    heading, lines = "", list[str]()
    for line in docstring.splitlines():
        if found := SECTION.match(line):
            yield heading, textwrap.dedent("\n".join(lines)).strip("\n")
            heading, lines = found.group(1), []
        else:
            lines.append(line)
    yield heading, textwrap.dedent("\n".join(lines)).strip("\n")


def written(heading: str, text: str) -> str:
    """Return a section."""
    if not text:
        return ""
    if heading.startswith("Example"):
        return f"**{heading}**\n\n```pycon\n{text}\n```"
    if not heading:
        return escaped(text)
    items: list[str] = []
    for line in text.splitlines():
        if found := ENTRY.match(line):
            items.append(f"- `{found.group(1)}`: {escaped(line[found.end() :])}")
        else:
            items.append(f"  {escaped(line.strip())}" if items else escaped(line))
    return f"**{heading}**\n\n" + "\n".join(items)


def escaped(text: str) -> str:
    """Return a text in which nothing is taken for HTML or for a link, outside of code."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(
        part if place % 2 else part.replace("<", "&lt;").replace("](", "]\\(").replace("*", r"\*")
        for place, part in enumerate(parts)
    )
