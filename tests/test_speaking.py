"""What goes wrong is said in one language: a hundred mistakes are made in Spanish, and what is said is read."""

from __future__ import annotations

import re
import warnings
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import pytest
import shapely
from translated import is_english

from willay.data import UnknownTermError, dataset
from willay.data.admin import admin_code, admin_name
from willay.data.boundaries import country_outline
from willay.data.codebook import codebook
from willay.data.countries import country_code
from willay.data.crosswalks import crosswalk
from willay.data.gazetteer import Gazetteer
from willay.data.incidents import incident_documents
from willay.data.profiles import profile
from willay.data.settlements import towns
from willay.data.shipped_regions import region_sets
from willay.data.unit_codes import unit_in_words
from willay.data.zones import rebuild_zones
from willay.events import (
    Bundle,
    Claim,
    ClaimDraft,
    Count,
    DayInterval,
    DaySpan,
    IncidentDraft,
    IncidentQuery,
    PlaceDraft,
    SourceDraft,
    check_frame,
    draft,
    figures,
    make_frame,
)
from willay.events.frame.publishing import check_publishable
from willay.events.frame.query import parse_moment
from willay.events.frame.unitcheck import OutsideUnit
from willay.events.model.attachments import AttachmentDraft, chosen
from willay.events.model.claim_list import refuse_dropping, with_added, without
from willay.events.model.corrections import read_label, read_names
from willay.events.model.counts import numbers_of, read_count
from willay.events.model.entry import read_claim, read_documents, read_partial_day, slug
from willay.events.model.errors import EventsError, StaleEditError, StaleField
from willay.events.model.indicatordrafts import IndicatorDraft
from willay.events.model.phases import phase_of
from willay.events.model.place_entry import read_place
from willay.events.model.policy import captivity_balance
from willay.events.model.referencedrafts import CaseDraft
from willay.events.model.said_days import Bearings, read_days
from willay.geo import BBox, GeoError, encode_geometry, parse_point, simplify_together
from willay.geo.archives import check_archive
from willay.geo.distance import circle
from willay.geo.errors import shown
from willay.geo.files import read_layer
from willay.geo.inputs import input_file, input_text
from willay.geo.join import join_regions
from willay.geo.jsonvalues import json_value
from willay.geo.names import check_file_name
from willay.geo.projected import degrees_of, utm_crs
from willay.geo.translation import in_language, tr
from willay.geo.writing import check_target
from willay.maps.base import BaseMap, base_columns
from willay.maps.pictures.spec import PictureSpec
from willay.maps.profile.spec import ProfileSpec
from willay.maps.shapes import ShapeTable
from willay.maps.spec import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

PERU: Final = BBox(-82, -19, -68, 1)
HERE: Final = Bearings.of_country("PE", date(2026, 6, 6))
PLACES: Final = Gazetteer.load()
KILLED: Final = {"measure": "killed", "count": 3, "source": "radio"}
SQUARE: Final = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)])
STRIKE: Final = {"title": "Paro", "type": "strike"}


def claims(*changes: dict[str, Any]) -> tuple[ClaimDraft, ...]:
    return tuple(draft(ClaimDraft, {**KILLED, **change}) for change in changes)


def incident(**fields: Any) -> Callable[[], object]:
    return lambda: draft(IncidentDraft, {**STRIKE, **fields})


def claim(**fields: Any) -> Callable[[], object]:
    return lambda: draft(ClaimDraft, {**KILLED, **fields})


def table(**columns: Any) -> Callable[[], object]:
    rows = len(next(iter(columns.values()))) if columns else 1
    return lambda: make_frame(columns, [None] * rows)


def day(text: str) -> Callable[[], object]:
    return lambda: read_days(text, HERE)


def place(text: str) -> Callable[[], object]:
    return lambda: read_place(text, gazetteer=PLACES, box=PERU)


def document(text: str, name: str = "a.yaml") -> Callable[[], object]:
    return lambda: read_documents(text, name)


def stale(step: str | None) -> Callable[[], object]:
    def raised() -> object:
        field = StaleField("title", None, None, None, ("Paro", "Marcha"), "ben", NOON, 4)
        raise StaleEditError("PE-2012-0001", (3, 4), (field,), step)

    return raised


