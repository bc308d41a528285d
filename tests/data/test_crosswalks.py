"""Crosswalks: the code lists are those of each dataset's codebook, and what does not come back says what is lost."""

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
    ("cameo", "root"): "type",
    ("cameo", "code"): "type",
    ("cameo", "geo_type"): "place_precision",
    ("plover", "event"): "type",
    ("plover", "mode"): "type",
    ("gtd", "hostkidoutcome"): "measures",
    ("scad", "etype"): "type",
    ("scad", "locnum"): "place_precision",
    ("mm", "stateresponse"): "measures",
    ("ccc", "type"): "type",
}
"""Which of our lists the terms of a foreign list belong to."""

PARTIAL = {"root", "code", "event", "mode", "hostkidoutcome", "stateresponse"}
"""Lists with codes that are no incident of ours, or no one thing of ours."""

OUT = {
    "acled": {
        "type": ("sub_event_type",),
        "place_precision": ("geo_precision",),
        "date_precision": ("time_precision",),
        "actor_kind": ("inter",),
    },
    "cameo": {"type": ("root", "code")},
    "gtd": {"type": ("attacktype",), "place_precision": ("specificity",)},
    "plover": {"type": ("event", "mode")},
    "ucdp": {"type": ("type_of_violence",), "place_precision": ("where_prec",), "date_precision": ("date_prec",)},
}
"""What our terms become: by system and list of ours, the foreign lists that hold the codes."""

CELLS = [(system, name) for system, tables in OUT.items() for name in tables]

LISTS = {
    ("acled", "disorder_type"): {
        "Political violence", "Demonstrations", "Political violence; Demonstrations", "Strategic developments",
    },
    ("acled", "source_scale"): {
        "Local partner", "New media", "Other", "Subnational", "Regional", "National", "International",
    },
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
    ("cameo", "code"): {
        "057", "141", "142", "143", "144", "145", "1712", "1723", "1724", "173", "175", "181", "182", "1821", "1822",
        "183", "185", "186", "190", "193", "194", "195", "202",
    },
    ("cameo", "geo_type"): set("12345"),
    ("gtd", "attacktype"): set("123456789"),
    ("gtd", "targtype"): {str(code) for code in range(1, 23)},
    ("gtd", "targsubtype"): {str(code) for code in range(1, 114) if code != 38},  # 38 is not in use
    ("gtd", "specificity"): set("12345"),
    ("gtd", "hostkidoutcome"): set("1234567"),
    ("plover", "event"): {
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
        "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    },
    ("ucdp", "type_of_violence"): set("123"),
    ("ucdp", "where_prec"): set("1234567"),
    ("ucdp", "date_prec"): set("12345"),
    ("ucdp", "event_clarity"): set("12"),
    ("scad", "etype"): {str(number) for number in range(1, 11)},
    ("scad", "locnum"): {*"1234567", "-99"},
    ("scad", "npart"): set("1234567"),
    ("mm", "participants_category"): {"50-99", "100-999", "1000-1999", "2000-4999", "5000-10000", ">10000"},
    ("mm", "stateresponse"): {
        "accomodation", "arrests", "beatings", "crowd dispersal", "ignore", "killings", "shootings",
    },
}  # fmt: skip
"""The codes of the public codebooks of ACLED, CAMEO (and GDELT), GTD, PLOVER, UCDP GED, SCAD and Mass Mobilization."""

ACLED_FLAGS = {
    "Armed clash": "10", "Government regains territory": "10", "Non-state actor overtakes territory": "10",
    "Chemical weapon": "10", "Air/drone strike": "10", "Suicide bomb": "10", "Shelling/artillery/missile attack": "10",
    "Remote explosive/landmine/IED": "10", "Grenade": "10", "Sexual violence": "10", "Attack": "10",
    "Abduction/forced disappearance": "10", "Peaceful protest": "01", "Protest with intervention": "01",
    "Excessive force against protesters": "11", "Violent demonstration": "01", "Mob violence": "10",
}  # fmt: skip
"""Whether a sub-event is political violence, and a demonstration (`acled_event_categories` of acledR); else neither."""

DISORDER = {
    "10": "Political violence", "01": "Demonstrations", "11": "Political violence; Demonstrations",
    "00": "Strategic developments",
}  # fmt: skip

TARGETS = {
    1: (*range(1, 14), 112), 2: range(14, 22), 3: range(22, 27), 4: (*range(27, 38), 39), 5: (40, 41), 6: (42, 43, 44),
    7: (45, 46, 47), 8: (48, 49, 50), 9: (51, 52), 10: range(53, 57), 11: range(57, 61), 12: (61, 62), 13: (63, 64, 66),
    14: (65, *range(67, 85), 113), 15: (85, 86, 87), 16: range(88, 93), 17: (93, 94), 18: range(95, 99),
    19: range(99, 106), 20: (), 21: (106, 107, 108), 22: (109, 110, 111),
}  # fmt: skip
"""The kinds of target of GTD with the sub-kinds of each."""

LABELS = {
    ("acled", "inter"): (
        "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
        "External/Other forces",
    ),
    ("gtd", "attacktype"): (
        "Assassination", "Armed Assault", "Bombing/Explosion", "Hijacking", "Hostage Taking (Barricade Incident)",
        "Hostage Taking (Kidnapping)", "Facility/Infrastructure Attack", "Unarmed Assault", "Unknown",
    ),
    ("gtd", "targtype"): (
        "Business", "Government (General)", "Police", "Military", "Abortion Related", "Airports & Aircraft",
        "Government (Diplomatic)", "Educational Institution", "Food or Water Supply", "Journalists & Media", "Maritime",
        "NGO", "Other", "Private Citizens & Property", "Religious Figures/Institutions", "Telecommunication",
        "Terrorists/Non-State Militia", "Tourists", "Transportation (other than aviation)", "Unknown", "Utilities",
        "Violent Political Party",
    ),
    ("gtd", "hostkidoutcome"): (
        "Attempted Rescue", "Hostage(s) released by perpetrators", "Hostage(s) escaped (not during rescue attempt)",
        "Hostage(s) killed (not during rescue attempt)", "Successful Rescue", "Combination", "Unknown",
    ),
}  # fmt: skip
"""Labels of codes that count from 1, in that order. Copies of GTD's table with 2 as Hijacking are wrong."""

MODES = {
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": (
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
        "heavy-weapons crowd-control unconventional"
    ),
    "MOBILIZE": "troops weapons police militia",
    "SANCTION": "convict expel withdraw discontinue",
    "RETREAT": "withdraw release disarm ceasefire access resign",
}
"""The modes of PLOVER's manual, by type."""


