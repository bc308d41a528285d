"""What the pages of docs/ say to do works: each page in its order, in an empty folder, and answers what it shows.

The commands are the same in both languages, so a page is followed once; where it shows what a command
answers, in each of the languages.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from guide import Command, commands, has_shown, pages
from page_reader import code_of

if TYPE_CHECKING:
    from page_reader import Reader


def shows_output(name: str) -> bool:
    return any(each.shown for block in code_of("en", name) if block.kind == "console" for each in commands(block))


def runnable(name: str) -> bool:
    return any(block.kind in {"console", "python"} for block in code_of("en", name))


RUN_ELSEWHERE = frozenset({"reference/commands.md", "reference/big-data.md"})
"""Pages that show how commands are called, and that which `tests/aggregate/test_big_data_page.py` follows."""

FOLLOWED = [
    (name, lang)
    for name in pages("en")
    if runnable(name) and name not in RUN_ELSEWHERE
    for lang in (("en", "es") if shows_output(name) and name in pages("es") else ("en",))
]


@pytest.mark.parametrize(("name", "lang"), FOLLOWED, ids=lambda value: str(value).removesuffix(".md"))
def test_what_a_page_says_to_do_works(name: str, lang: str, reader: Reader) -> None:
    reader.monkeypatch.setenv("WILLAY_LANG", lang)
    if name in NEED_THE_DEMO:
        shutil.copy(reader.demo() / "peru.gpkg", reader.folder / "peru.gpkg")
        reader.monkeypatch.setenv("WILLAY_DB", "peru.gpkg")
    for number, block in enumerate(code_of(lang, name), 1):
        reader.do(block, f"{name}, block {number}")


NEED_THE_DEMO = frozenset({"how-to/stories.md"})
"""Pages about a database that a reader has: that of the demo."""


def test_a_command_that_fails_and_an_answer_that_is_not_what_a_page_shows_are_found(reader: Reader) -> None:
    with pytest.raises(AssertionError, match="does not exist"):
        reader.type(Command("willay list", ()))
    reader.type(Command("willay list   # exit 4", ()))
    reader.type(Command("willay --version", ("…",)))
    with pytest.raises(AssertionError, match="willay"):
        reader.type(Command("willay --version", ("something else",)))


def test_lines_that_stand_for_any_lines_do_and_spaces_do_not_matter() -> None:
    assert has_shown(("…", "killed  33   (32–54)", "…"), "one\ntwo\n\nkilled 33 (32–54)\n───\nlast\n")
    assert has_shown(("a", "b"), "a\nb\n")
    assert not has_shown(("a", "c"), "a\nb\nc\n")
    assert not has_shown(("a",), "a\nb\n")
