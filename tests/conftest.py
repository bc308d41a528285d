"""What all tests share: how Hypothesis searches, where temporary files are, and versions in the report.

Hypothesis has no deadline, since a busy machine is no fault. Its examples are the same in every run, so that a failure
belongs to the change that it came with: a third of them in the default suite, all in `make test-slow`. `make fuzz`
searches at random, and for longer.

Temporary files are in memory where a system has a file system for that. What a store writes is waited for as on a disk
(the same calls, which `tests/faults` records), but a thousand small databases take no time of a real one.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path

import fiona
import pyproj
import pytest
from chromium import chromium as chromium  # noqa: PLC0414 — a fixture of all tests
from fuzzing import TIMES, examples
from hypothesis import settings
from plugged import example as example  # noqa: PLC0414 — as above
from plugged import site as site  # noqa: PLC0414 — as above
from slow_cases import mark_slow

from willay.geo.hints import speak
from willay.geo.translation import set_language

settings.register_profile("willay", deadline=None, derandomize=TIMES <= 1, max_examples=examples(100))
settings.load_profile("willay")

IN_MEMORY = Path("/dev/shm")  # noqa: S108 — pytest makes a folder of its own there, which only its user can read
ROOM = 4 << 30
"""Bytes that must be free there: a whole run uses a quarter of that at its worst."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-transcripts", action="store_true", help="write the transcripts of dialogues again")


def pytest_configure() -> None:
    """Put temporary files into memory, those of started processes as well, unless TMPDIR says where they go.

    Messages are English whatever the language of the machine is, unless a test asks for another. And let Python store
    what it compiles, whatever the environment says: else each process that a test starts compiles the whole project
    again.
    """
    os.environ["WILLAY_LANG"] = "en"
    os.environ["WILLAY_CONFIG"] = os.devnull  # no settings of whoever runs the tests
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if "TMPDIR" in os.environ or "PYTEST_DEBUG_TEMPROOT" in os.environ:
        return
    if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)


@pytest.fixture(autouse=True)
def _in_english() -> None:
    set_language("en")
    speak(to_command_line=False)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark_slow(items)


def pytest_collection_finish() -> None:
    """Spare the collector of cycles all that is loaded: it would look through a million objects again and again."""
    gc.collect()
    gc.freeze()


def pytest_report_header() -> list[str]:
    return [
        f"GDAL {fiona.__gdal_version__}, PROJ {pyproj.proj_version_str}",
        f"temporary files: {tempfile.gettempdir()}",
    ]
