"""Figures: what the map shows, derived from the claims by a named rule.

Nobody knows how many died; sources say so. A *voice* is a document that speaks for itself, or a person or body that
documents quote, and what that voice states about one measure. A policy chooses among the voices; the range shows how
far they disagree. The rule in full:

1. Claims with a scope (about a part of the incident) or without a number are stored but never counted; nor is a claim
   that a later one of its source or voice supersedes.
2. Of several statements of a voice about the same people its last word holds, with what it adds to it later. A voice
   that states a total for everyone is taken at its total, unless it has corrected a breakdown by groups since; else at
   the sum of the widest groups it names. Groups inside a group it names, and groups that overlap others, are not added
   again; but a group whose number is less than that of a group inside it gives way to those inside. A voice is one
   under all its names, in any language: see `voice_names`.
3. A voice is *full* when it states a total, or when its groups cover every group that any voice names; where anybody
   states a total for everyone, one group alone is never full, for who counts the police says nothing of the others.
   Where there is a full voice, only full ones are chosen, and only they set the lower end of the range; any voice can
   raise the upper end. Where there is none, each speaks of some of the people only: the lower end is the chosen
   voice's own, the upper end the sum of the most that anyone states about each of the widest groups.
4. "At least" contradicts no number that is as high. So rules 2 and 3 are applied to the numbers alone, and an "at
   least" then changes nothing where it is at or below the upper end. Above it, it opens the upper end, and leaves the
   lower end and the best number as they are.
5. "At least" becomes the figure itself where nobody states a number, or where the number chosen is not a number of
   everyone: it speaks of one group, or of the groups that its voice names, and the "at least" speaks of more people
   and is above all numbers. The highest "at least" is taken.
6. An editor's pinned claim comes before any policy, with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from willay.data.codebook import codebook
from willay.events.model.figure_policies import DEFAULT_POLICY, POLICIES, Rule, check_policy, chooser
from willay.events.model.values import UNKNOWN_OR_ZERO, Count
from willay.events.model.voice_names import called
from willay.events.model.voices import (
    EVERYONE,
    Claim,
    Voice,
    alone,
    amount,
    at_least,
    covers,
    last_word,
    standing,
    stated,
    widest,
    words,
)
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from willay.events.model.voice_names import Called, VoiceName
    from willay.events.model.voices import Said

__all__ = [
    "DEFAULT_POLICY",
    "FIGURE_MEASURES",
    "POLICIES",
    "POLICY_VERSION",
    "Claim",
    "Figure",
    "captivity_balance",
    "check_policy",
    "figure",
    "figures",
    "stated_policy",
]

POLICY_VERSION: Final = 4
"""Increased when a rule in this module or in `voices` changes, because figures may then differ."""

FIGURE_MEASURES: Final = (
    "killed", "injured", "detained", "missing", "abducted", "released", "escaped", "rescued", "displaced",
)  # fmt: skip
"""The measures that have columns in the incident frame."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is shown for a measure, and why.

    Attributes:
        measure: What is counted.
        count: Low, best and high over the voices; best is the chosen voice's. High is None where somebody says "at
            least" more than anyone's number. Best is None too where the chosen voice only says "at least": low has it.
        source: The key of the document whose number `best`, or "at least", it is; None where it is nobody's own.
        attributed_to: Whom that document quotes, or None.
        basis: `total` (the voice states it), `sum` (of the groups it states), `group` (the one group it states) or
            `pinned`.
        policy: The policy's name.
        voices: How many voices there were.
        reason: The editor's reason, for a pinned claim.

    Example:
        >>> from willay.events import Claim, Count, figures
        >>> figure = figures([Claim("killed", "all", Count(best=3), "daily")])["killed"]
        >>> figure.count.best, figure.source, figure.basis
        (3, 'daily', 'total')
    """

    measure: str
    count: Count
    source: str | None
    attributed_to: VoiceName | None
    basis: str
    policy: str
    voices: int
    reason: str | None = None


def stated_policy(policy: str) -> dict[str, Any]:
    """Return what pages and files state of a policy: `policy`, and `policy_version` where it has one.

    Of one that is not willay's own also `policy_labels` (by language) and `plugins`: the kind, name, distribution and
    version of the plug-in that shaped the figures; without both where it is not installed, and of a function of one's
    own without the second.
    """
    if policy in POLICIES:
        return {"policy": policy, "policy_version": POLICY_VERSION}
    version = policy.version if isinstance(policy, Rule) else policy.partition("@")[2]
    stated: dict[str, Any] = {"policy": str(policy), **({"policy_version": version} if version else {})}
    if isinstance(policy, Rule):
        stated["policy_labels"] = dict(policy.labels)
        if policy.plugin is not None:
            stated["plugins"] = [policy.plugin.facts]
    return stated


def figures(claims: Iterable[Claim], policy: str = DEFAULT_POLICY) -> dict[str, Figure]:
    """Derive the figure of every measure that any claim is about.

    Args:
        claims: The claims of one incident.
        policy: A figure policy, by its name or reference; see `check_policy`.

    Returns:
        Figures by measure, in the codebook's order. A measure without a usable claim is absent: unknown, not zero.

    Raises:
        QueryError: There is no such policy.

    Example:
        >>> from willay.events import Claim, Count, figures
        >>> said = [Claim("killed", "all", Count(best=3), "daily"), Claim("killed", "all", Count(best=5), "radio")]
        >>> [figures(said, policy)["killed"].count.best for policy in ("minimum", "maximum")]
        [3, 5]
    """
    policy = check_policy(policy)
    by_measure: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_measure[claim.measure].append(claim)
    names = called(claim.attributed_to for heard in by_measure.values() for claim in heard)
    found = {measure: figure(by_measure[measure], policy, names) for measure in by_measure}
    return {measure: found[measure] for measure in codebook().measures.codes() if found.get(measure)}  # type: ignore[misc]  # absent ones are filtered


def figure(claims: Sequence[Claim], policy: str = DEFAULT_POLICY, names: Called | None = None) -> Figure | None:
    """Derive the figure of one measure from the claims about it, or None where none is usable.

    Args:
        claims: The claims about it.
        policy: A figure policy; see `check_policy`.
        names: What `called` gives for the voices of the incident; None takes those of these claims.
    """
    names = called(claim.attributed_to for claim in claims) if names is None else names
    heard = standing(claims)
    if not heard:
        return None
    said = words(heard, names)
    pinned = next((each.claim for each in heard if each.claim.pinned), None)
    voice, count = _shown(said, alone(pinned, "pinned", names) if pinned else None, policy)
    return Figure(
        measure=heard[0].claim.measure,
        count=count,
        source=voice.source if voice else None,
        attributed_to=voice.attributed_to if voice else None,
        basis=voice.basis if voice else "total",
        policy=policy,
        voices=len(said),
        reason=pinned.pinned if pinned else None,
    )


def _shown(said: Said, held: Voice | None, policy: str) -> tuple[Voice | None, Count]:
    """Return whose number is shown, None where nobody gives one, and the count.

    Args:
        said: What each voice states about each group.
        held: The pinned claim, if any.
        policy: The policy's name.
    """
    voices, leasts = stated(said), at_least(said)
    if held and held.count.is_at_least:
        return held, held.count
    if not voices:
        return _highest(leasts, policy)
    everyone = {word.group for told in said.values() for word in told if word.count is not None}
    full = _full(voices, everyone)
    chosen = held or _chosen(full or voices, policy)
    least, most = _full_span(full, voices) if full else _partial_span(chosen, said)
    own = chosen.count if chosen else Count()
    low, high = _known(min, least, own.least), _known(max, most, own.ceiling)
    above = [voice for voice in leasts if (voice.count.low or 0) > high]
    wider = [] if held else [voice for voice in above if _speaks_of_more(voice, chosen, voices)]
    if wider:
        return _highest(wider, policy)
    is_open = above or _ends_open(voices, high) or (leasts and _has_more(voices, said))
    return chosen, Count(low, own.best, None if is_open else high)


def _full(voices: Sequence[Voice], everyone: set[str]) -> list[Voice]:
    """Return the voices that speak of everyone, as far as anybody names them: see rule 3 of this module."""
    has_total = any(voice.states_total for voice in voices)
    return [
        voice
        for voice in voices
        if voice.states_total or (covers(voice.groups, everyone) and not (has_total and len(voice.groups) == 1))
    ]


def _highest(leasts: Sequence[Voice], policy: str) -> tuple[Voice, Count]:
    """Return the highest "at least", by the policy where several voices say it."""
    most = max(voice.count.low or 0 for voice in leasts)
    voice = chooser(policy)([voice for voice in leasts if voice.count.low == most])
    return voice, voice.count


def _chosen(voices: Sequence[Voice], policy: str) -> Voice | None:
    """Return the policy's choice; None where nobody gives a number."""
    pointed = [voice for voice in voices if voice.count.best is not None]
    return chooser(policy)(pointed) if pointed else None


