"""Incidents as columns of plain cells: what an incident frame holds, without pandas around it.

Who writes text needs nothing more, and is spared making a frame and taking it apart again.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from itertools import chain, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np

from willay.events.frame.columns import DRAFT, NAMES, Origin
from willay.events.model.errors import FrameError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    import geopandas as gpd
    from numpy.typing import NDArray

    Page: TypeAlias = "gpd.GeoDataFrame | IncidentCells"
    """Some incidents, in either form."""


@dataclass(frozen=True, slots=True)
class IncidentCells:
    """Incidents, a column at a time.

    Attributes:
        columns: Cells by column of the incident frame and `DRAFT`, all of one length: None where unknown, days as ISO
            text, whole numbers as int. Columns in which nothing is known may be absent.
        shapes: The primary places (shapely, EPSG:4326, longitude first), None where unplaced.
        origin: What `frame.attrs` says.

    Example:
        >>> import numpy as np
        >>> from willay.events.extensions import IncidentCells
        >>> page = IncidentCells({"title": ["March"]}, np.array([None], dtype=object), {"policy": "median"})
        >>> len(page), page.of("title"), page.of("summary")
        (1, ['March'], [None])
    """

    columns: Mapping[str, Sequence[Any]]
    shapes: NDArray[np.object_]
    origin: Origin

    def __len__(self) -> int:
        """Return how many incidents there are."""
        return len(self.shapes)

    def of(self, name: str) -> Sequence[Any]:
        """Return the cells of a column; None for each incident where there is no such column."""
        column = self.columns.get(name)
        return [None] * len(self) if column is None else column

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the incidents, each as its cells by the name of the column, all columns of the frame."""
        for row in zip(*(self.of(name) for name in NAMES), strict=True):
            yield dict(zip(NAMES, row, strict=True))

    def part(self, start: int, stop: int) -> IncidentCells:
        """Return the incidents from one place to before another."""
        columns = {name: column[start:stop] for name, column in self.columns.items()}
        return IncidentCells(columns, self.shapes[start:stop], self.origin)

    def frame(self) -> gpd.GeoDataFrame:
        """Return the same as an incident frame."""
        import pandas as pd  # noqa: PLC0415 — whoever writes text is spared it

        from willay.events.frame.frame import assembled  # noqa: PLC0415 — as above

        columns = {name: column for name, column in self.columns.items() if name != DRAFT}
        frame = assembled(columns, self.shapes, self.origin)
        if DRAFT in self.columns:
            frame[DRAFT] = pd.Series([*self.columns[DRAFT]], index=frame.index, dtype="str")
        return frame


def cells_of_frame(frame: gpd.GeoDataFrame) -> IncidentCells:
    """Return an incident frame as columns of cells.

    Raises:
        FrameError: It is not an incident frame, or a row is not sound.
    """
    from willay.events.frame.frame import cells, check_frame  # noqa: PLC0415 — as for `IncidentCells.frame`
    from willay.events.frame.row_checks import check_rows  # noqa: PLC0415 — as above

    frame = check_rows(check_frame(frame), summed=False)
    names = (*NAMES, *((DRAFT,) if DRAFT in frame.columns else ()))
    return IncidentCells(
        {name: cells(frame, name) for name in names},
        np.asarray(frame.geometry.array, dtype=object),
        cast("Origin", dict(frame.attrs)),
    )


_STATED: Final = ("policy", "policy_version", "as_of", "question", "profile")


def of_one_origin(pages: Iterable[IncidentCells]) -> Iterator[IncidentCells]:
    """Yield pages as long as all state the same policy, as-of, question and profile, as the first does.

    Raises:
        FrameError: One does not: whatever a file of both stated would be false of one of them.
    """
    first: dict[str, Any] | None = None
    for number, page in enumerate(pages):
        stated = {name: page.origin.get(name) for name in _STATED}
        first = stated if first is None else first
        differing = [name for name in _STATED if stated[name] != first[name]]
        if differing:
            name = differing[0]
            raise FrameError(
                tr(
                    "Page {number} states {name} {stated!r} but the first page states {before!r}. "
                    "Write each to a file of its own, or join the frames with pandas.concat; the file then states "
                    "neither value.",
                    number=number,
                    name=name,
                    stated=str(stated[name])[:80],
                    before=str(first[name])[:80],
                )
            )
        yield page


