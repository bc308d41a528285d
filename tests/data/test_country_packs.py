"""A country pack is made of official limits, a list of places and a census; what is wrong with these is reported."""

from __future__ import annotations

import csv
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from made_up_limits import (
    Unit,
    changed,
    districts,
    geonames_row,
    states,
    with_code,
    with_shape,
    write_all,
    write_dump,
    write_layer,
)

from willay.data.country_packs.contents import Terms
from willay.data.country_packs.making import Made, PackPlan, make_pack, words_given
from willay.data.country_packs.reading import read_pack
from willay.data.country_packs.units import UnitsFile
from willay.data.country_packs.wording import report_lines
from willay.data.country_packs.writing import members_of, write_pack
from willay.data.errors import PackError, PackFaultsError
from willay.geo.errors import MissingCRSError, NotTextError
from willay.geo.translation import in_language

if TYPE_CHECKING:
    from pathlib import Path

TERMS = Terms("CC-BY-4.0", "Office of Limits", "https://example.org/limits", "2023-03-01")


def plan_of(folder: Path, units_2: list[Unit] | None = None, **others: Any) -> PackPlan:
    files = write_all(folder)
    if units_2 is not None:
        write_layer(files["units_2"], units_2)
    units = {1: UnitsFile(files["units"]), 2: UnitsFile(files["units_2"])}
    given: dict[str, Any] = {"places": [files["places"]], "people": files["people"], "terms": TERMS} | others
    return PackPlan("MM", **({"units": units} | given))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make_pack(
        plan_of(tmp_path_factory.mktemp("limits"), words=words_given(["state,states"], ["estado,estados"]))
    )


def lines(made: Made) -> str:
    return "\n".join(report_lines(made.report))


def test_units_have_codes_names_other_names_and_the_unit_that_holds_them(made: Made) -> None:
    first, second = made.pack.units[1], made.pack.units[2]
    assert first["code"].tolist() == ["MMR001", "MMR002", "MMR003"]
    assert first["name"].tolist() == ["Amber", "Birch", "Cedar"]
    assert first["aliases"].tolist() == [["ပယင်း"], ["ဘုဇပတ်"], ["သစ်ကတိုး"]]
    assert dict(zip(second["code"], second["parent"], strict=True))["MMR003D002"] == "MMR003"


def test_what_is_taken_for_the_name_of_a_column_is_said(made: Made) -> None:
    assert made.report.levels[0].guessed == {"code": "ADM1_PCODE", "name": "ADM1_EN", "aliases": "ADM1_MY"}
    assert "Columns found by their names: code = ADM1_PCODE, name = ADM1_EN, other names = ADM1_MY." in lines(made)


def test_limits_that_meet_have_neither_gap_nor_overlap(made: Made) -> None:
    assert [(level.gaps, level.overlaps, level.strays) for level in made.report.levels] == [((), (), ())] * 2


def test_places_of_a_geonames_dump_get_the_finest_unit_that_holds_them(made: Made) -> None:
    (report,) = made.report.places
    assert (report.form, report.read, report.inside, report.outside) == ("geonames", 61, 60, 1)
    assert sum(report.left_out.values()) == 2  # the hill, and the village of another country
    units = dict(zip(made.pack.units[2]["code"], made.pack.units[2].geometry, strict=True))
    inside = [place for place in made.pack.places if place.admin_code]
    assert len(inside) == 60
    assert all(shapely.intersects_xy(units[place.admin_code], place.lon, place.lat) for place in inside)
    assert made.pack.places[0].alternates == ("ရွာ 0", "Ywa 0")
    assert next(one for one in made.pack.places if one.id == "geonames:0").population is None  # 0 is not known


def test_people_are_by_unit_and_year(made: Made) -> None:
    assert made.pack.people == {"MMR001": {2014: 1000, 2019: 1100}, "MMR002": {2014: 2000}}


def test_the_terms_of_geonames_are_its_own_and_each_part_has_the_digest_of_its_file(made: Made) -> None:
    facts = made.pack.facts
    assert facts.places is not None
    assert (facts.places.licence, facts.places.credit) == ("CC-BY-4.0", "GeoNames")
    assert [len(level.terms.sha256 or "") for level in facts.levels] == [64, 64]
    assert facts.levels[0].words == {"en": ("state", "states"), "es": ("estado", "estados")}


