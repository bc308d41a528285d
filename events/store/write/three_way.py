"""Three-way merge of two drafts of one incident: what both have in common, ours, and theirs. Pure functions on JSON.

One side that is unchanged gives way to the other. Where both changed, ours is retained and the difference is noted.
Lists are merged entry by entry, by what makes an entry the same. Without a common ancestor nobody knows which side
changed: ours is retained, lists are united, and every other difference is noted. The stricter of two levels of
sensitivity counts in any case.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Final, Literal

from willay.events.model.canonical import canonical
from willay.events.model.conflicts import TOGETHER
from willay.events.model.differences import in_words
from willay.events.model.drafts import IncidentDraft
from willay.events.model.fields import fields_of
from willay.events.model.terms import stricter
from willay.events.model.voice_names import ALONE, called, voice_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence

    from willay.events.model.foreign import Document
    from willay.events.model.voice_names import Called

What = Literal["taken", "added", "removed", "kept"]
"""What became of a difference: theirs replaced ours, was added to ours, took an entry of ours away; or ours stayed."""

_BY_LANGUAGE: Final = frozenset(name for name, field in fields_of(IncidentDraft).items() if field.kind == "texts")
_CLAIM: Final = ("measure", "group", "source", "attributed_kind", "stated_on", "scope")
_PLACE: Final = ("name", "admin_code", "region")
_PARTY: Final = ("actor", "role")


def _by(names: Iterable[str]) -> Callable[[Any, Called], Hashable]:
    return lambda entry, _: canonical([entry.get(name) for name in names])


def _claim(claim: Document, voices: Called) -> Hashable:
    """Return what makes a claim the same one: what it is of, and its voice under whatever name."""
    said = claim.get("attributed_to")
    return canonical([voice_key(said, voices) if said else None, *(claim.get(name) for name in _CLAIM)])


_KEYS: Final[Mapping[str, Callable[[Any, Called], Hashable]]] = {
    "claims": _claim,
    "places": _by(_PLACE),
    "parties": _by(_PARTY),
    "attachments": _by(("sha256",)),
    **{
        name: lambda entry, _: canonical(entry)
        for name, field in fields_of(IncidentDraft).items()
        if field.kind == "list"
    },
}
"""What makes two entries of a list the same one."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A difference between the two sides that a person should know of.

    Attributes:
        field: The field.
        what: What became of it.
        theirs: What the other side has, in words; empty where it has nothing.
        ours: What ours had.
    """

    field: str
    what: What
    theirs: str = ""
    ours: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """What two drafts become.

    Attributes:
        document: The merged draft.
        noted: The differences, in order of the fields' names.
    """

    document: Document
    noted: tuple[Noted, ...]


def merged(base: Document | None, ours: Document, theirs: Document, whole: Collection[str] = ()) -> Merge:
    """Merge two drafts of an incident, field by field; neither is changed.

    Args:
        base: What the two have in common; None where that is not known.
        ours: Our draft, as a state writes it.
        theirs: The other one, written in the same way.
        whole: Lists that are one value: where both changed them, all of ours stays.
    """
    document: Document = {}
    noted: list[Noted] = []
    if "claims" in theirs:
        theirs = {**theirs, "claims": with_free_labels(theirs["claims"], ours.get("claims", ()))}
    for names in _grouped({*(base or {}), *ours, *theirs}):
        was, mine, other = (_picked(side, names) for side in (base or {}, ours, theirs))
        if names[0] in _KEYS and names[0] not in whole:
            merge = _Lists(names[0], None if base is None else was or [], mine or [], other or [])
            value: Any = merge.entries()
            noted += merge.noted
        elif names[0] in _BY_LANGUAGE:
            value, notes = _texts(names[0], None if base is None else was or {}, mine or {}, other or {})
            noted += notes
        else:
            is_theirs = names[0] != "sensitivity" and base is not None and mine == was
            value = other if is_theirs else mine
            if names[0] == "sensitivity":
                value = stricter(mine, other) or mine
            noted += _noted(names[0], mine, other, value, is_known=base is not None and other == was)
        document |= value if len(names) > 1 else {names[0]: value}
    return Merge({name: value for name, value in document.items() if value not in (None, [], {})}, tuple(noted))


def with_free_labels(theirs: Sequence[Document], ours: Sequence[Document]) -> list[Document]:
    """Return their claims with labels that name no other claim of ours; one that is here too has the label it has here.

    Both sides may have given one label to two claims that each of them added; see `corrections`.
    """
    voices = _voices(ours, theirs)
    mine = dict(zip(_numbered_keys(ours, voices), ours, strict=True))
    used = {claim["label"] for claim in ours if "label" in claim} | {one["label"] for one in theirs if "label" in one}
    named: dict[str, str] = {}
    for key, claim in zip(_numbered_keys(theirs, voices), theirs, strict=True):
        if (label := claim.get("label")) is None:
            continue
        known = mine.get(key, {}).get("label")
        is_taken = any(one.get("label") == label for other, one in mine.items() if other != key)
        named[label] = known or (_free(used) if is_taken else label)
        used.add(named[label])
    return [_renamed(claim, named) for claim in theirs]


def _renamed(claim: Document, named: Mapping[str, str]) -> Document:
    links: Document = {"label": named[claim["label"]]} if "label" in claim else {}
    if "supersedes" in claim:
        links["supersedes"] = [named.get(label, label) for label in claim["supersedes"]]
    return {**claim, **links}


def _free(used: Collection[str]) -> str:
    return next(label for number in count(1) if (label := f"c{number}") not in used)


def _voices(*lists: Sequence[Document]) -> Called:
    """Return what the voices of claims on all sides are compared by."""
    return called(claim.get("attributed_to") for claims in lists for claim in claims)


def _numbered_keys(entries: Sequence[Any], voices: Called, name: str = "claims") -> list[Hashable]:
    """Return what makes each entry of a list the same one: its key, and which it is of those with that key."""
    seen: Counter[Hashable] = Counter()
    keys: list[Hashable] = []
    for entry in entries:
        key = _KEYS[name](entry, voices)
        seen[key] += 1
        keys.append((key, seen[key]))
    return keys


def _grouped(names: set[str]) -> list[tuple[str, ...]]:
    together = [group for group in TOGETHER if names.intersection(group)]
    alone = names - {name for group in TOGETHER for name in group}
    return sorted([*together, *((name,) for name in alone)])


def _picked(side: Document, names: Sequence[str]) -> Any:  # noqa: ANN401 — a field's value, or several by name
    return {name: side.get(name) for name in names} if len(names) > 1 else side.get(names[0])


def _noted(name: str, mine: Any, other: Any, value: Any, *, is_known: bool) -> list[Noted]:  # noqa: ANN401 — as above
    """Note what became of a difference; none if there is none, or if only ours was changed."""
    if mine == other or (is_known and value == mine):
        return []
    return [Noted(name, "kept" if value == mine else "taken", _said(name, other), _said(name, mine))]


def _said(name: str, value: Any) -> str:  # noqa: ANN401 — as above
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, list):
        return "; ".join(in_words(name, one) for one in value)
    if isinstance(value, dict):
        return "; ".join(str(part) for part in value.values() if part is not None)
    return in_words(name, value)


def _texts(
    name: str, was: Mapping[str, str] | None, mine: Mapping[str, str], other: Mapping[str, str]
) -> tuple[dict[str, str], list[Noted]]:
    """Merge a text language by language; one bare text against one in a language is another text, not a translation."""
    made: dict[str, str] = {}
    notes: list[Noted] = []
    for tag in sorted({*mine, *other}):
        before = None if was is None else was.get(tag)
        is_theirs = was is not None and mine.get(tag) == before
        value = other.get(tag) if is_theirs else mine.get(tag)
        notes += _noted(
            name, mine.get(tag), other.get(tag), value, is_known=was is not None and other.get(tag) == before
        )
        if value is not None:
            made[tag] = value
    return made, notes


class _Lists:
    """Merges one list of an incident, entry by entry; ours come first, in their order."""

    def __init__(self, name: str, was: Sequence[Any] | None, mine: Sequence[Any], other: Sequence[Any]) -> None:
        self._name, self._was, self._mine, self._other = name, was, mine, other
        self._voices = _voices(was or (), mine, other) if name == "claims" else ALONE
        self.noted: list[Noted] = []

    def entries(self) -> list[Any]:
        """Return the merged list; the differences are in `noted` then."""
        mine, other = self._keyed(self._mine), self._keyed(self._other)
        was = None if self._was is None else self._keyed(self._was)
        if was is not None and self._mine == self._was:
            return self._all_theirs(mine, other)
        both = (self._mine_or_theirs(key, entry, was, other) for key, entry in mine.items())
        kept = [entry for entry in both if entry is not None]
        for key, entry in other.items():
            if key not in mine and (was is None or was.get(key) != entry):
                kept.append(entry)
                self._note("added", entry, None)
        self._note_order(mine, other)
        return kept

    def _keyed(self, entries: Sequence[Any]) -> dict[Hashable, Any]:
        """Return entries by their key; of two with the same key the second is another one."""
        return dict(zip(_numbered_keys(entries, self._voices, self._name), entries, strict=True))

    def _all_theirs(self, mine: Mapping[Hashable, Any], other: Mapping[Hashable, Any]) -> list[Any]:
        for key, entry in other.items():
            if mine.get(key) != entry:
                self._note("taken" if key in mine else "added", entry, mine.get(key))
        for key, entry in mine.items():
            if key not in other:
                self._note("removed", None, entry)
        if not self.noted and self._mine != self._other:
            self._note("taken", self._other[0], self._mine[0])
        return [*other.values()]

    def _mine_or_theirs(
        self,
        key: Hashable,
        mine: Any,  # noqa: ANN401 — an entry
        was: Mapping[Hashable, Any] | None,
        other: Mapping[Hashable, Any],
    ) -> Any:  # noqa: ANN401 — an entry, None where they took it away
        before = None if was is None else was.get(key)
        if key not in other:
            if before is None:
                return mine
            self._note("removed" if mine == before else "kept", None, mine)
            return None if mine == before else mine
        theirs = other[key]
        if theirs == mine:
            return mine
        if was is not None and theirs == before:
            return mine
        value = theirs if was is not None and mine == before else mine
        self._note("kept" if value is mine else "taken", theirs, mine)
        return value

    def _note_order(self, mine: Mapping[Hashable, Any], other: Mapping[Hashable, Any]) -> None:
        """Note that the other side has another primary place."""
        if self._name != "places" or not (mine and other) or next(iter(mine)) == next(iter(other)):
            return
        if self._was is None or self._was[:1] != self._other[:1]:
            self._note("kept", self._other[0], self._mine[0])

    def _note(self, what: What, theirs: Any, ours: Any) -> None:  # noqa: ANN401 — entries
        said = [("" if entry is None else in_words(self._name, entry)) for entry in (theirs, ours)]
        self.noted.append(Noted(self._name, what, *said))
