from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from willay.events.model.corrections import superseded
from willay.events.model.drafts import ClaimDraft, IncidentDraft, draft
from willay.events.model.errors import DraftError


def claim(count: object = 3, **rest: Any) -> dict[str, Any]:
    return {"measure": "killed", "count": count, "source": "paper", **rest}


def incident(*claims: dict[str, Any]) -> IncidentDraft:
    return draft(IncidentDraft, {"title": "t", "type": "protest", "claims": list(claims)})


def links(made: IncidentDraft) -> list[tuple[str | None, tuple[object, ...]]]:
    return [(each.label, each.supersedes) for each in made.claims]


def test_a_claim_named_by_its_number_gets_a_label_and_the_later_one_names_that() -> None:
    assert links(incident(claim(), claim(4, supersedes=1))) == [("c1", ()), (None, ("c1",))]
    assert links(incident(claim(), claim(), claim(4, supersedes=["2", 1]))) == [
        ("c1", ()), ("c2", ()), (None, ("c2", "c1")),
    ]  # fmt: skip


def test_a_label_that_is_taken_is_not_given_again() -> None:
    made = links(incident(claim(label="c2"), claim(4), claim(5, supersedes=2)))
    assert made == [("c2", ()), ("c5", ()), (None, ("c5",))]


def test_a_reference_holds_when_claims_are_edited_moved_and_withdrawn() -> None:
    made = incident(claim(7), claim(3, group="police"), claim(4, group="police", supersedes=2))
    document = made.model_dump(mode="json", exclude_none=True)
    first, second, third = document["claims"]
    changed = incident(third, {**second, "low": 30, "best": 30, "high": 30})
    assert superseded(changed.claims) == {1: 0}
    assert first not in changed.model_dump(mode="json", exclude_none=True)["claims"]


def test_a_document_without_references_has_none_of_their_fields() -> None:
    made = incident(claim(adds=False), claim(4, supersedes=[]))
    document = made.model_dump(mode="json", exclude_none=True)
    assert [{"label", "adds"} & each.keys() for each in document["claims"]] == [set(), set()]


@pytest.mark.parametrize(
    ("claims", "fault"),
    [
        (
            [claim(), claim(4, supersedes=3)],
            "Claim 2 supersedes claim 3, but the incident has no such claim; it has 2",
        ),
        ([claim(), claim(4, supersedes=0)], "Claim 2 supersedes claim 0, but the incident has no such claim"),
        (
            [claim(), claim(4, supersedes="c9")],
            "Claim 2 supersedes the label 'c9', but the incident has no such claim",
        ),
        ([claim(), claim(4, supersedes=2)], "Claim 2 supersedes itself. Give the number of the earlier claim"),
        ([claim(supersedes=2), claim(4, supersedes=1)], "Claims 1 and 2 supersede each other"),
        (
            [claim(supersedes=3), claim(4, supersedes=1), claim(5, supersedes=2)],
            "Claims 1 and 3 supersede each other",
        ),
        (
            [claim(source="radio"), claim(4, supersedes=1)],
            "Claim 2 is by paper and cannot supersede claim 1, which is by radio",
        ),
        (
            [claim(source="radio", attributed_to="Mayor"), claim(4, attributed_to="Minister", supersedes=1)],
            "Claim 2 is by Minister in paper and cannot supersede claim 1, which is by Mayor in radio",
        ),
        ([claim(measure="injured"), claim(4, supersedes=1)], "counts 'killed' and cannot supersede claim 1"),
        ([claim(), claim(4, supersedes="first")], "'first' does not identify a claim. Give its number"),
        ([claim(), claim(4, supersedes=True)], "'True' does not identify a claim"),
        ([claim(label="juan"), claim()], "'juan' is not a valid label of a claim"),
        ([claim(label="c1"), claim(label="c1")], "Claims 1 and 2 have the same label, 'c1'"),
        (
            [claim(adds=True)],
            r"Claim 1 \(killed 3, all\) is marked as adding to an earlier count by paper, but there is no earlier",
        ),
        (
            [claim(scope="in town"), claim(2, adds=True)],
            r"Claim 2 \(killed 2, all\) is marked as adding to an earlier count by paper",
        ),
        ([claim(), claim(2, group="police", adds=True)], r"Claim 2 \(killed 2, police\) is marked as adding to"),
    ],
)
def test_a_reference_that_cannot_hold_is_refused_with_the_claims_it_is_about(
    claims: list[dict[str, Any]], fault: str
) -> None:
    with pytest.raises(DraftError, match=fault):
        incident(*claims)


def test_one_body_may_correct_in_one_paper_what_another_quoted() -> None:
    first = claim(19, source="radio", attributed_to="Joint Command", stated_on="2008-10-10")
    later = claim(2, group="civilians", attributed_to="JOINT command", supersedes=1)
    assert superseded(incident(first, later).claims) == {0: 1}


@given(st.lists(st.tuples(st.integers(0, 99), st.lists(st.integers(1, 6), max_size=2)), min_size=1, max_size=6))
def test_what_is_accepted_reads_back_as_it_is_and_what_is_not_is_told(drawn: list[tuple[int, list[int]]]) -> None:
    try:
        made = incident(*(claim(number, supersedes=names) for number, names in drawn))
    except DraftError:
        return
    document = made.model_dump(mode="json", exclude_none=True)
    assert incident(*document["claims"]).claims == made.claims
    gone = superseded(made.claims)
    # By hand: a claim is superseded if any other names its number.
    assert set(gone) == {number - 1 for _, names in drawn for number in names}
    assert len(gone) < len(drawn)  # without a circle somebody's word stands


def test_a_claim_by_itself_may_carry_a_number_until_it_is_in_a_list() -> None:
    assert draft(ClaimDraft, claim(supersedes=7)).supersedes == (7,)


def test_the_example_of_the_documentation_holds() -> None:
    text = (Path(__file__).parents[2] / "docs" / "en" / "reference" / "drafts.md").read_text("utf-8")
    (block,) = [part for part in re.findall(r"```yaml\n(.+?)```", text, re.DOTALL) if "adds: true" in part]
    claims = yaml.safe_load(block)["claims"]
    assert superseded(incident(*claims).claims) == {0: 1}
