"""Mappings of tables: guessed by name and cells, shown, edited, saved and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.data.headers import headers
from willay.events.exchange.incoming.options import ReadingOptions
from willay.events.exchange.incoming.table import (
    ColumnMapping,
    edited,
    find_mapping,
    mapping_file,
    mapping_text,
    parse_mapping,
    read_mapping,
    write_mapping,
)
from willay.events.exchange.incoming.table.mapping import CountField, check_field, count_field
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Título", "title"),
        ("FECHA_DEL_HECHO", "date"),
        ("Fecha (dd/mm/aaaa)", "date"),
        ("eventDate", "date"),
        ("Fecha de inicio", "first_day"),
        ("Tipo de hecho", "type"),
        ("Localidad", "place"),
        ("Dpto.", "department"),
        ("LATITUD", "lat"),
        ("lng", "lon"),
        ("Muertos", "killed"),
        ("N° de fallecidos", "killed"),
        ("Muertos (mín.)", "killed_low"),
        ("max_killed", "killed_high"),
        ("killed_best", "killed"),
        ("Policías heridos", "injured/police"),
        ("civiles muertos min", "killed_low/civilians"),
        ("Detenidos", "detained"),
        ("Presunto autor", "actor"),
        ("Enlace", "source_url"),
        ("Observaciones", "notes"),
        ("Año", "year"),
        ("Muertos y heridos", None),
        ("Color del mapa", None),
        ("", None),
    ],
)
def test_the_name_of_a_column_tells_its_field(header: str, field: str | None) -> None:
    found = headers().field_of(header)
    assert (found[0] if found else None) == field


def test_every_field_and_name_of_the_vocabulary_is_one_of_a_kind() -> None:
    names = [name for field in headers().fields for name in field.names]
    assert len(names) == len(set(names))
    assert all(check_field(field.name, "vocabulary") == field.name for field in headers().fields)


def test_a_count_has_a_measure_a_bound_and_a_group() -> None:
    assert count_field("injured_low/police") == CountField("injured", "low", "police")
    assert count_field("killed-in-captivity") == CountField("killed-in-captivity", "best", "all")
    assert count_field("injured/martians") is None


def table(folder: Path, text: str, name: str = "hechos.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def guessed(path: Path, **assign: str) -> ColumnMapping:
    return find_mapping(path, ReadingOptions(country="PE", assign=assign))[0]


def test_cells_that_cannot_be_what_the_name_says_are_kept_and_the_reason_is_told(tmp_path: Path) -> None:
    path = table(tmp_path, "Fecha,Tipo,Estado,Código\n2009-06-05,Paro,Puno,A1\n2009-06-06,Paro,Lima,A1\n")
    rows = {row.column: row for row in guessed(path).rows()}
    assert rows["Fecha"].field == "date"
    assert (rows["Estado"].field, rows["Código"].field) == ("keep", "keep")
    assert "several rows have the same value" in rows["Código"].reason
    assert rows["Estado"].examples == ("Puno", "Lima")


def test_a_column_of_days_under_a_strange_name_is_found(tmp_path: Path) -> None:
    path = table(tmp_path, "Suceso,Tipo,Cuándo fue\nA,Paro,2009-06-05\nB,Paro,2009-06-06\nC,Paro,2009\n")
    assert guessed(path).columns["Cuándo fue"] == "date"


def test_two_columns_of_one_field_leave_the_less_usual_name_as_it_is(tmp_path: Path) -> None:
    path = table(tmp_path, "Hecho,Título,Tipo\nA,B,Paro\n")
    assert dict(guessed(path).columns) == {"Hecho": "keep", "Título": "title", "Tipo": "type"}


def test_a_column_called_region_that_holds_keys_of_regions_is_no_department(tmp_path: Path) -> None:
    path = table(tmp_path, "Tipo,region,adm1\nstrike,pe-conflict-zones/vrae,Ayacucho\n")
    assert dict(guessed(path).columns) == {"Tipo": "type", "region": "region", "adm1": "department"}


def test_a_mapping_is_edited_by_words(tmp_path: Path) -> None:
    path = table(tmp_path, "Hecho,Qué,Fecha\nA,Paro,05/06/2009\n")
    words = {
        "Qué": "type",
        "dates": "day-first",
        "default.country": "BO",
        "types.Paro": "strike",
        "actors.PNP": "state-forces",
    }
    mapping = guessed(path, **words)
    assert mapping.columns["Qué"] == "type"
    assert (mapping.dates, mapping.defaults, mapping.types) == ("day-first", {"country": "BO"}, {"Paro": "strike"})
    assert mapping.actors == {"PNP": "state-forces"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"Nada": "title"}, "no column 'Nada'"),
        ({"Hecho": "titel"}, "Did you mean 'title'"),
        ({"dates": "day"}, "expected day-first or month-first"),
        ({"header": "zero"}, "number of the row"),
        ({"Hecho": "title", "Otro": "title"}, "are both mapped to 'title'"),
        ({"default.tipe": "protest"}, "unknown field 'tipe'"),
    ],
)
def test_an_edit_that_makes_no_sense_is_refused(changes: dict[str, str], message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        edited(ColumnMapping({"Hecho": "keep", "Otro": "keep"}), changes)


def test_a_mapping_beside_the_file_is_taken_the_next_time(tmp_path: Path) -> None:
    path = table(tmp_path, "Hecho,Qué\nA,Paro\n")
    mapping = guessed(path, Qué="type")
    write_mapping(mapping, mapping_file(path))
    assert mapping_file(path).name == "hechos.mapping.toml"
    assert guessed(path).columns["Qué"] == "type"
    assert mapping_file(tmp_path / "hechos.quarantine.csv") == mapping_file(tmp_path / "hechos.csv.gz")


def test_a_mapping_of_another_table_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, "Hecho,Qué\nA,Paro\n")
    write_mapping(ColumnMapping({"Suceso": "title"}), mapping_file(path))
    with pytest.raises(RefusedError, match="names the column 'Suceso', which is not in the table"):
        guessed(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("columns = 3", r"expected \[columns\]"),
        ("[colums]", "not a part of a mapping"),
        ("x =", "not valid TOML"),
        ('[columns]\nA = "titel"', "Did you mean 'title'"),
        ('dates = "sometimes"', "expected day-first"),
        ("header = true", "number of the row"),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(text: str, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        parse_mapping(text, "x.mapping.toml")


def test_a_missing_mapping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="cannot be read"):
        read_mapping(tmp_path / "none.toml")


SHARED = ("keep", "ignore", "notes", "tags", "actor")
COUNTED = ("killed", "killed_low/police", "killed @La prensa", "injured/civilians @MINSA: parte 3")
words = st.dictionaries(st.text(), st.text(), max_size=3)
mappings = st.builds(
    ColumnMapping,
    columns=st.dictionaries(st.text(), st.sampled_from(SHARED), max_size=5)
    | st.dictionaries(st.text(), st.sampled_from(COUNTED), max_size=1),
    header=st.none() | st.integers(1, 20),
    dates=st.sampled_from([None, "day-first", "month-first"]),
    decimals=st.sampled_from([None, "comma", "point"]),
    points=st.sampled_from([None, "lat-lon", "lon-lat"]),
    hemisphere=st.sampled_from([None, "south-west", "north-east"]),
    defaults=st.dictionaries(st.sampled_from(["type", "country", "status"]), st.text(), max_size=3),
    types=words,
    actors=words,
)


@given(mappings)
def test_a_mapping_written_as_toml_reads_back_the_same(mapping: ColumnMapping) -> None:
    again = parse_mapping(mapping_text(mapping), "x.mapping.toml")
    assert again == mapping
    assert list(again.columns) == list(mapping.columns)
