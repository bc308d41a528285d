"""Columns of plain cells, and frames made of them and taken apart again."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from willay.events.frame.cells import as_cells, cells_of_frame, of_one_origin
from willay.events.frame.columns import DRAFT
from willay.events.frame.frame import blank_frame, make_frame
from willay.events.model.errors import FrameError


def example() -> gpd.GeoDataFrame:
    columns = {
        "code": ["PE-2009-0001", "PE-2009-0002"],
        "first_day": ["2009-06-05", None],
        "radius_m": [500.0, None],
        "killed_best": [33, None],
        "counted": [True, False],
    }
    return make_frame(columns, [shapely.Point(-78.4, -5.6), None], {"lang": "es", "question": ""})


def test_cells_are_plain() -> None:
    page = cells_of_frame(example())
    names = ("code", "first_day", "radius_m", "killed_best", "counted", "title")
    assert [page.of(name) for name in names] == [
        ["PE-2009-0001", "PE-2009-0002"],
        ["2009-06-05", None],
        [500.0, None],
        [33, None],
        [True, False],
        [None, None],
    ]
    assert (len(page), page.origin, page.of(DRAFT)) == (2, {"lang": "es", "question": ""}, [None, None])


@pytest.mark.parametrize("drafts", [True, False])
def test_a_frame_comes_back_from_its_cells(*, drafts: bool) -> None:
    frame = example()
    if drafts:
        frame[DRAFT] = pd.Series(["{}", "{}"], dtype="str")
    again = cells_of_frame(frame).frame()
    pd.testing.assert_frame_equal(pd.DataFrame(again), pd.DataFrame(frame))
    assert again.attrs == frame.attrs


def test_a_part_is_some_of_the_incidents() -> None:
    page = cells_of_frame(example())
    assert (len(page.part(1, 5)), page.part(1, 5).of("code"), page.part(0, 1).shapes[0].x) == (
        1,
        ["PE-2009-0002"],
        -78.4,
    )


def test_pages_of_either_form_are_taken_and_other_tables_refused() -> None:
    frame = example()
    (one, other) = as_cells([frame, cells_of_frame(frame)])
    assert one.columns == other.columns
    assert len(next(as_cells([blank_frame()]))) == 0
    with pytest.raises(FrameError, match="lacks code"):
        next(as_cells([gpd.GeoDataFrame({"a": [1]}, geometry=[None], crs="EPSG:4326")]))


def test_pages_of_two_policies_are_not_one_file() -> None:
    one, other = cells_of_frame(example()), cells_of_frame(example())
    one.origin["policy"], other.origin["policy"] = "median", "latest"
    assert len([*of_one_origin([one, one])]) == 2
    with pytest.raises(FrameError, match="Page 1 states policy 'latest' but the first page states 'median'"):
        list(of_one_origin([one, other]))
