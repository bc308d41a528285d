"""What was written for the library before it had a front door still runs, and says what things are called now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from willay.events import IncidentQuery
from willay.events.frame.query import FORMER_WORDS
from willay.events.store import Store
from willay.events.store.moved import PLACES

if TYPE_CHECKING:
    from pathlib import Path

IN_THE_README = """\
from willay.events import IncidentQuery
from willay.events.store import Store
from willay.maps import PageSpec, render

with Store.open("peru.gpkg") as store:
    frame = store.read.select(IncidentQuery.parse(first="2009", types=["protest"]))
    regions = store.regions.select()
render(frame, PageSpec(kind="atlas", lang="es"), regions).save("protestas.html")
"""


def test_the_example_that_was_in_the_readme_runs_and_warns(path: Path) -> None:
    with pytest.warns(DeprecationWarning, match="the old name works until") as warned:
        exec(compile(IN_THE_README, "README.md", "exec"), {})  # noqa: S102 — our own example
    assert {str(one.message) for one in warned} == {
        "IncidentQuery.parse(first=…) is parse(since=…) now; the old name works until willay 0.2.",
        "IncidentQuery.parse(types=…) is parse(type=…) now; the old name works until willay 0.2.",
    }
    assert {one.filename for one in warned} == {"README.md"}
    assert (path.parent / "protestas.html").stat().st_size > 100_000


@pytest.mark.parametrize(("former", "now"), FORMER_WORDS.items())
def test_a_former_word_asks_what_the_word_of_today_asks(former: str, now: str) -> None:
    value = "2012" if former in {"first", "last"} else ["draft"] if former == "statuses" else ["protest"]
    with pytest.warns(DeprecationWarning, match=rf"parse\({former}=…\) is parse\({now}=…\) now"):
        asked = IncidentQuery.parse(**{former: value}, text="x")
    assert asked == IncidentQuery.parse(**{now: value}, text="x")
    if former not in {"first", "last"}:
        assert asked == IncidentQuery.parse(**{now: value[0]}, text="x")  # one text is one, not its letters


@pytest.mark.parametrize("former", sorted(set(PLACES) & {"draft", "edit_keyed", "select", "take_in", "history", "add"}))
def test_a_former_method_of_a_store_is_that_of_its_part(former: str, path: Path) -> None:
    part, _, method = PLACES[former].partition(".")
    with Store.open(path) as store:
        with pytest.warns(DeprecationWarning, match=rf"store\.{former} is store\.{part}\.{method} now"):
            old = getattr(store, former)
        assert old == getattr(getattr(store, part), method)
