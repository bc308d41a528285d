"""Run the command line as `python -m willay.events.cli`."""

from __future__ import annotations

from willay.events.cli import main

main()
