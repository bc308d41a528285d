"""The package's names, and what importing it costs."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

import willay.geo
from willay.geo import errors


def test_all_names_are_sorted_and_there() -> None:
    assert willay.geo.__all__ == sorted(willay.geo.__all__)
    assert all(getattr(willay.geo, name) is not None for name in willay.geo.__all__)
    assert set(willay.geo.__all__) <= set(dir(willay.geo))


def test_every_name_has_exactly_one_home() -> None:
    homes = [name for names in willay.geo._HOMES.values() for name in names]
    assert sorted(homes) == willay.geo.__all__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"'willay\.geo' has no attribute 'parse_place'"):
        willay.geo.parse_place  # noqa: B018  (looking is the point)


def test_reading_a_point_loads_neither_geopandas_nor_its_readers() -> None:
    script = (
        "import sys, willay.geo; willay.geo.parse_point('12 S 73 W'); willay.geo.BBox.parse('1,2,3,4'); "
        "heavy = {'geopandas', 'pandas', 'pyogrio', 'fiona', 'shapely', 'numpy'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_blobs_and_joins_need_shapely_but_not_geopandas() -> None:
    script = (
        "import sys; from willay.geo import decode_geometry, join_regions, write_geojson; "
        "print([m for m in ('geopandas', 'pandas', 'pyogrio', 'fiona') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_the_error_tree_is_drawn_as_it_is() -> None:
    drawn = str(errors.__doc__)
    classes = [value for value in vars(errors).values() if isinstance(value, type)]
    classes = [value for value in classes if value.__module__ == errors.__name__]
    assert len(classes) == sum("Error" in line for line in drawn.splitlines()[2:])
    for error in classes:
        line = next(line for line in drawn.splitlines() if re.search(rf"\b{error.__name__}\b", line))
        builtin = [base.__name__ for base in error.__bases__ if base.__module__ == "builtins"]
        if error is not errors.GeoError:
            assert issubclass(error, errors.GeoError)
            assert f"({', '.join(builtin)})" in line or not builtin
