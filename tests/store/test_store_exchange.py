"""Two files of ours exchanged by export and import: what one office writes is not lost in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fuzzing import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offices import Office, copies, endings, exchange, flags, without_history

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_both_keep_their_own_text_and_get_each_others_claims(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    lima.edit(summary={"es": "Resumen de Lima"})
    lima.claim(7)
    jaen.claim(99)
    jaen.edit(summary={"es": "Resumen de Jaén"})
    to_lima, to_jaen = exchange(lima, jaen)
    for office, text in ((lima, "Resumen de Lima"), (jaen, "Resumen de Jaén")):
        assert office.draft()["summary"] == {"es": text}
        injured = {claim["best"] for claim in office.draft()["claims"] if claim["measure"] == "injured"}
        # One source, one measure, one group: two numbers of it are one claim that differs, and ours stays.
        assert injured == ({7} if office is lima else {99})
    kept = ("The file has another value", "summary")
    assert {kept[1], "claims"} == {field for field, reason in flags(to_lima) if reason == kept[0]}
    assert {kept[1], "claims"} == {field for field, reason in flags(to_jaen) if reason == kept[0]}


def test_a_second_round_changes_nothing(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    lima.edit(summary={"es": "Resumen de Lima"})
    lima.claim(7, "killed")
    jaen.claim(99)
    jaen.edit(summary={"es": "Resumen de Jaén"}, tags=["oil"])
    lima.add("Bloqueo")
    jaen.add("Huelga")
    exchange(lima, jaen)
    assert len(lima.draft()["claims"]) == len(jaen.draft()["claims"]) == 5
    for _ in range(3):
        before = (lima.state(), lima.store.read.count(), jaen.state(), jaen.store.read.count())
        for outcomes in exchange(lima, jaen):
            assert endings(outcomes) == {"unchanged"}
            assert flags(outcomes) == []
        assert (lima.state(), lima.store.read.count(), jaen.state(), jaen.store.read.count()) == before


def test_what_only_one_side_changed_is_taken_over_and_told(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    lima.edit(title={"es": "Otro título", "en": "Another title"}, days="2012-04-10", type="protest")
    jaen.edit(tags=["gas", "oil"], confidence="high")
    to_lima, to_jaen = exchange(lima, jaen)
    assert {name: lima.draft()[name] for name in ("title", "days", "type", "tags", "confidence")} == {
        "title": {"es": "Otro título", "en": "Another title"}, "days": "2012-04-10", "type": "protest",
        "tags": ["gas", "oil"], "confidence": "high",
    }  # fmt: skip
    assert lima.draft() == jaen.draft()
    taken, added = "Taken from the file", "Added from the file"
    assert sorted(flags(to_lima)) == [("confidence", taken), ("tags", added)]
    assert sorted(flags(to_jaen)) == [("days", taken), ("title", taken), ("title", taken), ("type", taken)]
    assert [(row.action, row.author) for row in lima.store.read.history("bridge")][-1] == ("import", "Lima")


def test_what_one_took_away_is_gone_in_both_unless_the_other_changed_it(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    claims = lima.draft()["claims"]
    lima.edit(notes=[])
    for number in range(len(claims), 1, -1):
        lima.store.write.withdraw_claim("bridge", number, author="Lima", reason="x")
    changed = [{**one, "best": 6, "low": 6, "high": 6} if one["best"] == 5 else one for one in claims]
    jaen.edit(claims=changed)
    exchange(lima, jaen)
    exchange(lima, jaen)
    for office in offices:
        assert [(one["measure"], one["best"]) for one in office.draft()["claims"]] == [("abducted", 36), ("killed", 6)]
        assert not office.draft()["notes"]


def test_a_later_change_reaches_the_other_although_both_had_changed_before(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    lima.edit(title={"es": "De Lima"})
    jaen.edit(tags=["oil"])
    exchange(lima, jaen)
    jaen.receive(lima.send())
    jaen.edit(title={"es": "De Jaén, después"})
    lima.receive(jaen.send())
    assert lima.draft()["title"] == {"es": "De Jaén, después"}
    jaen.receive(lima.send())
    lima.edit(title={"es": "De Lima"})
    jaen.receive(lima.send())
    assert jaen.draft()["title"] == {"es": "De Lima"}


def test_an_office_with_old_news_undoes_nothing(first: Path, tmp_path: Path) -> None:
    lima, jaen, cusco = copies(first, tmp_path, "Lima", "Jaen", "Cusco")
    jaen.edit(title={"es": "Corregido"})
    lima.receive(jaen.send())
    cusco.claim(4)
    lima.receive(cusco.send())
    assert lima.draft()["title"] == {"es": "Corregido"}
    assert {claim["best"] for claim in lima.draft()["claims"]} >= {4}
    for one in (lima, jaen, cusco):
        one.store.close()


def test_without_a_common_ancestor_ours_stays_lists_are_united_and_every_difference_is_told(
    offices: tuple[Office, Office],
) -> None:
    lima, jaen = offices
    jaen.edit(title={"es": "De Jaén"}, days="2012-04-11", summary=None, tags=["oil"], notes=[{"es": "Una nota."}])
    jaen.claim(99)
    before = lima.draft()
    outcomes = lima.receive(jaen.send(), without_history)
    after = lima.draft()
    assert {name: after[name] for name in ("title", "days", "summary")} == {
        name: before[name] for name in ("title", "days", "summary")
    }
    assert after["claims"] == [*before["claims"], *jaen.draft()["claims"][-1:]]
    assert (after["tags"], after["notes"]) == (
        ["gas", "oil"],
        [{"en": "The days differ by source."}, {"es": "Una nota."}],
    )
    kept, added = "The file has another value", "Added from the file"
    assert set(flags(outcomes)) == {
        ("title", kept), ("days", kept), ("summary", kept), ("claims", added), ("tags", added), ("notes", added),
    }  # fmt: skip
    again = lima.receive(jaen.send(), without_history)
    assert endings(again) == {"unchanged"}


CLAIMS = st.tuples(
    st.sampled_from(["killed", "injured", "detained"]), st.sampled_from(["daily", "ombudsman"]), st.integers(1, 3)
)

STEPS = st.lists(
    st.one_of(
        CLAIMS,
        st.tuples(st.just("title"), st.sampled_from(["A", "B"])),
        st.tuples(st.just("days"), st.sampled_from(["2012-04-09", "2012-04"])),
        st.tuples(st.just("tags"), st.lists(st.sampled_from(["gas", "oil", "tin"]), unique=True)),
        st.tuples(st.just("confidence"), st.sampled_from([None, "low"])),
        st.tuples(st.just("summary"), st.sampled_from([None, "Corto."])),
    ),
    max_size=4,
)  # fmt: skip


def take_steps(office: Office, steps: list[Any]) -> None:
    for step in steps:
        if len(step) == 3:
            measure, source, best = step
            office.claim(best, measure, source)
        else:
            office.edit(**{step[0]: step[1]})


def keyed(claims: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    names = ("measure", "group", "source", "attributed_to", "stated_on")
    return {tuple(one.get(name) for name in names) for one in claims}


@settings(max_examples=examples(6), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ours=STEPS, theirs=STEPS, with_history=st.booleans())
def test_after_an_exchange_no_claim_is_lost_and_no_field_changed_untold(
    ours: list[Any],
    theirs: list[Any],
    with_history: bool,  # noqa: FBT001 — drawn
    first: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    lima, jaen = copies(first, tmp_path_factory.mktemp("offices"), "Lima", "Jaen")
    for one in (lima, jaen):
        one.store.review.set_rule("one-person", author=one.name, reason="alone")
    take_steps(lima, ours)
    take_steps(jaen, theirs)
    change = (lambda batch: batch) if with_history else without_history
    for _ in range(2):
        drafts = {one.name: one.draft() for one in (lima, jaen)}
        files = {lima.name: jaen.send(), jaen.name: lima.send()}
        for one in (lima, jaen):
            told = {flag.field for outcome in one.receive(files[one.name], change) for flag in outcome.flags}
            now, before = one.draft(), drafts[one.name]
            changed = {name for name in {*now, *before} if now.get(name) != before.get(name)} - {"date_precision"}
            assert changed <= told
    every = keyed(drafts["Lima"]["claims"]) | keyed(drafts["Jaen"]["claims"])
    assert keyed(lima.draft()["claims"]) == keyed(jaen.draft()["claims"]) == every
    states = (lima.state(), jaen.state())
    for outcomes in exchange(lima, jaen) if with_history else ():
        assert endings(outcomes) == {"unchanged"}
    assert (lima.state(), jaen.state()) == states
    for one in (lima, jaen):
        assert [problem for problem in one.store.file.check() if problem.severity == "error"] == []
        one.store.close()
