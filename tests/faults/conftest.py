from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import worker

from willay.events.founding import create_database
from willay.events.model.drafts import Bundle, draft
from willay.events.store.opened import utc_now

if TYPE_CHECKING:
    from collections.abc import Callable

WORKER = Path(worker.__file__)


@pytest.fixture
def database(database_of_one: Path, tmp_path: Path) -> Path:
    """A database with the regions of a country and one incident."""
    return shutil.copy(database_of_one, tmp_path / "w.gpkg")


@pytest.fixture(scope="session")
def database_of_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("one") / "w.gpkg"
    with create_database(path, country="PE", policy=None, clock=utc_now) as store:
        first = {"sources": [worker.SOURCE], "incidents": [worker.incident(0, key="first")]}
        store.write.add(draft(Bundle, first), author="setup")
    return path


@pytest.fixture(scope="session")
def strace() -> None:
    """What records the calls of a command to the system, or a skip that says what is missing."""
    if shutil.which("strace") is None:
        pytest.skip("no strace on this machine: no simulated power cuts")


@pytest.fixture
def killed() -> Callable[..., list[str]]:
    """Start a worker that dies without warning, at a point that the seed decides; what it said until then."""

    def run(what: str, path: Path, name: str, seed: int) -> list[str]:
        command = [sys.executable, str(WORKER), what, str(path), name, str(seed)]
        ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        deaths = {-signal.SIGKILL, -signal.SIGXFSZ} | ({0} if what == "migrate" else set())
        assert ran.returncode in deaths
        heard = ran.stdout.splitlines(keepends=True)
        return [line.strip() for line in heard if line.endswith("\n")]

    return run
