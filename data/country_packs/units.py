"""Units of a level from a GIS file of official limits: codes, names, parents and outlines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import shapely

from willay.data.country_packs.contents import UNIT_COLUMNS
from willay.data.country_packs.facts import is_plain
from willay.data.country_packs.fields import (
    guessed_aliases,
    guessed_code,
    guessed_name,
    guessed_parent,
    localized_name,
    required,
)
from willay.data.errors import PackError
from willay.geo.digests import file_digest
from willay.geo.errors import MissingCRSError
from willay.geo.files import read_layer
from willay.geo.layers import find_layer
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pandas as pd

_LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class UnitsFile:
    """A file with the units of a level, and what a person says of its columns.

    Attributes:
        path: Any GIS file that `read_layer` reads.
        code: The column with the codes; None takes one of a usual name.
        name: The column with the names; None likewise.
        aliases: Columns with further names; empty takes those of usual names.
        parent: The column with the code of the unit of the level above; None likewise.
        layer: The layer to read, where there are several.
        crs: The CRS of a file that does not state one.
    """

    path: Path
    code: str | None = None
    name: str | None = None
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    layer: str | None = None
    crs: str | None = None


@dataclass(frozen=True, slots=True)
class LevelRead:
    """The units of a level as they were read.

    Attributes:
        number: The level.
        frame: `UNIT_COLUMNS` and geometry (EPSG:4326); a code that is missing is "".
        file: The file's name.
        sha256: The digest of the file; None of a folder.
        crs: The CRS that it states.
        guessed: The columns that were taken for their names, by what they hold.
        notes: What was done to its geometry, as `read_layer` says it.
        has_parents: Whether a column names the parents.
    """

    number: int
    frame: gpd.GeoDataFrame
    file: str
    sha256: str | None
    crs: str
    guessed: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    has_parents: bool = False


def read_units(file: UnitsFile, level: int) -> LevelRead:
    """Read the units of a level.

    Raises:
        PackError: A column is missing, or none looks like the code or the name, or a unit has no outline.
        GeoError: The file cannot be read: see `read_layer`.
    """
    reading = _reading(file)
    table = reading.frame
    columns = [str(column) for column in table.columns if column != table.geometry.name]
    where = str(file.path)
    used, guessed = _columns(file, level, columns, where)
    texts = {name: _texts(table[column]) for name, column in used.items() if isinstance(column, str)}
    aliases = _aliases([_texts(table[column]) for column in used["aliases"]], texts["name"])
    without = [""] * len(table)
    made: dict[str, Any] = {
        "code": texts["code"],
        "name": [name or code for name, code in zip(texts["name"], texts["code"], strict=True)],
        "name_es": _localized(table, columns, level, "es"),
        "name_en": _localized(table, columns, level, "en"),
        "aliases": aliases,
        "parent": texts.get("parent", without),
    }
    _check(made, table, where)
    frame = gpd.GeoDataFrame(made, geometry=table.geometry.to_list(), crs="EPSG:4326")[[*UNIT_COLUMNS, "geometry"]]
    crs = find_layer(file.path, file.layer).crs_to_read(file.crs).name
    digest = file_digest(file.path) if file.path.is_file() else None
    return LevelRead(level, frame, file.path.name, digest, crs, guessed, reading.notes, "parent" in texts)


def _reading(file: UnitsFile) -> Any:  # noqa: ANN401 — a LayerReading
    try:
        return read_layer(file.path, layer=file.layer, geometry="polygon", crs=file.crs)
    except MissingCRSError as error:
        raise MissingCRSError(tr("{error} Example: --crs EPSG:32718.", error=error)) from None


def _columns(file: UnitsFile, level: int, columns: Sequence[str], where: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the columns of a file by what they hold, and those of them that were guessed."""
    guesses = {
        "code": guessed_code(columns, level), "name": guessed_name(columns, level),
        "parent": guessed_parent(columns, level),
    }  # fmt: skip
    used: dict[str, Any] = {}
    guessed: dict[str, str] = {}
    for name, guess in guesses.items():
        stated = getattr(file, name)
        if stated is not None:
            used[name] = required(stated, columns, where)
        elif guess is not None and guess not in used.values():
            used[name] = guessed[name] = guess
    for name, option in (("code", "--code-field"), ("name", "--name-field")):
        if name not in used:
            raise PackError(
                tr(
                    "{where}: no column has a usual name for the {what} of units. Specify it: {option}. Its columns: "
                    "{columns}.",
                    where=where,
                    what=tr("code") if name == "code" else tr("name"),
                    option=option if level == 1 else f"{option}-{level}",
                    columns=", ".join(columns)[:400],
                )
            )
    used["aliases"] = tuple(required(one, columns, where) for one in file.aliases)
    if not file.aliases:
        used["aliases"] = guessed_aliases(columns, level, [used["code"], used["name"], used.get("parent")])
        guessed |= {"aliases": ", ".join(used["aliases"])} if used["aliases"] else {}
    return used, guessed


def _localized(table: gpd.GeoDataFrame, columns: Sequence[str], level: int, lang: str) -> list[str | None]:
    """Return the names of units in a language, where a column has them."""
    column = localized_name(columns, level, lang)
    return [None] * len(table) if column is None else [text or None for text in _texts(table[column])]


def _texts(column: pd.Series[Any]) -> list[str]:
    """Return the cells of a column as texts: whole numbers without decimals, nothing as ""."""
    return [_text(value) for value in column.tolist()]


def _text(value: Any) -> str:  # noqa: ANN401 — a cell of any GIS file
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 — NaN is not itself
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _aliases(columns: Sequence[Sequence[str]], names: Sequence[str]) -> list[list[str]]:
    rows = zip(*columns, strict=True) if columns else ((),) * len(names)
    return [list(dict.fromkeys(one for one in row if one and one != own)) for row, own in zip(rows, names, strict=True)]


def _check(made: dict[str, Any], table: gpd.GeoDataFrame, where: str) -> None:
    """Make sure that every unit has an outline, and texts that can be shown.

    Raises:
        PackError: One has not.
    """
    shapes = np.asarray(table.geometry.array)
    for row in np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes)):
        raise PackError(
            tr(
                "{where}: row {row}, {unit}, has no outline. Delete the row, or get the file again.",
                where=where,
                row=row + 1,
                unit=made["name"][row] or made["code"][row],
            )
        )
    for place, texts in enumerate(_each_text(made)):
        if any(len(text) > _LONGEST or not is_plain(text) for text in texts):
            raise PackError(
                tr(
                    "{where}: row {row} has a text that is too long or not on one line. Correct it.",
                    where=where,
                    row=place + 1,
                )
            )


def _each_text(made: dict[str, Any]) -> Iterator[list[str]]:
    columns = (made[name] for name in ("code", "name", "name_es", "name_en", "aliases", "parent"))
    for code, name, spanish, english, aliases, parent in zip(*columns, strict=True):
        yield [code, name, spanish or "", english or "", parent, *aliases]
