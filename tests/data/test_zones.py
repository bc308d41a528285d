from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from willay.data.admin import admin_names
from willay.data.boundaries import departments
from willay.data.errors import MissingDistrictsError
from willay.data.zones import FORMER, SET, definitions, emergencies, places, present_name, rebuild_zones, zones
from willay.geo.errors import MissingCRSError

SOURCES = Path(__file__).parent.parent.parent / "data" / "sources"
KEPASHIATO = shapely.Point(-73.204434, -12.636861)


def test_kepashiato_lies_in_the_vrae_of_april_2012_and_not_in_a_later_one() -> None:
    frame = zones()
    held = frame[frame.geometry.contains(KEPASHIATO) & (frame["valid_from"].fillna("") <= "2012-04-09")]
    valid = held[held["valid_until"].fillna("9999") > "2012-04-09"]
    assert valid["key"].tolist() == ["vrae"]


def test_the_vrae_ends_on_the_day_the_vraem_begins() -> None:
    frame = zones().set_index(["key", "version"])
    assert frame.loc[("vrae", 1), "valid_until"] == frame.loc[("vraem", 1), "valid_from"]
    assert frame.loc[("vraem", 1), "replaces"] == "vrae"


def test_versions_of_a_zone_follow_one_another_without_overlap() -> None:
    for _, versions in zones().groupby("key"):
        starts = versions["valid_from"].tolist()[1:]
        ends = versions["valid_until"].tolist()[:-1]
        assert all(end <= start for end, start in zip(ends, starts, strict=True))


def test_every_version_says_since_when_why_and_by_which_text() -> None:
    for row in zones().itertuples():
        assert row.set == SET
        assert row.reason
        assert row.outline_note
        assert row.key == "loreto" or row.valid_from
        assert set(row.definition) <= set(definitions())


def test_outlines_that_no_decree_draws_are_flagged() -> None:
    frame = zones()
    flagged = set(frame[frame["working_outline"]]["key"])
    assert flagged == {"vrae", "vraem"}
    for note in frame[frame["working_outline"]]["outline_note"]:
        assert note["en"].startswith("A working outline, not a legal one")
        assert note["es"].startswith("Contorno de trabajo, sin valor legal")


def test_loreto_is_the_department() -> None:
    loreto = zones().set_index("key").loc["loreto"]
    units = departments().set_index("key")
    assert loreto.geometry.equals(units.loc["PE-LOR"].geometry)
    assert loreto["admin_code"] == "16"


def test_definitions_name_districts_and_provinces_that_exist() -> None:
    for definition in definitions().values():
        for code in (*definition.provinces, *definition.districts):
            assert admin_names(code)[0]
        assert definition.citation


def strips(outline: shapely.Geometry, codes: list[str]) -> gpd.GeoDataFrame:
    """Made-up districts: an outline cut into as many strips, west to east, as there are codes."""
    west, south, east, north = outline.bounds
    width = (east - west) / len(codes)
    cuts = [shapely.box(west + n * width, south, west + (n + 1) * width, north) for n in range(len(codes))]
    return gpd.GeoDataFrame({"ubigeo": codes}, geometry=shapely.intersection(outline, cuts), crs="EPSG:4326")


def version(key: str, number: int) -> dict[str, Any]:
    frame = zones()
    row: dict[str, Any] = frame[(frame["key"] == key) & (frame["version"] == number)].to_dict("records")[0]
    return row


def test_limits_of_the_time_rebuild_a_zone_exactly() -> None:
    espinar = version("espinar", 1)
    limits = strips(espinar["geometry"], espinar["districts_2007"])
    other = strips(shapely.box(-70, -15, -69, -14), ["080901", "230101"])
    rebuilt = rebuild_zones(pd.concat([limits, other]), keys=["espinar"])
    assert rebuilt["key"].tolist() == ["espinar"]
    assert rebuilt.geometry.iloc[0].symmetric_difference(espinar["geometry"]).area < 1e-9
    assert rebuilt["working_outline"].tolist() == [False]
    assert rebuilt["outline_note"].tolist() == [
        {
            "es": "Reconstruido con los límites distritales que se agregaron.",
            "en": "Rebuilt from the given district limits.",
        }
    ]


def test_a_district_created_since_joins_its_province() -> None:
    espinar = version("espinar", 1)
    limits = strips(espinar["geometry"], [*espinar["districts_2007"], "080899"])
    rebuilt = rebuild_zones(limits, keys=["espinar"])
    assert rebuilt.geometry.iloc[0].symmetric_difference(espinar["geometry"]).area < 1e-9


def test_limits_of_another_year_leave_a_working_outline() -> None:
    # Echarate has lost Megantoni (080914) and others since; the emergencies held all of it.
    limits = strips(version("echarate", 2)["geometry"], ["080902", "080914"])
    rebuilt = rebuild_zones(limits, keys=["echarate"])
    assert rebuilt["working_outline"].all()
    for note in rebuilt["outline_note"]:
        assert "the given limits are from the time of the definition" in note["en"]
        assert "los límites agregados sean de la época de la definición" in note["es"]


def test_a_zone_that_is_more_than_its_districts_stays_a_working_outline() -> None:
    of_2020, of_2021 = (definitions()[name] for name in ("vraem-2020-08", "vraem-2021"))
    limits = strips(version("vraem", 3)["geometry"], sorted({*of_2020.districts, *of_2021.districts}))
    rebuilt = rebuild_zones(limits, keys=["vraem"]).set_index("version")
    assert rebuilt.index.tolist() == [3, 4]
    assert rebuilt["working_outline"].all()
    assert "Not drawn: the strip of 5 km" in rebuilt.loc[3, "outline_note"]["en"]
    assert "Sin dibujar: la franja de 5 km" in rebuilt.loc[3, "outline_note"]["es"]
    for lang, told in (("en", "differ or were not available"), ("es", "difieren o no se ubicaron")):
        assert f"{told}: vraem-2023-10-09, vraem-def-2017" in rebuilt.loc[4, "outline_note"][lang]


