"""Cards travel in blocks without what they share; put together again, each is the details of its row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.made_up import made_up_frame
from willay.maps.cards import BLOCK
from willay.maps.incidents import incident_columns
from willay.maps.payload import unpack
from willay.maps.shapes import ShapeTable

if TYPE_CHECKING:
    import geopandas as gpd

ROWS = BLOCK + 88


def blocks_of(frame: gpd.GeoDataFrame) -> tuple[list[list[dict[str, Any]]], dict[str, dict[str, Any]]]:
    """Return the blocks of cards of a page, and what the cards share."""
    *blocks, shared = (unpack(text)[0] for text in incident_columns(frame, ShapeTable(), texts=True).texts)
    return [block["cards"] for block in blocks], shared


def whole(card: dict[str, Any], shared: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a card with what it shares, as `static/data/cards.js` puts it together, without what others hold."""
    found = {name: value for name, value in card.items() if name not in {"row", "title"}}
    for key, told in card.get("sources", {}).items():
        found["sources"] = {**found["sources"], key: told or shared["sources"][key]}
    for name in {"parties", "cases"} & card.keys():
        found[name] = [{**shared[name][item["key"]], **item} for item in card[name]]
    return found


def test_every_card_is_the_details_of_its_row_in_their_order() -> None:
    frame = made_up_frame(ROWS, details=True)
    blocks, shared = blocks_of(frame)
    assert [len(block) for block in blocks] == [BLOCK, ROWS - BLOCK]
    rows = incident_columns(frame, ShapeTable()).frame
    cards = [card for block in blocks for card in block]
    for card, details in zip(cards, rows["details"], strict=True):
        said = json.loads(details)
        said.pop("title", None)
        assert whole(card, shared) == said
    assert any(shared.values())


def test_a_row_without_details_has_the_figures_and_the_facts_of_its_columns() -> None:
    frame = made_up_frame(60)
    (cards,), _ = blocks_of(frame)
    rows = incident_columns(frame, ShapeTable()).frame
    known = rows["killed_best"].notna()
    assert known.any()
    assert not known.all()
    for card, (_, row) in zip(cards, rows.iterrows(), strict=True):
        assert card["row"]["revision"] == row["revision"]
        best = card["figures"].get("killed", {}).get("best")
        assert best == (row["killed_best"] if known[row.name] else None)


def test_cards_are_written_only_for_whom_they_are_asked() -> None:
    assert incident_columns(made_up_frame(3, details=True), ShapeTable()).texts == ()