def test_a_pack_reads_as_it_was_written(made: Made, tmp_path: Path) -> None:
    write_pack(made.pack, tmp_path / "mm.pack")
    read = read_pack(tmp_path / "mm.pack")
    assert (read.facts, read.places, read.people) == (made.pack.facts, made.pack.places, made.pack.people)
    for level, frame in made.pack.units.items():
        assert read.units[level]["code"].tolist() == sorted(frame["code"])
        assert shapely.equals(read.units[level].geometry.to_numpy(), frame.geometry.to_numpy()).all()


def test_a_folder_is_a_pack_as_well(made: Made, tmp_path: Path) -> None:
    write_pack(made.pack, tmp_path / "mm.pack")
    with zipfile.ZipFile(tmp_path / "mm.pack") as archive:
        archive.extractall(tmp_path / "folder")
    assert read_pack(tmp_path / "folder").places == made.pack.places


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    first = members_of(make_pack(plan_of(tmp_path / "one")).pack)
    second = members_of(make_pack(plan_of(tmp_path / "two")).pack)
    assert first == second
    write_pack(make_pack(plan_of(tmp_path / "one")).pack, tmp_path / "one.pack")
    write_pack(make_pack(plan_of(tmp_path / "two")).pack, tmp_path / "two.pack")
    assert (tmp_path / "one.pack").read_bytes() == (tmp_path / "two.pack").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.pack") as archive:
        stated = {(info.date_time, info.create_system, info.external_attr) for info in archive.infolist()}
        names = archive.namelist()
    assert stated == {((1980, 1, 1, 0, 0, 0), 3, 0o100644 << 16)}  # no day, no system, no rights of whoever made it
    assert names == ["pack.toml", "adm1.geojson", "adm2.geojson", "places.csv", "populations.csv"]


def test_coordinates_are_not_rounded(tmp_path: Path) -> None:
    third = shapely.box(95, 20, 95 + 1 / 3, 20 + 1 / 7)
    layer = write_layer(tmp_path / "a.geojson", [Unit({"code": "A", "name": "A"}, third)])
    made = make_pack(PackPlan("MM", {1: UnitsFile(layer)}))
    write_pack(made.pack, tmp_path / "a.pack")
    (read,) = read_pack(tmp_path / "a.pack").units[1].geometry
    assert (
        shapely.get_coordinates(shapely.normalize(read)).tolist()
        == shapely.get_coordinates(shapely.normalize(third)).tolist()
    )


def test_a_gap_and_an_overlap_are_named_with_their_area(tmp_path: Path) -> None:
    """Both strips are 0.01 by 1 degree: 1,044 m at 20.5° north by 110.7 km, which is 115.5 km²."""
    units = changed(districts(), 0, with_shape(shapely.box(95, 20, 95.49, 21)))
    units = changed(units, 4, with_shape(shapely.box(96, 20, 96.51, 21)))
    level = make_pack(plan_of(tmp_path, units)).report.levels[1]
    (gap,), (overlap,) = level.gaps, level.overlaps
    assert gap.area_km2 == pytest.approx(115.5, rel=0.01)
    assert {"Amber N (MMR001D001)", "Amber E (MMR001D002)"} <= set(gap.units)
    assert overlap.area_km2 == pytest.approx(115.5, rel=0.01)
    assert overlap.units == ("Birch N (MMR002D001)", "Birch E (MMR002D002)")
    told = lines(make_pack(plan_of(tmp_path, units)))
    assert "Gap of 115 km² between Amber N (MMR001D001)" in told
    assert "Overlap of 115 km² of Birch N (MMR002D001), Birch E (MMR002D002), at 96.5050, 20.5000." in told


def test_a_narrow_open_gap_of_first_level_units_is_found(tmp_path: Path) -> None:
    """Nothing encloses it, and no level above says that it is missing: 0.001° by 2°."""
    units = changed(states(), 0, lambda unit: Unit(unit.properties, shapely.box(95, 20, 95.999, 22)))
    made = make_pack(PackPlan("MM", {1: UnitsFile(write_layer(tmp_path / "a.geojson", units))}))
    (gap,) = made.report.levels[0].gaps
    assert gap.units == ("Amber (MMR001)", "Birch (MMR002)")
    assert gap.area_km2 == pytest.approx(23, rel=0.1)


