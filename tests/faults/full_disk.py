"""Runs commands, each as on a disk that is full after so many bytes of a file; says of each how it ended."""

from __future__ import annotations

import gc
import json
import os
import resource
import shutil
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path

from willay.events.cli import main

LOADED = (
    "willay.events.cli.app", "willay.events.release.build", "willay.events.store", "willay.maps", "mapclassify",
    "willay.maps.pictures", "willay.events.exchange.outgoing", "willay.events.demo", "geopandas", "pyogrio", "fiona",
    "matplotlib.figure", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg", "pyarrow.parquet", "xlsxwriter", "pyrage",
)  # fmt: skip
"""What is loaded once, and not in each of the processes."""

SHARES = (0.0, 0.9)
"""At what share of the largest file that a command writes the disk is full."""


def here(words: list[str], folder: Path) -> int:
    """Run a command in this process, which then has in its memory what the same one needs again; its exit code."""
    os.chdir(folder)
    sys.argv = ["willay", *words]
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        try:
            main()
        except SystemExit as stop:
            return int(stop.code or 0)
    return 0


def command(words: list[str], folder: Path, limit: int) -> tuple[int, str]:
    """Run a command in a process of its own, with this one's libraries; its exit code and all that it said.

    Args:
        words: The command.
        folder: Where it works.
        limit: At how many bytes of a file its disk is full.
    """
    said, saying = os.pipe()
    child = os.fork()
    if not child:
        os.close(said)
        os.dup2(saying, 1)
        os.dup2(saying, 2)
        os.chdir(folder)
        sys.argv = ["willay", *words]
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        gc.collect()  # what is left over complains when it is collected
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    os.close(saying)
    with os.fdopen(said, encoding="utf-8", errors="replace") as heard:
        text = heard.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text


def largest(folder: Path) -> int:
    return max(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def ended(words: list[str]) -> list[object]:
    """Run a command to its end, and then on disks that are too small: exit codes, words, and what was left."""
    with tempfile.TemporaryDirectory() as top:
        whole = Path(top, "whole")
        whole.mkdir()
        found: list[object] = [here(words, whole)]
        size = largest(whole)
        for share in SHARES:
            folder = Path(top, f"part-{share}")
            folder.mkdir()
            code, text = command(words, folder, max(1, int(size * share)))
            found.append([code, text, sorted(path.name for path in folder.iterdir())])
            shutil.rmtree(folder)
    return found


if __name__ == "__main__":
    for name in LOADED:
        import_module(name)
    gc.collect()
    gc.freeze()  # what is loaded is not looked through again in each process
    commands: list[list[str]] = json.loads(sys.stdin.read())
    sys.stdout.write(json.dumps([ended(words) for words in commands]))
