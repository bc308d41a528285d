"""The commands of the Spanish pages for monitors do what the pages say: each page in its order, in an empty folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Result

    Run = Callable[..., Result]

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = sorted((ROOT / "docs" / "es").glob("*.md"))
FRONT: Final = ROOT / "README.es.md"
ELSEWHERE: Final = ("willay demo", "py ", "make ", ". .venv", ".venv", "pip ")
"""What makes an environment or the demo, which the tests have."""


def blocks(page: Path) -> list[str]:
    """The blocks of commands of a page, with lines that go on joined."""
    found = re.findall(r"^```\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [re.sub(r"\\\n\s*", "", block) for block in found]


def lines(page: Path) -> Iterator[str]:
    for block in blocks(page):
        for line in block.splitlines():
            if line.strip() and not line.startswith(ELSEWHERE):
                yield line.split("   #")[0].strip()


def follow(page: Path, run: Run, monkeypatch: pytest.MonkeyPatch, exit_codes: tuple[int, ...] = (0,)) -> list[Result]:
    """Do what a page says, line by line; every line is a setting or a command of ours."""
    done = []
    for line in lines(page):
        words = shlex.split(line)
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            monkeypatch.setenv(name, value)
            continue
        assert words[0] == "willay", line
        done.append(run(*words[1:]))
        assert done[-1].code in exit_codes, (line, done[-1].err)
    return done


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "README.md"], ids=lambda page: page.stem)
def test_the_commands_of_a_page_work_in_its_order(run: Run, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(follow(page, run, monkeypatch)) >= 6


@pytest.mark.parametrize("page", [*PAGES, FRONT], ids=lambda page: page.stem)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", [*PAGES, FRONT], ids=lambda page: page.stem)
def test_a_page_speaks_to_its_reader_as_usted_and_in_the_words_of_peru(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", " ", page.read_text("utf-8"), flags=re.DOTALL)
    refused = (
        r"\b(?:tú|tu|tus|ti|contigo|puedes|debes|quieres|añad\w+|localiz\w+|fichero\w*|ordenador\w*|septiembre|período"
        r"|reclamo\w*|evento\w*)\b|¡"
    )
    assert re.findall(refused, text, re.IGNORECASE) == []


def test_the_page_of_hostages_ends_with_everybody_accounted_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    follow(ROOT / "docs" / "es" / "rehenes.md", run, monkeypatch)
    told = run("list", "--profile", "internal", "--status", "draft", "--format", "csv", "--lang", "es").out
    (header, first, *_) = told.splitlines()
    found = dict(zip(header.split(","), first.split(","), strict=False))
    assert (found["abducted_best"], found["released_best"], found["escaped_best"]) == ("36", "35", "1")


def test_the_page_of_exchange_leaves_both_claims_in_both_offices(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    follow(ROOT / "docs" / "es" / "intercambio.md", run, monkeypatch)
    for office in ("sierra", "costa"):
        card = run("show", "PE-2012-0001", "--json", "--profile", "internal", "--db", f"{office}.gpkg").out
        assert len(re.findall(r'"measure": ?"injured"', card)) >= 2, office


def test_the_page_of_what_is_sensitive_hides_it(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    follow(ROOT / "docs" / "es" / "reservado.md", run, monkeypatch)
    table = (tmp_path / "prueba.csv").read_text("utf-8-sig")
    assert "2012-05" in table
    assert "dirigente" not in table
    assert "Espinar" not in table


def test_the_commands_of_the_front_page_work_with_the_demo(
    run: Run, peru: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "demo").mkdir()
    peru.rename(tmp_path / "demo" / "peru.gpkg")
    assert len(follow(FRONT, run, monkeypatch)) >= 10
    assert (tmp_path / "cajamarca.html").exists()
