"""An incident as a script has it at hand, read once into drafts: the words of `willay add` as keywords."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypedDict

from willay.data.countries import known_country
from willay.data.errors import UnknownTermError
from willay.events.front.filters import days_of
from willay.events.front.placing import Placing
from willay.events.front.stating import Claim, cite, day_text
from willay.events.front.words import unknown_word
from willay.events.model.drafts import Bundle, ClaimDraft, IncidentDraft, PartyDraft, draft
from willay.events.model.entry import (
    days_as_fields,
    fault_at,
    read_claim,
    read_partial_day,
    read_party,
    read_source,
    without_source,
)
from willay.events.model.errors import DraftError, EventsWarning
from willay.events.model.said_days import Bearings, SaidDays, read_days
from willay.events.model.values import DaySpan
from willay.geo.translation import tr

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from willay.events.front.filters import Days, Words
    from willay.events.front.placing import Places
    from willay.events.front.stating import Cited
    from willay.events.front.words import Status
    from willay.events.model.drafts import SourceDraft
    from willay.events.store import Store


class IncidentFields(TypedDict, total=False):
    """What an incident may have, by the words of the command line; None takes a value away.

    Attributes:
        title: What happened, in one line; a text, or one for each language: `{"es": …, "en": …}`.
        type: Event type or sub-type, code or name.
        days: A day, several, a month or a year: `"2012-05-28"`, `"9 May 2012"`, `2012`, a date, `(first, last)`.
        date_precision: How exactly the days are known (codebook), where they do not determine it.
        place: A name (`"Bambamarca, Cajamarca"`), the code of a unit, `region:SET/KEY`, `(longitude, latitude)`,
            a point, fields of a place; or a list of these, the primary one first.
        place_precision: How exactly the places are known (codebook).
        gazetteer: The file of another gazetteer, in which places are looked up.
        actor: Who took part: `ACTOR` or `ACTOR=ROLE`, by key or name; one or several.
        case: Keys of the cases that it belongs to.
        part_of: The code or key of the parent incident.
        summary: What happened, in a few sentences; as `title`.
        tag: Tags.
        notes: What a careful reader should know, one text or several.
        status: The status of the record.
        country: ISO 3166-1 alpha-2, or a name; without it, that of the database.
        sensitivity: Who may see it: `public`, `restricted` or `confidential`.
        confidence: How sure it is that it happened so (codebook).
        key: A name of its own, by which `db[key]` finds it.
    """

    title: str | Mapping[str, str]
    type: str
    days: Days
    date_precision: str
    place: Places
    place_precision: str
    gazetteer: str | Path
    actor: Words
    case: Words
    part_of: str
    summary: str | Mapping[str, str]
    tag: Words
    notes: str | Mapping[str, str] | list[str | Mapping[str, str]]
    status: Status
    country: str
    sensitivity: str
    confidence: str
    key: str


class NewIncident(IncidentFields, total=False):
    """What a new incident may have: `IncidentFields`, and what sources state.

    Attributes:
        claims: `wy.claim(…)`, or texts as on the command line (`"killed:police=3"`) that `source` states; one or
            several.
        source: A web address, a title, the key of a recorded source or a `wy.Source`: who speaks of the incident, and
            states the claims that have no source of their own.
        source_kind: The kind of `source`, where it is a new one.
        published: The day, month or year it was published.
    """

    claims: Claim | str | Iterable[Claim | str]
    source: Cited
    source_kind: str
    published: str | date


FIELDS: Final = tuple(IncidentFields.__annotations__)
NEW: Final = (*FIELDS, "claims", "source", "source_kind", "published")

_LISTS: Final[Mapping[str, str]] = {"case": "cases", "tag": "tags", "notes": "notes"}
_WHOLE: Final = ("M", "Y", "A")
"""How the periods of pandas begin that are months and years."""

_NO_FIELDS: Final = frozenset({"days", "date_precision", "place", "place_precision", "gazetteer", "actor", "country"})


def check_words(given: Mapping[str, Any], known: tuple[str, ...]) -> None:
    """Raise what says that a word is not known.

    Raises:
        DraftError: One is not.
    """
    for name in given:
        if name not in known:
            raise DraftError.at("", unknown_word(tr("Unknown field {name!r}.", name=name[:80]), name, known))


def read_fields(store: Store, given: Mapping[str, Any], today: date, country: str | None = None) -> dict[str, Any]:
    """Return what is given of an incident as fields of `IncidentDraft`; None takes a value away.

    Args:
        store: The database.
        given: Values by the words of `IncidentFields`.
        today: The day on which it is said, for days in words.
        country: That of the incident, where none is given; None is the database's.

    Raises:
        DraftError: A word is not known, or a value cannot be read.
        DataError, GeoError: A place cannot be found or read.
    """
    check_words(given, FIELDS)
    own = _country(given.get("country") or country or store.country)
    found = {_LISTS.get(name, name): value for name, value in given.items() if name not in _NO_FIELDS}
    found |= {name: _listed(found[name]) for name in _LISTS.values() if name in found}
    found |= {"country": own} if "country" in given else {}
    if "days" in given:
        found |= _days(given["days"], Bearings.of_country(store.country, today))
    if given.get("date_precision"):
        found["date_precision"] = given["date_precision"]
    if "place" in given:
        placing = Placing(store, own, given.get("place_precision"), given.get("gazetteer"))
        found["places"] = placing.drafts(given["place"])
    elif idle := next((name for name in ("place_precision", "gazetteer") if given.get(name)), None):
        raise DraftError.at(idle, tr("{name} has no effect without {needed}.", name=idle, needed="place"))
    if "actor" in given:
        found["parties"] = [_party(one) for one in _listed(given["actor"])]
    return found


def _country(named: str) -> str:
    try:
        return known_country(named)
    except UnknownTermError as error:
        raise DraftError.at("country", str(error)) from None


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 — one value, several, or none
    if value is None:
        return []
    is_one = isinstance(value, str | Mapping | Claim | PartyDraft) or not isinstance(value, Iterable)
    return [value] if is_one else [*value]


def _party(value: Any) -> Any:  # noqa: ANN401 — a text, or fields
    return read_party(value) if isinstance(value, str) else value


def _days(value: Any, bearings: Bearings) -> dict[str, Any]:  # noqa: ANN401 — days in any form
    """Return days as fields; what is said besides them is warned of.

    Raises:
        DraftError: They cannot be read, or can be read in two ways.
    """
    if value is None:
        return {"days": None}
    if not isinstance(value, str):
        return _plain_days(value)
    with fault_at("days"):
        said = read_days(value, bearings)
    if said and said.left_out:
        words = said.left_out
        text = tr("Only the day is recorded, not “{words}”. If it matters, write it in the summary.", words=words)
        warnings.warn(text, EventsWarning, stacklevel=5)
    return _stated(said)


def _plain_days(value: Any) -> dict[str, Any]:  # noqa: ANN401 — days in any form but text
    """Return days as fields; a month or a year is one, of which the day is not known."""
    if isinstance(value, DaySpan):
        return _stated(SaidDays.of(value))
    if isinstance(value, int) or getattr(value, "freqstr", "")[:1] in _WHOLE:
        return {"days": f"{value:04}" if isinstance(value, int) else str(value)}
    span = days_of(value)
    if span.first is None or span.last is None:
        raise DraftError.at("days", tr("expected a first and a last day; got {got}.", got=repr(value)[:80]))
    return {"days": str(span.first) if span.first == span.last else f"{span.first}/{span.last}"}


def _stated(said: SaidDays | None) -> dict[str, Any]:
    return {name: text for name, text in days_as_fields(said).items() if name == "days" or text is not None}


class Citing:
    """Looks up sources, and notes those that are new; one that is cited twice is one.

    Attributes:
        new: Drafts of new sources, by key.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.new: dict[str, SourceDraft] = {}

    def find(self, key: str) -> SourceDraft | None:
        """Return the source with a key, recorded or new; None where there is none."""
        return self.new.get(key) or self._store.registers.source(key)

    def key(self, source: Cited, **fields: str | None) -> str:
        """Return the key of a source; raises as `stating.cite` does.

        Args:
            source: The source.
            **fields: Further fields of a new one that is given as a text.
        """
        is_told = isinstance(source, str) and any(fields.values())
        cited = read_source(str(source), self.find, **fields) if is_told else cite(source, self.find)
        if cited.new is not None:
            self.new[cited.key] = cited.new
        return cited.key

    def claims(self, claims: Any, source: str | None = None) -> list[ClaimDraft]:  # noqa: ANN401 — one or several
        """Return drafts of claims.

        Args:
            claims: `wy.claim(…)` or texts, one or several.
            source: The key of the source of those that have none of their own.

        Raises:
            DraftError: One cannot be read, or nobody states it.
        """
        return [self._claim(one, source) for one in _listed(claims)]

    def _claim(self, one: Any, source: str | None) -> ClaimDraft:  # noqa: ANN401 — whatever is given
        if not isinstance(one, str | Claim):
            message = tr("expected wy.claim(…), or a text such as 'killed=3'; got {got}.", got=repr(one)[:80])
            raise DraftError.at("claims", message)
        own = one.source if isinstance(one, Claim) else None
        key = source if own is None else self.key(own)
        if key is None:
            raise without_source(one) if isinstance(one, str) else _unsaid(one)
        return draft(ClaimDraft, read_claim(one, key) if isinstance(one, str) else one.fields(key), "claim")


