"""Country packs in a database: their units as region sets, and what they say of the country as a recorded setting."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, update

from willay.data.country_packs.contents import facts_document
from willay.data.country_packs.facts import facts_of
from willay.events.frame.nesting import PARENT, SAME_AS
from willay.events.frame.units import BEFORE_ALL
from willay.events.model.canonical import canonical
from willay.events.store.record.region_sets import (
    ALIASES,
    PEOPLE,
    PEOPLE_SOURCE,
    RegionSet,
    key_of,
    region_id,
    region_state,
)
from willay.events.store.record.revisions import Change, latest_digest, record, supersede
from willay.events.store.record.settings import set_setting
from willay.events.store.schema.tables import REGION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import geopandas as gpd
    from sqlalchemy.engine import Connection

    from willay.data.country_packs.contents import Pack, PackFacts, PackLevel
    from willay.events.store.record.revisions import Author

_SAME: Final = 0.8
"""The share of a former unit and of a new one that is in both from which they are the same unit, drawn better."""

PREFIX: Final = "country_pack:"
"""A setting that begins so has what a pack says of the country whose code follows."""


@dataclass(frozen=True, slots=True)
class RecordedPack:
    """What a database has recorded of a pack.

    Attributes:
        file: The name of its file, in which the places are.
        sha256: The digest of that file, hexadecimal.
        facts: What it says of its country.

    Example:
        >>> from willay.events.store import Store
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     store.regions.packs()
        ()
    """

    file: str
    sha256: str
    facts: PackFacts


def recorded_packs(meta: Mapping[str, str]) -> tuple[RecordedPack, ...]:
    """Return the packs that a database has recorded, by the codes of their countries."""
    found = []
    for key in sorted(meta):
        if key.startswith(PREFIX):
            stored: dict[str, Any] = json.loads(meta[key])
            found.append(RecordedPack(stored["file"], stored["sha256"], facts_of(stored["facts"], key)))
    return tuple(found)


def record_pack(connection: Connection, pack: RecordedPack, author: Author) -> tuple[str, str]:
    """Record what a pack says of its country; return the setting's key and value."""
    stored = {"file": pack.file, "sha256": pack.sha256, "facts": facts_document(pack.facts)}
    key, value = PREFIX + pack.facts.code, canonical(stored)
    set_setting(connection, key, value, author)
    return key, value


def unit_sets(pack: Pack, since: date | None) -> tuple[RegionSet, ...]:
    """Return the units of a pack as region sets, the widest level first.

    Args:
        pack: The pack.
        since: The day from which they are valid, inclusive; None is always.
    """
    return tuple(_unit_set(pack, level, since) for level in pack.facts.levels)


def _unit_set(pack: Pack, level: PackLevel, since: date | None) -> RegionSet:
    import geopandas as gpd  # noqa: PLC0415 — few ways through the store need frames

    units: gpd.GeoDataFrame = pack.units[level.number]
    names = zip(units["name"], units["name_es"], units["name_en"], strict=True)
    rows = {
        "key": [key_of(code) for code in units["code"]],
        "name_es": [spanish or name for name, spanish, _ in names],
        "name_en": units["name_en"].tolist(),
        "kind": [level.words["en"][0]] * len(units),
        "admin_code": units["code"].tolist(),
        "valid_from": [since] * len(units),
        "citation": [level.terms.source] * len(units),
        "outline_note": [pack.facts.notes[0] if pack.facts.notes else None] * len(units),
        "definition": [_definition(pack, level, row) for row in units.to_dict("records")],
    }
    frame = gpd.GeoDataFrame(rows, geometry=units.geometry.to_list(), crs=units.crs)
    return RegionSet(pack.facts.set_name(level.number), frame, level.terms.credit, level.terms.licence)


def _definition(pack: Pack, level: PackLevel, row: Mapping[Any, Any]) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    if row["parent"]:
        found[PARENT] = row["parent"]
    elif level.number == 1 and not pack.facts.digits:
        found[PARENT] = ""
    if row["aliases"]:
        found[ALIASES] = list(row["aliases"])
    if people := pack.people.get(row["code"]):
        found[PEOPLE] = {str(year): number for year, number in sorted(people.items())}
        if pack.facts.populations and pack.facts.populations.credit:
            found[PEOPLE_SOURCE] = pack.facts.populations.credit
    return found or None


def same_units(former: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> dict[str, str]:
    """Return the code of today of former units: that of a unit which is all but the same area, drawn better.

    Args:
        former: Units with admin_code and geometry.
        units: The new ones, with code and geometry, in the same CRS.
    """
    import shapely  # noqa: PLC0415 — few ways through the store need it

    old, new = former.geometry.to_numpy(), units.geometry.to_numpy()
    before, now = shapely.STRtree(new).query(old, predicate="intersects")
    shared = shapely.area(shapely.intersection(old[before], new[now]))  # square degrees: only shares are asked
    close = (shared >= _SAME * shapely.area(old[before])) & (shared >= _SAME * shapely.area(new[now]))
    codes = zip(former["admin_code"].iloc[before[close]], units["code"].iloc[now[close]], strict=True)
    return {str(one): str(other) for one, other in codes if one and one != other}


def end_units(
    connection: Connection, set_name: str, since: date | None, author: Author, same: Mapping[str, str] | None = None
) -> int:
    """End the versions of a set's regions that are valid on a day or after it; they stay with the record.

    Args:
        connection: Within a transaction.
        set_name: The set.
        since: The day from which they are not valid any more; None ends them for all time.
        author: Who does it.
        same: The code of today of units, by the code that they have; what is recorded by the old one is then read as
            by the new one.

    Returns:
        How many versions were ended.
    """
    day = BEFORE_ALL if since is None else since.isoformat()
    table = REGION
    changed = []
    for row in connection.execute(select(table).where(table.c.set_name == set_name)).mappings().all():
        old = dict(row)
        if old["valid_until"] is not None and old["valid_until"] <= day:
            continue
        begins_later = old["valid_from"] is not None and old["valid_from"] >= day
        new = {**old, "valid_until": BEFORE_ALL if begins_later else day}
        if same and old["admin_code"] in same:
            new["definition"] = canonical({**_read(old["definition"]), SAME_AS: same[old["admin_code"]]})
        number, digest = latest_digest(connection, "region", region_id(old))
        supersede(connection, [(number, region_state(old))])
        connection.execute(
            update(REGION)
            .where(table.c.fid == old["fid"])
            .values(**{name: new[name] for name in ("valid_until", "definition")})
        )
        changed.append(Change(region_id(new), region_state(new), "end", digest))
    record(connection, "region", changed, author)
    return len(changed)


def _read(definition: str | None) -> dict[str, Any]:
    read = json.loads(definition) if definition else {}
    return read if isinstance(read, dict) else {}
