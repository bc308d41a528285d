"""Tables read: from bytes to drafts. Expected values are worked out by hand."""

from __future__ import annotations

import csv
import gzip
import io
from typing import TYPE_CHECKING

import pytest
from fuzzing import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from table_examples import one, opened, rows_of, written

from willay.events.exchange.incoming.options import ReadingOptions
from willay.events.exchange.incoming.table import read_table
from willay.events.model.errors import EventsError, RefusedError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "Título,Fecha,Tipo,Lugar,Muertos,Fuente"


def test_a_row_becomes_a_draft_with_what_the_table_says_and_nothing_else(tmp_path: Path) -> None:
    text = (
        "Título;Fecha;Tipo de hecho;Departamento;Provincia;Distrito;Localidad;Latitud;Longitud;Muertos;"
        "Policías heridos (mín.);Fuente;Enlace;Perpetrador;Caso;Observaciones;Color\n"
        "El Baguazo;5 de junio de 2009;Enfrentamiento armado;Amazonas;Bagua;Bagua;Curva del Diablo;-5,63;-78,53;33;"
        "más de 30;El Comercio;https://example.org/x;PNP;Bagua;dudoso;rojo\n"
    )
    found = one(tmp_path, text, language="es")
    (source,) = found["sources"]
    assert source.startswith("table-hechos-el-comercio-")
    assert found == {
        "title": {"es": "El Baguazo"},
        "type": "armed-clash",
        "days": "2009-06-05",
        "country": "PE",
        "status": "draft",
        "places": [
            {
                "name": "Curva del Diablo", "precision": "settlement", "country": "PE", "lon": -78.53, "lat": -5.63,
                "admin_code": "010201",  # INEI: Amazonas, Bagua, Bagua (La Peca is 010202)
            }
        ],
        "parties": [{"actor": "table-hechos-pnp", "role": "initiator"}],
        "claims": [
            {"measure": "killed", "group": "all", "low": 33, "best": 33, "high": 33, "source": source},
            {"measure": "injured", "group": "police", "low": 30, "note": {"es": "más de 30"}, "source": source},
        ],
        "sources": [source],
        "cases": ["table-hechos-bagua"],
        "notes": [{"es": "dudoso"}],
        "original": {"Color": "rojo"},
    }  # fmt: skip


def test_the_separator_the_encoding_and_the_row_of_names_are_told(tmp_path: Path) -> None:
    text = "Registro de conflictos\n\nTítulo;Fecha;Tipo\nMuerte en Junín;2009;Emboscada\n"
    for encoding in ("cp1252", "cp850", "mac-roman", "utf-16", "utf-16-le", "utf-8-sig"):
        reading = opened(tmp_path, text.encode(encoding))
        told = " ".join(reading.notes)
        assert "separated by semicolons" in told
        assert "Row 2 has the column names" in told
        assert encoding == "utf-8-sig" or f"read as {encoding}" in told
        assert (rows_of(reading)[0].draft or {})["title"] == {"und": "Muerte en Junín"}


def test_a_packed_table_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(f"{HEAD}\nA,2009,Paro o huelga,Puno,1,\n".encode()), "hechos.csv.gz")
    reading = read_table(path, ReadingOptions(country="PE"))
    assert reading.terms.name == "hechos"
    assert len(rows_of(reading)) == 1


def test_dates_that_could_mean_two_things_are_refused_unless_the_mapping_says(tmp_path: Path) -> None:
    text = f"{HEAD}\nA,05/06/2009,strike,Puno,1,\nB,07/06/2009,strike,Puno,1,\n"
    with pytest.raises(RefusedError, match=r"Column 'Fecha': 2 dates such as '05/06/2009'.*--map dates=day-first"):
        opened(tmp_path, text)
    reading = opened(tmp_path, text, assign={"dates": "month-first"})
    assert [(row.draft or {})["days"] for row in rows_of(reading)] == ["2009-05-06", "2009-07-06"]


def test_one_row_tells_the_style_of_the_whole_column(tmp_path: Path) -> None:
    reading = opened(tmp_path, f"{HEAD}\nA,05/06/2009,strike,,,\nB,28/06/2009,strike,,,\n")
    assert reading.mapping.dates == "day-first"
    assert [(row.draft or {})["days"] for row in rows_of(reading)] == ["2009-06-05", "2009-06-28"]


def test_columns_of_first_and_last_day_or_of_year_month_and_day_are_one_span(tmp_path: Path) -> None:
    span = one(tmp_path, "Tipo,Título,Fecha inicio,Fecha fin\nstrike,A,2009-05-28,2009-06-03\n")
    assert span["days"] == "2009-05-28/2009-06-03"
    assert one(tmp_path, "Tipo,Título,Año,Mes,Día\nstrike,A,2009,junio,0\n")["days"] == "2009-06"
    known = one(tmp_path, "Tipo,Título,Fecha,Precisión de fecha\nstrike,A,2009-06-01,mes\n")
    assert (known["days"], known["date_precision"]) == ("2009-06", "month")


