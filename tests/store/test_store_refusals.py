from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from willay.events.model.drafts import Bundle, draft
from willay.events.model.errors import DraftError
from willay.events.store.record.resolve import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.events.store import Store

RIGHT = {"title": "Right", "type": "arrest", "days": "2012-01-01"}


def add(store: Store, *incidents: dict[str, Any], **lists: object) -> None:
    store.write.add(draft(Bundle, {"incidents": list(incidents), **lists}), author="ana")


def test_all_faults_of_a_bundle_are_told_at_once_and_nothing_is_saved(store: Store) -> None:
    before = store.read.count()
    place = {"name": "Far away", "precision": "site", "lon": -30.0, "lat": -12.0}
    wrong = [
        RIGHT,
        {**RIGHT, "claims": [{"measure": "killed", "count": 1, "source": "dayly"}]},
        {**RIGHT, "days": "2999-01-01", "key": "bridge"},
        {**RIGHT, "places": [place], "cases": ["valey-war"], "part_of": "brigde"},
        {**RIGHT, "parties": [{"actor": "Columna", "role": "target"}]},
        {**RIGHT, "places": [{"name": "Z", "precision": "area", "region": "zones/vally"}]},
        {**RIGHT, "places": [{"name": "Z", "precision": "district", "admin_code": "999999"}]},
    ]
    with pytest.raises(DraftError, match="incidents") as caught:
        add(store, *wrong)
    told = {fault.where: fault.message for fault in caught.value.faults}
    assert set(told) == {
        "incidents[1].claims[0].source",
        "incidents[2].days",
        "incidents[2].key",
        "incidents[3].places[0]",
        "incidents[3].cases[0]",
        "incidents[3].part_of",
        "incidents[4].parties[0].actor",
        "incidents[5].places[0].region",
        "incidents[6].places[0].admin_code",
    }
    assert "Did you mean 'daily'" in told["incidents[1].claims[0].source"]
    assert "lies in the future: today is 2024-01-01" in told["incidents[2].days"]
    assert "Did you mean 'column'" in told["incidents[4].parties[0].actor"]
    assert "zones/valley" in told["incidents[5].places[0].region"]
    assert store.read.count() == before


def test_a_source_with_another_content_under_a_known_key_is_refused(store: Store) -> None:
    other = {"key": "daily", "kind": "press", "publisher": "Another Daily"}
    with pytest.raises(
        DraftError, match=r"sources\[0\].key: The key 'daily' is already used.*differs in published_on, publisher"
    ):
        add(store, sources=[other])


def test_a_name_that_two_actors_would_share_is_refused(store: Store) -> None:
    other = {"key": "guild", "name": "Guild", "kind": "organisation", "aliases": ["G. R."]}
    add(store, actors=[other])  # "G R" is not "GR"
    with pytest.raises(DraftError, match=r"actors\[0\]: 'river guard' is a name of the actor 'guard' as well"):
        add(store, actors=[{**other, "key": "rg", "name": "RG", "aliases": ["river guard"]}])


def test_two_incidents_of_a_bundle_cannot_have_one_key(store: Store) -> None:
    with pytest.raises(DraftError, match=r"incidents\[1\].key: The key 'twice' is taken by another incident"):
        add(store, {**RIGHT, "key": "twice"}, {**RIGHT, "key": "twice"})


def test_cases_and_indicators_must_cite_sources_that_are_there(store: Store) -> None:
    case = {
        "key": "strike",
        "title": "Strike",
        "type": "labour",
        "sources": ["x"],
        "phases": [{"from_day": "2012", "source": "y"}],
    }
    indicator = {
        "name": "coca",
        "area": "units/east",
        "value": 1,
        "unit": "ha",
        "by": "Office",
        "source": "z",
    }
    with pytest.raises(DraftError, match="cases") as caught:
        add(store, cases=[case], indicators=[indicator])
    assert [fault.where for fault in caught.value.faults] == [
        "cases[0].sources[0]",
        "cases[0].phases[0].source",
        "indicators[0].source",
    ]


@pytest.mark.parametrize(
    ("country", "lon", "refused"),
    [
        ("PE", -73.0, False),
        ("PE", -71.97, False),  # 3 km outside, within what a generalised outline may be off
        ("PE", -71.0, True),
        ("BO", -68.2, False),  # the real Bolivia, whose outline is included
        ("BO", -71.0, True),
        ("BO", -73.0, True),
    ],
)
def test_coordinates_must_agree_with_the_country(store: Store, country: str, lon: float, *, refused: bool) -> None:
    place = {"name": "P", "precision": "site", "lon": lon, "lat": -12.0, "country": country}
    if refused:
        with pytest.raises(DraftError, match="contradicts its country"):
            add(store, {**RIGHT, "places": [place]})
    else:
        add(store, {**RIGHT, "places": [place]})


def test_a_day_that_has_begun_somewhere_on_earth_is_not_in_the_future(
    make_store: Callable[..., Store],
) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    store = make_store(clock=lambda: datetime(2024, 1, 1, 12, tzinfo=UTC))
    add(store, {**RIGHT, "days": "2024-01-02"}, {**RIGHT, "days": "2024"})
    with pytest.raises(DraftError, match="2024-01-03 lies in the future"):
        add(store, {**RIGHT, "days": "2024-01-01/2024-01-03"})


def test_parts_may_name_a_whole_of_the_same_bundle_in_any_order_but_not_in_a_circle(store: Store) -> None:
    add(store, {**RIGHT, "key": "part", "part_of": "whole"}, {**RIGHT, "key": "whole"})
    assert store.read.draft("part").draft.part_of == store.read.draft("whole").code
    with pytest.raises(DraftError, match="would be a part of itself"):
        add(store, {**RIGHT, "key": "a", "part_of": "b"}, {**RIGHT, "key": "b", "part_of": "a"})


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("PE-1900-0001", ()),
        ("PE-2009-2", ("PE-2009-0002",)),
        ("nada", ()),
        ("nadie", ()),
        ("polise", ("police",)),
        ("Espínar", ("espinar-2012",)),
        ("baguaa-2009", ("bagua-2009",)),
    ],
)
def test_only_what_is_really_alike_is_suggested(asked: str, expected: tuple[str, ...]) -> None:
    known = ("PE-2009-0002", "PE-1980-0001", "andahuaylas-2005", "bagua-2009", "espinar-2012", "inter-american-court")
    assert nearest(asked, (*known, "police", "la-parada", "indigenous-organisations")) == expected
