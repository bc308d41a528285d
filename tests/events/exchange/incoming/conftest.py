"""Messages of readers are tested as `willay import` gives them: with options. Those of Python are in `tests/front`."""

from __future__ import annotations

import pytest

from willay.geo.hints import speak


@pytest.fixture(autouse=True)
def _to_the_command_line(_in_english: None) -> None:
    speak(to_command_line=True)
