"""Texts of drafts: one line where a record has one line, lines where it has several, and what is recorded stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from willay.events.model.draftbase import Draft
from willay.events.model.drafts import (
    ActorDraft,
    Bundle,
    CaseDraft,
    IncidentDraft,
    IndicatorDraft,
    PlaceDraft,
    SourceDraft,
    draft,
)
from willay.events.model.errors import DraftError
from willay.events.model.fieldtypes import EVERYTHING, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ATTACHED = {
    "sha256": "0" * 64, "size": 1, "media_type": "text/plain", "name": "x", "caption": {"es": "x"},
    "sensitivity": "public",
}  # fmt: skip

# One full document of each kind: every field that holds a text has one.
FULL: list[tuple[type[Draft], dict[str, Any]]] = [
    (
        SourceDraft,
        {
            "key": "s", "kind": "press", "publisher": "x", "title": "x", "published_on": "2012", "url": "https://x.org/x",
            "archive_url": "https://x.org", "language": "es", "licence": "x", "reliability": "A",
            "accessed_on": "2012-01-01", "sensitivity": "public", "note": {"es": "x"}, "attachments": [ATTACHED],
        },
    ),
    (
        ActorDraft,
        {
            "key": "a", "name": {"es": "x"}, "kind": "civilians", "aliases": ["x"], "part_of": "b",
            "sensitivity": "public", "note": {"es": "x"}, "description": {"es": "x"}, "address": "x",
            "url": "https://x.org/x",
        },
    ),
    (
        CaseDraft,
        {
            "key": "c", "title": {"es": "x"}, "type": "labour", "summary": {"es": "x"}, "from_day": "2012",
            "until_day": "2013", "sources": ["s"],
            "phases": [
                {
                    "from_day": "2012", "until_day": "2013", "title": {"es": "x"}, "state": "active",
                    "phase": "escalation", "note": {"es": "x"}, "source": "s", "sources": ["s"],
                }
            ],
        },
    ),
    (
        IndicatorDraft,
        {
            "key": "i", "series": "s", "name": {"es": "x"}, "area": "PE", "year": 2012, "from_day": "2012",
            "until_day": "2012", "edition": "x", "value": 1.0, "low": 1.0, "high": 1.0, "text": {"es": "x"},
            "qualifier": "about", "kind": "rank", "out_of": 2.0, "unit": {"es": "x"}, "dimension": "d",
            "category": {"es": "x"}, "by": {"es": "x"}, "source": "s", "note": {"es": "x"}, "sensitivity": "public",
        },
    ),
    (
        IncidentDraft,
        {
            "key": "i", "title": {"es": "x"}, "summary": {"es": "x"}, "type": "protest", "subtype": "strike",
            "days": "2012-05-01", "date_precision": "day", "country": "PE", "part_of": "x", "tags": ["x"],
            "status": "draft", "confidence": "high", "notes": [{"es": "x"}], "dataset": "x", "dataset_id": "x",
            "original": {"x": "x"}, "sensitivity": "public", "assigned_to": "x", "sources": ["s"], "cases": ["c"],
            "attachments": [ATTACHED],
            "parties": [{"actor": "x", "role": "present", "note": {"es": "x"}}],
            "claims": [
                {
                    "measure": "killed", "group": "all", "count": "3", "source": "s", "attributed_to": "x",
                    "attributed_kind": "press", "stated_on": "2012", "scope": {"es": "x"}, "note": {"es": "x"},
                    "pinned": {"es": "x"},
                }
            ],
            "places": [
                {
                    "name": "x", "precision": "site", "lon": -72.0, "lat": -12.0, "radius_m": 1.0, "country": "PE",
                    "admin_code": "08", "region": "x/x", "gazetteer_id": "x", "coordinate_source": "x",
                    "sensitivity": "public", "note": {"es": "x"},
                }
            ],
        },
    ),
]  # fmt: skip
SIGNS = ["\x1b", "\x00", "\x07", "\x9b", "\u202e", "\u2066", "\u2028", "\x7f"]


def texts(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every text in a document."""
    if isinstance(document, str):
        yield path
    elif isinstance(document, dict):
        for name, value in document.items():
            yield from texts(value, (*path, name))
    elif isinstance(document, list):
        for place, value in enumerate(document):
            yield from texts(value, (*path, place))


def changed(document: Any, path: tuple[Any, ...], sign: str) -> Any:
    """The document with a sign in the middle of one text."""
    if not path:
        return f"{document[:1]}{sign}{document[1:] or 'y'}"
    if isinstance(document, dict):
        return {name: changed(value, path[1:], sign) if name == path[0] else value for name, value in document.items()}
    return [changed(value, path[1:], sign) if place == path[0] else value for place, value in enumerate(document)]


EVERY_TEXT = [
    pytest.param(model, document, path, id=f"{model.__name__}.{'.'.join(map(str, path))}")
    for model, document in FULL
    for path in texts(document)
    if "original" not in path
]


@pytest.mark.parametrize(("model", "document"), FULL, ids=[model.__name__ for model, _ in FULL])
def test_the_full_documents_have_every_field_of_their_models(model: type[Draft], document: dict[str, Any]) -> None:
    made = draft(model, document)
    absent = {"low", "best", "high", "zero_is_unknown", "label", "supersedes", "adds"}  # no texts

    def check(one: Draft) -> None:
        for name in type(one).model_fields:
            value = getattr(one, name)
            assert value not in (None, ()) or name in absent, f"{type(one).__name__}.{name}"
            for part in value if isinstance(value, tuple) else ():
                if isinstance(part, Draft):
                    check(part)

    check(made)


