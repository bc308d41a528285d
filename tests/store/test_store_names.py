"""The names of withheld actors and sources are in no answer, whatever field they were written into."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely
from markers import Marks

from willay.data.admin import folded
from willay.events.disclosure.declarations import DECLARED
from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, CaseDraft, IncidentDraft, IndicatorDraft, SourceDraft, draft
from willay.events.model.fieldtypes import EVERYTHING
from willay.events.model.foreign import DatasetTerms
from willay.events.store import RegionSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from willay.events.store import Store

NAMES = ("Hilaria Ñahui Ccori", "Amaru Vilca Ramos", "Wayra Pata", "Kusi Chaska", "QZ")
"""Made up: of an actor; its alias; an alias that was taken away; a source's publisher, since changed; a short alias."""

FORMS: tuple[Callable[[str], str], ...] = (
    lambda name: f"Testigos:\n{name} vio todo.",
    lambda name: f"Lo dijo {name.replace(' ', chr(10))}",
    lambda name: f"Lista:\t{name.upper()}",
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: name.replace(" ", "_").lower(),
    "\u200b".join,
    lambda name: name.replace(" ", " \u00ad–\u00a0") + ".",
)
"""How a name may be written into a text."""


def letters(text: str) -> str:
    """Nothing but the letters and digits of a text: the plainest thing that can be searched."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in plain if mark.isalnum())


def answered(store: Store) -> str:
    """Everything that a store answers by the profile `public`."""
    query = IncidentQuery(statuses=("lead", "draft", "in-review", "published"))
    frame = store.read.select(query)
    said = [frame.to_csv(), json.dumps(frame.attrs)]
    for details in (True, False):
        for page in store.read.pages(query, details=details, drafts=True):
            said += [page.frame().to_csv(), json.dumps(page.origin)]
    for part in (*store.registers.shown(statuses=query.statuses), store.registers.indicators("public")):
        said += [one.model_dump_json() for one in part]
    said += [store.regions.select().drop(columns="geometry").to_csv(), store.registers.datasets("public").to_csv()]
    return letters(json.dumps(json.loads(json.dumps(said)), ensure_ascii=False).replace("\\n", "\n"))


@pytest.fixture
def quiet(make_store: Callable[..., Store]) -> Store:
    """A store with a withheld actor and a withheld source, both of which had other names before."""
    store = make_store()
    actor = {
        "key": "quiet-actor", "name": NAMES[0], "kind": "civilians", "aliases": [NAMES[1], NAMES[2], NAMES[4]],
        "sensitivity": "restricted",
    }  # fmt: skip
    source = {"key": "quiet-source", "kind": "party", "publisher": NAMES[3], "sensitivity": "confidential"}
    open_ones = {
        "sources": [{"key": "a-source", "kind": "press", "publisher": "P"}, source],
        "actors": [{"key": "an-actor", "kind": "organisation", "name": "A"}, actor],
        "cases": [{"key": "a-case", "title": "A case", "type": "labour"}],
    }
    store.write.add(draft(Bundle, open_ones), author="ana")
    store.registers.edit("actor", "quiet-actor", {"aliases": [NAMES[1], NAMES[4]]}, author="ana", reason="x")
    store.registers.edit("source", "quiet-source", {"publisher": "Radio"}, author="ana", reason="x")
    return store


def text_fields(model: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all fields of a model in which people write."""
    for name, field in DECLARED[model].items():
        if field.parts is not None:
            (inner,) = (one for one, fields in DECLARED.items() if fields is field.parts)
            yield from text_fields(inner, (*path, name, 0))
        elif field.is_exact and field.is_searched and name not in {"key", "admin_code", "dataset"}:
            yield (*path, name)


def with_text(document: dict[str, Any], path: tuple[Any, ...], text: str) -> dict[str, Any]:
    """A document with a text in one of its fields, of whatever form that has."""
    made: dict[str, Any] = json.loads(json.dumps(document))
    at: Any = made
    for step in path[:-1]:
        at = at[step]
    old = at.get(path[-1])
    at[path[-1]] = {"es": text} if isinstance(old, dict) else [{"es": text}] if path[-1] == "notes" else text
    if isinstance(old, list) and path[-1] != "notes":
        at[path[-1]] = [text]
    return made


def plain(model: Any) -> dict[str, Any]:
    """A document with every field, none of which has a name."""
    return Marks("zz").filled(
        model, **({"sources": ["a-source"], "cases": ["a-case"]} if model is IncidentDraft else {})
    )


CHANGED = [
    (name, path) for name in NAMES for path in text_fields(IncidentDraft) if path[-1] not in {"original", "region"}
]


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_has_a_withheld_name_in_whatever_field_of_an_incident_it_was_written(quiet: Store, name: str) -> None:
    incidents = []
    for number, (_, path) in enumerate(one for one in CHANGED if one[0] == name):
        whole = plain(IncidentDraft) | {"key": f"k-{number}"}
        forms = FORMS[:2] if name == "QZ" else FORMS
        incidents.append(with_text(whole, path, forms[number % len(forms)](name)))
    original = plain(IncidentDraft) | {"key": "k-x", "original": {"ACTOR1": f"1\n{name}"}}
    columned = plain(IncidentDraft) | {"key": "k-y", "original": {f"said by {name}": "yes"}}
    quiet.write.add(draft(Bundle, {"incidents": [*incidents, original, columned]}, recorded=EVERYTHING), author="ana")
    assert len(quiet.read.select(profile=None)) == len(incidents) + 2
    frame = quiet.read.select(IncidentQuery(statuses=("published",)))
    assert (len(frame), frame.attrs["coarsened"]) == (len(incidents) + 2, len(incidents) + 2)
    if name != "QZ":
        assert letters(name) not in answered(quiet)


