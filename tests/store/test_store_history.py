from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, ClaimDraft, SourceDraft, draft
from willay.events.model.errors import DraftError, NotFoundError, RefusedError
from willay.events.model.values import DayInterval
from willay.events.store import Store

if TYPE_CHECKING:
    from store_examples import Ticking

INQUIRY = SourceDraft(key="inquiry", kind="official-inquiry", publisher="Commission")
SEVEN = ClaimDraft(measure="killed", low=7, best=7, high=7, source="inquiry")


def killed(store: Store, as_of: datetime | None = None) -> list[int]:
    frame = store.read.select(IncidentQuery(codes=("bridge",), as_of=as_of), details=False, profile=None)
    return [int(number) for number in frame["killed_best"]]


def test_a_correction_changes_the_present_and_not_what_was_known_before(store: Store, clock: Ticking) -> None:
    before = clock()
    revised = store.write.add_claims("bridge", [SEVEN], [INQUIRY], author="bea", reason="the inquiry is out")
    assert revised.changes == ("claims: 1 added",)
    assert killed(store) == [7]
    assert killed(store, before) == [5]
    assert killed(store, before - timedelta(days=1)) == []
    assert [source.key for source in store.registers.sources(as_of=before)] == ["daily", "ombudsman"]
    assert len(store.registers.sources()) == 3


def test_the_card_of_a_past_moment_does_not_know_later_sources(store: Store, clock: Ticking) -> None:
    before = clock()
    store.write.edit("bridge", {"sources": ["daily"], "summary": {"en": "Corrected."}}, author="bea", reason="x")
    then = store.read.select(IncidentQuery(codes=("bridge",), as_of=before), profile=None).iloc[0]
    now = store.read.select(IncidentQuery(codes=("bridge",)), profile=None).iloc[0]
    assert (then["summary"], now["summary"]) == ("", "Corrected.") or then["summary"] != then["summary"]
    assert then["revision"] < now["revision"]
    assert then["adm1"] == now["adm1"] == "Cusco"
    assert then.geometry == now.geometry


def test_the_history_tells_who_when_why_and_what(store: Store) -> None:
    store.write.edit("bridge", {"days": "2012-04-10", "type": "protest"}, author="bea", reason="the decree says so")
    store.write.retract("bridge", author="ana", reason="entered twice")
    rows = store.read.history("bridge")
    assert [(row.author, row.action, row.reason) for row in rows] == [
        ("ana", "add", "first entry"),
        ("bea", "edit", "the decree says so"),
        ("ana", "retract", "entered twice"),
    ]
    assert rows[0].changes == ("added",)
    assert rows[1].changes == ("days: 2012-04-09/2012-04-14 → 2012-04-10", "type: abduction → protest")
    assert rows[2].changes == ("status: published → retracted",)
    assert [row.recorded_at for row in rows] == sorted(row.recorded_at for row in rows)
    assert len({row.digest for row in rows}) == 3


def test_a_past_draft_can_be_read(store: Store, clock: Ticking) -> None:
    before = clock()
    store.write.edit("bridge", {"confidence": None}, author="bea", reason="doubtful")
    assert store.read.draft("bridge").draft.confidence is None
    assert store.read.draft("bridge", as_of=before).draft.confidence == "medium"
    with pytest.raises(NotFoundError, match="was not recorded yet at 2020"):
        store.read.draft("bridge", as_of=datetime(2020, 1, 1, tzinfo=UTC))


def test_an_edit_without_a_difference_makes_no_revision(store: Store) -> None:
    revised = store.write.edit("bridge", {"tags": ["gas"]}, author="bea", reason="looked again")
    assert revised.changes == ()
    assert len(store.read.history("bridge")) == 1
    assert revised.number == store.read.draft("bridge").revision


def test_new_days_are_not_read_with_the_old_precision_nor_a_type_with_the_old_subtype(store: Store) -> None:
    store.write.edit("whole-east", {"days": "2012-08-03"}, author="bea", reason="the day is known")
    assert store.read.draft("whole-east").draft.date_precision == "day"
    store.write.edit("PE-2012-0002", {"type": "armed-clash"}, author="bea", reason="x")
    assert store.read.draft("PE-2012-0002").draft.subtype is None


def test_a_retracted_incident_is_out_of_every_answer_but_its_history(store: Store) -> None:
    store.write.retract("bridge", author="ana", reason="entered twice")
    assert "PE-2012-0001" not in store.read.select(details=False, profile=None)["code"].tolist()
    assert store.read.count()["incident"] == 3
    assert store.read.draft("bridge").status == "retracted"
    retracted = store.read.select(IncidentQuery(statuses=("retracted",)), details=False, profile=None)
    assert retracted["code"].tolist() == ["PE-2012-0001"]
    part = store.read.select(IncidentQuery(codes=("PE-2012-0002",)), details=False, profile=None)
    assert part["counted"].tolist() == [True]


