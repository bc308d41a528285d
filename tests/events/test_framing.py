from __future__ import annotations

import json
from typing import Any

import pytest
import shapely
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from willay.events.frame.cards import card
from willay.events.frame.columns import NAMES
from willay.events.frame.framing import FRAME_ROW, Known, counted, credited, figures_of, frame_row
from willay.events.frame.units import Spot
from willay.events.model.canonical import canonical
from willay.events.model.foreign import DatasetTerms
from willay.events.model.policy import POLICIES, Claim, Figure, figures
from willay.events.model.values import Count

SOURCES = {"s": {"key": "s", "kind": "press", "publisher": "P", "published_on": "2012-01"}}


def record(**fields: object) -> dict[str, Any]:
    draft = {"title": {"en": "Title"}, "type": "protest", "country": "PE", "status": "draft", **fields}
    return {
        "id": "x", "code": "XX-2012-0001", "revision": 1, "recorded_at": "2024-01-01T00:00:00.000000Z", "draft": draft,
    }  # fmt: skip


def claim(**fields: object) -> dict[str, Any]:
    return {"measure": "killed", "group": "all", "source": "s", **fields}


def test_an_incident_with_nothing_but_a_title_is_a_row_of_unknowns() -> None:
    row = frame_row(record(), [], Known())
    assert set(row) == set(FRAME_ROW)
    assert set(FRAME_ROW) < set(NAMES)
    known = {"code", "title", "type", "place_count", "source_count", "status", "revision", "recorded_at"}
    assert {name for name, value in row.items() if value is not None} == known
    assert (row["code"], row["title"], row["place_count"], row["source_count"]) == ("XX-2012-0001", "Title", 0, 0)


@pytest.mark.parametrize(
    ("fields", "radius"),
    [
        ({"precision": "near", "lon": 1.0, "lat": 2.0}, 25_000.0),  # codebook: near is within 25 km
        ({"precision": "near", "lon": 1.0, "lat": 2.0, "radius_m": 10.0}, 10.0),
        ({"precision": "district", "lon": 1.0, "lat": 2.0}, None),
        ({"precision": "near"}, None),
    ],
)
def test_the_radius_is_the_places_own_or_that_of_its_precision_where_there_is_a_point(
    fields: dict[str, Any], radius: float | None
) -> None:
    place = {"name": "P", "country": "PE", **fields}
    row = frame_row(record(places=[place]), [Spot(("A", None, None), shapely.Point(1, 2))], Known())
    assert (row["radius_m"], row["adm1"], row["place_count"]) == (radius, "A", 1)


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"low": 0, "best": 0, "high": 0}, (0, 0, 0, "s")),
        ({"low": 0, "best": 0, "high": 0, "zero_is_unknown": True}, (0, None, 0, None)),
        ({"low": 5, "best": 5, "high": 5, "scope": {"en": "at the bridge"}}, (None, None, None, None)),
        ({"low": 30}, (30, None, None, "s")),  # "30+" names no number and no most
        ({"high": 15}, (0, None, 15, None)),  # "up to 15" names no least
        ({"best": 4}, (4, 4, 4, "s")),
    ],
)
def test_zero_and_unknown_are_told_apart(fields: dict[str, Any], shown: tuple[Any, ...]) -> None:
    row = frame_row(record(claims=[claim(**fields)]), [], Known(SOURCES))
    assert tuple(row[f"killed_{part}"] for part in ("low", "best", "high", "source")) == shown


def test_a_part_is_not_counted_beside_a_whole_above_it_even_over_a_gap() -> None:
    wholes = {"XX-2012-0002": "XX-2012-0001"}
    both = {"XX-2012-0001": None, "XX-2012-0003": "XX-2012-0002"}
    assert counted(both, wholes) == {"XX-2012-0001": True, "XX-2012-0003": False}
    assert counted({"XX-2012-0003": "XX-2012-0002"}, wholes) == {"XX-2012-0003": True}


