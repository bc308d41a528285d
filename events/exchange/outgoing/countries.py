"""Countries as other datasets write them, from ISO 3166-1 as pycountry carries it."""

from __future__ import annotations

from functools import cache


@cache
def country_name(code: str | None) -> str | None:
    """Return the short name of a country in English, None where there is no such alpha-2 code."""
    country = _country(code)
    return None if country is None else str(getattr(country, "common_name", country.name))


@cache
def country_number(code: str | None) -> int | None:
    """Return the ISO 3166-1 number of a country, such as 604, None where there is no such alpha-2 code."""
    country = _country(code)
    return None if country is None else int(country.numeric)


def _country(code: str | None):  # type: ignore[no-untyped-def]  # noqa: ANN202 — pycountry's classes have no public types
    import pycountry  # noqa: PLC0415 — reads its tables when imported

    return pycountry.countries.get(alpha_2=code) if code else None