@pytest.mark.parametrize(("model", "document", "path"), EVERY_TEXT)
def test_no_text_of_any_field_takes_a_hidden_sign(
    model: type[Draft], document: dict[str, Any], path: tuple[Any, ...]
) -> None:
    for sign in SIGNS:
        with pytest.raises(DraftError) as caught:
            draft(model, changed(document, path, sign))
        assert str(path[0]) in caught.value.faults[0].where or path[0] in {"type", "subtype"}


@pytest.mark.parametrize(("model", "document", "path"), EVERY_TEXT)
def test_only_texts_of_several_lines_take_line_breaks_and_tabs(
    model: type[Draft], document: dict[str, Any], path: tuple[Any, ...]
) -> None:
    several = bool({"summary", "note", "notes", "scope", "pinned", "description"} & {*path}) and path[-1] != "key"
    for sign in "\n\t":
        broken = changed(document, path, sign)
        if several:
            assert sign in str(draft(model, broken).model_dump_json().encode().decode("unicode_escape"))
        else:
            with pytest.raises(DraftError):
                draft(model, broken)


def test_the_fault_names_the_field_and_the_sign() -> None:
    with pytest.raises(
        DraftError, match=r"x\.yaml: incidents\[0\]\.places\[0\]\.name: The text contains an escape \(U\+001B\)"
    ):
        draft(
            Bundle,
            {"incidents": [{"title": "x", "type": "strike", "places": [{"name": "a\x1b[2J", "precision": "site"}]}]},
            "x.yaml",
        )


def test_lines_end_in_one_way() -> None:
    made = draft(IncidentDraft, {"title": "x", "type": "strike", "summary": "a\r\nb\rc"})
    assert made.summary == {"und": "a\nb\nc"}


def test_what_is_recorded_already_is_taken_as_it_is() -> None:
    old = {"title": {"und": "a\x1bb"}, "type": "strike", "summary": {"und": "a\r\nb"}, "country": "QQ"}
    assert draft(IncidentDraft, old, recorded=EVERYTHING).title == {"und": "a\x1bb"}
    again = draft(IncidentDraft, {**old, "tags": ["x"]}, recorded=texts_of(old))
    assert (again.title, again.summary, again.country) == (old["title"], old["summary"], "QQ")
    with pytest.raises(DraftError, match="tags: The text contains"):
        draft(IncidentDraft, {**old, "tags": ["x\x1b"]}, recorded=texts_of(old))


def test_a_datasets_own_cells_are_kept_exactly() -> None:
    made = draft(IncidentDraft, {"title": "x", "type": "strike", "original": {"a": "b\x1bc"}})
    assert made.original == {"a": "b\x1bc"}


@pytest.mark.parametrize(
    ("text", "code"),
    [("PE", "PE"), ("pe", "PE"), ("PER", "PE"), ("Peru", "PE"), ("Perú", "PE"), ("kenya", "KE"), ("Kosovo", "XK"),
     ("Côte d'Ivoire", "CI"), ("Costa de Marfil", "CI"), ("Estado Plurinacional de Bolivia", "BO"), ("ZZ", "ZZ")],
)  # fmt: skip
def test_a_country_is_its_code_or_its_name(text: str, code: str) -> None:
    assert draft(PlaceDraft, {"name": "x", "precision": "site", "country": text}).country == code


@pytest.mark.parametrize("text", ["QQ", "XX", "", "P", "Perou", "PERU!!"])
def test_what_is_no_country_is_refused_in_words(text: str) -> None:
    with pytest.raises(DraftError, match=r"country: Unknown country .*Write the two letters of ISO 3166-1, such as PE"):
        draft(PlaceDraft, {"name": "x", "precision": "site", "country": text})


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("places", "Huanta", r"places: Expected a list, such as \[\{name: Kiteni, .*\}\]; got 'Huanta'\."),
        ("places", ["Huanta"], r"places\[0\]: Expected a group of fields, such as \{name: value\}; got 'Huanta'\."),
        ("title", ["x"], r"title: Expected a text, or texts by language, .*; got a list\."),
        ("tags", [1], r"tags\[0\]: Expected a text \(a valid string\); got 1\."),
        ("title", None, r"title: Expected a text, .*; got nothing\."),
        ("claims", {"measure": "killed"}, r"claims: Expected a list, .*; got a group of fields\."),
        (
            "claims", [{"measure": "killed", "best": "many", "source": "s"}],
            r"claims\[0\]\.best: Expected a whole number; got 'many'",
        ),
        (
            "places", [{"name": "x", "precision": "site", "lon": "east", "lat": 1}],
            r"places\[0\]\.lon: Expected a number; got 'east'",
        ),
        ("days", "2026-02-30", r"days: '2026-02-30' is not a day of the calendar: 2026-02 has 28 days"),
        ("days", "2026-13-01", r"days: '2026-13-01' is not a day of the calendar: a year has 12 months"),
        ("days", "2026-02", None),
        ("days", "9/4/2012", r"days: '9/4/2012' is not a day or a span of days"),
        ("days", "2026-01-30/2026-02-30", r"days: '2026-02-30' is not a day of the calendar"),
    ],
)  # fmt: skip
def test_a_field_of_another_shape_is_told_with_what_came(field: str, value: object, message: str | None) -> None:
    document = {"title": "x", "type": "strike", field: value}
    if message is None:
        assert draft(IncidentDraft, document).span is not None
    else:
        with pytest.raises(DraftError, match=message):
            draft(IncidentDraft, document)
