"""GTD: the user's own file of the Global Terrorism Database, CSV (Latin-1) or XLSX, as foreign rows.

Columns are known by name. The words of a code (`attacktype1_txt`) are trusted over its number, because copies of the
tables disagree; where the two differ, both are stored and the row is flagged. Day or month 0 is unknown, -9 and -99 are
unknown, blank is missing. `nkill` counts perpetrators too. Its terms do not let rows be passed on.
https://www.start.umd.edu/gtd/downloads/Codebook.pdf
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.data.crosswalks import crosswalk
from willay.events.exchange.incoming.batches import Registers, batches, short_hash, slug
from willay.events.exchange.incoming.cell_texts import CellError, calendar_day, degrees, iso_day, whole
from willay.events.exchange.incoming.countries import alpha_2
from willay.events.exchange.incoming.gtd_claims import claims_of
from willay.events.exchange.incoming.rowmaking import CellFault, RowMaker
from willay.events.exchange.incoming.tabular import open_table
from willay.events.model.datasets import GTD
from willay.events.model.errors import RefusedError
from willay.events.model.foreign import Document, Reading, RowFault
from willay.geo.translation import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from willay.data.crosswalks import ForeignCode
    from willay.events.exchange.incoming.options import ReadingOptions

NEEDED: Final = (
    "eventid", "iyear", "imonth", "iday", "country_txt", "latitude", "longitude", "specificity", "attacktype1",
    "attacktype1_txt", "targtype1", "targtype1_txt", "gname", "nkill", "nwound",
)  # fmt: skip
"""The columns that a GTD file must have."""

KEPT: Final = (
    "iyear", "imonth", "iday", "approxdate", "extended", "resolution", "specificity", "vicinity", "crit1", "crit2",
    "crit3", "doubtterr", "alternative_txt", "multiple", "success", "suicide", "attacktype1", "attacktype1_txt",
    "attacktype2_txt", "attacktype3_txt", "targtype1", "targtype1_txt", "targsubtype1_txt", "corp1", "target1",
    "natlty1_txt", "gsubname", "motive", "guncertain1", "individual", "nperps", "nperpcap", "claimed",
    "claimmode_txt", "weaptype1_txt", "weapsubtype1_txt", "nkill", "nkillus", "nkillter", "nwound", "nwoundus",
    "nwoundte", "propextent_txt", "ishostkid", "nhostkid", "nhours", "ndays", "ransom", "ransomamt", "ransompaid",
    "hostkidoutcome_txt", "nreleased", "dbsource", "INT_ANY", "related",
)  # fmt: skip
"""Columns whose cells an incident also stores unchanged."""

WORKBOOKS: Final = (".xlsx", ".xls", ".ods")
_SOURCE: Final = {
    "key": "gtd",
    "kind": "dataset",
    "publisher": "START, University of Maryland",
    "title": "Global Terrorism Database (GTD)",
    "url": "https://www.start.umd.edu/gtd",
    "language": "en",
}
_UNKNOWN: Final = (-9, -99)
_ARMED: Final = ("Police", "Military", "Terrorists/Non-State Militia")
_MISSING_YEAR: Final = 1993
_DOUBTED: Final = {
    "en": "GTD doubts that this was terrorism (doubtterr 1).",
    "es": "GTD duda de que haya sido terrorismo (doubtterr 1).",
}


def read_gtd(path: Path, options: ReadingOptions) -> Reading:
    """Open a file of GTD.

    Args:
        path: CSV, read as Latin-1 where it is not UTF-8, or a workbook.
        options: The dataset is called `gtd` unless they say otherwise.

    Raises:
        RefusedError: It is not such a file.
    """
    columns, rows, notes = _table(path, options)
    if missing := [name for name in NEEDED if name not in columns]:
        raise RefusedError(
            tr(
                "{path} lacks the columns {missing} of GTD. Check the file, or name its format with --input-format.",
                path=path,
                missing=", ".join(missing[:6]),
            )
        )
    terms = options.terms(GTD)
    registers = Registers()
    reader = _Reader(columns, registers, options.status or "published")
    reader.units = options.units
    made = (reader.row(number, cells) for number, cells in enumerate(rows, start=1))
    found = batches(made, registers, options.batch_rows)
    return Reading(terms, columns, found, (tr("GTD, {n:,} columns", n=len(columns)), *notes))


def _table(path: Path, options: ReadingOptions) -> tuple[tuple[str, ...], Iterable[list[str]], tuple[str, ...]]:
    if path.suffix.lower() in WORKBOOKS:
        from willay.events.exchange.incoming.workbook import open_workbook  # noqa: PLC0415 — only for workbooks

        book = open_workbook(path, options)
        return book.columns, book.rows, book.notes
    table = open_table(path, encoding=options.encoding)
    return table.columns, table.rows, table.notes


class _Reader(RowMaker):
    """Makes foreign rows of the cells of events."""

    def __init__(self, columns: tuple[str, ...], registers: Registers, status: str) -> None:
        super().__init__(columns, KEPT, registers, "eventid")
        self._status = status
        self._codes = crosswalk("gtd")
        registers.source(dict(_SOURCE))

    def external_id(self, text: str) -> str:
        """Return the event's id, which some programs write with decimals."""
        try:
            return str(whole(text) or "")
        except CellError:
            return ""

    def _whole(self, cells: list[str], name: str) -> int | None:
        """Return a whole number; blank, -9 and -99 are None."""
        number: int | None = self.read(cells, name, whole)
        return None if number in _UNKNOWN else number

    def draft(self, cells: list[str], flags: list[RowFault]) -> Document:
        """Return the draft of one event."""
        kind = self._coded(cells, "attacktype", "attacktype1", flags)
        target = self._coded(cells, "targtype", "targtype1", flags)
        days, precision = self._days(cells, flags)
        place = self._place(cells, flags)
        claims, found = claims_of({name: self._whole(cells, name) for name in _COUNTS}, self._outcome(cells))
        flags += found
        group = self.cell(cells, "gname")
        what = kind.label if kind else self.cell(cells, "attacktype1_txt") or "Attack"
        who = f": {group}" if group and group != "Unknown" else ""
        draft: Document = {
            "title": {"en": f"{what}{who}, {place['name']}"},
            "type": _type_of(kind, target),
            "country": place["country"],
            "places": [place],
            "parties": self._parties(cells, target),
            "claims": claims,
            "sources": ["gtd", *self._citations(cells)],
            "status": self._status,
            "original": self.original(cells),
        }
        if days:
            draft |= {"days": days, "date_precision": precision}
        if summary := self.cell(cells, "summary"):
            draft["summary"] = {"en": summary}
        if self._whole(cells, "doubtterr") == 1:
            draft["notes"] = [_DOUBTED]
        return draft

    def _coded(self, cells: list[str], name: str, column: str, flags: list[RowFault]) -> ForeignCode | None:
        """Return the entry of a code: its words are trusted over its number, and a difference is flagged."""
        number, words = self._whole(cells, column), self.cell(cells, f"{column}_txt")
        by_number = self._codes.get(name, str(number)) if number is not None else None
        by_words = self._codes.find(name, words) if words else None
        if words and by_words is None:
            flags.append(
                RowFault.of(
                    f"{column}_txt",
                    words,
                    tr("not a term of the codebook; the original text is stored without a code."),
                )
            )
        if by_words is not None and by_number is not None and by_words is not by_number:
            reason = tr(
                "code {number} means {label!r} in the codebook; the text is used.", number=number, label=by_number.label
            )
            flags.append(RowFault.of(f"{column}_txt", words, reason))
        return by_words if words else by_number

    def _days(self, cells: list[str], flags: list[RowFault]) -> tuple[str, str]:
        year, month, day = (self._whole(cells, name) for name in ("iyear", "imonth", "iday"))
        if year is None:
            return "", ""
        if year == _MISSING_YEAR:
            flags.append(
                RowFault.of("iyear", str(year), tr("GTD lost its records of 1993; this row is from another source."))
            )
        try:
            first = calendar_day(year, month or 1, (day or 1) if month else 1)
        except CellError as error:
            raise CellFault("iday", f"{year}-{month}-{day}", joined("", (str(error), "."))) from None
        if not month:
            return f"{first:%Y}", "year"
        if not day:
            return f"{first:%Y-%m}", "month"
        return self._until(cells, first, flags), "day"

    def _until(self, cells: list[str], first: date, flags: list[RowFault]) -> str:
        """Return the days of an event that lasted, by its resolution; else the one day."""
        text = self.cell(cells, "resolution")
        if self._whole(cells, "extended") != 1 or not text:
            return str(first)
        try:
            last = iso_day(text)
        except CellError:
            last = None
        if last is None or last < first:
            flags.append(RowFault.of("resolution", text, tr("not a day after the first; only the first day is used.")))
            return str(first)
        return f"{first}/{last}"

    def _place(self, cells: list[str], flags: list[RowFault]) -> Document:
        named = self.cell(cells, "country_txt")
        code = alpha_2(named)
        if code is None:
            flags.append(RowFault.of("country_txt", named, tr("no ISO 3166-1 code is known for it; stored as ZZ.")))
        entry = self._codes.get("specificity", str(self._whole(cells, "specificity")))
        precision = entry.ours if entry and entry.ours else "unknown"
        if precision == "settlement" and self._whole(cells, "vicinity") == 1:
            precision = "near"
        city = self.cell(cells, "city")
        place: Document = {
            "name": (city if city.casefold() != "unknown" else "") or self.cell(cells, "provstate") or named or "?",
            "precision": precision,
            "country": code or "ZZ",
            "coordinate_source": "GTD",
        }
        if told := self.cell(cells, "location"):
            place["note"] = {"en": told}
        try:
            lat, lon = degrees(self.cell(cells, "latitude"), 90), degrees(self.cell(cells, "longitude"), 180)
        except CellError as error:
            raise CellFault("longitude", self.cell(cells, "longitude"), joined("", (str(error), "."))) from None
        return self.in_unit(self.at_point(place, lat, lon, flags), cells, "provstate", flags)

    def _parties(self, cells: list[str], target: ForeignCode | None) -> list[Document]:
        parties: dict[tuple[str, str], None] = {}
        for name in dict.fromkeys(self.cell(cells, f"gname{number}") for number in ("", "2", "3")):
            if name and name != "Unknown":
                parties[self._actor(name, "armed-group"), "initiator"] = None
        if name := self.cell(cells, "corp1"):
            kind = target.ours if target and target.ours else "organisation"
            parties[self._actor(name, kind), "target"] = None
        return [{"actor": key, "role": role} for key, role in parties]

    def _actor(self, name: str, kind: str) -> str:
        return self.registers.actor({"key": f"gtd-actor-{slug(name)}", "name": {"en": name}, "kind": kind})

    def _citations(self, cells: list[str]) -> Iterator[str]:
        for number in "123":
            if text := self.cell(cells, f"scite{number}"):
                yield self.registers.source({"key": f"gtd-cite-{short_hash(text)}", "kind": "press", "title": text})

    def _outcome(self, cells: list[str]) -> str | None:
        """Return the measure that a hostage-taking's outcome is, or None where it is none or several."""
        words = self.cell(cells, "hostkidoutcome_txt")
        entry = self._codes.find("hostkidoutcome", words) if words else None
        if entry is None and not words:
            entry = self._codes.get("hostkidoutcome", str(self._whole(cells, "hostkidoutcome")))
        return entry.ours if entry else None


_COUNTS: Final = ("nkill", "nkillter", "nwound", "nwoundte", "ishostkid", "nhostkid", "nreleased")


def _type_of(kind: ForeignCode | None, target: ForeignCode | None) -> str:
    """Return our type: an armed assault on those who are armed is a clash."""
    if kind is None or kind.ours is None:
        return "other-event"
    armed: Any = target is not None and target.label in _ARMED
    return "armed-clash" if kind.label == "Armed Assault" and armed else kind.ours
