"""The words of a page of sums: those of a page of incidents, but of rows where that speaks of incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.maps.country_words import worded

if TYPE_CHECKING:
    from willay.data.countries import Country

SUMS: Final = "sums_"
"""How a message begins that a page of sums has in the place of the one without."""
PARTIAL: Final = "partial_"
"""And one of sums whose small cells are left out."""


def summed_words(lang: str, countries: tuple[Country, ...], *, is_partial: bool) -> dict[str, Any]:
    """Return the messages of a page of sums in a language.

    Args:
        lang: The language.
        countries: Whose words for units the page has.
        is_partial: Whether cells of few rows are left out.
    """
    found = dict(worded(lang, countries))
    for prefix in (SUMS, *((PARTIAL,) if is_partial else ())):
        for name in [key for key in found if key.startswith(prefix)]:
            found[name.removeprefix(prefix)] = found[name]
    return found
