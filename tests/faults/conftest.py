from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import worker

from willay.events.cli.demo import create_database
from willay.events.drafts import Bundle, draft
from willay.events.store.view import utc_now

if TYPE_CHECKING:
    from collections.abc import Callable

WORKER = Path(worker.__file__)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with the regions of a country and one incident."""
    path = tmp_path / "w.gpkg"
    with create_database(path, country="PE", policy=None, clock=utc_now) as store:
        first = {"sources": [worker.SOURCE], "incidents": [worker.incident(0, key="first")]}
        store.add(draft(Bundle, first), author="setup")
    return path


@pytest.fixture
def killed() -> Callable[..., list[str]]:
    """Start a worker, let it acknowledge something, kill it without warning at a random moment; what it said."""

    def run(what: str, path: Path, name: str, seed: int, *, after_first: bool = True) -> list[str]:
        chance = random.Random(seed)
        command = [sys.executable, str(WORKER), what, str(path), name]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        heard = [process.stdout.readline()] if after_first else []
        time.sleep(chance.uniform(0.0, 0.4 if after_first else 1.6))
        process.kill()
        heard += process.stdout.readlines()
        process.wait()
        process.stdout.close()
        return [line.strip() for line in heard if line.endswith("\n")]

    return run
