from __future__ import annotations

import hashlib
import json
from typing import Any, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.events.model.draftbase import REDACTED
from willay.events.model.drafts import (
    ActorDraft,
    AttachmentDraft,
    CaseDraft,
    ClaimDraft,
    Draft,
    IncidentDraft,
    PartyDraft,
    PhaseDraft,
    PlaceDraft,
    SourceDraft,
)
from willay.events.model.errors import NotFoundError, RefusedError
from willay.events.model.masking import (
    TEXTS,
    field_name,
    find_field,
    masked,
    masked_digest,
    text_digest,
    texts,
    value_at,
    with_value,
    without_texts,
)

MODELS: tuple[type[Draft], ...] = (
    IncidentDraft, PlaceDraft, PartyDraft, ClaimDraft, SourceDraft, ActorDraft, CaseDraft, PhaseDraft,
    AttachmentDraft,
)  # fmt: skip
CODED = {
    "accessed_on", "actor", "admin_code", "attachments", "attributed_kind", "cases", "claims", "confidence", "country",
    "dataset", "dataset_id", "date_precision", "days", "from_day", "gazetteer_id", "group", "key", "kind", "label",
    "language", "licence", "measure", "media_type", "part_of", "parties", "phase", "phases", "places", "precision",
    "published_on", "region", "reliability", "role", "sensitivity", "source", "sources", "state", "stated_on",
    "status", "subtype", "supersedes", "type", "until_day",
}  # fmt: skip
"""Fields of text that hold a code, a key, a day, or entries with fields of their own."""

DOCUMENT: dict[str, Any] = {
    "title": {"es": "Título"},
    "summary": {"en": "Rosa saw it.", "es": "Rosa lo vio."},
    "notes": [{"und": "one"}, {"es": "two"}],
    "places": [{"name": "Hamlet", "precision": "site", "lon": -73.5}],
    "claims": [{"measure": "killed", "best": 2, "source": "s", "note": {"es": "Rosa lo vio."}}],
    "tags": ["Rosa", "gas"],
    "original": {"date.prec": "1", "date": {"x": "2"}},
    "status": "draft",
}


def kinds_of(annotation: Any) -> set[Any]:
    """The plain types that an annotation is made of."""
    inner = [one for one in get_args(annotation) if isinstance(one, type) or get_origin(one) is not None]
    return set().union(*map(kinds_of, inner)) if inner else {annotation}


@pytest.mark.parametrize("model", MODELS)
def test_every_field_of_a_draft_is_a_text_or_known_not_to_be_one(model: type[Draft]) -> None:
    """A new field must be put into one of the two lists: may what people wrote stand in it?"""
    numbers = {int, float, bool, type(None)}
    names = {name for name, field in model.model_fields.items() if not kinds_of(field.annotation) <= numbers}
    assert names - TEXTS - CODED == set()


def test_a_masked_document_has_the_digest_of_each_text_in_its_place() -> None:
    def sha(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    assert masked({"a": ["x", 1, None, {"b": "y"}], "c": True}) == {
        "a": [sha("x"), 1, None, {"b": sha("y")}],
        "c": True,
    }
    long = "word " * 100
    assert masked(long) == sha(long)


@pytest.mark.parametrize(
    ("field", "steps"),
    [
        ("summary", ("summary",)),
        ("summary.es", ("summary", "es")),
        ("notes[1]", ("notes", 1)),
        ("notes[1].es", ("notes", 1, "es")),
        ("claims[0].note", ("claims", 0, "note")),
        ("places[0].name", ("places", 0, "name")),
        ("tags[0]", ("tags", 0)),
        ("original.date.prec", ("original", "date.prec")),
        ("original.date", ("original", "date")),
    ],
)
def test_a_field_is_found_by_the_name_that_a_person_writes(field: str, steps: tuple[str | int, ...]) -> None:
    assert find_field(DOCUMENT, field) == steps
    assert field_name(steps) == field


@pytest.mark.parametrize("field", ["sumary", "summary.fr", "notes[2]", "notes[x]", "notes[-1]", "places.name", "", "."])
def test_a_field_that_is_not_there_is_answered_with_those_that_are(field: str) -> None:
    with pytest.raises((NotFoundError, RefusedError), match=r"Fields with text: claims\[0\].note.es, notes"):
        find_field({name: part for name, part in DOCUMENT.items() if name != "original"}, field)


@pytest.mark.parametrize("field", ["status", "claims[0].source", "claims[0].best", "places[0].precision"])
def test_what_holds_no_text_is_refused(field: str) -> None:
    with pytest.raises(RefusedError, match="a code, a key, a day or a number"):
        find_field(DOCUMENT, field)


def test_a_text_is_taken_out_wherever_it_is_and_nothing_else() -> None:
    left, found = without_texts(DOCUMENT, {text_digest("Rosa lo vio.")})
    assert "Rosa lo vio." not in json.dumps(left)
    assert left["summary"] == {"en": "Rosa saw it.", "es": REDACTED}
    assert left["claims"][0]["note"] == {"es": REDACTED}
    assert {field_name(steps) for steps in found} == {"summary.es", "claims[0].note.es"}
    assert DOCUMENT["summary"]["es"] == "Rosa lo vio."


def test_a_code_that_looks_like_the_text_stays() -> None:
    left, _ = without_texts({"title": {"es": "killed"}, "measure": "killed"}, {text_digest("killed")})
    assert left == {"title": {"es": REDACTED}, "measure": "killed"}


def test_a_redacted_address_is_an_address() -> None:
    left, _ = without_texts({"url": "https://example.org/rosa"}, {text_digest("https://example.org/rosa")})
    assert SourceDraft(key="s", kind="press", **left).url == "https://redacted.invalid"


def test_a_value_is_taken_out_of_a_list_or_an_object() -> None:
    assert with_value({"tags": ["a", "b"]}, ("tags", 0), None) == {"tags": ["b"]}
    assert with_value({"a": {"b": 1, "c": 2}}, ("a", "b"), None) == {"a": {"c": 2}}
    with pytest.raises(LookupError, match="b"):
        value_at({"a": 1}, ("a", "b"))
    with pytest.raises(LookupError, match="a"):
        value_at(["x"], ("a",))


NAMES = st.sampled_from(["title", "note", "name", "status", "best", "tags"])
LEAVES = st.one_of(st.text(max_size=4), st.integers(-9, 9), st.booleans())
DOCUMENTS = st.dictionaries(
    NAMES, st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3)),
    min_size=1, max_size=4,
)  # fmt: skip


@given(document=DOCUMENTS, data=st.data())
def test_what_is_left_of_a_document_is_proved_and_any_other_text_shows(
    document: dict[str, Any], data: st.DataObject
) -> None:
    """The oracle is the digest of the whole document, taken before anything was redacted."""
    whole = masked_digest(document)
    said = [one for _, one in texts(document)]
    chosen = data.draw(st.sets(st.sampled_from(said))) if said else set()
    left, found = without_texts(document, {text_digest(one) for one in chosen})
    assert masked_digest(left, found) == whole
    other = [(steps, one) for steps, one in texts(left) if steps not in found]
    if other:
        steps, one = data.draw(st.sampled_from(other))
        assert masked_digest(with_value(left, steps, f"{one}x"), found) != whole
