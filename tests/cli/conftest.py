"""The command line as a person runs it, on a copy of the demo."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from moments import MOMENT

from willay.events.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
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
    """The demo, built once with a fixed clock."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", MOMENT)
        patch.setattr(sys, "argv", ["willay", "demo", str(folder)])
        with pytest.raises(SystemExit, match="0"):
            main()
    return folder


@pytest.fixture(autouse=True)
def _no_database_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WILLAY_DB", raising=False)


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
