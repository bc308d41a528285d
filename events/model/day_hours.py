"""The time of a day in what people say of days: `madrugada del 5`, `ayer por la noche`, `5 de mayo a las 3 pm`.

It is not recorded; who reads the days says so.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from willay.data.headers import headers

_CLOCK: Final = (
    r"(?:a eso de |alrededor de |hacia )?(?:a )?(?:las?|at) \d{1,2}(?:[:.]\d{2})?(?: ?(?:h|hrs?|horas)\.?)?"
    r"(?: ?[ap]\.? ?m\.?)?|\d{1,2}:\d{2}(?::\d{2})?(?: ?(?:h|hrs?|horas)\.?)?(?: ?[ap]\.? ?m\.?)?"
)
_NIGHTS: Final = frozenset({"anoche", "anteanoche", "tonight"})


def hours_in(plain: str) -> str:
    """Return the words of a day that name its time: all of `anoche` and `last night`; empty where there are none."""
    return plain if plain in _NIGHTS or plain.rsplit(maxsplit=1)[-1] in headers().words["daytime"] else ""


def without_hours(plain: str) -> tuple[str, str]:
    """Return a folded text without the time of day, and that: `el 5` and `madrugada` of `madrugada del 5`."""
    before, after = _patterns()
    left: list[str] = []
    while match := after.search(plain):
        left.insert(0, match["hours"].strip())
        plain = plain[: match.start()].strip(" ,")
    if match := before.match(plain):
        left.insert(0, match["hours"].strip())
        plain = f"{'el ' if match['article'] else ''}{plain[match.end() :]}"
    return plain, " ".join(left)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(sorted(headers().words["daytime"], key=len, reverse=True))
    leading = "(?:(?:en|a|al|por|durante|in|at|on|the|la|el) )*"
    before = rf"(?P<hours>{leading}(?:{words}))(?P<article> del| de el| el)? (?:de |of |on )?"
    after = rf"(?<=\w),? (?P<hours>(?:(?:en|a|al|por|de|del|durante|in|at|the|la|el) )*(?:{words})|{_CLOCK})$"
    return re.compile(before), re.compile(after)
