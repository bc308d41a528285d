"""Errors of the record.

EventsError
├── DraftError (ValueError): an input that cannot become a record, with each fault and where it is
├── DayError (ValueError): a day or span that cannot be read
│   └── AmbiguousDaysError: days that can be read in two ways
├── CountError (ValueError): a count that cannot be read, or is not low ≤ best ≤ high
├── QueryError (ValueError): a question that cannot be understood
├── FrameError (ValueError): a table that is not an incident frame
├── NotFoundError (LookupError): a code or key that the database does not have
├── ConflictError (ValueError): a change that does not fit the state of the database
│   └── StaleEditError: an edit of a state that somebody has changed since
├── RefusedError (ValueError): a change that the rules forbid, such as a change without an author
│   ├── MissingPolicyError: figures by a policy of a package that is not installed
│   └── UnclearClaimError: a second count of one source that may correct the first, or add to it
└── DatabaseError (OSError): a file that is not a willay database, or cannot be written

EventsWarning (UserWarning): what was done, and a person should look at
├── ClockWarning: the clock of this computer and the moments on record cannot both be right
├── DisclosureWarning: something leaves the database as it is recorded, not as a disclosure profile shows it
├── FormerNameWarning: something was asked for by a name that it has no more
├── FrameWarning: something in a frame that its maker should look at again
└── PluginWarning: a plug-in that could not be asked
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from willay.geo.roots import Error
from willay.geo.translation import mark, tr, tr_n

if TYPE_CHECKING:
    from datetime import datetime


class EventsError(Error):
    """Root of the errors that `willay.events` raises on purpose.

    Example:
        >>> from willay.events import Count, EventsError
        >>> try:
        ...     Count(best=-1)
        ... except EventsError as error:
        ...     print(type(error).__name__)
        CountError
    """


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input.

    Attributes:
        where: The field, as a path such as `claims[2].low`, after the file and record where known.
        message: What was expected, what came, and what to do.

    Example:
        >>> from willay.events import Fault
        >>> str(Fault("claims[2].low", "expected a whole number of people, got 'many'"))
        "claims[2].low: expected a whole number of people, got 'many'"
    """

    where: str
    message: str

    def __str__(self) -> str:
        """Return the fault as one line."""
        return f"{self.where}: {self.message}" if self.where else self.message


