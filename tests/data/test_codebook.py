from __future__ import annotations

from dataclasses import fields

import pytest

from willay.data.admin import folded
from willay.data.codebook import Terms, codebook
from willay.data.errors import UNKNOWN, UnknownTermError
from willay.geo.translation import in_language

BOOK = codebook()
LISTS = [
    BOOK.types, BOOK.subtypes, BOOK.date_precision, BOOK.place_precision, BOOK.measures, BOOK.groups,
    BOOK.source_kinds, BOOK.reliability, BOOK.actor_kinds, BOOK.roles, BOOK.statuses, BOOK.confidence,
    BOOK.case_types, BOOK.case_states, BOOK.case_phases,
]  # fmt: skip


@pytest.mark.parametrize("terms", LISTS, ids=lambda terms: terms.name)
def test_every_term_has_a_label_in_spanish_and_in_english(terms: Terms) -> None:
    for term in terms:
        assert term.labels["es"]
        assert term.labels["en"]


def test_every_sub_type_has_its_type() -> None:
    assert all(term.parent in BOOK.types for term in BOOK.subtypes)


def test_groups_lie_in_one_another() -> None:
    assert BOOK.group_within("police", "security-forces")
    assert BOOK.group_within("police", "all")
    assert not BOOK.group_within("security-forces", "police")
    assert all(BOOK.group_within(group.code, "all") for group in BOOK.groups)


def test_source_kinds_are_ranked_from_the_official_inquiry_to_the_party_to_the_conflict() -> None:
    ranked = sorted(BOOK.source_kinds, key=lambda kind: kind.facts["rank"])
    order = [kind.code for kind in ranked]
    assert order[0] == "official-inquiry"
    assert order.index("ombudsman") < order.index("court") < order.index("press") < order.index("party")


def test_a_term_is_found_by_code_or_label_in_any_case() -> None:
    assert BOOK.measures.find("KILLED").code == "killed"
    assert BOOK.measures.find("muertos").code == "killed"
    assert BOOK.groups.find("security forces").code == "security-forces"


def test_an_unknown_term_is_refused_with_the_nearest_and_the_list() -> None:
    with pytest.raises(UnknownTermError, match=r"Did you mean 'ombudsman'.*Known: official-inquiry"):
        BOOK.source_kinds.find("ombudsmen")


def test_every_list_has_a_sentence_of_its_own_for_a_code_that_it_does_not_have() -> None:
    names = {getattr(BOOK, one.name).name for one in fields(BOOK)}
    assert names <= set(UNKNOWN)


def test_a_person_who_reads_spanish_sees_what_the_codes_mean() -> None:
    with in_language("es"), pytest.raises(UnknownTermError) as caught:
        BOOK.source_kinds.find("ombudsmen")
    told = str(caught.value)
    assert told.startswith("No existe el tipo de fuente «ombudsmen». ¿Quiso decir «ombudsman» (Defensoría del Pueblo")
    assert "press (prensa)" in told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Paro", ("protest", "strike")), ("HUELGA indefinida", ("protest", "strike")), ("marcha", ("protest", None)),
        ("Bloqueo de carretera", ("protest", "road-block")), ("road block", ("protest", "road-block")),
        ("road_block", ("protest", "road-block")), ("Armed Clash", ("armed-clash", None)),
        ("desaparicion forzada", ("violence-against-civilians", "enforced-disappearance")),
    ],
)  # fmt: skip
def test_a_type_is_found_by_what_monitors_write(text: str, found: tuple[str, str | None]) -> None:
    assert BOOK.type_of(text) == found


def test_a_word_means_one_type_alone() -> None:
    called = [
        (folded(name), term.code)
        for term in BOOK.types_and_subtypes
        for name in {term.code, *(folded(label) for label in term.labels.values()), *term.words}
        if term.code not in {"other", "other-event"}  # the type and its one sub-type are called the same
    ]
    assert len({name for name, _ in called}) == len(called)


