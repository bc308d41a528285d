"""UCDP GED: the Georeferenced Event Dataset of the Uppsala Conflict Data Program, any version, as foreign rows.

Columns are known by their names, so that the 49 of today, the 42 of earlier versions in another order, and candidate
files with a column `#` or without a header all read alike. Candidate releases (25.0.9 is that of September 2025) have
the columns of the yearly ones; their `code_status` says which events are still to be checked. One event becomes one
incident: its estimate (low, best, high) one claim of everybody, the deaths of the sides claims of their groups, its
conflict a case, its sides actors, its reports sources. https://ucdp.uu.se/downloads/ged/ged251.pdf
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from willay.data.country_codes import country_of
from willay.data.crosswalks import crosswalk
from willay.events.exchange.incoming.batches import Registers, batches, short_hash
from willay.events.exchange.incoming.cell_texts import CellError, count, degrees, iso_day, whole
from willay.events.exchange.incoming.countries import alpha_2
from willay.events.exchange.incoming.rowmaking import CellFault, RowMaker
from willay.events.exchange.incoming.tabular import open_table
from willay.events.exchange.incoming.ucdp_releases import release_notes, release_of
from willay.events.exchange.incoming.ucdp_reports import documents
from willay.events.model.datasets import UCDP
from willay.events.model.errors import RefusedError
from willay.events.model.foreign import DatasetTerms, Document, Reading, RowFault
from willay.events.model.parts import Part, PartedDraft, Remembered
from willay.events.model.spelling import OfTexts
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from willay.events.exchange.incoming.options import ReadingOptions
    from willay.events.model.parts import AnyMade

COLUMNS: Final = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
"""The columns since version 20, in their order."""

NEEDED: Final = (
    "id", "type_of_violence", "side_a", "side_b", "where_prec", "where_coordinates", "latitude", "longitude",
    "country", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown",
    "best", "high", "low",
)  # fmt: skip
"""The columns that a UCDP GED file must have."""

KEPT: Final = (
    "relid", "code_status", "type_of_violence", "where_prec", "date_prec", "event_clarity", "dyad_new_id",
    "dyad_name", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "low", "best", "high", "adm_1", "adm_2",
    "priogrid_gid", "source_original",
)  # fmt: skip
"""Columns whose cells an incident also stores unchanged."""

_HOME: Final = "https://ucdp.uu.se"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST: Final = (("days", 6), ("week", 7), ("month", 31), ("year", 366))
"""The longest span, in days, that each precision allows; the narrowest first."""


_SETTLED: Final = "clear"
_UNSETTLED: Final = mark("UCDP still has to check this event; it may not be in the yearly release.")


def read_ucdp(path: Path, options: ReadingOptions) -> Reading:
    """Open a file of UCDP GED or its candidate releases.

    Args:
        path: CSV, also packed as .gz or .zip.
        options: The dataset is called `ucdp-ged` unless they say otherwise.

    Raises:
        RefusedError: It is not such a file.
    """
    table = open_table(path, encoding=options.encoding)
    columns, rows, notes = _with_header(table.columns, table.rows, path)
    terms = options.terms(replace(UCDP, version=release_of(path.name)))
    registers = Registers()
    reader = _Reader(columns, registers, terms, options.status or "published")
    reader.units = options.units
    made = (reader.row(number, cells) for number, cells in enumerate(rows, start=1))
    layout = tr("UCDP GED, {n:,} columns", n=len(columns))
    found = batches(made, registers, options.batch_rows)
    return Reading(terms, columns, found, (layout, *release_notes(terms.version), *notes, *table.notes))


def _with_header(
    first: tuple[str, ...], rows: Iterator[list[str]], path: Path
) -> tuple[tuple[str, ...], Iterator[list[str]], tuple[str, ...]]:
    """Find the names of the columns: in the first row, or, where that is an event, by their number."""
    if {"id", "best", "date_start"} <= set(first):
        missing = [name for name in NEEDED if name not in first]
        if missing:
            raise RefusedError(
                tr(
                    "{path} lacks the columns {missing} of UCDP GED. Check the file, or name its format with "
                    "--input-format.",
                    path=path,
                    missing=", ".join(missing),
                )
            )
        return first, rows, ()
    if len(first) in {len(COLUMNS), len(COLUMNS) + 1} and _is_event(first[-len(COLUMNS) :]):
        columns = COLUMNS if len(first) == len(COLUMNS) else ("#", *COLUMNS)
        note = tr("The file has no header; its columns are identified by their position.")
        return columns, _after(list(first), rows), (note,)
    raise RefusedError(
        tr(
            "{path} is not a UCDP GED file: its first row has neither the names of its columns (id, "
            "best, date_start, …) nor the {n} cells of an event. Add the header row of the "
            "codebook, or specify the format with --input-format.",
            path=path,
            n=len(COLUMNS),
        )
    )


def _is_event(cells: Sequence[str]) -> bool:
    row = dict(zip(COLUMNS, cells, strict=True))
    return bool(
        _DAY.match(row["date_start"]) and row["type_of_violence"][:1] in "123" and row["geom_wkt"][:5] == "POINT"
    )


def _after(first: list[str], rows: Iterator[list[str]]) -> Iterator[list[str]]:
    yield first
    yield from rows


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers of an event, and what is remarkable about them."""

    low: int
    best: int
    high: int
    flags: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True)
