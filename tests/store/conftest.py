from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from store_examples import DOCUMENT, Counted, Templates, Ticking

from willay.events.model.drafts import Bundle, draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from willay.events.store import Store


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
