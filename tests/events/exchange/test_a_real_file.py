"""A real file of UCDP GED in full, against sums that Python's own csv module makes of the same file."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from willay.data import region_sets
from willay.events.exchange.incoming import ReadingOptions, open_reading
from willay.events.exchange.outgoing.ucdp import grid_cell
from willay.events.frame.membership import members
from willay.events.store import RegionSet, Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from willay.events.frame.cells import IncidentCells
    from willay.events.model.foreign import Outcome

FILE = Path(__file__).parents[2] / "files" / "ucdp_ged_mexico.csv.gz"


@pytest.fixture(scope="module")
def events() -> list[dict[str, str]]:
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("ged") / "ged.gpkg"
    states = [RegionSet(one.name, one.frame, one.attribution, one.licence) for one in region_sets("MX")]
    with Store.create(path, country="MX", review="one-person", region_sets=states) as store:
        yield store


@pytest.fixture(scope="module")
def outcomes(store: Store) -> list[Outcome]:
    return take_in(store)


@pytest.fixture(scope="module")
def page(store: Store, outcomes: list[Outcome]) -> IncidentCells:
    (page,) = store.read.pages(details=False, size=len(outcomes), profile="internal")
    return page


def take_in(store: Store) -> list[Outcome]:
    reading = open_reading(FILE, "ucdp-ged", ReadingOptions(units=store.regions.unit_names()))
    return [one for batch in reading.batches for one in store.write.import_rows(batch, reading.terms, author="ana")]


def whole(text: str) -> int:
    return int(float(text))


def test_every_event_is_accepted_under_its_own_id(outcomes: list[Outcome], events: list[dict[str, str]]) -> None:
    assert Counter(one.ending for one in outcomes) == {"accepted": 18_957}
    assert [one.external_id for one in outcomes] == [str(whole(event["id"])) for event in events]
    assert len({one.code for one in outcomes}) == len(events)


def test_the_dead_add_up(page: IncidentCells, events: list[dict[str, str]]) -> None:
    numbers = [tuple(whole(event[name]) for name in ("low", "best", "high")) for event in events]
    assert [sum(page.of(f"killed_{name}")) for name in ("low", "best", "high")] == [
        sum(map(min, numbers)), sum(best for _, best, _ in numbers), sum(map(max, numbers)),
    ]  # fmt: skip
    assert Counter(page.of("killed_best")) == Counter(best for _, best, _ in numbers)
    assert set(page.of("killed_source")) == {"ucdp-ged"}
    assert all(page.of("counted"))


def test_numbers_out_of_order_are_flagged_and_no_others(outcomes: list[Outcome], events: list[dict[str, str]]) -> None:
    odd = {
        str(whole(event["id"])) for event in events
        if not whole(event["low"]) <= whole(event["best"]) <= whole(event["high"])
    }  # fmt: skip
    flagged = {one.external_id for one in outcomes for flag in one.flags if flag.field == "best"}
    assert (len(odd), flagged) == (89, odd)


def test_the_dead_of_the_sides_are_claims_of_their_groups(
    store: Store, outcomes: list[Outcome], events: list[dict[str, str]]
) -> None:
    codes = {one.external_id: str(one.code) for one in outcomes}
    for event in events[::400]:
        claims = store.read.draft(codes[str(whole(event["id"]))]).draft.claims
        total, *parts = claims
        assert (total.group, total.count.best) == ("all", whole(event["best"]))
        dead = [whole(event[f"deaths_{name}"]) for name in ("a", "b", "civilians", "unknown")]
        assert sum(part.count.best or 0 for part in parts) == sum(dead)


def test_days_and_places_are_those_published(
    page: IncidentCells, outcomes: list[Outcome], events: list[dict[str, str]]
) -> None:
    codes = {str(whole(event["id"])): event for event in events}
    by_code = {one.code: codes[one.external_id] for one in outcomes}
    told = [by_code[code] for code in page.of("code")]
    assert [*page.of("first_day")] == [event["date_start"] for event in told]
    assert [*page.of("last_day")] == [event["date_end"] for event in told]
    assert [(shape.x, shape.y) for shape in page.shapes] == [
        (float(event["longitude"]), float(event["latitude"])) for event in told
    ]
    assert set(zip((whole(event["where_prec"]) for event in told), page.of("place_precision"), strict=True)) == {
        (1, "settlement"), (2, "near"), (3, "province"), (4, "department"), (5, "area"), (6, "country"),
    }  # fmt: skip


def test_cells_of_the_grid_are_those_of_the_file(events: list[dict[str, str]]) -> None:
    assert [grid_cell(float(event["longitude"]), float(event["latitude"])) for event in events] == [
        whole(event["priogrid_gid"]) for event in events
    ]


def test_the_same_file_again_changes_nothing(store: Store, outcomes: list[Outcome]) -> None:
    before = store.read.count()
    again = take_in(store)
    assert Counter(one.ending for one in again) == {"unchanged": len(outcomes)}
    assert [one.code for one in again] == [one.code for one in outcomes]
    assert store.read.count() == before


def named_by(event: dict[str, str]) -> str:
    """Return the unit that an event names, as Mexico calls it today; written by hand."""
    name = event["adm_1"].removesuffix(" state")
    return {"Distrito Federal": "Ciudad de México"}.get(name, name)


def test_events_are_counted_in_the_unit_that_they_name(
    store: Store, outcomes: list[Outcome], events: list[dict[str, str]]
) -> None:
    frame, regions = store.read.select(profile="internal"), store.regions.select("mx-adm1")
    named = {one.code: named_by(event) for one, event in zip(outcomes, events, strict=True) if event["adm_1"]}
    pairs = members(frame, regions)
    held = dict(zip(frame["code"].iloc[pairs["incident"]], regions["name_es"].iloc[pairs["region"]], strict=True))
    assert len(named) == 18_918
    assert sum(held.get(code) == unit for code, unit in named.items()) >= 0.995 * len(named)
    assert len(frame) - len(held) <= 0.005 * len(frame)
    listed = dict(zip(frame["code"], frame["adm1"], strict=True))
    assert sum(listed[code] == unit for code, unit in named.items()) >= 0.995 * len(named)
