"""A country pack in a database: its units are regions, the former ones end, and what it says is recorded."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely
from made_up_limits import Unit, write_all, write_layer
from store_examples import Counted, Ticking, units

from willay.data import region_sets
from willay.data.admin import admin_units
from willay.data.country_packs.contents import Terms
from willay.data.country_packs.finding import PackFile, open_pack_file
from willay.data.country_packs.making import PackPlan, make_pack, words_given
from willay.data.country_packs.units import UnitsFile
from willay.data.country_packs.writing import write_pack
from willay.data.zones import zones
from willay.events.frame.membership import members
from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, draft
from willay.events.model.errors import RefusedError
from willay.events.store import RegionSet, Store
from willay.geo.files import read_layer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PackFile]:
    """A pack, and another of the same country with the first state alone."""
    folder = tmp_path_factory.mktemp("packs")
    files = write_all(folder)
    both = {1: UnitsFile(files["units"]), 2: UnitsFile(files["units_2"])}
    words = words_given(["state,states", "2:township,townships"], ["estado,estados"])
    terms = Terms("CC-BY-4.0", "Office of Limits", dated="2023-03-01")
    plans = {
        "mm": PackPlan("MM", both, [files["places"]], files["people"], words, terms, "Census Office"),
        "first": PackPlan("MM", {1: both[1]}, words=words),
    }
    for name, plan in plans.items():
        write_pack(make_pack(plan).pack, folder / f"{name}.pack")
    return {name: open_pack_file(folder / f"{name}.pack") for name in plans}


def add(store: Store, pack: PackFile, **others: Any) -> Any:
    return store.regions.add_country(pack.pack, file=pack.name, sha256=pack.sha256, author="ana", **others)


@pytest.fixture
def myanmar(tmp_path: Path) -> Store:
    """A database with one coarse unit for the whole country, in the set of the first-level units."""
    coarse = gpd.GeoDataFrame(
        {"key": ["mm-01"], "admin_code": ["MM-01"]}, geometry=[shapely.box(95, 20, 98, 22)], crs=4326
    )
    return Store.create(
        tmp_path / "mm.gpkg",
        country="MM",
        region_sets=[RegionSet("mm-adm1", coarse)],
        clock=Ticking(),
        entropy=Counted(),
    )


def problems(store: Store) -> list[Any]:
    return [problem for problem in store.file.check() if problem.severity == "error"]


def test_units_are_region_sets_with_codes_parents_and_terms(myanmar: Store, packs: dict[str, PackFile]) -> None:
    with myanmar as store:
        done = add(store, packs["mm"])
        assert done.sets == (("mm-adm1", 3, 1), ("mm-adm2", 12, 0))
        second = store.regions.select("mm-adm2").set_index("admin_code")
        assert second.loc["MMR003D004", "name"] == "Cedar W"
        assert json.loads(second.loc["MMR003D004", "definition"])["parent"] == "MMR003"
        first = store.regions.select("mm-adm1", on=date(2020, 1, 1)).set_index("admin_code")
        assert first.index.tolist() == ["MMR001", "MMR002", "MMR003"]
        assert first["licence"].tolist() == ["CC-BY-4.0"] * 3
        assert first["attribution"].tolist() == ["Office of Limits"] * 3
        assert json.loads(first.loc["MMR001", "definition"])["aliases"] == ["ပယင်း"]
        assert problems(store) == []


def test_the_former_units_stay_and_are_valid_on_no_day(myanmar: Store, packs: dict[str, PackFile]) -> None:
    with myanmar as store:
        before = store.regions.select("mm-adm1")
        add(store, packs["mm"])
        former = store.regions.select("mm-adm1").set_index("admin_code").loc["MM-01"]
        assert str(former["valid_until"].date()) == "1700-01-01"
        assert before["valid_until"].isna().all()
        assert former.geometry.equals(before.geometry.iloc[0])
        acts, number = store.read.log()
        assert (number, acts[0].author, acts[0].reason) == (
            3,
            "ana",
            "from mm.pack",
        )  # settings, the former set, the pack


def test_units_hold_from_a_day_where_one_is_given_and_the_former_until_then(
    myanmar: Store, packs: dict[str, PackFile]
) -> None:
    with myanmar as store:
        add(store, packs["mm"], since=date(2023, 3, 1))
        on = {
            day: store.regions.select("mm-adm1", on=day)["admin_code"].tolist()
            for day in (date(2023, 2, 28), date(2023, 3, 1))
        }
        assert on == {date(2023, 2, 28): ["MM-01"], date(2023, 3, 1): ["MMR001", "MMR002", "MMR003"]}
        assert problems(store) == []


def test_what_the_pack_says_is_recorded_and_read_on_another_machine(
    myanmar: Store, packs: dict[str, PackFile], tmp_path: Path
) -> None:
    with myanmar as store:
        add(store, packs["mm"])
    (tmp_path / "elsewhere").mkdir()
    copy = tmp_path / "elsewhere" / "copy.gpkg"
    copy.write_bytes(store.path.read_bytes())
    with Store.open(copy) as store:
        (recorded,) = store.regions.packs()
        assert (recorded.file, recorded.sha256) == ("mm.pack", packs["mm"].sha256)
        assert recorded.facts == packs["mm"].pack.facts


def test_the_same_pack_again_changes_nothing(myanmar: Store, packs: dict[str, PackFile]) -> None:
    with myanmar as store:
        add(store, packs["mm"])
        head = store.file.head()
        assert add(store, packs["mm"]).sets == ()
        assert store.file.head() == head


def test_another_pack_of_the_country_is_refused_unless_it_may_replace_the_first(
    myanmar: Store, packs: dict[str, PackFile]
) -> None:
    with myanmar as store:
        add(store, packs["mm"])
        with pytest.raises(RefusedError, match=r"has the pack mm\.pack of MM already\. To replace it.*replace=True"):
            add(store, packs["first"])
        done = add(store, packs["first"], replace=True)
        assert done.sets == (("mm-adm1", 3, 3), ("mm-adm2", 0, 12))
        now = store.regions.select(on=date(2020, 1, 1))
        assert now["admin_code"].tolist() == ["MMR001", "MMR002", "MMR003"]
        assert now["version"].tolist() == [2, 2, 2]
        assert [one.file for one in store.regions.packs()] == ["first.pack"]
        assert problems(store) == []


def test_a_change_without_an_author_is_refused_and_nothing_is_there(myanmar: Store, packs: dict[str, PackFile]) -> None:
    pack = packs["mm"]
    with myanmar as store:
        with pytest.raises(RefusedError, match="A change needs an author"):
            store.regions.add_country(pack.pack, file=pack.name, sha256=pack.sha256, author=" ")
        assert store.regions.packs() == ()
        assert store.regions.select()["set"].unique().tolist() == ["mm-adm1"]


def peruvian_districts() -> list[Unit]:
    """A square for each district of Peru, in rows of fifty: every coordinate a fraction that no decimal ends."""
    codes = [code for code in admin_units() if len(code) == 6]
    return [
        Unit(
            {"UBIGEO": code, "DISTRITO": admin_units()[code].name},
            shapely.box(-80 + n % 50 / 7, -15 + n // 50 / 7, -80 + (n % 50 + 1) / 7, -15 + (n // 50 + 1) / 7),
        )
        for n, code in enumerate(codes)
    ]


@pytest.fixture(scope="module")
def peru(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with all that ships for Peru, and the former set of zones."""
    path = tmp_path_factory.mktemp("peru") / "peru.gpkg"
    sets = [RegionSet(one.name, one.frame, one.attribution, one.licence) for one in region_sets("PE")]
    with Store.create(path, country="PE", region_sets=[*sets, RegionSet("pe-conflict-zones", zones())]):
        pass
    return path.read_bytes()


