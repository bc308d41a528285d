"""Rows expected of parts that were worked out once are those that whole documents become."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from store_examples import ALIKE, fill, fill_alike

from willay.events.store.audit import check_incidents
from willay.events.store.audit.check_boxes import stored_boxes
from willay.events.store.audit.expected import COLUMNS, Expectation
from willay.events.store.record.derived import known_of, uncounted
from willay.events.store.record.documents import read_recorded
from willay.events.store.record.region_sets import read_regions
from willay.events.store.record.rows import LIST_COLUMNS, located_places, rows_of
from willay.events.store.schema.tables import OF_AN_INCIDENT
from willay.geo.blobs import encode_geometries

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.events.store import Store

POLICY = "ranked-source"


@pytest.fixture
def filled(make_store: Callable[..., Store]) -> Store:
    store = make_store()
    fill(store)
    fill_alike(store)
    return store


@pytest.mark.parametrize("at_once", [1, 4, 100])
def test_parts_become_what_whole_documents_become(filled: Store, at_once: int) -> None:
    with filled._session.reading() as connection:
        recorded, regions = [*read_recorded(connection)], read_regions(connection)
        drafts, apart = [one.state["draft"] for one in recorded], uncounted(connection)
        whole = rows_of(recorded, located_places(drafts, regions), known_of(connection, drafts), POLICY)
        expectation = Expectation(connection, regions, POLICY, apart)
        found = [
            one for start in range(0, len(recorded), at_once) for one in expectation.of(recorded[start:][:at_once])
        ]
    incidents = whole.by_table["incident"]
    assert len(incidents) > len(ALIKE)
    blobs = encode_geometries([row["geom"] for row in incidents])
    due = [
        {**row, "geom": blob, "counted": row["code"] not in apart} for row, blob in zip(incidents, blobs, strict=True)
    ]
    assert [dict(zip(COLUMNS, one.incident, strict=True)) for one in found] == due
    for name, rows in zip(LIST_COLUMNS, ("places", "claims", "links"), strict=True):
        made = sorted(tuple(row.values()) for row in whole.by_table[name])
        assert [row for one in found for row in getattr(one, rows)] == made
    boxes = dict(zip([box[0] for box in whole.boxes], stored_boxes(whole.boxes), strict=True))
    assert [one.box for one in found] == [boxes.get(one.fid) for one in recorded]


def test_every_column_is_expected() -> None:
    for name, columns in {"incident": COLUMNS, **LIST_COLUMNS}.items():
        assert sorted(columns) == sorted(column.name for column in OF_AN_INCIDENT[name].c)


def test_a_sound_database_is_not_looked_at_closely(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is expected of parts must be exactly what is stored, or checking takes several times as long."""
    looked: list[object] = []
    monkeypatch.setattr(check_incidents, "_differences", lambda *asked: looked.append(asked) or iter(()))
    assert {problem.severity for problem in filled.file.check()} == {"note"}
    assert looked == []


def test_parts_are_forgotten_when_they_become_many(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("willay.events.store.audit.expected._MOST", 1)
    monkeypatch.setattr(check_incidents, "_AT_ONCE", 2)
    assert {problem.severity for problem in filled.file.check()} == {"note"}
