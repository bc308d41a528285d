"""Records what commands do to the files of a folder, in order: the steps that a power cut can undo.

The recorder is `strace`, which needs nothing but its package. Audit hooks see no write of SQLite, of GDAL or of a
buffered file; a library loaded before the others needs a compiler, and misses what does not go through the C library;
a VFS of SQLite sees SQLite alone.

SQLite's shared memory (`-shm`) is left out: SQLite makes it again.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes are put into a file at an offset. Files have numbers, since their names change."""

    file: int
    offset: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Resize:
    """A file is cut, or grows by zeros, to a size in bytes."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Name:
    """A file gets a name (None: no file does), and an old name goes (None: none does)."""

    file: int | None
    new: str | None = None
    old: str | None = None


@dataclass(frozen=True, slots=True)
class Sync:
    """The command waits until a file, or the names in a folder ("" is the recorded one), are on the disk."""

    file: int | None = None
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """The command writes to the terminal."""

    text: str


Step = Write | Resize | Name | Sync | Said

SHARED_MEMORY = "-shm"

READ = (
    "openat", "close", "lseek", "write", "pwrite64", "writev", "pwritev", "ftruncate", "fsync", "fdatasync",
    "renameat", "renameat2", "unlinkat", "linkat", "mkdirat",
    "?open", "?creat", "?rename", "?unlink", "?link", "?mkdir", "?rmdir",
)  # fmt: skip
"""Calls that become steps. A question mark is before those that some processors do not have."""

UNREAD = (
    "truncate", "fallocate", "copy_file_range", "sendfile", "pwritev2", "sync_file_range", "sync", "syncfs", "dup",
    "dup3", "symlinkat", "?dup2", "?symlink",
)  # fmt: skip
"""Calls that no command makes at its files. One that begins to is an error of the recorder, and no gap in the test."""

_LINE = re.compile(r"\d+ +(?P<call>\w+)\((?P<given>.*)\) += (?P<answer>-?\d+)(?:<[^>]*>)?(?:\(deleted\))?\n")
_HANDLE = re.compile(r"(?P<number>\d+|AT_FDCWD)<(?P<path>[^>]*)>(?P<gone>\(deleted\))?")


def _bytes(text: str) -> bytes:
    """Turn what is written as "\\x2f\\x74" into bytes."""
    return bytes.fromhex(text.strip('"').replace("\\x", ""))


def contents_of(folder: Path) -> dict[str, bytes]:
    """Return the contents of the files in a folder that are recorded, by their paths in it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(SHARED_MEMORY))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@dataclass
