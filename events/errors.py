"""Errors of the record.

EventsError
├── DraftError (ValueError): an input that cannot become a record, with each fault and where it is
├── DayError (ValueError): a day or span that cannot be read
├── CountError (ValueError): a count that cannot be read, or is not low ≤ best ≤ high
├── QueryError (ValueError): a question that cannot be understood
├── FrameError (ValueError): a table that is not an incident frame
├── NotFoundError (LookupError): a code or key that the database does not have
├── ConflictError (ValueError): a change that does not fit the state of the database
├── RefusedError (ValueError): a change that the rules forbid, such as a change without an author
└── DatabaseError (OSError): a file that is no willay database, or cannot be written

DisclosureWarning (UserWarning): something leaves the database as it is recorded, not as a disclosure profile shows it
"""

from __future__ import annotations

from dataclasses import dataclass


class DisclosureWarning(UserWarning):
    """Incidents leave a database as they are recorded: confidential ones may be among them."""


class EventsError(Exception):
    """Root of the errors that `willay.events` raises on purpose."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input.

    Attributes:
        where: The field, as a path such as `claims[2].low`, after the file and record where known.
        message: What was expected, what came, and what to do.
    """

    where: str
    message: str

    def __str__(self) -> str:
        """Return the fault as one line."""
        return f"{self.where}: {self.message}" if self.where else self.message


class DraftError(EventsError, ValueError):
    """An input that cannot become a record; `faults` holds all that is wrong with it, the message the first of it."""

    shown = 20
    """How many faults the message tells."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        more = len(faults) - self.shown
        told = [str(fault) for fault in faults[: self.shown]]
        super().__init__("\n".join([*told, *([f"… and {more} more faults"] if more > 0 else [])]))


class DayError(EventsError, ValueError):
    """A day or a span of days that cannot be read."""


class CountError(EventsError, ValueError):
    """A count that cannot be read, or whose parts contradict each other."""


class QueryError(EventsError, ValueError):
    """A question that cannot be understood."""


class FrameError(EventsError, ValueError):
    """A table that lacks columns of the incident frame."""


class NotFoundError(EventsError, LookupError):
    """A code or key that the database does not have."""


class ConflictError(EventsError, ValueError):
    """A change that does not fit what the database holds, such as a key that is taken."""


class RefusedError(EventsError, ValueError):
    """A change that the rules of the record forbid."""


class DatabaseError(EventsError, OSError):
    """A file that is no willay database, is damaged, or cannot be written."""
