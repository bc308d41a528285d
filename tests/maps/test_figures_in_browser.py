"""Figures on a page: the same words as everywhere, and open ends that stay open in lists, cards, sums and labels.

Sums are reckoned by hand from the rows below.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from opened_page import watched
from squares import frame_of, regions_of

from willay.maps import PageSpec
from willay.maps.assets import gather
from willay.maps.country_words import locales
from willay.maps.messages import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

STATIC = Path(__file__).parents[2] / "maps" / "static"
CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "figure_cases.json").read_text("utf-8"))

KILLED = {
    "Open": (67, 69, None),
    "Range": (3, 3, 5),
    "Least": (4, None, None),
    "Zero": (0, 0, 0),
    "Silent": (0, None, 0),
    "Between": (0, None, 15),
    "By hand": (None, 3, None),
    "Unknown": (None, None, None),
}
"""Low, best and high of each incident's dead; all at one place in the region Alpha, but Range and Zero in Beta."""


def rows() -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "code": f"XX-{number}",
            "title": title,
            "type": "armed-clash",
            "days": (f"2009-06-0{number}", f"2009-06-0{number}"),
            "at": (1.5 if title in {"Range", "Zero"} else 0.5, 0.5),
            "killed": killed,
            "place": "settlement",
        }
        for number, (title, killed) in enumerate(KILLED.items(), start=1)
    )


ATLAS = PageSpec(kind="atlas", lang="en", measure="killed")


def test_a_page_writes_every_figure_as_the_table_of_cases_says(chromium: Any) -> None:
    names = ("words/figure-words.js", "words/i18n.js")
    sources = {name: (STATIC / name).read_text("utf-8") for name in names}
    begin = 'import { briefFigure, fullFigure } from "./words/figure-words.js";\n'
    begin += 'import { makeWords } from "./words/i18n.js";\n'
    script = gather({**sources, "": begin}, "")
    header = {
        "messages": {lang: messages(lang) for lang in ("en", "es")},
        "labels": {"en": {}, "es": {}},
        "locales": locales(("PE",)),
    }
    page = watched(chromium.new_context()).new_page()
    found = page.evaluate(
        "([cases, header]) => {" + script + "const words = (lang) => makeWords(header, lang);"
        "return cases.map((each) => ({ brief: briefFigure(words('en'), each), en: fullFigure(words('en'), each),"
        "es: fullFigure(words('es'), each), spanish: briefFigure(words('es'), each) }));}",
        [CASES, header],
    )
    page.close()
    for case, told in zip(CASES, found, strict=True):
        assert told == {"brief": case["brief"], "en": case["en"], "es": case["es"], "spanish": case["brief"]}, case


def entries(opened: Opened) -> dict[str, str]:
    opened.page.wait_for_selector(".entry[data-code]")
    return {
        entry.query_selector(".entry-title").inner_text(): entry.query_selector(".entry-value").inner_text()
        for entry in opened.page.query_selector_all(".entry[data-code]")
    }


def test_the_list_shows_exact_numbers_and_open_ends(open_page: Opener) -> None:
    opened = open_page(frame_of(rows()), PageSpec(kind="timeline", lang="en", measure="killed"))
    assert entries(opened) == {
        "Open": "69 (67+)", "Range": "3 (3–5)", "Least": "4+", "Zero": "0", "Silent": "0?", "Between": "0–15",
        "By hand": "3", "Unknown": "–",
    }  # fmt: skip
    opened.page.evaluate("location.hash = '#bound=high'")
    opened.page.wait_for_selector(".entry-value:text-is('69+')")
    assert entries(opened) | {"Silent": "", "Between": ""} == {
        "Open": "69+", "Range": "5", "Least": "4+", "Zero": "0", "Silent": "", "Between": "", "By hand": "3",
        "Unknown": "–",
    }  # fmt: skip


CARDS = {
    "en": {
        "Open": "69 (67 or more)", "Least": "at least 4", "Silent": "0 or unknown", "By hand": "3", "Zero": "0",
        "Between": "0–15",
    },
    "es": {"Open": "69 (67 o más)", "Least": "al menos 4"},
}  # fmt: skip


@pytest.mark.parametrize("lang", CARDS)
def test_a_card_says_what_the_chosen_voice_says(open_page: Opener, lang: str) -> None:
    opened = open_page(frame_of(rows()), PageSpec(kind="timeline", lang=lang, measure="killed"))
    for title, told in CARDS[lang].items():
        opened.page.click(f".entry:has-text('{title}')")
        opened.page.wait_for_selector(f"#panel-title:has-text('{title}')")
        assert opened.page.inner_text("td.figure") == told, title
        opened.page.keyboard.press("Escape")
        opened.page.wait_for_selector("#panel-title", state="detached")


