"""What every section is written with: the record, its sums, the words of a language, and the notes so far."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from willay.maps.pictures.notes import selection_lines
from willay.maps.profile.blocks import Paragraph, Run, text
from willay.maps.sums import Sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from willay.maps.profile.blocks import Text
    from willay.maps.profile.record import ProfileRecord
    from willay.maps.profile.references import References
    from willay.maps.profile.wording import DocumentWords
    from willay.maps.sums import RegionValue


@dataclass(frozen=True)
class Writing:
    """What a section is written with."""

    record: ProfileRecord
    references: References
    words: DocumentWords

    @cached_property
    def killed(self) -> Sums:
        """The sums of the people killed."""
        return Sums(self.record.incidents, "killed")

    @cached_property
    def counted(self) -> NDArray[np.int64]:
        """The incidents that are not parts of others, by row."""
        return np.flatnonzero(self.record.incidents.frame["counted"].to_numpy(bool))

    @cached_property
    def rows_of_cases(self) -> dict[str, list[int]]:
        """The incidents of each case, by its key."""
        return _rows_by(fact.cases for fact in self.record.facts)

    @cached_property
    def rows_of_actors(self) -> dict[str, list[int]]:
        """The incidents that each actor took part in, by its key."""
        return _rows_by(fact.parties for fact in self.record.facts)

    @cached_property
    def selections(self) -> tuple[Paragraph, ...]:
        """What the datasets are a selection of, and by what rule, each as a paragraph of caution."""
        lines = selection_lines(self.record.incidents.frame, self.words)
        return tuple(Paragraph(text(line), "caution") for line in lines)

    def t(self, key: str, **values: object) -> str:
        """Return a message."""
        return self.words.t(key, **values)

    def summed(self, rows: Sequence[int]) -> RegionValue:
        """Return what some incidents add up to, over all time."""
        return self.killed.over(None, np.asarray(rows, np.int64))

    def killed_in(self, rows: Sequence[int], anchor: str, told: str) -> Text:
        """Return how many were killed in some incidents, with the note of the sum; a dash where nobody says a number.

        Args:
            rows: The incidents.
            anchor: The name of the sum.
            told: What is added up, in words, for the note.
        """
        found = self.summed(rows)
        if not found.known:
            return text("–" if not found.unknown else self.t("unknown"))
        known = [row for row in rows if self.record.facts[row].killed]
        return self.references.total(self.words.total(found), f"killed-{anchor}", known, told)

    def number_of(self, rows: Sequence[int], anchor: str, told: str) -> Text:
        """Return how many incidents some are, not counting parts again, with the note that names them."""
        counted = self.summed(rows).rows
        if not counted:
            return text("–" if rows else "0")  # parts alone: their parent is counted, where it is asked for
        return self.references.total(self.words.n(counted), f"incidents-{anchor}", rows, told, is_figure=False)

    def lacking(self, rows: Sequence[int], window: tuple[date, date] | None = None) -> list[int]:
        """Return the incidents among some of which no source says how many were killed, although one could ask."""
        return [int(row) for row in self.killed.unknown(window, np.asarray(rows, np.int64))]

    def counted_as(self, rows: Sequence[int], anchor: str, told: str) -> Text:
        """Return how many rows there are, parts of other incidents too, with the note that names them; a dash for 0."""
        if not rows:
            return text("–")
        return self.references.total(self.words.n(len(rows)), f"rows-{anchor}", rows, told, is_figure=False)

    def filled(self, key: str, *, n: int | None = None, **parts: Text) -> Text:
        """Return a message whose places, such as {killed}, are filled with texts that keep their notes.

        Args:
            key: The message.
            n: The number that singular or plural goes by.
            **parts: The texts.
        """
        counted = {} if n is None else {"n": n}
        return _filled(str(self.words.t(key, **counted, **{name: f"\x00{name}\x00" for name in parts})), parts)


def _rows_by(keys: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """Return the rows that have each key, in their order, of the keys of each row."""
    found: dict[str, list[int]] = defaultdict(list)
    for row, named in enumerate(keys):
        for key in named:
            found[key].append(row)
    return found


def _filled(message: str, parts: dict[str, Text]) -> Text:
    made: list[Run] = []
    for number, piece in enumerate(message.split("\x00")):
        made += parts[piece] if number % 2 else (Run(piece),)
    return text(tuple(made))


def in_order(rows: Iterable[int]) -> list[int]:
    """Return rows in their order, each once."""
    return sorted({*rows})
