"""`wy.claim`: what a source states, as somebody writes it down."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from itertools import chain
from itertools import count as numbers_from
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from willay.events.front.figure import Source
from willay.events.model.drafts import ClaimDraft, SourceDraft, draft
from willay.events.model.entry import Citation, counted, read_source, slug
from willay.events.model.errors import DraftError
from willay.events.model.fieldtypes import UNKNOWN_NUMBER
from willay.events.model.values import Count
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from willay.events.front.words import Measure

Number: TypeAlias = "int | float | str | tuple[int | None, int | None] | Count | None"
"""How many: a number, a text (`"25-30"`, `"more than 20"`), two ends, or None: the source gives no number."""

Cited: TypeAlias = "str | Source"
"""A source: a web address, a title, the key of a recorded one, or a `wy.Source`."""

_STAND_IN: Final = "source"
"""A key by which a claim is checked before its source is looked up."""

_KEY_LENGTH: Final = 48


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source states about one measure; `wy.claim` makes it, `db.add` and `change.add_claim` record it.

    Attributes:
        measure: What is counted (codebook).
        numbers: How many, as `ClaimDraft` takes it: `count`, or `low`, `best` and `high`.
        source: Who says so; None takes the source that the incident is added with.
        group: Of whom (codebook).
        more: The other fields, as `ClaimDraft` takes them.

    Example:
        >>> import willay as wy
        >>> wy.claim("killed", (25, None), source="https://example.org/note")
        wy.claim('killed', '25+', source='https://example.org/note')
    """

    measure: str
    numbers: Mapping[str, Any]
    source: Cited | None
    group: str
    more: Mapping[str, Any]

    def fields(self, source: str) -> dict[str, Any]:
        """Return the fields of the draft of this claim, by the key of its source."""
        return {"measure": self.measure, "group": self.group, "source": source, **self.numbers, **self.more}

    @property
    def count(self) -> str:
        """How many, in figures or as it was written; `?` where the source gives no number."""
        written = self.numbers.get("count")
        return str(Count(**self.numbers)) if written is None else str(written)

    def __repr__(self) -> str:
        group = f", group={self.group!r}" if self.group != "all" else ""
        source = f", source={self.source!r}" if self.source is not None else ""
        noted = {name: value for name, value in self.numbers.items() if name == "note"}
        more = "".join(f", {name}={value!r}" for name, value in (noted | dict(self.more)).items())
        return f"wy.claim({self.measure!r}, {self.count!r}{group}{source}{more})"


def claim(
    measure: Measure | str,
    count: Number,
    *,
    source: Cited | None = None,
    group: str = "all",
    attributed_to: str | Mapping[str, str] | None = None,
    attributed_kind: str | None = None,
    stated_on: str | date | None = None,
    scope: str | Mapping[str, str] | None = None,
    note: str | Mapping[str, str] | None = None,
    pinned: str | None = None,
    supersedes: int | list[int] | tuple[int, ...] = (),
    adds: bool = False,
) -> Claim:
    """Return what a source states, checked, for `db.add` or `change.add_claim`.

    Args:
        measure: What is counted, such as `killed`.
        count: How many people: 3, `"25-30"`, `"more than 20"`, `(25, 30)`, `(25, None)`; None: the source speaks of
            them and gives no number.
        source: Who says so: a web address, a title, the key of a recorded source, or a `wy.Source`.
        group: Of whom, such as `police`; `all` is everyone.
        attributed_to: Whom the source quotes; a text, or one for each language.
        attributed_kind: The kind of that voice (codebook: kinds of sources).
        stated_on: The day, month or year it was said; None takes the date of the source.
        scope: The part of the incident that is meant, where it is not all of it.
        note: A note on the number, for readers.
        pinned: Why this claim is the figure, whatever the policy would choose.
        supersedes: The earlier claims of the same source that it corrects, by number (see `incident.claims`).
        adds: Whether it counts people in addition to the earlier count of its source.

    Raises:
        DraftError: The measure, group or count cannot be read.

    Example:
        >>> import willay as wy
        >>> wy.claim("killed", 33, group="police", source=wy.Source(kind="court", publisher="Corte Superior"))
        wy.claim('killed', '33', group='police', source=wy.Source(kind='court', publisher='Corte Superior'))
    """
    given: dict[str, Any] = {
        "attributed_to": attributed_to, "attributed_kind": attributed_kind, "scope": scope, "note": note,
        "stated_on": None if stated_on is None else day_text(stated_on), "pinned": pinned, "adds": adds or None,
        "supersedes": (supersedes,) if isinstance(supersedes, int) else tuple(supersedes) or None,
    }  # fmt: skip
    more = {name: value for name, value in given.items() if value is not None}
    numbers = read_number(count)
    if "note" in numbers and "note" in more:
        numbers |= {"note": _joined(numbers["note"], more.pop("note"))}
    made = Claim(measure, numbers, source, group, more)
    draft(ClaimDraft, made.fields(_STAND_IN), "claim")
    return made


