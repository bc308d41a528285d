"""A figure policy that is a function of one's own, in the front door and on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import willay as wy  # noqa: TC001 — as users do
from willay.events.frame.provenance import origin_of
from willay.maps.foot import policy_of
from willay.maps.pictures.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.filterwarnings("ignore::willay.events.model.errors.DisclosureWarning")


def first(voices: Sequence[wy.Voice]) -> wy.Voice:
    return min(voices, key=lambda voice: voice.position)


def test_a_function_is_a_policy_wherever_a_policy_is_named(db: wy.Database) -> None:
    frame = db.select(policy=first)
    assert frame.attrs["policy"] == "own:first"
    assert db.incident("bagua-2009", policy=first).policy == "own:first"
    figure = db["bagua-2009"].figure("killed", policy=first)
    assert figure is not None
    assert figure.policy == "own:first"
    both = db.figures("killed", policy=[first, "maximum"])
    assert list(dict.fromkeys(both["policy"])) == ["own:first", "maximum"]
    assert list(dict.fromkeys(db.figures("killed", policy=first)["policy"])) == ["own:first"]


def test_pages_call_it_an_own_rule_in_their_language(db: wy.Database) -> None:
    frame = db.select(policy=first)
    stated = policy_of(origin_of(frame.iloc[:3]))
    assert stated == {
        "name": "own:first", "version": None,
        "words": {"en": "own rule: first", "es": "regla propia: first"},
    }  # fmt: skip
    assert [Words(lang).policy(stated) for lang in ("en", "es")] == ["own rule: first", "regla propia: first"]
    assert Words("en").policy({"name": "median"}) == "median"
    assert Words("en").policy({"name": "willay-example:first-listed@1"}) == "willay-example:first-listed@1"


def test_what_a_joined_frame_states_of_its_policy_is_kept(db: wy.Database) -> None:
    frame = db.select(policy=first)
    bare = frame.copy()
    bare.attrs = {}
    assert policy_of(origin_of(bare))["words"]["es"] == "regla propia: first"


def test_a_rule_that_raises_says_so_itself(db: wy.Database) -> None:
    with pytest.raises(ZeroDivisionError, match="division"):
        db.select(policy=lambda voices: voices[1 // 0])