@pytest.mark.parametrize(
    ("author", "reason", "message"),
    [
        ("", "a reason", "needs an author"),
        (" ", "a reason", "needs an author"),
        ("bea", "", "needs a reason"),
    ],
)
def test_a_change_needs_an_author_and_a_reason(store: Store, author: str, reason: str, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        store.write.retract("bridge", author=author, reason=reason)
    assert len(store.read.history("bridge")) == 1


def test_what_is_dated_before_what_is_recorded_is_known_after_it(store: Store) -> None:
    more = draft(Bundle, {"incidents": [{"title": "x", "type": "arrest", "key": "late"}]})
    before, dated = store.read.latest_moment(), datetime(2023, 1, 1, tzinfo=UTC)
    store.write.add(more, author="ana", recorded_at=dated)
    (row,) = store.read.history("late")
    assert (row.recorded_at, row.arrived_at) == (dated, before + timedelta(microseconds=1))
    assert store.read.latest_moment() == row.arrived_at
    for moment in (dated, before):
        with pytest.raises(NotFoundError, match="was not recorded yet"):
            store.read.draft("late", moment)
    assert store.read.draft("late", row.arrived_at).recorded_at == dated
    assert store.read.select(IncidentQuery(as_of=before), profile=None)["key"].tolist().count("late") == 0
    assert store.read.select(IncidentQuery(as_of=row.arrived_at), profile=None)["key"].tolist().count("late") == 1
    with pytest.raises(RefusedError, match="has no time zone"):
        store.write.add(more, author="ana", recorded_at=datetime(2030, 1, 1))  # noqa: DTZ001 — that is the mistake
    assert store.read.count()["incident"] == 5


def test_the_moment_of_a_change_is_taken_when_nobody_else_can_write(store: Store) -> None:
    path, start = store.path, datetime(2031, 1, 1, tzinfo=UTC)

    def clock() -> datetime:
        with (
            closing(sqlite3.connect(path, timeout=0)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")
        return start

    store.close()
    with Store.open(path, clock=clock) as again:
        again.write.edit("bridge", {"summary": {"en": "Later."}}, author="ana", reason="x")
        assert again.read.history("bridge")[-1].recorded_at == start


def test_a_wrong_edit_is_refused_whole(store: Store) -> None:
    with pytest.raises(DraftError, match=r"PE-2012-0001: Unknown event type 'amush'. Did you mean"):
        store.write.edit("bridge", {"type": "amush"}, author="bea", reason="x")
    with pytest.raises(DraftError, match=r"claims\[3\].source: No source has the key 'inquiry'"):
        store.write.add_claims("bridge", [SEVEN], author="bea", reason="x")
    with pytest.raises(DraftError, match="would be a part of itself"):
        store.write.edit("bridge", {"part_of": "PE-2012-0002"}, author="bea", reason="x")
    with pytest.raises(DraftError, match="key 'whole-east' is taken by PE-2012-0003"):
        store.write.edit("bridge", {"key": "whole-east"}, author="bea", reason="x")
    assert len(store.read.history("bridge")) == 1


def test_the_author_of_claims_does_not_leave_a_source_behind_when_they_are_refused(store: Store) -> None:
    other = SEVEN.model_copy(update={"source": "nobody"})
    with pytest.raises(DraftError, match="No source has the key 'nobody'"):
        store.write.add_claims("bridge", [SEVEN, other], [INQUIRY], author="bea", reason="x")
    assert "inquiry" not in store.registers.source_keys()


def test_a_query_about_the_past_narrows_by_what_was_known_then(store: Store, clock: Ticking) -> None:
    before = clock()
    store.write.edit("whole-east", {"days": "2015", "type": "riot"}, author="bea", reason="another year")
    for as_of, year, kind in ((before, "2012-08", "protest"), (None, "2015", "riot")):
        other = "2015" if year == "2012-08" else "2012-08"
        found = store.read.select(
            IncidentQuery(days=DayInterval.parse(year), types=(kind,), as_of=as_of), details=False, profile=None
        )
        assert found["key"].tolist() == ["whole-east"]
        assert store.read.select(
            IncidentQuery(days=DayInterval.parse(other), types=(kind,), as_of=as_of), profile=None
        ).empty


def test_a_change_that_fails_halfway_leaves_nothing_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    before = (store.read.count(), store.read.draft("bridge"))
    monkeypatch.setattr("willay.events.store.write.writer.update_counted", fail)
    with pytest.raises(RuntimeError, match="the power went"):
        store.write.edit("bridge", {"tags": ["oil"]}, author="ana", reason="x")
    monkeypatch.undo()
    assert (store.read.count(), store.read.draft("bridge")) == before
    assert store.file.check() == ()