class DraftError(EventsError, ValueError):
    """An input that cannot become a record; `faults` holds all that is wrong with it, the message the first of it.

    Example:
        >>> from willay.events import DraftError, SourceDraft, draft
        >>> try:
        ...     draft(SourceDraft, {"key": "daily", "kind": "rumour"})
        ... except DraftError as error:
        ...     print([fault.where for fault in error.faults])
        ['kind']
    """

    shown = 20
    """Maximum number of faults that the message lists."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        more = len(faults) - self.shown
        told = [str(fault) for fault in faults[: self.shown]]
        if more > 0:
            told.append(tr_n("… and {n:,} more fault", "… and {n:,} more faults", more))
        super().__init__("\n".join(told))

    @classmethod
    def at(cls, where: str, message: str) -> Self:
        """Return the error of an input with one fault: its field, and what is wrong with it."""
        return cls((Fault(where, message),))


class DayError(EventsError, ValueError):
    """A day or a span of days that cannot be read.

    Attributes:
        why: The reason alone, without forms that work; empty where there is none but that it is not a day. None where
            the message is complete in itself.
    """

    def __init__(self, message: str, why: str | None = None) -> None:
        super().__init__(message)
        self.why = why

    @classmethod
    def because(cls, why: str) -> DayError:
        """Return the error of days that cannot be read for a reason."""
        return DayError(why, why)


class AmbiguousDaysError(DayError):
    """Days that can be read in two ways; `readings` holds both, each as `said_days` reads it."""

    def __init__(self, text: str, readings: tuple[Any, ...], words: tuple[str, ...], forms: tuple[str, ...]) -> None:
        self.readings, self.words = readings, words
        told = {"text": text[:80], "days": _either(words), "forms": _either(forms)}
        super().__init__(tr("{text!r} can be {days}. Write {forms}.", **told))


def _either(words: tuple[str, ...]) -> str:
    *before, last = words
    return tr("{before} or {last}", before=", ".join(before), last=last) if before else last


class CountError(EventsError, ValueError):
    """A count that cannot be read, or whose parts contradict each other."""


class QueryError(EventsError, ValueError):
    """A question that cannot be understood.

    Example:
        >>> import willay as wy
        >>> wy.Query(days="2012-13")
        Traceback (most recent call last):
            ...
        willay.events.model.errors.QueryError: days: '2012-13' is not a day of the calendar: a year has 12 months. ...
    """


class FrameError(EventsError, ValueError):
    """A table that lacks columns of the incident frame.

    Example:
        >>> import geopandas
        >>> from willay.events import check_frame
        >>> check_frame(geopandas.GeoDataFrame({"code": ["1"]}))
        Traceback (most recent call last):
            ...
        willay.events.model.errors.FrameError: The table lacks key, title, summary, type, subtype, ...
    """


class NotFoundError(EventsError, LookupError):
    """A code or key that the database does not have.

    Example:
        >>> import willay as wy
        >>> with wy.create("nowhere.gpkg", country="PE") as db:
        ...     try:
        ...         db["march-2021"]
        ...     except wy.NotFoundError:
        ...         print("not there")
        not there
    """


class ConflictError(EventsError, ValueError):
    """A change that does not fit what the database holds, such as a key that is taken."""


@dataclass(frozen=True, slots=True)
class StaleField:
    """A field that was changed after somebody had looked at it.

    Attributes:
        field: Its name.
        base: What it was when it was looked at, as JSON; None where it was not there.
        yours: What the edit makes of it; for a decision about all of it, what it was when it was looked at.
        present: What it is now.
        words: In what the two differ, each in words: yours, then the present one.
        author: Who changed it last.
        recorded_at: When, UTC.
        revision: The number of the revision that did so.
    """

    field: str
    base: Any  # JSON, as the next two
    yours: Any
    present: Any
    words: tuple[str, str]
    author: str
    recorded_at: datetime
    revision: int

    def as_line(self, *, is_step: bool) -> str:
        """Return it as one line; `yours` is what an edit makes of it, or what it was when a step was decided."""
        mine, now = (text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…" for text in self.words)
        told = {
            "field": self.field,
            "before": mine or "—",
            "now": now or "—",
            "author": self.author,
            "when": f"{self.recorded_at:%Y-%m-%d %H:%M} UTC",
            "revision": self.revision,
        }
        if is_step:
            return tr("{field}: then {before}; now {now} (by {author}, {when}, revision {revision})", **told)
        return tr("{field}: yours {before}; now {now} (by {author}, {when}, revision {revision})", **told)


_SHOWN = 80


class StaleEditError(ConflictError):
    """An edit, or a decision, that was made from a state which is no longer the latest.

    Attributes:
        subject: The code or key.
        base: The revision that it was made from.
        latest: The latest revision.
        fields: What was changed since.

    Example:
        >>> from willay.events import Bundle, IncidentDraft, StaleEditError, draft
        >>> from willay.events.store import Store
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03-07"})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     (code,) = store.write.add(Bundle(incidents=(march,)), author="ana").codes
        ...     seen = store.read.latest_revision("incident", code)
        ...     _ = store.write.edit(code, {"title": {"en": "March of nurses"}}, author="ben", reason="radio")
        ...     try:
        ...         store.write.edit(code, {"title": {"en": "Rally"}}, author="ana", reason="daily", base_revision=seen)
        ...     except StaleEditError as error:
        ...         print([one.field for one in error.fields])
        ['title']
    """

    def __init__(
        self, subject: str, revisions: tuple[int, int], fields: tuple[StaleField, ...], step: str | None = None
    ) -> None:
        self.subject, (self.base, self.latest), self.fields = subject, revisions, fields
        told = {"subject": subject, "base": self.base, "step": step}
        if step is None:
            changed = tr(
                "{subject} was changed after revision {base}, on which this edit is based. Nothing was saved.", **told
            )
        else:
            changed = tr(
                "{subject} was changed after revision {base}, on which the step {step!r} is based. Nothing was saved.",
                **told,
            )
        repeat = tr(
            "Check the current state, then repeat your change from the latest revision: --base-revision {latest}.",
            latest=self.latest,
        )
        super().__init__(
            "\n".join([changed, *(f"  {field.as_line(is_step=step is not None)}" for field in fields), repeat])
        )


class RefusedError(EventsError, ValueError):
    """A change that the rules of the record forbid.

    Example:
        >>> import willay as wy
        >>> wy.create("twice.gpkg", country="PE").close()
        >>> try:
        ...     wy.create("twice.gpkg", country="PE")
        ... except wy.RefusedError:
        ...     print("the file is left as it is")
        the file is left as it is
    """


class MissingPolicyError(RefusedError):
    """Figures that cannot be derived: their policy belongs to a package that is not installed, or not in its version.

    Attributes:
        reference: The policy, as a database records it: `DISTRIBUTION:NAME@VERSION`.
        package: The distribution.
    """

    def __init__(self, message: str, *, reference: str, package: str) -> None:
        super().__init__(message)
        self.reference, self.package = reference, package


class MalformedError(RefusedError):
    """Something given that does not have the form it must have: a name without a known ending, a key that is none."""


class UnclearClaimError(RefusedError):
    """A second count of one source about the same people: whether it corrects the first or adds to it is not said.

    Attributes:
        facts: What each of the two says, as a sentence.
        number: The number of the earlier claim, from 1 in the incident's list.
        place: Which of the new claims it is, from 0.
    """

    def __init__(self, facts: str, number: int, place: int) -> None:
        self.facts, self.number, self.place = facts, number, place
        super().__init__(
            tr(
                "{facts} If the new count corrects the earlier one, add --supersedes {number}. If it counts "
                "additional people, add --adds. (In a draft: supersedes, or adds: true.)",
                facts=facts,
                number=number,
            )
        )


class DatabaseError(EventsError, OSError):
    """A file that is not a willay database, is damaged, or cannot be written."""


class EventsWarning(UserWarning):
    """Root of the warnings that `willay.events` gives; to have them as errors: `warnings.simplefilter("error", …)`.

    Example:
        >>> import warnings
        >>> import willay as wy
        >>> with warnings.catch_warnings():
        ...     warnings.simplefilter("error", wy.EventsWarning)  # a script that nobody watches stops instead
    """

    heading: ClassVar[str] = mark("Warning")
    """The word that the command line puts before it, in English: it is translated where it is shown."""


class ClockWarning(EventsWarning):
    """The clock of this computer is more than a day behind the latest change; the change is recorded after that one.

    Example:
        >>> import warnings
        >>> from willay.events import ClockWarning
        >>> with warnings.catch_warnings():
        ...     warnings.simplefilter("error", ClockWarning)  # nothing is recorded with a wrong clock
    """


class DisclosureWarning(EventsWarning):
    """Incidents leave a database as they are recorded: confidential ones may be among them.

    Example:
        >>> import warnings
        >>> from willay.events import DisclosureWarning
        >>> with warnings.catch_warnings():
        ...     warnings.simplefilter("error", DisclosureWarning)  # what is confidential is never written
    """


class FormerNameWarning(EventsWarning):
    """Something was asked for by a former name, which works for one more version.

    Example:
        >>> import warnings
        >>> from willay.events import FormerNameWarning
        >>> with warnings.catch_warnings():
        ...     warnings.simplefilter("error", FormerNameWarning)  # scripts have the names of today
    """

    heading = mark("Note")


class FrameWarning(EventsWarning):
    """Something in a frame that can be drawn or written, and that its maker should look at again.

    Example:
        >>> import warnings
        >>> from willay.events import FrameWarning
        >>> with warnings.catch_warnings():
        ...     warnings.simplefilter("ignore", FrameWarning)  # such as a type that the codebook does not have
    """

    heading = mark("Note")


class PluginWarning(EventsWarning):
    """A plug-in that cannot be used, and was passed over where nobody had named it."""
