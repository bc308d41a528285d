"""A database of a country records that country, by every road, and another's documents keep every byte."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from willay.data.countries import country
from willay.data.errors import UnknownTermError
from willay.events.model.canonical import canonical
from willay.events.model.drafts import Bundle, IncidentDraft, draft
from willay.events.model.errors import DraftError
from willay.events.model.foreign import Batch, DatasetTerms, ForeignRow
from willay.events.store import RegionSet, Store
from willay.events.store.record.states import chained_digest, incident_state

if TYPE_CHECKING:
    from collections.abc import Callable

NAIROBI = {"name": "Nairobi", "precision": "site", "lon": 36.82, "lat": -1.29}
RECORDED_BEFORE = {
    "bridge": (
        "018cc252-0788-7f16-9f9b-4e6a10247522", "cd4fc6a456410d08092eb69318f9e4eee5d632d124779a6d397946df35162cc9",
    ),
    "undated": (
        "018cc252-1340-7d8a-904c-4fff579bc28f", "79c77a731424e8a0267780d6aab8bc28a6c2f85712016275637976cd06bc9f6d",
    ),
}  # fmt: skip
"""Ids and digests of two incidents of the made-up bundle, from when no draft could leave the country open."""
PLAIN: dict[str, Any] = {"title": "Maandamano", "type": "protest", "days": "2012-05-01", "places": [NAIROBI]}


@pytest.fixture
def kenya(make_store: Callable[..., Store]) -> Store:
    return make_store("ke.gpkg", country="KE", region_sets=[])


def countries(store: Store, code: str) -> tuple[str | None, list[str | None]]:
    made = store.read.draft(code).draft
    return made.country, [place.country for place in made.places]


def test_what_names_no_country_is_of_the_database_and_so_is_its_code(kenya: Store) -> None:
    (code,) = kenya.write.add(draft(Bundle, {"incidents": [PLAIN]}), author="ana").codes
    assert code == "KE-2012-0001"
    assert countries(kenya, code) == ("KE", ["KE"])
    assert kenya.read.select(profile=None)["country"].tolist() == ["KE"]
    assert kenya.file.check() == ()


def test_what_names_a_country_keeps_it_and_a_place_is_in_the_country_of_its_incident(kenya: Store) -> None:
    kampala, busia = {**NAIROBI, "name": "Kampala", "lon": 32.58, "lat": 0.32}, {"lon": 34.09, "lat": 0.47}
    ugandan = {**PLAIN, "country": "Uganda", "places": [kampala]}
    mixed = {**PLAIN, "places": [NAIROBI, {**NAIROBI, "name": "Busia", "country": "UG", **busia}]}
    codes = kenya.write.add(draft(Bundle, {"incidents": [ugandan, mixed]}), author="ana").codes
    assert codes == ("UG-2012-0001", "KE-2012-0001")
    assert countries(kenya, codes[0]) == ("UG", ["UG"])
    assert countries(kenya, codes[1]) == ("KE", ["KE", "UG"])


def test_an_edit_and_a_whole_new_draft_are_of_the_database_too(kenya: Store) -> None:
    (code,) = kenya.write.add(draft(Bundle, {"incidents": [PLAIN]}), author="ana").codes
    kenya.write.edit(code, {"places": [NAIROBI, {**NAIROBI, "name": "Kibera"}]}, author="ana", reason="x")
    assert countries(kenya, code) == ("KE", ["KE", "KE"])
    kenya.write.replace(code, draft(IncidentDraft, {**PLAIN, "title": "Other"}), author="ana", reason="x")
    assert countries(kenya, code) == ("KE", ["KE"])
    assert kenya.write.edit(code, {"places": [NAIROBI]}, author="ana", reason="x").changes == (), "the same place again"


def test_a_preview_and_an_import_are_of_the_database_too(kenya: Store) -> None:
    preview = kenya.write.preview(draft(IncidentDraft, PLAIN))
    assert preview.faults == ()
    row = ForeignRow(1, "a-1", {**PLAIN, "sources": []}, (), (), {})
    batch = Batch((row,), (), (), ())
    terms = DatasetTerms("set")
    (outcome,) = kenya.write.import_rows(batch, terms, author="ana")
    assert outcome.code == "KE-2012-0001"
    changed = ForeignRow(1, "a-1", {**PLAIN, "title": "Other", "sources": []}, (), (), {})
    (updated,) = kenya.write.import_rows(Batch((changed,), (), (), ()), terms, author="ana")
    assert (updated.ending, updated.flags) == ("updated", ())
    assert countries(kenya, "KE-2012-0001") == ("KE", ["KE"])
    (same,) = kenya.write.import_rows(Batch((changed,), (), (), ()), terms, author="ana")
    assert same.ending == "unchanged"


def test_a_dataset_that_names_no_country_has_not_changed_the_places_that_were_changed_here(kenya: Store) -> None:
    terms = DatasetTerms("set")
    row = ForeignRow(1, "a-1", {**PLAIN, "sources": []}, (), (), {})
    kenya.write.import_rows(Batch((row,), (), (), ()), terms, author="ana")
    ours = [{**NAIROBI, "name": "Kibera"}]
    kenya.write.edit("KE-2012-0001", {"places": ours}, author="ana", reason="x")
    renamed = ForeignRow(1, "a-1", {**PLAIN, "title": "Other", "sources": []}, (), (), {})
    (outcome,) = kenya.write.import_rows(Batch((renamed,), (), (), ()), terms, author="ana")
    assert (outcome.ending, outcome.flags) == ("updated", ()), "the dataset's places are those it had before"
    made = kenya.read.draft("KE-2012-0001").draft
    assert (made.title, [place.name for place in made.places]) == ({"und": "Other"}, ["Kibera"])


def test_a_database_of_peru_writes_the_documents_it_always_wrote(store: Store) -> None:
    before = store.read.draft("bridge").draft.model_dump(mode="json", exclude_none=True)
    assert before["country"] == "PE"
    assert {place["country"] for place in before["places"]} == {"PE"}
    for key, (incident_id, digest) in RECORDED_BEFORE.items():
        one = store.read.draft(key)
        assert chained_digest(None, canonical(incident_state(one.draft, incident_id, one.code))) == digest


@pytest.mark.parametrize("country", ["QQ", "ZZ", "Kenia y Uganda"])
def test_a_database_is_of_a_country_that_there_is(make_store: Callable[..., Store], country: str) -> None:
    with pytest.raises(UnknownTermError, match=r"Unknown country .*Write the two letters"):
        make_store("x.gpkg", country=country)


def test_a_country_may_be_called_by_its_name(make_store: Callable[..., Store]) -> None:
    assert make_store("x.gpkg", country="Kenia").country == "KE"


def test_only_a_row_of_a_dataset_may_leave_its_country_unknown(kenya: Store) -> None:
    unknown = {**PLAIN, "country": "ZZ", "places": [{**NAIROBI, "country": "ZZ"}]}
    with pytest.raises(DraftError, match="ZZ means an unknown country") as caught:
        kenya.write.add(draft(Bundle, {"incidents": [unknown]}), author="ana")
    assert [fault.where for fault in caught.value.faults] == [
        "incidents[0].country", "incidents[0].places[0].country",
    ]  # fmt: skip
    row = ForeignRow(1, "a-1", {**unknown, "sources": []}, (), (), {})
    (outcome,) = kenya.write.import_rows(Batch((row,), (), (), ()), DatasetTerms("set"), author="ana")
    assert (outcome.ending, outcome.code) == ("accepted", "ZZ-2012-0001")


def test_a_file_of_before_the_rule_of_its_country_places_its_incidents_again(make_store: Callable[..., Store]) -> None:
    """Before, a place had the Spanish name of its unit in every country, and `check` would ask who changed the file."""
    units = country("KE").units().rename(columns={"code": "admin_code"})
    store = make_store("ke.gpkg", country="KE", region_sets=[RegionSet("ke-adm1", units, "Natural Earth")])
    store.write.add(draft(Bundle, {"incidents": [{**PLAIN, "key": "a"}]}), author="ana", reason="x")
    path = store.path
    store.close()
    with closing(sqlite3.connect(path)) as file, file:
        (fields,) = file.execute("SELECT value FROM meta WHERE key = 'fields'").fetchone()
        assert "PlaceDraft.admin_code+nesting" in fields
        kept = fields.replace(" PlaceDraft.admin_code+nesting", "")
        file.execute("UPDATE meta SET value = ? WHERE key = 'fields'", [kept])
        file.execute("UPDATE place SET adm1 = 'otro'")
        file.execute("UPDATE incident SET adm1 = 'otro'")
    with Store.open(path) as later:
        assert later.file.check() == ()
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT adm1 FROM place").fetchall() == [("Nairobi",)]
    assert len([*path.parent.glob("ke.schema-*.backup.gpkg")]) == 1
