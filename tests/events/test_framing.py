from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
import shapely
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from willay.data.codebook import codebook
from willay.events.errors import QueryError
from willay.events.frame import check_frame, details_of
from willay.events.framing import counted, figure_table, incident_frame
from willay.events.policy import POLICIES, Claim, figures
from willay.events.records import COLUMNS, IncidentTables
from willay.events.values import Count


def table(name: str, *rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COLUMNS[name]), dtype="object").where(
        lambda cells: cells.notna(), None
    )


def incident(fid: int, **changed: object) -> dict[str, Any]:
    given_ = {
        "fid": fid,
        "code": f"XX-2012-{fid:04d}",
        "title": '{"en":"Title"}',
        "type": "protest",
        "status": "draft",
    }
    return {
        **given_,
        "country": "PE",
        "revision": fid,
        "recorded_at": "2024-01-01T00:00:00.000000Z",
        **changed,
    }


def claim(fid: int, position: int = 0, **changed: object) -> dict[str, Any]:
    blank = {"incident": fid, "position": position, "measure": "killed", "group": "all", "source": "s"}
    return {**blank, "zero_is_unknown": False, **changed}


SOURCES = table("sources", {"key": "s", "kind": "press", "publisher": "P", "published_on": "2012-01"})


def test_an_incident_with_nothing_but_a_title_is_a_row_of_unknowns() -> None:
    frame = check_frame(incident_frame(IncidentTables(table("incidents", incident(1)))))
    row = frame.iloc[0]
    assert (row["code"], row["title"], row["place_count"], row["source_count"]) == (
        "XX-2012-0001",
        "Title",
        0,
        0,
    )
    unknown = ("first_day", "place_name", "radius_m", "killed_best", "actors", "cases", "tags", "licence")
    assert frame[list(unknown)].isna().all(axis=None)
    assert frame.geometry.isna().all()
    assert bool(row["counted"])


def test_no_incidents_make_an_empty_frame() -> None:
    assert len(check_frame(incident_frame(IncidentTables(table("incidents"))))) == 0


def test_the_radius_is_the_places_own_or_that_of_its_precision_where_there_is_a_point() -> None:
    spot = {
        "position": 0,
        "name": "P",
        "country": "PE",
        "lon": 1.0,
        "lat": 2.0,
        "geometry": shapely.Point(1, 2),
    }
    places = table(
        "places",
        {**spot, "incident": 1, "precision": "near"},
        {**spot, "incident": 2, "precision": "near", "radius_m": 10.0},
        {**spot, "incident": 3, "precision": "district"},
        {**spot, "incident": 4, "precision": "near", "lon": None, "lat": None, "geometry": None},
    )
    frame = incident_frame(IncidentTables(table("incidents", *map(incident, range(1, 5))), places))
    assert frame["radius_m"].fillna(-1).tolist() == [25_000, 10, -1, -1]  # codebook: near is within 25 km


def test_zero_and_unknown_are_told_apart() -> None:
    claims = table(
        "claims",
        claim(1, low=0, best=0, high=0),
        claim(2, low=0, best=0, high=0, zero_is_unknown=True),
        claim(3, low=5, best=5, high=5, scope='{"en":"at the bridge"}'),
        claim(4, low=30),
    )
    frame = incident_frame(
        IncidentTables(table("incidents", *map(incident, range(1, 5))), claims=claims, sources=SOURCES)
    )
    shown = [
        [None if value is pd.NA else value for value in frame[f"killed_{part}"]] for part in ("low", "best", "high")
    ]
    assert shown == [[0, 0, None, 30], [0, None, None, None], [0, 0, None, None]]  # "30+" names no number and no most
    assert frame["killed_source"].isna().tolist() == [False, True, True, False]


def test_a_part_is_not_counted_beside_a_whole_above_it_even_over_a_gap() -> None:
    rows = table("incidents", incident(1), incident(3, part_of="XX-2012-0002"))
    assert counted(rows, {"XX-2012-0002": "XX-2012-0001"}) == [True, False]
    assert counted(rows.iloc[1:], {"XX-2012-0002": "XX-2012-0001"}) == [True]


def test_the_card_leaves_out_what_is_unknown_and_is_canonical() -> None:
    claims = table("claims", claim(1, best=3, note='{"en":"<script>"}', attributed_kind="party"))
    tables = IncidentTables(
        table("incidents", incident(1, notes='[{"es":"Ojo"}]')),
        claims=claims,
        incident_sources=table("incident_sources", {"incident": 1, "position": 0, "source": "s", "listed": False}),
        sources=SOURCES,
    )
    frame = incident_frame(tables)
    card = details_of(frame.iloc[0])
    assert card["claims"] == [
        {
            "measure": "killed",
            "group": "all",
            "best": 3,
            "source": "s",
            "kind": "party",
            "note": {"en": "<script>"},
        }
    ]
    assert card["sources"] == {"s": {"kind": "press", "publisher": "P", "published_on": "2012-01"}}
    assert card["notes"] == [{"es": "Ojo"}]
    text = frame["details"].iloc[0]
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert incident_frame(tables, details=False)["details"].isna().all()


