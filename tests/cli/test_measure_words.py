"""What a map shows is named as a person names it: by its code, or by its name in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

import willay as wy
from willay.maps.errors import SpecError
from willay.maps.spec import MEASURES, measure_called

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("muertos", "killed"),
        ("Heridos", "injured"),
        ("injured", "injured"),
        ("incidentes", "incidents"),
        (None, None),
        ("lo que sea", "lo que sea"),
    ],
)
def test_a_measure_is_named_in_either_language(said: str | None, meant: str | None) -> None:
    assert measure_called(said) == meant


def test_every_measure_is_found_by_its_own_code() -> None:
    assert [measure_called(code) for code in MEASURES] == list(MEASURES)


def test_a_map_takes_the_spanish_name_on_the_command_line(run: Callable[..., Result], peru: Path) -> None:
    made = run("map", "choropleth", "m.html", "--measure", "muertos", "--region", "Cusco", "--db", str(peru))
    assert made.code == 0, made.err
    refused = run("map", "choropleth", "n.html", "--measure", "cosas", "--db", str(peru))
    assert (refused.code, "Choose one of: incidents, killed" in refused.err) == (3, True), refused.err


def test_a_map_takes_the_spanish_name_in_python() -> None:
    box = gpd.GeoDataFrame({"code": ["A"]}, geometry=[shapely.box(-77, -13, -76, -11)], crs=4326)
    known = {"title": ["March"], "first_day": ["2021-03-07"], "killed_best": [1]}
    frame = wy.make_frame(known, [shapely.Point(-76.5, -12)])
    assert wy.choropleth(frame, box, key="code", measure="muertos", base=wy.BaseMap()).spec.measure == "killed"
    with pytest.raises(SpecError, match="Choose one of: incidents, killed"):
        wy.choropleth(frame, box, key="code", measure="cosas", base=wy.BaseMap())
