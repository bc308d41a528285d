from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from willay.events.frame.frame import check_frame, details_of
from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, draft
from willay.events.model.errors import NotFoundError, QueryError
from willay.events.model.values import DayInterval
from willay.events.store import Added, DatasetTerms, Store

if TYPE_CHECKING:
    from collections.abc import Callable

BRIDGE, AMBUSH, PROTEST, UNDATED = "PE-2012-0001", "PE-2012-0002", "PE-2012-0003", "PE-0000-0001"


def codes(store: Store, **query: object) -> list[str]:
    return store.read.select(IncidentQuery.parse(**query), details=False, profile=None)["code"].tolist()


def test_adding_a_bundle_tells_codes_by_country_and_year_and_all_that_is_new(
    make_store: Callable[..., Store], made_up: Bundle
) -> None:
    added = make_store().write.add(made_up, author="ana", reason="first entry")
    assert added == Added(
        codes=(BRIDGE, AMBUSH, PROTEST, UNDATED),
        sources=("ombudsman", "daily"),
        actors=("guard", "column"),
        cases=("valley-war",),
        claims=4,
        indicators=1,
    )


def test_what_is_there_already_in_the_same_words_is_passed_over(store: Store, made_up: Bundle) -> None:
    again = made_up.model_copy(update={"incidents": ()})
    assert store.write.add(again, author="ana") == Added()
    assert store.read.count()["source"] == 2


def test_codes_go_on_from_the_highest_number_of_the_year(store: Store) -> None:
    more = draft(Bundle, {"incidents": [{"title": "x", "type": "arrest", "days": "2012"}]})
    assert store.write.add(more, author="ana").codes == ("PE-2012-0004",)


def test_the_answer_is_an_incident_frame_in_order_of_days_with_undated_ones_last(store: Store) -> None:
    frame = check_frame(store.read.select(profile=None))
    assert frame["code"].tolist() == [BRIDGE, AMBUSH, PROTEST, UNDATED]
    assert frame["counted"].tolist() == [True, False, True, True]
    row = frame.iloc[0]
    assert (row["adm1"], row["adm2"], row["adm3"]) == ("Cusco", "La Convención", "Echarate")  # UBIGEO 080902
    assert (row["abducted_best"], row["killed_low"], row["killed_best"], row["killed_high"]) == (36, 5, 5, 8)
    assert row["killed_source"] == "ombudsman"
    assert row["actors"] == "La Columna; River Guard"
    assert (row["source_count"], row["source_kinds"]) == (2, "ombudsman; press")
    assert (row["place_count"], row["radius_m"]) == (2, 2000)
    assert frame.geometry.iloc[0].wkt == "POINT (-73 -12.5)"


def test_another_policy_and_language_change_figures_and_words(store: Store) -> None:
    row = store.read.select(policy="maximum", lang="es", profile=None).iloc[0]
    assert (row["title"], row["killed_best"], row["killed_source"]) == ("Secuestro en el puente", 8, "daily")
    with pytest.raises(QueryError, match="Unknown policy 'guess'"):
        store.read.select(policy="guess", profile=None)


def test_the_card_holds_claims_sources_places_parties_cases_and_figures(store: Store) -> None:
    card = details_of(store.read.select(profile=None).iloc[0])
    assert card["title"] == {"es": "Secuestro en el puente", "en": "Abduction at the bridge"}
    assert [claim["measure"] for claim in card["claims"]] == ["abducted", "killed", "killed"]
    assert card["claims"][2]["attributed_to"] == "A witness"
    assert card["sources"]["daily"]["publisher"] == "The Daily"
    assert card["places"][0]["admin"] == ["Cusco", "La Convención", "Echarate"]
    assert card["parties"][1] == {
        "key": "guard", "name": {"es": "Guardia del Río", "en": "River Guard"}, "kind": "state-forces",
        "role": "target",
    }  # fmt: skip
    assert card["cases"][0]["title"]["en"] == "Valley war"
    assert card["figures"]["killed"] == {
        "low": 5, "best": 5, "high": 8, "source": "ombudsman", "basis": "total", "voices": 2,
    }  # fmt: skip
    assert card["notes"] == [{"en": "The days differ by source."}]


