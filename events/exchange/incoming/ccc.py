"""Crowd Counting Consortium (CCC): crowds in the United States, as foreign rows.

The files of 2017 to 2020, of 2021 to 2024 and since 2025 differ in the names of some columns; each is known. Rows have
no id: a row is known by its day, place, organisers and claims, the second of the same with #2 after it. Counts are
those of the data dictionary: of participants (low, high), arrested, injured, dead.
https://github.com/nonviolent-action-lab/crowd-counting-consortium/blob/master/ccc_data_dictionary.md
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.data.crosswalks import crosswalk
from willay.events.exchange.incoming.batches import Registers, batches, short_hash, slug
from willay.events.exchange.incoming.cell_texts import CellError, degrees, iso_day, number
from willay.events.exchange.incoming.fixed_columns import open_known
from willay.events.exchange.incoming.rowmaking import CellFault, RowMaker
from willay.events.model.datasets import CCC
from willay.events.model.foreign import Document, Reading, RowFault
from willay.geo.translation import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from willay.events.exchange.incoming.options import ReadingOptions

NEEDED: Final = ("date", "locality", "state", "size_low", "size_high", "lat", "lon", "valence")
"""The columns that all files of CCC have."""

KEPT: Final = (
    "type", "event_type", "macroevent", "valence", "issues", "issue_tags", "size_text", "size_low", "size_high",
    "size_mean", "size_cat", "arrests", "injuries_crowd", "injuries_police", "participant_injuries", "police_injuries",
    "participant_deaths", "police_deaths", "property_damage", "chemical_agents", "participant_measures",
    "police_measures", "online", "fips_code", "resolved_county", "conf",
)  # fmt: skip
"""Columns whose cells an incident also stores unchanged."""

ID: Final = "willay id"
"""The column, made of the others, that holds the id of a row."""

TERRITORIES: Final = ("AS", "GU", "MP", "PR", "VI")
"""Territories whose postal abbreviation is their own code in ISO 3166-1."""

_TELLING: Final = (
    "date", "locality", "state", "location_detail", "location", "title", "actors", "organizations", "claims",
    "claims_summary",
)  # fmt: skip
_COUNTS: Final = {
    ("detained", "protesters"): ("arrests",),
    ("injured", "protesters"): ("injuries_crowd", "participant_injuries"),
    ("injured", "police"): ("injuries_police", "police_injuries"),
    ("killed", "protesters"): ("participant_deaths",),
    ("killed", "police"): ("police_deaths",),
}
"""The columns that count people, as they are called in any file, by measure and group."""

_SOURCE: Final = {
    "key": "ccc",
    "kind": "dataset",
    "publisher": "Crowd Counting Consortium",
    "title": "Crowd Counting Consortium data",
    "url": "https://ash.harvard.edu/programs/crowd-counting-consortium/",
    "language": "en",
}


def read_ccc(path: Path, options: ReadingOptions) -> Reading:
    """Open a file of CCC.

    Args:
        path: CSV, also packed as .gz or .zip.
        options: The dataset is called `ccc` unless they say otherwise.

    Raises:
        RefusedError: It is not such a file.
    """
    table, columns = open_known(path, options, "CCC", NEEDED)
    registers = Registers()
    reader = _Reader((ID, *columns), registers, options.status or "published")
    made = (reader.row(at, cells) for at, cells in enumerate(_with_ids(columns, table.rows), start=1))
    notes = (
        tr("CCC, {n:,} columns; rows are known by day, place, organisers and claims.", n=len(columns)),
        *table.notes,
    )
    return Reading(options.terms(CCC), (ID, *columns), batches(made, registers, options.batch_rows), notes)


def _with_ids(columns: tuple[str, ...], rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """Yield rows with an id before their cells."""
    places = [columns.index(name) for name in _TELLING if name in columns]
    seen: dict[str, int] = {}
    for cells in rows:
        name = short_hash("\x1f".join(" ".join(cells[at].split()) for at in places if at < len(cells)))
        seen[name] = seen.get(name, 0) + 1
        yield [name if seen[name] == 1 else f"{name}#{seen[name]}", *cells]


class _Reader(RowMaker):
    """Makes foreign rows of the cells of crowds."""

    def __init__(self, columns: tuple[str, ...], registers: Registers, status: str) -> None:
        super().__init__(columns, KEPT, registers, ID)
        self._status = status
        self._types = crosswalk("ccc").lists["type"]
        self._cited = [name for name in columns if name.startswith("source")]
        registers.source(dict(_SOURCE))

    def draft(self, cells: list[str], flags: list[RowFault]) -> Document:
        """Return the draft of one crowd."""
        day = self.read(cells, "date", iso_day)
        if day is None:
            raise CellFault("date", "", tr("expected a day as YYYY-MM-DD."))
        words = [word.strip().casefold() for word in self._first(cells, "type", "event_type").split(";")]
        place = self._place(cells, flags)
        claims = self._first(cells, "claims_summary", "claims")
        organisers = [name for name in self._listed(cells, "organizations", "actors") if not name.isdecimal()]
        title = self.cell(cells, "title") or self._title(words, organisers)
        draft: Document = {
            "title": {"en": f"{title}, {place['name']}"},
            "type": next(
                (str(one.ours) for code, one in self._types.items() if {code, *one.also} & {*words}), "protest"
            ),
            "days": str(day),
            "date_precision": "day",
            "country": place["country"],
            "places": [place],
            "parties": [{"actor": self._actor(name), "role": "initiator"} for name in organisers],
            "claims": [*self._size(cells), *self._counts(cells, flags)],
            "sources": ["ccc", *self._sources(cells)],
            "tags": [*dict.fromkeys((*filter(None, words), *self._listed(cells, "issue_tags", "issues")))],
            "status": self._status,
            "original": self.original(cells),
        }
        if claims:
            draft["summary"] = {"en": claims}
        if notes := self._first(cells, "notes", "misc"):
            draft["notes"] = [{"en": notes}]
        return draft

    def _title(self, words: list[str], organisers: list[str]) -> str:
        what = next((word for word in words if word), "protest")
        who = ", ".join(organisers[:2])
        return f"{what[0].upper()}{what[1:]}: {who}" if who else f"{what[0].upper()}{what[1:]}"

    def _first(self, cells: list[str], *names: str) -> str:
        return next((text for name in names if (text := self.cell(cells, name))), "")

    def _listed(self, cells: list[str], *names: str) -> list[str]:
        parts = (part.strip() for part in self._first(cells, *names).split(";"))
        return list(dict.fromkeys(part for part in parts if part))

    def _place(self, cells: list[str], flags: list[RowFault]) -> Document:
        state = self.cell(cells, "state")
        detail = self._first(cells, "location_detail", "location")
        locality = ", ".join(part for part in (self.cell(cells, "locality"), state) if part)
        place: Document = {
            "name": locality or "?",
            "precision": "settlement" if self.cell(cells, "locality") else "department",
            "country": state if state in TERRITORIES else "US",
            "coordinate_source": "CCC",
        }
        if detail and detail != locality:
            place["note"] = {"en": detail}
        lat = self.read(cells, "lat", lambda text: degrees(_known(text), 90))
        lon = self.read(cells, "lon", lambda text: degrees(_known(text), 180))
        return self.at_point(place, lat, lon, flags)

    def _size(self, cells: list[str]) -> Iterator[Document]:
        low, high, mean = (self._people(cells, f"size_{name}") for name in ("low", "high", "mean"))
        said = [people for people in (low, high) if people is not None]
        if not said:
            return
        lowest, highest = min(said), max(said)
        best = mean if mean is not None and lowest <= mean <= highest else lowest if lowest == highest else None
        numbers = {"low": lowest, "high": highest, **({"best": best} if best is not None else {})}
        yield {"measure": "participants", "group": "all", **numbers, "source": "ccc"}

    def _people(self, cells: list[str], name: str) -> int | None:
        value = self.read(cells, name, lambda text: number(_known(text)))
        if value is not None and value < 0:
            raise CellFault(
                name, self.cell(cells, name), joined("", (tr("expected a number of people, 0 or more"), "."))
            )
        return None if value is None else round(value)

    def _counts(self, cells: list[str], flags: list[RowFault]) -> Iterator[Document]:
        """Yield the claims of people who were arrested, injured or killed; words without a number have none."""
        for (measure, group), names in _COUNTS.items():
            for name in names:
                text = _known(self.cell(cells, name))
                if not text:
                    continue
                try:
                    people = number(text)
                except CellError:
                    flags.append(RowFault.of(name, text, tr("not a number; stored as a count without one")))
                    yield {"measure": measure, "group": group, "count": "?", "note": {"en": text}, "source": "ccc"}
                    continue
                if people is not None and people >= 0:
                    of_all = dict.fromkeys(("low", "best", "high"), round(people))
                    yield {"measure": measure, "group": group, **of_all, "source": "ccc"}

    def _actor(self, name: str) -> str:
        return self.registers.actor({"key": f"ccc-actor-{slug(name)}", "name": {"en": name}, "kind": "organisation"})

    def _sources(self, cells: list[str]) -> Iterator[str]:
        for text in dict.fromkeys(self.cell(cells, name) for name in self._cited):
            if not text:
                continue
            web = text.startswith(("http://", "https://")) and " " not in text
            document = {"key": f"ccc-cite-{short_hash(text)}", "kind": "press"}
            yield self.registers.source(document | ({"url": text} if web else {"title": text}))


def _known(text: str) -> str:
    """Return a cell; blank where R wrote that there is none."""
    return "" if text == "NA" else text
