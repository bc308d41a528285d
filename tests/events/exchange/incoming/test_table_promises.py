"""A known name is a promise: a column of that name is read, or asked about, and never dropped without a word."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_examples import opened, rows_of

from willay.data.headers import headers
from willay.events.exchange.incoming.cell_texts import CellError
from willay.events.exchange.incoming.table.advice import map_option
from willay.events.exchange.incoming.table.dates import DAY_FIRST, read_days
from willay.events.exchange.incoming.table.points import has_lost_point, read_point
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

BASE = "Título,Fecha,Tipo,Departamento"


def table(*columns: tuple[str, list[str]]) -> str:
    """Three good rows with further columns."""
    names = "".join(f",{name}" for name, _ in columns)
    lines = [f"Hecho {n},2009-06-0{n + 1},strike,Puno" for n in range(3)]
    return f"{BASE}{names}\n" + "".join(
        line + "".join(f',"{cells[n]}"' for _, cells in columns) + "\n" for n, line in enumerate(lines)
    )


def options_in(message: str) -> list[str]:
    """Read the options of a message as a shell reads them."""
    found = re.findall(r"""--map ((?:'[^']*'|"'"|[^\s'(),;])+)""", message)
    return [shlex.split(text)[0].rstrip(".") for text in found]


@pytest.mark.parametrize(
    ("column", "cells", "field"),
    [
        ("Latitud", ["-12043333", "-12100000", "-13500000"], "lat"),
        ("Latitud", ["-12.043.333", "-12.100.000", "x"], "lat"),
        ("Muertos", ["Juan", "Pedro", "2"], "killed"),
        ("Fecha fin", ["ayer", "hoy", "2009-06-07"], "last_day"),
        ("Ubigeo", ["PE0101", "PE0102", "PE0103"], "admin_code"),
        ("País", ["aquí", "allá", "Perú"], "country"),
        ("Sensibilidad", ["x", "y", "z"], "sensitivity"),
        ("Radio m", ["mucho", "poco", "5"], "radius_m"),
        ("Caso", ["1", "1", "1"], "case"),
        ("Actor", ["4", "3", "7"], "actor"),
        ("Provincia", ["2101", "2102", "2103"], "province"),
    ],
)
def test_a_column_whose_cells_mostly_cannot_be_what_its_name_says_is_asked_about_once(
    tmp_path: Path, column: str, cells: list[str], field: str
) -> None:
    text = table((column, cells), ("Longitud" if field == "lat" else "Fuente", ["-75.1", "-75.2", "-75.3"]))
    with pytest.raises(RefusedError, match=re.escape(f"Column {column!r} is named like {field}")) as refused:
        opened(tmp_path, text)
    options = options_in(str(refused.value))
    assert options[:2] == [f"{column}={field}", f"{column}=keep"]
    name, _, answer = options[0].rpartition("=")
    asked_for = rows_of(opened(tmp_path, text, assign={name: answer}))
    assert any(row.faults for row in asked_for)
    assert all(fault.field for row in asked_for for fault in row.faults)
    if field != "lat":
        assert not any(row.faults for row in rows_of(opened(tmp_path, text, assign={name: "keep"})))


def test_all_that_must_be_said_is_asked_at_once(tmp_path: Path) -> None:
    text = "Título,Fecha,Muertos,Víctimas,deaths_media\nA,ayer,x,3,1\nB,hoy,y,4,2\n"
    with pytest.raises(RefusedError) as refused:
        opened(tmp_path, text)
    told = str(refused.value)
    for word in ("'Fecha'", "'Muertos'", "'Víctimas'", "'deaths_media'", "default.type=CODE"):
        assert word in told
    answers = {"Fecha": "keep", "Muertos": "keep", "Víctimas": "killed", "deaths_media": "killed @media"}
    reading = opened(tmp_path, text, assign={**answers, "default.type": "strike"})
    assert [len((row.draft or {})["claims"]) for row in rows_of(reading)] == [2, 2]


