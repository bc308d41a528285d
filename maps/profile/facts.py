"""What a profile needs of all cards at once: a few words of each, since a hundred thousand cards fill the memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from willay.maps.profile.groups import stated_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from willay.events.model.values import Count


class Fact(NamedTuple):
    """What counts of an incident.

    Attributes:
        killed: The figure of the people killed, as the card has it; empty where none is known.
        groups: What the chosen voice states about groups of them; empty where it names none.
        sources: How many documents speak of it.
        cases: The keys of its cases.
        parties: The keys of its actors, each once.
    """

    killed: Mapping[str, Any]
    groups: Mapping[str, Count]
    sources: int
    cases: tuple[str, ...]
    parties: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many were killed, for an order by number: the best, else the least, else the most; 0 where unknown."""
        return next(
            (int(self.killed[name]) for name in ("best", "low", "high") if self.killed.get(name) is not None), 0
        )

    @property
    def differs(self) -> bool:
        """Whether sources differ on how many were killed."""
        return self.killed.get("low") is not None and self.killed.get("low") != self.killed.get("high")


def facts_of(cards: Iterable[Mapping[str, Any]]) -> Iterator[Fact]:
    """Yield the facts of cards, in their order."""
    for card in cards:
        killed = card.get("figures", {}).get("killed") or {}
        yield Fact(
            killed,
            stated_groups(card, killed) if killed else {},
            len(card.get("sources", ())),
            tuple(case["key"] for case in card.get("cases", ())),
            tuple(dict.fromkeys(party["key"] for party in card.get("parties", ()))),
        )
