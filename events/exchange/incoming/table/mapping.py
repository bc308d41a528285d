"""Mappings: which column of a table holds which field, and how its cells are to be read.

A mapping is guessed (`guess`), shown (`ColumnMapping.rows`), edited (`edited`) and saved as a small TOML file next to
the table, `NAME.mapping.toml`, where it is found the next time.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rapidfuzz import process

from willay.data.codebook import codebook
from willay.data.headers import headers
from willay.events.exchange.incoming.table.advice import map_option
from willay.events.model.errors import RefusedError
from willay.geo import MissingCRSError, check_metric, replacing
from willay.geo.errors import InputFileError
from willay.geo.hints import keyword_of
from willay.geo.inputs import input_text, shallow
from willay.geo.translation import joined, quoted, tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEEP: Final = "keep"
"""The field of a column without a known meaning: its cells are stored as the dataset's own."""

IGNORE: Final = "ignore"
"""The field of a column that is deliberately left out."""

SETTINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "dates": ("day-first", "month-first"),
        "decimals": ("comma", "point"),
        "points": ("lat-lon", "lon-lat"),
        "hemisphere": ("south-west", "south-east", "north-west", "north-east"),
    }
)
"""Settings that decide how ambiguous cells are read, with their values."""

NO_GROUPS: Final = "none"
"""The setting `group_by` of a table in which each row is an incident, although many are alike."""

_FREE: Final = ("header", "crs", "group_by")
"""Settings whose values are not from a list."""

SECTIONS: Final = ("defaults", "types", "actors")
SHARED: Final = frozenset({KEEP, IGNORE, "notes", "tags", "actor", "target", "actors", "case"})
"""Fields that may have several columns."""

_COUNT: Final = re.compile(
    r"(?P<measure>[a-z-]+?)(?:_(?P<bound>low|best|high))?(?:/(?P<group>[a-z-]+))?(?:\s*@\s*(?P<source>\S.*))?"
)
_UNSAVED: Final = frozenset({"reasons", "ways", "examples", "questions", "left_out", "looks"})
_SUFFIX: Final = ".mapping.toml"
_HEAD: Final = """\
# Which column of the table holds which field, for `willay import`. Edit it freely: it is read the next time.
# "keep" stores the cells of a column unchanged as the dataset's own, "ignore" leaves the column out.
# Qué campo contiene cada columna de la tabla, para `willay import`. Se puede editar: se lee la próxima vez.
# "keep" guarda las celdas de una columna sin cambios, como propias del conjunto de datos; "ignore" omite la columna.
"""


