from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.data.errors import AmbiguousPlaceError, GazetteerError, UnknownPlaceError
from willay.data.gazetteer import Gazetteer

if TYPE_CHECKING:
    from pathlib import Path

PERU = Gazetteer.load()
NAMES = sorted({place.name for place in PERU})


def test_two_bambamarcas_are_both_shown_the_larger_first() -> None:
    found = [place for place in PERU.search("Bambamarca") if place.score == 100]
    assert [place.department for place in found] == ["Cajamarca", "La Libertad"]


def test_what_lies_in_the_unit_named_comes_first() -> None:
    assert PERU.search("bambamarca, la libertad")[0].department == "La Libertad"
    assert PERU.search("Bambamarca", within="13")[0].department == "La Libertad"


def test_an_ambiguous_name_is_refused_with_every_candidate() -> None:
    with pytest.raises(AmbiguousPlaceError, match="Cajamarca.*La Libertad") as caught:
        PERU.resolve("Bambamarca")
    assert len(caught.value.candidates) == 2


@pytest.mark.parametrize(("typed", "name"), [("KEPASHIATO", "Kepashiato"), ("celendin", "Celendín"), ("Kepashiatto", "Kepashiato")])
def test_accents_case_and_a_slip_do_not_matter(typed: str, name: str) -> None:
    assert PERU.search(typed)[0].name == name


def test_settlements_of_the_incidents_that_geonames_lacks_are_there() -> None:
    for name in ("Kepashiato", "Kiteni", "Chuanquiri", "Imacita", "Sanabamba", "Uchuraccay"):
        assert PERU.resolve(name).name == name


def test_a_place_is_found_by_its_other_name() -> None:
    assert PERU.resolve("Espinar").name == "Yauri"  # the town of Espinar


def test_an_unknown_name_is_refused_with_the_nearest_and_another_way() -> None:
    with pytest.raises(UnknownPlaceError, match="Near: Kepashiato, Cusco.*Or give coordinates"):
        PERU.resolve("Kepashiatto")


@given(st.sampled_from(NAMES))
def test_every_place_is_found_by_its_own_name(name: str) -> None:
    assert name in {place.name for place in PERU.search(name, limit=400) if place.score == 100}


@given(st.text(max_size=30))
def test_no_text_breaks_a_search(text: str) -> None:
    assert len(PERU.search(text, limit=3)) <= 3


def test_a_user_may_bring_a_bigger_gazetteer(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    rows = "".join(f"x:{n},Sanabamba,-74.{n},-12.3,0504\n" for n in range(4))
    file.write_text("id,name,lon,lat,ubigeo\n" + rows, "utf-8")
    mine = Gazetteer.load(file)
    with pytest.raises(AmbiguousPlaceError, match="4 places are called 'Sanabamba'.*Huanta"):
        mine.resolve("Sanabamba")


@pytest.mark.parametrize(
    ("text", "message"),
    [("id,name\n1,a\n", "lacks the column 'lon'"), ("id,name,lon,lat,ubigeo\n1,a,west,2,05\n", r"mine\.csv:2.*west")],
)
def test_a_gazetteer_that_cannot_be_read_says_where(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(GazetteerError, match=message):
        Gazetteer.load(file)
