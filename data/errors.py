"""Errors of the shipped data.

DataError
├── UnknownTermError (LookupError): a code or label that a list does not have
├── GazetteerError (ValueError): a gazetteer file that cannot be read
├── PackError (ValueError): a country pack, or a file to make one of, that cannot be used
│   └── PackFaultsError: units whose codes are missing or used twice
├── PlaceLookupError (LookupError): a place that the gazetteer cannot settle
│   ├── UnknownPlaceError: unknown place
│   └── AmbiguousPlaceError: several places are
├── MissingDistrictsError (LookupError): district limits that lack districts of a zone's definition
└── RegistryError (ValueError): the registry of shipped files contradicts itself or the files
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.geo.roots import Error
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.data.country_packs.examining import PackReport
    from willay.data.gazetteer import PlaceCandidate


_UNKNOWN: Final = mark("Unknown {term} {code!r}.")
UNKNOWN: Final[Mapping[str, str]] = {
    "event type": mark("Unknown event type {code!r}."),
    "event sub-type": mark("Unknown event sub-type {code!r}."),
    "date precision": mark("Unknown date precision {code!r}."),
    "place precision": mark("Unknown place precision {code!r}."),
    "measure": mark("Unknown measure {code!r}."),
    "group": mark("Unknown group {code!r}."),
    "source kind": mark("Unknown source kind {code!r}."),
    "reliability": mark("Unknown reliability {code!r}."),
    "actor kind": mark("Unknown actor kind {code!r}."),
    "role": mark("Unknown role {code!r}."),
    "status": mark("Unknown status {code!r}."),
    "confidence": mark("Unknown confidence {code!r}."),
    "sensitivity": mark("Unknown sensitivity {code!r}."),
    "case type": mark("Unknown case type {code!r}."),
    "case state": mark("Unknown case state {code!r}."),
    "case phase": mark("Unknown case phase {code!r}."),
    "qualifier": mark("Unknown qualifier {code!r}."),
    "indicator kind": mark("Unknown indicator kind {code!r}."),
    "country": mark("Unknown country {code!r}."),
    "department": mark("Unknown department {code!r}."),
    "province": mark("Unknown province {code!r}."),
    "district": mark("Unknown district {code!r}."),
    "UBIGEO code": mark("Unknown UBIGEO code {code!r}."),
    "disclosure profile": mark("Unknown disclosure profile {code!r}."),
    "crosswalk": mark("Unknown crosswalk {code!r}."),
    "shipped dataset": mark("willay includes no dataset {code!r}."),
    "country with a shipped outline": mark("willay includes no outline of the country {code!r}."),
    "country with shipped incidents": mark("willay includes no incidents of the country {code!r}."),
    "country with shipped regions": mark("willay includes no regions of the country {code!r}."),
    "country with shipped towns": mark("willay includes no towns of the country {code!r}."),
}
"""What is wrong with a code, in a sentence, by the list that does not have it: `UnknownTermError.term`."""


HOW_TO_WRITE_COUNTRIES: Final = mark(
    "Write the two letters of ISO 3166-1, such as PE, or the country's name in English or Spanish."
)


class DataError(Error):
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
        fault: What is wrong, in a sentence without the codes there are.

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
        self,
        term: str,
        code: str,
        known: tuple[str, ...],
        nearest: str | None,
        how: str | None = None,
        *,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        self.term, self.code, self.known, self.nearest, self.how = term, code, known, nearest, how
        self.fault = tr(UNKNOWN.get(term, _UNKNOWN), term=term, code=code[:80])
        said = labels or {}
        advice = [self.fault]
        if nearest and nearest in said:
            advice.append(tr("Did you mean {near!r} ({label})?", near=nearest, label=said[nearest]))
        elif nearest:
            advice.append(tr("Did you mean {near!r}?", near=nearest))
        listed = ", ".join(f"{one} ({said[one]})" if one in said else one for one in known)
        advice.append(how or tr("Known: {known}.", known=listed))
        super().__init__(" ".join(advice))


class GazetteerError(DataError, ValueError):
    """A gazetteer file that cannot be read; the message names the row."""


class PackError(DataError, ValueError):
    """A country pack, or a file to make one of, that cannot be used; the message says what to do."""


class PackFaultsError(PackError):
    """Units from which no pack is made, because codes are missing or used twice.

    Attributes:
        report: All that was found in the files.
    """

    def __init__(self, message: str, report: PackReport) -> None:
        self.report = report
        super().__init__(message)


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
            tr(
                "The file lacks districts that are part of the zone definitions ({districts}). Nothing was rebuilt. "
                "Use district limits from the year of the definition, or add the missing districts.",
                districts=told[:400],
            )
        )


class RegistryError(DataError, ValueError):
    """The registry of shipped files contradicts itself or the files."""
