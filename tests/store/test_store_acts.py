"""What was done to a database: each act once, the newest first, and incidents by when and by whom they were changed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, draft
from willay.events.model.errors import RefusedError
from willay.events.store import ActsAsked
from willay.events.store.read import acts
from willay.events.store.read.acts import KINDS, NAMED
from willay.events.store.record.review_rules import same_person

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from store_examples import Ticking

    from willay.events.store import Store

LIVE = ("draft", "in-review", "published", "retracted")


def codes(store: Store, **asked: object) -> list[str]:
    query = IncidentQuery(statuses=LIVE, **asked)  # type: ignore[arg-type]  # fields by name
    return sorted(store.read.select(query, profile=None)["code"])


def test_an_act_is_listed_once_with_all_that_it_touched(store: Store) -> None:
    store.write.edit("PE-2012-0001", {"title": "Otro"}, author="Ben", reason="radio")
    source = next(iter(store.registers.sources())).key
    store.registers.edit("source", source, {"publisher": "Otra"}, author="ana  luz", reason="name")
    listed, total = store.read.log()
    assert total == len(listed)
    assert [act.number for act in listed] == sorted((act.number for act in listed), reverse=True)
    assert [(act.actions, [(one.kind, one.name) for one in act.subjects], act.reason) for act in listed[:2]] == [
        (("edit",), [("source", source)], "name"),
        (("edit",), [("incident", "PE-2012-0001")], "radio"),
    ]
    every = {kind for act in listed for kind in act.kinds}
    assert {"incident", "source", "actor", "region", "setting"} <= every <= {*KINDS}
    assert sum(sum(act.kinds.values()) for act in listed) == listed[0].kinds["source"] + sum(
        sum(act.kinds.values()) for act in listed[1:]
    )


def test_acts_are_asked_by_person_kind_and_moment(store: Store, clock: Ticking) -> None:
    before = clock()
    store.write.edit("PE-2012-0001", {"title": "Otro"}, author="Ana  Luz", reason="radio")
    store.write.edit("PE-2012-0002", {"title": "Otro"}, author="Ben", reason="radio")
    assert [act.author for act in store.read.log(ActsAsked(author="ana luz"))[0]] == ["Ana  Luz"]
    assert store.read.log(ActsAsked(author="nobody")) == ((), 0)
    assert [act.author for act in store.read.log(ActsAsked(since=before))[0]] == ["Ben", "Ana  Luz"]
    exactly = store.read.log(ActsAsked(author="Ben"))[0][0].arrived_at
    assert store.read.log(ActsAsked(since=exactly))[1] == 1
    assert store.read.log(ActsAsked(since=exactly + timedelta(microseconds=1)))[1] == 0
    assert {kind for act in store.read.log(ActsAsked(kinds=("region",)))[0] for kind in act.kinds} == {"region"}
    newest, total = store.read.log(ActsAsked(limit=1))
    assert ([act.author for act in newest], total > 2) == (["Ben"], True)


def test_an_act_of_very_many_names_none_of_them(make_store: Callable[..., Store]) -> None:
    store = make_store()
    many = [{"title": f"n {number}", "type": "protest", "days": "2021"} for number in range(NAMED + 1)]
    store.write.add(draft(Bundle, {"incidents": many}), author="Ben")
    act = store.read.log(ActsAsked(author="Ben"))[0][0]
    assert (act.kinds, act.subjects) == ({"incident": NAMED + 1}, ())


def test_a_redaction_is_listed_by_the_name_of_what_it_is_of(store: Store) -> None:
    store.write.redact("PE-2012-0001", "title.en", instead="Otro", author="Ana", reason="a name")
    act = store.read.log(ActsAsked(kinds=("redaction",)))[0][0]
    assert [(one.kind, one.name, one.action) for one in act.subjects] == [("redaction", "PE-2012-0001", "redact")]


def test_incidents_are_asked_by_when_and_by_whom_they_were_changed_as_the_histories_say(
    store: Store, clock: Ticking
) -> None:
    moments = [clock()]
    for code, author in (("PE-2012-0001", "Eva"), ("PE-2012-0002", "Ben"), ("PE-2012-0001", "Ben")):
        store.write.edit(code, {"title": f"{author} {len(moments)}"}, author=author, reason="x")
        moments.append(clock())
    every = codes(store)
    histories = {code: store.read.history(code) for code in every}

    def expected(since: datetime | None, by: str | None, as_of: datetime | None) -> list[str]:
        return [
            code
            for code, rows in histories.items()
            if any(
                (since is None or row.arrived_at >= since)
                and (by is None or same_person(row.author) == same_person(by))
                and (as_of is None or row.arrived_at <= as_of)
                for row in rows
            )
        ]

    for since in (None, *moments):
        for by in (None, "Eva", "Ben", "nobody"):
            for as_of in (None, *moments):
                found = codes(store, changed_since=since, changed_by=by, as_of=as_of)
                assert found == expected(since, by, as_of), (since, by, as_of)
    assert codes(store, changed_by=" eva ") == ["PE-2012-0001"]


def test_who_changed_an_incident_is_not_asked_under_a_profile(store: Store) -> None:
    with pytest.raises(RefusedError, match="does not show who changed an incident"):
        store.read.select(IncidentQuery(changed_by="Ana"))
    assert store.read.select(IncidentQuery(changed_by="nobody"), profile="internal").empty


def test_a_restricted_incident_is_not_found_by_when_it_was_changed(store: Store, clock: Ticking) -> None:
    store.write.edit("PE-2012-0001", {"status": "published"}, author="Ana", reason="x")
    store.write.edit("PE-2012-0002", {"status": "published"}, author="Ana", reason="x")
    since = clock()
    store.write.edit("PE-2012-0001", {"title": "Otro"}, author="Ana", reason="x")
    store.write.edit("PE-2012-0002", {"sensitivity": "restricted"}, author="Ana", reason="x")
    assert len(store.read.select(IncidentQuery())) >= 2
    assert [*store.read.select(IncidentQuery(changed_since=since))["code"]] == ["PE-2012-0001"]
    assert codes(store, changed_since=since) == ["PE-2012-0001", "PE-2012-0002"]


def test_kinds_are_those_that_the_record_has(store: Store) -> None:
    with store._opened.session.reading() as connection:
        found = {*acts.run(connection, "SELECT DISTINCT subject_kind FROM revision").scalars()}
    assert found <= {*KINDS}
