"""`willay undo`: what one did last, shown first, and taken back by a change of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pseudoterminal import screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

pytestmark = pytest.mark.usefixtures("peru")
ADD = ("add", "--title", "Bloqueo", "--type", "road-block", "--day", "2026-03-19", "--source", "Radio X, 19/3/2026")


def test_a_mistaken_edit_is_undone_and_redone(run: Callable[..., Result]) -> None:
    before = run("list", "--text", "Bagua", "--format", "json", "--profile", "internal").out
    run("edit", "PE-2009-0002", "--set", "title=Otro", "-m", "radio")
    told = run("undo", "-m", "wrong incident")
    assert (told.code, told.out) == (0, "")
    assert "(2026-03-20 09:46 UTC, “radio”) is undone so:" in told.err
    assert "  PE-2009-0002: edited" in told.err
    assert "title: Otro → " in told.err
    assert told.err.endswith("To redo it: willay undo\n")
    assert "undo of change" in run("history", "PE-2009-0002").out
    assert ": wrong incident" in run("log", "--limit", "1").out
    after = run("list", "--text", "Bagua", "--format", "json", "--profile", "internal").out
    assert [row for row in before.splitlines() if '"title"' in row] == [
        row for row in after.splitlines() if '"title"' in row
    ]
    assert run("undo", "PE-2009-0002").code == 0
    assert "Otro" in run("show", "PE-2009-0002", "--profile", "internal").out


def test_a_mistaken_incident_is_retracted(run: Callable[..., Result]) -> None:
    run(*ADD)
    told = run("undo")
    assert "  PE-2026-0001: added; is retracted, and remains in the record." in told.err
    assert "  source radio-x-19-3-2026: added with it; stays" in told.err
    assert "status: draft → retracted" in told.err


def test_an_entry_of_a_register_is_undone_by_its_kind(run: Callable[..., Result]) -> None:
    run("source", "add", "nota-9", "--source-kind", "press", "--title", "Nota")
    assert run("undo").code == 5
    run("source", "edit", "nota-9", "--set", "title=Otra", "-m", "x")
    told = run("undo", "nota-9", "--kind", "source")
    assert told.code == 0, told.err
    assert told.err.endswith("To redo it: willay undo nota-9 --kind source\n")


def test_what_cannot_be_undone_has_the_codes_of_other_refusals(run: Callable[..., Result]) -> None:
    assert run("undo").code == 4
    assert run("undo", "NOSUCH").code == 4
    run("edit", "PE-2009-0002", "--set", "title=Otro", "-m", "radio")
    run("edit", "PE-2009-0002", "--set", "title=Tercero", "-m", "radio", "--author", "Ben")
    told = run("undo")
    assert (told.code, "by Ben" in told.err) == (3, True)


def test_incidents_are_approved_all_or_none(run: Callable[..., Result]) -> None:
    run(*ADD)
    run("review", "submit", "PE-2026-0001", "--reviewer", "Luz")
    told = run("review", "approve", "PE-2026-0001", "NOSUCH", "--author", "Luz")
    assert (told.code, "None of the 2 incidents was changed" in told.err) == (4, True)
    assert "in-review" in run("review", "list", "--profile", "internal").out
    run("review", "return", "PE-2026-0001", "-m", "source?", "--author", "Luz")
    (row,) = json.loads(run("review", "list", "--format", "json", "--reviewer", "Ana", "--profile", "internal").out)
    assert (row["code"], row["assigned_to"]) == ("PE-2026-0001", "Ana")


@pytest.mark.parametrize(("answer", "done"), [("n", False), ("s", True)])
def test_a_person_is_asked_in_their_language_and_says_yes_or_no(
    run: Callable[..., Result], answer: str, *, done: bool
) -> None:
    run("edit", "PE-2009-0002", "--set", "title=Otro", "-m", "radio")
    told, code = screen("undo", answers=[("¿Deshacer esto? [S/n]", answer)], environment={"WILLAY_LANG": "es"})
    assert code == 0
    assert ("No se deshizo nada." in told, "Para rehacerlo: willay undo" in told) == (not done, done)
    assert ("undo of change" in run("history", "PE-2009-0002").out) == done