class _Sides:
    """Who fought whom: the kind of violence, the names of the two in words, and the groups of their dead."""

    part: Part
    label: dict[str, str]
    names: str
    groups: tuple[str, str]


class _Reader(RowMaker):
    """Makes foreign rows of the cells of events; remembers what many events share."""

    def __init__(self, columns: tuple[str, ...], registers: Registers, terms: DatasetTerms, status: str) -> None:
        super().__init__(columns, KEPT, registers, "id")
        codes = crosswalk("ucdp")
        self._types, self._places, self._dates = (
            codes.lists[name] for name in ("type_of_violence", "where_prec", "date_prec")
        )
        self._countries = codes.lists["country"]
        version = terms.version
        self._source = registers.source(
            {
                "key": f"ucdp-ged-{short_version(version)}" if version else "ucdp-ged",
                "kind": "dataset",
                "publisher": "Uppsala Conflict Data Program",
                "title": f"UCDP Georeferenced Event Dataset (GED){f', version {version}' if version else ''}",
                "url": _HOME,
                "language": "en",
                "licence": terms.licence,
            }
        )
        self._status_part = Part({"status": status})
        self._sides_of = self._remembered(self._sides, *_SIDES)
        self._numbers_of = self._remembered(self._numbers, "low", "best", "high")
        self._days_of = self._remembered(self._days, "date_start", "date_end", "date_prec")
        self._place_of = self._remembered(self._place, *_PLACE)
        self._claims_of = self._remembered(self._claims, *_COUNTS)
        self._reports_of = self._remembered(self._reports, *_REPORTS)
        self._case_of = self._remembered(self._case, "conflict_new_id", "conflict_name", "event_clarity")

    def _remembered(self, make: Callable[[list[str]], AnyMade], *names: str) -> Remembered[AnyMade]:
        return Remembered([self.at[name] for name in names if name in self.at], make)

    def external_id(self, text: str) -> str:
        """Return the event's id, which some programs write with decimals."""
        return _plain_id(text)

    def original(self, cells: list[str]) -> dict[str, str]:
        """Return the cells that an incident keeps, whole numbers without decimals."""
        return {name: _KEPT[text] for name, place in self._kept if (text := cells[place])}

    def draft(self, cells: list[str], flags: list[RowFault]) -> Document:
        """Return the draft of one event."""
        sides, numbers = self._sides_of.of(cells), self._numbers_of.of(cells)
        days, place = self._days_of.of(cells), self._place_of.of(cells)
        if (status := self.cell(cells, "code_status")) and status.casefold() != _SETTLED:
            flags.append(RowFault.of("code_status", status, tr(_UNSETTLED)))
        claims = self._claims_of.of(cells)
        where = place.fields["places"][0]["name"]
        own: Document = {
            "title": {lang: f"{label}: {sides.names}, {where}" for lang, label in sides.label.items()},
            "original": self.original(cells),
        }
        flags += (*numbers.flags, *days.flags, *place.flags)
        parts = (
            sides.part, days, place, claims, self._reports_of.of(cells), self._case_of.of(cells), self._status_part,
        )  # fmt: skip
        return PartedDraft(parts, own)

    def _code(self, cells: list[str], name: str, codes: Any) -> Any:  # noqa: ANN401 — a list of codes and its entry
        text = self.cell(cells, name)
        number = self.read(cells, name, whole)
        entry = codes.get(str(number))
        if entry is None:
            raise CellFault(name, text, tr("expected one of {known}.", known=", ".join(codes)))
        return entry

    def _numbers(self, cells: list[str]) -> _Numbers:
        said = {name: self.read(cells, name, count) for name in ("low", "best", "high")}
        best = said["best"]
        if best is None:
            raise CellFault("best", "", tr("expected a number of deaths."))
        low, high = (best if said[name] is None else said[name] for name in ("low", "high"))
        if low <= best <= high:
            return _Numbers(low, best, high, ())
        flag = RowFault.of(
            "best", f"{low}, {best}, {high}",
            tr("low ≤ best ≤ high does not hold in the published numbers; they are stored in order of size around "
               "best."),
        )  # fmt: skip
        return _Numbers(min(low, best, high), best, max(low, best, high), (flag,))

    def _days(self, cells: list[str]) -> Part:
        first: date | None = self.read(cells, "date_start", iso_day)
        last: date | None = self.read(cells, "date_end", iso_day)
        if first is None or last is None:
            raise CellFault("date_start", "", tr("expected the first and the last day."))
        if last < first:
            shown = f"{first}, {last}"
            raise CellFault("date_end", shown, tr("the last day is before the first."))
        precision: str = self._code(cells, "date_prec", self._dates).ours
        text = str(first) if first == last else f"{first}/{last}"
        fitting = _fitting(precision, (last - first).days + 1)
        if fitting == precision:
            return Part({"days": text, "date_precision": precision})
        reason = tr("the span is longer than its precision allows; stored as {fitting!r}.", fitting=fitting)
        flag = RowFault.of("date_prec", self.cell(cells, "date_prec"), reason)
        return Part({"days": text, "date_precision": fitting}, (flag,))

    def _place(self, cells: list[str]) -> Part:
        lat = self.read(cells, "latitude", lambda text: degrees(text, 90))
        lon = self.read(cells, "longitude", lambda text: degrees(text, 180))
        precision = self._code(cells, "where_prec", self._places).ours
        named = self.cell(cells, "country")
        known = self._countries.get(named)
        code = known.ours if known else alpha_2(named) or country_of("gw", self.cell(cells, "country_id"))
        flags: list[RowFault] = []
        if not code:
            flags.append(RowFault.of("country", named, tr("no ISO 3166-1 code is known for this name; stored as ZZ.")))
        place: Document = {
            "name": self.cell(cells, "where_coordinates") or named or "?",
            "precision": precision,
            "country": code or "ZZ",
            "coordinate_source": "UCDP GED",
        }
        if told := self.cell(cells, "where_description"):
            place["note"] = {"en": told}
        place = self.in_unit(self.at_point(place, lat, lon, flags), cells, "adm_1", flags)
        return Part({"country": place["country"], "places": [place]}, tuple(flags))

    def _sides(self, cells: list[str]) -> _Sides:
        kind = self._code(cells, "type_of_violence", self._types)
        sides = [self._side(cells, name, kind.code) for name in ("a", "b")]
        parties = [{"actor": key, "role": role} for (key, _, _), role in zip(sides, _roles(kind.code), strict=True)]
        labels = {"en": kind.label, "es": kind.facts["es"]}
        return _Sides(
            Part({"type": kind.ours, "parties": parties}),
            {lang: f"{label[0].upper()}{label[1:]}" for lang, label in labels.items()},
            self.cell(cells, "dyad_name") or f"{sides[0][2]} - {sides[1][2]}",
            (sides[0][1], sides[1][1]),
        )

    def _side(self, cells: list[str], side: str, violence: str) -> tuple[str, str, str]:
        """Return the actor's key, the group that its dead belong to, and its name."""
        name = self.cell(cells, f"side_{side}") or "?"
        number = _plain_id(self.cell(cells, f"side_{side}_new_id")) or short_hash(name)
        state = bool(self.cell(cells, f"gwno{side}")) or name.startswith("Government of ")
        kind, group = _kind_of(name, violence, state=state)
        key = self.registers.actor({"key": f"ucdp-actor-{number}", "name": {"en": name}, "kind": kind})
        return key, group, name

    def _claims(self, cells: list[str]) -> Part:
        """Make one claim of everybody, and one for each group with deaths; two sides of one group are added."""
        numbers, groups = self._numbers_of.of(cells), self._sides_of.of(cells).groups
        total: Document = {
            "measure": "killed", "group": "all", "low": numbers.low, "best": numbers.best, "high": numbers.high,
            "source": self._source,
        }  # fmt: skip
        if said := self.cell(cells, "source_original"):
            total["note"] = {"en": f"Original source: {said}"}
        deaths: dict[str, int] = {}
        parts = zip((*groups, "civilians", "unknown"), ("a", "b", "civilians", "unknown"), strict=True)
        for group, column in parts:
            if dead := self.read(cells, f"deaths_{column}", count):
                deaths[group] = deaths.get(group, 0) + dead
        of_all: Document = {"measure": "killed", "source": self._source}
        return Part({"claims": [total, *({**of_all, "group": group, "best": dead} for group, dead in deaths.items())]})

    def _case(self, cells: list[str]) -> Part:
        number = _plain_id(self.cell(cells, "conflict_new_id"))
        name = self.cell(cells, "conflict_name")
        fields: Document = {}
        if number and name:
            document: Document = {"key": f"ucdp-conflict-{number}", "title": {"en": name}, "type": "armed-conflict"}
            fields["cases"] = [self.registers.case(document)]
        if self.cell(cells, "event_clarity")[:1] == "2":
            fields["notes"] = [_SUMMED]
        return Part(fields)

    def _reports(self, cells: list[str]) -> Part:
        said = (self.cell(cells, name) for name in _REPORTS)
        return Part({"sources": [*dict.fromkeys(self.registers.source(one) for one in documents(*said))]})


