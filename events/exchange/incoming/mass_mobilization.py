"""Mass Mobilization Protest Data (MM): protests against governments, 1990 to 2020, as foreign rows.

A row is a protest; rows with `protest` 0 state that a country had none in a year, and are left out. The number of
participants is written in words or as a class. Responses of the state have no numbers: killings and arrests become
claims without one. Country numbers are those of Correlates of War. User's manual and codebook, David Clark and Patrick
Regan: https://doi.org/10.7910/DVN/HTTWYL
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.data.country_codes import country_of
from willay.data.crosswalks import crosswalk
from willay.events.exchange.incoming.batches import Registers, batches, short_hash, slug
from willay.events.exchange.incoming.cell_texts import CellError, calendar_day, whole
from willay.events.exchange.incoming.countries import alpha_2
from willay.events.exchange.incoming.fixed_columns import open_known
from willay.events.exchange.incoming.rowmaking import CellFault, RowMaker
from willay.events.model.counts import numbers_of
from willay.events.model.datasets import MASS_MOBILIZATION
from willay.events.model.errors import CountError
from willay.events.model.foreign import Document, Notice, Reading, RowFault
from willay.geo.translation import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from willay.events.exchange.incoming.options import ReadingOptions

NEEDED: Final = (
    "id", "country", "ccode", "startday", "startmonth", "startyear", "endday", "endmonth", "endyear", "location",
    "protesterdemand1", "stateresponse1",
)  # fmt: skip
"""The columns that an MM file must have."""

KEPT: Final = (
    "ccode", "region", "protestnumber", "protesterviolence", "location", "participants_category", "participants",
    *(f"protesterdemand{number}" for number in range(1, 5)),
    *(f"stateresponse{number}" for number in range(1, 8)),
)  # fmt: skip
"""Columns whose cells an incident also stores unchanged."""

_SOURCE: Final = {
    "key": "mass-mobilization",
    "kind": "dataset",
    "publisher": "Mass Mobilization Project",
    "title": "Mass Mobilization Protest Data",
    "url": "https://doi.org/10.7910/DVN/HTTWYL",
    "language": "en",
}
_VIOLENT: Final = frozenset({"killings", "beatings", "shootings"})
_NOTES: Final = {
    "killings": {
        "en": "The state responded with killings; no number.",
        "es": "El Estado respondió con muertes; sin cifra.",
    },
    "arrests": {
        "en": "The state responded with arrests; no number.",
        "es": "El Estado respondió con detenciones; sin cifra.",
    },
}


def read_mass_mobilization(path: Path, options: ReadingOptions) -> Reading:
    """Open a file of MM.

    Args:
        path: CSV, also packed as .gz or .zip.
        options: The dataset is called `mass-mobilization` unless they say otherwise.

    Raises:
        RefusedError: It is not such a file.
    """
    table, columns = open_known(path, options, "Mass Mobilization", NEEDED)
    registers = Registers()
    reader = _Reader(columns, registers, options.status or "published")
    protests = _Protests(columns)
    made = (reader.row(number, cells) for number, cells in protests.among(table.rows))
    return Reading(
        options.terms(MASS_MOBILIZATION),
        columns,
        batches(made, registers, options.batch_rows),
        (tr("Mass Mobilization Protest Data, {n:,} columns", n=len(columns)), *table.notes),
        after=protests.notices,
    )


class _Protests:
    """Leaves out the rows that say that there was no protest, and counts them."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self._at = columns.index("protest") if "protest" in columns else None
        self._none = 0

    def among(self, rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows of protests with their numbers."""
        for number, cells in enumerate(rows, start=1):
            if self._at is not None and len(cells) > self._at and cells[self._at].strip() in ("0", "0.0"):
                self._none += 1
            else:
                yield number, cells

    def notices(self) -> tuple[Notice, ...]:
        """Return how many rows were left out."""
        if not self._none:
            return ()
        text = tr("{n:,} rows state that a country had no protest in a year; they were not imported.", n=self._none)
        return (Notice(text),)


class _Reader(RowMaker):
    """Makes foreign rows of the cells of protests."""

    def __init__(self, columns: tuple[str, ...], registers: Registers, status: str) -> None:
        super().__init__(columns, KEPT, registers, "id")
        self._status = status
        self._codes = crosswalk("mm")
        registers.source(dict(_SOURCE))

    def external_id(self, text: str) -> str:
        """Return the protest's id, which some programs write with decimals."""
        return text.removesuffix(".0")

    def draft(self, cells: list[str], flags: list[RowFault]) -> Document:
        """Return the draft of one protest."""
        demands = self._each(cells, "protesterdemand", 4)
        responses = self._each(cells, "stateresponse", 7)
        named = self.cell(cells, "country")
        country = alpha_2(named) or country_of("cow", self.cell(cells, "ccode"))
        if country is None:
            flags.append(RowFault.of("country", named, tr("no ISO 3166-1 code is known for it; stored as ZZ.")))
        where = self.cell(cells, "location")
        about = f"Protest: {', '.join(demands)}" if demands else "Protest"
        draft: Document = {
            "title": {"en": ", ".join(part for part in (about, where or named) if part)},
            "type": self._type(cells, responses),
            "days": self._days(cells),
            "date_precision": "day",
            "country": country or "ZZ",
            "places": [
                {
                    "name": where or named or "?",
                    "precision": "unknown" if where else "country",
                    "country": country or "ZZ",
                }
            ],
            "parties": self._parties(cells),
            "claims": [*self._participants(cells), *self._unnumbered(responses)],
            "sources": ["mass-mobilization", *self._cited(cells)],
            "tags": [*dict.fromkeys((*demands, *responses))],
            "status": self._status,
            "original": self.original(cells),
        }
        if notes := self.cell(cells, "notes"):
            draft["summary"] = {"en": notes}
        return draft

    def _each(self, cells: list[str], column: str, most: int) -> list[str]:
        texts = (self.cell(cells, f"{column}{number}") for number in range(1, most + 1))
        return list(dict.fromkeys(text for text in texts if text not in ("", ".")))

    def _type(self, cells: list[str], responses: list[str]) -> str:
        if self.cell(cells, "protesterviolence").removesuffix(".0") == "1":
            return "violent-demonstration"
        return "repressed-protest" if _VIOLENT & {*responses} else "protest"

    def _days(self, cells: list[str]) -> str:
        first, last = (self._day(cells, which) for which in ("start", "end"))
        if last < first:
            raise CellFault("endday", f"{first}, {last}", tr("the last day is before the first."))
        return str(first) if first == last else f"{first}/{last}"

    def _day(self, cells: list[str], which: str) -> date:
        year, month, day = (self.read(cells, f"{which}{part}", whole) for part in ("year", "month", "day"))
        if year is None or month is None or day is None:
            raise CellFault(f"{which}day", "", tr("expected the first and the last day."))
        try:
            return calendar_day(year, month, day)
        except CellError as error:
            raise CellFault(f"{which}day", f"{year}-{month}-{day}", joined("", (str(error), "."))) from None

    def _participants(self, cells: list[str]) -> list[Document]:
        """Return the claim of how many took part: by the words, else by the class."""
        text = self.cell(cells, "participants")
        try:
            found = numbers_of(text) if text else {}
        except CountError:
            found = {}
        said: Document = {name: found[name] for name in ("low", "best", "high") if found.get(name) is not None}
        if not said and (size := self._codes.find("participants_category", self.cell(cells, "participants_category"))):
            said = dict(size.facts)
        return [{"measure": "participants", "group": "all", **said, "source": "mass-mobilization"}] if said else []

    def _unnumbered(self, responses: list[str]) -> Iterator[Document]:
        """Yield the claims of what the state did to people, of which there is no number."""
        for text in responses:
            entry = self._codes.find("stateresponse", text)
            if entry is not None and entry.ours is not None:
                note = _NOTES[entry.code]
                yield {
                    "measure": entry.ours,
                    "group": "protesters",
                    "count": "?",
                    "note": note,
                    "source": "mass-mobilization",
                }

    def _parties(self, cells: list[str]) -> list[Document]:
        name = self.cell(cells, "protesteridentity")
        if name in ("", ".", "unspecified"):
            return []
        actor = {"key": f"mm-actor-{slug(name)}", "name": {"en": name}, "kind": "protesters"}
        return [{"actor": self.registers.actor(actor), "role": "initiator"}]

    def _cited(self, cells: list[str]) -> Iterator[str]:
        for text in dict.fromkeys(part.strip() for part in self.cell(cells, "sources").split(";")):
            if text and text != ".":
                yield self.registers.source({"key": f"mm-cite-{short_hash(text)}", "kind": "press", "title": text})
