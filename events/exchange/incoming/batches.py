"""Registers: the sources, actors and cases that a file's rows are the first to need; and rows in batches."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from willay.events.model.collecting import seldom_collected
from willay.events.model.foreign import Batch, RowFault
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from willay.events.model.foreign import Document, ForeignRow

KINDS: Final = ("sources", "actors", "cases")
_LONGEST_SLUG: Final = 48
_SHORT_HASH: Final = 6
_SEEN_BYTES: Final = 8


class Registers:
    """Collects drafts of sources, actors and cases by key, and hands out those that are new."""

    def __init__(self) -> None:
        self._given: dict[str, set[str]] = {kind: set() for kind in KINDS}
        self._new: dict[str, list[Document]] = {kind: [] for kind in KINDS}

    def source(self, document: Document) -> str:
        """Register a source, and return its key."""
        return self._add("sources", document)

    def actor(self, document: Document) -> str:
        """Register an actor, and return its key."""
        return self._add("actors", document)

    def case(self, document: Document) -> str:
        """Register a case, and return its key."""
        return self._add("cases", document)

    def _add(self, kind: str, document: Document) -> str:
        key: str = document["key"]
        if key not in self._given[kind]:
            self._given[kind].add(key)
            self._new[kind].append(document)
        return key

    def handed_out(self) -> dict[str, tuple[Document, ...]]:
        """Return what was registered since the last time, by kind."""
        new = {kind: tuple(documents) for kind, documents in self._new.items()}
        self._new = {kind: [] for kind in KINDS}
        return new


def batches(rows: Iterable[ForeignRow], registers: Registers, size: int) -> Iterator[Batch]:
    """Cut rows into batches, each with the entries of registers that it is the first to need.

    A row with the id of an earlier one of the file is given a fault, so that neither is lost in the other.
    """
    unique = _without_twins(rows)
    with seldom_collected():
        while part := tuple(islice(unique, size)):
            new = registers.handed_out()
            yield Batch(part, new["sources"], new["actors"], new["cases"])


def _without_twins(rows: Iterable[ForeignRow]) -> Iterator[ForeignRow]:
    seen: set[bytes] = set()
    for row in rows:
        mark = hashlib.blake2b(row.external_id.encode(), digest_size=_SEEN_BYTES).digest()
        if row.external_id and mark in seen:
            reason = tr(
                "An earlier row of this file has the same id. Give this row a different id, or delete one of the two."
            )
            yield replace(row, faults=(*row.faults, RowFault.of("", row.external_id, reason)))
        else:
            seen.add(mark)
            yield row


def slug(text: str) -> str:
    """Return a text as a key can hold it: a–z, digits and hyphens; cut where long, with a hash so that keys differ."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    made = "-".join(re.findall(r"[a-z0-9]+", plain))
    if made and len(made) <= _LONGEST_SLUG and "-".join(text.casefold().split()) == made:
        return made
    return "-".join(part for part in (made[:_LONGEST_SLUG].strip("-"), short_hash(text)) if part)


def short_hash(text: str) -> str:
    """Return twelve hexadecimal digits that stand for a text."""
    return hashlib.blake2b(text.encode(), digest_size=_SHORT_HASH).hexdigest()


class LazyCells(dict[str, str]):
    """The cells of a row by column, made only when somebody asks."""

    __slots__ = ("_cells", "_columns", "_made")

    def __init__(self, columns: tuple[str, ...], cells: list[str]) -> None:
        super().__init__()
        self._columns, self._cells, self._made = columns, cells, False

    def _fill(self) -> None:
        if not self._made:
            self._made = True
            self.update(zip(self._columns, self._cells, strict=True))

    def __iter__(self) -> Iterator[str]:
        self._fill()
        return super().__iter__()

    def __len__(self) -> int:
        self._fill()
        return super().__len__()

    def __getitem__(self, name: str) -> str:
        self._fill()
        return super().__getitem__(name)
