"""GDELT events: what machines read in the news, as leads for people to look at, never as incidents.

Columns without names, separated by tabs though the files end in .CSV: 61 in GDELT 2.0, 58 in GDELT 1.0, which has no
second-level units, and 57 in its files of before April 2013, which have no addresses of sources either. Event codes are
CAMEO's, as text with leading zeros; countries are FIPS 10-4. A row is a report of reports: its counts of articles state
how often it was reported, not how often it happened.
http://data.gdeltproject.org/documentation/GDELT-Event_Codebook-V2.0.pdf
http://data.gdeltproject.org/documentation/GDELT-Data_Format_Codebook.pdf
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from willay.data.country_codes import country_of
from willay.data.crosswalks import crosswalk
from willay.events.exchange.incoming.batches import Registers, batches, short_hash, slug
from willay.events.exchange.incoming.cell_texts import CellError, degrees, iso_day
from willay.events.exchange.incoming.countries import alpha_2
from willay.events.exchange.incoming.rowmaking import CellFault, RowMaker
from willay.events.exchange.incoming.tabular import open_table
from willay.events.model.advice import command
from willay.events.model.datasets import GDELT
from willay.events.model.errors import RefusedError
from willay.events.model.foreign import Document, Reading, RowFault
from willay.geo.translation import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from willay.data.crosswalks import ForeignCode
    from willay.events.exchange.incoming.options import ReadingOptions

_ACTOR: Final = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO: Final = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")

COLUMNS: Final = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The 61 columns of GDELT 2.0 in their order."""

DAILY: Final = tuple(name for name in COLUMNS if not name.endswith("ADM2Code"))
"""The 58 columns of GDELT 1.0."""

LAYOUTS: Final = {len(columns): columns for columns in (COLUMNS, DAILY, DAILY[:-1])}
"""The layouts by their number of columns; the files of GDELT 1.0 of before April 2013 have no SOURCEURL."""

_VERSIONS: Final = {len(COLUMNS): "2.0"}

KEPT: Final = (
    "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources",
    "NumArticles", "AvgTone", "Actor1Code", "Actor2Code", "ActionGeo_Type", "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code", "ActionGeo_FeatureID", "DATEADDED",
)  # fmt: skip
"""Columns whose cells a lead stores unchanged."""

_DAY: Final = re.compile(r"(?:19|20)\d{6}")

LEAD: Final = "lead"
OTHER: Final = "other-event"
_NOTE: Final = {
    "en": "A lead: machines read it in the news, and nobody has looked at it yet.",
    "es": "Una pista: la leyeron máquinas en las noticias y nadie la ha mirado todavía.",
}


def is_gdelt(first: Sequence[str]) -> bool:
    """Return whether the first row of a table separated by tabs is an event of GDELT, or the names of its columns."""
    if len(first) not in LAYOUTS:
        return False
    return first[0] == COLUMNS[0] or (first[0].isdecimal() and _DAY.fullmatch(first[1]) is not None)


def read_gdelt(path: Path, options: ReadingOptions) -> Reading:
    """Open a file of GDELT events, 1.0 or 2.0; every row becomes a lead, whatever status is asked for.

    A row whose event is none of ours (a statement, a visit) becomes a lead of type `other-event`, flagged: it is for
    people to say that it is nothing.

    Args:
        path: Text with tabs, also as .zip or .gz.
        options: The dataset is called `gdelt` unless they say otherwise.

    Raises:
        RefusedError: It is not such a file.
    """
    table = open_table(path, delimiter="\t", encoding=options.encoding)
    first = list(table.columns)
    columns = LAYOUTS.get(len(first))
    if columns is None:
        raise RefusedError(
            tr(
                "{path} has {n} columns separated by tabs; GDELT events have {expected}.",
                path=path,
                n=len(first),
                expected=joined(tr(" or "), map(str, LAYOUTS)),
            )
        )
    named = first[0] == columns[0]  # a table of quarantined rows has names
    rows = table.rows if named else _after(first, table.rows)
    version = _VERSIONS.get(len(columns), "1.0")
    terms = options.terms(replace(GDELT, version=version))
    registers = Registers()
    reader = _Reader(columns, registers)
    made = (reader.row(number, cells) for number, cells in enumerate(rows, start=1))
    note = tr(
        "GDELT {version} events: each row becomes a lead to be reviewed: {command}",
        version=version,
        command=command("review", "list", "--status", "lead"),
    )
    return Reading(terms, columns, batches(made, registers, options.batch_rows), (note, *table.notes))