def _joined(word: str, note: str | Mapping[str, str]) -> str | dict[str, str]:
    """Return the word that stands for a number before a note."""
    if isinstance(note, str):
        return f"{word}; {note}"
    return {lang: f"{word}; {text}" for lang, text in note.items()}


def day_text(day: str | date) -> str:
    """Return one day, month or year as text; of a moment its day."""
    return f"{day:%Y-%m-%d}" if isinstance(day, date) else str(day)


def read_number(count: Number) -> dict[str, Any]:
    """Return a number of people as fields of a claim.

    Raises:
        DraftError: It is not a number of people.
    """
    if count is None:
        return {"count": UNKNOWN_NUMBER}
    if isinstance(count, Count):
        return {"low": count.low, "best": count.best, "high": count.high}
    if isinstance(count, tuple | list) and len(count) == 2:  # noqa: PLR2004 — two ends
        return {"low": _whole(count[0]), "best": None, "high": _whole(count[1])}
    return counted(count) if isinstance(count, str) else {"count": str(_whole(count))}


def _whole(number: Any) -> int | None:  # noqa: ANN401 — whatever is given
    if number is None:
        return None
    is_number = isinstance(number, Real) and not isinstance(number, bool)
    if is_number and (isinstance(number, Integral) or float(number).is_integer()):
        return int(number)
    message = tr(
        "expected a whole number of people, such as 3, '25-30' or (25, None); got {got}. Where the source gives no "
        "number: None.",
        got=repr(number)[:80],
    )
    raise DraftError.at("claim.count", message)


def cite(source: Any, find: Callable[[str], SourceDraft | None]) -> Citation:  # noqa: ANN401 — whatever is given
    """Return the source that is meant: a recorded one, or a new one under a key of its own.

    A text is read as on the command line (`model.entry.read_source`). A `wy.Source` is a recorded one where its key or
    address is, and all that is given of it agrees; without both, where kind, publisher, title and date are the same.

    Args:
        source: The source.
        find: Returns the recorded source with a key, or None.

    Raises:
        DraftError: It does not make a source, or a recorded one of this key is another.
    """
    if isinstance(source, str):
        return read_source(source, find)
    if not isinstance(source, Source):
        message = tr(
            "expected a web address, a title, a key or a wy.Source; got {got}.",
            got=repr(source)[:80],
        )
        raise DraftError.at("claim.source", message)
    given = {one.name: value for one in fields(Source) if (value := getattr(source, one.name)) not in (None, "")}
    if "published_on" in given:
        given["published_on"] = day_text(given["published_on"])
    key = given.pop("key", None)
    if key is None and "url" in given:
        return read_source(given.pop("url"), find, **given)
    if key is not None and (recorded := find(key)):
        return _recorded(recorded, given)
    new = draft(SourceDraft, {**given, "key": key or _key_of(given)}, "source")
    for name in chain([new.key], (f"{new.key[: _KEY_LENGTH - 4].rstrip('-')}-{number}" for number in numbers_from(2))):
        known = find(name)
        if known is None:
            return Citation(name, new=new.model_copy(update={"key": name}))
        if all(getattr(known, field) == getattr(new, field) for field in given):
            return Citation(name, recorded=known)
    raise AssertionError("unreachable: keys do not run out")


def _recorded(recorded: SourceDraft, given: Mapping[str, Any]) -> Citation:
    """Return a recorded source that is cited by its key.

    Raises:
        DraftError: Something is given of it that differs from what is recorded.
    """
    told = {name: value for name, value in given.items() if (name, value) != ("kind", Source().kind)}
    merged = draft(SourceDraft, {**recorded.model_dump(exclude_none=True), **told}, "source")
    if merged != recorded:
        message = tr(
            "The database has another source with the key {key!r}. Give another key, or none.", key=recorded.key
        )
        raise DraftError.at("source.key", message)
    return Citation(recorded.key, recorded=recorded)


def _key_of(given: Mapping[str, Any]) -> str:
    words = (given.get("publisher"), given.get("title"), given.get("published_on"))
    named = " ".join(str(word) for word in words if word)
    if not named:
        raise DraftError.at("source", tr("A source needs a url, a title, a publisher or a key."))
    return slug(named)
