"""The reasons that the program itself records for a change.

They are recorded in English on every machine, so that the record does not depend on anybody's language, and are put
into words where they are shown (`reason_in_words`).
"""

from __future__ import annotations

import re
import string
from functools import cache
from typing import Final

from willay.geo.translation import mark, tr

ADDED: Final = mark("added")
ATTACHED: Final = mark("attached")
CLAIMED: Final = mark("claim by {source}")
DELETED: Final = mark("deleted by the dataset")
FROM_DISTRICTS: Final = mark("from the districts of {set_name}")
FROM_FILE: Final = mark("from {file}")
IMPORTED: Final = mark("imported from {file}")
INCLUDED: Final = mark("included in willay")
INSTALLED: Final = mark("installed")
PHASE_ADDED: Final = mark("phase added")
RETAINED: Final = mark("{reason}; retained ours: {fields}")
UNDONE: Final = mark("undo of change {number}")
UNDONE_FOR: Final = mark("undo of change {number}: {reason}")
UPGRADED: Final = mark("brought up to date")

REASONS: Final = (
    FROM_DISTRICTS, FROM_FILE, UNDONE_FOR, UNDONE, ADDED, ATTACHED, CLAIMED, DELETED, IMPORTED, INCLUDED, INSTALLED,
    PHASE_ADDED, RETAINED, UPGRADED,
)  # fmt: skip
"""All of them, the more particular first: what `from the districts of x` says is not a file."""


def recorded_reason(reason: str, /, **values: str) -> str:
    """Return a reason as it is recorded: in English.

    Args:
        reason: One of `REASONS`.
        values: What it names.

    Example:
        >>> from willay.events.model.reasons import IMPORTED, recorded_reason
        >>> recorded_reason(IMPORTED, file="mayo.csv")
        'imported from mayo.csv'
    """
    return reason.format(**values)


def reason_in_words(recorded: str) -> str:
    """Return a reason as a person reads it: the program's own in the language of now, any other as somebody wrote it.

    Example:
        >>> from willay.events.model.reasons import reason_in_words
        >>> from willay.geo.translation import in_language
        >>> with in_language("es"):
        ...     reason_in_words("imported from mayo.csv"), reason_in_words("me llamó el alcalde")
        ('importado de mayo.csv', 'me llamó el alcalde')
    """
    for reason in REASONS:
        if found := _pattern(reason).fullmatch(recorded):
            values = found.groupdict()
            if "reason" in values:
                values["reason"] = reason_in_words(values["reason"])
            return tr(reason, **values)
    return recorded


@cache
def _pattern(reason: str) -> re.Pattern[str]:
    """Return what a reason looks like with any values."""
    parts = (
        re.escape(text) + (f"(?P<{name}>.*)" if name else "") for text, name, _, _ in string.Formatter().parse(reason)
    )
    return re.compile("".join(parts), re.DOTALL)
