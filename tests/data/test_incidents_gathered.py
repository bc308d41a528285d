"""The Peru incidents that are shipped cover what was gathered, and their figures are those that the texts bear out."""

from __future__ import annotations

import pytest
from shipped import PROFILE, bundles, figure, incidents

from willay.events.model.values import local

RECORDED_AS = {
    "bagua-2009": (
        "bagua-2009",
        "bagua-2009-curva-del-diablo",
        "bagua-2009-bagua-town",
        "bagua-2009-station-6",
    ),
    "conga-celendin-2012": ("conga-july-2012", "conga-celendin-2012", "conga-emergency-2012"),
    "conga-bambamarca-2012": ("conga-july-2012", "conga-bambamarca-2012"),
    "kepashiato-2012": (
        "kepashiato-2012",
        "alto-lagunas-2012",
        "libertad-ambush-2012",
        "echarate-emergency-2012",
    ),
    "barrios-altos-1991": ("barrios-altos-1991",),
    "la-cantuta-1992": ("la-cantuta-1992",),
    "tarata-1992": ("tarata-1992",),
    "lucanamarca-1983": ("lucanamarca-1983",),
    "accomarca-1985": ("accomarca-1985",),
    "sanabamba-2009": ("sanabamba-2009",),
    "tintaypunco-2008": ("tintaypunco-2008",),
    "artemio-capture-2012": ("artemio-capture-2012",),
    "espinar-2012": (
        "espinar-2012",
        "espinar-2012-05-27",
        "espinar-2012-05-28",
        "espinar-emergency-2012",
    ),
    "juliaca-2011": ("juliaca-2011",),
    "islay-2011": ("islay-2011",),
    "madre-de-dios-2012": ("madre-de-dios-2012",),
    "la-parada-2012": ("la-parada-2012-10-25", "la-parada-2012-10-27"),
    "moquegua-2008": ("moquegua-2008",),
    "ilave-2004": ("ilave-2004",),
    "majaz-2005": ("majaz-2005",),
    "toccate-2003": ("toccate-2003",),
    "emergency-2003-05": ("emergency-2003", "puno-2003"),
    "uchuraccay-1983": ("uchuraccay-1983",),
    "andahuaylas-2005": ("andahuaylas-2005",),
    "aucayacu-2005": ("aucayacu-2005", "upper-huallaga-emergency-2005"),
}
"""The 25 incidents of the gathered material by their id there, and the incidents that carry them here."""

FROM_PROFILE = {
    "barrios-altos": "barrios-altos-1991",
    "vrae-emergency": "vrae-emergency-2003",
    "fujimori-arrest": "fujimori-arrest-2005",
    "amazon-2009": "bagua-2009",
    "decree-2010": "limitations-decree-2010",
    "ombudsman-office-2010": "ombudsman-conflict-office-2010",
    "ministry-powers-2011": "ministry-powers-2011",
    "gas-workers-2012": "kepashiato-2012",
    "vrae-plan-2012": "vrae-plan-2012",
    "conga-2012": "conga-july-2012",
    "colina-ruling-2012": "colina-ruling-2012",
    "police-expansion-2012": "police-expansion-2012",
    "prison-party-2012": "prison-party-2012",
}
"""The dated facts of the country profile, but for its internal conflict (a case), and what carries them."""


@pytest.mark.parametrize("raw", RECORDED_AS)
def test_every_gathered_incident_is_recorded(raw: str) -> None:
    assert set(RECORDED_AS[raw]) <= set(incidents())


@pytest.mark.parametrize("fact", FROM_PROFILE)
def test_every_fact_of_the_profile_cites_it(fact: str) -> None:
    incident = incidents()[FROM_PROFILE[fact]]
    assert PROFILE in {*incident.sources, *(claim.source for claim in incident.claims)}


def test_every_incident_comes_from_the_gathered_material() -> None:
    expected = {key for keys in RECORDED_AS.values() for key in keys} | set(FROM_PROFILE.values())
    assert expected <= set(incidents())  # the others: tests of their years


def test_bagua_shows_the_ombudsmans_count_beside_the_others() -> None:
    killed = figure("bagua-2009", "killed")
    assert (killed.count.best, killed.source, killed.basis) == (33, "defensoria-ia-006-2009", "total")
    assert (killed.count.low, killed.count.high) == (32, 54)
    latest = figure("bagua-2009", "killed", "latest")
    assert (latest.count.best, latest.source) == (54, PROFILE)
    assert figure("bagua-2009", "killed", "minimum").source == "radiouno-2015"


def test_kepashiato_shows_the_official_count_beside_the_profiles() -> None:
    abducted = figure("kepashiato-2012", "abducted")
    assert (abducted.count.best, abducted.source, abducted.basis) == (36, "reuters-2012-04-15", "pinned")
    assert (abducted.count.low, abducted.count.high) == (7, 43)
    assert figure("kepashiato-2012", "released").count.best == 36
    profile = {
        (claim.measure, claim.best) for claim in incidents()["kepashiato-2012"].claims if claim.source == PROFILE
    }
    assert profile == {("abducted", 26), ("released", 26)}
    assert incidents()["kepashiato-2012"].places[0].name == "Kepashiato"


