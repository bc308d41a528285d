"""What a command says when it fails: errors raised on purpose, of the system, and of the command's own words."""

from __future__ import annotations

import io
from typing import Any

from willay.events.cli import exits


def told(error: Exception) -> tuple[str, int] | None:
    """Return what to say of an error and the exit code, or None for one that nobody raised on purpose."""
    if _is_of_the_words(error):
        return _usage(error), int(getattr(error, "exit_code", exits.USAGE))
    code = exits.code_for(error)
    if code is None:
        return None
    return f"willay: {in_words(error) if isinstance(error, OSError) else error}", code


def in_words(error: OSError) -> str:
    """Return an error of the system without its number, with the file that it is about; ours as they are."""
    from willay.geo.inputs import named, reason_of

    if error.errno is None:
        return str(error)
    about = " and ".join(named(name) for name in (error.filename, error.filename2) if name is not None) or "A file"
    return f"{about} cannot be opened or written: {reason_of(error)}. Check the name, the folder and the disk."


def _is_of_the_words(error: Exception) -> bool:
    """Say whether the parser of the command line raised it: Typer's class has changed its home, not its shape."""
    return hasattr(error, "exit_code") and hasattr(error, "format_message")


def _usage(error: Any) -> str:  # noqa: ANN401 — as above
    text = io.StringIO()
    error.show(file=text)
    return text.getvalue().rstrip("\n")