def test_a_pack_of_perus_districts_rebuilds_zones_exactly_as_a_set_of_districts_does(
    peru: bytes, tmp_path: Path
) -> None:
    for name in ("one.gpkg", "two.gpkg"):
        (tmp_path / name).write_bytes(peru)
    layer = write_layer(tmp_path / "districts.geojson", peruvian_districts())
    write_pack(make_pack(PackPlan("PE", {3: UnitsFile(layer)})).pack, tmp_path / "pe.pack")
    frame = read_layer(layer).frame.rename(columns={"UBIGEO": "admin_code"}).assign(key=lambda rows: rows["admin_code"])
    with Store.open(tmp_path / "one.gpkg") as store:
        store.regions.add(RegionSet("pe-adm3", frame), author="ana")
        number = store.regions.rebuild_zones("pe-adm3", author="ana")
        expected = store.regions.select()
    with Store.open(tmp_path / "two.gpkg") as store:
        done = add(store, open_pack_file(tmp_path / "pe.pack"))
        found = store.regions.select()
        assert store.regions.packs()[0].facts.digits == (2, 4, 6)
        assert problems(store) == []
    assert done.rebuilt == number > 10
    columns = ["set", "key", "version", "outline_note", "working_outline"]
    assert found[columns].to_numpy().tolist() == expected[columns].to_numpy().tolist()
    ours, theirs = (shapely.normalize(one.geometry.to_numpy()) for one in (found, expected))
    assert (ours == theirs).all()