@pytest.mark.parametrize(("key", "gone"), [("echarate", "080902"), ("espinar", "080803"), ("conga", "060112")])
def test_limits_that_lack_a_district_rebuild_nothing_and_say_which(key: str, gone: str) -> None:
    row = version(key, 1)
    codes = [code for code in row["districts_2007"] if code != gone] or ["080901"]
    with pytest.raises(MissingDistrictsError, match=f"{key} 1: {gone}"):
        rebuild_zones(strips(row["geometry"], codes), keys=[key])


def test_limits_without_a_crs_are_refused() -> None:
    limits = strips(version("echarate", 1)["geometry"], ["080902"]).set_crs(None, allow_override=True)
    with pytest.raises(MissingCRSError, match="set_crs"):
        rebuild_zones(limits)


def test_days_of_definitions_are_whole_days_or_unknown() -> None:
    for one in definitions().values():
        for day in (one.first_day, one.last_day):
            assert day is None or dt.date.fromisoformat(day)
    assert definitions()["vraem-def-2012"].first_day is None  # the source prints the year only


def test_a_decree_is_cited_with_the_page_it_was_read_on() -> None:
    for row in zones().to_dict("records"):
        if row["definition"]:
            first = definitions()[row["definition"][0]]
            for field in ("decree", "citation", "url"):
                told = None if pd.isna(row[field]) else row[field]
                assert told == getattr(first, field)


def on(frame: gpd.GeoDataFrame, key: str, day: str) -> list[int]:
    """The versions of a region in force on a day."""
    rows = frame[(frame["key"] == key) & (frame["valid_from"] <= day) & (day < frame["valid_until"])]
    return rows["version"].tolist()


def test_places_have_no_days() -> None:
    frame = places()
    assert frame["valid_from"].isna().all()
    assert frame["valid_until"].isna().all()
    assert {"vrae", "vraem", "upper-huallaga", "bajo-urubamba", "loreto"} <= set(frame["key"])


@pytest.mark.parametrize(
    ("key", "last", "after"),
    [
        ("conga", "2012-02-02", "2012-02-03"),  # 60 days from 5 December 2011
        ("espinar", "2012-06-26", "2012-06-27"),  # 30 days from 28 May 2012
        ("north-coast", "2008-02-25", "2008-02-26"),  # a week from 19 February 2008
        ("upper-huallaga", "2015-06-22", "2015-06-23"),  # 60 days from 24 April 2015
        ("nationwide", "2023-01-13", "2023-01-14"),  # 30 days from 15 December 2022
    ],
)
def test_a_decree_ends_before_the_day_that_its_version_ends_on(key: str, last: str, after: str) -> None:
    assert len(on(emergencies(), key, last)) == 1
    assert on(emergencies(), key, after) == []


def test_a_prolongation_begins_on_the_day_that_the_decree_before_ends_on() -> None:
    frame = emergencies()
    assert on(frame, "conga", "2012-07-03") == []
    assert on(frame, "conga", "2012-07-04") == on(frame, "conga", "2012-08-02") == [2]
    assert on(frame, "conga", "2012-08-03") == on(frame, "conga", "2012-09-01") == [3]
    assert on(frame, "conga", "2012-09-02") == []


def test_the_days_of_a_decree_are_as_many_as_it_says() -> None:
    table = tomllib.loads((SOURCES / "emergencies.toml").read_text("utf-8"))["emergency"]
    assert len(table) == len(emergencies())
    for one in table:
        first, after = (dt.date.fromisoformat(one[name]) for name in ("valid_from", "valid_until"))
        assert one.get("days", 61) == (after - first).days, one["id"]


def test_versions_of_a_decree_follow_one_another_without_overlap() -> None:
    for _, versions in emergencies().groupby("key"):
        starts, ends = versions["valid_from"].tolist()[1:], versions["valid_until"].tolist()[:-1]
        assert all(end <= start for end, start in zip(ends, starts, strict=True))


@pytest.mark.parametrize("frame", [places(), emergencies()], ids=["places", "emergencies"])
def test_regions_speak_spanish_and_english_and_say_what_their_outline_is(frame: gpd.GeoDataFrame) -> None:
    for row in frame.to_dict("records"):
        assert row["name_es"], row["key"]
        assert row["name_en"], row["key"]
        assert set(row["reason"]) == {"es", "en"}, row["key"]
        assert set(row["outline_note"]) == {"es", "en"}, row["key"]
        assert row["geometry"].is_valid
        if row["key"] not in {"loreto", "vrae", "vraem"} and row["working_outline"] and row["set"] == "pe-places":
            assert row["outline_note"]["es"].startswith("Contorno de trabajo"), row["key"]


def test_units_of_decrees_are_codes_that_exist_and_every_decree_is_cited() -> None:
    for row in emergencies().to_dict("records"):
        assert row["citation"]
        assert row["url"].startswith("http")
        for code in row["definition"].get("units", []):
            assert admin_names(code)[0], (row["key"], code)


def test_every_zone_of_the_former_set_has_a_name_today() -> None:
    today = {f"{frame['set'].iloc[0]}/{key}" for frame in (places(), emergencies()) for key in frame["key"]}
    assert set(FORMER) == {f"{SET}/{key}" for key in zones()["key"]}
    assert set(FORMER.values()) <= today
    assert present_name(f"{SET}/conga", today) == "pe-emergencies/conga"
    assert present_name(f"{SET}/conga", {f"{SET}/conga"}) == f"{SET}/conga"
