"""Profiles of a made-up country: what sections say, and what hostile texts become."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from squares import BASE, HOSTILE, ROWS, frame_of, regions_of

from willay.events.model.drafts import ActorDraft, CaseDraft, IndicatorDraft, SourceDraft, draft
from willay.maps import ProfileRecord, ProfileSpec, profile_document
from willay.maps.profile import Area
from willay.maps.profile.blocks import Chart, Items, Paragraph, Table, plain
from willay.maps.profile.html import as_html
from willay.maps.profile.markdown import hand_written
from willay.maps.profile.variables import value_words
from willay.maps.profile.word import as_word
from willay.maps.profile.wording import DocumentWords

if TYPE_CHECKING:
    from willay.maps.profile.blocks import Document, Section

INDICATOR = {
    "key": "one", "name": {"es": "cosa", "en": "thing"}, "area": "PE", "year": 2001, "value": 1234.5,
    "unit": {"es": "piezas", "en": "pieces"}, "by": {"es": "oficina", "en": "office"}, "source": "book",
}  # fmt: skip
SOURCE = draft(
    SourceDraft, {"key": "book", "kind": "press", "publisher": "A publisher", "url": "https://example.org/b"}
)


def indicator(**changed: Any) -> IndicatorDraft:
    return draft(IndicatorDraft, {name: value for name, value in {**INDICATOR, **changed}.items() if value is not None})


def record(**parts: Any) -> ProfileRecord:
    area = Area({"es": "País", "en": "Country"}, frozenset({"PE"}))
    given = {"frame": frame_of(ROWS), "area": area, "base": BASE, "sources": {"book": SOURCE}, **parts}
    return ProfileRecord(**given)


def made(lang: str = "en", **parts: Any) -> Document:
    return profile_document(record(**parts), ProfileSpec(lang=lang))


def section(document: Document, key: str) -> Section:
    return next(one for one in document.sections if one.key == key)


def tables(one: Section) -> list[Table]:
    return [block for block in one.blocks if isinstance(block, Table)]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "1,234.5 pieces"),
        ({"value": 8, "qualifier": "about"}, "about 8 pieces"),
        ({"value": 14000, "qualifier": "at-least"}, "at least 14,000 pieces"),
        ({"value": 38000, "qualifier": "at-most", "kind": "target"}, "at most 38,000 pieces (target)"),
        ({"value": 69280, "low": 61007, "high": 77552, "kind": "estimate"}, "69,280 (61,007–77,552) pieces (estimate)"),
        ({"value": None, "low": 3, "high": 5}, "3–5 pieces"),
        ({"value": 125, "out_of": 144, "kind": "rank", "unit": None}, "125 of 144"),
        ({"value": None, "unit": None, "text": {"en": "Lima", "es": "Lima"}}, "Lima"),
        ({"value": 0.1, "unit": None}, "0.1"),
        ({"value": 0, "unit": None}, "0"),
    ],
)
def test_a_value_in_words(changed: dict[str, Any], words: str) -> None:
    assert value_words(indicator(**changed), DocumentWords("en")) == words


def test_values_that_differ_stand_next_to_each_other_each_with_its_voice() -> None:
    two = (indicator(), indicator(key="two", value=1000, by={"es": "otra", "en": "another"}))
    key = section(made(indicators=two), "key")
    (table,) = tables(key)
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["thing", "1,234.5 pieces", "2001", "office"], ["thing", "1,000 pieces", "2001", "another"],
    ]  # fmt: skip
    assert "On 1 of these variables sources differ" in plain(key.blocks[0].words)  # type: ignore[union-attr]


def test_a_value_of_another_country_is_shown_for_comparison_and_not_as_our_own() -> None:
    two = (indicator(), indicator(key="two", area="BO", value=97), indicator(key="x", area="BO", name={"en": "other"}))
    tabs = tables(section(made(indicators=two), "key"))
    assert [[plain(cell) for cell in row][:3] for row in tabs[1].rows] == [["thing", "Bolivia", "97 pieces"]]


def test_three_years_make_a_series_that_is_drawn_and_listed_whole() -> None:
    years = tuple(indicator(key=f"y{year}", series="things", year=year, value=year) for year in (2001, 2002, 2003))
    document = made(indicators=years)
    series = section(document, "series")
    assert [block for block in series.blocks if isinstance(block, Chart)]
    assert [plain(row[0]) for row in tables(series)[0].rows] == ["2001", "2002", "2003"]
    assert [plain(row[1]) for row in tables(section(document, "key"))[0].rows] == ["2,003 pieces"]


def test_a_note_cites_the_source_of_each_value() -> None:
    document = made(indicators=(indicator(),))
    note = next(one for one in document.notes if one.anchor == "indicator-one")
    assert [run.cites for run in note.words if run.cites] == [(1,)]
    assert document.citations[0].words == "A publisher. [press]"


def test_a_source_that_is_withheld_is_cited_without_a_name() -> None:
    document = made(indicators=(indicator(),), sources={})
    assert "not named" in document.citations[0].words


def test_a_case_has_its_phases_in_their_order_with_open_ends() -> None:
    case = draft(CaseDraft, {
        "key": "c", "title": {"en": "A case", "es": "Un caso"}, "type": "socio-environmental", "phases": [
            {"from_day": "2010-05", "until_day": "2010-07", "phase": "crisis", "source": "book"},
            {"from_day": "2009", "phase": "early"},
        ],
    })  # fmt: skip
    cases = section(made(cases=(case,)), "cases")
    (table,) = tables(cases)
    assert [plain(row[0]) for row in table.rows] == ["from 2009", "May 2010 – July 2010"]
    assert [plain(row[1]) for row in table.rows] == ["early", "crisis"]


def test_actors_of_the_state_and_others_have_sections_of_their_own() -> None:
    given = {"name": {"en": "N", "es": "N"}, "description": {"en": "It judges.", "es": "Juzga."}}
    actors = tuple(
        draft(ActorDraft, {"key": key, "kind": kind, **given})
        for key, kind in (("a", "state-institution"), ("b", "company"))
    )
    document = made(actors=actors)
    for key in ("institutions", "actors"):
        assert [plain(cell) for cell in tables(section(document, key))[0].rows[0]][:2] == ["N", "It judges."]


def test_an_emergency_holds_incidents_on_its_days_and_others_are_outside() -> None:
    regions = regions_of()
    timed = regions.assign(set="emergencies", valid_from="2009-01-01", valid_until="2009-12-31")
    document = made(regions=timed)
    (table,) = tables(section(document, "emergencies"))
    inside, outside = (sum(int(plain(row[place]).replace("–", "0")) for row in table.rows) for place in (3, 5))
    assert inside > 0
    assert outside > 0
    always = made(regions=regions.assign(valid_from=None, valid_until=None))
    assert tables(section(always, "emergencies")) == []


@pytest.mark.parametrize("lang", ["es", "en"])
def test_hostile_texts_stay_texts_in_every_format(lang: str) -> None:
    hostile = frame_of(({**ROWS[0], "title": HOSTILE},))
    parts = {
        "frame": hostile,
        "indicators": (indicator(name={"en": HOSTILE}, by={"en": HOSTILE}, note={"en": HOSTILE}),),
        "sources": {"book": SOURCE.model_copy(update={"publisher": HOSTILE, "url": "javascript:alert(1)"})},
        "area": Area({"en": HOSTILE}, frozenset({"PE"})),
    }
    document = made(lang, **parts)
    page = as_html(document)
    assert "<script" not in page
    assert "<img src=x" not in page
    assert 'href="javascript:' not in page
    assert as_word(document)


def test_the_order_of_rows_changes_nothing() -> None:
    frame = frame_of(ROWS)
    other = record(frame=frame.iloc[::-1].reset_index(drop=True))
    assert as_html(profile_document(other, ProfileSpec(lang="en"))) == as_html(made())


def test_every_chart_says_what_it_shows() -> None:
    years = tuple(indicator(key=f"y{year}", series="things", year=year, value=year) for year in (2001, 2002, 2003))
    charts = [block for one in made(indicators=years).sections for block in one.blocks if isinstance(block, Chart)]
    assert len(charts) >= 3
    assert [one for one in charts if len(one.picture.description) < 20 or not plain(one.caption)] == []


def test_markdown_becomes_text_alone() -> None:
    blocks = hand_written("# A *b*\n\nOne\ntwo <b>x</b> ![pic](http://a/b.png)\n\n1. first\n2. second\n")
    assert [type(block).__name__ for block in blocks] == ["Heading", "Paragraph", "Items"]
    assert isinstance(blocks[1], Paragraph)
    assert plain(blocks[1].words).startswith("One two <b>x</b>")
    assert isinstance(blocks[2], Items)
    assert [plain(item) for item in blocks[2].items] == ["first", "second"]


def test_sections_are_chosen_and_keep_their_order() -> None:
    document = profile_document(record(), ProfileSpec(lang="en", sections=("series", "key")))
    assert [one.key for one in document.sections] == ["key", "series"]


def test_an_area_that_is_a_part_has_only_cases_and_actors_of_its_incidents() -> None:
    case = draft(CaseDraft, {"key": "c", "title": {"en": "A case"}, "type": "socio-environmental"})
    part = replace(record().area, is_whole=False)
    assert tables(section(made(cases=(case,), area=part), "cases")) == []
    assert "no cases" in plain(section(made(cases=(case,), area=part), "cases").blocks[0].words)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("precision", "first", "last", "words"),
    [
        ("month", "2011-05-01", "2011-05-31", "May 2011"),
        ("month", "2011-05-11", "2011-05-20", "11–20 May 2011 (month)"),
        ("year", "2011-01-01", "2011-12-31", "2011"),
        ("day", "2011-05-11", "2011-05-12", "11–12 May 2011"),
        ("day", None, None, "Date unknown"),
    ],
)
def test_days_of_an_incident_say_how_exactly_they_are_known(
    precision: str, first: str | None, last: str | None, words: str
) -> None:
    row = {"date_precision": precision, "first_day": first, "last_day": last}
    assert DocumentWords("en").incident_days(row) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2009-06-05", "2009-06-05", "5 Jun 2009"),
        ("2009-06-05", "2009-06-06", "5–6 Jun 2009"),
        ("2010-07-27", "2010-08-03", "27 Jul – 3 Aug 2010"),
        ("2010-12-30", "2011-01-02", "30 Dec 2010 – 2 Jan 2011"),
        ("2010-05", "2010-07", "May 2010 – July 2010"),
        ("1980", "2000", "1980–2000"),
        ("2009", None, "2009"),
        (None, "2011-08", "until August 2011"),
        (None, None, ""),
    ],
)
def test_days_in_words_say_no_more_than_is_known(first: str | None, last: str | None, words: str) -> None:
    assert DocumentWords("en").span(first, last) == words