def test_half_of_the_cells_are_enough_and_the_others_put_their_rows_aside(tmp_path: Path) -> None:
    rows = rows_of(opened(tmp_path, table(("Muertos", ["1", "2", "x y z"]))))
    assert [bool(row.faults) for row in rows] == [False, False, True]
    assert (rows[2].faults[0].field, rows[2].faults[0].value) == ("Muertos", "x y z")


def test_a_weekday_beside_a_date_is_not_asked_about(tmp_path: Path) -> None:
    assert len(rows_of(opened(tmp_path, table(("Día", ["lunes", "martes", "jueves"]))))) == 3


@pytest.mark.parametrize(
    ("column", "options"),
    [
        ("deaths_police", ["deaths_police=killed/police", "deaths_police=killed @police", "deaths_police=keep"]),
        ("deaths_media", ["deaths_media=killed @media", "deaths_media=killed", "deaths_media=keep"]),
        ("Muertos según PNP", ["Muertos según PNP=killed/police", "Muertos según PNP=killed @pnp"]),
        ("min_deaths_ngo", ["min_deaths_ngo=killed_low @ngo", "min_deaths_ngo=killed_low"]),
        ("Muertos civiles", ["Muertos civiles=killed/civilians", "Muertos civiles=killed @civiles"]),
        ("Muertos y heridos", ["Muertos y heridos=killed @heridos", "Muertos y heridos=killed"]),
    ],
)
def test_whose_count_a_column_is_is_asked_and_never_guessed(tmp_path: Path, column: str, options: list[str]) -> None:
    text = table((column, ["1", "0", "3"]))
    with pytest.raises(RefusedError, match="is the group counted or the source of the count") as refused:
        opened(tmp_path, text)
    told = options_in(str(refused.value))
    assert told[: len(options)] == options
    for option in told:
        name, _, answer = option.rpartition("=")
        rows = rows_of(opened(tmp_path, text, assign={name: answer}))
        assert sum(len((row.draft or {}).get("claims", [])) for row in rows) == (0 if answer == "keep" else 3)


def test_a_second_column_of_the_same_name_is_asked_about(tmp_path: Path) -> None:
    text = "Título,Fecha,Tipo,Muertos,Muertos\nA,2009,strike,3,23\n"
    with pytest.raises(
        RefusedError, match=r"'Muertos' \(3\) and 'Muertos \(2\)' \(23\), and their cells differ"
    ) as refused:
        opened(tmp_path, text)
    assert options_in(str(refused.value)) == ["Muertos (2)=keep", "Muertos=keep", "Muertos (2)=killed"]
    (row,) = rows_of(opened(tmp_path, text, assign={"Muertos": "keep", "Muertos (2)": "killed"}))
    assert [claim["best"] for claim in (row.draft or {})["claims"]] == [23]
    (row,) = rows_of(opened(tmp_path, text.replace("23", "3")))  # the same cells under the same name
    assert [claim["best"] for claim in (row.draft or {})["claims"]] == [3]


def test_a_column_may_name_whose_number_it_is(tmp_path: Path) -> None:
    reading = opened(
        tmp_path,
        "Tipo,Título,a,b,Fuente\nstrike,A,3,4,RPP\n",
        assign={"a": "killed/police @Defensoría", "b": "injured_low @ La prensa"},
    )
    (batch,) = reading.batches
    claims = (batch.rows[0].draft or {})["claims"]
    assert [(claim["measure"], claim["group"], claim["source"]) for claim in claims] == [
        ("killed", "police", "table-hechos-defensoria-" + claims[0]["source"].rsplit("-", 1)[1]),
        ("injured", "all", "table-hechos-la-prensa"),
    ]
    assert {source["publisher"] for source in batch.sources} == {"Defensoría", "La prensa", "RPP"}


def test_those_harmed_are_names_or_a_count_to_be_asked_about(tmp_path: Path) -> None:
    text = table(("VICTIMAS", ["4", "3", "7"]), ("Afectados", ["10", "20", "30"]))
    with pytest.raises(RefusedError, match="what they count is unknown") as refused:
        opened(tmp_path, text)
    assert {"VICTIMAS=killed", "VICTIMAS=injured", "Afectados=keep"} <= set(options_in(str(refused.value)))
    rows = rows_of(opened(tmp_path, text, assign={"VICTIMAS": "killed", "Afectados": "keep"}))
    assert [(row.draft or {})["claims"][0]["best"] for row in rows] == [4, 3, 7]
    named = opened(tmp_path, table(("Víctimas", ["Comuneros", "Policías", "Mineros"])))
    assert {(row.draft or {})["parties"][0]["role"] for row in rows_of(named)} == {"target"}


