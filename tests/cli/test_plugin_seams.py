"""Every seam for plug-ins, used by the example distribution through the commands as they are."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from opened import everything_in
from plugged import forget, info, write_pack_of_example

from willay.data.profiles import profile
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from plugged import Example

    Run = Callable[..., Result]

BULLETIN = "# BULLETIN 1\n2021-03-08 | Lima | Uno | 3\n2021-03-07 | Lima | Dos | 0\nno line\n"
DRAFTS = {
    "sources": [
        {"key": "daily", "kind": "press", "publisher": "Daily"},
        {"key": "court", "kind": "court", "publisher": "Court"},
    ],
    "incidents": [
        {
            "title": "March", "type": "protest", "days": "2021-03-08", "status": "published",
            "places": [{"name": "Lima", "lon": -77.03, "lat": -12.05, "precision": "settlement"}],
            "claims": [
                {"measure": "killed", "best": 7, "source": "daily"},
                {"measure": "killed", "best": 3, "source": "court"},
            ],
        }
    ],
}  # fmt: skip


CLEARING = """
from willay.events.extensions import IncidentCheck


def find(incident):
    incident.clear()
    return []


weekend = IncidentCheck("weekend", find)
"""
"""A check that changes what it is given."""


@pytest.fixture
def own_rule(example: Example, run: Run, tmp_path: Path) -> str:  # noqa: ARG001 — it is installed
    """A database by the policy `first-listed`, with an incident of 7 dead by the first voice and 3 by the court."""
    assert run("init", "own.gpkg", "--policy", "first-listed").code == 0
    (tmp_path / "drafts.json").write_text(json.dumps(DRAFTS))
    assert run("review", "rule", "one-person", "-m", "x", "--db", "own.gpkg").code == 0
    done = run("add", "--from-file", "drafts.json", "--yes", "--db", "own.gpkg")
    assert done.code == 0, done.err
    return "own.gpkg"


def shown(run: Run, *words: str) -> list[dict[str, Any]]:
    done = run(*words, "--json")
    assert done.code == 0, done.err
    found: list[dict[str, Any]] = json.loads(done.out)
    return found


def test_plug_ins_are_listed_with_package_version_and_state(run: Run, example: Example) -> None:
    rows = {(one["kind"], one["name"]): one for one in shown(run, "plugins")}
    assert {one["distribution"] for one in rows.values()} == {"willay-example"}
    assert {one["version"] for one in rows.values()} == {"1.0"}
    states = {name: one["state"] for (_, name), one in rows.items()}
    assert states == {
        "bulletin": "loaded", "headlines": "loaded", "broken": "failed", "first-listed": "loaded",
        "median": "shadowed", "amber-land": "loaded", "ministry": "loaded", "tally": "loaded", "weekend": "loaded",
    }  # fmt: skip
    assert "is one of willay's own" in rows["policies", "median"]["note"]
    assert "willay-example 1.0 cannot be loaded" in rows["policies", "broken"]["note"]
    listed = list(csv.DictReader(io.StringIO(run("plugins", "--format", "csv").out)))
    assert len(listed) == len(rows)
    info(example.site, "another", "2.0", {"willay.profiles": {"ministry": "willay_example.files:PROFILE"}})
    forget()
    twice = [one for one in shown(run, "plugins") if one["name"] == "ministry"]
    assert [one["state"] for one in twice] == ["ambiguous", "ambiguous"]


@pytest.mark.usefixtures("example")
def test_the_list_is_in_both_languages_and_says_what_is_off(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    spanish = run("plugins", "--lang", "es", "--wide")
    assert "9 complementos" in spanish.err
    monkeypatch.setenv("WILLAY_PLUGINS", "off")
    assert {one["state"] for one in shown(run, "plugins")} == {"off"}
    assert run("init", "x.gpkg", "--policy", "first-listed").code == 3


def test_a_name_of_ours_never_looks_for_plug_ins(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also `--help`, the whole tree; adding and importing look for checks, which nobody names."""

    def scanned(*_: object, **__: object) -> None:
        raise AssertionError("plug-ins were looked for")

    assert run("init", "x.gpkg").code == 0
    (tmp_path / "rows.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    monkeypatch.setattr("importlib.metadata.entry_points", scanned)
    forget()
    for words in (
        ("--help",),
        ("--version",),
        ("help", "policies"),
        ("init", "y.gpkg", "--country", "KE", "--policy", "median"),
        ("list", "--db", "x.gpkg", "--policy", "latest", "--profile", "partner"),
        ("export", "x.csv", "--db", "x.gpkg"),
        ("map", "timeline", "x.html", "--db", "x.gpkg"),
        ("country", "show", "KE"),
    ):
        done = run(*words)
        assert done.code == 0, done.err
    with pytest.raises(AssertionError, match="looked for"):
        run("list", "--db", "x.gpkg", "--policy", "first-listed")


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("words", [(), ("--input-format", "bulletin"), ("--input-format", "willay-example:bulletin")])
def test_a_file_is_imported_by_the_reader_of_a_plug_in(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run("init", "x.gpkg").code == 0
    (tmp_path / "march.txt").write_text(BULLETIN)
    done = run("import", "march.txt", *words, "--db", "x.gpkg", "--json")
    assert done.code == 7, done.err
    report = json.loads(done.out)
    assert (report["rows"], report["endings"]["accepted"], report["endings"]["quarantined"]) == (3, 2, 1)
    with Store.open(tmp_path / "x.gpkg") as store:
        assert sorted(store.read.select(profile=None)["killed_best"]) == [0, 3]


@pytest.mark.usefixtures("example")
def test_a_reader_that_fails_is_named_and_other_files_are_imported(run: Run, tmp_path: Path, example: Example) -> None:
    assert run("init", "x.gpkg").code == 0
    (example.package / "bulletin.py").write_text("1 / 0\n")
    (tmp_path / "march.txt").write_text(BULLETIN)
    done = run("import", "march.txt", "--input-format", "bulletin", "--db", "x.gpkg")
    assert (done.code, "willay-example 1.0 cannot be loaded (ZeroDivisionError" in done.err) == (5, True)
    assert "Traceback" not in done.err
    (tmp_path / "rows.csv").write_text("id,date,type,title\n1,2012-01-01,arrest,Uno\n")
    done = run("import", "rows.csv", "--db", "x.gpkg")
    assert (done.code in (0, 8), "cannot be loaded" in done.err) == (True, True)


def test_incidents_are_written_by_the_writer_of_a_plug_in(run: Run, own_rule: str, tmp_path: Path) -> None:
    for words in (
        ("x.headlines",),
        ("y.txt", "--format", "headlines"),
        ("z.txt", "--format", "willay-example:headlines"),
    ):
        done = run("export", *words, "--db", own_rule)
        assert done.code == 0, done.err
        assert (tmp_path / words[0]).read_text() == "2021-03-08 March\n"
    assert "Only days and titles are written." in done.err
    refused = run("export", "x.headlines", "--db", own_rule)
    assert refused.code == 5
    unknown = run("export", "x.txt", "--format", "nothing", "--db", own_rule)
    assert (unknown.code, "headlines" in unknown.err) == (5, True)


def test_what_leaves_by_a_writer_is_disclosed_as_by_any_other(run: Run, own_rule: str, tmp_path: Path) -> None:
    assert run("edit", "PE-2021-0001", "--set", "sensitivity=confidential", "-m", "x", "--db", own_rule).code == 0
    assert run("export", "x.headlines", "--db", own_rule).code == 0
    assert (tmp_path / "x.headlines").read_text() == ""


@pytest.mark.parametrize("words", [("init", "m.gpkg", "--country", "amber-land"), ("country", "add", "amber-land")])
def test_a_country_pack_of_a_plug_in_is_used(
    run: Run, example: Example, tmp_path: Path, words: tuple[str, ...]
) -> None:
    write_pack_of_example(example, tmp_path / "limits")
    if words[0] == "country":
        assert run("init", "m.gpkg", "--country", "MM").code == 0
        words = (*words, "--db", "m.gpkg")
    done = run(*words)
    assert done.code == 0, done.err
    with Store.open(tmp_path / "m.gpkg") as store:
        assert {"Amber", "Birch", "Cedar"} <= set(store.regions.select(profile=None)["name"])
    assert (tmp_path / "mm.pack").is_file()


def test_a_disclosure_profile_of_a_plug_in_is_used_by_its_name(run: Run, own_rule: str, tmp_path: Path) -> None:
    done = run("export", "x.geojson", "--profile", "ministry", "--db", own_rule)
    assert done.code == 0, done.err
    stated = json.loads((tmp_path / "x.geojson").read_text())["metadata"]["profile"]
    assert stated == str(profile("ministry"))
    assert stated.startswith("ministry (version 1, SHA-256 ")
    unknown = run("list", "--profile", "minister", "--db", own_rule)
    assert "ministry" in unknown.err


def test_a_command_of_a_plug_in_is_found_when_it_is_asked_for(run: Run, own_rule: str) -> None:
    done = run("tally", "--db", own_rule)
    assert (done.code, done.out) == (0, "protest\t1\n")
    assert "Count the incidents of a database by type." in run("tally", "--help").out
    assert "tally" not in run("--help").out
    assert run("tally", "--nothing").code == 2


def test_a_command_that_fails_is_reported_without_a_traceback(run: Run, example: Example) -> None:
    file = example.package / "tally.py"
    file.write_text("def tally():\n    1 / 0\n")
    done = run("tally")
    assert (done.code, done.out) == (5, "")
    assert "willay-example 1.0 failed (ZeroDivisionError" in done.err
    assert "Traceback" not in done.err
    file.write_text("tally = 3\n")


def test_an_unknown_command_is_told_as_before(run: Run, monkeypatch: pytest.MonkeyPatch, example: Example) -> None:
    assert "No such command: 'nothing'" in run("nothing").err
    monkeypatch.setenv("WILLAY_PLUGINS", "off")
    assert run("tally").code == 2
    assert example.package.exists()


@pytest.mark.usefixtures("example")
def test_checks_flag_what_is_added_imported_and_there(run: Run, tmp_path: Path) -> None:
    assert run("init", "x.gpkg").code == 0
    sunday = ("add", "--title", "Dos", "--type", "arrest", "--day", "2021-03-07", "--yes", "--db", "x.gpkg")
    added = run(*sunday)
    said = "days: is a Sunday; offices are closed (check weekend of willay-example)"
    assert (added.code, said in added.err) == (0, True)
    (tmp_path / "march.txt").write_text(BULLETIN)
    report = json.loads(run("import", "march.txt", "--db", "x.gpkg", "--json").out)
    assert report["endings"]["accepted"] == 2
    assert "is a Sunday" in json.dumps(report["flags"])
    checked = run("check", "--db", "x.gpkg")
    assert (checked.code, (checked.out + checked.err).count("is a Sunday")) == (0, 2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("from willay.events.extensions import IncidentCheck\nweekend = IncidentCheck('weekend', lambda _: 1 / 0)\n",
         "The check failed: ZeroDivisionError"),
        ("1 / 0\n", "willay-example 1.0 cannot be loaded"),
        (CLEARING, ""),
    ],
)  # fmt: skip
def test_a_check_never_hinders_or_changes_anything(
    run: Run, example: Example, tmp_path: Path, text: str, told: str
) -> None:
    (example.package / "checks.py").write_text(text)
    assert run("init", "x.gpkg").code == 0
    (tmp_path / "march.txt").write_text(BULLETIN)
    done = run("import", "march.txt", "--db", "x.gpkg")
    assert (done.code, told in done.err) == (7, True)
    added = run("add", "--title", "Tres", "--type", "arrest", "--day", "2021-03-07", "--yes", "--db", "x.gpkg")
    assert (added.code, told in added.err) == (0, True)
    with Store.open(tmp_path / "x.gpkg") as store:
        assert sorted(store.read.select(profile=None)["title"]) == ["Dos", "Tres", "Uno"]


def test_a_page_and_an_export_name_the_plug_in(run: Run, own_rule: str, tmp_path: Path) -> None:
    assert run("export", "x.geojson", "--db", own_rule).code == 0
    stated = json.loads((tmp_path / "x.geojson").read_text())["metadata"]
    assert stated["policy"] == "willay-example:first-listed@1"
    assert stated["plugins"] == [
        {"kind": "policies", "name": "first-listed", "distribution": "willay-example", "version": "1.0"}
    ]
    assert run("map", "atlas", "x.html", "--db", own_rule).code == 0
    assert "la primera anotada (willay-example:first-listed@1)" in everything_in(tmp_path / "x.html")


def test_a_release_states_its_plug_ins_and_verify_says_when_one_is_missing(
    run: Run, own_rule: str, example: Example, tmp_path: Path
) -> None:
    made = run(
        "release", "make", "r1", "--publisher", "Office", "--format", "csv", "--format", "headlines", "--db", own_rule
    )
    assert made.code == 0, made.err
    plan = json.loads((tmp_path / "r1" / "release.json").read_text())
    assert plan["policy"] == "willay-example:first-listed@1"
    assert [(one["kind"], one["name"], one["version"]) for one in plan["plugins"]] == [
        ("policies", "first-listed", "1.0"),
        ("writers", "headlines", "1.0"),
    ]
    assert (tmp_path / "r1" / "data" / "incidents.headlines").read_text() == "2021-03-08 March\n"
    assert run("release", "verify", "r1", "--db", own_rule).code == 0
    example.install("1.1")
    newer = run("release", "verify", "r1", "--db", own_rule)
    assert newer.code != 0
    assert "willay-example 1.0; here: 1.1" in newer.out + newer.err
    example.remove()
    missing = run("release", "verify", "r1", "--db", own_rule)
    assert missing.code != 0
    assert "willay-example 1.0; here: not installed" in missing.out + missing.err
    assert "backup" not in missing.err
    refused = run("release", "make", "r2", "--publisher", "Office", "--db", own_rule)
    assert (refused.code, "Install the package willay-example" in refused.err) == (5, True)


def test_a_database_shows_its_figures_and_refuses_to_derive_without_the_package(
    run: Run, own_rule: str, example: Example
) -> None:
    example.remove()
    assert "7" in run("list", "--db", own_rule, "--wide").out
    card = run("show", "PE-2021-0001", "--db", own_rule)
    assert (card.code, "7 (3–7)" in card.out, "willay-example:first-listed@1" in card.out) == (0, True, True)
    checked = run("check", "--db", own_rule)
    assert (checked.code, "Install the package willay-example" in checked.out + checked.err) == (0, True)
    edited = run("edit", "PE-2021-0001", "--set", "title=April", "-m", "x", "--db", own_rule)
    assert (edited.code, "Install the package willay-example" in edited.err) == (5, True)
    assert run("policy", "set", "ranked-source", "-m", "the package is gone", "--db", own_rule).code == 0
    assert run("edit", "PE-2021-0001", "--set", "title=April", "-m", "x", "--db", own_rule).code == 0


@pytest.mark.usefixtures("example")
def test_policies_are_listed_with_those_of_plug_ins_and_broken_ones_are_named(run: Run) -> None:
    done = run("policy", "list", "--json")
    rows = {one["name"]: one for one in json.loads(done.out)}
    assert rows["first-listed"]["distribution"] == "willay-example"
    assert rows["median"]["distribution"] == "willay"
    assert "broken" not in rows
    assert (done.code, "willay-example 1.0 cannot be loaded" in done.err) == (0, True)
