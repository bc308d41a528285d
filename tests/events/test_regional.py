"""Regions with figures against hand calculations, and against the maps' own sums of the same incidents."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from willay.data.codebook import codebook
from willay.events.frame.frame import blank_frame, make_frame
from willay.events.frame.regional import GUARD, region_figures
from willay.events.model.errors import FrameError
from willay.maps import PageSpec
from willay.maps import sums as page_sums
from willay.maps.incidents import incident_columns
from willay.maps.regions import region_columns
from willay.maps.shapes import ShapeTable

if TYPE_CHECKING:
    from collections.abc import Sequence

YEAR = (date(2009, 1, 1), date(2009, 12, 31))


def regions_of(**columns: Any) -> gpd.GeoDataFrame:
    """Return two squares side by side, west and east, and a third in the place of the east from 2010 on."""
    shapes = [shapely.box(-76, -13, -75, -12), shapely.box(-75, -13, -74, -12), shapely.box(-75, -13, -74, -12)]
    usual = {
        "set": "squares",
        "key": ["west", "east", "new-east"],
        "name": ["West", "East", "New East"],
        "valid_from": pd.to_datetime([None, None, "2010-01-01"]),
        "valid_until": pd.to_datetime([None, "2010-01-01", None]),
        "admin_code": [None, None, None],
        "population": ['{"1993": 100, "2007": 50000}', "8000", None],
    }
    return gpd.GeoDataFrame({**usual, **columns}, geometry=shapes, crs=4326)


def frame_of(rows: Sequence[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return incidents at points, on a day of 2009 unless told otherwise."""
    usual = {"first_day": "2009-06-05", "last_day": "2009-06-05", "date_precision": "day", "type": "armed-clash"}
    usual |= {"place_precision": "site", "at": (-75.5, -12.5), "status": "published"}
    told = [{**usual, "code": f"PE-{number}", **row} for number, row in enumerate(rows)]
    names = dict.fromkeys(name for row in told for name in row if name != "at")
    columns = {name: [row.get(name) for row in told] for name in names}
    columns["counted"] = [row.get("counted", True) for row in told]
    return make_frame(columns, [shapely.Point(row["at"]) if row["at"] else None for row in told])


