"""States: one canonical document for each subject.

A state is what a revision records, as plain JSON: no unknowns, no empty lists, sorted keys. That of an incident is
stored as it is (`rows`); `field_cells` turns the others into rows of the tables, and `document_of` turns the rows back
into the same state, to the byte. The aliases of an actor have a table of their own.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from willay.events.model.canonical import canonical
from willay.events.model.drafts import ActorDraft, IncidentDraft, IndicatorDraft, PhaseDraft, draft
from willay.events.model.fields import column_names, fields_of
from willay.events.model.fieldtypes import EVERYTHING
from willay.events.model.values import local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.model.drafts import CaseDraft, SourceDraft
    from willay.events.model.foreign import DatasetTerms

State: TypeAlias = "dict[str, Any]"  # Any: JSON

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


def entry_state(draft: SourceDraft | ActorDraft | CaseDraft | IndicatorDraft) -> State:
    """Make the state of a source, actor, case or indicator."""
    state: State = pruned(draft.model_dump(mode="json"))
    if isinstance(draft, IndicatorDraft) and draft.key and draft.key.isdecimal():
        del state["key"]  # the number of one from before schema 8, whose document never had it
    return state


def field_cells(model: type[object], document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells of the fields of a document that are columns of its table; lists and objects as JSON text."""
    plain, nested = _columns_of(model)  # type: ignore[arg-type]  # as in `fields.fields_of`
    return {
        **{name: document.get(name) for name in plain},
        **{name: _readable(document.get(name)) for name in _names_of(model)},  # type: ignore[arg-type]  # as above
        **{name: canonical(document[name]) if document.get(name) is not None else None for name in nested},
        **{column: _readable(document.get(name)) for name, column in _readable_of(model).items()},  # type: ignore[arg-type]  # as above
    }


def document_of(model: type[object], row: Mapping[str, Any]) -> State:
    """Rebuild a document from its row: the other way of `field_cells`."""
    _, nested = _columns_of(model)  # type: ignore[arg-type]  # as above
    flags = {
        name: bool(row[name])
        for name, field in fields_of(model).items()
        if field.kind == "flag" and row.get(name) is not None
    }
    readable = _readable_of(model).values()  # type: ignore[arg-type]  # as above
    cells = {name: cell for name, cell in row.items() if name not in readable} if readable else row
    state: State = pruned({**cells, **flags, **{name: _parsed(row[name]) for name in nested}})
    return state


def cell_names(model: type[object]) -> tuple[str, ...]:
    """Return the names of the cells of `field_cells`, in its order."""
    plain, nested = _columns_of(model)  # type: ignore[arg-type]  # as in `fields.fields_of`
    return (*plain, *nested, *_readable_of(model).values())  # type: ignore[arg-type]  # as above


@cache
def _columns_of(model: type[object]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the fields that are columns: those whose values are cells, and those that are JSON text."""
    names, fields = column_names(model), fields_of(model)
    nested = tuple(name for name in names if fields[name].is_nested)
    return tuple(name for name in names if name not in nested), nested


@cache
def _names_of(model: type[object]) -> tuple[str, ...]:
    """Return the columns that have one text of a field that may have several by language."""
    return tuple(name for name, field in fields_of(model).items() if field.is_column and field.kind == "name")


@cache
def _readable_of(model: type[object]) -> Mapping[str, str]:
    """Return the columns with texts in one language, by the fields whose texts these are."""
    return {name: field.readable_column for name, field in fields_of(model).items() if field.is_readable}


def _readable(texts: Mapping[str, str] | str | None) -> str | None:
    """Return a text in Spanish, or in the language that it has; a plain one as it is."""
    return texts if isinstance(texts, str) else local(texts, "es") or None


def alias_rows(state: State) -> list[dict[str, Any]]:
    """Return the rows of the aliases of an actor."""
    return [
        {"actor": state["key"], "position": place, "alias": alias}
        for place, alias in enumerate(state.get("aliases", []))
    ]


def actor_state_of(row: Mapping[str, Any], aliases: list[str]) -> State:
    """Rebuild the state of an actor from its row and its aliases in order."""
    state: State = pruned({**document_of(ActorDraft, row), "aliases": aliases})
    return state


def dataset_state(terms: DatasetTerms) -> State:
    """Make the state of a dataset of what is said about it; what is not said is unknown."""
    state: State = pruned(asdict(terms))
    return state


def phase_rows(state: State) -> list[dict[str, Any]]:
    """Return the rows of the phases of a case."""
    return [
        {"case_key": state["key"], "position": place, **field_cells(PhaseDraft, phase)}
        for place, phase in enumerate(state.get("phases", []))
    ]


def indicator_row(state: State, number: int, key: str) -> dict[str, Any]:
    """Turn the state of an indicator into its row; the key of one from before schema 8 is not in its state."""
    return {"number": number, **field_cells(IndicatorDraft, state), "key": key}


def indicator_state_of(row: Mapping[str, Any]) -> State:
    """Rebuild the state of an indicator from its row."""
    key = None if str(row["key"]).isdecimal() else row["key"]
    return document_of(IndicatorDraft, {**row, "number": None, "key": key})


def _parsed(text: str | None) -> Any:  # noqa: ANN401 — JSON
    return None if text is None else json.loads(text)
