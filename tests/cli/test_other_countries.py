"""A database of another country than Peru: places, codes and units are that country's by every road."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

    Run = Callable[..., Result]

DB = ("--db", "mm.gpkg")
NEW = ("add", "-y", "--title", "x", "--type", "strike", "--day", "2012-05-01")
TABLE = """Title,Type,Date,Admin1,Place
A,strike,2012-05-02,Kachin State,
B,strike,2012-05-03,Yangon,Insein
C,strike,2012-05-04,Nowhere,
"""


@pytest.fixture
def myanmar(run: Run) -> None:
    done = run("init", "mm.gpkg", "--country", "MM")
    assert done.code == 0, done.err


def shown(run: Run, code: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("show", code, "--json", *DB).out)
    return found


@pytest.mark.usefixtures("myanmar")
@pytest.mark.parametrize(
    ("text", "name", "precision", "code"),
    [("Myitkyina", "Myitkyina", "settlement", "MM-11"), ("Kachin State", "Kachin", "department", "MM-11"),
     ("MM-11", "Kachin", "department", "MM-11"), ("Camp 3 @ MM-11", "Camp 3", "department", "MM-11"),
     ("Camp 3, Kachin @ 97.4,25.4", "Camp 3", "site", "MM-11")],
)  # fmt: skip
def test_a_place_is_read_by_the_units_of_the_country(run: Run, text: str, name: str, precision: str, code: str) -> None:
    told = run(*NEW, "--place", text, *DB)
    assert told.out == "MM-2012-0001\n", told.err
    found = shown(run, "MM-2012-0001")
    assert (found["place_name"], found["place_precision"], found["admin_code"], found["country"]) == (
        name, precision, code, "MM",
    )  # fmt: skip
    assert "Kach" in found["adm1"]


@pytest.mark.usefixtures("myanmar")
def test_a_place_that_no_list_has_may_be_recorded_in_its_unit(run: Run) -> None:
    told = run(*NEW, "--place", "Camp 3, Kachin", *DB)
    assert told.code == 4
    assert "“Camp 3 @ MM-11”" in told.err


@pytest.mark.usefixtures("myanmar")
def test_a_table_that_names_no_country_is_of_the_database_and_its_units_are_matched_by_name(run: Run) -> None:
    Path("events.csv").write_text(TABLE, "utf-8")
    done = run("import", "events.csv", *DB)
    assert done.code == 0, done.err
    rows = [shown(run, f"MM-2012-000{number}") for number in (1, 2, 3)]
    assert [(row["place_precision"], row["admin_code"]) for row in rows] == [
        ("department", "MM-11"), ("settlement", "MM-06"), ("department", None),
    ]  # fmt: skip
    assert {row["country"] for row in rows} == {"MM"}
    assert "not the name of one first-level unit of MM" in done.err
    assert run("check", *DB).code == 0
