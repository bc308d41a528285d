from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.events.store.write.three_way import Merge, Noted, merged

BASE: dict[str, Any] = {
    "title": {"es": "Uno", "en": "One"}, "type": "protest", "days": "2012-04-09", "date_precision": "day",
    "tags": ["gas"], "claims": [{"measure": "killed", "group": "all", "best": 5, "source": "s"}],
    "places": [{"name": "A", "precision": "site"}, {"name": "B", "precision": "site"}],
}  # fmt: skip


def told(merge: Merge) -> list[tuple[str, str]]:
    return [(one.field, one.what) for one in merge.noted]


@pytest.mark.parametrize("base", [BASE, None])
def test_two_that_are_the_same_stay_so_and_nothing_is_noted(base: dict[str, Any] | None) -> None:
    assert merged(base, BASE, BASE) == Merge(BASE, ())


def test_the_side_that_did_not_change_gives_way() -> None:
    changed = {**BASE, "days": "2012-04", "date_precision": "month", "title": {"es": "Dos", "en": "One"}}
    assert merged(BASE, BASE, changed).document == changed
    assert told(merged(BASE, BASE, changed)) == [("days", "taken"), ("title", "taken")]
    assert merged(BASE, changed, BASE) == Merge(changed, ())


def test_where_both_changed_ours_stays_and_theirs_is_noted() -> None:
    merge = merged(BASE, {**BASE, "days": "2012-05-01"}, {**BASE, "days": "2012-06-01"})
    assert merge.document["days"] == "2012-05-01"
    assert merge.noted == (Noted("days", "kept", "2012-06-01; day", "2012-05-01; day"),)


def test_days_and_their_precision_are_one_value_and_so_are_type_and_subtype() -> None:
    ours = {**BASE, "date_precision": "week"}
    theirs = {**BASE, "days": "2012-04", "date_precision": "month", "subtype": "march"}
    document = merged(BASE, ours, theirs).document
    assert (document["days"], document["date_precision"]) == ("2012-04-09", "week")
    assert (document["type"], document["subtype"]) == ("protest", "march")


def test_a_dataset_and_what_it_calls_the_incident_are_one_value_too() -> None:
    base = {**BASE, "dataset": "theirs", "dataset_id": "17"}
    merge = merged(base, {**base, "dataset_id": "18"}, {**base, "dataset": "another"})
    assert (merge.document["dataset"], merge.document["dataset_id"]) == ("theirs", "18")


def test_each_language_of_a_text_is_merged_by_itself() -> None:
    ours = {**BASE, "title": {"es": "Nuestro", "en": "One"}}
    theirs = {**BASE, "title": {"es": "Uno", "en": "Theirs", "qu": "Huk"}}
    assert merged(BASE, ours, theirs).document["title"] == {"es": "Nuestro", "en": "Theirs", "qu": "Huk"}


def test_an_entry_that_both_changed_is_ours_and_one_that_only_they_changed_is_theirs() -> None:
    claim = BASE["claims"][0]
    theirs = {**BASE, "claims": [{**claim, "best": 6}, {**claim, "measure": "injured", "best": 1}]}
    ours = {**BASE, "claims": [{**claim, "note": {"es": "x"}}]}
    merge = merged(BASE, ours, theirs)
    assert merge.document["claims"] == [*ours["claims"], theirs["claims"][1]]
    assert told(merge) == [("claims", "kept"), ("claims", "added")]
    other = {**BASE, "claims": [claim, {**claim, "measure": "detained", "best": 2}]}
    assert merged(BASE, other, theirs).document["claims"] == [
        theirs["claims"][0], other["claims"][1], theirs["claims"][1],
    ]  # fmt: skip


def test_what_they_changed_and_we_removed_comes_back_and_what_they_left_stays_removed() -> None:
    left, right = BASE["places"]
    ours = {**BASE, "places": [{"name": "C", "precision": "site"}]}
    theirs = {**BASE, "places": [{**left, "lon": 1.0, "lat": 2.0}, right]}
    assert merged(BASE, ours, theirs).document["places"] == [ours["places"][0], theirs["places"][0]]


def test_another_primary_place_is_noted_and_ours_stays_first() -> None:
    turned = {**BASE, "places": BASE["places"][::-1]}
    assert merged(BASE, BASE, turned).document["places"] == turned["places"]
    merge = merged(None, BASE, turned)
    assert merge.document["places"] == BASE["places"]
    assert told(merge) == [("places", "kept")]


def test_a_list_that_is_one_value_is_of_one_side() -> None:
    ours = {**BASE, "places": [{"name": "C", "precision": "site"}]}
    theirs = {**BASE, "places": [{"name": "D", "precision": "site"}]}
    merge = merged(BASE, ours, theirs, ("places",))
    assert merge.document["places"] == ours["places"]
    assert merge.noted == (Noted("places", "kept", "D (site)", "C (site)"),)
    assert merged(BASE, BASE, theirs, ("places",)).document["places"] == theirs["places"]


def test_two_claims_of_one_voice_on_one_measure_are_two() -> None:
    parts = [{"measure": "released", "group": "all", "best": best, "source": "s"} for best in (4, 3)]
    assert merged(None, {"claims": parts}, {"claims": parts}).document["claims"] == parts
    assert merged(None, {"claims": parts[:1]}, {"claims": parts}).document["claims"] == parts


LEVELS = (None, "public", "restricted", "confidential")


