"""Made-up incidents for measuring: none of them happened, and their texts say so."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import shapely

from benchmarks.made_up_cards import made_up_cards
from benchmarks.made_up_texts import ACTORS, made_up_places, made_up_titles
from willay.data import population_source, population_text
from willay.data.boundaries import COUNTRY_BOXES, departments
from willay.data.codebook import codebook
from willay.events.frame.frame import make_frame
from willay.events.model.drafts import Bundle, SourceDraft, draft
from willay.geo import join_regions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]  # Any: each array has a type of its own

SOURCE = "made-up"
FIRST_DAY = date(1980, 1, 1)
DAYS = 16_000
SEED: Final = 20090605
REGION_SET: Final = "pe-departments"

_CALENDAR: Final = (np.datetime64("1980-01-01"), np.datetime64("2025-12-31"))
_HEAVY: Final = {"Ayacucho": 9, "Junín": 6, "Huánuco": 5, "Huancavelica": 4, "Lima Province": 6, "San Martín": 4}
"""How many times as likely a place is in some departments as in the others."""

_PRECISIONS: Final = {
    "settlement": 0.62, "site": 0.13, "near": 0.13, "district": 0.06, "province": 0.03, "department": 0.02,
    "country": 0.01,
}  # fmt: skip
_STATUSES: Final = {"published": 0.85, "in-review": 0.1, "draft": 0.03, "lead": 0.02}
_DATASETS: Final = {"made-up-register": 0.5, "made-up-press": 0.3, "made-up-archive": 0.2}
_LICENCES: Final = {"made-up-register": "CC-BY-4.0", "made-up-press": "CC0-1.0", "made-up-archive": "CC-BY-SA-4.0"}
_CONFIDENCES: Final = {"high": 0.3, "medium": 0.5, "low": 0.2}
_CASES: Final = tuple(f"made-up-case-{number:02d}" for number in range(1, 13))
_AMBIGUOUS: Final = {"15": "1502"}
"""15 may mean the Lima region or Lima Province (1501); a place in the region says its province, Barranca."""

_UNPLACED, _UNDATED, _PARTS = 0.01, 0.01, 0.004


def made_up_bundle(count: int, seed: int = SEED) -> Bundle:
    """Return a bundle of so many incidents, spread over Peru and the years 1980 to 2023."""
    chance = random.Random(seed)  # noqa: S311 — made-up data, no secret
    subtypes = codebook().subtypes.codes()
    source = draft(SourceDraft, {"key": SOURCE, "kind": "other", "title": "Made up for a benchmark"})
    incidents = [_incident(number, chance, subtypes) for number in range(count)]
    return Bundle.model_validate({"sources": [source], "incidents": incidents})


def _incident(number: int, chance: random.Random, subtypes: tuple[str, ...]) -> dict[str, object]:
    place = {"name": f"Place {number % 5000}", "precision": "settlement", "admin_code": f"{chance.randint(1, 25):02d}"}
    point = {"lon": round(chance.uniform(-76, -74), 5), "lat": round(chance.uniform(-13, -9), 5)}
    return {
        "title": f"Made-up incident {number}",
        "type": chance.choice(subtypes),
        "days": str(FIRST_DAY + timedelta(days=chance.randrange(DAYS))),
        "places": [place | point],
        "claims": [{"measure": "killed", "count": chance.randint(0, 9), "source": SOURCE}],
    }


def made_up_regions() -> gpd.GeoDataFrame:
    """Return Peru's departments as a set of regions, with their censuses, as `willay.maps.render` takes them."""
    table = departments()
    return gpd.GeoDataFrame(
        {
            "set": REGION_SET,
            "key": table["key"],
            "name": table["name"],
            "name_es": table["name_es"],
            "name_en": table["name_en"],
            "admin_code": table["ubigeo"],
            "population": [population_text(REGION_SET, key) for key in table["key"]],
            "population_source": population_source(REGION_SET),
        },
        geometry=table.geometry,
        crs=table.crs,
    )


