"""Disclosure: the tables of incidents as somebody outside may see them, by a profile.

Everything that leaves a database, page or file, is made of tables that went through here, so that all formats say the
same. What is left out is not counted again; what is coarsened is an area and a month, never a false point or day; the
same database and profile give the same result.

What is treated, from most to least sensitive:

- An incident at a level that the profile leaves out is not there, nor one that is younger than the profile's delay.
- One that it coarsens keeps its type, figures and claims. Its places become the department, or the unit that the
  profile says (a cell of a grid abroad and at sea), its days the month; titles, summaries, notes, tags, quoted voices,
  documents and original codes go.
- An incident with a place that is coarsened, or whose texts name a source or actor that is withheld, is coarsened
  in the same way: a title would give away what the map hides.
- A source or actor that is withheld keeps its kind and a number.
"""

from __future__ import annotations

import json
import math
import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import shapely

from willay.data.codebook import codebook
from willay.events.cards import is_known
from willay.events.units import finest_level
from willay.events.values import parse_day
from willay.events.withholding import SHORTEST_NAME, WITHHELD, Withheld, document, folded, level_of, with_names_withheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import geopandas as gpd

    from willay.data.profiles import Profile
    from willay.events.records import IncidentTables

CHILDREN: Final = ("places", "parties", "claims", "incident_sources", "incident_cases")
_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class Disclosed:
    """Tables that may leave the database.

    Attributes:
        tables: What may be shown.
        left_out: How many incidents were left out.
        coarsened: Codes of the incidents that are told with less.
        touched: Codes of the incidents that differ in anything from what is recorded.
    """

    tables: IncidentTables
    left_out: int
    coarsened: frozenset[str]
    touched: frozenset[str]


def is_sensitive(tables: IncidentTables) -> bool:
    """Say whether anything in the tables has a level other than public."""
    return any(
        getattr(tables, name)["sensitivity"].map(is_known).any()
        for name in ("incidents", "places", "sources", "actors")
    )


def disclosed(
    tables: IncidentTables,
    profile: Profile,
    hidden: Withheld,
    units: gpd.GeoDataFrame,
    *,
    coded: gpd.GeoDataFrame,
    aliases: Mapping[str, str],
    today: date,
) -> Disclosed:
    """Return tables as a profile lets them leave.

    Args:
        tables: What is recorded.
        profile: What becomes of what is sensitive.
        hidden: Sources and actors that are withheld; see `withheld`.
        units: The first-level units of the country: `name_es`, `admin_code` and geometry, EPSG:4326.
        coded: Regions of any set with an `admin_code`, and geometry.
        aliases: Further folded names of actors, with the key of each.
        today: The day from which the profile's delay counts back.
    """
    whole = len(tables.incidents)
    levels = {code: level_of(level) for code, level in _pairs(tables.incidents, "fid", "sensitivity")}
    gone = {fid for fid, level in levels.items() if profile.treatment("incident", level) == "leave out"}
    if profile.delay_days:
        latest = str(today - timedelta(days=profile.delay_days))
        gone |= {fid for fid, day in _pairs(tables.incidents, "fid", "last_day") if is_known(day) and str(day) > latest}
    kept = _without(tables, gone)
    names = {*hidden.names, *(name for name, key in aliases.items() if key in hidden.actors and _is_long(name))}
    coarse = _to_coarsen(kept, profile, levels, names)
    codes = dict(_pairs(kept.incidents, "fid", "code"))
    touched = {codes[fid] for fid in coarse} | {codes[fid] for fid in _citing(kept, hidden)}
    made = with_names_withheld(kept, hidden)
    if coarse:
        made = _coarsen(made, coarse, _Areas.of(profile, units, coded))
    left_out = whole - len(kept.incidents)
    coarsened = frozenset(codes[fid] for fid in coarse)
    return Disclosed(_blanked(made, profile), left_out, coarsened, frozenset(touched))


def _is_long(name: str) -> bool:
    return len(name) >= SHORTEST_NAME


def _pairs(table: pd.DataFrame, one: str, other: str) -> Iterable[tuple[Any, Any]]:
    return zip(table[one].tolist(), table[other].tolist(), strict=True)


def _without(tables: IncidentTables, gone: set[int]) -> IncidentTables:
    if not gone:
        return tables
    lists: dict[str, Any] = {
        name: (table := getattr(tables, name))[~table["incident"].isin(gone)].reset_index(drop=True)
        for name in CHILDREN
    }
    incidents = tables.incidents[~tables.incidents["fid"].isin(gone)].reset_index(drop=True)
    left = set(tables.incidents.loc[tables.incidents["fid"].isin(gone), "code"])
    part_of = incidents["part_of"].where(~incidents["part_of"].isin(left), None)
    wholes = {code: of for code, of in tables.wholes.items() if code not in left and of not in left}
    return replace(tables, **lists, incidents=incidents.assign(part_of=part_of), wholes=wholes)


