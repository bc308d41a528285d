"""Region sets: areas with a name and a time during which they are valid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from sqlalchemy import insert, select, text, update

from willay.data.boundaries import stated_area_km2
from willay.data.populations import population_source, population_text
from willay.data.region_titles import country_of_units
from willay.events.frame.columns import CRS, DAY
from willay.events.frame.nesting import country_of_code, stated, with_parents
from willay.events.model.canonical import canonical
from willay.events.model.errors import ConflictError, DraftError, Fault
from willay.events.model.values import local
from willay.events.store.record.resolve import folded, nearest, not_found
from willay.events.store.record.revisions import Author, Change, first_known, latest_digest, record_creations, supersede
from willay.events.store.record.revisions import record as record_changes
from willay.events.store.record.states import pruned
from willay.events.store.schema.tables import REGION
from willay.geo.projected import frame_in_degrees
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    import geopandas as gpd
    from sqlalchemy.engine import Connection

_TEXT: Final = (
    "name_es", "name_en", "kind", "reason", "decree", "citation", "url", "outline_note", "admin_code",
)  # fmt: skip
COLUMNS: Final = (
    "set", "key", "version", "name", "name_es", "name_en", "kind", "valid_from", "valid_until", "admin_code",
    "country", "working_outline", "outline_note", "reason", "replaces", "decree", "citation", "url", "definition",
    "attribution", "licence", "fid", "population", "population_source", "area_km2",
)  # fmt: skip
"""The columns of a frame of regions, before `geometry`."""


ALIASES: Final = "aliases"
PEOPLE: Final = "people"
PEOPLE_SOURCE: Final = "people_source"
"""What the `definition` of a unit has of its country pack besides `parent`: further names, people by year, and who
counted them."""


@dataclass(frozen=True)
class RegionSet:
    """A named set of areas, as it is handed to a store.

    Attributes:
        name: The set's name, such as `mm-adm1`.
        frame: A row for each version of an area, with `key`, a polygon geometry (any CRS), and any of name_es,
            name_en, kind, valid_from (inclusive), valid_until (exclusive), reason, replaces, decree, citation, url,
            working_outline, outline_note, admin_code, version, definition. What is missing is unknown. A text by
            language is kept as JSON.
        attribution: The credit that the licence asks for.
        licence: SPDX id or a phrase.

    Example:
        >>> import geopandas, shapely
        >>> from willay.events.store import RegionSet, Store
        >>> frame = geopandas.GeoDataFrame({"key": ["west"]}, geometry=[shapely.box(-76, -14, -74, -10)], crs=4326)
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     store.regions.add(RegionSet("units", frame, licence="CC0-1.0"), author="ana", reason="own survey")
        1
    """

    name: str
    frame: gpd.GeoDataFrame
    attribution: str | None = None
    licence: str | None = None


def region_set_from_layer(
    frame: gpd.GeoDataFrame,
    set_name: str,
    *,
    key: str,
    name: str | None = None,
    admin_code: str | None = None,
    attribution: str | None = None,
    licence: str | None = None,
) -> RegionSet:
    """Make a region set of a layer of any GIS file.

    Args:
        frame: Polygons in any CRS.
        set_name: The set's name.
        key: The column with the key; letters other than a to z, digits and hyphens are turned into such.
        name: The column with the name; None takes the key's own text.
        admin_code: The column with the administrative code.
        attribution: Whom to credit.
        licence: SPDX id or a phrase.

    Raises:
        DraftError: The layer has no such column, or two rows have the same key.
    """
    import geopandas as gpd  # noqa: PLC0415 — few ways through the store need frames

    for column in (key, name, admin_code):
        if column is not None and column not in frame.columns:
            columns = ", ".join(str(known) for known in frame.columns if known != frame.geometry.name)
            raise DraftError(
                (
                    Fault(
                        set_name,
                        tr(
                            "The layer has no column {column!r}. It has: {columns}.",
                            column=column[:80],
                            columns=columns,
                        ),
                    ),
                )
            )
    keys = [key_of(value) for value in frame[key]]
    if twice := sorted({one for one in keys if keys.count(one) > 1})[:3]:
        message = tr(
            "Several rows have the key {twice}. Choose a column whose values are unique.", twice=", ".join(twice)
        )
        raise DraftError.at(f"{set_name}.{key}", message)
    made = {
        "key": keys,
        "name_es": [_cell(value) for value in frame[name or key]],
        "admin_code": [_cell(value) for value in frame[admin_code]] if admin_code else [None] * len(frame),
    }
    shapes = gpd.GeoDataFrame(made, geometry=frame.geometry.to_list(), crs=frame.crs)
    return RegionSet(set_name, shapes, attribution, licence)


def key_of(value: Any) -> str:  # noqa: ANN401 — a cell of any frame
    """Return a name as the key of a region: in the letters a to z, digits and hyphens."""
    return folded(_cell(value) or "").replace("_", " ").replace(" ", "-")


def add_region_set(connection: Connection, regions: RegionSet, author: Author) -> int:
    """Add the areas of a set; an area that is there already gets a further version.

    Returns:
        How many rows were added.

    Raises:
        ConflictError: A version that the frame names is there already.
        DraftError: A row has no key or no polygon.
    """
    frame = regions.frame if regions.frame.crs is None else frame_in_degrees(regions.frame)
    known = connection.execute(select(REGION.c.fid, REGION.c.set_name, REGION.c.key, REGION.c.version)).all()
    taken = {(row.set_name, row.key, row.version) for row in known}
    fid = max((row.fid for row in known), default=0)
    rows = []
    for place, record in enumerate(frame.to_dict("records")):
        row = _region_row(regions, record, place)
        if row["version"] is None:
            row["version"] = 1 + max((v for s, k, v in taken if (s, k) == (row["set_name"], row["key"])), default=0)
        if (name := (row["set_name"], row["key"], row["version"])) in taken:
            raise ConflictError(
                tr(
                    "Version {number} of {region} already exists. Give the next number.",
                    number=name[2],
                    region=f"{name[0]}/{name[1]}",
                )
            )
        taken.add(name)
        fid += 1
        rows.append({"fid": fid, **row})
    if rows:
        connection.execute(insert(REGION), rows)
        states = [(region_id(row), region_state(row)) for row in rows]
        record_creations(connection, "region", states, author)
    return len(rows)


def replace_regions(connection: Connection, set_name: str, frame: gpd.GeoDataFrame, author: Author) -> int:
    """Give versions of regions of a set new outlines, keeping the old ones with their revisions.

    Args:
        connection: Within a transaction.
        set_name: The set.
        frame: Rows with key, version, working_outline, outline_note and a polygon (EPSG:4326).
        author: Who does it.

    Returns:
        How many versions have a new outline; rows that the set does not have are passed over.
    """
    changed = []
    for record in frame.to_dict("records"):
        old = _stored_row(connection, set_name, record)
        if old is None:
            continue
        new = {**old, "working_outline": record["working_outline"], "outline_note": _cell(record["outline_note"])}
        new["geometry"] = shapely.force_2d(record[frame.geometry.name])
        name = region_id(new)
        number, digest = latest_digest(connection, "region", name)
        supersede(connection, [(number, region_state(old))])
        connection.execute(update(REGION).where(REGION.c.fid == old["fid"]).values(**new))
        changed.append(Change(name, region_state(new), "rebuild", digest))
    record_changes(connection, "region", changed, author)
    return len(changed)


def _stored_row(connection: Connection, set_name: str, record: Mapping[Any, Any]) -> dict[str, Any] | None:
    columns = REGION.c
    where = (
        columns.set_name == set_name,
        columns.key == record["key"],
        columns.version == int(record["version"]),
    )
    row = connection.execute(select(REGION).where(*where)).mappings().one_or_none()
    return None if row is None else dict(row)


def _region_row(regions: RegionSet, record: Mapping[Any, Any], place: int) -> dict[str, Any]:
    key, shape = record.get("key"), record.get(regions.frame.geometry.name)
    if not isinstance(key, str) or not key:
        raise DraftError.at(f"{regions.name}[{place}].key", tr("A region needs a key, such as cusco."))
    if shape is None or shape.geom_type not in {"Polygon", "MultiPolygon"}:
        raise DraftError.at(f"{regions.name}[{place}].geometry", tr("A region needs a polygon."))
    plain = {name: _cell(record.get(name)) for name in _TEXT}
    return {
        "set_name": regions.name,
        "key": key,
        "version": _whole(record.get("version")),
        **plain,
        "name_es": plain["name_es"] or _cell(record.get("name")) or plain["name_en"] or key,
        "replaces": _cell(record.get("replaces")),
        "definition": _cell(record.get("definition")),
        "valid_from": _iso_day(record.get("valid_from")),
        "valid_until": _iso_day(record.get("valid_until")),
        "working_outline": _flag(record.get("working_outline")),
        "attribution": regions.attribution,
        "licence": regions.licence,
        "geometry": shapely.force_2d(shape),
    }


def region_id(row: Mapping[str, Any]) -> str:
    """Return the id of a version of a region as the subject of revisions."""
    return f"{row['set_name']}/{row['key']}/{row['version']}"


def region_state(row: Mapping[str, Any]) -> dict[str, Any]:
    """Make the state of a region; its geometry is written as hexadecimal WKB, little-endian."""
    wkb = shapely.to_wkb(row["geometry"], hex=True, byte_order=1)
    state: dict[str, Any] = pruned({**row, "fid": None, "geometry": wkb})
    return state


def read_regions(connection: Connection, as_of: datetime | None = None) -> gpd.GeoDataFrame:
    """Read all versions of all regions, by set, key and version.

    As of a past moment, each has the outline and facts that it had then. One that was added later is there as it was
    first: regions are installed rather than reported, and a question about last year needs a map of the country.

    The people who live in an area are facts of the shipped censuses, by set and key, and so is the extent of an area
    whose outline does not show it (`area_km2`). Units of a country pack have the people that it counts; other areas
    have none. `country` is that of a region's administrative
    code: the one that the code names, else the database's.
    """
    import geopandas as gpd  # noqa: PLC0415 — few ways through the store need frames
    import pandas as pd  # noqa: PLC0415 — as above

    table_ = REGION
    order = (table_.c.set_name, table_.c.key, table_.c.version)
    rows = [dict(row) for row in connection.execute(select(REGION).order_by(*order)).mappings()]
    if as_of is not None:
        rows = _rows_then(connection, rows, as_of)
    table = pd.DataFrame(rows, columns=list(REGION.columns.keys()))
    table = table.rename(columns={"set_name": "set"})
    for name in ("valid_from", "valid_until"):
        table[name] = pd.to_datetime(table[name]).astype(DAY)
    table["name"] = [_name(row, "en") for row in rows]
    table["population"] = [population_text(row["set_name"], row["key"]) or _people_text(row) for row in rows]
    table["area_km2"] = pd.Series([stated_area_km2(row["set_name"], row["key"]) for row in rows], dtype="float64")
    home = connection.execute(text("SELECT value FROM meta WHERE key = 'country'")).scalar()
    codes = table["admin_code"]
    of_sets = [country_of_units(row["set_name"]) or home for row in rows]
    table["country"] = [
        country_of_code(code) or of_set if isinstance(code, str) else None
        for code, of_set in zip(codes, of_sets, strict=True)
    ]
    sources = [population_source(row["set_name"]) or stated(row["definition"], PEOPLE_SOURCE) for row in rows]
    table["population_source"] = pd.Series(sources, dtype="object").where(table["population"].notna(), None)
    shapes = gpd.GeoSeries([row["geometry"] for row in rows], crs=CRS)
    return with_parents(gpd.GeoDataFrame(table[list(COLUMNS)], geometry=shapes, crs=CRS))


def _people_text(row: Mapping[str, Any]) -> str | None:
    """Return the people of a unit by year as JSON, where a country pack counted them."""
    people = stated(row["definition"], PEOPLE)
    return canonical(people) if people else None


def _rows_then(connection: Connection, rows: list[dict[str, Any]], as_of: datetime) -> list[dict[str, Any]]:
    """Put the states known at a moment, or else the first ones, in the place of those that changed since."""
    then = first_known(connection, "region", as_of)
    made = []
    for row in rows:
        state = then.get(region_id(row))
        shape = None if state is None else shapely.from_wkb(bytes.fromhex(state["geometry"]))
        made.append(row if state is None else {**dict.fromkeys(row), **state, "fid": row["fid"], "geometry": shape})
    return made


def _name(row: Mapping[str, Any], lang: str) -> str:
    return local({tag: row[f"name_{tag}"] for tag in ("es", "en") if row[f"name_{tag}"]}, lang)


def choose_regions(
    regions: gpd.GeoDataFrame, set_name: str | None = None, on: date | None = None, lang: str = "en"
) -> gpd.GeoDataFrame:
    """Choose the regions of a set, or those valid on a day; `name` is in the language asked for.

    Raises:
        NotFoundError: There is no such set.
    """
    sets = list(dict.fromkeys(regions["set"]))
    if set_name is not None and set_name not in sets:
        raise not_found("region set", set_name, nearest(set_name, sets) or sets)
    chosen = regions if set_name is None else regions[regions["set"] == set_name]
    if on is not None:
        day = np.datetime64(on)
        begun = chosen["valid_from"].isna() | (chosen["valid_from"] <= day)
        chosen = chosen[begun & (chosen["valid_until"].isna() | (chosen["valid_until"] > day))]
    if lang != "en":
        other = chosen[f"name_{lang}"] if f"name_{lang}" in chosen else chosen["name"]
        chosen = chosen.assign(name=other.where(other.notna(), chosen["name"]))
    return chosen.reset_index(drop=True)


def _known(value: Any) -> bool:  # noqa: ANN401 — a cell of any frame
    import pandas as pd  # noqa: PLC0415 — who has a frame has it already

    return isinstance(value, (list, dict, tuple)) or bool(value is not None and pd.notna(value))


def _cell(value: Any) -> str | None:  # noqa: ANN401 — a cell of any frame
    if not _known(value):
        return None
    if isinstance(value, (list, dict, tuple)):
        return canonical(value)
    return str(value) or None


def _whole(value: Any) -> int | None:  # noqa: ANN401 — as above
    return int(value) if _known(value) else None


def _flag(value: Any) -> bool | None:  # noqa: ANN401 — as above
    return bool(value) if _known(value) else None


def _iso_day(value: Any) -> str | None:  # noqa: ANN401 — as above
    import pandas as pd  # noqa: PLC0415 — as for `_known`

    return str(pd.Timestamp(value).date()) if _known(value) and value != "" else None
