from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from willay.events.model.drafts import Bundle, draft
from willay.events.model.errors import ConflictError, DraftError, NotFoundError, RefusedError
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = {"key": "press-1", "kind": "press", "publisher": "The Daily"}
INCIDENT = {
    "key": "clash",
    "title": {"en": "A clash"},
    "type": "armed-clash",
    "days": "2012-03-04",
    "claims": [{"measure": "killed", "best": 2, "source": "press-1"}],
}


def bundle(**changed: Any) -> Bundle:
    return draft(Bundle, {"sources": [SOURCE], "incidents": [{**INCIDENT, **changed}]})


@pytest.fixture
def reviewed(make_store: Callable[..., Store]) -> Store:
    store = make_store(review="two-people")
    store.write.add(bundle(), author="Ana Q.")
    return store


def status(store: Store) -> str:
    return store.read.draft("clash").status


def publish(store: Store, by: str = "Luz") -> None:
    store.review.step("clash", "submit", author="Ana Q.")
    store.review.step("clash", "approve", author=by)


def test_the_way_from_draft_to_publication_is_recorded_step_by_step(reviewed: Store) -> None:
    reviewed.review.step("clash", "submit", author="Ana Q.", assign_to="Luz")
    reviewed.review.step("clash", "return", author="Luz", comment="which source?")
    reviewed.review.step("clash", "submit", author="Ana Q.")
    reviewed.review.step("clash", "approve", author="Luz", comment="fine now")
    rows = reviewed.read.history("clash")
    assert [(row.author, row.action, row.reason) for row in rows[1:]] == [
        ("Ana Q.", "submit", ""),
        ("Luz", "return", "which source?"),
        ("Ana Q.", "submit", ""),
        ("Luz", "approve", "fine now"),
    ]
    assert (status(reviewed), reviewed.read.draft("clash").draft.assigned_to) == ("published", None)
    assert reviewed.file.check() == ()


@pytest.mark.parametrize("name", ["Ana Q.", "ana  q."])
def test_nobody_approves_their_own_draft(reviewed: Store, name: str) -> None:
    reviewed.review.step("clash", "submit", author="Ana Q.")
    with pytest.raises(RefusedError, match="nobody publishes their own draft"):
        reviewed.review.step("clash", "approve", author=name)
    assert status(reviewed) == "in-review"


def test_nor_what_they_edited_since_or_by_setting_the_status(reviewed: Store) -> None:
    reviewed.write.edit("clash", {"days": "2012-03-05"}, author="Luz", reason="a day later")
    reviewed.review.step("clash", "submit", author="Ana Q.")
    with pytest.raises(RefusedError, match="nobody publishes their own draft"):
        reviewed.review.step("clash", "approve", author="Luz")
    with pytest.raises(RefusedError, match="nobody publishes their own draft"):
        reviewed.write.edit("clash", {"status": "published"}, author="Luz", reason="quick")
    reviewed.review.step("clash", "approve", author="Rosa")
    assert status(reviewed) == "published"


def test_nobody_writes_and_publishes_in_one_edit(reviewed: Store) -> None:
    reviewed.review.step("clash", "submit", author="Ana Q.")
    reviewed.write.edit("clash", {"status": "published", "days": "2012-03-06"}, author="Luz", reason="another day")
    assert status(reviewed) == "in-review"
    reviewed.write.edit("clash", {"status": "published"}, author="Rosa", reason="both are right")
    assert status(reviewed) == "published"
    assert reviewed.file.check() == ()


def test_nothing_enters_as_published(make_store: Callable[..., Store]) -> None:
    store = make_store(review="two-people")
    with pytest.raises(DraftError, match="a second person must approve it"):
        store.write.add(bundle(status="published"), author="Ana Q.")


def test_a_published_incident_that_is_changed_goes_back_to_review(reviewed: Store) -> None:
    publish(reviewed)
    reviewed.write.edit("clash", {"days": "2012-03-05"}, author="Luz", reason="a day later")
    assert status(reviewed) == "in-review"
    reviewed.review.step("clash", "approve", author="Ana Q.")
    assert status(reviewed) == "published"


def test_with_one_person_a_database_is_kept_without_a_second(make_store: Callable[..., Store]) -> None:
    store = make_store(review="one-person")
    store.write.add(bundle(status="published"), author="Ana Q.")
    store.write.edit("clash", {"days": "2012-03-05"}, author="Ana Q.", reason="a day later")
    assert status(store) == "published"


def test_check_tells_who_approved_their_own_while_the_rule_was_off(reviewed: Store) -> None:
    reviewed.review.set_rule("one-person", author="Ana Q.", reason="alone in the office")
    publish(reviewed, by="ana  q.")
    assert reviewed.file.check() == ()
    reviewed.review.set_rule("two-people", author="Ana Q.", reason="Luz is back")
    (problem,) = reviewed.file.check()
    assert (problem.severity, problem.where) == ("note", "PE-2012-0001")
    assert "ana q. published what ana q. wrote, while the rule was one-person" in " ".join(
        problem.message.casefold().split()
    )


def test_check_has_nothing_to_tell_of_two_people(reviewed: Store) -> None:
    publish(reviewed)
    reviewed.write.edit("clash", {"days": "2012-03-05"}, author="Luz", reason="a day later")
    reviewed.review.step("clash", "approve", author="Ana Q.")
    assert reviewed.file.check() == ()


def test_the_rule_is_changed_on_the_record(reviewed: Store) -> None:
    reviewed.review.set_rule("one-person", author="Luz", reason="alone in the office")
    reviewed.review.set_rule("two-people", author="Luz", reason="Ana is back")
    assert reviewed.review.rule == "two-people"
    assert reviewed.file.check() == ()
    path = reviewed.path
    reviewed.close()
    with Store.open(path) as again:
        assert again.review.rule == "two-people"


