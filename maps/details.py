"""The cards that the column `details` of a frame holds: parsed when they are needed, never all at once.

A card is ten times as large in memory as its text, and a page has one for each of a hundred thousand rows.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import orjson

from willay.events.model.errors import FrameError
from willay.events.model.voice_names import names_of
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

    from willay.maps.cards import CardBlocks
    from willay.maps.voices import Voices

    Card = dict[str, Any]  # Any: JSON

_AT_ONCE: Final = 2_000

_NAMED: Final = {"parties": "name", "cases": "title"}
"""Lists of a card whose items have a key, and where these have their names by language."""


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a page needs of all cards before it writes them.

    Attributes:
        keys: By list of the cards, the keys that each card has in it; None where it has no such list.
        names: By list, texts by language of each key.
        titles: By language, the titles that the cards have, by row, except those in the language of the frame.
        phases: The phases of each case that has any, in order, by its key.
        lang: The language of the frame, whose titles are a column of it; None where it states none.
        cited: The keys of all sources.
    """

    keys: dict[str, list[tuple[str, ...] | None]] = field(default_factory=lambda: {name: [] for name in _NAMED})
    names: dict[str, dict[str, dict[str, str]]] = field(default_factory=lambda: {name: {} for name in _NAMED})
    titles: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    phases: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    lang: str | None = None
    _same: dict[tuple[str, ...] | None, tuple[str, ...] | None] = field(default_factory=dict)
    """Keys that rows have, one object for all rows that have the same."""
    cited: set[str] = field(default_factory=set)
    _said: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def voices(self) -> int:
        """How many voices state the claims of all cards: one under all its names counts once."""
        found: dict[str, set[str]] = {}
        for names in sorted(self._said):
            every = {*names}.union(*(found[name] for name in names if name in found))
            found |= dict.fromkeys(every, every)
        return len({id(names) for names in found.values()})

    def add(self, row: int, card: Card) -> None:
        """Add the card of a row, the next one."""
        for name, text in _NAMED.items():
            items, names = card.get(name), self.names[name]
            keys = None if items is None else tuple(dict.fromkeys([item["key"] for item in items]))
            self.keys[name].append(self._same.setdefault(keys, keys))
            for item in items or ():
                if item.get(text):
                    names[item["key"]] = item[text]
        self._cite(card)
        for case in card.get("cases") or ():
            if case.get("phases"):
                self.phases[case["key"]] = case["phases"]
        for lang, title in (card.get("title") or {}).items():
            if lang != self.lang:
                self.titles[lang][row] = title

    def _cite(self, card: Card) -> None:
        """Add the sources of a card and who states its claims: whom a source quotes, else who published it."""
        sources = card.get("sources") or {}
        self.cited.update(sources)
        for claim in card.get("claims") or ():
            who = claim.get("attributed_to") or (sources.get(claim.get("source")) or {}).get("publisher")
            if who:
                self._said.add(names_of(who))


class Cards:
    """The cards of the rows of a frame, in their order; an empty one where a row has none.

    Args:
        rows: The frame.
    """

    def __init__(self, rows: gpd.GeoDataFrame) -> None:
        self._texts, self._codes = rows["details"], rows["code"]
        self._lang: str | None = rows.attrs.get("lang")

    def __iter__(self) -> Iterator[Card]:
        """Yield the cards.

        Raises:
            FrameError: A row's details are not a JSON object.
        """
        # A column of Arrow gives its texts some at a time much faster than one by one; all at once is much memory.
        for start in range(0, len(self._codes), _AT_ONCE):
            texts, codes = (each.iloc[start : start + _AT_ONCE].to_numpy(object) for each in (self._texts, self._codes))
            for text, code in zip(texts, codes, strict=True):
                yield _parsed(text, code) if isinstance(text, str) and text else {}

    def __getitem__(self, row: int) -> Card:
        """Return the card of a row, parsed each time it is asked for.

        Raises:
            FrameError: Its details are not a JSON object.
        """
        text = self._texts.iat[row]
        return _parsed(text, self._codes.iat[row]) if isinstance(text, str) and text else {}

    def facts(self, *others: CardBlocks | Voices) -> CardFacts:
        """Return what a page needs of all of them.

        Args:
            others: What else each is added to, by row.

        Raises:
            FrameError: As for iterating.
        """
        facts = CardFacts(lang=self._lang)
        for row, card in enumerate(self):
            facts.add(row, card)
            for other in others:
                other.add(row, card)
        return facts


def _parsed(details: str, code: str) -> Card:
    try:
        card = _value_of(details)
    except ValueError as error:
        raise FrameError(
            tr(
                "{code}: its details are not valid JSON ({error}). Read the frame from the store again.",
                code=code,
                error=error,
            )
        ) from None
    if not isinstance(card, dict):
        raise FrameError(
            tr("{code}: its details are a {name}, not a JSON object.", code=code, name=type(card).__name__)
        )
    return card


def _value_of(text: str) -> Any:  # noqa: ANN401 — JSON
    """Parse JSON; NaN and infinities, which only Python writes, are unknown numbers."""
    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text, parse_constant=lambda _: None)
