"""Drafts: what is being written, next to its place; and what processes left there that were killed while they wrote.

The name of a draft holds the computer and the process, so that the next one to write into the folder can remove what
nobody writes any more. A draft of another computer, as on a shared folder, is never touched.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_NAME: Final = re.compile(r"\.willay-[0-9a-f]{12}-(?P<host>[0-9a-f]{8})-(?P<process>[0-9]+)\.part(?:-[a-z]+)?")


def draft_beside(target: Path) -> Path:
    """Return where this process writes the replacement of a file or folder: in the same folder."""
    return target.with_name(f".willay-{_digest(target.name, 12)}-{_host()}-{os.getpid()}.part")


def remove_abandoned(folder: Path) -> None:
    """Remove the drafts in a folder whose processes, on this computer, are no more.

    Nothing is removed on Windows, where it cannot be found out whether a process is alive without disturbing it.
    """
    if sys.platform == "win32" or not folder.is_dir():
        return
    for entry in sorted(folder.glob(".willay-*")):
        named = _NAME.fullmatch(entry.name)
        if named is None or named["host"] != _host() or _is_alive(int(named["process"])):
            continue
        with suppress(OSError):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # another user's, or no number of a process
    return True


def _host() -> str:
    return _digest(platform.node(), 8)


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:length]
