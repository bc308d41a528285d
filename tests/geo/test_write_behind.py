"""Files that a thread writes: every byte in its place, and what fails is told."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from willay.geo import GeoFileWriteError, replacing_bytes
from willay.geo.behind import BLOCK, WriteBehind

if TYPE_CHECKING:
    from pathlib import Path


def test_every_byte_is_in_its_place(tmp_path: Path) -> None:
    parts = [bytes([number % 251]) * (number * 997) for number in range(300)]
    with replacing_bytes(tmp_path / "a", force=False) as file:
        for part in parts:
            file.write(part)
    written = (tmp_path / "a").read_bytes()
    assert len(written) > 20 * BLOCK
    assert written == b"".join(parts)


def test_one_may_go_back(tmp_path: Path) -> None:
    with replacing_bytes(tmp_path / "a.zip", force=False) as file, zipfile.ZipFile(file, "w") as archive:
        archive.writestr("large", b"x" * (3 * BLOCK))  # its size is written before it, afterwards
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        assert archive.getinfo("large").flag_bits & 0b1000 == 0


class _Full:
    """A disk with room for one block."""

    def __init__(self, file: Any) -> None:
        self._file, self._room = file, BLOCK

    def write(self, data: memoryview) -> int:
        if not self._room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written: int = self._file.write(data[: self._room])
        self._room -= written
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@pytest.mark.parametrize("blocks", [1.5, 9])
def test_a_full_disk_is_told_and_leaves_the_old_file(
    tmp_path: Path, blocks: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("old")
    begin = WriteBehind.__init__

    def on_a_full_disk(self: WriteBehind, path: Path) -> None:
        begin(self, path)
        monkeypatch.setattr(self, "_file", _Full(self._file))

    monkeypatch.setattr(WriteBehind, "__init__", on_a_full_disk)
    with pytest.raises(GeoFileWriteError, match="No space left"), replacing_bytes(tmp_path / "a", force=True) as file:
        file.writelines(b"x" * (BLOCK // 4) for _ in range(int(blocks * 4)))
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "old"


def test_what_is_handed_over_may_change_afterwards(tmp_path: Path) -> None:
    block = bytearray(b"first")
    with WriteBehind(tmp_path / "a") as file:
        file.write(block)
        block[:] = b"later"
        file.write(io.BytesIO(b"!").getbuffer())
    assert (tmp_path / "a").read_bytes() == b"first!"
