"""A check: incidents on a Sunday."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from willay.events.extensions import Finding, IncidentCheck
from willay.geo.translation import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SAID = {"en": "is a Sunday; offices are closed", "es": "es domingo; las oficinas no atienden"}
SUNDAY = 6


def find(incident: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield that an incident of one day is on a Sunday."""
    try:
        day = date.fromisoformat(incident.get("days", ""))
    except ValueError:
        return
    if day.weekday() == SUNDAY:
        yield Finding("days", SAID[language()])


weekend = IncidentCheck(name="weekend", find=find)
