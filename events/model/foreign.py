"""Foreign rows: what a reader of somebody else's dataset hands to the store, and what became of each row.

A reader (`willay.events.exchange.incoming`) yields batches of rows; the store takes a batch in and answers with one
outcome for each row. Neither knows the other: these values are what they share.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

from willay.events.model.fields import COLUMN, ByLanguage, always, exact
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROW_ERRORS: Final = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""Exceptions that unexpected data raise, in contrast to a damaged or locked file."""

SHOWN: Final = 80
"""Maximum number of characters of a value that a report shows."""

Document: TypeAlias = "dict[str, Any]"  # Any: JSON
"""A draft as plain JSON: the fields of `IncidentDraft`, `SourceDraft`, `ActorDraft` or `CaseDraft`."""

Ending = Literal["accepted", "updated", "unchanged", "quarantined", "withdrawn"]
"""The result of a row; `withdrawn`: its dataset has deleted it upstream."""

ENDINGS: Final[tuple[Ending, ...]] = ("accepted", "updated", "unchanged", "quarantined", "withdrawn")


@dataclass(frozen=True, slots=True)
class DatasetTerms:
    """Where imported incidents came from, and on what terms.

    Attributes:
        name: The dataset's name, as incidents name it.
        version: Its version.
        licence: SPDX id or a phrase.
        attribution: The credit that it asks for.
        may_publish: Whether its rows may be passed on; None where nobody has looked.
        selection: By which rule its rows were chosen from all that happened, by language. A rate of such a dataset is
            of no meaning, and pages refuse it. None where nobody states that it is a selection.

    Example:
        >>> from willay.events.store import DatasetTerms
        >>> DatasetTerms("survey", version="2", licence="CC-BY-4.0", may_publish=True).attribution is None
        True
    """

    name: Annotated[str, always(), COLUMN]
    version: Annotated[str | None, exact("word"), COLUMN] = None
    licence: Annotated[str | None, exact("word"), COLUMN] = None
    attribution: Annotated[str | None, exact("word"), COLUMN] = None
    may_publish: Annotated[bool | None, always(), COLUMN] = None
    selection: Annotated[dict[str, str] | None, ByLanguage(), always("text"), COLUMN] = None


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong, or remarkable, with one field of a row.

    Attributes:
        field: The column as the file calls it; empty where the row as a whole is meant.
        value: What it holds, as text.
        reason: What was expected, and what to do.

    Example:
        >>> from willay.events.extensions import RowFault
        >>> RowFault.of("day", "31 April", "is not a day. Correct it.").value
        '31 April'
    """

    field: str
    value: str
    reason: str

    @classmethod
    def of(cls, column: str, value: object, reason: str) -> RowFault:
        """Make one with the value cut to what a report shows."""
        return cls(column, str(value)[:SHOWN], reason)

    @classmethod
    def unforeseen(cls, column: str, value: object, error: Exception) -> RowFault:
        """Make one of an error that nobody foresaw: what a cell holds may reject its own row, and no other."""
        told = f"{type(error).__name__}: {error}"[:200]
        return cls.of(
            column,
            value,
            tr(
                "cannot be read ({problem}). Correct the row, or leave the cell empty; please also report this "
                "problem.",
                problem=told,
            ),
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """What another database of ours states about an incident, in addition to its draft.

    Attributes:
        id: Its id, a UUID.
        code: Its code; taken over where it is free.
        whole: The id of the incident that it is a part of, if the file says it.
        digests: The digests of its revisions, the first one first; empty where the file does not say them.
        seen: Digests of revisions in further databases that were merged into it.
        writers: Who wrote what it says since it was last approved.
        redacted: Digests of the texts that were redacted in it.
    """

    id: str
    code: str
    whole: str | None = None
    digests: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    redacted: tuple[str, ...] = ()

    @property
    def head(self) -> str | None:
        """The digest of its last revision, None where the file does not say it."""
        return self.digests[-1] if self.digests else None


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """One record of a file.

    Attributes:
        number: The record's place in the file, 1 for the first after the header.
        external_id: What the dataset calls it; unique in the dataset. Empty where the row has none (a fault).
        draft: The fields of an `IncidentDraft`; None where faults prevent one, or for a withdrawal.
        faults: Why the row cannot be imported; with any, it is quarantined.
        flags: What a reader of the report should know; the row is imported as it is.
        raw: The cells by column, as text, for the file of quarantined rows.
        withdrawn: The dataset says that it has deleted the incident.
        identity: For a row of our own export: who it is. Its draft then keeps the dataset that it names, and other
            rows may name it by its code.
        title_made: The title is put together from what happened and where, and changes with the place.
        dataset: The dataset that the row itself names; None where it belongs to that of the file.

    Example:
        >>> from willay.events.extensions import ForeignRow
        >>> march = ForeignRow(1, "a-1", {"title": "March", "type": "protest", "days": "2021-03-08"})
        >>> march.faults, march.withdrawn
        ((), False)
    """

    number: int
    external_id: str
    draft: Document | None
    faults: tuple[RowFault, ...] = ()
    flags: tuple[RowFault, ...] = ()
    raw: Mapping[str, str] = field(default_factory=dict)
    withdrawn: bool = False
    identity: Identity | None = None
    title_made: bool = False
    dataset: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows in the file's order, with the registers' entries that they are the first to need.

    Attributes:
        rows: The rows.
        sources: Drafts of sources that this batch is the first to cite.
        actors: Drafts of actors that it is the first to name.
        cases: Drafts of cases that it is the first to belong to.
        datasets: What the file states of the terms of datasets that the rows belong to.

    Example:
        >>> from willay.events.extensions import Batch, ForeignRow
        >>> march = ForeignRow(1, "a-1", {"title": "March", "type": "protest", "sources": ["daily"]})
        >>> batch = Batch((march,), sources=({"key": "daily", "kind": "press", "publisher": "The Daily"},))
        >>> len(batch.rows)
        1
    """

    rows: tuple[ForeignRow, ...]
    sources: tuple[Document, ...] = ()
    actors: tuple[Document, ...] = ()
    cases: tuple[Document, ...] = ()
    datasets: tuple[DatasetTerms, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person should know of an import once it is done.

    Attributes:
        text: A line.
        grave: The import is not what it seems: a command that makes it ends with another code than 0.

    Example:
        >>> from willay.events.extensions import Notice
        >>> Notice("None of the rows has a date.", grave=True).grave
        True
    """

    text: str
    grave: bool = False


@dataclass(frozen=True)
class Reading:
    """A file opened for import.

    Attributes:
        terms: The dataset that the rows belong to, and its terms.
        columns: The file's columns in their order.
        batches: The rows, read as they are asked for, in flat memory; can be walked once.
        notes: What was found out about the file as a whole, such as its layout and encoding.
        total: How many rows there are, where that is known beforehand.
        after: Returns what only the rows show, once all batches are read.
        dated: Whether any column of the file could say a day.
        about: The description that the file holds of itself (JSON), as our exports do; blank where it has none.

    Example:
        >>> from willay.events.extensions import Batch, DatasetTerms, Reading
        >>> reading = Reading(DatasetTerms("survey"), ("day", "title"), iter([Batch(())]))
        >>> [len(batch.rows) for batch in reading.batches]
        [0]
    """

    terms: DatasetTerms
    columns: tuple[str, ...]
    batches: Iterator[Batch]
    notes: tuple[str, ...] = ()
    total: int | None = None
    after: Callable[[], tuple[Notice, ...]] = tuple
    dated: bool = True
    about: Mapping[str, Any] = field(default_factory=dict)  # Any: JSON


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row.

    Attributes:
        number: The row's number.
        external_id: What the dataset calls it.
        ending: What became of it.
        code: The incident's code here; None where there is none.
        faults: Why it was quarantined.
        flags: What was remarkable about it.
    """

    number: int
    external_id: str
    ending: Ending
    code: str | None = None
    faults: tuple[RowFault, ...] = ()
    flags: tuple[RowFault, ...] = ()
