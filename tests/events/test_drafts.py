from __future__ import annotations

from typing import Any

import pytest

from willay.events.model.drafts import Bundle, ClaimDraft, IncidentDraft, PlaceDraft, SourceDraft, draft
from willay.events.model.errors import DraftError


def incident(**fields: Any) -> IncidentDraft:
    return draft(IncidentDraft, {"title": "Bloqueo", "type": "road-block", **fields})


def test_a_sub_type_implies_its_type() -> None:
    assert (incident().type, incident().subtype) == ("protest", "road-block")


def test_a_type_may_be_named_by_its_label_in_either_language() -> None:
    assert incident(type="Emboscada").subtype == "ambush"
    assert incident(type="Armed clash").type == "armed-clash"


def test_a_mistyped_type_is_refused_with_the_nearest() -> None:
    with pytest.raises(DraftError, match="Did you mean 'kidnapping'"):
        incident(type="kidnaping")


def test_every_fault_is_told_at_once_with_its_field() -> None:
    with pytest.raises(DraftError) as caught:
        incident(
            claims=[
                {"measure": "kiled", "source": "a", "count": 3},
                {"measure": "killed", "low": 5, "best": 3, "source": "a"},
            ],
            colour="red",
        )
    told = str(caught.value)
    assert "claims[0].measure: Unknown measure 'kiled'. Did you mean 'killed'" in told
    assert "claims[1]: Expected low ≤ best ≤ high" in told
    assert "colour: Unknown field" in told
    assert len(caught.value.faults) == 3


def test_a_claim_without_a_source_is_refused() -> None:
    with pytest.raises(DraftError, match=r"claims\[0\].source: This field is required"):
        incident(claims=[{"measure": "killed", "count": 3}])


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(DraftError, match="cannot be negative: -1"):
        draft(ClaimDraft, {"measure": "killed", "best": -1, "source": "a"})


def test_a_count_may_be_written_in_one_word() -> None:
    claim = draft(ClaimDraft, {"measure": "killed", "count": "25-30", "source": "a"})
    assert (claim.low, claim.best, claim.high) == (25, None, 30)


def test_only_a_plain_zero_can_mean_none_mentioned() -> None:
    assert draft(ClaimDraft, {"measure": "killed", "count": 0, "source": "a", "zero_is_unknown": True})
    with pytest.raises(DraftError, match="Only a plain 0"):
        draft(ClaimDraft, {"measure": "killed", "count": 2, "source": "a", "zero_is_unknown": True})


def test_another_count_must_say_what_was_counted() -> None:
    with pytest.raises(DraftError, match="needs a note"):
        draft(ClaimDraft, {"measure": "other", "count": 2, "source": "a"})


def test_a_precision_that_the_days_do_not_fit_is_refused() -> None:
    with pytest.raises(DraftError, match="92 days long; precision 'month' allows 31"):
        incident(days="2012-01-01/2012-04-01", date_precision="month")


def test_a_month_is_known_to_the_month() -> None:
    span = incident(days="2012-11").span
    assert span is not None
    assert span.precision == "month"


def test_half_a_coordinate_is_refused() -> None:
    with pytest.raises(DraftError, match="need both lon and lat"):
        draft(PlaceDraft, {"name": "Kiteni", "precision": "settlement", "lon": -73.0})


def test_a_latitude_beyond_the_pole_is_refused() -> None:
    with pytest.raises(DraftError, match=r"lat: Expected a number greater than or equal to -90; got -173\.0"):
        draft(PlaceDraft, {"name": "Kiteni", "precision": "settlement", "lon": -12.6, "lat": -173.0})


def test_a_source_must_be_findable_and_its_address_a_web_address() -> None:
    with pytest.raises(DraftError, match="at least a publisher, a title or a URL"):
        draft(SourceDraft, {"key": "x", "kind": "press"})
    with pytest.raises(DraftError, match="is not a web address"):
        draft(SourceDraft, {"key": "x", "kind": "press", "url": "javascript:alert(1)"})


