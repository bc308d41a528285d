"""Days and counts as people say them, on the command line: read, shown, asked about where they can be two, refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pty", reason="this system has no pseudo-terminals")

from pseudoterminal import screen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from conftest import Result

pytestmark = pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")

SATURDAY = "1780747200"
"""Noon of Saturday 6 June 2026, UTC."""


@pytest.fixture
def base(run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database without incidents, on a Saturday."""
    run("init", "said.gpkg", "--country", "PE")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", SATURDAY)
    monkeypatch.setenv("TZ", "UTC")
    return tmp_path / "said.gpkg"


def talk(base: Path, days: Sequence[tuple[str, str]], injured: Sequence[tuple[str, str]]) -> str:
    answers = [("What happened", "Paro"), ("Type", "strike"), *days, ("Where", ""), *injured, ("detained", "")]
    answers += [("took part", ""), ("Another count", ""), ("What is the source", "La nota"), ("What kind", "")]
    answers += [("Of what date", ""), ("Another source", ""), ("Who took part", ""), ("How sure", "")]
    answers += [("How sensitive", ""), ("Save?", "y")]
    environment = {"WILLAY_DB": str(base), "WILLAY_AUTHOR": "Ana", "SOURCE_DATE_EPOCH": SATURDAY, "TZ": "UTC"}
    told, code = screen("add", columns=160, answers=answers, environment=environment)
    assert code == 0, told
    return told


def shown(run: Callable[..., Result], base: Path, code: str = "PE-2026-0001") -> dict:  # type: ignore[type-arg]  # JSON
    return json.loads(run("show", code, "--json", "--profile", "internal", "--db", str(base)).out)  # type: ignore[no-any-return]  # JSON


def test_the_reading_is_shown_and_what_is_left_out(run: Callable[..., Result], base: Path) -> None:
    told = talk(base, [("When", "madrugada del 5")], [("injured", "varios")])
    assert "= 5 June 2026 (Friday)" in told
    assert "not “madrugada”" in told
    assert "number unknown" in told, told
    one = shown(run, base)
    assert (one["first_day"], one["last_day"], one["date_precision"]) == ("2026-06-05", "2026-06-05", "day")
    assert one["details"]["claims"][0]["note"] == {"und": "varios"}


def test_days_that_can_be_two_are_asked_about(run: Callable[..., Result], base: Path) -> None:
    told = talk(base, [("When", "el sábado"), ("Which one", "2")], [("injured", "1.244"), ("write 1244", "1,244")])
    assert "1. 6 June 2026 (Saturday)" in told
    assert "= 30 May 2026 (Saturday)" in told
    one = shown(run, base)
    assert (one["first_day"], one["injured_best"]) == ("2026-05-30", 1244)


def test_what_cannot_be_read_is_asked_again(run: Callable[..., Result], base: Path) -> None:
    days = [("When", "el brujo"), ("Write 2026-05-09", "el sábado"), ("Which one", "a mediados de mayo")]
    told = talk(base, days, [("injured", "al menos 3")])
    assert "mid-May 2026 (11–20 May)" in told
    one = shown(run, base)
    assert (one["first_day"], one["last_day"], one["date_precision"]) == ("2026-05-11", "2026-05-20", "month")
    card = run("show", "PE-2026-0001", "--profile", "internal", "--db", str(base)).out
    assert "2026-05-11 – 2026-05-20" in card


def test_options_are_read_and_shown_before_saving(run: Callable[..., Result], base: Path) -> None:
    new = ("add", "-y", "-t", "Paro", "--type", "strike", "--author", "Ana", "--db", str(base))
    told = run(*new, "--day", "9/5/2026", "--killed", "unos 10", "-s", "La nota", "--published", "el lunes")
    assert told.code == 0, told.err
    assert "9 May 2026 (Saturday)" in told.err
    assert "La nota, 2026-06-01" in told.err
    refused = run(*new, "--day", "el sábado")
    assert (refused.code, "Write 2026-06-06 or 2026-05-30" in refused.err) == (3, True)
    refused = run(*new, "--published", "qué sé yo", "-s", "x")
    assert (refused.code, "is not a day that can be read" in refused.err) == (3, True)


def test_an_edit_and_a_claim_read_days_and_counts(run: Callable[..., Result], base: Path) -> None:
    where = ("--author", "Ana", "--db", str(base))
    run("add", "-y", "-t", "Paro", "--type", "strike", "--day", "mediados de mayo", *where)
    edited = run("edit", "PE-2026-0001", "--set", "days=9 de mayo", "-m", "x", *where)
    assert "= 9 May 2026 (Saturday)" in edited.err, edited.err
    one = shown(run, base)
    assert (one["first_day"], one["date_precision"]) == ("2026-05-09", "day")
    refused = run("edit", "PE-2026-0001", "--set", "days=el sábado", "-m", "x", *where)
    assert (refused.code, "2026-06-06 or 2026-05-30" in refused.err) == (3, True)
    claim = (
        "claim",
        "add",
        "PE-2026-0001",
        "injured=varios",
        "-s",
        "La nota",
        "--note",
        "by radio",
        "--stated",
        "ayer",
    )
    assert run(*claim, *where).code == 0
    (said,) = shown(run, base)["details"]["claims"]
    assert (said["stated_on"], said["note"]) == ("2026-06-05", {"und": "varios; by radio"})


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (("--from", "el lunes", "--to", "hoy"), "2026-06-01 – 2026-06-06"),
        (("--from", "05/06/2026"), "2026-06-05 – …"),
        (("--days", "mediados de mayo"), "2026-05-11 – 2026-05-20"),
    ],
)
def test_a_list_is_asked_for_days_in_words(
    run: Callable[..., Result], base: Path, words: tuple[str, ...], days: str
) -> None:
    assert days in run("list", *words, "--db", str(base)).err


@pytest.mark.parametrize("text", ["el sábado", "no se sabe", "qué sé yo", "2026-02-30"])
def test_a_list_refuses_what_is_no_day(run: Callable[..., Result], base: Path, text: str) -> None:
    told = run("list", "--from", text, "--db", str(base))
    assert told.code != 0
    assert "Write 20" in told.err
