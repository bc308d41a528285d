"""Voices: what each document, person or body states about a measure, made of its claims.

A voice states numbers, "at least" numbers, or both; the two are kept apart, since an "at least" contradicts no number
that is as high. `stated` gives the voices by their numbers, `at_least` those that say "at least", with the least that
all they say amounts to.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from willay.data.codebook import codebook
from willay.events.model.corrections import superseded, who_says
from willay.events.model.values import Count, reckoned
from willay.events.model.voice_names import ALONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from willay.events.model.voice_names import Called, VoiceName

EVERYONE: Final = "all"
"""The group that includes all others."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as the policies see it: numbers, group, and who says so with what standing.

    Attributes:
        measure: What is counted (codebook).
        group: Of whom (codebook).
        count: The numbers.
        source: The key of the document.
        attributed_to: Whom the document quotes, one text or texts by language, or None.
        kind: The kind of the voice (codebook: source kinds).
        stated_on: ISO day, month or year; empty where not known.
        scoped: Whether it is about a part of the incident only.
        zero_is_unknown: Whether its 0 means "none mentioned".
        pinned: The editor's reason for holding to it (as the caller keeps it), or None.
        position: Its place in the incident's list, from 0.
        label: The name by which later claims take it back, or None.
        supersedes: The labels of the claims that it takes back.
        adds: Whether it counts additional people, to be added to what its voice said before.

    Example:
        >>> from willay.events import Claim, Count, figures
        >>> claims = [Claim("killed", "all", Count(best=3), "daily"), Claim("killed", "all", Count(low=5), "radio")]
        >>> figures(claims, "median")["killed"].count
        Count(low=3, best=3, high=None)
    """

    measure: str
    group: str
    count: Count
    source: str
    attributed_to: VoiceName | None = None
    kind: str = "other"
    stated_on: str = ""
    scoped: bool = False
    zero_is_unknown: bool = False
    pinned: str | None = None
    position: int = 0
    label: str | None = None
    supersedes: tuple[str, ...] = ()
    adds: bool = False

    @property
    def numbers(self) -> Count:
        """The numbers as they are to be calculated with."""
        return reckoned(self.count, zero_is_unknown=self.zero_is_unknown)


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim that counts.

    Attributes:
        claim: The claim.
        since: The place in the list from which its number counts: its own, or that of the first claim it corrects.
        adds: Whether it adds to what its voice said before; what corrects an addition is one.
    """

    claim: Claim
    since: int
    adds: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """What a voice states about a measure.

    Attributes:
        who: Its identity, different from other voices.
        source: The key of the document that says so last.
        attributed_to: Whom that document quotes, or None.
        rank: How the policy `ranked-source` believes it, 1 first.
        stated_on: When it said so last.
        position: The first place in the list of what it says.
        count: The numbers; those of groups are added up.
        groups: Of whom.
        basis: `total`, `sum` (of groups), `group` (the one it states) or `pinned`.

    Example:
        >>> import willay as wy
        >>> def first(voices):
        ...     return min(voices, key=lambda voice: voice.position)
        >>> with wy.create("empty.gpkg", country="PE") as db:
        ...     db.select(policy=first).attrs["policy"]
        'own:first'
    """

    who: str
    source: str
    attributed_to: VoiceName | None
    rank: int
    stated_on: str
    position: int
    count: Count
    groups: frozenset[str]
    basis: str

    @property
    def states_total(self) -> bool:
        """Whether it speaks of everyone in one number."""
        return self.basis == "total"


@dataclass(frozen=True, slots=True)
class Word:
    """What a voice states about one group in the end.

    Attributes:
        group: Of whom.
        count: The numbers; None where it only says "at least".
        least: What it says there are at least; None where it does not.
        heard: The claims behind the numbers, or behind the "at least" where there are none.
        position: The first place in the list of all that it states about the group.
    """

    group: str
    count: Count | None
    least: int | None
    heard: tuple[Claim, ...]
    position: int


Said: TypeAlias = "Mapping[str, Sequence[Word]]"
"""What each voice states about each group, by voice."""


