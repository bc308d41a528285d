"""Frames made by hand: whatever pandas has done to a table, no incident gets another one's values."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pandas.testing import assert_frame_equal

from willay.events import FrameError, make_frame
from willay.events.frame.cells import cells_of_frame
from willay.events.frame.columns import COLUMNS
from willay.events.frame.publishing import check_publishable
from willay.events.frame.regional import region_figures
from willay.events.frame.row_checks import check_rows
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

PLACES = [shapely.Point(-74.1, -13.2), shapely.Point(-76.5, -12.0), shapely.Point(-75.2, -11.1)]
TABLE = gpd.GeoDataFrame(
    {
        "event": ["Attack A", "Ambush B", "Protest C"],
        "date": ["2003-02-01", "2001-05-06", "2002-07-08"],
        "deaths": [3, None, 0],
    },
    geometry=PLACES,
    crs="EPSG:4326",
)
SAMPLE = {
    "str": ["a", "b", "c"], "Int32": [3, 5, 7], "float64": [100.0, 2000.0, 30.5], "bool": [True, False, True],
    "boolean": [False, None, True],
    "datetime64[s]": ["2003-02-01", "2004-05-06", "2005-07-08"],
}  # fmt: skip
EARLIER = ["2003-01-01", "2004-01-01", "2005-01-01"]


LEVELS = ["confidential", None, "public"]


def given(name: str, dtype: str) -> tuple[dict[str, Any], list[Any]]:
    """Return what must be given with a column, and the column's own values."""
    fixed: dict[str, Any] = {} if name == "code" else {"code": ["X", "Y", "Z"]}
    if name == "last_day":
        fixed["first_day"] = EARLIER
    return fixed, LEVELS if name == "sensitivity" else SAMPLE[dtype]


FORMS: dict[str, Callable[[list[Any]], Any]] = {
    "tuple": tuple,
    "ndarray": lambda values: np.array(values, dtype=object),
    "Series": pd.Series,
    "Series with a shuffled index": lambda values: pd.Series(values, index=[2, 0, 1]),
    "Series with an index of texts": lambda values: pd.Series(values, index=["q", "r", "s"]),
    "Series with one label for all": lambda values: pd.Series(values, index=[7, 7, 7]),
    "extension array": pd.array,
    "Index": pd.Index,
    "generator": lambda values: (value for value in values),
}


EVERY = {column.name: given(column.name, column.dtype)[1] for column in COLUMNS} | {
    "code": ["X", "Y", "Z"], "first_day": EARLIER,
}  # fmt: skip
"""Values of every column, for three incidents."""


@pytest.mark.parametrize("form", FORMS)
def test_all_columns_are_the_same_in_every_form(form: str) -> None:
    plain = make_frame(EVERY, PLACES)
    assert_frame_equal(make_frame({name: FORMS[form](values) for name, values in EVERY.items()}, PLACES), plain)
    assert plain.index.equals(pd.RangeIndex(3))


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_a_column_beside_few_others_is_taken_by_position(column: Any) -> None:
    fixed, values = given(column.name, column.dtype)
    shuffled = FORMS["Series with a shuffled index"](values)
    plain = make_frame({**fixed, column.name: values}, PLACES)
    assert_frame_equal(make_frame({**fixed, column.name: shuffled}, PLACES), plain)


@pytest.mark.parametrize(
    "geometry",
    [
        tuple(PLACES),
        np.array(PLACES, dtype=object),
        gpd.GeoSeries(PLACES, crs="EPSG:4326"),
        gpd.GeoSeries(PLACES, index=[2, 0, 1], crs="EPSG:4326"),
        gpd.GeoSeries(PLACES).array,
        gpd.GeoDataFrame(geometry=PLACES, crs="EPSG:4326"),
    ],
)
def test_geometries_are_the_same_in_every_form(geometry: Any) -> None:
    frame = make_frame({"title": ["A", "B", "C"]}, geometry)
    assert_frame_equal(frame, make_frame({"title": ["A", "B", "C"]}, PLACES))


