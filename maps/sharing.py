"""What many cards say alike is written once: documents, actors and cases, each by its key.

A document cited by a hundred incidents would otherwise stand in a hundred cards. Cards travel in blocks of their
own, so compression alone does not find it. Titles, which the page holds elsewhere, are not written again either.
`maps/static/data/cards.js` puts the pieces back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.maps.spec import LANGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Card = dict[str, Any]  # Any: JSON

_LISTS: Final = {"parties": ("name", "kind"), "cases": ("title", "type")}
"""Lists of a card whose items have a key, and the fields that depend only on that key."""


class Shared:
    """Collects what cards share; `block` holds it all: `{"sources": {key: …}, "parties": …, "cases": …}`."""

    def __init__(self) -> None:
        self.block: dict[str, dict[str, Card]] = {"sources": {}, **{name: {} for name in _LISTS}}

    def blocks(self, blocks: Iterable[list[Card]]) -> Iterator[list[Card]]:
        """Yield blocks of cards without what they share, which this collects. The cards given stay as they are."""
        for block in blocks:
            yield [self._light(card) for card in block]

    def _light(self, card: Card) -> Card:
        light = dict(card)
        if isinstance(card.get("title"), dict):  # the page has it next to the codes (maps/titles.py)
            light["title"] = {lang: text for lang, text in card["title"].items() if lang not in LANGS}
        if card.get("summary") and "summary" in card.get("row", {}):
            light["row"] = {name: value for name, value in card["row"].items() if name != "summary"}
        sources = card.get("sources")
        if sources:
            light["sources"] = {key: {} if self._known("sources", key, told) else told for key, told in sources.items()}
        for name, same in _LISTS.items():
            if card.get(name):
                light[name] = [self._item(name, item, same) for item in card[name]]
        return light

    def _item(self, name: str, item: Card, same: tuple[str, ...]) -> Card:
        told = {field: item[field] for field in same if field in item}
        if "key" not in item or not self._known(name, item["key"], told):
            return item
        return {field: value for field, value in item.items() if field not in same}

    def _known(self, name: str, key: str, told: Card) -> bool:
        """Share what is reported of a key, unless something else was reported about it before."""
        return self.block[name].setdefault(key, told) == told
