"""The incident `bridge` of the examples has three claims: 1 abducted 36 and 2 killed 5 by the ombudsman, 3 killed 8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from willay.events.frame.frame import details_of
from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import ClaimDraft, draft
from willay.events.model.errors import DraftError, NotFoundError, RefusedError, UnclearClaimError
from willay.events.store.record.states import incident_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.events.store import Store
    from willay.events.store.results import Revised


def claim(measure: str = "killed", count: object = 6, source: str = "ombudsman", **rest: Any) -> ClaimDraft:
    return draft(ClaimDraft, {"measure": measure, "count": count, "source": source, **rest})


def add(store: Store, *claims: ClaimDraft) -> Revised:
    return store.write.add_claims("bridge", claims, author="bea", reason="a second call")


def figure(store: Store, measure: str = "killed") -> tuple[object, ...]:
    frame = store.read.select(IncidentQuery(codes=("bridge",)), details=False)
    numbers = frame[[f"{measure}_low", f"{measure}_best", f"{measure}_high"]].astype(object)
    return tuple(numbers.where(numbers.notna(), None).iloc[0])


def card(store: Store) -> list[dict[str, Any]]:
    return details_of(store.read.select(IncidentQuery(codes=("bridge",))).iloc[0])["claims"]


def documents(store: Store) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = store.read.draft("bridge").draft.model_dump(mode="json", exclude_none=True)["claims"]
    return claims


def test_a_second_count_of_a_source_must_say_whether_it_corrects_or_adds(store: Store) -> None:
    with pytest.raises(UnclearClaimError, match=r"Claim 2 states killed 5, by ombudsman.*supersedes=2.*adds=True"):
        add(store, claim())
    with pytest.raises(RefusedError, match="Claim 4 states released 4, by daily"):
        add(store, claim("released", 4, "daily"), claim("released", 3, "daily"))
    assert len(documents(store)) == 3


@pytest.mark.parametrize(
    "clear",
    [
        claim(count=5, note={"en": "by telephone"}),  # the same count again
        claim(group="police"),
        claim(scope={"en": "on the first day"}),
        claim(attributed_to="A mayor"),
        claim(stated_on="2012-09"),  # the source itself is dated 2012-07: its last word
        claim(supersedes=2),
        claim(adds=True),
    ],
)
def test_a_count_that_cannot_be_taken_for_a_correction_is_added_without_a_question(
    store: Store, clear: ClaimDraft
) -> None:
    assert "claims: 1 added" in add(store, clear).changes


def test_of_those_released_a_later_day_does_not_tell_whether_they_are_more_or_all(store: Store) -> None:
    add(store, claim("released", 4, "daily", stated_on="2012-04-12"))
    with pytest.raises(UnclearClaimError, match="Claim 4 states released 4"):
        add(store, claim("released", 3, "daily", stated_on="2012-04-14"))
    add(store, claim("released", 3, "daily", stated_on="2012-04-14", adds=True))
    assert figure(store, "released") == (7, 7, 7)


def test_a_superseded_count_leaves_figure_and_range_and_the_card_says_by_which(store: Store) -> None:
    assert figure(store) == (5, 5, 8)
    revised = add(store, claim(count=7, supersedes=2, stated_on="2012-08-01"))
    assert revised.changes == ("claims: 1 added",)
    assert figure(store) == (7, 7, 8)
    assert card(store)[1]["superseded"] == {"number": 4, "stated_on": "2012-08-01"}
    assert card(store)[3]["supersedes"] == ["c2"]
    assert [difference.kind for difference in store.read.diff("bridge").differences] == ["added"]
    assert store.file.check() == ()


def test_the_date_of_a_correction_is_that_of_its_document_where_it_has_none(store: Store) -> None:
    add(store, claim(count=7, supersedes=2))
    assert card(store)[1]["superseded"] == {"number": 4, "stated_on": "2012-07"}


def test_a_document_without_links_is_the_same_text_as_before_there_were_any(store: Store) -> None:
    state = incident_state(store.read.draft("bridge").draft, "id", "code")["draft"]
    assert {name for document in state["claims"] for name in document} == {
        "measure", "group", "low", "best", "high", "source", "attributed_to", "zero_is_unknown",
    }  # fmt: skip


def test_links_come_back_to_the_byte_from_their_rows(store: Store) -> None:
    add(store, claim(count=7, supersedes=2), claim(count=2, adds=True))
    document = store.read.draft("bridge").draft
    assert [(each.label, each.supersedes, each.adds) for each in document.claims] == [
        (None, (), None), ("c2", (), None), (None, (), None), (None, ("c2",), None), (None, (), True),
    ]  # fmt: skip
    assert store.file.check() == ()  # the digest is that of the state rebuilt from the rows


def test_an_edit_that_drops_claims_is_refused_with_what_to_do(store: Store) -> None:
    with pytest.raises(RefusedError, match=r"would delete claim 1 \(abducted 36, by ombudsman\); claim 2 \(killed 5"):
        store.write.edit("bridge", {"claims": []}, author="bea", reason="x")
    with pytest.raises(RefusedError, match=r"claim withdraw PE-2012-0001 1 --reason TEXT.*--supersedes 1"):
        store.write.edit("bridge", {"claims": documents(store)[1:]}, author="bea", reason="x")
    with pytest.raises(RefusedError, match=r"would delete claim 3 \(killed 8, by A witness in daily\)"):
        store.write.edit("bridge", {"claims": documents(store)[:2]}, author="bea", reason="x")
    with pytest.raises(RefusedError, match="would delete claim 1"):
        store.write.edit("bridge", {"claims": None}, author="bea", reason="x")
    known = store.read.draft("bridge").draft
    with pytest.raises(RefusedError, match="would delete claim 3"):
        store.write.replace("bridge", known.model_copy(update={"claims": known.claims[:2]}), author="bea", reason="x")
    assert len(store.read.history("bridge")) == 1


def test_an_edit_may_change_move_and_add_claims(store: Store) -> None:
    first, second, third = documents(store)
    more = {"measure": "injured", "count": 2, "source": "daily"}
    changed = [more, third, {**second, "low": 6, "best": 6, "high": 6}, {**first, "group": "workers"}]
    assert store.write.edit("bridge", {"claims": changed}, author="bea", reason="a slip").changes
    assert figure(store) == (6, 6, 8)


def test_one_claim_is_not_changed_into_another_measure_on_the_way(store: Store) -> None:
    first, second, third = documents(store)
    with pytest.raises(RefusedError, match=r"would delete claim 2 \(killed 5"):
        store.write.edit(
            "bridge", {"claims": [first, {**second, "measure": "injured"}, third]}, author="bea", reason="x"
        )


def test_a_claim_is_withdrawn_by_its_number_and_stays_in_the_history(store: Store) -> None:
    revised = store.write.withdraw_claim("bridge", 3, author="bea", reason="of another incident")
    assert revised.changes == ("claims: 1 removed",)
    assert figure(store) == (5, 5, 5)
    row = store.read.history("bridge")[-1]
    assert (row.action, row.reason, row.author) == ("withdraw-claim", "of another incident", "bea")
    assert "killed: 8, by daily, quoting A witness" in str(store.read.diff("bridge").differences[0])
    store.write.revert("bridge", store.read.history("bridge")[0].number, author="ana", reason="it was of this one")
    assert figure(store) == (5, 5, 8)


@pytest.mark.parametrize("number", [0, -1, 4])
def test_a_claim_that_is_not_there_is_not_withdrawn(store: Store, number: int) -> None:
    with pytest.raises(NotFoundError, match=rf"no claim {number}\. It has 3, numbered from 1"):
        store.write.withdraw_claim("bridge", number, author="bea", reason="x")


def test_a_reason_is_needed_to_withdraw_a_claim(store: Store) -> None:
    with pytest.raises(RefusedError, match="reason"):
        store.write.withdraw_claim("bridge", 1, author="bea", reason=" ")


def test_a_superseded_claim_cannot_be_withdrawn_from_under_its_correction(store: Store) -> None:
    add(store, claim(count=7, supersedes=2))
    with pytest.raises(RefusedError, match=r"Claim 2 \(killed 5, by ombudsman\) is superseded by claim 4"):
        store.write.withdraw_claim("bridge", 2, author="bea", reason="x")
    first, second, third, fourth = documents(store)
    with pytest.raises(RefusedError, match="would delete claim 2"):
        store.write.edit("bridge", {"claims": [first, third, {**fourth, "supersedes": []}]}, author="bea", reason="x")
    with pytest.raises(DraftError, match="supersedes the label 'c2', but the incident has no such claim"):
        store.write.edit("bridge", {"claims": [first, third, fourth]}, author="bea", reason="x")
    assert {**second} == documents(store)[1]


def test_where_a_correction_is_withdrawn_what_it_corrected_counts_again(store: Store) -> None:
    add(store, claim(count=7, supersedes=2))
    revised = store.write.withdraw_claim("bridge", 4, author="bea", reason="a slip")
    assert revised.changes == ("claims: 1 removed", "claim 2 is used in figures again")
    assert figure(store) == (5, 5, 8)


def test_a_claim_that_others_add_to_is_withdrawn_after_them(store: Store) -> None:
    add(store, claim("released", 4, "daily"), claim("released", 3, "daily", adds=True))
    with pytest.raises(RefusedError, match="because a later claim adds to it"):
        store.write.withdraw_claim("bridge", 4, author="bea", reason="x")
    store.write.withdraw_claim("bridge", 5, author="bea", reason="x")
    store.write.withdraw_claim("bridge", 4, author="bea", reason="x")
    assert len(documents(store)) == 3


def test_withdrawing_a_pinned_claim_says_that_the_policy_chooses_again(store: Store) -> None:
    add(store, claim(count=9, source="daily", pinned={"en": "the list of names"}))
    assert figure(store) == (5, 9, 9)
    revised = store.write.withdraw_claim("bridge", 4, author="bea", reason="x")
    assert revised.changes == ("claims: 1 removed", "it was pinned; the policy now chooses the figure")


def test_withdrawing_a_claim_of_a_published_incident_sends_it_to_review(
    make_store: Callable[..., Store], made_up: Any
) -> None:
    strict = make_store("strict.gpkg", review="two-people")
    published = made_up.model_copy(
        update={"incidents": tuple(i.model_copy(update={"status": "draft"}) for i in made_up.incidents)}
    )
    strict.write.add(published, author="ana")
    strict.review.step("bridge", "submit", author="ana")
    strict.review.step("bridge", "approve", author="bea")
    revised = strict.write.withdraw_claim("bridge", 3, author="ana", reason="x")
    assert "status: published → in-review" in revised.changes
    with pytest.raises(RefusedError, match="ana"):  # who withdrew it wrote what is there now
        strict.review.step("bridge", "approve", author="ana")


def test_a_figure_of_at_least_thirty_is_found_by_its_least(store: Store) -> None:
    add(store, claim("injured", "30+"))
    assert figure(store, "injured") == (30, None, None)

    def found(minimum: int) -> int:
        return len(store.read.select(IncidentQuery(measure="injured", minimum=minimum), details=False))

    assert (found(30), found(31)) == (1, 0)
