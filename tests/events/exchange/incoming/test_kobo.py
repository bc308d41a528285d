"""Exports of forms: invented rows in the layouts of KoboToolbox, Ona, ODK Central and SurveyCTO."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.model.drafts import IncidentDraft
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.model.foreign import ForeignRow, Reading

KOBO = {
    "start": "2012-06-01T10:00:00.000-05:00",
    "end": "2012-06-01T10:20:00.000-05:00",
    "today": "2012-06-01",
    "deviceid": "ee.kobo:abc",
    "username": "monitor-7",
    "hecho/fecha": "2012-05-28",
    "hecho/tipo": "protesta",
    "hecho/titulo": "Marcha en la plaza",
    "hecho/muertos": "1",
    "hecho/heridos": "0",
    "lugar/Ubicación": "-13.52 -71.97 3400 4.5",
    "lugar/_Ubicación_latitude": "-13.52",
    "lugar/_Ubicación_longitude": "-71.97",
    "lugar/_Ubicación_altitude": "3400",
    "lugar/_Ubicación_precision": "4.5",
    "documento": "acta-1.jpg",
    "documento_URL": "https://example.org/acta-1.jpg",
    "medios": "piedras hondas de lana",
    "medios/piedras": "1",
    "medios/hondas de lana": "1",
    "medios/palos": "0",
    "_id": "7",
    "_uuid": "0a1b",
    "_submission_time": "2012-06-01T15:20:00",
    "_submitted_by": "monitor-7",
    "__version__": "vX",
    "_index": "1",
}
"""One form as KoboToolbox exports it: XML values, group names in the headers, split columns."""

ONA = {
    "formhub/uuid": "f0",
    "start": "2012-06-01T10:00:00.000-05:00",
    "hecho/fecha": "2012-05-28",
    "hecho/tipo": "bloqueo",
    "hecho/titulo": "Bloqueo en el puente",
    "hecho/muertos": "n/a",
    "GPS": "-13.52 -71.97 0 0",
    "_GPS_latitude": "-13.52",
    "_GPS_longitude": "-71.97",
    "_GPS_altitude": "0",
    "_GPS_precision": "0",
    "meta/instanceID": "uuid:0a1b",
    "_uuid": "0a1b",
    "_submission_time": "2012-06-01T15:20:00",
}

CENTRAL = {
    "SubmissionDate": "2012-06-01T15:20:00.000Z",
    "start": "2012-06-01T10:00:00.000-05:00",
    "hecho-fecha": "2012-05-28",
    "hecho-tipo": "protesta",
    "hecho-titulo": "Marcha",
    "lugar-punto-Latitude": "-13.52",
    "lugar-punto-Longitude": "-71.97",
    "lugar-punto-Altitude": "0",
    "lugar-punto-Accuracy": "12",
    "meta-instanceID": "uuid:0a1b",
    "KEY": "uuid:0a1b",
    "SubmitterID": "3",
    "SubmitterName": "monitor-7",
    "AttachmentsPresent": "0",
    "Status": "",
    "ReviewState": "",
    "DeviceID": "collect:1",
    "Edits": "0",
    "FormVersion": "1",
}

SURVEYCTO = {
    "CompletionDate": "2012-06-01T15:10:00",
    "SubmissionDate": "2012-06-01T15:20:00",
    "starttime": "2012-06-01T10:00:00",
    "endtime": "2012-06-01T10:20:00",
    "deviceid": "abc",
    "fecha": "2012-05-28",
    "tipo": "protesta",
    "titulo": "Marcha",
    "punto-Latitude": "-13.52",
    "punto-Longitude": "-71.97",
    "punto-Altitude": "0",
    "punto-Accuracy": "12",
    "instanceID": "uuid:0a1b",
    "formdef_version": "2012",
    "KEY": "uuid:0a1b",
}

LAYOUTS = {"kobo": KOBO, "ona": ONA, "central": CENTRAL, "surveycto": SURVEYCTO}


def written(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    return path


def workbook(path: Path, **sheets: list[dict[str, str]]) -> Path:
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append([*rows[0]])
        for row in rows:
            sheet.append([*row.values()])
    del book["Sheet"]
    book.save(path)
    return path


def read(path: Path, **options: Any) -> tuple[Reading, list[ForeignRow]]:
    reading = open_reading(path, guess_format(path), ReadingOptions(country="PE", **options))
    return reading, [row for batch in reading.batches for row in batch.rows]


def drafted(path: Path, **options: Any) -> IncidentDraft:
    _, (row,) = read(path, **options)
    assert row.faults == ()
    return IncidentDraft.model_validate(row.draft)


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_layouts_of_all_programs_are_recognised_and_read_without_a_question(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / "a.csv", LAYOUTS[name])
    assert guess_format(path) == "kobo"
    _, (row,) = read(path)
    draft = drafted(path)
    assert (row.external_id, row.flags) == ("0a1b", ())
    assert (draft.days, draft.places[0].lat, draft.places[0].lon) == ("2012-05-28", -13.52, -71.97)
    assert draft.type == "protest"


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_days_of_the_form_are_never_the_incident_s(tmp_path: Path, name: str) -> None:
    """Without a question for the day, an incident has none, however many days the program notes."""
    form = {column: cell for column, cell in LAYOUTS[name].items() if not column.endswith("fecha")}
    reading, (row,) = read(written(tmp_path / "a.csv", form))
    assert row.draft is not None
    assert "days" not in row.draft
    assert not reading.dated


def test_what_the_form_notes_is_stored_except_what_leads_to_the_monitor(tmp_path: Path) -> None:
    draft = drafted(written(tmp_path / "a.csv", KOBO))
    assert draft.original == {
        "form start": "2012-06-01", "form end": "2012-06-01", "form today": "2012-06-01",
        "form submission time": "2012-06-01", "documento": "acta-1.jpg",
        "documento_URL": "https://example.org/acta-1.jpg", "medios": "piedras; hondas de lana",
    }  # fmt: skip
    assert "monitor-7" not in draft.model_dump_json()
    assert "ee.kobo" not in draft.model_dump_json()


def test_counts_of_nought_and_one_in_a_group_are_not_answers_of_one_question(tmp_path: Path) -> None:
    draft = drafted(written(tmp_path / "a.csv", KOBO))
    assert {claim.measure: claim.best for claim in draft.claims} == {"killed": 1, "injured": 0}


def test_the_accuracy_of_a_point_is_its_radius_and_decides_how_exact_it_is(tmp_path: Path) -> None:
    (exact,) = drafted(written(tmp_path / "a.csv", KOBO)).places
    (unknown,) = drafted(written(tmp_path / "b.csv", ONA)).places
    assert (exact.radius_m, exact.precision) == (4.5, "site")
    assert (unknown.radius_m, unknown.precision) == (None, "near")


def test_a_point_in_one_cell_is_enough(tmp_path: Path) -> None:
    form = {column: cell for column, cell in KOBO.items() if "/_Ubicación" not in column}
    (place,) = drafted(written(tmp_path / "a.csv", form)).places
    assert (place.lat, place.lon, place.radius_m) == (-13.52, -71.97, 4.5)


def test_answers_are_read_from_their_columns_where_there_is_no_other(tmp_path: Path) -> None:
    form = {column: cell for column, cell in KOBO.items() if column != "medios"}
    original = drafted(written(tmp_path / "a.csv", form)).original
    assert original is not None
    assert original["medios"] == "piedras; hondas de lana"


def test_a_name_of_a_file_is_no_source(tmp_path: Path) -> None:
    form = {("fuente" if column == "documento" else column): cell for column, cell in KOBO.items()}
    draft = drafted(written(tmp_path / "a.csv", form))
    assert draft.original is not None
    assert draft.original["fuente"] == "acta-1.jpg"
    assert {claim.source for claim in draft.claims} == {"table-a"}


def test_sheets_of_repeats_are_joined_to_their_forms(tmp_path: Path) -> None:
    forms = [KOBO, {**KOBO, "_uuid": "0a1c", "hecho/titulo": "Otra", "_index": "2"}]
    people = [
        {"nombre": name, "estado": state, "_index": str(n), "_parent_table_name": "Monitoreo", "_parent_index": form}
        for n, (name, state, form) in enumerate([("A", "herido", "1"), ("B", "ileso", "1"), ("C", "herido", "2")], 1)
    ]
    path = workbook(tmp_path / "a.xlsx", Monitoreo=forms, victimas=people)
    assert guess_format(path) == "kobo"
    reading, rows = read(path)
    assert any("'victimas'" in note for note in reading.notes)
    originals = [(row.draft or {})["original"] for row in rows]
    assert [(one["victimas nombre"], one["victimas estado"]) for one in originals] == [
        ("A; B", "herido; ileso"), ("C", "herido"),
    ]  # fmt: skip


def test_two_questions_of_one_name_keep_their_groups(tmp_path: Path) -> None:
    form = {**KOBO, "fuente/titulo": "Acta", "fuente/nota": "x", "hecho/nota": "y"}
    reading, _ = read(written(tmp_path / "a.csv", form), assign={"hecho/titulo": "title", "fuente/titulo": "keep"})
    assert {"hecho/nota", "fuente/nota", "hecho/titulo"} <= {*reading.columns}


def test_a_saved_mapping_comes_before_what_is_known_of_forms(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", {column: cell for column, cell in KOBO.items() if column != "hecho/fecha"})
    (tmp_path / "a.mapping.toml").write_text('[columns]\n"form today" = "date"\n', "utf-8")
    assert drafted(path).days == "2012-06-01"


def test_a_table_that_is_none_is_refused_with_the_way_to_import_it(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", {"fecha": "2012-05-28", "tipo": "protesta"})
    assert guess_format(path) == "table"
    with pytest.raises(RefusedError, match="--input-format table"):
        open_reading(path, "kobo")
