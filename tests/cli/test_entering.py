"""`willay add` by flags and from files: registers with their incidents, countries, sources, sensitivity, and points."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
import yaml
from pyproj import Geod

import willay.data
from willay.events.store import Store
from willay.geo import area_km2

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

PERU = Path(willay.data.__file__).parent / "incidents" / "peru"
OF_KINDS = [
    sorted(path.name for path in PERU.glob(f"*{kind}*")) for kind in ("sources", "actors", "cases", "indicators")
]
"""The files of each register, which refer to each other: an actor is a part of one in another file."""

REGISTERS = [name for names in OF_KINDS for name in names]
YEARS = sorted(path.name for path in PERU.glob("[12]*.yaml"))
NEW = ("add", "-y", "--title", "Paro", "--type", "strike", "--day", "2012-05-01")


@cache
def counted() -> Counter[str]:
    """How many entries of each kind the included files have, as YAML reads them."""
    documents = [yaml.safe_load(path.read_text("utf-8")) for path in PERU.glob("*.yaml")]
    return Counter(kind for document in documents for kind, entries in document.items() for _ in entries)


def empty(run: Callable[..., Result]) -> str:
    """A database that one person keeps: the shipped examples are published."""
    assert run("init", "new.gpkg").code == 0
    assert run("review", "rule", "one-person", "-m", "alone", "--db", "new.gpkg").code == 0
    return "new.gpkg"


def write(name: str, document: Any) -> str:
    Path(name).write_text(json.dumps(document), "utf-8")
    return name


def test_the_shipped_examples_enter_file_by_file_after_their_registers(run: Callable[..., Result]) -> None:
    db = empty(run)
    for names in (*OF_KINDS, *([name] for name in YEARS)):
        told = run("add", "-y", *(word for name in names for word in ("-F", str(PERU / name))), "--db", db)
        assert told.code == 0, (names, told.err)
    assert len(run("list", "--db", db, "-f", "csv").out.splitlines()) == 1 + counted()["incidents"]
    assert run("check", "--db", db).code == 0


def test_the_shipped_examples_enter_together_in_any_order(run: Callable[..., Result]) -> None:
    db = empty(run)
    files = [word for name in (*reversed(YEARS), *REGISTERS) for word in ("-F", str(PERU / name))]
    told = run("add", "-y", *files, "--db", db)
    assert told.code == 0, told.err
    assert f"{counted()['incidents']} incidents read" in told.err
    saved = [f"{counted()[kind]} {kind}" for kind in ("incidents", "sources", "actors", "cases", "indicators")]
    assert f"Saved: {', '.join(saved)}; PE-" in told.err


def test_examples_without_their_registers_say_what_is_missing_and_save_nothing(run: Callable[..., Result]) -> None:
    db = empty(run)
    told = run("add", "-y", "-F", str(PERU / "1983.yaml"), "--db", db)
    assert told.code == 3
    assert "1983.yaml: incidents[0].claims[0].source: No source has the key" in told.err
    assert run("list", "--db", db, "-f", "csv").out.count("\n") <= 1


OWN = {
    "sources": [{"key": "radio", "kind": "press", "publisher": "Radio"}],
    "actors": [{"key": "comite-x", "name": "Comité X", "kind": "civilians"}],
    "cases": [{"key": "paro-x", "title": "Paro", "type": "labour"}],
    "incidents": [
        {"title": "Part", "type": "strike", "days": "2012-01-02", "part_of": "whole-x", "cases": ["paro-x"],
         "parties": [{"actor": "Comité X", "role": "present"}], "sources": ["radio"]},
        {"key": "whole-x", "title": "Whole", "type": "strike", "days": "2012-01"},
    ],
}  # fmt: skip


@pytest.mark.usefixtures("peru")
def test_a_file_with_actors_cases_sources_and_a_whole_of_its_own_passes(run: Callable[..., Result]) -> None:
    tried = run("add", "-F", write("own.json", OWN), "--dry-run")
    assert tried.code == 0, tried.err
    assert "With 1 source, 1 actor, 1 case." in tried.err
    told = run("add", "-y", "-F", "own.json")
    assert told.code == 0, told.err
    first, second = told.out.split()
    number = len(yaml.safe_load((PERU / "2012.yaml").read_text("utf-8"))["incidents"])
    assert (first, second) == (f"PE-2012-{number + 1:04}", f"PE-2012-{number + 2:04}")
    assert f"Saved: 2 incidents, 1 source, 1 actor, 1 case; {first} to {second}." in told.err
    assert json.loads(run("show", first, "--json").out)["part_of"] == second


@pytest.mark.usefixtures("peru")
def test_what_is_saved_beside_incidents_is_told_in_words(run: Callable[..., Result]) -> None:
    one = {"name": "x", "area": "PE", "year": 2012, "value": 1.0, "unit": "people", "by": "INEI",
           "source": "peru-country-profile"}  # fmt: skip
    told = run("add", "-y", "-F", write("one.json", {"indicators": [one]}))
    assert (told.code, told.out) == (0, "")
    assert "Read: 1 indicator." in told.err
    assert "Saved: 1 indicator." in told.err
    assert "No changes; nothing was recorded" in run("add", "-y", "-F", "one.json").err


@pytest.mark.usefixtures("peru")
def test_notes_of_several_incidents_say_which_they_are_about(run: Callable[..., Result]) -> None:
    told = run("add", "-F", write("two.json", [{"title": "Uno", "type": "strike"}, {"title": "Dos", "type": "strike"}]),
               "--dry-run")  # fmt: skip
    assert "Note: “Uno”: The incident has no date" in told.err
    assert "Note: “Dos”: The incident has no date" in told.err


KENYA = ("init", "ke.gpkg", "--country", "KE")
NAIROBI = "Nairobi @ 36.82,-1.29"


def test_a_database_of_another_country_never_records_peru(run: Callable[..., Result]) -> None:
    told = run(*KENYA)
    assert (told.code, "8 provinces of before 2013" in told.err) == (0, True)
    db = ("--db", "ke.gpkg")
    assert run(*NEW, "--place", NAIROBI, *db).out == "KE-2012-0001\n"
    document = {"title": "x", "type": "strike", "days": "2012-05-01",
                "places": [{"name": "Nairobi", "precision": "site", "lon": 36.82, "lat": -1.29}]}  # fmt: skip
    assert run("add", "-y", "-F", write("x.json", document), *db).out == "KE-2012-0002\n"
    assert run(*NEW, "--place", "Nairobi", *db).out == "KE-2012-0003\n"
    assert run(*NEW, "--country", "Uganda", *db).out == "UG-2012-0001\n"
    edited = json.dumps([{"name": "Kisumu", "precision": "site", "lon": 34.75, "lat": -0.1}])
    assert run("edit", "KE-2012-0001", "--set", f"places={edited}", "-m", "x", *db).code == 0
    with Store.open("ke.gpkg") as store:
        drafts = [store.read.draft(code).draft for code in ("KE-2012-0001", "KE-2012-0002", "UG-2012-0001")]
    assert [one.country for one in drafts] == ["KE", "KE", "UG"]
    assert {place.country for one in drafts for place in one.places} == {"KE"}
    assert run("check", *db).code == 0


def test_perus_places_and_codes_are_not_those_of_another_country(run: Callable[..., Result]) -> None:
    run(*KENYA)
    named = run(*NEW, "--place", "Santa Rosa", "--db", "ke.gpkg")
    assert named.code == 4
    assert "Unknown place 'Santa Rosa': it is not in the gazetteer" in named.err
    assert "Peru" not in named.err
    coded = run(*NEW, "--place", "0801", "--db", "ke.gpkg")
    assert coded.code in {3, 4}
    assert "Cusco" not in coded.err


@pytest.mark.usefixtures("peru")
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--country", "ZZ"), "Write the two letters of ISO 3166-1, such as PE"),
        (("--country", "Perou"), "Unknown country 'Perou'. Did you mean 'PE'"),
        (("--status", "publicado"), "cannot be published yet"),
        (("--sensitivity", "secret"), "Unknown sensitivity 'secret'"),
        (("--part-of", "PE-1900-0001"), "No incident has the code or key"),
        (("--day", "2026-02-30"), "'2026-02-30' is not a day of the calendar: 2026-02 has 28 days"),
        (("--place", "999999"), "Unknown UBIGEO code '999999'. Two digits are a department"),
        (("--killed", "10-5", "-s", "x"), "low ≤ best ≤ high, got 10, 5."),
    ],
)  # fmt: skip
def test_what_cannot_be_saved_is_refused_in_a_dry_run_too(
    run: Callable[..., Result], words: tuple[str, ...], message: str, dry: tuple[str, ...]
) -> None:
    told = run("add", "-y", "--title", "x", "--type", "strike", *words, *dry)
    assert told.code in {3, 4}
    assert message in told.err
    assert "PE-0000-" not in told.err


@pytest.mark.usefixtures("peru")
@pytest.mark.parametrize("text", ["Peru", "Perú", "pe", "PER"])
def test_a_country_may_be_called_by_its_name(run: Callable[..., Result], text: str) -> None:
    code = run(*NEW, "--country", text).out.strip()
    assert code.startswith("PE-2012-")


@pytest.mark.usefixtures("peru")
def test_a_least_number_needs_a_measure(run: Callable[..., Result]) -> None:
    told = run("list", "--at-least", "3")
    assert told.code == 3
    assert "A minimum of 3 needs a measure. Add it, for example: --with killed --at-least 3" in told.err
    assert run("list", "--with", "killed", "--at-least", "3").code == 0


@pytest.mark.usefixtures("peru")
def test_how_far_an_incident_may_go_is_recorded_with_it(run: Callable[..., Result], peru: Path) -> None:
    told = run(*NEW, "--sensitivity", "confidential")
    assert "confidential: never leaves the database" in told.err
    with Store.open(peru) as store:
        assert store.read.draft(told.out.strip()).draft.sensitivity == "confidential"
        assert store.read.draft(run_code(run(*NEW))).draft.sensitivity is None


def run_code(told: Result) -> str:
    return told.out.strip()


@pytest.mark.usefixtures("peru")
def test_two_callers_are_two_sources_and_one_asked_for_by_its_key_is_one(run: Callable[..., Result]) -> None:
    call = ("--killed", "1", "-s", "Llamada telefónica")
    codes = [run_code(run(*NEW, *call)) for _ in range(3)]
    sources = [list(json.loads(run("show", code, "--json").out)["details"]["sources"]) for code in codes]
    assert sources == [["llamada-telefonica"], ["llamada-telefonica-2"], ["llamada-telefonica-3"]]
    third = run(*NEW, *call, "--dry-run")
    assert "which has the same title" in third.err
    assert "--source llamada-telefonica" in third.err
    joined = run(*NEW, "--killed", "1", "-s", "llamada-telefonica-2")
    assert "llamada-telefonica-2: Llamada telefónica (other source), already recorded" in joined.err
    again = run("claim", "add", codes[0], "killed=2", "-s", "Llamada telefónica")
    assert "New source: llamada-telefonica-4. llamada-telefonica has the same title" in again.err
    same = run("claim", "add", codes[0], "injured=2", "-s", "llamada-telefonica")
    assert "Source: llamada-telefonica “Llamada telefónica”, already recorded." in same.err


@pytest.mark.usefixtures("peru")
def test_a_dated_document_or_an_address_is_the_same_document_again(run: Callable[..., Result]) -> None:
    dated = ("--killed", "1", "-s", "La nota", "--published", "2012-05-29")
    first, second, other = (
        run(*NEW, *dated), run(*NEW, *dated), run(*NEW, *dated[:-1], "2012-05-30"),
    )  # fmt: skip
    keys = [
        list(json.loads(run("show", run_code(one), "--json").out)["details"]["sources"])
        for one in (first, second, other)
    ]
    assert keys == [["la-nota"], ["la-nota"], ["la-nota-2"]]
    assert "already recorded" in second.err
    court = run(*NEW, *dated, "--source-kind", "court")
    assert "la-nota-3" in court.err
    page = ("--killed", "1", "-s", "https://example.org/nota")
    run(*NEW, *page)
    assert "already recorded" in run(*NEW, *page).err


@pytest.mark.usefixtures("peru")
def test_a_number_that_nobody_gives_is_recorded_as_unknown(run: Callable[..., Result]) -> None:
    told = run(*NEW, "--injured", "?", "--killed", "2", "-s", "x")
    assert "injured number unknown · everyone" in told.err
    shown = run("show", run_code(told))
    assert re.search(r"injured +everyone +unknown ", shown.out)
    assert re.search(r"killed +2 ", shown.out)
    assert run("claim", "add", run_code(told), "missing=?", "-s", "x").code == 0


@pytest.mark.usefixtures("peru")
@pytest.mark.parametrize("way", ["flags", "file", "edit"])
def test_a_point_outside_the_unit_it_names_is_told_when_it_enters_and_by_check(
    run: Callable[..., Result], way: str
) -> None:
    place = {"name": "Huanta", "precision": "settlement", "lon": -74.25, "lat": -12.94, "admin_code": "0801"}
    document = {"title": "x", "type": "strike", "days": "2012-05-01", "places": [place]}
    expected = "km outside province 0801 Cusco (Cusco)"
    if way == "file":
        told = run("add", "-y", "-F", write("x.json", document))
        assert expected in run("add", "-F", "x.json", "--dry-run").err
    elif way == "edit":
        code = run_code(run(*NEW))
        told = run("edit", code, "--set", f"places={json.dumps([place])}", "-m", "x")
    else:
        told = run(*NEW, "--place", "Huanta, Ayacucho")
        assert expected not in told.err
        return
    assert told.code == 0
    assert f"Note: 'Huanta': the point is at least 63 {expected}" in told.err
    checked = run("check")
    assert (checked.code, expected in checked.out, "1 note" in checked.err) == (0, True, True)


@pytest.mark.usefixtures("peru")
def test_a_change_of_nothing_says_so(run: Callable[..., Result]) -> None:
    assert run("edit", "kepashiato-2012", "--set", "tags=[x]", "-m", "x").code == 0
    assert "no changes; nothing was recorded" in run("edit", "kepashiato-2012", "--set", "tags=[x]", "-m", "x").err
    run("retract", "kepashiato-2012", "-m", "x")
    assert "was already retracted" in run("retract", "kepashiato-2012", "-m", "x").err


@pytest.mark.usefixtures("peru")
def test_a_layer_without_a_crs_says_which_option_states_it(run: Callable[..., Result]) -> None:
    Path("x.csv").write_text('k,WKT\na,"POLYGON ((0 0, 1 0, 1 1, 0 0))"\n', "utf-8")
    told = run("regions", "add", "x.csv", "--region-set", "s", "--key-field", "k")
    assert told.code in {3, 6}
    assert "--crs EPSG:32718" in told.err


@pytest.mark.usefixtures("peru")
def test_limits_in_fijis_grid_keep_their_area_and_the_report_counts_what_was_cut(run: Callable[..., Result]) -> None:
    """As large as the Northern Division, which lies across the meridian 180. Its area is pyproj's, before any CRS."""
    geod, many = Geod(ellps="WGS84"), 720
    turns = np.linspace(0, -360, many, endpoint=False)
    lons, lats, _ = geod.fwd([179.6] * many, [-16.6] * many, turns, [45_000.0] * many)
    outline = shapely.Polygon(np.column_stack([lons, lats]))
    gpd.GeoDataFrame({"key": ["northern"]}, geometry=[outline], crs=4326).to_crs(3460).to_file("fj3460.gpkg")
    expected = abs(geod.polygon_area_perimeter(np.asarray(lons) % 360, lats)[0]) / 1e6
    told = run("regions", "add", "fj3460.gpkg", "--region-set", "fj", "--key-field", "key")
    cut = "Note: 1 shape lies across the meridian 180 and was cut there: row 0."
    assert told.err.splitlines() == [cut, "1 region in set fj."]
    assert run("regions", "export", "fj.geojson", "--region-set", "fj", "--for-own-use").code == 0
    (read,) = gpd.read_file("fj.geojson").geometry
    assert area_km2(read) == pytest.approx(expected, rel=1e-3)
    assert np.abs(shapely.get_coordinates(read)[:, 0]).max() == 180


@pytest.mark.usefixtures("peru")
def test_a_map_of_nothing_says_so(run: Callable[..., Result]) -> None:
    told = run("map", "timeline", "x.html", "--days", "1901")
    assert (told.code, "0 incidents match, so the map is empty" in told.err) == (0, True)


@pytest.mark.usefixtures("peru")
@pytest.mark.parametrize("word", ["nope", "eclipse", "xilófono"])
def test_a_suggestion_is_made_only_where_it_is_likely(run: Callable[..., Result], word: str) -> None:
    for words in (("--type", word), ("--type", "strike", "--killed", "1", "-s", "x", "--source-kind", word)):
        told = run("add", "-y", "--title", "x", *words)
        assert told.code == 3
        assert "Did you mean" not in told.err
