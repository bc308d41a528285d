from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely
from store_examples import Counted, Ticking, units

from willay.data.admin import admin_units
from willay.data.incidents import incident_documents
from willay.data.shipped_regions import region_sets
from willay.data.zones import zones as shipped_zones
from willay.events.frame.membership import members
from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, draft
from willay.events.model.errors import ConflictError, DraftError, FormerNameWarning, NotFoundError
from willay.events.store import RegionSet, Store
from willay.events.store.record.region_sets import region_set_from_layer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_regions_come_back_with_names_validity_and_flags(store: Store) -> None:
    frame = store.regions.select("zones")
    assert frame["key"].tolist() == ["valley", "valley"]
    assert frame["name"].tolist() == ["Valley", "Greater valley"]
    assert store.regions.select("zones", lang="es")["name"].tolist() == ["Valle", "Valle mayor"]
    assert frame["valid_until"].dt.strftime("%Y-%m-%d").tolist()[0] == "2012-07-01"
    assert frame["valid_until"].isna().tolist() == [False, True]
    assert frame["working_outline"].tolist() == [True, True]
    assert store.regions.select("units")["licence"].tolist() == ["CC0-1.0"] * 3
    assert frame.crs.to_epsg() == 4326


@pytest.mark.parametrize(
    ("day", "versions"), [(date(2003, 4, 30), []), (date(2012, 6, 30), [1]), (date(2012, 7, 1), [2])]
)
def test_the_last_day_of_validity_is_not_in_it(store: Store, day: date, versions: list[int]) -> None:
    assert store.regions.select("zones", on=day)["version"].tolist() == versions


def test_a_set_that_is_not_there_is_answered_with_the_nearest(store: Store) -> None:
    with pytest.raises(NotFoundError, match=r"Unknown region set 'zone'. Nearest: zones"):
        store.regions.select("zone")


def test_a_layer_of_any_file_becomes_a_region_set(store: Store) -> None:
    layer = gpd.GeoDataFrame(
        {"ID": ["Río Alto", "Mar"], "NAME": ["Río Alto", None], "CODE": [801, 802]},
        geometry=[shapely.box(-74, -13, -73, -12), shapely.box(-73, -13, -72, -12)],
        crs=4326,
    ).to_crs(3857)
    regions = region_set_from_layer(layer, "valleys", key="ID", name="NAME", admin_code="CODE", licence="CC0-1.0")
    assert store.regions.add(regions, author="ana") == 2
    frame = store.regions.select("valleys")
    assert frame["key"].tolist() == ["mar", "rio-alto"]
    assert frame["name"].tolist() == ["mar", "Río Alto"]
    assert frame["admin_code"].tolist() == ["802", "801"]
    assert frame.geometry.iloc[1].bounds == pytest.approx((-74, -13, -73, -12))
    with pytest.raises(DraftError, match=r"no column 'id'. It has: ID, NAME, CODE"):
        region_set_from_layer(layer, "valleys", key="id")


def test_a_layer_in_fijis_grid_is_cut_at_180(store: Store) -> None:
    across = shapely.box(179, -17, 181, -16)
    layer = gpd.GeoDataFrame({"key": ["north"]}, geometry=[across.segmentize(0.01)], crs=4326).to_crs(3460)
    store.regions.add(region_set_from_layer(layer, "divisions", key="key"), author="ana")
    (shape,) = store.regions.select("divisions").geometry
    assert shape.bounds == pytest.approx((-180, -17, 180, -16), abs=1e-6)
    assert shape.area == pytest.approx(across.area, rel=1e-4)


