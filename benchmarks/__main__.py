"""Run all benchmarks, or those named: `python -m benchmarks joining starting`.

Those of pages and of many rows have options and are run alone: `python -m benchmarks pages --help`, `… big --help`.
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
    if sys.argv[1:2] == ["big"]:
        importlib.import_module("benchmarks.big.measured").main(sys.argv[2:])
        return
    if sys.argv[1:2] == ["exchange"]:
        importlib.import_module("benchmarks.exchange").main()
        return
    asked = sys.argv[1:] or (*NAMES, "exchange")
    if unknown := set(asked) - {*NAMES, "exchange"}:
        sys.exit(f"No benchmark is called {min(unknown)!r}. There are: {', '.join(NAMES)}, and pages and big alone.")
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    for name in asked:
        print()
        importlib.import_module(f"benchmarks.{name}").main()


main()
