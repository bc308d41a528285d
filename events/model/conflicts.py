"""Conflicts: what two people made of the same document, each without knowing of the other, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Document: TypeAlias = "Mapping[str, Any]"  # Any: JSON

TOGETHER: Final = (("days", "date_precision"), ("type", "subtype"), ("dataset", "dataset_id"))
"""Fields that form one statement: whoever changes one of them has decided on all."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A field that both have changed, to different values.

    Attributes:
        field: Its name.
        base: What it was for both; None where it was not there.
        yours: What the one made of it; None where it was taken away.
        present: What the other made of it.
    """

    field: str
    base: Any
    yours: Any
    present: Any


def overlaps(base: Document, yours: Document, present: Document) -> tuple[Overlap, ...]:
    """Return the fields that were changed on both sides to different values, in order of their names."""
    found: dict[str, Overlap] = {}
    for fields in _groups(base, yours, present):
        theirs = any(present.get(name) != base.get(name) for name in fields)
        ours = any(yours.get(name) != base.get(name) for name in fields)
        if ours and theirs:
            found |= {
                name: Overlap(name, base.get(name), yours.get(name), present.get(name))
                for name in fields
                if yours.get(name) != present.get(name)
            }
    return tuple(found[name] for name in sorted(found))


def carried_over(base: Document, yours: Document, present: Document) -> dict[str, Any]:
    """Return the present document with what the one side changed; what the other changed stays.

    Where both changed the same, which `overlaps` lists, the one side's value is taken.
    """
    merged = dict(present)
    for fields in _groups(base, yours, present):
        if any(yours.get(name) != base.get(name) for name in fields):
            merged |= {name: yours[name] for name in fields if name in yours}
            for name in fields - yours.keys():
                merged.pop(name, None)
    return merged


def _groups(*documents: Document) -> Iterator[frozenset[str]]:
    """Yield the fields of documents, those that say one thing together at once."""
    names = {name for document in documents for name in document}
    for group in TOGETHER:
        if there := names.intersection(group):
            yield frozenset(there)
    for name in sorted(names.difference(*TOGETHER)):
        yield frozenset({name})
