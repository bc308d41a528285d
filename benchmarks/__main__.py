"""Run all benchmarks, or those named: `python -m benchmarks joining starting`.

The one of pages has options and is run alone: `python -m benchmarks pages --help`.
"""

from __future__ import annotations

import importlib
import platform
import sys

NAMES = ("starting", "joining", "adding")


def main() -> None:
    """Print the table of each benchmark."""
    if sys.argv[1:2] == ["pages"]:
        importlib.import_module("benchmarks.pages").main(sys.argv[2:])
        return
    if sys.argv[1:2] == ["exchange"]:
        importlib.import_module("benchmarks.exchange").main()
        return
    asked = sys.argv[1:] or (*NAMES, "exchange")
    if unknown := set(asked) - {*NAMES, "exchange"}:
        sys.exit(f"No benchmark is called {min(unknown)!r}. There are: {', '.join(NAMES)}, and pages alone.")
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    for name in asked:
        print()
        importlib.import_module(f"benchmarks.{name}").main()


main()
