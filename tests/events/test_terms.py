"""Terms and levels: nothing that anybody says loosens them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.data.codebook import codebook
from willay.events.frame.columns import COLUMNS, TERMS
from willay.events.frame.protection import OF_DATASET, sums_terms
from willay.events.model.errors import DraftError
from willay.events.model.foreign import DatasetTerms
from willay.events.model.terms import (
    as_strict,
    edited_terms,
    is_yes,
    stricter,
    strictest_of,
    terms_document,
    terms_of,
    tightened,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

ORDER = (None, "restricted", "confidential")
LEVELS = st.sampled_from([None, "public", "restricted", "confidential"])
WORDS = st.sampled_from(["CC-BY-4.0", "CC-BY-NC-4.0", "own words; of a kind", "All rights reserved"])
MAY = st.sampled_from([None, True, False])


@st.composite
def terms(draw: st.DrawFn) -> DatasetTerms:
    texts = {name: draw(st.none() | WORDS) for name in ("version", "licence", "attribution")}
    return DatasetTerms("survey", **texts, may_publish=draw(MAY))


def test_levels_are_in_the_order_of_the_codebook() -> None:
    assert codebook().sensitivity.codes() == ("public", "restricted", "confidential")
    assert [stricter(level) for level in ("public", None, "restricted", "confidential")] == [None, None, *ORDER[1:]]


@given(LEVELS, LEVELS)
def test_the_strictest_level_is_the_later_in_that_order(one: str | None, other: str | None) -> None:
    places = [ORDER.index(None if level == "public" else level) for level in (one, other)]
    assert stricter(one, other) == ORDER[max(places)]


@given(terms(), terms())
def test_terms_never_get_looser_and_the_same_again_changes_nothing(here: DatasetTerms, said: DatasetTerms) -> None:
    made = tightened(here, said)
    assert (made.may_publish is False) == (False in (here.may_publish, said.may_publish))
    for name, joint in (("licence", " AND "), ("attribution", "; ")):
        stated = [text for text in (getattr(here, name), getattr(said, name)) if text]
        parts = [part for text in stated for part in text.split(joint)]
        assert sorted((getattr(made, name) or "").split(joint)) == sorted(set(parts) or {""})
    assert tightened(made, said) == tightened(tightened(made, said), said) == made
    assert tightened(None, said) == said
    assert tightened(here, DatasetTerms("survey")) == here


def test_the_same_words_written_otherwise_are_the_same() -> None:
    here = DatasetTerms("a", licence="CC-BY-4.0", attribution="A Survey of Nowhere")
    said = DatasetTerms("a", licence="cc by 4.0", attribution="A survey of  nowhere.")
    assert tightened(here, said) == here


@given(terms())
def test_terms_are_read_back_from_json(known: DatasetTerms) -> None:
    assert terms_of(terms_document(known)) == known


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({}, None),
        ({"name": " "}, None),
        ({"name": 3}, None),
        ({"name": "a", "may_publish": "yes"}, DatasetTerms("a", may_publish=False)),
        ({"name": "a", "may_publish": 1, "licence": ["x"]}, DatasetTerms("a", may_publish=False)),
        ({"name": "a", "may_publish": None, "licence": ""}, DatasetTerms("a")),
    ],
)
def test_json_of_anybodys_making_is_taken_in_the_stricter_way(
    document: dict[str, Any], expected: DatasetTerms | None
) -> None:
    assert terms_of(document) == expected


def places(*pairs: tuple[str, str | None]) -> dict[str, Any]:
    return {"places": [{"name": name, **({"sensitivity": level} if level else {})} for name, level in pairs]}


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ((("A", "restricted"),), (("A", None),), ("restricted",)),
        ((("A", "restricted"), ("B", None)), (("B", None), ("A", None)), (None, "restricted")),
        ((("A", "confidential"), ("B", None)), (("A2", None), ("B", None)), ("confidential", None)),  # renamed
        ((("A", None), ("B", "restricted")), (("B2", None),), ("restricted",)),  # one gone, the other renamed
        ((("A", "restricted"),), (("A", "confidential"),), ("confidential",)),
        ((("A", "restricted"),), (), ()),
    ],
)
def test_a_place_stays_as_sensitive_as_the_one_that_it_may_be(
    ours: tuple[tuple[str, str | None], ...],
    theirs: tuple[tuple[str, str | None], ...],
    expected: tuple[str | None, ...],
) -> None:
    made = as_strict(places(*theirs), places(*ours))
    assert tuple(place.get("sensitivity") for place in made["places"]) == expected


@given(
    st.lists(st.tuples(st.sampled_from("ABC"), LEVELS), max_size=4),
    st.lists(st.tuples(st.sampled_from("ABC"), LEVELS), max_size=4),
    LEVELS,
    LEVELS,
)
def test_no_draft_is_looser_than_another_of_the_same_incident(
    mine: list[tuple[str, str | None]], yours: list[tuple[str, str | None]], one: str | None, other: str | None
) -> None:
    ours = {**places(*mine), "sensitivity": one}
    theirs = {**places(*yours), "sensitivity": other}
    made = as_strict(theirs, ours)
    assert made["sensitivity"] == stricter(one, other) or stricter(one, other) is None
    alike = ours["places"] == theirs["places"]  # then each place is itself
    lost = () if alike else ours["places"]
    same_name = [(now, was) for was in lost for now in made["places"] if now["name"] == was["name"]]
    same_place = zip(made["places"], theirs["places"], strict=True)
    for now, was in (*same_name, *same_place):
        assert ORDER.index(stricter(now.get("sensitivity"))) >= ORDER.index(stricter(was.get("sensitivity")))
    assert as_strict(made, ours) == made
    assert as_strict(theirs, theirs)["places"] == theirs["places"]


def test_the_strictest_part_of_a_draft_is_found_wherever_it_is() -> None:
    levels: Mapping[str, str] = {"mute": "confidential", "silent": "restricted"}
    assert strictest_of({}, levels) is None
    assert strictest_of({"sensitivity": "restricted"}, levels) == "restricted"
    assert strictest_of({"places": [{"sensitivity": "confidential"}]}, levels) == "confidential"
    assert strictest_of({"sources": ["mute"]}, levels) == "confidential"
    assert strictest_of({"claims": [{"source": "mute"}]}, levels) == "confidential"
    assert strictest_of({"parties": [{"actor": "silent"}], "sources": ["other"]}, levels) == "restricted"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FALSO", False), ("false", False), ("0", False), ("0.0", False), ("No", False), ("VERDADERO", True),
        ("sí", True), ("TRUE", True), ("1.0", True), ("ask first", None), ("", None),
    ],
)  # fmt: skip
def test_yes_and_no_are_read_as_spreadsheets_write_them(text: str, expected: bool | None) -> None:  # noqa: FBT001 — a case
    assert is_yes(text) is expected


def test_a_person_may_loosen_terms_and_faults_are_listed() -> None:
    here = DatasetTerms("a", licence="ND", may_publish=False)
    assert edited_terms(here, {"may_publish": "sí", "licence": "CC-BY-4.0"}) == DatasetTerms(
        "a", licence="CC-BY-4.0", may_publish=True
    )
    with pytest.raises(DraftError, match="Unknown field") as wrong:
        edited_terms(here, {"name": "b", "may_publish": "perhaps", "licence": " "})
    assert len(wrong.value.faults) == 3


def test_what_protects_a_row_is_declared_once() -> None:
    assert TERMS == ("dataset", "dataset_version", "licence", "attribution", "may_publish", "sensitivity")
    assert [column.name for column in COLUMNS if column.protects] == [*TERMS]
    assert {*TERMS} - {*OF_DATASET} == {"dataset", "sensitivity"}


def test_sums_are_as_protected_as_what_they_are_made_of() -> None:
    datasets = [{"name": "a", "licence": "X", "may_publish": False}, {"name": "b", "licence": "X", "may_publish": True}]
    assert sums_terms(datasets, [None, "restricted"]) == {
        "dataset": "a; b", "licence": "X", "may_publish": False, "sensitivity": "restricted",
    }  # fmt: skip
    assert sums_terms([], [None]) == {}


RULE = {"en": "Those with a source that could be consulted.", "es": "Los que tienen una fuente que se pudo consultar."}


@pytest.mark.parametrize(
    ("stated", "rule"),
    [
        ("Deaths alone.", {"und": "Deaths alone."}),
        ('{"es": "Solo muertes.", "en": "Deaths alone."}', {"es": "Solo muertes.", "en": "Deaths alone."}),
        ("Of {several} kinds.", {"und": "Of {several} kinds."}),
    ],
)
def test_a_rule_of_selection_is_stated_as_a_text_or_by_language(stated: str, rule: dict[str, str]) -> None:
    assert edited_terms(DatasetTerms("a"), {"selection": stated}).selection == rule


@pytest.mark.parametrize("stated", ["{", '{"es": 1}', "{}"])
def test_a_rule_that_cannot_be_read_is_refused(stated: str) -> None:
    with pytest.raises(DraftError, match="texts by language such as"):
        edited_terms(DatasetTerms("a"), {"selection": stated})


def test_a_rule_goes_into_files_and_comes_back_and_no_import_takes_it_away() -> None:
    terms = DatasetTerms("a", selection=RULE)
    assert terms_of(terms_document(terms)) == terms
    assert tightened(terms, DatasetTerms("a")).selection == RULE
    assert tightened(DatasetTerms("a"), terms).selection == RULE
    assert tightened(terms, DatasetTerms("a", selection={"en": "Other."})).selection == RULE
