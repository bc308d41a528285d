"""Reports: what became of each row of a file that was imported, with sums that must agree.

The report is JSON next to the file (`NAME.import.json`), in English in every language; rows that could not be imported
go to a table next to it (`NAME.quarantine.csv`) with their own columns and four of ours, ready to be corrected and
imported again: its reasons are for the person who corrects them, in the language of now.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from willay.events.exchange.incoming.gaps import Gaps
from willay.events.exchange.outgoing.spreadsheet import neutral
from willay.events.model.errors import EventsError
from willay.events.model.foreign import ENDINGS
from willay.geo import replacing
from willay.geo.translation import english, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from willay.events.model.foreign import Batch, DatasetTerms, Notice, Outcome, Reading, RowFault

OUR_COLUMNS: Final = ("willay_row", "willay_field", "willay_value", "willay_reason")
"""Columns that the table of quarantined rows has before those of the file; the readers ignore them."""

OURS: Final = frozenset({"willay", "database"})
"""The formats of our own exports, and of our databases."""

_SEPARATOR: Final = " | "
_LISTED: Final = 5
"""Maximum number of row numbers that a report lists for each kind of flag or fault."""

_EXAMPLES: Final = 3
"""Maximum number of values that a report lists for each kind."""

_EXAMPLE_SHOWN: Final = 40
_OPTIONS: Final = 8
"""Maximum number of options that a report lists for a kind whose reasons differ in them."""

_NUMBERS: Final = re.compile(r"-?\d+\.\d+|\d{4}-\d{2}-\d{2}")
"""Coordinates and days: reasons that differ only in these are the same kind."""


_OPTION: Final = re.compile(
    r"--map (?:'[^']*'(?:\"'\"'[^']*')*|[\w@%+=:,./-]*[\w@%+=:/-])" r'|map="(?:[^"\\]|\\.)*"', re.ASCII
)
"""An option, or keyword, as `model.advice.option` writes it: reasons that differ only in these are the same kind."""


def _kind_of(reason: str) -> str:
    """Return a reason without what differs from row to row: numbers, and the options for its own words."""
    return _NUMBERS.sub("…", _OPTION.sub(lambda found: _any_option(found[0]), reason))


def _any_option(one: str) -> str:
    """Return what stands for any option like one: `--map …`, or `map=…`."""
    return f"{one[: one.index('map') + 3]}{one[one.index('map') + 3]}…"


@dataclass
class Tally:
    """One kind of flag or fault: how often, in which rows and incidents first, of which values, and in what words."""

    count: int = 0
    rows: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    reason: str | None = ""
    kind: str = ""
    options: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome, said: RowFault) -> None:
        """Count one more."""
        self.count += 1
        self.reason = said.reason if self.reason in {"", said.reason} else None
        self.kind = self.kind or _kind_of(said.reason)
        if self.reason is None or not self.options:
            self._add_options(_OPTION.findall(said.reason))
        if len(self.rows) < _LISTED:
            self.rows.append(outcome.number)
            self.codes += [outcome.code] if outcome.code else []
        if said.value and said.value not in self.examples and len(self.examples) < _EXAMPLES:
            self.examples.append(said.value)

    def _add_options(self, options: list[str]) -> None:
        """Remember the option of a reason that has one, with those of others of its kind."""
        if len(options) == 1 and options[0] not in self.options and len(self.options) < _OPTIONS:
            self.options += options

    @property
    def words(self) -> str:
        """The kind in words: its reason where it is always the same, else without what differs but some options."""
        if self.reason is not None:
            return self.reason
        if not self.options:
            return self.kind
        between = " " if self.options[0].startswith("--") else ", "
        return self.kind.replace(_any_option(self.options[0]), between.join(self.options), 1)


class ImportReport:
    """Counts what became of rows, batch by batch.

    Attributes:
        endings: How many rows ended in each way.
        rows: How many rows were read.
        gaps: What the rows lack that were imported.
        differences: For files of ours, every difference between the file and the database, with what became of it.
    """

    def __init__(self, terms: DatasetTerms, file: str, form: str) -> None:
        self.terms, self.file, self.form = terms, file, form
        self.endings: Counter[str] = Counter(dict.fromkeys(ENDINGS, 0))
        self.rows = 0
        self.differences: list[dict[str, Any]] = []
        self.new: Counter[str] = Counter()
        self.gaps = Gaps()
        self._flags: dict[tuple[str, str], Tally] = {}
        self._faults: dict[tuple[str, str], Tally] = {}

    def add(self, batch: Batch, outcomes: list[Outcome]) -> None:
        """Count a batch.

        Raises:
            EventsError: There is not one outcome for each row; the program is wrong, not the file.
        """
        if [row.number for row in batch.rows] != [outcome.number for outcome in outcomes]:
            message = tr(
                "The row totals of the import do not match. Please report this as a bug. Complete "
                "batches are in the database."
            )
            raise EventsError(message)
        self.rows += len(batch.rows)
        self.endings.update(outcome.ending for outcome in outcomes)
        self.gaps.add(batch, outcomes)
        if self.form in OURS:
            self.differences += _differences(outcomes)
        for outcome in outcomes:
            _tally(self._flags, outcome, outcome.flags)
            _tally(self._faults, outcome, outcome.faults)

    @property
    def agrees(self) -> bool:
        """Whether every row read ended in exactly one way."""
        return sum(self.endings.values()) == self.rows

    def notices(self, reading: Reading) -> tuple[Notice, ...]:
        """Return what a person should know once all is read, the gravest last.

        Args:
            reading: The file, all its batches read.
        """
        return (*reading.after(), *self.gaps.notices(dated=reading.dated))

    def document(self, extra: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the report as JSON."""
        return {
            "file": self.file,
            "format": self.form,
            "dataset": self.terms.name,
            "version": self.terms.version,
            "licence": self.terms.licence,
            **_recorded(extra or {}),
            "rows": self.rows,
            "endings": dict(self.endings),
            "sum_agrees": self.agrees,
            **({"differences": self.differences} if self.differences else {}),
            "flags": _listed(self._flags),
            "faults": _listed(self._faults),
        }

    def flags(self) -> list[tuple[str, int]]:
        """Return the kinds of flags with how often each came up, the most frequent first."""
        return [(f"{_words(kind, tally)}{self._where(tally)}", tally.count) for kind, tally in _sorted(self._flags)]

    def _where(self, tally: Tally) -> str:
        """Name the incidents of files of ours, which a person has to compare."""
        if self.form not in OURS or not tally.codes:
            return ""
        return f" ({', '.join(tally.codes)}{', …' if tally.count > len(tally.codes) else ''})"

    def faults(self) -> list[tuple[str, int]]:
        """Return the kinds of faults with how often each came up, the most frequent first."""
        return [(_words(kind, tally), tally.count) for kind, tally in _sorted(self._faults)]

    def save(self, path: Path, extra: Mapping[str, Any] | None = None) -> None:
        """Write the report, in the place of an earlier one of the same file."""
        with replacing(path, force=True) as out:
            json.dump(self.document(extra), out, ensure_ascii=False, indent=2)
            out.write("\n")


