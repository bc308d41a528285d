"""What is typed in any script is the same in the list, in every file and on the page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from opened import everything_in
from scripts import WRITTEN, Written

from willay.data.countries import country

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]

DRAFTS = ("--status", "draft", "--profile", "internal")


def added(run: Run, one: Written, db: str) -> str:
    """Enter an incident as its people write it; return its code."""
    told = run(
        "add", "-y", "--title", one.title, "--type", "protest", "--day", "2012-05-01", "--country", one.country,
        "--place", f"{one.place} @ {one.lon},{one.lat}", "--db", db,
    )  # fmt: skip
    assert told.code == 0, told.err
    return told.out.strip()


@pytest.mark.parametrize("one", WRITTEN, ids=[one.script for one in WRITTEN])
def test_a_title_and_a_place_stay_as_they_were_typed(run: Run, one: Written, tmp_path: Path) -> None:
    made = run("init", "own.gpkg", "--country", one.country)
    assert made.code == 0, made.err
    code = added(run, one, "own.gpkg")
    assert code == f"{one.country}-2012-0001"
    listed = json.loads(run("list", "--json", "--db", "own.gpkg", *DRAFTS).out)[0]
    assert (listed["title"], listed["place_name"]) == (one.title, one.place)
    assert listed["adm1"], "the unit in which its point lies"
    for name in ("a.csv", "a.xlsx", "a.geojson", "a.ndjson", "a.hxl.csv", "a.kml"):
        told = run("export", name, "--db", "own.gpkg", *DRAFTS)
        assert told.code == 0, told.err
        text = everything_in(tmp_path / name)
        assert one.title in text, name
        assert one.place in text, name
    told = run("map", "atlas", "a.html", "--db", "own.gpkg", "--status", "draft", "--profile", "internal")
    assert told.code == 0, told.err
    text = everything_in(tmp_path / "a.html")
    assert one.title in text
    assert one.place in text


def test_places_are_found_by_their_names_in_their_own_script() -> None:
    lacking = [
        one.place
        for one in WRITTEN
        if one.script != "Latin" and not country(one.country).gazetteer().search(one.place, limit=1)
    ]
    assert lacking == []


def test_all_of_them_are_in_one_database_and_its_files_and_come_back(run: Run, tmp_path: Path) -> None:
    codes = ",".join(one.country for one in WRITTEN)
    assert run("init", "all.gpkg", "--country", codes).code == 0
    for one in WRITTEN:
        added(run, one, "all.gpkg")
    assert run("export", "all.ndjson", "--db", "all.gpkg", *DRAFTS).code == 0
    assert run("init", "again.gpkg", "--country", codes).code == 0
    told = run("import", "all.ndjson", "--db", "again.gpkg", "--author", "Ana")
    assert told.code == 0, told.err
    for db in ("all.gpkg", "again.gpkg"):
        listed = json.loads(run("list", "--json", "--db", db, *DRAFTS).out)
        found = {(row["country"], row["title"], row["place_name"]) for row in listed}
        assert found == {(one.country, one.title, one.place) for one in WRITTEN}, db
    assert run("map", "atlas", "all.html", "--db", "all.gpkg", "--status", "draft", "--profile", "internal").code == 0
    text = everything_in(tmp_path / "all.html")
    assert [one.title for one in WRITTEN if one.title not in text] == []
    assert [one.place for one in WRITTEN if one.place not in text] == []
