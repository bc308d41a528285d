"""Crosswalks: the code lists are those of each dataset's codebook, and each term of ours is one of ours."""

from __future__ import annotations

from collections import defaultdict

import pytest

from willay.data.codebook import codebook
from willay.data.crosswalks import SYSTEMS, crosswalk
from willay.data.errors import UnknownTermError

OURS = {
    ("acled", "event_type"): "type",
    ("acled", "sub_event_type"): "type",
    ("acled", "inter"): "actor_kinds",
    ("acled", "time_precision"): "date_precision",
    ("acled", "geo_precision"): "place_precision",
    ("gtd", "attacktype"): "type",
    ("gtd", "targtype"): "actor_kinds",
    ("gtd", "specificity"): "place_precision",
    ("ucdp", "type_of_violence"): "type",
    ("ucdp", "where_prec"): "place_precision",
    ("ucdp", "date_prec"): "date_precision",
}
"""Which of our lists the terms of a foreign list belong to."""

LISTS = {
    ("acled", "event_type"): {
        "Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots",
        "Strategic developments",
    },
    ("acled", "sub_event_type"): {
        "Armed clash", "Government regains territory", "Non-state actor overtakes territory", "Chemical weapon",
        "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED",
        "Grenade", "Sexual violence", "Attack", "Abduction/forced disappearance", "Peaceful protest",
        "Protest with intervention", "Excessive force against protesters", "Violent demonstration", "Mob violence",
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
        "Other",
    },
    ("acled", "inter"): set("12345678"),
    ("acled", "time_precision"): set("123"),
    ("acled", "geo_precision"): set("123"),
    ("cameo", "root"): {f"{number:02}" for number in range(1, 21)},
    ("cameo", "geo_type"): set("12345"),
    ("gtd", "attacktype"): set("123456789"),
    ("gtd", "targtype"): {str(code) for code in range(1, 23)},
    ("gtd", "specificity"): set("12345"),
    ("gtd", "hostkidoutcome"): set("1234567"),
    ("ucdp", "type_of_violence"): set("123"),
    ("ucdp", "where_prec"): set("1234567"),
    ("ucdp", "date_prec"): set("12345"),
    ("ucdp", "event_clarity"): set("12"),
}  # fmt: skip
"""The codes of the public codebooks of ACLED, CAMEO (and GDELT), GTD and UCDP GED."""


@pytest.mark.parametrize(("system", "name"), LISTS, ids=" ".join)
def test_a_list_has_the_codes_of_its_codebook(system: str, name: str) -> None:
    assert set(crosswalk(system).lists[name]) == LISTS[system, name]


@pytest.mark.parametrize(("system", "name"), OURS, ids=" ".join)
def test_each_code_becomes_a_term_of_ours(system: str, name: str) -> None:
    book = codebook()
    for entry in crosswalk(system).lists[name].values():
        assert entry.ours is not None
        if OURS[system, name] == "type":
            assert entry.ours in book.types or entry.ours in book.subtypes
        else:
            assert entry.ours in getattr(book, OURS[system, name])


@pytest.mark.parametrize(("system", "name"), OURS, ids=" ".join)
def test_where_two_codes_become_one_term_what_is_lost_is_said(system: str, name: str) -> None:
    same = defaultdict(list)
    for entry in crosswalk(system).lists[name].values():
        same[entry.ours].append(entry)
    for entries in same.values():
        assert len(entries) == 1 or sum(bool(entry.loss) for entry in entries) >= len(entries) - 1, entries


@pytest.mark.parametrize("system", ["acled", "ucdp"])
def test_each_term_of_ours_has_a_code_there_or_the_reason_why_not(system: str) -> None:
    book, out = codebook(), crosswalk(system).out
    wanted = {
        "type": {*book.types.codes(), *book.subtypes.codes()},
        "place_precision": set(book.place_precision.codes()),
        "date_precision": set(book.date_precision.codes()),
    }
    theirs = {
        "acled": {"type": "sub_event_type", "place_precision": "geo_precision", "date_precision": "time_precision"},
        "ucdp": {"type": "type_of_violence", "place_precision": "where_prec", "date_precision": "date_prec"},
    }[system]
    for name, ours in wanted.items():
        assert set(out[name]) == ours
        for entry in out[name].values():
            assert entry.loss if entry.code is None else entry.code in crosswalk(system).lists[theirs[name]]


def test_events_of_cameo_become_types_of_ours_or_none() -> None:
    book, cameo = codebook(), crosswalk("cameo")
    for entry in (*cameo.lists["root"].values(), *cameo.lists["code"].values()):
        assert entry.ours is None or entry.ours in book.types or entry.ours in book.subtypes
    assert {entry.code for entry in cameo.lists["root"].values() if entry.ours} == {"14", "17", "18", "19", "20"}
    assert all(code[:2] in cameo.lists["root"] for code in cameo.lists["code"])


def test_a_code_is_found_by_code_label_or_older_spelling_in_any_case() -> None:
    acled = crosswalk("acled")
    for text in ("excessive force against protestors", "Excessive Force Against Protesters"):
        found = acled.find("sub_event_type", text)
        assert found is not None
        assert found.code == "Excessive force against protesters"
    assert acled.find("inter", "REBEL FORCES") is acled.get("inter", "2")
    assert acled.find("inter", "nobody") is None
    assert acled.get("inter", "9") is None


def test_there_is_a_table_for_each_system_and_for_no_other() -> None:
    for system in SYSTEMS:
        assert crosswalk(system).system == system
    with pytest.raises(UnknownTermError, match="crosswalk"):
        crosswalk("gossip")