def test_a_word_that_could_mean_two_types_is_not_guessed() -> None:
    with pytest.raises(UnknownTermError):
        BOOK.type_of("enfrentamiento")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("bloq", ["road-block"]), ("emb", ["ambush"]), ("secuestro", ["kidnapping"]), ("paro", ["strike"]),
        ("toma de re", ["abduction", "hostage-taking"]), ("ROAD B", ["road-block"]), ("zzz", []), ("", []),
        ("Enfrentamiento", ["armed-clash", "riot", "repressed-protest"]),
        ("retención", ["kidnapping", "hostage-taking"]),
    ],
)  # fmt: skip
def test_a_type_is_found_by_its_first_letters_and_a_word_of_several_shows_all(text: str, codes: list[str]) -> None:
    assert [term.code for term in BOOK.types_and_subtypes.meant_by(text)] == codes


@pytest.mark.parametrize(
    ("kind", "measures"),
    [
        ("kidnapping", ("abducted", "released")), ("strike", ("injured", "detained", "participants")),
        ("road-block", ("injured", "detained", "participants")), ("ambush", ("killed", "injured")),
        ("repressed-protest", ("killed", "injured", "detained")), ("state-of-emergency", ()),
        ("enforced-disappearance", ("missing",)), ("desplazamiento", ("displaced",)),
        ("emboscada", ("killed", "injured")),
    ],
)  # fmt: skip
def test_a_type_says_what_a_person_who_enters_one_is_asked_to_count(kind: str, measures: tuple[str, ...]) -> None:
    assert BOOK.asked_of(kind) == measures


def test_what_is_asked_has_a_question_in_each_language_and_may_be_asked_of_the_type() -> None:
    for term in BOOK.types_and_subtypes:
        asked = BOOK.asked_of(term.code)
        wider = BOOK.types[term.parent] if term.parent else term
        allowed = term.facts.get("measures", wider.facts.get("measures", BOOK.measures.codes()))
        assert set(asked) <= set(allowed), term.code
        for measure in asked:
            assert set(BOOK.measures[measure].facts["ask"]) == {"es", "en"}
    assert all("asks" in term.facts for term in BOOK.types)


def test_words_that_may_mean_several_types_mean_none_of_them_alone() -> None:
    several = {word for term in BOOK.types_and_subtypes for word in term.facts.get("may_mean", ())}
    for word in several:
        assert len(BOOK.types_and_subtypes.meant_by(word)) > 1, word
        with pytest.raises(UnknownTermError):
            BOOK.type_of(word)


@pytest.mark.parametrize(
    ("text", "code"),
    [("testigo", "witness"), ("llamada telefónica", "local-contact"), ("radio", "radio"), ("WhatsApp", "social-media"),
     ("visita", "own-observation"), ("acta", "document"), ("diario", "press")],
)  # fmt: skip
def test_what_a_monitor_hears_from_has_a_kind_of_its_own(text: str, code: str) -> None:
    assert BOOK.source_kinds.find(text).code == code


MANY = {
    "protestas": "protest", "Protests": "protest", "Battles": "battle", "bloqueos de vías": "road-block",
    "homicidios selectivos": "killing", "masacres": "killing", "saqueos": "property-destruction", "huelgas": "strike",
    "desplazamientos": "forced-displacement", "secuestros": "kidnapping", "emboscadas": "ambush", "Riots": "riot",
    "desapariciones forzadas": "enforced-disappearance", "linchamientos": "mob-violence", "arrests": "arrest",
    "tomas de rehenes": "hostage-taking", "marchas": "protest", "sabotajes": "sabotage", "leyes": "law-or-decree",
}  # fmt: skip


@pytest.mark.parametrize(("text", "code"), MANY.items())
def test_a_word_means_the_same_for_several(text: str, code: str) -> None:
    kind, sub = BOOK.type_of(text)
    assert (sub or kind) == code


@pytest.mark.parametrize(
    "text",
    [
        "enfrentamientos",
        "asesinatos",
        "homicidios",
        "atentados",
        "ataques",
        "desalojos",
        "Attacks",
        "clashes",
        "evictions",
    ],
)
def test_a_word_of_several_types_is_that_for_several_too(text: str) -> None:
    assert len(BOOK.types_and_subtypes.several(text)) > 1
    with pytest.raises(UnknownTermError, match="It may mean: "):
        BOOK.type_of(text)


def test_no_word_of_the_codebook_changes_its_meaning_with_an_s() -> None:
    terms = BOOK.types_and_subtypes
    for term in terms:
        for name in (*term.labels.values(), *term.words):
            several = f"{name}s"
            try:
                found = terms.find(several)
            except UnknownTermError:
                continue
            assert found == terms.find(name), several
