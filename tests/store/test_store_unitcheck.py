"""Points outside the unit they name are told when they enter and when the database is checked, and are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from willay.events.model.drafts import Bundle, draft
from willay.events.store import RegionSet

if TYPE_CHECKING:
    from willay.events.store import Store

RIGHT = {"name": "Kiteni", "precision": "site", "lon": -73.0, "lat": -12.5, "admin_code": "0809"}
WRONG = {**RIGHT, "lon": -75.0}
SOMETHING: dict[str, Any] = {"title": "x", "type": "strike", "days": "2012-05-01"}


def notes(store: Store) -> list[tuple[str, str]]:
    return [
        (one.where, one.message) for one in store.file.check() if one.severity == "note" and "outside" in one.message
    ]


def test_an_edit_that_moves_a_point_out_of_its_unit_says_so_and_check_finds_it(store: Store) -> None:
    (code,) = store.write.add(draft(Bundle, {"incidents": [{**SOMETHING, "places": [RIGHT]}]}), author="ana").codes
    assert notes(store) == []
    revised = store.write.edit(code, {"places": [WRONG]}, author="ana", reason="x")
    (note,) = revised.notes
    assert "at least 109 km outside province 0809 La Convención (Cusco)" in note
    assert notes(store) == [(code, note)]
    assert store.write.edit(code, {"title": "y"}, author="ana", reason="x").notes == (), "said once, not at every edit"
    assert store.write.edit(code, {"places": [RIGHT]}, author="ana", reason="x").notes == ()
    assert notes(store) == []


def test_limits_of_districts_tell_more_once_they_are_added(store: Store) -> None:
    place = {**RIGHT, "admin_code": "080902"}
    (code,) = store.write.add(draft(Bundle, {"incidents": [{**SOMETHING, "places": [place]}]}), author="ana").codes
    assert notes(store) == []
    frame = gpd.GeoDataFrame(
        {"key": ["echarate"], "name_es": ["Echarate"], "admin_code": ["080902"], "kind": ["district"]},
        geometry=[shapely.box(-72.5, -13, -72.2, -12)],
        crs=4326,
    )
    store.regions.add(RegionSet("districts", frame), author="ana")
    ((where, message),) = [one for one in notes(store) if one[0] == code]
    assert where == code
    assert "54 km outside district 080902 Echarate (La Convención, Cusco)" in message
