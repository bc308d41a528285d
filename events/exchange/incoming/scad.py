"""SCAD: the Social Conflict Analysis Database (Africa, Mexico, Central America, the Caribbean), as foreign rows.

An event that happened at several places has a row for each of them, with the same `eventid`; they become one incident
with these places, its deaths counted once. Negative numbers are unknown. `npart` is a class of numbers of participants.
Codebook of version 3.3, Idean Salehyan and Cullen Hendrix:
https://www.strausscenter.org/ccaps-research-areas/social-conflict/database/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from willay.data.country_codes import country_of
from willay.data.crosswalks import crosswalk
from willay.events.exchange.incoming.batches import Registers, batches, slug
from willay.events.exchange.incoming.cell_texts import CellError, calendar_day, degrees, whole
from willay.events.exchange.incoming.countries import alpha_2
from willay.events.exchange.incoming.fixed_columns import open_known
from willay.events.exchange.incoming.rowmaking import CellFault, RowMaker
from willay.events.model.datasets import SCAD
from willay.events.model.foreign import Document, ForeignRow, Reading, RowFault
from willay.geo.translation import joined, tr

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from willay.data.crosswalks import ForeignCode
    from willay.events.exchange.incoming.options import ReadingOptions

NEEDED: Final = ("eventid", "ccode", "countryname", "startdate", "enddate", "etype", "ndeath", "locnum")
"""The columns that a SCAD file must have."""

KEPT: Final = (
    "id", "ccode", "duration", "etype", "escalation", "cgovtarget", "rgovtarget", "npart", "ndeath", "repress",
    "elocal", "ilocal", "sublocal", "locnum", "gislocnum", "issue1", "issue2", "issue3", "nsource",
    "acd_questionable", "location_precision",
)  # fmt: skip
"""Columns whose cells an incident also stores unchanged."""

_SOURCE: Final = {
    "key": "scad",
    "kind": "dataset",
    "publisher": "Social Conflict Analysis Database (SCAD)",
    "title": "Social Conflict Analysis Database",
    "url": "https://www.strausscenter.org/ccaps-research-areas/social-conflict/database/",
    "language": "en",
}
_WORDS: Final = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{4})")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def read_scad(path: Path, options: ReadingOptions) -> Reading:
    """Open a file of SCAD.

    The rows are read at once, some 20,000 in all of it, so that those of one event come together.

    Args:
        path: CSV, also packed as .gz or .zip.
        options: The dataset is called `scad` unless they say otherwise.

    Raises:
        RefusedError: It is not such a file.
    """
    table, columns = open_known(path, options, "SCAD", NEEDED)
    registers = Registers()
    reader = _Reader(columns, registers, options.status or "published")
    at = columns.index("eventid")
    events: dict[str, list[tuple[int, list[str]]]] = {}
    for number, cells in enumerate(table.rows, start=1):
        name = cells[at].strip() if len(cells) == len(columns) else ""
        events.setdefault(name or f"row {number}", []).append((number, cells))
    made = (reader.event(rows) for rows in events.values())
    rows = sum(map(len, events.values()))
    note = tr(
        "SCAD: {rows:,} rows of {events:,} events; the rows of an event are its places.", rows=rows, events=len(events)
    )
    return Reading(options.terms(SCAD), columns, batches(made, registers, options.batch_rows), (note, *table.notes))


class _Reader(RowMaker):
    """Makes foreign rows of the cells of events."""

    def __init__(self, columns: tuple[str, ...], registers: Registers, status: str) -> None:
        super().__init__(columns, KEPT, registers, "eventid")
        self._status = status
        self._codes = crosswalk("scad")
        self._further: list[list[str]] = []
        registers.source(dict(_SOURCE))

    def event(self, rows: list[tuple[int, list[str]]]) -> ForeignRow:
        """Make the row of an event of its rows, one for each of its places."""
        number, first = rows[0]
        self._further = [cells for _, cells in rows[1:]]
        return self.row(number, first)

    def external_id(self, text: str) -> str:
        """Return the event's id, which some programs write with decimals."""
        return text.removesuffix(".0")

    def draft(self, cells: list[str], flags: list[RowFault]) -> Document:
        """Return the draft of one event."""
        kind = self._code(cells, "etype")
        country = self._country(cells, flags)
        places = [self._place(each, country, flags) for each in (cells, *self._further)]
        actors, targets = (self._names(cells, name) for name in ("actor", "target"))
        who = " – ".join(", ".join(names) for names in (actors, targets) if names)
        label = f"{kind.label[0].upper()}{kind.label[1:]}"
        draft: Document = {
            "title": {
                "en": ", ".join(part for part in (f"{label}: {who}" if who else label, places[0]["name"]) if part)
            },
            "type": kind.ours,
            "country": country,
            "places": places,
            "parties": self._parties(actors, targets),
            "claims": self._claims(cells),
            "sources": ["scad"],
            "status": self._status,
            "original": self.original(cells),
            **self._days(cells),
        }
        if notes := self.cell(cells, "notes"):
            draft["summary"] = {"en": notes}
        if told := [text for name in ("issuenote", "geo_comments") if (text := self.cell(cells, name))]:
            draft["notes"] = [{"en": text} for text in told]
        return draft

    def _code(self, cells: list[str], name: str) -> ForeignCode:
        number = self.read(cells, name, whole)
        entry = self._codes.get(name, str(number))
        if entry is None:
            known = ", ".join(self._codes.lists[name])
            raise CellFault(name, self.cell(cells, name), tr("expected one of {known}.", known=known))
        return entry

    def _country(self, cells: list[str], flags: list[RowFault]) -> str:
        named = self.cell(cells, "countryname")
        code = alpha_2(named) or country_of("cow", self.cell(cells, "ccode"))
        if code is None:
            flags.append(RowFault.of("countryname", named, tr("no ISO 3166-1 code is known for it; stored as ZZ.")))
        return code or "ZZ"

    def _place(self, cells: list[str], country: str, flags: list[RowFault]) -> Document:
        lat = self.read(cells, "latitude", lambda text: degrees(text, 90))
        lon = self.read(cells, "longitude", lambda text: degrees(text, 180))
        place: Document = {
            "name": self.cell(cells, "sublocal")
            or self.cell(cells, "elocal")
            or self.cell(cells, "countryname")
            or "?",
            "precision": self._code(cells, "locnum").ours,
            "country": country,
            "coordinate_source": "SCAD",
        }
        return self.at_point(place, lat, lon, flags)

    def _days(self, cells: list[str]) -> Document:
        first, exact = self._day(cells, "start", ("styr", "stmo", "stday"))
        last, _ = self._day(cells, "end", ("eyr", "emo", "eday"))
        if last < first:
            raise CellFault("enddate", f"{first}, {last}", tr("the last day is before the first."))
        if first == last and not exact:
            return {"days": f"{first:%Y-%m}", "date_precision": "month"}
        return {"days": str(first) if first == last else f"{first}/{last}", "date_precision": "day"}

    def _day(self, cells: list[str], which: str, parts: tuple[str, str, str]) -> tuple[date, bool]:
        """Return a day by the columns of its year, month and day, else by its text; and whether the day is known."""
        column = f"{which}date"
        year, month, day = (self.read(cells, name, whole) for name in parts)
        text = self.cell(cells, column)
        try:
            if year and month and month > 0:
                return calendar_day(year, month, day if day and day > 0 else 1), bool(day and day > 0)
            if match := _NUMBERS.match(text):
                return calendar_day(*(int(part) for part in match.groups())), True
            if (match := _WORDS.fullmatch(text)) and match[2].lower() in _MONTHS:
                return calendar_day(int(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1])), True
        except CellError as error:
            raise CellFault(column, text, joined("", (str(error), "."))) from None
        raise CellFault(
            column, text, tr("expected a day, such as 14-Aug-1990, or columns with its year, month and day.")
        )

    def _names(self, cells: list[str], column: str) -> list[str]:
        names = (self.cell(cells, f"{column}{number}") for number in "123")
        return list(dict.fromkeys(name for name in names if name and not name.lstrip("-").isdecimal()))

    def _parties(self, actors: list[str], targets: list[str]) -> list[Document]:
        parties = {
            (
                self.registers.actor({"key": f"scad-actor-{slug(name)}", "name": {"en": name}, "kind": "organisation"}),
                role,
            )
            for names, role in ((actors, "initiator"), (targets, "target"))
            for name in names
        }
        return [{"actor": key, "role": role} for key, role in sorted(parties)]

    def _claims(self, cells: list[str]) -> list[Document]:
        claims: list[Document] = []
        dead = self.read(cells, "ndeath", whole)
        if dead is not None and dead >= 0:
            of_all = dict.fromkeys(("low", "best", "high"), dead)
            claims.append({"measure": "killed", "group": "all", **of_all, "source": "scad"})
        size = self._codes.get("npart", str(self.read(cells, "npart", whole)))
        if size is not None:
            claims.append({"measure": "participants", "group": "all", **size.facts, "source": "scad"})
        return claims