def test_nothing_is_made_where_a_code_is_missing_or_used_twice(tmp_path: Path) -> None:
    units = changed(changed(districts(), 5, with_code(None)), 7, with_code("MMR002D003"))
    with pytest.raises(PackFaultsError, match="No pack is made: units lack a code, or have the same code") as caught:
        make_pack(plan_of(tmp_path, units))
    level = caught.value.report.levels[1]
    assert level.without_code == ("Birch E",)
    assert level.double == {"MMR002D003": ("Birch S", "Birch W")}
    told = "\n".join(report_lines(caught.value.report))
    assert "Without a code: Birch E." in told
    assert "Several units have the code MMR002D003: Birch S, Birch W." in told


def test_a_code_that_two_levels_have_is_used_twice(tmp_path: Path) -> None:
    with pytest.raises(PackFaultsError, match="same code"):
        make_pack(plan_of(tmp_path, changed(districts(), 0, with_code("MMR003"))))


def test_a_unit_outside_the_one_that_holds_it_is_reported(tmp_path: Path) -> None:
    moved = changed(districts(), 0, with_shape(shapely.box(94.9, 20, 95.5, 21)))
    (stray,) = make_pack(plan_of(tmp_path, moved)).report.levels[1].strays
    assert (stray.unit, stray.parent) == ("Amber N (MMR001D001)", "MMR001")
    assert stray.share == pytest.approx(1 / 6, rel=0.01)


def test_a_column_with_the_unit_above_goes_before_what_codes_begin_with(tmp_path: Path) -> None:
    other = [Unit({**unit.properties, "ADM1_PCODE": "MMR001"}, unit.shape) for unit in districts()]
    frame = make_pack(plan_of(tmp_path, other)).pack.units[2]
    assert set(frame["parent"]) == {"MMR001"}


def test_codes_that_show_no_parent_have_theirs_by_their_place(tmp_path: Path) -> None:
    plain = [Unit({**unit.properties, "ADM2_PCODE": f"X{n}"}, unit.shape) for n, unit in enumerate(districts())]
    frame = make_pack(plan_of(tmp_path, plain)).pack.units[2]
    assert frame["parent"].tolist() == ["MMR001"] * 4 + ["MMR002"] * 4 + ["MMR003"] * 4


def test_columns_can_be_named_where_they_have_no_usual_name(tmp_path: Path) -> None:
    odd = [
        Unit({"xa": unit.properties["ADM1_PCODE"], "xb": unit.properties["ADM1_EN"]}, unit.shape) for unit in states()
    ]
    layer = write_layer(tmp_path / "odd.geojson", odd)
    with pytest.raises(
        PackError, match=r"no column has a usual name for the code .* --code-field\. Its columns: xa, xb"
    ):
        make_pack(PackPlan("MM", {1: UnitsFile(layer)}))
    with pytest.raises(PackError, match=r"has no column 'xc'\. It has: xa, xb"):
        make_pack(PackPlan("MM", {1: UnitsFile(layer, code="xc")}))
    made = make_pack(PackPlan("MM", {1: UnitsFile(layer, code="XA", name="xb")}))
    assert made.pack.units[1]["code"].tolist() == ["MMR001", "MMR002", "MMR003"]
    assert made.report.levels[0].guessed == {}


@pytest.mark.parametrize(
    ("code", "name"),
    [("ADM1_PCODE", "ADM1_EN"), ("adm1_pcode", "adm1_name"), ("admin1Pcode", "admin1Name_en"),
     ("shapeISO", "shapeName"),
     ("iso_3166_2", "name"), ("HASC_1", "NAME_1"), ("UBIGEO", "NOMBDEP"), ("ADM1_CODE", "ADM1_NAME")],
)  # fmt: skip
def test_usual_names_of_columns_are_known(code: str, name: str, tmp_path: Path) -> None:
    """Of OCHA's common datasets, geoBoundaries, Natural Earth, GADM, INEI and GAUL."""
    layer = write_layer(tmp_path / "a.geojson", [Unit({code: "A1", name: "Amber"}, shapely.box(0, 0, 1, 1))])
    frame = make_pack(PackPlan("MM", {1: UnitsFile(layer)})).pack.units[1]
    assert frame[["code", "name"]].to_numpy().tolist() == [["A1", "Amber"]]