@pytest.mark.parametrize(("was", "ours", "theirs"), list(itertools.product(LEVELS, LEVELS, LEVELS)))
def test_of_two_levels_the_stricter_one_counts(was: str | None, ours: str | None, theirs: str | None) -> None:
    sides = [{"sensitivity": level} if level else {} for level in (was, ours, theirs)]
    rank = {level: max(0, place - 1) for place, level in enumerate(LEVELS)}
    for base in (sides[0], None):
        now = merged(base, sides[1], sides[2]).document.get("sensitivity")
        assert rank[now] == max(rank[ours], rank[theirs])
        assert now == ours or rank[now] > rank[ours]


WORDS = st.sampled_from(["a", "b", "c", "d"])
CLAIM = st.builds(
    lambda measure, best: {"measure": measure, "group": "all", "best": best, "source": "s"},
    st.sampled_from(["killed", "injured", "detained"]), st.integers(0, 2),
)  # fmt: skip
DRAFTS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.dictionaries(st.sampled_from(["es", "en"]), WORDS, min_size=1),
        "country": WORDS,
        "days": WORDS,
        "tags": st.lists(WORDS, unique=True, min_size=1),
        "claims": st.lists(CLAIM, unique_by=lambda one: one["measure"], min_size=1),
    },
)


def is_noted(merge: Merge, name: str) -> bool:
    return any(one.field == name for one in merge.noted)


@given(ours=DRAFTS, theirs=DRAFTS)
def test_without_an_ancestor_ours_stays_lists_are_united_and_all_is_noted(
    ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    """The oracle is the rule itself, field by field."""
    merge = merged(None, ours, theirs)
    for name in {*ours, *theirs}:
        if name in {"tags", "claims"}:
            mine, other, now = (one.get(name, []) for one in (ours, theirs, merge.document))
            assert now[: len(mine)] == mine
            assert {str(one) for one in now[len(mine) :]} <= {str(one) for one in other}
            keys = {one["measure"] if name == "claims" else one for one in [*mine, *other]}
            assert [one["measure"] if name == "claims" else one for one in now] == list(dict.fromkeys(
                [one["measure"] if name == "claims" else one for one in [*mine, *other]]
            ))  # fmt: skip
            assert len(now) == len(keys)
            assert is_noted(merge, name) == (any(one not in mine for one in other))
        else:
            assert merge.document.get(name) == ours.get(name)
            assert is_noted(merge, name) == (ours.get(name) != theirs.get(name))


@given(base=DRAFTS, ours=DRAFTS, theirs=DRAFTS)
def test_with_an_ancestor_each_field_is_of_the_side_that_changed_it(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    merge = merged(base, ours, theirs)
    for name in ("country", "days"):
        was, mine, other = (one.get(name) for one in (base, ours, theirs))
        assert merge.document.get(name) == (other if mine == was else mine)
        assert is_noted(merge, name) == (other not in (mine, was))
    for name in ("tags", "claims"):
        was, mine, other, now = (
            {str(one) for one in side.get(name, [])} for side in (base, ours, theirs, merge.document)
        )
        assert mine & other <= now
        assert now <= mine | other
        assert (mine - was) | (other - was - mine) >= now - was
        if name == "tags":
            assert now == (mine | other) - (was - mine) - (was - other)


@given(base=DRAFTS, ours=DRAFTS, theirs=DRAFTS)
def test_once_merged_the_same_again_changes_nothing(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    """What the other side said last is the ancestor of the next time."""
    first = merged(base, ours, theirs)
    assert merged(theirs, first.document, theirs) == Merge(first.document, ())


def test_two_claims_that_each_side_gave_one_label_keep_their_own_corrections() -> None:
    def side(source: str) -> list[dict[str, Any]]:
        common = {"measure": "killed", "group": "all", "best": 5, "source": "old"}
        first = {"measure": "killed", "group": "all", "best": 7, "source": source, "label": "c2"}
        later = {**first, "best": 6, "stated_on": "2012-05-02", "supersedes": ["c2"]}
        return [common, first, {name: value for name, value in later.items() if name != "label"}]

    base = {"claims": side("x")[:1]}
    made = merged(base, {"claims": side("daily")}, {"claims": side("radio")}).document["claims"]
    links = {(claim["source"], claim["best"]): (claim.get("label"), claim.get("supersedes")) for claim in made}
    assert links == {
        ("old", 5): (None, None),
        ("daily", 7): ("c2", None), ("daily", 6): (None, ["c2"]),
        ("radio", 7): ("c1", None), ("radio", 6): (None, ["c1"]),
    }  # fmt: skip


def test_a_claim_that_both_sides_corrected_has_one_label() -> None:
    one = {"measure": "killed", "group": "all", "best": 5, "source": "old", "label": "c1"}
    ours = [one, {"measure": "killed", "group": "all", "best": 4, "source": "old", "stated_on": "2012-05-02",
                  "supersedes": ["c1"]}]  # fmt: skip
    theirs = [{**one, "label": "c3"}, {**ours[1], "best": 3, "stated_on": "2012-05-03", "supersedes": ["c3"]}]
    base = {"claims": [{name: value for name, value in one.items() if name != "label"}]}
    made = merged(base, {"claims": ours}, {"claims": theirs}).document["claims"]
    assert [(claim["best"], claim.get("label"), claim.get("supersedes")) for claim in made] == [
        (5, "c1", None), (4, None, ["c1"]), (3, None, ["c1"]),
    ]  # fmt: skip
