"""Rows that are joined of parts become what they become the long way, in every cell of every table."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from store_examples import Counted, Ticking

from willay.events.exchange.incoming import ReadingOptions, open_reading
from willay.events.exchange.incoming.ucdp import COLUMNS
from willay.events.model.parts import Part, PartedDraft
from willay.events.store.write import deciding, joining

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from willay.events.model.foreign import Outcome
    from willay.events.store import Store

EVENT = {
    "relid": "PER-1", "type_of_violence": "1", "conflict_new_id": "77", "conflict_name": "Nowhere: Government",
    "dyad_name": "Government of Nowhere - The Column", "side_a_new_id": "10", "side_a": "Government of Nowhere",
    "side_b_new_id": "20", "side_b": "The Column", "source_office": "The Daily;Radio One",
    "source_date": "2012-04-10;2012-04-11", "source_headline": "Soldiers killed;Army speaks", "where_prec": "1",
    "where_coordinates": "Kiteni town", "latitude": "-12.63", "longitude": "-73.04", "country": "Peru",
    "event_clarity": "1", "date_prec": "1", "date_start": "2012-04-09", "date_end": "2012-04-09", "deaths_a": "3",
    "deaths_b": "1", "deaths_civilians": "2", "deaths_unknown": "0", "best": "6", "high": "8", "low": "5",
    "gwnoa": "135",
}  # fmt: skip
"""An invented event."""

VARIANTS: tuple[dict[str, str], ...] = (
    {},
    {"where_prec": "6", "where_coordinates": "Peru"},
    {"where_prec": "4", "latitude": "-9.5", "longitude": "-75.25"},
    {"latitude": "0", "longitude": "0"},
    {"latitude": "", "longitude": ""},
    {"latitude": "48.5", "longitude": "2.25"},  # outside the country that it names
    {"country": "Colombia", "latitude": "4.5", "longitude": "-74.25"},
    {"country": "Nowhere at all"},
    {"where_description": "by the bridge of PE-2012-0001"},
    {"event_clarity": "2"},
    {"date_prec": "3", "date_start": "2012-04-02", "date_end": "2012-04-30"},
    {"date_prec": "2", "date_start": "2012-04-02", "date_end": "2012-04-30"},
    {"date_start": "2999-01-01", "date_end": "2999-01-01"},
    {"date_end": "2012-04-01"},
    {"date_start": "soon"},
    {"type_of_violence": "3", "side_b": "Civilians", "side_b_new_id": "9999", "dyad_name": "The Column - Civilians"},
    {"type_of_violence": "2", "dyad_name": "", "gwnoa": ""},
    {"type_of_violence": "7"},
    {"best": "0", "low": "0", "high": "0", "deaths_a": "0", "deaths_b": "0", "deaths_civilians": "0"},
    {"best": "9", "high": "8"},
    {"best": ""},
    {"deaths_civilians": "-1"},
    {"source_original": "an army spokesman"},
    {"source_office": "", "source_date": "", "source_headline": "", "source_article": "A report of 0.00001 pages, 1e5"},
    {"source_office": "", "source_date": "", "source_headline": ""},
    {"conflict_name": "", "conflict_new_id": ""},
    {"relid": "PE-2012-0002"},
    {"relid": "\N{RIGHT-TO-LEFT OVERRIDE}abc"},
    {"relid": "two  spaces "},
    {"dyad_name": "Áéíóú \N{ZERO WIDTH SPACE}- \u2028 Ñandú"},
    {"where_coordinates": "'=1+1"},
    {"where_coordinates": "Kiteni | town"},
)
"""What differs in the events; each comes twice, and so once for the first time and once again."""

DOUBTFUL = VARIANTS[-1], VARIANTS[-3], VARIANTS[-5]
"""Those with a text that may not be what a draft takes as it is."""


def write_events(path: Path) -> Path:
    rows = [*VARIANTS, *VARIANTS]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS)
        out.writeheader()
        for number, cells in enumerate(rows, start=1):
            out.writerow({"relid": f"PER-{number}", **EVENT, **cells, "id": str(number)})
    return path


def take_in(store: Store, path: Path, batch: int = 7) -> list[Outcome]:
    reading = open_reading(path, "ucdp-ged", ReadingOptions(batch_rows=batch))
    return [one for rows in reading.batches for one in store.write.import_rows(rows, reading.terms, author="ana")]


def cells_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table, whatever it is for; not how SQLite arranges the boxes that `place_box` holds."""
    with closing(sqlite3.connect(path)) as file:
        found = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = [name for (name,) in found if not name.startswith("place_box_")]
        return {name: sorted(file.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}  # noqa: S608 — names of tables


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Codes of the incidents that were joined of parts."""
    codes: list[str] = []
    add = joining.JoinedRows.add

    def counted(rows: joining.JoinedRows, one: joining.JoinedEntry, revision: int) -> None:
        codes.append(one.code)
        add(rows, one, revision)

    monkeypatch.setattr(joining.JoinedRows, "add", counted)
    return codes


def test_rows_that_are_joined_are_those_of_the_long_way(
    make_store: Callable[..., Store], tmp_path: Path, joined: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    events = write_events(tmp_path / "events.csv")
    short = make_store("short.gpkg", clock=Ticking(), entropy=Counted())
    outcomes = take_in(short, events)
    accepted = [one for one in outcomes if one.ending == "accepted"]
    assert len(joined) == len(accepted) - 2 * len(DOUBTFUL)
    number = len(joined)
    monkeypatch.setattr(deciding, "OWN", frozenset())
    long = make_store("long.gpkg", clock=Ticking(), entropy=Counted())
    assert take_in(long, events) == outcomes
    assert len(joined) == number
    short.close()
    long.close()
    found, expected = cells_of(tmp_path / "short.gpkg"), cells_of(tmp_path / "long.gpkg")
    assert len(expected["incident"]) == len(accepted)
    assert {name for name in expected if found[name] != expected[name]} == set()


def test_what_was_decided_is_forgotten_when_something_else_changes(
    make_store: Callable[..., Store], tmp_path: Path, joined: list[str]
) -> None:
    """Between two batches an actor gets another name, which is a column of every later incident."""
    store = make_store()
    reading = open_reading(write_events(tmp_path / "events.csv"), "ucdp-ged", ReadingOptions(batch_rows=len(VARIANTS)))
    first, second = reading.batches
    store.write.import_rows(first, reading.terms, author="ana")
    store.registers.edit("actor", "ucdp-actor-20", {"name": {"es": "La Columna"}}, author="ana", reason="its own name")
    store.write.import_rows(second, reading.terms, author="ana")
    assert joined
    names = {row[0] for row in cells_of_column(store, "actors")}
    assert names
    assert not any("The Column" in name for name in names)
    assert any("La Columna" in name for name in names)
    assert store.file.check() == ()


def cells_of_column(store: Store, name: str) -> list[tuple[str]]:
    with closing(sqlite3.connect(store.path)) as file:
        return file.execute(f"SELECT {name} FROM incident").fetchall()  # noqa: S608 — our own names


def test_what_was_decided_is_forgotten_when_a_batch_fails(
    make_store: Callable[..., Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it decided may rest on sources that were not written."""
    store = make_store()
    events = write_events(tmp_path / "events.csv")

    def fails(*_: object) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr("willay.events.store.write.batches.remember_new", fails)
        with pytest.raises(OSError, match="the disk is gone"):
            take_in(store, events)
    assert {one.ending for one in take_in(store, events)} == {"accepted", "quarantined"}
    assert store.file.check() == ()


def test_a_row_that_was_joined_is_unchanged_the_second_time(make_store: Callable[..., Store], tmp_path: Path) -> None:
    store = make_store()
    events = write_events(tmp_path / "events.csv")
    first, again = take_in(store, events), take_in(store, events)
    assert [one.ending for one in again] == ["unchanged" if one.ending == "accepted" else one.ending for one in first]
    assert {one.code for one in again} == {one.code for one in first}


def test_places_that_hang_on_other_fields_are_not_decided_alone(
    make_store: Callable[..., Store], joined: list[str]
) -> None:
    """A place without a country has the incident's, and a region's outline is that of the incident's day."""
    from willay.events.model.foreign import Batch, DatasetTerms, ForeignRow  # noqa: PLC0415 — for this test alone

    store = make_store()
    shared = Part({"type": "attack", "status": "draft"})
    where = [
        {"country": "PE", "places": [{"name": "X", "precision": "site", "lon": -73.0, "lat": -12.0}]},
        {"country": "PE", "places": [{"name": "X", "precision": "area", "country": "PE", "region": "a/b"}]},
    ]
    rows = [
        ForeignRow(n, str(n), PartedDraft((shared, Part(fields)), {"title": {"en": "Y"}}))
        for n, fields in enumerate(where)
    ]
    store.write.import_rows(
        Batch(tuple(rows)), DatasetTerms("d"), author="ana", recorded_at=datetime(2025, 1, 1, tzinfo=UTC)
    )
    assert joined == []
