"""Errors of the shipped data.

DataError
└── UnknownTermError (LookupError): a code or label that the codebook does not have
"""

from __future__ import annotations


class DataError(Exception):
    """Root of the errors that `willay.data` raises on purpose."""


class UnknownTermError(DataError, LookupError):
    """A code that a list of the codebook does not have.

    Attributes:
        term: What kind of code was asked for, such as "event type".
        code: What was asked for.
        known: The codes there are.
        nearest: The most likely code meant, or None.
    """

    def __init__(self, term: str, code: str, known: tuple[str, ...], nearest: str | None) -> None:
        self.term, self.code, self.known, self.nearest = term, code, known, nearest
        hint = f"Did you mean {nearest!r}? " if nearest else ""
        super().__init__(f"No {term} is called {code[:80]!r}. {hint}Known: {', '.join(known)}.")
