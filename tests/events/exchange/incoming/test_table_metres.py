"""Tables whose coordinates are metres of UTM, as GPS receivers and offices in Peru write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from willay.data.boundaries import country_box
from willay.events.exchange.incoming import ReadingOptions, open_reading
from willay.events.exchange.incoming.cell_texts import CellError
from willay.events.exchange.incoming.table.metres import metres, read_metres, zone_crs
from willay.events.model.errors import RefusedError
from willay.geo import BBox

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.model.foreign import ForeignRow

PERU = country_box("PE")
HEADER = "Fecha,Tipo,Lugar,Este,Norte,Zona UTM"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("512345", 512345), ("512345.67", 512345.67), ("512345,67", 512345.67), ("512.345", 512345),
        ("512 345,6", 512345.6), ("512,345.6", 512345.6), ("8.480.123", 8480123), ("8'480'123 m", 8480123),
        ("8480123 mN", 8480123), ("512345 E", 512345),
    ],
)  # fmt: skip
def test_metres_are_read_as_people_write_them(text: str, value: float) -> None:
    assert metres(text) == value


@pytest.mark.parametrize("text", ["", "18S", "-12.04", "512345 km", "8.480.123.5", "512345 8480123"])
def test_what_is_no_metres_is_told(text: str) -> None:
    with pytest.raises(CellError, match="expected metres"):
        metres(text)


@pytest.mark.parametrize(
    ("text", "crs"),
    [
        ("18S", 32718), ("18 s", 32718), ("18 Sur", 32718), ("18L", 32718), ("17", 32717), ("UTM 19-K", 32719),
        ("Zona 18", 32718), ("WGS84 18 S", 32718), ("18N", 32618), ("18 norte", 32618),
    ],
)  # fmt: skip
def test_zones_are_read_as_people_write_them(text: str, crs: int) -> None:
    assert zone_crs(text, PERU) == f"EPSG:{crs}"


@pytest.mark.parametrize(
    ("text", "box", "message"),
    [
        ("61S", PERU, "1 to 60"),
        ("S18", PERU, "expected a UTM zone"),
        ("18", None, "with N or S"),
        ("18 este", PERU, "with N or S"),
        ("36S", BBox(34, 29, 36, 34), "can mean the southern hemisphere or the band"),
    ],
)
def test_a_zone_that_could_be_two_is_told(text: str, box: BBox | None, message: str) -> None:
    with pytest.raises(CellError, match=message):
        zone_crs(text, box)


def test_the_middle_of_a_zone_on_the_equator_is_where_it_is_defined_to_be() -> None:
    point = read_metres("500000", "10000000", "EPSG:32718")
    assert (round(point.lon, 9), round(point.lat, 9)) == (-75, 0)


@given(lon=st.floats(-78, -72), lat=st.floats(-18.3, -0.1))
def test_a_point_comes_back_from_its_metres(lon: float, lat: float) -> None:
    east, north = Transformer.from_crs(4326, 32718, always_xy=True).transform(lon, lat)
    point = read_metres(f"{east:.3f}", f"{north:.3f}", "EPSG:32718")
    assert (point.lon, point.lat) == (pytest.approx(lon, abs=1e-7), pytest.approx(lat, abs=1e-7))


def rows(folder: Path, text: str, *, crs: str | None = None, **assign: str) -> list[ForeignRow]:
    (folder / "a.csv").write_text(text, "utf-8")
    reading = open_reading(folder / "a.csv", "table", ReadingOptions(country="PE", assign=assign, crs=crs))
    return [row for batch in reading.batches for row in batch.rows]


def place(row: ForeignRow) -> dict[str, Any]:
    assert row.faults == ()
    return (row.draft or {})["places"][0]


def test_a_table_in_metres_gives_points_and_keeps_what_it_said(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, f"{HEADER}\n2012-05-28,Paro,Yauri,240 500,8363000,19S\n")
    assert place(row) == {  # by Krüger's series, computed apart from PROJ
        "name": "Yauri", "precision": "settlement", "country": "PE", "lon": -71.4108759, "lat": -14.7945749,
    }  # fmt: skip
    assert (row.draft or {})["original"] == {"Este": "240 500", "Norte": "8363000", "Zona UTM": "19S"}


def test_columns_called_x_and_y_are_metres_where_their_cells_are(tmp_path: Path) -> None:
    text = "Fecha,Tipo,Lugar,X,Y\n2012-05-28,Paro,Yauri,240500,8363000\n2012-05-29,Paro,Yauri,240501,8363001\n"
    with pytest.raises(RefusedError, match=r"--map default.utm_zone=18S.*--crs EPSG:24878"):
        rows(tmp_path, text)
    zoned = rows(tmp_path, text, **{"default.utm_zone": "19S"})
    assert place(zoned[0])["lon"] == -71.4108759
    by_crs = rows(tmp_path, text, crs="EPSG:32719")
    assert place(by_crs[0]) == place(zoned[0])


def test_metres_of_an_older_datum_are_moved_to_wgs_84(tmp_path: Path) -> None:
    text = "Fecha,Tipo,Lugar,Este,Norte\n2012-05-28,Paro,Yauri,240500,8363000\n"
    (row,) = rows(tmp_path, text, crs="EPSG:24879")
    new = place(rows(tmp_path, text, crs="EPSG:32719")[0])
    assert 0.001 < abs(place(row)["lon"] - new["lon"]) < 0.004  # PSAD56 lies some 250 m east and 370 m north of it
    assert 0.002 < abs(place(row)["lat"] - new["lat"]) < 0.005


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ("8363000,240500,19S", "Este", "seem swapped"),
        ("240500,,19S", "Norte", "both easting and northing"),
        ("240500,8363000,", "Este", "need the UTM zone"),
        ("240500,8363000,79S", "Este", "1 to 60"),
        ("240500,abc,19S", "Este", "expected metres"),
    ],
)
def test_what_cannot_be_a_point_is_the_fault_of_its_row(tmp_path: Path, cells: str, column: str, message: str) -> None:
    text = f"{HEADER}\n2012-05-28,Paro,Yauri,240500,8363000,19S\n2012-05-28,Paro,Yauri,{cells}\n"
    (fault,) = rows(tmp_path, text)[1].faults
    assert fault.field == column
    assert message in fault.reason


def test_a_point_outside_the_country_is_flagged_with_its_zone(tmp_path: Path) -> None:
    inside = "2012-05-28,Paro,Yauri,240500,8363000,19S\n"
    row = rows(tmp_path, f"{HEADER}\n{inside}2012-05-28,Paro,Yauri,240500,8363000,22S\n{inside}")[1]
    assert "outside PE; check the zone (EPSG:32722)" in row.flags[0].reason


@pytest.mark.parametrize(("crs", "message"), [("nowhere", "unknown to PROJ"), ("EPSG:4326", "no eastings")])
def test_a_crs_without_metres_is_refused(tmp_path: Path, crs: str, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        rows(tmp_path, f"{HEADER}\n2012-05-28,Paro,Yauri,240500,8363000,19S\n", crs=crs)
