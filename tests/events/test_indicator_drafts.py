"""Indicators and phases as people write them: what fits together, and what is refused with which words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.data.codebook import codebook
from willay.events.model.drafts import ActorDraft, CaseDraft, IndicatorDraft, draft
from willay.events.model.errors import DraftError

PLAIN: dict[str, Any] = {"name": "dead", "area": "PE", "by": "CVR", "source": "cvr", "value": 69280}


def made(**given: Any) -> IndicatorDraft:
    return draft(IndicatorDraft, {name: value for name, value in {**PLAIN, **given}.items() if value is not None})


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"value": None}, "", "needs a value: give value, low and high, or text"),
        ({"low": 70000}, "low", r"low is 70000, more than value, which is 69280\. low ≤ value ≤ high must hold"),
        ({"high": 5}, "value", "value is 69280, more than high, which is 5"),
        ({"value": None, "low": 3, "high": 2}, "low", "low is 3, more than high, which is 2"),
        ({"value": float("nan")}, "value", "finite"),
        ({"high": float("inf")}, "high", "finite"),
        ({"value": "many"}, "value", "number"),
        ({"value": 125, "out_of": 100}, "out_of", "no less than the value"),
        ({"value": None, "text": "x", "out_of": 100}, "out_of", "no less than the value"),
        ({"value": 0, "out_of": 0}, "out_of", "more than 0"),
        ({"from_day": "2001", "until_day": "2000"}, "until_day", "The last day, 2000, lies before the first, 2001"),
        ({"from_day": "2001-02-02", "until_day": "2001-02-01"}, "until_day", "lies before the first"),
        ({"from_day": "1980", "until_day": "2000", "year": 2003}, "year", "The year 2003 lies outside the period"),
        ({"from_day": "2004", "year": 2003}, "year", "outside the period, 2004 to …"),
        ({"until_day": "2002-12-31", "year": 2003}, "year", "outside the period, … to 2002-12-31"),
        ({"year": 0}, "year", "not a year"),
        ({"year": 20111}, "year", "not a year"),
        ({"from_day": "April"}, "from_day", "not a day"),
        ({"area": "Cusco y Puno"}, "area", r"not an area\. Write a country \(PE\)"),
        ({"area": "QX"}, "area", "Write a country"),
        ({"area": "a/b/c"}, "area", "not an area"),
        ({"qualifier": "roughly"}, "qualifier", "qualifier"),
        ({"kind": "guess"}, "kind", "indicator kind"),
        ({"category": "Quechua"}, "category", "Name the dimension"),
        ({"series": "Coca area"}, "series", "not a key"),
        ({"key": "A key"}, "key", "not a key"),
        ({"by": None}, "by", "This field is required"),
        ({"source": None}, "source", "This field is required"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_field(given: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(DraftError, match=words) as refused:
        made(**given)
    assert [fault.where for fault in refused.value.faults] == [field]


@pytest.mark.parametrize(
    "given",
    [
        {"low": 61007, "high": 77552},
        {"value": None, "low": 3},
        {"value": None, "high": 3},
        {"value": None, "text": {"es": "Lima"}},
        {"value": 0, "low": 0, "high": 0},
        {"value": -3.5, "low": -4},
        {"value": 125, "out_of": 144, "kind": "rank"},
        {"from_day": "2000", "until_day": "2000"},
        {"from_day": "2000-06", "until_day": "2000"},
        {"from_day": "1980", "until_day": "2000", "year": 1980},
        {"area": "0502"},
        {"area": "PE-AYA"},
        {"area": "PER.1_1"},
        {"area": "pe-conflict-zones/vraem"},
        {"dimension": "language", "category": {"es": "Quechua"}},
    ],
)
def test_what_fits_is_taken_as_it_is(given: dict[str, Any]) -> None:
    fields = made(**given).model_dump(mode="json", exclude_none=True)
    assert {name: fields[name] for name in given if given[name] is not None} == {
        name: value for name, value in given.items() if value is not None
    }


def test_codes_are_found_by_their_labels_and_a_country_is_written_in_one_way() -> None:
    one = made(qualifier="más de", kind="estimación", area="pe")
    assert (one.qualifier, one.kind, one.area) == ("at-least", "estimate", "PE")
    for terms in (codebook().qualifiers, codebook().indicator_kinds):
        assert all({*term.labels} == {"es", "en"} for term in terms)


@given(*[st.none() | st.floats(-1e9, 1e9)] * 3)
def test_a_range_is_taken_if_and_only_if_it_is_in_order(
    low: float | None, value: float | None, high: float | None
) -> None:
    numbers = [number for number in (low, value, high) if number is not None]
    if numbers and numbers == sorted(numbers):
        one = made(low=low, value=value, high=high)
        assert (one.low, one.value, one.high) == (low, value, high)
    else:
        with pytest.raises(DraftError):
            made(low=low, value=value, high=high)


def test_a_phase_does_not_end_before_it_begins() -> None:
    case = {"key": "c", "title": "x", "type": "labour"}
    phases = [{"from_day": "2012-05", "until_day": "2012"}, {"from_day": "2013"}]
    assert [phase.until_day for phase in draft(CaseDraft, {**case, "phases": phases}).phases] == ["2012", None]
    with pytest.raises(DraftError, match=r"phases\[1\]\.until_day: The last day, 2011-12, lies before the first"):
        draft(CaseDraft, {**case, "phases": [phases[1], {"from_day": "2012", "until_day": "2011-12"}]})


def test_the_sources_of_a_phase_are_each_listed_once() -> None:
    phase = {"from_day": "2012", "source": "b", "sources": ["a", "b", "c"]}
    case = draft(CaseDraft, {"key": "c", "title": "x", "type": "labour", "phases": [phase]})
    assert case.phases[0].cited == ("b", "a", "c")


def test_the_address_of_an_actor_is_a_web_address() -> None:
    actor = {"key": "a", "name": "x", "kind": "civilians"}
    assert draft(ActorDraft, {**actor, "url": "https://example.org/a"}).url == "https://example.org/a"
    with pytest.raises(DraftError, match=r"url: 'example\.org' is not a web address"):
        draft(ActorDraft, {**actor, "url": "example.org"})
