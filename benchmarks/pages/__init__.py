"""This project's atlas beside stock folium and other map pages: size, making, opening, stepping, memory.

Run it with `python -m benchmarks pages --rows 100000 --repeat 3`; `--help` tells the rest. All alternatives are made
from the same incident frame and opened in the same browser in turns, each in a process of its own.
"""

from benchmarks.pages.command import main

__all__ = ["main"]
