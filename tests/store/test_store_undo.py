"""Taking back one's last change: by a new one, of one's own changes only, and never over what others wrote since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from willay.events.model.drafts import Bundle, ClaimDraft, draft
from willay.events.model.errors import ConflictError, NotFoundError, RefusedError
from willay.events.model.foreign import Batch, DatasetTerms, ForeignRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.events.store import Store

CODE, OTHER = "PE-2012-0001", "PE-2012-0002"
TITLE = {"en": "Other", "es": "Otro"}


def document(store: Store, code: str = CODE) -> dict[str, Any]:
    return store.read.draft(code).draft.model_dump(mode="json", exclude_none=True)


@pytest.mark.parametrize(
    "changed",
    [
        {"title": TITLE},
        {"days": "2012-05"},
        {"type": "protest", "summary": {"es": "x"}},
        {"places": [{"name": "There", "precision": "site", "lon": -73.0, "lat": -12.0}]},
        {"tags": []},
    ],
)
def test_an_edit_is_taken_back_and_that_again(store: Store, changed: dict[str, Any]) -> None:
    before = document(store)
    store.write.edit(CODE, changed, author="Eva", reason="radio")
    after = document(store)
    assert after != before
    shown = store.undo.preview(author="eva")
    (revised,) = store.undo.last(author="eva", change=shown.number)
    assert document(store) == before
    assert [one.field for one in shown.steps[0].differences]
    last = store.read.history(CODE)[-1]
    assert (last.action, last.author, last.number) == ("revert", "eva", revised.number)
    assert last.reason == f"undo of change {shown.number}"
    store.undo.last(author="Eva", reason="it was right")
    assert document(store) == after
    assert store.read.history(CODE)[-1].reason.endswith(": it was right")
    assert [one for one in store.file.check() if one.severity == "error"] == []


def test_what_others_changed_in_other_fields_stays(store: Store) -> None:
    store.write.edit(CODE, {"title": TITLE}, author="Eva", reason="radio")
    store.write.edit(CODE, {"tags": ["new"]}, author="Ben", reason="radio")
    assert [one.field for one in store.undo.preview(author="Eva").steps[0].differences] == ["title (en)", "title (es)"]
    store.undo.last(author="Eva")
    assert document(store)["tags"] == ["new"]
    assert document(store)["title"] != TITLE


def test_what_others_changed_in_the_same_field_is_not_undone(store: Store) -> None:
    store.write.edit(CODE, {"title": TITLE}, author="Eva", reason="radio")
    store.write.edit(CODE, {"title": {"en": "Third"}}, author="Ben", reason="radio")
    with pytest.raises(
        ConflictError, match=r"(?s)in the same fields. Nothing was undone.*by Ben.*willay edit PE-2012-0001"
    ):
        store.undo.last(author="Eva")
    assert document(store)["title"] == {"en": "Third"}


def test_an_incident_that_was_added_is_retracted_and_its_source_stays(store: Store) -> None:
    told = {
        "sources": [{"key": "radio-9", "kind": "press", "publisher": "Radio"}],
        "incidents": [{"title": "New", "type": "arrest", "days": "2010-01-02", "sources": ["radio-9"]}],
    }
    (code,) = store.write.add(draft(Bundle, told), author="Eva").codes
    shown = store.undo.preview(author="Eva")
    assert shown.stays == (("source", "radio-9"),)
    store.undo.last(author="Eva")
    last = store.read.history(code)[-1]
    assert (store.read.draft(code).status, last.action) == ("retracted", "retract")
    assert store.registers.source("radio-9") is not None
    store.undo.last(author="Eva")
    assert store.read.draft(code).status == "draft"


def test_an_incident_that_somebody_has_changed_is_not_taken_back_as_added(store: Store) -> None:
    told = {"incidents": [{"title": "New", "type": "arrest", "days": "2010-01-02"}]}
    (code,) = store.write.add(draft(Bundle, told), author="Eva").codes
    store.write.edit(code, {"tags": ["seen"]}, author="Ben", reason="radio")
    with pytest.raises(ConflictError, match="Nothing was undone"):
        store.undo.last(author="Eva")


def test_a_claim_that_was_added_goes_and_comes_back(store: Store) -> None:
    source = next(iter(store.registers.sources())).key
    before = document(store)
    claim = draft(ClaimDraft, {"measure": "detained", "count": "3", "source": source})
    store.write.add_claims(CODE, [claim], author="Eva", reason="radio")
    after = document(store)
    store.undo.last(author="Eva")
    assert document(store) == before
    store.undo.last(author="Eva")
    assert document(store)["claims"] == after["claims"]


@pytest.mark.parametrize("kind", ["source", "actor", "case"])
def test_a_change_of_a_register_is_taken_back(store: Store, kind: str) -> None:
    registers = dict(zip(("source", "actor", "case"), store.registers.shown(None), strict=True))
    key = registers[kind][0].key
    fields: dict[str, tuple[str, Any]] = {
        "source": ("publisher", "Other"),
        "actor": ("note", {"es": "x"}),
        "case": ("title", {"en": "Other"}),
    }
    field, value = fields[kind]
    before = registers[kind][0]
    store.registers.edit(kind, key, {field: value}, author="Eva", reason="x")
    step = store.undo.preview(author="Eva").steps[0]
    assert (step.kind, step.name, [one.field for one in step.differences]) == (kind, key, [field])
    store.undo.last(author="Eva")
    again = dict(zip(("source", "actor", "case"), store.registers.shown(None), strict=True))
    assert again[kind][0] == before
    store.undo.last((kind, key), author="Eva")
    assert [one for one in store.file.check() if one.severity == "error"] == []


def test_an_entry_of_a_register_that_was_added_stays(store: Store) -> None:
    told = {"sources": [{"key": "radio-9", "kind": "press", "publisher": "Radio"}]}
    store.write.add(draft(Bundle, told), author="Eva")
    with pytest.raises(RefusedError, match="willay source edit radio-9"):
        store.undo.last(author="Eva")


def test_the_last_change_of_one_incident_is_taken_back_by_its_name(store: Store) -> None:
    before = document(store)
    store.write.edit(CODE, {"title": TITLE}, author="Eva", reason="radio")
    store.write.edit(OTHER, {"title": TITLE}, author="Eva", reason="radio")
    store.undo.last(("incident", CODE), author="Eva")
    assert document(store) == before
    assert document(store, OTHER)["title"] == TITLE


def test_nobody_undoes_what_others_did(store: Store) -> None:
    store.write.edit(CODE, {"title": TITLE}, author="Ben", reason="radio")
    with pytest.raises(NotFoundError, match="Eva has changed nothing"):
        store.undo.last(author="Eva")
    store.write.edit(OTHER, {"title": TITLE}, author="Eva", reason="radio")
    with pytest.raises(NotFoundError, match=r'Eva has not changed PE-2012-0001; .*db\["PE-2012-0001"\]\.history\(\)'):
        store.undo.last(("incident", CODE), author="Eva")
    with pytest.raises(NotFoundError, match="nosuch"):
        store.undo.last(("source", "nosuch"), author="Eva")


def test_a_change_that_is_not_the_last_any_more_is_not_undone(store: Store) -> None:
    store.write.edit(CODE, {"title": TITLE}, author="Eva", reason="radio")
    shown = store.undo.preview(author="Eva")
    store.write.edit(OTHER, {"title": TITLE}, author="Eva", reason="radio")
    with pytest.raises(ConflictError, match="Your last change is a different one by now"):
        store.undo.last(author="Eva", change=shown.number)


def test_an_edit_of_what_is_published_is_undone_into_review(make_store: Callable[..., Store]) -> None:
    store = make_store(review="two-people")
    told = {"incidents": [{"title": "New", "type": "arrest", "days": "2010-01-02"}]}
    (code,) = store.write.add(draft(Bundle, told), author="Ben").codes
    store.review.step(code, "submit", author="Ben")
    store.review.step(code, "approve", author="Eva")
    with pytest.raises(RefusedError, match=f"willay review reopen {code}"):
        store.undo.last(author="Eva")
    store.write.edit(code, {"title": TITLE}, author="Eva", reason="radio")
    assert [one.field for one in store.undo.preview(author="Eva").steps[0].differences][-1].startswith("title")
    store.undo.last(author="Eva")
    assert store.read.draft(code).status == "in-review"
    store.review.step(code, "approve", author="Leo")
    store.write.retract(code, author="Ben", reason="false report")
    store.undo.last(author="Ben")
    assert store.read.draft(code).status == "in-review"


def test_a_step_of_the_review_is_taken_back(store: Store) -> None:
    store.write.edit(CODE, {"status": "draft"}, author="Ben", reason="x")
    store.review.step(CODE, "submit", author="Eva", assign_to="Leo")
    store.undo.last(author="Eva")
    assert store.read.draft(CODE).status == "draft"
    assert "assigned_to" not in document(store)
    store.write.edit(CODE, {"status": "published"}, author="Ben", reason="x")
    store.review.step(CODE, "reopen", author="Eva", comment="look")
    with pytest.raises(RefusedError, match=r"db\.approve\(.PE-2012-0001.\)"):
        store.undo.last(author="Eva")


def test_what_no_person_entered_says_the_command_that_takes_it_back(store: Store) -> None:
    row = ForeignRow(1, "7", {"title": "Row", "type": "arrest", "days": "2010-01-02"})
    store.write.import_rows(Batch((row,)), DatasetTerms("theirs"), author="Eva")
    with pytest.raises(RefusedError, match=r"is an import.*willay revert.*willay restore"):
        store.undo.last(author="Eva")
    store.write.edit(CODE, {"summary": {"es": "Un nombre"}}, author="Eva", reason="x")
    store.write.redact(CODE, "summary.es", instead="", author="Eva", reason="a name")
    with pytest.raises(RefusedError, match="what was erased does not come back"):
        store.undo.last(author="Eva")
    store.review.set_rule("two-people", author="Eva", reason="x")
    with pytest.raises(RefusedError, match="willay review rule"):
        store.undo.last(author="Eva")
    store.registers.describe_dataset(DatasetTerms("theirs", licence="CC0-1.0"), author="Eva", reason="x")
    with pytest.raises(RefusedError, match="willay dataset edit"):
        store.undo.last(author="Eva")
