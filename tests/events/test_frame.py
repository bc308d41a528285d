from __future__ import annotations

import json

import pandas as pd
import pytest
import shapely

from willay.events.frame.columns import NAMES
from willay.events.frame.frame import blank_frame, check_frame, details_of, explode_places, make_frame, summable
from willay.events.model.errors import FrameError

TWO_PLACES = {
    "places": [
        {"name": "Kepashiato", "precision": "settlement", "lon": -73.204434, "lat": -12.636861, "admin": ["Cusco"]},
        {"name": "Kiteni", "precision": "settlement", "lon": -73.048189, "lat": -12.648001, "admin": ["Cusco"]},
    ]
}


def test_a_frame_made_of_a_few_columns_has_all_of_them() -> None:
    frame = make_frame({"code": ["XX-2020-0001"], "killed_best": [0]}, [shapely.Point(-73, -12)])
    assert list(frame.columns) == [*NAMES, "geometry"]
    assert frame["killed_best"].tolist() == [0]
    assert frame["injured_best"].isna().all()
    assert frame["counted"].all()


def test_a_column_that_the_frame_does_not_know_is_refused() -> None:
    with pytest.raises(FrameError, match="Unknown column 'deaths'"):
        make_frame({"deaths": [1]}, [None])


def test_a_table_that_lacks_columns_or_a_crs_is_refused_with_how_to_mend_it() -> None:
    with pytest.raises(FrameError, match="lacks code"):
        check_frame(blank_frame().drop(columns=["code"]))
    with pytest.raises(FrameError, match="set_crs"):
        check_frame(blank_frame().set_crs(None, allow_override=True))
    with pytest.raises(FrameError, match="to_crs"):
        check_frame(blank_frame().to_crs("EPSG:3857"))


def test_each_place_can_have_a_row_of_its_own() -> None:
    frame = make_frame(
        {"code": ["A", "B"], "details": [json.dumps(TWO_PLACES), None]}, [shapely.Point(-73.204434, -12.636861), None]
    )
    places = explode_places(frame)
    assert places["place_name"].fillna("-").tolist() == ["Kepashiato", "Kiteni", "-"]
    assert places.index.tolist() == [0, 0, 1]
    assert places.geometry.iloc[1].x == pytest.approx(-73.048189)
    assert places.dtypes[list(NAMES)].equals(frame.dtypes[list(NAMES)])


def test_the_card_of_a_row_without_details_is_empty() -> None:
    assert details_of({"details": float("nan")})["claims"] == []
    assert details_of(pd.Series({"details": json.dumps(TWO_PLACES)}))["places"][1]["name"] == "Kiteni"


def test_a_part_adds_to_a_sum_only_where_its_whole_says_nothing_of_the_measure() -> None:
    columns = {"code": ["W", "P", "Q"], "part_of": [None, "W", "GONE"], "counted": [True, False, True]}
    frame = make_frame({**columns, "killed_best": [5, 4, 1], "detained_best": [None, 15, None]}, [None] * 3)
    assert summable(frame, "killed").tolist() == [True, False, True]
    assert summable(frame, "detained").tolist() == [True, True, True]


def test_a_part_whose_whole_may_not_be_named_is_in_no_sum() -> None:
    columns = {"code": ["A", "B", "C"], "counted": [True, False, True], "killed_best": [5, 4, 1]}
    frame = make_frame(columns, [None] * 3)
    assert frame.loc[summable(frame, "killed"), "killed_best"].sum() == 6
