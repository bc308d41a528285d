"""The guess of a mapping: what a column holds, by its name, where its cells do not say otherwise.

A name that is known is a promise: where the cells of such a column mostly cannot be what it says, the person is asked,
and nothing is guessed or dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from willay.data.headers import headers, plain
from willay.events.exchange.incoming.table.advice import map_option
from willay.events.exchange.incoming.table.mapping import KEEP, SHARED, ColumnMapping
from willay.events.exchange.incoming.table.naming import known_names, said_of
from willay.events.exchange.incoming.table.questions import (
    same_name,
    unreadable,
    which_of,
    who_or_how_many,
    whose_count,
)
from willay.events.exchange.incoming.table.sampling import COUNTS, DAYS, samples
from willay.events.frame.protection import about_no_dataset
from willay.geo.translation import joined, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.data.headers import NameMatch
    from willay.events.exchange.incoming.table.sampling import Sample
    from willay.events.exchange.incoming.table.sheets import Table

_REGION: Final = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")
_HALF: Final = 0.5
_ENOUGH: Final = 3
_METRES: Final = {"lat": "north", "lon": "east"}
_OF_METRES: Final = ("east", "north", "utm_zone")
_PARTS_OF_DATE: Final = ("year", "month", "day")
_MINOR: Final = frozenset({"status", "confidence", "source_kind", "source_url", "source_date"})
"""Less important fields: a column that does not fit one of them is left out and reported at the end."""

_COMPANIONS: Final = {
    "source_kind": ("source", "source_url"),
    "source_date": ("source", "source_url"),
    "utm_zone": ("east", "north"),
}
"""Fields that describe another column."""


@dataclass
class Guess:
    """A mapping on its way: the field of each column and why, what must be asked, what is left out."""

    table: Table
    sampled: dict[str, Sample]
    names: Mapping[str, NameMatch]
    chosen: dict[str, str]
    reasons: dict[str, str]
    ways: dict[str, str]
    questions: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)

    def named(self, column: str) -> str:
        """Return what a column holds, or would hold if its cells could be that."""
        return self.asked.get(column, self.chosen[column])

    def take(self, column: str, name: str, reason: str, way: str = "name") -> None:
        """Set what a column holds, why, and by which way that is known."""
        self.chosen[column], self.reasons[column], self.ways[column] = name, reason, way
        self.questions.pop(column, None)
        self.asked.pop(column, None)

    def ask(self, column: str, name: str, question: str) -> None:
        """Leave a column open that is called as a field is, to be asked about."""
        self.take(column, KEEP, tr("to be specified"))
        self.questions[column], self.asked[column] = question, name

    def leave(self, column: str, reason: str) -> None:
        """Leave a column out whose name is known."""
        self.take(column, KEEP, reason)
        self.left_out[column] = reason

    def holder(self, *names: str) -> str | None:
        """Return the first column that holds one of some fields."""
        return next((column for column, held in self.chosen.items() if held in names), None)


def guess_mapping(
    table: Table,
    known: ColumnMapping | None = None,
    country: str | None = None,
    headings: Mapping[str, str] | None = None,
) -> ColumnMapping:
    """Guess the mapping of a table's columns.

    A name that is known gives the field. Where fewer than half of the cells could be what the field holds, it becomes a
    question of the mapping; where another column of a more usual name holds the field, the column is stored unchanged.
    Nothing is taken from a column without a name that is known but days, where nearly all its cells are days and no
    other column holds them.

    Args:
        table: The table.
        known: A mapping that is to be kept; only columns that it does not have are guessed.
        country: The country of rows that name none, where it is known.
        headings: The field by heading, where a database knows some besides willay's.
    """
    given = known or ColumnMapping({})
    chosen = {column: given.columns[column] for column in table.columns if column in given.columns}
    told, ways = dict.fromkeys(chosen, tr("as in the mapping")), dict.fromkeys(chosen, "mapping")
    guess = Guess(table, samples(table, country), known_names(table, country, headings or {}), chosen, told, ways)
    new = [column for column in table.columns if column not in chosen]
    _terms_of_a_dataset(guess, new)
    for column in sorted(new, key=lambda column: (_rank(guess, column), table.columns.index(column))):
        if column not in guess.chosen:
            _guess_field(guess, column)
    _by_likeness(guess, new)
    _days_by_cells(guess, new)
    _one_way_of_dates(guess, new)
    _one_way_of_places(guess, new)
    _without_companions(guess, new)
    return replace(
        given,
        columns={column: guess.chosen[column] for column in table.columns},
        reasons=guess.reasons,
        ways=guess.ways,
        examples={column: sample.examples for column, sample in guess.sampled.items()},
        questions={column: guess.questions[column] for column in table.columns if column in guess.questions},
        left_out={column: guess.left_out[column] for column in table.columns if column in guess.left_out},
        looks=_looks(guess),
    )


def _rank(guess: Guess, column: str) -> int:
    found = guess.names.get(column)
    return found.rank if found else len(headers().by_name)


def _guess_field(guess: Guess, column: str) -> None:
    found = guess.names.get(column)
    if found is None:
        _guess_count(guess, column)
    elif found.field == KEEP:
        guess.take(column, KEEP, said_of(column, found), found.way)
    else:
        _guess_known(guess, column, found)


def _guess_known(guess: Guess, column: str, found: NameMatch) -> None:
    sample = guess.sampled[column]
    name, said = _named_field(guess, column, found)
    share = sample.share(name)
    holder = guess.holder(name)
    if name == "id" and sample.is_running and plain(column) in headers().words["running"]:
        option = map_option(column, "id")
        guess.take(
            column, KEEP, tr("a running number, not used as the id unless you specify it: {option}", option=option)
        )
    elif name == "id" and sample.repeats:
        guess.leave(column, tr("named like an id, but several rows have the same value"))
    elif holder is not None and name not in SHARED:
        _guess_second(guess, column, name, holder)
    elif name == "title" and plain(column) in headers().words["owner"] and sample.is_of_short_names:
        guess.leave(column, tr("can be a headline or an owner, and its cells are short and repeat"))
    elif share >= _HALF:
        fit = said if share == 1 else tr("{reason}; {share:.0%} of its cells fit", reason=said, share=share)
        guess.take(column, name, fit, found.way)
    elif name in _MINOR:
        guess.leave(column, tr("named like {name}, but only {share:.0%} of its cells fit", name=name, share=share))
    elif name == "target" and sample.nearly_all("killed"):
        guess.ask(column, name, who_or_how_many(column, sample))
    else:
        guess.ask(column, name, unreadable(column, name, sample))


def _guess_second(guess: Guess, column: str, name: str, holder: str) -> None:
    """Leave a column alone whose field another one holds; two of one name with different cells are asked about."""
    twin = guess.table.twins.get(column)
    one, other = guess.sampled[column].cells, guess.sampled[twin].cells if twin else ()
    if twin is None or holder in guess.table.sheet.holds or not one or one == other:
        guess.take(column, KEEP, tr("column {holder!r} is already used for {name}", holder=holder[:40], name=name))
    else:
        guess.ask(column, name, same_name(holder, column, name, (guess.sampled[holder], guess.sampled[column])))


def _named_field(guess: Guess, column: str, found: NameMatch) -> tuple[str, str]:
    """Return the field that the name of a column means, given what its cells are, and why."""
    sample, name = guess.sampled[column], found.field
    said = said_of(column, found)
    if name == "department" and sample.cells and all(map(_REGION.fullmatch, sample.cells)):
        return "region", said
    if name in _METRES and sample.share(name) < _HALF and sample.nearly_all(_METRES[name]):
        return _METRES[name], tr("{reason}, and its cells are UTM coordinates in metres", reason=said)
    if name == "place" and sample.nearly_all("point") and guess.holder("point", "lat", "east") is None:
        return "point", tr("{reason}, and its cells are points", reason=said)
    return name, said


def _guess_count(guess: Guess, column: str) -> None:
    """Take a column whose name is not known as it is, or ask whose count it is where it counts somebody."""
    count = headers().count_of(column)
    if count is not None and guess.sampled[column].cells and guess.sampled[column].share(count.measure) >= _HALF:
        guess.ask(column, count.field, whose_count(column, count, set(guess.chosen.values())))
    else:
        guess.take(column, KEEP, tr("its name is unknown"), "unknown")


def _by_likeness(guess: Guess, new: list[str]) -> None:
    """Take columns whose names are like known ones and whose cells fit; where several are like one field, ask.

    A name like that of a date is asked about only where no other column holds the date.
    """
    for name, columns in _alike(guess, new).items():
        free = [column for column in columns if guess.chosen[column] == KEEP and column not in guess.questions]
        if not free or guess.holder(name, *_INSTEAD.get(name, ())) is not None:
            continue
        if len(free) == 1:
            guess.take(free[0], name, said_of(free[0], columns[free[0]]), columns[free[0]].way)
        else:
            for column in free:
                guess.ask(column, name, which_of(column, name, guess.sampled[column]))


_INSTEAD: Final = {
    **dict.fromkeys(("date", "first_day", "year"), ("date", "first_day", "last_day", "year")),
    "last_day": ("date", "year"),
}
"""Fields that say already what a column would that is only named like another."""


def _alike(guess: Guess, new: list[str]) -> dict[str, dict[str, NameMatch]]:
    """Return by field the columns that may hold it, each under the likeliest field that its cells fit."""
    found: dict[str, dict[str, NameMatch]] = {}
    for column in new:
        sample = guess.sampled[column]
        if column in guess.names or not sample.cells or guess.chosen[column] != KEEP:
            continue
        fitting = (one for one in headers().like(column) if sample.resembles(one.field))
        if match := next(fitting, None):
            found.setdefault(match.field, {})[column] = match
    return found


def _days_by_cells(guess: Guess, new: list[str]) -> None:
    if {"date", "first_day", "last_day", "year"} & set(guess.chosen.values()):
        return
    could = [
        column
        for column in new
        if guess.chosen[column] == KEEP
        and column not in guess.questions
        and not headers().is_of_record(column)
        and len(guess.sampled[column].cells) >= _ENOUGH
        and guess.sampled[column].looks == DAYS
    ]
    if len(could) == 1:
        guess.take(could[0], "date", tr("the only column whose cells are dates"), "cells")


def _one_way_of_dates(guess: Guess, new: list[str]) -> None:
    """Leave one way of saying when: days from first to last, else a day, else its year, month and day."""
    held = set(guess.chosen.values())
    needless: tuple[str, ...] = ()
    if "first_day" in held and "date" in held:
        needless = ("date", *_PARTS_OF_DATE)
    elif held & {"date", "first_day"}:
        needless = _PARTS_OF_DATE
    for column in new:
        if (name := guess.named(column)) in needless:
            guess.take(column, KEEP, tr("named like {name}, but other columns give the date", name=name))


def _one_way_of_places(guess: Guess, new: list[str]) -> None:
    """Leave metres alone where other columns give the point in degrees."""
    held = set(guess.chosen.values())
    if not ({"lat", "lon"} <= held or "point" in held):
        return
    for column in new:
        if (name := guess.named(column)) in _OF_METRES:
            guess.take(column, KEEP, tr("named like {name}, but other columns give the point in degrees", name=name))


def _without_companions(guess: Guess, new: list[str]) -> None:
    """Leave out what says something of a column that is not there."""
    for column in new:
        wanted = _COMPANIONS.get(guess.chosen[column])
        if wanted and guess.holder(*wanted) is None and guess.sampled[column].cells:
            guess.leave(
                column,
                tr(
                    "named like {name}, but there is no column for {wanted}",
                    name=guess.chosen[column],
                    wanted=joined(tr(" or "), wanted),
                ),
            )


def _looks(guess: Guess) -> dict[str, str]:
    """Return what the cells of columns look like that are not imported, and could have been."""
    held = set(guess.chosen.values())
    dated = bool(held & {"date", "first_day"})
    found = {}
    for column, name in guess.chosen.items():
        sample = guess.sampled[column]
        own = guess.names.get(column)
        told = own is not None and (own.field in held or (dated and own.field in {"date", *_PARTS_OF_DATE}))
        if name != KEEP or told or column in guess.left_out or column in guess.questions:
            continue
        look = sample.looks
        if look is not None and not (look == COUNTS and sample.is_running):
            found[column] = look
    return found


def _terms_of_a_dataset(guess: Guess, new: list[str]) -> None:
    """Take the columns that say on what terms rows came; where none names a dataset, they are somebody else's."""
    named = {column: name for column in new if (name := headers().terms_of(column))}
    strange = about_no_dataset([*guess.chosen.values(), *named.values()])
    for column, name in named.items():
        if name not in strange and guess.holder(name) is None:
            guess.take(column, name, tr("named {name!r}", name=plain(column)))
