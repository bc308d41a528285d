"""The Peru incidents of 2002 to 2023: whole, sourced, in two languages, and worded by the house rule."""

from __future__ import annotations

import re
from functools import cache

import pytest

from willay.data.incidents import incident_documents
from willay.events.model.drafts import Bundle, CaseDraft, IncidentDraft, draft

GATHERED = {
    "2002": ("arequipa-2002", "arequipa-emergency-2002"),
    "2003": ("cvr-report-2003",),
    "2004": ("human-rights-courts-2004",),
    "2005": ("quiteni-2005", "vizcatan-2005"),
    "2006": ("machente-2006", "combayo-2006", "combayo-2006-08-blockade", "judicial-reform-2006"),
    "2007": ("ocobamba-2007", "fujimori-extradition-2007"),
    "2008": (
        "farm-strike-2008", "farm-strike-2008-barranca", "farm-strike-2008-siguas", "farm-strike-2008-huamanga",
        "huallaga-2008-11-26", "moquegua-2008-10-28", "tacna-2008-11-04", "andoas-2008", "judicial-career-law-2008",
    ),
    "2009": (
        "sinaycocha-2009", "san-jose-de-secce-2009", "cajas-canchaque-2009", "rio-blanco-camp-2009",
        "fujimori-sentence-2009",
    ),
    "2010": (
        "chala-2010", "corvina-2010", "tutumbaru-2010", "ayacucho-abancay-2010-04-29", "conococha-2010",
        "espinar-2010", "kiteni-2010",
    ),
    "2011": (
        "huancavelica-2011", "choquetira-2011", "puno-2011-05-26", "conga-2011-11-24", "conga-2011-11-29",
        "islay-2011-04-04", "islay-2011-alto-catarino", "canete-2011", "plan-2021", "police-retirements-2011",
    ),
    "2012": (
        "pierina-2012", "sechura-2012", "mazangaro-2012", "mazangaro-2012-08-12", "kiteni-2012",
        "kepashiato-2012-06-06", "movadef-registration-2012", "valdes-resignation-2012", "denial-bill-2012",
    ),
    "2013": ("canaris-2013-marayhuaca", "llochegua-2013"),
    "2014": ("machente-2014", "mining-strike-2014", "saweto-2014"),
    "2015": (
        "pichanaki-2015", "tia-maria-2015", "tia-maria-2015-04-23", "tia-maria-2015-05-05", "tia-maria-2015-05-22",
        "las-bambas-2015",
    ),
    "2016": ("acobamba-2016", "las-bambas-2016", "saramurillo-2016"),
    "2017": ("churcampa-2017",),
    "2018": ("anco-2018",),
    "2019": ("trompeteros-2019",),
    "2020": ("canayre-2020", "bretana-2020", "lima-2020-11-14", "chao-2020-12-03", "viru-2020-12-30"),
    "2021": ("san-miguel-del-ene-2021",),
    "2022": (
        "transport-strike-2022", "atico-2022", "andahuaylas-2022-12-11", "ayacucho-2022-12-15", "protests-2022-2023",
    ),
    "2023": (
        "natividad-2023", "juliaca-2023-01-09", "juliaca-2023-02-09", "arequipa-2023-01-19", "lima-2023-01-28",
        "cusco-2023-01-11", "macusani-2023-01-18", "ilave-2023-01-20", "san-marcos-2023-01-21",
    ),
}  # fmt: skip
"""The keys of the incidents that were gathered, by year."""

NOT_SHIPPED = {"la-convencion-2014", "la-convencion-2014-09-06", "apurimac-2022-12-12", "ocuviri-2015"}
"""Gathered, but without a text behind them that gives a figure."""

LOADED = re.compile(
    r"terroris|subversiv|senderistas|delincuent|remanente|represor|vándal|turba|nativos|abatid|caídos|bajas|mártir"
    r"|neutraliza|asesin|masacre|extremis|terrorist|massacre|murder|\bmob\b|fallen|casualties|repress|repres",
    re.IGNORECASE,
)
"""Words that belong to one side or to a court: only in quotation marks, with their owner."""

QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"")


