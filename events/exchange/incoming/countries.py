"""Countries by name or number, from ISO 3166-1 as pycountry carries it."""

from __future__ import annotations

from functools import cache

from willay.data.admin import folded
from willay.data.country_codes import CODE_SYSTEMS, country_of
from willay.data.headers import headers, plain


@cache
def alpha_2(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country's name, official name or code; None where the name is unknown.

    Names are compared whole: nothing is guessed.
    """
    import pycountry  # noqa: PLC0415 — reads its tables when imported

    asked = " ".join(name.split())
    if not asked:
        return None
    try:
        found = pycountry.countries.lookup(asked)
    except LookupError:
        return None
    return str(found.alpha_2)


def country_named(text: str) -> str | None:
    """Return the alpha-2 code of a country as people write it in a cell, also in Spanish; None where nothing is."""
    return headers().words["country"].get(folded(text)) or alpha_2(text)


def country_in(column: str, text: str) -> str | None:
    """Return the alpha-2 code of a country in a column, by the system of codes that its name says: `gwno`, `ccode`.

    A cell that is not a code of the system is read as people write a country.
    """
    system = headers().words["country_system"].get(plain(column))
    return (country_of(system, text) if system else None) or country_named(text)


def is_country(text: str) -> bool:
    """Return whether a cell can mean a country: by name, or in any system of codes."""
    return country_named(text) is not None or any(country_of(system, text) for system in CODE_SYSTEMS)


@cache
def alpha_2_of_number(number: int) -> str | None:
    """Return the alpha-2 code of an ISO 3166-1 numeric code such as 604, or None where there is no such number."""
    import pycountry  # noqa: PLC0415 — as above

    found = pycountry.countries.get(numeric=f"{number:03d}")
    return None if found is None else str(found.alpha_2)
