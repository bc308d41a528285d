"""Cards that are joined of what was written once are those that are written whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from store_examples import ALIKE, fill, fill_alike

from willay.events.exchange.outgoing import features
from willay.events.exchange.outgoing.options import Registers
from willay.events.frame import cards
from willay.events.frame.cards import CardWriter, card, claim_cards
from willay.events.frame.framing import Known, figures_of
from willay.events.frame.units import Spot
from willay.events.store.read.references import References
from willay.events.store.record.documents import read_recorded
from willay.events.store.record.region_sets import read_regions
from willay.events.store.record.rows import located_places, spots_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.events.store import Store

POLICY = "ranked-source"


@pytest.fixture
def filled(make_store: Callable[..., Store]) -> Store:
    store = make_store()
    fill(store)
    fill_alike(store)
    return store


@pytest.mark.parametrize("most", [100, 0])
def test_cards_are_those_that_are_written_whole(filled: Store, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(cards, "_MOST", most)
    with filled._session.reading() as connection:
        drafts = [one.state["draft"] for one in read_recorded(connection)]
        located = located_places(drafts, read_regions(connection))
        references = References(connection, None, None)
        known = references.known(references.every_source)
    writer = CardWriter(POLICY)
    assert len(drafts) > len(ALIKE)
    for draft, places in zip(drafts, located, strict=True):
        spots = spots_of(places)
        assert writer.of(draft, spots, known) == card(draft, spots, known, figures_of(draft, known.sources, POLICY))
        elsewhere = [Spot(("X", None, None)) for _ in spots]
        assert json.loads(writer.of(draft, elsewhere, known))["places"] == [
            {**place, "admin": ["X"]} for place in draft.get("places", ())
        ]


STRANGE: tuple[dict[str, Any], ...] = (
    {"title": {"en": "A lone \ud800 letter"}, "claims": [{"measure": "killed", "group": "all", "source": "\ud800"}]},
    {"title": {"en": "Near the meridian"}, "places": [{"name": "x", "precision": "site", "lon": 0.00001, "lat": -1.0}]},
    {"title": {"en": "64 bits"}, "places": [{"name": "x", "precision": "site", "radius_m": 10**30}]},
)
"""What only the slow way of writing JSON writes."""


@pytest.mark.parametrize("draft", STRANGE)
def test_a_card_that_only_the_slow_way_can_write_is_that_which_is_written_whole(draft: dict[str, Any]) -> None:
    spots = [Spot((None, None, None)) for _ in draft.get("places", ())]
    known = Known()
    expected = card(draft, spots, known, figures_of(draft, known.sources, POLICY))
    assert CardWriter(POLICY).of(draft, spots, known) == expected


@pytest.mark.parametrize("most", [100, 0])
def test_claims_of_files_are_those_of_each_incident(filled: Store, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(features, "_MOST", most)
    (page,) = filled.read.pages(profile=None, details=False, drafts=True)
    found = [json.loads(line) for line in features.FeatureLines(Registers()).of(page)]
    assert len(found) > len(ALIKE)
    for feature in found:
        draft = feature["willay"]["draft"]
        assert feature["properties"].get("claims", []) == claim_cards(draft, {})
