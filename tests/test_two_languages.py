"""Everything that is included, and every word of pages and documents, is in Spanish and in English.

Read are the files in `data/` and `data/sources/`, with whatever is by language at any depth; the included record, field
by field as it is declared, so that a plain text where a text by language belongs is found; and the catalogues.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from pydantic import BaseModel

from willay.data.incidents import incident_documents
from willay.events import Bundle, draft
from willay.events.model.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
LANGUAGES: Final = ("es", "en")
READERS: Final = {
    ".yaml": yaml.safe_load, ".toml": tomllib.loads, ".json": json.loads, ".geojson": json.loads,
}  # fmt: skip

NAMES_ALONE: Final = frozenset(("source", "publisher", "citation", "title"))
"""Fields with names of documents and of those who publish them, which are in the language that they have."""

SAME: Final = {
    "maps/messages": {
        "download_csv", "download_geojson", "facet_actor",
    },
    "maps/profile/messages": {"section_series"},
}  # fmt: skip
"""Messages that are the same in both languages: signs, names of formats, and words that both have."""


@cache
def files() -> dict[str, Any]:
    """Every included file that is read, by its path."""
    found = {}
    for path in sorted((ROOT / "data").rglob("*")):
        if path.suffix in READERS and "messages" not in path.parts:
            found[path.relative_to(ROOT).as_posix()] = READERS[path.suffix](path.read_text("utf-8"))
    return found


def mappings(value: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping of a document at any depth, with its place; not those of coordinates."""
    if isinstance(value, dict):
        yield where, value
        for name, part in value.items():
            if name != "geometry":
                yield from mappings(part, f"{where}.{name}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            label = part.get("key", part.get("id", number)) if isinstance(part, dict) else number
            yield from mappings(part, f"{where}[{label}]")


def lacking(document: Any, where: str) -> list[str]:
    """What a document has in one language only: texts by language, labels among other fields, pairs of fields."""
    found = []
    for place, one in mappings(document, where):
        for name in one:
            pairs = {
                "es": "en",
                "en": "es",
                "name_es": "name_en",
                "name_en": "name_es",
                "attribution": "attribution_es",
            }
            other = "label" if name == "es" and "ours" in one else pairs.get(name)  # a code of another dataset
            has_both = other is None or (isinstance(one.get(other), str) and one[other].strip())
            if isinstance(one[name], str) and one[name].strip() and not has_both:
                found.append(f"{place}: {name} without {other}")
    return found


def test_whatever_is_by_language_has_both() -> None:
    found = [one for name, document in files().items() for one in lacking(document, name)]
    assert found == []


def test_a_file_with_one_language_is_found() -> None:
    assert lacking({"zones": [{"reason": {"es": "x"}}]}, "f") == ["f.zones[0].reason: es without en"]
    assert lacking([{"name_es": "x", "name_en": " "}], "f") == ["f[0]: name_es without name_en"]
    assert lacking({"code": "a", "en": "x"}, "f") == ["f: en without es"]


def plain_texts(one: BaseModel, where: str) -> Iterator[str]:
    """The fields of a draft that may be by language and lack one, at any depth."""
    for name, field in fields_of(type(one)).items():
        value = getattr(one, name)
        if field.kind in {"texts", "name"} and value:
            if isinstance(value, str) or not {*value} >= {*LANGUAGES}:
                yield f"{where}.{name}: {value}"
        elif isinstance(value, tuple):
            for number, part in enumerate(value):
                label = getattr(part, "key", None) or number
                if isinstance(part, BaseModel):
                    yield from plain_texts(part, f"{where}.{name}[{label}]")
                elif isinstance(part, dict) and not {*part} >= {*LANGUAGES}:
                    yield f"{where}.{name}[{number}]: {part}"


@cache
def bundles() -> dict[str, Bundle]:
    return {file.name: draft(Bundle, file.document, file.name) for file in incident_documents()}


def test_every_text_and_every_voice_of_the_record_is_in_both_languages() -> None:
    found = [
        one for name, bundle in bundles().items() for each in bundle_parts(bundle) for one in plain_texts(each, name)
    ]
    assert found == [], "\n".join(found)


def bundle_parts(bundle: Bundle) -> Iterator[BaseModel]:
    for name in type(bundle).model_fields:
        yield from getattr(bundle, name)


def test_a_voice_in_one_text_and_a_note_in_one_language_are_found() -> None:
    said = {"measure": "killed", "count": 1, "source": "s", "attributed_to": "Mayor", "note": {"es": "x"}}
    one = {"title": {"es": "a", "en": "b"}, "type": "protest", "claims": [said], "notes": ["x"]}
    (incident,) = draft(Bundle, {"incidents": [one]}).incidents
    assert [text.split(":")[0] for text in plain_texts(incident, "f")] == [
        "f.claims[0].attributed_to", "f.claims[0].note", "f.notes[0]",
    ]  # fmt: skip


def test_no_text_of_several_words_is_the_same_in_both_languages() -> None:
    """A text that was copied and not translated has words in lower case; names of bodies and files may be the same."""
    found = []
    for name, document in files().items():
        for place, one in mappings(document, name):
            last = place.rsplit(".", 1)[-1].split("[")[0]
            is_by_language = {*one} >= {*LANGUAGES} and isinstance(one["es"], str) and last not in NAMES_ALONE
            if is_by_language and one["es"] == one["en"] and len(re.findall(r"\b[a-záéíóúñü]{4,}\b", one["es"])) > 1:
                found.append(f"{place}: {one['es']}")
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("folder", ["maps/messages", "maps/profile/messages"])
def test_the_catalogues_have_the_same_messages_and_values(folder: str) -> None:
    es, en = (json.loads((ROOT / folder / f"{lang}.json").read_text("utf-8")) for lang in LANGUAGES)
    assert list(es) == list(en), "in the same order, so that both are read side by side"
    for key in es:
        forms = [one if isinstance(one, dict) else {"": one} for one in (es[key], en[key])]
        assert {*forms[0]} == {*forms[1]}, key
        said = [{name for text in form.values() for name in re.findall(r"{(\w+)}", text)} for form in forms]
        assert said[0] == said[1], key
    same = {key for key in es if es[key] == en[key] and re.search(r"[a-z]{3}", re.sub(r"{\w+}", "", str(es[key])))}
    assert same <= SAME.get(folder, set()), "not translated"
