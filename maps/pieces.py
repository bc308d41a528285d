"""Cards as pieces: what many cards say in the same words is written once, and each card is the numbers of its pieces.

A piece is a member of a card, or an item of a member that is a list: a claim, a party, a document with its key. Within
a block every piece is written once. One that an earlier block has as well is written in a table for all blocks, in
parts of `PART` pieces, of which the page unpacks those that a card needs. `maps/static/data/pieces.js` puts cards
together again.
"""

from __future__ import annotations

import json
import zlib
from array import array
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson

from willay.maps.payload import pack_json, smallest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[Any]  # Any: each array has a type of its own
    Card = Mapping[str, Any]  # Any: JSON

PART: Final = 1_024
"""Pieces in a part of the table that all blocks share."""

_PAIRS: Final = frozenset({"figures", "sources"})
"""Members that are objects whose members are items: an item is a key and what it stands for."""

ABSENT, ALONE, LIST = 0, 1, 2
"""How many items a row has in a member: none, as it has no such member; one, the member itself; or n + 2."""


class Member:
    """A member of the cards of a block: how many items each row has, and which.

    Attributes:
        counts: How many items, by row; rows after the last have no such member.
        numbers: The items of all rows, one after the other: numbers of `pieces`.
        pieces: The pieces of the block, by their JSON, numbered in order of first use.
    """

    __slots__ = ("counts", "numbers", "pieces")

    def __init__(self, counts: Array | None = None, numbers: Array | None = None, pieces: Iterable[bytes] = ()) -> None:
        self.counts = array("I", () if counts is None else counts.tobytes())
        self.numbers = array("I", () if numbers is None else numbers.tobytes())
        self.pieces = {piece: number for number, piece in enumerate(pieces)}


class Block:
    """The cards of some rows that follow each other."""

    def __init__(self) -> None:
        self.rows = 0
        self.members: dict[str, Member] = {}

    def add(self, card: Card) -> None:
        """Add the card of the next row."""
        members, row = self.members, self.rows
        sources = card.get("sources")
        cited = {key: place for place, key in enumerate(sources)} if sources and isinstance(sources, dict) else {}
        for name, value in card.items():
            member = members.get(name)
            if member is None:
                member = members[name] = Member()
            counts = member.counts
            if len(counts) < row:
                counts.extend([ABSENT] * (row - len(counts)))
            items = _items(name, value, cited)
            counts.append(ALONE if items is None else LIST + len(items))
            pieces, numbers = member.pieces, member.numbers
            for item in (_json(value),) if items is None else items:
                numbers.append(pieces.setdefault(item, len(pieces)))
        self.rows += 1

    def fill(self, name: str, values: Sequence[Any], numbers: Array) -> None:
        """Fill a member that is the same few values in many rows.

        Args:
            name: Its name.
            values: The values.
            numbers: Which of them each row has; -1 where it has none.
        """
        used, places = np.unique(numbers[numbers >= 0], return_inverse=True)
        if len(used):
            counts = np.where(numbers >= 0, ALONE, ABSENT).astype(np.uint32)
            self.members[name] = Member(counts, places.astype(np.uint32), [_json(values[number]) for number in used])

    def weight(self) -> int:
        """Return how many bytes its pieces have."""
        return sum(sum(map(len, member.pieces)) for member in self.members.values())


class Table:
    """The pieces that several blocks have, numbered in order of when that was found."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._new: set[int] = set()
        self._numbers: dict[bytes, int] = {}

    def written(self, block: Block) -> str:
        """Return a block as a page carries it, the next one."""
        own: dict[str, list[bytes]] = {}
        self._new = set()
        arrays: dict[str, Array] = {}
        for name in sorted(block.members):
            member = block.members[name]
            shared, places, own[name] = self._divided(member.pieces)
            counts = np.zeros(block.rows, np.uint32)
            counts[: len(member.counts)] = member.counts
            arrays |= {
                f"{name}:counts": smallest(counts),
                f"{name}:shared": smallest(shared),
                f"{name}:items": smallest(places[np.asarray(member.numbers, np.int64)]),
            }
        self._seen |= self._new
        return pack_json({"pieces": own}, arrays)

    def texts(self) -> list[str]:
        """Return the table in parts."""
        pieces = [*self._numbers]
        return [pack_json({"pieces": pieces[start : start + PART]}, {}) for start in range(0, len(pieces), PART)]

    def _divided(self, pieces: Mapping[bytes, int]) -> tuple[Array, Array, list[bytes]]:
        """Return the numbers of the pieces that are in the table, in order, and those that are the block's own.

        Between them is the new number of each piece in the block: first come those of the table, then its own.
        """
        numbers, own = [], []
        for piece in pieces:
            found = self._numbers.get(piece)
            if found is None and self._was_seen(piece):
                found = self._numbers[piece] = len(self._numbers)
            numbers.append(-1 if found is None else found)
            if found is None:
                own.append(piece)
        held = np.array(numbers, np.int64)
        places = np.empty(len(held), np.int64)
        order = np.argsort(held, kind="stable")
        places[order[len(own) :]] = np.arange(len(held) - len(own))
        places[order[: len(own)]] = np.arange(len(held) - len(own), len(held))
        return held[order[len(own) :]], places, own

    def _was_seen(self, piece: bytes) -> bool:
        """Return whether an earlier block has a piece; of two that differ and look alike, the second is taken as seen.

        That costs a place in the table and no more.
        """
        mark = zlib.crc32(piece)
        self._new.add(mark)
        return mark in self._seen


def _items(name: str, value: Any, cited: Mapping[str, int]) -> list[bytes] | None:  # noqa: ANN401 — JSON
    """Return the items of a member as JSON; None where it is one piece."""
    if isinstance(value, list):
        if name in _PAIRS or (name == "claims" and not _cite_by_key(value)):
            return None
        return [_json(_citing(item, cited)) for item in value] if name == "claims" else [_json(item) for item in value]
    if name not in _PAIRS or not isinstance(value, dict):
        return None
    if name == "sources":
        return [_json(pair) for pair in value.items()]
    pairs = value.items()
    return [_json((key, _citing(one, cited))) for key, one in pairs] if _cite_by_key(value.values()) else None


def _cite_by_key(items: Iterable[Any]) -> bool:
    return all(isinstance(item, dict) and isinstance(item.get("source", ""), str) for item in items)


def _citing(item: Card, cited: Mapping[str, int]) -> Card:
    """Return an item that names its document by the place that this has in the card."""
    place = cited.get(item.get("source", ""))
    return item if place is None else {**item, "source": place}


def _json(value: Any) -> bytes:  # noqa: ANN401 — JSON
    try:
        return orjson.dumps(value)
    except TypeError:  # a lone surrogate, or a number beyond 64 bits
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()