def terms_of(name: str) -> set[str]:
    """Return the codes of one of our lists; sub-types are among the types."""
    book = codebook()
    if name == "type":
        return {*book.types.codes(), *book.subtypes.codes()}
    return set(getattr(book, "actor_kinds" if name == "actor_kind" else name).codes())


@pytest.mark.parametrize(("system", "name"), LISTS, ids=" ".join)
def test_a_list_has_the_codes_of_its_codebook(system: str, name: str) -> None:
    assert set(crosswalk(system).lists[name]) == LISTS[system, name]


@pytest.mark.parametrize(("system", "name"), OURS, ids=" ".join)
def test_each_code_becomes_a_term_of_ours(system: str, name: str) -> None:
    for entry in crosswalk(system).lists[name].values():
        assert entry.ours in terms_of(OURS[system, name]) or (entry.ours is None and name in PARTIAL)


@pytest.mark.parametrize(("system", "name"), LABELS, ids=" ".join)
def test_codes_that_count_from_1_have_the_labels_of_the_codebook(system: str, name: str) -> None:
    found = crosswalk(system).lists[name]
    assert {code: entry.label for code, entry in found.items()} == {
        str(number): label for number, label in enumerate(LABELS[system, name], 1)
    }


def test_sub_events_of_acled_have_the_kind_of_disorder_that_their_flags_give() -> None:
    for code, entry in crosswalk("acled").lists["sub_event_type"].items():
        assert entry.facts["disorder_type"] == DISORDER[ACLED_FLAGS.get(code, "00")]
        assert entry.facts["event_type"] in LISTS["acled", "event_type"]


def test_each_sub_kind_of_target_of_gtd_lies_in_its_kind() -> None:
    found = {code: entry.facts["targtype"] for code, entry in crosswalk("gtd").lists["targsubtype"].items()}
    assert found == {str(sub): str(kind) for kind, subs in TARGETS.items() for sub in subs}