def test_a_place_known_to_a_unit_only_has_the_units_shape(store: Store) -> None:
    shape = store.read.select(IncidentQuery(codes=(PROTEST,)), profile=None).geometry.iloc[0]
    assert shape.bounds == (-74, -14, -72, -10)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"code": ["bridge", "pe-2012-0002"]}, [BRIDGE, AMBUSH]),
        ({"days": "2012-04-13/2012-04-30"}, [BRIDGE]),
        ({"days": "../2012-08-01"}, [BRIDGE, AMBUSH, PROTEST]),
        ({"type": ["protest"]}, [PROTEST]),
        ({"type": ["ambush"]}, [AMBUSH]),
        ({"actor": ["RIVER guard"]}, [BRIDGE]),
        ({"actor": ["guardia del rio"]}, [BRIDGE]),
        ({"measure": "killed"}, [BRIDGE, AMBUSH]),
        ({"measure": "killed", "minimum": 4}, [BRIDGE]),
        ({"source": ["daily"]}, [BRIDGE, AMBUSH, PROTEST]),
        ({"source": ["ombudsman"]}, [BRIDGE]),
        ({"status": ["published"]}, [BRIDGE]),
        ({"case": ["valley-war"]}, [BRIDGE]),
        ({"tag": ["gas"]}, [BRIDGE]),
        ({"text": "SECUESTRO orilla"}, [BRIDGE]),  # its second place is La Orilla
        ({"text": "guardia RÍO puente"}, [BRIDGE]),
        ({"bbox": "-73.05,-13,-72,-12"}, [BRIDGE]),
        ({"bbox": "-80,-20,-60,0"}, [BRIDGE, AMBUSH, PROTEST]),
        ({"region": ["zones/valley"]}, [BRIDGE, AMBUSH]),
        ({"region": ["east"]}, [BRIDGE, AMBUSH, PROTEST]),
        ({"region": ["Este"]}, [BRIDGE, AMBUSH, PROTEST]),
        ({"region": ["west"]}, []),
    ],
)
def test_each_field_of_a_query_narrows(store: Store, query: dict[str, object], expected: list[str]) -> None:
    assert codes(store, **query) == expected


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"actor": ["guarda"]}, "Unknown actor 'guarda'.*Did you mean 'guard'"),
        ({"region": ["vally"]}, "Unknown region 'vally'.*zones/valley"),
        ({"case": ["valey-war"]}, "Unknown case 'valey-war'.*valley-war"),
        ({"source": ["dayly"]}, "Unknown source 'dayly'.*daily"),
    ],
)
def test_a_query_that_names_what_is_not_there_is_answered_with_the_nearest(
    store: Store, query: dict[str, object], message: str
) -> None:
    with pytest.raises(NotFoundError, match=message):
        codes(store, **query)


def test_a_part_is_counted_when_its_whole_is_not_in_the_answer(store: Store) -> None:
    frame = store.read.select(IncidentQuery(codes=(AMBUSH,)), profile=None)
    assert frame["counted"].tolist() == [True]
    assert frame["part_of"].tolist() == [BRIDGE]


def test_the_answer_says_where_it_comes_from(store: Store) -> None:
    attrs = store.read.select(IncidentQuery.parse(days="2012"), lang="es", profile=None).attrs
    assert (attrs["policy"], attrs["lang"]) == ("ranked-source", "es")
    assert attrs["question"] == "días 2012-01-01 \N{EN DASH} 2012-12-31"
    assert "as_of" not in attrs