def merged(one: Iterable[IncidentCells], other: Iterable[IncidentCells]) -> Iterator[IncidentCells]:
    """Merge two answers, each in order of code, into one in order of code.

    Args:
        one: Pages, none empty.
        other: The same; no code is in both.

    Yields:
        Pages of at most as many incidents as two of those given.
    """
    ours, theirs = iter(one), iter(other)
    left, right = next(ours, None), next(theirs, None)
    while left is not None and right is not None:
        if left.of("code")[-1] > right.of("code")[-1]:
            ours, theirs, left, right = theirs, ours, right, left
        edge = bisect(right.of("code"), left.of("code")[-1])
        yield _in_order(left, right.part(0, edge)) if edge else left
        left = next(ours, None)
        right = right.part(edge, len(right)) if edge else right
    if left is not None or right is not None:
        yield left if left is not None else right  # type: ignore[misc]  # one of them is there
    yield from ours
    yield from theirs


def of_size(pages: Iterable[IncidentCells], size: int) -> Iterator[IncidentCells]:
    """Yield the incidents of pages, joined until a page has at least this number; the last may have fewer."""
    waiting: list[IncidentCells] = []
    for page in pages:
        waiting.append(page)
        if sum(map(len, waiting)) >= size:
            yield _joined(waiting)
            waiting = []
    if waiting:
        yield _joined(waiting)


def by_day(pages: Iterable[IncidentCells]) -> IncidentCells:
    """Return all incidents of some pages, at least one page, in order of first day (undated last) and code.

    Columns are joined one after the other, and what pages held of each goes before the next: pages and all of them
    joined would be twice the memory.
    """
    every = [*pages]
    shapes, origin = np.concatenate([page.shapes for page in every]), every[0].origin
    sizes, held = [*map(len, every)], [dict(page.columns) for page in every]
    del every
    names = dict.fromkeys(name for columns in held for name in columns)
    days, codes = _taken(held, "first_day", sizes), _taken(held, "code", sizes)
    order = sorted(range(len(codes)), key=lambda row: (days[row] is None, days[row] or "", codes[row]))
    ready: dict[str, Sequence[Any]] = {"first_day": _of_rows(days, order), "code": _of_rows(codes, order)}
    columns = {name: ready[name] if name in ready else _of_rows(_taken(held, name, sizes), order) for name in names}
    return IncidentCells(columns, shapes[order], origin)


def _taken(held: Sequence[dict[str, Sequence[Any]]], name: str, sizes: Sequence[int]) -> list[Any]:
    """Return the cells of a column of pages, which have it no longer."""
    cells: list[Any] = []
    for columns, size in zip(held, sizes, strict=True):
        cells.extend(columns.pop(name, ()) or repeat(None, size))
    return cells


def _joined(pages: Sequence[IncidentCells]) -> IncidentCells:
    """Return the incidents of pages, one after the other; the first page says where they come from."""
    if len(pages) == 1:
        return pages[0]
    names = dict.fromkeys(name for page in pages for name in page.columns)
    columns = {name: [*chain.from_iterable(page.of(name) for page in pages)] for name in names}
    return IncidentCells(columns, np.concatenate([page.shapes for page in pages]), pages[0].origin)


def _at(page: IncidentCells, rows: Sequence[int]) -> IncidentCells:
    """Return the incidents of some rows, in their order."""
    columns = {name: _of_rows(column, rows) for name, column in page.columns.items()}
    return IncidentCells(columns, page.shapes[rows], page.origin)


def _of_rows(column: Sequence[Any], rows: Sequence[int]) -> Sequence[Any]:
    """Return the cells of some rows, in their order."""
    return [*itemgetter(*rows)(column)] if len(rows) > 1 else [column[row] for row in rows]


def _in_order(one: IncidentCells, other: IncidentCells) -> IncidentCells:
    """Return the incidents of both in order of code."""
    both = _joined([one, other])
    codes = both.of("code")
    return _at(both, sorted(range(len(codes)), key=codes.__getitem__))


def each_page(pages: Page | Iterable[Page]) -> Iterator[Page]:
    """Return the pages of what may be one of them, which has columns; a generator is returned as it is.

    To ask whether it is a frame would load pandas for everybody who writes text.
    """
    several = [pages] if hasattr(pages, "columns") else pages
    return iter(cast("Iterable[Page]", several))


def as_cells(pages: Iterable[Page]) -> Iterator[IncidentCells]:
    """Yield pages as columns of cells.

    Raises:
        FrameError: One is not an incident frame.
    """
    return (page if isinstance(page, IncidentCells) else cells_of_frame(page) for page in pages)