def by_key(found: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    rows = found.to_dict("records")
    return {row["key"]: {name: None if cell is pd.NA else cell for name, cell in row.items()} for row in rows}


def test_figures_are_summed_and_what_is_not_known_is_told_beside_them() -> None:
    rows = [
        {"killed_low": 3, "killed_best": 4, "killed_high": 6},
        {"killed_low": 30},  # thirty or more: no best, so that it stands for it
        {"killed_low": None},
        {"type": "state-measure", "subtype": "state-of-emergency"},  # nobody dies of one
    ]
    west = by_key(region_figures(frame_of(rows), regions_of(), [YEAR]))["west"]
    assert west["incidents"] == 4
    assert (west["killed_low"], west["killed_best"], west["killed_high"]) == (33, 34, None)  # and nobody says how many
    assert (west["killed_known"], west["killed_open"], west["killed_unknown"]) == (2, 1, 1)


def test_an_open_end_of_one_incident_leaves_the_sum_of_its_region_open_and_no_other() -> None:
    rows = [
        {"killed_low": 67, "killed_best": 69, "killed_high": None},
        {"killed_low": 3, "killed_best": 3, "killed_high": 5},
        {"killed_low": 80, "part_of": "PE-0", "counted": False},  # a part of the first: not in the sum
        {"killed_low": 1, "killed_best": 2, "killed_high": 3, "at": (-74.5, -12.5)},
        {"killed_best": 7, "at": (-74.5, -12.5)},  # a number alone is exact
    ]
    found = by_key(region_figures(frame_of(rows), regions_of(), [YEAR]))
    ends = {key: [row[f"killed_{name}"] for name in ("low", "best", "high", "open")] for key, row in found.items()}
    assert ends == {"west": [70, 72, None, 1], "east": [8, 9, 10, 0]}


def test_no_figure_known_is_missing_and_none_killed_is_0() -> None:
    found = by_key(region_figures(frame_of([{"killed_best": 0}, {"at": (-74.5, -12.5)}]), regions_of(), [YEAR]))
    assert (found["west"]["killed_best"], found["west"]["killed_known"]) == (0, 1)
    assert (found["east"]["killed_best"], found["east"]["killed_unknown"]) == (None, 1)


def test_a_part_is_not_counted_beside_its_whole() -> None:
    rows = [{"killed_best": 10}, {"killed_best": 4, "part_of": "PE-0", "counted": False}]
    west = by_key(region_figures(frame_of(rows), regions_of()))["west"]
    assert (west["incidents"], west["killed_best"]) == (1, 10)


def test_only_days_of_the_window_and_regions_valid_in_it_are_taken() -> None:
    rows = [
        {"at": (-74.5, -12.5), "killed_best": 1, "first_day": "2009-12-30", "last_day": "2010-01-02"},
        {"at": (-74.5, -12.5), "killed_best": 2, "first_day": "2011-01-01", "last_day": "2011-01-01"},
        {"at": (-74.5, -12.5), "killed_best": 4, "first_day": None, "last_day": None},
    ]
    windows = [YEAR, (date(2010, 1, 1), date(2010, 12, 31))]
    found = region_figures(frame_of(rows), regions_of(), windows)
    assert found["key"].tolist() == ["west", "east", "west", "new-east"]
    assert found["killed_best"].tolist() == [pd.NA, 1, pd.NA, 1]
    assert found["first_day"].dt.year.tolist() == [2009, 2009, 2010, 2010]
    everything = by_key(region_figures(frame_of(rows), regions_of()))
    assert everything["new-east"]["killed_best"] == 3  # the undated one is in no region with limits of validity


def test_a_rate_takes_the_nearest_census_and_says_why_it_means_little() -> None:
    rows = [{"killed_best": 5}] * 5 + [{"at": (-74.5, -12.5), "killed_best": 4}]
    found = by_key(region_figures(frame_of(rows), regions_of(), [YEAR]))
    west, east = found["west"], found["east"]
    assert (west["people"], west["people_year"], west["killed_per_100k"]) == (50_000, 2007, 50.0)
    assert west["killed_guard"] == ""  # 25 killed in 5 incidents
    assert (east["people"], east["people_year"], east["killed_per_100k"]) == (8_000, None, 50.0)
    assert east["killed_guard"] == "incidents; counted; people"


def test_a_region_without_people_has_no_rate_and_no_guard() -> None:
    rows = [{"at": (-74.5, -12.5), "killed_best": 1, "first_day": "2011-01-01", "last_day": "2011-01-01"}]
    new = by_key(region_figures(frame_of(rows), regions_of(), [(date(2011, 1, 1), date(2011, 1, 1))]))["new-east"]
    assert (new["killed_per_100k"], new["killed_guard"]) == (None, None)
    assert new["area_km2"] == pytest.approx(12_020, rel=0.01)  # a square degree at 12.5° S


def test_no_incidents_give_every_region_all_the_same() -> None:
    found = region_figures(blank_frame(), regions_of(), [YEAR])
    assert found["key"].tolist() == ["west", "east"]
    assert found["incidents"].tolist() == [0, 0]
    assert found["killed_best"].isna().all()


def test_where_a_frame_comes_from_stays_with_it() -> None:
    frame = frame_of([{}])
    frame.attrs["policy"] = "median"
    assert region_figures(frame, regions_of()).attrs == {"policy": "median"}


def test_a_table_that_is_no_table_of_regions_is_refused() -> None:
    with pytest.raises(FrameError, match="regions lacks admin_code"):
        region_figures(frame_of([{}]), regions_of().drop(columns=["admin_code"]))


def test_the_guard_is_that_of_the_maps() -> None:
    assert page_sums.GUARD == GUARD


@pytest.mark.parametrize("window", [None, YEAR, (date(2010, 3, 1), date(2012, 2, 1))])
@pytest.mark.parametrize("measure", ["killed", "injured"])
def test_sums_are_those_of_the_maps(window: Any, measure: str) -> None:
    chance = np.random.default_rng(20_090_605)
    types = codebook().types.codes()

    def row(number: int) -> dict[str, Any]:
        day = None if chance.random() < 0.1 else date(2008 + int(chance.integers(5)), int(chance.integers(1, 13)), 3)
        low, more, most = (int(value) for value in chance.integers(0, 9, 3))
        bounds = {"low": low, "best": low + more, "high": low + more + most}
        kept = {f"{measure}_{name}": value for name, value in bounds.items() if chance.random() < 0.6}
        whole = {"part_of": f"PE-{number - 1}", "counted": False} if number and chance.random() < 0.2 else {}
        at = (float(chance.uniform(-76, -74)), float(chance.uniform(-13, -12)))
        return {"first_day": day, "last_day": day, "type": str(chance.choice(types)), "at": at, **kept, **whole}

    frame, regions = frame_of([row(number) for number in range(200)]), regions_of()
    found = region_figures(frame, regions, None if window is None else [window], measures=[measure])
    shapes = ShapeTable()
    incidents = incident_columns(frame, shapes)
    spec = PageSpec(kind="choropleth", measure=measure, rate="people", acts=True)
    expected = page_sums.region_values(incidents, region_columns(regions, incidents, shapes), spec, window)
    names = ["incidents", *(f"{measure}_{name}" for name in ("low", "best", "high", "known", "open", "unknown"))]
    for theirs, ours in zip(expected, by_key(found).values(), strict=True):
        high = None if theirs.open else theirs.high
        told = [theirs.rows, theirs.low, theirs.best, high, theirs.known, theirs.open, theirs.unknown]
        assert [ours[name] for name in names] == told, ours["key"]
        if theirs.people:
            assert ours[f"{measure}_per_100k"] == pytest.approx(theirs.value, abs=0.001)
            assert tuple(filter(None, ours[f"{measure}_guard"].split("; "))) == theirs.reasons


def test_sums_say_on_what_terms_they_and_their_outlines_are() -> None:
    rows = [
        {"dataset": "borrowed", "licence": "Ask first", "attribution": "The lender", "may_publish": False},
        {"dataset": "open", "licence": "CC-BY-4.0", "may_publish": True, "sensitivity": "restricted"},
    ]
    outlines = {"licence": ["CC0-1.0"] * 3, "attribution": ["A survey"] * 3}
    found = region_figures(frame_of(rows), regions_of(**outlines))
    for row in found.to_dict("records"):
        assert (row["dataset"], row["licence"], row["attribution"]) == (
            "borrowed; open",
            "Ask first; CC-BY-4.0",
            "The lender",
        )
        assert (row["may_publish"], row["sensitivity"]) == (False, "restricted")
        assert (row["outline_licence"], row["outline_attribution"]) == ("CC0-1.0", "A survey")
    assert [one["name"] for one in found.attrs["datasets"]] == ["borrowed", "open"]
    assert not {"dataset", "outline_licence"} & set(region_figures(frame_of([{}]), regions_of()).columns)
