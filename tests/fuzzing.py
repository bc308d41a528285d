"""How many odd inputs Hypothesis tries: few in the default suite, all in `make test-slow`, many in `make fuzz`."""

from __future__ import annotations

import os
from typing import Final

TIMES: Final = int(os.environ.get("WILLAY_FUZZ", "0"))
"""How many times the usual number is tried; 0 is the default suite."""

PART: Final = 3
"""The default suite tries a third, but not fewer than `LEAST`."""

LEAST: Final = 20


def examples(usual: int) -> int:
    """Return how many of the usual number of inputs are tried."""
    return usual * TIMES if TIMES else min(usual, max(LEAST, usual // PART))
