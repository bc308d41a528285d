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
from demos import of_years
from moments import MOMENT

from willay.events.cli import main
from willay.events.store import Store

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

    return made_once(tmp_path_factory, "demo", build_demo) / "demo"


@pytest.fixture(scope="session")
def two_years_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo of two of its years, with all registers; nobody changes it."""

    def build(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("willay.events.demo.incident_documents", of_years("2009", "2012", indicators=True))
            build_demo(folder)

    return made_once(tmp_path_factory, "two-years", build) / "demo"


def build_demo(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", MOMENT)
        patch.setattr(sys, "argv", ["willay", "demo", str(folder / "demo")])
        with pytest.raises(SystemExit, match="0"):
            main()


@pytest.fixture(scope="session")
def written_profiles(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the profile of the demo as es.html, en.html and es.docx; nobody changes it."""

    def build(folder: Path) -> None:
        from willay.events.country_profile import country_profile  # noqa: PLC0415 — Matplotlib, for these alone
        from willay.maps import ProfileSpec, write_document  # noqa: PLC0415 — as above

        with Store.open(shutil.copy(demo_folder / "peru.gpkg", folder / "peru.gpkg")) as store:
            for lang, endings in (("es", ("html", "docx")), ("en", ("html",))):
                document = country_profile(store, spec=ProfileSpec(lang=lang))
                for ending in endings:
                    write_document(document, folder / f"{lang}.{ending}")

    return made_once(tmp_path_factory, "profiles", build)


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """Return a folder that one of the test processes fills, and all of them read."""
    top = tmp_path_factory.getbasetemp()
    folder = (top.parent if "PYTEST_XDIST_WORKER" in os.environ else top) / name
    folder.mkdir(exist_ok=True)
    with one_at_a_time(folder / "lock"):
        if not (folder / "built").exists():
            build(folder)
            (folder / "built").touch()
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
def small_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have `willay demo` build one year without indicators: it does and says the same, in less than half the time."""
    monkeypatch.setattr("willay.events.demo.incident_documents", of_years("2009"))


@pytest.fixture
def peru(demo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the Peru database, which the commands use without being told."""
    return copied(demo_folder, tmp_path, monkeypatch)


@pytest.fixture
def two_years(two_years_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of two years of it, used likewise: for what does not depend on how much there is."""
    return copied(two_years_folder, tmp_path, monkeypatch)


def copied(folder: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = shutil.copy(folder / "peru.gpkg", to / "peru.gpkg")
    monkeypatch.setenv("WILLAY_DB", str(copy))
    return copy
