"""Clocks that are wrong: the order of changes is that in which they were written, and no clock stops anybody."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_examples import units

from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, ClaimDraft, draft
from willay.events.model.errors import ClockWarning, RefusedError
from willay.events.model.foreign import Batch, DatasetTerms, ForeignRow
from willay.events.store import RegionSet, Store
from willay.events.store.record.revisions import LAST, next_moment
from willay.events.store.schema.ids import moment_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy.engine import Connection

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
WRONG = {
    "the year 2100": datetime(2100, 1, 1, tzinfo=UTC),
    "1970": datetime(1970, 1, 1, tzinfo=UTC),
    "the end of time": datetime.max.replace(tzinfo=UTC),
    "the beginning of time": datetime.min.replace(tzinfo=UTC),
}
SEVEN = draft(ClaimDraft, {"measure": "detained", "best": 7, "source": "ombudsman"})
INCIDENT = {"title": "A later clash", "type": "armed-clash", "days": "2012-04-09"}


def lone(key: str) -> RegionSet:
    frame = units().frame.iloc[[1]].assign(key=key)
    return RegionSet(key, frame)


CHANGES: dict[str, Callable[[Store], Any]] = {
    "add": lambda store: store.write.add(draft(Bundle, {"incidents": [INCIDENT]}), author="bea"),
    "take_in": lambda store: store.write.import_rows(
        Batch((ForeignRow(1, "row-1", INCIDENT),)), DatasetTerms("survey"), author="bea"
    ),
    "edit": lambda store: store.write.edit("bridge", {"tags": ["oil"]}, author="bea", reason="x"),
    "replace": lambda store: store.write.replace(
        "bridge", store.read.draft("bridge").draft.model_copy(update={"tags": ("tin",)}), author="bea", reason="x"
    ),
    "add_claims": lambda store: store.write.add_claims("bridge", [SEVEN], author="bea", reason="x"),
    "edit_keyed": lambda store: store.registers.edit("source", "ombudsman", {"note": "x"}, author="bea", reason="x"),
    "assign": lambda store: store.review.assign("bridge", "cara", author="bea"),
    "reopen": lambda store: store.review.step("bridge", "reopen", author="bea", comment="x"),
    "rule": lambda store: store.review.set_rule("two-people", author="bea", reason="x"),
    "revert": lambda store: store.write.revert(
        "undated", store.read.history("undated")[0].number, author="bea", reason="x"
    ),
    "retract": lambda store: store.write.retract("bridge", author="bea", reason="x"),
    "add_regions": lambda store: store.regions.add(lone("later"), author="bea"),
}  # fmt: skip


def said(store: Store) -> list[str]:
    with store._session.reading() as connection:
        return [*connection.exec_driver_sql("SELECT recorded_at FROM change ORDER BY number").scalars()]


def moments(store: Store) -> list[tuple[int, str]]:
    with store._session.reading() as connection:
        rows = connection.exec_driver_sql("SELECT number, arrived_at FROM revisions ORDER BY number")
        return [(number, moment) for number, moment in rows]


def test_of_a_change_that_changes_nothing_no_clock_is_wrong(store: Store) -> None:
    path, before = store.path, moments(store)
    store.close()
    with Store.open(path, clock=lambda: WRONG["1970"]) as behind:
        behind.write.edit("bridge", {"tags": ["gas"]}, author="bea", reason="x")
        with pytest.raises(RefusedError, match="needs a reason"):
            behind.write.retract("bridge", author="bea", reason="")
        assert moments(behind) == before


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_after_a_change_by_a_wrong_clock_every_kind_of_change_is_recorded_in_order(
    store: Store, wrong: datetime
) -> None:
    path = store.path
    store.close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ClockWarning)
        with Store.open(path, clock=lambda: wrong) as by_wrong:
            by_wrong.write.edit("undated", {"tags": ["wrong"]}, author="ana", reason="x")
        for name, change in CHANGES.items():
            with Store.open(path, clock=lambda: NOW) as by_right:
                before = len(moments(by_right))
                change(by_right)
                assert len(moments(by_right)) > before, name
    with Store.open(path) as after:
        assert all(one < other or one[1:] == other[1:] for (_, one), (_, other) in pairwise(moments(after)))
        assert sorted(moments(after), key=lambda row: row[1]) == moments(after)
        by_wrong_clock = min(wrong, LAST)
        assert said(after)[-1 - len(CHANGES) :] == [moment_text(one) for one in (by_wrong_clock, *[NOW] * len(CHANGES))]
        assert after.file.check() == ()


def test_a_change_is_after_what_another_wrote_while_it_waited_for_the_file(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    latest, path = store.read.latest_moment(), store.path
    store.close()
    with Store.open(path, clock=lambda: latest) as first, Store.open(path, clock=lambda: latest) as second:
        writing = second._session.writing

        def after_the_first() -> AbstractContextManager[Connection]:
            first.write.edit("undated", {"tags": ["first"]}, author="ana", reason="x")
            return writing()

        monkeypatch.setattr(second._session, "writing", after_the_first)
        second.write.edit("bridge", {"tags": ["second"]}, author="bea", reason="x")
        step = timedelta(microseconds=1)
        assert [moment for _, moment in moments(second)[-2:]] == [
            moment_text(latest + step), moment_text(latest + 2 * step),
        ]  # fmt: skip


@pytest.mark.parametrize(("name", "change"), CHANGES.items(), ids=CHANGES)
def test_a_clock_more_than_a_day_behind_is_told_and_the_change_recorded_all_the_same(
    store: Store, name: str, change: Callable[[Store], Any]
) -> None:
    del name
    latest = store.read.latest_moment()
    path = store.path
    store.close()
    with Store.open(path, clock=lambda: latest - timedelta(days=1)) as nearly:
        nearly.write.edit("undated", {"tags": ["in time"]}, author="ana", reason="x")  # a day is still no reason to ask
        assert nearly.read.latest_moment() == latest + timedelta(microseconds=1)
    words = r"clock of this computer shows .*one of the two clocks is wrong.*Check the date"
    with Store.open(path, clock=lambda: latest - timedelta(days=2)) as behind:
        before = len(moments(behind))
        with pytest.warns(ClockWarning, match=words):
            change(behind)
        assert len(moments(behind)) > before


def test_who_wants_an_error_of_a_wrong_clock_has_one_and_nothing_is_recorded(store: Store) -> None:
    path, before = store.path, moments(store)
    store.close()
    with (
        Store.open(path, clock=lambda: datetime(1970, 1, 1, tzinfo=UTC)) as behind,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("error", ClockWarning)
        with pytest.raises(ClockWarning, match="is wrong"):
            behind.write.retract("bridge", author="ana", reason="x")
        assert moments(behind) == before


def test_each_past_moment_shows_what_was_recorded_until_then(tmp_path: Path) -> None:
    clocks = [NOW, WRONG["the year 2100"], NOW, NOW, WRONG["1970"], WRONG["the year 2100"] + timedelta(days=1), NOW]
    path, known = tmp_path / "w.gpkg", []
    with Store.create(path, country="PE", clock=lambda: NOW, review="one-person") as store:
        store.write.add(draft(Bundle, {"incidents": [{**INCIDENT, "key": "it"}]}), author="ana")
    for number, moment in enumerate(clocks):
        with warnings.catch_warnings(), Store.open(path, clock=lambda at=moment: at) as store:  # type: ignore[misc]  # bound now
            warnings.simplefilter("ignore", ClockWarning)
            store.write.edit("it", {"tags": [f"t{number}"]}, author="ana", reason="x")
            known.append((store.read.latest_moment(), f"t{number}"))
    with Store.open(path) as store:
        for moment, tag in known:
            then = store.read.select(IncidentQuery(as_of=moment), details=False, profile=None)
            assert then["tags"].tolist() == [tag]
            assert store.read.draft("it", moment).draft.tags == (tag,)
            assert store.read.draft("it", moment + timedelta(microseconds=0)).draft.tags == (tag,)
    assert [moment for moment, _ in known] == sorted({moment for moment, _ in known})


def test_a_wrong_clock_does_not_make_the_past_lie_in_the_future(store: Store) -> None:
    path = store.path
    store.close()
    with warnings.catch_warnings(), Store.open(path, clock=lambda: WRONG["1970"]) as behind:
        warnings.simplefilter("ignore", ClockWarning)
        bundle = draft(Bundle, {"incidents": [INCIDENT]})
        assert behind.write.preview(bundle.incidents[0]).faults == ()
        assert len(behind.write.add(bundle, author="ana").codes) == 1


def test_a_stated_moment_is_refused_after_the_last_and_taken_as_it_is(store: Store) -> None:
    with pytest.raises(RefusedError, match="the last that is recorded"):
        store.write.retract("bridge", author="ana", reason="x", recorded_at=datetime.max.replace(tzinfo=UTC))
    stated = store.read.latest_moment() + timedelta(days=400)
    store.write.retract("bridge", author="ana", reason="x", recorded_at=stated)
    assert store.read.latest_moment() == stated


clocks = st.datetimes(timezones=st.just(UTC)) | st.datetimes(
    datetime(2026, 1, 1), datetime(2026, 1, 3), timezones=st.just(UTC)  # noqa: DTZ001 — Hypothesis adds the zone
)  # fmt: skip


@given(st.lists(clocks, max_size=20))
def test_whatever_clocks_say_moments_rise_and_are_the_clocks_own_where_they_can(said: list[datetime]) -> None:
    recorded: list[datetime] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ClockWarning)
        for now in said:
            latest = recorded[-1] if recorded else None
            moment = next_moment(now, latest)
            assert moment == now or now.year > 9998 or (latest is not None and now <= latest)
            recorded.append(moment)
    assert recorded == sorted(set(recorded))
    texts = [moment_text(moment) for moment in recorded]
    assert texts == sorted(set(texts))
