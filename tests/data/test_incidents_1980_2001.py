"""The Peru incidents of 1980 to 2001.

What is expected is written by hand from the gathered material and from the texts that it quotes, not from the files.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest
from shipped import bundles, figure, incidents

if TYPE_CHECKING:
    from willay.events.model.drafts import IncidentDraft

GATHERED: Final = frozenset(
    [
        "chuschi-1980",
        "ayacucho-emergency-1981",
        "ayacucho-prison-1982",
        "huamanga-hospital-1982",
        "ayacucho-military-1982",
        "vilcanchos-1983",
        "huaychao-1983",
        "vilca-1983",
        "juquisa-ocros-1983",
        "uchuraccay-comuneros-1983",
        "matara-1983",
        "canaria-hualla-1983",
        "acocro-1983",
        "sachabamba-1983",
        "iribamba-1983",
        "nununhuayco-1983",
        "lucanamarca-1983-08",
        "pampay-1983",
        "bellavista-1983",
        "accomarca-1983-11",
        "soccos-1983",
        "mayocc-1984",
        "mrta-1984",
        "huancasancos-1984",
        "carhuac-1984",
        "viscachayocc-1984",
        "huarapite-1984",
        "ticllas-1984",
        "incapampa-1984",
        "pacucro-1984",
        "ccanis-1984",
        "hualla-1984-07",
        "tiopampa-1984",
        "huarcayocc-1984",
        "soras-1984",
        "pampacancha-1984",
        "hualla-1984-08",
        "callqui-1984",
        "pucayacu-1984",
        "hualla-1984-11",
        "hualla-1984-12",
        "putis-1984",
        "agua-blanca-1986",
        "prisons-1986",
        "prisons-1986-fronton",
        "prisons-1986-lurigancho",
        "prisons-1986-santa-barbara",
        "pomatambo-1986",
        "uchiza-1987",
        "huallaga-emergency-1987",
        "juanjui-1987",
        "erusco-1988",
        "cayara-1988",
        "san-gerardo-1988",
        "cuticsa-1988",
        "cayara-disappeared-1988-06",
        "monzon-1988",
        "puyhuan-1988",
        "canayre-1989",
        "uchiza-1989",
        "chongos-alto-1989",
        "molinos-1989",
        "tarapoto-1989",
        "isccana-1989",
        "mutuycocha-1989",
        "sallalli-1989",
        "huayllay-1989",
        "paccha-1989",
        "acosvinchos-1990",
        "puerto-bermudez-1990",
        "lopez-albujar-1990",
        "chumbivilcas-1990",
        "yahuar-machay-1990",
        "huancayo-vice-rector-1990",
        "canto-grande-tunnel-1990",
        "rio-tambo-leaders-1990",
        "san-pedro-de-cachi-1991",
        "huancayo-students-1991",
        "santa-barbara-1991",
        "pativilca-1992",
        "moyano-1992",
        "self-coup-1992",
        "villa-rica-1992",
        "el-santa-1992",
        "castro-castro-1992",
        "canal2-1992",
        "challhuamayo-1992",
        "armed-strike-1992-07",
        "guzman-capture-1992",
        "huayao-1992",
        "huilca-1992",
        "yanajanca-1993",
        "tsiriari-1993",
        "monzon-1993",
        "ocona-1993",
        "el-agustino-1993",
        "aries-1994",
        "tocache-airport-1994",
        "quenteroni-1994",
        "jc-tello-1995",
        "amnesty-1995",
        "shamiro-1995",
        "residence-1996",
        "residence-1996-12-17",
        "residence-1996-12-18",
        "residence-1996-12-19",
        "residence-1996-12-20",
        "residence-1996-12-22",
        "residence-1996-12-31",
        "residence-1997-01-01",
        "chavin-de-huantar-1997",
        "feliciano-1999",
        "cuatro-suyos-2000",
        "vladivideo-2000",
        "locumba-2000",
        "fujimori-fall-2000",
        "tambogrande-2001",
        "san-lorenzo-2001",
        "cvr-created-2001",
        "el-polo-2002",
        "tambogrande-vote-2002",
    ]
)
"""Every gathered incident that has a text behind it."""

BEFORE: Final = frozenset(
    ["uchuraccay-1983", "lucanamarca-1983", "accomarca-1985", "barrios-altos-1991", "tarata-1992", "la-cantuta-1992"]
)
"""The incidents of these years that were included before."""

UNREAD: Final = frozenset(["umaro-bellavista-1985", "cayara-witnesses", "quispillaccta-1983", "totos-1983"])
"""Gathered, but nobody has read a text that bears them out."""

FROM_TESTIMONIES: Final = frozenset(
    [
        "vilcanchos-1983",
        "juquisa-ocros-1983",
        "matara-1983",
        "canaria-hualla-1983",
        "acocro-1983",
        "sachabamba-1983",
        "iribamba-1983",
        "nununhuayco-1983",
        "lucanamarca-1983-08",
        "pampay-1983",
        "bellavista-1983",
        "accomarca-1983-11",
        "mayocc-1984",
        "huancasancos-1984",
        "carhuac-1984",
        "viscachayocc-1984",
        "huarapite-1984",
        "ticllas-1984",
        "incapampa-1984",
        "pacucro-1984",
        "ccanis-1984",
        "hualla-1984-07",
        "tiopampa-1984",
        "huarcayocc-1984",
        "hualla-1984-08",
        "callqui-1984",
        "hualla-1984-11",
        "hualla-1984-12",
    ]
)
"""Rows of the commission's table of attacks, which has a month for each and no day."""

