"""Replacement: a file takes the place of a database, and the journals of what was there never meet it.

SQLite knows a journal by its name alone: what lies next to a database as NAME-wal or NAME-journal is played back into
it, whatever it was written for. So a database leaves its place together with its journals, unread: it may be damaged,
and what can be saved of it may be in them. While they leave, no file has the database's name: nobody can open half.

A process can be killed at any point. What it meant to do is first written to a record next to the database, which one
process holds at a time; the next that opens the database does the rest. Then the old one or the new one is there.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from willay.events.model.errors import DatabaseError
from willay.events.store.dialects.sqlite.locking import locked
from willay.events.store.files.intentions import Plan, forget, held_record, intended, record_of, write_down
from willay.geo.histories import JOURNALS
from willay.geo.inputs import reason_of
from willay.geo.translation import tr
from willay.geo.writing import flush_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def companions(path: Path) -> tuple[Path, ...]:
    """Return where the journals of a database lie."""
    return tuple(path.with_name(path.name + end) for end in JOURNALS)


def with_companions(path: Path) -> tuple[Path, ...]:
    """Return those that are there of a database and its journals."""
    return tuple(file for file in (path, *companions(path)) if file.exists())


def put_in_place(
    draft: Path, target: Path, check: Callable[[Path], None], *, keep_as: str | None = None
) -> tuple[Path, ...]:
    """Put a file in the place of a database, and look at it there; where it is not sound, what was there comes back.

    Args:
        draft: The file: complete, on the disk, in the folder of the target. It is gone afterwards.
        target: The place; no link. There may be a database, or only journals, or nothing.
        check: Raises an error where the database in a place is not sound.
        keep_as: The words for what is put aside: NAME.WORDS-1, with its journals; None removes it at the end.

    Returns:
        The files that were put aside and are kept.

    Raises:
        DatabaseError: Another process is doing the same, or a file cannot be renamed. What was there is there.
    """
    with held_record(target) as record:
        _complete(target, intended(record), check)
        plan = Plan(_incoming(target).name, _name_aside(target, keep_as).name, drop=keep_as is None)
        write_down(record, plan)
        ready = False
        try:
            draft.rename(_incoming(target))  # from here on it is not a draft that anybody may remove
            ready = True
            _exchange(target, plan)
            check(target)
        except BaseException as error:
            _take_back(target, plan, arrived=ready and not _incoming(target).exists())
            forget(record, target)
            if isinstance(error, OSError) and not isinstance(error, DatabaseError):
                raise DatabaseError(
                    tr(
                        "{target} cannot be replaced: {reason}. It is as it was.",
                        target=target,
                        reason=reason_of(error),
                    )
                ) from error
            raise
        _drop(target, plan)
        forget(record, target)
        return with_companions(target.with_name(plan.aside))


def complete_replacement(target: Path, check: Callable[[Path], None]) -> bool:
    """Do the rest of what a process that was killed had begun; say whether there was anything to do.

    Raises:
        DatabaseError: The process is alive, or a file cannot be renamed.
    """
    if not record_of(target).exists():
        return False
    with held_record(target) as record:
        plan = intended(record)
        _complete(target, plan, check)
        forget(record, target)
    return plan is not None


def _complete(target: Path, plan: Plan | None, check: Callable[[Path], None]) -> None:
    if plan is None:
        return
    _exchange(target, plan)
    if not with_companions(target.with_name(plan.aside)):
        return  # nothing had happened yet, or nothing was there before
    try:
        check(target)
    except DatabaseError:
        _take_back(target, plan, arrived=True)
    else:
        _drop(target, plan)


def _incoming(target: Path) -> Path:
    return target.with_name(f".{target.name}.incoming")


def _name_aside(target: Path, words: str | None) -> Path:
    stem = f".{target.stem}.outgoing" if words is None else f"{target.stem}.{words}"
    number = 1
    while with_companions(name := target.with_name(f"{stem}-{number}{target.suffix}")):
        number += 1
    return name


def _exchange(target: Path, plan: Plan) -> None:
    """Let the draft and what is there change places, from whatever point on."""
    draft, aside = target.with_name(plan.draft), target.with_name(plan.aside)
    if not draft.exists():
        return
    if _are_one(target, aside):
        aside.unlink()
    if not _exchange_at_once(target, draft, aside):
        if target.exists():
            target.rename(aside)
        for old, kept in zip(companions(target), companions(aside), strict=True):
            if old.exists() and kept.exists():
                old.unlink()  # of a file that was in the place for a moment: what was kept came first
            elif old.exists():
                old.rename(kept)
        draft.rename(target)
    flush_folder(target.parent)


def _exchange_at_once(target: Path, draft: Path, aside: Path) -> bool:
    """Exchange them so that there is a file at any moment; only where nobody uses the old one and it has no journal."""
    with _kept_from_others(target) as alone:
        if not alone or any(journal.exists() for journal in companions(target)):
            return False
        try:
            os.link(target, aside)
        except OSError:  # a file system without links
            return False
        draft.replace(target)
    return True


@contextmanager
def _kept_from_others(target: Path) -> Iterator[bool]:
    """Lock a database that is sound, has no journal and is not in use; it is not read."""
    if not target.exists() or any(journal.exists() for journal in companions(target)):
        yield False
        return
    with locked(target) as alone:
        yield alone


def _take_back(target: Path, plan: Plan, *, arrived: bool) -> None:
    """Undo an exchange, from whatever point on.

    Args:
        target: The place.
        plan: What was meant.
        arrived: Whether what is in the place is the new one.
    """
    draft, aside = target.with_name(plan.draft), target.with_name(plan.aside)
    if arrived:
        target.rename(draft)
        for journal in companions(target):
            journal.unlink(missing_ok=True)
    for kept, old in zip(companions(aside), companions(target), strict=True):
        if kept.exists():
            kept.rename(old)
    if _are_one(target, aside):
        aside.unlink()
    elif aside.exists():
        aside.rename(target)
    draft.unlink(missing_ok=True)
    flush_folder(target.parent)


def _drop(target: Path, plan: Plan) -> None:
    if plan.drop:
        for file in with_companions(target.with_name(plan.aside)):
            file.unlink()
        flush_folder(target.parent)  # before the record is emptied: it alone says what to remove


def _are_one(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