def _to_coarsen(
    tables: IncidentTables, profile: Profile, levels: Mapping[int, str | None], names: set[str]
) -> set[int]:
    """Find the incidents that are told with less."""
    coarse = {fid for fid in tables.incidents["fid"] if profile.treatment("incident", levels[fid]) == "coarsen"}
    for fid, level in _pairs(tables.places, "incident", "sensitivity"):
        if profile.treatment("place", level_of(level)) == "coarsen":
            coarse.add(fid)
    return coarse | (_naming(tables, names) if names else set())


def _naming(tables: IncidentTables, names: set[str]) -> set[int]:
    """Find the incidents whose texts have a name that is withheld."""
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names, key=len, reverse=True)))
    found: set[int] = set()
    for table, fid, columns in (
        (tables.incidents, "fid", ("title", "summary", "notes", "tags", "key", "original", "dataset_id")),
        (tables.claims, "incident", ("attributed_to", "scope", "note", "pinned")),
        (tables.places, "incident", ("name", "note", "coordinate_source")),
        (tables.parties, "incident", ("note",)),
    ):
        for row in table[[fid, *columns]].to_dict("records"):
            if any(is_known(row[name]) and pattern.search(folded(_unquoted(row[name]))) for name in columns):
                found.add(row[fid])
    return found


