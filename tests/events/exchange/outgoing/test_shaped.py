"""ACLED- and UCDP-shaped tables: what they hold, what they say they lost, and that our importers read them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from willay.events.exchange.incoming import ReadingOptions, open_reading
from willay.events.exchange.outgoing import write
from willay.events.frame.columns import TERMS
from willay.events.frame.frame import make_frame

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

BASE: dict[str, Any] = {
    "title": "A clash", "type": "armed-clash", "subtype": "battle", "first_day": "2012-04-09", "last_day": "2012-04-09",
    "date_precision": "day", "place_name": "Kiteni", "place_precision": "settlement", "country": "PE", "place_count": 1,
    "killed_low": 2, "killed_best": 5, "killed_high": 6, "actors": "The Army; The Column; Bystanders",
    "source_count": 1, "counted": True,
}  # fmt: skip
POINT = shapely.Point(-73.04, -12.63)


def frame(*changes: dict[str, Any], shapes: list[Any] | None = None) -> gpd.GeoDataFrame:
    rows = [{**BASE, "code": f"PE-2012-{number:04}", **change} for number, change in enumerate(changes, 1)]
    columns = {name: [row.get(name) for row in rows] for name in dict.fromkeys(key for row in rows for key in row)}
    return make_frame(columns, shapes or [POINT] * len(rows))


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def losses(path: Path) -> list[tuple[str, str]]:
    return [(row["field"], row["reason"]) for row in table(path.with_name(f"{path.stem}.losses.csv"))]


def test_acled_takes_a_row_a_day_and_divides_the_dead_odd_ones_first(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    written = write(frame({"last_day": "2012-04-10", "killed_low": 5, "killed_high": 5}), path, "acled")
    assert [(row["event_id_cnty"], row["event_date"], row["fatalities"]) for row in table(path)] == [
        ("PE-2012-0001-1", "2012-04-09", "3"),
        ("PE-2012-0001-2", "2012-04-10", "2"),
    ]
    assert len(table(path)[0]) == 31 + len(TERMS)
    assert (written.rows, written.beside) == (1, (tmp_path / "a.losses.csv",))


def test_acled_is_conservative_and_says_what_it_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write(frame({"injured_best": 4}), path, "acled")
    (row,) = table(path)
    assert (row["fatalities"], row["event_type"], row["sub_event_type"], row["geo_precision"]) == (
        "2", "Battles", "Armed clash", "1",
    )  # fmt: skip
    assert ("killed", "ACLED has one number: the lowest is written") in losses(path)
    assert ("injured", "ACLED counts deaths only") in losses(path)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"date_precision": "year", "last_day": "2012-12-31"}, "date_precision"),
        ({"place_precision": "country"}, "place_precision"),
        ({"first_day": None, "last_day": None, "date_precision": None}, "date_precision"),
    ],
)
def test_what_acled_cannot_say_is_left_out_and_told(tmp_path: Path, change: dict[str, Any], field: str) -> None:
    path = tmp_path / "a.csv"
    written = write(frame(change, {}), path, "acled")
    assert [row["event_id_cnty"] for row in table(path)] == ["PE-2012-0002"]
    assert any(name == field and reason.startswith("left out") for name, reason in losses(path))
    assert any("left out" in sentence for sentence in written.losses)


def test_an_incident_without_coordinates_is_left_out_and_an_area_has_a_point_inside_it(tmp_path: Path) -> None:
    area = shapely.box(-74, -13, -73, -12)
    path = tmp_path / "a.csv"
    write(frame({}, {"place_precision": "department"}, shapes=[None, area]), path, "acled")
    (row,) = table(path)
    assert area.contains(shapely.Point(float(row["longitude"]), float(row["latitude"])))
    assert ("place", "left out: ACLED needs coordinates") in losses(path)


def test_ucdp_holds_events_with_deaths_and_their_range(tmp_path: Path) -> None:
    path = tmp_path / "u.csv"
    write(
        frame({}, {"killed_low": 0, "killed_best": 0, "killed_high": 0}, {"subtype": "strike", "type": "protest"}),
        path,
        "ucdp",
    )
    (row,) = table(path)
    assert [row[name] for name in ("low", "best", "high", "deaths_unknown", "type_of_violence", "date_prec")] == [
        "2", "5", "6", "5", "1", "1",
    ]  # fmt: skip
    assert len(row) == 49 + len(TERMS)
    reasons = [reason for _, reason in losses(path)]
    assert "left out: UCDP counts events with at least one death" in reasons
    assert "left out: UCDP has no protests" in reasons


@pytest.mark.parametrize(("form", "reader"), [("acled", "acled"), ("ucdp", "ucdp-ged")])
def test_our_importer_reads_what_we_wrote(tmp_path: Path, form: str, reader: str) -> None:
    path = tmp_path / "x.csv"
    write(frame({}, {"place_name": "=cmd()"}), path, form)
    rows = [row for batch in open_reading(path, reader, ReadingOptions()).batches for row in batch.rows]
    assert [row.faults for row in rows] == [(), ()]
    assert [(row.draft or {})["days"] for row in rows] == ["2012-04-09"] * 2


@pytest.mark.parametrize("form", ["acled", "ucdp"])
def test_the_same_incidents_give_the_same_bytes(tmp_path: Path, form: str) -> None:
    for name in ("a.csv", "b.csv"):
        write(frame({}, {"last_day": "2012-04-12"}), tmp_path / name, form)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize(
    ("form", "change", "dead", "reason"),
    [
        ("ucdp", {"killed_high": None}, {"low": "2", "best": "5", "high": "5"}, "no upper limit is stated"),
        (
            "ucdp",
            {"killed_best": None, "killed_high": None},
            {"low": "2", "best": "2"},
            "only the lowest number is known",
        ),
        ("acled", {"killed_best": None, "killed_high": None}, {"fatalities": "2"}, "ACLED has one number"),
        ("acled", {"killed_low": 5, "killed_high": None}, {"fatalities": "5"}, "ACLED has one number"),
    ],
)
def test_an_open_end_that_a_layout_cannot_say_is_told(
    tmp_path: Path, form: str, change: dict[str, Any], dead: dict[str, str], reason: str
) -> None:
    path = tmp_path / "x.csv"
    write(frame(change), path, form)
    (row,) = table(path)
    assert {name: row[name] for name in dead} == dead
    assert [told for field, told in losses(path) if field == "killed" and reason in told]


def test_an_at_least_of_another_measure_is_told_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write(frame({"injured_low": 30}), path, "acled")
    assert ("injured", "ACLED counts deaths only") in losses(path)
