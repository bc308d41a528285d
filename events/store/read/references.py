"""What incidents refer to: sources, actors and cases, as they were known at a moment and as a profile shows them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from willay.events.frame.framing import Known
from willay.events.store.record.register_rows import actor_states, as_known, case_states, source_states, states_by_key
from willay.events.store.record.revisions import as_known_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.model.canonical import Document
    from willay.events.store.read.shown import Disclosure
    from willay.events.store.record.states import State

_STATES: Final[Mapping[str, Callable[[Connection], list[State]]]] = {
    "source": source_states,
    "actor": actor_states,
    "case": case_states,
}


_MOST_READ: Final = 20_000
"""Sources that are remembered from page to page: many incidents cite the same."""


class References:
    """The documents of sources, actors and cases by key; what no answer asks for is not read.

    Args:
        connection: Within a transaction that lasts as long as this is asked.
        as_of: The moment (aware); None is now.
        shown: What a profile shows; None is the record.
    """

    def __init__(self, connection: Connection, as_of: datetime | None, shown: Disclosure | None) -> None:
        self._connection, self._as_of, self._shown = connection, as_of, shown
        self._read: dict[str, Document] = {}

    @cached_property
    def every_source(self) -> dict[str, Document]:
        """All sources."""
        return self._all("source")

    @cached_property
    def actors(self) -> dict[str, Document]:
        """All actors."""
        return self._all("actor")

    @cached_property
    def cases(self) -> dict[str, Document]:
        """All cases."""
        return self._all("case")

    def sources(self, keys: Iterable[str]) -> dict[str, Document]:
        """Return the sources with some keys; those that are not there are left out."""
        if "every_source" in self.__dict__ or (self._shown and self._shown.withholds("source")):
            return {key: self.every_source[key] for key in keys if key in self.every_source}
        asked = {*keys}
        if len(self._read) > _MOST_READ:
            self._read.clear()
        if missing := asked - self._read.keys():
            found = {**states_by_key(self._connection, "source", missing), **_chosen(self._sources_then, missing)}
            self._read |= {key: self._as_shown("source", state) for key, state in found.items()}
        return _chosen(self._read, asked)

    def known(self, sources: Iterable[str]) -> Known:
        """Return what cards and rows need to know, where incidents refer to some sources."""
        return Known(self.sources(sources), self.actors, self.cases)

    def levels(self, sources: Iterable[str]) -> dict[str, str]:
        """Return how sensitive some sources and all actors are, by key; of most, nothing is said."""
        documents = (*self.sources(sources).items(), *self.actors.items())
        return {key: level for key, document in documents if (level := document.get("sensitivity"))}

    @cached_property
    def _sources_then(self) -> dict[str, State]:
        """The sources that have changed since the moment, as they were then."""
        if self._as_of is None:
            return {}
        return {str(state["key"]): state for state, _, _ in as_known_at(self._connection, "source", self._as_of).states}

    def _all(self, kind: str) -> dict[str, Document]:
        if self._shown is not None and self._shown.withholds(kind):
            return {one["key"]: one for one in getattr(self._shown.shown, kind)}
        states = as_known(self._connection, kind, _STATES[kind](self._connection), self._as_of)
        return {state["key"]: self._as_shown(kind, state) for state in states}

    def _as_shown(self, kind: str, state: State) -> Document:
        return state if self._shown is None else self._shown.register_document(kind, state)


def _chosen(documents: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: documents[key] for key in keys if key in documents}
