"""The Peru incidents that are shipped: they fit the drafts and hold together."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from shipped import bundles, incidents

from willay.data.errors import UnknownTermError
from willay.data.incidents import IncidentFile, incident_documents
from willay.events.model.drafts import Bundle, draft

PERU_BOX = (-81.4, -18.4, -68.6, 0.0)
"""West, south, east, north of Peru in degrees, rounded outward to a tenth."""

MEMORY_ONLY_COORDINATES = ((-77.02, -12.047), (-77.029, -12.1198), (-70.02, -15.84))
"""Coordinates in the gathered material that nobody read anywhere."""


def test_the_files_come_sorted_by_name() -> None:
    names = [file.name for file in incident_documents()]
    assert names == sorted(names)
    assert {
        "peru/sources.yaml",
        "peru/actors.yaml",
        "peru/cases-1980-2001.yaml",
        "peru/country-indicators.yaml",
    } <= set(names)


def test_a_country_without_incidents_is_refused() -> None:
    with pytest.raises(UnknownTermError, match="Known: PE"):
        incident_documents("XX")


@pytest.mark.parametrize("file", incident_documents(), ids=lambda file: file.name)
def test_every_file_fits_the_drafts(file: IncidentFile) -> None:
    assert draft(Bundle, file.document, file.name) != Bundle()


def test_every_incident_stands_in_the_file_of_its_year() -> None:
    for name, bundle in bundles().items():
        for incident in bundle.incidents:
            assert incident.span is not None
            assert name == f"peru/{incident.span.first.year}.yaml", incident.key


@pytest.mark.parametrize("kind", ["sources", "actors", "cases", "incidents"])
def test_every_key_is_there_and_used_once(kind: str) -> None:
    keys = Counter(item.key for bundle in bundles().values() for item in getattr(bundle, kind))
    assert None not in keys
    assert [key for key, times in keys.items() if times > 1] == []


def test_no_name_means_two_actors() -> None:
    actors = [actor for bundle in bundles().values() for actor in bundle.actors]
    names = Counter(
        name
        for actor in actors
        for name in {name.casefold() for name in (*actor.name.values(), *actor.aliases, actor.key)}
    )
    shared = [name for name, times in names.items() if times > 1]
    assert shared == []


def test_every_reference_has_its_target() -> None:
    all_bundles = bundles().values()
    actors = {actor.key: actor for bundle in all_bundles for actor in bundle.actors}
    cases = {case.key: case for bundle in all_bundles for case in bundle.cases}
    sources = {source.key for bundle in all_bundles for source in bundle.sources}
    for actor in actors.values():
        assert actor.part_of is None or actor.part_of in actors
    for case in cases.values():
        assert set(case.sources) <= sources
    for incident in incidents().values():
        assert {party.actor for party in incident.parties} <= set(actors), incident.key
        assert set(incident.cases) <= set(cases), incident.key
        assert {*incident.sources, *(claim.source for claim in incident.claims)} <= sources, incident.key
        assert incident.part_of is None or incident.part_of in incidents(), incident.key
    for bundle in all_bundles:
        assert {indicator.source for indicator in bundle.indicators} <= sources


def test_every_source_is_cited() -> None:
    cited = {claim.source for incident in incidents().values() for claim in incident.claims}
    cited |= {key for incident in incidents().values() for key in incident.sources}
    for bundle in bundles().values():
        cited |= {key for case in bundle.cases for key in case.sources}
        cited |= {indicator.source for indicator in bundle.indicators}
    assert {source.key for bundle in bundles().values() for source in bundle.sources} - cited == set()


def test_every_incident_cites_a_document() -> None:
    assert [key for key, incident in incidents().items() if not (incident.claims or incident.sources)] == []


def test_no_web_address_is_given_twice() -> None:
    urls = Counter(source.url for bundle in bundles().values() for source in bundle.sources if source.url)
    assert [url for url, times in urls.items() if times > 1] == []


def test_every_text_is_in_spanish_and_english() -> None:
    for incident in incidents().values():
        assert incident.summary is not None, incident.key
        texts = [incident.title, incident.summary, *incident.notes]
        texts += [place.note for place in incident.places if place.note]
        texts += [text for claim in incident.claims for text in (claim.note, claim.scope) if text]
        texts += [party.note for party in incident.parties if party.note]
        assert all(set(text) == {"es", "en"} for text in texts), incident.key


def test_every_summary_is_short() -> None:
    for incident in incidents().values():
        for text in (incident.summary or {}).values():
            assert len(re.findall(r"[.;:](?:\s|$)", text)) <= 6, incident.key
            assert len(text) <= 450, incident.key


def test_coordinates_name_their_source_and_none_come_from_memory() -> None:
    for incident in incidents().values():
        for place in incident.places:
            assert (place.lon is None) == (place.coordinate_source is None), (incident.key, place.name)
            assert (place.lon, place.lat) not in MEMORY_ONLY_COORDINATES


def test_places_in_peru_carry_a_code_that_fits_their_precision() -> None:
    digits = {"settlement": 6, "near": 6, "district": 6, "province": 4, "department": 2}
    west, south, east, north = PERU_BOX
    for incident in incidents().values():
        for place in incident.places:
            if place.lon is not None and place.lat is not None:
                assert west <= place.lon <= east, (incident.key, place.name)
                assert south <= place.lat <= north, (incident.key, place.name)
            if place.country == "PE" and place.precision in digits:
                assert re.fullmatch(rf"\d{{{digits[place.precision]}}}", place.admin_code or ""), (
                    incident.key,
                    place.name,
                )
            else:
                assert place.region or place.precision == "country", (incident.key, place.name)


def test_settlements_and_near_places_have_coordinates() -> None:
    missing = [
        (incident.key, place.name)
        for incident in incidents().values()
        for place in incident.places
        if place.precision in {"settlement", "near"} and place.lon is None
    ]
    assert missing == []


def test_a_part_lies_within_the_days_of_its_whole() -> None:
    parts = [incident for incident in incidents().values() if incident.part_of]
    assert len(parts) >= 39
    for part in parts:
        whole = incidents()[str(part.part_of)]
        assert whole.part_of is None
        assert part.span is not None
        assert whole.span is not None
        assert whole.span.first <= part.span.first <= part.span.last <= whole.span.last, part.key


def test_a_claim_of_a_part_is_not_repeated_in_its_whole() -> None:
    for part in incidents().values():
        if part.part_of:
            whole = {claim.model_dump_json() for claim in incidents()[part.part_of].claims}
            assert whole.isdisjoint(claim.model_dump_json() for claim in part.claims), part.key


def test_nothing_is_dated_after_the_last_source() -> None:
    assert max(incident.span.last for incident in incidents().values() if incident.span) <= date(2023, 12, 31)


def test_every_incident_is_published_by_this_project() -> None:
    assert {(incident.status, incident.dataset) for incident in incidents().values()} == {("published", "willay-peru")}
