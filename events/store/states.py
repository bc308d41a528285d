"""States: one canonical document for each subject, and the rows it becomes.

A state is what a revision records, as plain JSON: no unknowns, no empty lists, sorted keys. `*_rows` turn a state into
rows of the tables; `incident_state_of` and the other readers turn the rows back into the same state, to the byte.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from willay.events.canonical import canonical
from willay.events.drafts import IncidentDraft, draft
from willay.events.fieldtypes import EVERYTHING, UNKNOWN_NUMBER, is_unknown_number
from willay.events.values import DaySpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from willay.events.drafts import ActorDraft, CaseDraft, IndicatorDraft, SourceDraft
    from willay.events.foreign import DatasetTerms

State: TypeAlias = "dict[str, Any]"  # Any: JSON
Rows: TypeAlias = "dict[str, list[dict[str, Any]]]"  # Any: values of SQL columns
"""Rows by the name of their table."""

CHILDREN: Final = ("place", "party", "claim", "incident_source", "incident_case")
_PLAIN: Final = (
    "key",
    "type",
    "subtype",
    "country",
    "part_of",
    "status",
    "confidence",
    "dataset",
    "dataset_id",
    "sensitivity",
    "assigned_to",
)
_JSON: Final = ("title", "summary", "tags", "notes", "original")
_PLACE: Final = (
    "name", "precision", "lon", "lat", "radius_m", "country", "admin_code", "region", "gazetteer_id",
    "coordinate_source", "sensitivity",
)  # fmt: skip
_CLAIM: Final = (
    "measure", "group", "low", "best", "high", "source", "attributed_to", "attributed_kind", "stated_on",
    "zero_is_unknown", "label", "adds",
)  # fmt: skip
_CLAIM_JSON: Final = ("scope", "note", "pinned", "supersedes")
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


def incident_rows(state: State, fid: int, revision: int | None, recorded_at: str | None) -> Rows:
    """Turn a state into rows, without what is computed from the place."""
    draft = state["draft"]
    span = DaySpan.parse(draft["days"], draft["date_precision"]) if "days" in draft else None
    incident = {
        "fid": fid,
        "id": state["id"],
        "code": state["code"],
        **{name: draft.get(name) for name in _PLAIN},
        **{name: _text(draft.get(name)) for name in _JSON},
        "first_day": span and str(span.first),
        "last_day": span and str(span.last),
        "date_precision": draft.get("date_precision"),
        "revision": revision,
        "recorded_at": recorded_at,
    }
    return {
        "incident": [incident],
        "place": [
            {**at, **{name: place.get(name) for name in _PLACE}, "note": _text(place.get("note"))}
            for at, place in _numbered(fid, draft.get("places", []))
        ],
        "party": [
            {**at, "actor": party["actor"], "role": party["role"], "note": _text(party.get("note"))}
            for at, party in _numbered(fid, draft.get("parties", []))
        ],
        "claim": [
            {
                **at,
                **{name: claim.get(name) for name in _CLAIM},
                **{name: _text(claim.get(name)) for name in _CLAIM_JSON},
            }
            for at, claim in _numbered(fid, draft.get("claims", []))
        ],
        "incident_source": _source_rows(fid, draft),
        "incident_case": [{**at, "case": key} for at, key in _numbered(fid, draft.get("cases", []))],
    }


def _source_rows(fid: int, draft: State) -> list[dict[str, Any]]:
    """List the documents of an incident, each once: those its draft lists, then those only its claims cite."""
    listed = list(dict.fromkeys(draft.get("sources", [])))
    cited = dict.fromkeys(claim["source"] for claim in draft.get("claims", []))
    every = [*listed, *(key for key in cited if key not in listed)]
    return [
        {"incident": fid, "position": place, "source": key, "listed": place < len(listed)}
        for place, key in enumerate(every)
    ]


def incident_state_of(incident: Mapping[str, Any], children: Rows) -> State:
    """Rebuild the state of an incident from its rows, its lists in order of position."""
    document: State = {
        **{name: incident[name] for name in _PLAIN},
        **{name: _parsed(incident[name]) for name in _JSON},
        "date_precision": incident["date_precision"],
        "places": [_listed(row, _PLACE, "note") for row in children["place"]],
        "parties": [_listed(row, ("actor", "role"), "note") for row in children["party"]],
        "claims": [_claim_state(row) for row in children["claim"]],
        "sources": [row["source"] for row in children["incident_source"] if row["listed"]],
        "cases": [row["case"] for row in children["incident_case"]],
    }
    if incident["first_day"]:
        days = f"{incident['first_day']}/{incident['last_day']}"
        document["days"] = str(DaySpan.parse(days, incident["date_precision"]))
    return {"id": incident["id"], "code": incident["code"], "draft": pruned(document)}


def _claim_state(row: Mapping[str, Any]) -> State:
    """Rebuild a claim from its row; SQLite gives 0 and 1 for the flags where it is asked without a type."""
    flags = {"zero_is_unknown": bool(row["zero_is_unknown"]), "adds": True if row["adds"] else None}
    unknown = is_unknown_number(row["measure"], (row["low"], row["best"], row["high"]))
    count = {"count": UNKNOWN_NUMBER} if unknown else {}
    return {**_listed(row, _CLAIM, *_CLAIM_JSON), **flags, **count}


def _listed(row: Mapping[str, Any], names: Iterable[str], *texts: str) -> State:
    return {**{name: row[name] for name in names}, **{name: _parsed(row[name]) for name in texts}}


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
    return {**{name: state.get(name) for name in names}, "note": _text(state.get("note"))}


def source_state_of(row: Mapping[str, Any]) -> State:
    """Rebuild the state of a source from its row."""
    state: State = pruned({**row, "note": _parsed(row["note"])})
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


def _numbered(fid: int, items: Iterable[Any]) -> list[tuple[dict[str, int], Any]]:
    return [({"incident": fid, "position": place}, item) for place, item in enumerate(items)]


def _text(value: Any) -> str | None:  # noqa: ANN401 — JSON
    return None if value is None else canonical(value)


def _parsed(text: str | None) -> Any:  # noqa: ANN401 — JSON
    return None if text is None else json.loads(text)
