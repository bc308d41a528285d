"""Where partitions are summed: in this process, in others of this machine, or on a Dask cluster."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd

from willay.events.aggregate.places import Regions
from willay.events.aggregate.summing import sum_partition
from willay.geo.extras import require
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from willay.events.aggregate.kept import Kept, Partial
    from willay.events.aggregate.partitions import Partition
    from willay.events.aggregate.parts import Parts
    from willay.events.aggregate.power import Power
    from willay.events.aggregate.question import Question

_RETRIES: Final = 3
"""How often a partition is tried again after its worker was lost."""

_SETTINGS: Final = {
    "distributed.worker.profile.enabled": False,
    "distributed.nanny.pre-spawn-environ": {"OMP_NUM_THREADS": 1, "MKL_NUM_THREADS": 1, "OPENBLAS_NUM_THREADS": 1},
}
"""How processes of this machine differ from Dask's usual ones: nobody looks at a profile of them, and they keep memory
that is free for the next array. Given back each time (`MALLOC_TRIM_THRESHOLD_`), it costs as much as the sums do."""


def partials(  # noqa: PLR0917 — what is summed, and all that decides on it
    jobs: Sequence[tuple[Partition, Mapping[str, str]]],
    question: Question,
    regions: Regions | None,
    kept: Kept,
    power: Power,
    parts: Parts,
) -> Iterator[tuple[Partition, Partial]]:
    """Yield each partition with its sums, as they are finished and kept.

    Args:
        jobs: Partitions, each with its file's column for each role.
        question: What is asked.
        regions: The regions, or None.
        kept: Where sums are kept.
        power: What does it.
        parts: Rows that others count for.

    Raises:
        MissingExtraError: Dask is needed and is not installed.
    """
    for part, (cells, tiles) in _summed(jobs, question, regions, power, parts):
        yield part, kept.put(part, cells, tiles)


def _summed(
    jobs: Sequence[tuple[Partition, Mapping[str, str]]],
    question: Question,
    regions: Regions | None,
    power: Power,
    parts: Parts,
) -> Iterator[tuple[Partition, tuple[bytes, bytes]]]:
    if not jobs:
        return
    if power.is_here or (power.scheduler is None and len(jobs) == 1):
        for part, roles in jobs:
            yield part, sum_partition(part, roles, question, regions, parts)
        return
    require("big", tr("Summing with several workers"))
    with _client(power) as client:
        from distributed import as_completed  # noqa: PLC0415 — an extra

        shared = client.scatter(None if regions is None else _to_send(regions), broadcast=True)
        sent = client.scatter(parts, broadcast=True)
        waiting = {
            client.submit(_sum_there, part, dict(roles), question, shared, sent, pure=False, retries=_RETRIES): part
            for part, roles in jobs
        }
        for future in as_completed(list(waiting)):  # type: ignore[no-untyped-call]  # distributed has few types
            yield waiting.pop(future), future.result()
            future.release()


@contextmanager
def _client(power: Power) -> Iterator[Any]:
    """Give a client of a Dask cluster; one that was begun here ends with it."""
    from dask import config  # noqa: PLC0415 — an extra
    from distributed import Client, LocalCluster  # noqa: PLC0415 — an extra

    if power.scheduler is not None:
        with Client(power.scheduler) as client:  # type: ignore[no-untyped-call]  # as above
            yield client
        return
    with (
        config.set(_SETTINGS),
        LocalCluster(  # type: ignore[no-untyped-call]  # as above
            n_workers=power.workers,
            threads_per_worker=1,
            memory_limit=power.each_bytes(),
            dashboard_address=None,
            host="127.0.0.1",
            silence_logs=logging.ERROR,  # a worker that is slow to end, or lost, changes nothing
        ) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]  # as above
    ):
        yield client


def _to_send(regions: Regions) -> tuple[Any, tuple[bytes | None, ...]]:
    """Return regions as they are sent to workers: outlines as well-known binary, which is small and quick."""
    table = regions.table
    return table.drop(columns=table.geometry.name), tuple(table.geometry.to_wkb())


def _sum_there(
    part: Partition,
    roles: Mapping[str, str],
    question: Question,
    shared: tuple[Any, tuple[bytes | None, ...]] | None,
    parts: Parts,
) -> tuple[bytes, bytes]:
    """Sum a partition in a worker, whose regions are prepared once."""
    regions = None if shared is None else _received(shared[1], _Table(shared[0]))
    return sum_partition(part, roles, question, regions, parts)


class _Table:
    """The columns of a table that is compared by its outlines alone."""

    def __init__(self, columns: Any) -> None:  # noqa: ANN401 — a frame without outlines
        self.columns = columns

    def __hash__(self) -> int:
        """Return a number that is the same for all."""
        return 0

    def __eq__(self, other: object) -> bool:
        """Return whether the columns are equal."""
        return isinstance(other, _Table) and bool(self.columns.equals(other.columns))


@lru_cache(maxsize=2)
def _received(shapes: tuple[bytes | None, ...], table: _Table) -> Regions:
    geometry = gpd.GeoSeries.from_wkb(list(shapes), crs="EPSG:4326")
    return Regions.of(gpd.GeoDataFrame(table.columns.reset_index(drop=True), geometry=geometry))
