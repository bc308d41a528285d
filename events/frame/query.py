"""The one question put to a store: which incidents, as known when."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Final, Self

from willay.data.codebook import codebook
from willay.data.errors import UnknownTermError
from willay.events.model.errors import DayError, QueryError
from willay.events.model.values import DayInterval, parse_day
from willay.geo import BBox
from willay.geo.errors import GeoError
from willay.geo.translation import LANGUAGES, in_language, mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from willay.data.profiles import Profile

PUBLISHED = "published"
LIVE_STATUSES = ("draft", "in-review", PUBLISHED)
"""The statuses that a query without a status selects: incidents held to have happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentQuery:
    """Which incidents, as known when. Every field narrows; an empty field does not. Values in a tuple are alternatives.

    Attributes:
        codes: Codes or keys of incidents.
        days: Incidents with any of their days in the interval. Undated ones only match without an interval.
        regions: `set/key`, or a key alone; the incident's place lies in a version valid on its days.
        bbox: The incident's primary place lies in the box.
        types: Codes of types or sub-types.
        actors: Keys, names or aliases; an actor stands for its parts too.
        measure: Incidents with a claim of this measure.
        minimum: With `measure`: the best figure is at least this.
        sources: Keys or kinds of sources that speak of it.
        statuses: Record statuses; empty asks for those that hold (`LIVE_STATUSES`).
        cases: Keys of cases.
        tags: Tags.
        text: Words that all occur in title, summary, place or actors, in any case and without regard to accents.
        dataset: The dataset's name.
        without: Names of datasets whose incidents are left out.
        changed_since: Incidents of which something was recorded at this moment (aware) or later.
        changed_by: Incidents that this person changed, if asked since then; the name in any case.
        as_of: The moment (aware, UTC) at which the record is read; None is now.

    Example:
        >>> from willay.events import IncidentQuery
        >>> IncidentQuery.parse(since="2009", until="2012-06", type="protest").days
        DayInterval(first=datetime.date(2009, 1, 1), last=datetime.date(2012, 6, 30))
    """

    codes: tuple[str, ...] = ()
    days: DayInterval | None = None
    regions: tuple[str, ...] = ()
    bbox: BBox | None = None
    types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    measure: str | None = None
    minimum: int | None = None
    sources: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: str | None = None
    dataset: str | None = None
    without: tuple[str, ...] = ()
    changed_since: datetime | None = None
    changed_by: str | None = None
    as_of: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a least figure of nothing.

        Raises:
            QueryError: There is a minimum without a measure.
        """
        if self.minimum is not None and self.measure is None:
            raise QueryError(
                tr(
                    "A minimum of {minimum} needs a measure. Add it, for example: --with killed --at-least {minimum}.",
                    minimum=self.minimum,
                )
            )

    @classmethod
    def parse(
        cls,
        *,
        days: str | None = None,
        since: str | None = None,
        until: str | None = None,
        bbox: str | None = None,
        type: str | Iterable[str] = (),  # noqa: A002 — the word of the command line
        measure: str | None = None,
        status: str | Iterable[str] = (),
        changed_since: str | None = None,
        as_of: str | None = None,
        **rest: Any,  # noqa: ANN401 — what needs no parsing, checked by the constructor
    ) -> Self:
        """Make a query from loose input, by the words of the command line; each is one value or several.

        Args:
            days: An interval, as `DayInterval.parse` reads it.
            since: The first day asked for, instead of `days`.
            until: The last day asked for, inclusive.
            bbox: `west,south,east,north`, degrees.
            type: Codes or labels of types and sub-types.
            measure: A measure's code or label.
            status: Record statuses.
            changed_since: A day, month or year (its beginning, UTC) or an ISO moment.
            as_of: A day (its end, UTC) or an ISO moment.
            **rest: `code`, `region`, `actor`, `source`, `case`, `tag`, `without`; `minimum`, `text`, `dataset` and
                `changed_by`. The former names (`first`, `last`, `types`, …) work for one more version, and warn.

        Raises:
            QueryError: Something cannot be understood; the message states what to write.
        """
        if FORMER_WORDS.keys() & rest.keys():
            named = {FORMER_WORDS.get(name, name): value for name, value in rest.items()}
            _warn_of_words(rest)
            told: dict[str, Any] = {
                "days": days,
                "since": since,
                "until": until,
                "bbox": bbox,
                "type": type,
                "measure": measure,
            }
            told |= {"status": status, "changed_since": changed_since, "as_of": as_of}
            return cls.parse(**{name: value for name, value in told.items() if value}, **named)
        _check_words(rest)
        plain: dict[str, Any] = {_FIELDS.get(name, name): _plain(name, value) for name, value in rest.items()}
        try:
            return cls(
                days=_interval(days, since, until),
                bbox=BBox.parse(bbox) if bbox else None,
                types=tuple(_type_code(name) for name in _several(type)),
                measure=codebook().measures.find(measure).code if measure else None,
                statuses=tuple(codebook().statuses.find(name).code for name in _several(status)),
                changed_since=parse_moment(changed_since, is_end=False) if changed_since else None,
                as_of=parse_moment(as_of) if as_of else None,
                **plain,
            )
        except (DayError, UnknownTermError, GeoError) as error:
            raise QueryError(str(error)) from error

    @property
    def live_statuses(self) -> tuple[str, ...]:
        """The statuses asked for, filled in where none were named."""
        return self.statuses or LIVE_STATUSES

    def words(self, lang: str = LANGUAGES[0]) -> str:
        """Return the question in short words of a language, as frames and files have it; empty when nothing narrows.

        Args:
            lang: `en`, with codes as they are, or another language, with what they are called in it.
        """
        if lang not in LANGUAGES[1:]:
            return "; ".join(f"{name} {', '.join(values)}" for name, values in self._narrowing())
        with in_language(lang):
            return self.in_words()

    def in_words(self) -> str:
        """Return the question as a person reads it, in the language of now; empty when nothing narrows."""
        return "; ".join(
            f"{tr(_NAMES[name])} {', '.join(_spoken(name, value) for value in values)}"
            for name, values in self._narrowing()
        )

    def _narrowing(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for field in fields(self):
            value = getattr(self, field.name)
            if value not in (None, ()) and field.name != "as_of":
                yield field.name, tuple(map(str, value)) if isinstance(value, tuple) else (_shown(value),)


_NAMES: Final[Mapping[str, str]] = {
    "days": mark("days"), "regions": mark("regions"), "bbox": mark("box"), "types": mark("types"),
    "actors": mark("actors"), "measure": mark("measure"), "minimum": mark("minimum"), "sources": mark("sources"),
    "statuses": mark("statuses"), "cases": mark("cases"), "tags": mark("tags"), "dataset": mark("dataset"),
    "without": mark("without"), "text": mark("text"), "changed_since": mark("changed since"),
    "changed_by": mark("changed by"), "codes": mark("codes"),
}  # fmt: skip
"""What narrows an answer, in a word."""


def _spoken(name: str, value: str) -> str:
    """Return a value of a question in the language of now: a code of the codebook by its label where that is."""
    book = codebook()
    lists = {"types": book.types_and_subtypes, "measure": book.measures, "statuses": book.statuses}
    return lists[name].spoken(value) if name in lists else value


def published(query: IncidentQuery, profile: Profile) -> IncidentQuery:
    """Return a query that asks for what is published, where it names no status and the profile shows nothing else."""
    return replace(query, statuses=(PUBLISHED,)) if profile.published_only and not query.statuses else query


def parse_moment(text: str, *, is_end: bool = True) -> datetime:
    """Read a moment: an ISO date-time, or a day, month or year, which mean their last instant, UTC.

    Args:
        text: The moment.
        is_end: Whether a day, month or year means its last instant; else it means its first.

    Raises:
        QueryError: It is neither.
    """
    try:
        moment = datetime.fromisoformat(text) if "T" in text or ":" in text else _edge_of(text, is_end=is_end)
    except (ValueError, DayError):
        message = tr(
            "{text!r} is not a moment. Write a day (2012-04-19) or a day and time (2012-04-19T18:00:00Z).",
            text=text[:80],
        )
        raise QueryError(message) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _edge_of(text: str, *, is_end: bool) -> datetime:
    first, last, *_ = parse_day(text)
    return datetime.combine(last, time.max, UTC) if is_end else datetime.combine(first, time.min, UTC)


def _interval(days: str | None, first: str | None, last: str | None) -> DayInterval | None:
    if days:
        return DayInterval.parse(days)
    if first or last:
        return DayInterval.parse(f"{first or '..'}/{last or '..'}")
    return None


def _type_code(name: str) -> str:
    kind, sub = codebook().type_of(name)
    return sub or kind


def _plain(name: str, value: Any) -> object:  # noqa: ANN401 — the value of any field
    return _several(value) if name in _FIELDS or name == "without" else value


def _several(value: str | Iterable[str]) -> tuple[str, ...]:
    """Return one text, or several, as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value)


