"""Attachments on the command line: attached, listed, saved, removed and erased, and what every command answers."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

import pytest

from willay.events.cli import exit_codes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

JPEG = b"\xff\xd8\xff\xe0 a bridge"
DIGEST = hashlib.sha256(JPEG).hexdigest()
ADD = [
    "add",
    "--type",
    "armed-clash",
    "--days",
    "2012-03-05",
    "--killed",
    "3",
    "-s",
    "press-1",
    "--title",
    "T",
    "--yes",
]
CODE = "PE-2012-0001"
LIST = ["attachment", "list", "--profile", "internal"]


@pytest.fixture
def willay(run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs commands on a database with one incident and one source, next to a photograph and a text."""
    assert run("init", "x.gpkg").code == 0
    monkeypatch.setenv("WILLAY_DB", "x.gpkg")
    assert run(*ADD).code == 0
    (tmp_path / "bridge.jpg").write_bytes(JPEG)
    (tmp_path / "notes.txt").write_text("Visto.")
    return run


def listed(willay: Callable[..., Result], *words: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(willay(*LIST, *words, "--format", "json").out)
    return rows


@pytest.mark.parametrize("command", [["attach"], ["attachment", "add"]])
def test_files_are_attached_and_listed(willay: Callable[..., Result], command: list[str]) -> None:
    done = willay(*command, CODE, "bridge.jpg", "notes.txt", "--caption", "The bridge", "--sensitivity", "restricted")
    assert (done.code, done.out) == (0, "")
    first, second, last = done.err.splitlines()
    assert first == f"bridge.jpg: attached. image/jpeg, 13 bytes, SHA-256 {DIGEST}"
    assert second == f"notes.txt: attached. text/plain, 6 bytes, SHA-256 {hashlib.sha256(b'Visto.').hexdigest()}"
    assert last.startswith(f"{CODE}: attachments: 2 added; revision ")
    assert last.endswith(f"See: willay attachment list {CODE}")
    assert listed(willay, CODE)[0] == {
        "kind": "incident", "belongs_to": CODE, "sha256": DIGEST, "size": 13, "media_type": "image/jpeg",
        "name": "bridge.jpg", "caption": {"und": "The bridge"}, "sensitivity": "restricted", "content": "stored",
    }  # fmt: skip
    assert willay(*LIST).out.splitlines()[:2] == [
        "Belongs to\tName\tType\tSize\tSHA-256\tContent\tSensitivity\tCaption",
        f"{CODE}\tbridge.jpg\timage/jpeg\t13 bytes\t{DIGEST[:12]}\tstored\trestricted\tThe bridge",
    ]
    assert willay("attach", CODE, "notes.txt").err.endswith(f"{CODE}: no changes; nothing was recorded.\n")
    assert willay("check").code == 0


def test_a_source_has_attachments_too(willay: Callable[..., Result]) -> None:
    assert willay("attach", "press-1", "bridge.jpg", "--kind", "source").code == 0
    done = willay("attach", CODE, "bridge.jpg")
    assert "bridge.jpg: attached; the database had its content already." in done.err
    assert [one["belongs_to"] for one in listed(willay)] == [CODE, "press-1"]
    assert [one["name"] for one in listed(willay, "press-1", "--kind", "source")] == ["bridge.jpg"]
    assert willay("attach", "press-1", "bridge.jpg").code == exit_codes.NOT_FOUND
    assert willay("attach", CODE, "bridge.jpg", "--kind", "source").code == exit_codes.NOT_FOUND
    assert willay("attach", "press-1", "bridge.jpg", "--kind", "actor").code == exit_codes.USAGE


def test_show_lists_them_for_who_sees_the_record_and_for_nobody_else(willay: Callable[..., Result]) -> None:
    willay("attach", CODE, "bridge.jpg", "--caption", "The bridge")
    shown = willay("show", CODE, "--profile", "internal")
    assert f"bridge.jpg · image/jpeg · 13 bytes · SHA-256 {DIGEST[:12]}… · stored · The bridge" in shown.out
    as_json = json.loads(willay("show", CODE, "--profile", "internal", "--json").out)
    assert [one["sha256"] for one in as_json["attachments"]] == [DIGEST]
    willay("edit", CODE, "--set", "status=in-review", "-m", "x")
    for style in ([], ["--json"]):
        for profile in (["--profile", "partner"], ["--profile", "public"], []):
            out = willay("show", CODE, *profile, *style)
            assert "bridge" not in out.out + out.err
    for profile in (["--profile", "partner"], ["--profile", "public"], []):
        out = willay("attachment", "list", *profile, "--format", "json")
        assert (json.loads(out.out), out.code) == ([], 0)
        assert "attachments are never shown. To list them: --profile internal" in out.err


def test_they_are_saved_as_they_were_and_over_nothing(willay: Callable[..., Result], tmp_path: Path) -> None:
    os.rename(tmp_path / "bridge.jpg", tmp_path / "bridge.jpg.exe")  # noqa: PTH104 — as a person does
    willay("attach", CODE, "bridge.jpg.exe", "notes.txt")
    (tmp_path / "out").mkdir()
    done = willay("attachment", "save", CODE, "--in", "out")
    assert (done.code, done.out) == (0, "")
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == {
        "bridge.jpg.exe.jpg": JPEG, "notes.txt": b"Visto.",
    }  # fmt: skip
    again = willay("attachment", "save", CODE, "notes.txt", "--in", "out")
    assert (again.code, "notes.txt: the file already exists" in again.err) == (exit_codes.REFUSED, True)
    (tmp_path / "out" / "notes.txt").write_text("mine")
    assert willay("attachment", "save", CODE, DIGEST[:6], "--in", "out").code == exit_codes.REFUSED
    assert willay("attachment", "save", CODE, "notes.txt", "notes.txt", "--in", "out", "--force").code == 0
    assert (tmp_path / "out" / "notes.txt").read_text() == "Visto."
    missing = willay("attachment", "save", CODE, "--in", "nowhere")
    assert (missing.code, "nowhere" in missing.err) == (exit_codes.BAD_FILE, True)
    assert willay("attachment", "save", CODE, "photo").code == exit_codes.NOT_FOUND


def test_a_file_that_a_document_names_badly_is_saved_in_the_folder(
    willay: Callable[..., Result], tmp_path: Path
) -> None:
    names = ["../../escape.jpg", "/etc/cron.d/x", "C:\\x\\CON.jpg", "-rf", "a.desktop"]
    digests = [hashlib.sha256(name.encode()).hexdigest() for name in names]
    entries = [
        {"sha256": digest, "size": len(name.encode()), "media_type": "text/plain", "name": name}
        for name, digest in zip(names, digests, strict=True)
    ]
    assert willay("edit", CODE, "--set", f"attachments={json.dumps(entries)}", "-m", "by hand").code == 0
    for number, name in enumerate(names):
        (tmp_path / f"{number}.txt").write_text(name)
    done = willay("attach", CODE, *(f"{number}.txt" for number in range(len(names))))
    assert done.err.count("its content is stored now") == len(names)
    (tmp_path / "deep" / "out").mkdir(parents=True)
    before = {file for file in tmp_path.rglob("*") if "out" not in file.parts}
    assert willay("attachment", "save", CODE, "--in", "deep/out").code == 0
    assert sorted(file.name for file in (tmp_path / "deep" / "out").iterdir()) == [
        "-rf.txt", "_CON.jpg.txt", "a.desktop.txt", "escape.jpg.txt", "x.txt",
    ]  # fmt: skip
    assert {file for file in tmp_path.rglob("*") if "out" not in file.parts} == before


def test_a_removed_file_stays_in_the_history_and_an_erased_one_is_gone(willay: Callable[..., Result]) -> None:
    willay("attach", CODE, "bridge.jpg")
    assert willay("attachment", "remove", CODE, "bridge.jpg").code == exit_codes.REFUSED
    removed = willay("attachment", "remove", CODE, "bridge.jpg", "-m", "another bridge")
    assert f"{CODE}: removed bridge.jpg; revision" in removed.err
    assert f"To erase it for ever: willay attachment erase {DIGEST[:12]}" in removed.err
    assert "attachments: 1 removed" in willay("history", CODE).out
    assert willay("attachment", "erase", DIGEST[:12]).code == exit_codes.REFUSED
    erased = willay("attachment", "erase", DIGEST[:12], "-m", "a witness")
    assert erased.err.startswith(f"Erased: 13 bytes, SHA-256 {DIGEST}; revision ")
    assert willay("attachment", "erase", DIGEST[:12], "-m", "a witness").code == exit_codes.NOT_FOUND
    again = willay("attach", CODE, "bridge.jpg")
    assert "Ana erased this content on" in again.err
    assert "(a witness). It is stored again." in again.err


def test_an_absent_content_is_stated_wherever_it_is_listed(willay: Callable[..., Result]) -> None:
    done = willay("attach", CODE, "bridge.jpg", "--hash-only")
    assert "bridge.jpg: attached; only its SHA-256, size and type were recorded. image/jpeg" in done.err
    assert "· not stored here" in willay("show", CODE, "--profile", "internal").out
    saved = willay("attachment", "save", CODE, "bridge.jpg")
    assert (saved.code, "only its SHA-256 is recorded" in saved.err) == (exit_codes.NOT_FOUND, True)
    every = willay("attachment", "save", CODE)
    assert (every.code, "has no attachment whose content is stored" in every.err) == (exit_codes.NOT_FOUND, True)
    checked = willay("check")
    assert (checked.code, "The content of 'bridge.jpg' is not in this database" in checked.out) == (0, True)
    assert "bridge.jpg: listed already; its content is stored now." in willay("attach", CODE, "bridge.jpg").err
    assert willay("check").out.count("bridge") == 0


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([CODE, "nothing.jpg"], exit_codes.NOT_FOUND, "The file 'nothing.jpg' does not exist"),
        ([CODE, "folder"], exit_codes.BAD_FILE, "'folder' is a folder, but a file was expected"),
        ([CODE, "pipe"], exit_codes.BAD_FILE, "'pipe' is a pipe, but a file was expected"),
        ([CODE, "empty"], exit_codes.REFUSED, "'empty' is empty"),
        ([CODE, "large"], exit_codes.REFUSED, "'large' has 26,214,401 bytes"),
        (["PE-2012-0009", "bridge.jpg"], exit_codes.NOT_FOUND, "PE-2012-0009"),
        ([CODE, "bridge.jpg", "--sensitivity", "secret"], exit_codes.BAD_INPUT, "sensitivity"),
        ([CODE, "bridge.jpg", "--caption", "a\x1b[2J"], exit_codes.BAD_INPUT, "caption"),
        ([CODE], exit_codes.USAGE, "files"),
    ],
)
def test_what_cannot_be_attached_is_refused_in_words_and_nothing_is_recorded(
    willay: Callable[..., Result], tmp_path: Path, words: list[str], code: int, message: str
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    with (tmp_path / "large").open("wb") as file:
        file.truncate(25 * 1024**2 + 1)
    done = willay("attach", *words[:1], "notes.txt", *words[1:]) if len(words) > 1 else willay("attach", *words)
    assert (done.code, message in done.err) == (code, True), done.err
    assert "Traceback" not in done.err
    assert listed(willay) == []


def test_a_photograph_that_another_incident_has_is_noticed(willay: Callable[..., Result], tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image", reason="the extra `pictures` is not installed")
    picture = image.linear_gradient("L").resize((400, 300)).rotate(30, fillcolor=200)
    picture.save(tmp_path / "one.jpg", quality=90)
    picture.resize((200, 150)).save(tmp_path / "smaller.jpg", quality=70)
    second = willay(*ADD).out.strip()
    assert "Note:" not in willay("attach", CODE, "one.jpg").err
    same = willay("attach", second, "one.jpg", "bridge.jpg").err
    assert f"Note: one.jpg is also attached to {CODE}, as one.jpg." in same
    like = willay("attach", second, "smaller.jpg").err
    assert f"Note: smaller.jpg looks like one.jpg, which is attached to {CODE}: is it the same photograph?" in like
    assert "Note:" not in willay("attach", CODE, "notes.txt").err
