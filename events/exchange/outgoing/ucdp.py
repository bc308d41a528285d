"""Incidents in the layout of UCDP GED: 49 columns. UCDP counts events with at least one death, and so does this.

UCDP's first precision of dates is a single day: an incident that lasted longer is shown by the narrowest code that its
span fits. Its numbers of conflicts, dyads, sides and states are its own and stay blank.
https://ucdp.uu.se/downloads/ged/ged251.pdf
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from willay.events.exchange.outgoing.countries import country_name
from willay.events.exchange.outgoing.shaped import (
    LEFT_OUT,
    Losses,
    Translator,
    note_common,
    reports_of,
    rows_with_points,
    write_shaped,
)
from willay.events.exchange.outgoing.sides import in_a_list, sides_of
from willay.events.exchange.outgoing.tables import spoken
from willay.events.exchange.outgoing.ucdp_deaths import STATE_KINDS, deaths_of, violence_of
from willay.events.model.figure_words import brief_figure
from willay.events.model.values import Count
from willay.geo.translation import mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.exchange.outgoing.sides import Sides
    from willay.events.exchange.outgoing.written import Written
    from willay.events.frame.cells import IncidentCells

COLUMNS: Final = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
_DECIMALS: Final = 6
_DAY: Final = "1"
_SPANS: Final = (("1", 1), ("2", 6), ("3", 7), ("4", 31), ("5", 366))
"""The longest span, in days, of each code of `date_prec`."""

_ONE_SIDED: Final = "3"
_CIVILIANS: Final = "Civilians"
_CODE: Final = re.compile(r"([A-Z]{2})-(\d{4})-(\d{4,})")
_ROW: Final = 720
"""Cells of PRIO-GRID around the Earth: half a degree each."""


def write_ucdp(pages: Iterator[IncidentCells], path: Path, options: WritingOptions) -> Written:
    """Write incidents in the layout of UCDP GED; see `shaped.write_shaped`. Our codes stand in `relid`."""

    def rows(page: IncidentCells, losses: Losses) -> Iterator[list[tuple[Any, ...]]]:
        maker = _Maker(losses, options.lang)
        for row, at in rows_with_points(page, _DECIMALS):
            made = maker.row(row, at)
            yield [] if made is None else [tuple(made.get(name) for name in COLUMNS)]

    return write_shaped(pages, path, options, (COLUMNS, rows))


class _Maker:
    """Makes the rows of incidents."""

    def __init__(self, losses: Losses, lang: str) -> None:
        self._losses, self._lang = losses, lang
        self._translate = Translator("ucdp", losses)
        countries = self._translate.codes.lists["country"]
        self._countries = {entry.ours: name for name, entry in countries.items()}

    def row(self, row: Mapping[str, Any], at: tuple[float, float] | None) -> dict[str, Any] | None:
        """Return the cells of an incident by column; None where UCDP cannot say it."""
        kind = self._translate.entry(row, "type", row["subtype"] or row["type"], "type")
        place = self._translate.code(row, "place_precision", row["place_precision"], "place_precision")
        when = self._translate.code(row, "date_precision", row["date_precision"], "date_precision")
        if kind is None or place is None or when is None or row["first_day"] is None:
            return None
        best = row["killed_best"] if row["killed_best"] is not None else row["killed_low"]
        if not best:
            self._left_out(row, "killed", best, mark("UCDP counts events with at least one death"))
            return None
        if at is None:
            self._left_out(row, "place", row["place_name"], mark("UCDP needs coordinates"))
            return None
        if (days := self._days(row, when)) is None:
            self._left_out(
                row, "days", f"{row['first_day']}/{row['last_day']}", mark("UCDP has no precision wider than a year")
            )
            return None
        sides = sides_of(row["card"], row["actors"], self._lang, ordered=kind.code == _ONE_SIDED)
        violence, follows = violence_of(kind.code or "", kind.also, sides)
        if not follows:
            self._losses.add(
                row["code"],
                "type",
                row["type"],
                mark("the type of violence does not follow from the parties: presumed"),
            )
        note_common(row, self._losses, "UCDP")
        return {
            "id": event_number(row["code"]), "relid": row["code"], "code_status": "Clear", "event_clarity": 1,
            "type_of_violence": int(violence), **days, **self._who(row, sides, violence), **self._sources(row),
            **self._where(row, at, place), **self._dead(row, best, sides, violence),
        }  # fmt: skip

    def _left_out(self, row: Mapping[str, Any], field: str, value: object, why: str) -> None:
        self._losses.add(row["code"], field, value, f"{LEFT_OUT}{why}")

    def _days(self, row: Mapping[str, Any], when: str) -> dict[str, Any] | None:
        """Return the cells of its days; None where no code holds so long a span."""
        first, last = (date.fromisoformat(row[name]) for name in ("first_day", "last_day"))
        number = (last - first).days + 1
        fitting = next((code for code, most in _SPANS if code >= when and number <= most), None)
        if fitting is None:
            return None
        if when == _DAY and fitting != _DAY:
            reason = mark("it lasted through all its days; UCDP states only that it was within them")
            self._losses.add(row["code"], "days", f"{first}/{last}", reason)
        return {"year": first.year, "date_prec": int(fitting), "date_start": str(first), "date_end": str(last)}

    def _who(self, row: Mapping[str, Any], sides: Sides, violence: str) -> dict[str, Any]:
        names = [side.name if side else None for side in (sides.first, sides.second)]
        if violence == _ONE_SIDED and names[1] != _CIVILIANS:
            self._losses.add(
                row["code"],
                "parties",
                names[1],
                mark("the target is Civilians in one-sided violence"),
            )
            names[1] = _CIVILIANS
        if sides.presumed:
            self._losses.add(row["code"], "parties", row["actors"], mark("their order decides the sides"))
        for party in (*sides.with_first, *sides.with_second):
            self._losses.add(row["code"], "parties", party.name, mark("UCDP names one party per side"))
        for side in (sides.first, sides.second):
            if side is not None and side.kind in STATE_KINDS:
                reason = mark("UCDP identifies a state by its Gleditsch–Ward number, which is not written")
                self._losses.add(row["code"], "actor_kind", side.kind, reason)
        return {
            "side_a": names[0],
            "side_b": names[1],
            "dyad_name": " - ".join(name for name in names if name) or None,
            "conflict_name": self._conflict(row),
        }

    def _conflict(self, row: Mapping[str, Any]) -> str | None:
        cases = row["card"].get("cases", ())
        if len(cases) > 1:
            self._losses.add(row["code"], "cases", row["cases"], mark("UCDP names one conflict"))
        if not cases:
            return row["cases"] or None
        return spoken(cases[0].get("title"), self._lang) or str(cases[0]["key"])

    def _sources(self, row: Mapping[str, Any]) -> dict[str, Any]:
        sources = reports_of(row["card"])
        cited = [
            [str(spoken(one.get(name), self._lang) or "") for name in ("publisher", "published_on", "title")]
            for one in sources
        ]
        if sources:
            reason = mark("only publisher, day and title of a source are written")
            self._losses.add(row["code"], "sources", len(sources), reason)
        return {
            "number_of_sources": len(sources) or row["source_count"],
            "source_article": in_a_list([_article(*one) for one in cited]),
            "source_office": _as_list([one[0] for one in cited]),
            "source_date": _as_list([one[1] for one in cited]),
            "source_headline": _as_list([one[2] for one in cited]),
        }

    def _where(self, row: Mapping[str, Any], at: tuple[float, float], place: str) -> dict[str, Any]:
        lon, lat = at
        places = row["card"].get("places") or [{}]
        country = row["country"]
        return {
            "where_prec": int(place), "where_coordinates": row["place_name"],
            "where_description": spoken(places[0].get("note"), self._lang), "adm_1": row["adm1"], "adm_2": row["adm2"],
            "latitude": lat, "longitude": lon, "geom_wkt": f"POINT ({lon} {lat})", "priogrid_gid": grid_cell(lon, lat),
            "country": self._countries.get(country) or country_name(country) or country,
        }  # fmt: skip

    def _dead(self, row: Mapping[str, Any], best: int, sides: Sides, violence: str) -> dict[str, int]:
        if row["killed_best"] is None:
            self._losses.add(
                row["code"], "killed", row["killed_low"], mark("only the lowest number is known: written as best")
            )
        elif row["killed_high"] is None and row["killed_low"] is not None:
            reason = mark("no upper limit is stated: best is written as high")
            self._losses.add(row["code"], "killed", brief_figure(Count(row["killed_low"], best)), reason)
        low, high = (best if row[name] is None else row[name] for name in ("killed_low", "killed_high"))
        dead = deaths_of(row["card"], best, sides, one_sided=violence == _ONE_SIDED)
        if not dead.by_side:
            self._losses.add(
                row["code"],
                "groups",
                None,
                mark("the deaths are not stated by side: all are written in deaths_unknown"),
            )
        elif dead.unknown:
            reason = mark("deaths of no side in UCDP are written in deaths_unknown")
            self._losses.add(row["code"], "groups", dead.unknown, reason)
        return {
            "deaths_a": dead.a, "deaths_b": dead.b, "deaths_civilians": dead.civilians, "deaths_unknown": dead.unknown,
            "best": best, "high": max(high, best), "low": min(low, best),
        }  # fmt: skip


def _article(office: str, day: str, headline: str) -> str:
    """Return a report as one text: office, day and headline where the day is known, else what there is."""
    parts = (office, day, headline) if day else tuple(part for part in (office, headline) if part)
    return f'"{",".join(parts)}"'


def _as_list(texts: list[str]) -> str | None:
    """Join texts between semicolons, blank ones too, so that lists go on next to each other."""
    return "; ".join(text.replace(";", ",") for text in texts) or None


def event_number(code: str) -> int | str:
    """Return a whole number for a code, the same in every export: the letters' places in the alphabet, year, number.

    A code of another make is returned as it is.
    """
    found = _CODE.fullmatch(code)
    if found is None:
        return code
    letters = "".join(f"{ord(letter) - ord('A') + 1:02}" for letter in found[1])
    return int(f"{letters}{found[2]}{int(found[3]):06}")


def grid_cell(lon: float, lat: float) -> int:
    """Return the number of the PRIO-GRID cell at a point: half a degree wide, counted from the south-west, from 1.

    https://grid.prio.org
    """
    column = min(math.floor((lon + 180) * 2), _ROW - 1)
    line = min(math.floor((lat + 90) * 2), _ROW // 2 - 1)
    return line * _ROW + column + 1
