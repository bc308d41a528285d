"""Parts: rows that are a part of another row, which may be in another file, so that nobody is counted twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from willay.events.aggregate.partitions import Partition
from willay.events.aggregate.rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from willay.events.aggregate.partitions import SourceFile
    from willay.events.aggregate.question import Question
    from willay.events.aggregate.rows import Rows


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows, by code, that another row counts for, as in `events.frame.frame.summable`.

    Attributes:
        uncounted: Rows that are not counted as rows: what they are a part of is among the rows asked for.
        silent: By measure, rows whose figure is not added: a row above them has one. Where it has none, the parts are
            all that is known, and are added.
    """

    uncounted: frozenset[str] = frozenset()
    silent: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Return whether there are any."""
        return bool(self.uncounted or any(self.silent.values()))

    def digestible(self) -> str:
        """Return them as text, the same for the same parts."""
        return repr((sorted(self.uncounted), sorted((name, sorted(codes)) for name, codes in self.silent.items())))


def parts_of(files: Mapping[SourceFile, Mapping[str, str]], question: Question) -> Parts:
    """Find the parts among the rows of files that have columns `code` and `part_of`, as our own exports do.

    Args:
        files: Files, each with its column for each role.
        question: Only rows that it asks for count for their parts.

    Raises:
        OSError: A file cannot be read.
    """
    whole_of: dict[str, str] = {}
    hidden: set[str] = set()
    related = {file: roles for file, roles in files.items() if {"code", "part_of"} <= roles.keys()}
    for file, roles in related.items():
        for code, whole, counted in _related(file, roles):
            if whole is not None:
                whole_of[code] = whole
            elif not counted:
                hidden.add(code)  # a part of what may not be named
    if not whole_of and not hidden:
        return Parts()
    present, tells = _wholes(related, question, frozenset(whole_of.values()))
    return Parts(
        frozenset(hidden | {code for code, whole in whole_of.items() if whole in present}),
        {name: frozenset(hidden | _below(whole_of, told)) for name, told in tells.items()},
    )


def _related(file: SourceFile, roles: Mapping[str, str]) -> list[tuple[str, str | None, bool]]:
    """Return the code of each part, the code of what it is a part of, and whether it is counted."""
    import pyarrow.dataset as ds  # noqa: PLC0415 — an extra

    names = {role: roles[role] for role in ("code", "part_of", "counted") if role in roles}
    wanted = ds.field(names["part_of"]).is_valid()
    if "counted" in names:
        wanted |= ~ds.field(names["counted"])
    table = ds.dataset(file.path, format="parquet").to_table(columns=list(names.values()), filter=wanted)
    columns = {role: table.column(name).to_pylist() for role, name in names.items()}
    counted = columns.get("counted", [True] * table.num_rows)
    found = zip(columns["code"], columns["part_of"], counted, strict=True)
    return [(str(code), whole or None, bool(is_counted)) for code, whole, is_counted in found if code is not None]


def _wholes(
    files: Mapping[SourceFile, Mapping[str, str]], question: Question, wanted: frozenset[str]
) -> tuple[set[str], dict[str, set[str]]]:
    """Return which rows with parts are among those asked for, and by measure which of them have a figure."""
    present: set[str] = set()
    tells: dict[str, set[str]] = {measure: set() for measure in question.measures}
    for file, roles in files.items():
        rows = read_rows(Partition(file, tuple(range(len(file.groups)))), roles, question, only=wanted)
        present.update(rows.code)
        for measure in question.measures:
            tells[measure].update(rows.code[~np.isnan(rows.figures[f"{measure}_best"])])
    return present, tells


def _below(whole_of: Mapping[str, str], told: set[str]) -> set[str]:
    """Return the rows that have one of some rows above them, however far."""
    found = set()
    for code, whole in whole_of.items():
        seen = {code}
        above: str | None = whole
        while above is not None and above not in seen:
            if above in told:
                found.add(code)
                break
            seen.add(above)
            above = whole_of.get(above)
    return found


def without_parts(rows: Rows, parts: Parts, measures: tuple[str, ...]) -> NDArray[np.bool_]:
    """Blank the figures of rows that another row counts for, and return which rows are counted as rows."""
    codes = pd.Series(rows.code)
    for measure in measures:
        silent = codes.isin(parts.silent.get(measure, frozenset())).to_numpy()
        for bound in ("low", "best", "high"):
            rows.figures[f"{measure}_{bound}"][silent] = np.nan
        rows.figures[f"{measure}_open"][silent] = 0
    counted: NDArray[np.bool_] = ~codes.isin(parts.uncounted).to_numpy()
    return counted
