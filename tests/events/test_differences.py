from __future__ import annotations

from willay.events.model.differences import differences
from willay.geo.translation import in_language

BEFORE = {
    "title": {"en": "A clash", "es": "Un choque"},
    "days": "2012-03-04",
    "claims": [
        {"measure": "killed", "group": "all", "low": 1, "best": 2, "high": 4, "source": "press-1"},
        {"measure": "injured", "group": "police", "best": 3, "source": "press-1", "attributed_to": "the radio"},
    ],
    "places": [{"name": "Kiteni", "precision": "settlement", "lon": -73.0, "lat": -12.5}],
    "tags": ["gas"],
}


def lines(after: dict[str, object], lang: str = "en") -> list[str]:
    return [str(one) for one in differences(BEFORE, after, lang)]


def test_equal_drafts_do_not_differ() -> None:
    assert lines(dict(BEFORE)) == []


def test_plain_fields_and_texts_tell_before_and_after() -> None:
    after = {**BEFORE, "title": {"en": "A battle", "es": "Un choque"}, "days": "2012-03", "confidence": "low"}
    assert lines(after) == ["confidence: — → low", "days: 2012-03-04 → 2012-03", "title (en): A clash → A battle"]


def test_a_claim_of_the_same_voice_is_changed_and_another_is_added_or_removed() -> None:
    claims = BEFORE["claims"]
    assert isinstance(claims, list)
    more = {**claims[0], "best": 3}
    other = {"measure": "killed", "group": "all", "best": 9, "source": "inquiry", "stated_on": "2013-01"}
    assert lines({**BEFORE, "claims": [more, other]}) == [
        "claim: killed: 2 (1–4), by press-1 → killed: 3 (1–4), by press-1",
        "claim removed: injured (police): 3, by press-1, quoting the radio",
        "claim added: killed: 9, by inquiry, 2013-01",
    ]


def test_a_place_that_moved_is_the_same_place_changed() -> None:
    moved = [{"name": "Kiteni", "precision": "site", "lon": -73.1, "lat": -12.5}]
    assert lines({**BEFORE, "places": moved}) == [
        "place: Kiteni (settlement) at -73.0, -12.5 → Kiteni (site) at -73.1, -12.5"
    ]


def test_another_order_is_told_and_names_are_added_and_removed() -> None:
    claims = BEFORE["claims"]
    assert isinstance(claims, list)
    assert lines({**BEFORE, "claims": claims[::-1], "tags": ["oil"]}) == [
        "claim moved",
        "tags removed: gas",
        "tags added: oil",
    ]


def test_differences_are_in_the_words_of_a_language() -> None:
    claim = {"measure": "killed", "group": "police", "count": 3, "source": "radio", "attributed_to": "PNP"}
    place = {"name": "Kiteni", "precision": "settlement", "admin_code": "080902", "lon": -72.8, "lat": -12.6}
    before = {"status": "published", "type": "protest", "claims": [claim], "places": []}
    after = {"status": "retracted", "type": "protest", "claims": [], "places": [place]}
    told = differences(before, after)
    assert [str(one) for one in told] == [
        "claim removed: killed (police): 3, by radio, quoting PNP",
        "place added: Kiteni (settlement, code 080902) at -72.8, -12.6",
        "status: published → retracted",
    ]
    with in_language("es"):
        assert [str(one) for one in differences(before, after, "es")] == [
            "afirmación: se quitó muertos (policías): 3, según radio, que cita a PNP",
            "lugar: se agregó Kiteni (centro poblado, código 080902) en -72.8, -12.6",
            "status: publicado → anulado",
        ]
