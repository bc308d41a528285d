from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely

from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.model.drafts import IncidentDraft
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.model.foreign import ForeignRow

FILES = {"x.geojson": "GeoJSON", "x.gpkg": "GPKG", "x.shp": "ESRI Shapefile", "x.fgb": "FlatGeobuf", "x.kml": "KML"}


def layer(shapes: list[Any], crs: str = "EPSG:4326") -> gpd.GeoDataFrame:
    number = len(shapes)
    return gpd.GeoDataFrame(
        {
            "titulo": [f"Choque {n}" for n in range(number)],
            "tipo": ["armed-clash"] * number,
            "fecha": ["2012-04-09"] * number,
            "muertos": list(range(number)),
        },
        geometry=shapes,
        crs="EPSG:4326",
    ).to_crs(crs)


def rows_of(path: Path, **options: Any) -> list[ForeignRow]:
    name = guess_format(path)
    assert name == "gis"
    return [
        row
        for batch in open_reading(path, name, ReadingOptions(**{"country": "PE", **options})).batches
        for row in batch.rows
    ]


@pytest.mark.parametrize("name", [*FILES, "x.parquet"])
def test_points_of_any_format_become_drafts(tmp_path: Path, name: str) -> None:
    frame = layer([shapely.Point(-73.04, -12.63), shapely.Point(-71.5, -14.25)])
    path = tmp_path / name
    if name == "x.parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(path, driver=FILES[name], engine="pyogrio")
    drafts = [IncidentDraft.model_validate(row.draft) for row in rows_of(path)]
    drafts.sort(key=lambda draft: draft.title["und"])  # FlatGeobuf keeps features in an order of its own
    assert [(draft.title, draft.type, draft.days) for draft in drafts] == [
        ({"und": "Choque 0"}, "armed-clash", "2012-04-09"),
        ({"und": "Choque 1"}, "armed-clash", "2012-04-09"),
    ]
    assert [(draft.places[0].lon, draft.places[0].lat) for draft in drafts] == [
        (pytest.approx(-73.04), pytest.approx(-12.63)),
        (pytest.approx(-71.5), pytest.approx(-14.25)),
    ]
    assert [str(draft.claims[0].count) for draft in drafts] == ["0", "1"]


def test_any_crs_is_brought_to_degrees(tmp_path: Path) -> None:
    path = tmp_path / "x.gpkg"
    layer([shapely.Point(-73.04, -12.63)], "EPSG:32718").to_file(path, driver="GPKG", engine="pyogrio")
    (row,) = rows_of(path)
    assert row.draft is not None
    assert row.draft["places"][0]["lon"] == pytest.approx(-73.04, abs=1e-6)


def test_an_area_is_a_point_inside_it_with_its_reach_and_is_flagged(tmp_path: Path) -> None:
    area = shapely.box(-73.1, -12.7, -73.0, -12.6)
    path = tmp_path / "x.geojson"
    layer([area]).to_file(path, driver="GeoJSON", engine="pyogrio")
    (row,) = rows_of(path)
    assert row.draft is not None
    (place,) = IncidentDraft.model_validate(row.draft).places
    assert area.contains(shapely.Point(place.lon, place.lat))
    assert place.radius_m == pytest.approx(7_800, rel=0.05)  # half the diagonal of 0.1° by 0.1° here
    assert row.flags


def test_a_layer_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.gpkg"
    layer([shapely.Point(-73.04, -12.63)]).to_file(path, driver="GPKG", engine="pyogrio")
    with pytest.raises(RefusedError, match="none"):
        rows_of(path, layer="none")


def test_a_file_that_is_no_gis_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.gpkg"
    path.write_bytes(b"not at all")
    with pytest.raises(RefusedError, match=r"x\.gpkg"):
        rows_of(path)