def test_the_card_leaves_out_what_is_unknown_and_is_canonical() -> None:
    said = claim(best=3, note={"en": "<script>"}, attributed_kind="party", zero_is_unknown=False)
    draft = record(notes=[{"es": "Ojo"}], claims=[said])["draft"]
    text = card(draft, [], Known(SOURCES), figures_of(draft, SOURCES))
    made = json.loads(text)
    assert made["claims"] == [
        {"measure": "killed", "group": "all", "best": 3, "source": "s", "kind": "party", "note": {"en": "<script>"}}
    ]
    assert made["sources"] == {"s": {"kind": "press", "publisher": "P", "published_on": "2012-01"}}
    assert made["notes"] == [{"es": "Ojo"}]
    assert text == json.dumps(made, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_names_are_told_once_in_the_language_asked_for_or_the_next_best() -> None:
    actors = {"a": {"name": {"es": "Uno", "en": "One"}}, "b": {"name": {"es": "Uno"}}, "c": {"name": {"qu": "Huk"}}}
    parties = [{"actor": key, "role": "present"} for key in ("a", "b", "c", "d")]
    told = {
        lang: frame_row(record(parties=parties), [], Known(actors=actors), lang=lang)["actors"] for lang in ("es", "en")
    }
    assert told == {"es": "Uno; Huk; d", "en": "One; Uno; Huk; d"}


def test_a_frame_credits_the_datasets_of_its_rows() -> None:
    ged = DatasetTerms("ged", licence="CC-BY-4.0", attribution="UCDP")
    origin = credited(["ged", None], [ged, DatasetTerms("other", licence="X", attribution="Other")])
    assert origin["attributions"] == ["UCDP"]
    assert [one["name"] for one in origin["datasets"]] == ["ged"]


def _in_order(drawn: list[int | None]) -> list[int | None]:
    stated = iter(sorted(number for number in drawn if number is not None))
    return [None if number is None else next(stated) for number in drawn]


NUMBERS = st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=3, max_size=3).map(_in_order)
CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(["killed", "injured"]),
        st.sampled_from(["all", "police", "civilians"]),
        NUMBERS,
        st.sampled_from(["s", "t"]),
        st.sampled_from([None, "Mayor"]),
        st.sampled_from([None, {"en": "part"}]),
        st.booleans(),
        st.sampled_from([None, None, None, {"en": "editor's reason"}]),
        st.sampled_from([None, None, None, "c1", "c2", "c3"]),
        st.sampled_from([None, None, None, True]),
    ),
    max_size=10,
)


@settings(max_examples=examples(200), deadline=None)
@given(drawn=CLAIMS, policy=st.sampled_from(sorted(POLICIES)))
def test_the_figures_of_a_document_agree_with_the_policy_applied_claim_by_claim(
    drawn: list[tuple[Any, ...]], policy: str
) -> None:
    sources = {"s": {"kind": "press", "published_on": "2012"}, "t": {"kind": "court"}}
    documents, claims = [], []
    for position, (measure, group, numbers, source, by, scope, unknown, pinned, corrects, adds) in enumerate(drawn):
        low, best, high = (0, 0, 0) if unknown else numbers
        fields = {
            "measure": measure, "group": group, "low": low, "best": best, "high": high, "source": source,
            "attributed_to": by, "scope": scope, "pinned": pinned, "label": f"c{position + 1}",
            "supersedes": [corrects] if corrects else None, "adds": adds,
        }  # fmt: skip
        documents.append({**{name: value for name, value in fields.items() if value is not None},
                          "zero_is_unknown": unknown})  # fmt: skip
        claims.append(
            Claim(measure, group, Count(low, best, high), source, by, str(sources[source]["kind"]),
                  sources[source].get("published_on", ""), scope is not None, unknown,
                  None if pinned is None else canonical(pinned), position, f"c{position + 1}",
                  (corrects,) if corrects else (), bool(adds))
        )  # fmt: skip
    found = figures_of({"claims": documents}, sources, policy)
    assert found == figures(claims, policy)


def test_a_document_that_says_at_least_more_of_a_group_than_its_total_leaves_the_end_open() -> None:
    def shown(*claims: dict[str, Any]) -> Figure:
        return figures_of({"claims": [*claims]}, SOURCES)["killed"]

    assert shown(claim(low=3, best=3, high=3), claim(low=4, group="police")).count == Count(3, 3, None)
    assert shown(claim(low=10), claim(best=12, group="police")).count == Count(12, 12, 12)