def _speaks_of_more(least: Voice, chosen: Voice | None, voices: Sequence[Voice]) -> bool:
    """Return whether an "at least" is about more people than the number chosen; without one, than any voice's least."""
    if chosen is None:
        return not any(_states_least(voice) for voice in voices)
    if chosen.states_total:
        return False
    if least.groups == {EVERYONE}:
        return least.who == chosen.who or chosen.basis == "group"
    return covers(least.groups, chosen.groups) and not covers(chosen.groups, least.groups)


def _states_least(voice: Voice) -> bool:
    return voice.count != UNKNOWN_OR_ZERO and (voice.count.low is not None or voice.count.best is not None)


def _ends_open(voices: Sequence[Voice], high: int) -> bool:
    """Return whether the voice of the highest number leaves its own upper end open."""
    return any(voice.count.is_open and (voice.count.ceiling or 0) >= high for voice in voices)


def _has_more(voices: Sequence[Voice], said: Said) -> bool:
    """Return whether somebody says "at least" of people whom no number counts, where no voice speaks of everyone."""
    every = [word for told in said.values() for word in told]
    if any(voice.states_total or covers(voice.groups, {word.group for word in every}) for voice in voices):
        return False
    numbers: dict[str, int] = {}
    for word in every:
        if word.count is not None:
            numbers[word.group] = max(numbers.get(word.group, 0), word.count.ceiling or 0)
    both = dict(numbers)
    for word in every:
        both[word.group] = max(both.get(word.group, 0), word.least or 0)
    return amount(both) > amount(numbers)


