"""`willay log` and `list --changed-since`: what did I do, and since when."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from willay.events import store
from willay.events.cli.act_words import action_in_words, kind_in_words
from willay.events.store.read.acts import KINDS
from willay.events.store.record.review_rules import CONTENT
from willay.geo.translation import in_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

pytestmark = pytest.mark.usefixtures("peru")
ADD = ("add", "--title", "Bloqueo", "--type", "road-block", "--day", "2026-03-19", "--source", "Radio X, 19/3/2026")


def test_my_own_changes_are_one_line_each_the_newest_first(run: Callable[..., Result]) -> None:
    assert run(*ADD).code == 0
    assert run("edit", "PE-2026-0001", "--set", "summary=Otro", "-m", "radio").code == 0
    assert run("edit", "PE-2009-0001", "--set", "summary=Otro", "-m", "error", "--author", "Ben").code == 0
    told = run("log", "--author", "me", "--since", "7d")
    assert told.code == 0, told.err
    assert [line.split("\t")[2:] for line in told.out.splitlines()] == [
        ["Who", "What", "Done", "Why"],
        ["Ana", "PE-2026-0001", "edited", "radio"],
        ["Ana", "PE-2026-0001, source radio-x-19-3-2026", "added", "added"],
    ]
    assert "2 changes · by Ana · since 2026-03-13 00:00 UTC" in told.err


def test_changes_are_listed_for_programs(run: Callable[..., Result]) -> None:
    run("edit", "PE-2009-0001", "--set", "summary=Otro", "-m", "error")
    (row,) = json.loads(run("log", "--author", "ana", "--format", "json").out)
    assert row == {
        "number": row["number"],
        "recorded_at": "2026-03-20T09:46:40+00:00",
        "author": "Ana",
        "subjects": ["incident PE-2009-0001"],
        "action": ["edit"],
        "reason": "error",
        "subject_count": 1,
    }
    for style in ("csv", "tsv", "ndjson"):
        assert "PE-2009-0001" in run("log", "--kind", "incident", "--limit", "1", "--format", style).out


def test_how_many_more_there_are_is_said(run: Callable[..., Result]) -> None:
    told = run("log", "--limit", "2")
    assert len(told.out.splitlines()) == 3
    assert "the newest 2 listed; for more: --limit " in told.err


def test_a_list_of_what_was_changed_since(run: Callable[..., Result]) -> None:
    run("edit", "PE-2009-0001", "--set", "summary=Otro", "-m", "error", "--author", "Ben")
    run("edit", "PE-2009-0002", "--set", "summary=Otro", "-m", "error")
    internal = ("--profile", "internal", "--format", "json")
    assert [row["code"] for row in json.loads(run("list", "--changed-by", "me", *internal).out)] == ["PE-2009-0002"]
    every = run("list", "--changed-since", "2026-03-20T00:00Z", "--changed-by", "ben", *internal)
    assert [row["code"] for row in json.loads(every.out)] == ["PE-2009-0001"]
    assert json.loads(run("list", "--changed-since", "2026-03-21", *internal).out) == []
    refused = run("list", "--changed-by", "me")
    assert (refused.code, "--profile internal" in refused.err) == (5, True)


@pytest.mark.parametrize("words", [("log", "--since", "a while"), ("list", "--changed-since", "a while")])
def test_a_moment_that_cannot_be_read_is_refused(run: Callable[..., Result], words: tuple[str, ...]) -> None:
    told = run(*words)
    assert (told.code, "cannot be read" in told.err or "can be read" in told.err) == (3, True), told.err


def test_every_action_of_the_record_has_a_word() -> None:
    """The actions are found where revisions are made: in the code of the store."""
    folder = Path(store.__file__).parent
    files = [file for part in ("parts", "write", "record") for file in sorted((folder / part).glob("*.py"))]
    code = "\n".join(file.read_text("utf-8") for file in files)
    said = {*re.findall(r'\((?:setting, )?(?:who|author), "([a-z-]+)"\)', code), *CONTENT}
    assert {"edit", "retract", "revert", "claim", "attach"} <= said
    with in_language("es"):
        assert not [one for one in said if action_in_words(one) == one]
        assert all(kind_in_words(kind) for kind in KINDS)
