from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from store_examples import DOCUMENT, Counted, Ticking, units, zones

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


@pytest.fixture
def make_store(tmp_path: Path, clock: Ticking) -> Iterator[Callable[..., Store]]:
    made: list[Store] = []

    def make(name: str = "test.gpkg", **options: object) -> Store:
        given: dict[str, Any] = {
            "region_sets": [units(), zones()],
            "review": "one-person",
            "clock": clock,
            "entropy": Counted(),
            **options,
        }
        store = Store.create(tmp_path / name, **given)
        made.append(store)
        return store

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(make_store: Callable[..., Store], made_up: Bundle) -> Store:
    """A store with the made-up bundle in it: PE-2012-0001 to 0003 and PE-0000-0001."""
    filled = make_store()
    filled.write.add(made_up, author="ana", reason="first entry")
    return filled
