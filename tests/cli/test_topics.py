"""`willay help`: topics by their names in both languages, and what they say compared with the program itself."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from translated import FOLDERS, ROOT

from willay.data.codebook import codebook
from willay.data.gazetteer import Gazetteer
from willay.events.cli import exit_codes, topics
from willay.events.cli.exit_codes import MEANINGS
from willay.events.cli.topics import ENVIRONMENT, TOPICS, find_topic
from willay.events.model.place_entry import read_place
from willay.events.model.policy import POLICIES
from willay.geo.translation import LANGUAGES, in_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

DAY = date(2026, 6, 6)
"""A Saturday."""


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("grupos", "groups"),
        ("Groups", "groups"),
        ("códigos de salida", "exit-codes"),
        ("codigos-de-salida", "exit-codes"),
        ("precisión", "precision"),
        ("fechas", "days"),
    ],
)
def test_a_topic_has_its_names_of_both_languages(asked: str, name: str) -> None:
    found = find_topic(asked)
    assert found is not None
    assert found.names[0] == name


def test_no_name_means_two_topics() -> None:
    names = [name for topic in TOPICS for name in set(topic.names)]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_topic_says_something_of_all_it_lists(lang: str) -> None:
    with in_language(lang):
        for topic in TOPICS:
            for _, rows in topic.sections:
                listed = list(rows(DAY))
                assert listed
                assert all(text and meaning for text, meaning in listed)


def test_types_are_those_of_the_codebook() -> None:
    found = find_topic("types")
    assert found is not None
    listed = [code.strip() for code, _ in found.sections[0][1](DAY)]
    assert sorted(listed) == sorted({*codebook().types.codes(), *codebook().subtypes.codes()})


def test_days_in_a_topic_are_read_as_the_topic_says() -> None:
    found = find_topic("days")
    assert found is not None
    with in_language("es"):
        listed = dict(found.sections[0][1](DAY))
    assert listed["ayer"] == "5 jun. 2026 (día exacto)"
    assert listed["9/4/2012"] == "9 abr. 2012 (día exacto)"
    assert len(listed) == 11


def test_forms_of_places_are_read() -> None:
    gazetteer = Gazetteer.load()
    for text, _ in topics._PLACES:
        assert read_place(text, gazetteer=gazetteer).name


def test_every_policy_has_words() -> None:
    assert set(topics._POLICIES) == set(POLICIES)


def test_every_exit_code_has_a_meaning() -> None:
    codes = {value for name, value in vars(exit_codes).items() if name.isupper() and isinstance(value, int)}
    assert codes == set(MEANINGS)


def test_every_variable_that_the_program_reads_is_listed() -> None:
    files = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py") if "data/sources" not in str(file)]
    read = {name for file in files for name in re.findall(r"\bWILLAY_[A-Z]+\b", file.read_text("utf-8"))}
    assert read == {name for name in ENVIRONMENT if name.startswith("WILLAY_")}


def test_help_on_a_command_is_its_help_page(run: Callable[..., Result]) -> None:
    assert run("help", "claim", "add").out == run("claim", "add", "--help").out


def test_an_unknown_topic_is_answered_with_the_topics(run: Callable[..., Result]) -> None:
    answer = run("help", "nada", "--lang", "es")
    assert answer.code == exit_codes.NOT_FOUND
    assert answer.err.startswith("willay: Ningún tema ni orden se llama «nada». Temas: tipos, medidas, grupos,")
