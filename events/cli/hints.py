"""Advice at the end of a command: what to run next, on the database that was used."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from willay.events.cli.config import setting
from willay.events.model.advice import command, option

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["command", "hint", "option"]

USUAL_DB = Path("willay.gpkg")
"""The default database file."""


def hint(*words: object, db: Path | None = None, environment: Mapping[str, str] = os.environ) -> str:
    """Return a command to run next, with the option --db where it is needed.

    Args:
        *words: As for `command`.
        db: The database that was used; None if the command needs no database.
        environment: The environment, in which `WILLAY_DB` may name the default database; so may a setting.
    """
    usual = Path(environment.get("WILLAY_DB") or setting("db") or USUAL_DB)
    named = () if db is None or db == usual else ("--db", db)
    return command(*words, *named)
