"""Incidents in the layout of ACLED since 2023: 31 columns, a row a day.

By ACLED's rules an event of several days is a row for each day, and its dead are divided among them, the odd ones on
the first day; the number is the most conservative one, and 0 where none is known. What is known to the month or week is
one row in the middle of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from willay.data.crosswalks import crosswalk
from willay.events.exchange.outgoing.shaped import Losses, Translator, rows_with_points, write_shaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import geopandas as gpd

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.exchange.outgoing.written import Written

COLUMNS: Final = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_MOST_DAYS: Final = 366


def write_acled(frames: Iterator[gpd.GeoDataFrame], path: Path, options: WritingOptions) -> Written:
    """Write incident frames in the layout of ACLED; see `shaped.write_shaped`."""
    return write_shaped(frames, path, options, (COLUMNS, _rows))


def _rows(frame: gpd.GeoDataFrame, losses: Losses) -> Iterator[tuple[Any, ...]]:
    translate = Translator("acled", losses)
    for row, at in rows_with_points(frame):
        sub = translate.code(row, "type", row["subtype"] or row["type"], "type")
        place = translate.code(row, "place_precision", row["place_precision"], "place_precision")
        when = translate.code(row, "date_precision", row["date_precision"], "date_precision")
        if sub is None or place is None or when is None or row["first_day"] is None:
            continue
        if at is None:
            losses.add(row["code"], "place", row["place_name"], "left out: ACLED needs coordinates")
            continue
        _note(row, losses)
        yield from _days(row, at, (sub, place, when), losses)


def _days(
    row: Mapping[str, Any], at: tuple[float, float], codes: tuple[str, str, str], losses: Losses
) -> Iterator[tuple[Any, ...]]:
    sub, place, when = codes
    first, last = (date.fromisoformat(row[name]) for name in ("first_day", "last_day"))
    known = row["killed_low"] if row["killed_low"] is not None else row["killed_best"]
    if known is None:
        losses.add(row["code"], "killed", None, "unknown becomes 0, as ACLED writes it")
    days = [first + timedelta(n) for n in range(min((last - first).days + 1, _MOST_DAYS))] if when == "1" else []
    if not days:
        days = [first + (last - first) // 2]
    share, odd = divmod(known or 0, len(days))
    entry = crosswalk("acled").lists["sub_event_type"][sub]
    actors = [*(row["actors"] or "").split("; "), "", ""]
    for number, day in enumerate(days):
        name = row["code"] if len(days) == 1 else f"{row['code']}-{number + 1}"
        yield (
            name, str(day), day.year, int(when), None, entry.facts["event_type"], sub, actors[0] or None,
            "; ".join(actors[2:-2]) or None, None, actors[1] or None, None, None, None, None, None, None,
            row["country"], row["adm1"], row["adm2"], row["adm3"], row["place_name"], at[1], at[0], int(place), None,
            None, row["summary"] or row["title"], share + (odd if number == 0 else 0), row["tags"], None,
        )  # fmt: skip


def _note(row: Mapping[str, Any], losses: Losses) -> None:
    """Note what no cell of the layout holds."""
    if row["killed_high"] != row["killed_low"]:
        told = f"{row['killed_low']}-{row['killed_best']}-{row['killed_high']}"
        losses.add(row["code"], "killed", told, "ACLED has one number: the least is written")
    for measure in ("injured", "abducted"):
        if row[f"{measure}_best"]:
            losses.add(row["code"], measure, row[f"{measure}_best"], "ACLED counts deaths only")
    if (row["place_count"] or 0) > 1:
        losses.add(row["code"], "places", row["place_count"], "only the primary place is written")
    if row["source_count"]:
        losses.add(row["code"], "sources", row["source_count"], "claims and their sources are not written")
    if not row["counted"]:
        losses.add(row["code"], "part_of", row["part_of"], "a part of another event stands beside it: sums count twice")
