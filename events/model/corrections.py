"""Corrections: claims of an incident that a later claim of the same source or voice takes back, or adds to.

A claim that *supersedes* others corrects them: it is of the same source, or of the same person or body that sources
quote, and of the same measure. They are stored and shown as superseded, and leave figures and ranges.

The claim that is taken back gets a *label*, `c` and the number it had when it was first named; the later one lists the
labels. So the reference holds when claims are edited, moved or carried to another database, and it names nobody: a
label says nothing that a profile would have to hide. A person writes the claim's number instead, from 1 in the list.

A claim that *adds* counts additional people: its number is added to what its voice said before it in the list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Final, Protocol, TypeVar

from pydantic import AfterValidator, BeforeValidator

from willay.data.codebook import codebook
from willay.events.model.fields import Written
from willay.events.model.values import local
from willay.events.model.voice_names import ALONE, called, voice_key
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from willay.events.model.values import Count
    from willay.events.model.voice_names import Called, VoiceName

LABEL: Final = re.compile(r"c[1-9]\d{0,5}")
"""The form of a label; it cannot contain a name."""


WITHHELD_KEY: Final = "withheld-"
"""The beginning of the key that a profile gives to a source whose name is withheld."""


class Referring(Protocol):
    """Anything that may have a label and name those of others; a number is a place in the list, from 1."""

    @property
    def label(self) -> str | None: ...  # noqa: D102 — as ClaimDraft has it, like all below
    @property
    def supersedes(self) -> Sequence[int | str]: ...  # noqa: D102


class Attributed(Protocol):
    """Anything that somebody says."""

    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def attributed_to(self) -> VoiceName | None: ...  # noqa: D102


class Said(Referring, Attributed, Protocol):
    """What corrections need to know of a claim, which is a frozen model."""

    @property
    def measure(self) -> str: ...  # noqa: D102
    @property
    def group(self) -> str: ...  # noqa: D102
    @property
    def count(self) -> Count: ...  # noqa: D102
    @property
    def scope(self) -> Mapping[str, str] | None: ...  # noqa: D102
    @property
    def adds(self) -> bool | None: ...  # noqa: D102

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 — the same type
        """Return it with other values."""


AnySaid = TypeVar("AnySaid", bound=Said)


def who_says(claim: Attributed, names: Called = ALONE) -> str:
    """Return the identity of the voice of a claim: the person or body that a document quotes, else the document.

    Args:
        claim: The claim.
        names: What `called` gave for the voices of all claims of the incident, where there are others.
    """
    return f"by {voice_key(claim.attributed_to, names)}" if claim.attributed_to else f"in {claim.source}"


def read_label(text: str) -> str:
    """Return a label.

    Raises:
        ValueError: It is not one.
    """
    if not LABEL.fullmatch(text):
        raise ValueError(
            tr(
                "{text!r} is not a valid label of a claim. Write c and a number, such as c2, or leave the label out.",
                text=text[:80],
            )
        )
    return text


def read_names(value: object) -> list[int | str]:
    """Read what claims a claim supersedes: one or several numbers or labels; nothing names none.

    Raises:
        ValueError: One of them is neither.
    """
    listed = value if isinstance(value, (list, tuple)) else [] if value is None else [value]
    return [_read_name(each) for each in listed]


def _read_name(each: object) -> int | str:
    text = str(each).strip()
    if isinstance(each, bool) or not (text.isdecimal() or LABEL.fullmatch(text)):
        raise ValueError(
            tr(
                "{text!r} does not identify a claim. Give its number, counted from 1 in the list of claims "
                "(willay show), or its label, such as c2.",
                text=text[:80],
            )
        )
    return int(text) if text.isdecimal() else text


ClaimLabel = Annotated[str, AfterValidator(read_label)]
_NAME: Final = {"type": ["string", "integer"]}
ClaimNames = Annotated[
    tuple[str | int, ...],
    BeforeValidator(read_names),
    Written({"anyOf": [{"type": "null"}, _NAME, {"type": "array", "items": _NAME}]}),
]
Adds = Annotated[bool, AfterValidator(lambda adds: adds or None)]
"""True or nothing: `adds: false` is left out, as it is of every claim that does not add."""


def superseded(claims: Sequence[Referring]) -> dict[int, int]:
    """Return the places in a list of the claims that are taken back, each with the place of the last that does so.

    A claim that is taken back still takes back what it names: 5 that corrects 4 that corrects 3 leaves 5 alone.
    """
    by = {name: place for place, claim in enumerate(claims) for name in claim.supersedes}
    return {place: by[claim.label] for place, claim in enumerate(claims) if claim.label in by}


def resolved(claims: Sequence[AnySaid]) -> tuple[AnySaid, ...]:
    """Return claims with references by label, and labels on the claims that are named by number.

    Raises:
        ValueError: Two claims have one label; a reference leads nowhere, to itself, in a circle, or to what is none of
            its voice's; or an addition has nothing before it to add to. The message names every such claim.
    """
    if not any(claim.label or claim.supersedes or claim.adds for claim in claims):  # as nearly always
        return tuple(claims)
    labelled = _labelled(claims)
    names = {claim.label: place for place, claim in enumerate(labelled) if claim.label}
    faults = [*_label_faults(labelled), *_reference_faults(labelled, names), *_addition_faults(labelled)]
    if faults:
        raise ValueError(" ".join(faults))
    return tuple(labelled)


def _labelled(claims: Sequence[AnySaid]) -> list[AnySaid]:
    """Put labels in the place of numbers; a number that leads nowhere stays, to be reported."""
    labels = [claim.label for claim in claims]
    wanted = sorted({n for claim in claims for n in claim.supersedes if isinstance(n, int) and 0 < n <= len(claims)})
    for number in wanted:
        if labels[number - 1] is None:
            labels[number - 1] = _free_label(number, labels)
    return [_with_labels(claim, labels[place], labels) for place, claim in enumerate(claims)]


def _free_label(number: int, labels: Sequence[str | None]) -> str:
    while f"c{number}" in labels:
        number += len(labels)
    return f"c{number}"


def _with_labels(claim: AnySaid, label: str | None, labels: Sequence[str | None]) -> AnySaid:
    named = tuple(
        dict.fromkeys(
            str(labels[name - 1]) if isinstance(name, int) and 0 < name <= len(labels) else name
            for name in claim.supersedes
        )
    )
    if label == claim.label and named == tuple(claim.supersedes):
        return claim
    changed: AnySaid = claim.model_copy(update={"label": label, "supersedes": named})
    return changed


def _label_faults(claims: Sequence[Said]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for number, claim in enumerate(claims, start=1):
        if claim.label and claim.label in seen:
            yield tr(
                "Claims {other} and {number} have the same label, {label!r}. Change one of them.",
                other=seen[claim.label],
                number=number,
                label=claim.label,
            )
        if claim.label:
            seen.setdefault(claim.label, number)


def _reference_faults(claims: Sequence[Said], names: dict[str, int]) -> Iterator[str]:
    voices = called(claim.attributed_to for claim in claims)
    for number, claim in enumerate(claims, start=1):
        for name in claim.supersedes:
            place = names.get(name) if isinstance(name, str) else None
            if place is None:
                yield _leads_nowhere(number, name, len(claims))
            elif fault := _unfit(number, claim, place + 1, claims[place], voices):
                yield fault
            elif number - 1 in _reached(place, claims, names):
                yield tr(
                    "Claims {number} and {other} supersede each other. Only the later one can do so.",
                    number=number,
                    other=place + 1,
                )


def _leads_nowhere(number: int, name: int | str, there_are: int) -> str:
    told = {"number": number, "name": name, "n": there_are}
    if isinstance(name, int):
        return tr(
            "Claim {number} supersedes claim {name}, but the incident has no such claim; it has {n}. Give the number "
            "of one of them, counted from 1.",
            **told,
        )
    return tr(
        "Claim {number} supersedes the label {name!r}, but the incident has no such claim; it has {n}. Give the number "
        "of one of them, counted from 1.",
        **told,
    )


def _unfit(number: int, claim: Said, other: int, target: Said, names: Called) -> str | None:
    """Return why one claim cannot supersede another; None where it can."""
    if claim is target:
        return tr(
            "Claim {number} supersedes itself. Give the number of the earlier claim that it corrects.", number=number
        )
    if claim.measure != target.measure:
        return tr(
            "Claim {number} counts {measure!r} and cannot supersede claim {other}, which counts {counted!r}. A "
            "correction must have the same measure.",
            number=number,
            measure=codebook().measures.spoken(claim.measure),
            other=other,
            counted=codebook().measures.spoken(target.measure),
        )
    if claim.source != target.source and not _one_body(claim, target, names) and not _is_withheld(claim, target):
        return tr(
            "Claim {number} is by {voice} and cannot supersede claim {other}, which is by {whose}. "
            "Only the same source, or the same person or body quoted, can correct its own count.",
            number=number,
            voice=voice_in_words(claim),
            other=other,
            whose=voice_in_words(target),
        )
    return None


def _is_withheld(*claims: Attributed) -> bool:
    """Return whether a profile has taken away who says one of the claims, so that nobody can compare."""
    return any(claim.source.startswith(WITHHELD_KEY) for claim in claims)


def _one_body(one: Said, other: Said, names: Called) -> bool:
    return bool(one.attributed_to and other.attributed_to) and who_says(one, names) == who_says(other, names)


def voice_in_words(claim: Attributed) -> str:
    """Return who says a claim in a few words: the source, after the person or body that it quotes."""
    if claim.attributed_to:
        return tr("{who} in {source}", who=local(claim.attributed_to, language()), source=claim.source)
    return claim.source


def _reached(start: int, claims: Sequence[Said], names: dict[str, int]) -> set[int]:
    """Return the places that a claim takes back, at once or by way of others."""
    found: set[int] = set()
    ahead = [start]
    while ahead:
        for name in claims[ahead.pop()].supersedes:
            place = names.get(name) if isinstance(name, str) else None
            if place is not None and place not in found:
                found.add(place)
                ahead.append(place)
    return found


def _addition_faults(claims: Sequence[Said]) -> Iterator[str]:
    voices = called(claim.attributed_to for claim in claims)
    for place, claim in enumerate(claims):
        before = any(_same_people(claim, other, voices) for other in claims[:place])
        if claim.adds and not before and not _is_withheld(*claims[: place + 1]):
            yield (
                tr(
                    "Claim {number} ({measure} {count}, {group}) is marked as adding to an earlier count by "
                    "{voice}, but there is no earlier claim with the same voice, measure and group. Remove 'adds', "
                    "or quote the same person or body in both claims (attributed_to).",
                    number=place + 1,
                    measure=codebook().measures.spoken(claim.measure),
                    count=claim.count,
                    group=codebook().groups.spoken(claim.group),
                    voice=voice_in_words(claim),
                )
            )


def _same_people(one: Said, other: Said, names: Called) -> bool:
    about, before = ((each.measure, each.group, who_says(each, names), each.scope is None) for each in (one, other))
    return about == before
