"""The same bytes from one process, two, four, a cluster that loses a worker, and a run that goes on after a stop."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from many_rows import grid, made_up, written

from willay.events.aggregate import Power, Question, aggregate, read_sums, write_sums
from willay.events.aggregate import workers as workers_module
from willay.events.model.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUESTION = Question(measures=("killed",), tiles=3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for number in range(6):
        written(made_up(400, seed=number), tmp_path / "in" / f"part-{number}.parquet")
    return tmp_path / "in"


@pytest.fixture
def cluster(socket_enabled: None) -> Iterator[Any]:  # noqa: ARG001 — a cluster speaks over loopback
    """Yield a Dask cluster of two processes on this machine."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", silence_logs=50
    ) as cluster:
        yield cluster


def bytes_of(sums: Any, path: Path) -> bytes:
    return write_sums(sums, path, force=True).read_bytes()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_processes_and_clusters_give_the_same_bytes(folder: Path, tmp_path: Path, cluster: Any) -> None:
    out = tmp_path / "out.sums"
    alone = bytes_of(aggregate([folder], QUESTION, grid(changing=True)), out)
    there = aggregate([folder], QUESTION, grid(changing=True), power=Power(scheduler=cluster.scheduler_address))
    assert bytes_of(there, out) == alone
    lost: list[int] = []

    def lose_a_worker(done: int, _parts: int, _rows: int) -> None:
        if done == 1:
            victim = next(iter(cluster.workers.values()))
            os.kill(victim.pid, signal.SIGKILL)
            lost.append(victim.pid)

    again = aggregate(
        [folder],
        QUESTION,
        grid(changing=True),
        power=Power(scheduler=cluster.scheduler_address),
        on_part=lose_a_worker,
    )
    assert lost
    assert bytes_of(again, out) == alone


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.usefixtures("socket_enabled")
def test_four_processes_of_this_machine_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    alone = bytes_of(aggregate([folder], QUESTION, grid()), tmp_path / "one.sums")
    four = aggregate([folder], QUESTION, grid(), power=Power(workers=4, memory_bytes=4_000_000_000))
    assert bytes_of(four, tmp_path / "four.sums") == alone


def test_a_run_that_was_stopped_goes_on(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bytes_of(aggregate([folder], QUESTION, grid()), tmp_path / "a.sums")

    def stop(done: int, _parts: int, _rows: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        aggregate([folder], QUESTION, grid(), kept=tmp_path / "kept", on_part=stop)
    summed: list[str] = []
    real = workers_module.sum_partition

    def counted(part: Any, *rest: Any) -> Any:
        summed.append(part.file.name)
        return real(part, *rest)

    monkeypatch.setattr(workers_module, "sum_partition", counted)
    sums = aggregate([folder], QUESTION, grid(), kept=tmp_path / "kept")
    assert summed == ["in/part-4.parquet", "in/part-5.parquet"]
    assert bytes_of(sums, tmp_path / "b.sums") == whole
    summed.clear()
    written(made_up(400, seed=99), folder / "part-0.parquet")
    aggregate([folder], QUESTION, grid(), kept=tmp_path / "kept")
    assert summed == ["in/part-0.parquet"], "a file that has changed is summed again"
    summed.clear()
    aggregate([folder], Question(measures=("killed",)), grid(), kept=tmp_path / "kept")
    assert len(summed) == 6, "another question is another sum"


def test_a_file_of_sums_is_what_was_written(folder: Path, tmp_path: Path) -> None:
    sums = aggregate([folder], QUESTION, grid(changing=True), terms={"name": "made-up", "may_publish": True})
    path = write_sums(sums, tmp_path / "out.sums")
    read = read_sums(path)
    pd.testing.assert_frame_equal(read.cells, sums.cells, check_dtype=False)
    assert read.tiles is not None
    assert sums.tiles is not None
    pd.testing.assert_frame_equal(read.tiles, sums.tiles, check_dtype=False)
    assert read.account == sums.account
    assert read.about["terms"] == {"may_publish": True, "name": "made-up"}
    assert read.regions is not None
    assert read.regions.geometry.geom_equals(grid().geometry).all()
    assert read.regions["valid_until"].dropna().astype(str).tolist() == ["2010-03-15 00:00:00"]


def test_what_is_no_file_of_sums_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.sums").write_text("no zip")
    with pytest.raises(QueryError, match=r"a\.sums is not a file of sums"):
        read_sums(tmp_path / "a.sums")