OF_A_LIBRARY: Final = "File is not a zip file"
"""A detail in the one language that its library has."""

NOON: Final = parse_moment("2026-05-09T12:00:00Z")


MISTAKES: Final[dict[str, Callable[[], object]]] = {
    # geo
    "a point in words": lambda: parse_point("cerca del puente"),
    "a point the wrong way round": lambda: parse_point("-12.05, -77.03", within=PERU),
    "a point beyond the Earth": lambda: parse_point("200, 100"),
    "angles without letters": lambda: parse_point("12°38' 13°12'"),
    "one hemisphere": lambda: parse_point("12°38'S 73°12'"),
    "minutes above 60": lambda: parse_point("12°78'S 73°12'W"),
    "a box of three numbers": lambda: BBox.parse("1,2,3"),
    "a box upside down": lambda: BBox(-70, 10, -60, -10),
    "a box too wide": lambda: BBox(-270, 0, -60, 10),
    "an empty box": lambda: BBox.of([]),
    "no file": lambda: input_file("no.csv"),
    "a folder": lambda: input_file("."),
    "not UTF-8": lambda: input_text("latin.csv"),
    "no zip": lambda: check_archive("latin.csv"),
    "no GIS file": lambda: read_layer("latin.csv"),
    "no such layer": lambda: read_layer("one.geojson", layer="ond"),
    "points for polygons": lambda: read_layer("one.geojson", geometry="polygon"),
    "a name of a device": lambda: check_file_name(Path("con.geojson")),
    "an address": lambda: check_file_name(Path("https:/x/peru.gpkg")),
    "a file in the way": lambda: check_target(Path("latin.csv"), force=False),
    "a folder in the way": lambda: check_target(Path(), force=True),
    "a zone of UTM": lambda: utm_crs(61, north=True),
    "no metres": lambda: degrees_of(1, 1, "EPSG:4326"),
    "a circle without a radius": lambda: circle((0, 0), 0),
    "points as regions": lambda: join_regions([0.0], [0.0], [shapely.Point(0, 0)]),
    "a tolerance below 0": lambda: simplify_together(SQUARE.set_crs(4326), -1),
    "no CRS": lambda: simplify_together(SQUARE, 1),
    "no geometry": lambda: encode_geometry(None),
    "no JSON": lambda: json_value(b"x"),
    # data
    "a measure": lambda: codebook().measures["kiled"],
    "a group": lambda: codebook().groups.find("polisia"),
    "a type": lambda: codebook().type_of("emboscadda"),
    "a kind of source": lambda: codebook().source_kinds.find("radio local"),
    "a country": lambda: country_code("Perro"),
    "a country without incidents": lambda: incident_documents("KE"),
    "a country without regions": lambda: region_sets("QQ"),
    "a country without towns": lambda: towns("QQ"),
    "a country without an outline": lambda: country_outline("QQ"),
    "a code of a unit": lambda: admin_name("2601"),
    "a department": lambda: admin_code("Cajamarka"),
    "a province": lambda: admin_code("Cusco", "Canchiz"),
    "a district": lambda: admin_code("Cusco", "Canchis", "Sicuaniz"),
    "a crosswalk": lambda: crosswalk("acles"),
    "a data set": lambda: dataset("gadm"),
    "a profile": lambda: profile("publico"),
    "an own profile": lambda: profile("own.toml"),
    "limits without CRS": lambda: rebuild_zones(SQUARE),
    "a place that is many": lambda: PLACES.resolve("San Juan"),
    "a place that is like others": lambda: PLACES.resolve("Bambamraca"),
    "a place like no other": lambda: PLACES.resolve("Xyzzyq"),
    "a gazetteer without columns": lambda: Gazetteer.load("latin.csv"),
    # days and counts
    "no day of the calendar": day("2026-02-30"),
    "no month": day("2026-13-01"),
    "a day that nobody can read": day("hace poco"),
    "no day in words": day("30 de febrero"),
    "the wrong weekday": day("lunes 9 de mayo de 2026"),
    "two Saturdays": day("el sábado"),
    "the month first": day("5/13/2026"),
    "days the wrong way round": day("del 30 al 21 de mayo de 2026"),
    "a span the wrong way round": lambda: DaySpan.parse("2026-05-03/2026-05-01"),
    "no span": lambda: DaySpan.parse("mayo"),
    "an interval the wrong way round": lambda: DayInterval.parse("2012/2010"),
    "several days for one": lambda: read_partial_day("a mediados de mayo", HERE),
    "no moment": lambda: parse_moment("ayer"),
    "a count in words": lambda: read_count("veinte y pico"),
    "a count of two kinds": lambda: read_count("3 muertos y 5 heridos"),
    "a count of others": lambda: read_count("3 heridos", None, "killed", "all"),
    "a cell that became a date": lambda: read_count("10-may"),
    "a count with a point": lambda: numbers_of("1.244"),
    "half a person": lambda: numbers_of("3,5"),
    "fewer than none": lambda: Count(best=-3),
    "more than all": lambda: Count(best=10**11),
    "a range the wrong way round": lambda: Count.parse("10-5"),
    "no count": lambda: Count.parse("tres"),
    # drafts
    "a claim without a number": claim(count=None),
    "a claim of something else": claim(measure="other"),
    "a claim that is pinned": claim(count="?", pinned="x"),
    "a claim of an unknown measure": claim(measure="kiled"),
    "a claim in a wrong form": lambda: read_claim("muertos 3", "radio"),
    "a key that is none": claim(source="Radio Uno"),
    "an empty title": incident(title=" "),
    "a hidden sign": incident(title="Paro\x07"),
    "a field that is unknown": incident(lugar="Kiteni"),
    "a text for a list": incident(places="Kiteni"),
    "a number for a text": incident(title={"es": 3}),
    "a type that is unknown": incident(type="amush"),
    "a month of days": incident(days="2012-04-01/2012-05-14", date_precision="week"),
    "half a point": lambda: draft(PlaceDraft, {"name": "Kiteni", "precision": "settlement", "lon": -73.0}),
    "a latitude beyond the pole": lambda: draft(
        PlaceDraft, {"name": "Kiteni", "precision": "site", "lon": -12.6, "lat": -173.0}
    ),
    "a source that cannot be found": lambda: draft(SourceDraft, {"key": "x", "kind": "press"}),
    "an address of no page": lambda: draft(SourceDraft, {"key": "x", "kind": "press", "url": "www.x.pe"}),
    "a letter of reliability": lambda: draft(
        SourceDraft, {"key": "x", "kind": "press", "title": "x", "reliability": "G"}
    ),
    "a day of reading": lambda: draft(SourceDraft, {"key": "x", "kind": "press", "title": "x", "accessed_on": "ayer"}),
    "an indicator without a value": lambda: draft(
        IndicatorDraft, {"name": "Muertes", "area": "PE", "by": "CVR", "source": "cvr"}
    ),
    "an indicator of a wrong area": lambda: draft(
        IndicatorDraft, {"name": "Muertes", "area": "valle", "by": "CVR", "source": "cvr", "value": 3}
    ),
    "an attachment without a type": lambda: draft(AttachmentDraft, {"sha256": "x", "size": 0, "media_type": "Imagen"}),
    "an attachment that is not there": lambda: chosen((), "foto.jpg", "PE-2012-0001"),
    "a text without a key": lambda: slug("¿…?"),
    "no incident": document("hola"),
    "no YAML": document("title: Paro: en Kiteni"),
    "no end": document("title: '"),
    "no JSON document": document('{"title": "Paro",', "a.json"),
    "no date in a file": document("title: Paro\ntype: strike\ndays: 2026-02-30"),
    "a place by a code that is none": place("9999"),
    "no such claim": lambda: without(claims({}), 2),
    "a claim that is corrected": lambda: without(claims({"label": "c1"}, {"count": 4, "supersedes": ["c1"]}), 1),
    "a second count": lambda: with_added(
        claims({"measure": "released"}), claims({"measure": "released", "count": 5}), {}
    ),
    "claims that would be lost": lambda: refuse_dropping(claims({}), (), "PE-2012-0001"),
    "claims that correct what is not there": incident(claims=[{**KILLED, "supersedes": [7]}]),
    "claims that correct another measure": incident(
        claims=[KILLED, {**KILLED, "measure": "injured", "supersedes": [1]}]
    ),
    "claims that add to nothing": incident(claims=[{**KILLED, "adds": True}]),
    "no label": lambda: read_label("x"),
    "no name of a claim": lambda: read_names("x"),
    "no phase": lambda: phase_of(
        draft(CaseDraft, {"key": "conga", "title": "Conga", "type": "socio-environmental"}), 1
    ),
    "a policy": lambda: figures([Claim("killed", "all", Count(best=3), "radio")], "medio"),
    "an edit that is too late": stale(None),
    "a step that is too late": stale("approve"),
    # frames and maps
    "no frame": lambda: check_frame(gpd.GeoDataFrame({"code": ["1"]})),
    "a column that is unknown": table(lugar=["x"]),
    "a column with half a person": table(killed_best=[0.5]),
    "a column with a day in words": table(first_day=["ayer"]),
    "rows with one code": table(code=["a", "a"]),
    "rows whose days are the wrong way round": table(code=["a"], first_day=["2012-05-02"], last_day=["2012-05-01"]),
    "rows that may not be passed on": lambda: check_publishable(
        make_frame({"code": ["a"], "dataset": ["acled"], "may_publish": [False]}, [None])
    ),
    "a question with a field that is unknown": lambda: IncidentQuery.parse(lugar="x"),
    "a least number of nothing": lambda: IncidentQuery.parse(minimum=3),
    "a base map in metres": lambda: base_columns(BaseMap(country=SQUARE.set_crs(32718)), ShapeTable()),
    "a kind of map": lambda: PageSpec(kind="mapa"),  # type: ignore[arg-type]  # the mistake
    "a size of a picture": lambda: PictureSpec(size="A9"),  # type: ignore[arg-type]  # the mistake
    "a section of a profile": lambda: ProfileSpec(sections=("resumen",)),
}


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("latin.csv").write_bytes("título".encode("latin-1"))
    Path("one.geojson").write_text('{"type": "Point", "coordinates": [0, 0]}', "utf-8")
    Path("own.toml").write_text("name = 'x", "utf-8")


