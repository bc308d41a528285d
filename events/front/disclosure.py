"""Warnings about disclosure: how much a profile left out, and how much is here that must not be passed on."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from willay.events.frame.publishing import is_record
from willay.events.model.errors import DisclosureWarning
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PUBLIC = "public"


def warn_of_disclosure(origin: Mapping[Any, Any], levels: Iterable[Any], *, stacklevel: int) -> None:
    """Warn where a profile left incidents out, or where sensitive ones are shown as they are recorded.

    Args:
        origin: What the answer states about itself (`Origin`).
        levels: The sensitivity of each incident; None or missing is public.
        stacklevel: How many calls above this one the line is that asked.
    """
    if is_record(origin):
        sensitive = sum(isinstance(level, str) and level != _PUBLIC for level in levels)
        if sensitive:
            message = tr(
                "These include {incidents} that are restricted or confidential, shown as recorded: do not pass them "
                "on. For what may be passed on: profile='public'.",
                incidents=many(sensitive, "incident"),
            )
            warnings.warn(message, DisclosureWarning, stacklevel=stacklevel + 1)
    elif left_out := int(origin.get("left_out") or 0):
        message = tr(
            "The profile {profile} leaves out {incidents} of the database, whatever is asked.",
            profile=origin.get("profile"),
            incidents=many(left_out, "incident"),
        )
        warnings.warn(message, DisclosureWarning, stacklevel=stacklevel + 1)
