"""Cuts the power: from the steps of a command, what may be on the disk afterwards.

What was waited for is there. Of the rest there may be anything: nothing, everything, some files and not others, some
pages of a file and not others, half of a write. The system hands names to the disk in the order in which they were
given, as every file system does that has a journal; when it does so is another matter, and two kinds are tried.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from posixpath import dirname
from typing import TYPE_CHECKING

from recording import Name, Resize, Said, Sync, Write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from random import Random

    from recording import Step

Change = Write | Resize | Name
"""A step that a power cut can undo."""

SECTOR = 512
"""Bytes that a disk writes as one: there is no half of them."""


class Names(Enum):
    """When a name is on the disk."""

    WITH_FOLDER = "once its folder was waited for (POSIX)"
    WITH_ANYTHING = "once anything was waited for, as in the one journal of ext4"


@dataclass(frozen=True, slots=True)
class Disk:
    """What is on a disk: the names of files by their paths, and the contents, by the numbers of files."""

    names: Mapping[str, int]
    contents: Mapping[int, bytes]

    def after(self, steps: Sequence[Step]) -> Disk:
        """Return what is there once steps have reached the disk, each whole."""
        names, contents = dict(self.names), dict(self.contents)
        for step in steps:
            match step:
                case Name(file, new, old):
                    names.pop(old, None)
                    if file is not None and new is not None:
                        names[new] = file
                case Resize(file, size):
                    contents[file] = contents.get(file, b"")[:size].ljust(size, b"\0")
                case Write(file, offset, content):
                    there = contents.get(file, b"").ljust(offset, b"\0")
                    contents[file] = there[:offset] + content + there[offset + len(content) :]
        return Disk(names, contents)

    def files(self) -> dict[str, bytes]:
        """Return the contents of the files that have a name; a file of which nothing arrived is empty."""
        return {path: self.contents.get(number, b"") for path, number in sorted(self.names.items())}


@dataclass(frozen=True, slots=True)
class Cut:
    """The moment before a sync, or after the last step.

    Attributes:
        at: How many syncs were done.
        durable: What is on the disk for certain.
        pending: The steps since then that may or may not be.
        said: What the commands had written to the terminal.
    """

    at: int
    durable: Disk
    pending: tuple[Change, ...]
    said: str


def cuts(before: Disk, steps: Sequence[Step], names: Names) -> Iterator[Cut]:
    """Yield the moments at which the power may be cut so that something is lost."""
    durable, said, at = before, "", 0
    pending: list[Change] = []
    for step in steps:
        match step:
            case Said(text):
                said += text
            case Sync():
                if pending:
                    yield Cut(at, durable, tuple(pending), said)
                durable = durable.after([one for one in pending if _is_waited_for(one, step, names)])
                pending = [one for one in pending if not _is_waited_for(one, step, names)]
                at += 1
            case _:
                pending.append(step)
    yield Cut(at, durable, tuple(pending), said)


def _is_waited_for(pending: Change, sync: Sync, names: Names) -> bool:
    if not isinstance(pending, Name):
        return pending.file == sync.file
    if names is Names.WITH_ANYTHING:
        return True
    return sync.folder in {dirname(path) for path in (pending.new, pending.old) if path is not None}


def losses(pending: Sequence[Change], chance: Random, *, thorough: bool) -> Iterator[tuple[str, list[Change]]]:
    """Yield in words what a power cut leaves of the pending steps, and those that reach the disk.

    Args:
        pending: The steps that nobody waited for.
        chance: Chooses where not everything is tried.
        thorough: Whether to cut after every step and in every write, not only in the last and a few others.
    """
    names = [step for step in pending if isinstance(step, Name)]
    data = [step for step in pending if not isinstance(step, Name)]
    files = {step.file for step in data}
    for count in range(len(names) + 1):
        for some in (set(), files, *({file} for file in files), *(files - {file} for file in files)):
            arrived = {id(step) for step in (*names[:count], *(step for step in data if step.file in some))}
            words = f"{count} names, and what was written to the files {sorted(some)}"
            yield words, [step for step in pending if id(step) in arrived]
    for place in range(len(pending)) if thorough else _some_places(pending, chance):
        yield f"the first {place}", list(pending[:place])
        for half in _halves(pending[place]):
            yield f"the first {place}, and half of the next", [*pending[:place], half]
            yield f"everything but half of step {place + 1}", [*pending[:place], half, *pending[place + 1 :]]
    for number in range(30 if thorough else 3):
        named = names[: chance.randint(0, len(names))]
        arrived = {id(step) for step in (*named, *(step for step in data if chance.random() < 0.5))}
        yield f"some at random, draw {number}", [step for step in pending if id(step) in arrived]


def _some_places(pending: Sequence[Change], chance: Random) -> list[int]:
    """Return the place of the last step, that of the last write, and three others."""
    writes = [place for place, step in enumerate(pending) if isinstance(step, Write)]
    places = range(len(pending))
    return sorted({*places[-1:], *writes[-1:], *chance.sample(places, min(3, len(places)))})


def _halves(step: Change) -> Iterator[Write]:
    """Yield the first and the second half of a write, parted between two sectors; none of one that has one sector."""
    if isinstance(step, Write):
        size = (step.offset + len(step.content) // 2) // SECTOR * SECTOR - step.offset
        if size > 0:
            yield replace(step, content=step.content[:size])
            yield replace(step, offset=step.offset + size, content=step.content[size:])


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files to a folder that is not there yet, by their paths in it."""
    folder.mkdir()
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