def standing(claims: Sequence[Claim]) -> list[Standing]:
    """Return the claims that count: about all of the incident, with a number, and not superseded."""
    usable = [claim for claim in claims if not claim.scoped and claim.count.floor is not None]
    if not any(claim.supersedes for claim in claims):  # as nearly always
        return [Standing(claim, claim.position, claim.adds) for claim in usable]
    gone = superseded(claims)
    by_label = {claim.label: claim for claim in claims if claim.label}

    def origin(claim: Claim, seen: frozenset[str]) -> tuple[int, bool]:
        """Return the first place of a chain of corrections, and whether it begins with an addition."""
        before = [origin(by_label[name], seen | {name}) for name in claim.supersedes if name in by_label.keys() - seen]
        return min([claim.position, *(place for place, _ in before)]), claim.adds or any(adds for _, adds in before)

    taken_back = {id(claims[place]) for place in gone}
    return [Standing(claim, *origin(claim, frozenset())) for claim in usable if id(claim) not in taken_back]


def words(claims: Iterable[Standing], names: Called = ALONE) -> dict[str, list[Word]]:
    """Return what each voice states about each group in the end, by voice.

    Args:
        claims: The claims about one measure.
        names: What the voices of the incident are compared by.
    """
    said: dict[str, dict[str, list[Standing]]] = defaultdict(lambda: defaultdict(list))
    for each in claims:
        said[who_says(each.claim, names)][each.claim.group].append(each)
    return {who: [_word(group, heard) for group, heard in by_group.items()] for who, by_group in said.items()}


def _word(group: str, heard: Sequence[Standing]) -> Word:
    """Take a voice's last number, and what it adds to it later in the list; and the most that it says "at least"."""
    if len(heard) == 1:  # as mostly
        only = heard[0].claim
        says_least = only.numbers.is_at_least
        count, least = (None, only.numbers.low) if says_least else (only.numbers, None)
        return Word(group, count, least, (only,), only.position)
    bases = [each for each in heard if not each.adds]
    numbers = [each for each in bases if not each.claim.numbers.is_at_least]
    leasts = [each for each in bases if each.claim.numbers.is_at_least]
    last = max(numbers, key=lambda each: (each.claim.stated_on, each.claim.position)) if numbers else None
    parts = _with_additions(last, heard) if last or not leasts else []
    sums = [_least(_with_additions(each, heard)) for each in leasts]
    if any(each.claim.numbers.is_at_least for each in parts):
        sums.append(_least(parts))
        parts = []
    shown = parts or [each for each in heard if each.claim.numbers.is_at_least or each.adds]
    return Word(
        group,
        added([each.claim.numbers for each in parts]) if parts else None,
        max(sums, default=None),
        tuple(each.claim for each in shown),
        min(each.claim.position for each in (numbers or heard)),
    )


def _with_additions(base: Standing | None, heard: Sequence[Standing]) -> list[Standing]:
    more = [each for each in heard if each.adds and (base is None or each.since > base.since)]
    return more if base is None else [base, *more]


def _least(parts: Iterable[Standing]) -> int:
    return sum(each.claim.numbers.least or 0 for each in parts)


def stated(said: Said) -> list[Voice]:
    """Return the voices that state numbers, with the total each states or the sum of its widest groups."""
    return [_stated(who, told) for who, told in said.items() if any(word.count is not None for word in told)]


def _stated(who: str, told: Sequence[Word]) -> Voice:
    counted = last_word(told)
    count = added([word.count for word in counted if word.count is not None])
    groups = frozenset(word.group for word in counted)
    basis = "total" if EVERYONE in groups else "sum" if len(groups) > 1 else "group"
    first = min(word.position for word in told if word.count is not None)
    return _voice(who, counted, (count, groups, basis), first)


def at_least(said: Said) -> list[Voice]:
    """Return the voices that say "at least" of anyone; `count.low` is the least that all they say amounts to."""
    return [_at_least(who, told) for who, told in said.items() if any(word.least is not None for word in told)]


def _at_least(who: str, told: Sequence[Word]) -> Voice:
    bounds = {word.group: word.count.least or 0 for word in last_word(told) if word.count is not None}
    opened = [word for word in told if word.least is not None]
    for word in opened:
        bounds[word.group] = max(bounds.get(word.group, 0), word.least or 0)
    least = amount(bounds)
    total = [word for word in opened if word.group == EVERYONE and word.least == least]
    groups = frozenset({EVERYONE}) if total else frozenset(bounds) - {EVERYONE}
    basis = "total" if total else "sum" if len(groups) > 1 else "group"
    return _voice(who, total or opened, (Count(least), groups, basis), min(word.position for word in told))


