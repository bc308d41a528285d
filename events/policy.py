"""Figures: what the map shows, derived from the claims by a named rule.

Nobody knows how many died; sources say so. A *voice* is a document that speaks for itself, or a person or body that
documents quote, and what that voice says of one measure. A policy chooses among the voices; the range shows how far
they disagree. The rule in full:

1. Claims with a scope (about a part of the incident) or without a number are kept and never counted.
2. Of several statements of a voice about the same people its last word holds. A voice that states a total for everyone
   is taken at its total, unless it has corrected a group since; else at the sum of the widest groups it names. Groups
   inside a group it names, and groups that overlap others, are not added again.
3. A voice is *full* when it states a total, or when its groups cover every group that any voice names. Where there is
   a full voice, only full ones are chosen, and only they set the lower end of the range; any voice can raise the upper
   end. Where there is none, each speaks of some of the people only: the lower end is the chosen voice's own, the upper
   end the sum of the most that anyone says of each of the widest groups.
4. An editor's pinned claim comes before any policy, with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING, Final

from willay.data.codebook import codebook
from willay.events.errors import QueryError
from willay.events.values import Count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

POLICY_VERSION: Final = 1
"""Raised when any rule of this module changes, since figures may then differ."""

FIGURE_MEASURES: Final = (
    "killed", "injured", "detained", "missing", "abducted", "released", "escaped", "rescued", "displaced",
)  # fmt: skip
"""The measures that have columns in the incident frame."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as the policies see it: numbers, group, and who says so with what standing.

    Attributes:
        measure: What is counted (codebook).
        group: Of whom (codebook).
        count: The numbers.
        source: The key of the document.
        attributed_to: Whom the document quotes, or None.
        kind: The kind of the voice (codebook: source kinds).
        stated_on: ISO day, month or year; empty where not known.
        scoped: Whether it is about a part of the incident only.
        zero_is_unknown: Whether its 0 means "none mentioned".
        pinned: The editor's reason for holding to it (as the caller keeps it), or None.
        position: Its place in the incident's list, from 0.
    """

    measure: str
    group: str
    count: Count
    source: str
    attributed_to: str | None = None
    kind: str = "other"
    stated_on: str = ""
    scoped: bool = False
    zero_is_unknown: bool = False
    pinned: str | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """What is shown for a measure, and why.

    Attributes:
        measure: What is counted.
        count: Low, best and high over the voices; best is the chosen voice's. High is None where the voice that
            says most says "at least": 30+ has no most.
        source: The key of the document whose number `best` is; None where it is nobody's own (unknown).
        attributed_to: Whom that document quotes, or None.
        basis: `total` (the voice states it), `sum` (of the groups it states), `group` (the one group it states) or
            `pinned`.
        policy: The policy's name.
        voices: How many voices there were.
        reason: The editor's reason, for a pinned claim.
    """

    measure: str
    count: Count
    source: str | None
    attributed_to: str | None
    basis: str
    policy: str
    voices: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Voice:
    source: str
    attributed_to: str | None
    rank: int
    stated_on: str
    position: int
    count: Count
    groups: frozenset[str]
    basis: str
    is_open: bool
    """Whether it says "at least": it names no most."""

    @property
    def states_total(self) -> bool:
        return self.basis == "total"


def _by_rank(voices: Sequence[_Voice]) -> _Voice:
    """Choose by kind of source, then a stated total before a sum, then the latest, then the order of the list."""
    best_rank = min(voice.rank for voice in voices)
    peers = [voice for voice in voices if voice.rank == best_rank]
    totals = [voice for voice in peers if voice.states_total] or peers
    return _by_date(totals)


def _by_date(voices: Sequence[_Voice]) -> _Voice:
    """Choose the latest; of equally late ones the first listed. ISO texts sort by day, a bare year as its first."""
    return max(voices, key=lambda voice: (voice.stated_on, -voice.position))


def _by_number(pick: Callable[[Sequence[int]], int]) -> Callable[[Sequence[_Voice]], _Voice]:
    def choose(voices: Sequence[_Voice]) -> _Voice:
        number = pick([voice.count.point for voice in voices if voice.count.point is not None])
        return _by_rank([voice for voice in voices if voice.count.point == number])

    return choose


POLICIES: Final[Mapping[str, Callable[[Sequence[_Voice]], _Voice]]] = {
    "ranked-source": _by_rank,
    "latest": _by_date,
    "median": _by_number(median_low),
    "minimum": _by_number(min),
    "maximum": _by_number(max),
}
"""The policies by name. `median` takes the lower middle, so that it is always a number that somebody states."""

DEFAULT_POLICY: Final = "ranked-source"


def check_policy(name: str) -> str:
    """Return a policy's name if there is such a policy.

    Raises:
        QueryError: There is none.
    """
    if name not in POLICIES:
        raise QueryError(f"No policy is called {name[:80]!r}. Choose one of: {', '.join(POLICIES)}.")
    return name


def figures(claims: Iterable[Claim], policy: str = DEFAULT_POLICY) -> dict[str, Figure]:
    """Derive the figure of every measure that any claim is about.

    Args:
        claims: The claims of one incident.
        policy: A name of `POLICIES`.

    Returns:
        Figures by measure, in the codebook's order. A measure without a usable claim is absent: unknown, not zero.

    Raises:
        QueryError: There is no such policy.
    """
    check_policy(policy)
    by_measure: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_measure[claim.measure].append(claim)
    found = {measure: figure(by_measure[measure], policy) for measure in by_measure}
    return {measure: found[measure] for measure in codebook().measures.codes() if found.get(measure)}  # type: ignore[misc]  # absent ones are filtered


def figure(claims: Sequence[Claim], policy: str = DEFAULT_POLICY) -> Figure | None:
    """Derive the figure of one measure from the claims about it, or None where none is usable."""
    usable = [c for c in claims if not c.scoped and c.count.floor is not None]
    known = [_as_unknown_or_zero(claim) for claim in usable]
    voices = _voices(known)
    if not voices:
        return None
    everyone = frozenset(claim.group for claim in known)
    full = [v for v in voices if v.states_total or _covers(v.groups, everyone)]
    chosen = _chosen(known, full or voices, policy)
    span = _full_span(full, voices) if full else _partial_span(chosen, known)
    best = chosen.count.point if chosen else None
    most = _most(span.high, best)
    return Figure(
        measure=known[0].measure,
        count=Count(_least(span.low, best), best, None if _without_most(voices, most) else most),
        source=chosen.source if chosen else None,
        attributed_to=chosen.attributed_to if chosen else None,
        basis=chosen.basis if chosen else "total",
        policy=policy,
        voices=len(voices),
        reason=next((claim.pinned for claim in known if claim.pinned), None),
    )


def _chosen(claims: Sequence[Claim], voices: Sequence[_Voice], policy: str) -> _Voice | None:
    """Return the pinned claim as a voice of its own, else the policy's choice; None where nobody gives a number."""
    pinned = next((claim for claim in claims if claim.pinned), None)
    if pinned:
        return _voice([pinned], basis="pinned")
    pointed = [voice for voice in voices if voice.count.point is not None]
    return POLICIES[policy](pointed) if pointed else None


