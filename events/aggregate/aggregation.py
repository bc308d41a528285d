"""The way from sources to sums: partitions are summed wherever there are workers, and their sums are added up."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import sha256
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from willay.events.aggregate.kept import Kept
from willay.events.aggregate.partitions import columns_by_role, partitions_of, source_files
from willay.events.aggregate.parts import parts_of
from willay.events.aggregate.places import Regions
from willay.events.aggregate.power import Power
from willay.events.aggregate.question import Question
from willay.events.aggregate.summing import KEYS, SHARED
from willay.events.aggregate.sums import Account, Sums
from willay.events.aggregate.totals import total
from willay.events.aggregate.workers import partials
from willay.events.model.errors import QueryError
from willay.events.model.program import program_version
from willay.geo.extras import require
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import geopandas as gpd

    from willay.events.aggregate.kept import Partial
    from willay.events.aggregate.partitions import BrokenFile, Partition, SourceFile
    from willay.events.aggregate.parts import Parts

_FORMAT: Final = 2
"""The version of what partials hold: others are made again."""


def aggregate(
    sources: Iterable[str | Path],
    question: Question | None = None,
    regions: gpd.GeoDataFrame | None = None,
    *,
    kept: str | Path | None = None,
    power: Power | None = None,
    skip_broken: bool = False,
    terms: Mapping[str, Any] | None = None,
    on_part: Callable[[int, int, int], None] | None = None,
    on_kept: Callable[[int, int], None] | None = None,
) -> Sums:
    """Sum rows of Parquet files by region, period and type.

    The same rows give the same sums, in the same order, whatever the number of workers and wherever they are.

    Args:
        sources: Parquet or GeoParquet files, and folders of them, partitioned as hive does (`year=2009/…`) or not.
        question: What is asked; None counts all rows by region, month and type.
        regions: Versions of regions of one set (set, key, name, valid_from, valid_until, admin_code), EPSG:4326.
            A row is in a region by the rule of `events.frame.membership`; one on a border is in both.
        kept: A folder in which the sums of finished partitions are kept, so that a run that was stopped goes on from
            there. They are recognised by size and SHA-256 of their file, question and regions. None keeps nothing.
        power: Where, and with how much memory; None is this process.
        skip_broken: Leave out files that cannot be read; they are named in the sums.
        terms: Name, licence, credit and whether rows may be published, of the sources.
        on_part: Called with the number of partitions that are finished, their total, and the rows of those finished.
        on_kept: Called first with the number of partitions that an earlier run has finished, and their total.

    Raises:
        QueryError: A source is missing or broken, a column is missing, or nothing can be summed.
        MissingExtraError: DuckDB, pyarrow or Dask is not installed.

    Example:
        >>> import pandas as pd
        >>> from willay.events.aggregate import Question, aggregate
        >>> rows = pd.DataFrame({"day": ["2021-03-07", "2021-03-09", None], "type": ["protest"] * 3})
        >>> rows.to_parquet("rows.parquet")
        >>> sums = aggregate(["rows.parquet"], Question(by=("month",)))
        >>> sums.cells["rows"].tolist(), sums.account.undated
        ([1, 2], 1)
    """
    require("big", tr("Summing many rows"))
    power = power or Power()
    question = question or Question(by=("region", "month", "type") if regions is not None else ("month", "type"))
    files, broken = source_files(sources)
    _require_whole(files, broken, skip_broken=skip_broken)
    if "region" in question.by and regions is None:
        raise QueryError(tr("Rows can be summed by region only with regions: --regions SET, or a file of outlines."))
    roles = {file: columns_by_role(file, dict(question.columns), question.measures) for file in files}
    prepared = None if regions is None or "region" not in question.by else Regions.of(regions)
    whole = parts_of(roles, question)
    digest = _digest(question, regions, whole)
    parts = partitions_of(files)
    with _folder(kept) as folder:
        store = Kept(folder, digest)
        finished = store.finished(parts)
        if on_kept is not None:
            on_kept(len(finished), len(parts))
        found: dict[Partition, Partial] = {}
        jobs = [(part, roles[part.file]) for part in parts if part not in finished]
        for part, partial in chain(finished.items(), partials(jobs, question, prepared, store, power, whole)):
            found[part] = partial
            if on_part is not None:
                on_part(len(found), len(parts), sum(one.rows for one in found))
        return _added([found[part] for part in parts], (files, broken), question, regions, terms or {}, power)


@contextmanager
def _folder(kept: str | Path | None) -> Iterator[Path]:
    """Give the folder for finished partitions; without one of that name, one that ends with the run."""
    if kept is not None:
        yield Path(kept)
        return
    with TemporaryDirectory(prefix="willay-sums-") as folder:
        yield Path(folder)


def _require_whole(files: list[SourceFile], broken: list[BrokenFile], *, skip_broken: bool) -> None:
    if broken and not skip_broken:
        raise QueryError(
            tr(
                "{name} cannot be read: {reason} ({n} such files). Correct or remove it, or leave such files out with "
                "--skip-broken.",
                name=broken[0].name,
                reason=broken[0].reason,
                n=len(broken),
            )
        )
    if not files:
        raise QueryError(tr("No file can be read, so there is nothing to sum."))


def _digest(question: Question, regions: gpd.GeoDataFrame | None, parts: Parts) -> str:
    """Return what the sums of a partition depend on, besides its rows."""
    stated = (str(_FORMAT), program_version(), question.digestible(), parts.digestible() if parts else "")
    found = sha256(" ".join(stated).encode())
    if regions is not None:
        found.update(regions_digest(regions).encode())
    return found.hexdigest()


def regions_digest(regions: gpd.GeoDataFrame) -> str:
    """Return the SHA-256 of a table of regions: its texts and days by column, and its outlines."""
    found = sha256()
    plain = regions.drop(columns=regions.geometry.name)
    for name in sorted(plain.columns):
        found.update(f"{name}={[str(value) for value in plain[name]]}".encode())
    for shape in regions.geometry.to_wkb():
        found.update(shape or b"-")
    return found.hexdigest()


def _added(  # noqa: PLR0917 — what was found, and all that is stated of it
    found: list[Partial],
    sources: tuple[list[SourceFile], list[BrokenFile]],
    question: Question,
    regions: gpd.GeoDataFrame | None,
    terms: Mapping[str, Any],
    power: Power,
) -> Sums:
    """Add up the sums of all partitions."""
    files, broken = sources
    whole = total([one.cells for one in found], KEYS, power)
    is_shared = whole["region"] == SHARED
    cells = whole[~is_shared].drop(columns="shared").reset_index(drop=True)
    shared = whole[is_shared].drop(columns="region").reset_index(drop=True)
    tiles = None
    if question.tiles is not None:
        tiles = total([one.tiles for one in found], ("x", "y", "period", "type"), power)
    counts = Counter[str]()
    for one in found:
        counts.update(one.account())
    asked = counts.pop("asked", 0)
    placed = counts["held"] + counts["outside"] + counts["unplaced"]
    rows = sum(file.rows for file in files)
    account = Account(passed_over=rows - asked, unregioned=asked - placed, **counts)
    about = {
        "sums": _FORMAT,
        "versions": {"willay": program_version()},
        "question": question.as_facts(),
        "sources": [{"name": file.name, "size": file.size, "sha256": file.sha256, "rows": file.rows} for file in files],
        "left_out": [{"name": file.name, "reason": file.reason} for file in broken],
        "regions": None if regions is None else regions_digest(regions),
        "terms": dict(terms),
        "account": asdict(account),
    }
    return Sums(cells, regions, tiles, account, json.loads(json.dumps(about)), shared)
