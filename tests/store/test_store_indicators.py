"""Indicators in a database: their keys, changes, history, past and disclosure; phases of cases as rows."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyogrio
import pytest
from store_examples import START, Counted, Ticking

from willay.events.model.drafts import Bundle, draft
from willay.events.model.errors import DraftError, NotFoundError, StaleEditError
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMAS = Path(__file__).parent / "schemas"
COCA: dict[str, Any] = {
    "series": "coca-area", "name": {"es": "Área de coca", "en": "Coca area"}, "area": "PE", "year": 2012,
    "value": 60400, "low": 55000, "high": 65000, "unit": {"es": "hectáreas", "en": "hectares"},
    "by": {"es": "ONUDD", "en": "UNODC"}, "source": "daily", "kind": "estimate",
}  # fmt: skip


def add(store: Store, *indicators: dict[str, Any], **parts: Any) -> int:
    bundle = draft(Bundle, {"indicators": [*indicators], **parts})
    return store.write.add(bundle, author="ana").indicators


def keys(store: Store, **asked: Any) -> list[str | None]:
    return [one.key for one in store.registers.indicators(**asked)]


def test_a_key_is_made_of_what_where_when_and_by_whom(store: Store) -> None:
    period = {**COCA, "year": None, "from_day": "2005", "until_day": "2011-12"}
    nameless = {**period, "series": None, "dimension": "use", "category": {"en": "Traditional Use"}}
    given = {**COCA, "key": "my-own"}
    pruned = [{name: value for name, value in one.items() if value is not None} for one in (period, nameless, given)]
    assert add(store, COCA, *pruned) == 4
    assert keys(store)[1:] == [
        "coca-area-pe-2012-unodc",
        "coca-area-pe-2005-2011-12-unodc",
        "coca-area-pe-2005-2011-12-traditional-use-unodc",
        "my-own",
    ]


def test_values_that_contradict_each_other_are_both_there(store: Store) -> None:
    other = {**COCA, "value": 61000, "edition": "2014"}
    assert add(store, COCA, other) == 2
    assert keys(store)[1:] == ["coca-area-pe-2012-unodc", "coca-area-pe-2012-unodc-2"]
    assert [one.value for one in store.registers.indicators()][1:] == [60400, 61000]


def test_the_same_again_changes_nothing_with_and_without_its_key(store: Store) -> None:
    add(store, COCA)
    head = store.file.head()
    assert add(store, COCA) == 0
    assert add(store, COCA, COCA) == 0
    assert add(store, {**COCA, "key": "coca-area-pe-2012-unodc"}) == 0
    assert store.file.head() == head
    with pytest.raises(DraftError, match=r"indicators\[0\]\.key: .*already used by a different entry.*value"):
        add(store, {**COCA, "key": "coca-area-pe-2012-unodc", "value": 61000})


@pytest.mark.parametrize(
    ("given", "where", "words"),
    [
        ({"source": "nobody"}, "indicators[0].source", "No source has the key 'nobody'"),
        ({"area": "zones/vally"}, "indicators[0].area", "Unknown region 'zones/vally'. Did you mean 'zones/valley'"),
    ],
)
def test_what_the_database_does_not_have_is_refused_when_it_is_added_and_changed(
    store: Store, given: dict[str, Any], where: str, words: str
) -> None:
    with pytest.raises(DraftError) as refused:
        add(store, {**COCA, **given})
    assert [(fault.where, words in fault.message) for fault in refused.value.faults] == [(where, True)]
    add(store, {**COCA, "key": "coca"})
    with pytest.raises(DraftError, match=words.split(".", maxsplit=1)[0]):
        store.registers.edit("indicator", "coca", given, author="ana", reason="x")
    assert store.registers.edit("indicator", "coca", {"area": "zones/valley"}, author="ana", reason="x").changes


def test_a_change_is_a_revision_and_the_state_before_is_in_the_history(store: Store, clock: Ticking) -> None:
    add(store, {**COCA, "key": "coca"})
    before = clock()
    done = store.registers.edit(
        "indicator", "coca", {"value": 61000, "edition": "2014"}, author="luz", reason="a later edition"
    )
    assert done.changes == ("edition: — → 2014", "value: 60400 → 61000")
    assert store.registers.indicator("coca").value == 61000
    assert store.registers.indicator("coca", as_of=before).value == 60400
    assert store.file.check() == ()
    again = store.registers.edit("indicator", "coca", {"value": 61000}, author="luz", reason="x")
    assert (again.changes, again.number) == ((), done.number)
    with pytest.raises(DraftError, match="low is 70000"):
        store.registers.edit("indicator", "coca", {"low": 70000}, author="luz", reason="x")
    with pytest.raises(DraftError, match="The key 'coca' stays"):
        store.registers.edit("indicator", "coca", {"key": "other"}, author="luz", reason="x")
    with pytest.raises(NotFoundError, match="coca"):
        store.registers.edit("indicator", "cocoa", {"value": 1}, author="luz", reason="x")
    with pytest.raises(StaleEditError):
        store.registers.edit(
            "indicator", "coca", {"value": 5, "low": None}, author="bea", reason="x", base_revision=done.number - 1
        )


def test_one_that_was_added_later_is_not_in_the_past(store: Store, clock: Ticking) -> None:
    before = clock()
    add(store, {**COCA, "key": "coca"})
    assert keys(store, as_of=before) == ["population-units-west-2012-census"]
    assert keys(store, as_of=clock()) == ["population-units-west-2012-census", "coca"]
    assert keys(store, as_of=START) == []
    with pytest.raises(NotFoundError, match="coca"):
        store.registers.indicator("coca", as_of=before)


@pytest.mark.parametrize("level", ["restricted", "confidential"])
def test_one_that_is_withheld_for_its_level_is_not_shown_nor_what_it_was_before(
    store: Store, clock: Ticking, level: str
) -> None:
    add(store, {**COCA, "key": "coca"}, {**COCA, "key": "secret", "sensitivity": level})
    assert keys(store, profile="public") == ["population-units-west-2012-census", "coca"]
    assert "secret" in keys(store, profile="internal")
    before = clock()
    store.registers.edit("indicator", "coca", {"sensitivity": level}, author="ana", reason="asked for it")
    assert "coca" not in keys(store, profile="public")
    assert "coca" not in keys(store, profile="public", as_of=before)
    assert keys(store, as_of=before)[-2:] == ["coca", "secret"]


def test_one_that_cites_a_withheld_source_does_not_name_it(store: Store) -> None:
    add(store, {**COCA, "key": "coca"})
    store.registers.edit("source", "daily", {"sensitivity": "confidential"}, author="ana", reason="asked for it")
    shown = [one.model_dump_json() for one in store.registers.indicators("public")]
    assert shown
    assert not any("daily" in one for one in shown)


def upgraded(folder: Path, version: int) -> Store:
    path = folder / "old.gpkg"
    with closing(sqlite3.connect(path)) as made:
        made.executescript((SCHEMAS / f"schema-{version}.sql").read_text("utf-8"))
    return Store.open(path, clock=Ticking(datetime(2025, 1, 1, tzinfo=UTC)), entropy=Counted())


@pytest.mark.parametrize("version", range(1, 8))
def test_one_from_before_schema_8_has_its_number_as_its_key_and_the_same_document(tmp_path: Path, version: int) -> None:
    old = {"name": "population", "area": "units/west", "year": 2012, "value": 1000, "unit": "people", "by": "Census",
           "source": "daily"}  # fmt: skip
    with upgraded(tmp_path, version) as store:
        assert store.file.check() == ()
        (one,) = store.registers.indicators()
        assert (one.key, one.name, one.by) == ("1", {"und": "population"}, {"und": "Census"})
        assert add(store, old) == 0  # it is there
        before = store.file.head()
        assert store.registers.edit("indicator", "1", {"value": 1000}, author="luz", reason="x").changes == ()
        assert store.file.head() == before
        done = store.registers.edit("indicator", "1", {"unit": {"es": "personas"}}, author="luz", reason="x")
        assert len(done.changes) == 1
        assert store.registers.indicator("1").unit == {"es": "personas"}
        assert add(store, COCA) == 1
        assert keys(store) == ["1", "coca-area-pe-2012-unodc"]
        assert store.file.check() == ()
        path = store.path
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute('SELECT number, "key", name, unit, unit_plain FROM indicator ORDER BY number').fetchall()
        (kept,) = file.execute("SELECT document FROM revision WHERE subject_kind = 'indicator' AND subject_id = '1'"
                               " ORDER BY number LIMIT 1").fetchone()  # fmt: skip
    assert rows[0] == (1, "1", '{"und":"population"}', '{"es":"personas"}', "personas")
    assert json.loads(kept) == old


def test_adding_after_an_upgrade_is_in_the_past_from_then_on(tmp_path: Path) -> None:
    with upgraded(tmp_path, 7) as store:
        add(store, COCA)
        assert keys(store, as_of=datetime(2024, 6, 1, tzinfo=UTC)) == ["1"]
        assert keys(store, as_of=START - timedelta(days=1)) == []


def test_phases_are_rows_that_follow_from_their_case(make_store: Callable[..., Store], made_up: Bundle) -> None:
    store = make_store(filled=made_up)
    phases = [
        {"from_day": "2012-01", "until_day": "2012-03", "title": {"en": "Early", "es": "Temprana"}, "phase": "early"},
        {"from_day": "2012-04", "state": "active", "phase": "crisis", "sources": ["daily", "ombudsman"]},
    ]
    store.registers.edit("case", "valley-war", {"phases": phases}, author="ana", reason="x")
    store.registers.edit("case", "valley-war", {"phases": phases[1:]}, author="ana", reason="x")
    store.registers.edit("case", "valley-war", {"phases": phases}, author="ana", reason="x")
    assert store.file.check() == ()
    with pytest.raises(DraftError, match="No source has the key 'nobody'"):
        store.registers.edit(
            "case", "valley-war", {"phases": [{**phases[1], "sources": ["nobody"]}]}, author="ana", reason="x"
        )
    store.close()
    table = pyogrio.read_dataframe(store.path, layer="phases")
    assert table["case_key"].tolist() == ["valley-war"] * 2
    assert table["title"].tolist()[0] == "Temprana"
    assert table["until_day"].tolist()[0] == "2012-03"
    assert table["sources"].tolist()[1] == '["daily","ombudsman"]'


def test_gis_programs_see_indicators_cases_and_actors_in_plain_words(store: Store) -> None:
    add(store, COCA)
    store.close()
    assert {"actors", "cases", "phases", "indicators"} <= {*pyogrio.list_layers(store.path)[:, 0]}
    row = pyogrio.read_dataframe(store.path, layer="indicators").to_dict("records")[1]
    wanted = {"key": "coca-area-pe-2012-unodc", "name": "Área de coca", "unit": "hectáreas", "by": "ONUDD"}
    assert {name: row[name] for name in wanted} == wanted
    assert (row["low"], row["value"], row["high"], row["year"]) == (55000, 60400, 65000, 2012)
    assert "sensitivity" not in row
    actors = pyogrio.read_dataframe(store.path, layer="actors").set_index("key")
    assert actors.loc["guard", "name"] == "Guardia del Río"
    assert pyogrio.read_dataframe(store.path, layer="cases")["title"].tolist() == ["Guerra del valle"]
