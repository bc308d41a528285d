"""What all tests share: Hypothesis without a deadline (a busy machine is no fault), and versions in the report."""

from __future__ import annotations

import fiona
import pyproj
from hypothesis import settings

settings.register_profile("willay", deadline=None)
settings.load_profile("willay")


def pytest_report_header() -> str:
    return f"GDAL {fiona.__gdal_version__}, PROJ {pyproj.proj_version_str}"