def alone(claim: Claim, basis: str, names: Called = ALONE) -> Voice:
    """Return a claim as a voice of its own."""
    word = Word(claim.group, claim.numbers, None, (claim,), claim.position)
    return _voice(who_says(claim, names), [word], (claim.numbers, frozenset({claim.group}), basis), claim.position)


def _voice(who: str, said: Sequence[Word], what: tuple[Count, frozenset[str], str], position: int) -> Voice:
    heard = [claim for word in said for claim in word.heard]
    cited = max(heard, key=lambda claim: (claim.stated_on, claim.position))
    count, groups, basis = what
    rank = min(codebook().source_kinds[claim.kind].facts["rank"] for claim in heard)
    return Voice(who, cited.source, cited.attributed_to, rank, cited.stated_on, position, count, groups, basis)


def last_word(told: Sequence[Word]) -> list[Word]:
    """Return the total, unless a breakdown was corrected after it was said; else the widest groups.

    One group alone does not break a total down: who says 49 in all, and later one police officer, still says 49.
    """
    numbers = [word for word in told if word.count is not None]
    if len(numbers) < 2:  # noqa: PLR2004 — nothing to choose between
        return numbers
    totals = [word for word in numbers if word.group == EVERYONE]
    groups = [word for word in numbers if word.group != EVERYONE]
    held = _widest_words(groups)
    if totals and (len(held) == 1 or not any(_last_day(word) > _last_day(totals[0]) for word in groups)):
        return totals
    return held


def _widest_words(told: Sequence[Word]) -> list[Word]:
    """Return the widest groups; one whose number is less than that of a group inside it gives way to those inside.

    Groups may share people, as residents and children do, so that a sum of those inside may well be more.
    """
    inside = codebook().group_within
    names = widest([word.group for word in told])
    held: list[Word] = []
    for word in (word for word in told if word.group in names):
        within = [other for other in told if other.group != word.group and inside(other.group, word.group)]
        inner = _widest_words(within)
        held.append(_of(word.group, inner) if max(map(_size, inner), default=0) > _size(word) else word)
    return held


def _of(group: str, inner: Sequence[Word]) -> Word:
    """Return what a voice states about the groups inside one as its word about that group."""
    counts = [word.count for word in inner if word.count is not None]
    heard = tuple(claim for word in inner for claim in word.heard)
    return Word(group, added(counts), None, heard, min(word.position for word in inner))


def _size(word: Word) -> int:
    count = word.count
    return 0 if count is None else count.point if count.point is not None else count.ceiling or 0


def _last_day(word: Word) -> str:
    return max(claim.stated_on for claim in word.heard)


def amount(bounds: Mapping[str, int]) -> int:
    """Return what numbers of groups amount to: none less than the groups inside it, those side by side added."""
    inside = codebook().group_within
    overlapping = [name for name in bounds if codebook().groups[name].facts.get("overlaps")]
    plain = [name for name in bounds if name not in overlapping]

    def of(names: Sequence[str]) -> int:
        tops = [name for name in names if not any(other != name and inside(name, other) for other in names)]
        return sum(max(bounds[top], of([name for name in names if name != top and inside(name, top)])) for top in tops)

    return max([of(plain), *(bounds[name] for name in overlapping)])


def widest(names: Iterable[str]) -> list[str]:
    """Return the groups named, each once, without those that lie inside or overlap another one named."""
    book = codebook()
    listed = list(dict.fromkeys(names))
    apart = [name for name in listed if not book.groups[name].facts.get("overlaps")] or listed[:1]
    return [name for name in apart if not any(o != name and book.group_within(name, o) for o in apart)]


def covers(groups: frozenset[str], everyone: Iterable[str]) -> bool:
    """Return whether every group named lies within some groups; the total is not asked for."""
    inside = codebook().group_within
    return all(name == EVERYONE or any(inside(name, group) for group in groups) for name in everyone)


def added(counts: Sequence[Count]) -> Count:
    """Add counts up: the sum has a best where all have one, and no most where one of them has none."""

    def total(parts: Sequence[int | None]) -> int | None:
        return None if None in parts else sum(part for part in parts if part is not None)

    if len(counts) == 1:
        return counts[0]
    return Count(
        total([count.least for count in counts]),
        total([count.best for count in counts]),
        None if any(count.is_open for count in counts) else total([count.ceiling for count in counts]),
    )