def _as_unknown_or_zero(claim: Claim) -> Claim:
    """Take a dataset's 0 that means "not mentioned" for what it is: nothing known, at least none."""
    if not claim.zero_is_unknown:
        return claim
    return Claim(
        claim.measure, claim.group, Count(0, None, 0), claim.source, claim.attributed_to, claim.kind, claim.stated_on
    )


def _voices(claims: Sequence[Claim]) -> list[_Voice]:
    said: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        who = f"by {claim.attributed_to.casefold()}" if claim.attributed_to else f"in {claim.source}"
        said[who].append(claim)
    return [_voice(heard) for heard in said.values()]


def _voice(claims: Sequence[Claim], basis: str | None = None) -> _Voice:
    counted = _last_word(claims)
    cited = _latest(counted)
    return _Voice(
        source=cited.source,
        attributed_to=cited.attributed_to,
        rank=min(codebook().source_kinds[claim.kind].facts["rank"] for claim in counted),
        stated_on=cited.stated_on,
        position=min(claim.position for claim in claims),
        count=_sum([claim.count for claim in counted]),
        groups=frozenset(claim.group for claim in counted),
        basis=basis or ("total" if cited.group == "all" else "sum" if len(counted) > 1 else "group"),
        is_open=any(_is_open(claim.count) for claim in counted),
    )


