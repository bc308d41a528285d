"""Writing `data/world/`: a pack for every country, the base map, and the index of them."""

from __future__ import annotations

import csv
import hashlib
import itertools
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from willay.geo.boxes import BBox
from willay.geo.distance import area_km2

from .base import base_pack
from .codes import cldr_names, give_codes, iso_names
from .encoding import outlines
from .naming import names
from .population import populations
from .settlements import alternates, capitals, countries, geonames, ranks, unit_numbers
from .shapes import WELL_FORMED, current, units
from .writing import pack_bytes, packed_ints, packed_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .shapes import Unit

HERE = Path(__file__).parent
PERU = "PE"
"""Its units and places are its own files; its pack has facts alone."""
INDEX = (
    "code", "units", "places", "vertices", "area_km2", "west", "south", "east", "north", "notes", "disputes", "bytes",
    "sha256",
)  # fmt: skip


@dataclass(frozen=True)
class _Sources:
    """What packs are made of besides outlines."""

    corrections: Mapping[str, Mapping[str, Any]]
    cldr: Mapping[str, str]
    stated: Mapping[str, Mapping[str, Any]]
    capitals: Any
    places: Mapping[str, Sequence[Mapping[str, Any]]]
    words: Mapping[str, Any]
    notes: Mapping[str, Any]
    disputed: Sequence[Mapping[str, Any]]


def build(work: Path, target: Path) -> None:
    """Write packs, population.csv and index.csv below the target folder, and remove packs of no country.

    Raises:
        ValueError: A correction is of no unit.
    """
    world, iso = units(work), iso_names(work)
    sources = _Sources(
        current(), cldr_names(work), countries(work), capitals(work), geonames(work), _hand("words"),
        _hand("notes")["country"], _hand("disputed")["area"],
    )  # fmt: skip
    grouped = {code: list(group) for code, group in itertools.groupby(world, key=lambda unit: unit.country)}
    for group in grouped.values():
        give_codes(group, iso)
    if unknown := sorted(filter(WELL_FORMED.match, set(sources.corrections) - {unit.code for unit in world})):
        raise ValueError(f"current.toml has names of codes that no unit has: {unknown}.")
    target.mkdir(exist_ok=True)
    rows = []
    for code, group in grouped.items():
        group.sort(key=lambda unit: unit.code)
        head, sections = _contents(code, group, sources)
        rows.append(_row(head, group, _written(target / f"{code}.pack", pack_bytes(head, sections))))
    base = _written(target / "base.pack", base_pack(work, world, sources.disputed))
    rows.append({"code": "base", **base})
    for file in target.glob("*.pack"):
        if file.stem not in grouped and file.stem != "base":
            file.unlink()
    _write_table(target / "index.csv", INDEX, rows)
    people = populations(work)
    years = sorted({year for stated in people.values() for year in stated})
    _write_table(
        target / "population.csv", ("code", *years), [{"code": code, **people[code]} for code in sorted(people)]
    )


def _contents(code: str, group: list[Unit], sources: _Sources) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the head and the sections of the pack of a country."""
    stated = sources.stated.get(code, {})
    languages, places = _languages(stated), sources.places.get(code, [])
    head = {
        "code": code, "languages": languages, "box": _box(group), "units": len(group), "places": len(places),
        "words": sources.words["country"].get(code) or _first_guess(group, sources.words["kind"]),
        "notes": sources.notes.get(code, []),
        "disputes": [_dispute(area) for area in sources.disputed if code in area["countries"]],
    }  # fmt: skip
    if code == PERU:
        return head, {}
    called = [names(unit, languages, sources.cldr, _correction(unit, sources)) for unit in group]
    _tell_apart(group, called)
    sections = {"units": _unit_columns(group, called), "outlines": outlines([unit.shape for unit in group])}
    if places:
        numbers, agreeing = unit_numbers(places, group)
        rank = ranks(places, code, sources.capitals, str(stated.get("capital", "")))
        sections["places"] = _place_columns(places, numbers, rank, languages)
        head["geonames_codes_agree"] = round(agreeing, 3)
    return head, sections


def _correction(unit: Unit, sources: _Sources) -> dict[str, Any]:
    """Return what current.toml has of a unit, by Natural Earth's code and by its own."""
    found = [sources.corrections.get(key, {}) for key in (unit.facts["adm1_code"], unit.code)]
    return {key: value for one in found for key, value in one.items()}


