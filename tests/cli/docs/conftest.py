"""What the tests of the pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from page_reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def reader(
    run: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Reader:
    """Somebody with an empty folder, a wide terminal, and the demo if they ask for it."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("WILLAY_COUNTRIES", str(tmp_path / "countries"))
    return Reader(run, tmp_path, monkeypatch, lambda: request.getfixturevalue("demo_folder"))