PUBLIC_FIGURES: Final = frozenset(
    (
        "Enrique López Albújar",
        "María Elena Moyano",
        "Pedro Huilca",
        "Abimael Guzmán",
        "Óscar Ramírez Durand",
        "Vladimiro Montesinos",
    )
)
"""Leaders, officials and people finally convicted: the only ones whom a title may name after what befell them."""

WITHHELD: Final = frozenset(("4eaa56a5b7aa7b0a8424ce5054b3325217e59678f1e36ca5d590668858207cca",))
"""SHA-256 of two words together that no key, title or address may have: names of private victims."""


@cache
def recorded() -> dict[str, IncidentDraft]:
    return {key: incidents()[key] for key in sorted(GATHERED)}


def plain(text: str) -> list[str]:
    """Return the words of a text in small letters without accents."""
    unaccented = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return re.findall(r"[a-z0-9]+", unaccented.casefold())


def test_every_gathered_incident_is_included_and_no_other_of_its_years() -> None:
    of_these_years = {key for key, incident in incidents().items() if incident.span and incident.span.first.year < 2002}
    assert of_these_years == {key for key in GATHERED if not key.endswith("-2002")} | BEFORE
    assert set(incidents()) >= GATHERED


def test_nothing_is_included_that_nobody_read() -> None:
    assert UNREAD.isdisjoint(incidents())


@pytest.mark.parametrize(("decade", "least"), [(1980, 68), (1990, 40), (2000, 7)])
def test_no_decade_is_thin(decade: int, least: int) -> None:
    firsts = [incident.span.first.year for incident in recorded().values() if incident.span]
    assert sum(decade <= year < decade + 10 for year in firsts) >= least


def test_every_incident_cites_a_document_and_belongs_to_a_case() -> None:
    for key, incident in recorded().items():
        assert incident.claims or incident.sources, key
        assert incident.cases, key


def test_titles_give_a_year_in_both_languages() -> None:
    """What, where, when."""
    for key, incident in recorded().items():
        assert incident.span is not None
        years = {str(incident.span.first.year), str(incident.span.last.year)}
        for language in ("es", "en"):
            assert years & set(re.findall(r"\d{4}", incident.title[language])), (key, language)


