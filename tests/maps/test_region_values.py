"""Values of regions against hand calculations on the squares of `squares.py`."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from squares import ROWS, frame_of, regions_of

from willay.data.codebook import codebook
from willay.maps import PageSpec
from willay.maps.errors import TableError
from willay.maps.incidents import incident_columns
from willay.maps.regions import region_columns
from willay.maps.shapes import ShapeTable
from willay.maps.sums import RegionValue, applies, nearest_census, region_values, whole_sums

if TYPE_CHECKING:
    import geopandas as gpd

KILLED = PageSpec(kind="choropleth", measure="killed")


def values(
    frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, spec: PageSpec = KILLED, **window: Any
) -> dict[str, RegionValue]:
    shapes = ShapeTable()
    incidents = incident_columns(frame, shapes)
    found = region_values(incidents, region_columns(regions, incidents, shapes), spec, **window)
    return {each.region["key"]: each for each in found}


def test_sums_leave_out_parts_and_tell_zero_unknown_and_none_apart() -> None:
    found = values(frame_of(ROWS), regions_of())
    assert {key: (each.look, each.value) for key, each in found.items()} == {
        "alpha": ("value", 34), "beta": ("zero", 0), "gamma": ("unknown", None), "delta": ("none", None),
    }  # fmt: skip
    assert (found["alpha"].low, found["alpha"].best, found["alpha"].high) == (31, 34, 55)
    assert (found["alpha"].rows, found["alpha"].known, found["gamma"].unknown) == (2, 2, 1)


def test_a_window_takes_what_has_a_day_in_it_and_leaves_undated_rows_out() -> None:
    year = values(frame_of(ROWS), regions_of(), window=(date(2009, 1, 1), date(2009, 12, 31)))
    assert year["alpha"].value == 33
    siege = values(frame_of(ROWS), regions_of(), window=(date(2010, 1, 1), date(2010, 1, 31)))
    assert siege["gamma"].rows == 1  # it lasted from November to February


def test_rates_are_per_hundred_thousand_people_and_per_thousand_square_kilometres() -> None:
    regions = regions_of().assign(population=["68000", None, None, None, None, None], area_km2=[1000.0] + [None] * 5)
    people = values(frame_of(ROWS), regions, KILLED.changed(rate="people"))
    assert (people["alpha"].value, people["alpha"].people, people["alpha"].people_year) == (50.0, 68_000, None)
    assert people["beta"].look == "no-people"
    area = values(frame_of(ROWS), regions, KILLED.changed(rate="area"))
    assert area["alpha"].value == 34.0
    assert area["beta"].region["area_km2"] == pytest.approx(12_308, rel=0.01)  # a degree square at the equator


def test_a_number_from_little_says_why() -> None:
    regions = regions_of().assign(population=["9000", "50000", None, None, None, None])
    found = values(frame_of(ROWS), regions, KILLED.changed(rate="people"))
    assert found["alpha"].reasons == ("incidents", "people")
    assert found["beta"].reasons == ("incidents", "counted")
    assert values(frame_of(ROWS), regions)["alpha"].reasons == ()  # a count is what it is


def test_a_change_is_from_as_many_days_before_or_from_the_window_given() -> None:
    rows = tuple({**ROWS[0], "code": f"XX-{n}", "days": (day, day)} for n, day in enumerate(_days()))
    spec = PageSpec(kind="choropleth", measure="incidents", rate="change")
    march = (date(2010, 3, 1), date(2010, 3, 31))
    days = values(frame_of(rows), regions_of(), spec, window=march)  # from 29 January
    assert (days["alpha"].value, days["alpha"].reasons) == (-1, ("incidents",))
    month = values(frame_of(rows), regions_of(), spec, window=march, before=(date(2010, 2, 1), date(2010, 2, 28)))
    assert month["alpha"].value == 0
    assert days["delta"].look == "none"


def _days() -> tuple[str, ...]:
    return ("2010-01-30", "2010-02-10", "2010-03-05")


def test_an_act_of_the_state_has_no_unknown_dead() -> None:
    rows = ({**ROWS[0], "type": "state-measure", "killed": (None, None, None)}, {**ROWS[1], "killed": (1, 1, 1)})
    found = values(frame_of(rows), regions_of())
    assert (found["alpha"].look, found["alpha"].apart, found["alpha"].unknown) == ("apart", 1, 0)


def test_the_measures_that_apply_are_measures_of_the_codebook() -> None:
    told = applies()
    assert told["subtype"]["state-of-emergency"] == []
    assert "killed" not in told["type"]["state-measure"]
    measures = {code for codes in (*told["type"].values(), *told["subtype"].values()) for code in codes}
    assert measures <= set(codebook().measures.codes())


def test_the_census_nearest_to_the_middle_of_the_window_is_taken() -> None:
    known: list[list[int | None]] = [[1993, 1], [2007, 2], [2017, 3]]
    assert nearest_census(known, 2000.6) == (2007, 2)
    assert nearest_census(known, 2000.4) == (1993, 1)
    assert nearest_census(known, None) == (2017, 3)
    assert nearest_census([], 2000.0) == (None, None)


def test_population_is_read_from_json_or_a_number_and_refused_otherwise() -> None:
    shapes = ShapeTable()
    incidents = incident_columns(frame_of(ROWS), shapes)
    regions = regions_of().assign(population=['{"2017": 3, "1993": 1}', 5, 7.0, None, None, None])
    held = region_columns(regions, incidents, shapes).sets[0]["regions"]
    assert [region.get("population") for region in held] == [[[1993, 1], [2017, 3]], [[None, 5]], [[None, 7]], None]
    with pytest.raises(TableError, match=r"squares/alpha has the population 'many'\. Give a number"):
        region_columns(regions_of().assign(population="many"), incidents, shapes)


def test_names_are_given_in_both_languages() -> None:
    shapes = ShapeTable()
    incidents = incident_columns(frame_of(ROWS), shapes)
    regions = regions_of().assign(name_es=pd.Series(["Alfa"] + [None] * 5, dtype="str"))
    held = region_columns(regions, incidents, shapes).sets[0]
    assert held["name"] == {"es": "squares", "en": "squares"}
    assert [region["name"] for region in held["regions"][:2]] == [
        {"es": "Alfa", "en": "Alpha"},
        {"es": "Beta", "en": "Beta"},
    ]


def open_rows() -> tuple[dict[str, Any], ...]:
    """67 to 69 or more in Alpha in 2009, and 3 to 5 there in 2010; 2 to 4 in Beta in 2009."""
    return (
        {**ROWS[0], "code": "XX-1", "killed": (67, 69, None)},
        {**ROWS[0], "code": "XX-2", "killed": (3, 3, 5), "days": ("2010-06-05", "2010-06-05")},
        {**ROWS[0], "code": "XX-3", "killed": (2, 3, 4), "at": (1.5, 0.5)},
        {**ROWS[0], "code": "XX-4", "killed": (None, 1, None), "at": (1.5, 0.5)},  # a number by hand is exact
    )


def test_a_sum_with_an_open_end_is_open_and_its_high_is_a_least() -> None:
    found = values(frame_of(open_rows()), regions_of(), KILLED.changed(bound="high"))
    assert [(each.low, each.best, each.high, each.open, each.is_least) for each in (found["alpha"], found["beta"])] == [
        (70, 72, 74, 1, True),
        (3, 4, 5, 0, False),
    ]
    best = values(frame_of(open_rows()), regions_of())
    assert (best["alpha"].value, best["alpha"].is_least) == (72, False)  # the best numbers are numbers
    later = values(
        frame_of(open_rows()), regions_of(), KILLED.changed(bound="high"), window=(date(2010, 1, 1), date(2010, 12, 31))
    )
    assert (later["alpha"].value, later["alpha"].is_least) == (5, False)


def test_a_change_of_upper_ends_is_unknown_where_one_of_them_is_open() -> None:
    windows = {"window": (date(2010, 1, 1), date(2010, 12, 31)), "before": (date(2009, 1, 1), date(2009, 12, 31))}
    high = values(frame_of(open_rows()), regions_of(), KILLED.changed(rate="change", bound="high"), **windows)
    assert (high["alpha"].look, high["beta"].value) == ("unknown", -5)
    best = values(frame_of(open_rows()), regions_of(), KILLED.changed(rate="change"), **windows)
    assert best["alpha"].value == 3 - 69


def test_what_all_rows_add_up_to_tells_how_many_have_no_upper_end() -> None:
    shapes = ShapeTable()
    summed = whole_sums(incident_columns(frame_of(open_rows()), shapes), ["killed"])["killed"]
    assert summed == {
        "rows": 4, "low": 73, "best": 76, "high": 79, "open": 1, "known": 4, "unknown": 0, "apart": 0,
    }  # fmt: skip


def test_acts_of_the_state_are_apart_unless_they_are_counted_or_somebody_may_have_come_to_harm() -> None:
    act = {**ROWS[0], "type": "state-measure", "killed": (None, None, None), "place": "settlement"}
    rows = (
        {**act, "code": "XX-1"},
        {**act, "code": "XX-2", "killed": (2, 3, 4)},  # somebody was killed
        {**act, "code": "XX-3", "killed": (None, None, 1)},  # or may have been
        {**act, "code": "XX-4", "killed": (0, 0, None)},  # nobody says how many at most
        {**act, "code": "XX-5", "killed": (0, 0, 0)},
        {**act, "code": "XX-6"},
        {**ROWS[0], "code": "XX-7", "part_of": "XX-6", "counted": False},  # what it led to is no act
    )
    shown, counted = (values(frame_of(rows), regions_of(), KILLED.changed(acts=acts))["alpha"] for acts in (None, True))
    assert (shown.rows, shown.apart, shown.best) == (4, 3, 37)
    assert (counted.rows, counted.apart, counted.best) == (6, 2, 37)


def test_no_dead_leave_a_total_when_acts_of_the_state_are_not_counted() -> None:
    chance = random.Random(5)
    kinds = ("state-measure", "armed-clash", "agreement")
    numbers = (None, 0, 0, 1, 7)
    rows = tuple(
        {
            **ROWS[0], "code": f"XX-{n}", "type": chance.choice(kinds), "counted": n % 3 > 0,
            "part_of": f"XX-{n + 1}" if n % 3 == 0 else None, "killed": _figure(chance, numbers),
        }
        for n in range(300)
    )  # fmt: skip
    incidents = incident_columns(frame_of(rows), ShapeTable())
    less, all_of_them = (whole_sums(incidents, ["killed"], acts=acts)["killed"] for acts in (False, True))
    assert less["apart"] > 5  # some are left out
    assert {name: less[name] for name in ("low", "best", "high", "open")} == {
        name: all_of_them[name] for name in ("low", "best", "high", "open")
    }


def _figure(chance: random.Random, numbers: tuple[int | None, ...]) -> tuple[int | None, ...]:
    known = sorted(number for number in chance.choices(numbers, k=3) if number is not None)
    least, most = (known[0], known[-1]) if known else (None, None)
    return (least, chance.choice([least, None]), chance.choice([most, None]))
