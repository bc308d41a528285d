"""Each public class and function has an example in its docstring that runs as it is written.

Public are the names in `__all__` of the packages below, and the parts of which `Store` is made (`store.read`,
`store.write`, …). An example runs in an empty folder, so that it may write files by their names alone.
"""

from __future__ import annotations

import doctest
import importlib
import inspect
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest

import willay as wy
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PACKAGES = (
    "willay",
    "willay.geo",
    "willay.data",
    "willay.events",
    "willay.events.store",
    "willay.events.frame",
    "willay.events.exchange",
    "willay.events.extensions",
    "willay.maps",
)
"""The packages that users import from; what people write drafts with, of the model, is in `willay.events`."""


def parts_of(store: type[Store], path: Path) -> dict[str, type]:
    """The classes of which a store is made, by attribute."""
    with store.create(path, country="PE") as opened:
        names = [name for name, one in vars(store).items() if isinstance(one, cached_property)]
        return {name: type(getattr(opened, name)) for name in names}


def public_classes() -> dict[str, type]:
    """The classes that the packages export, by full name, each once."""
    exported = (getattr(importlib.import_module(name), public) for name in PACKAGES for public in _names(name))
    return {full_name(one): one for one in exported if inspect.isclass(one)}


def public_functions() -> dict[str, Callable[..., object]]:
    """The functions that the packages export, by full name, each once."""
    exported = (getattr(importlib.import_module(name), public) for name in PACKAGES for public in _names(name))
    return {full_name(one): one for one in exported if callable(one) and not inspect.isclass(one)}


def _names(package: str) -> list[str]:
    return importlib.import_module(package).__all__


def full_name(one: Any) -> str:
    return f"{one.__module__}.{one.__qualname__}"


def run_example(one: Any) -> tuple[int, str]:
    """Run the example of a class or function; return how many statements it has, and a report of those that fail."""
    examples = doctest.DocTestFinder(recurse=False).find(one, full_name(one), globs={"__name__": "__main__"})
    runner, reports = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS), []
    for example in examples:
        reports += [f"{one} raises {line.exc_msg}" for line in example.examples if is_mistaken(line.exc_msg)]
        runner.run(example, out=reports.append)
    return sum(len(example.examples) for example in examples), "".join(reports)


def is_mistaken(error: str | None) -> bool:
    """Return whether an example that is expected to fail does so by a mistake of its own."""
    return (error or "").startswith(("NameError", "ImportError", "AttributeError", "SyntaxError"))


@pytest.mark.parametrize("name", sorted(public_classes()))
def test_the_example_of_a_public_class_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    statements, report = run_example(public_classes()[name])
    assert statements, f"{name} has no example. Add one to its docstring, with lines that begin with >>>."
    assert not report, report


@pytest.mark.parametrize("name", sorted(public_functions()))
def test_the_example_of_a_public_function_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    statements, report = run_example(public_functions()[name])
    assert statements, f"{name} has no example. Add one to its docstring, with lines that begin with >>>."
    assert not report, report


METHODS = {
    f"{one.__name__}.{name}": method
    for one in (wy.Database, wy.Changes, wy.Incident, wy.Map, wy.Query, wy.ImportReport, wy.ImportMapping, wy.Release)
    for name, method in inspect.getmembers(one, inspect.isfunction)
    if not name.startswith("_") and ">>>" in str(inspect.getdoc(method))
}


@pytest.mark.parametrize("name", sorted(METHODS))
def test_so_does_that_of_a_method_of_the_front_door(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    statements, report = run_example(METHODS[name])
    assert (statements > 0, report) == (True, "")


@pytest.mark.parametrize("package", PACKAGES)
def test_an_editor_is_offered_the_public_names_of_a_package_and_each_is_described(package: str) -> None:
    module = importlib.import_module(package)
    assert set(module.__all__) <= set(dir(module))
    for name in module.__all__:
        one = getattr(module, name)
        assert not callable(one) or len(str(inspect.getdoc(one)).split()) > 2, name


def test_so_does_that_of_each_part_of_a_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(Store, tmp_path / "made.gpkg")
    assert {"read", "write", "review", "registers", "attachments", "regions", "file"} <= parts.keys()
    for attribute, one in parts.items():
        folder = tmp_path / attribute
        folder.mkdir()
        monkeypatch.chdir(folder)
        statements, report = run_example(one)
        assert statements, f"store.{attribute} ({full_name(one)}) has no example. Add one to its docstring."
        assert not report, report


def test_a_class_without_an_example_and_one_whose_example_is_wrong_are_found() -> None:
    class Without:
        """Something."""

    class Wrong:
        """Something.

        >>> 1 + 1
        3
        """

    assert run_example(Without) == (0, "")
    statements, report = run_example(Wrong)
    assert statements == 1
    assert "Expected:\n    3\nGot:\n    2" in report
