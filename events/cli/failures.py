"""Messages of commands that fail: our own errors, errors of the system, and errors of usage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.cli import exit_codes
from willay.events.cli.usage_errors import is_of_usage, usage_in_words
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence


def failure_of(error: Exception) -> tuple[str, int] | None:
    """Return the message and the exit code of an error, or None for an unexpected error."""
    if is_of_usage(error):
        return usage_in_words(error), int(getattr(error, "exit_code", exit_codes.USAGE))
    code = exit_codes.code_for(error)
    if code is None:
        return None
    return f"willay: {in_words(error) if isinstance(error, OSError) else error}", code


def more_about(error: Exception, arguments: Sequence[str]) -> str:
    """Return what to read about an error, for a person; empty for an error of usage, which names its help.

    Args:
        error: The error.
        arguments: The words of the line; the first is the command.
    """
    from willay.events.manual.error_topics import topic_of

    topic = topic_of(error, next(iter(arguments), ""))
    return "" if topic is None else tr("More: {command}", command=f"willay help {topic}")


def in_words(error: OSError) -> str:
    """Return the words of an error of the system, with the name of its file but without its number."""
    from willay.geo.inputs import named, reason_of

    if error.errno is None:
        return str(error)
    names = [named(name) for name in (error.filename, error.filename2) if name is not None]
    about = (
        tr("{file} and {other}", file=names[0], other=names[1]) if len(names) > 1 else "".join(names) or tr("A file")
    )
    return tr(
        "{about} cannot be read or written: {reason}. Check the name, the folder and the disk.",
        about=about,
        reason=reason_of(error),
    )