class Recorder:
    """Runs commands in a folder, and follows its names and its open files, as the system does.

    Attributes:
        folder: An absolute path without links. Nothing but the commands may change it meanwhile.
        names: The numbers of the files that are there, by their paths in the folder.
        sizes: Their sizes in bytes, by number; also of files that have no name any more.
    """

    folder: Path
    names: dict[str, int] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    _opened: dict[int, int] = field(default_factory=dict)  # the numbers of open files, by descriptor
    _places: dict[int, int | None] = field(default_factory=dict)  # where the next bytes of each go; None: at its end

    def __post_init__(self) -> None:
        for number, (path, content) in enumerate(contents_of(self.folder).items()):
            self.names[path] = number
            self.sizes[number] = len(content)

    def run(self, command: Sequence[str], trace: Path) -> list[Step]:
        """Run a command, which must succeed, and return its steps; the trace is written outside the folder."""
        options = ("-f", "-y", "-z", "-qq", "-xx", "-s", str(1 << 28), "-e", "signal=none", "-o", str(trace))
        calls = f"trace={','.join((*READ, *UNREAD))}"
        ran = subprocess.run(
            ["strace", *options, "-e", calls, *command],
            cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        self._opened.clear()
        with trace.open(encoding="ascii") as lines:
            return [step for line in lines for step in self._steps(line)]

    def _steps(self, line: str) -> Iterator[Step]:
        read = _LINE.fullmatch(line)
        assert read, f"a line that the recorder cannot read: {line[:200]}"
        call, given, answer = read["call"], read["given"].split(", "), int(read["answer"])
        paths = list(self._paths(given))
        if call in {"open", "openat", "creat"}:
            yield from self._open(paths[0], answer, "O_CREAT|O_TRUNC" if call == "creat" else read["given"])
        elif call.startswith(("rename", "link", "unlink")):
            yield from self._name(call, paths)
        elif (handle := _HANDLE.match(given[0])) and not call.startswith(("mkdir", "rmdir")):
            yield from self._handle(call, handle, given, answer)
        else:
            assert call not in UNREAD or not any(paths), f"a call that the recorder does not know: {call} {paths}"

    def _paths(self, given: list[str]) -> Iterator[str | None]:
        """Yield the paths that a call gives, as they are in the folder; None for one that is elsewhere."""
        base = str(self.folder)
        for part in given:
            if handle := _HANDLE.match(part):
                base = _bytes(handle["path"]).decode()
            elif part.startswith('"'):
                yield self._inside(join(base, _bytes(part).decode(errors="replace")))

    def _inside(self, path: str) -> str | None:
        whole, folder = normpath(path), str(self.folder)
        if whole.endswith(SHARED_MEMORY) or not f"{whole}/".startswith(f"{folder}/"):
            return None
        return whole[len(folder) + 1 :]

    def _open(self, path: str | None, descriptor: int, flags: str) -> Iterator[Step]:
        self._opened.pop(descriptor, None)
        self._places.pop(descriptor, None)
        if path is None or (path not in self.names and "O_CREAT" not in flags):
            return  # elsewhere, or a folder
        if path not in self.names:
            number = self.names[path] = len(self.sizes)
            self.sizes[number] = 0
            yield Name(number, new=path)
        file = self._opened[descriptor] = self.names[path]
        self._places[descriptor] = None if "O_APPEND" in flags else 0
        if "O_TRUNC" in flags and self.sizes[file]:
            yield self._resized(file, 0)

    def _name(self, call: str, paths: list[str | None]) -> Iterator[Step]:
        old, new = paths[0], paths[-1]
        if call.startswith("unlink"):
            if old in self.names:
                del self.names[old]
                yield Name(None, old=old)
        elif old is not None or new is not None:
            assert old in self.names and new is not None, f"a folder, or a file that leaves or comes: {call} {paths}"  # noqa: PT018
            self.names[new] = file = self.names[old]
            if call.startswith("rename"):
                del self.names[old]
            yield Name(file, new, old if call.startswith("rename") else None)

    def _handle(self, call: str, handle: re.Match[str], given: list[str], answer: int) -> Iterator[Step]:
        descriptor = int(handle["number"])
        if call == "write" and descriptor in {1, 2}:
            yield Said(_bytes(given[1]).decode())
        if call == "close":
            self._opened.pop(descriptor, None)
            return
        path = self._inside(_bytes(handle["path"]).decode())
        file = self._opened.get(descriptor)
        if path is None:
            return
        assert call not in UNREAD, f"a call that the recorder does not know: {call} {path}"
        if call in {"fsync", "fdatasync"}:
            yield Sync(file, None if file is not None else path)
            return
        if call == "lseek":  # of a folder as well
            if self._places.get(descriptor) is not None:
                self._places[descriptor] = answer
            return
        assert file is not None, f"a file that was opened unseen: {call} {path}"
        if call == "ftruncate":
            yield self._resized(file, int(given[1]))
        else:
            yield self._written(file, descriptor, given, answer, at_place=call.startswith("pwrite"))

    def _written(self, file: int, descriptor: int, given: list[str], count: int, *, at_place: bool) -> Write:
        buffers = [part.split('"')[1] for part in given if '"' in part]
        content = _bytes("".join(buffers))[:count]
        place = int(given[-1]) if at_place else self._places[descriptor]
        offset = self.sizes[file] if place is None else place
        if not at_place and place is not None:
            self._places[descriptor] = offset + count
        self.sizes[file] = max(self.sizes[file], offset + count)
        return Write(file, offset, content)

    def _resized(self, file: int, size: int) -> Resize:
        self.sizes[file] = size
        return Resize(file, size)