def test_a_title_names_nobody_but_public_figures() -> None:
    named = re.compile(
        r"(?:Muerte|Detención|video|Death|Arrest) (?:del? |of )?(?:general |General )?"
        r"((?:[A-ZÁÉÍÓÚ]\w+ )+[A-ZÁÉÍÓÚ]\w+)"
    )
    found = {
        name
        for incident in recorded().values()
        for title in incident.title.values()
        for name in named.findall(title)
        if not name.startswith("Shining Path")
    }
    assert found == PUBLIC_FIGURES


def test_no_key_title_or_address_has_the_name_of_a_private_victim() -> None:
    texts = [text for incident in recorded().values() for text in (str(incident.key), *incident.title.values())]
    for bundle in bundles().values():
        texts += [text for source in bundle.sources for text in (source.key, source.title, source.url) if text]
        texts += [actor.key for actor in bundle.actors] + [case.key for case in bundle.cases]
    pairs = {" ".join(pair) for text in texts for pair in pairwise(plain(text))}
    assert len(pairs) > 1000
    assert WITHHELD.isdisjoint(hashlib.sha256(pair.encode()).hexdigest() for pair in pairs)


def test_rows_of_testimonies_have_a_month_and_say_what_they_are() -> None:
    for key in sorted(FROM_TESTIMONIES):
        incident = incidents()[key]
        assert incident.span is not None
        assert incident.span.precision == "month", key
        assert any("hecho con testimonios" in note["es"] for note in incident.notes), key
        assert any("made from testimonies" in note["en"] for note in incident.notes), key


@pytest.mark.parametrize(
    ("key", "measure", "low", "best", "high"),
    [
        ("soras-1984", "killed", 109, 117, 117),  # COMISEDH 109 or 117; the prosecution 117
        ("pucayacu-1984", "killed", 49, 49, 50),  # the commission: 49 bodies in one text, 50 in another
        ("prisons-1986", "killed", 156, 243, 400),  # military 156, official 124 + 119, unions 400; CVR "over 200"
        ("prisons-1986-fronton", "killed", 111, 111, 133),  # official 111 or 119; the indictment 133
        ("cayara-1988", "killed", 28, 28, 31),  # CVR 28, Americas Watch 28 to 31, Amnesty about 30
        ("uchiza-1989", "killed", 13, 13, 16),  # ten police and three civilians; or thirteen police and three
        ("molinos-1989", "killed", 68, 68, 68),  # 58 + 5 + 5; 62 + 6
        ("tsiriari-1993", "killed", 71, 74, 74),  # 71, 72, 74; the CVR's volume VII says 74
        ("el-agustino-1993", "killed", 9, 9, 9),  # 3 + 1 + 2 + 2 + 1
        ("residence-1996", "killed", 17, 17, 17),  # one hostage, two soldiers, fourteen of the MRTA
        ("chavin-de-huantar-1997", "rescued", 71, 72, 72),  # the Court's sheet says 72, the press 71
        ("el-polo-2002", "killed", 9, 9, 9),
        ("agua-blanca-1986", "killed", 16, 16, 16),  # the leader and 15 others
    ],
)
def test_a_figure_is_what_the_texts_bear_out(key: str, measure: str, low: int, best: int, high: int) -> None:
    count = figure(key, measure).count
    assert (count.low, count.best, count.high) == (low, best, high)


def test_a_part_says_nothing_twice_that_its_parent_counts() -> None:
    """The parent has the dead of its parts, so that leaving the parts out of a sum loses nobody."""
    for key in ("prisons-1986", "residence-1996"):
        parts = [one for one in recorded().values() if one.part_of == key]
        assert parts
        killed = {str(part.key) for part in parts if any(claim.measure == "killed" for claim in part.claims)}
        assert killed
        assert any(claim.measure == "killed" and claim.scope is None for claim in incidents()[key].claims)
