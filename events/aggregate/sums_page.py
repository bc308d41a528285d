"""A page of sums: what a page of incidents shows, of more rows than a page holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.events.aggregate.fitting import MOST_CELLS, require_fitting
from willay.events.aggregate.single_cells import coarser, side_of, single_cells, steps_of, without_tiles
from willay.events.aggregate.tables import check_terms
from willay.events.model.errors import QueryError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from willay.events.aggregate.single_cells import SingleCells
    from willay.events.aggregate.sums import Sums
    from willay.maps import BaseMap, Page, PageSpec
    from willay.maps.summed_rows import SummedRows


def page_of_sums(
    sums: Sums,
    spec: PageSpec | None = None,
    base: BaseMap | None = None,
    *,
    by: Sequence[str] | None = None,
    tiles: int | None = None,
    has_density: bool = True,
    own_use: bool = False,
    most: int = MOST_CELLS,
) -> Page:
    """Make a page of sums: regions, time and density of rows that are not on the page one by one.

    The page has the numbers of the sums, for every region, period and type that its reader chooses. With
    `PageSpec(suppress_below=5)`, cells of fewer than five rows are not in its file, nor anything from which they could
    be computed: there is no density then, and the totals are those of the cells that remain.

    Args:
        sums: What `aggregate` returned, or `read_sums` read.
        spec: What the page is to be; None makes an atlas in Spanish. Its views are regions and density.
        base: Land and borders; None takes those shipped for the country of the regions, or the world.
        by: Coarser steps, such as region and year; None keeps those of the sums.
        tiles: A coarser zoom of the density; None keeps that of the sums.
        has_density: Whether the page has the density of the sums, where these have one.
        own_use: Whether the page is for its maker only, so that terms that forbid passing on do not matter.
        most: How many cells the page may hold.

    Raises:
        QueryError: There are too many cells (the message names coarser steps that fit), the sums are not by what is
            asked for, or an earlier version made them.
        RefusedError: The terms of the rows do not allow passing on.
        SpecError: The page asks for what sums do not have.

    Example:
        >>> import pandas as pd
        >>> from willay.events.aggregate import Question, aggregate, page_of_sums
        >>> from willay.maps import BaseMap, PageSpec
        >>> rows = pd.DataFrame({"day": ["2021-03-07", None], "type": "protest", "lon": [-76.5, -76.4], "lat": -12.0})
        >>> rows.to_parquet("rows.parquet")
        >>> sums = aggregate(["rows.parquet"], Question(by=("month", "type"), tiles=8))
        >>> page_of_sums(sums, PageSpec(kind="timeline", lang="en", title="Marches"), BaseMap()).rows
        2
    """
    from willay.maps import PageSpec, render_sums  # noqa: PLC0415 — Folium is slow to load

    check_terms(sums, own_use=own_use)
    spec = spec or PageSpec()
    cells = single_cells(sums)
    if not has_density:
        cells = without_tiles(cells)
    if by is not None or tiles is not None:
        cells = coarser(cells, steps_of(cells) if by is None else tuple(by), tiles)
    require_fitting(cells, most)
    return render_sums(_rows_of(sums, cells, spec), spec, base)


def _rows_of(sums: Sums, cells: SingleCells, spec: PageSpec) -> SummedRows:
    """Return what the page is made of, without the cells that have too few rows."""
    from willay.maps.summed_rows import SummedRows  # noqa: PLC0415 — as above

    least = spec.suppress_below
    shown, hidden = cells.cells, cells.cells[:0]
    tiles = cells.tiles
    if least > 1:
        if spec.kind == "timeline" or not cells.has_regions:
            raise QueryError(
                tr(
                    "--suppress-below needs regions: without them a page of sums shows density, which would give away "
                    "what is left out."
                )
            )
        few = shown["rows"] < least
        shown, hidden, tiles = shown[~few].reset_index(drop=True), shown[few], None
    question = sums.about["question"]
    facts = {
        "passed_over": sums.account.passed_over if least <= 1 else None,  # with a known total it would tell the rest
        "files": len(sums.about["sources"]),
        "left_out": len(sums.about["left_out"]),
        "first": question["first"],
        "last": question["last"],
        "asked_types": question["types"],
    }
    return SummedRows(
        cells=shown,
        regions=sums.regions if cells.has_regions else None,
        tiles=tiles,
        side=1 if cells.zoom is None else side_of(cells.zoom),
        period=cells.period,
        has_types=cells.has_types,
        measures=tuple(question["measures"]),
        terms=sums.about.get("terms", {}),
        least=least,
        hidden=len(hidden),
        partial=_positions(hidden["held"]),
        facts=facts,
    )


def _positions(held: pd.Series[Any]) -> frozenset[int]:
    return frozenset(int(part) for text in held.unique() for part in text.split())
