"""Sources as people have them: folders, kinds of days and points, broken files, columns that are not there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from many_rows import grid, made_up, written

from willay.events.aggregate import Question, aggregate
from willay.events.model.errors import QueryError

if TYPE_CHECKING:
    from pathlib import Path

BY_YEAR = Question(by=("year",))


def test_folders_of_hive_are_columns(tmp_path: Path) -> None:
    rows = made_up(300).drop(columns="type")
    for name in ("protest", "killing"):
        (tmp_path / "in" / f"type={name}").mkdir(parents=True)
        written(rows, tmp_path / "in" / f"type={name}" / "part.parquet")
    sums = aggregate([tmp_path / "in"], Question(by=("type",)))
    assert sums.cells.groupby("type")["rows"].sum().to_dict() == {"killing": 300, "protest": 300}
    assert [one["name"] for one in sums.about["sources"]] == [
        "in/type=killing/part.parquet",
        "in/type=protest/part.parquet",
    ]


@pytest.mark.parametrize(
    "days",
    [
        ["2009-06-05", "2010-01-01", None],
        ["20090605", "20100101", ""],
        [20090605.0, 20100101.0, None],
        [date(2009, 6, 5), date(2010, 1, 1), None],
        [pd.Timestamp("2009-06-05 11:30"), pd.Timestamp("2010-01-01"), None],
    ],
)
def test_days_are_read_however_they_are_written(tmp_path: Path, days: list[object]) -> None:
    column = pd.Series(days)
    if column.dtype == float:
        column = column.astype("Int64")
    sums = aggregate([written(pd.DataFrame({"SQLDATE": column}), tmp_path / "rows.parquet")], BY_YEAR)
    assert sums.cells["rows"].tolist() == [1, 1, 1]
    assert [str(day)[:10] for day in sums.cells["period"]] == ["NaT", "2009-01-01", "2010-01-01"]
    assert sums.account.undated == 1
    assert sums.account.unread_days == 0


def test_a_day_that_cannot_be_read_is_undated_and_counted(tmp_path: Path) -> None:
    rows = pd.DataFrame({"date": ["2009-06-05", "sometime"], "event_type": ["a", "a"]})
    account = aggregate([written(rows, tmp_path / "rows.parquet")], BY_YEAR).account
    assert (account.undated, account.unread_days) == (1, 1)


def test_geoparquet_has_points(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"day": ["2009-06-05"] * 3}, geometry=[shapely.Point(0.5, 0.5), None, shapely.Point(9, 9)], crs=4326
    )
    frame.to_parquet(tmp_path / "rows.parquet")
    account = aggregate([tmp_path / "rows.parquet"], Question(by=("region",)), grid()).account
    assert (account.held, account.unplaced, account.outside) == (1, 1, 1)


def test_codes_place_rows_without_points(tmp_path: Path) -> None:
    rows = pd.DataFrame(
        {
            "day": ["2009-06-05"] * 3,
            "country": "PE",
            "admin_code": ["0101", "02", None],
            "place_precision": ["province", "department", None],
        }
    )
    regions = grid().iloc[:2].assign(admin_code=["01", "02"], country="PE")
    sums = aggregate([written(rows, tmp_path / "rows.parquet")], Question(by=("region",)), regions)
    assert dict(zip(sums.cells["region"].tolist(), sums.cells["rows"].tolist(), strict=True)) == {-2: 1, 0: 1, 1: 1}


def test_broken_files_are_named_and_left_out_only_when_asked(tmp_path: Path) -> None:
    written(made_up(100), tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and then nothing")
    with pytest.raises(QueryError, match=r"b\.parquet cannot be read: .+--skip-broken"):
        aggregate([tmp_path], BY_YEAR)
    sums = aggregate([tmp_path], BY_YEAR, skip_broken=True)
    assert sums.account.rows == 100
    assert [one["name"].rpartition("/")[2] for one in sums.about["left_out"]] == ["b.parquet"]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (Question(by=("year",), columns={"first_day": "when"}), "has no column 'when'. Columns: day, killed_best"),
        (Question(by=("year",), measures=("injured",)), "no figures of injured found in its columns"),
        (Question(by=("region",)), "by region only with regions"),
    ],
)
def test_what_is_missing_is_said_with_what_there_is(tmp_path: Path, question: Question, message: str) -> None:
    path = written(made_up(10), tmp_path / "rows.parquet")
    with pytest.raises(QueryError, match=message.replace(".", r"\.")):
        aggregate([path], question)


def test_sources_that_are_not_there_or_empty_are_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"nowhere does not exist"):
        aggregate([tmp_path / "nowhere"], BY_YEAR)
    with pytest.raises(QueryError, match=r"has no \.parquet files"):
        aggregate([tmp_path], BY_YEAR)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"by": ("month", "year")}, "by one period"),
        ({"by": ("province",)}, "--by: unknown name 'province'"),
        ({"measures": ("dead",)}, "--measure: unknown name 'dead'"),
        ({"columns": {"when": "day"}}, "--columns: unknown name 'when'"),
        ({"first": date(2010, 1, 1), "last": date(2009, 1, 1)}, "is after the last"),
        ({"tiles": 30}, "zoom of density cells is 30"),
    ],
)
def test_questions_that_cannot_be_answered_are_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        Question(**given)  # type: ignore[arg-type] — that is what is tried
