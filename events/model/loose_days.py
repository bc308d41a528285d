"""Days as reports write them: `hacia 1985`, `años 80`, `5, 6 y 7 de junio de 2009`, `I trimestre 2009`, `05JUN2009`.

Each is written as dates that `written_days` reads. A word for "about" never makes a day more exact than it is: about a
year is known as a period, about a month to the year, and about a day to the month.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from willay.data.headers import headers
from willay.events.model.written_days import month_names

COARSER: Final = {"day": "month", "days": "month", "week": "month", "month": "year", "year": "period"}
"""How exactly days are known whose text says that they are only about right, by how exactly they are written."""

_ORDINALS: Final = {
    **dict.fromkeys(("i", "1", "1er", "1ro", "primer", "primero", "first", "1st"), 1),
    **dict.fromkeys(("ii", "2", "2do", "2o", "segundo", "second", "2nd"), 2),
    **dict.fromkeys(("iii", "3", "3er", "3ro", "tercer", "tercero", "third", "3rd"), 3),
    **dict.fromkeys(("iv", "4", "4to", "4o", "cuarto", "fourth", "4th"), 4),
}
_PART: Final = re.compile(
    r"(?:el |the )?(?P<which>[a-z0-9]+)\.? ?(?P<part>semestre|semester|half|trimestre|quarter)(?: del?| of)? "
    r"(?P<year>\d{4})"
)
_LENGTHS: Final = {"semestre": 6, "semester": 6, "half": 6, "trimestre": 3, "quarter": 3}
_DECADE: Final = re.compile(
    r"(?:(?:la |en la )?decada (?:de |del )?(?:los )?(?:anos )?|(?:los |en los )?anos |(?:the |in the )?)"
    r"(?P<decade>(?:1[5-9]|20)?[0-9]0)(?P<several>s?)"
)
_LIST: Final = re.compile(
    r"(?:(?:los|the)(?: dias)? )?(?P<days>\d{1,2}(?: ?, ?\d{1,2})+,? (?:y|and|&) \d{1,2}) (?P<rest>.*[a-z/].*)"
)
_ALL_LISTED: Final = re.compile(r"(?P<days>\d{1,2}(?: ?, ?\d{1,2})+) (?P<rest>(?:de )?[a-z]{3,}.*)")
_STUCK: Final = re.compile(r"(\d{1,2})([a-z]{3,10})(\d{4})")
_MONTHS: Final = re.compile(r"([a-z]{3,10}) ?[-/–] ?([a-z]{3,10})(?: del?)? (\d{4})")
_MONTHS_A_YEAR: Final = 12


def without_about(plain: str) -> tuple[str, str]:
    """Return a folded text without the words that say that it is about right, and those: `1985` and `hacia`."""
    before, after = _about()
    left = ""
    if match := before.match(plain):
        left, plain = match[0].strip(), plain[match.end() :]
    elif match := after.search(plain):
        left, plain = match[0].strip(" ,()"), plain[: match.start()]
    return plain.strip(), left


def says_about(plain: str) -> bool:
    """Return whether a text is one of the words for "about"."""
    return plain in headers().words["roughly"]


def as_dates(plain: str) -> str | None:
    """Write a folded text of days as dates; None where it is not written in one of these ways."""
    if match := _STUCK.fullmatch(plain):
        return " ".join(match.groups()) if match[2] in month_names() else None
    if match := _LIST.fullmatch(plain) or _ALL_LISTED.fullmatch(plain):
        days = [int(day) for day in re.findall(r"\d+", match["days"])]
        in_a_row = days == list(range(days[0], days[0] + len(days)))
        return f"{days[0]} al {days[-1]} {match['rest']}" if in_a_row else None
    if match := _PART.fullmatch(plain):
        return _part_of_year(match["which"], _LENGTHS[match["part"]], match["year"])
    if match := _MONTHS.fullmatch(plain):
        begin, end = (month_names().get(name) for name in match.group(1, 2))
        return f"{match[3]}-{begin:02}/{match[3]}-{end:02}" if begin and end and begin < end else None
    match = _DECADE.fullmatch(plain)
    if match is None or (match["decade"] == plain and not match["several"]):
        return None  # a year alone
    decade = int(match["decade"]) if len(match["decade"]) == 4 else 1900 + int(match["decade"])  # noqa: PLR2004 — digits
    return f"{decade}/{decade + 9}"


def _part_of_year(which: str, length: int, year: str) -> str | None:
    number = _ORDINALS.get(which, 0)
    last = number * length
    return f"{year}-{last - length + 1:02}/{year}-{last:02}" if 0 < last <= _MONTHS_A_YEAR else None


@cache
def _about() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(re.escape(word) for word in sorted(headers().words["roughly"], key=len, reverse=True))
    before = rf"(?:a |en |in )?(?:{words})(?: del? |(?<=\.) ?| )(?:el |ano |the )*(?=\w)"
    return re.compile(before), re.compile(rf",? \(?(?:{words})\)?$")
