"""No place is in a unit finer than it is known to, in any list, file, sum or page."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from willay.data.profiles import profile
from willay.events.exchange.outgoing import write
from willay.events.exchange.outgoing.regions import write_regions
from willay.events.frame.query import IncidentQuery
from willay.events.frame.regional import region_figures
from willay.events.model.drafts import Bundle, draft
from willay.events.store import Store, migrations
from willay.events.store.record.locating import beside_units
from willay.geo.translation import in_language
from willay.maps import PageSpec
from willay.maps.incidents import incident_columns
from willay.maps.regions import region_columns
from willay.maps.shapes import ShapeTable
from willay.maps.sums import region_values

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Store]

CENTROID = {"lon": -75.0, "lat": -12.0}  # in the unit West, as Peru's is in Huánuco
PLACES: dict[str, tuple[dict[str, Any], list[str | None]]] = {
    "country": ({"precision": "country", **CENTROID}, [None, None, None]),
    "country with a code": ({"precision": "country", "admin_code": "080902"}, [None, None, None]),
    "sea": ({"precision": "sea", **CENTROID}, [None, None, None]),
    "unknown": ({"precision": "unknown", **CENTROID}, [None, None, None]),
    "area": ({"precision": "area", **CENTROID}, [None, None, None]),
    "area with a code": ({"precision": "area", "admin_code": "0809", **CENTROID}, ["Cusco", "La Convención", None]),
    "department": ({"precision": "department", **CENTROID}, ["Oeste", None, None]),
    "department with a finer code": ({"precision": "department", "admin_code": "080902"}, ["Cusco", None, None]),
    "department in a parted unit": ({"precision": "department", "lon": -75.7, "lat": -13.7}, [None, None, None]),
    "province": ({"precision": "province", **CENTROID}, ["Oeste", None, None]),
    "province with a finer code": ({"precision": "province", "admin_code": "080902"}, ["Cusco", "La Convención", None]),
    "district": ({"precision": "district", "admin_code": "080902"}, ["Cusco", "La Convención", "Echarate"]),
    "settlement": ({"precision": "settlement", **CENTROID}, ["Oeste", None, None]),
    "near, within": ({"precision": "near", **CENTROID}, ["Oeste", None, None]),
    "near, over a border": ({"precision": "near", "lon": -74.1, "lat": -12.0}, [None, None, None]),
    "near, over a border, but close": ({"precision": "near", "lon": -74.1, "lat": -12.0, "radius_m": 5000},
                                       ["Oeste", None, None]),
}  # fmt: skip
IN_WEST = {"department", "province", "settlement", "near, within", "near, over a border, but close"}
IN_EAST = {"area with a code", "department with a finer code", "province with a finer code", "district"}  # code 08


@pytest.fixture
def placed(make_store: Make) -> Store:
    incidents = [
        {"title": name, "type": "arrest", "days": "2012-01-01", "status": "published",
         "places": [{"name": name, **place}],
         "claims": [{"measure": "killed", "count": "1", "source": {"publisher": "The Daily", "kind": "press"}}]}
        for name, (place, _) in PLACES.items()
    ]  # fmt: skip
    store = make_store(country="PE")
    source = {"key": "daily", "kind": "press", "publisher": "The Daily"}
    for incident in incidents:
        incident["claims"][0]["source"] = "daily"  # type: ignore[index]
    store.write.add(draft(Bundle, {"sources": [source], "incidents": incidents}), author="ana")
    return store


def test_a_place_has_the_units_that_it_is_known_to(placed: Store) -> None:
    frame = placed.read.select(profile=None)
    units = frame[["adm1", "adm2", "adm3"]].astype(object).where(frame[["adm1", "adm2", "adm3"]].notna(), None)
    assert dict(zip(frame["title"], units.to_numpy().tolist(), strict=True)) == {
        name: expected for name, (_, expected) in PLACES.items()
    }
    cards = {row["title"]: json.loads(row["details"])["places"][0] for row in frame.to_dict("records")}
    for name, (_, expected) in PLACES.items():
        assert [*cards[name].get("admin", []), None, None, None][:3] == expected


def test_files_name_no_finer_unit(placed: Store, tmp_path: Path) -> None:
    path = write(placed.read.pages(details=False, profile="internal"), tmp_path / "a.csv").path
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["title"]: [row[name] or None for name in ("adm1", "adm2", "adm3")] for row in csv.DictReader(file)}
    assert rows == {name: expected for name, (_, expected) in PLACES.items()}
    written = json.loads(
        write(placed.read.pages(details=True, profile="internal"), tmp_path / "a.geojson").path.read_text("utf-8")
    )
    found = {row["properties"]["title"]: row["properties"]["adm1"] for row in written["features"]}
    assert found == {name: expected[0] for name, (_, expected) in PLACES.items()}
    path = write(placed.read.pages(details=True, profile="internal"), tmp_path / "a.hxl.csv").path
    with path.open(encoding="utf-8", newline="") as file:
        coded = {row["title"]: (row["adm1_code"], row["adm2_code"]) for row in csv.DictReader(file)}
    assert coded["country with a code"] == ("", "")
    assert coded["department with a finer code"] == ("08", "")
    assert coded["district"] == ("08", "0809")


def test_sums_of_regions_hold_what_is_known_to_be_in_them(placed: Store, tmp_path: Path) -> None:
    frame, regions = placed.read.select(profile="internal"), placed.regions.select("units")
    west, east, capital = len(IN_WEST), len(IN_EAST), 0
    counts = {"west": west, "east": east, "capital": capital}
    table = region_figures(frame, regions)
    assert dict(zip(table["key"], table["incidents"], strict=True)) == counts
    assert table["killed_best"].fillna(0).tolist() == [counts[key] for key in table["key"]]
    path = write_regions(table, tmp_path / "regions.geojson").path
    written = json.loads(path.read_text("utf-8"))["features"]
    assert {row["properties"]["key"]: row["properties"]["incidents"] for row in written} == counts
    shapes = ShapeTable()
    columns = incident_columns(frame, shapes)
    values = region_values(columns, region_columns(regions, columns, shapes), PageSpec(kind="choropleth"))
    assert {shown.region["key"]: shown.rows for shown in values} == counts
    for key, expected in (("west", IN_WEST), ("east", IN_EAST), ("capital", set())):
        assert set(placed.read.select(IncidentQuery(regions=(f"units/{key}",)), profile=None)["title"]) == expected


def test_the_public_profile_makes_no_unit_or_cell_of_a_country(make_store: Make) -> None:
    store = make_store(country="PE")
    place = {"name": "Perú", "precision": "country", **CENTROID}
    incident = {"title": "A", "type": "arrest", "places": [place], "status": "published", "sensitivity": "restricted"}
    store.write.add(draft(Bundle, {"incidents": [incident]}), author="ana")
    (row,) = store.read.select(profile=profile("public")).to_dict("records")
    assert (row["place_precision"], row["place_name"]) == ("country", "PE")
    assert pd.isna(row["adm1"])
    assert row["geometry"] is None


def test_a_preview_names_no_finer_unit_either(make_store: Make) -> None:
    store = make_store(country="PE")
    incident = {"title": "A", "type": "arrest", "days": "2012-08-01"}
    for place, hits in ((CENTROID | {"precision": "country"}, ()), (CENTROID | {"precision": "site"}, ("Oeste",))):
        given = draft(Bundle, {"incidents": [{**incident, "places": [{"name": "x", **place}]}]}).incidents[0]
        (shown,) = store.write.preview(given).places
        assert shown.admin == hits


def test_units_of_an_earlier_file_are_worked_out_again(placed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for schema in (6, 7, 8):
        monkeypatch.setitem(migrations.UPGRADES, schema, lambda _: None)  # type: ignore[arg-type]  # a dict
    path = placed.path
    expected = placed.read.select(profile=None)["adm1"].tolist()
    placed.close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE place SET adm1 = 'Huánuco' WHERE adm1 IS NULL")
        file.execute("UPDATE incident SET adm1 = 'Huánuco' WHERE adm1 IS NULL")
        file.execute("UPDATE place SET adm2 = 'X', adm3 = 'Y' WHERE precision = 'department'")
        file.execute("UPDATE meta SET value = '5' WHERE key = 'schema_version'")
        file.commit()
    with Store.open(path) as store:
        assert store.read.select(profile=None)["adm1"].tolist() == expected
        assert next(iter(store.read.pages(details=False, profile=None))).frame()["adm1"].notna().sum() == sum(
            isinstance(x, str) for x in expected
        )
        assert [problem for problem in store.file.check() if problem.severity == "error"] == []


def test_a_point_just_outside_all_units_counts_in_the_nearest_and_that_is_told(make_store: Make) -> None:
    store = make_store(country="PE")
    place = {"name": "Isla", "precision": "site", "lon": -76.03, "lat": -12.0, "country": "PE"}  # 3 km west of West
    given = draft(Bundle, {"incidents": [{"title": "A", "type": "arrest", "days": "2012-08-01", "places": [place]}]})
    (warning,) = [one for one in store.write.preview(given.incidents[0]).warnings if "outside" in one]
    assert warning == "'Isla' lies just outside all units of its country, and counts in the nearest one: Oeste."
    store.write.add(given, author="ana")
    frame = store.read.select(profile=None)
    assert frame["adm1"].tolist() == ["Oeste"]
    table = region_figures(frame, store.regions.select("units"))
    assert dict(zip(table["key"], table["incidents"], strict=True)) == {"capital": 0, "east": 0, "west": 1}


@pytest.mark.parametrize(
    "where",
    [{"lon": -76.06}, {"lon": -76.03, "country": "CL"}, {"lon": -76.03, "precision": "department"},
     {"lon": -76.03, "precision": "area"}, {"lon": -75.99}],
)  # fmt: skip
def test_what_is_farther_away_abroad_or_wide_is_in_no_nearest_unit(make_store: Make, where: dict[str, Any]) -> None:
    store = make_store(country="PE")
    place = {"name": "x", "precision": "site", "lat": -12.0, "country": "PE", "admin_code": None, "radius_m": None}
    assert beside_units([{**place, **where}], store.regions.select(profile=None)) == []


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_names_of_units_that_are_stored_do_not_depend_on_who_asks(make_store: Make, lang: str) -> None:
    store = make_store(country="PE")
    place = {"name": "x", "precision": "department", "country": "US", "admin_code": "US-NC"}
    incident = {"title": "A", "type": "arrest", "days": "2012-08-01", "places": [place]}
    with in_language(lang):
        store.write.add(draft(Bundle, {"incidents": [incident]}), author="ana")
    assert store.read.select(profile=None)["adm1"].tolist() == ["Carolina del Norte"]
