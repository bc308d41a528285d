"""The filters of a question: read here, once, from whatever a person or a script has at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypedDict

import numpy as np

from willay.data.codebook import codebook
from willay.data.errors import UnknownTermError
from willay.events.frame.query import IncidentQuery, parse_moment
from willay.events.front.words import Status, unknown_word
from willay.events.model.errors import DayError, QueryError
from willay.events.model.policy import FIGURE_MEASURES
from willay.events.model.values import DayInterval, DaySpan
from willay.geo import BBox
from willay.geo.errors import GeoError
from willay.geo.projected import in_degrees
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import shapely

Words: TypeAlias = "str | Iterable[str]"
"""One text, or several, which are alternatives."""

Day: TypeAlias = "str | int | date | datetime | np.datetime64"
"""A day, month or year as text (`2009-06`), a year as a number, a date or Timestamp."""

Days: TypeAlias = "Day | DayInterval | DaySpan | tuple[Day | None, Day | None]"
"""Days, both ends inclusive: also `2009/2012`, `2009-06-05/..`, or two ends, of which None is open."""

Area: TypeAlias = "shapely.Geometry | gpd.GeoSeries | gpd.GeoDataFrame"
AtLeast: TypeAlias = "str | Literal[True]"
"""The least number: `">=3"`, `">2"`, `"3+"`; True asks for any claim of the measure."""


class Filters(TypedDict, total=False):
    """The filters, by the words of the command line.

    Attributes:
        code: Codes or keys of incidents.
        type: Codes or names of event types and sub-types, in English or Spanish.
        region: Regions by name, key or `set/key`; or areas (shapely, GeoSeries, GeoDataFrame).
        days: Any of the incident's days lies in them.
        since: The first day, inclusive, instead of `days`.
        until: The last day, inclusive.
        bbox: West, south, east, north in degrees, as text or numbers; or a geometry, for the box around it.
        actor: Actors by key, name or alias.
        source: Sources by key, or kinds of sources.
        case: Keys of cases.
        tag: Tags.
        text: Words that all occur.
        status: Record statuses.
        dataset: The dataset.
        without: Datasets that are left out.
        changed_since: Something was recorded of it at this moment (aware), or since the beginning of this day (UTC).
        changed_by: This person changed it.
        as_of: As known at this moment, or at the end of this day (UTC).
        killed: The least number, as `">=3"`; so of any other measure, of one in a question.
    """

    code: Words
    type: Words
    region: Words | Area
    days: Days
    since: Day
    until: Day
    bbox: str | Sequence[float] | BBox | Area
    actor: Words
    source: Words
    case: Words
    tag: Words
    text: str
    status: Status | Iterable[Status]
    dataset: str
    without: Words
    changed_since: Day
    changed_by: str
    as_of: Day
    killed: AtLeast
    injured: AtLeast
    detained: AtLeast
    missing: AtLeast
    abducted: AtLeast
    released: AtLeast
    escaped: AtLeast
    rescued: AtLeast
    displaced: AtLeast


KEYWORDS: Final = tuple(Filters.__annotations__)

_FIELDS: Final[Mapping[str, str]] = {
    "code": "codes", "type": "types", "region": "regions", "actor": "actors", "source": "sources", "case": "cases",
    "tag": "tags", "status": "statuses", "without": "without",
}  # fmt: skip
"""Filters that take one text or several: the field of the query that each one is."""

FIELD_OF: Final[Mapping[str, str]] = {**_FIELDS, **{name: name for name in ("days", "bbox", "text", "dataset")}}


def read_filters(given: Mapping[str, Any]) -> tuple[IncidentQuery, gpd.GeoSeries | None]:
    """Return the query that filters ask, and the areas asked for, in EPSG:4326; None where none is.

    Args:
        given: Values by filter; None is not given.

    Raises:
        QueryError: A filter is unknown, or its value cannot be read; the message names it.
    """
    stated = {name: value for name, value in given.items() if value is not None}
    for name in stated:
        if name not in KEYWORDS:
            raise QueryError(unknown_word(tr("Unknown filter {name!r}.", name=name[:80]), name, KEYWORDS))
    areas = areas_of(stated.pop("region")) if "region" in stated and _is_area(stated["region"]) else None
    fields: dict[str, Any] = {}
    for name, value in stated.items():
        if name in _FIELDS:
            fields[_FIELDS[name]] = _said(name, value, _LISTS.get(name, texts_of))
        elif name in _READERS:
            fields[name] = _said(name, value, _READERS[name])
    fields |= _days(stated) | _least(stated)
    return IncidentQuery(**fields), areas


def _said(name: str, value: Any, read: Callable[[Any], Any]) -> Any:  # noqa: ANN401 — the value of any filter
    """Return a value as it is read; an error says of which filter it is."""
    try:
        return read(value)
    except (DayError, UnknownTermError, GeoError, QueryError) as error:
        raise QueryError(f"{name}: {error}") from error


def texts_of(value: Any) -> tuple[str, ...]:  # noqa: ANN401 — whatever is given
    """Return one text, or several, as a tuple.

    Raises:
        QueryError: Something is not a text.
    """
    several = [value] if isinstance(value, str) or not isinstance(value, Iterable) else list(value)
    for one in several:
        if not isinstance(one, str):
            raise QueryError(tr("expected a text, or a list of texts; got {got}.", got=repr(one)[:80]))
    return tuple(map(str, several))


def _text(value: Any) -> str:  # noqa: ANN401 — whatever is given
    if not isinstance(value, str):
        raise QueryError(tr("expected a text; got {got}.", got=repr(value)[:80]))
    return value


def _types_of(value: Any) -> tuple[str, ...]:  # noqa: ANN401 — whatever is given
    return tuple(sub or kind for kind, sub in map(codebook().type_of, texts_of(value)))


def _statuses_of(value: Any) -> tuple[str, ...]:  # noqa: ANN401 — whatever is given
    return tuple(codebook().statuses.find(one).code for one in texts_of(value))


def days_of(value: Any) -> DayInterval:  # noqa: ANN401 — whatever is given
    """Return days as an interval, both ends inclusive.

    Raises:
        DayError: They cannot be read, or end before they begin.
        QueryError: It is something else than days.
    """
    if isinstance(value, DayInterval | DaySpan):
        return DayInterval(value.first, value.last)
    if isinstance(value, tuple | list):
        return _between(value)
    if isinstance(value, date):  # so is a datetime, and a Timestamp
        day = value.date() if isinstance(value, datetime) else value
        return DayInterval(day, day)
    if type(value).__name__ == "Period":
        return DayInterval(value.start_time.date(), value.end_time.date())
    text = _text_of_days(value)
    if text is None:
        raise QueryError(tr("expected days, such as '2009-06' or a date; got {got}.", got=repr(value)[:80]))
    return DayInterval.parse(text)


def _between(ends: Sequence[Any]) -> DayInterval:
    if len(ends) != 2:  # noqa: PLR2004 — two ends
        raise QueryError(tr("expected two ends, first and last day; got {got}.", got=repr(ends)[:80]))
    first, last = (None if end in (None, "") else days_of(end) for end in ends)
    return DayInterval(None if first is None else first.first, None if last is None else last.last)


def _text_of_days(value: Any) -> str | None:  # noqa: ANN401 — whatever is given
    if isinstance(value, np.datetime64):
        return str(value.astype("datetime64[D]"))
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return f"{value:04}"
    return value if isinstance(value, str) else None


def _days(stated: Mapping[str, Any]) -> dict[str, DayInterval]:
    if "days" in stated and ("since" in stated or "until" in stated):
        raise QueryError(tr("Give either days, or since and until."))
    if "days" in stated:
        return {"days": _said("days", stated["days"], days_of)}
    first = _said("since", stated["since"], days_of).first if "since" in stated else None
    last = _said("until", stated["until"], days_of).last if "until" in stated else None
    return {} if first is None and last is None else {"days": _said("until", (first, last), days_of)}


def moment_of(value: Any, *, is_end: bool = True) -> datetime:  # noqa: ANN401 — whatever is given
    """Return a moment, UTC: of a day its end, or its beginning; a moment without a time zone is read as UTC.

    Raises:
        QueryError: It is not a moment.
    """
    if isinstance(value, datetime):
        plain = value.to_pydatetime() if hasattr(value, "to_pydatetime") else value
        return plain.replace(tzinfo=UTC) if plain.tzinfo is None else plain.astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, time.max if is_end else time.min, UTC)
    if isinstance(value, np.datetime64 | int | np.integer):
        value = str(value)
    return parse_moment(_text(value), is_end=is_end)


def box_of(value: Any) -> BBox:  # noqa: ANN401 — whatever is given
    """Return a box of text, of four numbers, or around a geometry.

    Raises:
        BoxError: The numbers make no box.
        QueryError: It is something else.
    """
    if isinstance(value, BBox):
        return value
    if isinstance(value, str):
        return BBox.parse(value)
    if _is_area(value):
        return BBox.of(areas_of(value))
    numbers = [*value] if isinstance(value, Sequence | np.ndarray) else []
    if len(numbers) != 4:  # noqa: PLR2004 — four sides
        raise QueryError(tr("expected west, south, east, north in degrees; got {got}.", got=repr(value)[:80]))
    return BBox.parse(",".join(str(number) for number in numbers))


def _is_area(value: Any) -> bool:  # noqa: ANN401 — whatever is given
    return hasattr(value, "geom_type") or hasattr(value, "total_bounds")


def areas_of(value: Area) -> gpd.GeoSeries:
    """Return areas in EPSG:4326; a geometry alone is in it.

    Raises:
        QueryError: They have no CRS.
    """
    import geopandas as gpd  # noqa: PLC0415 — a question in words needs none

    if not hasattr(value, "total_bounds"):
        return gpd.GeoSeries([value], crs="EPSG:4326")
    found = value.geometry.reset_index(drop=True)
    if found.crs is None:
        raise QueryError(tr("The areas have no CRS. Set it: areas.set_crs('EPSG:4326')."))
    return in_degrees(found)


_LEAST: Final = re.compile(r"(?:(?P<more>>=?|≥)\s*(?P<number>\d+)|(?P<plus>\d+)\s*\+)")


def _least(stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return the measure asked for, and at least how many."""
    asked = [name for name in FIGURE_MEASURES if stated.get(name, False) is not False]
    if len(asked) > 1:
        raise QueryError(
            tr(
                "A question is about one measure; this one asks for {measures}. Ask for one, and filter the frame by "
                "the other: frame[frame['{second}_best'] >= 1].",
                measures=", ".join(asked),
                second=asked[1],
            )
        )
    return {"measure": asked[0], **_said(asked[0], stated[asked[0]], _minimum)} if asked else {}


def _minimum(value: Any) -> dict[str, int]:  # noqa: ANN401 — whatever is given
    if value is True:
        return {}
    found = _LEAST.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise QueryError(
            tr(
                "expected at least how many, such as '>=3'; got {got}. Filter the frame by any other condition.",
                got=repr(value)[:80],
            )
        )
    return {"minimum": int(found["number"] or found["plus"]) + (found["more"] == ">")}


_LISTS: Final[Mapping[str, Callable[[Any], tuple[str, ...]]]] = {"type": _types_of, "status": _statuses_of}

_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "bbox": box_of,
    "text": _text,
    "dataset": _text,
    "changed_by": _text,
    "changed_since": lambda value: moment_of(value, is_end=False),
    "as_of": moment_of,
}
