"""Cards travel as pieces in blocks; put together again, each is the details of its row."""

from __future__ import annotations

import json
import string
from typing import Any

import pytest
from card_reading import cards_in
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.made_up import made_up_frame
from willay.events.frame.frame import make_frame
from willay.maps import cards as cards_module
from willay.maps.cards import CardBlocks
from willay.maps.incidents import incident_columns
from willay.maps.payload import unpack
from willay.maps.pieces import Block, Table
from willay.maps.shapes import ShapeTable

MOST_ROWS = 512
ROWS = MOST_ROWS + 88


@pytest.fixture(autouse=True)
def _few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards_module, "MOST_ROWS", MOST_ROWS)


def test_every_card_is_the_details_of_its_row_in_their_order() -> None:
    columns = incident_columns(made_up_frame(ROWS, details=True), ShapeTable(), texts=True)
    blocks = cards_in(columns.texts, columns.starts)
    assert columns.starts == [0, MOST_ROWS]
    assert [len(block) for block in blocks] == [MOST_ROWS, ROWS - MOST_ROWS]
    cards = [card for block in blocks for card in block]
    for card, details in zip(cards, columns.frame["details"], strict=True):
        said = json.loads(details)
        said.pop("title", None)
        assert {name: value for name, value in card.items() if name not in {"row", "title"}} == said
    assert len(columns.texts) > len(columns.starts)  # what both blocks say is in the table


def test_what_blocks_share_is_written_once_in_a_block_and_once_in_the_table() -> None:
    columns = incident_columns(made_up_frame(3 * MOST_ROWS, details=True), ShapeTable(), texts=True)
    said = [unpack(text)[0]["pieces"] for text in columns.texts]
    own = [[key for key, _ in block["sources"]] for block in said[:3]]
    assert len({*own[0], *own[1], *own[2]}) == sum(map(len, own))
    table = [piece[0] for part in said[3:] for piece in part if isinstance(piece, list)]
    assert len({*table} & {*own[0]}) == len(own[0])
    keys = [key for key in table if key.startswith("made-up-")]
    assert len({*keys}) == len(keys)


def test_a_row_without_details_has_the_figures_and_the_facts_of_its_columns() -> None:
    columns = incident_columns(made_up_frame(60), ShapeTable(), texts=True)
    (cards,) = cards_in(columns.texts, columns.starts)
    rows = columns.frame
    known = rows["killed_best"].notna()
    assert known.any()
    assert not known.all()
    for card, (_, row) in zip(cards, rows.iterrows(), strict=True):
        assert card["row"]["revision"] == row["revision"]
        best = card["figures"].get("killed", {}).get("best")
        assert best == (row["killed_best"] if known[row.name] else None)


def test_a_block_of_long_texts_has_fewer_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards_module, "FULL", 1_000)
    columns = incident_columns(made_up_frame(600, details=True), ShapeTable(), texts=True)
    assert columns.starts == [0, 256, 512]
    assert [len(block) for block in cards_in(columns.texts, columns.starts)] == [256, 256, 88]


def test_a_summary_is_written_once() -> None:
    frame = made_up_frame(40, details=True)
    columns = incident_columns(frame, ShapeTable(), texts=True)
    (cards,) = cards_in(columns.texts, columns.starts)
    assert all(card["summary"]["en"] for card in cards)
    assert not any("summary" in card["row"] for card in cards)
    bare = frame.assign(details=None)
    columns = incident_columns(bare, ShapeTable(), texts=True)
    (cards,) = cards_in(columns.texts, columns.starts)
    assert all(card["row"]["summary"].startswith("Made up.") for card in cards)


_KEYS = st.sampled_from(["a", "b", "c"])
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(string.printable + "ñ\u2028\ud800", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | st.just("source"), inner, max_size=3),
    max_leaves=8,
)
_CARDS = st.dictionaries(st.sampled_from(["claims", "figures", "sources", "places", "notes"]), _VALUES, max_size=4)


@given(st.lists(st.lists(_CARDS, max_size=5), max_size=4))
def test_any_card_comes_back_as_it_was(blocks: list[list[dict[str, Any]]]) -> None:
    table, written = Table(), []
    for cards in blocks:
        block = Block()
        for card in cards:
            block.add(card)
        written.append(table.written(block))
    found = cards_in([*written, *table.texts()], range(len(blocks)))
    for cards, read in zip(blocks, found, strict=True):
        assert [{n: v for n, v in card.items() if n != "row"} for card in read] == (cards if any(cards) else [])


def test_the_same_cards_are_the_same_bytes() -> None:
    frame = made_up_frame(50, details=True)
    one, other = (incident_columns(frame, ShapeTable(), texts=True).texts for _ in range(2))
    assert one == other


def test_cards_are_written_only_for_whom_they_are_asked() -> None:
    assert incident_columns(made_up_frame(3, details=True), ShapeTable()).texts == ()


def test_a_frame_without_rows_has_no_blocks() -> None:
    blocks = CardBlocks(make_frame({"title": []}, []), ())
    assert (blocks.texts(), blocks.starts) == ([], [])
