"""The band of a case above the bars of time, its phases, and the phases on its cards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from squares import ROWS, frame_of
from timelines import choose, press, settled, timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

MINE = {"cases": [{"key": "mine", "title": {"en": "The mine", "es": "La mina"}}]}


def test_a_case_is_marked_above_the_bars_and_its_band_sets_the_window(open_page: Opener) -> None:
    rows = tuple({**row, "details": json.dumps(MINE)} if row["code"] in ("XX-1", "XX-3") else row for row in ROWS)
    opened = open_page(frame_of((*rows, {**ROWS[4], "code": "YY-1", "details": json.dumps(OTHER)})), timeline())
    assert not opened.page.is_visible(".band")
    choose(opened, band="mine")
    opened.page.wait_for_selector(".band")
    assert opened.text(".band") == "The mine"
    name = opened.page.get_attribute(".band", "aria-label")
    assert name == "Case The mine: June 5, 2009 – February 3, 2010, 2 incidents. Show only these days."
    opened.page.focus(".band")
    press(opened, "Enter")
    settled(opened, "#window", "^June 2009 – February 2010$")
    choose(opened, band="")
    opened.page.wait_for_selector(".band", state="hidden")


PHASED = {
    "cases": [
        {
            "key": "mine",
            "title": {"en": "The mine", "es": "La mina"},
            "type": "socio-environmental",
            "phases": [
                {
                    "from_day": "2009",
                    "until_day": "2010-03",
                    "phase": "escalation",
                    "title": {"en": "Rise", "es": "Alza"},
                },
                {"from_day": "2010-04-02", "until_day": "2010-05-01", "phase": "crisis"},
                {"from_day": "2011-02-03", "phase": "dialogue", "state": "active"},
            ],
        }
    ]
}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            ["Rise · escalation · 2009 to March 2010", "crisis · Apr 2, 2010 to May 1, 2010",
             "dialogue · active · from Feb 3, 2011, no end recorded"],
        ),
        (
            "es",
            ["Alza · escalamiento · de 2009 a marzo de 2010", "crisis · de 2 abr 2010 a 1 may 2010",
             "diálogo · activo · desde 3 feb 2011, sin fin registrado"],
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["timeline", "atlas"])
def test_the_phases_of_a_marked_case_are_bands_as_sure_as_their_days(
    open_page: Opener, kind: str, lang: str, words: list[str]
) -> None:
    rows = tuple({**row, "details": json.dumps(PHASED)} if row["code"] in ("XX-1", "XX-3") else row for row in ROWS)
    opened = open_page(frame_of(rows), timeline(kind=kind, lang=lang))  # a case that is alone is marked
    opened.page.wait_for_selector(".phase")
    phases = opened.page.query_selector_all(".phase")
    assert [phase.get_attribute("aria-label") for phase in phases] == words
    sure = "each => ['--sure-from', '--sure-until'].map((name) => parseFloat(each.style.getPropertyValue(name)))"
    (rise, ends), (crisis, over), (begins, fades) = (phase.evaluate(sure) for phase in phases)
    assert 0 < rise < ends < 100  # some day of 2009, until some day of March
    assert (crisis, over) == (0, 100)  # to the day
    assert (begins, phases[2].get_attribute("class").split()[1:2]) == (0, ["open"])
    assert fades < 5  # nobody says how long it goes on
    boxes = [phase.bounding_box() for phase in phases]
    ground = opened.page.locator(".band-box").bounding_box()
    assert all(box["x"] >= ground["x"] - 1 for box in boxes)
    assert all(box["x"] + box["width"] <= ground["x"] + ground["width"] + 1 for box in boxes)
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] + 2
    choose(opened, band="")
    opened.page.wait_for_selector(".phases", state="hidden")


def test_a_card_has_the_phases_of_its_case(open_page: Opener) -> None:
    opened = open_page(frame_of(tuple({**row, "details": json.dumps(PHASED)} for row in ROWS)), timeline(kind="atlas"))
    opened.page.click("#panel .entry")
    opened.page.wait_for_selector("#panel .card")
    card = opened.text("#panel .card")
    assert "Rise · escalation · 2009 to March 2010" in card
    assert "dialogue · active · from Feb 3, 2011, no end recorded" in card


OTHER = {"cases": [{"key": "road", "title": {"en": "The road"}}]}
