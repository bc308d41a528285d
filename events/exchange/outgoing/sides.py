"""The parties of an incident as two sides, as layouts with two actors need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from willay.events.exchange.outgoing.tables import spoken
from willay.events.frame.framing import JOINED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_FIRST: Final = ("initiator", "side-a")
_SECOND: Final = ("target", "side-b")


@dataclass(frozen=True, slots=True)
class Party:
    """A party of an incident.

    Attributes:
        name: Its name in one language.
        kind: Codebook: actor kinds; None where not known.
        role: Codebook: roles; None where not known.
    """

    name: str
    kind: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Sides:
    """Two sides, each with a party that stands for it.

    Attributes:
        first: Who began, or side a; None where there is none.
        second: Who was meant, or side b.
        with_first: Further parties of the first side, and those whose side is not known.
        with_second: Further parties of the second side.
        presumed: Whether no party's role says which side it is on, so that their order decides.
    """

    first: Party | None = None
    second: Party | None = None
    with_first: tuple[Party, ...] = ()
    with_second: tuple[Party, ...] = ()
    presumed: bool = False

    @property
    def all(self) -> tuple[Party, ...]:
        """All parties, those that stand for a side first."""
        return (*(one for one in (self.first, self.second) if one), *self.with_first, *self.with_second)


def sides_of(card: Mapping[str, Any], actors: str | None, lang: str, *, ordered: bool) -> Sides:
    """Return the sides of an incident.

    Args:
        card: Its card; an empty one where there is none.
        actors: The frame's column `actors`, for incidents without a card.
        lang: The language of names.
        ordered: Whether the layout distinguishes initiator and target; if not, the first side is never empty.
    """
    parties = list(_parties(card, actors, lang))
    first, second, others = (
        [party for party in parties if (party.role in roles) is wanted]
        for roles, wanted in ((_FIRST, True), (_SECOND, True), ((*_FIRST, *_SECOND), False))
    )
    presumed = bool(others) and not first and not second
    if presumed:
        first, second, others = others[:1], others[1:2], others[2:]
    elif not first and not ordered:
        first, second = second[:1], second[1:]
    heads = (first[0] if first else None, second[0] if second else None)
    return Sides(*heads, (*first[1:], *others), tuple(second[1:]), presumed)


def _parties(card: Mapping[str, Any], actors: str | None, lang: str) -> Iterator[Party]:
    if not card:
        yield from (Party(name) for name in (actors or "").split(JOINED) if name)
    for party in card.get("parties", ()):
        yield Party(spoken(party.get("name"), lang) or party["key"], party.get("kind"), party.get("role"))


def in_a_list(names: Sequence[str]) -> str | None:
    """Join names as a list between semicolons; one within a name becomes a comma. None where there are none."""
    return JOINED.join(name.replace(";", ",") for name in names) or None