def test_an_area_added_again_is_a_further_version_and_a_taken_version_is_refused(store: Store) -> None:
    one = gpd.GeoDataFrame({"key": ["valley"]}, geometry=[shapely.box(-74, -13, -73, -12)], crs=4326)
    store.regions.add(RegionSet("zones", one), author="ana")
    assert store.regions.select("zones")["version"].tolist() == [1, 2, 3]
    with pytest.raises(ConflictError, match="Version 3 of zones/valley already"):
        store.regions.add(RegionSet("zones", one.assign(version=3)), author="ana")
    with pytest.raises(DraftError, match=r"zones\[0\].geometry: A region needs a polygon"):
        store.regions.add(RegionSet("zones", one.set_geometry([shapely.Point(0, 0)], crs=4326)), author="ana")
    with pytest.raises(DraftError, match=r"zones\[0\].key: A region needs a key"):
        store.regions.add(RegionSet("zones", one.assign(key=None)), author="ana")
    assert store.file.check() == ()


def test_limits_that_are_added_later_give_their_shape_to_the_places_known_by_code(store: Store) -> None:
    place = {"name": "Echarate", "precision": "district", "admin_code": "080902"}
    more = {"incidents": [{"key": "late", "title": "x", "type": "arrest", "days": "2012", "places": [place]}]}
    store.write.add(draft(Bundle, more), author="ana")
    late = IncidentQuery(codes=("late",))
    assert store.read.select(late, profile=None).geometry.iloc[0] is None
    limits = gpd.GeoDataFrame(
        {"key": ["echarate"], "admin_code": ["080902"]},
        geometry=[shapely.box(-73.5, -13, -72.5, -12)],
        crs=4326,
    )
    store.regions.add(RegionSet("districts", limits), author="ana")
    assert store.read.select(late, profile=None).geometry.iloc[0].bounds == (-73.5, -13, -72.5, -12)
    assert store.file.check() == ()


def test_limits_that_are_added_later_give_their_unit_to_the_points_within(make_store: Callable[..., Store]) -> None:
    store = make_store(region_sets=[])
    place = {"name": "El Puente", "precision": "settlement", "lon": -73.0, "lat": -12.5}
    more = {"incidents": [{"key": "early", "title": "x", "type": "arrest", "days": "2012", "places": [place]}]}
    store.write.add(draft(Bundle, more), author="ana")
    assert store.read.select(profile=None)["adm1"].isna().all()
    store.regions.add(units(), author="ana")
    assert store.read.select(profile=None)["adm1"].tolist() == ["Este"]
    assert store.file.check() == ()


def test_a_place_that_is_a_region_is_the_version_of_its_day(store: Store) -> None:
    place = {"name": "Valle", "precision": "area", "region": "zones/valley"}
    days = ["2012-06-30", "2012-07-01", "1999"]
    more = [{"title": day, "type": "arrest", "days": day, "places": [place]} for day in days]
    codes = store.write.add(draft(Bundle, {"incidents": more}), author="ana").codes
    frame = store.read.select(IncidentQuery(codes=codes), profile=None).set_index("title")
    assert frame.geometry["2012-06-30"].bounds == (-73.5, -13, -72.5, -12)
    assert frame.geometry["2012-07-01"].bounds == (-73.5, -13.5, -72.5, -11)
    assert frame.geometry["1999"].bounds == (-73.5, -13, -72.5, -12)


def included() -> list[RegionSet]:
    return [RegionSet(one.name, one.frame, one.attribution, one.licence) for one in region_sets("PE")]


@pytest.fixture(scope="module")
def peru(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Store]:
    path: Path = tmp_path_factory.mktemp("peru") / "peru.gpkg"
    sets = [*included(), RegionSet("pe-conflict-zones", shipped_zones())]  # the last: as databases of before have it
    parts = [draft(Bundle, file.document, file.name) for file in incident_documents()]
    lists = {name: tuple(row for part in parts for row in getattr(part, name)) for name in Bundle.model_fields}
    with Store.create(path, country="PE", region_sets=sets, clock=Ticking(), entropy=Counted()) as store:
        store.write.add(Bundle(**lists), author="willay", reason="included in willay")
    return lambda: Store.open(path)


def test_the_shipped_incidents_fit_and_pass_every_check(peru: Callable[[], Store]) -> None:
    with peru() as store:
        assert [problem for problem in store.file.check() if problem.severity == "error"] == []
        assert len(store.read.select(profile=None)) == store.read.count()["incident"] > 40