_SIDES: Final = (
    "type_of_violence", "dyad_name", "side_a", "side_a_new_id", "gwnoa", "side_b", "side_b_new_id", "gwnob",
)  # fmt: skip
_PLACE: Final = (
    "latitude", "longitude", "where_prec", "country", "country_id", "where_coordinates", "where_description", "adm_1",
)  # fmt: skip
_COUNTS: Final = (
    *_SIDES, "low", "best", "high", "source_original", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown",
)  # fmt: skip
_REPORTS: Final = ("source_article", "source_office", "source_date", "source_headline")
_SUMMED: Final = {
    "en": "The source put several events together; UCDP could not tell them apart (event_clarity 2).",
    "es": "La fuente agrupó varios hechos; UCDP no pudo separarlos (event_clarity 2).",
}


def short_version(version: str) -> str:
    """Return a version as a key can hold it: 25.1 is 25-1."""
    return "-".join(re.findall(r"[a-z0-9]+", version.lower())) or "x"


def _roles(violence: str) -> tuple[str, str]:
    return ("initiator", "target") if violence == "3" else ("side-a", "side-b")


def _kind_of(name: str, violence: str, *, state: bool) -> tuple[str, str]:
    """Return kind and group of a side, by its name, its state number and the type of violence."""
    if name == "Civilians":
        return "civilians", "civilians"
    if state:
        return "state-forces", "security-forces"
    return ("rebel-group" if violence == "1" else "armed-group"), "armed-group"


def _fitting(precision: str, days: int) -> str:
    """Return the precision, or the narrowest that a span of this length in days fits, if it is longer."""
    longest = dict(_LONGEST).get(precision)
    if longest is None or days <= longest:
        return precision
    return next((name for name, most in _LONGEST if days <= most), "period")


def _plain_id(text: str) -> str:
    """Return an id without the decimals that some programs write."""
    try:
        number = whole(text)
    except CellError:
        return ""
    return "" if number is None else str(number)


def _short(text: str) -> str:
    """Return a cell as it is kept: whole numbers without decimals."""
    return text[:-2] if text.endswith(".0") and text[:-2].lstrip("-").isdigit() else text


_KEPT: Final = OfTexts(_short)