def test_names_in_spanish_and_english_are_each_for_its_language(tmp_path: Path) -> None:
    names = {"ADM1_PCODE": "A1", "ADM1_EN": "North", "ADM1_ES": "Norte", "ADM1_FR": "Nord"}
    layer = write_layer(tmp_path / "a.geojson", [Unit(names, shapely.box(0, 0, 1, 1))])
    (row,) = make_pack(PackPlan("MM", {1: UnitsFile(layer)})).pack.units[1].to_dict("records")
    assert (row["name"], row["name_es"], row["name_en"]) == ("North", "Norte", "North")
    assert row["aliases"] == ["Norte", "Nord"]


def test_a_level_may_not_be_left_out(tmp_path: Path) -> None:
    files = write_all(tmp_path)
    with pytest.raises(PackError, match="Units of level 2 need those of level 1"):
        make_pack(PackPlan("MM", {2: UnitsFile(files["units_2"])}))
    with pytest.raises(PackError, match="Give the file of the units: --units FILE"):
        make_pack(PackPlan("MM", {}))


def test_a_file_without_a_crs_is_asked_for_one(tmp_path: Path) -> None:
    import fiona  # noqa: PLC0415 — for this test alone

    schema = {"geometry": "Polygon", "properties": {"code": "str", "name": "str"}}
    with fiona.open(tmp_path / "bare.shp", "w", driver="ESRI Shapefile", schema=schema) as file:
        shape = shapely.geometry.mapping(shapely.box(500_000, 8_000_000, 600_000, 8_100_000))
        file.write({"geometry": shape, "properties": {"code": "A", "name": "A"}})
    with pytest.raises(MissingCRSError, match="does not state the CRS"):
        make_pack(PackPlan("PE", {1: UnitsFile(tmp_path / "bare.shp")}))
    made = make_pack(PackPlan("PE", {1: UnitsFile(tmp_path / "bare.shp", crs="EPSG:32718")}))
    assert made.report.levels[0].crs == "WGS 84 / UTM zone 18S"
    assert made.report.levels[0].area_km2 == pytest.approx(10_000, rel=0.01)


def test_the_outline_that_is_included_is_compared(tmp_path: Path) -> None:
    """Peru's outline is shipped: the western half of its box covers part of it, and much of it is sea."""
    layer = write_layer(tmp_path / "a.geojson", [Unit({"code": "A", "name": "A"}, shapely.box(-81.4, -18.4, -75, 0))])
    level = make_pack(PackPlan("PE", {1: UnitsFile(layer)})).report.levels[0]
    assert level.covered is not None
    assert level.beyond is not None
    assert 0.2 < level.covered < 0.6
    assert 0.2 < level.beyond < 0.8


def test_alternate_names_of_geonames_belong_to_the_places_of_its_dump(tmp_path: Path) -> None:
    files = write_all(tmp_path)
    names = tmp_path / "alternateNames.txt"
    rows = ["1\t5\tmy\tရွာသစ်\t\t\t\t", "2\t5\tlink\thttps://example.org\t\t\t\t", "3\t77777\ten\tElsewhere\t\t\t\t"]
    names.write_text("\n".join(rows) + "\n", "utf-8")
    made = make_pack(PackPlan("MM", {1: UnitsFile(files["units"])}, [names, files["places"]]))
    assert next(one for one in made.pack.places if one.id == "geonames:5").alternates[-1] == "ရွာသစ်"
    with pytest.raises(PackError, match="alternate names, but no list of places"):
        make_pack(PackPlan("MM", {1: UnitsFile(files["units"])}, [names]))


