"""Incidents in the layout of ACLED since 2023: 31 columns, a row a day.

By ACLED's rules an event of several days is a row for each day, and its dead are divided among them, the odd ones on
the first day; the number is the most conservative one, and 0 where none is known. What is known to the week or month
is one row in the middle of it. What ACLED cannot say is left out or coarser, and stands in the table of losses.
https://acleddata.com/knowledge-base/codebook/
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from willay.events.exchange.outgoing.countries import country_name, country_number
from willay.events.exchange.outgoing.shaped import (
    LEFT_OUT,
    Losses,
    Translator,
    note_common,
    reports_of,
    rows_with_points,
    write_shaped,
)
from willay.events.exchange.outgoing.sides import Party, in_a_list, sides_of
from willay.events.exchange.outgoing.tables import spoken
from willay.geo.translation import mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.exchange.outgoing.sides import Sides
    from willay.events.exchange.outgoing.written import Written
    from willay.events.frame.cells import IncidentCells

COLUMNS: Final = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
"""The columns, in their order. `region` and `source_scale` stay blank: willay has no data for them."""

_EXACT: Final = "1"
_MOST_DAYS: Final = 366
_DECIMALS: Final = 4
_ONE_SIDED: Final = "Violence against civilians"
_UNARMED: Final = (None, "6", "7")
"""Codes of the targets of violence against civilians; institutions and companies have none."""

_REVERSED: Final = ("7", "8")
"""The only pair that ACLED writes with the larger code first."""


def write_acled(pages: Iterator[IncidentCells], path: Path, options: WritingOptions) -> Written:
    """Write incidents in the layout of ACLED; see `shaped.write_shaped`."""

    def rows(page: IncidentCells, losses: Losses) -> Iterator[list[tuple[Any, ...]]]:
        maker = _Maker(losses, options.lang)
        for row, at in rows_with_points(page, _DECIMALS):
            yield maker.rows(row, at)

    return write_shaped(pages, path, options, (COLUMNS, rows))


class _Maker:
    """Makes the rows of incidents."""

    def __init__(self, losses: Losses, lang: str) -> None:
        self._losses, self._lang = losses, lang
        self._translate = Translator("acled", losses)

    def rows(self, row: Mapping[str, Any], at: tuple[float, float] | None) -> list[tuple[Any, ...]]:
        """Return a row for each day of an incident; none where ACLED cannot say it."""
        code = self._translate.code
        sub = code(row, "type", row["subtype"] or row["type"], "type")
        place = code(row, "place_precision", row["place_precision"], "place_precision")
        when = code(row, "date_precision", row["date_precision"], "date_precision")
        if sub is None or place is None or when is None or row["first_day"] is None:
            return []
        if at is None:
            return self._left_out(row, "place", row["place_name"], mark("ACLED needs coordinates"))
        days = self._days(row, exact=when == _EXACT)
        if not days:
            span = f"{row['first_day']}/{row['last_day']}"
            return self._left_out(row, "days", span, mark("one row per day is too many for more than a year"))
        shared = {
            **self._what(sub), **self._who(row, sub), **self._where(row), "time_precision": int(when),
            "latitude": at[1], "longitude": at[0], "geo_precision": int(place), "source": self._sources(row),
            "notes": self._notes(row), "tags": row["tags"], "timestamp": _seconds(row["recorded_at"]),
        }  # fmt: skip
        note_common(row, self._losses, "ACLED")
        if row["cases"]:
            self._losses.add(row["code"], "cases", row["cases"], mark("ACLED has no field for the conflict"))
        return list(_by_day(row["code"], days, self._dead(row), shared))

    def _left_out(self, row: Mapping[str, Any], field: str, value: object, why: str) -> list[tuple[Any, ...]]:
        self._losses.add(row["code"], field, value, f"{LEFT_OUT}{why}")
        return []

    def _what(self, sub: str) -> dict[str, Any]:
        facts = self._translate.codes.lists["sub_event_type"][sub].facts
        return {
            "sub_event_type": sub,
            "event_type": facts["event_type"],
            "disorder_type": facts["disorder_type"],
        }

    def _who(self, row: Mapping[str, Any], sub: str) -> dict[str, Any]:
        kind = self._translate.codes.lists["sub_event_type"][sub].facts["event_type"]
        sides = sides_of(row["card"], row["actors"], self._lang, ordered=kind == _ONE_SIDED)
        self._note_sides(row, sides)
        inter = [self._inter(row, party) for party in (sides.first, sides.second)]
        labels = self._translate.codes.lists["inter"]
        unarmed = kind == _ONE_SIDED and inter[1] in _UNARMED
        return {
            "civilian_targeting": "Civilian targeting" if unarmed else None,
            "actor1": sides.first and sides.first.name,
            "actor2": sides.second and sides.second.name,
            "assoc_actor_1": in_a_list([party.name for party in sides.with_first]),
            "assoc_actor_2": in_a_list([party.name for party in sides.with_second]),
            "inter1": labels[inter[0]].label if inter[0] else None,
            "inter2": labels[inter[1]].label if inter[1] else None,
            "interaction": self._interaction([code for code in inter if code])
            if all(inter) or not sides.second
            else None,
        }

    def _note_sides(self, row: Mapping[str, Any], sides: Sides) -> None:
        if sides.presumed:
            self._losses.add(row["code"], "parties", row["actors"], mark("their order decides the sides"))
        for party in sides.with_first:
            if party.role == "present":
                self._losses.add(row["code"], "parties", party.name, mark("was present; listed with the first side"))
        for party in (*sides.with_first, *sides.with_second):
            self._losses.add(row["code"], "actor_kind", party.kind, mark("ACLED states it for two actors only"))

    def _inter(self, row: Mapping[str, Any], party: Party | None) -> str | None:
        if party is None or party.kind is None:
            return None
        found = self._translate.codes.outgoing("actor_kind", party.kind)
        if found is not None and found.loss:
            self._losses.add(row["code"], "actor_kind", party.kind, found.loss)
        return found.code if found else None

    def _interaction(self, codes: list[str]) -> str | None:
        """Return the words of a pair of codes, the smaller first, or of one alone."""
        labels = [self._translate.codes.lists["inter"][code].label for code in sorted(codes)]
        if tuple(sorted(codes)) == _REVERSED:
            labels.reverse()
        return f"{labels[0]} only" if len(labels) == 1 else "-".join(labels) or None

    def _where(self, row: Mapping[str, Any]) -> dict[str, Any]:
        country = row["country"]
        return {
            "iso": country_number(country),
            "country": country_name(country) or country,
            "location": row["place_name"],
            **{f"admin{level}": row[f"adm{level}"] for level in (1, 2, 3)},
        }

    def _sources(self, row: Mapping[str, Any]) -> str | None:
        reports = reports_of(row["card"])
        named = (spoken(one.get("publisher") or one.get("title"), self._lang) for one in reports)
        if reports or row["source_count"]:
            cited = len(reports) or row["source_count"]
            self._losses.add(row["code"], "sources", cited, mark("only the publisher of a source is written"))
        return in_a_list(list(dict.fromkeys(name for name in named if name)))

    def _notes(self, row: Mapping[str, Any]) -> str | None:
        if row["summary"] and row["title"]:
            self._losses.add(row["code"], "title", row["title"], mark("the summary is written instead"))
        text: str | None = row["summary"] or row["title"]
        return text

    def _days(self, row: Mapping[str, Any], *, exact: bool) -> list[date]:
        """Return the days that an incident has rows on; none where they are too many."""
        first, last = (date.fromisoformat(row[name]) for name in ("first_day", "last_day"))
        number = (last - first).days + 1
        if exact:
            return [first + timedelta(n) for n in range(number)] if number <= _MOST_DAYS else []
        self._losses.add(row["code"], "days", f"{first}/{last}", mark("the middle day is written for the period"))
        return [first + (last - first) // 2]

    def _dead(self, row: Mapping[str, Any]) -> int:
        """Return the most conservative number of dead."""
        low, best, high = (row[f"killed_{name}"] for name in ("low", "best", "high"))
        least: int | None = best if low is None else low
        if least is None:
            self._losses.add(row["code"], "killed", high, mark("unknown is written as 0, as in ACLED"))
        elif any(number not in (None, least) for number in (best, high)) or (high is None and low is not None):
            range_ = "-".join("?" if number is None else str(number) for number in (low, best, high))
            self._losses.add(row["code"], "killed", range_, mark("ACLED has one number: the lowest is written"))
        return least or 0


def _by_day(code: str, days: list[date], dead: int, shared: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    share, odd = divmod(dead, len(days))
    for number, day in enumerate(days):
        row = {
            **shared,
            "event_id_cnty": code if len(days) == 1 else f"{code}-{number + 1}",
            "event_date": str(day),
            "year": day.year,
            "fatalities": share + (odd if number == 0 else 0),
        }
        yield tuple(row.get(name) for name in COLUMNS)


def _seconds(moment: str | None) -> int | None:
    """Return a moment in seconds since 1970; None where only its month may be shown."""
    return int(datetime.fromisoformat(moment).timestamp()) if moment and "T" in moment else None
