from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from willay.events.model.errors import DraftError, NotFoundError

if TYPE_CHECKING:
    from willay.events.store import Store


def test_a_source_is_changed_on_the_record_and_the_past_keeps_it(store: Store) -> None:
    before = store.read.history("bridge")[0].recorded_at
    key = store.registers.sources()[0].key
    revised = store.registers.edit("source", key, {"sensitivity": "confidential"}, author="bea", reason="a threat")
    assert revised.changes == ("sensitivity: — → confidential",)
    assert {one.key: one.sensitivity for one in store.registers.sources()}[key] == "confidential"
    assert {one.key: one.sensitivity for one in store.registers.sources(as_of=before)}[key] is None
    assert store.file.check() == ()
    again = store.registers.edit("source", key, {"sensitivity": "confidential"}, author="bea", reason="twice")
    assert again.changes == ()


def test_a_figure_follows_the_kind_of_its_source(store: Store) -> None:
    claims = store.read.draft("bridge").draft.claims
    chosen = store.read.select(details=False, profile=None).set_index("key").loc["bridge", "killed_source"]
    kinds = {source.key: source.kind for source in store.registers.sources()}
    assert len({claim.source for claim in claims}) > 1
    store.registers.edit("source", chosen, {"kind": "party"}, author="bea", reason="it is theirs")
    assert kinds[chosen] != "party"
    assert store.file.check() == ()  # figures and faces are what the policy makes of the claims now


def test_an_actor_gets_another_name_and_incidents_show_it(store: Store) -> None:
    actor = store.registers.actors()[0]
    store.registers.edit(
        "actor", actor.key, {"name": {"en": "Renamed"}, "aliases": ["The Old Name"]}, author="b", reason="x"
    )
    assert store.file.check() == ()
    made = {one.key: one for one in store.registers.actors()}[actor.key]
    assert (made.name, made.aliases) == ({"en": "Renamed"}, ("The Old Name",))


def test_what_does_not_fit_is_refused(store: Store) -> None:
    one, other = store.registers.actors()[:2]
    with pytest.raises(DraftError, match="as well"):
        store.registers.edit(
            "actor", one.key, {"name": {"en": next(iter(other.name.values()))}}, author="b", reason="x"
        )
    with pytest.raises(DraftError, match="stays"):
        store.registers.edit("actor", one.key, {"key": "another"}, author="b", reason="x")
    with pytest.raises(DraftError, match="gossip"):
        store.registers.edit("source", store.registers.sources()[0].key, {"kind": "gossip"}, author="b", reason="x")
    with pytest.raises(NotFoundError, match="Unknown case 'nowhere'"):
        store.registers.edit("case", "nowhere", {}, author="b", reason="x")


def test_phases_out_of_order_and_incidents_before_their_case_are_notes(store: Store) -> None:
    case = store.registers.cases()[0].key
    phases = [{"from_day": "2013-02", "phase": "crisis"}, {"from_day": "2012-01", "phase": "dialogue"}]
    changed = {"from_day": "2030", "until_day": "2029", "phases": phases}
    store.registers.edit("case", case, changed, author="bea", reason="x")
    store.write.edit("bridge", {"cases": [case]}, author="bea", reason="x")
    problems = store.file.check()
    assert {problem.severity for problem in problems} == {"note"}
    told = " ".join(problem.message for problem in problems)
    for words in ("before it begins", "Put them in order", "before its case"):
        assert words in told