def test_a_table_of_places_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    files = write_all(tmp_path)
    table = tmp_path / "villages.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(
            [
                ["Village_Pcode", "Village_Name", "Longitude", "Latitude", "ADM1_PCODE"],
                ["#loc+code", "#loc+name", "#geo+lon", "#geo+lat", "#adm1+code"],
                ["V1", "Ash", "95.2", "20.2", "MMR001"],
                ["V2", "Beech", "96,2", "20,2", "MMR001"],
                ["V3", "Nowhere", "", "", "MMR001"],
            ]
        )
    made = make_pack(PackPlan("MM", {1: UnitsFile(files["units"])}, [table]))
    (report,) = made.report.places
    assert [(one.id, one.name, one.lon, one.admin_code) for one in made.pack.places] == [
        ("V1", "Ash", 95.2, "MMR001"),
        ("V2", "Beech", 96.2, "MMR001"),
    ]
    assert (report.own, report.agreeing, report.left_out) == (2, 1, {"without coordinates in degrees": 1})
    assert "2 name their unit by its code; 50.0 % of these lie in it." in lines(made)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "place;where\nx;y\n", "no column has a usual name for lon, lat"),
        ("a.csv", "name,lon,lat\n", "has no rows below a first line"),
        ("a.csv", "id,name,lon,lat\n1,a,95,20\n1,b,95,20\n", "Several places have the id '1'"),
        ("a.xlsx", "PK", "is a workbook. In a spreadsheet program, save the sheet"),
    ],
)
def test_a_list_of_places_that_is_none_is_refused_with_what_to_do(
    name: str, content: str, told: str, tmp_path: Path
) -> None:
    files = write_all(tmp_path)
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(PackError, match=told):
        make_pack(PackPlan("MM", {1: UnitsFile(files["units"])}, [tmp_path / name]))


def test_a_list_in_another_encoding_is_refused_with_what_to_do(tmp_path: Path) -> None:
    files = write_all(tmp_path)
    (tmp_path / "a.csv").write_bytes("name,lon,lat\nCañón,95,20\n".encode("cp1252"))
    with pytest.raises(NotTextError, match="save it as “CSV UTF-8”"):
        make_pack(PackPlan("MM", {1: UnitsFile(files["units"])}, [tmp_path / "a.csv"]))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("ADM1_PCODE,people\nMMR001,3\n", "no column states a year"),
        ("x,population_2014\ny,3\n", "no column has codes of the units"),
        ("ADM1_PCODE,population_2014\nMMR001,many\n", "'many' is not a whole number"),
    ],
)
def test_a_census_that_is_none_is_refused_with_what_to_do(content: str, told: str, tmp_path: Path) -> None:
    files = write_all(tmp_path)
    files["people"].write_text(content, "utf-8")
    with pytest.raises(PackError, match=told):
        make_pack(PackPlan("MM", {1: UnitsFile(files["units"])}, people=files["people"]))


def test_a_census_may_have_a_row_for_each_year_and_codes_of_no_unit_are_named(tmp_path: Path) -> None:
    files = write_all(tmp_path)
    files["people"].write_text('pcode,year,population\nMMR001,1990,"1,234"\nMMR001,2000,5\nQQ,2000,1\n', "utf-8")
    made = make_pack(PackPlan("MM", {1: UnitsFile(files["units"])}, people=files["people"]))
    assert made.pack.people == {"MMR001": {1990: 1234, 2000: 5}}
    assert made.report.people is not None
    assert made.report.people.unknown == ("QQ",)


@pytest.mark.parametrize("text", ["state", "state,", "4:a,b", "x:a,b"])
def test_words_are_one_and_several(text: str) -> None:
    with pytest.raises(PackError, match="Write one and several, with a comma between"):
        words_given([text], [])


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="dated must be a day such as 2023-03-01; got 'March'"):
        make_pack(plan_of(tmp_path, terms=Terms(dated="March")))


def test_what_was_found_is_said_in_spanish_as_well(tmp_path: Path) -> None:
    units = changed(districts(), 4, with_shape(shapely.box(96, 20, 96.51, 21)))
    with in_language("es"):
        told = lines(make_pack(plan_of(tmp_path, units)))
    assert "Superposición de 115 km² de Birch N (MMR002D001), Birch E (MMR002D002)" in told
    assert "Lugares: 61 de MM.txt (volcado de GeoNames)." in told


def test_a_row_of_a_dump_that_lacks_cells_is_counted_not_lost(tmp_path: Path) -> None:
    files = write_all(tmp_path)
    dump = write_dump(tmp_path / "MM.txt", 3)
    dump.write_text(dump.read_text("utf-8") + "77\tbroken\n" + geonames_row(78, (95.1, 20.1)) + "\n", "utf-8")
    made = make_pack(PackPlan("MM", {1: UnitsFile(files["units"])}, [dump]))
    assert made.report.places[0].left_out["not a row of 19 columns"] == 1
    assert made.report.places[0].read == 5
