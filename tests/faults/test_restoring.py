"""What a restore does to what is there: nothing is read, nothing is lost, and nothing unsound is left in its place."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import test_replacement as states

from willay.events.model.errors import DatabaseError, RefusedError
from willay.events.store import Store
from willay.events.store.dialects.sqlite.copies import copy_database, verify
from willay.events.store.files.intentions import record_of
from willay.events.store.restoring import restore_database
from willay.geo import FileNameError
from willay.geo.histories import JOURNALS

if TYPE_CHECKING:
    from collections.abc import Callable

NEW = {"new", "newer"}


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere").mkdir()
    return states.made(tmp_path / "elsewhere" / "backup.gpkg", *NEW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "here"
    made.mkdir()
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("state", states.BEFORE)
def test_what_is_there_is_kept_byte_for_byte_and_the_backup_takes_its_place(
    state: Callable[[Path], None], folder: Path, backup: Path
) -> None:
    state(folder)
    before = contents(folder)
    restored = restore_database(backup, folder / "w.gpkg", force=True)
    assert states.holds(folder / "w.gpkg") == NEW
    assert restored.incidents == 2
    kept = {path.name.replace("w.before-restore-1.gpkg", "w.gpkg"): path.read_bytes() for path in restored.kept}
    assert kept == before
    assert set(contents(folder)) == {"w.gpkg", *(path.name for path in restored.kept)}


@pytest.mark.parametrize("state", states.BEFORE)
def test_without_force_nothing_is_touched(state: Callable[[Path], None], folder: Path, backup: Path) -> None:
    state(folder)
    before = contents(folder)
    with pytest.raises(RefusedError, match=r"The file .* already exists.*force=True"):
        restore_database(backup, folder / "w.gpkg")
    with pytest.raises(RefusedError, match=r"The file .* already exists.*force=True"):
        copy_database(backup, folder / "w.gpkg")
    assert contents(folder) == before


@pytest.mark.parametrize("links", ["with links", "without links"])
@pytest.mark.parametrize("state", states.BEFORE)
def test_where_what_was_put_in_place_is_not_sound_the_old_comes_back(
    state: Callable[[Path], None], links: str, folder: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state(folder)
    before = contents(folder)
    place = (folder / "w.gpkg").resolve()

    def unsound(path: Path) -> None:
        verify(path)
        if path == place:
            raise DatabaseError("a page went bad")

    def no_links(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("willay.events.store.restoring.verify", unsound)
    if links == "without links":
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(DatabaseError, match="a page went bad"):
        restore_database(backup, place, force=True)
    assert contents(folder) == before


@pytest.mark.parametrize("end", JOURNALS)
@pytest.mark.parametrize("state", states.BEFORE)
def test_a_journal_of_what_was_not_sound_never_meets_what_comes_back(
    state: Callable[[Path], None], end: str, folder: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state(folder)
    before = contents(folder)
    place = (folder / "w.gpkg").resolve()

    def unsound(path: Path) -> None:
        verify(path)
        if path == place:
            path.with_name(path.name + end).write_bytes(b"of what was put in place")
            raise DatabaseError("a page went bad")

    monkeypatch.setattr("willay.events.store.restoring.verify", unsound)
    with pytest.raises(DatabaseError, match="a page went bad"):
        restore_database(backup, place, force=True)
    assert contents(folder) == before


def test_a_file_that_cannot_be_renamed_leaves_all_as_it_was(
    folder: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    states.with_a_log(folder)
    before = contents(folder)
    rename = Path.rename

    def refused(path: Path, target: Path) -> Path:
        if path.name.endswith("-wal") and "before" in target.name:
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(DatabaseError, match=r"cannot be replaced: you do not have permission.*It is as it was"):
        restore_database(backup, folder / "w.gpkg", force=True)
    assert contents(folder) == before


def test_each_restore_keeps_what_it_replaces_under_a_name_of_its_own(folder: Path, backup: Path) -> None:
    for number in (1, 2, 3):
        states.made(folder / "other.gpkg", f"old-{number}")
        (folder / "other.gpkg").replace(folder / "w.gpkg")
        (kept,) = restore_database(backup, folder / "w.gpkg", force=True).kept
        assert kept.name == f"w.before-restore-{number}.gpkg"
        assert states.holds(kept) == {f"old-{number}"}


def test_a_link_stays_a_link_and_what_it_points_to_is_replaced(folder: Path, backup: Path) -> None:
    states.with_a_log(folder)
    link = folder.parent / "link.gpkg"
    link.symlink_to(folder / "w.gpkg")
    restored = restore_database(backup, link, force=True)
    assert link.is_symlink()
    assert {path.parent for path in restored.kept} == {folder.resolve()}
    assert states.holds(folder / "w.gpkg") == NEW
    copy_database(backup, link, force=True)
    assert link.is_symlink()
    dangling = folder.parent / "dangling.gpkg"
    dangling.symlink_to(folder / "later.gpkg")
    restore_database(backup, dangling)
    assert states.holds(folder / "later.gpkg") == NEW


def test_a_process_that_has_the_old_one_open_writes_to_it_and_never_to_the_new(folder: Path, backup: Path) -> None:
    states.made(folder / "w.gpkg", "old")
    other = Store.open(folder / "w.gpkg")
    other.write.edit("old", {"tags": ["a"]}, author="ana", reason="x")  # from here on there is a log
    restored = restore_database(backup, folder / "w.gpkg", force=True)
    other.write.edit("old", {"tags": ["b"]}, author="ana", reason="x")
    with pytest.raises(DatabaseError, match="The file was replaced by another file while it was open"):
        other.close()
    assert states.holds(folder / "w.gpkg") == NEW
    with Store.open(restored.kept[0]) as kept:
        assert kept.read.draft("old").draft.tags == ("b",)


def test_a_process_that_has_read_the_old_one_is_refused_when_it_writes(folder: Path, backup: Path) -> None:
    states.made(folder / "w.gpkg", "old")
    with Store.open(folder / "w.gpkg") as other:
        assert other.read.count()["incident"] == 1
        restore_database(backup, folder / "w.gpkg", force=True)
        with pytest.raises(DatabaseError, match="The file was replaced by another file while it was open"):
            other.write.edit("old", {"tags": ["b"]}, author="ana", reason="x")
    assert states.holds(folder / "w.gpkg") == NEW


def test_the_backup_is_neither_changed_nor_accepted_as_its_own_target(folder: Path, backup: Path) -> None:
    before = contents(backup.parent)
    restore_database(backup, folder / "w.gpkg")
    assert contents(backup.parent) == before
    with pytest.raises(RefusedError, match="is the backup itself"):
        restore_database(backup, backup, force=True)
    assert contents(backup.parent) == before


def test_a_backup_that_is_damaged_or_none_is_refused_by_its_name(folder: Path, backup: Path) -> None:
    states.closed(folder)
    before = contents(folder)
    states.damage(backup)
    with pytest.raises(DatabaseError, match=r"backup\.gpkg"):
        restore_database(backup, folder / "w.gpkg", force=True)
    with pytest.raises(DatabaseError, match=r"The file .* does not exist"):
        restore_database(backup.with_name("missing.gpkg"), folder / "w.gpkg", force=True)
    with pytest.raises(FileNameError, match="is an address"):
        restore_database(backup, Path("sqlite://w.gpkg"), force=True)
    assert contents(folder) == before


def test_a_text_that_was_changed_in_the_backup_is_found_before_anything_is_put_in_place(
    folder: Path, backup: Path
) -> None:
    states.closed(folder)
    before = contents(folder)
    content = backup.read_bytes()
    assert b"Clash 1" in content
    backup.write_bytes(content.replace(b"Clash 1", b"Clash 7"))
    with pytest.raises(DatabaseError, match=r"backup\.gpkg is damaged: .* Nothing was put in place"):
        restore_database(backup, folder / "w.gpkg", force=True)
    assert contents(folder) == before


HOLDING = """
import sys
from pathlib import Path
from willay.events.store.files.intentions import held_record
with held_record(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_two_processes_do_not_put_files_in_one_place_at_once(folder: Path, backup: Path) -> None:
    states.closed(folder)
    command = [sys.executable, "-c", HOLDING, str(folder / "w.gpkg")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        for blocked in (
            lambda: restore_database(backup, folder / "w.gpkg", force=True),
            lambda: Store.open(folder / "w.gpkg"),
        ):
            with pytest.raises(DatabaseError, match="Another process is just putting a file in the place"):
                blocked()
        other.kill()
        other.communicate()
    assert states.holds(folder / "w.gpkg") == {"old"}
    assert not record_of(folder / "w.gpkg").exists()


def test_a_record_that_was_not_written_to_its_end_means_nothing(folder: Path) -> None:
    states.closed(folder)
    record_of(folder / "w.gpkg").write_text('{"draft": ".w.par')
    assert states.holds(folder / "w.gpkg") == {"old"}
    assert set(contents(folder)) == {"w.gpkg"}


def test_a_new_database_is_not_made_where_a_restore_was_interrupted(folder: Path, backup: Path) -> None:
    draft = folder / "draft.part"
    copy_database(backup, draft)
    record_of(folder / "w.gpkg").write_text('{"draft": "draft.part", "aside": "w.old", "drop": false}')
    with pytest.raises(RefusedError, match=r"The file .* already exists"):
        Store.create(folder / "w.gpkg", country="PE")
    assert states.holds(folder / "w.gpkg") == NEW
