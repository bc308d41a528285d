"""The record as its keepers see it: check and its head, releases, two offices that exchange files, redaction."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

CHILD = "Invented Child of Nobody"


@pytest.fixture
def peru(two_years: Path) -> Path:
    """What is tried here does not depend on how much there is."""
    return two_years


def test_check_prints_the_head_and_finds_later_that_it_is_gone(
    run: Callable[..., Result], peru: Path, tmp_path: Path
) -> None:
    shutil.copy(peru, tmp_path / "older.gpkg")
    assert run("edit", "bagua-2009", "--set", "tags=[x]", "-m", "x").code == 0
    listed = run("check", "--format", "json")
    (head,) = (row["head"] for row in json.loads(listed.out) if row["severity"] == "info")
    assert f"seal {head}" in run("check").err
    assert run("check", "--head", head).code == 0
    shutil.copy(tmp_path / "older.gpkg", peru)
    assert run("check").code == 0
    gone = run("check", "--head", head)
    assert gone.code == 1
    assert "is no longer a part of this record" in gone.out.replace("\n", " ").replace("  ", " ")


def test_a_release_finds_that_the_record_which_made_it_was_changed(
    run: Callable[..., Result], peru: Path, tmp_path: Path
) -> None:
    shutil.copy(peru, tmp_path / "older.gpkg")
    assert run("edit", "bagua-2009", "--set", "status=retracted", "-m", "x").code == 0
    assert run("release", "r-1", "--publisher", "An office", "--format", "csv").code == 0
    plan = json.loads((tmp_path / "r-1" / "release.json").read_text("utf-8"))
    with closing(sqlite3.connect(peru)) as file:
        last = file.execute(
            "SELECT revision.number, lower(hex(seal)) FROM revision JOIN change ON change.number = change"
            " ORDER BY 1 DESC LIMIT 1"
        ).fetchone()
    assert (plan["record"]["revision"], plan["record"]["seal"]) == last
    assert run("edit", "bagua-2009", "--set", "tags=[x]", "-m", "x").code == 0
    assert run("release", "verify", "r-1").code == 0
    lost = run("release", "verify", "r-1", "--db", str(tmp_path / "older.gpkg"))
    assert lost.code == 1
    assert lost.out.startswith(
        "The record that made this release is no longer the beginning of the record in this database: revision "
    )


def test_a_release_of_before_heads_were_stored_is_verified_as_ever(
    run: Callable[..., Result], peru: Path, tmp_path: Path
) -> None:
    assert peru.exists()
    assert run("release", "r-1", "--publisher", "An office", "--format", "csv").code == 0
    plan = tmp_path / "r-1" / "release.json"
    document = json.loads(plan.read_text("utf-8"))
    del document["record"]
    before = plan.read_bytes()
    plan.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")
    sums = tmp_path / "r-1" / "SHA256SUMS"
    old, new = (hashlib.sha256(one).hexdigest() for one in (before, plan.read_bytes()))
    sums.write_text(sums.read_text("utf-8").replace(old, new), "utf-8", newline="\n")
    assert run("release", "verify", "r-1").code == 0


@pytest.fixture
def two(run: Callable[..., Result], peru: Path, tmp_path: Path) -> Callable[[], tuple[Result, Result]]:
    """Copies a.gpkg and b.gpkg; called, both export and then both import."""
    for name in ("a", "b"):
        shutil.copy(peru, tmp_path / f"{name}.gpkg")

    def exchange() -> tuple[Result, Result]:
        for name in ("a", "b"):
            done = run("export", f"{name}.ndjson", "--profile", "internal", "--db", f"{name}.gpkg", "--force")
            assert done.code == 0
        mine = run("import", "b.ndjson", "--db", "a.gpkg", "--author", "Ana")
        return mine, run("import", "a.ndjson", "--db", "b.gpkg", "--author", "Beto (Jaen)")

    return exchange


def claims(run: Callable[..., Result], db: str) -> int:
    shown = json.loads(run("show", "bagua-2009", "--json", "--db", db).out)
    return len(shown["details"]["claims"])


def test_two_offices_that_exchange_files_lose_nothing_of_each_other(
    run: Callable[..., Result], two: Callable[[], tuple[Result, Result]], tmp_path: Path
) -> None:
    """As it was tried: B's claim was gone from B after one round, and the two summaries swapped places each round."""
    beto = ("--author", "Beto (Jaen)", "--db", "b.gpkg")
    before, rows = claims(run, "a.gpkg"), len(json.loads(run("list", "-f", "json", "--db", "a.gpkg").out))
    run("edit", "bagua-2009", "--set", "summary=De A", "-m", "x", "--db", "a.gpkg")
    run("claim", "add", "bagua-2009", "injured:police=99", "-s", "Diario B, 6 de junio de 2009", *beto)
    run("edit", "bagua-2009", "--set", "summary=De B", "-m", "x", *beto)
    mine, theirs = two()
    assert mine.out == f"{rows} rows = 0 accepted + 1 updated + {rows - 1} unchanged + 0 quarantined + 0 withdrawn\n"
    assert "summary: The file has another value; ours was retained" in mine.err
    assert "(PE-2009-0002)" in theirs.err
    report = json.loads((tmp_path / "b.import.json").read_text("utf-8"))
    assert {"row", "code", "field", "file", "what"} <= report["differences"][0].keys()
    assert "De B" in [one["file"] for one in report["differences"]]
    assert claims(run, "a.gpkg") == claims(run, "b.gpkg") == before + 1
    for _ in range(2):
        for one in two():
            assert one.out.endswith(f"= 0 accepted + 0 updated + {rows} unchanged + 0 quarantined + 0 withdrawn\n")
    for db, summary in (("a.gpkg", "De A"), ("b.gpkg", "De B")):
        assert json.loads(run("show", "bagua-2009", "--json", "--db", db).out)["summary"] == summary
        assert run("check", "--db", db).code == 0


