"""A profile in a browser: what axe-core finds in it, on paper, and on a small screen."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from test_access_in_browser import RULES
from test_country_profile import indicator, record

from willay.events.model.drafts import ActorDraft, CaseDraft, draft
from willay.maps import ProfileSpec, profile_document
from willay.maps.profile.html import as_html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    years = tuple(indicator(key=f"y{year}", series="things", year=year, value=year) for year in (2001, 2002, 2003))
    phases = [{"from_day": "2009-05", "until_day": "2009-07", "phase": "crisis", "source": "book"}]
    case = draft(CaseDraft, {"key": "c", "title": {"es": "Un caso"}, "type": "socio-environmental", "phases": phases})
    actor = draft(ActorDraft, {"key": "a", "kind": "company", "name": {"es": "Empresa"}, "url": "https://example.org"})
    made = profile_document(
        record(indicators=(*years, indicator()), cases=(case,), actors=(actor,)),
        ProfileSpec(lang="es", texts={"key": "A **hand** wrote [this](https://example.org/x)."}),
    )
    path = tmp_path_factory.mktemp("profile") / "profile.html"
    path.write_text(as_html(made), "utf-8")
    return path


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desk", "phone"])
def page(chromium: Any, page_file: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height})
    opened = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda each: asked.append(each.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(page_file.as_uri())
    yield opened
    assert [url for url in asked if url != page_file.as_uri() and not url.startswith("data:")] == []
    assert said == []
    context.close()


def test_axe_finds_nothing(page: Any) -> None:
    page.evaluate(f"() => {{ {(files('axe_playwright_python') / 'axe.min.js').read_text('utf-8')} }}")
    found = page.evaluate(
        "rules => window.axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] })",
        RULES,
    )
    told = [f"{each['id']}: {[node['html'][:160] for node in each['nodes'][:4]]}" for each in found["violations"]]
    assert told == []


def test_nothing_is_wider_than_the_screen(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_number_leads_to_its_note_and_the_note_to_its_source(page: Any) -> None:
    link = page.locator("a.figure").first
    target = link.get_attribute("href")
    link.click()
    assert page.url.endswith(target)
    note = page.locator(target)
    assert note.is_visible()
    cite = note.locator("a.cite").first.get_attribute("href")
    assert page.locator(cite).inner_text().strip()


def test_on_paper_no_table_is_cut(page: Any) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round((210 - 30) * 96 / 25.4), "height": 1000})
    wide = page.evaluate(
        "[...document.querySelectorAll('table, figure, p, ol')].filter((one) => "
        "one.getBoundingClientRect().right > window.innerWidth + 1).map((one) => one.outerHTML.slice(0, 120))"
    )
    assert wide == []
    document = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    assert {tuple(round(side / 72 * 25.4) for side in sheet.get_size()) for sheet in document} == {(210, 297)}
