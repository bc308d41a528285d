from __future__ import annotations

import pytest
import shapely

from willay.data.boundaries import departments
from willay.data.errors import UnknownTermError
from willay.data.settlements import CAPITALS, RANKS, towns


def test_the_capital_comes_first_and_every_department_has_one() -> None:
    frame = towns("PE")
    assert frame["name"].iloc[0] == "Lima"
    second = frame[frame["rank"] == 2]
    assert len(second) == len(CAPITALS["PE"]) - 1 == 25
    units = departments().set_index("key").geometry
    holders = {key for key in units.index for town in second.geometry if units[key].distance(town) < 0.03}
    assert holders >= set(units.index) - {"PE-LMA"}


@pytest.mark.parametrize(
    ("name", "rank"), [("Juliaca", 3), ("Bagua", 3), ("Celendín", 3), ("Pichari", 4), ("Sivia", 6), ("Breña", 7)]
)
def test_a_towns_rank_follows_its_size_its_province_and_what_it_is_part_of(name: str, rank: int) -> None:
    frame = towns("PE")
    assert frame.loc[frame["name"] == name, "rank"].iloc[0] == rank


def test_towns_are_points_in_order_of_rank() -> None:
    frame = towns("PE")
    assert frame["rank"].is_monotonic_increasing
    assert set(frame["rank"]) <= set(range(1, RANKS + 1))
    assert shapely.get_type_id(frame.geometry.array).max() == 0
    assert frame.crs.to_epsg() == 4326


def test_what_one_caller_changes_no_other_sees_and_other_countries_are_refused() -> None:
    towns("PE")["name"] = "changed"
    assert "Cusco" in set(towns("PE")["name"])
    with pytest.raises(UnknownTermError, match="willay includes no towns of the country 'XX'"):
        towns("XX")
