"""The colour of each type of incident, as the codebook has it."""

from __future__ import annotations

from willay.data.codebook import codebook

OTHER = "other"
"""The type whose style is used for types that are not in the codebook."""


def type_colours() -> dict[str, str]:
    """Return the colour (`#rrggbb`) of each type, in the codebook's order."""
    return {term.code: str(term.facts["colour"]) for term in codebook().types}
