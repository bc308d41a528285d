"""What browsers write in three forms of their own is written in one on a Spanish page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely
from opened_page import at_rest

from willay.events import make_frame
from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:No incident is in the country"),  # in Peru, on a made-up land
]

DAYS = [
    ("2012-04-09", "2012-04-09", "day", "9 abr. 2012"),
    ("2012-04-09", "2012-04-14", "day", "9–14 abr. 2012"),
    ("2012-04-09", "2012-05-14", "day", "9 abr.–14 may. 2012"),
    ("2012-12-30", "2013-01-02", "day", "30 dic. 2012 – 2 ene. 2013"),
    ("2012-09-01", "2012-09-30", "month", "set. 2012"),
    ("2012-04-01", "2012-06-30", "month", "abr.–jun. 2012"),
    ("2012-01-01", "2012-12-31", "year", "2012"),
    ("2011-01-01", "2012-12-31", "year", "2011–2012"),
]


@pytest.fixture
def opened(open_page: Callable[..., Opened]) -> Opened:
    return open_page(frame_of("PE"), PageSpec(kind="timeline", lang="es"))


def frame_of(country: str) -> gpd.GeoDataFrame:
    columns = {
        "title": [f"T{number}" for number in range(len(DAYS))],
        "type": ["protest"] * len(DAYS),
        "country": [country] * len(DAYS),
        **{
            name: [row[place] for row in DAYS] for place, name in enumerate(("first_day", "last_day", "date_precision"))
        },
    }
    frame = make_frame(columns, [shapely.Point(0.5, 0.5)] * len(DAYS))
    frame.attrs |= {"as_of": "2026-11-25T17:47:00+00:00", "profile": "public (version 2)"}
    return frame


def test_the_months_of_other_countries_are_those_of_latin_america(open_page: Callable[..., Opened]) -> None:
    opened = open_page(frame_of("ZZ"), PageSpec(kind="timeline", lang="es"))
    listed = opened.page.inner_text("#panel")
    assert "sept 2012" in listed
    assert "9–14 abr 2012" in listed


def test_spans_of_days_are_made_of_their_parts(opened: Opened) -> None:
    listed = opened.page.inner_text("#panel").split("\n")
    shown = {title: listed[listed.index(title) + 1] for title in (f"T{number}" for number in range(len(DAYS)))}
    assert {title: days.split(" · ")[0] for title, days in shown.items()} == {
        f"T{number}": row[3] for number, row in enumerate(DAYS)
    }


RECORD = """
(() => {
  const real = CanvasRenderingContext2D.prototype.fillText;
  window.written = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    window.written.push(text);
    return real.call(this, text, ...rest);
  };
})()
"""


def test_the_axis_has_months_without_capitals(opened: Opened) -> None:
    opened.page.evaluate(RECORD)
    opened.page.set_viewport_size({"width": 1500, "height": 900})  # everything is drawn again
    at_rest(opened.page)
    months = [text for text in opened.page.evaluate("window.written") if text[:1].isalpha()]
    assert "jul." in months or "abr." in months, months
    assert [text for text in months if text != text.lower()] == []


def test_the_moment_and_the_profile_are_in_the_words_of_the_page(opened: Opened) -> None:
    opened.page.click("#about")
    about = opened.text("dialog.about")
    assert "25 nov. 2026, 17:47 (UTC)" in about
    assert "Perfil de divulgación: público (versión 2)." in about
    assert "Inicio, Fin" in about
    assert "Barra espaciadora" in about
