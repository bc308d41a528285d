"""What happened and who says so: the values of the record, the questions asked of it, and the table it answers with.

A `Bundle` of drafts goes into a store (`willay.events.store`), an `IncidentQuery` comes back as an incident frame,
and pages (`willay.maps`) and files (`willay.events.exchange`) are made of that frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

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

_HOME: Final = {
    "model.drafts": ("Bundle", "ClaimDraft", "IncidentDraft", "PlaceDraft", "SourceDraft", "draft"),
    "model.errors": (
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
    "frame.frame": ("blank_frame", "check_frame", "explode_places", "make_frame", "summable"),
    "model.policy": ("POLICIES", "Claim", "Figure", "captivity_balance", "figures"),
    "frame.query": ("IncidentQuery",),
    "model.values": ("Count", "DayInterval", "DaySpan"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 — whatever the name stands for
    """Import a public name when it is first asked for, so that a light command pays for no heavy library."""
    from importlib import import_module  # noqa: PLC0415 — only needed here

    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"willay.events.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
