"""Names of countries within a sentence: in the Philippines, en el Perú."""

from __future__ import annotations

import re
from typing import Final

_ENGLISH: Final = re.compile(
    r"(Democratic|United|Russian|Republic|Central|State|Federated)\b.*"
    r"|.*\b(Islands|Republic|Federation|Territory|Territories|States)"
    r"|Bahamas|Comoros|Congo|Gambia|Holy See.*|Maldives|Netherlands|Philippines|Seychelles"
)
"""Names that English gives an article."""

_SPANISH: Final = (
    (re.compile(r"Perú|Reino Unido|Sáhara Occidental|Congo|Líbano|Estado\b.*|Territorio\b.*"), "el"),
    (re.compile(r"(República|Federación|Santa Sede|Región)\b.*"), "la"),
    (re.compile(r"(Países|Emiratos|Territorios)\b.*"), "los"),
    (re.compile(r"(Islas|Bahamas|Comoras|Maldivas|Filipinas)\b.*"), "las"),
)
"""Names that Spanish gives an article, and which."""

_CLAIMED: Final = re.compile(r"(the|el|la|los|las) ", re.IGNORECASE)


def with_article(name: str, lang: str) -> str:
    """Return a country's name as it follows "in" or "en": with an article where the language has one.

    Args:
        name: What it is called.
        lang: `es` or `en`.

    Example:
        >>> from willay.data.spoken_countries import with_article
        >>> with_article("Philippines", "en"), with_article("Perú", "es"), with_article("Peru", "en")
        ('the Philippines', 'el Perú', 'Peru')
    """
    if _CLAIMED.match(name):
        return name
    if lang == "es":
        article = next((article for names, article in _SPANISH if names.fullmatch(name)), "")
        return f"{article} {name}".strip()
    return f"the {name}" if _ENGLISH.fullmatch(name) else name
