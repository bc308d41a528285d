"""The cards that a page carries, put together from their pieces as `maps/static/data/pieces.js` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.maps.payload import unpack
from willay.maps.pieces import PART

if TYPE_CHECKING:
    from collections.abc import Sequence

    Card = dict[str, Any]  # Any: JSON


def cards_in(texts: Sequence[str], starts: Sequence[int]) -> list[list[Card]]:
    """Return the cards of each block.

    Args:
        texts: The blocks, and after them the parts of the table that they share.
        starts: The first row of each block.
    """
    table = [piece for text in texts[len(starts) :] for piece in unpack(text)[0]["pieces"]]
    assert all(len(unpack(text)[0]["pieces"]) == PART for text in texts[len(starts) : -1])
    return [_cards(*unpack(text), table) for text in texts[: len(starts)]]


def _cards(header: Card, arrays: dict[str, Any], table: list[Any]) -> list[Card]:
    cards: list[Card] = []
    for name, own in sorted(
        header["pieces"].items(), key=lambda member: member[0] != "sources"
    ):  # the others cite them
        pieces = [*(table[number] for number in arrays[f"{name}:shared"]), *own]
        items = iter([pieces[number] for number in arrays[f"{name}:items"]])
        counts = arrays[f"{name}:counts"].tolist()
        cards = cards or [{"row": {}} for _ in counts]
        for card, count in zip(cards, counts, strict=True):
            if count:
                value = next(items) if count == 1 else _listed(name, [next(items) for _ in range(count - 2)], card)
                (card["row"] if name.startswith("row.") else card)[name.removeprefix("row.")] = value
    return cards


def _listed(name: str, items: list[Any], card: Card) -> Any:
    """Return the value of a member of its items; claims and figures name their document by its place in the card."""
    if name == "sources":
        return dict(items)
    sources = card.get("sources")
    keys = [*sources] if isinstance(sources, dict) else []
    if name == "claims":
        return [_named(claim, keys) for claim in items]
    return {measure: _named(figure, keys) for measure, figure in items} if name == "figures" else items


def _named(item: Card, keys: list[str]) -> Card:
    return {**item, "source": keys[item["source"]]} if isinstance(item.get("source"), int) else item
