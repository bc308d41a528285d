"""The head of a page is a sentence, in the same words as on a picture, and follows what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from opened_page import at_rest
from squares import BASE, ROWS, frame_of, regions_of

from willay.maps import PageSpec, picture

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

EN = PageSpec(lang="en")


def abroad() -> gpd.GeoDataFrame:
    """Return the made-up incidents, the first known only to its year, the others of Peru but the strike, in Bolivia."""
    year = {**ROWS[0], "days": ("2009-01-01", "2009-12-31"), "precision": "year"}
    rows = (year, *ROWS[1:])
    countries = ["BO" if row["code"] == "XX-5" else "PE" for row in rows]
    return frame_of(rows).assign(country=countries, detained_best=[None] * 6 + [4])


def head(opened: Opened, link: str = "") -> str:
    opened.page.evaluate("link => { location.hash = `#${link}` }", link)
    at_rest(opened.page)
    return opened.text("#totals")


def test_the_head_is_a_sentence_that_follows_the_selection(open_page: Opener) -> None:
    opened = open_page(abroad(), EN, regions_of())
    page = opened.page
    assert opened.text("h1") == page.title() == "Incidents in Peru and Bolivia"
    # By hand: 33 + 0 + 2 + 1 killed; the siege's dead are unknown; the decree is an act of the state.
    counts = "36 killed (33–57; unknown in 1) in 5 incidents"
    assert opened.text("#totals") == f"{counts}, Peru and Bolivia, 2009 – Mar 2011; 1 act of the state not counted"
    assert opened.text("#remainder").startswith("7 entries: 5 incidents, 1 act of the state and 1 part of one of them")
    assert page.get_attribute("#totals", "role") == "status"
    assert head(opened, "bound=low").startswith("33 killed (lowest figures; 33–57; unknown in 1) in 5 incidents")
    assert head(opened, "bound=high").startswith("57 killed (highest figures; 33–57;")
    assert head(opened, "measure=incidents").startswith("5 incidents with 36 killed (33–57;")
    assert head(opened, "step=month&length=1&end=2011-03-01") == "2 killed in 1 incident, Bolivia, March 2011"
    assert head(opened, "f.type=abduction").startswith("an unknown number killed in 1 incident, Peru, Nov 20, 2009")
    assert ", Perú y Bolivia, 2009 – mar 2011; 1 medida del Estado no contada" in head(opened, "lang=es")
    assert opened.text("h1") == "Incidentes en el Perú y Bolivia"
    seen = picture(abroad(), EN, regions_of(), BASE).description
    assert f"{counts}, Peru and Bolivia, 2009 – Mar 2011; 1 act of the state not counted" in seen


def test_acts_of_the_state_are_counted_when_asked_for_and_hidden_when_asked_for(open_page: Opener) -> None:
    opened = open_page(abroad(), EN, regions_of())
    page = opened.page

    def rests() -> tuple[str, int]:
        at_rest(page)
        return opened.text("#totals .incidents .total-number"), page.locator("#panel .entry").count()

    assert rests() == ("5", 7)
    page.check("#acts")
    assert rests() == ("6", 7)
    assert "not counted" not in opened.text("#totals")
    assert "acts=1" in page.url
    page.uncheck("#acts-shown")
    assert rests() == ("5", 6)
    assert not page.is_checked("#acts")  # what is not shown is not counted
    told = head(opened, "measure=detained")  # a figure of theirs counts them
    assert told.startswith("4 detained (unknown in 5) and 36 killed (33–57;")
    assert page.is_checked("#acts")
    assert page.is_disabled("#acts")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_choices_above_the_map_read_as_a_sentence(open_page: Opener, lang: str) -> None:
    opened = open_page(abroad(), PageSpec(lang=lang), regions_of())
    page = opened.page

    def words() -> list[Any]:
        shown = (
            "label => label.hidden ? '' : `${label.innerText.split('\\n')[0]} ${label.control.selectedOptions[0].text}`"
        )
        return [text for text in page.eval_on_selector_all("#controls .choice", f"all => all.map({shown})") if text]

    said = " ".join(" ".join(words()).split())
    assert said == {
        "en": "Colour squares by killed Figure best figure as counts",
        "es": "Colorear squares por muertos Cifra cifra adoptada como valores absolutos",
    }[lang]  # fmt: skip
    head(opened, f"lang={lang}&mapView=points&measure=incidents")
    assert words()[0].startswith({"en": "Size marks by incidents", "es": "Tamaño según incidentes"}[lang])
    assert page.is_disabled("#bound")
    assert page.get_attribute("label[for=bound]", "title") == {
        "en": "Incidents are counted one by one: they have no low and high figures.",
        "es": "Los incidentes se cuentan uno por uno: no tienen cifra mínima ni máxima.",
    }[lang]  # fmt: skip
