"""What a file holds of the registers: what its incidents need, once, in an order that can be read back."""

from __future__ import annotations

from willay.events.exchange import outgoing
from willay.events.exchange.outgoing import Registers
from willay.events.exchange.outgoing.needs import Needs
from willay.events.model.drafts import ActorDraft, CaseDraft, SourceDraft, draft

REGISTERS = Registers.of(
    [draft(SourceDraft, {"key": key, "kind": "press", "title": key}) for key in ("a", "b", "c", "secret")],
    [
        draft(ActorDraft, {"key": "front", "name": "Front", "kind": "rebel-group", "part_of": "party"}),
        draft(ActorDraft, {"key": "party", "name": "Party", "kind": "rebel-group"}),
    ],
    [draft(CaseDraft, {"key": "war", "title": "War", "type": "armed-conflict", "sources": ["c"],
                       "phases": [{"from_day": "1980", "state": "active", "source": "b"}]})],
)  # fmt: skip


def keys(found: dict[str, list[dict[str, str]]]) -> dict[str, list[str]]:
    return {name: [entry["key"] for entry in entries] for name, entries in found.items()}


def test_an_actor_comes_after_the_one_it_is_part_of_and_a_case_with_its_sources() -> None:
    needs = Needs(REGISTERS)
    told = {"parties": [{"actor": "front"}], "cases": ["war"], "claims": [{"source": "a"}]}
    assert keys(needs.first_of(told)) == {"sources": ["a", "c", "b"], "actors": ["party", "front"], "cases": ["war"]}


def test_nothing_is_handed_out_twice_and_nothing_that_nobody_needs() -> None:
    needs = Needs(REGISTERS)
    needs.first_of({"sources": ["a", "b"]})
    assert keys(needs.first_of({"sources": ["b", "c", "unknown"]})) == {"sources": ["c"]}
    assert needs.first_of({"sources": ["a"]}) == {}


def test_actors_that_are_parts_of_each_other_end() -> None:
    both = {"one": {"key": "one", "part_of": "two"}, "two": {"key": "two", "part_of": "one"}}
    assert keys(Needs(Registers(actors=both)).first_of({"parties": [{"actor": "one"}]})) == {"actors": ["two", "one"]}


def test_the_public_names_are_sorted_and_there() -> None:
    assert sorted(outgoing.__all__, key=lambda name: (not name.isupper(), name.islower(), name)) == outgoing.__all__
    assert all(hasattr(outgoing, name) for name in outgoing.__all__)
