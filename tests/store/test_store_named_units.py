"""No list, file, page or profile names a unit that no code, name or point of the place gives, in any country."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely
from fuzzing import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from willay.data.profiles import profile
from willay.events.exchange.outgoing import write
from willay.events.frame.regional import region_figures
from willay.events.model.drafts import Bundle, draft
from willay.events.store import RegionSet, Store
from willay.maps import PageSpec
from willay.maps.incidents import incident_columns
from willay.maps.regions import region_columns
from willay.maps.shapes import ShapeTable
from willay.maps.sums import region_values

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    Make = Callable[..., Store]

WEST, EAST = shapely.box(95, 18, 97, 24), shapely.box(97, 18, 99, 24)
NAMES = {"MM-1": "Oeste", "MM-10": "Este"}
"""Made-up units; the code of one is the beginning of the other's."""
CHAINS = {
    "MM-1": ["MM-1"],
    "MM-1.3": ["MM-1", "MM-1.3"],
    "MM-10": ["MM-10"],
    "T77": ["MM-10", "T77"],
    "MM-99": ["MM-99"],
}
"""What lies in what, written by hand: T77 names its parent in the table of regions."""

POINTS = {"west": (96.0, 20.0), "east": (98.0, 20.0), "coast": (94.97, 20.0), None: None}
BY_POINT = {"west": "MM-1", "east": "MM-10"}
PRECISIONS = ("site", "settlement", "near", "area", "district", "province", "department", "country", "sea", "unknown")
POINT, UNIT = PRECISIONS[:3], PRECISIONS[4:7]


def divided() -> list[RegionSet]:
    """Return the first-level units of a made-up Myanmar, and a township with an official code."""
    units = gpd.GeoDataFrame(
        {"key": ["west", "east"], "name_es": [*NAMES.values()], "admin_code": [*NAMES], "definition": '{"parent":""}'},
        geometry=[WEST, EAST], crs=4326,
    )  # fmt: skip
    township = gpd.GeoDataFrame(
        {"key": ["t"], "name_es": ["Pueblo"], "admin_code": ["T77"], "definition": '{"parent":"MM-10"}'},
        geometry=[shapely.box(98, 19, 98.5, 21)], crs=4326,
    )  # fmt: skip
    return [RegionSet("mm-adm1", units), RegionSet("mm-adm3", township)]


def expected(place: dict[str, Any]) -> str | None:
    """Return the code of the one first-level unit that a place may be said to lie in, by the rule."""
    precision, code, at = place["precision"], place["code"], place["at"]
    if code:
        return CHAINS[code][0] if precision in (*POINT, *UNIT, "area") and CHAINS[code][0] in NAMES else None
    if precision in POINT:
        return "MM-1" if at == "coast" else BY_POINT.get(at)
    return BY_POINT.get(at) if precision in UNIT else None  # a point that stands for a unit lies in it


PLACES = st.fixed_dictionaries(
    {"precision": st.sampled_from(PRECISIONS), "code": st.sampled_from([None, None, *CHAINS]),
     "at": st.sampled_from([*POINTS]), "restricted": st.booleans()},
)  # fmt: skip


def incident(number: int, place: dict[str, Any]) -> dict[str, Any]:
    point = POINTS[place["at"]]
    at = {"lon": point[0], "lat": point[1], "radius_m": 1000} if point else {}
    if place["precision"] != "near":
        at.pop("radius_m", None)
    code = {"admin_code": place["code"]} if place["code"] else {}
    where = {"name": f"place {number}", "precision": place["precision"], **at, **code}
    return {
        "title": f"t{number}", "type": "protest", "days": "2012-05-01", "status": "published", "places": [where],
        **({"sensitivity": "restricted"} if place["restricted"] else {}),
    }  # fmt: skip


@settings(
    max_examples=examples(4),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(places=st.lists(PLACES, min_size=8, max_size=30))
def test_a_unit_is_named_only_where_a_code_a_name_or_a_point_gives_it(
    make_store: Make, tmp_path_factory: pytest.TempPathFactory, places: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("mm")
    store = make_store(f"{folder.name}.gpkg", country="MM", region_sets=divided())
    made = [incident(number, place) for number, place in enumerate(places)]
    store.write.add(draft(Bundle, {"incidents": made}), author="ana")
    want = {f"t{number}": expected(place) for number, place in enumerate(places)}
    named = {title: code and NAMES[code] for title, code in want.items()}
    assert listed(store) == named
    assert in_files(store, folder) == {title: name or None for title, name in named.items()}
    assert summed(store) == {code: [*want.values()].count(code) for code in NAMES}
    hidden_by_profile(store, named)


def listed(store: Store) -> dict[str, str | None]:
    frame = store.read.select(profile=None)
    units = frame["adm1"]
    return {title: unit if isinstance(unit, str) else None for title, unit in zip(frame["title"], units, strict=True)}


def in_files(store: Store, folder: Path) -> dict[str, str | None]:
    """Return the unit of each incident, the same in a table and in GeoJSON."""
    path = write(store.read.pages(details=False, profile="internal"), folder / "a.csv").path
    with path.open(encoding="utf-8", newline="") as file:
        table = {row["title"]: row["adm1"] or None for row in csv.DictReader(file)}
    path = write(store.read.pages(details=True, profile="internal"), folder / "a.geojson").path
    features = json.loads(path.read_text("utf-8"))["features"]
    assert {one["properties"]["title"]: one["properties"]["adm1"] for one in features} == table
    return table


def summed(store: Store) -> dict[str, int]:
    """Return how many incidents each unit holds, the same in a table of regions and on a page."""
    frame, regions = store.read.select(profile="internal"), store.regions.select("mm-adm1")
    table = region_figures(frame, regions)
    shapes = ShapeTable()
    columns = incident_columns(frame, shapes)
    shown = region_values(columns, region_columns(regions, columns, shapes), PageSpec(kind="choropleth"))
    keys = dict(zip(table["key"], table["incidents"], strict=True))
    assert {one.region["key"]: one.rows for one in shown} == keys
    return {code: int(keys[key]) for code, key in zip(NAMES, ("west", "east"), strict=True)}


def hidden_by_profile(store: Store, named: dict[str, str | None]) -> None:
    """Check that what the public profile coarsens is in the unit it was in, or in none."""
    frame = store.read.select(profile=profile("public"))
    allowed = {*named.values(), None}
    for unit, precision in zip(frame["adm1"], frame["place_precision"], strict=True):
        assert (unit if isinstance(unit, str) else None) in allowed
        assert not (isinstance(unit, str) and precision in {"country", "sea", "unknown"})
