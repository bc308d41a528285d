"""Terms and levels in a database: an import tightens, a person with a reason may loosen, answers tell them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from store_examples import Counted, Ticking, units, zones
from test_store_disclosure import DOCUMENT as SENSITIVE

from willay.data.profiles import profile
from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, draft
from willay.events.model.foreign import Batch, DatasetTerms, ForeignRow, Identity
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SURVEY = DatasetTerms("survey", licence="No redistribution", attribution="The Survey", may_publish=False)
LOOSE = DatasetTerms("survey", version="2", licence="CC0-1.0", attribution="Nobody", may_publish=True)
SOURCE = {"key": "survey-1", "kind": "dataset", "publisher": "The Survey"}
EVERY = IncidentQuery(statuses=("draft", "published"))
"""Asks for what is not published yet, too."""

ACTOR = {"key": "survey-a", "name": "The Seventh", "kind": "rebel-group"}


def document(**changed: Any) -> dict[str, Any]:
    return {
        "title": {"en": "A clash"},
        "type": "armed-clash",
        "days": "2012-03-04",
        "places": [{"name": "Somewhere", "precision": "settlement", "lon": -73.0, "lat": -12.5}],
        "parties": [{"actor": "survey-a", "role": "side-a"}],
        "claims": [{"measure": "killed", "best": 2, "source": "survey-1"}],
        **changed,
    }


def take(
    store: Store,
    *documents: dict[str, Any],
    terms: DatasetTerms = SURVEY,
    sources: Any = (SOURCE,),
    actors: Any = (ACTOR,),
    datasets: Any = (),
) -> list[str]:
    rows = tuple(ForeignRow(n, f"S{n}", one) for n, one in enumerate(documents, start=1))
    batch = Batch(rows, sources=sources, actors=actors, datasets=datasets)
    return [outcome.ending for outcome in store.write.import_rows(batch, terms, author="luz")]


def terms_of(store: Store, name: str = "survey") -> tuple[Any, ...]:
    row = store.registers.datasets().set_index("name").loc[name]
    return row["version"], row["licence"], row["attribution"], row["may_publish"]


def only(store: Store) -> Any:
    return store.read.draft(store.read.select(EVERY, profile=None)["code"].iloc[0]).draft


def test_an_import_tightens_terms_and_never_loosens_them(make_store: Callable[..., Store]) -> None:
    store = make_store()
    take(store, document())
    take(store, document(), terms=LOOSE)
    assert terms_of(store) == ("2", "No redistribution AND CC0-1.0", "The Survey; Nobody", False)
    other = make_store("other.gpkg")
    take(other, document(), terms=LOOSE)
    assert terms_of(other) == ("2", "CC0-1.0", "Nobody", True)
    take(other, document(), terms=SURVEY)
    assert not terms_of(other)[3]


def test_a_person_may_loosen_them(make_store: Callable[..., Store]) -> None:
    store = make_store()
    take(store, document())
    store.registers.describe_dataset(LOOSE, author="ana", reason="They wrote that we may")
    assert terms_of(store) == ("2", "CC0-1.0", "Nobody", True)


def test_terms_that_a_batch_states_of_other_datasets_are_written_down_and_their_rows_belong_to_these(
    make_store: Callable[..., Store],
) -> None:
    store = make_store()
    named = DatasetTerms("borrowed", "7", "No redistribution", "The lender", may_publish=False)
    rows = (replace(ForeignRow(1, "S1", document()), dataset="borrowed"), ForeignRow(2, "S2", document()))
    batch = Batch(rows, sources=(SOURCE,), actors=(ACTOR,), datasets=(named,))
    store.write.import_rows(batch, DatasetTerms("file"), author="luz")
    assert terms_of(store, "borrowed") == ("7", "No redistribution", "The lender", False)
    assert sorted(store.read.select(profile=None)["dataset"]) == ["borrowed", "file"]
    again = replace(batch, datasets=(replace(named, version="6", may_publish=True),))
    assert {one.ending for one in store.write.import_rows(again, DatasetTerms("file"), author="luz")} == {"unchanged"}
    assert terms_of(store, "borrowed") == ("7", "No redistribution", "The lender", False)


@pytest.mark.parametrize("title", ["A clash", "A longer clash"], ids=["the same row", "a changed row"])
@pytest.mark.parametrize("here", [None, "restricted", "confidential"])
@pytest.mark.parametrize("said", [None, "restricted", "confidential"])
def test_an_incident_keeps_the_stricter_of_its_level_here_and_in_the_file(
    make_store: Callable[..., Store], title: str, here: str | None, said: str | None
) -> None:
    store = make_store()
    first = document(**({"sensitivity": said} if said else {}))
    take(store, first)
    code = store.read.select(profile=None)["code"].iloc[0]
    store.write.edit(code, {"sensitivity": here}, author="ana", reason="seen again")
    take(store, {**first, "title": {"en": title}})
    order = [None, "restricted", "confidential"]
    assert store.read.draft(code).draft.sensitivity == max(here, said, key=order.index)
    assert store.file.check() == ()


def test_a_place_stays_restricted_when_the_file_no_longer_says_so_or_calls_it_otherwise(
    make_store: Callable[..., Store],
) -> None:
    store = make_store()
    take(store, document())
    place = document()["places"][0]
    code = store.read.select(profile=None)["code"].iloc[0]
    store.write.edit(code, {"places": [{**place, "sensitivity": "restricted"}]}, author="ana", reason="a threat")
    for name in ("Somewhere", "Some where"):
        take(store, document(places=[{**place, "name": name, "lat": -12.6}]))
        assert [one.sensitivity for one in store.read.draft(code).draft.places] == ["restricted"]


def test_a_place_of_ours_is_as_restricted_as_the_one_that_a_later_file_protects(
    make_store: Callable[..., Store],
) -> None:
    store = make_store()
    take(store, document())
    place = document()["places"][0]
    code = store.read.select(profile=None)["code"].iloc[0]
    store.write.edit(code, {"places": [{**place, "name": "Our own name"}]}, author="ana", reason="as people call it")
    take(store, document(places=[{**place, "sensitivity": "restricted"}]))
    assert [(one.name, one.sensitivity) for one in store.read.draft(code).draft.places] == [
        ("Our own name", "restricted")
    ]


def test_a_level_that_a_file_lowers_stays(make_store: Callable[..., Store]) -> None:
    store = make_store()
    take(store, document(sensitivity="confidential"))
    take(store, document(title={"en": "Otherwise"}))
    assert (only(store).title, only(store).sensitivity) == ({"en": "Otherwise"}, "confidential")


def test_sources_and_actors_that_are_here_are_marked_as_the_file_does_where_it_is_stricter(
    make_store: Callable[..., Store],
) -> None:
    store = make_store()
    take(store, document())
    marked = {**SOURCE, "sensitivity": "confidential"}, {**ACTOR, "sensitivity": "restricted"}
    take(store, document(), sources=marked[:1], actors=marked[1:])
    assert [one.sensitivity for one in store.registers.sources()] == ["confidential"]
    assert [one.sensitivity for one in store.registers.actors()] == ["restricted"]
    before = store.read.count()
    take(store, document(), sources=({**SOURCE, "sensitivity": "restricted"},), actors=(ACTOR,))
    assert [one.sensitivity for one in store.registers.sources()] == ["confidential"]
    assert [one.sensitivity for one in store.registers.actors()] == ["restricted"]
    assert store.read.count() == before
    assert store.file.check() == ()


def test_an_incident_of_ours_stays_in_its_dataset_whatever_the_file_says(make_store: Callable[..., Store]) -> None:
    store = make_store()
    take(store, document())
    stored = store.read.draft(store.read.select(profile=None)["code"].iloc[0])
    changed = {**stored.draft.model_dump(mode="json", exclude_none=True), "dataset": "mine", "title": {"en": "Mine"}}
    digests = tuple(one.digest for one in store.read.history(stored.code))  # without them nothing says who changed what
    row = ForeignRow(1, stored.id, changed, identity=Identity(stored.id, stored.code, digests=digests))
    store.write.import_rows(Batch((row,)), DatasetTerms("willay"), author="luz")
    assert (only(store).title, only(store).dataset) == ({"en": "Mine"}, "survey")


def test_a_row_of_another_database_with_the_same_code_is_another_incident(make_store: Callable[..., Store]) -> None:
    store = make_store()
    take(store, document(sensitivity="confidential"))
    code = store.read.select(profile=None)["code"].iloc[0]
    row = ForeignRow(1, code, document(title={"en": "Elsewhere"}))
    same = ForeignRow(2, code, document())
    for one, expected in ((row, ("theirs", None)), (same, ("survey", "confidential"))):
        store.write.import_rows(Batch((one,)), DatasetTerms(f"theirs{'' if one is row else '-2'}"), author="luz")
        made = store.read.draft(store.read.select(profile=None)["code"].max()).draft
        assert (made.dataset, made.sensitivity) == expected


@pytest.mark.parametrize(
    ("here", "said"), [("restricted", "confidential"), ("confidential", "restricted"), (None, "restricted")]
)
def test_a_row_that_came_from_here_has_the_stricter_of_its_own_level_and_the_one_here(
    make_store: Callable[..., Store], here: str | None, said: str
) -> None:
    store = make_store()
    take(store, document(**({"sensitivity": here} if here else {})))
    code = store.read.select(profile=None)["code"].iloc[0]
    store.write.import_rows(
        Batch((ForeignRow(1, code, document(sensitivity=said)),)), DatasetTerms("theirs"), author="luz"
    )
    made = store.read.draft(store.read.select(profile=None)["code"].max())
    assert made.code != code
    assert made.draft.sensitivity == max(here, said, key=[None, "restricted", "confidential"].index)


@pytest.fixture
def sensitive(make_store: Callable[..., Store]) -> Store:
    store = make_store()
    store.write.add(draft(Bundle, SENSITIVE), author="ana")
    return store


def test_the_frame_tells_the_strictest_level_of_any_part(sensitive: Store) -> None:
    expected = {
        "open-one": "confidential",  # a source of it, and an actor
        "restricted-one": "restricted",
        "placed": "restricted",
        "named": None,
        "nobody-may-know": "confidential",
    }
    frames = [sensitive.read.select(profile=None), sensitive.read.select(details=False, profile=None)]
    frames += [
        page.frame() for details in (True, False) for page in sensitive.read.pages(details=details, profile=None)
    ]
    for frame in frames:
        told = frame.set_index("key")["sensitivity"].astype(object)
        assert told.where(told.notna(), None).to_dict() == expected


def test_the_frame_tells_the_terms_of_each_rows_dataset(make_store: Callable[..., Store]) -> None:
    store = make_store()
    take(store, document(), terms=replace(SURVEY, version="3"))
    store.write.add(
        draft(Bundle, {"incidents": [{"title": "Ours", "type": "riot", "days": "2012-01-01"}]}), author="ana"
    )
    columns = ["dataset", "dataset_version", "licence", "attribution", "may_publish"]
    for frame in (
        store.read.select(profile=None),
        next(iter(store.read.pages(profile=None))).frame(),
        next(iter(store.read.pages(details=False, profile=None))).frame(),
    ):
        rows = frame.set_index("title")[columns].astype(object)
        assert rows.loc["A clash"].tolist() == ["survey", "3", "No redistribution", "The Survey", False]
        assert rows.loc["Ours"].isna().all()
        assert frame.attrs["datasets"] == [
            {
                "name": "survey",
                "version": "3",
                "licence": "No redistribution",
                "attribution": "The Survey",
                "may_publish": False,
            }
        ]


def test_a_partner_gets_the_levels_of_what_is_whole_and_the_public_none(sensitive: Store) -> None:
    for name, levels in (("partner", {"restricted"}), ("public", set()), ("internal", {"restricted", "confidential"})):
        shown = profile(name)
        frame = sensitive.read.select(EVERY, profile=shown)
        assert set(frame["sensitivity"].dropna()) == levels
        pages = list(sensitive.read.pages(EVERY, profile=shown, drafts=True))
        assert {level for page in pages for level in page.of("sensitivity") if level} == levels
        drafts = [json.loads(text)["draft"] for page in pages for text in page.of("draft")]
        parts = [part for one in drafts for part in (one, *one.get("places", ()))]
        sources, actors, _ = sensitive.registers.shown(shown, None, EVERY.statuses)
        named = {part["sensitivity"] for part in parts if "sensitivity" in part}
        named |= {one.sensitivity for one in (*sources, *actors) if one.sensitivity}
        assert named == levels


def test_a_file_of_the_past_has_the_levels_of_today(sensitive: Store) -> None:
    before = sensitive.read.latest_moment()
    sensitive.write.edit("named", {"sensitivity": "confidential"}, author="ana", reason="a threat")
    sensitive.registers.edit("actor", "column", {"sensitivity": "restricted"}, author="ana", reason="a threat")
    query = IncidentQuery(as_of=before)
    internal = profile("internal")
    told = sensitive.read.select(query, profile=internal).set_index("key")["sensitivity"]
    assert told["named"] == "confidential"
    pages = sensitive.read.pages(query, profile=internal, drafts=True)
    drafts = [json.loads(text)["draft"] for page in pages for text in page.of("draft")]
    levels = {one["key"]: one.get("sensitivity") for one in drafts}
    assert levels["named"] == "confidential"
    assert levels["open-one"] is None
    _, actors, _ = sensitive.registers.shown(internal, before)
    assert {one.key: one.sensitivity for one in actors}["column"] == "restricted"


@pytest.mark.parametrize(("kind", "key"), [("source", "survey-1"), ("actor", "survey-a")])
def test_an_incident_of_the_past_is_as_strict_as_what_it_refers_to_is_today(
    make_store: Callable[..., Store], kind: str, key: str
) -> None:
    store = make_store()
    take(store, document())
    query = IncidentQuery(as_of=store.read.latest_moment())
    store.registers.edit(kind, key, {"sensitivity": "restricted"}, author="ana", reason="a threat")
    frames = [store.read.select(query, profile="internal")]
    frames += [
        page.frame() for some in (True, False) for page in store.read.pages(query, details=some, profile="internal")
    ]
    assert [frame["sensitivity"].tolist() for frame in frames] == [["restricted"]] * 3


@pytest.mark.parametrize("terms", [SURVEY, DatasetTerms("survey")])
def test_a_dataset_is_left_out_also_where_its_incidents_are_coarse_and_do_not_name_it(
    make_store: Callable[..., Store], terms: DatasetTerms
) -> None:
    store = make_store()
    documents = [document(title={"en": level}, sensitivity=level) for level in ("public", "restricted", "confidential")]
    take(store, *documents, terms=terms)
    query = replace(EVERY, without=("survey",))
    frame = store.read.select(query, profile="public")
    (page,) = store.read.pages(query, profile="public")
    assert (len(frame), len(page)) == (0, 0)
    for origin in (frame.attrs, page.origin):
        assert (origin["left_out_by_terms"], origin["left_out"]) == (2, 1)


@pytest.fixture(scope="module")
def read_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database of sensitive incidents, and two of a dataset whose rows may not be passed on; for questions only."""
    path = tmp_path_factory.mktemp("read-only") / "a.gpkg"
    options: dict[str, Any] = {"country": "PE", "review": "one-person", "clock": Ticking(), "entropy": Counted()}
    with Store.create(path, region_sets=[units(), zones()], **options) as store:
        take(store, document(), document(title={"en": "A longer clash"}, days="2012-05-06"))
        store.write.add(draft(Bundle, SENSITIVE), author="ana")
        yield store


