"""What many cards say alike is written once: documents, actors and cases, each by its key.

A document cited by a hundred incidents would otherwise stand in a hundred cards. Cards travel in blocks of their
own, so compression alone does not find it. Titles, which the page holds elsewhere, are not written again either.
`maps/static/data/cards.js` puts the pieces back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.maps.spec import LANGS

if TYPE_CHECKING:
    Card = dict[str, Any]  # Any: JSON

_LISTS: Final = {"parties": ("name", "kind"), "cases": ("title", "type")}
"""Lists of a card whose items have a key, and the fields that depend only on that key."""


class Shared:
    """Collects what cards share; `block` holds it all: `{"sources": {key: …}, "parties": …, "cases": …}`."""

    def __init__(self) -> None:
        self.block: dict[str, dict[str, Card]] = {"sources": {}, **{name: {} for name in _LISTS}}

    def light(self, card: Card, facts: Card) -> Card:
        """Return a card without what it shares with others, which this collects, and with the facts of its row.

        Args:
            card: The card, which stays as it is.
            facts: What its row holds, put under `row`.
        """
        light = dict(card)
        if isinstance(card.get("title"), dict):  # the page has it next to the codes (maps/titles.py)
            light["title"] = {lang: text for lang, text in card["title"].items() if lang not in LANGS}
        if card.get("summary") and "summary" in facts:
            facts = {name: value for name, value in facts.items() if name != "summary"}
        if sources := card.get("sources"):
            known = self.block["sources"]
            light["sources"] = {key: {} if known.setdefault(key, one) == one else one for key, one in sources.items()}
        for name, same in _LISTS.items():
            if items := card.get(name):
                known = self.block[name]
                light[name] = [_item(known, item, same) for item in items]
        light["row"] = facts
        return light


def _item(known: dict[str, Card], item: Card, same: tuple[str, ...]) -> Card:
    """Return an item without what depends on its key alone, unless something else was reported of it before."""
    if "key" not in item:
        return item
    told = {field: item[field] for field in same if field in item}
    if known.setdefault(item["key"], told) != told:
        return item
    return {field: value for field, value in item.items() if field not in same}