def _written(file: Path, data: bytes) -> dict[str, Any]:
    file.write_bytes(data)
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _write_table(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _hand(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def _languages(stated: Mapping[str, Any]) -> list[str]:
    """Return the languages of a country without their regions, its main one first."""
    listed = [tag.partition("-")[0] for tag in str(stated.get("languages", "")).split(",") if tag]
    return list(dict.fromkeys(listed))


def _box(group: Sequence[Unit]) -> list[float]:
    """Return the narrowest box, rounded outward to a tenth; west is greater than east where it crosses 180°."""
    parts = [part for unit in group for part in shapely.get_parts(unit.shape).tolist()]
    box = BBox.of(parts)
    west, south = (max(np.floor(side * 10) / 10, -limit) for side, limit in ((box.west, 180), (box.south, 90)))
    east, north = (min(np.ceil(side * 10) / 10, limit) for side, limit in ((box.east, 180), (box.north, 90)))
    return [round(float(side), 1) for side in (west, south, east, north)]


def _first_guess(group: Sequence[Unit], kinds: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the words of the commonest kind of unit of a country, or none."""
    found = Counter(str(unit.facts.get("type_en") or "").partition("|")[0].lower() for unit in group)
    commonest = min(found, key=lambda kind: (-found[kind], kind))
    return kinds.get(commonest) or {}


def _dispute(area: Mapping[str, Any]) -> dict[str, Any]:
    keys = ("id", "name_en", "name_es", "claimed_by", "administered_by", "en", "es", "source")
    return {key: area[key] for key in keys}


def _tell_apart(group: Sequence[Unit], called: Sequence[dict[str, Any]]) -> None:
    """Where several units of a country are shown under one name, give them their own names, or add their codes."""
    for lang in ("name_en", "name_es"):
        shown = Counter(one[lang] for one in called)
        own = Counter(unit.named for unit in group)
        seen = set()
        for unit, one in zip(group, called, strict=True):
            name = one[lang]
            if shown[name] > 1 and unit.named not in shown and own[unit.named] == 1:
                one[lang], one["aliases"] = unit.named, (*one["aliases"], name)
            elif name in seen:
                one[lang], one["aliases"] = f"{name} ({unit.code})", (*one["aliases"], name)
            seen.add(name)


def _unit_columns(group: Sequence[Unit], called: Sequence[dict[str, Any]]) -> bytes:
    columns = [
        [unit.code for unit in group], [one["name_es"] for one in called], [one["name_en"] for one in called],
        ["|".join(alias.replace("|", "/") for alias in one["aliases"]) for one in called],
        [_kind(unit) for unit in group],
        [str(unit.facts.get("gn_a1_code") or "").partition(".")[2] for unit in group],
        [str(unit.facts.get("wikidataid") or "") for unit in group],
    ]  # fmt: skip
    return b"".join(packed_texts(_kept(column)) for column in columns)


def _kind(unit: Unit) -> str:
    """Return the kind of a unit in English, in lower case, "" where Natural Earth does not state it."""
    return str(unit.facts.get("type_en") or "").partition("|")[0].lower()


def _kept(column: list[str]) -> list[str]:
    """Return a column whose only text is not empty; a hyphen stands for nothing."""
    return [text or "-" for text in column]


def _place_columns(
    places: Sequence[Mapping[str, Any]], numbers: Sequence[int], rank: Sequence[int], languages: Sequence[str]
) -> bytes:
    texts = [[place["name"] for place in places], ["|".join(alternates(p, languages)) or "-" for p in places]]
    integers = [
        [place["geonameid"] for place in places],
        np.rint([place["longitude"] * 1e4 for place in places]), np.rint([place["latitude"] * 1e4 for place in places]),
        [place["population"] for place in places], numbers, rank,
    ]  # fmt: skip
    return b"".join([*map(packed_texts, texts), *(packed_ints(np.asarray(column, np.int64)) for column in integers)])


def _row(head: Mapping[str, Any], group: Sequence[Unit], written: Mapping[str, Any]) -> dict[str, Any]:
    west, south, east, north = head["box"]
    shapes = [unit.shape for unit in group]
    return {
        "code": head["code"], "units": head["units"], "places": head["places"],
        "vertices": int(shapely.get_num_coordinates(shapes).sum()),
        "area_km2": round(sum(area_km2(shape) for shape in shapes)), "west": west, "south": south, "east": east,
        "north": north, "notes": len(head["notes"]), "disputes": len(head["disputes"]), **written,
    }  # fmt: skip