def test_the_head_says_that_a_sum_has_no_upper_end(open_page: Opener) -> None:
    # Low 67 + 3 + 4 + 0 + 0 + 0 + 3; best 69 + 3 + 4 + 0 + 0 + 0 + 3; stated at most 69 + 5 + 4 + 0 + 0 + 15 + 3.
    opened = open_page(frame_of(rows()), ATLAS)
    assert "79 killed (77–96 or more; unknown in 1) in" in opened.text("#totals")
    opened.page.evaluate("location.hash = '#bound=high'")
    opened.page.wait_for_selector("#totals:has-text('96+')")
    # The second of June alone: 3 to 5, and nothing is open in it.
    opened.page.evaluate("location.hash = '#step=day&end=2009-06-02&length=1'")
    opened.page.wait_for_selector("#totals:has-text('3–5')")
    assert "or more" not in opened.text("#totals")
    spanish = open_page(frame_of(rows()), ATLAS.changed(lang="es"))
    assert "77–96 o más" in spanish.text("#totals")


def test_a_region_with_an_open_end_says_so_and_another_does_not(open_page: Opener) -> None:
    opened = open_page(frame_of(rows()), PageSpec(kind="choropleth", lang="en", measure="killed"), regions_of())
    opened.page.wait_for_selector("path[data-region=beta][aria-label]")
    said = {
        key: opened.page.locator(f"path[data-region={key}]").get_attribute("aria-label") for key in ("alpha", "beta")
    }
    assert said["alpha"].startswith("Alpha: killed: 76 (low–high 74–91 or more)")
    assert said["beta"].startswith("Beta: killed: 3 (low–high 3–5)")
    listed = opened.page.locator(".entry[data-region=alpha]").inner_text()
    assert "low–high 74–91 or more" in listed
    opened.page.evaluate("location.hash = '#bound=high'")
    opened.page.wait_for_selector(".entry[data-region=alpha] .entry-value:text-is('91+')")
    assert opened.page.locator(".entry[data-region=beta] .entry-value").inner_text() == "5"


def test_the_table_shows_the_number_and_the_open_range(open_page: Opener) -> None:
    opened = open_page(frame_of(rows()), PageSpec(kind="timeline", lang="en", measure="killed"))
    opened.page.click("#stage-table")
    opened.page.wait_for_selector(".table-row")
    cells = {
        row.get_attribute("data-code"): [cell.inner_text() for cell in row.query_selector_all(".number [aria-hidden]")]
        for row in opened.page.query_selector_all(".table-row")
    }
    assert cells["XX-1"][:2] == ["69", "67+"]
    assert cells["XX-2"][:2] == ["3", "3–5"]
    assert cells["XX-3"][:1] == ["4+"]
    assert cells["XX-5"][:1] == ["0?"]
    assert cells["XX-6"][:1] == ["0–15"]
    assert cells["XX-7"][:1] == ["3"]


def test_a_superseded_claim_is_struck_through_with_both_dates(open_page: Opener) -> None:
    claims = [
        {"measure": "killed", "group": "all", "low": 19, "best": 19, "high": 19, "source": "s", "label": "c1",
         "stated_on": "2008-10-10", "superseded": {"number": 2, "stated_on": "2008-10-12"}},
        {"measure": "killed", "group": "all", "low": 14, "best": 14, "high": 14, "source": "s", "supersedes": ["c1"],
         "stated_on": "2008-10-12"},
        {"measure": "released", "group": "all", "low": 3, "best": 3, "high": 3, "source": "s", "adds": True},
        {"measure": "injured", "group": "all", "low": 0, "best": 0, "high": 0, "source": "s", "zero_is_unknown": True},
    ]  # fmt: skip
    details = {"claims": claims, "sources": {"s": {"publisher": "Radio", "kind": "press"}}, "title": {"en": "Open"}}
    one = {**rows()[0], "details": json.dumps(details)}
    opened = open_page(frame_of((one,)), PageSpec(kind="timeline", lang="en"))
    opened.page.click(".entry")
    opened.page.wait_for_selector("tr.superseded")
    struck = [node.inner_text() for node in opened.page.query_selector_all("del")]
    assert struck == ["19"]
    assert "Oct 10, 2008" in opened.text("tr.superseded")
    told = opened.text("tr.superseded + tr")
    assert told == "later corrected by the same source (Oct 12, 2008)"
    assert "added to the earlier count" in opened.text("#panel")
    assert "0 or unknown" in opened.text("#panel")
    assert opened.page.query_selector(".range-plot") is None  # one number is left of the two
