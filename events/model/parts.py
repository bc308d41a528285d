"""Parts of drafts: what many rows of a dataset say in the same words is one object, and is looked at once.

Of the events of a dataset, days, places, sides, counts and reports come again and again. A reader that meets the same
cells a second time gives the same `Part`; whoever works something out of it keeps that with it (`Part.decided`).
"""

from __future__ import annotations

from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from willay.events.model.canonical import canonical
from willay.events.model.spelling import are_texts, piece_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from willay.events.model.foreign import Document, RowFault

_MOST: Final = 50_000
"""How many different cells a reader remembers for each part."""


class Part:
    """Some fields of a draft of an incident, as several rows say them. Nobody changes them.

    Attributes:
        fields: The fields of an `IncidentDraft`; none of them has a part elsewhere in the same draft.
        flags: What a reader of the report should know of them.
        pieces: Each field as canonical JSON, `"name":value`.
        decided: What the store has made of it.
        by: Who has decided that; None where nobody has.
    """

    __slots__ = ("by", "decided", "fields", "flags", "pieces")

    def __init__(self, fields: Document, flags: tuple[RowFault, ...] = ()) -> None:
        self.fields, self.flags = fields, flags
        self.pieces = pieces_of(fields)
        self.decided: Any = None  # Any: the store knows
        self.by: object = None


class PartedDraft(dict[str, Any]):  # Any: JSON
    """A draft as plain JSON, which still knows the parts that it was put together from.

    Attributes:
        parts: The parts.
        own: The fields that are this row's alone.
        own_pieces: Each of these as canonical JSON, `"name":value`.
    """

    __slots__ = ("own", "own_pieces", "parts")

    def __init__(self, parts: tuple[Part, ...], own: Document) -> None:
        super().__init__(own)
        for part in parts:
            self.update(part.fields)
        self.parts, self.own = parts, own
        self.own_pieces = tuple(
            [piece_of(name, value) if are_texts(value) else _piece(name, value) for name, value in own.items()]
        )

    @property
    def text(self) -> str:
        """The draft as canonical JSON."""
        return joined([*self.own_pieces, *chain.from_iterable([part.pieces for part in self.parts])])


def pieces_of(fields: Document) -> tuple[str, ...]:
    """Return the members of an object as canonical JSON, `"name":value`."""
    return tuple([_piece(name, value) for name, value in fields.items()])


def _piece(name: str, value: Any) -> str:  # noqa: ANN401 — JSON
    return f'"{name}":{canonical(value)}'


def joined(pieces: Iterable[str]) -> str:
    """Return the object of some members as canonical JSON: the order of the pieces is that of their names."""
    return f"{{{','.join(sorted(pieces))}}}"


AnyMade = TypeVar("AnyMade")


class Remembered(Generic[AnyMade]):
    """What is made of some cells of a row; made once for the same cells, as long as it is remembered.

    Args:
        places: Where in a row the cells stand that decide.
        make: Makes it of a row; what it raises is not remembered.
    """

    def __init__(self, places: Sequence[int], make: Callable[[list[str]], AnyMade]) -> None:
        self._cells_of: Callable[[list[str]], Any] = itemgetter(*places) if places else lambda _: None
        self._make = make
        self._made: dict[Any, AnyMade] = {}

    def of(self, cells: list[str]) -> AnyMade:
        """Return what a row's cells make."""
        key = self._cells_of(cells)
        found = self._made.get(key)
        if found is None:
            if len(self._made) >= _MOST:
                self._made.clear()
            found = self._made[key] = self._make(cells)
        return found
