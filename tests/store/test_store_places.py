from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from store_examples import units

from willay.events.store import Store
from willay.events.store.dialects.address import place_of
from willay.geo.errors import FileNameError

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("peru.gpkg", "peru.gpkg"),
        (Path("folder/peru.gpkg"), "folder/peru.gpkg"),
        ("sqlite:///folder/peru.gpkg", "folder/peru.gpkg"),
        ("sqlite:////srv/peru.gpkg", "/srv/peru.gpkg"),
        ("C:/peru.gpkg", "C:/peru.gpkg"),
    ],
)
def test_a_database_is_a_file_by_its_path_or_by_an_address_of_sqlite(target: str | Path, place: str) -> None:
    assert place_of(target) == Path(place)


@pytest.mark.parametrize("target", ["postgresql://ana@host/peru", "postgres://host", "postgresql+psycopg://host/x"])
@pytest.mark.parametrize("way", [Store.open, partial(Store.create, country="PE")])
def test_a_server_is_refused_in_words(target: str, way: Callable[[str], Store]) -> None:
    with pytest.raises(FileNameError, match="PostgreSQL server, which is not supported yet"):
        way(target)
    with pytest.raises(FileNameError, match="PostgreSQL server, which is not supported yet"):
        place_of(Path(target))  # the slashes of which a path has made one


def test_an_address_of_sqlite_opens_the_file(tmp_path: Path) -> None:
    Store.create(f"sqlite:///{tmp_path}/x.gpkg", country="PE", region_sets=[units()]).close()
    with Store.open(tmp_path / "x.gpkg") as store:
        assert store.country == "PE"
