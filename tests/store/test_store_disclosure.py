from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from willay.data.profiles import Profile, ProfileError, profile
from willay.events.frame.provenance import ORIGIN, origin_of
from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, IncidentDraft, draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd

    from willay.events.store import Store

BESIDE = ["geometry", ORIGIN]
"""What two frames of one content may differ in: shapes are other objects, and each says who it is shown to."""

SECRETS = (
    "Quiet Witness", "quiet-witness", "Hidden Hamlet", "Escondida", "-73.1234", "-12.5678", "2012-04-09",
    "Silent Actor", "the silent ones", "Nobody May Know", "nobody-may-know", "restricted-one", "whisper",
)  # fmt: skip
"""Strings that no output for the public may have."""

DOCUMENT: dict[str, Any] = {
    "sources": [
        {"key": "open-press", "kind": "press", "publisher": "The Daily", "published_on": "2012-05"},
        {"key": "quiet-witness", "kind": "party", "publisher": "Quiet Witness", "sensitivity": "confidential"},
    ],
    "actors": [
        {"key": "column", "name": "The Column", "kind": "rebel-group"},
        {
            "key": "silent", "name": "Silent Actor", "kind": "organisation", "aliases": ["the silent ones"],
            "sensitivity": "confidential",
        },
    ],
    "incidents": [
        {
            "key": "open-one", "title": "An open clash", "type": "ambush", "days": "2012-03-04",
            "places": [{"name": "Kiteni", "precision": "settlement", "lon": -73.0, "lat": -12.6}],
            "parties": [{"actor": "column", "role": "initiator"}, {"actor": "silent", "role": "present"}],
            "claims": [
                {"measure": "killed", "best": 2, "source": "open-press"},
                {"measure": "killed", "best": 4, "source": "quiet-witness", "note": "a whisper"},
            ],
        },
        {
            "key": "restricted-one", "title": "At Hidden Hamlet", "summary": "Escondida, on 2012-04-09",
            "type": "killing",
            "days": "2012-04-09", "sensitivity": "restricted", "notes": ["whisper"], "tags": ["Escondida"],
            "places": [{"name": "Hidden Hamlet", "precision": "site", "lon": -73.1234, "lat": -12.5678}],
            "claims": [{"measure": "killed", "best": 3, "source": "open-press", "stated_on": "2012-04-09"}],
        },
        {
            "key": "placed", "title": "Where Escondida lies", "type": "killing", "days": "2012-05-06",
            "places": [
                {
                    "name": "Escondida", "precision": "site", "lon": -73.1234, "lat": -12.5678,
                    "sensitivity": "restricted",
                }
            ],
            "claims": [{"measure": "killed", "best": 1, "source": "open-press"}],
        },
        {
            "key": "named", "title": "Silent Actor speaks", "type": "killing", "days": "2012-06-07",
            "claims": [{"measure": "killed", "best": 1, "source": "open-press"}],
        },
        {
            "key": "nobody-may-know", "title": "Nobody May Know", "type": "killing", "days": "2012-07-08",
            "sensitivity": "confidential", "claims": [{"measure": "killed", "best": 9, "source": "open-press"}],
        },
    ],
}  # fmt: skip


@pytest.fixture
def sensitive(make_store: Callable[..., Store]) -> Store:
    store = make_store()
    published = [{**incident, "status": "published"} for incident in DOCUMENT["incidents"]]
    store.write.add(draft(Bundle, {**DOCUMENT, "incidents": published}), author="ana")
    return store


def slug(text: str) -> str:
    return re.sub(r"\W+", "", text)


def text_of(frame: gpd.GeoDataFrame) -> str:
    return frame.to_csv() + json.dumps(frame.attrs, ensure_ascii=False) + " ".join(frame.geometry.to_wkt().fillna(""))


def titled(frame: gpd.GeoDataFrame, title: str) -> gpd.GeoDataFrame:
    """The rows with a title: a coarse incident is known by no code that anybody else has."""
    return frame[frame["title"] == title]


def test_nothing_secret_is_in_what_the_public_sees(sensitive: Store) -> None:
    whole = text_of(sensitive.read.select(profile=None))
    assert [secret for secret in SECRETS if secret not in whole] == ["the silent ones"]  # an alias, which no frame has
    shown = text_of(sensitive.read.select(profile=profile("public")))
    assert [secret for secret in SECRETS if secret in shown] == []


@pytest.mark.parametrize("size", [1, 2, 100])
def test_nor_in_pages_with_their_drafts(sensitive: Store, size: int) -> None:
    frames = [page.frame() for page in sensitive.read.pages(profile=profile("public"), drafts=True, size=size)]
    shown = "".join(text_of(frame) for frame in frames)
    assert [secret for secret in SECRETS if secret in shown] == []
    for frame in frames:
        for told in frame["draft"]:
            state = json.loads(told)
            draft(IncidentDraft, state["draft"], state["code"])


