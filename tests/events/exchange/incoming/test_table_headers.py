"""Columns are known by whatever way people and programs name them, and asked about where a name can mean several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from table_examples import opened, rows_of

from willay.data.headers import headers
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("header", "field", "way"),
    [
        ("Fecha del hecho", "date", "name"),
        ("EventDate", "date", "name"),
        ("Policías heridos (mín.)", "injured_low/police", "count"),
        ("hecho/fecha", "date", "part"),
        ("datos.del_hecho.tipo", "type", "part"),
        ("grupo1/lugar/departamento", "department", "part"),
        ("lugar/latitud", "lat", "part"),
        ("victimas/muertos", "killed", "count"),
        ("#date+occurred", "date", "hashtag"),
        ("#date +start", "first_day", "hashtag"),
        ("#ADM1+name+es", "department", "hashtag"),
        ("#affected+killed", "killed", "hashtag"),
        ("#affected+injured+civilians", "injured/civilians", "hashtag"),
        ("#affected+killed+min", "killed_low", "hashtag"),
        ("#date+reported", "keep", "hashtag"),
    ],
)
def test_the_name_of_a_column_is_known_in_one_of_several_ways(header: str, field: str, way: str) -> None:
    found = headers().match(header)
    assert found is not None
    assert (found.field, found.way) == (field, way)


@pytest.mark.parametrize(
    "header",
    [
        "Provincia/Distrito", "mes/año", "Muertos/heridos", "Actor/víctima", "tipo/subtipo", "distrito/localidad",
        "https://example.org/fecha", "#affected", "#affected+killed+f", "#affected+killed+injured", "#color", "S.N.",
    ],
)  # fmt: skip
def test_a_name_with_two_contents_or_of_a_part_of_the_people_means_no_field(header: str) -> None:
    assert headers().match(header) is None


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("fecha_even", ["date"]), ("departamen", ["department"]), ("fecha_inic", ["first_day", "date"]),
        ("incident_d", ["summary", "date"]), ("Latitud punto representativo", ["lat"]), ("nombre_dep", ["department"]),
        ("_Ubicación_latitude", ["lat"]), ("_Ubicación_longitude", ["lon"]), ("Fecha presentación", ["date"]),
        ("StartOfTheConflict", ["first_day"]), ("Fecha de registro", []), ("fecha_actualizacion", []),
        ("Región natural", []), ("Nombre víctima", []), ("color", []), ("", []),
    ],
)  # fmt: skip
def test_a_name_may_be_like_a_known_one(header: str, fields: list[str]) -> None:
    assert sorted(match.field for match in headers().like(header)) == sorted(fields)


def test_every_known_name_is_known_by_its_last_part_too() -> None:
    for entry in headers().fields:
        for name in (name for name in entry.names if len(name) > 1):
            for header in (f"hecho_de_prueba/{name}", f"Grupo A/otra cosa/{name.title()}"):
                found = headers().match(header)
                assert found is not None
                assert found.field == entry.name, header


def test_every_name_that_a_shapefile_cuts_is_known_by_its_beginning() -> None:
    for name, (field, _) in headers().by_name.items():
        cut = name.replace(" ", "_")[:10]
        if len(name) > 10 and headers().match(cut) is None:
            assert field in {match.field for match in headers().like(cut)}, name


HEAD = "Título,Tipo"


def columns(folder: Path, *extra: tuple[str, list[str]]) -> dict[str, str]:
    names = ",".join([HEAD, *(name for name, _ in extra)])
    lines = [",".join([f"Hecho {n}", "protesta", *(cells[n] for _, cells in extra)]) for n in range(3)]
    reading = opened(folder, "\n".join([names, *lines]) + "\n")
    rows_of(reading)
    return {name: reading.mapping.columns[name] for name, _ in extra}


DAYS = ["2009-06-05", "2009-06-06", "2009-06-07"]


def test_names_like_known_ones_are_taken_where_the_cells_fit(tmp_path: Path) -> None:
    lats, lons = ["-15.5", "-15.6", "-15.7"], ["-70.5", "-70.6", "-70.7"]
    assert columns(
        tmp_path, ("fecha_even", DAYS), ("Latitud punto representativo", lats), ("Longitud punto representativo", lons)
    ) == {
        "fecha_even": "date", "Latitud punto representativo": "lat", "Longitud punto representativo": "lon",
    }  # fmt: skip
    assert columns(tmp_path, ("fecha_even", ["x", "y", "z"])) == {"fecha_even": "keep"}
    assert columns(tmp_path, ("Hora de inicio", ["10:00", "11:00", "12:30"])) == {"Hora de inicio": "keep"}
    assert columns(tmp_path, ("StartOfTheConflict", ["1998", "2001", "2002"])) == {"StartOfTheConflict": "first_day"}


def test_a_name_like_a_date_gives_way_to_the_date_and_a_record_has_none(tmp_path: Path) -> None:
    assert columns(tmp_path, ("Fecha", DAYS), ("Fecha presentación", DAYS)) == {
        "Fecha": "date", "Fecha presentación": "keep"
    }  # fmt: skip
    assert columns(tmp_path, ("Fecha de registro", DAYS)) == {"Fecha de registro": "keep"}


def test_several_names_like_one_field_are_asked_about(tmp_path: Path) -> None:
    text = f"{HEAD},Fecha apertura,Fecha cierre\nA,protesta,2009-06-05,2009-06-09\n"
    with pytest.raises(
        RefusedError, match=r"'Fecha apertura' .* is one of several that are named like date"
    ) as refused:
        opened(tmp_path, text)
    assert re.findall(r"--map '(\w+ \w+)=(\w+)'", str(refused.value)) == [
        ("Fecha apertura", "date"), ("Fecha apertura", "keep"), ("Fecha cierre", "date"), ("Fecha cierre", "keep")
    ]  # fmt: skip
    opened(tmp_path, text, assign={"Fecha apertura": "date", "Fecha cierre": "keep"})


def test_a_municipality_is_of_the_second_level_or_the_third_beside_it(tmp_path: Path) -> None:
    cells = ["Espinar", "Melgar", "Canas"]
    assert columns(tmp_path, ("MUNICIPIO", cells)) == {"MUNICIPIO": "province"}
    assert columns(tmp_path, ("Provincia", cells), ("MUNICIPIO", cells)) == {
        "Provincia": "province",
        "MUNICIPIO": "district",
    }
    assert columns(tmp_path, ("State", ["Puno", "Cusco", "Puno"])) == {"State": "department"}


def test_one_cell_with_both_degrees_is_known_by_its_name(tmp_path: Path) -> None:
    reading = opened(tmp_path, f"{HEAD},Geolocation\nA,protesta,-15.5|-70.5\nB,protesta,-15.6|-70.6\n")
    places = [(row.draft or {})["places"][0] for row in rows_of(reading)]
    assert [(place["lat"], place["lon"]) for place in places] == [(-15.5, -70.5), (-15.6, -70.6)]


def test_a_headline_is_no_owner(tmp_path: Path) -> None:
    text = "Titular,Tipo,Departamento\n{}\n"
    firms = "\n".join(f"{name},protesta,Puno" for name in ("Firma Uno", "Firma Uno", "Firma Dos"))
    reading = opened(tmp_path, text.format(firms))
    rows_of(reading)
    assert reading.mapping.columns["Titular"] == "keep"
    assert any(notice.grave and "--map Titular=title" in notice.text for notice in reading.after())
    news = "\n".join(f"Vecinos bloquean la vía en el kilómetro {n},protesta,Puno" for n in range(3))
    assert opened(tmp_path, text.format(news)).mapping.columns["Titular"] == "title"


def test_a_row_without_a_title_is_called_by_its_case_too(tmp_path: Path) -> None:
    rows = rows_of(opened(tmp_path, "Caso,Tipo,Departamento\nCaso Uno,protesta,Puno\nCaso Dos,protesta,Puno\n"))
    assert [(row.draft or {})["title"]["und"] for row in rows] == [
        "Protesta, Puno: Caso Uno",
        "Protesta, Puno: Caso Dos",
    ]


def test_a_tag_is_the_word_of_the_file_where_its_name_means_another_field(tmp_path: Path) -> None:
    text = "Título,Sitio,Tipo\n#event+title,#adm1+name,#event+type\nA,Puno,protesta\n"
    assert opened(tmp_path, text).mapping.columns["Sitio"] == "department"
