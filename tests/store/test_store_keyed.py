from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from willay.events.model.errors import DraftError, NotFoundError

if TYPE_CHECKING:
    from willay.events.store import Store


def test_a_source_is_changed_on_the_record_and_the_past_keeps_it(store: Store) -> None:
    before = store.history("bridge")[0].recorded_at
    key = store.sources()[0].key
    revised = store.edit_keyed("source", key, {"sensitivity": "confidential"}, author="bea", reason="a threat")
    assert revised.changes == ("sensitivity: — → confidential",)
    assert {one.key: one.sensitivity for one in store.sources()}[key] == "confidential"
    assert {one.key: one.sensitivity for one in store.sources(as_of=before)}[key] is None
    assert store.check() == ()
    again = store.edit_keyed("source", key, {"sensitivity": "confidential"}, author="bea", reason="twice")
    assert again.changes == ()


def test_a_figure_follows_the_kind_of_its_source(store: Store) -> None:
    claims = store.draft("bridge").draft.claims
    chosen = store.select(details=False, profile=None).set_index("key").loc["bridge", "killed_source"]
    kinds = {source.key: source.kind for source in store.sources()}
    assert len({claim.source for claim in claims}) > 1
    store.edit_keyed("source", chosen, {"kind": "party"}, author="bea", reason="it is theirs")
    assert kinds[chosen] != "party"
    assert store.check() == ()  # figures and faces are what the policy makes of the claims now


def test_an_actor_gets_another_name_and_incidents_show_it(store: Store) -> None:
    actor = store.actors()[0]
    store.edit_keyed(
        "actor", actor.key, {"name": {"en": "Renamed"}, "aliases": ["The Old Name"]}, author="b", reason="x"
    )
    assert store.check() == ()
    made = {one.key: one for one in store.actors()}[actor.key]
    assert (made.name, made.aliases) == ({"en": "Renamed"}, ("The Old Name",))


def test_what_does_not_fit_is_refused(store: Store) -> None:
    one, other = store.actors()[:2]
    with pytest.raises(DraftError, match="as well"):
        store.edit_keyed("actor", one.key, {"name": {"en": next(iter(other.name.values()))}}, author="b", reason="x")
    with pytest.raises(DraftError, match="stays"):
        store.edit_keyed("actor", one.key, {"key": "another"}, author="b", reason="x")
    with pytest.raises(DraftError, match="gossip"):
        store.edit_keyed("source", store.sources()[0].key, {"kind": "gossip"}, author="b", reason="x")
    with pytest.raises(NotFoundError, match="no case 'nowhere'"):
        store.edit_keyed("case", "nowhere", {}, author="b", reason="x")


def test_phases_out_of_order_and_incidents_before_their_case_are_notes(store: Store) -> None:
    case = store.cases()[0].key
    phases = [{"from_day": "2013-02", "phase": "crisis"}, {"from_day": "2012-01", "phase": "dialogue"}]
    changed = {"from_day": "2030", "until_day": "2029", "phases": phases}
    store.edit_keyed("case", case, changed, author="bea", reason="x")
    store.edit("bridge", {"cases": [case]}, author="bea", reason="x")
    problems = store.check()
    assert {problem.severity for problem in problems} == {"note"}
    told = " ".join(problem.message for problem in problems)
    for words in ("before it begins", "Put them in order", "before its case"):
        assert words in told
