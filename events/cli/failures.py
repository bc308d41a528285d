"""Messages of commands that fail: our own errors, errors of the system, and errors of usage."""

from __future__ import annotations

from willay.events.cli import exit_codes
from willay.events.cli.usage_errors import is_of_usage, usage_in_words
from willay.geo.translation import tr


def failure_of(error: Exception) -> tuple[str, int] | None:
    """Return the message and the exit code of an error, or None for an unexpected error."""
    if is_of_usage(error):
        return usage_in_words(error), int(getattr(error, "exit_code", exit_codes.USAGE))
    code = exit_codes.code_for(error)
    if code is None:
        return None
    return f"willay: {in_words(error) if isinstance(error, OSError) else error}", code


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
