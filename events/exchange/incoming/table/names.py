"""Names in cells: a name has letters; what has none is a number, a code or a point in the wrong column."""

from __future__ import annotations

import re
from typing import Final

from willay.events.exchange.incoming.cell_texts import CellError
from willay.geo.translation import tr

_FAILED: Final = re.compile(r"#(?:REF!|VALUE!|NAME\?|NUM!|NULL!|DIV/0!|SPILL!|¡\w+!|¡DIV/0!|¿\w+\?)", re.IGNORECASE)
"""Error values that spreadsheets show for a failed formula, in English and Spanish."""


def check_name(text: str) -> None:
    """Refuse what cannot be the name of somebody or of a place.

    Raises:
        CellError: It has no letter, or is the error of a formula.
    """
    if _FAILED.fullmatch(text.strip()):
        raise CellError(tr("the error value of a formula, not a name"))
    if not any(letter.isalpha() for letter in text):
        raise CellError(tr("expected a name, with letters"))