def test_latitude_and_longitude_swapped_throughout_are_refused_and_in_one_row_put_aside(tmp_path: Path) -> None:
    swapped = "Tipo,Título,Lat,Lon\nstrike,A,-73.2,-12.6\nstrike,B,-74.2,-13.6\n"
    with pytest.raises(RefusedError, match="swapped: 2 points fit only the other way round"):
        opened(tmp_path, swapped)
    rows = rows_of(opened(tmp_path, swapped + "strike,C,-12.6,-73.2\n"))
    assert [bool(row.faults) for row in rows] == [True, True, False]


def test_a_column_of_points_tells_its_order_or_is_refused(tmp_path: Path) -> None:
    place = one(tmp_path, 'Tipo,Título,Coordenadas\nstrike,A,"-12.6, -73.2"\n')["places"][0]
    assert (place["lon"], place["lat"], place["precision"]) == (-73.2, -12.6, "near")
    with pytest.raises(RefusedError, match="--map points=lat-lon"):
        opened(tmp_path, 'Tipo,Título,Coordenadas\nstrike,A,"40.1, 50.2"\n')


def test_a_place_is_known_as_well_as_the_finest_name_or_code_that_is_filled(tmp_path: Path) -> None:
    head = "Tipo,Título,Ubigeo,Departamento,Provincia,Distrito"
    text = f"{head}\nstrike,A,10201,,,\nstrike,B,,Puno,Azángaro,\nstrike,C,,,,Ate\n"
    rows = rows_of(opened(tmp_path, text))
    places = [(row.draft or {})["places"][0] for row in rows]
    assert [(place.get("admin_code"), place["precision"], place["name"]) for place in places] == [
        ("010201", "district", "Bagua"),
        ("2102", "province", "Azángaro"),  # INEI
        (None, "district", "Ate"),
    ]
    assert "leading 0 was missing" in rows[0].flags[0].reason


def test_rows_without_an_id_are_known_by_title_days_and_place_and_twins_are_numbered(tmp_path: Path) -> None:
    text = f"{HEAD}\nA,2009,strike,Puno,1,\nB,2009,strike,Puno,1,\nA,2009,strike,Puno,2,\n"
    first, second, twin = rows_of(opened(tmp_path, text))
    assert twin.external_id == f"{first.external_id}#2"
    assert second.external_id != first.external_id
    assert "same title, days and place" in twin.flags[0].reason
    assert [row.external_id for row in rows_of(opened(tmp_path, text))] == [
        first.external_id, second.external_id, twin.external_id
    ]  # fmt: skip


def test_an_id_given_twice_puts_the_second_row_aside(tmp_path: Path) -> None:
    text = f"Id,{HEAD}\n7,A,2009,strike,Puno,1,\n7,B,2009,strike,Puno,1,\n"
    rows = list(next(opened(tmp_path, text, assign={"Id": "id"}).batches).rows)
    assert [bool(row.faults) for row in rows] == [False, True]


def test_an_unknown_type_names_the_nearest_and_the_mapping_can_say_what_it_is(tmp_path: Path) -> None:
    text = f"{HEAD}\nA,2009,Emvoscada,Puno,1,\n"
    (row,) = rows_of(opened(tmp_path, text))
    assert row.faults[0].field == "Tipo"
    assert "nearest is 'ambush'" in row.faults[0].reason
    assert one(tmp_path, text, assign={"types.Emvoscada": "ambush"})["subtype"] == "ambush"


def test_a_table_without_types_is_refused_unless_one_is_given_for_all(tmp_path: Path) -> None:
    text = "Título,Fecha\nA,2009\n"
    with pytest.raises(RefusedError, match=r"--map default\.type=CODE"):
        opened(tmp_path, text)
    assert one(tmp_path, text, assign={"default.type": "road-block"})["subtype"] == "road-block"


def test_counts_of_several_sources_or_none_are_cited_to_the_table(tmp_path: Path) -> None:
    several = one(tmp_path, f"{HEAD}\nA,2009,strike,Puno,1,La República; RPP\n")
    assert several["claims"][0]["source"] == "table-hechos"
    assert len(several["sources"]) == 2
    assert one(tmp_path, f"{HEAD}\nA,2009,strike,Puno,1,\n")["claims"][0]["source"] == "table-hechos"


def test_words_without_a_number_are_kept_and_the_count_stays_unknown(tmp_path: Path) -> None:
    (row,) = rows_of(opened(tmp_path, f"{HEAD}\nA,2009,strike,Puno,varios,RPP\n"))
    assert "claims" not in (row.draft or {})
    assert (row.draft or {})["original"] == {"Muertos": "varios"}
    assert row.flags[0].value == "varios"


