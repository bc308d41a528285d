"""`willay review submit|accept|approve` by the filters of `list`, without listing codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

    Run = Callable[..., Result]


@pytest.fixture
def drafts(run: Run, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(str(tmp_path))
    monkeypatch.setenv("WILLAY_DB", "w.gpkg")
    monkeypatch.setenv("WILLAY_AUTHOR", "Ana")
    assert run("init", "w.gpkg", "--country", "PE").code == 0
    for day in (1, 2, 3):
        assert run("add", "-t", f"March {day}", "--type", "protest", "--day", f"2021-03-0{day}", "--yes").code == 0
    return run


def statuses() -> list[str]:
    with Store.open("w.gpkg") as store:
        return [store.read.draft(f"PE-2021-000{number}").status for number in (1, 2, 3)]


def test_filters_choose_what_is_submitted_and_approved(drafts: Run) -> None:
    told = drafts("review", "submit", "--type", "protest", "--to", "2021-03-02", "--reviewer", "Beto")
    assert told.code == 0, told.err
    assert statuses() == ["in-review", "in-review", "draft"]
    assert drafts("review", "approve", "--days", "2021", "--author", "Beto").code == 0
    assert statuses() == ["published", "published", "draft"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ((), 2, "Give codes of incidents, or filters"),
        (("PE-2021-0001", "--status", "draft"), 2, "not both"),
        (("--tag", "none"), 4, "No incident answers the question (status: lead, draft)"),
        (("--as-of", "2021"), 3, "Leave as-of out"),
        (("--days", "2021", "--base-revision", "3"), 2, "applies to one incident only"),
    ],
)
def test_what_chooses_nothing_is_refused(drafts: Run, words: tuple[str, ...], code: int, message: str) -> None:
    told = drafts("review", "submit", *words)
    assert (told.code, message in " ".join(told.err.split())) == (code, True), told.err
    assert statuses() == ["draft"] * 3


@pytest.mark.parametrize(("answer", "expected"), [("n", "draft"), ("y", "in-review")])
def test_a_person_is_asked_before_what_filters_chose_is_changed(
    drafts: Run, monkeypatch: pytest.MonkeyPatch, answer: str, expected: str
) -> None:
    asked: list[str] = []

    def agrees(question: str, **_: object) -> bool:
        asked.append(question)
        return answer == "y"

    monkeypatch.setattr("willay.events.cli.chosen.on_terminal", lambda: True)
    monkeypatch.setattr("willay.events.cli.chosen.agreed", agrees)
    assert drafts("review", "submit", "PE-2021-0001").code == 0
    assert asked == []
    assert drafts("review", "submit", "--from", "2021-03-02").code == 0
    assert asked == ["submit: 2 incidents?"]
    assert statuses() == ["in-review", expected, expected]
    assert drafts("review", "submit", "--from", "2021-03-03", "--status", "draft", "--yes").code in {0, 4}
    assert len(asked) == 1
