"""Of whom a figure speaks: the groups that its voice names, and the side each is on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.data.codebook import codebook
from willay.events.model.values import Count
from willay.events.model.voice_names import is_same_voice
from willay.events.model.voices import EVERYONE, widest

if TYPE_CHECKING:
    from collections.abc import Mapping


def stated_groups(card: Mapping[str, Any], figure: Mapping[str, Any]) -> dict[str, Count]:
    """Return what the voice of a figure states about groups that do not overlap; empty where it names none.

    Args:
        card: The incident's card.
        figure: Its figure, as the card has it.
    """
    said: dict[str, Count] = {}
    for claim in card.get("claims", ()):
        is_its = claim["source"] == figure.get("source") and claim["measure"] == "killed"
        is_its = is_its and is_same_voice(claim.get("attributed_to"), figure.get("attributed_to"))
        if is_its and not claim.get("scope") and not claim.get("superseded") and claim["group"] != EVERYONE:
            said[claim["group"]] = Count(claim.get("low"), claim.get("best"), claim.get("high"))
    return {group: said[group] for group in widest(said)} if said else {}


def side_of(group: str) -> str:
    """Return the widest group below everyone that a group lies in."""
    book = codebook()
    if group == EVERYONE:
        return "~"
    tops = [term.code for term in book.groups if term.parent == EVERYONE]
    return next((top for top in tops if top == group or book.group_within(group, top)), group)
