"""Two years of what is shipped, with one confidential and one restricted incident, for all tests of the front door."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hidden import HIDDEN

import willay as wy
from willay.data.incidents import incident_documents
from willay.events import Bundle, IncidentDraft, draft
from willay.events.demo import shipped_bundle
from willay.events.founding import create_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from willay.data.incidents import IncidentFile

OTHER_YEARS = re.compile(r"/(?!2009|2012)[12]\d{3}|indicators")


def some_documents(country: str) -> list[IncidentFile]:
    return [file for file in incident_documents(country) if not OTHER_YEARS.search(file.name)]


def ticking() -> Callable[[], datetime]:
    """A clock that is a second later each time."""
    moments = (datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=number) for number in range(10**6))
    return lambda: next(moments)


def sensitive(level: str, title: str) -> IncidentDraft:
    place = {"name": "Somewhere", "precision": "site", "lon": -72.0, "lat": -13.5}
    fields = {"title": title, "type": "protest", "days": "2012-05-04", "places": [place], "status": "published"}
    return draft(IncidentDraft, {**fields, "sensitivity": level})


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("front") / "peru.gpkg"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("willay.events.demo.incident_documents", some_documents)
        bundle = shipped_bundle()
    with create_database(path, country="PE", policy=None, clock=ticking(), seed="front", review="one-person") as store:
        store.write.add(bundle, author="Ana", reason="shipped")
        hidden = (sensitive("confidential", HIDDEN), sensitive("restricted", "A march of few"))
        store.write.add(Bundle(incidents=hidden), author="Ana", reason="a call")
        store.write.edit("bagua-2009", {"confidence": "medium"}, author="Beto", reason="two sources disagree")
    return path


@pytest.fixture
def path(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the database, in the folder that is the working directory."""
    monkeypatch.chdir(tmp_path)
    return shutil.copy(built, tmp_path / "peru.gpkg")


@pytest.fixture
def db(path: Path) -> Iterator[wy.Database]:
    with wy.open(path, author="Ana") as opened:
        yield opened


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of Peru with its regions and no incidents; nobody changes it."""
    path = tmp_path_factory.mktemp("founded") / "ours.gpkg"
    wy.create(path, country="PE").close()
    return path


@pytest.fixture
def empty(founded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[wy.Database]:
    """A copy of it, opened by Ana, in the folder that is the working directory."""
    monkeypatch.chdir(tmp_path)
    with wy.open(shutil.copy(founded, tmp_path / "ours.gpkg"), author="Ana") as opened:
        yield opened
