"""Small incident frames, hostile and plain."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from willay.events.frame.frame import make_frame

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+51 1 4270000",
    "'quoted",
    "-",
    "@SUM(A1)",
    "\t=1+1",
    "<script>alert(1)</script>",
    'He said "no", twice;\nand left',
    "Ñañu «ñ» 𐐀 \u2028 \u202e",
    "a\x00b\x1f",
)


def card(claims: list[dict[str, Any]]) -> str:
    source = {"kind": "press", "publisher": "=A Paper", "title": "-Title"}
    return json.dumps({"claims": claims, "sources": {"a-paper": source}, "title": {"es": "x"}})


def draft(number: int) -> str:
    document = {
        "title": {"es": f"Bloqueo {number}"},
        "type": "protest",
        "days": "2009-06-05",
        "date_precision": "day",
        "status": "draft",
        "claims": [{"measure": "killed", "best": 3, "low": 3, "high": 3, "source": "a-paper"}],
    }
    return json.dumps({"id": f"id-{number}", "code": f"PE-2009-{number:04d}", "draft": document})


@pytest.fixture
def make() -> Callable[..., gpd.GeoDataFrame]:
    """Make a frame of a few incidents at points, an area, and nowhere; texts are hostile."""

    def made(count: int = len(HOSTILE), first: int = 1, *, drafts: bool = False) -> gpd.GeoDataFrame:
        numbers = range(first, first + count)
        area = shapely.box(-75, -13, -74, -12)
        shapes = [[shapely.Point(-73.1234567891, -12.5), area, None][number % 3] for number in numbers]
        claim = {"measure": "killed", "group": "all", "low": 3, "best": 3, "high": 3, "source": "a-paper"}
        columns = {
            "code": [f"PE-2009-{number:04d}" for number in numbers],
            "title": [HOSTILE[number % len(HOSTILE)] for number in numbers],
            "type": ["protest"] * count,
            "first_day": ["2009-06-05" if number % 2 else None for number in numbers],
            "last_day": ["2009-06-07" if number % 2 else None for number in numbers],
            "date_precision": ["day" if number % 2 else "unknown" for number in numbers],
            "place_name": ["+Place"] * count,
            "place_precision": ["settlement"] * count,
            "country": ["PE"] * count,
            "admin_code": ["150101"] * count,
            "killed_low": [0 if number % 2 else None for number in numbers],
            "killed_best": [0 if number % 2 else 3 for number in numbers],
            "actors": ["=Police; A; B"] * count,
            "details": [card([claim]) if number % 2 else card([]) for number in numbers],
            "revision": list(numbers),
        }
        frame = make_frame(columns, shapes, {"policy": "median", "attributions": ["=A Dataset, CC BY 4.0"]})
        if drafts:
            frame["draft"] = [draft(number) for number in numbers]
        return frame

    return made