def _nothing() -> Mapping[str, Any]:  # Any: of whatever a field's type is
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class MappingRow:
    """A line of the table that shows a mapping."""

    column: str
    field: str
    reason: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column holds which field.

    Attributes:
        columns: The field by column, in the file's order; `keep` and `ignore` besides.
        header: Which row of the file names the columns, from 1; None finds it.
        dates: `day-first` or `month-first`, for dates such as 05/06/2009; None: detected for each column.
        decimals: What separates decimals, `comma` or `point`; None: detected for each column.
        points: The order within a cell that holds a point, `lat-lon` or `lon-lat`; None: detected from the column.
        hemisphere: Where degrees without a sign are counted from, such as `south-west`; None: from the names of the
            columns.
        crs: The CRS of eastings and northings whose row names no zone of UTM, such as EPSG:32718.
        group_by: The fields or columns that the rows of one incident have in common, with commas between, where several
            rows are one incident; `none` where each row is one, although many are alike.
        defaults: A value by field, for rows that have none: `type = "road-block"`.
        types: Event types of the codebook by the table's own words.
        actors: A kind of actor, or the key or name of an actor there is, by the table's own words.
        reasons: Why a column holds what it does; not saved.
        ways: How that is known: by its `name`, the words of a `count`, its `hashtag`, the last `part` of its name, a
            name `cut` to ten letters or with more `words`, a `format`, the `cells`, the `mapping`, an `option`, or that
            the name is `unknown`; not saved.
        examples: Some cells of each column; not saved.
        questions: What must be said of a column before the table can be read; not saved.
        left_out: Why a column whose name is known holds nothing; not saved.
        looks: What the cells of a column that is not imported look like: days, degrees or counts; not saved.
    """

    columns: Mapping[str, str]
    header: int | None = None
    dates: str | None = None
    decimals: str | None = None
    points: str | None = None
    hemisphere: str | None = None
    crs: str | None = None
    group_by: str | None = None
    defaults: Mapping[str, str] = field(default_factory=_nothing)
    types: Mapping[str, str] = field(default_factory=_nothing)
    actors: Mapping[str, str] = field(default_factory=_nothing)
    reasons: Mapping[str, str] = field(default_factory=_nothing, compare=False)
    ways: Mapping[str, str] = field(default_factory=_nothing, compare=False)
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=_nothing, compare=False)
    questions: Mapping[str, str] = field(default_factory=_nothing, compare=False)
    left_out: Mapping[str, str] = field(default_factory=_nothing, compare=False)
    looks: Mapping[str, str] = field(default_factory=_nothing, compare=False)

    def rows(self) -> tuple[MappingRow, ...]:
        """Return the mapping as a table: column, field, why, examples."""
        return tuple(
            MappingRow(column, name, self.reasons.get(column, tr("as in the mapping")), self.examples.get(column, ()))
            for column, name in self.columns.items()
        )

    def of(self, name: str) -> tuple[str, ...]:
        """Return the columns that hold a field."""
        return tuple(column for column, held in self.columns.items() if held == name)

    def holds(self, *names: str) -> bool:
        """Return whether any of some fields has a column or a default."""
        return any(name in self.defaults or name in self.columns.values() for name in names)


@dataclass(frozen=True, slots=True)
class CountField:
    """A field that holds a count: measure, bound (low, best, high) and group of the codebook, and who says so.

    Attributes:
        source: The source that the column's numbers are of; None where it is the row's.
    """

    measure: str
    bound: str
    group: str
    source: str | None = None


@lru_cache(1 << 10)
def count_field(name: str) -> CountField | None:
    """Read the name of a field that holds a count: `killed`, `injured_low/police`, `killed @police`; else None."""
    match = _COUNT.fullmatch(name)
    if match is None or match["measure"] == "other" or match["measure"] not in codebook().measures:
        return None
    group = match["group"] or "all"
    if group not in codebook().groups:
        return None
    return CountField(match["measure"], match["bound"] or "best", group, match["source"])


def check_field(name: str, where: str) -> str:
    """Return a field's name.

    Raises:
        RefusedError: There is no such field; the message names the nearest.
    """
    known = [*(entry.name for entry in headers().fields), *dict.fromkeys(headers().words["terms"].values())]
    if name in known or name in {KEEP, IGNORE} or count_field(name):
        return name
    usual = [*known, KEEP, *(measure.code for measure in codebook().measures)]
    near = process.extractOne(name, usual, score_cutoff=55)
    fields = tr(
        "Fields: {known}, {unchanged}, and counts such as killed, killed_low, injured/police (of the police), "
        "killed @police (as stated by the police).",
        known=", ".join(known),
        unchanged=KEEP,
    )
    values = {"where": where, "name": name[:80], "fields": fields}
    if near:
        raise RefusedError(
            tr("{where}: unknown field {name!r}. Did you mean {near!r}? {fields}", near=near[0], **values)
        )
    raise RefusedError(tr("{where}: unknown field {name!r}. {fields}", **values))


def edited(mapping: ColumnMapping, changes: Mapping[str, str]) -> ColumnMapping:
    """Return a mapping with changes as people write them.

    Args:
        mapping: The mapping of a file's columns.
        changes: A field by column; `dates`, `decimals`, `points`, `crs` or `header` with their word; a default as
            `default.type`; a word of the table as `types.WORD` or `actors.WORD`.

    Raises:
        RefusedError: There is no such column, field or word.
    """
    for name, value in changes.items():
        section, dot, key = name.partition(".")
        if name in mapping.columns:
            checked = check_field(value, f"{_option()} {name[:80]}")
            told = {**mapping.reasons, name: tr("as requested")}
            ways = {**mapping.ways, name: "option"}
            columns = {**mapping.columns, name: checked}
            mapping = replace(_settled(mapping, name), columns=columns, reasons=told, ways=ways)
        elif name in {*SETTINGS, *_FREE}:
            mapping = replace(mapping, **{name: _setting(name, value, f"{_option()} {name}")})
        elif dot and section in {"default", *SECTIONS}:
            section = "defaults" if section == "default" else section
            entries: Any = {**getattr(mapping, section), key: value}  # of words by word
            mapping = replace(mapping, **{section: entries})
        else:
            shown = ", ".join(mapping.columns)
            raise RefusedError(
                tr(
                    "The table has no column {name!r}. Columns of the table: {shown}.",
                    name=name[:80],
                    shown=shown[:400],
                )
            )
    return check_mapping(mapping, _option())


def _option() -> str:
    """Return what a change of a mapping is called: an option, or a keyword in Python."""
    return keyword_of("--map") or "--map"


def _settled(mapping: ColumnMapping, column: str) -> ColumnMapping:
    """Return a mapping in which nothing is left to state about a column."""
    rest = {
        name: {key: text for key, text in getattr(mapping, name).items() if key != column}
        for name in ("questions", "left_out", "looks")
    }
    return replace(mapping, **rest)  # type: ignore[arg-type]  # each a mapping of texts


def check_mapping(mapping: ColumnMapping, where: str) -> ColumnMapping:
    """Return a mapping that can be read by.

    Raises:
        RefusedError: Two columns hold a field that can have only one, or a default is of no field.
    """
    for name in dict.fromkeys(mapping.columns.values()):
        both = mapping.of(name)
        if len(both) > 1 and name not in SHARED:
            shown = joined(tr(" and "), (quoted(column[:40]) for column in both[:3]))
            option = map_option(both[-1], KEEP)
            raise RefusedError(
                tr(
                    "{where}: {shown} are both mapped to {name!r}. Leave one of them out, for example: {option}.",
                    where=where,
                    shown=shown,
                    name=name,
                    option=option,
                )
            )
    for name in mapping.defaults:
        check_field(name, tr("{where}, defaults", where=where))
    return mapping


def _setting(name: str, value: object, where: str) -> Any:  # noqa: ANN401 — a word or a number
    if name == "header":
        if isinstance(value, bool) or not str(value).isdecimal() or not 1 <= int(str(value)) <= 1_000:  # noqa: PLR2004 — nobody has more lines above a table
            raise RefusedError(
                tr(
                    "{where}: expected the number of the row with the column names, got {value!r:.80}.",
                    where=where,
                    value=value,
                )
            )
        return int(str(value))
    if name == "group_by":
        return str(value)
    if name == "crs":
        try:
            return check_metric(str(value))
        except MissingCRSError as error:
            raise RefusedError(f"{where}: {error}") from None
    if value not in SETTINGS[name]:
        raise RefusedError(
            tr(
                "{where}: expected {known}, got {value!r:.80}.",
                where=where,
                known=joined(tr(" or "), SETTINGS[name]),
                value=value,
            )
        )
    return value


def mapping_file(path: Path) -> Path:
    """Return where the mapping of a table is saved; the table of its quarantined rows has the same."""
    stem = path.name.removesuffix(".gz").removesuffix(".zip")
    stem = stem.rsplit(".", 1)[0] if "." in stem.strip(".") else stem
    return path.with_name(stem.removesuffix(".quarantine") + _SUFFIX)


def mapping_text(mapping: ColumnMapping) -> str:
    """Return a mapping as TOML; `parse_mapping` reads it back."""
    lines = [_HEAD.rstrip("\n")]
    for name in (*_FREE, *SETTINGS):
        value = getattr(mapping, name)
        if value is not None:
            lines.append(f"{name} = {_toml(value)}")
    for section in ("columns", *SECTIONS):
        entries: Mapping[str, str] = getattr(mapping, section)
        if entries or section == "columns":
            lines += ["", f"[{section}]", *(f"{_toml(key)} = {_toml(value)}" for key, value in entries.items())]
    return "\n".join(lines) + "\n"


def _toml(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_mapping(mapping: ColumnMapping, path: Path, *, force: bool = False) -> None:
    """Write a mapping to a file, whole or not at all.

    Raises:
        FileInTheWayError: There is a file, and `force` is not set.
        GeoFileWriteError: It cannot be written.
    """
    with replacing(path, force=force) as out:
        out.write(mapping_text(mapping))


def read_mapping(path: Path) -> ColumnMapping:
    """Read a mapping from its file.

    Raises:
        RefusedError: It cannot be read, or is not a mapping.
    """
    try:
        with shallow(path.name):
            return parse_mapping(input_text(path), path.name)
    except InputFileError as error:
        raise RefusedError(
            tr(
                "{path}: the mapping cannot be read ({error}) Give another file: --mapping FILE.",
                path=path,
                error=error,
            )
        ) from None


def parse_mapping(text: str, where: str) -> ColumnMapping:
    """Read a mapping from TOML.

    Raises:
        RefusedError: It is not a mapping.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RefusedError(
            tr(
                "{where} is not valid TOML ({error}). Correct it, or delete it and import again to detect the mapping.",
                where=where,
                error=error,
            )
        ) from None
    known = {entry.name for entry in fields(ColumnMapping)} - _UNSAVED
    if odd := sorted(set(document) - known):
        raise RefusedError(
            tr(
                "{where}: {odd!r} is not a part of a mapping. Known parts: {known}.",
                where=where,
                odd=odd[0][:80],
                known=", ".join(sorted(known)),
            )
        )
    made: dict[str, Any] = {name: _section(document.get(name, {}), name, where) for name in ("columns", *SECTIONS)}
    for name in made["columns"]:
        check_field(made["columns"][name], f"{where}, {name[:80]}")
    settings = {name: _setting(name, document[name], where) for name in (*_FREE, *SETTINGS) if name in document}
    return check_mapping(ColumnMapping(**made, **settings), where)


def _section(value: object, name: str, where: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(entry, str) for entry in value.values()):
        raise RefusedError(
            tr('{where}: expected [{name}] with lines such as "Fecha" = "date".', where=where, name=name)
        )
    return dict(value)
