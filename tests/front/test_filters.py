"""The words of the command line as keywords: loose in, one strict query out."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import willay as wy
from willay.data.codebook import codebook
from willay.data.profiles import NAMES
from willay.events import POLICIES, DayInterval, DaySpan, IncidentQuery
from willay.events.cli.filters import _FILTERS
from willay.events.front import words
from willay.events.front.filters import KEYWORDS
from willay.events.model.policy import FIGURE_MEASURES
from willay.geo import BBox
from willay.maps.spec import LANGS

YEAR = DayInterval(date(2012, 1, 1), date(2012, 12, 31))
DAY = DayInterval(date(2012, 5, 28), date(2012, 5, 28))


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2012", YEAR),
        (2012, YEAR),
        (np.int64(2012), YEAR),
        ("2012-05-28", DAY),
        (date(2012, 5, 28), DAY),
        (datetime(2012, 5, 28, 23, tzinfo=UTC), DAY),
        (pd.Timestamp("2012-05-28 23:00"), DAY),
        (np.datetime64("2012-05-28T23:00"), DAY),
        (pd.Period("2012"), YEAR),
        (DaySpan.parse("2012"), YEAR),
        (YEAR, YEAR),
        ((2012, 2012), YEAR),
        ([date(2012, 1, 1), "2012-12"], YEAR),
        ((None, 2012), DayInterval(None, date(2012, 12, 31))),
        ("2012/..", DayInterval(date(2012, 1, 1), None)),
        (("2012", ""), DayInterval(date(2012, 1, 1), None)),
    ],
)
def test_days_are_read_from_whatever_is_at_hand(given: Any, read: DayInterval) -> None:
    assert wy.Query(days=given).asked.days == read


def test_since_and_until_are_ends_both_inclusive() -> None:
    assert wy.Query(since=2012, until="2012").asked.days == YEAR
    assert wy.Query(since="2012-02").asked.days == DayInterval(date(2012, 2, 1), None)
    assert wy.Query(until=pd.Timestamp("2012-02-29")).asked.days == DayInterval(None, date(2012, 2, 29))


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2012-04-19", datetime(2012, 4, 19, 23, 59, 59, 999999, tzinfo=UTC)),
        (date(2012, 4, 19), datetime(2012, 4, 19, 23, 59, 59, 999999, tzinfo=UTC)),
        (2012, datetime(2012, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2012-04-19T18:00:00-05:00", datetime(2012, 4, 19, 23, tzinfo=UTC)),
        (datetime(2012, 4, 19, 18, tzinfo=timezone(timedelta(hours=-5))), datetime(2012, 4, 19, 23, tzinfo=UTC)),
        (pd.Timestamp("2012-04-19 18:00", tz="America/Lima"), datetime(2012, 4, 19, 23, tzinfo=UTC)),
        (datetime(2012, 4, 19, 18), datetime(2012, 4, 19, 18, tzinfo=UTC)),  # noqa: DTZ001 — it is read as UTC
    ],
)
def test_a_moment_is_read_likewise_in_utc(given: Any, read: datetime) -> None:
    found = wy.Query(as_of=given).asked.as_of
    assert found == read
    assert type(found) is datetime


def test_a_day_since_which_something_changed_is_its_beginning() -> None:
    assert wy.Query(changed_since=date(2012, 4, 19)).asked.changed_since == datetime(2012, 4, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    "given",
    [
        "34,-5,42,5",
        (34, -5, 42, 5),
        [34, -5, 42, 5],
        np.array([34, -5, 42, 5]),
        BBox(34, -5, 42, 5),
        shapely.box(34, -5, 42, 5),
        gpd.GeoSeries([shapely.Point(34, -5), shapely.Point(42, 5)], crs=4326),
        gpd.GeoDataFrame(geometry=[shapely.box(34, -5, 42, 5)], crs=4326),
    ],
)
def test_a_box_is_read_from_text_numbers_and_geometries(given: Any) -> None:
    assert wy.Query(bbox=given).asked.bbox == BBox(34, -5, 42, 5)


@pytest.mark.parametrize(
    "given", ["protest", "Protesta", ["protest"], ("protest",), {"protest": 1}, pd.Series(["protest"])]
)
def test_texts_are_one_or_several_in_either_language(given: Any) -> None:
    assert wy.Query(type=given).asked.types == ("protest",)


@pytest.mark.parametrize(("given", "least"), [(">=3", 3), (">2", 3), ("≥ 3", 3), ("3+", 3), (True, None)])
def test_a_measure_asks_for_at_least_so_many(given: Any, least: int | None) -> None:
    asked = wy.Query(killed=given).asked
    assert (asked.measure, asked.minimum) == ("killed", least)


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"regoin": "vrae"}, r"^Unknown filter 'regoin'\. Did you mean 'region'\?$"),
        ({"zzz": 1}, r"^Unknown filter 'zzz'\. Known: abducted, actor, as_of, bbox, "),
        ({"days": {}}, r"^days: expected days, such as '2009-06' or a date; got \{\}\.$"),
        ({"days": True}, r"^days: expected days, .* got True\.$"),
        ({"days": (1, 2, 3)}, r"^days: expected two ends"),
        ({"days": "2012-13"}, r"^days: '2012-13' is not a day of the calendar"),
        ({"days": (2013, 2012)}, r"^days: The interval ends"),
        ({"days": 2012, "since": 2011}, r"^Give either days, or since and until\.$"),
        ({"since": 2013, "until": 2012}, r"^until: The interval ends"),
        ({"type": 3}, r"^type: expected a text, or a list of texts; got 3\.$"),
        ({"type": ["protest", None]}, r"^type: expected a text, or a list of texts; got None\.$"),
        ({"type": "protst"}, r"^type: Unknown event type 'protst'\. Did you mean 'protest'"),
        ({"status": "publishd"}, r"^status: Unknown status 'publishd'"),
        ({"text": 3}, r"^text: expected a text; got 3\.$"),
        ({"bbox": (1, 2, 3)}, r"^bbox: expected west, south, east, north in degrees; got \(1, 2, 3\)\.$"),
        ({"bbox": (1, 9, 2, 3)}, r"^bbox: A box's south"),
        ({"region": gpd.GeoSeries([shapely.Point(1, 2)])}, r"^The areas have no CRS"),
        ({"as_of": "soon"}, r"^as_of: 'soon' is not a moment"),
        ({"as_of": 1.5}, r"^as_of: expected a text; got 1\.5\.$"),
        ({"killed": 3}, r"^killed: expected at least how many, such as '>=3'; got 3\."),
        ({"killed": "<3"}, r"^killed: expected at least how many"),
        ({"killed": ">=1", "injured": ">=2"}, r"^A question is about one measure; this one asks for killed, injured\."),
    ],
)
def test_what_cannot_be_read_is_refused_and_named(filters: dict[str, Any], message: str) -> None:
    with pytest.raises(wy.QueryError, match=message):
        wy.Query(**filters)


def test_what_is_none_is_not_asked() -> None:
    assert wy.Query(type=None, days=None, killed=None, region=None) == wy.Query()
    assert wy.Query().asked == IncidentQuery()


def test_both_narrow() -> None:
    one, other = (
        wy.Query(type="protest", killed=">=3", text="bridge"),
        wy.Query(days=2012, text="Lima", without="acled"),
    )
    both = (one & other).asked
    assert (both.types, both.days, both.text, both.minimum) == (("protest",), YEAR, "bridge Lima", 3)
    assert (one & wy.Query(killed=">=5")).asked.minimum == 5
    assert (wy.Query(days=2012) & wy.Query(days="2012-05-28")).asked.days == DAY
    assert one & one == one
    assert one & wy.Query() == one == wy.Query() & one


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ({"days": 2011}, {"days": 2012}, "days"),
        ({"region": "vrae"}, {"region": "cusco"}, "region"),
        ({"region": shapely.box(0, 0, 1, 1)}, {"region": shapely.box(0, 0, 2, 2)}, "region"),
        ({"type": "protest"}, {"type": ["protest", "riot"]}, "type"),
        ({"killed": ">=1"}, {"injured": ">=1"}, "measure"),
    ],
)
def test_two_that_contradict_or_overlap_are_refused(one: dict[str, Any], other: dict[str, Any], name: str) -> None:
    """An incident that lasted from 2011 into 2012 answers both: no one interval says so."""
    with pytest.raises(wy.QueryError, match=f"^Both queries state '{name}'"):
        wy.Query(**one) & wy.Query(**other)


def test_a_query_is_a_value() -> None:
    query = wy.Query(type="protest", region=shapely.box(0, 0, 1, 1), days=2012)
    for other in (pickle.loads(pickle.dumps(query)), copy.copy(query)):  # noqa: S301 — our own
        assert other == query
        assert hash(other) == hash(query)
    assert query != wy.Query(type="protest", days=2012)
    with pytest.raises(AttributeError, match="cannot be changed"):
        query.asked = IncidentQuery()


def test_a_query_shows_itself_as_it_can_be_written() -> None:
    query = wy.Query(type=["protest", "riot"], days="2012", bbox=(-79, -7, -77, -4), killed=">=3", as_of="2020-01-01")
    assert eval(repr(query), {"wy": wy}) == query  # noqa: S307 — our own


def test_the_keywords_are_the_options_of_the_command_line() -> None:
    """`--from` and `--to` are `since` and `until`, for `from` is a word of Python; a measure is a word of its own."""
    infos = {name: hint.__metadata__[0] for name, hint in _FILTERS.items()}
    declared = {
        name: [one for one in (info.default, *(info.param_decls or ())) if isinstance(one, str)]
        for name, info in infos.items()
    }
    options = {str((found or [name])[0]).removeprefix("--").replace("-", "_") for name, found in declared.items()}
    renamed = {"from": "since", "to": "until"}
    kept = {renamed.get(one, one) for one in options - {"with", "at_least"}}
    assert set(KEYWORDS) == kept | {"code"} | set(FIGURE_MEASURES)


def test_the_literals_are_the_codes() -> None:
    assert set(get_args(words.Status)) == set(codebook().statuses.codes())
    assert get_args(words.Measure) == FIGURE_MEASURES
    assert set(get_args(words.Policy)) == set(POLICIES)
    assert set(get_args(words.Lang)) == set(LANGS)
    assert get_args(words.ProfileName) == NAMES
