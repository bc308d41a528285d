"""The list of claims of an incident: what is added to it, what is withdrawn from it, and what a change would drop.

Claims are numbered from 1, in the order in which they were entered. Nothing here loses a claim without saying so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.data.codebook import codebook
from willay.events.model.corrections import resolved, superseded, voice_in_words, who_says
from willay.events.model.errors import DraftError, NotFoundError, RefusedError, UnclearClaimError
from willay.events.model.figure_words import brief_figure
from willay.events.model.values import parse_day, reckoned
from willay.events.model.voice_names import ALONE, called
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from willay.events.model.drafts import ClaimDraft
    from willay.events.model.voice_names import Called

    Claims = tuple[ClaimDraft, ...]

_NAMED: Final = 10
"""The most claims that a message names."""

IN_PARTS: Final = frozenset({"released", "escaped", "rescued"})
"""Measures for which a later count may be of additional people or of all people together."""


def with_added(known: Claims, new: Sequence[ClaimDraft], dated: Mapping[str, str | None]) -> Claims:
    """Return a list of claims with new ones at its end, references resolved.

    A claim that is there in every word is not added again.

    Args:
        known: The claims there are.
        new: The claims to add, in order.
        dated: The dates of sources, by key.

    Raises:
        UnclearClaimError: A new claim counts the same people as one of the same source, and does not state whether it
            corrects that one or adds to it.
        DraftError: A reference does not hold.
    """
    listed = known
    for place, claim in enumerate(new):
        if claim in listed:
            continue
        number = _earlier(listed, claim, dated)
        if number is not None:
            facts = tr(
                "Claim {number} states {earlier}; the new claim states {new}.",
                number=number,
                earlier=in_words(listed[number - 1]),
                new=in_words(claim),
            )
            raise UnclearClaimError(facts, number, place)
        listed = _resolved((*listed, claim))
    return listed


def _earlier(listed: Claims, claim: ClaimDraft, dated: Mapping[str, str | None]) -> int | None:
    """Return the number of the standing claim that a new one might correct or add to; None where that is clear.

    It is clear where the new one says so, is about a part of the incident, or repeats the same count. A count that was
    stated on a later day is its voice's last word, except where people come free in parts.
    """
    if claim.supersedes or claim.adds or claim.scope or claim.count.floor is None:
        return None
    gone = superseded(listed)
    names = called(each.attributed_to for each in (*listed, claim))
    same = [
        place
        for place, other in enumerate(listed)
        if place not in gone and not other.scope and _subject(other, names) == _subject(claim, names)
    ]
    if not same:
        return None
    last = listed[same[-1]]
    days = [each.stated_on or dated.get(each.source) for each in (last, claim)]
    if last.count == claim.count and (claim.measure not in IN_PARTS or days[0] == days[1]):
        return None
    is_later = claim.stated_on and days[0] and parse_day(claim.stated_on)[0] > parse_day(days[0])[1]
    return None if is_later and claim.measure not in IN_PARTS else same[-1] + 1


def _subject(claim: ClaimDraft, names: Called = ALONE) -> tuple[str, str, str, str]:
    return claim.measure, claim.group, claim.source, who_says(claim, names)


def _resolved(claims: Claims) -> Claims:
    try:
        return resolved(claims)
    except ValueError as error:
        raise DraftError.at("claims", str(error)) from None


def without(claims: Claims, number: int) -> Claims:
    """Return a list of claims without one of them.

    Raises:
        NotFoundError: There is no claim of that number.
        RefusedError: Another claim supersedes it or adds to it; the message states which.
    """
    place = _place(claims, number)
    gone = claims[place]
    for other, claim in enumerate(claims, start=1):
        if gone.label and gone.label in claim.supersedes:
            raise RefusedError(
                tr(
                    "Claim {number} ({words}) is superseded by claim {other}, so it is already left out of all "
                    "figures, and claim {other} would have nothing to correct. To withdraw both, withdraw claim "
                    "{other} first.",
                    number=number,
                    words=in_words(gone),
                    other=other,
                )
            )
    left = (*claims[:place], *claims[place + 1 :])
    try:
        return resolved(left)
    except ValueError:
        raise RefusedError(
            tr(
                "Claim {number} ({words}) cannot be withdrawn, because a later claim adds to it. Withdraw "
                "the later claim first; willay show lists its number.",
                number=number,
                words=in_words(gone),
            )
        ) from None


def _place(claims: Claims, number: int) -> int:
    if not 0 < number <= len(claims):
        raise NotFoundError(
            tr(
                "The incident has no claim {number}. It has {n}, numbered from 1. To list the claims: willay show.",
                number=number,
                n=len(claims),
            )
            if claims
            else tr(
                "The incident has no claim {number}. It has no claims. To list the claims: willay show.", number=number
            )
        )
    return number - 1


def consequences(claims: Claims, number: int) -> tuple[str, ...]:
    """Return in words what else follows from withdrawing a claim: pins that end, and counts that count again."""
    place = _place(claims, number)
    gone, before = claims[place], superseded(claims)
    after = superseded([claim for claim in claims if claim is not gone])
    told = [tr("it was pinned; the policy now chooses the figure")] if gone.pinned and place not in before else []
    others = [other for other in range(len(claims)) if other != place]
    again = [other + 1 for position, other in enumerate(others) if other in before and position not in after]
    return (*told, *(tr("claim {number} is used in figures again", number=other) for other in again))


def dropped(before: Claims, after: Claims) -> tuple[int, ...]:
    """Return the numbers of the claims that a new list has no more, neither as they were nor changed.

    A claim is there as long as the new list has another one of its source on its measure.
    """
    numbers = list(range(1, len(before) + 1))
    left = list(after)
    for alike in _LIKENESS:
        still = []
        for number in numbers:
            twin = next((claim for claim in left if alike(claim) == alike(before[number - 1])), None)
            if twin is None:
                still.append(number)
            else:
                left.remove(twin)
        numbers = still
    return tuple(numbers)


_LIKENESS: Final[tuple[Callable[[ClaimDraft], object], ...]] = (
    lambda claim: claim,
    lambda claim: claim.model_copy(update={"label": None, "supersedes": (), "adds": None}),
    _subject,
    lambda claim: (claim.measure, claim.source),
)
"""Keys by which a claim is found in a new list, the most reliable first."""


def refuse_dropping(before: Claims, after: Claims, code: str) -> None:
    """Refuse a change that would drop claims on the way.

    Raises:
        RefusedError: It would; the message names each of them, and what to do.
    """
    lost = dropped(before, after)
    if lost:
        named = "; ".join(
            tr("claim {number} ({words})", number=number, words=in_words(before[number - 1]))
            for number in lost[:_NAMED]
        )
        if len(lost) > _NAMED:
            named = tr("{listed} and {n} more", listed=named, n=len(lost) - _NAMED)
        raise RefusedError(
            tr(
                "This change would delete {named}. An edit cannot delete a claim. To withdraw it, with a "
                "reason: willay claim withdraw {code} {number} --reason TEXT. If its source corrected the count, "
                "add the new count: willay claim add {code} MEASURE=COUNT --source KEY --supersedes {number}",
                named=named,
                code=code,
                number=lost[0],
            )
        )


def in_words(claim: ClaimDraft) -> str:
    """Return a claim in a few words: "killed 19, civilians, by radio"."""
    book = codebook()
    told = {
        "measure": book.measures.spoken(claim.measure),
        "count": _count(claim),
        "group": book.groups.spoken(claim.group),
        "voice": voice_in_words(claim),
    }
    if claim.group == "all":
        return tr("{measure} {count}, by {voice}", **told)
    return tr("{measure} {count}, {group}, by {voice}", **told)


def _count(claim: ClaimDraft) -> str:
    return brief_figure(reckoned(claim.count, zero_is_unknown=claim.zero_is_unknown))
