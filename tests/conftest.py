"""What all tests share: how Hypothesis searches, and versions in the report.

It has no deadline, since a busy machine is no fault. Its examples are the same in every run, so that a failure belongs
to the change that it came with; `make fuzz` searches at random, and for longer.
"""

from __future__ import annotations

import os

import fiona
import pyproj
from fuzzing import examples
from hypothesis import settings

settings.register_profile(
    "willay", deadline=None, derandomize="WILLAY_FUZZ" not in os.environ, max_examples=examples(100)
)
settings.load_profile("willay")


def pytest_report_header() -> str:
    return f"GDAL {fiona.__gdal_version__}, PROJ {pyproj.proj_version_str}"
