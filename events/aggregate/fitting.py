"""Which coarser steps of sums a page can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.events.aggregate.single_cells import COARSER, coarser, steps_of
from willay.events.model.errors import QueryError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from willay.events.aggregate.single_cells import SingleCells

MOST_CELLS: Final = 300_000
"""The most cells that a page holds, those of density included."""

_TILE_STEPS: Final = (1, 2, 3, 4)
_NAMED: Final = 3


def require_fitting(cells: SingleCells, most: int = MOST_CELLS) -> None:
    """Refuse cells that are too many for a page, and name what fits.

    Raises:
        QueryError: There are more than `most`; the message names coarser steps with the cells that they make.
    """
    if cells.count <= most:
        return
    found = [(words, made.count) for words, made in _choices(cells) if made.count <= most][:_NAMED]
    told = "; ".join(tr("{option} ({n} cells)", option=words, n=f"{count:,}") for words, count in found)
    raise QueryError(
        tr(
            "These sums have {n} cells; a page can hold {most}. These fit: {choices}.",
            n=f"{cells.count:,}",
            most=f"{most:,}",
            choices=told,
        )
        if found
        else tr(
            "These sums have {n} cells; a page can hold {most}, and no coarser step of them fits. Sum over fewer "
            "regions, types or days.",
            n=f"{cells.count:,}",
            most=f"{most:,}",
        )
    )


def _choices(cells: SingleCells) -> Iterator[tuple[str, SingleCells]]:
    """Yield what could be coarser, with the options that ask for it: one thing first, then two, then three."""
    periods = [name for name in COARSER[cells.period][1:] if name]
    kinds = [True, False] if cells.has_types else [False]
    fewer = [cells.zoom - by for by in _TILE_STEPS if by <= cells.zoom] if cells.zoom is not None else []
    options = [
        (period, typed, zoom)
        for period in (cells.period, *periods)
        for typed in kinds
        for zoom in (cells.zoom, *fewer)
        if (period, typed, zoom) != (cells.period, cells.has_types, cells.zoom)
    ]

    def changes(option: tuple[str | None, bool, int | None]) -> int:
        own = (cells.period, cells.has_types, cells.zoom)
        return sum(one != other for one, other in zip(option, own, strict=True))

    for period, typed, zoom in sorted(options, key=changes):
        by = tuple(
            name for name in ("region" if cells.has_regions else None, period, "type" if typed else None) if name
        )
        named = [f"--sums-by {','.join(by)}"] if by != steps_of(cells) else []
        named += [f"--sums-tiles {zoom}"] if zoom != cells.zoom else []
        yield " ".join(named), coarser(cells, by, zoom)