def test_registers_give_back_what_was_put_in(store: Store, made_up: Bundle) -> None:
    assert store.registers.sources() == tuple(sorted(made_up.sources, key=lambda source: source.key))
    assert store.registers.actors() == tuple(sorted(made_up.actors, key=lambda actor: actor.key))
    assert store.registers.cases() == made_up.cases
    assert store.registers.case("valley-war") == made_up.cases[0]
    (given,) = made_up.indicators
    assert store.registers.indicators() == (given.model_copy(update={"key": "population-units-west-2012-census"}),)
    assert store.registers.case_counts() == {"valley-war": 1}
    assert store.registers.source_keys() == {"daily", "ombudsman"}
    with pytest.raises(NotFoundError, match=r"Unknown case 'valley'.*valley-war"):
        store.registers.case("valley")


def test_an_incident_comes_back_as_the_draft_it_was(store: Store, made_up: Bundle) -> None:
    stored = store.read.draft("bridge")
    given = made_up.incidents[0]
    assert stored.code == BRIDGE
    assert stored.draft.claims == given.claims
    assert stored.draft.places == given.at_home("PE").places  # what says no country is of the database's
    assert stored.draft.parties[0].actor == "column"
    assert stored.draft.span == given.span
    assert (stored.author, stored.reason, stored.status) == ("ana", "first entry", "published")
    with pytest.raises(NotFoundError, match=r"No incident with code or key 'brigde'. Nearest: bridge"):
        store.read.draft("brigde")


def test_the_terms_of_a_dataset_go_with_its_rows(store: Store) -> None:
    row = {"title": "x", "type": "arrest", "days": "2013", "dataset": "survey"}
    code = store.write.add(draft(Bundle, {"incidents": [row]}), author="ana").codes[0]
    assert store.read.select(IncidentQuery(codes=(code,)), profile=None)["licence"].isna().all()
    terms = DatasetTerms("survey", version="2", licence="CC-BY-4.0", attribution="Survey Office", may_publish=True)
    store.registers.describe_dataset(terms, author="ana", reason="asked the office")
    frame = store.read.select(IncidentQuery(dataset="survey"), profile=None)
    assert frame["code"].tolist() == [code]
    assert frame["licence"].tolist() == ["CC-BY-4.0"]
    assert frame.attrs["attributions"] == ["Survey Office"]
    assert store.registers.datasets().to_dict("records") == [
        {
            "name": "survey",
            "version": "2",
            "licence": "CC-BY-4.0",
            "attribution": "Survey Office",
            "may_publish": True,
            "selection": None,
        }
    ]


EDGES = pytest.mark.parametrize(
    ("first", "last", "is_found"),
    [
        ("2012-04-14", None, True),  # it ended on the first day that is asked about
        ("2012-04-15", None, False),
        (None, "2012-04-09", True),  # it began on the last day that is asked about
        (None, "2012-04-08", False),
        ("2012-04-14", "2012-04-14", True),
        ("2012-04-09", "2012-04-09", True),
        ("2012-04-10", "2012-04-12", True),
    ],
)


@EDGES
def test_days_asked_about_include_the_first_and_the_last(
    store: Store, first: str | None, last: str | None, *, is_found: bool
) -> None:
    """The oracle is the draft: `bridge` lasted from 9 to 14 April 2012, both included."""
    span = store.read.draft("bridge").draft.span
    assert span is not None
    assert (str(span.first), str(span.last)) == ("2012-04-09", "2012-04-14")
    query = IncidentQuery(days=DayInterval.parse(f"{first or '..'}/{last or '..'}"))
    assert (BRIDGE in store.read.select(query, details=False)["code"].tolist()) == is_found
    for details in (False, True):
        found = [code for page in store.read.pages(query, details=details) for code in page.of("code")]
        assert (BRIDGE in found) == is_found


@EDGES
def test_so_do_days_asked_about_the_past(store: Store, first: str | None, last: str | None, *, is_found: bool) -> None:
    """What has changed since is read from its document, not by conditions in SQL."""
    before = store.read.history("bridge")[-1].recorded_at
    store.write.edit("bridge", {"days": "2015-01-01"}, author="ana", reason="another day")
    query = IncidentQuery(days=DayInterval.parse(f"{first or '..'}/{last or '..'}"), as_of=before)
    assert (BRIDGE in store.read.select(query, details=False, profile=None)["code"].tolist()) == is_found
