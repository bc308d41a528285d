"""How long a command takes to answer, beside merely importing the libraries it puts off."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.measuring import seconds, table


def main() -> None:
    """Measure `willay --help` against importing geopandas, in processes of their own."""
    ours = seconds(lambda: _run("-m", "willay.events.cli", "--help"), runs=7)
    others = {"python -c 'import geopandas'": seconds(lambda: _run("-c", "import geopandas"), runs=5)}
    table("Starting: willay --help, whole process", ("willay --help", ours), others)


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