@pytest.mark.parametrize("asked", [{}, {"text": "Escondida"}, {"days": "2012-03"}, {"type": ["killing"]}])
@pytest.mark.parametrize("name", ["public", "partner", "internal"])
def test_each_page_tells_how_many_were_left_out_as_a_frame_does(
    read_only: Store, asked: dict[str, Any], name: str
) -> None:
    query, shown = IncidentQuery.parse(**asked), profile(name)
    frame = read_only.read.select(query, profile=shown)
    for size in (1, 2, 100):
        pages = list(read_only.read.pages(query, profile=shown, size=size))
        assert sum(map(len, pages)) == len(frame)
        for number in ("left_out", "coarsened"):
            assert {page.origin.get(number) for page in pages} == {frame.attrs[number]}


@pytest.mark.parametrize(
    ("asked", "number"),
    [({}, 2), ({"text": "clash"}, 2), ({"text": "longer"}, 1), ({"days": "2012-03"}, 1), ({"type": ["riot"]}, 0)],
)
@pytest.mark.parametrize("seen", [None, "public"])
def test_the_number_left_out_by_terms_is_that_of_the_incidents_that_would_answer(
    read_only: Store, asked: dict[str, Any], number: int, seen: str | None
) -> None:
    shown = None if seen is None else profile(seen)
    query = IncidentQuery.parse(without=["survey"], status=EVERY.statuses, **asked)
    assert read_only.read.select(query, profile=shown).attrs["left_out_by_terms"] == number
    told = [page.origin.get("left_out_by_terms") for page in read_only.read.pages(query, profile=shown, size=1)]
    assert set(told) == {number}
    whole = read_only.read.select(replace(query, without=()), profile=shown)
    assert (whole["dataset"] == "survey").sum() == number
    assert "left_out_by_terms" not in whole.attrs


