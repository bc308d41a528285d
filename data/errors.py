"""Errors of the shipped data.

DataError
├── UnknownTermError (LookupError): a code or label that a list does not have
├── GazetteerError (ValueError): a gazetteer file that cannot be read
├── PlaceLookupError (LookupError): a place that the gazetteer cannot settle
│   ├── UnknownPlaceError: unknown place
│   └── AmbiguousPlaceError: several places are
├── MissingDistrictsError (LookupError): district limits that lack districts of a zone's definition
└── RegistryError (ValueError): the registry of shipped files contradicts itself or the files
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.data.gazetteer import PlaceCandidate


class DataError(Exception):
    """Root of the errors that `willay.data` raises on purpose.

    Example:
        >>> from willay.data import DataError
        >>> from willay.data.codebook import codebook
        >>> try:
        ...     codebook().measures["hurt"]
        ... except DataError as error:
        ...     print(type(error).__name__)
        UnknownTermError
    """


class UnknownTermError(DataError, LookupError):
    """A code that a list does not have.

    Attributes:
        term: What kind of code was asked for, such as "event type".
        code: What was asked for.
        known: The codes there are.
        nearest: The most likely code meant, or None.
        how: How to write one, in a sentence, where the list is too long to show; None shows the list.

    Example:
        >>> from willay.data import UnknownTermError
        >>> from willay.data.codebook import codebook
        >>> try:
        ...     codebook().measures["kiled"]
        ... except UnknownTermError as error:
        ...     print(error.nearest)
        killed
    """

    def __init__(
        self, term: str, code: str, known: tuple[str, ...], nearest: str | None, how: str | None = None
    ) -> None:
        self.term, self.code, self.known, self.nearest, self.how = term, code, known, nearest, how
        hint = f"Did you mean {nearest!r}? " if nearest else ""
        listed = how or f"Known: {', '.join(known)}."
        super().__init__(f"Unknown {term} {code[:80]!r}. {hint}{listed}")


class GazetteerError(DataError, ValueError):
    """A gazetteer file that cannot be read; the message names the row."""


class PlaceLookupError(DataError, LookupError):
    """A place that the gazetteer cannot settle."""

    def __init__(self, message: str, candidates: tuple[PlaceCandidate, ...] = ()) -> None:
        self.candidates = candidates
        super().__init__(message)


class UnknownPlaceError(PlaceLookupError):
    """Unknown place; `candidates` are the nearest by name.

    Example:
        >>> from willay.data import Gazetteer
        >>> Gazetteer.load().resolve("Xyzzyville")
        Traceback (most recent call last):
            ...
        willay.data.errors.UnknownPlaceError: Unknown place 'Xyzzyville': it is not in the gazetteer. ...
    """


class AmbiguousPlaceError(PlaceLookupError):
    """Several places have the name; `candidates` are all of them.

    Example:
        >>> from willay.data import AmbiguousPlaceError, Gazetteer
        >>> try:
        ...     Gazetteer.load().resolve("San Juan")
        ... except AmbiguousPlaceError as error:
        ...     print(len(error.candidates) > 1)
        True
    """


class MissingDistrictsError(DataError, LookupError):
    """District limits that lack districts of a zone's definition.

    Attributes:
        missing: The codes that were not found, by the zone's version.
    """

    def __init__(self, missing: Mapping[str, tuple[str, ...]]) -> None:
        self.missing = missing
        told = "; ".join(f"{zone}: {', '.join(codes)}" for zone, codes in missing.items())
        super().__init__(
            f"The file lacks districts that are part of the zone definitions ({told[:400]}). Nothing was rebuilt. "
            f"Use district limits from the year of the definition, or add the missing districts."
        )


class RegistryError(DataError, ValueError):
    """The registry of shipped files contradicts itself or the files."""