def test_a_sorted_table_leaves_each_place_with_its_title() -> None:
    turned = TABLE.sort_values("date", ascending=False)
    frame = make_frame({"title": list(turned.event), "first_day": turned.date}, turned.geometry)
    longitudes = dict(zip(frame["title"], frame.geometry.x, strict=True))
    assert longitudes == {"Attack A": -74.1, "Ambush B": -76.5, "Protest C": -75.2}


def test_a_filtered_table_gives_its_rows_and_no_others() -> None:
    known = TABLE[TABLE.deaths.notna()]
    frame = make_frame({"code": known.event, "title": known.event, "killed_best": known.deaths}, known.geometry)
    assert frame["title"].tolist() == ["Attack A", "Protest C"]
    assert frame.geometry.x.tolist() == [-74.1, -75.2]
    assert frame["killed_best"].tolist() == [3, 0]


def test_columns_whose_indexes_differ_are_refused() -> None:
    with pytest.raises(FrameError, match="'title' and 'geometry' have different indexes"):
        make_frame({"title": TABLE.event.sort_values()}, TABLE.geometry)
    with pytest.raises(FrameError, match="'title' and 'geometry' have different indexes"):
        make_frame({"title": TABLE.event}, TABLE.set_index("date").geometry)
    with pytest.raises(FrameError, match="'title' and 'summary' have different indexes"):
        make_frame({"title": TABLE.event, "summary": TABLE.event[::-1]}, PLACES)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"title": ["A", "B"]}, "'title' has 2 values and the geometry has 3"),
        ({"title": {"A", "B", "C"}}, "'title' is a set"),
        ({"title": {"a": 1}}, "'title' is a dict"),
        ({"code": ["A", "B", "A"]}, "row 2 .*code 'A' is also the code of an earlier row"),
        ({"code": ["A", None, "C"]}, "row 1 .*has no code"),
        ({"killed_best": [1, 1.5, 2]}, "'killed_best' is '1.5' in row 1.*whole number"),
        ({"killed_best": [1, -1, 2]}, "'killed_best' is '-1' in row 1"),
        ({"killed_best": [1, True, 2]}, "'killed_best' is 'True' in row 1"),
        ({"killed_best": [1, "many", 2]}, "'killed_best' is 'many' in row 1"),
        ({"killed_best": [1, 3e9, 2]}, "'killed_best' is '3000000000.0' in row 1"),
        ({"killed_best": np.array(["2001-01-01"] * 3, "datetime64[s]")}, "'killed_best'.*whole number"),
        ({"killed_low": [5, 1, 1], "killed_best": [4, 1, 1]}, "killed_low is more than killed_best in row 0"),
        ({"killed_best": [5, 1, 1], "killed_high": [4, 1, 1]}, "killed_best is more than killed_high in row 0"),
        ({"killed_low": [5, 1, 1], "killed_high": [4, 1, 1]}, "killed_low is more than killed_high in row 0"),
        ({"radius_m": [5, -1, 1]}, "'radius_m' is '-1' in row 1"),
        ({"radius_m": [5, np.inf, 1]}, "'radius_m' is 'inf' in row 1"),
        ({"first_day": ["2001-01-01", "05/06/2001", None]}, "'first_day' is '05/06/2001' in row 1.*2009-06-05"),
        ({"first_day": ["2001-01-01", "2001-02", None]}, "'first_day' is '2001-02' in row 1"),
        ({"first_day": ["2001-01-01", "2001-02-30", None]}, "'first_day' is '2001-02-30' in row 1"),
        ({"first_day": [2001, 2002, 2003]}, "'first_day' is '2001' in row 0"),
        ({"first_day": pd.to_datetime(["2001-01-01"] * 3, utc=True)}, "'first_day'.*without a time zone"),
        ({"first_day": ["2001-01-02"] * 3, "last_day": ["2001-01-01", None, None]}, "last day of row 0.*before"),
        ({"last_day": ["2001-01-01", None, None]}, "last day of row 0.*no first day"),
        ({"actors": [["A", "B"], None, None]}, r"'actors' is .* in row 0.*with '; '"),
        ({"counted": [True, None, False]}, "'counted' is 'None' in row 1.*true or false"),
        ({"code": ["A", "B", "C"], "part_of": ["B", "A", None]}, "'A' is a part of itself"),
        ({"may_publish": [True, None, "no"]}, "'may_publish' is 'no' in row 2.*true or false"),
        ({"sensitivity": [None, "secret", None]}, "sensitivity of row 1 .*confidential"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_column_row_and_what_is_expected(columns: dict[str, Any], words: str) -> None:
    with pytest.raises(FrameError, match=words):
        make_frame(columns, PLACES)


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        ([shapely.Point(-75, 95), None], "row 0 .*not on the Earth"),
        ([None, shapely.Point(185, 10)], "row 1 .*not on the Earth"),
        ([shapely.Point(-75, np.inf), None], "row 0 .*not on the Earth"),
        ([(-75.0, -12.0), None], "position 0 is a tuple.*longitude, latitude"),
        ("POINT (1 2)", "The geometry is a str"),
        (shapely.Point(1, 2), "The geometry is a Point"),
        (gpd.GeoSeries([shapely.Point(1, 2)] * 2, crs="EPSG:3857"), "to_crs"),
    ],
)
def test_a_geometry_that_is_none_is_refused(geometry: Any, words: str) -> None:
    with pytest.raises(FrameError, match=words):
        make_frame({"code": ["A", "B"]}, geometry)