def test_a_dataset_that_nobody_may_see_is_not_named(make_store: Callable[..., Store]) -> None:
    store = make_store()
    take(store, document(sensitivity="confidential"))
    store.write.add(
        draft(Bundle, {"incidents": [{"title": "Ours", "type": "riot", "days": "2012-01-01"}]}), author="ana"
    )
    for page in store.read.pages(profile=profile("public")):
        assert "datasets" not in page.origin
        assert "attributions" not in page.origin


def test_a_draft_that_names_a_dataset_whose_terms_are_known_is_on_these_terms(make_store: Callable[..., Store]) -> None:
    store = make_store()
    incident = {"title": "Theirs", "type": "riot", "days": "2012-01-01", "dataset": "acled", "dataset_id": "PER1"}
    store.write.add(draft(Bundle, {"incidents": [incident]}), author="ana")
    _, licence, credit, may = terms_of(store, "acled")
    assert ("no redistribution" in licence, "acleddata.com" in credit, bool(may)) == (True, True, False)


@pytest.mark.parametrize("allowed", [(True, False), (None, False), (False, True)])
def test_whether_rows_may_be_passed_on_is_asked_of_today(
    make_store: Callable[..., Store], allowed: tuple[bool | None, bool]
) -> None:
    store = make_store()
    take(store, document(), terms=replace(SURVEY, licence="Then", may_publish=allowed[0]))
    then = store.read.latest_moment()
    store.registers.describe_dataset(replace(SURVEY, licence="Now", may_publish=allowed[1]), author="ana")
    query = IncidentQuery(statuses=("draft",), as_of=then)
    pages = next(iter(store.read.pages(query))).frame()
    for shown in (store.read.select(query), pages):
        assert shown[["licence", "may_publish"]].to_numpy().tolist() == [["Then", allowed[1]]]
