"""`willay add` on a terminal: it asks, goes back, shows what it understood, saves when told to, and loses nothing."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import stat
import sys
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pty", reason="this system has no pseudo-terminals")

from pseudoterminal import PATIENCE_S, screen

from willay.events.cli.questions import question_about
from willay.events.cli.unfinished import Notebook, Unfinished, read_unfinished
from willay.events.model.errors import Fault
from willay.events.store import Store
from willay.geo.errors import GeoFileWriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from conftest import Result

pytestmark = pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")

CTRL_C, CTRL_D = "\x03", "\x04"
REST = [("Who took part", ""), ("How sure", ""), ("How sensitive", "")]
ANSWERS = [
    ("What happened", "Emboscada en el puente"),
    ("Type", "ambushh"),
    ("Did you mean Ambush", "ambush"),
    ("When", "el nueve del mes"),
    ("is not a day", "9/4/2012"),
    ("Where", "Bambamarca"),
    ("Which one", "2"),
    ("killed", "2-4"),
    ("injured", ""),
    ("Another count", ""),
    ("What is the source", "La nota del día"),
    ("What kind", "press"),
    ("Of what date", ""),
    ("Another source", ""),
    *REST,
]
SHORT = [
    ("What happened", "Paro"), ("Type", "ambush"), ("When", "2012-05-01"), ("Where", "Kiteni"), ("killed", ""),
    ("injured", ""), ("Another count", ""), ("What is the source", ""), *REST,
]  # fmt: skip
"""Of an incident of which only what, when and where is known."""


def talk(database: Path, answers: Sequence[tuple[str, str]], *words: str) -> tuple[str, int]:
    """Add an incident on a terminal; return all that was told, and the exit code."""
    return on_screen(database, answers, "add", *words)


def on_screen(database: Path, answers: Sequence[tuple[str, str]], *command: str) -> tuple[str, int]:
    """Run a command on a terminal; return all that was told, and the exit code."""
    environment = {"WILLAY_DB": str(database), "WILLAY_AUTHOR": "Ana"}
    return screen(*command, columns=160, answers=answers, environment=environment)


def drafts(database: Path) -> list[Path]:
    return sorted(database.parent.glob(f"{database.stem}.draft-*.json"))


def stored(run: Callable[..., Result], told: str) -> dict:  # type: ignore[type-arg]  # JSON
    """The incident that a dialogue saved."""
    code = told.partition("Saved as ")[2].split()[0].rstrip(".")
    return json.loads(run("show", code, "--json", "--profile", "internal").out)  # type: ignore[no-any-return]  # JSON


def test_a_person_is_asked_until_each_answer_can_be_read_and_sees_it_before_saving(peru: Path) -> None:
    told, code = talk(peru, [*ANSWERS, ("Save?", "y")])
    assert code == 0, told
    assert "La Libertad" in told
    assert "killed 2–4" in told
    assert re.search(r"Saved as PE-2012-\d{4}", told)
    assert drafts(peru) == []


def test_whoever_says_no_saves_nothing_and_may_keep_what_was_typed(peru: Path) -> None:
    before = peru.read_bytes()
    told, code = talk(peru, [*ANSWERS, ("Save?", "n"), ("Save your answers", "n")])
    assert code == 0, told
    assert "Nothing saved" in told
    assert peru.read_bytes() == before
    assert drafts(peru) == []


def test_a_number_that_nobody_gives_is_stored_as_unknown(peru: Path, run: Callable[..., Result]) -> None:
    answers = [*SHORT[:4], ("killed", ""), ("injured", "varios"), ("Another count", ""),
               ("What is the source", "La nota"), ("What kind", ""), ("Of what date", ""), ("Another source", ""),
               *REST, ("Save?", "")]  # fmt: skip
    told, code = talk(peru, answers)
    assert code == 0, told
    assert "injured number unknown" in told
    one = stored(run, told)
    assert one["details"]["claims"][0]["measure"] == "injured"
    assert one["injured_best"] is None


@pytest.mark.parametrize("stop", [CTRL_C, CTRL_D])
def test_who_stops_keeps_what_was_typed_and_goes_on_with_it(peru: Path, run: Callable[..., Result], stop: str) -> None:
    told, code = talk(peru, [*SHORT[:4], ("killed", stop), ("Save your answers", "")])
    assert code == 130, told
    assert "willay add --resume" in told
    (file,) = drafts(peru)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    told, code = talk(peru, [*SHORT[4:], ("Save?", "")], "--resume")
    assert code == 0, told
    assert "What happened? (" not in told
    one = stored(run, told)
    assert (one["title"], one["subtype"], one["first_day"], one["place_name"]) == (
        "Paro", "ambush", "2012-05-01", "Kiteni",
    )  # fmt: skip
    assert drafts(peru) == []


def test_who_says_no_keeps_what_was_typed_and_changes_it_later(peru: Path, run: Callable[..., Result]) -> None:
    told, _ = talk(peru, [*SHORT, ("Save?", "n"), ("Save your answers", "y")])
    assert "--resume" in told
    told, code = talk(peru, [("Save?", "y")], "--resume", "--day", "2012-05-02")
    assert code == 0, told
    assert stored(run, told)["first_day"] == "2012-05-02"


def test_a_terminal_that_is_closed_keeps_what_was_typed(peru: Path) -> None:
    pty = pytest.importorskip("pty")
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(WILLAY_DB=str(peru), WILLAY_AUTHOR="Ana", TERM="dumb")
        os.execv(sys.executable, [sys.executable, "-m", "willay.events.cli", "add"])  # noqa: S606 — our own command
    for answer in ("Paro", "ambush"):
        os.write(terminal, f"{answer}\n".encode())
    while select.select([terminal], [], [], PATIENCE_S)[0]:  # each question comes after the answer before is written
        os.read(terminal, 4096)
        if drafts(peru) and "ambush" in drafts(peru)[0].read_text("utf-8"):
            break
    os.kill(process, signal.SIGKILL)  # as hard as a process can end
    os.close(terminal)
    os.waitpid(process, 0)
    told, code = talk(peru, [*SHORT[2:], ("Save?", "")], "--resume")
    assert code == 0, told
    assert re.search(r"Saved as PE-2012-\d{4}", told)


def test_a_person_goes_back_and_changes_an_answer(peru: Path, run: Callable[..., Result]) -> None:
    answers = [
        ("What happened", "Paru"), ("Type", "<"), ("What happened", "Paro"), ("Type", "ambush"),
        ("When", "2012-05-01"), ("Where", "Kiteni"), ("killed", "3"), ("injured", "<"), ("killed", "-"),
        ("injured", ""), *SHORT[6:], ("Save?", "<"), ("sensitive", "restricted"), ("Save?", "y"),
    ]  # fmt: skip
    told, code = talk(peru, answers)
    assert code == 0, told
    one = stored(run, told)
    assert (one["title"], one["details"]["claims"]) == ("Paro", [])
    with Store.open(peru) as store:
        assert store.read.draft(one["code"]).draft.sensitivity == "restricted"


def test_going_back_from_the_choice_of_a_place_asks_where_again(peru: Path, run: Callable[..., Result]) -> None:
    answers = [*SHORT[:3], ("Where", "Bambamarca"), ("Which one", "<"), ("When", ""), ("Where", "Kiteni"), *SHORT[4:]]
    told, code = talk(peru, [*answers, ("Save?", "")])
    assert code == 0, told
    assert stored(run, told)["place_name"] == "Kiteni"


LATE = [
    (("--actor", "nobody-of-that-name"), "Who took part", "pnp=present", ("actors", "Peru")),
    (("--status", "publicado"), "Status", "draft", ("status", "draft")),
    (("--day", "2039-01-01"), "When", "2012-05-02", ("first_day", "2012-05-02")),
    (("--claim", "killed=5-3", "-s", "x"), "Another count", "killed=3", ("killed_best", "3")),
]


@pytest.mark.parametrize(("words", "question", "answer", "expected"), LATE, ids=[words[0] for words, *_ in LATE])
def test_a_late_fault_returns_to_its_question_with_the_other_answers_kept(
    peru: Path, run: Callable[..., Result], words: tuple[str, ...], question: str, answer: str, *,
    expected: tuple[str, str],
) -> None:  # fmt: skip
    given = {"--day": {"When"}, "--claim": {"killed", "Another count", "What is the source"},
             "--actor": {"Who took part"}}.get(words[0], set())  # fmt: skip
    asked = [one for one in SHORT if one[0] not in given]
    if words[0] == "--claim":
        asked[5:5] = [("What kind", ""), ("Of what date", ""), ("Another source", "")]
    told, code = talk(peru, [*asked, (question, answer), ("Save?", "y")], *words)
    assert code == 0, told
    one = stored(run, told)
    assert (one["title"], one["place_name"]) == ("Paro", "Kiteni")
    assert expected[1] in str(one[expected[0]])


def test_an_option_that_cannot_be_read_is_asked_for_first(peru: Path, run: Callable[..., Result]) -> None:
    told, code = talk(peru, [("Which country", "Perú"), *SHORT, ("Save?", "y")], "--country", "ZZ")
    assert code == 0, told
    assert stored(run, told)["country"] == "PE"


def test_a_source_called_like_another_is_asked_about(peru: Path, run: Callable[..., Result]) -> None:
    run("source", "add", "llamada-telefonica", "--source-kind", "press", "--title", "Llamada telefónica")
    answers = [*SHORT[:4], ("killed", "3"), *SHORT[5:7], ("What is the source", "Llamada telefónica")]
    new = [("same document", ""), ("What kind", ""), ("Another source", ""), *REST, ("Save?", "y")]
    told, code = talk(peru, [*answers, *new])
    assert code == 0, told
    assert list(stored(run, told)["details"]["sources"]) == ["llamada-telefonica-2"]
    told, code = talk(peru, [*answers, ("same document", "y"), ("Another source", ""), *REST, ("Save?", "y")])
    assert code == 0, told
    assert list(stored(run, told)["details"]["sources"]) == ["llamada-telefonica"]
    assert "already recorded" in told


def test_a_dialogue_in_another_countrys_database_records_that_country(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    run("init", "ke.gpkg", "--country", "KE")
    answers = [*SHORT[:3], ("Where", "Nairobi"), *SHORT[4:], ("Save?", "y")]
    told, code = talk(tmp_path / "ke.gpkg", answers)
    assert code == 0, told
    assert "= Nairobi · settlement" in told
    assert "Saved as KE-2012-0001" in told


def test_answers_that_were_kept_are_told_of_and_several_are_kept_apart(peru: Path) -> None:
    for title in ("Uno", "Dos"):
        told, _ = talk(peru, [("What happened", title), ("Type", CTRL_C), ("Save your answers", "")])
    assert "Saved answers found: 1 unfinished incident." in told
    assert [json.loads(file.read_text("utf-8"))["answers"]["title"] for file in drafts(peru)] == ["Uno", "Dos"]
    told, _ = talk(peru, [("Type", "ambush"), ("When", ""), ("Where", ""), *SHORT[4:], ("Save?", "y")], "--resume")
    assert "Dos" in told
    assert [file.name for file in drafts(peru)] == ["peru.draft-1.json"]


def test_a_dry_run_keeps_what_was_typed(peru: Path) -> None:
    told, code = talk(peru, SHORT, "--dry-run")
    assert code == 0, told
    assert "Nothing saved (--dry-run)" in told
    assert len(drafts(peru)) == 1


def test_there_must_be_something_to_go_on_with(peru: Path, run: Callable[..., Result]) -> None:
    told, code = talk(peru, [], "--resume")
    assert (code, "No unfinished incident was found" in told) == (4, True)
    without = run("add", "--resume")
    assert (without.code, "Questions can be asked only on a terminal" in without.err) == (5, True)
    (peru.parent / "peru.draft-1.json").write_text("[]", "utf-8")
    told, code = talk(peru, [], "--resume")
    assert (code, "not a file of unfinished answers" in told) == (3, True)
    assert len(drafts(peru)) == 1


def test_answers_that_cannot_be_kept_hinder_nobody(peru: Path) -> None:
    content = Unfinished(words={"title": "x"})
    notebook = Notebook(peru.parent / "none" / "peru.draft-1.json")
    notebook.save(content)
    assert isinstance(notebook.trouble, GeoFileWriteError)
    notebook.forget()
    whole = Notebook(peru.parent / "peru.draft-1.json")
    whole.save(content)
    assert whole.trouble is None
    assert read_unfinished(whole.path) == content


@pytest.mark.parametrize(
    ("where", "question"),
    [
        ("incidents[0].title.es", "title"), ("type", "type"), ("incidents[0].days", "days"),
        ("incidents[0].places[0]", "places"), ("place: admin_code", "places"),
        ("incidents[0].parties[1].actor", "actors"),
        ("incidents[0].cases[0]", "cases"), ("incidents[0].part_of", "part_of"), ("tags[1]", "tags"),
        ("incidents[0].claims[0].source", "source"), ("claims", "source"), ("claims[1]", "injured"),
        ("incidents[0].claims[2].measure", "claims"), ("source: url", "source"), ("source: published_on", "published"),
        ("source: kind", "source_kind"), ("sources[0].key", "source"), ("country", "country"),
        ("sensitivity", "sensitivity"), ("", None), ("incidents[0]", None),
    ],
)  # fmt: skip
def test_every_fault_is_about_the_question_whose_answer_it_is(where: str, question: str | None) -> None:
    claims = [("killed=3", "killed"), ("injured=2", "injured"), ("abducted=4", "claims")]
    assert question_about(Fault(where, "x"), claims) == question


@pytest.mark.parametrize(("answer", "released"), [("a", "7"), ("c", "3")])
def test_a_second_count_of_a_source_is_asked_about(peru: Path, answer: str, released: str) -> None:
    told, code = on_screen(peru, [], "source", "add", "radio-de-ejemplo", "--source-kind", "press", "--title", "Radio")
    assert code == 0, told
    first = ["claim", "add", "conga-july-2012", "--source", "radio-de-ejemplo"]
    told, code = on_screen(peru, [], *first, "released=4")
    assert code == 0, told
    second = [("count additional people", "x"), ("Type c (corrects) or a", answer)]
    told, code = on_screen(peru, second, *first, "released=3")
    assert code == 0, told
    assert "states released 4" in told
    shown, code = on_screen(peru, [], "show", "conga-july-2012")
    assert code == 0
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert re.search(rf"^released\s+{released} ", plain, re.MULTILINE), plain
    assert ("superseded by 7" in plain) == (answer == "c")
    assert ("added to the earlier count" in plain) == (answer == "a")


@pytest.mark.parametrize(
    "words", [("add", "-t", "Paro", "--type", "strike", "--place", "San Juan"), ("edit", "kepashiato-2012", "--place",
              "San Juan", "-m", "x")],
)  # fmt: skip
def test_going_back_where_there_is_no_question_before_stops(peru: Path, words: tuple[str, ...]) -> None:
    before = peru.read_bytes()
    told, code = on_screen(peru, [("Which one", "<")], *words)
    assert code == 130, told
    assert "Traceback" not in told
    assert peru.read_bytes() == before


def test_a_second_source_has_its_own_counts(peru: Path, run: Callable[..., Result]) -> None:
    answers = [
        *SHORT[:4], ("killed", "3"), ("injured", ""), ("Another count", "2 policías heridos"),
        ("What is the source", "Radio Uno"), ("What kind", ""), ("Of what date", "2012-05-02"),
        ("Another source", "Diario Dos"), ("What kind", "press"), ("Of what date", ""), ("killed", "4"),
        ("injured", "0"), ("Another count", ""), ("Another source", ""), *REST, ("Save?", ""),
    ]  # fmt: skip
    told, code = talk(peru, answers)
    assert code == 0, told
    said = stored(run, told)["details"]["claims"]
    assert [(claim["source"], claim["measure"], claim["group"], claim["best"]) for claim in said] == [
        ("radio-uno", "killed", "all", 3), ("radio-uno", "injured", "police", 2), ("diario-dos", "killed", "all", 4),
        ("diario-dos", "injured", "all", 0),
    ]  # fmt: skip
    assert "Now what 'Diario Dos' states" in told


def test_the_rest_is_asked_when_it_is_asked_for(peru: Path, run: Callable[..., Result]) -> None:
    given = ("--ask", "-t", "Paro", "--type", "ambush", "--day", "2012-05-01", "--place", "Kiteni", "--killed", "2")
    answers = [("injured", "1"), ("What is the source", "Radio Uno"), ("What kind", ""), ("Of what date", ""),
               ("Another source", ""), *REST, ("Save?", "")]  # fmt: skip
    told, code = talk(peru, answers, *given)
    assert code == 0, told
    assert "What happened? (" not in told
    one = stored(run, told)
    assert (one["killed_best"], one["injured_best"]) == (2, 1)
    without = run("add", "--ask", "-t", "Paro", "--type", "strike")
    assert (without.code, "only on a terminal" in without.err) == (5, True)


def test_a_new_actor_is_added_with_its_kind_and_its_role(peru: Path, run: Callable[..., Result]) -> None:
    answers = [
        *SHORT[:8], ("Who took part", "Club de Madres X; pnp=target"), ("Add it as a new one", "y"),
        ("What kind of actor", "civil"), ("What part did Club", "1"), *REST[1:], ("Save?", ""),
    ]  # fmt: skip
    told, code = talk(peru, answers)
    assert code == 0, told
    with Store.open(peru) as store:
        parties = store.read.draft(stored(run, told)["code"]).draft.parties
    assert [(party.actor, party.role) for party in parties] == [
        ("club-de-madres-x", "initiator"), ("police", "target"),
    ]  # fmt: skip


def test_two_new_sources_of_one_title_in_one_incident_are_two(peru: Path, run: Callable[..., Result]) -> None:
    answers = [
        *SHORT[:4], ("killed", "3"), *SHORT[5:7], ("What is the source", "Llamada telefónica"), ("What kind", ""),
        ("Another source", "Llamada telefónica"), ("What kind", ""), ("killed", "4"), ("injured", ""),
        ("Another count", ""), ("Another source", ""), *REST, ("Save?", ""),
    ]  # fmt: skip
    told, code = talk(peru, answers)
    assert code == 0, told
    assert list(stored(run, told)["details"]["sources"]) == ["llamada-telefonica", "llamada-telefonica-2"]


LANGUAGES_OF_YES = ["s", "SI", "sí", "y", "Yes", ""]


@pytest.mark.parametrize("answer", LANGUAGES_OF_YES)
def test_yes_is_understood_in_both_languages(peru: Path, answer: str) -> None:
    told, code = talk(peru, [*SHORT, ("Save?", answer)])
    assert (code, "Saved as PE-2012-" in told) == (0, True), told