def test_a_code_is_named_where_there_is_one() -> None:
    with pytest.raises(FrameError, match=r"row 1 .*code 'B'"):
        make_frame({"code": ["A", "B"], "killed_best": [1, 1.5]}, [None, None])


def test_of_a_sorted_table_the_value_that_is_refused_and_its_code_are_those_of_its_row() -> None:
    turned = pd.DataFrame({"code": ["A", "B", "C"], "killed": [1, 1.5, 2]}).iloc[[2, 0, 1]]
    with pytest.raises(FrameError, match=r"'killed_best' is '1\.5' in row 2 .*code 'B'"):
        make_frame({"code": turned["code"], "killed_best": turned["killed"]}, [None] * 3)


def test_days_may_be_written_in_many_ways_and_lose_their_hours() -> None:
    noon = datetime(2001, 2, 3, 12)  # noqa: DTZ001 — a day has no time zone
    stamps = [date(2001, 2, 3), noon, pd.Timestamp(noon), np.datetime64("2001-02-03")]
    days = [*stamps, "2001-02-03", "2001-02-03 10:00:00", None, pd.NaT, float("nan")]
    frame = make_frame({"first_day": days}, [None] * 9)
    assert frame["first_day"][:6].tolist() == [pd.Timestamp("2001-02-03")] * 6
    assert frame["first_day"][6:].isna().all()
    with pytest.raises(FrameError, match="without a time zone"):
        make_frame({"first_day": [datetime(2001, 2, 3, tzinfo=timezone.utc)]}, [None])  # noqa: UP017 — any zone
    assert make_frame({"first_day": ["1532-11-16"]}, [None])["first_day"].dt.year.tolist() == [1532]


def test_what_follows_is_filled_in_where_its_column_is_not_given() -> None:
    columns = {"first_day": ["2001-02-03", None], "killed_best": [3, 0], "part_of": [None, "1"]}
    frame = make_frame(columns, [None, None])
    assert frame["code"].tolist() == ["1", "2"]
    assert frame["last_day"].equals(frame["first_day"])
    assert (frame["killed_low"].tolist(), frame["killed_high"].tolist()) == ([3, 0], [3, 0])  # "3", not "at least 3"
    assert frame["counted"].tolist() == [True, False]
    least = make_frame({"killed_low": [30], "killed_best": [30]}, [None])
    assert least["killed_high"].isna().all()  # whoever gives bounds says which of them are known


