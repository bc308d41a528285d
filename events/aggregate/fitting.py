"""Which coarser steps of sums a page can hold."""

from __future__ import annotations

from itertools import product
from operator import ne
from typing import TYPE_CHECKING, Final

from willay.events.aggregate.single_cells import COARSER, coarser, steps_of, without_tiles
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
    own = (cells.period, cells.has_types, cells.zoom)
    periods = [cells.period, *(name for name in COARSER[cells.period] if name and name != cells.period)]
    kinds = [True, False] if cells.has_types else [False]
    zooms: list[int | None] = [cells.zoom]
    if cells.zoom is not None:
        zooms += [cells.zoom - fewer for fewer in _TILE_STEPS if fewer <= cells.zoom]
        zooms += [None] if cells.has_regions else []
    options = [option for option in product(periods, kinds, zooms) if option != own]
    for period, typed, zoom in sorted(options, key=lambda each: sum(map(ne, each, own))):
        by = tuple(
            name for name in ("region" if cells.has_regions else None, period, "type" if typed else None) if name
        )
        named = [f"--sums-by {','.join(by)}"] if by != steps_of(cells) else []
        named += [f"--sums-tiles {'none' if zoom is None else zoom}"] if zoom != cells.zoom else []
        yield " ".join(named), coarser(without_tiles(cells) if zoom is None else cells, by, zoom)
