"""A figure policy that is a function of one's own, in the front door and on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import willay as wy
from willay.events import Bundle, draft
from willay.events.frame.provenance import origin_of
from willay.maps.foot import policy_of
from willay.maps.pictures.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from plugged import Example

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


BUNDLE = {
    "sources": [
        {"key": "daily", "kind": "press", "publisher": "Daily"},
        {"key": "court", "kind": "court", "publisher": "Court"},
    ],
    "incidents": [
        {
            "key": key, "title": key, "type": "protest", "days": "2021-03-08", "status": "published", **level,
            "places": [{"name": "Lima", "lon": -77.03, "lat": -12.05, "precision": "settlement"}],
            "claims": [
                {"measure": "killed", "best": 7, "source": "daily"},
                {"measure": "killed", "best": 3, "source": "court"},
            ],
        }
        for key, level in (("march", {}), ("strike", {"sensitivity": "restricted"}))
    ],
}  # fmt: skip


@pytest.fixture
def without_package(example: Example, tmp_path: Path) -> Path:
    """A database by the policy of a package that is not installed any more; one of its two incidents is restricted."""
    path = tmp_path / "kept.gpkg"
    with wy.create(path, country="PE", policy="first-listed", review="one-person") as made:
        made.store.write.add(draft(Bundle, BUNDLE), author="Ana")
    example.remove()
    return path


def test_without_its_package_an_incident_shows_the_stored_figure(without_package: Path) -> None:
    with wy.open(without_package, profile=None) as kept:
        march = kept["march"]
        figure = march.figure("killed")
        assert figure is not None
        assert (figure.low, figure.best, figure.high, figure.voices, figure.basis) == (3, 7, 7, 2, "")
        assert figure.source is not None
        assert figure.source.publisher == "Daily"
        assert "killed" in march._repr_html_()
        other = march.figure("killed", policy="ranked-source")
        assert other is not None
        assert other.best == 3
        assert kept.figures("killed")["best"].sum() == 14


def test_what_a_profile_changes_is_not_derived_by_another_policy(without_package: Path) -> None:
    with wy.open(without_package, profile="public") as kept:
        with pytest.raises(wy.RefusedError, match="Install the package willay-example"):
            kept.select()
        assert kept.select(policy="ranked-source")["killed_best"].tolist() == [3, 3]
