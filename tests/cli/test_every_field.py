"""Every field of every model says something of its own, and every output is searched for it.

Five kinds of documents: those of an open incident; those of another, which refers to a source and an actor that are
withheld as well; those of a restricted one; those of a confidential one; and the withheld source and actor.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import sys
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from markers import Marks
from opened import everything_in

from willay.data import region_sets
from willay.events.cli import main
from willay.events.disclosure.declarations import DECLARED
from willay.events.exchange.outgoing import WRITERS
from willay.events.model.attachments import FileRead
from willay.events.model.drafts import ActorDraft, Bundle, CaseDraft, IncidentDraft, IndicatorDraft, SourceDraft, draft
from willay.events.store import DatasetTerms, RegionSet, Store

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {
    "libre": ("public", "2010-02-03", -71.234567, -14.345678, "0301"),
    "abierta": ("public", "2011-03-04", -72.345678, -13.456789, "0101"),
    "parcial": ("restricted", "2012-04-09", -73.123457, -12.567891, "080902"),
    "oculta": ("confidential", "2013-06-07", -74.321987, -12.765431, "050101"),
}  # fmt: skip
"""Kinds of incidents: level, day, longitude, latitude, administrative code."""

OPEN = ("libre", "abierta")
BEGUN = datetime(2025, 1, 2, 3, 4, 5, 678901, UTC)


class Clock:
    """An hour later with each change, so that nothing is recorded at the moment of something else."""

    def __init__(self) -> None:
        self.now = BEGUN

    def __call__(self) -> datetime:
        self.now += timedelta(hours=1, seconds=7, microseconds=11)
        return self.now


def written(kind: str, marks: Marks) -> Bundle:
    """The documents of a kind, all that refer to each other."""
    level, day, lon, lat, code = KINDS[kind]
    source, actor = marks.filled(SourceDraft), marks.filled(ActorDraft)
    case = marks.filled(CaseDraft, sources=[source["key"]])
    case["phases"][0]["source"] = source["key"]
    given = {"sources": [source["key"]], "cases": [case["key"]], "days": day, "sensitivity": level}
    incident = marks.filled(IncidentDraft, **given, dataset=f"{kind}-archivo", part_of=f"whole-{day[:4]}")
    incident["places"][0] |= {"lon": lon, "lat": lat, "admin_code": code}
    incident["claims"][0]["source"], incident["parties"][0]["actor"] = source["key"], actor["key"]
    if kind == "abierta":
        incident["claims"].append(
            {"measure": "killed", "best": 7, "source": "callada-source", "note": {"es": "callada"}}
        )
        incident["parties"].append({"actor": "callada-actor", "role": "present", "note": {"es": "callada"}})
    parts = {"sources": [source], "actors": [actor], "cases": [case], "incidents": [incident]}
    return draft(
        Bundle,
        parts | ({"indicators": [marks.filled(IndicatorDraft, source=source["key"])]} if kind in OPEN else {}),
    )


def withheld(marks: Marks) -> Bundle:
    source = marks.filled(SourceDraft, key="callada-source", sensitivity="confidential")
    actor = marks.filled(ActorDraft, key="callada-actor", sensitivity="restricted")
    return draft(
        Bundle, {"sources": [{"key": "a-source", "kind": "press", "publisher": "P"}, source], "actors": [actor]}
    )


def attach_content(store: Store, marks: Marks) -> None:
    """Store the content of the file that the documents list: nothing of it is in any output either."""
    key = marks.words["IncidentDraft.key"]
    (listed,) = store.read.draft(key).draft.attachments
    stored = store.attachments.add(key, [FileRead(listed, marks.content)], author="Xylander").stored
    assert [one.sha256 for one in stored] == [hashlib.sha256(marks.content).hexdigest()]


@pytest.fixture(scope="module")
def marks() -> dict[str, Marks]:
    return {kind: Marks(kind, century) for century, kind in enumerate((*KINDS, "callada"), 15)}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, marks: dict[str, Marks]) -> Path:
    path = tmp_path_factory.mktemp("every") / "every.gpkg"
    sets = [RegionSet(name=one.name, frame=one.frame) for one in region_sets("PE") if one.name == "pe-departments"]
    with Store.create(path, country="PE", region_sets=sets, review="one-person", clock=Clock()) as store:
        store.write.add(withheld(marks["callada"]), author="Xylander")
        for kind in KINDS:
            store.registers.describe_dataset(
                DatasetTerms(f"{kind}-archivo", licence="CC0-1.0" if kind in OPEN else None), author="ana"
            )
            whole = {"key": f"whole-{KINDS[kind][1][:4]}", "title": "A whole", "type": "protest", "status": "published"}
            store.write.add(draft(Bundle, {"incidents": [{**whole, "days": KINDS[kind][1][:4]}]}), author="Xylander")
            store.write.add(written(kind, marks[kind]), author="Xylander")
            attach_content(store, marks[kind])
        store.registers.edit("actor", "callada-actor", {"aliases": []}, author="Xylander", reason="a name less")
    return path


@pytest.fixture(scope="module")
def outputs(database: Path) -> dict[str, str]:
    """All that leaves the database, as text, by what made it."""
    folder = database.parent / "out"
    folder.mkdir()
    said: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("WILLAY_DB", str(database))
        patch.setenv("WILLAY_AUTHOR", "Xylander")
        for form in WRITERS.values():
            name = f"{form.name}{form.suffixes[0] if form.suffixes else '.csv'}"
            _run(patch, "export", name, "--format", form.name, *(["--tables"] if form.cards == "tables" else []))
            if form.cards != "needed":
                _run(patch, "export", f"flat-{name}", "--format", form.name, "--flat")
        _run(patch, "export", "areas.kmz")
        _run(patch, "export", "es.geojson", "--lang", "es")
        _run(patch, "export", "then.geojson", "--as-of", "2030-01-01")
        for ending in (".geojson", ".gpkg", ".parquet"):
            _run(patch, "regions", "export", f"regions{ending}")
        for kind in ("choropleth", "timeline", "atlas"):
            _run(patch, "map", kind, f"{kind}.html")
        _run(patch, "map", "atlas", "atlas.svg", "--pdf", "atlas.pdf", "--png", "atlas.png")
        for lang in ("es", "en"):
            _run(patch, "profile", f"profile-{lang}.html", "--lang", lang)
            _run(patch, "profile", f"profile-{lang}.docx", "--lang", lang)
        _run(patch, "profile", "cusco.html", "--area", "Cusco")
        _run(patch, "release", "make", "r-1", "--publisher", "An office")
        for words in LISTS:
            for style in ("json", "csv", "table"):
                said[" ".join((*words, style))] = _run(patch, *words, "--format", style)
        said["list geojson"] = _run(patch, "list", "--format", "geojson")
        said["show"] = _run(patch, "show", "PE-2011-0002") + _run(patch, "show", "PE-2011-0002", "--json")
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        said[file.relative_to(folder).as_posix()] = everything_in(file)
    return said


def _run(patch: pytest.MonkeyPatch, *words: str) -> str:
    """Run a command without a terminal; return what it wrote."""
    patch.setattr(sys, "argv", ["willay", *words])
    with redirect_stdout(io.StringIO()) as out, pytest.raises(SystemExit, match=r"^0$"):
        main()
    return out.getvalue()


LOSSLESS = ("geojson.geojson", "ndjson.geojsonl", "geopackage.gpkg", "geoparquet.parquet", "r-1/data/incidents.geojson")
LISTS = (
    ("list",), ("review", "list"), ("source", "list"), ("actor", "list"), ("case", "list"), ("indicator", "list"),
    ("regions", "list"), ("attachment", "list"),
)  # fmt: skip


def found(outputs: dict[str, str], *words: str) -> list[tuple[str, str]]:
    """Where any of some words is."""
    folded = {name: text.lower() for name, text in outputs.items()}
    return [(name, word) for name, text in folded.items() for word in words if word.lower() in text]


def is_exact(path: str) -> bool:
    model, name = path.split(maxsplit=1)[0].split(".")
    (fields,) = (fields for one, fields in DECLARED.items() if one.__name__ == model)
    return name in fields and fields[name].is_exact


def test_there_are_outputs_of_every_kind(outputs: dict[str, str]) -> None:
    assert len(outputs) > 70
    assert [name for name, text in outputs.items() if not text] == []
    assert {name.rpartition(".")[2] for name in outputs if "." in name} >= {
        "geojson", "geojsonl", "gpkg", "fgb", "parquet", "dbf", "kml", "kmz", "csv", "xlsx", "html", "svg", "pdf",
    }  # fmt: skip


@pytest.mark.parametrize("kind", OPEN)
@pytest.mark.parametrize("name", LOSSLESS)
def test_a_lossless_file_has_every_field_of_an_open_incident_that_may_be_shown(
    outputs: dict[str, str], marks: dict[str, Marks], name: str, kind: str
) -> None:
    missing = [
        path
        for path, word in marks[kind].words.items()
        if is_exact(path) and not path.startswith("IndicatorDraft.") and word not in outputs[name]
    ]
    assert missing == []


def test_indicators_are_listed(outputs: dict[str, str], marks: dict[str, Marks]) -> None:
    words = {path: word for path, word in marks["abierta"].words.items() if path.startswith("IndicatorDraft.")}
    assert [path for path, word in words.items() if word not in outputs["indicator list json"]] == []


def test_no_output_has_a_field_that_is_never_shown(outputs: dict[str, str], marks: dict[str, Marks]) -> None:
    never = [word for kind in OPEN for path, word in marks[kind].words.items() if not is_exact(path)]
    assert len(never) >= 4 * len(OPEN)  # whose task it is, and SHA-256, name and caption of a file
    contents = [marks[kind].content for kind in OPEN]
    never += [content[3:].decode() for content in contents]
    never += [form for content in contents for form in (content.hex(), base64.b64encode(content).decode())]
    never += ["7654321", "7,654,321", "application/x-willay-test"]
    assert found(outputs, *never, "assigned_to", "disclosure_key", "Xylander") == []
    # Files have a column for the level, and codebooks list the levels; no document that the public gets has one.
    levels = ("public", "restricted", "confidential")
    said = [
        f"{mark}sensitivity{mark}:{blank}{mark}{level}{mark}"
        for mark in "\"'"
        for blank in ("", " ")
        for level in levels
    ]
    assert found(outputs, *said) == []


@pytest.mark.parametrize("kind", ["parcial", "oculta", "callada"])
def test_no_output_has_anything_that_is_not_open(outputs: dict[str, str], marks: dict[str, Marks], kind: str) -> None:
    assert len(marks[kind].words) >= 10
    assert found(outputs, kind, *marks[kind].words.values()) == []


@pytest.mark.parametrize("kind", ["parcial", "oculta"])
def test_no_output_has_the_place_the_day_the_code_or_the_moment(
    outputs: dict[str, str], database: Path, kind: str
) -> None:
    _, day, lon, lat, code = KINDS[kind]
    with Store.open(database) as store:
        stored = store.read.draft(next(one for one in codes(store) if one.startswith(f"PE-{day[:4]}-0002")))
        (revision,) = store.read.history(stored.code)
    words = [
        day, day.replace("-", ""), str(lon)[:8], str(lat)[:8], stored.code, stored.id, stored.id[:13],
        f"{stored.recorded_at:%Y-%m-%dT%H:%M}", f"{stored.recorded_at:%Y-%m-%d %H:%M}",
    ]  # fmt: skip
    assert found(outputs, *words) == []
    assert revision.author == "Xylander"
    lines = [line for text in outputs.values() for line in text.splitlines() if code in line]
    assert [line for line in lines if "whole-" not in line and "departments" not in line and code == "080902"] == []


def codes(store: Store) -> list[str]:
    return store.read.select(profile=None)["code"].tolist()


def test_a_restricted_incident_is_the_same_coarse_document_in_every_lossless_file(outputs: dict[str, str]) -> None:
    lines = [line for line in outputs["ndjson.geojsonl"].splitlines() if '"PE-2012-R' in line]
    feature = json.loads(lines[0])
    assert re.fullmatch(r"PE-2012-R[A-Z2-7]{10}", feature["id"])
    whole = feature["willay"]
    assert whole["draft"] == {
        "title": {"en": "Ambush, Cusco", "es": "Emboscada, Cusco"},
        "type": "armed-clash", "subtype": "ambush", "days": "2012-04", "date_precision": "month", "country": "PE",
        "status": "published",
        "places": [{"name": "Cusco", "precision": "department", "country": "PE", "admin_code": "08"}],
        "parties": [{"actor": "withheld-organisation", "role": "target"}],
        "claims": [
            {
                "measure": "killed", "group": "all", "low": 2, "best": 3, "high": 4, "zero_is_unknown": False,
                "source": "withheld-document-1-party", "attributed_kind": "human-rights",
                "attributed_to": {"en": "Name withheld", "es": "Nombre reservado"},
                "stated_on": whole["draft"]["claims"][0]["stated_on"],
                "scope": {"en": "Text withheld", "es": "Texto reservado"},
                "pinned": {"en": "Text withheld", "es": "Texto reservado"},
            }
        ],
        "sources": ["withheld-document-1-party"],
    }  # fmt: skip
    assert set(whole) == {"id", "code", "draft", "sources", "actors"}
    known = {name: value for name, value in feature["properties"].items() if value not in (None, [], {})}
    assert {name for name in known if name not in {"claims", "sources"}} == {
        "code", "title", "type", "subtype", "first_day", "last_day", "date_precision", "place_name", "place_precision",
        "country", "admin_code", "adm1", "place_count", "actors", "source_count", "source_kinds", "counted", "status",
        "recorded_at",
    }  # fmt: skip
    assert (known["first_day"], known["last_day"], known["recorded_at"]) == ("2012-04-01", "2012-04-30", "2025-01")
    for name in ("geojson.geojson", "geopackage.gpkg", "geoparquet.parquet"):
        assert whole["id"] in outputs[name], name
