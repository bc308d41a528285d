"""The pages in the terminal (`willay help TOPIC`) and as files that open from a disk (`willay docs --save`)."""

from __future__ import annotations

import re
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from guide import DOCS, FENCE, LANGUAGES, ROOT, pages

from willay.events.cli.topics import TOPICS
from willay.events.manual.pages import find_page, name_to_type, topics
from willay.events.manual.site import write_site
from willay.events.manual.terminal import in_lines
from willay.geo.errors import FileInTheWayError, HistoryInTheWayError

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

sys.path.insert(0, str(DOCS))
built_links = pytest.importorskip("built_links")

MOST_MARKDOWN = 400_000
"""Bytes of the pages that `willay help` shows, both languages together."""

MOST_INSTALLED = 3_000_000
"""Bytes of all pages and pictures in the wheel, where they are compressed."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_guide_is_shown_in_lines_that_fit(
    lang: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert len(topics(lang)) >= 8
    for page in topics(lang):
        told = run("help", page.name, "--lang", lang)
        assert told.code == 0, page.name
        lines = told.out.splitlines()
        assert lines[0] == page.title
        assert not any(re.search(r"\]\(|^```|!\[", line) for line in lines), page.name
        code = {line.strip() for match in FENCE.finditer(page.text) for line in match.group(2).splitlines()}
        long = [line for line in lines if len(line) > 80 and line.strip() not in code and " " in line.strip()]
        assert long == [], page.name


def test_a_guide_is_found_by_its_title_in_any_language_whatever_the_language_of_now() -> None:
    found = find_page("Retenidos y rehenes: liberados por partes", "en")
    assert found is not None
    assert (found.name, found.lang) == ("how-to/hostages", "en")
    spanish = find_page("hostages", "es")
    assert spanish is not None
    assert spanish.lang == "es"
    assert find_page("index", "en") is None


def test_no_name_of_a_guide_means_two_things() -> None:
    for lang in LANGUAGES:
        names = [name_to_type(page) for page in topics(lang)]
        assert sorted(names) == sorted(set(names))
        assert [find_page(name, lang) for name in names] == [*topics(lang)]
        assert not set(names) & {name for topic in TOPICS for name in topic.names}


def test_a_command_that_has_a_guide_names_it(run: Callable[..., Result]) -> None:
    assert run("help", "review", "--lang", "es").out.splitlines()[-1] == "Guía: willay help how-to/review"
    assert run("help", "how-to/review").out.startswith("Review: two people\n")


def test_an_unknown_topic_is_answered_with_the_nearest(run: Callable[..., Result]) -> None:
    told = run("help", "hostage")
    assert told.code == 4
    assert told.err.startswith("willay: Unknown help topic or command 'hostage'. Did you mean hostages")


def test_all_guides_are_listed(run: Callable[..., Result]) -> None:
    told = run("help", "--lang", "es").out
    for page in topics("es"):
        assert f"  {name_to_type(page)} " in told
        assert page.title.split()[0] in told


def test_marks_of_markdown_are_left_out_and_code_stays() -> None:
    text = (
        "# A\n\n*e* f: 2 * 3 * 4. See [*b*](b.md), **c** and `*d*`:\n\n"
        "```console\n$ willay list *\n\n```\n\n| x | y |\n|---|---|\n| 1 | 2 |\n"
    )
    lines = in_lines(text, 60, lambda link: f"willay help {link.removesuffix('.md')}").splitlines()
    assert lines == [
        "A",
        "=",
        "",
        "e f: 2 * 3 * 4. See b (willay help b), c and `*d*`:",
        "",
        "    $ willay list *",
        "",
        "",
        "  x — y",
        "  1 — 2",
    ]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as they are saved."""
    from willay.events.manual.site import written_texts  # noqa: PLC0415 — here alone

    return write_site(written_texts(), tmp_path_factory.mktemp("stick") / "pages", force=False)


def test_saved_pages_are_all_there_lead_nowhere_else_and_load_nothing(saved: Path) -> None:
    for lang in LANGUAGES:
        for name in pages(lang):
            text = (saved / lang / name).with_suffix(".html").read_text("utf-8")
            assert f'<html lang="{lang}">' in text
            assert "<script" not in text
    assert built_links.faults(saved, LANGUAGES) == []
    assert 'lang="es"' in (saved / "en" / "index.html").read_text("utf-8")


def test_saved_pages_hold_a_text_as_text(tmp_path: Path) -> None:
    written = "# <b>A</b>\n\n<script>alert(1)</script> [x](javascript:alert(1))\n"
    folder = write_site({"en": {"index": written}, "es": {}}, tmp_path / "pages", force=False)
    text = (folder / "en" / "index.html").read_text("utf-8")
    assert "<script" not in text
    assert "<b>" not in text
    assert 'href="javascript' not in text


def test_what_is_in_the_place_of_the_pages_stays_unless_it_is_forced(tmp_path: Path, peru: Path) -> None:
    texts = {"en": {"index": "# A\n"}, "es": {}}
    (tmp_path / "pages").mkdir()
    with pytest.raises(FileInTheWayError, match="the folder already exists"):
        write_site(texts, tmp_path / "pages", force=False)
    assert list((tmp_path / "pages").iterdir()) == []
    write_site(texts, tmp_path / "pages", force=True)
    with pytest.raises(HistoryInTheWayError):
        write_site(texts, peru, force=True)


def test_docs_saves_the_pages_and_prints_the_first(run: Callable[..., Result], tmp_path: Path) -> None:
    told = run("docs", "--save", "stick", "--lang", "es")
    assert told.code == 0
    first = Path(told.out.strip())
    assert first == Path("stick/willay-docs/es/index.html")
    assert (tmp_path / first).is_file()
    assert "willay review submit" in (tmp_path / "stick/willay-docs/es/reference/commands.html").read_text("utf-8")
    assert run("docs", "--save", "stick").code == 5
    assert run("docs", "--save", "stick", "--force").code == 0


def test_without_a_place_to_save_the_pages_are_next_to_the_settings(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WILLAY_CONFIG", str(tmp_path / "mine" / "config.toml"))
    told = run("docs", "--lang", "en")
    assert told.out.strip() == str(tmp_path / "mine" / "willay-docs" / "en" / "index.html")
    assert Path(told.out.strip()).is_file()


def test_what_is_installed_of_the_pages_is_small() -> None:
    shown = sum(len(page.text.encode()) for lang in LANGUAGES for page in topics(lang))
    assert shown < MOST_MARKDOWN
    texts = [file for lang in LANGUAGES for file in (DOCS / lang).rglob("*.md") if "developers" not in file.parts]
    pictures = [*(ROOT / "docs" / "pictures").glob("*.png")]
    assert sum(len(zlib.compress(file.read_bytes())) for file in (*texts, *pictures)) < MOST_INSTALLED
