"""What a trial with real files and public threads found wrong, told again with invented rows.

Each is a table as it comes, with what must come of it: what is asked, what is told at the end, or the drafts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from table_examples import opened, rows_of, written

from willay.events.exchange.incoming import guess_format, open_reading
from willay.events.exchange.incoming.options import ReadingOptions
from willay.events.exchange.incoming.reports import ImportReport
from willay.events.exchange.incoming.table.alike import decoded
from willay.events.model.errors import RefusedError
from willay.events.model.foreign import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.exchange.incoming.table import TableReading

HEAD = "Título,Fecha,Tipo,Departamento"


def first(folder: Path, text: str, **options: Any) -> dict[str, Any]:
    row = rows_of(opened(folder, text, **options))[0]
    assert not row.faults
    return row.draft or {}


def report_of(reading: TableReading) -> ImportReport:
    report = ImportReport(reading.terms, "t.csv", "table")
    for batch in reading.batches:
        outcomes = [
            Outcome(
                row.number, row.external_id, "quarantined" if row.faults else "accepted", None, row.faults, row.flags
            )
            for row in batch.rows
        ]
        report.add(batch, outcomes)
    return report


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("Latitud;Longitud\n-12043333;-77028333", "the decimal point is missing"),
        ("Latitud;Longitud\n-12.043.333;-77.028.333", "the decimal point is missing"),
        ("Latitud;Longitud\n12.04;-77.03", "lack a minus sign"),
        ("VICTIMAS;CASOS\n4;1", "holds numbers"),
        ("Muertos;Muertos\n1;2", "Two columns have one name"),
        ("Fecha;Muertos\n2009;15-oct", "a spreadsheet has changed this cell to a date"),
    ],
)
def test_what_can_only_be_asked_is_asked_once(tmp_path: Path, cells: str, message: str) -> None:
    names, row = cells.split("\n")
    lines = [f"Hecho {n};protesta;{row}" for n in range(3)]
    with pytest.raises(RefusedError, match=message):
        opened(tmp_path, "\n".join([f"Título;Tipo;{names}", *lines]) + "\n")


def test_excel_dates_among_counts_are_told_as_such_row_by_row(tmp_path: Path) -> None:
    text = f"{HEAD},Muertos\nA,2009,protesta,Puno,3\nB,2009,protesta,Puno,4\nC,2009,protesta,Puno,2024-10-15\n"
    row = rows_of(opened(tmp_path, text))[2]
    assert "changed this cell to a date" in row.faults[0].reason


def test_open_ends_stay_open(tmp_path: Path) -> None:
    text = f"{HEAD},Muertos\nA,2009,protesta,Puno,hasta 15\nB,2009,protesta,Puno,más de 20\n"
    claims = [(row.draft or {})["claims"][0] for row in rows_of(opened(tmp_path, text))]
    assert [(claim.get("low"), claim.get("best"), claim.get("high")) for claim in claims] == [
        (None, None, 15), (20, None, None)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "decoded_as"),
    [
        ("JunÃ­n", "Junín"),
        ("CafÃ©", "Café"),
        ("Ã‘uÃ±oa", "Ñuñoa"),  # noqa: RUF001 — what cp1252 makes of it
        ("Junín", None),
        ("São Paulo", None),
        ("Â¿QuÃ©?", "¿Qué?"),
    ],
)
def test_utf_8_encoded_twice_is_recognised(text: str, decoded_as: str | None) -> None:
    assert decoded(text) == decoded_as


def test_texts_encoded_twice_are_told_at_the_end(tmp_path: Path) -> None:
    mixed = f"{HEAD}\nA,2009,protesta,Junín\n".encode() + "B,2009,protesta,Junín\n".encode("cp1252")
    for text in (f"{HEAD}\nA,2009,protesta,JunÃ­n\nB,2010,protesta,Junín\n", mixed):
        reading = opened(tmp_path, text)
        rows_of(reading)
        (notice,) = [notice for notice in reading.after() if notice.grave]
        assert notice.text.startswith("1 of 2 rows have texts in double-encoded UTF-8: JunÃ­n (Junín).")


def test_a_whole_country_and_names_of_departments_as_people_write_them(tmp_path: Path) -> None:
    names = ["Nacional", "Multirregional", "Cuzco", "Lima Metropolitana", "Dpto. de Puno", "Región del Callao"]
    lines = "".join(f"Hecho {n},2009,protesta,{name}\n" for n, name in enumerate(names))
    rows = rows_of(opened(tmp_path, f"{HEAD}\n{lines}"))
    places = [(row.draft or {})["places"][0] for row in rows]
    assert [place["precision"] for place in places] == [
        "country", "country", "department", "province", "department", "department"
    ]  # fmt: skip
    assert [place.get("admin_code") for place in places] == [None, None, "08", "1501", "21", "07"]
    assert not any(row.flags for row in rows)


def test_a_department_at_the_end_of_a_place_is_its_department(tmp_path: Path) -> None:
    places = ['"Espinar, Cusco"', "Ilave (Puno)", '"Sector Uno, Sector Dos"', "Espinar"]
    lines = "".join(f"Hecho {n},protesta,{place}\n" for n, place in enumerate(places))
    rows = rows_of(opened(tmp_path, f"Título,Tipo,Lugar\n{lines}"))
    found = [(row.draft or {})["places"][0] for row in rows]
    assert [(place.get("admin_code"), place["precision"]) for place in found] == [
        ("08", "settlement"), ("21", "settlement"), (None, "settlement"), (None, "settlement")
    ]  # fmt: skip
    assert [len(row.flags) for row in rows] == [1, 1, 0, 0]
    (row,) = rows_of(opened(tmp_path, 'Título,Tipo,Lugar,Departamento\nA,protesta,"Plaza, Cusco",Puno\n'))
    assert (row.draft or {})["places"][0]["admin_code"] == "21"


def test_words_of_other_codebooks_are_known_and_words_of_several_types_are_asked_about(tmp_path: Path) -> None:
    words = {
        "Explosions/Remote violence": "remote-violence", "Strategic developments": "other", "Battles": "battle",
        "Suicide bomb": "bombing", "Hostage Taking (Kidnapping)": "kidnapping", "Hijacking": "hostage-taking",
    }  # fmt: skip
    for word, code in words.items():
        document = first(tmp_path, f"{HEAD}\nA,2009,{word},Puno\n")
        assert document.get("subtype", document["type"]) == code
    (row,) = rows_of(opened(tmp_path, f"{HEAD}\nA,2009,Ataques,Puno\n"))
    assert "--map types.Ataques=ambush or --map types.Ataques=bombing" in row.faults[0].reason
    assert first(tmp_path, f"{HEAD}\nA,2009,Ataques,Puno\n", assign={"types.Ataques": "ambush"})["subtype"] == "ambush"


def test_the_words_beside_a_day_are_flagged_and_the_day_is_known(tmp_path: Path) -> None:
    rows = rows_of(
        opened(tmp_path, f"{HEAD}\nA,madrugada del 5 de junio de 2009,protesta,Puno\nB,hacia 1985,protesta,Puno\n")
    )
    said = [((row.draft or {})["days"], (row.draft or {}).get("date_precision")) for row in rows]
    assert said == [("2009-06-05", None), ("1985", "period")]
    assert all("not the words with them" in row.flags[0].reason for row in rows)


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>
<name>Marcha en Ilave</name><description>Texto</description><TimeStamp><when>2009-06-05T00:00:00Z</when></TimeStamp>
<Point><coordinates>-70,-16</coordinates></Point></Placemark></Document></kml>"""


def test_the_name_and_the_moment_of_a_placemark_are_title_and_day(tmp_path: Path) -> None:
    path = written(tmp_path, KML, "a.kml")
    reading = open_reading(path, guess_format(path), ReadingOptions(country="PE", assign={"default.type": "protest"}))
    document = next(iter(reading.batches)).rows[0].draft or {}
    assert (document["title"], document["days"]) == ({"und": "Marcha en Ilave"}, "2009-06-05")


def test_kinds_of_faults_are_few_however_many_words_a_file_has(tmp_path: Path) -> None:
    lines = "".join(f"Hecho {n},2009,clase propia d'{n},Puno\n" for n in range(60))
    report = report_of(opened(tmp_path, f"{HEAD}\n{lines}"))
    ((words, number),) = report.faults()
    assert number == 60
    assert words.count("--map ") == 8
    assert words.endswith("(for example: clase propia d'0 | clase propia d'1 | clase propia d'2)")
    (kind,) = report.document()["faults"]
    assert len(kind["options"]) == 8
