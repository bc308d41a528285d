"""Days that no incident can have: in the future, or of a year that nobody meant."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from willay.events.model.errors import Fault
from willay.geo.translation import tr

if TYPE_CHECKING:
    from datetime import datetime

    from willay.events.model.drafts import IncidentDraft

_WIDEST_ZONE: Final = timedelta(hours=14)
"""A day begins somewhere on Earth up to 14 hours before it does in UTC."""

EARLIEST_YEAR: Final = 1000
"""No row of a dataset is of an earlier year: years with fewer digits are slips, or codes for "not known"."""


def future_faults(draft: IncidentDraft, now: datetime, where: str) -> list[Fault]:
    """Find days that have not begun anywhere on Earth.

    Args:
        draft: An incident.
        now: The present moment, aware.
        where: What it is called in messages.
    """
    span = draft.span
    if span is None:
        return []
    today = (now + _WIDEST_ZONE).date()
    latest = span.last if span.precision == "day" else span.first
    if latest <= today:
        return []
    return [
        Fault(
            f"{where}.days",
            tr("{latest} lies in the future: today is {today}. Check the year.", latest=latest, today=now.date()),
        )
    ]


def early_faults(draft: IncidentDraft) -> list[Fault]:
    """Find days before the year 1000: a year of two digits, or the code of one that is not known."""
    span = draft.span
    if span is None or span.first.year >= EARLIEST_YEAR:
        return []
    return [
        Fault(
            "days",
            tr(
                "{first} lies before the year {year}. Write the year with four digits.",
                first=span.first,
                year=EARLIEST_YEAR,
            ),
        )
    ]