_FIELDS: Final = {
    "code": "codes", "region": "regions", "actor": "actors", "source": "sources", "case": "cases", "tag": "tags",
}  # fmt: skip
"""The field of each word that takes one value or several."""

_WORDS: Final = (*_FIELDS, "without", "minimum", "text", "dataset", "changed_by")

FORMER_WORDS: Final[Mapping[str, str]] = {
    "first": "since", "last": "until", "types": "type", "statuses": "status",
    **{field: word for word, field in _FIELDS.items()},
}  # fmt: skip
"""The words that `parse` took before it had those of the command line, with those of today."""


def _check_words(given: Mapping[str, object]) -> None:
    if unknown := given.keys() - {*_WORDS}:
        known = sorted(
            {*_WORDS, "days", "since", "until", "bbox", "type", "measure", "status", "changed_since", "as_of"}
        )
        raise QueryError(
            tr(
                "Unknown field {field!r} in a query. Known fields: {listed}.",
                field=min(unknown),
                listed=", ".join(known),
            )
        )


def _warn_of_words(given: Mapping[str, object]) -> None:
    for former in sorted(FORMER_WORDS.keys() & given.keys()):
        message = tr(
            "IncidentQuery.parse({former}=…) is parse({now}=…) now; the old name works until willay 0.2.",
            former=former,
            now=FORMER_WORDS[former],
        )
        warnings.warn(message, DeprecationWarning, stacklevel=3)


def _shown(value: object) -> str:
    if isinstance(value, DayInterval):
        return f"{value.first or '…'} – {value.last or '…'}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if isinstance(value, BBox):
        return f"{value.west:g},{value.south:g},{value.east:g},{value.north:g}"
    return str(value)
