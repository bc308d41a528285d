"""The JSON Schema of drafts (draft 2020-12), as `willay add --from-file` reads them: editors complete YAML by it.

It is made of the models, of what their docstrings say of each field, and of the codebook. What depends on two fields,
or on the database, is checked when a draft is added.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any, Final

from willay.data.codebook import codebook
from willay.events.model.drafts import (
    MODELS,
    ActorDraft,
    Bundle,
    CaseDraft,
    ClaimDraft,
    IncidentDraft,
    IndicatorDraft,
    SourceDraft,
)
from willay.events.model.fields import fields_of
from willay.geo.translation import language, mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.data.codebook import Terms
    from willay.events.model.draftbase import Draft
    from willay.events.model.fields import Declared

    Schema = dict[str, Any]  # Any: JSON

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
SUBJECTS: Final[Mapping[str, type[Draft]]] = {
    "incident": IncidentDraft,
    "source": SourceDraft,
    "actor": ActorDraft,
    "case": CaseDraft,
    "indicator": IndicatorDraft,
}
"""The documents that have a schema of their own, by name."""

FILE: Final = "bundle"
"""The name of the schema of a whole file."""

_TITLES: Final[Mapping[str, str]] = {
    "incident": mark("An incident for willay"),
    "source": mark("A source for willay"),
    "actor": mark("An actor for willay"),
    "case": mark("A case for willay"),
    "indicator": mark("An indicator for willay"),
    FILE: mark("A file of drafts for willay"),
}
_COUNT_TEXT: Final = mark(
    "The number as the source gives it: 5, 25-30, 30+, more than 20, up to 15, about 10, or ? for unknown."
)
_NOTE: Final = mark("What a careful reader should know.")
_ENTRY: Final = re.compile(r"(?P<names>\w+(?:, \w+)*): (?P<text>.*)")
_TYPED: Final[Mapping[str, str]] = {"type": "types_and_subtypes", "subtype": "subtypes"}
"""Fields of an incident that are words of the codebook and are read together."""


def draft_schema(subject: str = FILE) -> Schema:
    """Return the JSON Schema of a document, or of a whole file, with its words in the language of now.

    Args:
        subject: One of `SUBJECTS`, or `FILE`.

    Example:
        >>> from willay.events.model.draft_schema import draft_schema
        >>> schema = draft_schema("source")
        >>> schema["$id"], schema["required"]
        ('urn:willay:draft:source', ['key', 'kind'])
    """
    head = {"$schema": DIALECT, "$id": f"urn:willay:draft:{subject}", "title": tr(_TITLES[subject])}
    own = _file() if subject == FILE else _document(SUBJECTS[subject])
    needed = _referred(own, {})
    return {**head, **own, **({"$defs": needed} if needed else {})}


def field_docs(model: type[object]) -> dict[str, str]:
    """Return what is said of each field of a model, in English: by its docstring, or that of what the field holds."""
    found = {"note": _NOTE} if "note" in fields_of(model) else {}
    for name, field in fields_of(model).items():
        if field.model is not None:
            found[name] = (inspect.getdoc(field.model) or "").partition("\n")[0]
    return found | _attributes(model)


def _attributes(model: type[object]) -> dict[str, str]:
    _, _, listed = (inspect.getdoc(model) or "").partition("\nAttributes:\n")
    found: dict[str, str] = {}
    names: list[str] = []
    for line in listed.partition("\n\n")[0].splitlines():
        match = None if line.startswith("        ") else _ENTRY.fullmatch(line.strip())
        if match:
            names = match["names"].split(", ")
            found |= dict.fromkeys(names, match["text"])
        else:
            found |= {name: f"{found[name]} {line.strip()}" for name in names}
    return found


def _file() -> Schema:
    """Return the schema of what a file may be: an incident, a list of incidents, or a bundle."""
    incident, bundle = _reference(IncidentDraft), _reference(Bundle)
    return {
        "if": {"type": "array"},
        "then": {"items": incident},
        "else": {
            "if": {"type": "object", "required": ["title", "type"]},
            "then": incident,
            "else": bundle,
        },
    }


def _reference(model: type[object]) -> Schema:
    return {"$ref": f"#/$defs/{model.__name__}"}


def _referred(schema: Any, known: dict[str, Schema]) -> dict[str, Schema]:  # noqa: ANN401 — JSON
    """Return the schemas that a schema refers to, at any depth, by the names of their models."""
    by_name = {model.__name__: model for model in (*MODELS, Bundle)}
    if isinstance(schema, dict):
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        if name and name not in known:
            known[name] = _document(by_name[name])
            _referred(known[name], known)
        for part in schema.values():
            _referred(part, known)
    elif isinstance(schema, list):
        for part in schema:
            _referred(part, known)
    return known


def _document(model: type[Draft]) -> Schema:
    plain = model.model_json_schema()["properties"]
    docs = field_docs(model)
    properties = {
        name: {**_described(docs.get(name)), **_property(field, plain[name], model)}
        for name, field in fields_of(model).items()
    }
    required = [name for name, info in model.model_fields.items() if info.is_required()]
    if model is ClaimDraft:
        properties["count"] = {"description": tr(_COUNT_TEXT), "type": ["string", "integer"]}
    return {
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _described(doc: str | None) -> Schema:
    """Return what is said of a field, for whoever writes a file: there, None is a field that is left out."""
    return {} if doc is None else {"description": re.sub(r"\bNone\b", "left out", tr(doc))}


def _property(field: Declared, plain: Schema, model: type[Draft]) -> Schema:
    """Return the schema of a field; one that may be unknown may be null as well."""
    may_be_null = {"type": "null"} in plain.get("anyOf", ())
    if field.model is not None:
        return {"type": "array", "items": _reference(field.model)}
    if field.written is not None:
        return _nullable(dict(field.written), is_null=may_be_null)
    codes = field.codes or (_TYPED.get(field.name, "") if model is IncidentDraft else "")
    if codes:
        return _nullable(_words(getattr(codebook(), codes)), is_null=may_be_null)
    if field.kind == "texts":
        return _nullable(_TEXTS, is_null=may_be_null)
    if field.kind == "list" and plain["items"].get("type") == "object":
        return {"type": "array", "items": _TEXTS}
    return {name: value for name, value in plain.items() if name not in {"title", "default"}}


_TEXTS: Final[Schema] = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
    ]
}
"""A text, or texts by language."""


def _words(terms: Terms) -> Schema:
    """Return the schema of a word of the codebook: its codes, each with what it is called, and its labels."""
    codes = [{"const": term.code, "title": term.label(language())} for term in terms]
    labels = dict.fromkeys(label for term in terms for label in term.labels.values() if label not in terms)
    return {"anyOf": [*codes, *([{"enum": [*labels]}] if labels else [])]}


def _nullable(schema: Schema, *, is_null: bool) -> Schema:
    if not is_null:
        return schema
    if "anyOf" in schema:
        return {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": [*kinds, "null"]}
