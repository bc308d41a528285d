"""States: one canonical document for each subject.

A state is what a revision records, as plain JSON: no unknowns, no empty lists, sorted keys. That of an incident is
stored as it is (`rows`); `source_row` and its like turn the others into rows of the tables, and `source_state_of` and
its like turn the rows back into the same state, to the byte.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from willay.events.model.canonical import canonical
from willay.events.model.drafts import IncidentDraft, draft
from willay.events.model.fieldtypes import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.model.drafts import ActorDraft, CaseDraft, IndicatorDraft, SourceDraft
    from willay.events.model.foreign import DatasetTerms

State: TypeAlias = "dict[str, Any]"  # Any: JSON
Rows: TypeAlias = "dict[str, list[dict[str, Any]]]"  # Any: values of SQL columns
"""Rows by the name of their table."""

_CASE_JSON: Final = ("title", "summary", "phases", "sources")


_NESTED: Final = (dict, list, tuple)


def pruned(value: Any) -> Any:  # noqa: ANN401 — JSON in, JSON out
    """Return a document without unknowns, empty texts and empty lists."""
    if isinstance(value, dict):
        kept = {}
        for name, part in value.items():
            left = pruned(part) if isinstance(part, _NESTED) else part
            if left or left == 0:
                kept[name] = left
        return kept
    if isinstance(value, (list, tuple)):
        return [pruned(part) if isinstance(part, _NESTED) else part for part in value]
    return value


def chained_digest(previous: str | None, document: str) -> str:
    """Return the SHA-256 (hexadecimal) of a subject's previous digest, if any, and the text of its new state."""
    return hashlib.sha256(f"{previous or ''}{document}".encode()).hexdigest()


def incident_state(draft: IncidentDraft, incident_id: str, code: str) -> State:
    """Make the state of an incident; the days are written in the one shortest way, with their precision."""
    document = pruned(draft.model_dump(mode="json", exclude_none=True))
    for name in ("sources", "cases"):
        if name in document:  # each document and case once: that is how the tables hold them
            document[name] = list(dict.fromkeys(document[name]))
    if (span := draft.span) is not None:
        document |= {"days": str(span), "date_precision": span.precision}
    return {"id": incident_id, "code": code, "draft": document}


def draft_of(state: State) -> IncidentDraft:
    """Return the draft that a state came from."""
    return draft(IncidentDraft, state["draft"], recorded=EVERYTHING)


def source_state(draft: SourceDraft) -> State:
    """Make the state of a source."""
    state: State = pruned(draft.model_dump(mode="json"))
    return state


def source_row(state: State) -> dict[str, Any]:
    """Turn the state of a source into its row."""
    names = (
        "key", "kind", "publisher", "title", "published_on", "url", "archive_url", "language", "licence", "reliability",
        "accessed_on", "sensitivity",
    )  # fmt: skip
    texts = {name: _text(state.get(name)) for name in ("note", "attachments")}
    return {**{name: state.get(name) for name in names}, **texts}


def source_state_of(row: Mapping[str, Any]) -> State:
    """Rebuild the state of a source from its row."""
    state: State = pruned({**row, **{name: _parsed(row[name]) for name in ("note", "attachments")}})
    return state


def actor_state(draft: ActorDraft) -> State:
    """Make the state of an actor."""
    state: State = pruned(draft.model_dump(mode="json"))
    return state


def actor_rows(state: State) -> Rows:
    """Turn the state of an actor into its row and those of its aliases."""
    row = {name: state.get(name) for name in ("key", "kind", "part_of", "sensitivity")}
    aliases = [
        {"actor": state["key"], "position": place, "alias": alias}
        for place, alias in enumerate(state.get("aliases", []))
    ]
    texts = {name: _text(state.get(name)) for name in ("name", "note")}
    return {"actor": [{**row, **texts}], "actor_alias": aliases}


def actor_state_of(row: Mapping[str, Any], aliases: list[str]) -> State:
    """Rebuild the state of an actor from its row and its aliases in order."""
    texts = {name: _parsed(row[name]) for name in ("name", "note")}
    state: State = pruned({**row, **texts, "aliases": aliases})
    return state


def case_state(draft: CaseDraft) -> State:
    """Make the state of a case."""
    state: State = pruned(draft.model_dump(mode="json"))
    return state


def case_row(state: State) -> dict[str, Any]:
    """Turn the state of a case into its row."""
    plain = {name: state.get(name) for name in ("key", "type", "from_day", "until_day")}
    return {**plain, **{name: _text(state.get(name)) for name in _CASE_JSON}}


def case_state_of(row: Mapping[str, Any]) -> State:
    """Rebuild the state of a case from its row."""
    state: State = pruned({**row, **{name: _parsed(row[name]) for name in _CASE_JSON}})
    return state


def dataset_state(terms: DatasetTerms) -> State:
    """Make the state of a dataset of what is said about it; what is not said is unknown."""
    state: State = pruned(asdict(terms))
    return state


def dataset_row(state: State) -> dict[str, Any]:
    """Turn the state of a dataset into its row."""
    return {name: state.get(name) for name in ("name", "version", "licence", "attribution", "may_publish")}


def dataset_state_of(row: Mapping[str, Any]) -> State:
    """Rebuild the state of a dataset from its row."""
    allowed = None if row["may_publish"] is None else bool(row["may_publish"])
    state: State = pruned({**row, "may_publish": allowed})
    return state


def indicator_state(draft: IndicatorDraft) -> State:
    """Make the state of an indicator."""
    state: State = pruned(draft.model_dump(mode="json"))
    return state


def indicator_row(state: State, number: int) -> dict[str, Any]:
    """Turn the state of an indicator into its row."""
    plain = {name: state.get(name) for name in ("name", "area", "year", "value", "unit", "by", "source")}
    return {"number": number, **plain, "note": _text(state.get("note"))}


def indicator_state_of(row: Mapping[str, Any]) -> State:
    """Rebuild the state of an indicator from its row."""
    state: State = pruned({**row, "number": None, "note": _parsed(row["note"])})
    return state


def _text(value: Any) -> str | None:  # noqa: ANN401 — JSON
    return None if value is None else canonical(value)


def _parsed(text: str | None) -> Any:  # noqa: ANN401 — JSON
    return None if text is None else json.loads(text)
