"""What a reader must know of a country's shipped data: notes, areas in dispute, and terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from willay.data.registry import dataset

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader must know of a country's units, such as that their limits are of before a reform.

    Attributes:
        words: The text by language (`en`, `es`).
        source: Where it was read.
        limits_of: The year up to which the limits drawn were in force, or None.
    """

    words: Mapping[str, str]
    source: str
    limits_of: int | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """An area or border that several states claim.

    Attributes:
        id: Such as `crimea`.
        names: By language (`en`, `es`).
        claimed_by: Who claims it: codes of ISO 3166-1, or names where there is none.
        administered_by: Who administers it, likewise; empty where nobody does, or several do.
        words: In a sentence by language, how it is drawn here and why.
        source: Where it was read.
    """

    id: str
    names: Mapping[str, str]
    claimed_by: tuple[str, ...]
    administered_by: tuple[str, ...]
    words: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms a part of a country's data is shipped.

    Attributes:
        part: `units`, `places` or `population`.
        licence: SPDX id.
        attribution: Whom to credit.
        source: What it was made from.
    """

    part: str
    licence: str
    attribution: str
    source: str


def note(row: Mapping[str, Any]) -> Note:
    """Make a note of a row of a pack."""
    return Note({"en": row["en"], "es": row["es"]}, row["source"], row.get("limits_of"))


def dispute(row: Mapping[str, Any]) -> Dispute:
    """Make an area in dispute of a row of a pack."""
    names = {"en": row["name_en"], "es": row["name_es"]}
    words = {"en": row["en"], "es": row["es"]}
    return Dispute(
        row["id"], names, tuple(row["claimed_by"]), tuple(row["administered_by"]), words, row["source"]
    )  # fmt: skip


def terms(registered: Mapping[str, str]) -> tuple[Terms, ...]:
    """Make terms of parts by the names of their entries in the registry."""
    return tuple(_terms(part, name) for part, name in registered.items())


def _terms(part: str, name: str) -> Terms:
    entry = dataset(name)
    return Terms(part, entry.licence, entry.attribution, entry.source)
