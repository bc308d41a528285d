"""`willay map … --sums`, as a person types it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from many_rows import grid, made_up, written
from typer.testing import CliRunner

from willay.events.aggregate import single_cells as single_cells_module
from willay.events.cli.app import app
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:Types that are not in the codebook")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WILLAY_LANG", "en")
    written(made_up(900), tmp_path / "rows.parquet")
    grid()[["key", "name", "geometry"]].to_file(tmp_path / "grid.geojson")
    make("out.sums", "gdelt")
    return tmp_path


def run(*words: str) -> str:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, (result.output, result.exception)
    return " ".join(result.output.split())


def make(out: str, dataset: str) -> None:
    run("aggregate", "rows.parquet", out, "--regions", "grid.geojson", "--measure", "killed", "--tiles", "4",
        "--dataset", dataset)  # fmt: skip


def refused(*words: str) -> str:
    result = CliRunner().invoke(app, words)
    assert result.exit_code != 0, result.output
    return " ".join(f"{result.output} {result.exception}".replace("│", " ").split())


@pytest.mark.parametrize("kind", ["choropleth", "timeline", "atlas"])
def test_a_page_is_made_without_a_database(folder: Path, kind: str) -> None:
    said = run("map", kind, "page.html", "--sums", "out.sums", "--title", "Rows of a grid")
    assert "page.html: sums of 900 rows" in said
    assert "<title>Rows of a grid</title>" in (folder / "page.html").read_text("utf-8")
    assert "exists" in refused("map", kind, "page.html", "--sums", "out.sums")


def test_coarser_steps_are_made_when_the_page_is(folder: Path) -> None:
    run("map", "choropleth", "fine.html", "--sums", "out.sums")
    run("map", "choropleth", "coarse.html", "--sums", "out.sums", "--sums-by", "region, year", "--sums-tiles", "none")
    fine, coarse = ((folder / name).stat().st_size for name in ("fine.html", "coarse.html"))
    assert coarse < fine


def test_small_cells_are_left_out_and_that_is_reported(folder: Path) -> None:  # noqa: ARG001 — it is the working folder
    said = run("map", "choropleth", "few.html", "--sums", "out.sums", "--least", "5")
    assert "sums of 900 rows" not in said
    assert "Left out: cells of fewer than 5 rows, in 12 regions." in said


def test_terms_hold(folder: Path) -> None:
    make("acled.sums", "acled")
    result = CliRunner().invoke(app, ["map", "atlas", "page.html", "--sums", "acled.sums"])
    assert isinstance(result.exception, RefusedError)
    assert not (folder / "page.html").exists()
    run("map", "atlas", "page.html", "--sums", "acled.sums", "--for-own-use")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--from", "2010"), "--from: not available with --sums, which has no single incidents"),
        (("--type", "protest", "--acts"), "--type: not available with --sums"),
        (("--png", "map.png"), "--png: not available with --sums"),
        (("--policy", "latest"), "--policy: not available with --sums"),
        (("--profile", "public"), "--profile: not available with --sums"),
        (("--region", "pe-departments/PE-LIM"), "--region: not available with --sums"),
        (("--view", "clusters"), "has no view 'clusters'"),
        (("--sums-by", "region,day"), "with a period among: month, quarter, year"),
        (("--sums-tiles", "many"), "'many' is not a zoom"),
        (("--sums-tiles", "9"), "up to zoom 4"),
        (("--measure", "injured"), "has a figure for 'injured'"),
    ],
)
def test_what_sums_do_not_have_is_refused_by_name(folder: Path, words: tuple[str, ...], message: str) -> None:
    said = refused("map", "choropleth", "page.html", "--sums", "out.sums", *words)
    assert message in said or message in said.replace("--acts, --type", "--type")
    assert not (folder / "page.html").exists()


def test_a_picture_of_sums_is_refused(folder: Path) -> None:  # noqa: ARG001 — it is the working folder
    assert "Give a FILE that ends in .html" in refused("map", "atlas", "page.png", "--sums", "out.sums")


def test_options_of_sums_need_sums(folder: Path) -> None:  # noqa: ARG001 — as above
    assert "Specify the file of sums: --sums FILE" in refused("map", "atlas", "page.html", "--sums-by", "year")
    assert "is not a file of sums" in refused("map", "atlas", "page.html", "--sums", "rows.parquet")


def test_a_small_page_gives_the_line_for_another(folder: Path) -> None:  # noqa: ARG001 — as above
    assert "<iframe" in run("map", "choropleth", "page.html", "--sums", "out.sums", "--embed")


def test_a_story_is_held_to_what_the_page_has(folder: Path) -> None:
    (folder / "story.json").write_text(json.dumps({"views": [{"link": "#mapView=points", "caption": "All"}]}), "utf-8")
    said = refused("map", "atlas", "page.html", "--sums", "out.sums", "--story", "story.json")
    assert "'points' is not on the page. Choose one of: regions, density" in said


def test_a_page_is_added_up_only_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 — as above
    asked: list[tuple[str, ...]] = []
    real = single_cells_module.coarser
    monkeypatch.setattr(
        "willay.events.aggregate.fitting.coarser",
        lambda cells, by, zoom=None: asked.append(by) or real(cells, by, zoom),
    )
    run("map", "choropleth", "page.html", "--sums", "out.sums")
    assert asked == [], "coarser steps are only looked for where the page would be too large"