def test_the_frame_credits_the_datasets_of_its_rows() -> None:
    datasets = table(
        "datasets",
        {"name": "ged", "licence": "CC-BY-4.0", "attribution": "UCDP"},
        {"name": "other", "licence": "X", "attribution": "Other"},
    )
    frame = incident_frame(IncidentTables(table("incidents", incident(1, dataset="ged")), datasets=datasets))
    assert frame["licence"].tolist() == ["CC-BY-4.0"]
    assert frame.attrs["attributions"] == ["UCDP"]


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(QueryError, match="Unknown policy 'x'"):
        incident_frame(IncidentTables(table("incidents")), policy="x")


def _in_order(drawn: list[int | None]) -> list[int | None]:
    stated = iter(sorted(number for number in drawn if number is not None))
    return [None if number is None else next(stated) for number in drawn]


NUMBERS = st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=3, max_size=3).map(_in_order)
CLAIMS = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.sampled_from(["killed", "injured"]),
        st.sampled_from(["all", "police", "civilians"]),
        NUMBERS,
        st.sampled_from(["s", "t"]),
        st.sampled_from([None, "Mayor"]),
        st.sampled_from([None, '{"en":"part"}']),
        st.booleans(),
        st.sampled_from([None, None, None, "editor's reason"]),
        st.sampled_from([None, None, None, "c1", "c2", "c3"]),
        st.sampled_from([None, None, None, True]),
    ),
    max_size=10,
)


@settings(max_examples=examples(200), deadline=None)
@given(drawn=CLAIMS, policy=st.sampled_from(sorted(POLICIES)))
def test_the_table_of_figures_agrees_with_the_policy_applied_incident_by_incident(
    drawn: list[tuple[Any, ...]], policy: str
) -> None:
    sources = table("sources", {"key": "s", "kind": "press", "published_on": "2012"}, {"key": "t", "kind": "court"})
    kinds, dates = {"s": "press", "t": "court"}, {"s": "2012", "t": ""}
    rows, claims = [], {1: [], 2: [], 3: []}  # type: ignore[var-annotated]
    for position, (fid, measure, group, numbers, source, by, scope, unknown, pinned, corrects, adds) in enumerate(
        drawn
    ):
        low, best, high = (0, 0, 0) if unknown else numbers
        rows.append(
            claim(fid, position, measure=measure, group=group, low=low, best=best, high=high, source=source,
                  attributed_to=by, scope=scope, zero_is_unknown=unknown, pinned=pinned, label=f"c{position + 1}",
                  supersedes=corrects and json.dumps([corrects]), adds=adds)
        )  # fmt: skip
        said = Claim(measure, group, Count(low, best, high), source, by, kinds[source], dates[source],
                     scope is not None, unknown, pinned, position, f"c{position + 1}",
                     (corrects,) if corrects else (), bool(adds))  # fmt: skip
        claims[fid].append(said)
    found = figure_table(IncidentTables(table("incidents"), claims=table("claims", *rows), sources=sources), policy)
    expected = [
        (fid, shown.measure, shown.count.low, shown.count.best, shown.count.high, shown.source, shown.attributed_to,
         shown.basis, shown.voices, shown.reason)
        for fid in (1, 2, 3) for shown in figures(claims[fid], policy).values()
    ]  # fmt: skip
    order = {code: place for place, code in enumerate(codebook().measures.codes())}
    told = [
        tuple(None if cell is pd.NA or cell != cell else cell for cell in row)  # noqa: PLR0124 — NaN
        for row in found.astype("object").itertuples(index=False, name=None)
    ]
    assert told == sorted(expected, key=lambda row: (row[0], order[row[1]]))


def test_a_document_that_says_at_least_more_of_a_group_than_its_total_leaves_the_end_open() -> None:
    claims = table(
        "claims",
        claim(1, 0, low=3, best=3, high=3),
        claim(1, 1, low=4, group="police"),
        claim(2, 0, low=10),
        claim(2, 1, best=12, group="police"),
    )
    tables = IncidentTables(table("incidents", incident(1), incident(2)), claims=claims, sources=SOURCES)
    found = figure_table(tables)[["low", "best", "high"]].astype(object)
    assert found.where(found.notna(), None).to_numpy().tolist() == [[3, 3, None], [12, 12, 12]]