@pytest.mark.parametrize(
    ("key", "measure", "best"),
    [
        ("uchuraccay-1983", "killed", 10),  # eight journalists, a guide and a community member
        ("lucanamarca-1983", "killed", 69),  # the truth commission's case text
        ("barrios-altos-1991", "killed", 15),  # every source
        ("tarata-1992", "killed", 25),  # the truth commission
        ("la-cantuta-1992", "killed", 10),  # nine students and a professor
        ("conga-july-2012", "killed", 5),  # HRW, the profile
        ("conga-celendin-2012", "killed", 4),  # HRW, with the death of 5 July
        ("puno-2003", "killed", 1),  # the first dispatches said three
        ("ilave-2004", "killed", 1),  # the councillor of the first report had not died
        ("sanabamba-2009", "killed", 13),  # Joint Command, the missing not counted
        ("juliaca-2011", "killed", 6),  # the later texts
        ("aucayacu-2005", "killed", 8),  # not the month's 13
        ("madre-de-dios-2012", "killed", 3),
        ("madre-de-dios-2012", "injured", 44),  # the ombudsman's 27 + 17
        ("toccate-2003", "abducted", 71),  # 68 workers and 3 police
        ("moquegua-2008", "abducted", 60),  # the ombudsman's recount
        ("alto-lagunas-2012", "killed", 3),  # one counted dead on 19 April had survived
    ],
)
def test_the_figure_by_default_is_the_one_the_sources_bear_out(key: str, measure: str, best: int) -> None:
    assert figure(key, measure).count.best == best


def test_a_bodys_first_count_gives_way_to_its_last_word() -> None:
    sanabamba = figure("sanabamba-2009", "killed").count
    assert (sanabamba.low, sanabamba.best, sanabamba.high) == (13, 13, 15)  # 1 was the first dispatch's, of 10 April


def test_the_joint_commands_corrected_count_of_tintaypunco_is_in_the_range_and_its_first_is_not() -> None:
    killed = figure("tintaypunco-2008", "killed").count
    # The minister's 16; the Joint Command's 12 soldiers and 2 civilians, by which it corrected its 19.
    assert (killed.low, killed.best, killed.high) == (14, 16, 16)


@pytest.mark.parametrize(
    ("key", "low", "best", "high"),
    [
        ("tarata-1992", 25, 25, 25),  # the first day's "at least 13" says nothing against 25
        ("conga-july-2012", 5, 5, 5),  # nor does Amnesty's "at least four so far"
        ("lucanamarca-1983", 67, 69, None),  # the commission's 69 and 67, and Guzmán's "more than 80"
    ],
)
def test_at_least_never_lowers_a_range_and_opens_it_where_it_is_above(
    key: str, low: int, best: int, high: int | None
) -> None:
    killed = figure(key, "killed").count
    assert (killed.low, killed.best, killed.high) == (low, best, high)


def test_the_days_of_the_espinar_strike_are_parts_of_it_and_add_what_it_does_not_count() -> None:
    parts = [key for key, incident in incidents().items() if incident.part_of == "espinar-2012"]
    assert parts == ["espinar-2012-05-27", "espinar-2012-05-28"]
    whole = {claim.measure for claim in incidents()["espinar-2012"].claims}
    assert "injured" not in whole
    told = {key: {claim.measure for claim in incidents()[key].claims} for key in parts}
    assert told == {"espinar-2012-05-27": {"injured"}, "espinar-2012-05-28": {"injured", "killed"}}
    assert figure("espinar-2012-05-28", "killed").count == figure("espinar-2012", "killed").count  # on that day, all


def test_the_profiles_indicators_stand_side_by_side_where_they_conflict() -> None:
    indicators = [indicator for bundle in bundles().values() for indicator in bundle.indicators]
    profile = [indicator for indicator in indicators if indicator.source == PROFILE]
    assert len(profile) >= 34  # what was gathered from the profile
    strength = {i.value for i in profile if local(i.name, "en") in {"active armed forces", "active duty military"}}
    assert strength == {115000, 192000}
    assert {i.value for i in profile if local(i.name, "en") == "civilian firearms"} == {750000, 1000000}
    with_it = bundles()["peru/country-indicators.yaml"].indicators
    assert {i.value for i in with_it if i.source != PROFILE} == {195, 2312, 109, 279, 4816}  # the ombudsman's
    inquiry = {i.value for i in indicators if i.source == "cvr-informe-final-ch1"}
    assert inquiry >= {69280, 26259, 23969}  # its other numbers: the tests of 1980 to 2001


@pytest.mark.parametrize(
    "name",
    [
        "Shining Path",
        "Sendero Luminoso",
        "MOVADEF",
        "Grupo Colina",
        "PNP",
        "Fuerzas Armadas del Perú",
        "DIRANDRO",
        "DINI",
        "INPE",
        "Defensoría del Pueblo",
        "Indigenous organisations",
        "Rondas campesinas",
        "CAD",
        "Gangs",
        "Private security companies",
        "Gas workers",
        "Protesters",
        "coca growers",
    ],
)
def test_every_actor_that_the_profile_names_is_in_the_registry(name: str) -> None:
    actors = [actor for bundle in bundles().values() for actor in bundle.actors]
    assert any(name in {*actor.name.values(), *actor.aliases} for actor in actors)
