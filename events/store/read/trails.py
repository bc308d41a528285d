"""Trails: what an incident's revisions show to another file of ours: their digests, who wrote, whose part it is."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from willay.events.model.canonical import canonical
from willay.events.store.dialects import dialect_of, run
from willay.events.store.record.redactions import redacted_digests
from willay.events.store.record.review_rules import writers_of
from willay.events.store.schema.ids import moment_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    _Revision: TypeAlias = tuple[str, bytes, str, str, str | None]
    """Subject, digest, author, action and origin."""

# The members of a state are `code`, `draft` and `id` in this order, and neither code nor id has a quotation mark in it.
_DRAFT: Final = ',"draft":'
_ID: Final = ',"id":"'
_BETWEEN: Final = '","'
_WRITERS: Final = {"writers"}


class Trails:
    """Adds to the states of incidents what files say next to their drafts; see `foreign.Identity`.

    Only for those who may see everything: a digest confirms a guess at what was left out, and the writers are people.

    Args:
        connection: Within a transaction that lasts as long as this is used.
        as_of: What was known at that moment (aware); None is now.
    """

    def __init__(self, connection: Connection, as_of: datetime | None = None) -> None:
        self._connection, self._as_of = connection, as_of
        self._writers: dict[tuple[Any, ...], tuple[str, ...]] = {}
        self._texts: dict[tuple[str, ...], str] = {}

    def added_to(self, states: Sequence[str], part_of: Sequence[str | None]) -> list[str]:
        """Return states with their trails; the text of a draft, nearly all of a state, is neither read nor written.

        Args:
            states: The `code`, `draft` and `id` of incidents, as canonical JSON.
            part_of: The code of the incident that each is a part of.
        """
        ids = [_id_of(state) for state in states]
        revisions, seen = self._revisions(ids), self._last_seen(ids)
        parents = self._ids_of({code for code in part_of if code is not None})
        made = []
        for name, state, code in zip(ids, states, part_of, strict=True):
            rows = revisions.get(name, ())
            later: dict[str, Any] = {}
            if name in self._redacted:
                later["redacted"] = sorted(self._redacted[name])
            if rows and (digests := {*_merged(rows), *seen.get(name, ())}):
                later["seen"] = sorted(digests)
            if (parent := parents.get(code)) is not None:
                later["whole"] = parent
            if writers := self._writers_of(rows):
                later["writers"] = [*writers]
            first = f',"digests":["{_BETWEEN.join(digest.hex() for _, digest, *_ in rows)}"]' if rows else ""
            middle = state.index(_DRAFT)
            made.append(f"{state[:middle]}{first}{state[middle:-1]}{self._text_of(later)}}}")
        return made

    def _text_of(self, later: Mapping[str, Any]) -> str:
        """Return members as they follow others; writers alone, which most incidents have, are written once."""
        if later.keys() != _WRITERS:
            return f",{canonical(later)[1:-1]}" if later else ""
        writers = tuple(later["writers"])
        if (text := self._texts.get(writers)) is None:
            text = self._texts[writers] = f",{canonical(later)[1:-1]}"
        return text

    def _writers_of(self, rows: Sequence[_Revision]) -> tuple[str, ...]:
        """Return who wrote what an incident says; with a single revision, many have the same answer."""
        if len(rows) != 1:
            return writers_of(row[2:] for row in rows)
        alone = rows[0][2:]
        if (found := self._writers.get(alone)) is None:
            found = self._writers[alone] = writers_of([alone])
        return found

    @cached_property
    def _redacted(self) -> Mapping[str, frozenset[str]]:
        """The digests of the texts that were redacted in any incident, by id."""
        return redacted_digests(self._connection, "incident")

    def _revisions(self, ids: Sequence[str]) -> Mapping[str, list[_Revision]]:
        statement = (
            "SELECT subject_id, digest, author, action, origin FROM revisions WHERE subject_kind = 'incident'"
            " AND subject_id IN :ids AND (:moment IS NULL OR arrived_at <= :moment)"
            " ORDER BY number"
        )
        asked = {"ids": ids, "moment": None if self._as_of is None else moment_text(self._as_of)}
        _, rows = dialect_of(self._connection).cells(run(self._connection, statement, asked))
        found: dict[str, list[_Revision]] = {}
        for row in rows:
            found.setdefault(row[0], []).append(row)
        return found

    def _last_seen(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return the digest that incidents had in the file that was imported last, where that changed nothing here."""
        if not self._has_seen:
            return {}
        statement = (
            "SELECT id, theirs FROM import_row JOIN incident ON fid = incident WHERE theirs IS NOT NULL AND id IN :ids"
        )
        return {row.id: (row.theirs,) for row in run(self._connection, statement, {"ids": ids})}

    @cached_property
    def _has_seen(self) -> bool:
        """Whether any file of ours was imported that changed nothing here; never of interest for a past moment."""
        statement = "SELECT EXISTS (SELECT 1 FROM import_row WHERE theirs IS NOT NULL)"
        return self._as_of is None and bool(run(self._connection, statement).scalar_one())

    def _ids_of(self, codes: Collection[str]) -> dict[str | None, str]:
        """Return the ids of incidents by their codes."""
        if not codes:
            return {}
        found = run(self._connection, "SELECT code, id FROM incident WHERE code IN :codes", {"codes": sorted(codes)})
        return {row.code: row.id for row in found}


def _id_of(state: str) -> str:
    return state[state.rindex(_ID) + len(_ID) : -len('"}')]


def _merged(rows: Iterable[_Revision]) -> set[str]:
    """Return the digests, in other files, of what revisions brought in."""
    heads = (json.loads(origin).get("digest") for *_, origin in rows if origin is not None)
    return {head for head in heads if head}