def _unquoted(text: str) -> str:
    """Return JSON text without its escapes, so that names can be found in it."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text


def _citing(tables: IncidentTables, hidden: Withheld) -> set[int]:
    cited = tables.incident_sources
    parties = tables.parties
    return {
        *cited.loc[cited["source"].isin(hidden.sources), "incident"],
        *parties.loc[parties["actor"].isin(hidden.actors), "incident"],
    }


def _blanked(tables: IncidentTables, profile: Profile) -> IncidentTables:
    """Take who is to review, and the levels of what was treated, out of what leaves.

    What is shown as it is keeps its level, so that whoever gets it knows how far it may go.
    """
    kinds = {"incidents": "incident", "places": "place", "sources": "source", "actors": "actor"}
    made: dict[str, Any] = {
        name: (table := getattr(tables, name)).assign(sensitivity=_shown_levels(table, kind, profile))
        for name, kind in kinds.items()
    }
    made["incidents"] = made["incidents"].assign(assigned_to=None)
    return replace(tables, **made)


def _shown_levels(table: pd.DataFrame, kind: str, profile: Profile) -> pd.Series[Any]:
    """Return the levels of the rows of a table that are shown as they are; None for all others."""
    levels = [
        level if is_known(level) and profile.treatment(kind, str(level)) == "show" else None
        for level in table["sensitivity"].tolist()
    ]
    return pd.Series(levels, index=table.index, dtype="object")


def _coarsen(tables: IncidentTables, coarse: set[int], areas: _Areas) -> IncidentTables:
    """Tell incidents with less: an area, a month, their figures."""
    places = _coarse_places(tables.places, coarse, areas)
    where = {row["incident"]: row["name"] for row in places.to_dict("records") if row["position"] == 0}
    rows = [
        _coarse_incident(row, where.get(row["fid"])) if row["fid"] in coarse else row
        for row in tables.incidents.to_dict("records")
    ]
    sources, cited, claims = _coarse_sources(tables, coarse)
    return replace(
        tables,
        incidents=pd.DataFrame(rows, columns=list(tables.incidents.columns), dtype="object"),
        places=places,
        claims=claims,
        incident_sources=cited,
        sources=sources,
        parties=tables.parties.assign(note=tables.parties["note"].mask(tables.parties["incident"].isin(coarse), None)),
    )


def _coarse_incident(row: Mapping[Any, Any], where: str | None) -> dict[Any, Any]:
    kind = codebook().subtypes[row["subtype"]] if is_known(row["subtype"]) else codebook().types[row["type"]]
    title = {lang: f"{kind.label(lang)}{f', {where}' if where else ''}" for lang in ("en", "es")}
    first, last, precision = coarse_days(row["first_day"], row["last_day"])
    return {
        **row,
        "title": json.dumps(title, ensure_ascii=False),
        "first_day": first,
        "last_day": last,
        "date_precision": precision if first else row["date_precision"],
        **dict.fromkeys(("key", "summary", "tags", "notes", "original", "dataset_id", "confidence")),
    }


def coarse_days(first: Any, last: Any) -> tuple[str | None, str | None, str]:  # noqa: ANN401 — cells: ISO days or unknown
    """Return the months that days lie in, as their first and last day, with the precision of that."""
    if not is_known(first) or not is_known(last):
        return None, None, "unknown"
    begin, end = parse_day(str(first))[0], parse_day(str(last))[1]
    until = end.replace(day=monthrange(end.year, end.month)[1])
    same = (begin.year, begin.month) == (end.year, end.month)
    return str(begin.replace(day=1)), str(until), "month" if same else "period"


@dataclass(frozen=True, slots=True)
class _Areas:
    """What coarsened places may become.

    Attributes:
        level: How far they are coarsened; see `Profile.place`.
        units: Code and shape of first-level units by name.
        shapes: Shapes of all regions that have a code, by it.
        grid: The size of the grid's cells, degrees.
    """

    level: str
    units: Mapping[str, tuple[Any, Any]]
    shapes: Mapping[str, Any]
    grid: float

    @classmethod
    def of(cls, profile: Profile, units: gpd.GeoDataFrame, coded: gpd.GeoDataFrame) -> _Areas:
        """Make them of first-level units, and of all regions with codes."""
        pairs = zip(units["admin_code"], units.geometry, strict=True)
        return cls(
            profile.place,
            dict(zip(units["name_es"], pairs, strict=True)),
            dict(zip(coded["admin_code"], coded.geometry, strict=True)),
            profile.grid_degrees,
        )


_FINER: Final = {"district": (("district", 6, "adm3"), ("province", 4, "adm2")), "province": (("province", 4, "adm2"),)}
"""For each level the units to try, the finest first: precision, digits of the code, column of the name."""


def _coarse_places(places: pd.DataFrame, coarse: set[int], areas: _Areas) -> pd.DataFrame:
    """Replace places by their unit, or by a cell of a grid; each of an incident once."""
    rows: list[dict[Any, Any]] = []
    seen: dict[int, list[str]] = {}
    for row in places.to_dict("records"):
        if row["incident"] not in coarse:
            rows.append(row)
            continue
        made = _coarse_place(row, areas)
        names = seen.setdefault(row["incident"], [])
        if made["name"] not in names:
            rows.append({**made, "position": len(names)})
            names.append(made["name"])
    return pd.DataFrame(rows, columns=list(places.columns), dtype="object")


def _coarse_place(row: Mapping[Any, Any], areas: _Areas) -> dict[Any, Any]:
    same = {**dict.fromkeys(row), **{name: row[name] for name in ("incident", "position", "country")}}
    if areas.level != "grid" and (unit := _unit(row, areas)):
        return {**same, **unit}
    is_wide = finest_level(row["precision"], has_code=True) == 0  # a point stands for more than a cell
    if is_wide or row["geometry"] is None or not is_known(row["geometry"]):
        return {**same, "name": row["country"], "precision": "country"}
    at, grid = shapely.point_on_surface(row["geometry"]), areas.grid
    west, south = (round(math.floor(value / grid) * grid, _DECIMALS) for value in (at.x, at.y))
    cell = shapely.box(west, south, round(west + grid, _DECIMALS), round(south + grid, _DECIMALS))
    return {**same, "name": f"{row['country']}, {west:g}/{south:g}", "precision": "area", "geometry": cell}


def _unit(row: Mapping[Any, Any], areas: _Areas) -> dict[str, Any] | None:
    """Return the unit that a place becomes, or None; it has no shape where no region has its code."""
    code = row["admin_code"] if is_known(row["admin_code"]) else ""
    for precision, digits, name in _FINER.get(areas.level, ()):
        if len(code) >= digits and is_known(row[name]):
            above = {column: row[column] for column in ("adm1", "adm2", "adm3") if column <= name}
            shape = areas.shapes.get(code[:digits])
            told = {"name": row[name], "admin_code": code[:digits], "precision": precision, "geometry": shape}
            return {**above, **told}
    if not is_known(row["adm1"]) or row["adm1"] not in areas.units:
        return None
    unit_code, shape = areas.units[row["adm1"]]
    told = {"name": row["adm1"], "adm1": row["adm1"], "admin_code": unit_code}
    return {**told, "precision": "department", "geometry": shape}


def _coarse_sources(tables: IncidentTables, coarse: set[int]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Reduce the documents of coarsened incidents to their kind and a number, and their claims to numbers."""
    kinds = dict(_pairs(tables.sources, "key", "kind"))
    cited, claims = tables.incident_sources, tables.claims
    other: dict[tuple[int, str], str] = {}
    for fid, key in _pairs(
        cited[cited["incident"].isin(coarse)].sort_values(["incident", "position"]), "incident", "source"
    ):
        number = 1 + sum(one == fid for one, _ in other)
        other.setdefault((fid, key), document(number, str(kinds.get(key, "other")))["key"])
    new = pd.DataFrame(
        [
            {**dict.fromkeys(tables.sources.columns), **document(int(name.split("-")[2]), name.split("-", 3)[3])}
            for name in sorted(set(other.values()))
        ],
        columns=list(tables.sources.columns),
        dtype="object",
    )
    theirs = claims["incident"].isin(coarse)
    quiet = {name: claims[name].mask(theirs, None) for name in ("note", "scope", "pinned")}
    told = claims["stated_on"].map(lambda day: str(day)[:7] if is_known(day) else None)
    voices = claims["attributed_to"].where(~theirs | claims["attributed_to"].isna(), WITHHELD["en"])
    return (
        pd.concat([tables.sources.astype("object"), new], ignore_index=True) if len(new) else tables.sources,
        cited.assign(source=_switched(cited, other)),
        claims.assign(
            **quiet,
            source=_switched(claims, other),
            attributed_to=voices,
            stated_on=claims["stated_on"].mask(theirs, told),
        ),
    )


def _switched(table: pd.DataFrame, other: Mapping[tuple[int, str], str]) -> list[str]:
    return [other.get((fid, key), key) for fid, key in _pairs(table, "incident", "source")]
