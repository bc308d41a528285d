"""import and export as a data manager runs them."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "events" / "exchange" / "incoming"))
from ucdp_examples import event, write_events  # the same invented events

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result


@pytest.fixture
def events(run: Callable[..., Result], tmp_path: Path) -> Path:
    assert run("init", "w.gpkg").code == 0
    rows = [event(), event(id="900002", best="seven"), event(id="900003", low="9", best="6", high="8")]
    return write_events(tmp_path / "ged.csv", rows)


def test_every_row_of_a_file_ends_in_one_way_and_the_report_says_which(
    run: Callable[..., Result], events: Path, tmp_path: Path
) -> None:
    done = run("import", "ged.csv", "--db", "w.gpkg")
    assert done.code == 7
    assert done.out == "3 rows = 2 accepted + 0 updated + 0 unchanged + 1 quarantined + 0 withdrawn\n"
    report = json.loads((tmp_path / "ged.import.json").read_text("utf-8"))
    assert (report["rows"], sum(report["endings"].values()), report["sum_agrees"]) == (3, 3, True)
    assert [(one["field"], one["first_rows"]) for one in report["faults"]] == [("best", [2])]
    assert [(one["field"], one["first_rows"]) for one in report["flags"]] == [("best", [3])]
    assert run("check", "--db", "w.gpkg").code == 0
    assert events.exists()


def test_a_mended_row_comes_in_and_the_whole_again_changes_nothing(
    run: Callable[..., Result], events: Path, tmp_path: Path
) -> None:
    assert run("import", "ged.csv", "--db", "w.gpkg").code == 7
    aside = tmp_path / "ged.quarantine.csv"
    with aside.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:4] == ["willay_row", "willay_field", "willay_value", "willay_reason"]
    assert rows[1][:3] == ["2", "best", "seven"]
    aside.write_text(aside.read_text("utf-8").replace("seven", "7"), "utf-8", newline="")
    mended = run("import", "ged.quarantine.csv", "--db", "w.gpkg")
    assert (mended.code, mended.out.split(" + ")[0]) == (0, "1 rows = 1 accepted")
    fixed = write_events(
        events, [event(), event(id="900002", best="7"), event(id="900003", low="9", best="6", high="8")]
    )
    again = run("import", fixed.name, "--db", "w.gpkg")
    assert again.out == "3 rows = 0 accepted + 0 updated + 3 unchanged + 0 quarantined + 0 withdrawn\n"
    assert not aside.exists()


def test_a_dry_run_tells_the_same_and_changes_nothing(run: Callable[..., Result], events: Path, tmp_path: Path) -> None:
    before = (tmp_path / "w.gpkg").read_bytes()
    tried = run("import", str(events), "--dry-run", "--db", "w.gpkg")
    assert tried.out.startswith("3 rows = 2 accepted")
    assert "the database was not changed" in tried.err
    assert (tmp_path / "w.gpkg").read_bytes() == before
    assert not (tmp_path / "ged.import.json").exists()


def test_the_credit_of_a_dataset_goes_with_its_rows(run: Callable[..., Result], events: Path, tmp_path: Path) -> None:
    assert run("import", str(events), "--db", "w.gpkg").code == 7
    assert run("export", "a.geojson", "--db", "w.gpkg").code == 0
    told = json.loads((tmp_path / "a.geojson").read_text("utf-8"))
    assert any("Uppsala" in credit for credit in told["metadata"]["attributions"])


def test_rows_that_may_not_be_passed_on_are_refused_unless_for_own_use(
    run: Callable[..., Result], events: Path, tmp_path: Path
) -> None:
    assert run("import", str(events), "--dataset", "borrowed", "--own-use-only", "--db", "w.gpkg").code == 7
    for words in (("export", "a.geojson"), ("map", "atlas", "a.html"), ("map", "atlas", "a.png")):
        refused = run(*words, "--db", "w.gpkg")
        assert (refused.code, "2 of borrowed" in refused.err) == (5, True), words
        assert not (tmp_path / words[-1]).exists()
        own = run(*words, "--for-own-use", "--db", "w.gpkg")
        assert own.code == 0, own.err
    assert json.loads((tmp_path / "a.geojson").read_text("utf-8"))["metadata"]["for_own_use_only"] is True
    assert run("export", "b.geojson", "--without", "borrowed", "--db", "w.gpkg").code == 0


def test_our_own_export_comes_back_whole(run: Callable[..., Result], two_years_folder: Path, tmp_path: Path) -> None:
    database = str(two_years_folder / "peru.gpkg")
    assert run("export", "a.geojson", "--db", database).code == 0
    assert run("init", "copy.gpkg").code == 0
    assert run("import", "a.geojson", "--db", "copy.gpkg").code == 0
    assert run("export", "b.geojson", "--db", "copy.gpkg").code == 0
    one, other = (json.loads((tmp_path / name).read_text("utf-8"))["features"] for name in ("a.geojson", "b.geojson"))
    assert [feature["willay"]["draft"] for feature in one] == [feature["willay"]["draft"] for feature in other]
    assert [feature["id"] for feature in one] == [feature["id"] for feature in other]


@pytest.mark.parametrize("name", ["a.geojson", "a.geojsonl", "a.gpkg", "a.parquet", "a.csv", "a.xlsx"])
def test_a_flat_export_holds_the_columns_and_says_what_it_lacks(
    run: Callable[..., Result], two_years_folder: Path, tmp_path: Path, name: str
) -> None:
    database = str(two_years_folder / "peru.gpkg")
    flat = run("export", name, "--flat", "--db", database)
    assert (flat.code, "Not included: " in flat.err) == (0, True), flat.err
    small = (tmp_path / name).stat().st_size
    assert run("export", name, "--force", "--db", database).code == 0
    assert small < (tmp_path / name).stat().st_size or name == "a.csv"


def test_a_flat_feature_is_its_columns_alone(
    run: Callable[..., Result], two_years_folder: Path, tmp_path: Path
) -> None:
    database = str(two_years_folder / "peru.gpkg")
    for name, words in (("a.geojson", ("--flat",)), ("b.geojson", ())):
        assert run("export", name, *words, "--db", database).code == 0
    flat, whole = (json.loads((tmp_path / name).read_text("utf-8"))["features"] for name in ("a.geojson", "b.geojson"))
    assert len(flat) == len(whole) > 0
    for one, other in zip(flat, whole, strict=True):
        told = {name: value for name, value in other["properties"].items() if name not in {"claims", "sources"}}
        assert one == {**{name: other[name] for name in ("type", "id", "geometry")}, "properties": told}


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("export", "a.hxl", "--flat"), 5, "hxl needs claims and sources"),
        (("export", "a.csv", "--format", "acled", "--flat"), 5, "acled needs claims"),
        (("export", "a.csv", "--tables", "--flat"), 5, "Give only one of the two options"),
        (("import", "none.csv"), 4, "does not exist"),
        (("import", "odd.bin"), 5, "Cannot detect the format of"),
        (("import", "odd.bin", "--input-format", "gossip"), 5, "is not an available input format"),
        (("import", "odd.csv", "--input-format", "ucdp-ged"), 5, "is not a UCDP GED file"),
        (("export", "a.gossip"), 3, "has no ending of a known output format"),
        (("export", "a.csv", "--profile", "gossip"), 3, "disclosure profile"),
    ],
)
def test_what_cannot_be_read_or_written_is_told_in_a_line(
    run: Callable[..., Result], tmp_path: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    assert run("init", "w.gpkg").code == 0
    (tmp_path / "odd.bin").write_bytes(bytes(range(256)))
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n", "utf-8")
    told = run(*words, "--db", "w.gpkg")
    assert told.code == code, told.err
    assert message in told.err
    assert "Traceback" not in told.err


def test_regions_are_written_with_their_figures_and_small_numbers_left_out(
    run: Callable[..., Result], two_years_folder: Path, tmp_path: Path
) -> None:
    database = str(two_years_folder / "peru.gpkg")
    words = ("regions", "export", "r.geojson", "--region-set", "pe-departments", "--db", database)
    assert run(*words).code == 0
    whole = json.loads((tmp_path / "r.geojson").read_text("utf-8"))["features"]
    counts = [feature["properties"]["incidents"] for feature in whole]
    assert len(counts) == 26
    few = sum(0 < number < 3 for number in counts)
    assert few
    less = run(*words, "--suppress-below", "3", "--force")
    assert f"{few} regions with fewer than 3" in less.err
    blanked = json.loads((tmp_path / "r.geojson").read_text("utf-8"))["features"]
    kept = [feature["properties"]["incidents"] for feature in blanked]
    assert kept == [None if 0 < number < 3 else number for number in counts]
    hidden = [feature["properties"] for feature in blanked if feature["properties"]["incidents"] is None]
    assert {properties["killed_best"] for properties in hidden} == {None}


STATUSES = ("--status", "draft", "--status", "in-review", "--status", "published")


@pytest.fixture
def mixed(run: Callable[..., Result], events: Path) -> str:
    """A database with two events of a dataset that may not be passed on, and three of ours, two of them sensitive."""
    assert run("import", str(events), "--dataset", "borrowed", "--own-use-only", "--db", "w.gpkg").code == 7
    for title, level in (("Open", "public"), ("Hidden", "confidential"), ("Coarse", "restricted")):
        words = (
            "add",
            "--title",
            title,
            "--type",
            "riot",
            "--day",
            "2012-05-01",
            "--place",
            "X @ -73.1,-12.6",
            "--yes",
        )
        assert run(*words, "--db", "w.gpkg").code == 0
        code = {"Open": "PE-2012-0003", "Hidden": "PE-2012-0004", "Coarse": "PE-2012-0005"}[title]
        if level != "public":
            done = run("edit", code, "--set", f"sensitivity={level}", "-m", "x", "--db", "w.gpkg")
            assert done.code == 0, done.err
    return "w.gpkg"


OUTPUTS = (
    ("export", "a.geojson"),
    ("export", "a.csv"),
    ("export", "a-acled.csv", "--format", "acled"),
    ("export", "a.parquet", "--flat"),
    ("map", "atlas", "a.html"),
    ("map", "atlas", "a.png"),
    ("regions", "export", "r.geojson"),
)


def test_every_output_says_on_its_last_line_how_many_incidents_are_not_in_it(
    run: Callable[..., Result], mixed: str
) -> None:
    for words in OUTPUTS:
        done = run(*words, "--without", "borrowed", *STATUSES, "--db", mixed)
        assert done.code == 0, done.err
        assert done.err.splitlines()[-1] == (
            "Left out: 1 incident by the profile public (version 2), 2 incidents by the terms of their dataset "
            "(--without). Shown with less detail: 1 incident."
        )
        whole = run(*words, "--dataset", "nothing", "--profile", "internal", "--force", "--db", mixed)
        assert whole.err.splitlines()[-1].endswith("Left out: 0 incidents by the profile internal (version 1).")


def test_a_file_says_how_many_incidents_are_not_in_it(run: Callable[..., Result], mixed: str, tmp_path: Path) -> None:
    asked = ("--without", "borrowed", *STATUSES, "--db", mixed)
    for name in ("a.geojson", "a.csv"):
        assert run("export", name, *asked).code == 0
    said = json.loads((tmp_path / "a.geojson").read_text("utf-8"))["metadata"]
    assert (said["left_out"], said["coarsened"], said["left_out_by_terms"]) == (1, 1, 2)
    beside = json.loads((tmp_path / "a.csv.about.json").read_text("utf-8"))
    assert {name: beside[name] for name in ("left_out", "coarsened", "left_out_by_terms", "profile")} == {
        "left_out": 1, "coarsened": 1, "left_out_by_terms": 2, "profile": "public (version 2)",
    }  # fmt: skip


def test_an_export_for_own_use_comes_back_for_own_use_only(
    run: Callable[..., Result], mixed: str, tmp_path: Path
) -> None:
    made = run("export", "own.csv", "--for-own-use", "--profile", "internal", *STATUSES, "--db", mixed)
    assert "For your own use only" in made.err
    (tmp_path / "own.csv.about.json").unlink()  # the one file was mailed
    assert run("init", "copy.gpkg").code == 0
    taken = run("import", "own.csv", "--db", "copy.gpkg")
    assert (taken.code, "Rows of borrowed may not be passed on" in taken.err) == (0, True)
    leak = run("export", "leak.csv", *STATUSES, "--db", "copy.gpkg")
    assert (leak.code, "2 of borrowed" in leak.err) == (5, True)
    rest = run("export", "rest.csv", *STATUSES, "--without", "borrowed", "--db", "copy.gpkg")
    assert rest.code == 0
    told = (tmp_path / "rest.csv").read_text("utf-8")
    assert ("Open" in told, "Hidden" in told, "Coarse" in told) == (True, False, False)


def test_only_a_command_with_a_reason_loosens_terms(run: Callable[..., Result], mixed: str) -> None:
    tried = run("import", "ged.csv", "--dataset", "borrowed", "--may-publish", "--db", mixed)
    advice = next(line for line in tried.err.splitlines() if "never relaxes" in line)
    assert run("export", "a.csv", *STATUSES, "--db", mixed).code == 5
    command = advice.partition("willay ")[2].split()
    bare = run(*command[:-2], "--db", mixed)
    assert (bare.code, "A reason is required" in bare.err) == (5, True)
    assert run(*command, "--db", mixed).code == 0
    assert run("export", "a.csv", *STATUSES, "--db", mixed).code == 0
    listed = run("dataset", "list", "--format", "json", "--db", mixed)
    assert [(row["name"], row["may_publish"]) for row in json.loads(listed.out)] == [("borrowed", True)]


def test_what_cannot_be_changed_of_a_dataset_is_told(run: Callable[..., Result], mixed: str) -> None:
    for name, change, code, message in (
        ("none", "licence=X", 4, "Unknown dataset 'none'. Known datasets: borrowed"),
        ("borrowed", "colour=X", 3, "Unknown field"),
        ("borrowed", "may_publish=perhaps", 3, "Expected yes or no"),
        ("borrowed", "licence=", 3, "terms can be replaced, not removed"),
    ):
        told = run("dataset", "edit", name, "--set", change, "-m", "x", "--db", mixed)
        assert (told.code, message in told.err) == (code, True), told.err
