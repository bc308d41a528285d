"""The country of a table that names none, and the hemisphere of its degrees, are tested before they are used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nowhere_units import UNITS
from table_examples import opened, rows_of

from willay.data.admin import admin_units
from willay.data.boundaries import country_box
from willay.events.exchange.incoming.table.country import is_unit
from willay.events.exchange.incoming.table.points import Sides, with_signs
from willay.events.model.errors import RefusedError
from willay.geo.coordinates import LonLat

if TYPE_CHECKING:
    from pathlib import Path

COLOMBIA = ["ANTIOQUIA", "CAUCA", "AMAZONAS", "CHOCÓ"]  # ISO 3166-2:CO; Amazonas is Peru's too
PERU = ["Puno", "Cuzco", "Lima Provincias", "Ancahs"]


def of_departments(names: list[str], *, column: str = "") -> str:
    lines = [f"A{n},strike,2009-06-0{n + 1},{name}" for n, name in enumerate(names)]
    return f"Título,Tipo,Fecha,Departamento{column}\n" + "\n".join(lines) + "\n"


def of_points(points: list[tuple[str, str]], head: str = "Lat,Lon") -> str:
    lines = [f"A{n},strike,2009-06-0{n + 1},{lat},{lon}" for n, (lat, lon) in enumerate(points)]
    return f"Título,Tipo,Fecha,{head}\n" + "\n".join(lines) + "\n"


def test_departments_of_another_country_are_refused_with_the_option_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="3 of 4 names of departments are not of PE") as refused:
        opened(tmp_path, of_departments(COLOMBIA))
    assert "--map default.country=CO" in str(refused.value)
    for country in ("CO", "PE", "Colombia"):
        rows = rows_of(opened(tmp_path, of_departments(COLOMBIA), assign={"default.country": country}))
        assert {(row.draft or {})["country"] for row in rows} == {"CO" if country == "Colombia" else country}
    unsaid = rows_of(opened(tmp_path, of_departments(COLOMBIA), country=None))
    assert not any("country" in (row.draft or {}) for row in unsaid)


def test_departments_written_otherwise_are_of_the_country(tmp_path: Path) -> None:
    rows = rows_of(opened(tmp_path, of_departments([*PERU, "Antioquia"])))
    assert {(row.draft or {})["country"] for row in rows} == {"PE"}


@pytest.mark.parametrize(
    "name",
    ["Cuzco", "Lima Metropolitana", "Lima Provincias", "Región del Callao", "Prov. Const. del Callao", "Dpto. de Puno",
     "Departamento de Puno", "Región Cusco", "San Martin", "15", "7"],
)  # fmt: skip
def test_names_that_peru_uses_for_its_departments_are_known_as_its_own(name: str) -> None:
    assert is_unit("PE", name)


def test_a_table_that_names_its_country_is_not_tested(tmp_path: Path) -> None:
    text = of_departments([f"{name},Colombia" for name in COLOMBIA], column=",País")
    rows = rows_of(opened(tmp_path, text))
    assert {(row.draft or {})["country"] for row in rows} == {"CO"}
    half = of_departments(["Puno,", "Lima,", "ANTIOQUIA,CO", "CAUCA,CO", "CHOCÓ,CO"], column=",País")
    assert [(row.draft or {})["country"] for row in rows_of(opened(tmp_path, half))] == ["PE", "PE", "CO", "CO", "CO"]


def test_points_that_mostly_lie_outside_are_refused_and_a_few_are_kept(tmp_path: Path) -> None:
    haiti = [("18.5", "-72.3"), ("19.4", "-72.6")]
    peru = ("-15.1", "-70.1")
    with pytest.raises(RefusedError, match=r"2 of 3 points lie outside PE.*--map default\.country=XX"):
        opened(tmp_path, of_points([*haiti, peru]))
    assert len(rows_of(opened(tmp_path, of_points([*haiti, peru]), assign={"default.country": "HT"}))) == 3
    assert len(rows_of(opened(tmp_path, of_points([*haiti, peru, peru])))) == 4
    pairs = "Título,Tipo,Fecha,Coordenadas\nA,strike,2009,18.5 -72.3\nB,strike,2009,19.4 -72.6\n"
    with pytest.raises(RefusedError, match="2 of 2 points lie outside PE"):
        opened(tmp_path, pairs, assign={"points": "lat-lon"})
    metres = "Título,Tipo,Fecha,Este,Norte\nA,strike,2009,240500,8363000\n"
    with pytest.raises(RefusedError, match="1 of 1 points lie outside PE"):
        opened(tmp_path, metres, assign={"default.utm_zone": "36S"})


def test_a_table_of_peru_is_not_taken_for_another_countrys(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"are not of KE.*--map default\.country=PE"):
        opened(tmp_path, of_departments(["Puno", "Cusco", "Loreto"]), country="KE")
    kenya = rows_of(opened(tmp_path, of_departments(["Kisumu", "Nakuru", "Busia"]), country="KE"))
    assert {(row.draft or {})["country"] for row in kenya} == {"KE"}
    codes = "Título,Tipo,Fecha,Pcode\nA,strike,2009,KE047\n"
    (row,) = rows_of(opened(tmp_path, codes, country="KE"))
    assert (row.draft or {})["country"] == "KE"


UNSIGNED = [("12.04", "-77.03"), ("12.05", "-77.02"), ("12.06", "-77.01")]


def test_signs_that_are_missing_throughout_are_asked_about_and_the_option_reads_them(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="3 of 3 points lack a minus sign") as refused:
        opened(tmp_path, of_points(UNSIGNED))
    assert "--map hemisphere=south-west" in str(refused.value)
    rows = rows_of(opened(tmp_path, of_points(UNSIGNED), assign={"hemisphere": "south-west"}))
    assert [(row.draft or {})["places"][0]["lat"] for row in rows] == [-12.04, -12.05, -12.06]
    pairs = "Título,Tipo,Fecha,Coordenadas\nA,strike,2009,12.04 77.03\n"
    with pytest.raises(RefusedError, match="1 of 1 points lack a minus sign"):
        opened(tmp_path, pairs)
    (row,) = rows_of(opened(tmp_path, pairs, assign={"hemisphere": "south-west"}))
    assert ((row.draft or {})["places"][0]["lon"], (row.draft or {})["places"][0]["lat"]) == (-77.03, -12.04)


def test_a_sign_that_is_missing_in_one_row_puts_it_aside_with_reason_and_option(tmp_path: Path) -> None:
    text = of_points([*UNSIGNED, ("-12.04", "-77.03")])
    rows = rows_of(opened(tmp_path, text))
    assert [bool(row.faults) for row in rows] == [True, True, True, False]
    assert (rows[0].faults[0].field, rows[0].faults[0].value) == ("Lat", "lat 12.04, lon -77.03")
    assert "would be inside with a minus sign" in rows[0].faults[0].reason
    assert "--map hemisphere=south-west" in rows[0].faults[0].reason


@pytest.mark.parametrize(
    ("head", "lat", "lon"),
    [
        ("Latitud sur,Longitud oeste", -12.04, -77.03),
        ("Latitud Sur,Lon", -12.04, -77.03),
        ("Lat,Longitud Oeste", -12.04, -77.03),
    ],
)
def test_the_name_of_a_column_may_say_the_side(tmp_path: Path, head: str, lat: float, lon: float) -> None:
    given_lat = "12.04" if "ur," in head else "-12.04"
    given_lon = "77.03" if "este" in head.lower() else "-77.03"
    (row,) = rows_of(opened(tmp_path, of_points([(given_lat, given_lon)], head)))
    assert ((row.draft or {})["places"][0]["lat"], (row.draft or {})["places"][0]["lon"]) == (lat, lon)


def test_a_letter_or_a_sign_in_a_cell_is_the_last_word() -> None:
    sides = Sides(south=True, west=True)
    assert sides.signed(LonLat(77.0, 12.0), "12", "77") == (-77.0, -12.0)
    assert sides.signed(LonLat(77.0, 12.0), "12 N", "+77") == (77.0, 12.0)
    assert sides.signed(LonLat(-77.0, -12.0), "-12", "-77") == (-77.0, -12.0)


def test_zero_zero_is_no_point(tmp_path: Path) -> None:
    text = of_points([("0", "0"), ("0.0", "-0"), ("-12.04", "-77.03")]).replace("Lat,Lon", "Lat,Lon,Departamento")
    text = re.sub(r"(?m)^(A.*)$", r"\1,Lima", text)
    rows = rows_of(opened(tmp_path, text))
    assert [(row.draft or {})["places"][0].get("lon") for row in rows] == [None, None, -77.03]
    assert [(row.draft or {})["places"][0]["name"] for row in rows[:2]] == ["Lima", "Lima"]
    assert "is how programs write an unknown place" in rows[0].flags[0].reason
    reading = opened(tmp_path, text.replace("-12.04,-77.03", "0,0"))
    rows_of(reading)
    assert [notice.text.split("'")[1] for notice in reading.after() if notice.grave] == ["Lat", "Lon"]


def test_a_point_of_a_row_that_names_another_country_is_not_measured_by_ours(tmp_path: Path) -> None:
    text = of_points([("4.6", "-74.1"), ("-12.0", "-77.0")], "Lat,Lon,País").replace("-74.1", "-74.1,CO")
    rows = rows_of(opened(tmp_path, text.replace("-77.0\n", "-77.0,\n")))
    assert not any(row.faults for row in rows)
    assert (rows[0].draft or {})["places"][0]["lat"] == 4.6


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_signs_help_only_where_they_bring_a_point_home(lon: float, lat: float) -> None:
    box = country_box("PE")
    assert box is not None
    found = with_signs(LonLat(lon, lat), box)
    if found is not None:
        assert box.contains(*found)
        assert (abs(found.lon), abs(found.lat)) == (abs(lon), abs(lat))
        assert found != (lon, lat)


@given(st.sampled_from([unit.name for code, unit in admin_units().items() if len(code) == 2]), st.booleans())
def test_every_department_is_one_in_capitals_and_in_a_phrase(name: str, capitals: bool) -> None:  # noqa: FBT001 — given by hypothesis
    text = f"Gobierno Regional de {name}"
    assert is_unit("PE", text.upper() if capitals else text)


def test_the_first_level_units_of_a_table_are_matched_by_name_in_every_country(tmp_path: Path) -> None:
    names = ["west", "ESTE", "Norte"]
    rows = rows_of(opened(tmp_path, of_departments(names), country="MM", units=UNITS))
    places = [(row.draft or {})["places"][0] for row in rows]
    assert [(place["precision"], place.get("admin_code")) for place in places] == [
        ("department", "MM-91"), ("department", "MM-92"), ("department", None),
    ]  # fmt: skip
    assert [[flag.value for flag in row.flags if "first-level unit" in flag.reason] for row in rows] == [
        [],
        [],
        ["Norte"],
    ]


@pytest.mark.parametrize(
    ("code", "precision", "name"),
    [("MM-91", "department", "Oeste"), ("MM-91.003", "province", "MM-91.003"), ("0505", "area", "0505")],
)
def test_a_code_is_taken_as_it_is_where_nobody_lists_a_countrys_units(
    tmp_path: Path, code: str, precision: str, name: str
) -> None:
    text = f"Título,Tipo,Fecha,admin_code\nA,strike,2009-06-01,{code}\n"
    (row,) = rows_of(opened(tmp_path, text, country="MM", units=UNITS))
    (place,) = (row.draft or {})["places"]
    assert (place["precision"], place["name"], place["admin_code"]) == (precision, name, code)


@pytest.mark.parametrize(
    ("column", "cell", "country"),
    [
        ("gwno", "145", "BO"), ("GWcode", "678.0", "YE"), ("ccode", "255", "DE"), ("COWcode", "679", "YE"),
        ("iso3", "BOL", "BO"), ("ISO_N3", "68", "BO"), ("M49 code", "068", "BO"), ("FIPS", "CI", "CL"),
        ("iso a2", "bo", "BO"), ("país", "Bolivia", "BO"), ("país", "068", "BO"),
    ],
)  # fmt: skip
def test_a_country_is_read_in_the_system_of_codes_that_its_column_names(
    tmp_path: Path, column: str, cell: str, country: str
) -> None:
    """Expected: Gleditsch and Ward 145 and 678, Correlates of War 255 and 679, ISO 3166-1 numeric 068, FIPS 10-4 CI."""
    text = f"Título,Tipo,Fecha,{column}\nA,strike,2009-06-01,{cell}\nB,strike,2009-06-02,{cell}\n"
    rows = rows_of(opened(tmp_path, text))
    assert [(row.draft or {}).get("country") for row in rows] == [country] * 2


def test_the_name_of_a_country_goes_before_its_code(tmp_path: Path) -> None:
    text = "Título,Tipo,Fecha,ccode,country\nA,strike,2009-06-01,145,Chile\n"
    (row,) = rows_of(opened(tmp_path, text))
    assert row.draft is not None
    assert row.draft["country"] == "CL"


def test_a_number_of_another_system_in_a_column_of_countries_puts_its_row_aside(tmp_path: Path) -> None:
    (row,) = rows_of(opened(tmp_path, "Título,Tipo,Fecha,country\nA,strike,2009-06-01,135\n"))
    assert [fault.field for fault in row.faults] == ["country"]
