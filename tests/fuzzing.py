"""How many odd inputs Hypothesis tries: few in every run of the tests, many with `make fuzz`."""

from __future__ import annotations

import os


def examples(usual: int) -> int:
    """Return the usual number, or as many times more as WILLAY_FUZZ says."""
    return usual * int(os.environ.get("WILLAY_FUZZ", "1"))