def _recorded(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a report says in English: its file is the same in every language."""
    return {name: [english(one) for one in value] if isinstance(value, list) else value for name, value in said.items()}


def _differences(outcomes: list[Outcome]) -> list[dict[str, Any]]:
    return [
        {
            "row": outcome.number,
            "code": outcome.code,
            "field": one.field,
            "file": english(one.value),
            "what": english(one.reason),
        }
        for outcome in outcomes
        for one in outcome.flags
    ]


def _tally(tallies: dict[tuple[str, str], Tally], outcome: Outcome, said: tuple[RowFault, ...]) -> None:
    for one in said:
        tallies.setdefault((one.field, _kind_of(english(one.reason))), Tally()).add(outcome, one)


def _words(kind: tuple[str, str], tally: Tally) -> str:
    """Return a kind in words, without the numbers in which its rows differ, and some of their values."""
    name, _ = kind
    told = (f"{name}: " if name else "") + tally.words
    if not tally.examples:
        return told
    values = " | ".join(value[:_EXAMPLE_SHOWN] for value in tally.examples)
    return tr("{kind} (for example: {values})", kind=told, values=values)


def _sorted(tallies: dict[tuple[str, str], Tally]) -> list[tuple[tuple[str, str], Tally]]:
    return sorted(tallies.items(), key=lambda item: (-item[1].count, item[0]))


def _listed(tallies: dict[tuple[str, str], Tally]) -> list[dict[str, Any]]:
    return [
        {
            "field": name,
            "reason": english(tally.reason or reason),
            "count": tally.count,
            "first_rows": tally.rows,
            **({"first_codes": tally.codes} if tally.codes else {}),
            **({"options": tally.options} if tally.reason is None and tally.options else {}),
            "examples": [english(value) for value in tally.examples],
        }
        for (name, reason), tally in _sorted(tallies)
    ]


class Quarantine:
    """The table of rows that could not be imported; there is no file while there is no such row."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._rows: list[list[str]] = []
        self._columns: dict[str, None] = {}

    def add(self, batch: Batch, outcomes: list[Outcome]) -> None:
        """Put the quarantined rows of a batch aside."""
        for row, outcome in zip(batch.rows, outcomes, strict=True):
            if outcome.ending == "quarantined":
                self.count += 1
                self._columns |= dict.fromkeys(row.raw)
                told = [_joined(english(getattr(one, name)) for one in outcome.faults) for name in ("field", "value")]
                told.append(_joined(one.reason for one in outcome.faults))
                self._rows.append([str(row.number), *told, json.dumps(dict(row.raw), ensure_ascii=False)])

    def save(self) -> Path | None:
        """Write the table, in the place of an earlier one; return it, or None where no row was quarantined.

        An earlier table is taken away when nothing is quarantined any more.
        """
        if not self._rows:
            self.path.unlink(missing_ok=True)
            return None
        with replacing(self.path, force=True) as out:
            table = csv.writer(out, lineterminator="\n")
            table.writerow([*OUR_COLUMNS, *(neutral(name) for name in self._columns)])
            for number, *texts in self._cells():
                table.writerow([number, *map(neutral, texts)])
        return self.path

    def _cells(self) -> Iterator[list[str]]:
        for number, *told, raw in self._rows:
            cells = json.loads(raw)
            yield [number, *told, *(str(cells.get(name, "")) for name in self._columns)]

    def table(self) -> pd.DataFrame:
        """Return the rows as a frame of texts, our columns first."""
        import pandas as pd  # noqa: PLC0415 — an import on the command line needs no frame of them

        return pd.DataFrame([*self._cells()], columns=[*OUR_COLUMNS, *self._columns], dtype="object")


def _joined(texts: Iterable[str]) -> str:
    return _SEPARATOR.join(texts)


def report_paths(path: Path) -> tuple[Path, Path]:
    """Name the report and the table of quarantined rows of a file: `x.csv.gz` has `x.import.json` next to it."""
    packed = path.name.removesuffix(".gz").removesuffix(".zip")
    stem = packed.rsplit(".", 1)[0] or packed
    return path.with_name(f"{stem}.import.json"), path.with_name(f"{stem}.quarantine.csv")
