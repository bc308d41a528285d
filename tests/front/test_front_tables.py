"""Figures by region, registers, areas and files: the same numbers as by the library below and by the command line."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hidden import HIDDEN

import willay as wy
from willay.data import DataError
from willay.events.frame.membership import members
from willay.events.frame.regional import region_figures
from willay.maps.errors import MapsError

pytestmark = pytest.mark.filterwarnings("ignore:The profile public .* leaves out")


def test_figures_by_region_are_the_sums_of_each_policy(db: wy.Database) -> None:
    regions = db.regions("pe-departments")
    table = db.figures(["killed", "injured"], by="department", policy=["minimum", "maximum"], days="2009")
    assert len(table) == 4 * len(regions)
    assert table["policy"].unique().tolist() == ["minimum", "maximum"]
    for (policy, measure), part in table.groupby(["policy", "measure"]):
        sums = region_figures(db.select(days="2009", policy=policy), regions, measures=[measure])
        for name in ("low", "best", "high", "known", "unknown", "guard"):
            assert part[name].tolist() == sums[f"{measure}_{name}"].tolist()
        assert part["key"].tolist() == sums["key"].tolist()
    assert isinstance(table, gpd.GeoDataFrame)
    assert table.crs.to_epsg() == 4326


def test_a_region_set_is_known_by_its_name_and_by_the_word_for_its_units(db: wy.Database) -> None:
    keys = db.regions("pe-departments")["key"].tolist()
    for name in ("department", "departments", "departamento", "Departamentos"):
        assert db.regions(name)["key"].tolist() == keys
    assert db.figures("killed")["key"].tolist() == db.figures("killed", by=db.regions("department"))["key"].tolist()
    with pytest.raises(wy.NotFoundError, match=r"^Unknown region set 'counties'\. Region sets of the database: pe-"):
        db.regions("counties")


def test_an_area_asks_as_a_region_of_a_set_does(db: wy.Database) -> None:
    regions = db.regions("department")
    frame = db.select()
    held = members(frame, regions.assign(admin_code=None))
    holding = held["region"].unique()[:2].tolist()
    for number in holding:
        asked = db.select(region=regions.geometry.iloc[number])
        assert set(asked["code"]) == set(frame["code"].iloc[held.loc[held["region"] == number, "incident"]])
        assert len(asked) > 0
        assert "an area within" in asked.attrs["question"]
        assert "left_out" not in asked.attrs
    both = db.select(region=regions.iloc[holding].to_crs(32718))
    assert len(both) == sum(len(db.select(region=regions.geometry.iloc[number])) for number in holding)
    claims = db.claims(region=regions.iloc[holding])
    assert len(claims) > 0
    assert claims["code"].tolist() == [code for code in db.claims()["code"] if code in set(both["code"])]


def test_registers_are_tables_of_what_is_shown(db: wy.Database, path: Path) -> None:
    shown = db.store.registers.shown("public")
    for table, drafts in zip((db.sources(), db.actors(), db.cases()), shown, strict=True):
        assert table["key"].tolist() == [one.key for one in drafts]
    with wy.open(path, profile=None) as record, sqlite3.connect(path) as raw:
        assert len(record.sources()) == raw.execute("SELECT count(*) FROM source").fetchone()[0]
    assert set(db.cases()["title"]) > {"Conga"} or "title" in db.cases().columns
    assert db.datasets()["name"].tolist() == db.store.registers.datasets("public")["name"].tolist()


AREAS = gpd.GeoDataFrame(
    {"COUNTY": ["w", "e"], "LABEL": ["West", "East"]},
    geometry=[shapely.box(-82, -19, -75, 1), shapely.box(-75, -19, -68, 1)],
    crs=4326,
)


@pytest.mark.parametrize(
    ("areas", "words", "message"),
    [
        (AREAS, {}, r"no column 'key'\. Name the one: key=…\. Columns: COUNTY, LABEL\.$"),
        (AREAS, {"key": "COUNTRY"}, r"no column 'COUNTRY'"),
        (AREAS, {"key": "COUNTY", "name": "NAME"}, r"no column 'NAME'\. Name the one: name=…"),
        (AREAS.assign(COUNTY="w"), {"key": "COUNTY"}, r"'COUNTY' is not a key, because of these values: w\."),
        (AREAS.assign(COUNTY=[None, "w"]), {"key": "COUNTY"}, r"'COUNTY' is not a key, .*: missing\."),
        (AREAS.set_crs(None, allow_override=True), {"key": "COUNTY"}, r"^The regions have no CRS"),
        (pd.DataFrame(AREAS), {"key": "COUNTY"}, r"^Regions must be a GeoDataFrame; got a DataFrame\.$"),
        (None, {}, r"^A choropleth needs regions\."),
        (AREAS, {"key": "COUNTY", "mesure": "killed"}, r"^Unknown option 'mesure'\. Did you mean 'measure'\?|Known"),
        (AREAS, {"key": "COUNTY", "measure": "killd"}, r"^measure is 'killd'\. Choose one of: incidents, killed"),
        (AREAS, {"key": "COUNTY", "rate": "best"}, r"^rate is 'best'\. Choose one of"),
    ],
)
def test_regions_and_options_that_no_map_can_be_made_of_are_refused_at_once(
    db: wy.Database, areas: Any, words: dict[str, Any], message: str
) -> None:
    with pytest.raises(MapsError, match=message):
        wy.choropleth(db.select(), areas, **words)


def test_any_areas_are_regions_of_a_map(db: wy.Database) -> None:
    drawn = wy.choropleth(db.select(), AREAS.to_crs(32718).rename_geometry("shape"), key="COUNTY", name="LABEL")
    assert drawn.regions["key"].tolist() == ["w", "e"]
    assert drawn.regions["name"].tolist() == ["West", "East"]
    assert drawn.regions.geometry.name == "geometry"
    assert drawn.page.in_sight > 0


def test_a_frame_by_hand_makes_every_map(tmp_path: Path) -> None:
    places = [shapely.Point(-77, -9), shapely.Point(-72, -9)]
    frame = wy.make_frame({"title": ["Attack", "March"], "killed_best": [3, 0], "country": "PE"}, places)
    for made in (wy.choropleth(frame, AREAS, key="COUNTY"), wy.atlas(frame, AREAS, key="COUNTY"), wy.timeline(frame)):
        for ending in (".html", ".png"):
            assert made.save(tmp_path / f"{made.spec.kind}{ending}").stat().st_size > 10**4


def test_the_ending_decides_and_a_page_takes_no_options_of_a_picture(db: wy.Database) -> None:
    drawn = wy.timeline(db.select(days="2009-06"))
    with pytest.raises(MapsError, match=r"'map\.docx' must end in one of \.html, \.png, \.svg, \.pdf\.$"):
        drawn.save("map.docx")
    with pytest.raises(MapsError, match=r"^dpi applies to pictures only"):
        drawn.save("map.html", dpi=300)
    with pytest.raises(MapsError, match=r"^Unknown option 'sise'\. Did you mean 'size'\?$"):
        drawn.save("map.png", sise="a4")
    drawn.save("map.html")
    with pytest.raises(wy.Error, match=r"map\.html: the file already exists"):
        drawn.save("map.html")
    assert drawn.save("map.html", force=True) == Path("map.html")


def barred(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return frame.assign(dataset="acled", may_publish=pd.array([False] * len(frame), dtype="boolean"))


def test_rows_that_may_not_be_passed_on_are_not(db: wy.Database) -> None:
    frame = barred(db.select(days="2009-06"))
    for save in (
        lambda **more: wy.timeline(frame).save("a.html", **more),
        lambda **more: wy.write(frame, "a.csv", **more),
    ):
        with pytest.raises(wy.RefusedError, match="do not allow passing on"):
            save()
        assert save(own_use=True)


def test_a_database_is_written_without_loss_and_as_the_command_does(db: wy.Database, tmp_path: Path) -> None:
    written = wy.write(db, "all.geojson")
    text = (tmp_path / "all.geojson").read_text("utf-8")
    assert (written.rows, written.losses) == (len(db), ())
    assert HIDDEN not in text
    assert '"claims"' in text
    assert {one["properties"]["code"] for one in json.loads(text)["features"]} == {one.code for one in db}
    assert wy.write(db, "some.csv", query=wy.Query(days="2009-06"), tables=True).rows < len(db)
    with pytest.raises(wy.QueryError, match="apply to a database"):
        wy.write(db.select(), "frame.csv", query=wy.Query(days=2009))
    with pytest.raises(wy.QueryError, match="An area cannot be written page by page"):
        wy.write(db, "area.csv", query=wy.Query(region=shapely.box(-80, -10, -70, 0)))


def test_the_record_is_written_only_aloud(db: wy.Database, tmp_path: Path) -> None:
    with pytest.warns(wy.DisclosureWarning, match="shown as recorded"):
        wy.write(db, "record.geojson", profile=None)
    assert HIDDEN in (tmp_path / "record.geojson").read_text("utf-8")


def test_a_profile_is_a_document_of_what_is_shown(db: wy.Database, tmp_path: Path) -> None:
    document = wy.profile(db, "cusco", since=2009, lang="es", sections=["key", "chronology"])
    assert document.save("cusco.html").is_file()
    assert HIDDEN not in (tmp_path / "cusco.html").read_text("utf-8")
    assert "<iframe" in document._repr_html_()
    with pytest.warns(wy.DisclosureWarning, match="shown as recorded"):
        wy.profile(db, sections=["key"], profile=None)
    with pytest.raises((wy.Error, DataError), match="Unknown country or region"):
        wy.profile(db, "Atlantis")
