"""The form for willay's own drafts: valid by the rules of XLSForm, and its export comes back complete."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from pyxform.xls2xform import convert

from willay.data.codebook import codebook
from willay.events.exchange.form_questions import (
    COUNTS,
    DOCUMENTS,
    INCIDENT,
    LANGUAGES,
    PARTIES,
    PLACE,
    PLACES,
    SECTIONS,
    TOLL,
    how_many,
    lists,
)
from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.exchange.outgoing.form import write_form
from willay.events.model.drafts import ActorDraft, ClaimDraft, IncidentDraft, PartyDraft, PlaceDraft, SourceDraft
from willay.events.model.fields import fields_of

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.exchange.form_questions import Section
    from willay.events.model.foreign import Batch

UNITS = {"08": {"es": "Cusco", "en": "Cusco"}, "21": {"es": "Puno"}}

ANSWERS = {
    "willay_form": "1", "country": "PE", "text_language": "es",
    "title": "Bloqueo en el puente", "summary": "Unas personas bloquearon el puente.", "type": "road-block",
    "date_precision": "day", "first_day": "2012-05-28", "last_day": "2012-05-30", "confidence": "medium",
    "case": "Conflicto del puente", "tags": "agua; puente", "notes": "Las horas difieren.",
    "sensitivity": "restricted", "place_name": "El Puente", "place_precision": "settlement", "place_unit": "08",
    "place_point": "-13.52 -71.97 3400 4.5", "place_radius_m": "", "place_sensitivity": "restricted",
    "place_note": "Junto al río.", "all_killed": "1", "all_injured": "0", "all_detained": "", "all_missing": "",
    "source_name": "Diario inventado", "source_kind": "press", "source_title": "Bloquean el puente",
    "source_url": "https://example.org/a", "source_day": "2012-05-29", "source_sensitivity": "public",
}  # fmt: skip
"""What one person answered, by question: invented."""

REPEATED: dict[str, list[dict[str, str]]] = {
    "places": [
        {"also_name": "La Orilla", "also_precision": "near", "also_unit": "21", "also_point": "-13.6 -71.9 0 0",
         "also_radius_m": "500", "also_sensitivity": "confidential", "also_note": "Después."},
    ],
    "counts": [
        {"count_measure": "injured", "count_group": "police", "count_low": "2", "count_best": "3", "count_high": "5",
         "count_source_name": "Un testigo", "count_source_kind": "witness", "count_source_title": "Relato",
         "count_source_url": "https://example.org/b", "count_source_day": "2012-05-31",
         "count_source_sensitivity": "confidential", "count_quoted": "El comisario", "count_day": "2012-05-30",
         "count_scope": "El primer día", "count_note": "Dos graves."},
        {"count_measure": "detained"},
    ],
    "parties": [
        {"party_name": "Frente inventado", "party_kind": "organisation", "party_role": "initiator",
         "party_sensitivity": "restricted", "party_note": "Convocó."},
    ],
    "documents": [
        {"document_name": "Oficina inventada", "document_kind": "document", "document_title": "Acta",
         "document_url": "https://example.org/c", "document_day": "2012-06-01", "document_sensitivity": "restricted"},
    ],
}  # fmt: skip
"""What the same person answered in groups that are repeated."""

OF_KOBO = {
    "start": "2012-06-01T10:00:00.000-05:00", "end": "2012-06-01T10:20:00.000-05:00", "_id": "7", "_uuid": "0a1b",
    "_submission_time": "2012-06-01T15:20:00", "__version__": "v1", "_index": "1",
}  # fmt: skip
NOT_ASKED = {
    IncidentDraft: {
        "key", "subtype", "country", "places", "claims", "parties", "sources", "part_of", "status", "dataset",
        "dataset_id", "original", "assigned_to", "attachments",
    },
    PlaceDraft: {"lat", "country", "region", "gazetteer_id", "coordinate_source"},
    ClaimDraft: {"source", "attributed_kind", "zero_is_unknown", "pinned", "label", "supersedes", "adds"},
    SourceDraft: {
        "key", "archive_url", "language", "licence", "reliability", "accessed_on", "note", "attachments",
    },
    PartyDraft: {"actor"},
    ActorDraft: {"key", "aliases", "part_of", "description", "address", "url"},
}  # fmt: skip
"""Fields that the form does not ask for: made of other answers, of the office, or too much for a phone."""

HELD: dict[type, tuple[Section, ...]] = {
    IncidentDraft: (INCIDENT,),
    PlaceDraft: (PLACE, PLACES),
    ClaimDraft: (COUNTS,),
    SourceDraft: (DOCUMENTS, TOLL, COUNTS),
    PartyDraft: (PARTIES,),
    ActorDraft: (PARTIES,),
}


@pytest.fixture
def form(tmp_path: Path) -> Path:
    write_form(tmp_path / "form.xlsx", "PE", UNITS)
    return tmp_path / "form.xlsx"


def sheet(path: Path, name: str) -> list[dict[str, str]]:
    rows = openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    head = [str(cell) for cell in next(rows)]
    return [dict(zip(head, (str(cell or "") for cell in row), strict=True)) for row in rows]


def column(section: Section, name: str, way: str) -> str:
    """Return the header of a question as Kobo writes it."""
    if way in LANGUAGES:
        return next(one.label_in(way) for one in section.questions if one.name == name)
    return f"{section.name}/{name}" if way == "groups" and not section.repeats else name


def cell(section: Section, name: str, text: str, way: str) -> str:
    """Return an answer as Kobo writes it: the code, or its label."""
    question = next(one for one in section.questions if one.name == name)
    if way not in LANGUAGES or not question.list or not text:
        return text
    if question.list == "units":
        return f"{UNITS[text].get(way) or UNITS[text]['es']} ({text})"
    return lists()[question.list][text][way]


def main_row(way: str, **more: str) -> dict[str, str]:
    of = {one.name: section for section in (INCIDENT, PLACE, TOLL) for one in section.questions}
    told = {
        (column(of[name], name, way) if name in of else name): (cell(of[name], name, text, way) if name in of else text)
        for name, text in ANSWERS.items()
    }
    return {**OF_KOBO, **told, **more}


def export(path: Path, way: str) -> Path:
    """Write an export as KoboToolbox does: XLSX with a sheet for each repeat, or CSV, which has none."""
    counted = {how_many(section): str(len(REPEATED[section.name])) for section in SECTIONS if section.repeats}
    row = main_row(way, **counted)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, row)
            table.writeheader()
            table.writerow(row)
        return path
    book = openpyxl.Workbook()
    main = book.active
    main.title = "Incidente (PE)"
    main.append([*row])
    main.append([*row.values()])
    for section in (section for section in SECTIONS if section.repeats):
        each = book.create_sheet(section.label_in(way)[:31] if way in LANGUAGES else section.name)
        asked = [question.name for question in section.questions]
        each.append([*(column(section, name, way) for name in asked), "_index", "_parent_table_name", "_parent_index"])
        for number, answers in enumerate(REPEATED[section.name], start=1):
            cells = [cell(section, name, answers.get(name, ""), way) for name in asked]
            each.append([*cells, str(number), main.title, "1"])
    book.save(path)
    return path


def read(path: Path) -> Batch:
    assert guess_format(path) == "kobo"
    (batch,) = open_reading(path, "kobo", ReadingOptions()).batches
    return batch


def test_the_form_is_valid_by_the_rules_of_xlsform(form: Path) -> None:
    result = convert(form)
    assert result.warnings == []
    assert '<translation lang="Español (es)" default="true()">' in re.sub(r"\s+", " ", result.xform).replace(
        'default="true()" lang="Español (es)"', 'lang="Español (es)" default="true()"'
    )


def test_every_question_and_answer_has_a_label_in_both_languages(form: Path) -> None:
    for row in (*sheet(form, "survey"), *sheet(form, "choices")):
        if row.get("type") in ("start", "end", "calculate") or row.get("type", "").startswith("end_"):
            continue
        labels = [row[f"label::{name}"] for name in LANGUAGES.values()]
        assert all(labels), row
    asked = [row for row in sheet(form, "survey") if row["type"] in ("text", "date", "integer")]
    assert all(row["label::Español (es)"] != row["label::English (en)"] for row in asked)


def test_the_lists_are_those_of_the_codebook(form: Path) -> None:
    found: dict[str, set[str]] = {}
    for row in sheet(form, "choices"):
        found.setdefault(row["list_name"], set()).add(row["name"])
    book = codebook()
    assert found["types"] == {term.code for term in (*book.types, *book.subtypes)}
    assert found["measures"] == {*book.measures.codes()}
    assert found["dates"] == {*book.date_precision.codes()}
    assert found["places"] == {*book.place_precision.codes()}
    assert found["units"] == {"08", "21"}


def test_every_field_of_a_draft_is_asked_for_or_left_out_on_purpose() -> None:
    for model, sections in HELD.items():
        held = {question.holds for section in sections for question in section.questions}
        missing = {*fields_of(model)} - held - NOT_ASKED[model]
        assert missing == set(), model
        asked = NOT_ASKED[model] & held
        assert asked <= ({"claims"} if model is IncidentDraft else {"note"} if model is SourceDraft else set()), model


def test_the_same_country_gives_the_same_bytes(form: Path, tmp_path: Path) -> None:
    write_form(tmp_path / "again.xlsx", "PE", UNITS)
    assert (tmp_path / "again.xlsx").read_bytes() == form.read_bytes()


@pytest.mark.parametrize("way", ["names", "groups", "es", "en"])
def test_an_export_comes_back_with_all_that_was_answered(tmp_path: Path, way: str) -> None:
    """Headers with and without groups, and names or labels in both languages: as KoboToolbox lets people choose."""
    batch = read(export(tmp_path / "a.xlsx", way))
    (row,) = batch.rows
    assert (row.external_id, row.faults, row.flags) == ("0a1b", (), ())
    draft = IncidentDraft.model_validate(row.draft)
    sources = {one.key: one for one in (SourceDraft.model_validate(entry) for entry in batch.sources)}
    said = draft.model_dump(mode="json", exclude_defaults=True)
    assert {name: said[name] for name in ("title", "summary", "notes", "tags", "confidence", "sensitivity")} == {
        "title": {"es": "Bloqueo en el puente"}, "summary": {"es": "Unas personas bloquearon el puente."},
        "notes": [{"es": "Las horas difieren."}], "tags": ["agua", "puente"], "confidence": "medium",
        "sensitivity": "restricted",
    }  # fmt: skip
    assert (draft.type, draft.subtype, draft.days, draft.country) == (
        "protest", "road-block", "2012-05-28/2012-05-30", "PE",
    )  # fmt: skip
    assert said["places"] == [
        {"name": "El Puente", "precision": "settlement", "lon": -71.97, "lat": -13.52, "radius_m": 4.5,
         "admin_code": "08", "sensitivity": "restricted", "note": {"es": "Junto al río."}},
        {"name": "La Orilla", "precision": "near", "lon": -71.9, "lat": -13.6, "radius_m": 500.0, "admin_code": "21",
         "sensitivity": "confidential", "note": {"es": "Después."}},
    ]  # fmt: skip
    told = [(one.measure, one.group, str(one.count), sources[one.source].publisher) for one in draft.claims]
    assert told == [
        ("killed", "all", "1", "Diario inventado"),
        ("injured", "all", "0", "Diario inventado"),
        ("injured", "police", "2-3-5", "Un testigo"),
        ("detained", "all", "?", "Diario inventado"),
    ]
    claim = draft.claims[2]
    assert (claim.attributed_to, claim.stated_on, claim.scope, claim.note) == (
        "El comisario", "2012-05-30", {"es": "El primer día"}, {"es": "Dos graves."},
    )  # fmt: skip
    assert [(one.kind, one.title, one.url, one.published_on, one.sensitivity) for one in sources.values()] == [
        ("press", "Bloquean el puente", "https://example.org/a", "2012-05-29", "public"),
        ("witness", "Relato", "https://example.org/b", "2012-05-31", "confidential"),
        ("document", "Acta", "https://example.org/c", "2012-06-01", "restricted"),
    ]
    (actor,) = (ActorDraft.model_validate(entry) for entry in batch.actors)
    (party,) = draft.parties
    assert (actor.name, actor.kind, actor.sensitivity) == ({"es": "Frente inventado"}, "organisation", "restricted")
    assert (party.actor, party.role, party.note) == (actor.key, "initiator", {"es": "Convocó."})
    assert [entry["title"] for entry in batch.cases] == [{"es": "Conflicto del puente"}]
    assert draft.cases == (batch.cases[0]["key"],)


@pytest.mark.parametrize("way", ["names", "groups", "es"])
def test_a_csv_says_what_it_leaves_out(tmp_path: Path, way: str) -> None:
    (row,) = read(export(tmp_path / "a.csv", way)).rows
    draft = IncidentDraft.model_validate(row.draft)
    assert [place.name for place in draft.places] == ["El Puente"]
    assert [(flag.field, flag.value) for flag in row.flags] == [
        (section.name, str(len(REPEATED[section.name]))) for section in SECTIONS if section.repeats
    ]


DAYS = {
    ("day", "2012-05-28", ""): "2012-05-28",
    ("month", "2012-05-28", ""): "2012-05",
    ("year", "2012-05-28", ""): "2012",
    ("week", "2012-05-30", ""): "2012-05-28/2012-06-03",
    ("days", "2012-05-28", "2012-05-30"): "2012-05-28/2012-05-30",
    ("period", "2010-01-01", "2012-05-30"): "2010-01-01/2012-05-30",
    ("unknown", "", ""): None,
    ("", "", ""): None,
}
"""Days by how exactly they are known, the first and the last; 30 May 2012 was a Wednesday."""


@pytest.mark.parametrize("said", DAYS, ids="-".join)
def test_days_are_as_exact_as_was_answered(
    tmp_path: Path, said: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = dict(zip(("date_precision", "first_day", "last_day"), said, strict=True))
    monkeypatch.setitem(globals(), "ANSWERS", {**ANSWERS, **told})
    (row,) = read(export(tmp_path / "a.xlsx", "names")).rows
    draft = IncidentDraft.model_validate(row.draft)
    assert (draft.days, draft.date_precision) == (DAYS[said], (said[0] or None) if DAYS[said] else None)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("type", "xyz"), ("first_day", "someday"), ("last_day", "2012-05-01"), ("all_killed", "many"),
        ("place_radius_m", "far"), ("sensitivity", "very"), ("title", ""),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_puts_its_row_aside_and_no_other(
    tmp_path: Path, name: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "ANSWERS", {**ANSWERS, name: text})
    (row,) = read(export(tmp_path / "a.xlsx", "names")).rows
    assert row.draft is None
    assert row.faults


def any_reading(path: Path) -> Any:
    return open_reading(path, "kobo", ReadingOptions())


def test_drafts_of_the_form_belong_to_one_dataset_whatever_the_file_is_called(tmp_path: Path) -> None:
    assert any_reading(export(tmp_path / "may.xlsx", "names")).terms.name == "willay-form"
