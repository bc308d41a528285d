from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from offices import SUMMARY, Office, copies
from redacted import INCIDENT, LATER, SOURCE, leave_only_the_summary
from store_examples import DOCUMENT, Counted, Templates, Ticking, units, zones

from willay.events.model.drafts import Bundle, draft
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def made_up() -> Bundle:
    return draft(Bundle, DOCUMENT)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return Templates(tmp_path_factory.mktemp("templates"))


@pytest.fixture
def make_store(tmp_path: Path, clock: Ticking, templates: Templates) -> Iterator[Callable[..., Store]]:
    made: list[Store] = []

    def make(name: str = "test.gpkg", **options: Any) -> Store:
        given = {"review": "one-person", "clock": clock, "entropy": Counted(), **options}
        made.append(templates.store(tmp_path / name, given))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(make_store: Callable[..., Store], made_up: Bundle) -> Store:
    """A store with the made-up bundle in it: PE-2012-0001 to 0003 and PE-0000-0001."""
    return make_store(filled=made_up)


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that all offices begin with a copy of."""
    path = tmp_path_factory.mktemp("first") / "first.gpkg"
    with Store.create(path, country="PE", region_sets=[units(), zones()], clock=Ticking(), entropy=Counted()) as store:
        incidents = [
            {**one, "status": "draft", **({"summary": SUMMARY} if one.get("key") == "bridge" else {})}
            for one in DOCUMENT["incidents"]
        ]
        store.write.add(draft(Bundle, {**DOCUMENT, "incidents": incidents}), author="ana", reason="first entry")
    return path


@pytest.fixture
def offices(first: Path, tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """Lima and Jaen begin with copies of one file."""
    lima, jaen = copies(first, tmp_path, "Lima", "Jaen")
    yield lima, jaen
    for one in (lima, jaen):
        assert [problem for problem in one.store.file.check() if problem.severity == "error"] == []
        one.store.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose summary alone has the name, in the states of two revisions, and no longer in the present one."""
    path = tmp_path_factory.mktemp("prepared") / "prepared.gpkg"
    with Store.create(path, country="PE", region_sets=[units()], clock=Ticking(), entropy=Counted()) as store:
        store.write.add(
            draft(Bundle, {"sources": [SOURCE], "incidents": [INCIDENT]}), author="ana", reason="first entry"
        )
        leave_only_the_summary(store)
    return path


@pytest.fixture
def edited(prepared: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the prepared file, open."""
    with Store.open(shutil.copy(prepared, tmp_path / "test.gpkg"), clock=Ticking(LATER), entropy=Counted()) as store:
        yield store
