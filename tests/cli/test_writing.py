"""add, edit, retract, claim add, source add, case add, regions add: what is saved, and what is refused whole."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

pytestmark = pytest.mark.usefixtures("peru")

GOOD = ("add", "--title", "Bloqueo", "--type", "road-block", "--day", "2012-09-03", "--place", "Kiteni")


def rows(database: Path) -> dict[str, int]:
    """Count the rows of every table that a change writes to."""
    with closing(sqlite3.connect(database)) as connection:
        names = ("incident", "place", "claim", "source", "revision")
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}  # noqa: S608 — our own names


def test_flags_alone_add_an_incident_and_give_its_code(run: Callable[..., Result]) -> None:
    told = run(*GOOD, "--killed", "2-4", "--source", "https://example.org/nota")
    assert told.code == 0, told.err
    code = told.out.strip()
    assert "Saved as PE-2012-" in told.err
    shown = json.loads(run("show", code, "--json").out)
    assert (shown["place_name"], shown["adm1"], shown["status"]) == ("Kiteni", "Cusco", "draft")
    assert (shown["killed_low"], shown["killed_best"], shown["killed_high"]) == (2, None, 4)


def test_what_was_understood_and_computed_is_shown_before_saving(run: Callable[..., Result]) -> None:
    told = run(*GOOD, "--dry-run")
    assert "Kiteni (settlement) — Cusco" in told.err.replace("La Convención, ", "").replace("Echarate, ", "")
    assert "VRAEM" in told.err
    assert "Nothing saved" in told.err


def test_a_likely_duplicate_is_told(run: Callable[..., Result]) -> None:
    told = run(
        "add",
        "--title",
        "Secuestro",
        "--type",
        "kidnapping",
        "--day",
        "2012-04-09",
        "--place",
        "Kepashiato",
        "--dry-run",
    )
    assert "Possible duplicate of PE-2012-" in told.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--type", "roadblok"), "Did you mean 'road-block'"),
        (("--day", "2012-05-03/2012-05-01"), "is before the first"),
        (("--day", "2039-01-01"), "lies in the future"),
        (("--place", "Casa @ -60.0,-10.0"), "contradicts its country PE"),
        (("--place", "-12.6,-73.2"), "looks like lat, lon"),
        (("--killed", "5-3", "--source", "a"), "low ≤ best ≤ high, got 5, 3"),
        (("--killed=-3", "--source", "a"), "is not a count"),
        (("--killed", "3"), "has no source"),
        (("--actor", "Nadie=initiator"), "Nadie"),
        (("--case", "no-such-case"), "no-such-case"),
        (("--status", "publishd"), "Did you mean 'published'"),
        (("--place-precision", "settlment"), "Did you mean 'settlement'"),
    ],
)
def test_bad_input_is_refused_with_what_to_do_and_nothing_is_saved(
    run: Callable[..., Result], peru: Path, words: tuple[str, ...], message: str
) -> None:
    before = rows(peru)
    told = run(*GOOD, *words)
    assert told.code == 3, told.err
    assert message in told.err
    assert rows(peru) == before


def test_an_ambiguous_place_shows_all_candidates(run: Callable[..., Result]) -> None:
    told = run("add", "--title", "X", "--type", "strike", "--place", "Bambamarca")
    assert told.code == 4
    assert "Cajamarca" in told.err
    assert "La Libertad" in told.err


def test_without_a_terminal_what_is_missing_is_named(run: Callable[..., Result]) -> None:
    told = run("add", "--day", "2012-05-01")
    assert told.code == 3
    assert "Give --title and --type" in told.err


def test_a_file_of_drafts_is_saved_whole_or_not_at_all(run: Callable[..., Result], peru: Path, tmp_path: Path) -> None:
    good = {"title": "Uno", "type": "strike", "days": "2012-01-01"}
    bad = [{"title": "Dos", "type": "strike", "claims": [{"measure": "killed", "count": 3, "source": "none-such"}]}]
    file = tmp_path / "drafts.json"
    file.write_text(json.dumps([good, *bad]), "utf-8")
    before = rows(peru)
    told = run("add", "--from-file", str(file))
    assert told.code == 3
    assert "none-such" in told.err
    assert rows(peru) == before
    file.write_text(json.dumps([good]), "utf-8")
    assert run("add", "--from-file", str(file)).code == 0
    assert rows(peru)["incident"] == before["incident"] + 1


def test_a_file_that_is_no_yaml_is_refused(run: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("incidents: [", "utf-8")
    told = run("add", "--from-file", str(file))
    assert told.code == 3
    assert "Cannot read this as YAML" in told.err


def test_a_change_needs_an_author(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WILLAY_AUTHOR")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "none")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "none")
    told = run(*GOOD)
    assert told.code == 5
    assert "--author" in told.err


def test_a_change_needs_a_reason(run: Callable[..., Result]) -> None:
    assert run("retract", "la-parada-2012").code in {4, 5}
    told = run("edit", "bagua-2009", "--set", "title=X")
    assert told.code == 5
    assert "--reason" in told.err


def test_a_retracted_incident_leaves_the_lists_and_stays_in_the_record(run: Callable[..., Result]) -> None:
    assert run("retract", "bagua-2009-station-6", "--reason", "wrong").code == 0
    assert "bagua-2009-station-6" not in run("list", "-f", "csv").out
    assert "retracted" in run("show", "bagua-2009-station-6").out


def test_a_claim_is_added_beside_the_others(run: Callable[..., Result]) -> None:
    told = run(
        "claim", "add", "bagua-2009", "killed:police=25", "--source", "https://example.org/x", "--note", "nueva cuenta"
    )
    assert told.code == 0, told.err
    shown = run("show", "bagua-2009").out
    assert "nueva cuenta" in shown
    assert "example.org" in shown


def test_sources_and_cases_can_be_added_and_are_refused_twice(run: Callable[..., Result]) -> None:
    assert run("source", "add", "nota-1", "--source-kind", "press", "--title", "Nota").code == 0
    assert run("source", "add", "nota-1", "--source-kind", "press", "--title", "Otra").code == 3
    assert run("case", "add", "paro", "--title", "Paro", "--case-type", "labour").code == 0
    assert run("edit", "bagua-2009", "--set", "cases=[amazon-strike-2009, paro]", "-m", "joined").code == 0
    assert len(json.loads(run("case", "show", "paro", "--json", "--profile", "internal").out)["incidents"]) == 1


def test_regions_of_any_gis_file_can_be_added(run: Callable[..., Result], tmp_path: Path) -> None:
    squares = gpd.GeoDataFrame(
        {"CODE": ["a 1", "b 2"], "NAME": ["Uno", "Dos"]},
        geometry=[shapely.box(-74, -13, -73, -12), shapely.box(-73, -13, -72, -12)],
        crs="EPSG:4326",
    )
    squares.to_crs("EPSG:32718").to_file(tmp_path / "squares.gpkg")
    told = run(
        "regions",
        "add",
        str(tmp_path / "squares.gpkg"),
        "--region-set",
        "mine",
        "--key-field",
        "CODE",
        "--name-field",
        "NAME",
    )
    assert told.code == 0, told.err
    assert "2 regions in set mine" in told.err
    assert "kepashiato-2012" in run("list", "--region", "mine/a-1", "-f", "csv").out


def test_after_any_command_the_file_stands_alone(run: Callable[..., Result], peru: Path) -> None:
    run(*GOOD)
    run("list")
    assert [file.name for file in peru.parent.iterdir() if file.name.startswith("peru")] == ["peru.gpkg"]
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (b"title: X\ntype: strike\ndays: 2012-13-01\n", 3, "a year has 12 months"),
        ("título: ñ".encode("utf-16"), 3, "not UTF-8"),
        (None, 4, "does not exist"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_without_a_traceback(
    run: Callable[..., Result], tmp_path: Path, content: bytes | None, code: int, message: str
) -> None:
    file = tmp_path / "drafts.yaml"
    if content is not None:
        file.write_bytes(content)
    told = run("add", "--from-file", str(file))
    assert told.code == code
    assert message in told.err


def test_a_second_count_of_a_source_is_refused_without_a_terminal_and_both_options_are_told(
    run: Callable[..., Result],
) -> None:
    assert run("source", "add", "radio-de-ejemplo", "--source-kind", "press", "--title", "Radio de ejemplo").code == 0
    first = ("claim", "add", "kepashiato-2012", "--source", "radio-de-ejemplo")
    assert run(*first, "escaped=4").code == 0
    asked = run(*first, "escaped=3", "--stated", "2012-04-20")
    assert (asked.code, asked.out) == (5, "")
    assert "states escaped 4, by radio-de-ejemplo; the new claim states escaped 3" in asked.err
    assert re.search(r"--supersedes \d+.*--adds", asked.err)
    assert run(*first, "escaped=3", "--adds").code == 0
    shown = run("show", "kepashiato-2012", "--json")
    figures = json.loads(shown.out)["details"]["figures"]
    assert (figures["escaped"]["best"], figures["escaped"]["low"], figures["escaped"]["high"]) == (7, 7, 7)


def test_a_corrected_count_is_marked_with_the_claim_that_corrects_it(run: Callable[..., Result]) -> None:
    shown = run("show", "tintaypunco-2008").out
    assert re.search(r"^ *2 +killed .* 19 .*2008-10-10 .*superseded by 5, stated 2008-10 *$", shown, re.MULTILINE)
    assert "corrects 2, 4" in shown
    assert re.search(r"^killed +16 \(14–16\) ", shown, re.MULTILINE)
    assert run("claim", "add", "tintaypunco-2008", "killed=15", "--source", "publico-tintaypunco", "--supersedes", "1",
               "--said-by", "Minister of Defence").code == 0  # fmt: skip
    assert re.search(r"^killed +15 \(14–15\) ", run("show", "tintaypunco-2008").out, re.MULTILINE)
    other = run("claim", "add", "tintaypunco-2008", "killed=15", "--source", "bbc", "--supersedes", "9")
    assert other.code == 3
    assert "cannot supersede claim 9" in other.err


def test_an_edit_does_not_drop_claims_and_one_is_withdrawn_by_its_number(run: Callable[..., Result]) -> None:
    refused = run("edit", "ilave-2004", "--set", "claims=[]", "-m", "x")
    assert refused.code == 5
    assert "willay claim withdraw PE-2004-0001 1 --reason TEXT" in refused.err
    before = json.loads(run("show", "ilave-2004", "--json").out)["details"]["claims"]
    assert run("claim", "withdraw", "ilave-2004", "1").code == 5  # without a reason
    gone = run("claim", "withdraw", "ilave-2004", "1", "-m", "of another place")
    assert gone.code == 0
    assert "Claim 1 of PE-2004-0001 withdrawn" in gone.err
    assert "claims: 1 removed" in gone.err
    assert json.loads(run("show", "ilave-2004", "--json").out)["details"]["claims"] == before[1:]
    assert "of another place" in run("history", "ilave-2004", "--format", "json").out
    assert "claim removed" in run("diff", "ilave-2004").out
    assert run("claim", "withdraw", "ilave-2004", "99", "-m", "x").code == 4


def test_the_list_shows_exact_numbers_with_their_open_ends(run: Callable[..., Result]) -> None:
    listed = run("list", "--format", "table").out
    assert re.search(r"\t69 \(67\+\)\t", listed)  # Lucanamarca: the commission's 69; somebody says more than 80
    assert "13–25" not in listed
    assert re.search(r"^killed +69 \(67 or more\) ", run("show", "lucanamarca-1983").out, re.MULTILINE)
    assert re.search(r"^injured +at least 40 ", run("show", "conga-july-2012").out, re.MULTILINE)
