"""Answers in pages, against the same answer at once."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
from fuzzing import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.engine import Engine
from store_examples import Counted, Ticking, units
from test_store_as_of_oracle import NEW, STEPS

from willay.data.profiles import profile
from willay.events.exchange.outgoing import write
from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, IncidentDraft, draft
from willay.events.model.errors import NotFoundError
from willay.events.store import Store
from willay.geo import FileInTheWayError, GeoFileWriteError

if TYPE_CHECKING:
    from pathlib import Path

SIZES = pytest.mark.parametrize("size", [1, 100])
WHOLE = re.compile("SCAN (incident|place|revision|face|claim)")
EVERY = ("draft", "published", "retracted")


def at_once(store: Store, query: IncidentQuery | None = None, **options: Any) -> pd.DataFrame:
    frame = store.read.select(query, **{"profile": None, **options}).sort_values("code", kind="stable")
    return plain(frame)


def in_pages(store: Store, query: IncidentQuery | None = None, **options: Any) -> pd.DataFrame:
    return plain(
        pd.concat([page.frame() for page in store.read.pages(query, **{"profile": None, **options})], ignore_index=True)
    )


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    made = gpd.GeoDataFrame(frame, geometry="geometry")
    return pd.DataFrame(made.drop(columns="geometry")).assign(shape=made.geometry.to_wkt()).reset_index(drop=True)


QUERIES = [
    {},
    {"code": ["bridge"]},
    {"days": "2012-04"},
    {"region": ["units/east"]},
    {"region": ["valley"]},
    {"actor": ["La Columna"]},
    {"case": ["valley-war"]},
    {"source": ["daily"]},
    {"source": ["press"]},
    {"measure": "killed", "minimum": 5},
    {"text": "orilla"},
    {"tag": ["gas"]},
    {"bbox": "-74,-13,-72,-12"},
    {"text": "nothing has this"},
]


@SIZES
@pytest.mark.parametrize("asked", QUERIES, ids=str)
def test_pages_hold_what_an_answer_at_once_holds(store: Store, asked: dict[str, Any], size: int) -> None:
    query = IncidentQuery.parse(**asked)
    pd.testing.assert_frame_equal(in_pages(store, query, size=size), at_once(store, query), check_dtype=False)


@pytest.mark.parametrize("asked", [*QUERIES, {"days": "../.."}, {"status": EVERY}, {"type": ["protest"]}], ids=str)
def test_pages_without_cards_are_those_kept_beside_the_record(store: Store, asked: dict[str, Any]) -> None:
    query = IncidentQuery.parse(**asked)
    for lang, policy, size in (("es", None, 1), ("en", None, 100), ("qu", None, 2), ("es", "minimum", 100)):
        options: dict[str, Any] = {"lang": lang, "policy": policy, "details": False}
        pages = in_pages(store, query, size=size, **options)
        pd.testing.assert_frame_equal(pages, at_once(store, query, **options))


@settings(max_examples=examples(5), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, size=st.integers(1, 3))
def test_pages_tell_every_past_moment_as_an_answer_at_once_does(
    steps: list[tuple[int, dict[str, Any]] | None], size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path: Path = tmp_path_factory.mktemp("pages") / "o.gpkg"
    clock = Ticking()
    with Store.create(
        path, country="PE", region_sets=[units()], review="one-person", clock=clock, entropy=Counted()
    ) as store:
        source = {"key": "s", "kind": "press", "publisher": "P"}
        codes = list(store.write.add(draft(Bundle, {"sources": [source], "incidents": [NEW]}), author="a").codes)
        moments = [clock()]
        for step in steps:
            if step is None:
                codes += store.write.add(draft(Bundle, {"incidents": [NEW]}), author="a").codes
            elif step[1].get("part_of") != codes[step[0] % len(codes)]:
                store.write.edit(codes[step[0] % len(codes)], step[1], author="a", reason="x")
            moments.append(clock())
        for moment in [*moments, None]:
            query = IncidentQuery(statuses=EVERY, as_of=moment)
            pd.testing.assert_frame_equal(in_pages(store, query, size=size), at_once(store, query), check_dtype=False)


def test_a_part_is_not_counted_though_its_whole_is_on_another_page(store: Store) -> None:
    pages = list(store.read.pages(size=1, profile=None))
    assert [len(page) for page in pages] == [1, 1, 1, 1]
    counted = {page.of("code")[0]: page.of("counted")[0] for page in pages}
    assert [code for code, is_counted in counted.items() if not is_counted] == ["PE-2012-0002"]


def test_a_part_that_was_taken_back_is_not_counted_where_it_still_holds(store: Store, clock: Ticking) -> None:
    before = clock()
    store.write.retract("PE-2012-0002", author="ana", reason="x")
    for query in (IncidentQuery(as_of=before), IncidentQuery(statuses=EVERY)):
        counted = {page.of("code")[0]: page.of("counted")[0] for page in store.read.pages(query, size=1, profile=None)}
        assert [code for code, is_counted in counted.items() if not is_counted] == ["PE-2012-0002"]


@SIZES
def test_a_draft_in_a_page_is_the_incident_as_it_is_recorded(store: Store, size: int) -> None:
    store.write.edit("bridge", {"title": "Renamed"}, author="ana", reason="x")
    for page in store.read.pages(size=size, drafts=True, profile=None):
        states = [json.loads(text) for text in page.of("draft")]
        assert [state["code"] for state in states] == [*page.of("code")]
        drafts = {state["code"]: draft(IncidentDraft, state["draft"]) for state in states}
    assert drafts == {code: store.read.draft(code).draft for code in drafts}


def test_a_draft_of_a_past_moment_is_the_one_recorded_then(store: Store, clock: Ticking) -> None:
    before = clock()
    store.write.edit("bridge", {"title": "Renamed"}, author="ana", reason="x")
    (page,) = store.read.pages(IncidentQuery(as_of=before, codes=("bridge",)), drafts=True, profile=None)
    then = json.loads(page.of("draft")[0])
    assert then["draft"]["title"]["en"] == "Abduction at the bridge"


@pytest.mark.parametrize("details", [True, False])
def test_an_answer_without_incidents_is_one_blank_page(store: Store, *, details: bool) -> None:
    (page,) = store.read.pages(IncidentQuery(text="nothing has this"), details=details, profile=None)
    assert (len(page), page.origin["question"]) == (0, "text nothing has this")
    (page,) = store.read.pages(IncidentQuery(types=("other",)), details=details, profile=None)
    assert (len(page), len(page.frame())) == (0, 0)


def test_what_the_database_does_not_have_is_told(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Unknown source 'dail'"):
        list(store.read.pages(IncidentQuery(sources=("dail",)), profile=None))


def test_a_store_is_free_again_after_its_pages_could_not_be_written(store: Store, tmp_path: Path) -> None:
    there = tmp_path / "there.geojson"
    there.write_text("mine")
    with pytest.raises(FileInTheWayError):
        write(store.read.pages(size=1, profile="internal"), there)
    half = store.read.pages(size=1, profile="internal")
    next(half)
    with pytest.raises(GeoFileWriteError):
        write(half, tmp_path / "no folder" / "new.geojson")
    store.write.edit("PE-2012-0001", {"summary": "Told anew"}, author="ana", reason="a test")
    assert there.read_text() == "mine"


def test_no_table_is_read_whole_before_the_first_page(store: Store) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, values: object, _context: object, _many: object) -> None:
        asked.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        next(store.read.pages(details=False, profile=profile("public")))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert any("sensitivity" in statement for statement, _ in asked)
    with closing(sqlite3.connect(store.path)) as file:
        for statement, values in asked:
            if statement.startswith("SELECT") and "LIMIT" not in statement:
                steps = [row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
                assert not [step for step in steps if WHOLE.fullmatch(step)], statement
