"""Both languages have the same pages, headings and code, and speak to their readers as our texts do."""

from __future__ import annotations

import re

import pytest
from guide import DOCS, FENCE, LANGUAGES, NOT_YET_SPANISH, ROOT, blocks, headings, pages, without_output

BOTH = sorted(pages("es"))


def test_both_languages_have_the_same_pages() -> None:
    assert set(pages("en")) - NOT_YET_SPANISH == set(pages("es"))
    assert set(pages("en")) >= NOT_YET_SPANISH, "a page that is translated is no longer in this list"


@pytest.mark.parametrize("name", BOTH)
def test_a_page_has_the_same_headings_in_both(name: str) -> None:
    english, spanish = (headings(pages(lang)[name].read_text("utf-8")) for lang in LANGUAGES)
    assert english[0] == 1
    assert english == spanish


@pytest.mark.parametrize("name", [name for name in BOTH if name != "reference/commands.md"])
def test_a_page_has_the_same_code_in_both(name: str) -> None:
    english, spanish = (blocks(pages(lang)[name].read_text("utf-8")) for lang in LANGUAGES)
    assert [(one.kind, one.file, without_output(one)) for one in english] == [
        (one.kind, one.file, without_output(one)) for one in spanish
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_guide_ends_with_what_to_do_if_it_goes_wrong(lang: str) -> None:
    last = {"en": "## If it goes wrong", "es": "## Si algo falla"}[lang]
    for name, file in pages(lang).items():
        if name.startswith("how-to/") and not name.endswith("index.md"):
            assert re.findall(r"^## .*$", file.read_text("utf-8"), re.MULTILINE)[-1] == last, name


@pytest.mark.parametrize("file", [*pages("es").values(), ROOT / "README.es.md"], ids=lambda file: file.stem)
def test_a_page_speaks_to_its_reader_as_usted_and_in_the_words_of_peru(file: object) -> None:
    text = re.sub(r"`[^`]*`", " ", FENCE.sub(" ", file.read_text("utf-8")))  # type: ignore[attr-defined]
    text = text.replace("base de datos de eventos", "")  # a kind of source: what UCDP and ACLED are
    refused = (
        r"\b(?:tú|tu|tus|ti|contigo|puedes|debes|quieres|añad\w+|localiz\w+|fichero\w*|ordenador\w*|septiembre|período"
        r"|reclamo\w*|evento\w*)\b|¡"
    )
    assert re.findall(refused, text, re.IGNORECASE) == []


def test_a_link_to_a_page_that_is_in_english_alone_says_so() -> None:
    for name, file in pages("es").items():
        for line in file.read_text("utf-8").splitlines():
            if re.search(r"\]\((?:\.\./)+en/(?!index)", line):
                assert re.search("en inglés|^- ", line), (name, line)


def linked_files() -> list[tuple[str, str]]:
    files = [*sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("*.md"))]
    return [
        (str(file.relative_to(ROOT)), link)
        for file in files
        for link in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", file.read_text("utf-8")))
        if "://" not in link
    ]


def test_every_link_of_a_page_leads_to_a_file_and_a_heading() -> None:
    links = linked_files()
    assert len(links) > 150
    lost = []
    for name, link in links:
        path, _, anchor = link.partition("#")
        to = (ROOT / name).parent / path if path else ROOT / name
        there = to.exists() and (not anchor or anchor in anchors(to.read_text("utf-8")))
        lost += [] if there else [(name, link)]
    assert lost == []


def anchors(text: str) -> set[str]:
    """The names that a heading has as the end of an address."""
    titles = re.findall(r"^#+ (.*)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
