"""Likely duplicates: incidents of the same type, on the same days, near the same place."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from willay.data.codebook import codebook
from willay.events.model.values import DaySpan
from willay.events.store.results import Likely
from willay.geo.translation import joined, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

    from willay.events.model.drafts import IncidentDraft, PlaceDraft

WINDOW_DAYS: Final = 1
"""How many days apart two reports of one incident may be."""

NEARNESS_M: Final = 10_000.0
"""How far apart two reports of one incident may be, besides what their places may be off."""

SAME_PLACE_M: Final = 100.0
"""Within this distance two places are reported as the same."""

_QUERY: Final = """
    SELECT code, title, first_day, last_day, date_precision, incident.radius_m, place.lon, place.lat,
           incident.admin_code, incident.region
    FROM incident LEFT JOIN place ON place.incident = fid AND place.position = 0
    WHERE type = :type AND status IN ('draft', 'in-review', 'published') AND first_day <= :last AND last_day >= :first
    ORDER BY first_day, code
"""


def likely_duplicates(connection: Connection, draft: IncidentDraft, ignored: str | None = None) -> tuple[Likely, ...]:
    """Find incidents that may be the same as a draft, the nearest first.

    They have the same type, days that meet the draft's when it is widened by a day on both sides, and a primary place
    within 10 km besides what both places may be off; where coordinates lack, the same administrative code or region.

    Args:
        connection: Within a transaction.
        draft: An undated or unplaced one has no likely duplicates.
        ignored: The code of an incident to leave out: the one that the draft changes.
    """
    if draft.span is None or not draft.places:
        return ()
    by = timedelta(days=WINDOW_DAYS)
    asked = {"type": draft.type, "first": str(draft.span.first - by), "last": str(draft.span.last + by)}
    rows = connection.execute(text(_QUERY), asked).mappings()
    found = [
        likely for row in map(dict, rows) if row["code"] != ignored and (likely := _compared(draft, row)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.distance_m is None, one.distance_m or 0.0, one.code)))


def _compared(draft: IncidentDraft, row: Mapping[str, Any]) -> Likely | None:
    from willay.geo.distance import distance_m  # noqa: PLC0415 — PROJ, which only such a question needs

    place = draft.places[0]
    apart = None
    if place.lon is not None and place.lat is not None and row["lon"] is not None:
        apart = distance_m((place.lon, place.lat), (row["lon"], row["lat"]))
        if apart > NEARNESS_M + _radius_m(place) + (row["radius_m"] or 0.0):
            return None
        why = (
            tr("same type, same place")
            if apart < SAME_PLACE_M
            else tr("same type, {distance:.1f} km away", distance=apart / 1000)
        )
    elif place.admin_code is not None and place.admin_code == row["admin_code"]:
        why = tr("same type, same administrative code {code}", code=place.admin_code)
    elif place.region is not None and place.region == row["region"]:
        why = tr("same type, same region {region}", region=place.region)
    else:
        return None
    days = DaySpan.parse(f"{row['first_day']}/{row['last_day']}", row["date_precision"])
    return Likely(row["code"], row["title"], str(days), apart, joined(", ", (why, _days_apart(draft, days))))


def _radius_m(place: PlaceDraft) -> float:
    return place.radius_m or codebook().place_precision[place.precision].facts.get("radius_m") or 0.0


def _days_apart(draft: IncidentDraft, days: DaySpan) -> str:
    span = draft.span
    meets = span is not None and days.first <= span.last and days.last >= span.first
    return tr("same days") if meets else tr("a day apart")