def test_a_restricted_incident_is_told_by_unit_and_month_with_its_figures(sensitive: Store) -> None:
    row = titled(sensitive.read.select(profile=profile("public")), "Killing of civilians, Este").iloc[0]
    assert (row["title"], row["place_name"], row["place_precision"]) == (
        "Killing of civilians, Este",
        "Este",
        "department",
    )
    assert (str(row["first_day"].date()), str(row["last_day"].date()), row["date_precision"]) == (
        "2012-04-01", "2012-04-30", "month",
    )  # fmt: skip
    assert (row["killed_best"], row.geometry.geom_type) == (3, "Polygon")
    assert row["killed_source"].startswith("withheld-document-1-press")


def test_a_confidential_incident_is_left_out_and_that_is_told(sensitive: Store) -> None:
    frame = sensitive.read.select(profile=profile("public"))
    assert "PE-2012-0005" not in frame["code"].tolist()
    assert (frame.attrs["profile"], frame.attrs["left_out"], frame.attrs["coarsened"]) == ("public (version 2)", 1, 3)


def test_a_withheld_voice_still_counts_with_its_kind(sensitive: Store) -> None:
    row = sensitive.read.select(profile=profile("public"), policy="maximum").set_index("code").loc["PE-2012-0001"]
    assert (row["killed_best"], row["killed_source"]) == (4, "withheld-party-1")
    assert "Name withheld" in row["actors"]


def test_no_filter_tells_what_the_profile_hides(sensitive: Store) -> None:
    for asked in ({"text": "Hidden Hamlet"}, {"bbox": "-73.13,-12.57,-73.12,-12.56"}, {"actor": ["Silent Actor"]}):
        query = IncidentQuery.parse(**asked)
        assert len(sensitive.read.select(query, profile=None))
        assert "PE-2012-0002" not in sensitive.read.select(query, profile=profile("public"))["code"].tolist()


def test_the_past_is_told_by_what_is_sensitive_today(sensitive: Store) -> None:
    before = sensitive.read.history("open-one")[0].recorded_at
    sensitive.write.edit("open-one", {"sensitivity": "confidential"}, author="ana", reason="a threat")
    query = IncidentQuery(as_of=before)
    assert "PE-2012-0001" in sensitive.read.select(query, profile=None)["code"].tolist()
    assert "PE-2012-0001" not in sensitive.read.select(query, profile=profile("public"))["code"].tolist()


def test_a_partner_sees_what_is_restricted_and_the_office_everything(sensitive: Store) -> None:
    partner = text_of(sensitive.read.select(profile=profile("partner")))
    assert "Hidden Hamlet" in partner
    assert "Quiet Witness" not in partner
    assert "Nobody May Know" not in partner
    internal = sensitive.read.select(profile=profile("internal"))
    record = sensitive.read.select(profile=None)
    assert internal.drop(columns=BESIDE).equals(record.drop(columns=BESIDE))
    assert (origin_of(internal)["profile"].partition(" ")[0], origin_of(record)["profile"]) == ("internal", "")


def test_the_same_database_and_profile_give_the_same_answer(sensitive: Store) -> None:
    one, other = (text_of(sensitive.read.select(profile=profile("public"))) for _ in range(2))
    assert one == other


def own_profile(folder: Path, **changed: str) -> Profile:
    text = (files("willay.data") / "profiles" / "public.toml").read_text("utf-8").replace('"public"', '"own"')
    head, tail = text.split("[coarse]")
    for name, value in changed.items():
        head = re.sub(rf"^{name} = \d+$", f"{name} = {value}", head, flags=re.MULTILINE)
        tail = re.sub(rf"^{name} = .*$", f"{name} = {value}", tail, flags=re.MULTILINE)
    path = folder / f"own-{'-'.join(map(slug, changed.values()))}.toml"
    path.write_text(f"{head}[coarse]{tail}", "utf-8")
    return profile(str(path))


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("district", ("Echarate", "district", "080902")),
        ("province", ("La Convención", "province", "0809")),
        ("department", ("PE, -73.5/-13", "area", None)),  # these invented units do not have Cusco
        ("grid", ("PE, -73.5/-13", "area", None)),
    ],
)
def test_a_place_becomes_the_unit_that_the_profile_says(
    sensitive: Store, tmp_path: Path, place: str, expected: tuple[str, str, str | None]
) -> None:
    places = [{"name": "Hidden Hamlet", "precision": "site", "lon": -73.1234, "lat": -12.5678, "admin_code": "080902"}]
    sensitive.write.edit("restricted-one", {"places": places}, author="ana", reason="x")
    chosen = own_profile(tmp_path, place=f'"{place}"')
    frame = sensitive.read.select(profile=chosen)
    row = frame[frame["killed_best"] == 3].iloc[0]
    code = row["admin_code"] if isinstance(row["admin_code"], str) else None
    assert (row["place_name"], row["place_precision"], code) == expected
    assert [secret for secret in SECRETS if secret in text_of(frame)] == []


@pytest.mark.parametrize(("name", "value"), [("place", '"village"'), ("days", '"week"'), ("delay_days", "-1")])
def test_a_profile_that_asks_for_what_there_is_not_is_refused(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ProfileError, match=name):
        own_profile(tmp_path, **{name: value})


