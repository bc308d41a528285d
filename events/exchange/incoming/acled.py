"""ACLED: the user's own export of the Armed Conflict Location & Event Data, any layout, as foreign rows.

The layouts before 2019, of 2019 to 2022, and since 2023 differ in their columns, in how actors' kinds are written, and
in their dates; columns are known by name, and the style of dates is found for the whole column. ACLED writes 0 where no
deaths are mentioned, so its 0 is unknown-or-zero here. Its terms do not let rows be passed on.
https://acleddata.com/knowledge-base/codebook/
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from willay.data.crosswalks import crosswalk
from willay.events.exchange.incoming.acled_days import DayStyle, column_style, month_span
from willay.events.exchange.incoming.batches import Registers, batches, slug
from willay.events.exchange.incoming.cell_texts import CellError, count, degrees, whole
from willay.events.exchange.incoming.countries import alpha_2, alpha_2_of_number
from willay.events.exchange.incoming.rowmaking import CellFault, RowMaker
from willay.events.exchange.incoming.tabular import open_table
from willay.events.model.datasets import ACLED
from willay.events.model.errors import RefusedError
from willay.events.model.foreign import Document, ForeignRow, Reading, RowFault
from willay.geo.translation import joined, mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from willay.data.crosswalks import ForeignCode
    from willay.events.exchange.incoming.options import ReadingOptions

NEEDED: Final = (
    "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "country", "location",
    "latitude", "longitude", "geo_precision", "fatalities",
)  # fmt: skip
"""The columns that every layout has."""

DELETED: Final = ("event_id_cnty", "deleted_timestamp")
"""The columns of an export of deleted events."""

AGGREGATED: Final = frozenset({"week", "country", "event_type", "events", "fatalities"})
"""Columns of the files that ACLED aggregates by week, country, first-level unit and type of event."""

KEPT: Final = (
    "data_id", "event_id_no_cnty", "disorder_type", "event_type", "sub_event_type", "inter1", "inter2", "interaction",
    "civilian_targeting", "time_precision", "geo_precision", "admin1", "admin2", "admin3", "source_scale", "fatalities",
    "tags", "timestamp",
)  # fmt: skip
"""Columns whose cells an incident also stores unchanged."""

_SOURCE: Final = {
    "key": "acled",
    "kind": "dataset",
    "publisher": "Armed Conflict Location & Event Data (ACLED)",
    "title": "ACLED event data",
    "url": "https://acleddata.com",
    "language": "en",
}
_ONE_SIDED: Final = "Violence against civilians"
_WEEK: Final = timedelta(days=6)


def read_acled(path: Path, options: ReadingOptions) -> Reading:
    """Open an export of ACLED, of events or of deleted events.

    Args:
        path: CSV, also packed as .gz or .zip.
        options: The dataset is called `acled` unless they say otherwise.

    Raises:
        RefusedError: It is not such a file, or the style of its dates cannot be detected.
    """
    table = open_table(path, encoding=options.encoding)
    columns = tuple(name.strip().lower() for name in table.columns)
    terms = options.terms(ACLED)
    registers = Registers()
    if set(DELETED) <= set(columns):
        gone = (_gone(number, columns, cells) for number, cells in enumerate(table.rows, start=1))
        note = tr("Deleted events: their incidents are marked as withdrawn upstream.")
        return Reading(terms, columns, batches(gone, registers, options.batch_rows), (note, *table.notes))
    if _is_aggregated(columns):
        raise RefusedError(
            tr(
                "{path} is one of the aggregated files of ACLED: its rows are numbers of events by week and area, not "
                "events. Get the event data from ACLED, and import that.",
                path=path,
            )
        )
    if missing := [name for name in NEEDED if name not in columns]:
        raise RefusedError(
            tr(
                "{path} lacks the columns {missing} of ACLED. Check the file, or name its format with --input-format.",
                path=path,
                missing=", ".join(missing),
            )
        )
    style = _style(path, options, columns.index("event_date"))
    reader = _Reader(columns, registers, style, options.status or "published")
    reader.units = options.units
    made = (reader.row(number, cells) for number, cells in enumerate(table.rows, start=1))
    notes = (tr(_layout(columns), style=style.about), *table.notes)
    return Reading(terms, columns, batches(made, registers, options.batch_rows), notes)


def _is_aggregated(columns: tuple[str, ...]) -> bool:
    return {*columns} >= AGGREGATED and "event_id_cnty" not in columns


def _layout(columns: tuple[str, ...]) -> str:
    if "disorder_type" in columns:
        return mark("ACLED, layout since 2023; dates are written {style}.")
    if "event_id_no_cnty" in columns and "sub_event_type" not in columns:
        return mark("ACLED, layout before 2019; dates are written {style}.")
    return mark("ACLED, layout until 2022; dates are written {style}.")


def _style(path: Path, options: ReadingOptions, place: int) -> DayStyle:
    """Find the style of the column of dates in a first pass over the file."""
    table = open_table(path, encoding=options.encoding)
    cells = (cells[place] for cells in table.rows if len(cells) > place)
    return column_style(path, cells, options.assign.get("dates"))


def _gone(number: int, columns: tuple[str, ...], cells: list[str]) -> ForeignRow:
    raw = dict(zip(columns, cells, strict=False))
    name = raw.get("event_id_cnty", "").strip()
    faults = () if name else (RowFault.of("event_id_cnty", "", tr("expected the id of the event that was deleted.")),)
    return ForeignRow(number, name, None, faults, raw=raw, withdrawn=True)


class _Reader(RowMaker):
    """Makes foreign rows of the cells of events."""

    def __init__(self, columns: tuple[str, ...], registers: Registers, style: DayStyle, status: str) -> None:
        kept = (*KEPT, *(name for name in columns if name.startswith("population")))
        super().__init__(columns, kept, registers, "event_id_cnty")
        self._style, self._status = style, status
        self._codes = crosswalk("acled")
        registers.source(dict(_SOURCE))

    def draft(self, cells: list[str], flags: list[RowFault]) -> Document:
        """Return the draft of one event."""
        event, sub = self._type(cells, flags)
        place = self._place(cells, flags)
        days, precision = self._days(cells)
        actors = [self.cell(cells, name) for name in ("actor1", "actor2")]
        who = " – ".join(name for name in actors if name)
        what = sub or self.cell(cells, "event_type")
        draft: Document = {
            "title": {"en": ", ".join(part for part in (f"{what}: {who}" if who else what, place["name"]) if part)},
            "type": event.ours,
            "days": days,
            "date_precision": precision,
            "country": place["country"],
            "places": [place],
            "parties": self._parties(cells, event_type=self.cell(cells, "event_type")),
            "claims": [self._claim(cells)],
            "sources": ["acled", *self._sources(cells)],
            "status": self._status,
            "original": self.original(cells),
        }
        if notes := self.cell(cells, "notes"):
            draft["summary"] = {"en": notes}
        if tags := [tag.strip() for tag in self.cell(cells, "tags").split(";") if tag.strip()]:
            draft["tags"] = tags
        return draft

    def _type(self, cells: list[str], flags: list[RowFault]) -> tuple[ForeignCode, str]:
        """Return the entry of the sub-event, or of its event type where that is an older one."""
        kind, sub = self.cell(cells, "event_type"), self.cell(cells, "sub_event_type")
        known = self._codes.find("sub_event_type", sub) if sub else None
        if known is not None:
            return known, known.code
        wider = self._codes.find("event_type", kind)
        if wider is None:
            raise CellFault("event_type", kind, tr("expected one of ACLED's event types."))
        if sub:
            reason = tr("not a current ACLED sub-event type; the event type is used, and the original text is stored.")
            flags.append(RowFault.of("sub_event_type", sub, reason))
        return wider, sub

    def _days(self, cells: list[str]) -> tuple[str, str]:
        try:
            day = self._style.read(self.cell(cells, "event_date"))
        except CellError as error:
            raise CellFault("event_date", self.cell(cells, "event_date"), joined("", (str(error), "."))) from None
        precision = self._code(cells, "time_precision").ours
        if precision == "week":
            monday = day - timedelta(days=day.weekday())
            return f"{monday}/{monday + _WEEK}", "week"
        if precision == "month":
            first, last = month_span(day)
            return f"{first}/{last}", "month"
        return str(day), "day"

    def _code(self, cells: list[str], name: str) -> ForeignCode:
        number = self.read(cells, name, whole)
        entry = self._codes.get(name, str(number))
        if entry is None:
            raise CellFault(
                name, self.cell(cells, name), tr("expected one of {known}.", known=", ".join(self._codes.lists[name]))
            )
        return entry

    def _place(self, cells: list[str], flags: list[RowFault]) -> Document:
        lat = self.read(cells, "latitude", lambda text: degrees(text, 90))
        lon = self.read(cells, "longitude", lambda text: degrees(text, 180))
        named = self.cell(cells, "country")
        place: Document = {
            "name": self.cell(cells, "location") or named or "?",
            "precision": self._code(cells, "geo_precision").ours,
            "country": self._country(cells, named, flags),
            "coordinate_source": "ACLED",
        }
        return self.in_unit(self.at_point(place, lat, lon, flags), cells, "admin1", flags)

    def _country(self, cells: list[str], named: str, flags: list[RowFault]) -> str:
        iso = self.cell(cells, "iso")
        try:
            number = whole(iso)
        except CellError:
            number = None
        code = (number is not None and 0 <= number < 1000 and alpha_2_of_number(number)) or alpha_2(named)  # noqa: PLR2004 — three digits
        if not code:
            flags.append(RowFault.of("iso", iso or named, tr("no ISO 3166-1 code is known for it; stored as ZZ.")))
        return code or "ZZ"

    def _claim(self, cells: list[str]) -> Document:
        dead = self.read(cells, "fatalities", count)
        if dead is None:
            raise CellFault("fatalities", "", tr("expected a number of deaths (ACLED always states one)."))
        claim: Document = {
            "measure": "killed",
            "group": "all",
            "low": dead,
            "best": dead,
            "high": dead,
            "source": "acled",
        }
        return claim if dead else {**claim, "zero_is_unknown": True}

    def _parties(self, cells: list[str], *, event_type: str) -> list[Document]:
        one_sided = event_type.casefold() == _ONE_SIDED.casefold()
        roles = ("initiator", "target") if one_sided else ("side-a", "side-b")
        parties: dict[tuple[str, str], None] = {}
        for number, role in zip("12", roles, strict=True):
            if name := self.cell(cells, f"actor{number}"):
                parties[self._actor(name, self.cell(cells, f"inter{number}")), role] = None
            for other in self.cell(cells, f"assoc_actor_{number}").split(";"):
                if other.strip():
                    parties[self._actor(other.strip(), ""), "present"] = None
        return [{"actor": key, "role": role} for key, role in parties]

    def _actor(self, name: str, inter: str) -> str:
        try:
            code = str(whole(inter)) if inter else ""
        except CellError:
            code = inter
        known = self._codes.find("inter", code) if code else None
        kind = known.ours if known else "civilians" if name.startswith("Civilians") else "organisation"
        return self.registers.actor({"key": f"acled-actor-{slug(name)}", "name": {"en": name}, "kind": kind})

    def _sources(self, cells: list[str]) -> Iterator[str]:
        for name in dict.fromkeys(part.strip() for part in self.cell(cells, "source").split(";")):
            if name:
                yield self.registers.source({"key": f"acled-source-{slug(name)}", "kind": "press", "publisher": name})
