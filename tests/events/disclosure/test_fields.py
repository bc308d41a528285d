"""Every field of the record has a deliberate declaration, and is shown as that says, and not otherwise."""

from __future__ import annotations

import json
from dataclasses import fields as fields_of
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from markers import Marks

from willay.data.profiles import profile
from willay.events.disclosure import Areas, Cited, Names, Rules, Shown, disclose
from willay.events.disclosure.coarsening import Around
from willay.events.disclosure.declarations import (
    DATASET,
    DECLARED,
    INCIDENT,
    PLACE,
    RECORD,
    REGION,
    Field,
    always,
    hidden_columns,
)
from willay.events.disclosure.register_entries import Register, shown_dataset, shown_indicators, shown_register
from willay.events.frame.units import Spot
from willay.events.model.drafts import (
    ActorDraft,
    Bundle,
    CaseDraft,
    ClaimDraft,
    Draft,
    IncidentDraft,
    IndicatorDraft,
    PlaceDraft,
    SourceDraft,
    draft,
)
from willay.events.model.foreign import DatasetTerms
from willay.events.store.record.documents import Recorded
from willay.events.store.record.region_sets import COLUMNS as REGION_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator


UNIT = shapely.box(-74, -14, -72, -10)
AREAS = Areas("department", {"Cusco": (("08", UNIT),)}, {"08": UNIT}, 0.5)
SPOT = Spot(("Cusco", "La Convención", "Echarate"), shapely.Point(-73.123457, -12.567891))


def models() -> set[type[Draft]]:
    def below(model: type[Draft]) -> Iterator[type[Draft]]:
        for sub in model.__subclasses__():
            yield sub
            yield from below(sub)

    return {model for model in below(Draft) if model.__module__.startswith("willay.events.model.")} - {Bundle}


def test_every_model_has_declarations() -> None:
    assert set(DECLARED) == models()


@pytest.mark.parametrize("model", sorted(models(), key=lambda model: model.__name__), ids=lambda model: model.__name__)
def test_every_field_of_a_model_has_a_declaration(model: type[Draft]) -> None:
    besides = {"count"} if model is ClaimDraft else set[str]()  # what stands for a number that nobody gives
    assert set(DECLARED[model]) == set(model.model_fields) | besides


def test_what_the_record_adds_to_an_incident_has_a_declaration_too() -> None:
    assert set(RECORD) == set(Recorded(1, {"id": "", "code": "", "draft": {}}, 1, "").document)
    assert set(DATASET) == {one.name for one in fields_of(DatasetTerms)}
    assert set(REGION) == {*REGION_COLUMNS, "geometry"}


def test_what_is_coarsened_says_how() -> None:
    for fields in (RECORD, DATASET, REGION, *DECLARED.values()):
        for name, field in fields.items():
            assert (field.coarsen is not None or field.parts is not None) == (
                field.treatment == "coarsened" or field.parts is not None
            ), name


def record(marks: Marks) -> dict[str, Any]:
    given = {"sources": ["a-source"], "cases": ["a-case"], "part_of": "PE-2012-0001", "dataset": "a-file"}
    whole = marks.filled(IncidentDraft, **given)
    whole["places"][0]["region"] = "zones/valley"
    draft(IncidentDraft, whole)  # it is one
    return {
        "id": "018cc251-f400-7000-8000-000000000001", "code": "PE-2012-0033", "revision": 77,
        "recorded_at": "2024-02-03T04:05:06.789012Z", "draft": whole,
    }  # fmt: skip


def shown(document: dict[str, Any], level: str | None) -> Shown | None:
    rules = Rules(
        profile("public"), lambda: AREAS, date(2024, 1, 1), around=Around(secret=b"k"),
        levels={document["id"]: level} if level else {},
    )  # fmt: skip
    cited = Cited({"a-source": ("press", "2012-05-06")}, {"an-actor": "organisation"})
    return disclose(document, [SPOT] * len(document["draft"]["places"]), cited, rules)


def text(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, default=str)


def declared(path: str) -> Field:
    model, name = path.split(maxsplit=1)[0].split(".")
    (fields,) = (fields for one, fields in DECLARED.items() if one.__name__ == model)
    return fields[name]


def test_an_incident_that_is_not_sensitive_has_every_field_that_may_be_shown_and_no_other() -> None:
    marks = Marks("marca")
    made = shown(record(marks), None)
    assert made is not None
    for path, word in marks.words.items():
        assert (word in text(made.record)) == declared(path).is_exact, path
    assert "sensitivity" not in text(made.record)  # it is public, as what has no level
    shown_fields = {name for name, field in INCIDENT.items() if field.is_exact}
    assert made.record["draft"].keys() == shown_fields - {"sensitivity"}
    assert made.record["draft"]["places"][0].keys() == set(PlaceDraft.model_fields) - {"sensitivity"}


def test_a_restricted_incident_says_department_and_month_type_figures_kinds_and_nothing_else() -> None:
    marks = Marks("marca")
    made = shown(record(marks), "restricted")
    assert made is not None
    assert [path for path, word in marks.words.items() if word in text(made.record)] == []
    assert made.record == {
        "id": made.record["id"],
        "code": made.record["code"],
        "recorded_at": "2024-02",
        "draft": {
            "title": {"en": "Ambush, Cusco", "es": "Emboscada, Cusco"},
            "type": "armed-clash",
            "subtype": "ambush",
            "days": "2012-04",
            "date_precision": "month",
            "country": "PE",
            "status": "published",
            "places": [{"name": "Cusco", "precision": "department", "country": "PE", "admin_code": "08"}],
            "parties": [{"actor": "withheld-organisation", "role": "target"}],
            "claims": [
                {
                    "measure": "killed", "group": "all", "low": 2, "best": 3, "high": 4, "zero_is_unknown": False,
                    "source": "withheld-document-1-press", "attributed_kind": "human-rights",
                    "attributed_to": {"en": "Name withheld", "es": "Nombre reservado"},
                    "stated_on": made.record["draft"]["claims"][0]["stated_on"],
                    "scope": {"en": "Text withheld", "es": "Texto reservado"},
                    "pinned": {"en": "Text withheld", "es": "Texto reservado"},
                }
            ],
            "sources": ["withheld-document-1-press"],
        },
    }  # fmt: skip
    assert len(made.record["draft"]["claims"][0]["stated_on"]) == len("2012-05")
    draft(IncidentDraft, made.record["draft"])  # it can be recorded elsewhere