def test_nobody_approves_their_own_in_another_office_and_a_code_stays_one_incident(
    run: Callable[..., Result], two: Callable[[], tuple[Result, Result]]
) -> None:
    where = ("--day", "2012-05-28", "--place", "Espinar, Cusco", "-y")
    block = run("add", "-t", "Bloqueo", "--type", "road-block", *where, "--db", "a.gpkg").out.strip()
    strike = run(
        "add", "-t", "Huelga", "--type", "strike", *where, "--db", "b.gpkg", "--author", "Beto (Jaen)"
    ).out.strip()
    assert block == strike
    after = f"PE-2012-{int(block[-4:]) + 1:04}"
    mine, _ = two()
    assert f"code: It is {after} here: {block} is another incident here." in mine.err
    record = ("--db", "a.gpkg", "--profile", "internal")
    assert f"Code in a file of another office: {block}." in run("show", after, *record).err
    shown = run("show", block, *record)
    assert f"The incident with code {block} in a file of another office is {after} here." in shown.err
    assert "Bloqueo" in shown.out
    assert run("review", "submit", after, "--db", "a.gpkg").code == 0
    refused = run("review", "approve", after, "--db", "a.gpkg", "--author", "Beto (Jaen)")
    assert (refused.code, "nobody publishes their own draft" in refused.err) == (5, True)


def test_a_name_typed_by_mistake_is_erased_from_the_file(
    run: Callable[..., Result], peru: Path, tmp_path: Path
) -> None:
    typed = run("edit", "bagua-2009", "--set", f"summary=Vio {CHILD}", "-m", "x")
    assert typed.code == 0
    refused = run("redact", "bagua-2009", "--field", "summary", "-m", "a minor")
    assert (refused.code, "had 2 values, since the revisions" in refused.err) == (5, True)
    number = run("history", "bagua-2009", "--format", "csv").out.splitlines()[2].split(",")[0]
    refused = run("redact", "bagua-2009", "--field", "summary", "--revision", number, "-m", "a minor")
    assert (refused.code, "--instead TEXT" in refused.err) == (5, True)
    assert run("edit", "bagua-2009", "--set", "summary=Vio una menor", "-m", "x").code == 0
    assert CHILD in run("diff", "bagua-2009").out
    done = run("redact", "bagua-2009", "--field", "summary", "--revision", number, "-m", "a minor")
    assert done.code == 0
    assert f"redacted summary.und in 1 revision: {number}." in done.err
    assert "still in every copy made earlier" in done.err
    assert [file.name for file in tmp_path.iterdir() if CHILD.encode() in file.read_bytes()] == []
    assert CHILD not in run("diff", "bagua-2009").out
    assert "[redacted]" in run("diff", "bagua-2009").out
    assert "redact" in run("history", "bagua-2009").out
    assert run("check").code == 0
    assert peru.exists()


def test_a_text_of_a_source_is_erased_and_replaced_in_one_step(run: Callable[..., Result], peru: Path) -> None:
    with closing(sqlite3.connect(peru)) as file:
        key, title = file.execute("SELECT key, title FROM source WHERE title IS NOT NULL ORDER BY key").fetchone()
    done = run("redact", key, "--kind", "source", "--field", "title", "--instead", "A report", "-m", "names a witness")
    assert (done.code, "The current state was edited as well" in done.err) == (0, True)
    assert title.encode() not in peru.read_bytes()
    assert run("check").code == 0


@pytest.mark.parametrize("name", ["willay", " Willay "])
def test_nobody_signs_as_the_program_for_whom_no_second_person_is_needed(
    run: Callable[..., Result], peru: Path, name: str
) -> None:
    refused = run("edit", "bagua-2009", "--set", "tags=[x]", "-m", "x", "--author", name)
    assert (refused.code, "Give your own name" in refused.err) == (5, True)
    assert peru.exists()


def test_a_file_whose_record_was_deleted_is_reported_and_not_a_crash(run: Callable[..., Result], peru: Path) -> None:
    with closing(sqlite3.connect(peru)) as file, file:
        file.execute("DELETE FROM revision")
    done = run("check")
    assert (done.code, "was never recorded in a revision" in done.out.replace("\n", " ")) == (1, True)
    assert "Head:" not in done.err
