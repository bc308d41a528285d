"""A survey of what a profile changes: which incidents are not shown as they are recorded, and by what code.

Of most databases these are few. All others are read as they are; only the fields that are never shown are taken out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from sqlalchemy import text

from willay.events.disclosure.coarsening import keyed_code
from willay.events.disclosure.declarations import INCIDENT
from willay.events.disclosure.register_entries import Register, Withheld
from willay.events.disclosure.rules import as_strict_as_today, treatment_of
from willay.events.disclosure.showing import references
from willay.events.store.dialects import run
from willay.events.store.read.searching import incidents_naming, registers_with_codes
from willay.events.store.read.withheld import levels, read_register, withheld_of
from willay.events.store.record.documents import documents_then, read_rows
from willay.events.store.schema.tables import TELLS_SENSITIVITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.disclosure.rules import Rules, Treatment
    from willay.events.model.canonical import Document

_IN: Final = "IN :asked"


@dataclass(frozen=True, slots=True)
class Touched:
    """An incident that is not shown as it is recorded.

    Attributes:
        treatment: What becomes of it; `show`: all but what it refers to.
        code: Its code.
        shown: The code that it is shown by; None where it is left out.
        status: Its status.
        part_of: The code of the whole that it is a part of, or None; it is not shown.
        dataset: The dataset that its row came from, or None; whether it is shown depends.
    """

    treatment: Treatment
    code: str
    shown: str | None
    status: str
    part_of: str | None
    dataset: str | None


@dataclass(frozen=True, slots=True)
class Survey:
    """What a profile changes of a database.

    Attributes:
        rules: What decides how documents are shown.
        withheld: Which sources, actors and cases are withheld.
        register: All sources, actors and cases as they are known; empty where nothing is withheld.
        touched: The incidents that are not shown as they are recorded, by the numbers of their rows.
        then: Of those that have changed since the moment asked for, the documents that they were.
        levels: How sensitive sources and actors of the past are today, by kind and key.
    """

    rules: Rules
    withheld: Withheld = field(default_factory=Withheld)
    register: Register = field(default_factory=Register)
    touched: Mapping[int, Touched] = field(default_factory=dict)
    then: Mapping[int, Document] = field(default_factory=dict)
    levels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def codes(self) -> dict[str, str | None]:
        """The codes that touched incidents are shown by, or None, by their own."""
        return {one.code: one.shown for one in self.touched.values()}

    def shown_links(self, wholes: Mapping[str, str]) -> dict[str, str]:
        """Return the whole of each part, both by the codes that they are shown by.

        No output has it, but parts are counted by it: a whole that is left out hands its parts on to its own.

        Args:
            wholes: The whole of each part, by their own codes.
        """
        codes = self.codes
        if not codes:
            return dict(wholes)
        up = {**wholes, **{one.code: one.part_of for one in self.touched.values() if one.part_of is not None}}
        return {
            shown: above
            for code in up
            if (shown := codes.get(code, code)) is not None and (above := _shown_above(code, up, codes)) is not None
        }

    def left_out(self, statuses: Iterable[str]) -> int:
        """Return how many incidents of some statuses are left out, whatever else is asked."""
        counted = Counter(one.status for one in self.touched.values() if one.shown is None)
        return sum(counted[status] for status in statuses)


def _shown_above(code: str, up: Mapping[str, str], codes: Mapping[str, str | None]) -> str | None:
    """Return the code by which the nearest whole above a part is shown, of those that are shown."""
    seen, whole = {code}, up.get(code)
    while whole is not None and whole not in seen:
        if (shown := codes.get(whole, whole)) is not None:
            return shown
        seen.add(whole)
        whole = up.get(whole)
    return None


def survey(connection: Connection, rules: Rules, as_of: datetime | None) -> Survey:
    """Survey a database.

    Args:
        connection: Within a transaction.
        rules: The profile's, with areas, secret and today; the rest is found here.
        as_of: The moment (aware) whose knowledge is shown; None is now.
    """
    every = {kind: levels(connection, kind) for kind in ("incident", "place", "source", "actor")}
    marked = {kind: _treated(rules, kind, known) for kind, known in every.items()}
    is_past = as_of is not None and (any(every.values()) or _had_levels(connection))
    if not (any(marked.values()) or is_past or rules.profile.delay_days):
        return Survey(rules)
    treated = _marked(connection, rules, marked["incident"], marked["place"])
    if is_past:
        rules = replace(rules, levels=every["incident"], place_levels=every["place"])
    hidden = sorted(one.code for one in treated.values())
    register = Register()
    if marked["source"] or marked["actor"] or is_past or registers_with_codes(connection, hidden):
        register = read_register(connection, as_of, every)
    kept = withheld_of(connection, register, rules.profile, hidden, rules.around.secret)
    called = kept.called
    around = replace(rules.around, sources=called["source"], actors=called["actor"], cases=called["case"])
    rules = replace(rules, names=kept.names, around=around)
    found = _Found(connection, rules, as_of)
    found.look(treated, hidden if kept.only_codes else None)
    shown = dict.fromkeys(one.code for one in found.touched.values() if one.treatment != "show")
    found.look_for_parts(shown)
    rules = replace(rules, around=replace(around, incidents=shown))
    return Survey(rules, kept, register, found.touched, found.then, every if is_past else {})


def _treated(rules: Rules, kind: str, known: Mapping[str, str]) -> dict[str, str]:
    """Return the levels for which a profile does not show everything."""
    return {key: level for key, level in known.items() if rules.profile.treatment(kind, level) != "show"}


class _Found:
    """Finds the incidents that a profile touches."""

    def __init__(self, connection: Connection, rules: Rules, as_of: datetime | None) -> None:
        self._connection, self._rules = connection, rules
        self._changed: frozenset[int] = frozenset()
        self._past: dict[int, dict[str, Any]] = {}
        if as_of is not None:
            self._changed, self._past = documents_then(connection, as_of)
        self.touched: dict[int, Touched] = {}
        self.then: dict[int, Document] = {}

    def look(self, marked: Mapping[int, Touched], codes: Sequence[str] | None) -> None:
        """Find those that are marked, too young, cite something withheld or name it, or a code that is not shown."""
        found = {**_citing(self._connection, self._rules), **_too_young(self._connection, self._rules), **marked}
        self.touched |= {fid: one for fid, one in found.items() if fid not in self._changed}
        naming = incidents_naming(self._connection, self._rules.names, codes) - self._changed
        for one in read_rows(self._connection, sorted(naming)):
            if treatment_of(one.document, self._rules) != "show":
                self._treat(one.fid, one.document)
        for fid, document in self._past.items():
            is_shown = treatment_of(document, self._rules) == "show"
            is_whole = is_shown and as_strict_as_today(document, self._rules) == document
            if not is_whole or _cites_withheld(document, self._rules):
                self._treat(fid, document)
                self.then[fid] = document

    def look_for_parts(self, shown: Mapping[str, str | None]) -> None:
        """Find the parts of incidents that are not shown by their own codes."""
        if not shown:
            return
        statement = f"SELECT fid, id, code, status, part_of, dataset FROM incident WHERE part_of {_IN}"  # noqa: S608 — constant text
        for row in _rows(self._connection, statement, shown):
            if row.fid not in self._changed:
                self.touched.setdefault(row.fid, _touched("show", row, self._rules))
        for fid, document in self._past.items():
            if document["draft"].get("part_of") in shown and fid not in self.touched:
                self._treat(fid, document)
                self.then[fid] = document

    def _treat(self, fid: int, document: Document) -> None:
        treatment = treatment_of(document, self._rules)
        draft = document["draft"]
        named = _Named(
            fid, document["id"], document["code"], draft["status"], draft.get("part_of"), draft.get("dataset")
        )
        before = self.touched.get(fid)
        if before is None or before.treatment == "show":
            self.touched[fid] = _touched(treatment, named, self._rules)


class _Named(NamedTuple):
    fid: int
    id: str
    code: str
    status: str
    part_of: str | None
    dataset: str | None


def _touched(treatment: Treatment, row: _Named, rules: Rules) -> Touched:
    shown = {"show": row.code, "leave out": None}
    coarse = keyed_code({"id": row.id, "code": row.code}, rules.around) if treatment == "coarsen" else None
    return Touched(treatment, row.code, shown.get(treatment, coarse), row.status, row.part_of, row.dataset)


def _marked(
    connection: Connection, rules: Rules, incidents: Mapping[str, str], places: Mapping[str, str]
) -> dict[int, Touched]:
    """Return the incidents that are treated for their own level today, or that of a place; both are given by id."""
    treats = rules.profile.treatment
    done = {
        **dict.fromkeys(places, "coarsen"),
        **{name: treats("incident", level) for name, level in incidents.items()},
    }
    statement = f"SELECT fid, id, code, status, part_of, dataset FROM incident WHERE id {_IN}"  # noqa: S608 — constant text
    rows = _rows(connection, statement, done)
    return {row.fid: _touched(cast("Treatment", done[row.id]), row, rules) for row in rows}


def _too_young(connection: Connection, rules: Rules) -> dict[int, Touched]:
    """Return the incidents for which the profile's delay has not passed."""
    if not rules.profile.delay_days:
        return {}
    latest = str(rules.today - timedelta(days=rules.profile.delay_days))
    rows = connection.execute(
        text("SELECT fid, id, code, status, part_of, dataset FROM incident WHERE last_day > :latest"),
        {"latest": latest},
    )
    return {row.fid: _touched("leave out", _Named(*row), rules) for row in rows}