def _after(first: list[str], rows: Iterator[list[str]]) -> Iterator[list[str]]:
    yield first
    yield from rows


class _Reader(RowMaker):
    """Makes leads of rows."""

    def __init__(self, columns: tuple[str, ...], registers: Registers) -> None:
        super().__init__(columns, KEPT, registers, "GLOBALEVENTID")
        self._codes = crosswalk("cameo")

    def draft(self, cells: list[str], flags: list[RowFault]) -> Document:
        """Return the draft of a lead."""
        kind = self._event(cells)
        if kind is None or kind.ours is None:
            flags.append(
                RowFault.of(
                    "EventCode", self.cell(cells, "EventCode"), tr("no event type of willay corresponds to it.")
                )
            )
        place = self._place(cells, flags)
        who = " – ".join(name.title() for n in "12" if (name := self.cell(cells, f"Actor{n}Name")))
        label = kind.label if kind else "event"
        draft: Document = {
            "title": {"en": ", ".join(part for part in (f"{label}: {who}" if who else label, place["name"]) if part)},
            "type": kind.ours if kind and kind.ours else OTHER,
            "days": str(self._day(cells)),
            "date_precision": "day",
            "country": place["country"],
            "places": [place],
            "parties": self._parties(cells),
            "status": LEAD,
            "notes": [_NOTE],
            "original": self.original(cells),
        }
        if url := self._source(cells):
            draft["sources"] = [url]
        return draft

    def _event(self, cells: list[str]) -> ForeignCode | None:
        """Return the entry of the event's code, else of its base, else of its root."""
        for list_, column in (("code", "EventCode"), ("code", "EventBaseCode"), ("root", "EventRootCode")):
            if found := self._codes.get(list_, self.cell(cells, column)):
                return found
        return None

    def _day(self, cells: list[str]) -> date:
        text = self.cell(cells, "SQLDATE")
        try:
            day = iso_day(f"{text[:4]}-{text[4:6]}-{text[6:]}")
        except CellError as error:
            raise CellFault("SQLDATE", text, tr("expected a day as YYYYMMDD; {error}.", error=error)) from None
        if day is None:
            raise CellFault("SQLDATE", text, tr("expected a day as YYYYMMDD."))
        return day

    def _place(self, cells: list[str], flags: list[RowFault]) -> Document:
        name = self.cell(cells, "ActionGeo_FullName")
        fips = self.cell(cells, "ActionGeo_CountryCode")
        country = country_of("fips", fips) or (alpha_2(name.rpartition(",")[2].strip()) if name else None)
        if country is None:
            reason = tr("neither the code (FIPS 10-4) nor the name of the place matches a known country; stored as ZZ.")
            flags.append(RowFault.of("ActionGeo_CountryCode", fips, reason))
        kind = self._codes.get("geo_type", self.cell(cells, "ActionGeo_Type"))
        place: Document = {
            "name": name or "?",
            "precision": kind.ours if kind and kind.ours else "unknown",
            "country": country or "ZZ",
            "coordinate_source": "GDELT",
        }
        try:
            lat, lon = (
                degrees(self.cell(cells, "ActionGeo_Lat"), 90),
                degrees(self.cell(cells, "ActionGeo_Long"), 180),
            )
        except CellError as error:
            raise CellFault(
                "ActionGeo_Long", self.cell(cells, "ActionGeo_Long"), joined("", (str(error), "."))
            ) from None
        return self.at_point(place, lat, lon, flags)

    def _parties(self, cells: list[str]) -> list[Document]:
        parties: dict[tuple[str, str], None] = {}
        for number, role in (("1", "initiator"), ("2", "target")):
            if name := self.cell(cells, f"Actor{number}Name"):
                actor = {"key": f"gdelt-actor-{slug(name)}", "name": {"en": name.title()}, "kind": "organisation"}
                parties[self.registers.actor(actor), role] = None
        return [{"actor": key, "role": role} for key, role in parties]

    def _source(self, cells: list[str]) -> str | None:
        url = self.cell(cells, "SOURCEURL")
        if not url or " " in url:
            return None
        document: Document = {"key": f"gdelt-{short_hash(url)}", "kind": "press"}
        web = url.startswith(("http://", "https://"))
        return self.registers.source(document | ({"url": url} if web else {"title": url}))