def test_its_id_and_code_are_others_always_the_same_and_tell_no_time() -> None:
    document = record(Marks("marca"))
    one, other = (shown(document, "restricted") for _ in range(2))
    assert one is not None
    assert one == other
    assert one.record["id"][14] == "8"  # a version without a clock (RFC 9562, 5.8)
    assert one.record["id"][:8] != document["id"][:8]
    assert one.record["code"].startswith("PE-2012-R")
    assert "0033" not in one.record["code"]


def test_a_confidential_incident_is_not_there() -> None:
    assert shown(record(Marks("marca")), "confidential") is None


LOOSE = [
    (fields, name, kind)
    for kind, fields in [("record", RECORD), *((model.__name__, fields) for model, fields in DECLARED.items())]
    for name, field in fields.items()
    if field.treatment != "always" and field.parts is None
    and kind in {"record", "IncidentDraft", "PlaceDraft", "PartyDraft", "ClaimDraft"}
]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "name"), [one[:2] for one in LOOSE], ids=[f"{kind}.{name}" for _, name, kind in LOOSE]
)
def test_a_declaration_that_were_looser_would_be_seen(
    fields: dict[str, Field], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = Marks("marca")
    document = record(marks)
    before = shown(document, "restricted")
    monkeypatch.setitem(fields, name, always())
    after = shown(document, "restricted")
    assert after != before


def test_a_field_without_a_declaration_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for fields, name in ((INCIDENT, "summary"), (PLACE, "lon"), (RECORD, "revision")):
        monkeypatch.delitem(fields, name)
    made = shown(record(Marks("marca")), None)
    assert made is not None
    assert ("summary" in made.record["draft"], "lon" in made.record["draft"]["places"][0]) == (False, False)
    assert "revision" not in made.record


def test_every_column_of_the_frame_follows_from_a_declared_field(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hidden_columns() == set()
    for name, column in (("summary", "summary"), ("days", "first_day"), ("cases", "cases")):
        monkeypatch.delitem(INCIDENT, name)  # type: ignore[arg-type]  # a dict
        assert column in hidden_columns()
    monkeypatch.delitem(PLACE, "admin_code")  # type: ignore[arg-type]  # a dict
    assert {"admin_code", "adm1", "adm2", "adm3"} <= hidden_columns()


def registers(marks: Marks) -> Register:
    source, actor, case = (marks.filled(model) for model in (SourceDraft, ActorDraft, CaseDraft))
    case["sources"] = [source["key"]]
    case["phases"][0]["source"] = source["key"]
    return Register([source], [actor], [case])


def test_sources_actors_and_cases_are_shown_by_their_declarations() -> None:
    marks = Marks("marca")
    whole = shown_register(registers(marks), Around())
    made = [*whole.source, *whole.actor, *whole.case]
    for path, word in marks.words.items():
        assert (word in text(made)) == declared(path).is_exact, path
    assert "sensitivity" not in text(made)


def test_withheld_ones_have_a_kind_and_a_number_and_nothing_else() -> None:
    marks = Marks("marca")
    register = registers(marks)
    (source, actor, case) = (one["key"] for one in (*register.source, *register.actor, *register.case))
    called = {"sources": {source: "withheld-party-1"}, "actors": {actor: "withheld-organisation-1"}}
    made = shown_register(register, Around(**called, cases={case: "withheld-case-1"}))
    name = {"en": "Name withheld", "es": "Nombre reservado"}
    assert made == Register(
        [{"key": "withheld-party-1", "kind": "party", "publisher": "Name withheld"}],
        [{"key": "withheld-organisation-1", "kind": "organisation", "name": name}],
        [{"key": "withheld-case-1", "title": name, "type": "labour"}],
    )


def test_a_phase_that_cites_a_withheld_source_is_coarse() -> None:
    marks = Marks("marca")
    register = registers(marks)
    called = {register.source[0]["key"]: "withheld-party-1"}
    (case,) = shown_register(register, Around(sources=called)).case
    assert case["phases"] == [
        {
            "from_day": case["phases"][0]["from_day"],
            "until_day": case["phases"][0]["until_day"],
            "state": "active",
            "phase": "crisis",
            "source": "withheld-party-1",
        }
    ]
    assert {len(case["phases"][0][name]) for name in ("from_day", "until_day")} == {len("1950-07")}
    assert case["sources"] == ["withheld-party-1"]


def test_indicators_and_datasets_that_name_something_withheld_are_not_shown_as_they_are() -> None:
    marks = Marks("marca")
    indicator = marks.filled(IndicatorDraft, source="a-source", sensitivity=None)
    assert shown_indicators([indicator], Around(), Names()) == [indicator]
    for path, word in marks.words.items():
        assert shown_indicators([indicator], Around(), Names.of([word])) == [], path
    dataset = {"name": "a-file", "licence": "words", "attribution": "Hilaria Ccori", "may_publish": True}
    assert shown_dataset(dataset, Around(), Names()) == dataset
    assert shown_dataset(dataset, Around(), Names.of(["Ccori"])) == {"name": "a-file", "may_publish": True}
