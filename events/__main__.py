"""Run the command line as `python -m willay.events`."""

from __future__ import annotations

from willay.events.cli import main

main()
