"""The truth commission's numbers among the shipped indicators, and the institutions of the source document.

What is expected is written by hand from the gathered material and from the texts that it quotes, not from the files.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from shipped import bundles

if TYPE_CHECKING:
    from willay.events.model.drafts import IndicatorDraft


@cache
def indicators() -> dict[str, IndicatorDraft]:
    return {str(one.key): one for bundle in bundles().values() for one in bundle.indicators}


def test_an_inquirys_estimate_has_its_interval() -> None:
    estimate = indicators()["conflict-dead-missing-cvr"]
    assert (estimate.low, estimate.value, estimate.high) == (61007, 69280, 77552)
    assert (estimate.from_day, estimate.until_day, estimate.kind) == ("1980", "2000", "estimate")


def test_shares_by_perpetrator_are_given_together_or_not_at_all() -> None:
    shares = [one for one in indicators().values() if one.series == "conflict-share-by-perpetrator" and one.value]
    by_source: dict[str, list[float]] = {}
    for one in shares:
        by_source.setdefault(one.source, []).append(one.value or 0)
    assert by_source == {"cvr-anexo3": [46, 30, 24], "cvr-anexo2": [46, 30, 24]}


def test_departments_add_up_to_the_registers_total_and_are_no_part_of_its_series() -> None:
    parts = [one for one in indicators().values() if one.series == "renade-missing-by-department" and one.year == 2021]
    assert len(parts) == 24  # 23 departments, and those without one
    assert all(one.dimension == "department" for one in parts)
    assert sum(one.value or 0 for one in parts) == 21918
    assert indicators()["renade-2021"].value == 21918
    assert indicators()["renade-2021"].dimension is None


def test_every_gathered_number_of_the_inquiry_is_there() -> None:
    in_file = bundles()["peru/indicators-cvr.yaml"].indicators
    series = {"cvr-reported-south-central-total", "cvr-reported-cangallo-fajardo", "cvr-reported-cangallo-vilcas"}
    series |= {"cvr-reported-fajardo-sancos", "cvr-self-defence-dead", "renade-missing-by-department"}
    points = [one for one in in_file if one.series in series]
    assert len(points) == 4 * 5 + 3 + 24 + 6  # four areas by five years, three years, two reports of the register
    assert len(in_file) - len(points) == 69


def test_a_rank_says_of_how_many_where_the_document_does() -> None:
    ranks = {one.area: (one.value, one.out_of) for one in indicators().values() if one.out_of == 144}
    assert ranks == {"PE": (125, 144), "BO": (97, 144), "CO": (96, 144), "EC": (128, 144)}


def test_a_number_of_an_edition_has_no_year_of_its_own() -> None:
    for key in ("gdp-per-capita-2015", "gdp-per-capita-ppp-2015", "active-military-mb-2014", "police-firearms-gp-2015"):
        assert indicators()[key].edition, key
        assert indicators()[key].year is None, key


def test_a_unit_is_no_place_for_about_or_at_least() -> None:
    words = re.compile(r"\b(?:about|around|over|nearly|at least|at most|up to|unos|casi|más de|al menos|hasta)\b")
    assert [key for key, one in indicators().items() if one.unit and words.search(" ".join(one.unit.values()))] == []


def test_every_text_of_indicators_institutions_and_cases_is_in_both_languages() -> None:
    texts = [
        (key, text)
        for key, one in indicators().items()
        for text in (one.name, one.text, one.unit, one.category, one.by, one.note)
        if text
    ]
    for bundle in bundles().values():
        texts += [(actor.key, text) for actor in bundle.actors for text in (actor.name, actor.description) if text]
        texts += [(case.key, text) for case in bundle.cases for text in (case.title, case.summary) if text]
        texts += [(case.key, phase.title) for case in bundle.cases for phase in case.phases if phase.title]
    assert [key for key, text in texts if set(text) != {"es", "en"}] == []


@pytest.mark.parametrize(
    "name",
    """
    Judiciary;Superior Courts of Justice;Local trial courts;Constitutional Tribunal;National Judiciary Council;CNM
    Public Ministry (Office of the Attorney General);Ministry of Justice;Ministry of Defence;UNOPS;CNDDHH;IDL;APRODEH
    National Public Safety Council;National Criminal Court;Inter-American Court of Human Rights
    """.strip()
    .replace("\n", ";")
    .split(";"),
)
def test_every_institution_of_the_source_document_says_what_it_does(name: str) -> None:
    actors = [actor for bundle in bundles().values() for actor in bundle.actors]
    (found,) = [actor for actor in actors if name.strip() in {*actor.name.values(), *actor.aliases}]
    assert found.description


def test_the_phases_of_the_internal_armed_conflict_are_the_inquirys_and_cover_its_years() -> None:
    (case,) = [case for bundle in bundles().values() for case in bundle.cases if case.key == "internal-armed-conflict"]
    assert (case.from_day, case.until_day) == ("1980-05-17", "2000-11")
    assert [phase.from_day[:4] for phase in case.phases] == ["1980", "1983", "1984", "1986", "1989", "1992"]
    assert all(phase.until_day and phase.source for phase in case.phases)