def _is_open(count: Count) -> bool:
    return count.low is not None and count.best is None and count.high is None


def _without_most(voices: Sequence[_Voice], most: int | None) -> bool:
    """Say whether a voice that says "at least" says at least as much as the most that anyone states."""
    return most is None or any(voice.is_open and (voice.count.floor or 0) >= most for voice in voices)


def _last_word(claims: Sequence[Claim]) -> list[Claim]:
    """Return the total, unless a group was corrected after it was said; else the widest groups."""
    totals = [claim for claim in claims if claim.group == "all"]
    groups = [claim for claim in claims if claim.group != "all"]
    if totals and not any(claim.stated_on > _latest(totals).stated_on for claim in groups):
        return [_latest(totals)]
    return _widest(groups)


def _latest(claims: Sequence[Claim]) -> Claim:
    """Of several statements by one voice about the same people, its last word."""
    return max(claims, key=lambda claim: (claim.stated_on, claim.position))


def _widest(claims: Sequence[Claim]) -> list[Claim]:
    """Return one claim for each group, without groups that lie inside or overlap another one named."""
    book = codebook()
    by_group: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_group[claim.group].append(claim)
    names = [name for name in by_group if not book.groups[name].facts.get("overlaps")] or list(by_group)[:1]
    wide = [name for name in names if not any(o != name and book.group_within(name, o) for o in names)]
    return [_latest(by_group[name]) for name in wide]


def _covers(groups: frozenset[str], everyone: frozenset[str]) -> bool:
    inside = codebook().group_within
    return all(name == "all" or any(inside(name, group) for group in groups) for name in everyone)


def _sum(counts: Sequence[Count]) -> Count:
    def total(parts: Sequence[int | None]) -> int | None:
        return None if None in parts else sum(part for part in parts if part is not None)

    if len(counts) == 1:
        return counts[0]
    return Count(
        total([count.floor for count in counts]),
        total([count.point for count in counts]),
        total([count.high if count.high is not None else count.point for count in counts]),
    )


def _full_span(full: Sequence[_Voice], voices: Sequence[_Voice]) -> Count:
    """Return the least that any full voice allows and the most that any voice states."""
    floors = [voice.count.floor for voice in full if voice.count.floor is not None]
    ceilings = [voice.count.ceiling for voice in voices if voice.count.ceiling is not None]
    return Count(min(floors), None, max(ceilings))


def _partial_span(chosen: _Voice | None, claims: Sequence[Claim]) -> Count:
    """Return the chosen voice's least, and the sum over the widest groups of the most that anyone says."""
    most: dict[str, tuple[int, Claim]] = {}
    for claim in claims:
        ceiling = claim.count.ceiling
        if ceiling is not None and ceiling >= most.get(claim.group, (-1, claim))[0]:
            most[claim.group] = (ceiling, claim)
    widest = _widest([claim for _, claim in most.values()])
    low = chosen.count.floor if chosen else min(c.count.floor for c in widest if c.count.floor is not None)
    highest = max(ceiling for ceiling, _ in most.values())
    return Count(low, None, max(highest, sum(most[claim.group][0] for claim in widest)))


def _least(low: int | None, best: int | None) -> int | None:
    return best if low is None else low if best is None else min(low, best)


def _most(high: int | None, best: int | None) -> int | None:
    return best if high is None else high if best is None else max(high, best)


def captivity_balance(figures_by_measure: Mapping[str, Figure]) -> str | None:
    """Check that everyone abducted is accounted for, and say what does not add up.

    abducted = released + escaped + rescued + killed in captivity + still held. The check is made only where
    `abducted` and at least one of the outcomes are known, on their best numbers.

    Returns:
        The mismatch in words, or None where the numbers agree or cannot be checked.
    """
    outcomes = ("released", "escaped", "rescued", "killed-in-captivity", "still-held")
    taken = figures_by_measure.get("abducted")
    known = {name: fig.count.best for name in outcomes if (fig := figures_by_measure.get(name))}
    if taken is None or taken.count.best is None or not known or None in known.values():
        return None
    total = sum(number for number in known.values() if number is not None)
    if total == taken.count.best:
        return None
    parts = " + ".join(f"{number} {name.replace('-', ' ')}" for name, number in known.items())
    return f"{taken.count.best} abducted, but {parts} = {total}: {abs(taken.count.best - total)} do not add up"
