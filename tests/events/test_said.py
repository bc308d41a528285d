"""Days and counts as people say them: tables of examples worked out by hand, and what holds for all of them."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.events.exchange.incoming.cell_texts import CellError
from willay.events.exchange.incoming.table.dates import DAY_FIRST, read_cell
from willay.events.model.counts import read_count
from willay.events.model.day_parts import PARTS, part_of_month, part_of_year
from willay.events.model.day_words import days_in_words
from willay.events.model.drafts import ClaimDraft, IncidentDraft, draft
from willay.events.model.entry import compose, days_as_fields, read_claim, read_documents, read_partial_day
from willay.events.model.errors import AmbiguousDaysError, CountError, DayError, DraftError
from willay.events.model.said_days import Bearings, SaidDays, read_days
from willay.events.model.values import DaySpan
from willay.geo.translation import LANGUAGES, in_language

DAYS = tomllib.loads((Path(__file__).parent / "said_days.toml").read_text("utf-8"))
COUNTS = tomllib.loads((Path(__file__).parent / "said_counts.toml").read_text("utf-8"))
TODAY = date(2026, 6, 6)
HERE = Bearings.of_country("PE", TODAY)
days = st.dates(date(1000, 1, 1), date(2300, 12, 31))


@pytest.mark.parametrize(("text", "expected"), DAYS["read"].items())
def test_days_are_read_as_people_say_them(text: str, expected: str) -> None:
    assert read_days(text, HERE) == SaidDays(expected)


@pytest.mark.parametrize(("text", "expected"), DAYS["coarse"].items())
def test_days_that_are_known_roughly_have_their_precision(text: str, expected: list[str]) -> None:
    said = read_days(text, HERE)
    assert said == SaidDays(*expected)
    made = draft(IncidentDraft, {"title": "Paro", "type": "strike", **days_as_fields(said)})
    assert made.date_precision == expected[1]


@pytest.mark.parametrize(("text", "expected"), DAYS["left"].items())
def test_the_time_of_day_is_left_out_and_named(text: str, expected: list[str]) -> None:
    assert read_days(text, HERE) == SaidDays(expected[0], None, expected[1])


@pytest.mark.parametrize(("text", "message"), DAYS["refused"].items())
def test_what_is_no_day_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(DayError) as error:
        read_days(text, HERE)
    assert message in str(error.value)


@pytest.mark.parametrize(("text", "message"), DAYS["either"].items())
def test_an_order_that_nobody_knows_is_refused_with_both_readings(text: str, message: str) -> None:
    with pytest.raises(AmbiguousDaysError) as error:
        read_days(text, Bearings.of_country(None, TODAY))
    assert message in str(error.value)
    both = {str(span) for span in error.value.readings}
    assert both == {str(read_days(text, Bearings.of_country(country, TODAY)).span) for country in ("PE", "US")}  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["?", "no se sabe", "desconocido", "unknown", ""])
def test_days_that_are_not_known_are_none(text: str) -> None:
    assert read_days(text, HERE) is None


@pytest.mark.parametrize("text", ["ayer", "el lunes", "9 de mayo", "hace tres días", "a mediados de mayo", "el 5"])
def test_a_cell_names_no_day_by_the_day_it_is_read(text: str) -> None:
    with pytest.raises(CellError):
        read_cell(text, DAY_FIRST)


@pytest.mark.parametrize(("text", "expected"), DAYS["cell"].items())
def test_a_cell_may_hold_days_as_reports_write_them(text: str, expected: list[str]) -> None:
    days_, precision, left = expected
    assert read_cell(text, DAY_FIRST) == SaidDays(days_, precision or None, left)


@pytest.mark.parametrize(("text", "message"), DAYS["cell_refused"].items())
def test_a_cell_that_is_no_day_is_refused(text: str, message: str) -> None:
    with pytest.raises(CellError) as error:
        read_cell(text, DAY_FIRST)
    assert message in str(error.value)


@pytest.mark.parametrize("text", ["hacia 1985", "5, 6 y 7 de junio de 2009", "2do semestre de 2009", "años 80"])
def test_what_a_cell_may_hold_can_be_typed_too(text: str) -> None:
    assert read_days(text, HERE) == read_cell(text, DAY_FIRST)


def test_a_cell_may_name_a_part_of_a_month_and_the_turn_of_a_year() -> None:
    assert read_cell("a mediados de mayo de 2009", DAY_FIRST) == SaidDays("2009-05-11/2009-05-20", "month")
    turn = read_cell("28 de diciembre al 3 de enero de 2010", DAY_FIRST)
    assert turn == SaidDays("2009-12-28/2010-01-03")


@given(days, days, st.sampled_from(["day", "week", "month", "year", "period"]), days, st.sampled_from(LANGUAGES))
def test_what_is_shown_is_read_back_as_the_same_days(
    one: date, other: date, precision: str, today: date, lang: str
) -> None:
    span = DaySpan(min(one, other), max(one, other), precision)
    with in_language(lang):
        said = read_days(days_in_words(span), Bearings.of_country("PE", today))
    assert said is not None
    assert (said.span.first, said.span.last) == (span.first, span.last)


@given(st.integers(1000, 2300), st.integers(1, 12), st.sampled_from(PARTS), days, st.sampled_from(LANGUAGES))
def test_a_part_that_is_shown_is_read_back_with_its_precision(
    year: int, month: int, part: str, today: date, lang: str
) -> None:
    bearings = Bearings.of_country("PE", today)
    for span in (part_of_month(part, year, month), part_of_year(part, year)):
        with in_language(lang):
            said = read_days(days_in_words(span), bearings)
        assert said is not None
        assert said.span == span


@given(days, days, st.sampled_from([4, 7, 10]), st.booleans())
def test_what_the_record_writes_is_read_as_before(one: date, other: date, length: int, alone: bool) -> None:  # noqa: FBT001 — drawn
    first, last = sorted((one.isoformat()[:length], other.isoformat()[:length]))
    text = first if alone else f"{first}/{last}"
    said = read_days(text, HERE)
    assert said is not None
    assert said.span == DaySpan.parse(text)


@given(days)
def test_a_year_that_is_missing_is_the_latest_that_is_not_in_the_future(today: date) -> None:
    said = read_days("9 de mayo", Bearings.of_country("PE", today))
    assert said is not None
    assert said.span.first == date(today.year if (today.month, today.day) >= (5, 9) else today.year - 1, 5, 9)


@given(
    st.text(max_size=30) | st.lists(st.sampled_from(sorted({w for t in DAYS["read"] for w in t.split()}))).map(" ".join)
)
def test_any_text_is_days_or_an_error_of_days(text: str) -> None:
    try:
        read_days(text, HERE)
    except DayError:
        return


@pytest.mark.parametrize(
    ("precision", "lang", "words"),
    [
        ("day", "en", "28 May – 3 June 2026 (7 days)"),
        ("day", "es", "28 de mayo – 3 de junio de 2026 (7 días)"),
        ("week", "en", "28 May – 3 June 2026 (precision: week)"),
        ("week", "es", "28 de mayo – 3 de junio de 2026 (precisión: semana)"),
    ],
)
def test_days_are_in_the_words_of_a_language(precision: str, lang: str, words: str) -> None:
    with in_language(lang):
        assert days_in_words(DaySpan(date(2026, 5, 28), date(2026, 6, 3), precision)) == words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_an_unreadable_day_is_answered_with_can_be_read(lang: str) -> None:
    with in_language(lang), pytest.raises(DayError) as error:
        read_days("hace poco", HERE)
    advised = re.split(r", | or | o ", re.split(r"Write |Escriba ", str(error.value).rstrip("."))[1])
    assert len(advised) == 9
    assert all(read_days(text, HERE) for text in advised)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_an_unreadable_count_is_answered_with_can_be_read(lang: str) -> None:
    with in_language(lang), pytest.raises(CountError) as error:
        read_count("veinte y pico")
    advised = re.split(r", ", re.split(r"people: |personas: ", str(error.value))[1])[:-1]
    assert len(advised) == 6
    assert all(read_count(text).count for text in advised)


def test_one_day_is_not_several() -> None:
    assert read_partial_day("mayo 2026", HERE) == "2026-05"
    with pytest.raises(DayError, match="is several days"):
        read_partial_day("a mediados de mayo", HERE)


def test_a_file_may_write_its_days_in_words_but_not_by_the_day_it_is_read() -> None:
    def days_of(text: str) -> IncidentDraft:
        document = f"[{{title: Paro, type: strike, days: {text}}}]"
        return read_documents(document, "x.yaml", Bearings("day-first")).incidents[0]

    assert days_of("9 de mayo de 2026").days == "2026-05-09"
    rough = days_of("mediados de mayo de 2026")
    assert (rough.days, rough.date_precision) == ("2026-05-11/2026-05-20", "month")
    with pytest.raises(DraftError, match="'ayer' is not a day"):
        days_of("ayer")


@pytest.mark.parametrize(("text", "expected"), COUNTS["read"].items())
def test_counts_are_read_as_people_say_them(text: str, expected: str) -> None:
    claim = draft(ClaimDraft, read_claim(f"killed={text}", "x"), "claim")
    low, best, high, *noted = expected.split()
    shown = ["-" if number is None else str(number) for number in (claim.low, claim.best, claim.high)]
    assert shown == [low, best, high]
    assert claim.note == ({"und": text} if noted else None)


@pytest.mark.parametrize(("text", "message"), COUNTS["refused"].items())
def test_what_is_no_count_is_refused_with_forms_that_work(text: str, message: str) -> None:
    with pytest.raises((DraftError, CountError)) as error:
        compose({"title": "Paro", "type": "strike"}, [f"killed={text}"], [], "x")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2026-05-10/2026-05-12", "days"), ("2026-05-10/2026-05-16", "week"), ("2026-05-10/2026-05-20", "month"),
        ("2026-01-10/2026-05-20", "year"), ("2024-01-10/2026-05-20", "period"),
    ],
)  # fmt: skip
def test_something_within_a_span_has_the_finest_precision_that_allows_it(text: str, precision: str) -> None:
    within = SaidDays(text).within()
    assert (str(within.span), within.span.precision) == (text, precision)
