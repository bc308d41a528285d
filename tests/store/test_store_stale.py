"""Edits made from a state that is no longer the latest: refused with both values, or kept with what others changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from willay.events.model.drafts import Bundle, ClaimDraft, draft
from willay.events.model.errors import ConflictError, DraftError, NotFoundError, StaleEditError

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.events.store import Store

Change = "Callable[..., Any]"
SEVEN = draft(ClaimDraft, {"measure": "detained", "best": 7, "source": "ombudsman"})
EIGHT = draft(ClaimDraft, {"measure": "injured", "best": 8, "source": "ombudsman"})


def base_of(store: Store, code: str = "bridge") -> int:
    return store.read.latest_revision("incident", code)


def recorded(store: Store) -> int:
    return store.read.count()["revision"]


EDITS: dict[str, tuple[Callable[[Store], Any], Callable[[Store, int], Any], str]] = {
    "the same tags": (
        lambda store: store.write.edit("bridge", {"tags": ["oil"]}, author="bea", reason="x"),
        lambda store, base: store.write.edit(
            "bridge", {"tags": ["tin"]}, author="cara", reason="x", base_revision=base
        ),
        r"tags: yours tin; now oil \(by bea, 2024-01-01 .* UTC, revision \d+\)",
    ),
    "a text": (
        lambda store: store.write.edit("bridge", {"summary": {"es": "Fue de noche."}}, author="bea", reason="x"),
        lambda store, base: store.write.edit(
            "bridge", {"summary": {"es": "Fue de día."}}, author="cara", reason="x", base_revision=base
        ),
        r"summary: yours es Fue de día\.; now es Fue de noche\.",
    ),
    "a value that is taken away": (
        lambda store: store.write.edit("bridge", {"confidence": "high"}, author="bea", reason="x"),
        lambda store, base: store.write.edit(
            "bridge", {"confidence": None}, author="cara", reason="x", base_revision=base
        ),
        "confidence: yours —; now high",
    ),
    "days and their precision": (
        lambda store: store.write.edit("bridge", {"days": "2012-05"}, author="bea", reason="x"),
        lambda store, base: store.write.edit(
            "bridge", {"days": "2012"}, author="cara", reason="x", base_revision=base
        ),
        r"date_precision: yours year; now month.*\n  days: yours 2012; now 2012-05",
    ),
    "a type and its sub-type": (
        lambda store: store.write.edit("bridge", {"type": "riot"}, author="bea", reason="x"),
        lambda store, base: store.write.edit(
            "bridge", {"type": "ambush"}, author="cara", reason="x", base_revision=base
        ),
        r"\n  type: yours [a-z-]+; now riot",
    ),
    "a draft that another edit changed": (
        lambda store: store.write.edit("bridge", {"tags": ["oil"]}, author="bea", reason="x"),
        lambda store, base: store.write.replace(
            "bridge", store.read.draft("bridge").draft.model_copy(update={"tags": ("tin",)}),
            author="cara", reason="x", base_revision=base,
        ),
        "tags: yours tin; now oil",
    ),
    "claims beside claims": (
        lambda store: store.write.add_claims("bridge", [EIGHT], author="bea", reason="x"),
        lambda store, base: store.write.add_claims("bridge", [SEVEN], author="cara", reason="x", base_revision=base),
        r"claims: yours detained: 7, by ombudsman; now injured: 8, by ombudsman \(by bea",
    ),
    "who is to look at it": (
        lambda store: store.review.assign("bridge", "dora", author="bea"),
        lambda store, base: store.review.assign("bridge", "eva", author="cara", base_revision=base),
        "assigned_to: then —; now dora",
    ),
    "a decision about a text that changed": (
        lambda store: store.write.edit("bridge", {"tags": ["oil"]}, author="bea", reason="x"),
        lambda store, base: store.review.step("bridge", "reopen", author="cara", comment="x", base_revision=base),
        r"changed after revision \d+, on which the step 'reopen' is based.*\n  tags: then .*; now oil",
    ),
    "a retraction": (
        lambda store: store.write.add_claims("bridge", [EIGHT], author="bea", reason="x"),
        lambda store, base: store.write.retract("bridge", author="cara", reason="x", base_revision=base),
        "on which the step 'retract' is based.*\n  claims: then",
    ),
    "a way back": (
        lambda store: store.write.edit("bridge", {"tags": ["oil"]}, author="bea", reason="x"),
        lambda store, base: store.write.revert("bridge", base, author="cara", reason="x", base_revision=base),
        "on which the step 'revert' is based",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("first", "second", "message"), EDITS.values(), ids=EDITS)
def test_an_edit_of_what_was_changed_since_is_refused_with_both_values_and_saves_nothing(
    store: Store, first: Callable[[Store], Any], second: Callable[[Store, int], Any], message: str
) -> None:
    base = base_of(store)
    first(store)
    before, state = recorded(store), store.read.draft("bridge")
    with pytest.raises(ConflictError, match=message) as refused:
        second(store, base)
    assert f"base_revision={base_of(store)}" in str(refused.value)
    assert (recorded(store), store.read.draft("bridge")) == (before, state)
    assert isinstance(refused.value, StaleEditError)
    assert (refused.value.subject, refused.value.base, refused.value.latest) == ("PE-2012-0001", base, base_of(store))
    assert {field.author for field in refused.value.fields} == {"bea"}


@pytest.mark.parametrize(("first", "second", "message"), EDITS.values(), ids=EDITS)
def test_the_same_edit_from_the_latest_state_is_made(
    store: Store, first: Callable[[Store], Any], second: Callable[[Store, int], Any], message: str
) -> None:
    del first, message
    if second is EDITS["a way back"][1]:
        store.write.edit("bridge", {"tags": ["tin"]}, author="bea", reason="x")
    before = recorded(store)
    second(store, base_of(store))
    assert recorded(store) == before + (second is not EDITS["a way back"][1])


def test_edits_of_different_fields_are_both_kept(store: Store) -> None:
    base = base_of(store)
    store.write.edit("bridge", {"tags": ["oil"], "confidence": "high"}, author="bea", reason="x")
    store.write.edit("bridge", {"summary": {"es": "De noche."}}, author="cara", reason="x", base_revision=base)
    now = store.read.draft("bridge").draft
    assert (now.tags, now.confidence, now.summary) == (("oil",), "high", {"es": "De noche."})


def test_a_draft_made_of_an_earlier_revision_keeps_what_others_changed_elsewhere(store: Store) -> None:
    seen, base = store.read.draft("bridge").draft, base_of(store)
    store.write.edit("bridge", {"tags": ["oil"]}, author="bea", reason="x")
    mine = seen.model_copy(update={"title": {"es": "Otro título"}})
    store.write.replace("bridge", mine, author="cara", reason="x", base_revision=base)
    now = store.read.draft("bridge").draft
    assert (now.tags, now.title) == (("oil",), {"es": "Otro título"})
    assert store.file.check() == ()


def test_the_same_edit_twice_is_no_conflict_and_records_nothing(store: Store) -> None:
    base = base_of(store)
    store.write.edit("bridge", {"tags": ["oil"]}, author="bea", reason="x")
    before = recorded(store)
    again = store.write.edit("bridge", {"tags": ["oil"]}, author="cara", reason="x", base_revision=base)
    assert (again.changes, recorded(store)) == ((), before)


def test_who_changed_a_field_is_who_changed_it_last_and_not_who_changed_another_since(store: Store) -> None:
    base = base_of(store)
    store.write.edit("bridge", {"tags": ["oil"]}, author="bea", reason="x")
    number = base_of(store)
    store.write.edit("bridge", {"confidence": "high"}, author="dora", reason="x")
    with pytest.raises(StaleEditError) as refused:
        store.write.edit("bridge", {"tags": ["tin"]}, author="cara", reason="x", base_revision=base)
    (field,) = refused.value.fields
    assert (field.author, field.revision) == ("bea", number)
    assert (field.base, field.yours, field.present) == (["gas"], ["tin"], ["oil"])
    assert field.recorded_at == store.read.history("bridge")[1].recorded_at


@pytest.mark.parametrize(
    ("kind", "key", "field", "values"),
    [
        ("source", "ombudsman", "note", ("one", "two")),
        ("actor", "{actor}", "kind", ("rioters", "protesters")),
        ("case", "{case}", "type", ("socio-environmental", "labour")),
    ],
)
def test_sources_actors_and_cases_are_guarded_in_the_same_way(
    store: Store, kind: str, key: str, field: str, values: tuple[str, str]
) -> None:
    names = {
        "actor": [one.key for one in store.registers.actors()],
        "case": [one.key for one in store.registers.cases()],
    }
    known = key if kind == "source" else names[kind][0]
    base = store.read.latest_revision(kind, known)
    store.registers.edit(kind, known, {field: values[0]}, author="bea", reason="x")
    before = recorded(store)
    with pytest.raises(
        StaleEditError, match=f"{known} was changed.*\n  {field}: yours .*{values[1]}; now .*{values[0]}"
    ):
        store.registers.edit(kind, known, {field: values[1]}, author="cara", reason="x", base_revision=base)
    assert recorded(store) == before
    latest = store.read.latest_revision(kind, known)
    store.registers.edit(kind, known, {field: values[1]}, author="cara", reason="x", base_revision=latest)
    assert recorded(store) == before + 1


def test_a_base_is_a_revision_of_the_subject_itself(store: Store) -> None:
    other = base_of(store, "undated")
    with pytest.raises(NotFoundError, match=rf"PE-2012-0001 has no revision {other}\. It has: {base_of(store)}"):
        store.write.edit("bridge", {"tags": ["x"]}, author="bea", reason="x", base_revision=other)
    with pytest.raises(NotFoundError, match="has no revision 0"):
        store.review.step("bridge", "reopen", author="bea", comment="x", base_revision=0)
    with pytest.raises(NotFoundError, match="ombudsman has no revision"):
        store.registers.edit("source", "ombudsman", {"note": "x"}, author="bea", reason="x", base_revision=other)
    for kind in ("incident", "source", "actor", "case"):
        with pytest.raises(NotFoundError, match=r"Unknown \w+|No incident with code or key"):
            store.read.latest_revision(kind, "nobody")


def test_without_a_base_the_last_one_to_write_replaces_as_before(store: Store) -> None:
    store.write.edit("bridge", {"tags": ["oil"]}, author="bea", reason="x")
    store.write.edit("bridge", {"tags": ["tin"]}, author="cara", reason="x")
    assert store.read.draft("bridge").draft.tags == ("tin",)


def test_what_cannot_be_is_refused_as_such_whatever_the_base(store: Store) -> None:
    base = base_of(store)
    store.write.edit("bridge", {"tags": ["oil"]}, author="bea", reason="x")
    with pytest.raises(DraftError, match="Did you mean"):
        store.write.edit("bridge", {"type": "amush"}, author="cara", reason="x", base_revision=base)


STEPS: dict[str, Callable[[Store, list[str]], Any]] = {
    "reopen": lambda store, codes: store.review.step_together(codes, "reopen", author="bea", comment="x"),
    "submit": lambda store, codes: store.review.step_together(codes, "submit", author="bea"),
    "assign": lambda store, codes: store.review.assign_together(codes, "dora", author="bea"),
}


@pytest.mark.parametrize("bad", ["PE-1999-0001", "undated"])
@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_of_several_incidents_all_are_changed_or_none(
    store: Store, step: Callable[[Store, list[str]], Any], bad: str
) -> None:
    store.write.edit("undated", {"status": "retracted"}, author="ana", reason="x")
    good = ["bridge", "whole-east"]
    for code in good:
        status = "draft" if step is STEPS["submit"] else "published"
        store.write.edit(code, {"status": status}, author="ana", reason="x")
    before = (recorded(store), store.read.draft("bridge"))
    if bad == "PE-1999-0001":
        with pytest.raises(NotFoundError, match="No incident with code or key 'PE-1999-0001'"):
            step(store, ["bridge", bad, "whole-east"])
    elif step is STEPS["submit"]:
        with pytest.raises(ConflictError, match="is 'retracted'"):
            step(store, ["bridge", bad, "whole-east"])
    else:
        return
    assert (recorded(store), store.read.draft("bridge")) == before
    done = step(store, [*good, "bridge"])
    assert [one.code for one in done] == ["PE-2012-0001", "PE-2012-0003"]
    assert recorded(store) == before[0] + 2


def test_changes_that_change_nothing_record_nothing(store: Store) -> None:
    claim = store.read.draft("bridge").draft.claims[0]
    store.write.retract("undated", author="ana", reason="x")
    before, moment = recorded(store), store.read.latest_moment()
    results = [
        store.write.edit("bridge", {"tags": list(store.read.draft("bridge").draft.tags)}, author="bea", reason="x"),
        store.write.replace("bridge", store.read.draft("bridge").draft, author="bea", reason="x"),
        store.write.add_claims("bridge", [claim, claim], author="bea", reason="x"),
        store.write.retract("undated", author="bea", reason="x"),
        store.write.revert("bridge", base_of(store), author="bea", reason="x"),
        store.review.assign("bridge", None, author="bea"),
        store.registers.edit("source", "ombudsman", {"kind": "ombudsman"}, author="bea", reason="x"),
    ]
    assert [result.changes for result in results] == [()] * len(results)
    assert store.review.set_rule("one-person", author="bea", reason="x") is False
    assert not store.write.add(draft_of_known(store), author="bea").anything
    assert (recorded(store), store.read.latest_moment()) == (before, moment)


def draft_of_known(store: Store) -> Bundle:
    return Bundle(
        sources=store.registers.sources(),
        actors=store.registers.actors(),
        cases=store.registers.cases(),
        indicators=store.registers.indicators(),
    )
