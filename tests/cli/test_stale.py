"""Two people at one incident, several incidents at once, and changes that change nothing: what commands say and do."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from willay.events.cli import entries
from willay.events.cli.commands import edit, retract
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

pytestmark = pytest.mark.usefixtures("peru")


def revisions(peru: Path) -> int:
    with Store.open(peru) as store:
        return store.read.count()["revision"]


def revision(run: Callable[..., Result], code: str = "bagua-2009") -> str:
    return str(json.loads(run("show", code, "--json").out)["revision"])


def meanwhile(peru: Path, what: Callable[[Store], Any]) -> Callable[[str | None], str]:
    """Somebody else changes something while this person is asked for a name."""

    def who(author: str | None) -> str:
        del author
        with Store.open(peru) as store:
            what(store)
        return "Ana"

    return who


def tagged(store: Store) -> None:
    store.write.edit("bagua-2009", {"tags": ["theirs"]}, author="Beto", reason="x")


EDITS = {
    "edit": (("edit", "bagua-2009", "--set", "tags=[mine]", "-m", "x"), edit, tagged, "tags: yours mine; now theirs"),
    "retract": (("retract", "bagua-2009", "-m", "x"), retract, tagged, "now theirs"),
    "source": (
        ("source", "edit", "{source}", "--set", "note=mine", "-m", "x"), entries,
        lambda store: store.registers.edit(
            "source", min(store.registers.source_keys()), {"note": "theirs"}, author="Beto", reason="x"
        ),
        "note: yours .*mine; now .*theirs",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", EDITS.values(), ids=EDITS)
def test_what_somebody_else_changes_while_a_person_answers_is_not_lost(
    run: Callable[..., Result], peru: Path, monkeypatch: pytest.MonkeyPatch, case: tuple[Any, ...]
) -> None:
    words, module, what, message = case
    with Store.open(peru) as store:
        source = min(store.registers.source_keys())
    before = revisions(peru)
    monkeypatch.setattr(module, "who", meanwhile(peru, what))
    told = run(*(word.format(source=source) for word in words))
    assert told.code == 3, told.err
    assert "Nothing was saved" in told.err
    assert "(by Beto, 2026-" in told.err
    assert re.search(message, told.err)
    assert revisions(peru) == before + 1


def test_an_edit_of_another_field_meanwhile_is_kept_with_this_one(
    run: Callable[..., Result], peru: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edit, "who", meanwhile(peru, tagged))
    assert run("edit", "bagua-2009", "--set", "confidence=low", "-m", "x").code == 0
    shown = json.loads(run("show", "bagua-2009", "--json").out)
    assert (shown["tags"], shown["confidence"]) == ("theirs", "low")


@pytest.mark.parametrize(
    "words",
    [
        ("edit", "bagua-2009", "--set", "tags=[mine]", "-m", "x"),
        ("retract", "bagua-2009", "-m", "x"),
        ("claim", "add", "bagua-2009", "injured=3", "-s", "Otra nota"),
        ("review", "approve", "bagua-2009", "--author", "Luz"),
        ("review", "assign", "bagua-2009", "--reviewer", "Dora"),
        ("revert", "bagua-2009", "--revision", "{base}", "-m", "x"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_script_says_which_revision_it_looked_at(
    run: Callable[..., Result], peru: Path, words: tuple[str, ...]
) -> None:
    base = revision(run)
    with Store.open(peru) as store:
        store.write.edit("bagua-2009", {"tags": ["theirs"]}, author="Beto", reason="x")
        first = store.read.draft("bagua-2009").draft.claims[0]
        claim = first.model_copy(update={"best": 7, "low": None, "high": None, "attributed_to": "A mayor"})
        store.write.add_claims("bagua-2009", [claim], author="Beto", reason="x")
    before, given = revisions(peru), [word.format(base=base) for word in words]
    refused = run(*given, "--base-revision", base)
    assert (refused.code, "was changed after revision" in refused.err) == (3, True)
    assert revisions(peru) == before
    done = run(*given, "--base-revision", revision(run))
    assert done.code == 0, done.err
    assert revisions(peru) > before
    wrong = run(*given, "--base-revision", "1")
    assert (wrong.code, "has no revision 1. It has:" in wrong.err) == (4, True)


def test_registers_give_scripts_the_revision_to_go_on_from(run: Callable[..., Result], peru: Path) -> None:
    for kind in ("source", "actor", "case"):
        rows = json.loads(run(kind, "list", "--format", "json", "--profile", "internal").out)
        with Store.open(peru) as store:
            assert [row["revision"] for row in rows] == [store.read.latest_revision(kind, row["key"]) for row in rows]
        base, key = str(rows[0]["revision"]), rows[0]["key"]
        field = "sensitivity"
        assert run(kind, "edit", key, "--set", "sensitivity=restricted", "-m", "x").code == (3 if kind == "case" else 0)
        if kind != "case":
            told = run(kind, "edit", key, "--set", f"{field}=confidential", "-m", "x", "--base-revision", base)
            assert (told.code, "yours confidential; now restricted" in told.err) == (3, True)


def drafts(run: Callable[..., Result]) -> list[str]:
    return [
        run("add", "-y", "--title", f"Bloqueo {n}", "--type", "road-block", "--day", "2012-09-03").out.strip()
        for n in (1, 2)
    ]


@pytest.mark.parametrize("step", ["submit", "approve", "return", "reopen", "assign"])
def test_a_command_for_several_incidents_does_all_or_nothing(run: Callable[..., Result], peru: Path, step: str) -> None:
    good = drafts(run)
    if step in ("approve", "return"):
        assert run("review", "submit", *good).code == 0
    if step == "reopen":
        assert run("retract", good[0], "-m", "x").code == run("retract", good[1], "-m", "x").code == 0
    extra = ("--reviewer", "Dora") if step == "assign" else () if step == "approve" else ("-m", "x")
    before = revisions(peru)
    refused = run("review", step, good[0], "PE-1900-0001", good[1], *extra, "--author", "Luz")
    assert (refused.code, "None of the 3 incidents was changed" in refused.err) == (4, True)
    assert refused.out == ""
    assert good[0] not in refused.err.replace("Nearest:", "").split("was changed")[0]
    assert revisions(peru) == before
    done = run("review", step, *good, good[0].lower(), *extra, "--author", "Luz")
    assert done.code == 0, done.err
    assert revisions(peru) == before + 2
    both = run("review", step, *good, *extra, "--base-revision", "5")
    assert (both.code, "Give one code" in both.err) == (2, True)


def test_a_change_that_changes_nothing_says_so_and_records_nothing(run: Callable[..., Result], peru: Path) -> None:
    with Store.open(peru) as store:
        source = min(store.registers.sources(), key=lambda one: one.key)
    assert run("source", "add", "nota-1", "--source-kind", "press", "--title", "Nota").code == 0
    assert run("claim", "add", "bagua-2009", "injured=3", "-s", "nota-1").code == 0
    assert run("retract", "conga-celendin-2012", "-m", "x").code == 0
    assert run("review", "assign", "bagua-2009", "--reviewer", "Dora").code == 0
    before, base = revisions(peru), revision(run)
    for words in (
        ("edit", "bagua-2009", "--set", "country=PE", "-m", "x"),
        ("retract", "conga-celendin-2012", "-m", "x"),
        ("claim", "add", "bagua-2009", "injured=3", "-s", "nota-1"),
        ("revert", "bagua-2009", "--revision", base, "-m", "x"),
        ("review", "assign", "bagua-2009", "--reviewer", "Dora"),
        ("review", "rule", "two-people", "-m", "x"),
        ("source", "add", "nota-1", "--source-kind", "press", "--title", "Nota"),
        ("source", "edit", source.key, "--set", f"kind={source.kind}", "-m", "x"),
    ):
        told = run(*words)
        assert (told.code, "no changes; nothing was recorded" in told.err.lower()) == (0, True), (words, told.err)
        assert "See:" not in told.err
        assert revisions(peru) == before, words


def test_a_file_whose_rows_are_all_there_records_nothing(
    run: Callable[..., Result], peru: Path, tmp_path: Path
) -> None:
    (tmp_path / "s.yaml").write_text("sources: [{key: nota-1, kind: press, title: Nota}]", "utf-8")
    assert run("add", "-y", "-F", "s.yaml").code == 0
    before = revisions(peru)
    told = run("add", "-y", "-F", "s.yaml")
    assert (told.code, "No changes; nothing was recorded" in told.err) == (0, True)
    assert revisions(peru) == before
