"""What a frame states of itself after pandas has joined, dissolved or added it: what still holds, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import willay as wy
from willay.events.frame.provenance import ORIGIN, origin_of
from willay.events.model.policy import POLICY_VERSION
from willay.maps.foot import policy_of
from willay.maps.incidents import incident_columns
from willay.maps.shapes import ShapeTable

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.filterwarnings("ignore:The profile public .* leaves out")

POINTS = [shapely.Point(-77 - number, -9) for number in range(3)]


def stated(policy: str | None, codes: tuple[str, ...] = ("1", "2", "3")) -> gpd.GeoDataFrame:
    """A frame as a store gives it, that states a policy, a question and a profile."""
    origin: Any = {"policy": policy, "policy_version": 4, "question": "days 2012", "profile": "public (version 2)"}
    columns = {"code": list(codes), "title": "March", "type": "protest", "country": "PE", "revision": 1}
    return wy.make_frame(columns, POINTS[: len(codes)], origin if policy else None)


def joined(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return frame.merge(pd.DataFrame({"code": ["1", "2", "3"], "other": [1, 2, 3]}), on="code")


def spatially_joined(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    areas = gpd.GeoDataFrame({"area": ["all"]}, geometry=[shapely.box(-90, -20, -60, 0)], crs=4326)
    return frame.sjoin(areas).drop(columns="index_right")


def dissolved(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return frame.dissolve(by="code", aggfunc="first").reset_index()


def taken_apart(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    table = pd.DataFrame(frame)
    table.attrs = {}
    return gpd.GeoDataFrame(table, geometry="geometry", crs=4326)


def grouped(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    parts = [part for _, part in frame.groupby("code")]
    return gpd.GeoDataFrame(pd.concat([pd.DataFrame(part) for part in parts]), geometry="geometry", crs=4326)


def through_records(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(frame.to_dict("records"), geometry="geometry", crs=4326).astype(
        {name: kind for name, kind in frame.dtypes.items() if name not in {"geometry", ORIGIN}}
    )


@pytest.mark.parametrize("how", [joined, spatially_joined, dissolved, taken_apart, grouped, through_records])
def test_what_pandas_drops_is_still_stated(how: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]) -> None:
    changed = how(stated("maximum"))
    changed.attrs = {}
    assert origin_of(changed)["policy"] == "maximum"
    page = wy.timeline(changed, lang="en", base=wy.BaseMap())
    assert page.frame.attrs["question"] == "days 2012"
    assert "policy=maximum" in page.picture().keywords


def test_two_policies_in_one_table_are_not_stated_as_either() -> None:
    both = pd.concat([stated("maximum", ("1", "2")), stated("minimum", ("3",))], ignore_index=True)
    for attrs in ({}, {"policy": "maximum", "policy_version": 4}):  # whatever somebody has copied
        both.attrs = attrs
        told = origin_of(both)
        assert "policy" not in told
        assert told["question"] == "days 2012"
    drawn = wy.timeline(both, lang="en", base=wy.BaseMap())
    assert "policy=" not in drawn.picture().keywords
    facts = incident_columns(drawn.frame, ShapeTable())
    assert policy_of(facts.frame.attrs)["name"] is None


def test_rows_that_state_nothing_leave_nothing_stated() -> None:
    both = pd.concat([stated("maximum", ("1", "2")), stated(None, ("3",))], ignore_index=True)
    both.attrs = {"policy": "maximum"}
    assert origin_of(both) == {}


def test_a_frame_by_hand_states_nothing_and_has_no_such_column() -> None:
    frame = stated(None)
    assert ORIGIN not in frame.columns
    assert origin_of(frame) == {}


def test_what_cannot_be_read_states_nothing() -> None:
    frame = stated("maximum").assign(**{ORIGIN: "no JSON"})
    frame.attrs = {}
    assert origin_of(frame) == {}


def test_the_record_among_other_rows_is_said_aloud(db: wy.Database) -> None:
    with pytest.warns(wy.DisclosureWarning, match="restricted or confidential"):
        record = db.select(profile=None)
    half = record[record["code"].isin(["PE-2009-0002"])]
    public = db.select()
    mixed = pd.concat([public[~public["code"].isin(["PE-2009-0002"])], half], ignore_index=True)
    with pytest.warns(wy.DisclosureWarning, match="shown as recorded"):
        wy.write(mixed, "mixed.geojson")


def test_a_selection_states_its_policy_after_a_join(db: wy.Database) -> None:
    frame = db.select(type="riot", policy="latest", lang="es")
    changed = frame.merge(pd.DataFrame({"code": frame["code"], "mine": range(len(frame))}), on="code")
    assert origin_of(changed)["policy"] == "latest"
    assert origin_of(changed)["policy_version"] == POLICY_VERSION
    assert wy.atlas(changed).spec.lang == "es"


def test_a_frame_can_still_be_written_by_its_own_means(db: wy.Database) -> None:
    frame = db.select(type="riot", details=False)
    frame.to_file("riots.gpkg", engine="pyogrio")
    assert gpd.read_file("riots.gpkg")[ORIGIN].unique().size == 1
    frame.to_parquet("riots.parquet")
    again = gpd.read_parquet("riots.parquet")
    again.attrs = {}
    assert origin_of(again)["policy"] == "ranked-source"