def test_kepashiato_is_in_cusco_and_in_the_vrae_of_april_2012(peru: Callable[[], Store]) -> None:
    with peru() as store:
        frame = store.read.select(IncidentQuery(codes=("kepashiato-2012",)), profile=None)
        regions = store.regions.select()
    held = regions.iloc[members(frame, regions)["region"]]
    assert set(zip(held["set"], held["key"], held["version"], strict=True)) >= {
        ("pe-conflict-zones", "vrae", 1),
        ("pe-departments", "PE-CUS", 1),
        ("pe-places", "vrae", 1),
        ("pe-emergencies", "echarate", 2),
    }
    assert "vraem" not in set(held[held["set"] == "pe-conflict-zones"]["key"])
    assert frame["adm1"].tolist() == ["Cusco"]


def test_a_place_in_chile_is_in_no_region_of_peru(peru: Callable[[], Store]) -> None:
    with peru() as store:
        frame = store.read.select(IncidentQuery(codes=("fujimori-arrest-2005",)), profile=None)
        assert frame["country"].tolist() == ["CL"]
        assert members(frame, store.regions.select()).empty


def test_lima_province_and_the_rest_of_lima_are_told_apart_by_code(peru: Callable[[], Store]) -> None:
    with peru() as store:
        frame = store.read.select(IncidentQuery(codes=("tarata-1992",)), profile=None)
        regions = store.regions.select("pe-departments")
    assert regions["key"].iloc[members(frame, regions)["region"]].tolist() == ["PE-LMA"]


def test_the_clashes_of_june_2009_have_the_figure_of_whom_the_policy_believes(
    peru: Callable[[], Store],
) -> None:
    with peru() as store:
        found = {}
        for policy in ("ranked-source", "maximum"):
            frame = store.read.select(IncidentQuery(codes=("bagua-2009",)), policy=policy, profile=None)
            found[policy] = (frame["killed_best"].iloc[0], frame["killed_source"].iloc[0])
    assert found["ranked-source"] == (33, "defensoria-ia-006-2009")
    assert found["maximum"] == (54, "peru-country-profile")