def told(mistake: Callable[[], object], lang: str) -> str:
    """Return what is said of a mistake in a language."""
    with in_language(lang), pytest.raises((GeoError, EventsError, ValueError, LookupError, TypeError)) as caught:
        mistake()
    return str(caught.value)


def foreign(text: str) -> str:
    """Return a text without what is said by somebody else: details of libraries in brackets, codes, examples."""
    return re.sub(r"\([^()]*\)|--[\w-]+|'[^']*'|«[^»]*»|\w+=\S+", "", text)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_answered_in_the_language_of_the_reader(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        english, spanish = told(MISTAKES[name], "en"), told(MISTAKES[name], "es")
    assert not is_english(spanish.replace(OF_A_LIBRARY, ""))
    assert not SPANISH.search(foreign(english)), english
    assert english != spanish


SPANISH: Final = re.compile(
    r"\b(?:se esperaba|no existe|escriba|indique|falta|tiene|según|debe|puede)\b", re.IGNORECASE
)


def test_there_are_mistakes_of_all_kinds() -> None:
    assert len(MISTAKES) > 100


def test_what_is_checked_is_said_in_the_language_of_the_reader() -> None:
    taken = figures([Claim("abducted", "all", Count(9, 9, 9), "a"), Claim("released", "all", Count(7, 7, 7), "a")])
    with in_language("es"):
        assert captivity_balance(taken) == "9 secuestrados o retenidos, pero 7 liberados = 7: una diferencia de 2"
        assert str(OutsideUnit(0, "Kiteni", unit_in_words("PE", "080902"), 12_300.0, is_least=True)) == (
            "«Kiteni»: el punto está al menos a 12 km, fuera de su unidad (distrito 080902 Echarate (La Convención, "
            "Cusco)). Revise las coordenadas y el código administrativo."
        )


def test_an_error_is_in_the_language_in_which_it_was_raised() -> None:
    with in_language("es"), pytest.raises(UnknownTermError) as caught:
        country_code("Perro")
    assert str(caught.value).startswith("No existe el país «Perro».")
    assert tr("Unknown country {code!r}.", code="x") == "Unknown country 'x'."
    assert shown("x") == "'x'"
    assert isinstance(draft(Bundle, {}), Bundle)