def made_up_frame(count: int, seed: int = SEED, *, details: bool = False) -> gpd.GeoDataFrame:
    """Return an incident frame of so many made-up incidents in Peru, 1980 to 2025; the same for the same arguments.

    One place serves about 20 incidents, unevenly; one incident in a hundred has no place, and one has no day.

    Args:
        count: How many incidents.
        seed: What the chance starts from.
        details: Whether to fill the `details` column and the summaries, which is slow.
    """
    chance = np.random.default_rng(seed)
    places = _places(max(10, count // 20), chance)
    place = chance.choice(len(places.names), count, p=places.weights)
    placed = chance.random(count) >= _UNPLACED
    codes = np.array([f"XM-{number:07d}" for number in range(1, count + 1)], object)
    columns = {
        "code": codes,
        **_types(count, chance),
        **_days(count, chance),
        "place_name": np.where(placed, places.names[place], None),
        "place_precision": np.where(placed, places.precisions[place], "unknown"),
        "radius_m": np.where(placed, places.radius_m[place], np.nan),
        "country": np.full(count, "PE", object),
        "admin_code": np.where(placed, places.codes[place], None),
        "adm1": np.where(placed, places.adm1[place], None),
        "place_count": placed.astype(np.int32),
        **_figures("killed", 0.45, count, chance),
        **_figures("injured", 0.6, count, chance),
        **_figures("detained", 0.92, count, chance),
        "actors": _joined(np.array(ACTORS, object), count, chance),
        "source_count": 1 + chance.poisson(1.2, count).astype(np.int32),
        "source_kinds": _joined(np.array(codebook().source_kinds.codes(), object), count, chance),
        "cases": np.where(chance.random(count) < 0.15, chance.choice(np.array(_CASES, object), count), None),
        **_parts(codes, chance),
        **_record(count, chance),
    }
    columns["title"] = made_up_titles(columns["subtype"], columns["place_name"], chance)
    if details:
        columns["summary"], columns["details"] = made_up_cards(columns, places.points[place], chance)
    geometry = np.where(placed, places.geometry[place], None)
    return make_frame(columns, geometry, {"policy": "ranked-source", "policy_version": 1, "lang": "en"})


@dataclass(frozen=True, slots=True)
class _Places:
    """Made-up places, one a row: points (lon, lat), names, what lies around them, and how likely each is."""

    points: Array
    geometry: Array
    names: Array
    adm1: Array
    codes: Array
    precisions: Array
    radius_m: Array
    weights: Array


def _places(count: int, chance: np.random.Generator) -> _Places:
    units, box = departments(), COUNTRY_BOXES["PE"]
    thrown = 8 * count + 1000
    points = np.column_stack([chance.uniform(box.west, box.east, thrown), chance.uniform(box.south, box.north, thrown)])
    points = points.round(5)
    hits = join_regions(points[:, 0], points[:, 1], units.geometry)
    inside, first = np.unique(hits.point_index, return_index=True)
    unit = hits.region_index[first]
    likely = np.array([_HEAVY.get(name, 1) for name in units["name_en"]], float)[unit]
    kept = chance.choice(len(inside), count, replace=False, p=likely / likely.sum())
    points, unit = points[inside[kept]], unit[kept]
    precisions = _drawn(_PRECISIONS, count, chance)
    radius_m = np.where(precisions == "near", chance.choice([5_000.0, 10_000.0, 15_000.0, np.nan], count), np.nan)
    weights = 1 / (np.arange(count) + 20.0) ** 0.8
    return _Places(
        points,
        shapely.points(points).astype(object),
        made_up_places(count, chance),
        units["name"].to_numpy(object)[unit],
        units["ubigeo"].replace(_AMBIGUOUS).to_numpy(object)[unit],
        precisions,
        radius_m,
        weights / weights.sum(),
    )


def _types(count: int, chance: np.random.Generator) -> dict[str, Array]:
    """Return a sub-type for each row, some much likelier than others, and the type it belongs to."""
    terms = codebook().subtypes
    codes = np.array(terms.codes(), object)
    weights = 1 / np.arange(1, len(codes) + 1) ** 0.7
    number = chance.choice(len(codes), count, p=weights / weights.sum())
    types = np.array([terms[code].parent for code in codes], object)
    return {"type": types[number], "subtype": codes[number]}


def _days(count: int, chance: np.random.Generator) -> dict[str, Array]:
    """Return days in 1980 to 2025, a third of them in the years around 1984 and 1989, and how exact they are."""
    length = int((_CALENDAR[1] - _CALENDAR[0]).astype(int)) + 1
    even = chance.integers(0, length, count)
    peak = chance.normal(np.where(chance.random(count) < 0.5, 1_700, 3_500), 500)
    offset = np.where(chance.random(count) < 0.35, np.clip(peak, 0, length - 1), even).astype(np.int64)
    precision = _drawn({"day": 0.84, "days": 0.1, "month": 0.03, "year": 0.02, "unknown": _UNDATED}, count, chance)
    first = _CALENDAR[0] + offset.astype("timedelta64[D]")
    month, year = first.astype("datetime64[M]"), first.astype("datetime64[Y]")
    first = np.select(
        [precision == "month", precision == "year"], [month.astype(first.dtype), year.astype(first.dtype)], first
    )
    last = np.select(
        [precision == "days", precision == "month", precision == "year"],
        [
            first + chance.integers(1, 30, count),
            (month + 1).astype(first.dtype) - 1,
            (year + 1).astype(first.dtype) - 1,
        ],
        first,
    )
    last = np.maximum(first, np.minimum(last, _CALENDAR[1]))
    known = precision != "unknown"
    nothing = np.datetime64("NaT")
    days = {name: np.where(known, day, nothing) for name, day in (("first_day", first), ("last_day", last))}
    return {name: day.astype("datetime64[s]") for name, day in days.items()} | {"date_precision": precision}


def _figures(measure: str, unknown: float, count: int, chance: np.random.Generator) -> dict[str, Any]:
    """Return low, best and high of a measure; a share of the rows is unknown, and a third of the rest is none."""
    best = np.where(chance.random(count) < 0.33, 0, chance.geometric(0.35, count)).astype(float)
    best = np.where(chance.random(count) < 0.01, best * chance.integers(5, 40, count), best)
    spread = np.where(chance.random(count) < 0.3, chance.integers(0, 5, count), 0)
    low, high = np.maximum(best - spread, 0), best + np.where(best > 0, 2 * spread, 0)
    missing = chance.random(count) < unknown
    return {
        f"{measure}_{bound}": _whole(np.where(missing, np.nan, values))
        for bound, values in (("low", low), ("best", best), ("high", high))
    }


def _whole(values: Array) -> Array:
    return np.where(np.isnan(values), None, np.nan_to_num(values).astype(int).astype(object))


def _joined(choices: Array, count: int, chance: np.random.Generator) -> Array:
    """Return one to three of the choices for each row, "; " between, earlier choices likelier."""
    weights = 1 / (np.arange(len(choices)) + 3.0)
    drawn = chance.choice(len(choices), (3, count), p=weights / weights.sum())
    how_many = chance.choice([1, 2, 3], count, p=[0.45, 0.4, 0.15])
    text = choices[drawn[0]]
    for number in (1, 2):
        more = (how_many > number) & (drawn[:number] != drawn[number]).all(axis=0)
        text = np.where(more, text + "; " + choices[drawn[number]], text)
    return text


def _parts(codes: Array, chance: np.random.Generator) -> dict[str, Array]:
    """Make a few rows parts of the row before them."""
    part = chance.random(len(codes)) < _PARTS
    part[1:] &= ~part[:-1]
    part[:1] = False
    return {"part_of": np.where(part, np.roll(codes, 1), None), "counted": ~part}


def _record(count: int, chance: np.random.Generator) -> dict[str, Array]:
    dataset = _drawn(_DATASETS, count, chance)
    known, number = np.unique(dataset.astype(str), return_inverse=True)
    licence = np.array([_LICENCES[name] for name in known], object)[number]
    return {
        "status": _drawn(_STATUSES, count, chance),
        "confidence": _drawn(_CONFIDENCES, count, chance),
        "dataset": dataset,
        "licence": licence,
        "revision": np.ones(count, np.int32),
        "recorded_at": np.full(count, "2026-01-01T00:00:00Z", object),
    }


def _drawn(shares: dict[str, float], count: int, chance: np.random.Generator) -> Array:
    """Return texts drawn with the given shares, which sum to 1."""
    return np.array(list(shares), object)[chance.choice(len(shares), count, p=list(shares.values()))]