def test_districts_that_lack_one_of_a_zone_are_added_and_rebuild_nothing(peru: bytes, tmp_path: Path) -> None:
    (tmp_path / "one.gpkg").write_bytes(peru)
    layer = write_layer(tmp_path / "districts.geojson", peruvian_districts()[:100])
    write_pack(make_pack(PackPlan("PE", {3: UnitsFile(layer)})).pack, tmp_path / "pe.pack")
    with Store.open(tmp_path / "one.gpkg") as store:
        done = add(store, open_pack_file(tmp_path / "pe.pack"))
    assert done.sets == (("pe-adm3", 100, 0),)
    assert done.rebuilt == 0
    assert "The file lacks districts that are part of the zone definitions" in done.lacking


def test_the_units_of_a_pack_hold_incidents_by_codes_and_points(myanmar: Store, packs: dict[str, PackFile]) -> None:
    place = {"name": "x", "precision": "site", "lon": 97.2, "lat": 21.5, "country": "MM"}
    coded = {"name": "y", "precision": "district", "admin_code": "MMR001D002", "country": "MM"}
    incidents = [
        draft(
            Bundle,
            {"incidents": [{"title": "x", "type": "protest", "country": "MM", "days": "2021-03-07", "places": [one]}]},
        )
        for one in (place, coded)
    ]
    with myanmar as store:
        add(store, packs["mm"])
        for bundle in incidents:
            store.write.add(bundle, author="ana")
        frame = store.read.select(profile=None)
        assert frame["adm1"].tolist() == ["Cedar", "Amber"]


def test_made_up_units_are_not_those_of_a_pack(make_store: Callable[..., Store]) -> None:
    assert make_store(region_sets=[units()]).regions.packs() == ()


def test_what_was_recorded_by_the_code_of_a_former_unit_is_in_the_same_unit_of_the_pack(
    tmp_path: Path, packs: dict[str, PackFile]
) -> None:
    """MM-11 is Amber, drawn a little otherwise; MM-12 is half of Birch, which is another unit."""
    shapes = [shapely.box(95.02, 20, 96, 22), shapely.box(96, 20, 96.5, 22)]
    former = gpd.GeoDataFrame({"key": ["a", "b"], "admin_code": ["MM-11", "MM-12"]}, geometry=shapes, crs=4326)
    places = [
        {"name": code, "precision": "department", "admin_code": code, "country": "MM"} for code in former["admin_code"]
    ]
    incidents = [{"title": "x", "type": "protest", "country": "MM", "days": "2021", "places": [one]} for one in places]
    with Store.create(tmp_path / "mm.gpkg", country="MM", region_sets=[RegionSet("mm-adm1", former)]) as store:
        store.write.add(draft(Bundle, {"incidents": incidents}), author="ana")
        done = add(store, packs["mm"])
        assert done.same == {"MM-11": "MMR001"}
        frame = store.read.select(IncidentQuery.parse(status=["lead", "draft", "published"]))
        regions = store.regions.select()
        held = regions["admin_code"].iloc[members(frame, regions)["region"]].tolist()
        assert held == ["MMR001"]
        assert frame["adm1"].tolist()[0] == "Amber"
        assert store.regions.nestings().of("MM").chain("MM-11") == ("MMR001",)
        assert store.regions.nestings().level("MM", "MM-11") == 1
        assert problems(store) == []


def test_codes_stay_apart_where_units_follow_one_another_on_a_day(tmp_path: Path, packs: dict[str, PackFile]) -> None:
    former = gpd.GeoDataFrame({"key": ["a"], "admin_code": ["MM-11"]}, geometry=[shapely.box(95, 20, 96, 22)], crs=4326)
    with Store.create(tmp_path / "mm.gpkg", country="MM", region_sets=[RegionSet("mm-adm1", former)]) as store:
        assert add(store, packs["mm"], since=date(2023, 3, 1)).same == {}
        assert store.regions.nestings().of("MM").chain("MM-11") == ("MM-11",)