def test_one_value_stands_for_every_row_and_numbers_are_texts_where_texts_belong() -> None:
    frame = make_frame({"code": [7.0, 8], "country": "KE"}, [None, None])
    assert (frame["code"].tolist(), frame["country"].tolist()) == (["7", "8"], ["KE", "KE"])


def test_a_table_of_columns_is_as_good_as_a_mapping() -> None:
    table = TABLE.sort_values("date")[["event"]].rename(columns={"event": "title"})
    assert make_frame(table, PLACES)["title"].tolist() == ["Ambush B", "Protest C", "Attack A"]


@pytest.fixture
def sound() -> gpd.GeoDataFrame:
    return make_frame({"code": ["A", "B", "C"], "first_day": ["2001-01-01"] * 3, "killed_best": [1, 2, 3]}, PLACES)


def ruined(frame: gpd.GeoDataFrame) -> list[tuple[gpd.GeoDataFrame, str]]:
    days = frame["first_day"] - pd.Timedelta(days=1)
    return [
        (pd.concat([frame, frame]), "also the code of an earlier row"),
        (frame.assign(code=["A", None, "C"]), "has no code"),
        (frame.assign(killed_best=[1, 1.5, 2]), "killed_best is not a whole number from 0 up in row 1"),
        (frame.assign(killed_best=["1", "2", "3"]), "'killed_best' holds"),
        (frame.assign(killed_low=9), "killed_low is more than killed_best"),
        (frame.assign(last_day=days), "is before its first day"),
        (frame.assign(first_day=["x", "y", "z"]), "'first_day' holds"),
        (frame.assign(part_of=["B", "A", None]), "part of itself"),
        (frame.assign(may_publish=["yes", None, "no"]), "may_publish is neither true nor false in row 0"),
        (frame.assign(sensitivity="secret"), "sensitivity of row 0 .*confidential"),
    ]


def test_a_frame_changed_by_hand_is_refused_by_files_and_sums_too(sound: gpd.GeoDataFrame) -> None:
    regions = gpd.GeoDataFrame(
        {"set": ["s"], "key": ["k"], "valid_from": [None], "valid_until": [None], "admin_code": [None]},
        geometry=[shapely.box(-80, -15, -70, -10)],
        crs="EPSG:4326",
    )
    assert check_rows(sound) is sound
    for frame, words in ruined(sound):
        with pytest.raises(FrameError, match=words):
            cells_of_frame(frame)
        with pytest.raises(FrameError, match=words):
            region_figures(frame, regions)


def test_a_point_of_no_stated_precision_is_where_it_lies(sound: gpd.GeoDataFrame) -> None:
    regions = gpd.GeoDataFrame(
        {"set": ["s"], "key": ["k"], "valid_from": [None], "valid_until": [None], "admin_code": [None]},
        geometry=[shapely.box(-80, -15, -75, -10)],
        crs="EPSG:4326",
    )
    assert region_figures(sound, regions)["killed_best"].tolist() == [5]  # B and C, at -76.5 and -75.2


@pytest.mark.parametrize("answers", [[np.True_, np.False_, None], [1.0, 0.0, np.nan], [True, False, pd.NA]])
def test_what_may_not_be_passed_on_is_so_in_whatever_form_a_join_leaves_it(
    sound: gpd.GeoDataFrame, answers: list[Any]
) -> None:
    for column in (pd.Series(answers), pd.Series(answers, dtype="object")):
        frame = sound.assign(may_publish=column)
        assert cells_of_frame(frame).of("may_publish") == [True, False, None]
        with pytest.raises(RefusedError, match="do not allow passing on"):
            check_publishable(frame)
