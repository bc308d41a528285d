"""How a file is to be read: the same options for every format."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from willay.events.frame.unit_names import UnitNames

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from willay.events.model.foreign import DatasetTerms

BATCH_ROWS: Final = 5_000
"""Rows that are read, and later stored, together."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How a file is to be read; what is None is taken from the format or found in the file.

    Attributes:
        dataset: What the dataset is called here.
        version: Its version.
        licence: SPDX id or a phrase.
        attribution: The credit that it asks for.
        may_publish: Whether its rows may be passed on.
        status: The status of new incidents.
        language: The language of texts, as an IETF tag.
        country: ISO 3166-1 alpha-2 of rows that name none, tested against what they say; None leaves it open, and the
            database takes its own.
        encoding: The encoding of a text file.
        sheet: The sheet of a workbook.
        layer: The layer of a GIS file.
        crs: The CRS of a GIS file that states none, or of the eastings and northings of a table.
        mapping: The file with the mapping of a table's columns.
        assign: Fields by column, before the mapping and what is guessed.
        batch_rows: Rows in a batch.
        units: Which first-level unit of a country a name means.
        headings: The field by the heading of a column (see `headers.plain`) that the database knows besides willay's.

    Example:
        >>> from willay.events.extensions import DatasetTerms, ReadingOptions
        >>> ReadingOptions(dataset="ours", version="2").terms(DatasetTerms("survey", licence="CC0-1.0")).name
        'ours'
    """

    dataset: str | None = None
    version: str | None = None
    licence: str | None = None
    attribution: str | None = None
    may_publish: bool | None = None
    status: str | None = None
    language: str | None = None
    country: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    layer: str | None = None
    crs: str | None = None
    mapping: Path | None = None
    assign: Mapping[str, str] = field(default_factory=dict)
    batch_rows: int = BATCH_ROWS
    units: UnitNames = field(default_factory=UnitNames)
    headings: Mapping[str, str] = field(default_factory=dict)

    def terms(self, usual: DatasetTerms) -> DatasetTerms:
        """Return a dataset's terms with what these options say instead."""
        said = {
            "name": self.dataset, "version": self.version, "licence": self.licence, "attribution": self.attribution,
            "may_publish": self.may_publish,
        }  # fmt: skip
        return replace(usual, **{name: value for name, value in said.items() if value is not None})  # type: ignore[arg-type]  # each of its field's type
