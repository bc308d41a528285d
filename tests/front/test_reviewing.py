"""The review in bulk, and areas added, through the front door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely

import willay as wy
from willay.events.model.errors import ConflictError, EventsWarning
from willay.geo import MissingCRSError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def ours(empty: wy.Database) -> wy.Database:
    """Three drafts by Ana, of which one is restricted, and a lead."""
    for number, more in enumerate(({}, {"sensitivity": "restricted"}, {"type": "riot"}, {"status": "lead"}), 1):
        fields: dict[str, Any] = {"title": f"March {number}", "type": "protest", "days": f"2021-03-0{number}"}
        empty.add(**fields | more)
    return empty


def statuses(db: wy.Database) -> list[str]:
    with wy.open(db.path, profile=None) as record:
        every = ["lead", "draft", "in-review", "published", "retracted"]
        with pytest.warns(wy.DisclosureWarning, match="1 incident that"):
            return record.select(status=every)["status"].tolist()


def test_those_that_answer_a_question_go_together(ours: wy.Database) -> None:
    done = ours.submit(wy.Query(type="protest", status="draft"), to="Beto", comment="please")
    assert done["code"].tolist() == ["PE-2021-0001", "PE-2021-0002"]
    assert done["changes"].str.contains("status: draft → in-review").all()
    assert statuses(ours) == ["in-review", "in-review", "draft", "lead"]
    ours.approve(done, author="Beto")
    assert statuses(ours) == ["published", "published", "draft", "lead"]


def test_a_question_without_a_status_asks_for_those_that_the_step_is_for(ours: wy.Database) -> None:
    assert len(ours.submit(wy.Query(days=2021))) == 4
    assert len(ours.send_back(wy.Query(days=2021), comment="one source more", author="Beto")) == 4
    assert statuses(ours) == ["draft"] * 4
    with pytest.raises(wy.NotFoundError, match=r"No incident answers the question \(status: in-review\)"):
        ours.approve(wy.Query(days=2021), author="Beto")


def test_a_code_several_an_incident_and_a_frame_are_read(ours: wy.Database) -> None:
    ours.accept("PE-2021-0004")
    ours.submit([ours["PE-2021-0003"], "PE-2021-0003", "PE-2021-0004"])
    assert statuses(ours) == ["draft", "draft", "in-review", "in-review"]
    ours.assign(ours.select(status="in-review")["code"], to="Beto")
    (waiting,) = {one.assigned_to for one in ours.store.review.queue() if one.status == "in-review"}
    assert waiting == "Beto"
    ours.approve(ours.select(status="in-review"), author="Beto")
    ours.reopen("PE-2021-0003", comment="a new source")
    assert statuses(ours) == ["draft", "draft", "in-review", "published"]


def test_all_of_them_or_none(ours: wy.Database) -> None:
    ours.submit("PE-2021-0001")
    with pytest.raises(ConflictError):
        ours.submit(["PE-2021-0003", "PE-2021-0001"])
    with pytest.raises(wy.RefusedError):
        ours.approve("PE-2021-0001")  # her own
    with pytest.raises(wy.NotFoundError):
        ours.submit(["PE-2021-0003", "PE-2021-9999"])
    assert statuses(ours) == ["in-review", "draft", "draft", "lead"]


def test_codes_that_a_profile_shows_are_not_taken_for_those_of_the_record(ours: wy.Database) -> None:
    with wy.open(ours.path, author="Ana", profile="public") as outward:
        shown = outward.select(status="draft")
        (hidden,) = set(shown["code"]) - {"PE-2021-0001", "PE-2021-0003"}
        with pytest.raises(wy.RefusedError, match=f"{hidden} is the code that a disclosure profile shows"):
            outward.submit(shown)
    assert statuses(ours) == ["draft", "draft", "draft", "lead"]


@pytest.mark.parametrize(
    ("what", "message"),
    [
        (3, "expected codes, a frame with the column 'code'"),
        ([3], "expected codes"),
        (gpd.GeoDataFrame({"key": ["x"]}, geometry=[None]), "expected codes, a frame with the column 'code'"),
        (wy.Query(as_of=2020), "recorded now"),
        (wy.Query(region=shapely.box(-80, -20, -60, 0)), "Select it, and give the frame"),
    ],
)
def test_what_is_no_choice_of_incidents_is_refused(ours: wy.Database, what: Any, message: str) -> None:
    with pytest.raises(wy.QueryError, match=message):
        ours.submit(what)


def counties(**more: Any) -> gpd.GeoDataFrame:
    shapes = [shapely.box(-80, -18, -75, 0), shapely.box(-75, -18, -68, 0)]
    return gpd.GeoDataFrame({"COUNTY": ["West", "East"], "NAM": ["Oeste", "Este"], "geometry": shapes}, **more)


def test_any_areas_are_a_region_set_and_a_file_of_them(ours: wy.Database, tmp_path: Path) -> None:
    metres = counties(crs=4326).to_crs(3857)
    assert ours.add_regions(metres, set="halves", key="COUNTY", name="NAM", licence="CC0-1.0") == 2
    shown = ours.regions("halves").sort_values("key", ascending=False, ignore_index=True)
    assert shown["key"].tolist() == ["west", "east"]
    assert set(shown["licence"]) == {"CC0-1.0"}
    assert shown.geometry.geom_equals_exact(counties(crs=4326).geometry, 1e-6).all()
    code = ours.add(title="March", type="protest", days=2021, place=(-76.5, -12.0))
    assert code in ours.select(region="Oeste", status="draft")["code"].tolist()
    file = tmp_path / "counties.geojson"
    counties(crs=4326).to_file(file)
    assert ours.add_regions(file, set="others", key="COUNTY") == 2


def test_areas_that_are_none_are_refused_and_broken_ones_are_repaired(ours: wy.Database) -> None:
    with pytest.raises(MissingCRSError, match=r"set_crs\('EPSG:4326'\)"):
        ours.add_regions(counties(), set="halves", key="COUNTY")
    with pytest.raises(wy.DraftError, match="no column 'county'"):
        ours.add_regions(counties(crs=4326), set="halves", key="county")
    with pytest.raises(wy.DraftError, match="expected a GeoDataFrame or a GIS file; got int"):
        ours.add_regions(3, set="halves", key="COUNTY")
    bow = counties(crs=4326)
    bow.loc[0, "geometry"] = shapely.Polygon([(-76, -12), (-75, -11), (-75, -12), (-76, -11)])
    with pytest.warns(EventsWarning, match="Row 0: broken geometry") as warned:
        ours.add_regions(bow, set="bows", key="COUNTY")
    assert warned[0].filename == __file__
    assert ours.regions("bows").geometry.is_valid.all()
