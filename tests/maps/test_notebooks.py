"""Notebooks and pages of docs whose code runs as it is written: cell after cell, in an empty folder."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from willay.maps import read_story

DOCS = Path(__file__).parents[2] / "docs" / "en"
NOTEBOOKS = [file for file in sorted((DOCS / "tutorials").glob("*.md")) if "{code-cell}" in file.read_text("utf-8")]
CELL = re.compile(r"^```(?:\{code-cell\} )?python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MADE = {"any-csv.md": {"incidents.csv", "incidents.html", "halves.html", "own-map.html", "kenya.gpkg", "kenya.html"},
        "python-maps.md": {"with-folium.html", "offline.html", "small.html"}}  # fmt: skip


def run_cells(file: Path) -> list[Any]:
    """Run the cells of a file in one namespace; return the last value of each, as a notebook shows it."""
    names: dict[str, Any] = {}
    shown = []
    for number, cell in enumerate(CELL.findall(file.read_text("utf-8")), 1):
        tree = ast.parse(cell)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        where = f"{file.name}, cell {number}"
        exec(compile(tree, where, "exec"), names)  # noqa: S102 — our own example
        shown.append(eval(compile(ast.Expression(last.value), where, "eval"), names) if last else None)  # noqa: S307 — as above
    return shown


@pytest.mark.parametrize("file", [*NOTEBOOKS, DOCS / "reference" / "python-maps.md"], ids=lambda file: file.name)
def test_the_cells_run_one_after_the_other_and_make_what_they_say(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = run_cells(file)
    assert {each.name for each in tmp_path.iterdir()} == MADE[file.name]
    if file.name == "any-csv.md":
        assert list(shown[1]["killed_best"].astype(object).fillna("unknown")) == [3, 0, "unknown", 0]
        assert shown[2]._repr_html_().startswith("<iframe title=")
        assert "Invented incidents" in (tmp_path / "incidents.html").read_text("utf-8")
    else:
        assert capsys.readouterr().out.startswith('<iframe src="small.html" title="Two incidents"')
        assert "https://" in (tmp_path / "with-folium.html").read_text("utf-8")
        assert "https://cdn" not in (tmp_path / "offline.html").read_text("utf-8")


def test_a_notebook_is_one_that_myst_reads() -> None:
    assert NOTEBOOKS
    for file in NOTEBOOKS:
        text = file.read_text("utf-8")
        assert text.startswith("---\njupytext:\n")
        assert text.count("```{code-cell} python\n") == len(CELL.findall(text)) > 0


def test_the_example_of_a_story_is_one(tmp_path: Path) -> None:
    (told,) = re.findall(r"```toml\n(.*?)```", (DOCS / "how-to" / "stories.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "story.toml").write_text(told, "utf-8")
    assert [bool(view.fragment) for view in read_story(tmp_path / "story.toml").views] == [False, True, True]
