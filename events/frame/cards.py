"""The card of an incident: all that is known of it, as the `details` column of the incident frame holds it."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from willay.events.frame.framing import cited_sources, figures_as_stored, figures_of
from willay.events.model.canonical import canonical
from willay.events.model.corrections import superseded
from willay.events.model.draftbase import WITHHELD
from willay.events.model.drafts import ClaimDraft, IncidentDraft
from willay.events.model.fields import fields_of
from willay.events.model.parts import joined, pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from willay.events.frame.framing import Known
    from willay.events.frame.units import Spot
    from willay.events.model.canonical import Document
    from willay.events.model.policy import Figure


def card(draft: Document, spots: Sequence[Spot], known: Known, figures: Mapping[str, Figure]) -> str:
    """Write the card of an incident as canonical JSON: sorted keys, no spaces, nothing that is unknown.

    Args:
        draft: The incident's draft.
        spots: Where its places are, in their order.
        known: All that it refers to.
        figures: Its figures by measure.
    """
    return canonical(
        {
            **_own(draft),
            **claims_and_sources(draft, known.sources),
            "places": _places(draft, spots),
            **_others(draft, known),
            "figures": _figures(figures),
        }
    )


class CardWriter:
    """Writes the cards of incidents that refer to the same sources, actors and cases; what several say alike, once.

    Each card is what `card` writes, to the byte.

    Args:
        policy: The figure policy.

    Example:
        >>> from willay.events.frame.cards import CardWriter
        >>> from willay.events.frame.framing import Known
        >>> CardWriter("latest").of({"title": {"en": "March"}}, [], Known())[-25:]
        '"title":{"en":"March"}}'
    """

    def __init__(self, policy: str) -> None:
        self._policy = policy
        self._written: dict[object, tuple[str, ...]] = {}

    def of(self, draft: Document, spots: Sequence[Spot], known: Known, stored: Mapping[str, Any] | None = None) -> str:
        """Write the card of an incident.

        Args:
            draft: The incident's draft.
            spots: Where its places are, in their order.
            known: All that it refers to; the same document for a key each time.
            stored: The row of the incident, where its figures cannot be derived and are shown as they are stored.
        """
        if len(self._written) > _MOST:
            self._written.clear()
        places, claims = draft.get("places", ()), _key(draft.get("claims", ()))
        cited = ("sources", claims, *draft.get("sources", ()))
        where = ("places", _key(places), *[spot.units for spot in spots])
        others = ("others", _key([draft.get("parties", ()), draft.get("cases", ())]))
        members = (
            pieces_of(_own(draft)),
            self._once(claims, lambda: self._claimed(draft, known, stored)),
            self._once(cited, lambda: {"sources": _sources(cited_sources(draft), known.sources)}),
            self._once(where, lambda: {"places": _places(draft, spots)}),
            self._once(others, lambda: _others(draft, known)),
        )
        return joined(chain.from_iterable(members))

    def _claimed(self, draft: Document, known: Known, stored: Mapping[str, Any] | None) -> dict[str, Any]:
        if stored is None:
            figures = figures_of(draft, known.sources, self._policy)
        else:
            figures = figures_as_stored(draft, known.sources, self._policy, stored)
        return {"claims": claim_cards(draft, known.sources), "figures": _figures(figures)}

    def _once(self, key: object, make: Callable[[], dict[str, Any]]) -> tuple[str, ...]:
        """Return members as JSON, which are made where they were not before."""
        found = self._written.get(key)
        if found is None:
            found = self._written[key] = pieces_of(make())
        return found


def _key(value: Any) -> str:  # noqa: ANN401 — JSON
    """Return a text that only equal values have.

    It is decoded at once: the larger buffer that it was written into would leave a gap in memory next to each card.
    """
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # a lone surrogate, or a number beyond 64 bits
        return canonical(value)


_MOST: Final = 100_000
"""How many parts of cards are remembered."""


def claims_and_sources(draft: Document, sources: Mapping[str, Document]) -> dict[str, Any]:
    """Return the members `claims` and `sources` of the card of an incident.

    Args:
        draft: The incident's draft.
        sources: The documents of the sources that it cites, by key.
    """
    return {
        "claims": claim_cards(draft, sources),
        "sources": _sources(cited_sources(draft), sources),
    }


def _sources(cited: Iterable[str], sources: Mapping[str, Document]) -> dict[str, Any]:
    return {key: source_card(sources.get(key, {})) for key in sorted(cited)}


def source_card(source: Document) -> dict[str, Any]:
    """Return what cards say of a source that they cite; a withheld name by language, though a source has one text."""
    is_withheld = source.get("publisher") == WITHHELD["en"]
    return _in_order({**_without(source, "key", "accessed_on"), **({"publisher": WITHHELD} if is_withheld else {})})


def _own(draft: Document) -> dict[str, Any]:
    """Return the fields of an incident that its card has as they are; of texts and lists empty ones, too."""
    return {
        field.name: draft.get(field.name, {} if field.kind == "texts" else [] if field.kind == "list" else None)
        for field in _MEMBERS
        if field.name in draft or field.is_nested
    }


_MEMBERS: Final = tuple(field for field in fields_of(IncidentDraft).values() if field.in_cards)

_CALLED: Final = {name: field.called for name, field in fields_of(ClaimDraft).items()}
_HIDDEN: Final = frozenset({"count", "supersedes", "zero_is_unknown"})
"""Fields of a claim that its card has otherwise, or only where they say something."""


class _Reference(NamedTuple):
    """The label of a claim, and those that it names."""

    label: str | None
    supersedes: tuple[str, ...]


def claim_cards(draft: Document, sources: Mapping[str, Document]) -> list[dict[str, Any]]:
    """Return the cards of claims; one that a later one takes back says by which, and when that was stated.

    Args:
        draft: The incident's draft.
        sources: As for `claims_and_sources`.
    """
    claims: Sequence[Document] = draft.get("claims", ())
    cards = [_claim(claim) for claim in claims]
    if not any("supersedes" in claim for claim in claims):
        return [_in_order(each) for each in cards]
    references = [_Reference(claim.get("label"), tuple(claim.get("supersedes", ()))) for claim in claims]
    for place, later in superseded(references).items():
        day = claims[later].get("stated_on") or sources.get(claims[later]["source"], {}).get("published_on")
        cards[place]["superseded"] = {"number": later + 1, **({"stated_on": day} if day else {})}
    return [_in_order(each) for each in cards]


_NAMED: Final = {called: name for name, called in _CALLED.items()}


def recorded_claims(cards: Iterable[Mapping[str, Any]]) -> list[Document]:
    """Return claims of a card as a draft has them, as far as figures are derived from them."""
    return [{_NAMED.get(name, name): value for name, value in card.items()} for card in cards]


def _claim(claim: Document) -> dict[str, Any]:
    made = {_CALLED.get(name, name): value for name, value in claim.items() if name not in _HIDDEN}
    if claim.get("zero_is_unknown"):
        made["zero_is_unknown"] = True
    if "supersedes" in claim:
        made["supersedes"] = claim["supersedes"]
    return made


def _places(draft: Document, spots: Sequence[Spot]) -> list[dict[str, Any]]:
    return [_place(place, spot) for place, spot in zip(draft.get("places", ()), spots, strict=True)]


def _others(draft: Document, known: Known) -> dict[str, Any]:
    """Return the parties and cases of an incident."""
    return {
        "parties": [_party(party, known.actors) for party in draft.get("parties", ())],
        "cases": [_case(key, known.cases) for key in draft.get("cases", ())],
    }


def _figures(figures: Mapping[str, Figure]) -> dict[str, Any]:
    return {measure: _figure(found) for measure, found in figures.items()}


def _place(place: Document, spot: Spot) -> dict[str, Any]:
    units = [unit for unit in spot.units if unit is not None]
    return {**place, "admin": units} if units else {**place}


def _party(party: Document, actors: Mapping[str, Document]) -> dict[str, Any]:
    actor = actors.get(party["actor"])
    about = {} if actor is None else {"name": actor["name"], "kind": actor["kind"]}
    return {"key": party["actor"], **about, **_without(party, "actor")}


_PHASE: Final = ("from_day", "phase", "state", "title", "until_day")
"""What cards have of a phase of a case, in the order of canonical JSON."""


def _case(key: str, cases: Mapping[str, Document]) -> dict[str, Any]:
    case = cases.get(key)
    if case is None:
        return {"key": key}
    phases = [{name: phase[name] for name in _PHASE if name in phase} for phase in case.get("phases", ())]
    return {"key": key, **({"phases": phases} if phases else {}), "title": case["title"], "type": case["type"]}


def _figure(found: Figure) -> dict[str, Any]:
    cells = {
        "low": found.count.low, "best": found.count.best, "high": found.count.high, "source": found.source,
        "attributed_to": found.attributed_to, "basis": found.basis or None, "voices": found.voices,
        "reason": None if found.reason is None else json.loads(found.reason),
    }  # fmt: skip
    return {name: value for name, value in cells.items() if value is not None}


def _without(document: Document, *names: str) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in names}


def _in_order(document: dict[str, Any]) -> dict[str, Any]:
    """Return an object with its members in the order of canonical JSON, as whoever parses the card finds them."""
    return dict(sorted(document.items()))