def _unsaid(claim: Claim) -> DraftError:
    message = tr(
        "{claim} has no source. Add source=… with a web address, a title, the key of a source or a wy.Source.",
        claim=repr(claim),
    )
    return DraftError.at("claims", message)


def read_incident(store: Store, given: Mapping[str, Any], today: date) -> Bundle:
    """Return a new incident and the sources that it is the first to need.

    Args:
        store: The database.
        given: Values by the words of `NewIncident`.
        today: As for `read_fields`.

    Raises:
        DraftError: A word is not known, or a value cannot be read.
        DataError, GeoError: A place cannot be found or read.
    """
    check_words(given, NEW)
    given = {name: value for name, value in given.items() if value is not None}
    fields = read_fields(store, {name: value for name, value in given.items() if name in FIELDS}, today)
    citing = Citing(store)
    source = _source(citing, given, Bearings.of_country(store.country, today))
    claims = citing.claims(given.get("claims"), source)
    document = {"country": store.country, **fields, "claims": claims, "sources": [source] if source else []}
    plain = {name: value for name, value in document.items() if value is not None}
    incident = draft(IncidentDraft, plain)
    return Bundle(sources=tuple(citing.new.values()), incidents=(incident,))


def _source(citing: Citing, given: Mapping[str, Any], bearings: Bearings) -> str | None:
    """Return the key of the source that an incident is added with.

    Raises:
        DraftError: It cannot be read, or something of it is given that has no effect.
    """
    told = {name: given[name] for name in ("source_kind", "published") if name in given}
    if told and not isinstance(given.get("source"), str):
        needed = "wy.Source(kind=…, published_on=…)" if "source" in given else "source"
        raise DraftError.at(min(told), tr("{name} has no effect without {needed}.", name=min(told), needed=needed))
    if "source" not in given:
        return None
    day = None
    if "published" in told:
        with fault_at("published"):
            day = read_partial_day(day_text(told["published"]), bearings)
    return citing.key(given["source"], kind=told.get("source_kind"), published_on=day)