def test_modes_of_plover_are_those_of_its_manual() -> None:
    assert set(crosswalk("plover").lists["mode"]) == {
        f"{kind}/{mode}" for kind, modes in MODES.items() for mode in modes.split()
    }


@pytest.mark.parametrize(("system", "name"), OURS, ids=" ".join)
def test_of_codes_that_become_one_term_all_but_one_say_what_is_lost(system: str, name: str) -> None:
    same = defaultdict(list)
    for entry in crosswalk(system).lists[name].values():
        if entry.ours is not None:
            same[entry.ours].append(entry)
    for entries in same.values():
        assert sum(not entry.loss for entry in entries) <= 1, entries


@pytest.mark.parametrize(("system", "name"), CELLS, ids=" ".join)
def test_each_term_of_ours_has_codes_there_or_the_reason_why_not(system: str, name: str) -> None:
    table = crosswalk(system)
    known = {code for list_ in OUT[system][name] for code in table.lists[list_]}
    assert set(table.out[name]) == terms_of(name)
    for entry in table.out[name].values():
        assert entry.loss if entry.code is None else {entry.code, *entry.also} <= known
        assert entry.code not in entry.also


@pytest.mark.parametrize(("system", "name"), CELLS, ids=" ".join)
def test_a_term_that_loses_nothing_on_the_way_out_comes_back_as_it_was(system: str, name: str) -> None:
    table = crosswalk(system)
    codes = {code: entry for list_ in OUT[system][name] for code, entry in table.lists[list_].items()}
    changed = [entry.ours for entry in table.out[name].values() if entry.code and codes[entry.code].ours != entry.ours]
    assert [ours for ours in changed if not table.out[name][ours].loss] == []


@pytest.mark.parametrize(("system", "name"), CELLS, ids=" ".join)
def test_a_code_that_loses_nothing_on_the_way_in_comes_back_as_it_was(system: str, name: str) -> None:
    table = crosswalk(system)
    for list_ in OUT[system][name]:
        for code, entry in table.lists[list_].items():
            if entry.ours is not None and not entry.loss:
                assert table.out[name][entry.ours].code == code


def test_an_event_type_of_acled_comes_back_as_it_was() -> None:
    acled = crosswalk("acled")
    for code, entry in acled.lists["event_type"].items():
        out = acled.outgoing("type", entry.ours or "")
        assert out is not None
        assert acled.lists["sub_event_type"][out.code or ""].facts["event_type"] == code


def test_terms_become_what_the_codebooks_table_says() -> None:
    # ACLED's week is UCDP's 3, not its 2; ACLED has nothing beyond the month, UCDP nothing beyond the year.
    days = {name: crosswalk(name).out["date_precision"] for name in ("acled", "ucdp")}
    assert [days["acled"][term].code for term in ("day", "days", "week", "month", "year")] == ["1", "2", "2", "3", None]
    assert [days["ucdp"][term].code for term in ("day", "days", "week", "month", "year")] == ["1", "2", "3", "4", "5"]
    places = {name: crosswalk(name).out["place_precision"] for name in ("acled", "ucdp", "gtd")}
    wanted = {
        "site": ("1", "1", "1"), "settlement": ("1", "1", "1"), "department": ("3", "4", "4"), "area": ("3", "5", "3"),
        "near": ("2", "2", "1"), "country": (None, "6", "5"), "sea": (None, "7", None),
    }  # fmt: skip
    for term, codes in wanted.items():
        assert tuple(places[name][term].code for name in ("acled", "ucdp", "gtd")) == codes


def test_only_protest_coercion_and_violence_of_cameo_are_incidents_by_their_root() -> None:
    cameo = crosswalk("cameo")
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


def test_a_label_that_two_codes_have_means_neither() -> None:
    gtd = crosswalk("gtd")
    assert gtd.find("targsubtype", "checkpoint") is None
    assert gtd.find("targsubtype", "refugee") is gtd.get("targsubtype", "65")


def test_there_is_a_table_for_each_system_and_for_no_other() -> None:
    for system in SYSTEMS:
        assert crosswalk(system).system == system
    with pytest.raises(UnknownTermError, match="crosswalk"):
        crosswalk("gossip")