@pytest.mark.parametrize(
    ("step", "error", "message"),
    [
        ("approve", ConflictError, r"is 'draft'; 'approve' needs 'in-review'. From 'draft' one can: submit"),
        ("accept", ConflictError, "'accept' needs 'lead'"),
    ],
)
def test_a_step_from_elsewhere_is_refused(reviewed: Store, step: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        reviewed.review.step("clash", step, author="Luz")


def test_returning_needs_a_comment(reviewed: Store) -> None:
    reviewed.review.step("clash", "submit", author="Ana Q.")
    with pytest.raises(RefusedError, match='comment="TEXT"'):
        reviewed.review.step("clash", "return", author="Luz", comment=" ")


def test_the_queue_has_the_longest_waiting_first_and_can_be_narrowed(reviewed: Store) -> None:
    reviewed.write.add(draft(Bundle, {"incidents": [{**INCIDENT, "key": "later"}]}), author="Ana Q.")
    reviewed.review.assign("clash", "Luz", author="Rosa", comment="you know the place")
    queue = reviewed.review.queue()
    assert [(one.code, one.author, one.action) for one in queue] == [
        ("PE-2012-0002", "Ana Q.", "add"),
        ("PE-2012-0001", "Rosa", "assign"),
    ]
    assert [one.code for one in reviewed.review.queue(assigned_to="Luz")] == ["PE-2012-0001"]
    publish(reviewed)
    assert [one.code for one in reviewed.review.queue()] == ["PE-2012-0002"]


def test_a_revision_is_brought_back_as_a_new_one(reviewed: Store) -> None:
    number = reviewed.read.history("clash")[0].number
    reviewed.write.edit("clash", {"days": "2013-01-01"}, author="Luz", reason="wrong")
    reviewed.write.revert("clash", number, author="Ana Q.", reason="it was right")
    assert reviewed.read.draft("clash").draft.days == "2012-03-04"
    assert [row.action for row in reviewed.read.history("clash")] == ["add", "edit", "revert"]
    assert reviewed.file.check() == ()
    with pytest.raises(NotFoundError, match="has no revision 999"):
        reviewed.write.revert("clash", 999, author="Ana Q.", reason="x")


def test_reverting_to_a_published_state_does_not_publish(reviewed: Store) -> None:
    publish(reviewed)
    number = reviewed.read.history("clash")[-1].number
    reviewed.write.edit("clash", {"days": "2013-01-01"}, author="Luz", reason="wrong")
    reviewed.write.revert("clash", number, author="Luz", reason="it was right")
    assert status(reviewed) == "in-review"


def test_two_revisions_are_compared_in_words(reviewed: Store) -> None:
    first = reviewed.read.history("clash")[0].number
    reviewed.write.edit("clash", {"days": "2013-01-01"}, author="Luz", reason="x")
    reviewed.write.withdraw_claim("clash", 1, author="Luz", reason="y")
    told = reviewed.read.diff("clash")
    assert [str(one) for one in told.differences] == ["claim removed: killed: 2, by press-1"]
    whole = reviewed.read.diff("clash", first)
    assert [str(one) for one in whole.differences] == [
        "claim removed: killed: 2, by press-1",
        "days: 2012-03-04 → 2013-01-01",
    ]
    assert (told.before, whole.before, whole.after) == (first + 1, first, first + 2)


def test_an_incident_with_one_revision_has_nothing_to_compare(reviewed: Store) -> None:
    with pytest.raises(NotFoundError, match="nothing to compare"):
        reviewed.read.diff("clash")


def waiting_for(store: Store) -> str | None:
    return store.review.queue()[0].assigned_to


def test_what_is_returned_goes_back_to_who_wrote_it_last(reviewed: Store) -> None:
    reviewed.write.edit("clash", {"title": {"en": "A clash at noon"}}, author="Ben", reason="radio")
    reviewed.review.step("clash", "submit", author="Ben", assign_to="Luz")
    assert waiting_for(reviewed) == "Luz"
    reviewed.review.step("clash", "return", author="Luz", comment="which source?")
    assert waiting_for(reviewed) == "Ben"


def test_what_its_reviewer_edited_goes_back_to_the_writer_before(reviewed: Store) -> None:
    reviewed.review.step("clash", "submit", author="Ana Q.", assign_to="Luz")
    reviewed.write.edit("clash", {"title": {"en": "A clash at noon"}}, author="luz", reason="spelling")
    reviewed.review.step("clash", "return", author="Luz", comment="which source?")
    assert waiting_for(reviewed) == "Ana Q."


def test_what_is_returned_to_somebody_by_name_goes_to_them(reviewed: Store) -> None:
    reviewed.review.step("clash", "submit", author="Ana Q.", assign_to="Luz")
    reviewed.review.step("clash", "return", author="Luz", comment="which source?", assign_to="Eva")
    assert waiting_for(reviewed) == "Eva"


def test_what_only_its_reviewer_wrote_stays_where_it_is(make_store: Callable[..., Store]) -> None:
    store = make_store(review="one-person")
    store.write.add(bundle(), author="Luz")
    store.review.step("clash", "submit", author="Luz", assign_to="Luz")
    store.review.step("clash", "return", author="Luz", comment="later")
    assert waiting_for(store) == "Luz"


def test_a_step_of_several_incidents_is_taken_by_all_or_by_none(reviewed: Store) -> None:
    reviewed.review.step("clash", "submit", author="Ana Q.")
    with pytest.raises(NotFoundError, match="NOSUCH"):
        reviewed.review.step_together(["clash", "NOSUCH"], "approve", author="Luz")
    assert status(reviewed) == "in-review"
