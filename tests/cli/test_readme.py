"""The commands of the README do what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

README = (Path(__file__).parent.parent.parent / "README.md").read_text("utf-8")
BLOCKS = "\n".join(re.findall(r"```\n(.*?)```", README, re.DOTALL)).replace("\\\n", " ")
COMMANDS = [line.split("  #")[0].strip() for line in BLOCKS.splitlines() if line.startswith("willay ")]
LEFT_OUT = ("willay regions add distritos.shp", "willay import", "willay undo")
"""Need a file or a change of the reader's own; test_writing.py adds regions, test_exchanging.py imports, test_undo.py
undoes."""

IN_ORDER = ("willay review", "willay diff", "willay release")
"""Each builds on the one before; they are run together, below."""


@pytest.fixture
def peru(two_years: Path) -> Path:
    """What is tried here does not depend on how much there is."""
    return two_years


def test_the_readme_shows_commands() -> None:
    assert len(COMMANDS) >= 8


def test_the_lines_for_windows_need_no_program_on_its_path() -> None:
    """The launcher `py` is always found there, and runs the Python of the environment that is active."""
    (lines,) = re.findall(r"on Windows:\n\n```\n(.*?)```", README, re.DOTALL)
    assert [line.split()[:3] for line in lines.splitlines()] == [
        ["py", "-m", "venv"],
        [".venv\\Scripts\\activate"],
        ["py", "-m", "pip"],
        ["py", "-m", "willay.events"],
    ]


@pytest.mark.usefixtures("peru", "small_demo")
@pytest.mark.parametrize("line", [line for line in COMMANDS if not line.startswith((*LEFT_OUT, *IN_ORDER))])
def test_a_command_of_the_readme_works(run: Callable[..., Result], line: str, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "foto.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "paragraphs").mkdir()
    (tmp_path / "paragraphs" / "key.md").write_text("A paragraph.", "utf-8")
    words = [word if word != "CODE" else "PE-2012-0007" for word in shlex.split(line)[1:]]
    told = run(*words)
    assert told.code == 0, told.err


def test_review_and_release_work_in_the_order_of_the_readme(
    run: Callable[..., Result], peru: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "demo").mkdir()
    peru.rename(tmp_path / "demo" / "peru.gpkg")
    monkeypatch.setenv("WILLAY_DB", "demo/peru.gpkg")
    added = run("add", "--title", "x", "--type", "strike", "--day", "2012-05-28", "--place", "Kiteni", "-y")
    code = added.out.split()[0]
    lines = [line for line in COMMANDS if line.startswith(IN_ORDER)]
    assert len(lines) >= 6
    for line in lines:
        told = run(*(word if word != "CODE" else code for word in shlex.split(line, comments=True)[1:]))
        assert told.code == 0, (line, told.err)


def test_the_python_of_the_readme_works(peru: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _ = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / "demo").mkdir()
    peru.rename(tmp_path / "demo" / "peru.gpkg")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 — our own example
    assert (tmp_path / "protestas.html").stat().st_size > 100_000


@pytest.mark.parametrize(
    ("file", "page", "place"),
    [("README.md", "mine.html", "36.8,-1.3"), ("README.es.md", "datos.html", "-74.2,-13.1")],
)
def test_ten_lines_make_a_page_of_any_csv(
    file: str, page: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (Path(__file__).parents[2] / file).read_text("utf-8")
    code = re.findall(r"```python\n(.*?)```", text, re.DOTALL)[-1]
    assert len(code.strip().splitlines()) == 10
    name, columns = re.search(r'read_csv\("(.*?)"\)  # \D*?(\w+(?:,\w+){4})', code).groups()
    (tmp_path / name).write_text(f"{columns}\nAttack,2021-03-05,{place},3\nMarch,2021-03-07,{place},\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, file, "exec"), {})  # noqa: S102 — our own example
    assert (tmp_path / page).stat().st_size > 100_000
