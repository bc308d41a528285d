"""`willay edit` with the options of `add`, and `willay drafts`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tree import leaves

from willay.events.cli.unfinished import Notebook, Unfinished, new_notebook
from willay.events.model.values import local
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    from willay.events.model.drafts import IncidentDraft

NEW = ("add", "-y", "--title", "Paro", "--type", "strike", "--day", "2012-05-01", "--place", "Kiteni")


@pytest.fixture
def code(peru: Path, run: Callable[..., Result]) -> str:
    """An incident with a place, in the database of Peru."""
    assert peru.exists()
    return run(*NEW, "--killed", "1", "-s", "La nota").out.strip()


def draft_of(database: Path, code: str) -> IncidentDraft:
    with Store.open(database) as store:
        return store.read.draft(code).draft


def test_the_options_of_add_change_each_its_field(peru: Path, run: Callable[..., Result], code: str) -> None:
    told = run("edit", code, "-t", "Emboscada", "--type", "ambush", "--day", "9 de mayo de 2012", "--summary", "Texto",
               "--tag", "gas", "--actor", "pnp=target", "--sensitivity", "restricted", "--confidence", "low",
               "-m", "x")  # fmt: skip
    assert told.code == 0, told.err
    assert "9 May 2012" in told.err
    one = draft_of(peru, code)
    assert (local(one.title, "es"), one.subtype, str(one.span)) == ("Emboscada", "ambush", "2012-05-09")
    assert (one.tags, one.sensitivity, one.confidence) == (("gas",), "restricted", "low")
    assert [(party.actor, party.role) for party in one.parties] == [("police", "target")]


def test_a_place_replaces_those_recorded_or_is_added(peru: Path, run: Callable[..., Result], code: str) -> None:
    assert run("edit", code, "--add-place", "distrito de Chungui", "-m", "x").code == 0
    assert [place.name for place in draft_of(peru, code).places] == ["Kiteni", "Chungui"]
    assert run("edit", code, "--place", "Huanta, Ayacucho", "-m", "x").code == 0
    assert [(place.name, place.admin_code) for place in draft_of(peru, code).places] == [("Huanta", "05")]
    assert run("edit", code, "--actor", "pnp", "-m", "x").code == 0
    assert run("edit", code, "--add-actor", "army=initiator", "-m", "x").code == 0
    assert [(party.actor, party.role) for party in draft_of(peru, code).parties] == [
        ("police", "present"), ("army", "initiator"),
    ]  # fmt: skip


def test_a_claim_and_its_source_are_added_in_the_same_revision(
    peru: Path, run: Callable[..., Result], code: str
) -> None:
    told = run("edit", code, "--type", "ambush", "--claim", "killed=2", "--claim", "injured:police=3", "-s", "Radio",
               "--source-kind", "radio", "-m", "x")  # fmt: skip
    assert told.code == 0, told.err
    one = draft_of(peru, code)
    assert [(claim.measure, claim.group, claim.source) for claim in one.claims] == [
        ("killed", "all", "la-nota"), ("killed", "all", "radio"), ("injured", "police", "radio"),
    ]  # fmt: skip
    assert (one.subtype, one.sources) == ("ambush", ("la-nota", "radio"))
    history = json.loads(run("history", code, "-f", "json").out)
    assert [row["action"] for row in history].count("claim") == len(history) - 1 == 1


def test_what_cannot_be_changed_changes_nothing(peru: Path, run: Callable[..., Result], code: str) -> None:
    before = draft_of(peru, code)
    refused: list[tuple[tuple[str, ...], str]] = [
        ((), "Nothing to change. Give an option"),
        (("--claim", "killed=2"), "has no source"),
        (("--type", "ambush", "--claim", "killed=5-2", "-s", "Radio"), "low ≤ best ≤ high"),
        (("--place", "Santa Rosa, La Mar"), "may mean 3 places"),
        (("--place", "-12.94, -74.25"), "-74.25, -12.94"),
        (("--day", "2012-02-30"), "not a day of the calendar"),
    ]
    for words, message in refused:
        told = run("edit", code, *words, "-m", "x")
        assert told.code in {3, 4}, (words, told.err)
        assert message in told.err
    assert draft_of(peru, code) == before
    with Store.open(peru) as store:
        assert store.registers.source("radio") is None


def unfinished(database: Path, **answers: Any) -> Notebook:
    notebook = new_notebook(database)
    notebook.save(Unfinished(words={"status": "draft"}, answers=answers))
    return notebook


def test_drafts_are_listed_and_discarded_by_their_numbers(peru: Path, run: Callable[..., Result]) -> None:
    assert "0 unfinished incidents" in run("drafts").err
    for title in ("Uno", "Dos"):
        unfinished(peru, title=title, type="strike")
    told = run("drafts", "list", "-f", "json")
    assert [(row["number"], row["title"], row["type"]) for row in json.loads(told.out)] == [
        (1, "Uno", "strike"), (2, "Dos", "strike"),
    ]  # fmt: skip
    assert "willay drafts resume" in told.err
    missing = run("drafts", "discard", "1", "3")
    assert (missing.code, "Unknown unfinished incident 3" in missing.err) == (4, True)
    assert run("drafts", "discard", "1").code == 0
    assert [row["title"] for row in json.loads(run("drafts", "-f", "json").out)] == ["Dos"]


def test_a_file_that_is_no_draft_is_listed_as_such_and_can_be_discarded(peru: Path, run: Callable[..., Result]) -> None:
    (peru.parent / "peru.draft-1.json").write_text("[]", "utf-8")
    told = run("drafts", "-f", "json")
    assert (told.code, "not a file of unfinished answers" in json.loads(told.out)[0]["title"]) == (0, True)
    assert run("drafts", "discard", "1").code == 0


def test_a_draft_can_be_continued_only_on_a_terminal(peru: Path, run: Callable[..., Result]) -> None:
    unfinished(peru, title="Uno")
    told = run("drafts", "resume")
    assert (told.code, "only on a terminal" in told.err) == (5, True)
    assert run("drafts", "resume", "7").code in {4, 5}


def test_the_short_forms_of_counts_and_the_country_are_those_of_add(
    peru: Path, run: Callable[..., Result], code: str
) -> None:
    told = run("edit", code, "--killed", "al menos 2", "--injured", "?", "-s", "Radio", "--country", "Perú", "-m", "x")
    assert told.code == 0, told.err
    one = draft_of(peru, code)
    assert [(claim.measure, str(claim.count)) for claim in one.claims if claim.source == "radio"] == [
        ("killed", "2+"), ("injured", "?"),
    ]  # fmt: skip
    assert one.country == "PE"


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (("--source-kind", "press"), "--source"),
        (("--published", "2012"), "--source"),
        (("--place-precision", "site"), "--place"),
    ],
)
def test_an_option_that_needs_another_is_refused_without_it(
    peru: Path, run: Callable[..., Result], code: str, words: tuple[str, ...], needed: str
) -> None:
    before = draft_of(peru, code)
    told = run("edit", code, "-t", "Otro", *words, "-m", "x")
    assert (told.code, f"{words[0]} has no effect without {needed}" in told.err) == (5, True)
    assert draft_of(peru, code) == before


def test_edit_has_every_option_of_add_that_describes_an_incident() -> None:
    """Not those of how it is entered: questions, files, a trial run, and the status that a new one has by default."""
    known = dict(leaves())
    add, edit = ({name for one in known[word].params for name in one.opts} for word in ("add", "edit"))
    assert add - edit == {"--from-file", "-F", "--ask", "--resume", "--dry-run", "--yes", "-y", "--lang"}