def test_zones_are_rebuilt_from_official_limits(peru: Callable[[], Store], tmp_path: Path) -> None:
    with peru() as store:
        path = tmp_path / "copy.gpkg"
        path.write_bytes(store.path.read_bytes())
    codes = [code for code in admin_units() if len(code) == 6]
    corners = [(-80 + n % 50 / 10, -15 + n // 50 / 10) for n in range(len(codes))]
    shapes = [shapely.box(west, south, west + 0.1, south + 0.1) for west, south in corners]
    limits = gpd.GeoDataFrame({"key": codes, "admin_code": codes}, geometry=shapes, crs=4326)
    with Store.open(path) as store:
        before = store.regions.select().set_index(["set", "key", "version"])
        store.regions.add(RegionSet("pe-districts", limits), author="ana")
        number = store.regions.rebuild_zones("pe-districts", author="ana")
        after = store.regions.select().set_index(["set", "key", "version"]).loc[before.index]
        changed = [row for row in after.index if not after.geometry[row].equals(before.geometry[row])]
        assert ("pe-conflict-zones", "conga", 1) in changed
        assert ("pe-emergencies", "conga", 2) in changed
        assert ("pe-places", "espinar", 1) in changed
        assert len(changed) == number
        assert after.loc[changed, "outline_note"].str.contains("Rebuilt from the given district limits").all()
        assert [problem for problem in store.file.check() if problem.severity == "error"] == []
        with pytest.raises(NotFoundError, match=r"Unknown region set 'pe-district'. Nearest: pe-districts"):
            store.regions.rebuild_zones("pe-district", author="ana")


def test_regions_of_a_shipped_set_tell_how_many_people_live_there_and_others_do_not(tmp_path: Path) -> None:
    with Store.create(tmp_path / "peru.gpkg", country="PE", region_sets=included()) as store:
        frame = store.regions.select("pe-departments")
        people = [json.loads(text) for text in frame["population"]]
        assert sum(one["2007"] for one in people) == 27_412_157  # INEI, census of 2007
        assert frame["population_source"].str.startswith("INEI").all()
        assert store.regions.select("pe-emergencies")["population"].isna().all()
        callao = frame.set_index("key").loc["PE-CAL"]
        assert callao["area_km2"] == 146.98  # INEI: the outline shows less
        assert set(json.loads(callao["outline_note"])) == {"es", "en"}


def keys(store: Store, region: str) -> set[str]:
    return set(store.read.select(IncidentQuery(regions=(region,)), profile=None)["key"])


def test_an_ambush_is_in_the_valley_and_not_under_the_decree_that_followed_it(peru: Callable[[], Store]) -> None:
    with peru() as store:
        assert {"aucayacu-2005", "huallaga-2008-11-26"} <= keys(store, "upper-huallaga")
        assert "aucayacu-2005" in keys(store, "pe-places/upper-huallaga")
        assert "aucayacu-2005" not in keys(store, "pe-emergencies/upper-huallaga")


def test_a_decree_holds_what_happened_in_its_districts_on_its_days_alone(peru: Callable[[], Store]) -> None:
    with peru() as store:
        cajamarca = keys(store, "pe-emergencies/conga")
        assert {"conga-celendin-2012", "conga-bambamarca-2012"} & cajamarca == {"conga-bambamarca-2012"}  # from 4 July
        assert cajamarca.isdisjoint({"conga-2011-11-24", "conga-2011-11-29"})  # before 5 December 2011
        assert "bagua-2009-station-6" in keys(store, "pe-emergencies/amazon")  # Imaza is one of the nine districts
        assert "bagua-2009-curva-del-diablo" not in keys(store, "pe-emergencies/amazon")  # Utcubamba is not
        assert "anco-2018" not in keys(store, "pe-emergencies/vraem")  # days after the end of the decree


def test_units_decide_where_a_place_has_a_code_and_the_outline_where_it_has_none(tmp_path: Path) -> None:
    place = {"name": "x", "precision": "settlement", "lon": -78.5, "lat": -7.0}
    wide = {"name": "x", "precision": "department", "admin_code": "06"}
    spots = {
        "coded": ("2012-07-10", place | {"admin_code": "060101"}),
        "other": ("2012-07-10", place | {"admin_code": "060201"}),
        "bare": ("2012-07-10", place),
        "late": ("2012-09-02", place | {"admin_code": "060101"}),
        "wide": ("2012-07-10", wide),
    }
    rows = [
        {"key": key, "title": key, "type": "arrest", "days": day, "places": [spot]}
        for key, (day, spot) in spots.items()
    ]
    with Store.create(tmp_path / "new.gpkg", country="PE", region_sets=included()) as store:
        store.write.add(draft(Bundle, {"incidents": rows}), author="ana")
        assert keys(store, "pe-emergencies/conga") == {"coded", "bare"}


def test_names_of_the_former_set_work_in_a_new_database_and_warn(tmp_path: Path) -> None:
    place = {"name": "VRAE", "precision": "area", "region": "pe-conflict-zones/vrae"}
    one = {"key": "one", "title": "a", "type": "arrest", "days": "2009-04-01", "places": [place]}
    with Store.create(tmp_path / "new.gpkg", country="PE", region_sets=included()) as store:
        store.write.add(draft(Bundle, {"incidents": [one]}), author="ana")
        with pytest.warns(FormerNameWarning, match="is 'pe-places/vrae' now"):
            assert keys(store, "pe-conflict-zones/vrae") == {"one"}
        assert keys(store, "pe-places/vrae") == {"one"}
        assert store.file.check() == ()
        with pytest.raises(NotFoundError, match="Unknown region 'pe-conflict-zones/vrea'"):
            keys(store, "pe-conflict-zones/vrea")
