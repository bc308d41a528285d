"""The dead of an incident by side, as UCDP GED counts them: four parts that add up to the best estimate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from willay.data.codebook import codebook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.exchange.outgoing.sides import Party, Sides

STATE_KINDS: Final = ("state-forces",)
_CIVILIAN_KINDS: Final = ("civilians", "protesters", "organisation", "company", "state-institution")
_MEASURE: Final = "killed"
_STATE_BASED, _NON_STATE, _ONE_SIDED = "1", "2", "3"
"""Codes of `type_of_violence`."""


@dataclass(frozen=True, slots=True)
class Deaths:
    """Deaths by side; they add up to the best estimate.

    Attributes:
        a: Of side a.
        b: Of side b.
        civilians: Of civilians.
        unknown: Of all whose side is not known.
        by_side: Whether claims of groups say so much; if not, all are unknown.
    """

    a: int
    b: int
    civilians: int
    unknown: int
    by_side: bool


def deaths_of(card: Mapping[str, Any], best: int, sides: Sides, *, one_sided: bool) -> Deaths:
    """Divide the dead of an incident among its sides.

    The claims of the source that the figure comes from decide. Groups that lie in another claimed group are counted
    with it; groups that overlap others are not used; where the groups come to more than the best estimate, none is.

    Args:
        card: The incident's card.
        best: The best estimate.
        sides: Who fought.
        one_sided: Whether it was violence against civilians: then no side has dead.
    """
    found = {"a": 0, "b": 0, "civilians": 0, "unknown": 0}
    groups = _groups(card)
    for group, number in groups.items():
        found[_part(group, sides, one_sided=one_sided)] += number
    known = found["a"] + found["b"] + found["civilians"]
    if not known or known > best:
        return Deaths(0, 0, 0, best, by_side=False)
    return Deaths(found["a"], found["b"], found["civilians"], best - known, by_side=True)


def _groups(card: Mapping[str, Any]) -> dict[str, int]:
    """Return the dead by group, as the source of the figure states them; no group lies in another."""
    book = codebook()
    source = card.get("figures", {}).get(_MEASURE, {}).get("source")
    stated: dict[str, int] = {}
    for claim in card.get("claims", ()):
        group, number = claim.get("group", "all"), claim.get("best")
        usable = claim["measure"] == _MEASURE and group != "all" and number is not None
        stands = usable and "superseded" not in claim and claim.get("source") == source
        if stands and not book.groups[group].facts.get("overlaps"):
            stated[group] = stated.get(group, 0) + number if claim.get("adds") else stated.get(group, number)
    return {
        group: number
        for group, number in stated.items()
        if not any(other != group and book.group_within(group, other) for other in stated)
    }


def _part(group: str, sides: Sides, *, one_sided: bool) -> str:
    book = codebook()
    if book.group_within(group, "civilians"):
        return "civilians"
    if one_sided or group == "unknown":
        return "unknown"
    state = book.group_within(group, "security-forces")
    fitting = [name for name, side in (("a", sides.first), ("b", sides.second)) if _fits(side, state=state)]
    return fitting[0] if len(fitting) == 1 else "unknown"


def _fits(side: Party | None, *, state: bool) -> bool:
    if side is None or side.kind is None or side.kind in _CIVILIAN_KINDS:
        return False
    return (side.kind in STATE_KINDS) is state


def violence_of(code: str, also: tuple[str, ...], sides: Sides) -> tuple[str, bool]:
    """Return the type of violence that follows from the kinds of the parties, and whether it follows.

    Args:
        code: What the incident's type becomes where they do not.
        also: What else it may become.
        sides: Who took part.
    """
    if not also:
        return code, True
    possible = (code, *also)
    kinds = [side.kind for side in (sides.first, sides.second) if side is not None and side.kind is not None]
    both = len(kinds) == 2  # noqa: PLR2004 — each side has one
    if _ONE_SIDED in possible and both and kinds[0] not in _CIVILIAN_KINDS and kinds[1] in _CIVILIAN_KINDS:
        return _ONE_SIDED, True
    if any(kind in STATE_KINDS for kind in kinds):
        return (_STATE_BASED, True) if _STATE_BASED in possible else (code, False)
    return (_NON_STATE, True) if _NON_STATE in possible and both else (code, False)
