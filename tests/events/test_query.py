from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from willay.events.frame.query import IncidentQuery, parse_moment
from willay.events.model.errors import QueryError
from willay.events.model.values import DayInterval


def test_loose_input_becomes_one_frozen_question() -> None:
    query = IncidentQuery.parse(since="2009", until="2012-07", type=["Emboscada", "protest"], bbox="-75,-14,-72,-11")
    assert query.days == DayInterval(date(2009, 1, 1), date(2012, 7, 31))
    assert query.types == ("ambush", "protest")
    assert query.bbox is not None
    assert query.bbox.contains(-73.2, -12.6)


def test_a_day_as_a_moment_is_its_last_instant() -> None:
    assert parse_moment("2012-04-19") == datetime(2012, 4, 19, 23, 59, 59, 999999, tzinfo=UTC)
    assert parse_moment("2012-04-19T18:00:00-05:00") == datetime(2012, 4, 19, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("as_of", "yesterday", "is not a moment"),
        ("days", "last year", "is not a day"),
        ("bbox", "1,2,3", "west"),
        ("measure", "kiled", "Did you mean 'killed'"),
        ("status", ["publishd"], "Did you mean 'published'"),
        ("colour", "red", "Unknown field 'colour'"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_what_to_write(field: str, value: object, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        IncidentQuery.parse(**{field: value})  # type: ignore[arg-type]  # wrong on purpose


def test_a_question_can_be_told_in_words() -> None:
    query = IncidentQuery.parse(days="2012", type="kidnapping", case=["conga"])
    assert query.words() == "days 2012-01-01 – 2012-12-31; types kidnapping; cases conga"
    assert query.words("es") == "días 2012-01-01 – 2012-12-31; tipos Secuestro; casos conga"
    assert IncidentQuery().words() == IncidentQuery().words("es") == ""
