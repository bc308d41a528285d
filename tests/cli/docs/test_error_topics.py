"""Every error of ours names what to read about it, and that is there in both languages."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING

import pytest
from guide import LANGUAGES

import willay.data
import willay.events
import willay.geo
import willay.maps
from willay.data.errors import UNKNOWN, UnknownTermError
from willay.events.cli.app import COMMANDS, GROUPS
from willay.events.cli.failures import more_about
from willay.events.cli.topics import find_topic
from willay.events.manual.error_topics import OF_COMMANDS, OF_ERRORS, OF_LISTS, OF_ROOTS, topic_of
from willay.events.manual.pages import find_page
from willay.events.model.errors import MalformedError, RefusedError, StaleEditError
from willay.geo.roots import Error
from willay.geo.translation import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def below(kind: type[Error]) -> Iterator[type[Error]]:
    """Every class of error below one, itself first."""
    yield kind
    for each in kind.__subclasses__():
        yield from below(each)


@pytest.fixture(scope="module")
def errors() -> dict[str, type[Error]]:
    """Every class of our errors, whatever module has it."""
    for package in (willay.geo, willay.data, willay.events, willay.maps):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "__main__" not in module.name and "_top" not in module.name:
                importlib.import_module(module.name)
    return {kind.__name__: kind for kind in below(Error) if kind.__module__.startswith("willay.")}


def test_every_error_has_a_topic(errors: dict[str, type[Error]]) -> None:
    assert len(errors) > 40
    for kind in errors.values():
        error = kind.__new__(kind)
        if isinstance(error, UnknownTermError):
            error.term = "crosswalk"
        assert topic_of(error), kind


def test_every_name_of_the_tables_is_one_of_ours(errors: dict[str, type[Error]]) -> None:
    assert {*OF_ERRORS, *OF_ROOTS} <= set(errors)
    assert set(OF_COMMANDS) <= {*COMMANDS, *GROUPS}
    assert set(OF_LISTS) <= set(UNKNOWN)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_topic_is_there(lang: str) -> None:
    topics = {*OF_LISTS.values(), *OF_COMMANDS.values(), *OF_ERRORS.values(), *OF_ROOTS.values()}
    with in_language(lang):
        assert [name for name in topics if find_topic(name) is None and find_page(name, lang) is None] == []


def test_what_an_error_is_about_goes_before_its_command_and_that_before_the_rest() -> None:
    assert topic_of(UnknownTermError("measure", "x", (), None), "import") == "measures"
    assert topic_of(StaleEditError.__new__(StaleEditError), "import") == "corrections"
    assert topic_of(MalformedError("x"), "import") == "map-columns"
    assert topic_of(RefusedError("x"), "review") == "how-to/review"
    assert topic_of(RefusedError("x"), "list") == "exit-codes"
    assert topic_of(ValueError("x"), "import") is None


def test_a_person_reads_it_in_their_language() -> None:
    with in_language("es"):
        assert more_about(RefusedError("x"), ["import", "a.csv"]) == "Más: willay help map-columns"


def test_it_is_the_last_line_on_a_terminal(tmp_path: Path) -> None:
    pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    from pseudoterminal import screen  # noqa: PLC0415 — where there are pseudo-terminals

    told, code = screen(
        "list", columns=100, environment={"WILLAY_DB": str(tmp_path / "none.gpkg"), "WILLAY_LANG": "en"}
    )
    assert code == 4
    assert re.search(r"More: willay help [\w-]+\s*$", told)
