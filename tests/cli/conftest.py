"""The command line as a person runs it, on a copy of the demo."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from moments import MOMENT

from willay.events.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Run = "Callable[..., Result]"


@dataclass(frozen=True, slots=True)
class Result:
    """What a command answered: exit code, data, talk."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, built with a fixed clock by the first of the test processes that needs it; nobody changes it."""
    top = tmp_path_factory.getbasetemp()
    folder = (top.parent if "PYTEST_XDIST_WORKER" in os.environ else top) / "demo" / "demo"
    folder.parent.mkdir(exist_ok=True)
    with one_at_a_time(folder.parent / "lock"):
        if not (folder.parent / "built").exists():
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("SOURCE_DATE_EPOCH", MOMENT)
                patch.setattr(sys, "argv", ["willay", "demo", str(folder)])
                with pytest.raises(SystemExit, match="0"):
                    main()
            (folder.parent / "built").touch()
    return folder


@contextmanager
def one_at_a_time(file: Path) -> Iterator[None]:
    """Wait until no other process is here; SQLite's locks are everywhere, and go with the process that has them."""
    with closing(sqlite3.connect(file, timeout=600, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


@pytest.fixture(autouse=True)
def _no_database_and_no_settings_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("WILLAY_DB", raising=False)
    monkeypatch.setenv("WILLAY_CONFIG", str(tmp_path / "settings" / "config.toml"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Result]:
    """Run a command in an empty folder, without a terminal, at the fixed moment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    monkeypatch.setenv("WILLAY_AUTHOR", "Ana")
    monkeypatch.setenv("COLUMNS", "160")

    def command(*words: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["willay", *words])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        told = capfd.readouterr()
        return Result(code, told.out, told.err)

    return command


@pytest.fixture
def peru(demo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the Peru database, which the commands use without being told."""
    copy = tmp_path / "peru.gpkg"
    shutil.copy(demo_folder / "peru.gpkg", copy)
    monkeypatch.setenv("WILLAY_DB", str(copy))
    return copy