@pytest.mark.parametrize("field", ["actor", "target", "actors", "case"])
@pytest.mark.parametrize("cell", ["4", "7.5", "-", "12/2009", "#REF!", "¿?"])
def test_what_has_no_letters_is_no_name(tmp_path: Path, field: str, cell: str) -> None:
    (row, *others) = rows_of(opened(tmp_path, table(("Quién", [cell, "PNP", "Ronda"])), assign={"Quién": field}))
    document = row.draft or {}
    assert "parties" not in document
    assert "cases" not in document
    assert bool(row.faults) == (cell != "-")  # a dash is an unknown one
    assert not any(other.faults for other in others)


def test_a_place_of_numbers_is_a_point(tmp_path: Path) -> None:
    survey = opened(tmp_path, table(("Ubicación", ["-15.5 -70.1 3800 4.5", "-15,6 -70,2 3800 4,5", "-15.7, -70.3"])))
    places = [(row.draft or {})["places"][0] for row in rows_of(survey)]
    assert [(place["lat"], place["lon"]) for place in places] == [(-15.5, -70.1), (-15.6, -70.2), (-15.7, -70.3)]
    assert survey.mapping.columns["Ubicación"] == "point"
    mixed = rows_of(opened(tmp_path, table(("Lugar", ["Ilave", "-70.1 -15.5 3800", "123"]))))
    assert (mixed[0].draft or {})["places"][0]["name"] == "Ilave"
    assert ((mixed[1].draft or {})["places"][0]["lat"], (mixed[1].draft or {})["places"][0]["lon"]) == (-15.5, -70.1)
    assert mixed[2].faults[0].field == "Lugar"
    dated = rows_of(opened(tmp_path, table(("Lugar", ["Ilave", "Juli", "05/06/2009"]))))
    assert dated[2].faults[0].field == "Lugar"


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("'1999-02", "1999-02"),
        ("’1999-02-03", "1999-02-03"),
        ("1244160000000", "2009-06-05"),  # Python: datetime.fromtimestamp(1244160000, UTC)
        ("1244160000000.0", "2009-06-05"),
        ("-315619200000", "1960-01-01"),
        ("1° de mayo de 2009", "2009-05-01"),
        ("15-ene-09", "2009-01-15"),
        ("2009-06-15 23:30:00+00", "2009-06-15"),
        ("2009-2012", "2009/2012"),
        ("05-06-2009 / 07-06-2009", "2009-06-05/2009-06-07"),
    ],
)
def test_days_are_read_where_they_can_mean_one_thing(cell: str, days: str) -> None:
    assert read_days(cell, DAY_FIRST) == days


@pytest.mark.parametrize(
    "cell", ["99", "0099", "05/06/0099", "0099-06-05", "5 de junio de 0099", "99999999999999", "200906051430", "ene-15"]
)
def test_a_year_has_four_digits_and_numbers_that_could_mean_two_things_are_no_day(cell: str) -> None:
    with pytest.raises(CellError, match="expected"):
        read_days(cell, DAY_FIRST)


def test_milliseconds_are_told_and_never_guessed_without_a_name(tmp_path: Path) -> None:
    text = "Título,Tipo,fecha\nA,strike,1244160000000\nB,strike,1244246400000\nC,strike,1244332800000\n"
    reading = opened(tmp_path, text)
    assert any("3 cells are milliseconds since 1970" in note for note in reading.notes)
    assert [(row.draft or {})["days"] for row in rows_of(reading)] == ["2009-06-05", "2009-06-06", "2009-06-07"]
    unnamed = opened(tmp_path, text.replace("fecha", "RUC"))
    assert unnamed.mapping.columns["RUC"] == "keep"