@cache
def bundles() -> dict[str, Bundle]:
    return {file.name: draft(Bundle, file.document, file.name) for file in incident_documents()}


@cache
def gathered() -> dict[str, IncidentDraft]:
    keys = {key for keys in GATHERED.values() for key in keys}
    every = {str(incident.key): incident for bundle in bundles().values() for incident in bundle.incidents}
    return {key: every[key] for key in sorted(keys & set(every))}


def cases() -> dict[str, CaseDraft]:
    return {case.key: case for bundle in bundles().values() for case in bundle.cases}


@pytest.mark.parametrize("year", GATHERED)
def test_every_gathered_incident_is_in_the_file_of_its_year(year: str) -> None:
    shipped = {incident.key for incident in bundles()[f"peru/{year}.yaml"].incidents}
    assert set(GATHERED[year]) <= shipped


def test_what_no_text_bears_out_is_not_shipped() -> None:
    shipped = {incident.key for bundle in bundles().values() for incident in bundle.incidents}
    assert shipped.isdisjoint(NOT_SHIPPED)


def test_every_year_from_2002_to_2023_has_an_incident() -> None:
    years = {incident.span.first.year for incident in gathered().values() if incident.span}
    assert years == set(range(2002, 2024))


def test_every_text_is_in_spanish_and_english() -> None:
    for key, incident in gathered().items():
        texts = [incident.title, incident.summary or {}, *incident.notes]
        texts += [note for place in incident.places if (note := place.note)]
        texts += [text for claim in incident.claims for text in (claim.note, claim.scope) if text]
        texts += [note for party in incident.parties if (note := party.note)]
        assert all(set(text) == {"es", "en"} for text in texts), key
    for key, case in cases().items():
        texts = [case.title, case.summary or {}, *(note for phase in case.phases if (note := phase.note))]
        assert all(set(text) == {"es", "en"} for text in texts), key


def test_no_title_has_a_nickname() -> None:
    nickname = re.compile(r"\b(?!rechazo|plazo)\w+azo\b", re.IGNORECASE)
    assert [key for key, incident in gathered().items() if nickname.search(str(incident.title))] == []
    assert nickname.search("Arequipazo: protestas")


def test_loaded_words_are_quoted() -> None:
    loaded = [
        (key, found.group())
        for key, incident in gathered().items()
        for text in (*incident.title.values(), *(incident.summary or {}).values())
        if (found := LOADED.search(QUOTED.sub("", text)))
    ]
    assert loaded == []


def test_the_numbers_of_a_text_are_the_same_in_both_languages() -> None:
    for key, incident in gathered().items():
        for text in (incident.title, incident.summary or {}):
            numbers = {lang: sorted(re.findall(r"\d[\d,.]*\d|\d", words)) for lang, words in text.items()}
            assert numbers["es"] == numbers["en"], key


def test_every_incident_has_a_place_parties_a_document_and_a_case() -> None:
    for key, incident in gathered().items():
        assert incident.places, key
        assert incident.parties, key
        assert incident.claims or incident.sources, key
        assert set(incident.cases) & set(cases()), key


def test_no_address_or_title_of_a_source_names_a_private_victim() -> None:
    sources = [source for bundle in bundles().values() for source in bundle.sources]
    victims = re.compile(r"chota|colque", re.IGNORECASE)  # in the addresses of two texts about victims
    assert [source.key for source in sources if victims.search(f"{source.key} {source.title} {source.url}")] == []


def test_a_total_and_its_parts_are_never_added() -> None:
    wholes = {"farm-strike-2008", "islay-2011", "tia-maria-2015", "protests-2022-2023"}
    parts = {key: incident.part_of for key, incident in gathered().items() if incident.part_of}
    assert set(parts.values()) == wholes
    assert len(parts) == 18


def test_a_case_has_phases_or_states_why_not() -> None:
    for case in bundles()["peru/cases-2002-2023.yaml"].cases:
        why = "fases" in (case.summary or {})["es"] and "phases" in (case.summary or {})["en"]
        assert any(phase.phase for phase in case.phases) or why, case.key
        assert all(phase.source for phase in case.phases), case.key