def test_a_delay_leaves_out_what_is_too_young_and_tells_it(sensitive: Store, tmp_path: Path) -> None:
    slow = own_profile(tmp_path, delay_days="30")
    day = datetime(2012, 6, 20, tzinfo=UTC)
    sensitive._opened.clock = lambda: day  # the fixture's own is years later, when nothing is young
    frame = sensitive.read.select(profile=slow)
    assert frame["killed_best"].tolist() == [2, 3, 1]  # until 2012-05-21
    assert frame.attrs["left_out"] == 2
    told = [code for page in sensitive.read.pages(profile=slow, size=1) for code in page.of("code")]
    assert told == sorted(frame["code"])


def test_a_database_without_anything_sensitive_is_shown_as_it_is(store: Store) -> None:
    query = IncidentQuery(statuses=("draft", "published"))
    shown = store.read.select(query, profile=profile("public"))
    record = store.read.select(query, profile=None)
    assert shown.drop(columns=BESIDE).equals(record.drop(columns=BESIDE))


def test_an_actor_of_no_incident_is_shown_only_where_somebody_marked_it_as_public(store: Store) -> None:
    kinds = (
        ("marked", "public"), ("unmarked", None), ("hidden", "restricted"), ("secret", "confidential"),
        ("named", "public"),
    )  # fmt: skip
    actors = [
        {"key": key, "name": {"en": key}, "kind": "state-institution", **({"sensitivity": level} if level else {})}
        for key, level in kinds
    ]
    secret = {"title": "x", "type": "protest", "sensitivity": "confidential", "status": "published"}
    incident = {**secret, "parties": [{"actor": "named", "role": "present"}]}
    store.write.add(draft(Bundle, {"actors": actors, "incidents": [incident]}), author="ana")
    keys = {actor.key for actor in store.registers.shown("public")[1]}
    assert keys & {key for key, _ in kinds} == {"marked"}
    assert {key for key, _ in kinds} <= {actor.key for actor in store.registers.shown(None)[1]}


def test_registers_name_what_shown_incidents_refer_to_and_nothing_secret(sensitive: Store) -> None:
    sources, actors, cases = sensitive.registers.shown(profile("public"))
    told = json.dumps([one.model_dump(mode="json") for one in (*sources, *actors, *cases)], ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in told] == []
    keys = {source.key for source in sources}
    for page in sensitive.read.pages(profile=profile("public"), drafts=True):
        for state in map(json.loads, page.of("draft")):
            assert {claim["source"] for claim in state["draft"].get("claims", [])} <= keys
            assert {party["actor"] for party in state["draft"].get("parties", [])} <= {actor.key for actor in actors}
    assert sensitive.registers.shown(None) == (
        sensitive.registers.sources(),
        sensitive.registers.actors(),
        sensitive.registers.cases(),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = 'x'", "is not a valid disclosure profile"),
        ("name = ", "is not valid TOML"),
    ],
)
def test_a_profile_that_is_none_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ProfileError, match=message):
        profile(str(path))


def test_corrections_and_parts_of_withheld_voices_read_back_and_name_nobody(make_store: Callable[..., Store]) -> None:
    body = {"attributed_to": "The Command"}
    claims = [
        {"measure": "killed", "best": 19, "source": "open-press", "stated_on": "2012-03-05", **body},
        {
            "measure": "killed",
            "best": 14,
            "source": "quiet-witness",
            "stated_on": "2012-03-09",
            "supersedes": 1,
            **body,
        },
        {"measure": "released", "best": 4, "source": "open-press", **body},
        {"measure": "released", "best": 3, "source": "quiet-witness", "adds": True, **body},
    ]
    one = {"key": "corrected", "title": "An ambush", "type": "ambush", "days": "2012-03-04", "claims": claims}
    two = {**one, "key": "coarse", "sensitivity": "restricted"}
    store = make_store()
    store.write.add(draft(Bundle, {**DOCUMENT, "incidents": [one, two]}), author="ana")
    drafts = IncidentQuery(statuses=("draft",))
    (page,) = [page.frame() for page in store.read.pages(drafts, profile=profile("public"), drafts=True)]
    assert len(page) == 2
    for told, code in zip(page["draft"], page["code"], strict=True):
        read = draft(IncidentDraft, json.loads(told)["draft"], code)
        assert [(claim.label, claim.supersedes, claim.adds) for claim in read.claims] == [
            ("c1", (), None), (None, ("c1",), None), (None, (), None), (None, (), True),
        ]  # fmt: skip
    shown = store.read.select(drafts, profile=profile("public"))
    assert shown["killed_high"].tolist() == [14, 14]  # the superseded 19 stays out
    assert "quiet-witness" not in text_of(shown)
    (coarse,) = shown.loc[shown["date_precision"] == "month", "details"]
    assert '"superseded":{"number":2,"stated_on":"2012-03"}' in coarse  # as coarse as all of it
