"""Since when something is asked, as people say it: examples worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from willay.events.model.errors import AmbiguousDaysError, DayError
from willay.events.model.said_moments import read_since

LIMA = timezone(timedelta(hours=-5))
NOW = datetime(2026, 6, 6, 21, 30, tzinfo=LIMA)  # a Saturday; in UTC it is Sunday already


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7d", "2026-05-30T05:00"),
        ("2 semanas", "2026-05-23T05:00"),
        ("1 day", "2026-06-05T05:00"),
        ("36h", "2026-06-05T14:30"),
        ("12 horas", "2026-06-06T14:30"),
        ("hoy", "2026-06-06T05:00"),
        ("ayer", "2026-06-05T05:00"),
        ("el lunes", "2026-06-01T05:00"),
        ("hace tres días", "2026-06-03T05:00"),
        ("la semana pasada", "2026-05-25T05:00"),
        ("2026-05-01", "2026-05-01T05:00"),
        ("mayo 2026", "2026-05-01T05:00"),
        ("1/5/2026", "2026-05-01T05:00"),
        ("2026-05-01T18:00", "2026-05-01T23:00"),
        ("2026-05-01T18:00:00Z", "2026-05-01T18:00"),
    ],
)
def test_a_moment_is_read_where_days_begin(text: str, expected: str) -> None:
    assert read_since(text, NOW, "PE") == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "unknown", "2026-02-30", "a while", "2026-05-01T99:00"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(DayError, match=r"is not a (moment|day)"):
        read_since(text, NOW, "PE")


def test_a_day_that_can_be_read_in_two_ways_is_refused() -> None:
    with pytest.raises(AmbiguousDaysError, match="2026-05-01"):
        read_since("1/5/2026", NOW, None)