def test_a_document_of_five_lists_is_a_bundle() -> None:
    bundle = draft(Bundle, {"sources": [{"key": "a", "kind": "press", "title": "Nota"}]}, "mine.yaml")
    assert bundle.sources[0].key == "a"
    with pytest.raises(DraftError, match=r"mine\.yaml: event: Unknown field"):
        draft(Bundle, {"event": []}, "mine.yaml")


def test_a_draft_written_out_reads_back_the_same() -> None:
    one = incident(days="2012-04", claims=[{"measure": "killed", "count": "20-26-30", "source": "a"}], tags=["gas"])
    assert draft(IncidentDraft, one.model_dump(mode="json", exclude_none=True)) == one


def test_a_claim_without_a_number_says_so_or_is_refused() -> None:
    with pytest.raises(DraftError, match=r"A claim needs a number\. .*write count: \?"):
        draft(ClaimDraft, {"measure": "injured", "source": "a"})
    for written in ("varios", "", None):
        with pytest.raises(DraftError, match=r"A claim needs a number"):
            draft(ClaimDraft, {"measure": "injured", "count": written, "source": "a"})
    for written in ("?", " ? ", "s/d", "unknown"):
        claim = draft(ClaimDraft, {"measure": "injured", "count": written, "source": "a"})
        assert (claim.low, claim.best, claim.high, claim.has_unknown_number) == (None, None, None, True)
    assert not draft(ClaimDraft, {"measure": "injured", "count": 0, "source": "a"}).has_unknown_number


def test_an_unknown_number_is_written_out_and_read_back() -> None:
    one = incident(claims=[{"measure": "injured", "count": "?", "source": "a"}])
    document = one.model_dump(mode="json", exclude_none=True)
    assert document["claims"] == [
        {"measure": "injured", "group": "all", "source": "a", "zero_is_unknown": False, "supersedes": [], "count": "?"}
    ]
    assert draft(IncidentDraft, document) == one


def test_a_claim_of_another_measure_needs_no_number_and_says_nothing_of_one() -> None:
    claim = draft(ClaimDraft, {"measure": "Other", "note": "houses", "source": "a"})
    assert "count" not in claim.model_dump()
    assert not claim.has_unknown_number


def test_no_figure_can_be_held_to_a_number_that_is_not_known() -> None:
    with pytest.raises(DraftError, match="without a number cannot be pinned"):
        draft(ClaimDraft, {"measure": "injured", "count": "?", "source": "a", "pinned": "x"})
    with pytest.raises(DraftError, match="Only a plain 0"):
        draft(ClaimDraft, {"measure": "injured", "count": "?", "source": "a", "zero_is_unknown": True})


def test_a_draft_that_names_no_country_is_at_home_where_it_is_added() -> None:
    places = [{"name": "a", "precision": "site"}, {"name": "b", "precision": "site", "country": "UG"}]
    one = incident(places=places)
    assert (one.country, [place.country for place in one.places]) == (None, [None, "UG"])
    at_home = one.at_home("KE")
    assert (at_home.country, [place.country for place in at_home.places]) == ("KE", ["KE", "UG"])
    abroad = incident(places=places, country="TZ").at_home("KE")
    assert (abroad.country, [place.country for place in abroad.places]) == ("TZ", ["TZ", "UG"])


@pytest.mark.parametrize("empty", ["", "  ", "\t"])
def test_a_name_that_something_must_have_is_never_empty(empty: str) -> None:
    for where, fields in {
        "parties[0].actor": {"parties": [{"actor": empty, "role": "target"}]},
        "places[0].name": {"places": [{"name": empty, "precision": "site", "lon": -72, "lat": -12}]},
    }.items():
        with pytest.raises(DraftError, match="This text is empty") as caught:
            draft(IncidentDraft, {"title": "x", "type": "protest", **fields})
        assert [fault.where for fault in caught.value.faults] == [where]
