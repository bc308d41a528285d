"""Run all benchmarks, or those named: `python -m benchmarks joining starting`."""

from __future__ import annotations

import importlib
import platform
import sys

NAMES = ("starting", "joining", "adding")


def main() -> None:
    """Print the table of each benchmark."""
    asked = sys.argv[1:] or NAMES
    if unknown := set(asked) - set(NAMES):
        sys.exit(f"No benchmark is called {min(unknown)!r}. There are: {', '.join(NAMES)}.")
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    for name in asked:
        print()
        importlib.import_module(f"benchmarks.{name}").main()


main()
