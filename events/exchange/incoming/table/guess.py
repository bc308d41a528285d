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
from willay.events.exchange.incoming.table.mapping import KEEP, SHARED, ColumnMapping, count_field
from willay.events.exchange.incoming.table.questions import unreadable, who_or_how_many, whose_count
from willay.events.exchange.incoming.table.sampling import COUNTS, DAYS, samples
from willay.events.frame.protection import about_no_dataset
from willay.geo.translation import joined, tr

if TYPE_CHECKING:
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
class _Guess:
    """A mapping on its way: the field of each column and why, what must be asked, what is left out."""

    sampled: dict[str, Sample]
    chosen: dict[str, str]
    reasons: dict[str, str]
    questions: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)

    def named(self, column: str) -> str:
        """Return what a column holds, or would hold if its cells could be that."""
        return self.asked.get(column, self.chosen[column])

    def take(self, column: str, name: str, reason: str) -> None:
        """Set what a column holds."""
        self.chosen[column], self.reasons[column] = name, reason
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


def guess_mapping(table: Table, known: ColumnMapping | None = None, country: str | None = None) -> ColumnMapping:
    """Guess the mapping of a table's columns.

    A name that is known gives the field. Where fewer than half of the cells could be what the field holds, it becomes a
    question of the mapping; where another column of a more usual name holds the field, the column is stored unchanged.
    Nothing is taken from a column without a name that is known but days, where nearly all its cells are days and no
    other column holds them.

    Args:
        table: The table.
        known: A mapping that is to be kept; only columns that it does not have are guessed.
        country: The country of rows that name none, where it is known.
    """
    given = known or ColumnMapping({})
    chosen = {column: given.columns[column] for column in table.columns if column in given.columns}
    guess = _Guess(samples(table, country), chosen, dict.fromkeys(chosen, tr("as in the mapping")))
    new = [column for column in table.columns if column not in chosen]
    _terms_of_a_dataset(guess, new)
    for column in sorted(new, key=lambda column: (_rank(column), table.columns.index(column))):
        if column not in guess.chosen:
            _guess_field(guess, column)
    _days_by_cells(guess, new)
    _one_way_of_dates(guess, new)
    _one_way_of_places(guess, new)
    _without_companions(guess, new)
    return replace(
        given,
        columns={column: guess.chosen[column] for column in table.columns},
        reasons=guess.reasons,
        examples={column: sample.examples for column, sample in guess.sampled.items()},
        questions={column: guess.questions[column] for column in table.columns if column in guess.questions},
        left_out={column: guess.left_out[column] for column in table.columns if column in guess.left_out},
        looks=_looks(guess),
    )


def _rank(column: str) -> int:
    found = headers().field_of(column)
    return found[1] if found else len(headers().by_name)


def _guess_field(guess: _Guess, column: str) -> None:
    sample = guess.sampled[column]
    found = headers().field_of(column)
    if found is None:
        _guess_count(guess, column)
        return
    name, said = _named_field(guess, column, found[0])
    share = sample.share(name)
    holder = guess.holder(name)
    if name == "id" and sample.is_running and plain(column) in headers().words["running"]:
        guess.take(
            column,
            KEEP,
            tr(
                "a running number, not used as the id unless you specify it: {option}",
                option=map_option(column, "id"),
            ),
        )
    elif name == "id" and sample.repeats:
        guess.leave(column, tr("named like an id, but several rows have the same value"))
    elif holder is not None and name not in SHARED:
        guess.take(column, KEEP, tr("column {holder!r} is already used for {name}", holder=holder[:40], name=name))
    elif share >= _HALF:
        guess.take(
            column, name, said if share == 1 else tr("{reason}; {share:.0%} of its cells fit", reason=said, share=share)
        )
    elif name in _MINOR:
        guess.leave(column, tr("named like {name}, but only {share:.0%} of its cells fit", name=name, share=share))
    elif name == "target" and sample.nearly_all("killed"):
        guess.ask(column, name, who_or_how_many(column, sample))
    else:
        guess.ask(column, name, unreadable(column, name, sample))


def _named_field(guess: _Guess, column: str, name: str) -> tuple[str, str]:
    """Return the field that the name of a column means, given what its cells are, and why."""
    sample = guess.sampled[column]
    said = (
        tr("recognised from the words of its name") if count_field(name) else tr("named {name!r}", name=plain(column))
    )
    if name == "department" and sample.cells and all(map(_REGION.fullmatch, sample.cells)):
        return "region", said
    if name in _METRES and sample.share(name) < _HALF and sample.nearly_all(_METRES[name]):
        return _METRES[name], tr("{reason}, and its cells are UTM coordinates in metres", reason=said)
    if name == "place" and sample.nearly_all("point") and guess.holder("point", "lat", "east") is None:
        return "point", tr("{reason}, and its cells are points", reason=said)
    return name, said


def _guess_count(guess: _Guess, column: str) -> None:
    """Take a column whose name is not known as it is, or ask whose count it is where it counts somebody."""
    count = headers().count_of(column)
    if count is not None and guess.sampled[column].cells and guess.sampled[column].share(count.measure) >= _HALF:
        guess.ask(column, count.field, whose_count(column, count, set(guess.chosen.values())))
    else:
        guess.take(column, KEEP, tr("its name is unknown"))


def _days_by_cells(guess: _Guess, new: list[str]) -> None:
    if {"date", "first_day", "last_day", "year"} & set(guess.chosen.values()):
        return
    could = [
        column
        for column in new
        if guess.chosen[column] == KEEP
        and column not in guess.questions
        and len(guess.sampled[column].cells) >= _ENOUGH
        and guess.sampled[column].looks == DAYS
    ]
    if len(could) == 1:
        guess.take(could[0], "date", tr("the only column whose cells are dates"))


def _one_way_of_dates(guess: _Guess, new: list[str]) -> None:
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


def _one_way_of_places(guess: _Guess, new: list[str]) -> None:
    """Leave metres alone where other columns give the point in degrees."""
    held = set(guess.chosen.values())
    if not ({"lat", "lon"} <= held or "point" in held):
        return
    for column in new:
        if (name := guess.named(column)) in _OF_METRES:
            guess.take(column, KEEP, tr("named like {name}, but other columns give the point in degrees", name=name))


def _without_companions(guess: _Guess, new: list[str]) -> None:
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


def _looks(guess: _Guess) -> dict[str, str]:
    """Return what the cells of columns look like that are not imported, and could have been."""
    held = set(guess.chosen.values())
    dated = bool(held & {"date", "first_day"})
    found = {}
    for column, name in guess.chosen.items():
        sample = guess.sampled[column]
        own = headers().field_of(column)
        told = own is not None and (own[0] in held or (dated and own[0] in {"date", *_PARTS_OF_DATE}))
        if name != KEEP or told or column in guess.left_out or column in guess.questions:
            continue
        look = sample.looks
        if look is not None and not (look == COUNTS and sample.is_running):
            found[column] = look
    return found


def _terms_of_a_dataset(guess: _Guess, new: list[str]) -> None:
    """Take the columns that say on what terms rows came; where none names a dataset, they are somebody else's."""
    named = {column: name for column in new if (name := headers().terms_of(column))}
    strange = about_no_dataset([*guess.chosen.values(), *named.values()])
    for column, name in named.items():
        if name not in strange and guess.holder(name) is None:
            guess.take(column, name, tr("named {name!r}", name=plain(column)))
