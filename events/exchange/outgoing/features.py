"""Incidents as lines of GeoJSON features."""

from __future__ import annotations

from itertools import repeat
from typing import IO, TYPE_CHECKING, Any, Final

import orjson

from willay.events.exchange.outgoing.flat_pages import FLAT
from willay.events.exchange.outgoing.geometries import GeometryTexts
from willay.events.exchange.outgoing.jsontext import json_bytes
from willay.events.exchange.outgoing.needs import Needs
from willay.events.exchange.outgoing.written import lacking
from willay.events.frame.cards import claim_cards, source_card
from willay.events.frame.columns import DRAFT
from willay.events.frame.framing import cited_sources
from willay.events.model.canonical import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from willay.events.exchange.outgoing.options import Registers
    from willay.events.frame.cells import IncidentCells
    from willay.events.model.canonical import Document


_BLANK: Final[dict[str, Any]] = dict.fromkeys(FLAT)
"""The properties of a feature without known values, in order."""

_MOST: Final = 50_000
"""How many different lists of claims are remembered."""


class FeatureLines:
    """Turns pages, one after the other, into features, and counts them.

    Args:
        registers: What the incidents refer to.
        about: What to put into the first feature as its member `metadata`, for files that have no other place for it.

    Attributes:
        count: How many features there were so far.
        cards: Whether any of them had a card.
        wholes: Whether any was there with nothing left out.
    """

    def __init__(self, registers: Registers, about: Mapping[str, Any] | None = None) -> None:
        self.count = 0
        self.cards = False
        self.wholes = False
        self._shapes = GeometryTexts()
        self._needs, self._sources = Needs(registers), registers.sources
        self._source_cards: dict[str, orjson.Fragment] = {}
        self._claim_cards: dict[bytes, orjson.Fragment] = {}
        self._about = about

    def losses(self) -> tuple[str, ...]:
        """Return what the features so far leave out."""
        return lacking(cards=self.cards, wholes=self.wholes) if self.count else ()

    @property
    def bbox(self) -> list[float] | None:
        """The box around all of them: west, south, east, north, degrees."""
        return self._shapes.bbox

    def of(self, page: IncidentCells) -> Iterator[bytes]:
        """Yield the features of a page, in its order, each on one line; none is kept.

        Raises:
            CoordinateError: A place is not on the Earth.
        """
        codes = page.of("code")
        shapes = self._shapes.of(page, codes)
        columns = {name: column for name in FLAT if _is_told(column := page.of(name))}
        known = zip(*columns.values(), strict=True) if columns else repeat((), len(page))
        states = page.of(DRAFT) if DRAFT in page.columns else repeat(None, len(page))
        rows = zip(codes, shapes, known, page.of("details"), states, strict=True)
        for code, shape, row, card, state in rows:
            properties = _BLANK.copy()
            properties.update(zip(columns, row, strict=True))
            draft = value_of(state)["draft"] if state else {}
            if card:
                self.cards = True
                properties |= _said(value_of(card))
            elif draft.get("claims"):
                properties["claims"] = self._claims(draft)
                properties["sources"] = {key: self._source(key) for key in sorted(cited_sources(draft))}
            line = json_bytes({"type": "Feature", "id": code, "geometry": shape, "properties": properties})
            self.count += 1
            yield self._with_whole(line, state, draft) if state else line

    def write(self, page: IncidentCells, file: IO[bytes], between: bytes) -> None:
        """Write the features of a page, after those of the pages before.

        Line by line into the file's buffer: a page joined first is memory that the system must clear each time, which
        takes longer than all of the writing.

        Args:
            page: The incidents.
            file: Where to.
            between: What parts two features.
        """
        before = between if self.count else b""
        for line in self.of(page):
            file.write(before)
            is_first = self._about and not before
            file.write(line[:-1] + b',"metadata":' + json_bytes(self._about) + b"}" if is_first else line)
            before = between

    def _with_whole(self, line: bytes, state: str, draft: Document) -> bytes:
        """Return a feature with the state of the incident and what that is the first to need, as member `willay`."""
        self.wholes = True
        needs = self._needs.first_of(draft)
        try:
            whole = state.encode()
        except UnicodeEncodeError:  # a lone surrogate, which is written as an escape
            whole = json_bytes(value_of(state))
        more = b"," + json_bytes(needs)[1:] if needs else b"}"
        return b"".join((line[:-1], b',"willay":', whole[:-1], more, b"}"))

    def _claims(self, draft: Document) -> orjson.Fragment:
        """Return the cards of claims as JSON, which is written once for all who claim the same."""
        if len(self._claim_cards) > _MOST:
            self._claim_cards.clear()
        said = json_bytes(draft["claims"])
        if (made := self._claim_cards.get(said)) is None:
            made = self._claim_cards[said] = orjson.Fragment(json_bytes(claim_cards(draft, self._sources)))
        return made

    def _source(self, key: str) -> orjson.Fragment:
        """Return the card of a source as JSON, which is written once."""
        if (made := self._source_cards.get(key)) is None:
            made = self._source_cards[key] = orjson.Fragment(json_bytes(source_card(self._sources.get(key, {}))))
        return made


def _is_told(column: Sequence[Any]) -> bool:
    """Return whether anything is known in a column; usually, its first cell suffices."""
    return len(column) > 0 and (column[0] is not None or column.count(None) < len(column))


def _said(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return the claims of a card with the sources they cite, where there are any."""
    return {name: details[name] for name in ("claims", "sources")} if details.get("claims") else {}
