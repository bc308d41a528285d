"""What a profile shows of wholes and parts, in which order, of which statuses; and that all roads agree."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from store_examples import Counted, Ticking, units
from test_store_pages import plain

from willay.data.profiles import as_profile, profile
from willay.events.disclosure.coarsening import Around, keyed_code
from willay.events.frame.frame import summable
from willay.events.frame.publishing import barred, check_publishable
from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, IncidentDraft, draft
from willay.events.model.errors import RefusedError
from willay.events.model.fieldtypes import EVERYTHING
from willay.events.model.foreign import DatasetTerms
from willay.events.model.policy import POLICIES
from willay.events.store import Store
from willay.events.store.record.settings import SECRET_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

REGISTERS = {
    "sources": [
        {"key": "open-press", "kind": "press", "publisher": "The Daily", "published_on": "2012-05"},
        {"key": "later", "kind": "ombudsman", "publisher": "O", "published_on": "2013-02-03"},
        {"key": "quiet", "kind": "party", "publisher": "Quiet Witness", "sensitivity": "confidential"},
    ],
    "actors": [{"key": "column", "name": "The Column", "kind": "rebel-group"}],
    "cases": [
        {"key": "war", "title": "War", "type": "armed-conflict"}, {"key": "none", "title": "N", "type": "labour"},
    ],
}  # fmt: skip


def incident(key: str, **given: Any) -> dict[str, Any]:
    usual = {
        "key": key, "title": f"About {key}", "type": "killing", "days": "2012-04-09", "status": "published",
        "places": [{"name": "Kiteni", "precision": "settlement", "lon": -73.0, "lat": -12.6}],
        "claims": [{"measure": "killed", "best": 1, "source": "open-press"}],
    }  # fmt: skip
    return {**usual, **given}


@pytest.fixture
def make(make_store: Callable[..., Store]) -> Callable[..., Store]:
    """Make a store with some incidents in it."""

    def made(*incidents: dict[str, Any]) -> Store:
        store = make_store()
        store.write.add(draft(Bundle, {**REGISTERS, "incidents": list(incidents)}, recorded=EVERYTHING), author="ana")
        return store

    return made


def counted(store: Store, *, profile_: str = "public") -> dict[str, bool]:
    """Which incidents are counted, by title: the same in an answer at once and in pages of any size."""
    frame = store.read.select(profile=profile_)
    found = dict(zip(frame["title"], frame["counted"].tolist(), strict=True))
    for size in (1, 2, 100):
        for details in (True, False):
            pages = list(store.read.pages(profile=profile_, size=size, details=details))
            assert {t: c for p in pages for t, c in zip(p.of("title"), p.of("counted"), strict=True)} == found
    return found


def text_of(store: Store, profile_: str = "public") -> str:
    said = store.read.select(profile=profile_).to_csv()
    for page in store.read.pages(profile=profile_, drafts=True):
        said += page.frame().to_csv()
    return said


def killed(frame: gpd.GeoDataFrame) -> int:
    return int(frame.loc[summable(frame, "killed"), "killed_best"].sum())


def test_a_part_of_a_confidential_whole_counts_and_does_not_name_it(make: Callable[..., Store]) -> None:
    store = make(incident("whole", sensitivity="confidential"), incident("part", part_of="whole"))
    assert counted(store) == {"About part": True}
    assert "PE-2012-0001" not in text_of(store)
    assert "PE-2012-0001" in text_of(store, "internal")


def test_a_part_of_a_part_that_is_left_out_counts_by_the_whole_above(make: Callable[..., Store]) -> None:
    store = make(
        incident("whole"), incident("middle", part_of="whole", sensitivity="confidential"),
        incident("part", part_of="middle"),
    )  # fmt: skip
    assert counted(store) == {"About whole": True, "About part": False}
    assert "PE-2012-0002" not in text_of(store)
    assert store.read.select()["part_of"].isna().all()


@pytest.mark.parametrize(("coarse", "exact"), [("whole", "part"), ("part", "whole")])
def test_a_restricted_whole_or_part_is_not_linked_and_nobody_is_counted_twice(
    make: Callable[..., Store], coarse: str, exact: str
) -> None:
    store = make(
        incident("whole", claims=[{"measure": "killed", "best": 33, "source": "open-press"}]),
        incident("part", part_of="whole", claims=[{"measure": "killed", "best": 10, "source": "open-press"}]),
    )
    store.write.edit(coarse, {"sensitivity": "restricted"}, author="ana", reason="x")
    titles = {coarse: "Killing of civilians, Este", exact: f"About {exact}"}
    assert counted(store) == {titles["whole"]: True, titles["part"]: False}
    frame = store.read.select()
    assert frame["part_of"].isna().all()
    assert killed(frame) == killed(store.read.select(profile=None)) == 33
    state = {one["code"]: one for page in store.read.pages(drafts=True) for one in map(json.loads, page.of("draft"))}
    assert all("part_of" not in one["draft"] for one in state.values())
    hidden = store.read.draft(coarse)
    assert hidden.code not in text_of(store)
    assert hidden.id not in text_of(store)


def test_two_restricted_ones_are_not_linked_either(make: Callable[..., Store]) -> None:
    store = make(
        incident("whole", sensitivity="restricted"), incident("part", part_of="whole", sensitivity="restricted")
    )
    frame = store.read.select()
    assert (frame["part_of"].isna().all(), sorted(frame["counted"])) == (True, [False, True])


def test_the_order_of_coarse_incidents_says_nothing_of_when_they_were_recorded(make: Callable[..., Store]) -> None:
    store = make(*(incident(f"k-{number:02d}", sensitivity="restricted") for number in range(12)))
    codes = store.read.select()["code"].tolist()
    assert codes == sorted(codes)
    assert [code for page in store.read.pages(size=5) for code in page.of("code")] == codes
    secret = bytes.fromhex(store.file.meta(SECRET_KEY) or "")
    stored = [store.read.draft(f"k-{number:02d}") for number in range(12)]
    assert len(secret) == 32
    shown = [keyed_code({"id": one.id, "code": one.code}, Around(secret=secret)) for one in stored]
    assert (sorted(shown), shown == codes) == (codes, False)


def test_two_databases_have_different_secrets_and_no_output_has_one(
    make_store: Callable[..., Store], make: Callable[..., Store]
) -> None:
    store, other = (
        make(incident("one", sensitivity="restricted")),
        make_store("other.gpkg", entropy=lambda size: b"x" * size),
    )
    assert store.file.meta(SECRET_KEY) != other.file.meta(SECRET_KEY)
    assert str(store.file.meta(SECRET_KEY)) not in text_of(store)


@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_a_coarse_incident_has_the_figures_of_the_record(make: Callable[..., Store], policy: str) -> None:
    claims = [
        {"measure": "killed", "low": 2, "source": "open-press", "attributed_to": "The mayor"},
        {"measure": "killed", "best": 5, "source": "open-press", "attributed_to": "The bishop"},
        {"measure": "killed", "group": "police", "best": 4, "source": "quiet", "note": "x"},
        {"measure": "killed", "best": 9, "source": "later"},
        {"measure": "killed", "best": 70, "source": "later", "scope": "in the whole valley"},
        {"measure": "injured", "best": 8, "source": "open-press"},
        {"measure": "injured", "best": 3, "source": "later", "pinned": "seen by us"},
        {"measure": "missing", "count": 0, "zero_is_unknown": True, "source": "open-press"},
        {"measure": "other", "best": 6, "source": "open-press", "note": "houses"},
    ]  # fmt: skip
    store = make(incident("one", claims=claims, sensitivity="restricted"), incident("two", claims=claims))
    columns = [f"{name}_{bound}" for name in ("killed", "injured", "missing") for bound in ("low", "best", "high")]
    recorded = store.read.select(policy=policy, profile=None).sort_values("key")[columns]
    shown = store.read.select(policy=policy).sort_values("key", na_position="first")[columns]
    pd.testing.assert_frame_equal(shown.reset_index(drop=True), recorded.reset_index(drop=True))
    for page in store.read.pages(drafts=True):
        for state in map(json.loads, page.of("draft")):
            draft(IncidentDraft, state["draft"], state["code"])


STATUSES = ("lead", "draft", "in-review", "published")


def of_each_status(make: Callable[..., Store]) -> Store:
    return make(*(incident(status, status=status, tags=[f"t-{status}"]) for status in STATUSES))


def test_public_means_published_and_the_others_are_told(make: Callable[..., Store]) -> None:
    store = of_each_status(make)
    frame = store.read.select()
    assert (frame["status"].tolist(), frame.attrs["unpublished"]) == (["published"], 3)
    (page,) = store.read.pages()
    assert (page.of("status"), page.origin["unpublished"]) == (["published"], 3)
    assert store.read.select(profile="partner")["status"].tolist() == ["published"]
    for outward in (None, "internal"):
        assert sorted(store.read.select(profile=outward)["status"]) == ["draft", "in-review", "published"]


@pytest.mark.parametrize("status", STATUSES)
def test_what_is_not_published_comes_where_it_is_asked_for_by_name(make: Callable[..., Store], status: str) -> None:
    store = of_each_status(make)
    query = IncidentQuery(statuses=(status,))
    assert store.read.select(query)["status"].tolist() == [status]
    assert [s for page in store.read.pages(query) for s in page.of("status")] == [status]
    assert "unpublished" not in store.read.select(query).attrs or store.read.select(query).attrs["unpublished"] == 0


QUERIES = [
    {}, {"days": "2012-04-09"}, {"type": ["killing"]}, {"type": ["protest"]}, {"tag": ["t-draft"]}, {"text": "lead"},
    {"region": ["units/east"]}, {"region": ["units/west"]}, {"bbox": "-73.1,-12.7,-72.9,-12.5"},
    {"code": ["in-review"]},
    {"measure": "killed", "minimum": 1}, {"source": ["press"]},
]  # fmt: skip


@pytest.mark.parametrize("asked", QUERIES, ids=str)
def test_as_many_are_told_as_asking_for_them_gives(
    make: Callable[..., Store], clock: Callable[[], Any], asked: dict[str, Any]
) -> None:
    store = of_each_status(make)
    store.write.edit("draft", {"sensitivity": "restricted"}, author="ana", reason="x")
    moment = clock()
    for query in (IncidentQuery.parse(**asked), replace(IncidentQuery.parse(**asked), as_of=moment)):
        waiting = replace(query, statuses=("lead", "draft", "in-review"))
        expected = len(store.read.select(waiting))
        assert store.read.select(query).attrs["unpublished"] == expected
        pages = list(store.read.pages(query, details=False))
        assert {page.origin["unpublished"] for page in pages} == {expected}


def test_how_many_are_left_out_does_not_follow_the_question(make: Callable[..., Store]) -> None:
    store = make(incident("open"), incident("gone", sensitivity="confidential", tags=["t"], type="kidnapping"))
    for asked in ({}, {"type": ["kidnapping"]}, {"type": ["killing"]}, {"tag": ["t"]}, {"days": "1999"}):
        assert store.read.select(IncidentQuery.parse(**asked)).attrs["left_out"] == 1, asked


def test_registers_hold_what_shown_incidents_refer_to_and_nothing_else(make: Callable[..., Store]) -> None:
    store = make(
        incident("open", cases=["war"]),
        incident("hidden", sensitivity="restricted", parties=[{"actor": "column", "role": "target"}],
                 claims=[{"measure": "killed", "best": 1, "source": "later"}]),
        incident("later", status="draft", cases=["none"]),
    )  # fmt: skip
    sources, actors, cases = store.registers.shown()
    assert {one.key for one in sources} == {"open-press", "withheld-document-1-ombudsman"}
    assert {one.key for one in actors} == {"withheld-rebel-group"}
    assert {one.key for one in cases} == {"war"}
    assert {one.key for one in store.registers.shown(statuses=STATUSES)[2]} == {"war", "none"}
    assert len(store.registers.shown(None)[0]) == 3
    assert store.registers.case("war", profile="public").title == {"und": "War"}
    with pytest.raises(RefusedError, match="shows no incident of the case 'none'"):
        store.registers.case("none", profile="public")
    assert store.registers.case_counts("public") == {"war": 1}
    assert store.registers.case_counts() == {"none": 1, "war": 1}


HIDDEN = {"public": ("confidential", "restricted"), "partner": ("confidential",)}
"""The levels of incidents that profiles do not show under their own codes."""

SHOWN_LEVELS: dict[str, set[str]] = {"public": set(), "partner": {"restricted"}}
"""The levels of what profiles show as it is."""

LEVELS = st.sampled_from([None, None, "public", "restricted", "confidential"])


@st.composite
def stores(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for number in range(draw(st.integers(1, 7))):
        one = incident(f"k-{number}", status=draw(st.sampled_from(["published", "published", "draft"])))
        one["days"] = draw(st.sampled_from([None, "2012-04-09", "2012-05", "2013"]))
        one["sensitivity"] = draw(LEVELS)
        one["places"][0]["sensitivity"] = draw(LEVELS)
        one["claims"][0]["source"] = draw(st.sampled_from(["open-press", "quiet"]))
        one["title"] = draw(st.sampled_from(["A clash", "Says Quiet\nWitness", "See PE-2012-0001"]))
        if number and draw(st.booleans()):
            one["part_of"] = f"k-{draw(st.integers(0, number - 1))}"
        made.append({name: value for name, value in one.items() if value is not None})
        made[-1]["places"] = [{name: value for name, value in one["places"][0].items() if value is not None}]
    return made


@settings(max_examples=examples(8))
@given(incidents=stores(), size=st.integers(1, 4), name=st.sampled_from(["public", "partner"]), then=st.booleans())
def test_every_road_gives_the_same_and_nothing_that_is_hidden(
    incidents: list[dict[str, Any]], size: int, name: str, *, then: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("shown") / "s.gpkg"
    clock = Ticking()
    with Store.create(
        path, country="PE", region_sets=[units()], review="one-person", clock=clock, entropy=Counted()
    ) as store:
        codes = store.write.add(
            draft(Bundle, {**REGISTERS, "incidents": incidents}, recorded=EVERYTHING), author="a"
        ).codes
        moment = clock()
        if then:
            store.write.edit(codes[0], {"title": "Quiet Witness again", "part_of": None}, author="a", reason="x")
        for query in (IncidentQuery(), IncidentQuery(as_of=moment), IncidentQuery(days=None, statuses=("draft",))):
            whole = store.read.select(query, profile=name)
            at_once = plain(whole.sort_values("code", kind="stable"))
            frames = [page.frame() for page in store.read.pages(query, profile=name, size=size, drafts=True)]
            states = [state for frame in frames for state in frame["draft"]]
            in_pages = plain(pd.concat([frame.drop(columns="draft") for frame in frames], ignore_index=True))
            pd.testing.assert_frame_equal(in_pages, at_once, check_dtype=False)
            flat = [page.frame() for page in store.read.pages(query, profile=name, size=size, details=False)]
            pd.testing.assert_frame_equal(
                plain(pd.concat(flat, ignore_index=True)).drop(columns="details"), at_once.drop(columns="details"),
                check_dtype=False,
            )  # fmt: skip
            said = whole.to_csv() + "".join(states)
            assert [json.loads(state)["code"] for state in states] == at_once["code"].tolist()
            assert "Quiet" not in said
            levels = {*whole["sensitivity"].dropna(), *re.findall(r'"sensitivity":"([^"]*)"', "".join(states))}
            assert levels <= SHOWN_LEVELS[name]
            for code, one in zip(codes, incidents, strict=True):
                if one.get("sensitivity") in HIDDEN[name]:
                    assert not re.search(rf"{code}\b", said)


def test_a_profile_may_be_named_and_a_wrong_name_is_told(make: Callable[..., Store]) -> None:
    store = make(incident("open"))
    assert store.read.select(profile="public").equals(store.read.select(profile=profile("public")))
    assert as_profile(None) is None
    with pytest.raises(LookupError, match="publik"):
        store.read.select(profile="publik")


def test_a_code_that_is_not_shown_is_named_in_no_text_and_no_register(make: Callable[..., Store]) -> None:
    store = make(incident("gone", sensitivity="confidential"), incident("open", cases=["war"]))
    code = store.read.draft("gone").code
    store.registers.edit("case", "war", {"summary": f"It began with {code}."}, author="ana", reason="x")
    assert [one.key for one in store.registers.shown()[2]] == ["withheld-case-1"]
    assert code not in text_of(store)
    assert store.read.select()["cases"].tolist() == ["withheld-case-1"]


def test_rows_that_may_not_be_passed_on_are_found_where_they_are_coarse_as_well(make: Callable[..., Store]) -> None:
    store = make()
    for name, may in (("barred", False), ("a-file", None)):
        store.registers.describe_dataset(DatasetTerms(name, may_publish=may), author="ana")
    rows = [incident(f"k-{name}", dataset=name, sensitivity="restricted") for name in ("barred", "a-file")]
    store.write.add(draft(Bundle, {**REGISTERS, "incidents": rows}), author="ana")
    frame = store.read.select()
    assert set(frame["dataset"].dropna()) == {"barred"}
    with pytest.raises(RefusedError, match="1 of barred"):
        check_publishable(frame, barred(store.registers.datasets()))