@pytest.mark.parametrize("cell", ["-12043333", "-12.043.333", "-12,043,333", "-1204", "77028333"])
def test_a_lost_decimal_point_is_recognised_and_never_guessed(cell: str) -> None:
    assert has_lost_point(cell)
    with pytest.raises(CellError, match="decimal point is missing"):
        read_point(cell, "-77.03")


@pytest.mark.parametrize("cell", ["-12.043333", "-12,0433", "-179", "8600000", "260000", "12°38'12\"S", ""])
def test_degrees_and_metres_have_lost_nothing(cell: str) -> None:
    assert not has_lost_point(cell)


@pytest.mark.parametrize(
    ("cells", "field"),
    [(["1", "2", "3"], "keep"), (["3", "1", "2"], "keep"), (["1", "2", "5"], "keep"), (["7", "8", "9"], "id")],
)
@pytest.mark.parametrize("column", ["N°", "Nro", "Item", "Nº", "No."])
def test_a_running_number_is_no_id_unless_the_mapping_says_so(
    tmp_path: Path, column: str, cells: list[str], field: str
) -> None:
    text = table((column, cells))
    reading = opened(tmp_path, text)
    assert reading.mapping.columns[column] == field
    assert opened(tmp_path, text, assign={column: "id"}).mapping.columns[column] == "id"
    assert opened(tmp_path, text.replace(column, "Código")).mapping.columns["Código"] == "id"


def test_columns_that_look_like_something_are_named_at_the_end(tmp_path: Path) -> None:
    text = table(
        ("StartOfTheConflict", ["2001-05-03", "2002-05-03", "2003-05-03"]),
        ("Representativo", ["-15.1234", "-15.2345", "-15.3456"]),
        ("Camiones", ["3", "4", "4"]),
        ("Altura", ["3400.5", "3500.5", "3600.5"]),
        ("Nota suelta", ["x", "y", "z"]),
        ("Leave me", ["1", "2", "2"]),
    )
    reading = opened(tmp_path, text, assign={"Leave me": "keep"})
    rows_of(reading)
    told = {notice.text.split("'")[1]: notice for notice in reading.after()}
    assert list(told) == ["StartOfTheConflict", "Representativo", "Camiones"]
    assert not any(notice.grave for notice in told.values())
    assert "look like days" in told["StartOfTheConflict"].text
    assert options_in(told["StartOfTheConflict"].text) == ["StartOfTheConflict=date", "Fecha=keep"]
    assert options_in(told["Camiones"].text) == ["Camiones=killed", "Camiones=injured"]
    answers = {"StartOfTheConflict": "date", "Fecha": "keep"}
    assert [(row.draft or {})["days"][:4] for row in rows_of(opened(tmp_path, text, assign=answers))] == [
        "2001", "2002", "2003"
    ]  # fmt: skip


def test_a_known_column_that_is_left_out_or_of_no_use_is_a_grave_notice(tmp_path: Path) -> None:
    text = table(
        ("Estado", ["Puno", "Lima", "x"]), ("Confianza", ["alta", "??!", "!"]), ("Enlace", ["a b", "c d", "e f"])
    )
    reading = opened(tmp_path, text, assign={"Enlace": "source_url"})
    assert not any(row.faults for row in rows_of(reading))
    grave = [notice.text for notice in reading.after() if notice.grave]
    assert [text.split("'")[1] for text in grave] == ["Estado", "Confianza", "Enlace"]
    assert "--map Estado=status" in grave[0]
    assert "none of 3 cells can be used" in grave[2]


@given(st.text(min_size=1), st.text(min_size=1))
def test_an_option_reads_back_from_a_shell_as_it_was(name: str, value: str) -> None:
    name, value = name.replace("\x00", ""), value.replace("\x00", "")
    assert shlex.split(map_option(name, value)) == ["--map", f"{name}={value}"]


def test_every_group_and_measure_of_the_vocabulary_is_asked_about_as_a_suffix() -> None:
    words = headers().words
    measures = [word for word in words["measure"] if len(word.split()) == 1]
    for group in words["group"]:
        for measure in measures:
            after = headers().count_of(f"{measure}_{group.replace(' ', '_')}")
            assert after is not None
            assert after.open
            assert headers().field_of(f"{measure}_{group}") is None or f"{measure} {group}" in words["measure"]
