"""The schema of drafts takes what is read, and refuses what is refused for its names, words and types."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from willay.data.codebook import codebook
from willay.events.model.draft_schema import FILE, SUBJECTS, draft_schema, field_docs
from willay.events.model.drafts import MODELS, Bundle, ClaimDraft, draft
from willay.events.model.entry import read_documents
from willay.events.model.errors import DraftError
from willay.geo.translation import in_language

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "data" / "incidents").rglob("*.yaml"))
EXAMPLES = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/en/reference/drafts.md").read_text("utf-8"), re.DOTALL)
WHOLE = Draft202012Validator(draft_schema())


def plain(text: str) -> Any:
    """Return a document as an editor sees it: days are texts, as in YAML 1.2."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def faults(document: Any, subject: str = FILE) -> list[str]:
    checker = WHOLE if subject == FILE else Draft202012Validator(draft_schema(subject))
    return [f"{one.json_path}: {one.message[:200]}" for one in checker.iter_errors(document)]


@pytest.mark.parametrize("subject", [*SUBJECTS, FILE])
def test_it_is_a_schema_of_the_draft_that_it_names(subject: str) -> None:
    for lang in ("en", "es"):
        with in_language(lang):
            schema = draft_schema(subject)
        Draft202012Validator.check_schema(schema)
        assert (schema["$id"], schema["$schema"]) == (
            f"urn:willay:draft:{subject}",
            "https://json-schema.org/draft/2020-12/schema",
        )


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_shipped_file_fits(file: Path) -> None:
    assert faults(plain(file.read_text("utf-8"))) == []


def test_the_examples_of_the_documentation_fit() -> None:
    assert len(EXAMPLES) >= 3
    for text in EXAMPLES:
        document = plain(text)
        is_part = "claims" in document  # of an incident that the text does not repeat
        assert faults({"title": "x", "type": "protest", **document} if is_part else document) == []


FORMS: list[Any] = [
    {"title": "Marcha", "type": "protest"},
    [{"title": {"es": "Marcha"}, "type": "Emboscada", "days": 2012}],
    {"incidents": [{"title": "x", "type": "protest", "days": None, "part_of": None}]},
    {"title": "x", "type": "protest", "notes": ["a", {"es": "b"}]},
    {"title": "x", "type": "protest", "claims": [{"measure": "muertos", "count": "?", "source": "a"}]},
    {"title": "x", "type": "protest", "claims": [{"measure": "killed", "low": 3, "source": "a", "supersedes": 1}]},
    {
        "title": "x",
        "type": "protest",
        "claims": [{"measure": "killed", "count": 3, "source": "a", "supersedes": [1, "c2"]}],
    },
    {},
]


@pytest.mark.parametrize("document", FORMS)
def test_the_loose_forms_of_a_file_fit(document: Any) -> None:
    assert faults(document) == []


INCIDENT = {"title": "x", "type": "protest", "days": "2012"}
CLAIM = {"measure": "killed", "count": "3", "source": "press-1"}
PLACE = {"name": "x", "precision": "site", "lon": -76.5, "lat": -12.0}
WRONG: list[Any] = [
    {**INCIDENT, "titel": "x"},
    {**INCIDENT, "title": 5},
    {**INCIDENT, "title": ""},
    {**INCIDENT, "title": {}},
    {**INCIDENT, "type": "nope"},
    {**INCIDENT, "type": 5},
    {**INCIDENT, "status": "nope"},
    {**INCIDENT, "key": "Not A Key"},
    {**INCIDENT, "days": ["2012"]},
    {**INCIDENT, "tags": "one"},
    {**INCIDENT, "tags": [1]},
    {**INCIDENT, "places": "Kiteni"},
    {**INCIDENT, "places": [{"name": "x"}]},
    {**INCIDENT, "places": [{**PLACE, "lon": 200}]},
    {**INCIDENT, "places": [{**PLACE, "lon": "west"}]},
    {**INCIDENT, "places": [{**PLACE, "precision": "nope"}]},
    {**INCIDENT, "claims": ["killed=3"]},
    {**INCIDENT, "claims": [{**CLAIM, "measure": "nope"}]},
    {**INCIDENT, "claims": [{**CLAIM, "much": 3}]},
    {**INCIDENT, "claims": [{"measure": "killed", "low": "few", "source": "press-1"}]},
    {**INCIDENT, "claims": [{"measure": "killed", "count": 3}]},
    {**INCIDENT, "claims": [{**CLAIM, "stated_on": "yesterday"}]},
    {**INCIDENT, "parties": [{"actor": "pnp", "role": "nope"}]},
    {**INCIDENT, "original": {"a": 1}},
    {"incidents": [{"title": "x"}]},
    {"incident": [INCIDENT]},
    {"sources": [{"key": "a", "kind": "press", "publisher": "x", "url": "example.org"}]},
    {"sources": [{"key": "a", "kind": "press", "publisher": "x", "reliability": "G"}]},
    {"cases": [{"key": "a", "title": "x", "type": "nope"}]},
    {"indicators": [{"name": "x", "area": "PE", "value": "many", "by": "x", "source": "a"}]},
    5,
]


@pytest.mark.parametrize("document", WRONG, ids=str)
def test_what_is_refused_when_it_is_read_is_refused_by_the_schema(document: Any) -> None:
    with pytest.raises((DraftError, AttributeError)):
        read_documents(json.dumps(document), "test.json")
    assert faults(document)


def test_a_field_of_any_model_that_is_unknown_is_refused() -> None:
    for name, model in draft_schema()["$defs"].items():
        assert model["additionalProperties"] is False, name


def test_every_word_of_the_codebook_is_offered_with_its_label() -> None:
    with in_language("es"):
        offered = draft_schema("incident")["$defs"]["ClaimDraft"]["properties"]["measure"]["anyOf"]
    told = {one["const"]: one["title"] for one in offered if "const" in one}
    assert told == {term.code: term.label("es") for term in codebook().measures}
    for word in ("muertos", "killed"):
        assert draft(ClaimDraft, {**CLAIM, "measure": word}).measure == "killed"


def test_every_field_is_explained_in_both_languages() -> None:
    for model in (*MODELS, Bundle):
        assert set(field_docs(model)) == set(model.model_fields), model
    with in_language("es"):
        spanish = draft_schema("source")["properties"]["key"]["description"]
    assert spanish == "El nombre con que la citan las afirmaciones."
    assert "None" not in json.dumps(draft_schema())
