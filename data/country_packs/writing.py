"""Writing a pack: the same pack gives the same bytes, on every day and every system."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

from willay.data.country_packs.container import FACTS, PEOPLE, PLACES, write_container
from willay.data.country_packs.contents import PEOPLE_COLUMNS, PLACE_COLUMNS, UNIT_COLUMNS, facts_document
from willay.geo.geojson import write_geojson_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import geopandas as gpd

    from willay.data.country_packs.contents import Pack

_DELETE: Final = "\x7f"


def write_pack(pack: Pack, path: Path, *, force: bool = False) -> None:
    """Write a pack to a file.

    Args:
        pack: What to write; its coordinates are written as they are, none is rounded.
        path: Where to.
        force: Whether a file that is there already may be replaced.

    Raises:
        FileInTheWayError: There is a file, and `force` is not set.
        GeoFileWriteError: It cannot be written.
        PackError: It is too large for anybody to read.
    """
    write_container(path, members_of(pack), force=force)


def members_of(pack: Pack) -> dict[str, bytes]:
    """Return the members of a pack by name."""
    members = {FACTS: toml_text(facts_document(pack.facts)).encode()}
    for level in pack.facts.levels:
        members[level.file] = _geojson(pack.units[level.number]).encode()
    if pack.facts.places is not None:
        members[PLACES] = _csv(PLACE_COLUMNS, map(_place_row, pack.places)).encode()
    if pack.facts.populations is not None:
        people = sorted(pack.people.items())
        rows = ((code, year, number) for code, years in people for year, number in sorted(years.items()))
        members[PEOPLE] = _csv(PEOPLE_COLUMNS, rows).encode()
    return members


def _geojson(units: gpd.GeoDataFrame) -> str:
    text = io.StringIO()
    ordered = units.sort_values("code", kind="stable")
    columns = [ordered[name].tolist() for name in UNIT_COLUMNS]
    rows = (dict(zip(UNIT_COLUMNS, values, strict=True)) for values in zip(*columns, strict=True))
    shapes = ordered.geometry.tolist()
    features = ((shape, row, None) for shape, row in zip(shapes, rows, strict=True))
    write_geojson_to(text, features, decimals=None)
    return text.getvalue()


def _place_row(place: Any) -> tuple[Any, ...]:  # noqa: ANN401 — a PackPlace; its columns are read by name
    return (
        place.id, place.name, place.lon, place.lat, place.admin_code,
        "" if place.population is None else place.population, ";".join(place.alternates),
    )  # fmt: skip


def _csv(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def toml_text(document: Mapping[str, Any]) -> str:
    """Return a document of texts, numbers, lists, tables and lists of tables as TOML, in its order."""
    plain = {name: value for name, value in document.items() if not _is_section(value)}
    lines = list(_assignments(plain))
    for name, value in document.items():
        if isinstance(value, dict):
            lines += ["", f"[{name}]", *_assignments(value)]
        elif _is_section(value):
            for row in value:
                lines += ["", f"[[{name}]]", *_assignments(row)]
    return "\n".join(lines) + "\n"


def _is_section(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _assignments(table: Mapping[str, Any]) -> Iterator[str]:
    return (f"{_key(name)} = {_value(value)}" for name, value in table.items())


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else _text(name)


def _value(value: Any) -> str:  # noqa: ANN401 — any value that a document has
    if isinstance(value, dict):
        return "{ " + ", ".join(_assignments(value)) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return _text(value) if isinstance(value, str) else str(value)


def _text(value: str) -> str:
    """Return a text as TOML's basic string, which is JSON's but for one letter."""
    return json.dumps(value, ensure_ascii=False).replace(_DELETE, "\\u007f")
