"""Datasets that are a selection: pages and pictures state of what, and refuse a rate of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from opened_page import at_rest
from squares import ROWS, frame_of, regions_of

from willay.events.frame.framing import credited
from willay.events.model.foreign import DatasetTerms
from willay.maps import BaseMap, PageSpec, picture
from willay.maps.incidents import incident_columns
from willay.maps.regions import region_columns
from willay.maps.selections import refused_rate, selections_of
from willay.maps.shapes import ShapeTable
from willay.maps.sums import region_values

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

RULE = {"es": "Los que alguien consultó.", "en": "Those that somebody consulted."}
SELECTED = DatasetTerms("chosen", selection=RULE)
WHOLE = DatasetTerms("all-of-them")
SPEC = PageSpec(kind="choropleth", lang="en", measure="killed")
WHY = "These incidents are a selection, not all that happened: a rate would have no meaning. Counts are shown."


def selected(*terms: DatasetTerms) -> gpd.GeoDataFrame:
    """Return the frame of the squares, all of whose rows are of the first of some datasets."""
    frame: gpd.GeoDataFrame = frame_of(ROWS).assign(dataset=terms[0].name)
    frame.attrs |= credited([terms[0].name], terms)
    return frame


def populated() -> gpd.GeoDataFrame:
    return regions_of().assign(population=["68000"] * len(regions_of()))


def test_a_selection_is_of_its_rows_and_their_days() -> None:
    frame = selected(SELECTED)
    (found,) = selections_of(frame)
    assert (found["name"], found["rule"], found["rows"]) == ("chosen", RULE, len(ROWS))
    assert (found["first"], found["last"]) == ("2009-06-05", "2012-01-01")  # by hand, from the rows
    assert selections_of(selected(WHOLE)) == []


def test_a_dataset_without_a_row_selects_nothing() -> None:
    frame = selected(WHOLE, SELECTED)
    frame.attrs["datasets"] = [{"name": "chosen", "selection": RULE}]
    assert selections_of(frame) == []


@pytest.mark.parametrize("rate", ["people", "area"])
def test_a_rate_of_a_selection_is_refused_and_counts_are_given(rate: str) -> None:
    frame, regions, shapes = selected(SELECTED), populated(), ShapeTable()
    incidents = incident_columns(frame, shapes)
    columns = region_columns(regions, incidents, shapes)
    counts = region_values(incidents, columns, SPEC)
    assert region_values(incidents, columns, SPEC.changed(rate=rate)) == counts
    assert refused_rate(rate, frame)
    assert not refused_rate(rate, selected(WHOLE))
    assert not refused_rate("change", frame)


@pytest.mark.browser
def test_a_page_states_the_selection_and_why_there_is_no_rate(open_page: Opener) -> None:
    opened = open_page(selected(SELECTED), SPEC.changed(rate="people"), populated())
    at_rest(opened.page)
    assert opened.text("#legend-regions .caution") == WHY
    disabled = "[...document.querySelectorAll('option')].filter((o) => o.textContent.includes('it is a selection'))"
    assert opened.page.evaluate(f"{disabled}.map((o) => o.value)") == ["people", "area"]
    assert "a selection of incidents, not a census" in opened.text("#foot .line")
    opened.page.click("#about")
    about = opened.text("dialog.about")
    assert "chosen: 7 incidents from 2009 to 2012. It is a selection, not a census" in about
    assert RULE["en"] in about


@pytest.mark.browser
def test_a_page_of_a_census_gives_its_rate(open_page: Opener) -> None:
    opened = open_page(selected(WHOLE), SPEC.changed(rate="people"), populated())
    at_rest(opened.page)
    assert "per 100,000 people" in opened.text("#legend-regions")
    assert opened.page.locator(".caution").count() == 0
    assert "selection of incidents" not in opened.text("#foot .line")


@pytest.mark.parametrize(
    ("lang", "said"), [("es", "Es una selección, no un registro completo"), ("en", "a selection, not a census")]
)
def test_a_picture_states_it_in_its_description_and_on_the_sheet(lang: str, said: str) -> None:
    spec = SPEC.changed(lang=lang, rate="people")
    made = picture(selected(SELECTED), spec, populated(), BaseMap())
    assert said in made.description
    notes = [note for section in made.legend for note in section.notes]
    assert any(
        note.startswith(("These incidents are a selection", "Estos incidentes son una selección")) for note in notes
    )
    assert said not in picture(selected(WHOLE), spec, populated(), BaseMap()).description
