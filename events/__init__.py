"""What happened and who says so: the values of the record, the questions asked of it, and the table it answers with.

A `Bundle` of drafts goes into a store (`willay.events.store`), an `IncidentQuery` comes back as an incident frame,
and pages (`willay.maps`) and files (`willay.events.exchange`) are made of that frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.geo.lazy_names import lazy_names
from willay.geo.translation import add_catalogues

if TYPE_CHECKING:
    from willay.events.frame.frame import blank_frame, check_frame, explode_places, make_frame, summable
    from willay.events.frame.query import IncidentQuery
    from willay.events.model.drafts import Bundle, ClaimDraft, IncidentDraft, PlaceDraft, SourceDraft, draft
    from willay.events.model.errors import (
        ClockWarning,
        DisclosureWarning,
        DraftError,
        EventsError,
        Fault,
        FormerNameWarning,
        FrameError,
        FrameWarning,
        StaleEditError,
    )
    from willay.events.model.policy import POLICIES, Claim, Figure, captivity_balance, figures
    from willay.events.model.values import Count, DayInterval, DaySpan

__all__ = [
    "POLICIES",
    "Bundle",
    "Claim",
    "ClaimDraft",
    "ClockWarning",
    "Count",
    "DayInterval",
    "DaySpan",
    "DisclosureWarning",
    "DraftError",
    "EventsError",
    "Fault",
    "Figure",
    "FormerNameWarning",
    "FrameError",
    "FrameWarning",
    "IncidentDraft",
    "IncidentQuery",
    "PlaceDraft",
    "SourceDraft",
    "StaleEditError",
    "blank_frame",
    "captivity_balance",
    "check_frame",
    "draft",
    "explode_places",
    "figures",
    "make_frame",
    "summable",
]

add_catalogues("willay.events")

_HOMES: Final = {
    ".model.drafts": ("Bundle", "ClaimDraft", "IncidentDraft", "PlaceDraft", "SourceDraft", "draft"),
    ".model.errors": (
        "ClockWarning",
        "DisclosureWarning",
        "DraftError",
        "EventsError",
        "Fault",
        "FormerNameWarning",
        "FrameError",
        "FrameWarning",
        "StaleEditError",
    ),
    ".frame.frame": ("blank_frame", "check_frame", "explode_places", "make_frame", "summable"),
    ".model.policy": ("POLICIES", "Claim", "Figure", "captivity_balance", "figures"),
    ".frame.query": ("IncidentQuery",),
    ".model.values": ("Count", "DayInterval", "DaySpan"),
}


__getattr__, __dir__ = lazy_names(__name__, _HOMES)
