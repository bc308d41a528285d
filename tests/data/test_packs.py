"""Packs of countries: columns and outlines come back as they were written."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from willay.data.arcs import lines, polygons
from willay.data.errors import DataError
from willay.data.packs import Columns, read_pack, shipped_pack

SOURCES = Path(__file__).parents[2] / "data" / "sources"


def built_by(module: str) -> Any:
    """Return a module of the build."""
    sys.path.insert(0, str(SOURCES))
    try:
        return importlib.import_module(f"world.{module}")
    finally:
        sys.path.remove(str(SOURCES))


encoding, writing = built_by("encoding"), built_by("writing")


@given(
    st.lists(st.integers(-(2**61), 2**61)),
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1)),
)
def test_columns_come_back_in_their_order(numbers: list[int], texts: list[str]) -> None:
    columns = Columns(
        writing.packed_ints(np.array(numbers, np.int64))
        + writing.packed_texts(texts)
        + writing.packed_ints(np.array([7]))
    )
    assert columns.ints().tolist() == numbers
    assert columns.texts() == texts
    assert columns.ints().tolist() == [7]


def test_a_text_with_a_line_feed_is_refused() -> None:
    with pytest.raises(ValueError, match="takes no line feeds"):
        writing.packed_texts(["one\ntwo"])


def test_sections_are_found_behind_the_head(tmp_path: Path) -> None:
    file = tmp_path / "XX.pack"
    file.write_bytes(
        writing.pack_bytes(
            {"code": "XX", "words": "más"}, {"one": writing.packed_texts(["a"]), "two": writing.packed_texts(["b"])}
        )
    )
    pack = read_pack(file)
    assert pack.head["words"] == "más"
    assert (pack.section("two").texts(), pack.section("one").texts()) == (["b"], ["a"])
    assert not pack.has("three")


def test_a_file_that_is_not_a_pack_is_named(tmp_path: Path) -> None:
    file = tmp_path / "XX.pack"
    file.write_bytes(b"PK\x03\x04 something else")
    with pytest.raises(DataError, match=r"XX\.pack is not a pack of a country"):
        read_pack(file)


def test_no_path_leads_out_of_the_folder_of_packs() -> None:
    assert shipped_pack("../registry") is None
    assert shipped_pack("") is None
    assert shipped_pack("QQ") is None
    assert shipped_pack("./base") is None


def test_outlines_with_shared_borders_holes_and_parts_come_back() -> None:
    hole = [(1, 1), (2, 1), (2, 2), (1, 2)]
    shapes = [
        shapely.Polygon([(0, 0), (3, 0), (3, 3), (0, 3)], [hole]),
        shapely.Polygon(hole),
        shapely.MultiPolygon([shapely.box(3, 0, 5, 3), shapely.box(-3.25, 7, -3, 8.5)]),
    ]
    back = polygons(Columns(encoding.outlines(shapes)))
    assert all(one.equals(other) for one, other in zip(back, shapes, strict=True))
    assert [shape.geom_type for shape in back] == ["Polygon", "Polygon", "MultiPolygon"]
    assert shapely.coverage_is_valid(back)


def test_lines_come_back() -> None:
    shapes = [shapely.LineString([(0, 0), (1.5, -2)]), shapely.MultiLineString([[(0, 0), (1, 1)], [(5, 5), (6, 7)]])]
    assert shapely.equals(lines(Columns(encoding.paths(shapes))), shapes).all()
