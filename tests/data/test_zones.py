from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from willay.data.admin import admin_names
from willay.data.boundaries import departments
from willay.data.errors import MissingDistrictsError
from willay.data.zones import SET, definitions, rebuild_zones, zones

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
    assert frame[frame["working_outline"]]["outline_note"].str.startswith("A working outline").all()


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


def squares(codes: list[str]) -> gpd.GeoDataFrame:
    """Made-up districts: unit squares in a row."""
    shapes = [shapely.box(-80 + number * 0.1, -10, -79.9 + number * 0.1, -9.9) for number in range(len(codes))]
    return gpd.GeoDataFrame({"ubigeo": codes}, geometry=shapes, crs="EPSG:4326")


def every_district() -> list[str]:
    named = {code for one in definitions().values() for code in (*one.provinces, *one.districts)}
    return sorted({code if len(code) == 6 else f"{code}{end:02d}" for code in named for end in (1, 2)})


def test_official_limits_rebuild_the_zones_exactly() -> None:
    limits = squares(every_district())
    rebuilt = rebuild_zones(limits).set_index(["key", "version"])
    espinar = rebuilt.loc[("espinar", 1)]
    expected = limits[limits["ubigeo"].str.startswith("0808")].union_all()
    assert espinar.geometry.equals(expected)
    assert not rebuilt["working_outline"].any()


def test_limits_that_lack_a_district_rebuild_nothing_and_say_which() -> None:
    limits = squares([code for code in every_district() if code != "080902"])
    with pytest.raises(MissingDistrictsError, match="080902"):
        rebuild_zones(limits)