def _citing(connection: Connection, rules: Rules) -> dict[int, Touched]:
    """Return the incidents that refer to something withheld."""
    found: dict[int, Touched] = {}
    for kind, names in (
        ("source", rules.around.sources),
        ("actor", rules.around.actors),
        ("case", rules.around.cases),
    ):
        asked = f"SELECT incident FROM link WHERE kind = '{kind}' AND ref {_IN}"  # noqa: S608 — our own names
        statement = f"SELECT fid, id, code, status, part_of, dataset FROM incident WHERE fid IN ({asked})"  # noqa: S608 — our own names
        found |= {row.fid: _touched("show", row, rules) for row in _rows(connection, statement, names)}
    return found


def _cites_withheld(document: Document, rules: Rules) -> bool:
    around = rules.around
    called = {"source": around.sources, "actor": around.actors, "case": around.cases}
    return any(key in called[kind] for kind, key in references(document["draft"], INCIDENT))


def _rows(connection: Connection, statement: str, asked: Iterable[str]) -> Iterator[_Named]:
    values = sorted(asked)
    if values:
        yield from (_Named(*row) for row in run(connection, statement, {"asked": values}))


def _had_levels(connection: Connection) -> bool:
    """Return whether anything had a level in an earlier state."""
    statement = f"SELECT 1 FROM revision WHERE {TELLS_SENSITIVITY} LIMIT 1"  # noqa: S608 — our own words
    return connection.execute(text(statement)).first() is not None
