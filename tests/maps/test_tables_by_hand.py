"""From any table to a page: each fault that a trial found in frames made by hand, with what comes of it now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from squares import BASE

from willay.events import FrameError, FrameWarning, make_frame
from willay.maps import PageSpec, SpecError, TableError, render
from willay.maps.payload import unpack

if TYPE_CHECKING:
    from collections.abc import Callable

SPEC = PageSpec(lang="en")

TABLE: Final = gpd.GeoDataFrame(
    {"event": ["Attack A", "March B", "Protest C"], "date": ["2001-02-03", "2001-02-05", "2001-02-04"]},
    geometry=[shapely.Point(0.5, 0.5), shapely.Point(1.5, 0.5), shapely.Point(0.5, 1.5)],
    crs="EPSG:4326",
)
DEATHS: Final = pd.Series([3, None, 0])


def frame(**columns: Any) -> gpd.GeoDataFrame:
    """Make the frame of the table, with more columns."""
    return make_frame({"title": TABLE["event"], "first_day": TABLE["date"], **columns}, TABLE.geometry)


def filtered() -> gpd.GeoDataFrame:
    known = TABLE[DEATHS.notna()]
    return make_frame({"code": known["event"], "title": known["event"]}, known.geometry)


def turned() -> gpd.GeoDataFrame:
    late = TABLE.sort_values("date", ascending=False)
    return make_frame({"title": list(late["event"])}, late.geometry)


def places(table: gpd.GeoDataFrame) -> dict[str, tuple[float, float]]:
    return {title: (point.x, point.y) for title, point in zip(table["title"], table.geometry, strict=True)}


def test_a_filtered_or_sorted_table_has_each_title_at_its_place() -> None:
    assert places(filtered()) == {"Attack A": (0.5, 0.5), "Protest C": (0.5, 1.5)}
    assert places(turned()) == {"Attack A": (0.5, 0.5), "March B": (1.5, 0.5), "Protest C": (0.5, 1.5)}


REFUSED: Final[dict[str, tuple[Callable[[], Any], type[Exception], str]]] = {
    "a table that is no frame": (lambda: render(TABLE, SPEC), FrameError, r"willay\.events\.make_frame"),
    "a column of its own": (lambda: frame(fatalities=[1, 2, 3]), FrameError, "'fatalities'.*Columns: code, key"),
    "columns of another index": (
        lambda: make_frame({"title": TABLE["event"].set_axis([10, 11, 12])}, TABLE.geometry),
        FrameError,
        "index",
    ),
    "half a person": (lambda: frame(killed_best=[1.5, 0, 0]), FrameError, "killed_best.*1.5"),
    "a latitude of 95": (lambda: make_frame({"title": ["A"]}, [shapely.Point(1, 95)]), FrameError, "not on the Earth"),
    "a last day before the first": (lambda: frame(last_day=["2001-02-01"] * 3), FrameError, "before its first day"),
    "a code used twice": (lambda: frame(code=["A", "B", "A"]), FrameError, "also the code of an earlier row"),
    "regions without names": (
        lambda: render(frame(), SPEC, gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)], crs=4326), BASE),
        TableError,
        "Required columns: set, key, name, geometry",
    ),
    "a page of no kind": (lambda: PageSpec(kind="heatmap"), SpecError, "Choose one of: choropleth, timeline, atlas"),
    "a measure that nobody counted": (
        lambda: render(frame(killed_best=[3, 0, 1]), SPEC.changed(measure="injured"), None, BASE),
        SpecError,
        "Choose one of: incidents, killed",
    ),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_what_is_wrong_is_refused_with_the_column_or_the_way_out(fault: str) -> None:
    make, error, words = REFUSED[fault]
    with pytest.raises(error, match=words):
        make()


def test_regions_of_another_crs_are_refused_with_the_way_out(regions: gpd.GeoDataFrame) -> None:
    with pytest.raises(TableError, match=re.escape("regions.to_crs('EPSG:4326')")):
        render(frame(), SPEC, regions.to_crs("EPSG:3857"), BASE)


def test_a_best_number_alone_is_exact_and_a_point_without_precision_counts_in_its_region(
    regions: gpd.GeoDataFrame,
) -> None:
    html = render(frame(killed_best=DEATHS), SPEC, regions, BASE).html()
    (block,) = re.findall(r'data-block="columns">(.*?)</script>', html)
    _, arrays = unpack(block)
    for bound in ("low", "best", "high"):
        assert arrays[f"killed_{bound}"].tolist() == [4, 1, 0]  # one more than they are, by day; 0 is unknown
    assert np.unique(arrays["member_row"]).tolist() == [0, 1, 2]


def test_no_type_and_types_of_ones_own_are_other_incidents() -> None:
    with pytest.warns(FrameWarning, match="drawn like other events: Battle"):
        render(frame(type="Battle"), SPEC, None, BASE)
    (block,) = re.findall(r'data-block="core">(.*?)</script>', render(frame(), SPEC, None, BASE).html())
    assert unpack(block)[0]["dictionaries"]["type"] == [None, "other"]