def test_low_best_and_high_that_fall_are_a_fault(tmp_path: Path) -> None:
    (row,) = rows_of(opened(tmp_path, "Tipo,Título,killed_low,killed_best,killed_high\nstrike,A,5,3,9\n"))
    assert "Expected low ≤ best ≤ high" in row.faults[0].reason


def test_a_review_elsewhere_is_no_review_here(tmp_path: Path) -> None:
    text = "Tipo,Título,Status\nstrike,A,published\nstrike,B,retracted\n"
    rows = rows_of(opened(tmp_path, text))
    assert [(row.draft or {})["status"] for row in rows] == ["draft", "retracted"]
    assert "--status published" in rows[0].flags[0].reason
    assert [(row.draft or {})["status"] for row in rows_of(opened(tmp_path, text, status="lead"))] == ["lead", "lead"]


def test_more_cells_than_columns_are_a_fault(tmp_path: Path) -> None:
    (row,) = rows_of(opened(tmp_path, "Tipo,Título,Fecha\nstrike,A,2009,y más\n"))
    assert "more cells than columns" in row.faults[0].reason


def test_cells_made_harmless_come_back_unchanged_and_our_own_columns_are_understood(tmp_path: Path) -> None:
    head = "code,title,type,subtype,first_day,last_day,killed_low,killed_best,killed_high,source_count"
    text = f"{head}\nPE-2009-0001,'=HYPERLINK(1),protest,road-block,2009-06-05,2009-06-05,1,2,3,4\n"
    (row,) = rows_of(opened(tmp_path, text))
    assert row.external_id == "PE-2009-0001"
    assert (row.draft or {})["title"] == {"und": "=HYPERLINK(1)"}
    assert (row.draft or {})["claims"][0] | {"source": ""} == {
        "measure": "killed", "group": "all", "low": 1, "best": 2, "high": 3, "source": ""
    }  # fmt: skip


def test_rows_put_aside_are_read_again_under_the_same_dataset(tmp_path: Path) -> None:
    text = f"willay_row,willay_field,willay_value,willay_reason,{HEAD}\n3,Tipo,x,y,''=A,2009,strike,Puno,1,\n"
    reading = read_table(written(tmp_path, text, "hechos.quarantine.csv"), ReadingOptions(country="PE"))
    (row,) = rows_of(reading)
    assert reading.terms.name == "hechos"
    assert (row.draft or {})["title"] == {"und": "'=A"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("1,2,3\n4,5,6\n", "no row with column names was found"),
        ("Título,Título (2),Fecha\n" + "x" * 2_000_000, "field larger than field limit|no column says"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        opened(tmp_path, text)


KNOWN = st.sampled_from(
    ["Título", "Fecha", "Tipo", "Lat", "Lon", "Muertos", "Heridos (mín)", "Fuente", "Url", "Ubigeo", "Distrito",
     "Departamento", "Coordenadas", "Caso", "Actor", "Año", "Mes", "Estado", "id", "Radio m", "País",
     "Fecha fin", "date precision"]
)  # fmt: skip
USUAL = st.sampled_from(
    ["", "strike", "Paro", "05/06/2009", "28/06/2009", "06/28/2009", "2009", "-12.5", "-73,2", "12°30'S", "3-5",
     "más de 3", "varios", "1,234", "1.234", "https://x.pe/a", "x; y",
     "150101", "10101", "Lima", "'=1+1", "-12.5, -73.2", "0", "mes"]
)  # fmt: skip
NAMES = st.integers(0, 9).flatmap(lambda n: KNOWN if n else st.text(max_size=12))
CELLS = st.integers(0, 9).flatmap(lambda n: USUAL if n else st.text(max_size=12))


@given(
    st.lists(NAMES, min_size=1, max_size=8),
    st.lists(st.lists(CELLS, max_size=9), max_size=8),
    st.sampled_from([",", ";", "\t"]),
    st.fixed_dictionaries(
        {}, optional={"dates": st.just("day-first"), "decimals": st.just("comma"), "points": st.just("lat-lon")}
    ),
)
@settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_is_read_row_by_row_or_refused_in_words(
    tmp_path: Path, head: list[str], rows: list[list[str]], delimiter: str, said: dict[str, str]
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["Tipo", "Título", *head], *(["strike", *row] for row in rows)])
    path = written(tmp_path, out.getvalue(), "any.csv")
    try:
        reading = read_table(
            path, ReadingOptions(country="PE", assign={"default.type": "strike", "header": "1", **said}, batch_rows=3)
        )
        found = rows_of(reading)
    except EventsError:
        return
    assert len(found) == len(rows) or len(reading.columns) != len(head) + 2  # another separator was as likely


@given(st.binary(max_size=400))
@settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused_in_words(tmp_path: Path, content: bytes) -> None:
    try:
        rows_of(
            read_table(
                written(tmp_path, content, "any.csv"), ReadingOptions(country="PE", assign={"default.type": "strike"})
            )
        )
    except EventsError:
        return