REGISTERS = {"source": SourceDraft, "case": CaseDraft}
IN_REGISTERS = [(kind, path) for kind, model in REGISTERS.items() for path in text_fields(model)]


@pytest.mark.parametrize("name", NAMES[:4])
def test_nor_in_whatever_field_of_a_source_or_a_case(quiet: Store, name: str) -> None:
    parts: dict[str, list[Any]] = {"sources": [], "cases": [], "incidents": []}
    for number, (kind, path) in enumerate(IN_REGISTERS):
        text = FORMS[number % len(FORMS)](name)
        if path[-1] in {"url", "archive_url"}:
            text = f"https://example.org/{name.replace(' ', '-')}/{number}"
        whole = with_text(plain(REGISTERS[kind]) | {"key": f"{kind}-{number}"}, path, text)
        whole |= {"sources": ["a-source"]} if kind == "case" else {}
        parts[f"{kind}s"].append(whole)
        refers = {"sources": [whole["key"]]} if kind == "source" else {"cases": [whole["key"]]}
        parts["incidents"].append(plain(IncidentDraft) | {"key": f"k-{number}"} | refers)
    quiet.write.add(draft(Bundle, parts, recorded=EVERYTHING), author="ana")
    said = answered(quiet)
    assert letters(name) not in said
    assert "withheldparty" in said
    assert "withheldcase" in said
    assert quiet.read.select().attrs["coarsened"] == 0  # what only refers to them is shown in full


@pytest.mark.parametrize("name", NAMES[:4])
def test_nor_in_another_actor_an_indicator_a_region_or_the_terms_of_a_dataset(quiet: Store, name: str) -> None:
    actors = [
        {"key": "family", "name": f"Familia de\n{name}", "kind": "civilians"},
        {"key": "aliased", "name": "B", "kind": "civilians", "aliases": [f"los de {name.upper()}"]},
        {"key": "noted", "name": "C", "kind": "civilians", "note": f"hijo de {name}"},
    ]
    word = re.sub("[^a-z0-9]+", "-", folded(name))
    indicators = [
        with_text(
            plain(IndicatorDraft) | {"key": f"de-{word}" if path == ("name",) else None},
            path,
            word if path[-1] in {"series", "dimension"} else f"de {name}",
        )
        for path in text_fields(IndicatorDraft)
    ] + [plain(IndicatorDraft) | {"key": None}]
    parties = [{"actor": one["key"], "role": "present"} for one in actors]
    incident = plain(IncidentDraft) | {"parties": parties, "dataset": "ds"}
    quiet.registers.describe_dataset(
        DatasetTerms("ds", licence="CC0-1.0", attribution=f"Con permiso de {name}"), author="ana"
    )
    quiet.write.add(
        draft(Bundle, {"actors": actors, "incidents": [incident], "indicators": indicators}, recorded=EVERYTHING),
        author="ana",
    )
    areas = {"key": ["one", "two"], "name_es": [f"Chacra de {name}", "Otra"], "outline_note": [None, "x"]}
    shapes = [shapely.box(-70, -12, -69, -11), shapely.box(-69, -12, -68, -11)]
    quiet.regions.add(RegionSet("own", gpd.GeoDataFrame(areas, geometry=shapes, crs=4326)), author="ana")
    assert letters(name) not in answered(quiet)
    assert len(quiet.registers.indicators("public")) == 1
    assert quiet.regions.select("own")["key"].tolist() == ["two"]
    assert quiet.read.select()["actors"].tolist() == ["Name withheld"]


def test_a_name_is_withheld_in_the_past_as_well_though_the_actor_was_recorded_later(
    make_store: Callable[..., Store], clock: Callable[[], Any]
) -> None:
    store = make_store()
    incident = {
        "key": "k",
        "title": f"Habla {NAMES[0]}",
        "type": "killing",
        "days": "2012-04-09",
        "status": "published",
    }
    store.write.add(draft(Bundle, {"incidents": [incident]}), author="ana")
    before = clock()
    store.write.edit("k", {"title": "Habla alguien"}, author="ana", reason="x")
    assert NAMES[0] in store.read.select(IncidentQuery(as_of=before))["title"][0]
    actor = {"key": "a", "name": NAMES[0], "kind": "civilians", "sensitivity": "confidential"}
    store.write.add(draft(Bundle, {"actors": [actor]}), author="ana")
    assert store.read.select(IncidentQuery(as_of=before))["title"].tolist() == ["Killing of civilians"]
    (page,) = store.read.pages(IncidentQuery(as_of=before), drafts=True)
    assert letters(NAMES[0]) not in letters(page.of("draft")[0])
    assert store.read.select()["title"].tolist() == ["Habla alguien"]


def test_a_question_does_not_name_what_is_withheld(quiet: Store) -> None:
    frame = quiet.read.select(IncidentQuery(actors=(NAMES[0],)))
    assert NAMES[0] not in str(frame.attrs)
    assert quiet.read.select(IncidentQuery(cases=("a-case",))).attrs["question"] == "cases a-case"
