"""`wy.Query`: a question that can be used again, shown, and narrowed by another one."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final, Unpack

from willay.events.frame.query import IncidentQuery
from willay.events.front.filters import FIELD_OF, Filters, read_filters
from willay.events.front.showing import show_table
from willay.events.model.errors import QueryError
from willay.events.model.values import DayInterval
from willay.geo import BBox
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd


class Query:
    """Which incidents, as known when: the filters of the command line as keywords. Each narrows.

    Values in a list are alternatives. `one & other` asks for what answers both. A query is not changed once it is made.

    Args:
        **filters: See `Filters`: `type`, `region`, `days`, `since`, `until`, `bbox`, `actor`, `source`, `case`, `tag`,
            `text`, `status`, `dataset`, `without`, `code`, `changed_since`, `changed_by`, `as_of`, and one measure,
            such as `killed=">=3"`.

    Attributes:
        asked: The same as the library's own query.
        areas: Areas that incidents must lie in, EPSG:4326; None where none was asked for.

    Raises:
        QueryError: A filter is unknown, or its value cannot be read.

    Example:
        >>> import willay as wy
        >>> query = wy.Query(type="protest", days="2009/2012")
        >>> query & wy.Query(region="vrae", killed=">=3")
        wy.Query(type='protest', region='vrae', days='2009-01-01/2012-12-31', killed='>=3')
        >>> wy.Query(days="2009/2012") & wy.Query(days=2010)
        wy.Query(days='2010-01-01/2010-12-31')
    """

    __slots__ = ("areas", "asked")

    asked: IncidentQuery
    areas: gpd.GeoSeries | None

    def __init__(self, **filters: Unpack[Filters]) -> None:
        self._set(*read_filters(filters))

    def _set(self, asked: IncidentQuery, areas: gpd.GeoSeries | None) -> None:
        object.__setattr__(self, "asked", asked)
        object.__setattr__(self, "areas", areas)

    @classmethod
    def of(cls, asked: IncidentQuery, areas: gpd.GeoSeries | None = None) -> Query:
        """Make one of the library's own query."""
        made = cls()
        made._set(asked, areas)
        return made

    def __setattr__(self, name: str, value: Any) -> None:  # noqa: ANN401 — refused, whatever it is
        raise AttributeError(tr("A query cannot be changed. Make a new one, or narrow this one: query & wy.Query(…)."))

    def __and__(self, other: Query) -> Query:
        """Return the query for what answers both.

        Raises:
            QueryError: Both state the same filter, with values of which neither contains the other.
        """
        if not isinstance(other, Query):
            return NotImplemented
        changed = {}
        for field in fields(IncidentQuery):
            ours, theirs = getattr(self.asked, field.name), getattr(other.asked, field.name)
            if theirs not in (None, ()) and theirs != ours:
                changed[field.name] = theirs if ours in (None, ()) else _narrower(field.name, ours, theirs)
        if self.areas is not None and other.areas is not None:
            raise _both("region")
        asked = replace(self.asked, **changed)
        return Query.of(asked, self.areas if other.areas is None else other.areas)

    def __eq__(self, other: object) -> bool:
        """Return whether another query asks the same."""
        if not isinstance(other, Query) or self.asked != other.asked:
            return False
        if self.areas is None or other.areas is None:
            return self.areas is other.areas
        return bool(self.areas.geom_equals(other.areas).all()) and len(self.areas) == len(other.areas)

    def __hash__(self) -> int:
        return hash(self.asked)

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a query be copied and pickled."""
        return Query.of, (self.asked, self.areas)

    def __repr__(self) -> str:
        return f"wy.Query({', '.join(f'{name}={value}' for name, value in self._words())})"

    def _repr_html_(self) -> str:
        return show_table(tr("Query"), [*self._words()])

    def in_words(self) -> str:
        """Return the question as a person reads it, in the language of now; empty when nothing narrows."""
        areas = "" if self.areas is None else self.area_words()
        return "; ".join(part for part in (self.asked.in_words(), areas) if part)

    def area_words(self) -> str:
        """Return what areas are asked for, in words."""
        west, south, east, north = self.areas.total_bounds if self.areas is not None else (0, 0, 0, 0)
        return tr("an area within {box}", box=f"{west:g},{south:g},{east:g},{north:g}")

    def _words(self) -> Iterator[tuple[str, str]]:
        """Yield each filter with its value as Python text."""
        for name, field in FIELD_OF.items():
            value = getattr(self.asked, field)
            if value not in (None, ()):
                yield name, _written(value)
            if name == "region" and self.areas is not None:
                yield name, f"<{self.area_words()}>"
        for name in ("changed_since", "changed_by", "as_of"):
            if (value := getattr(self.asked, name)) is not None:
                yield name, repr(value if isinstance(value, str) else value.isoformat())
        if self.asked.measure is not None:
            least = self.asked.minimum
            yield self.asked.measure, "True" if least is None else repr(f">={least}")


def _written(value: Any) -> str:  # noqa: ANN401 — the value of a filter
    if isinstance(value, DayInterval):
        return repr(f"{value.first or '..'}/{value.last or '..'}")
    if isinstance(value, BBox):
        return repr((value.west, value.south, value.east, value.north))
    if isinstance(value, tuple):
        return repr(value[0] if len(value) == 1 else [*value])
    return repr(value)


_CALLED: Final = {field: name for name, field in FIELD_OF.items()}


def _both(name: str) -> QueryError:
    return QueryError(
        tr(
            "Both queries state {name!r}, with different values. Select by each of them; those in both frames are: "
            "one[one['code'].isin(other['code'])].",
            name=name,
        )
    )


def _narrower(name: str, ours: Any, theirs: Any) -> Any:  # noqa: ANN401 — values of one filter
    """Return the value that asks for what answers both, where one contains the other.

    Raises:
        QueryError: Neither does.
    """
    if name == "days":
        for inner, outer in ((ours, theirs), (theirs, ours)):
            if _is_within(inner, outer):
                return inner
    if name == "without":
        return tuple(dict.fromkeys((*ours, *theirs)))
    if name == "text":
        return f"{ours} {theirs}"
    if name in {"minimum", "changed_since"}:
        return max(ours, theirs)
    raise _both(_CALLED.get(name, name))


def _is_within(inner: DayInterval, outer: DayInterval) -> bool:
    begins = outer.first is None or (inner.first is not None and inner.first >= outer.first)
    ends = outer.last is None or (inner.last is not None and inner.last <= outer.last)
    return begins and ends
