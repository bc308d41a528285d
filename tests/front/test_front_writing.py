"""Incidents added and changed through the front door, in the words of the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from hidden import HIDDEN

import willay as wy
from willay.events import DaySpan, StaleEditError
from willay.events.model.errors import EventsWarning
from willay.events.model.values import Count

MARCH = {"title": "March", "type": "protest", "days": "2021-03-07"}
NOTE = "https://example.org/note"


def recorded(db: wy.Database, code: str) -> dict[str, Any]:
    return db.store.read.draft(code).draft.model_dump(mode="json", exclude_none=True)


@pytest.mark.parametrize(
    ("days", "as_recorded"),
    [
        ("2012-05-28", "2012-05-28"), ("28 May 2012", "2012-05-28"), ("28/5/2012", "2012-05-28"), (2012, "2012"),
        (date(2012, 5, 28), "2012-05-28"), (pd.Timestamp("2012-05-28 10:00"), "2012-05-28"),
        (np.datetime64("2012-05-28"), "2012-05-28"), (("2012-05-28", date(2012, 5, 30)), "2012-05-28/2012-05-30"),
        (pd.Period("2012-05"), "2012-05"), (DaySpan.parse("2012-05-28"), "2012-05-28"),
    ],
)  # fmt: skip
def test_days_are_read_in_any_form(empty: wy.Database, days: Any, as_recorded: str) -> None:
    assert recorded(empty, empty.add(**MARCH | {"days": days}))["days"] == as_recorded


@pytest.mark.parametrize(
    ("place", "fields"),
    [
        ("Espinar, Cusco", {"name": "Yauri", "precision": "settlement"}),
        ("0809", {"admin_code": "0809", "precision": "province"}),
        ((-71.4, -14.8), {"lon": -71.4, "lat": -14.8, "precision": "site"}),
        (shapely.Point(-71.4, -14.8), {"lon": -71.4, "lat": -14.8, "precision": "site"}),
        ({"name": "Bridge", "precision": "near", "lon": -71.4, "lat": -14.8}, {"name": "Bridge", "precision": "near"}),
        ("region:pe-places/vrae", {"region": "pe-places/vrae"}),
    ],
)
def test_places_are_read_in_any_form(empty: wy.Database, place: Any, fields: dict[str, Any]) -> None:
    (stored,) = recorded(empty, empty.add(**MARCH, place=place))["places"]
    assert stored.items() >= (fields | {"country": "PE"}).items()


def test_several_places_are_a_list_and_two_numbers_are_a_point(empty: wy.Database) -> None:
    places = empty[empty.add(**MARCH, place=["Espinar, Cusco", (-71.4, -14.8)])].places
    assert places["name"].tolist()[0] == "Yauri"
    assert places["lon"].tolist()[1] == -71.4


@pytest.mark.parametrize(
    ("count", "numbers"),
    [
        (3, (3, 3, 3)), (3.0, (3, 3, 3)),
        (np.int64(3), (3, 3, 3)), ("25-30", (25, None, 30)), ("25+", (25, None, None)),
        ((25, 30), (25, None, 30)), ((25, None), (25, None, None)), ((None, 4), (None, None, 4)),
        (Count(3, 5, 9), (3, 5, 9)), (0, (0, 0, 0)), (None, (None, None, None)),
    ],
)  # fmt: skip
def test_counts_are_read_in_any_form(empty: wy.Database, count: Any, numbers: tuple[int | None, ...]) -> None:
    claims = empty[empty.add(**MARCH, claims=wy.claim("killed", count, source=NOTE))].claims
    (row,) = claims[["low", "best", "high"]].astype(object).to_numpy().tolist()
    assert tuple(None if pd.isna(one) else one for one in row) == numbers


@pytest.mark.parametrize(
    ("count", "message"),
    [
        (2.5, "expected a whole number of people"), (True, "expected a whole number"), (float("nan"), "got nan"),
        (-1, "'-1' is not a count"), ((9, 3), "high"),
    ],
)  # fmt: skip
def test_what_is_no_count_is_refused_where_it_is_written(count: Any, message: str) -> None:
    with pytest.raises(wy.Error, match=message):
        wy.claim("killed", count, source=NOTE)
    with pytest.raises(wy.DraftError, match="Did you mean 'killed'"):
        wy.claim("kiled", 3, source=NOTE)


def test_a_word_that_stands_for_a_number_is_kept_as_a_note() -> None:
    assert repr(wy.claim("killed", "varios", note="by radio")) == "wy.claim('killed', '?', note='varios; by radio')"


def test_a_source_is_one_however_often_it_is_cited(empty: wy.Database) -> None:
    court = wy.Source(kind="court", publisher="Corte", published_on="2014-01-02")
    first = empty.add(**MARCH, claims=[wy.claim("killed", 3, source=court), wy.claim("injured", 4, source=court)])
    empty.add(**MARCH, claims=wy.claim("killed", 3, source=court), key="second")
    assert set(empty[first].claims["source"]) == {"corte-2014-01-02"}
    assert [one.key for one in empty.store.registers.sources()] == ["corte-2014-01-02"]
    another = wy.Source(kind="press", publisher="Corte", published_on="2014-01-02")
    empty.add(**MARCH, claims=wy.claim("killed", 3, source=another), key="third")
    assert empty["third"].claims["source"].tolist() == ["corte-2014-01-02-2"]
    with pytest.raises(wy.DraftError, match="another source with the key 'corte-2014-01-02'"):
        empty.add(**MARCH, source=wy.Source("corte-2014-01-02", "press"))
    assert empty[empty.add(**MARCH, source=wy.Source("corte-2014-01-02"))].sources[0].kind == "court"


def test_the_words_of_the_command_line_are_the_keywords(empty: wy.Database) -> None:
    code = empty.add(
        **MARCH, place="Espinar, Cusco", claims=["killed:police=3", "injured=5"], source="Phone call",
        source_kind="other", published="8 March 2021", tag="nurses", confidence="high", summary={"es": "Marcha"},
        notes=["one", "two"], status="draft", sensitivity="restricted", reason="own notes",
    )  # fmt: skip
    made = recorded(empty, code)
    assert [(one["measure"], one["group"], one["source"]) for one in made["claims"]] == [
        ("killed", "police", "phone-call"), ("injured", "all", "phone-call"),
    ]  # fmt: skip
    assert (made["tags"], made["confidence"], made["sensitivity"]) == (["nurses"], "high", "restricted")
    assert [one["und"] for one in made["notes"]] == ["one", "two"]
    assert empty.store.registers.source("phone-call").published_on == "2021-03-08"
    (first,) = empty.store.read.history(code)
    assert (first.author, first.reason) == ("Ana", "own notes")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"titel": "x"}, r"^Unknown field 'titel'\. Did you mean 'title'\?$"),
        ({"days": "2012-13"}, "^days: .* a year has 12 months"),
        ({"days": ("2012", None)}, "^days: expected a first and a last day"),
        ({"country": "Nowhere"}, "^country: "),
        ({"claims": ["killed=3"]}, "has no source. Add source=… with a web address"),
        ({"claims": wy.claim("killed", 3)}, r"^claims: wy\.claim\('killed', '3'\) has no source"),
        ({"claims": 3}, r"^claims: expected wy\.claim"),
        ({"source_kind": "press"}, "has no effect without source"),
        ({"place_precision": "near"}, "has no effect without place"),
        ({"place": 3}, r"^place: expected a name, \(longitude, latitude\)"),
        ({"place": shapely.box(0, 0, 1, 1)}, "For an area, add it as a region"),
        ({"place": "San Miguel"}, "3 places have the name 'San Miguel'"),
    ],
)
def test_what_cannot_be_read_is_refused_in_the_words_of_python(
    empty: wy.Database, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(wy.Error, match=message) as raised:
        empty.add(**{**MARCH, **given})
    assert "--" not in str(raised.value)
    assert len(empty.store.registers.sources()) == empty.store.read.count()["incident"] == 0


def test_hours_are_not_dropped_in_silence(empty: wy.Database) -> None:
    with pytest.warns(EventsWarning, match="Only the day is recorded, not “madrugada”") as warned:
        empty.add(**MARCH | {"days": "madrugada del 5 de mayo de 2012"})
    assert warned[0].filename == __file__


@pytest.mark.parametrize("author", [None, " ", "Willay"])
def test_a_change_has_an_author_of_its_own(empty: wy.Database, author: str | None) -> None:
    code = empty.add(**MARCH)
    empty.author = None
    for change in (lambda: empty.add(author=author, **MARCH), lambda: empty.edit(code, author=author, reason="x")):
        with pytest.raises(wy.RefusedError, match='author="NAME"'):
            change()


def test_changes_are_one_revision_of_each_incident_and_one_change_of_all(empty: wy.Database) -> None:
    one, two = empty.add(**MARCH, key="one"), empty.add(**MARCH, key="two")
    with empty.changes(reason="ruling of 2014") as change:
        change.edit("one", confidence="high")
        change.add_claim(one, wy.claim("killed", 33, source=wy.Source(kind="court", publisher="Corte")))
        change.edit(one, tag=["ruling"])
        change.edit(two, actor=None, place="Espinar, Cusco")
        assert change.done == ()
        assert empty[one].claims.empty
    assert [revised.code for revised in change.done] == [one, two]
    newest = [empty.store.read.history(code) for code in (one, two)]
    assert [len(rows) for rows in newest] == [2, 2]
    assert {(rows[-1].author, rows[-1].reason, rows[-1].recorded_at) for rows in newest} == {
        ("Ana", "ruling of 2014", newest[0][-1].recorded_at)
    }
    assert empty[one].figure("killed").best == 33
    assert not [problem for problem in empty.store.file.check() if problem.severity == "error"]
    empty.store.undo.last(author="Ana")
    assert (empty[one].claims.empty, empty[two].places.empty) == (True, True)
    with pytest.raises(wy.RefusedError, match="made already"):
        change.edit(one, confidence="low")


def change_all(db: wy.Database, *changes: tuple[str, dict[str, Any]]) -> None:
    with db.changes(reason="x") as change:
        for code, fields in changes:
            change.edit(code, **fields)


def test_all_changes_are_made_or_none(empty: wy.Database) -> None:
    one, two = empty.add(**MARCH, key="one"), empty.add(**MARCH, key="two")
    before = empty.store.file.head()
    high = (one, {"confidence": "high"})
    with pytest.raises(wy.DraftError, match="part_of"):
        change_all(empty, high, (two, {"part_of": "nowhere"}))
    with pytest.raises(wy.DraftError, match="Unknown field 'colour'"):
        change_all(empty, high, (two, {"colour": "red"}))
    with pytest.raises(wy.DraftError, match="Nothing to change"):
        change_all(empty, high, (two, {}))
    with pytest.raises(wy.NotFoundError):
        change_all(empty, high, ("three", {"confidence": "high"}))
    with pytest.raises(wy.RefusedError, match="needs a reason"):
        empty.changes(reason=" ")
    change_all(empty)
    assert empty.store.file.head() == before
    assert empty.sources().empty


def test_what_others_changed_meanwhile_is_not_overwritten(empty: wy.Database) -> None:
    code = empty.add(**MARCH)
    with empty.changes(reason="x") as change:
        change.edit(code, confidence="high")
        empty.edit(code, tag="radio", reason="y", author="Beto")  # another field: both hold
    assert recorded(empty, code)["tags"] == ["radio"]
    change = empty.changes(reason="x")
    change.edit(code, confidence="medium")
    empty.edit(code, confidence="low", reason="y", author="Beto")
    with pytest.raises(StaleEditError):
        change.__exit__(None, None, None)
    assert recorded(empty, code)["confidence"] == "low"


def test_a_preview_records_nothing_and_names_likely_duplicates_that_are_shown(db: wy.Database) -> None:
    before = db.store.file.head()
    given = {"title": "A march", "type": "protest", "days": "2012-05-04", "place": (-72.0, -13.5)}
    preview = db.preview(**given, claims=wy.claim("killed", 3, source=NOTE))
    assert preview
    assert preview.places["regions"].str.contains("Cusco").all()
    assert HIDDEN not in preview._repr_html_() + preview.duplicates.to_csv()
    with wy.open(db.path, profile=None) as record:
        assert HIDDEN in record.preview(**given).duplicates["title"].tolist()
    fault = db.preview(**given | {"part_of": "nowhere"})
    assert not fault
    assert fault.faults[0].startswith("incidents[0].part_of: ")
    assert "1 fault" in repr(fault)
    assert db.store.file.head() == before


def test_claims_are_not_dropped_by_the_way(empty: wy.Database) -> None:
    code = empty.add(**MARCH, claims=wy.claim("killed", 3, source=NOTE))
    with pytest.raises(wy.RefusedError, match="withdraw"):
        empty.store.write.add_claims(code, [], changed={"claims": []}, author="Ana", reason="x")
    assert len(empty[code].claims) == 1