def _full_span(full: Sequence[Voice], voices: Sequence[Voice]) -> tuple[int, int]:
    """Return the least that any full voice allows and the most that any voice states."""
    floors = [voice.count.floor for voice in full if voice.count.floor is not None]
    ceilings = [voice.count.ceiling for voice in voices if voice.count.ceiling is not None]
    states_any = any(voice.count.low is not None or voice.count.best is not None for voice in full)
    return min(floors) if states_any else 0, max(ceilings)


def _partial_span(chosen: Voice | None, said: Said) -> tuple[int, int]:
    """Return the chosen voice's least, and the sum over the widest groups of the most that anyone says."""
    most: dict[str, Count] = {}
    for word in (word for told in said.values() for word in last_word(told)):
        if word.count and (word.group not in most or (word.count.ceiling or 0) >= (most[word.group].ceiling or 0)):
            most[word.group] = word.count
    highest = amount({group: count.ceiling or 0 for group, count in most.items()})
    if chosen and chosen.count.least is not None:
        return chosen.count.least, highest
    return min(most[group].least or 0 for group in widest(most)), highest


def _known(pick: Callable[[Iterable[int]], int], *numbers: int | None) -> int:
    return pick(number for number in numbers if number is not None)


def captivity_balance(figures_by_measure: Mapping[str, Figure]) -> str | None:
    """Check that everyone abducted is accounted for, and return what does not add up, in words.

    abducted = released + escaped + rescued + killed in captivity + still held. The check is made only where
    `abducted` and at least one of the outcomes are known, on their best numbers.

    Returns:
        The mismatch in words, or None where the numbers agree or cannot be checked.

    Example:
        >>> from willay.events import Claim, Count, captivity_balance, figures
        >>> said = [Claim("abducted", "all", Count(best=5), "daily"), Claim("released", "all", Count(best=7), "daily")]
        >>> captivity_balance(figures(said)) is None
        False
    """
    outcomes = ("released", "escaped", "rescued", "killed-in-captivity", "still-held")
    taken = figures_by_measure.get("abducted")
    known = {name: fig.count.best for name in outcomes if (fig := figures_by_measure.get(name))}
    if taken is None or taken.count.best is None or not known or None in known.values():
        return None
    total = sum(number for number in known.values() if number is not None)
    if total == taken.count.best:
        return None
    said = codebook().measures.spoken
    return tr(
        "{n} {taken}, but {parts} = {total}: a difference of {difference}",
        n=taken.count.best,
        taken=said("abducted"),
        parts=" + ".join(f"{number} {said(name).replace('-', ' ')}" for name, number in known.items()),
        total=total,
        difference=abs(taken.count.best - total),
    )
