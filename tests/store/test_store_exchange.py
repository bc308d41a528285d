"""Two files of ours exchanged by export and import: what one office writes is not lost in the other."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from fuzzing import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_examples import DOCUMENT, START, Counted, Ticking, units, zones
from unpacked import said_by

from willay.data.profiles import profile
from willay.events.exchange.incoming.willay import read_willay
from willay.events.exchange.outgoing import Registers, WritingOptions, write
from willay.events.frame.query import IncidentQuery
from willay.events.model.draftbase import REDACTED
from willay.events.model.drafts import Bundle, ClaimDraft, draft
from willay.events.model.errors import NotFoundError, RefusedError
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from willay.events.model.foreign import Batch, Outcome

SUMMARY = {"es": "Como se supo primero."}


@dataclass
class Office:
    """A copy of the database, and who writes in it."""

    name: str
    store: Store
    folder: Path

    def edit(self, code: str = "bridge", **changed: Any) -> None:
        self.store.write.edit(code, changed, author=self.name, reason="x")

    def claim(self, best: int, measure: str = "injured", source: str = "daily") -> None:
        said = ClaimDraft(measure=measure, group="police", best=best, low=best, high=best, source=source)
        self.store.write.add_claims("bridge", [said], author=self.name, reason="heard")

    def add(self, title: str, **more: Any) -> str:
        new = {"title": title, "type": "arrest", "days": "2012-05-28", **more}
        return self.store.write.add(draft(Bundle, {"incidents": [new]}), author=self.name).codes[0]

    def send(self, seen_by: str = "internal") -> Path:
        """Export everything, as `willay export x.ndjson` does."""
        path = self.folder / f"{self.name}-{len([*self.folder.iterdir()])}.ndjson"
        seen = profile(seen_by)
        registers = Registers.of(*self.store.registers.shown(seen))
        pages = self.store.read.pages(profile=seen, details=False, drafts=True)
        write(pages, path, "ndjson", WritingOptions(registers=registers))
        return path

    def receive(self, path: Path, change: Callable[[Batch], Batch] = lambda batch: batch) -> list[Outcome]:
        reading = read_willay(path)
        done = [
            outcome
            for batch in reading.batches
            for outcome in self.store.write.import_rows(
                change(batch), reading.terms, author=self.name, reason="from the other"
            )
        ]
        assert [one for one in done if one.ending == "quarantined"] == []
        return done

    def draft(self, code: str = "bridge") -> dict[str, Any]:
        return self.store.read.draft(code).draft.model_dump(mode="json", exclude_none=True)

    def state(self) -> dict[str, Any]:
        """Everything that is recorded of incidents, by id."""
        every = self.store.read.select(details=False, profile=None)["code"].tolist()
        stored = [self.store.read.draft(code) for code in every]
        return {one.id: (one.code, one.revision, one.draft) for one in stored}


class Marked(Counted):
    """Bytes that are the same in each run, and other ones in each office."""

    def __init__(self, mark: int) -> None:
        super().__init__()
        self.mark = mark

    def __call__(self, size: int) -> bytes:
        return super().__call__(size)[:-1] + bytes([self.mark])


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that all offices begin with a copy of."""
    path = tmp_path_factory.mktemp("first") / "first.gpkg"
    with Store.create(path, region_sets=[units(), zones()], clock=Ticking(), entropy=Counted()) as store:
        incidents = [
            {**one, "status": "draft", **({"summary": SUMMARY} if one.get("key") == "bridge" else {})}
            for one in DOCUMENT["incidents"]
        ]
        store.write.add(draft(Bundle, {**DOCUMENT, "incidents": incidents}), author="ana", reason="first entry")
    return path


@pytest.fixture
def offices(first: Path, tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """Lima and Jaen begin with copies of one file."""
    lima, jaen = copies(first, tmp_path, "Lima", "Jaen")
    yield lima, jaen
    for one in (lima, jaen):
        assert [problem for problem in one.store.file.check() if problem.severity == "error"] == []
        one.store.close()


def copies(first: Path, folder: Path, *names: str) -> list[Office]:
    made = []
    for number, name in enumerate(names, start=1):
        copy = shutil.copy(first, folder / f"{name}.gpkg")
        store = Store.open(copy, clock=Ticking(START + timedelta(days=1)), entropy=Marked(number))
        files = folder / name
        files.mkdir()
        made.append(Office(name, store, files))
    return made


def exchange(one: Office, other: Office) -> tuple[list[Outcome], list[Outcome]]:
    """Both export, then both import: what the other had before it knew of ours."""
    mine, theirs = one.send(), other.send()
    return one.receive(theirs), other.receive(mine)


def flags(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    return [(flag.field, flag.reason.split(".")[0].split(";")[0]) for one in outcomes for flag in one.flags]


def endings(outcomes: list[Outcome]) -> set[str]:
    return {one.ending for one in outcomes}


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


def without_history(batch: Batch) -> Batch:
    """As willay exported before: no digests, nothing of writers."""
    rows = [
        replace(row, identity=replace(row.identity, digests=(), seen=(), writers=(), redacted=()))
        for row in batch.rows
        if row.identity
    ]
    return replace(batch, rows=tuple(rows))


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


def test_nobody_approves_in_another_office_what_they_wrote(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    jaen.name = "Beto (Jaen)"
    code = jaen.add("Huelga")
    jaen.edit()
    jaen.edit(title={"es": "De Beto"})
    lima.receive(jaen.send())
    for one in (code, "bridge"):
        lima.store.review.step(one, "submit", author="Rosa")
        for name in ("Beto (Jaen)", "beto  (jaen)", "Lima"):
            with pytest.raises(RefusedError, match="nobody publishes their own draft"):
                lima.store.review.step(one, "approve", author=name)
        lima.store.review.step(one, "approve", author="Rosa")
    assert [problem for problem in lima.store.file.check() if problem.severity == "error"] == []


def test_a_mail_does_not_publish(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    jaen.store.review.set_rule("one-person", author="Beto", reason="alone")
    new = jaen.add("Sola", status="published")
    jaen.edit(status="published")
    outcomes = lima.receive(jaen.send())
    assert (lima.store.read.draft("bridge").status, lima.store.read.draft(new).status) == ("draft", "in-review")
    assert flags(outcomes).count(("status", "Published in the other file")) == 2
    assert endings(lima.receive(jaen.send())) == {"unchanged"}


def test_what_two_people_approved_there_enters_as_published(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    new = jaen.add("De dos")
    jaen.store.review.step(new, "submit", author="Jaen")
    jaen.store.review.step(new, "approve", author="Carla")
    lima.receive(jaen.send())
    assert lima.store.read.draft(new).status == "published"


def test_what_was_published_and_says_something_else_now_goes_back_to_review(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    lima.store.review.step("bridge", "submit", author="ana")
    lima.store.review.step("bridge", "approve", author="Rosa")
    jaen.claim(99)
    lima.receive(jaen.send())
    assert lima.store.read.draft("bridge").status == "in-review"


def test_what_one_retracted_stays_so_and_the_claim_of_the_other_is_kept(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    lima.store.write.retract("bridge", author="Lima", reason="it did not happen")
    jaen.claim(99)
    lima.receive(jaen.send())
    stored = lima.store.read.draft("bridge")
    assert (stored.status, len(stored.draft.claims)) == ("retracted", 4)


def test_protection_is_never_lowered_by_a_file(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    lima.edit(sensitivity="confidential", places=[{**lima.draft()["places"][0], "sensitivity": "restricted"}])
    exchange(lima, jaen)
    assert jaen.draft()["sensitivity"] == "confidential"
    jaen.edit(sensitivity=None, places=[{**jaen.draft()["places"][0], "sensitivity": None}])
    outcomes = lima.receive(jaen.send())
    assert (lima.draft()["sensitivity"], lima.draft()["places"][0]["sensitivity"]) == ("confidential", "restricted")
    jaen.edit(places=[{**jaen.draft()["places"][0], "name": "Otro nombre", "sensitivity": None}])
    lima.receive(jaen.send())
    assert {one.get("sensitivity") for one in lima.draft()["places"]} == {"restricted"}
    assert ("sensitivity", "The file has another value") in flags(outcomes)
    lima.edit(sensitivity=None)
    assert endings(lima.receive(jaen.send())) == {"unchanged"}
    assert "sensitivity" not in lima.draft()


def test_one_code_of_two_incidents_stays_the_first_ones_and_the_other_is_found_by_it(
    offices: tuple[Office, Office],
) -> None:
    lima, jaen = offices
    block, strike = lima.add("Bloqueo"), jaen.add("Huelga")
    assert block == strike == "PE-2012-0004"
    part = jaen.add("Parte de la huelga", part_of=strike)
    outcomes = lima.receive(jaen.send())
    assert lima.draft(block)["title"] == {"und": "Bloqueo"}
    here = next(
        one.code for one in outcomes if one.ending == "accepted" and "Huelga" in str(lima.draft(one.code or ""))
    )
    assert here not in {block, part}
    assert [flag.reason for one in outcomes for flag in one.flags if flag.field == "code"] == [
        f"It is {here} here: {strike} is another incident here."
    ]
    assert lima.draft(part)["part_of"] == here
    assert lima.store.read.draft(here).elsewhere == (strike,)
    jaen.receive(lima.send())
    jaen.edit(part, title={"es": "Otra parte"})
    for _ in range(2):
        exchange(lima, jaen)
    assert (
        lima.draft(block)["title"]
        == jaen.draft(jaen.store.read.called_elsewhere(block)[0])["title"]
        == {"und": "Bloqueo"}
    )
    assert (lima.draft(part)["part_of"], jaen.draft(part)["part_of"]) == (here, strike)
    assert lima.draft(part)["title"] == {"es": "Otra parte"}


def test_a_code_that_only_the_other_office_uses_is_answered_with_ours(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    lima.add("Bloqueo")
    for number in range(2):
        jaen.add(f"Huelga {number}")
    lima.receive(jaen.send())
    assert lima.store.read.called_elsewhere("PE-2012-0004") == ("PE-2012-0006",)
    lima.store.write.redact("PE-2012-0006", "title", author="Lima", reason="x", instead="Una huelga")
    with pytest.raises(NotFoundError, match="No incident with code or key 'PE-1999-0001'"):
        lima.store.read.draft("PE-1999-0001")


def test_a_source_that_is_another_one_there_is_told(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    jaen.store.registers.edit("source", "daily", {"publisher": "Another Daily"}, author="Jaen", reason="x")
    jaen.claim(99)
    outcomes = lima.receive(jaen.send())
    told = [flag.reason for one in outcomes for flag in one.flags if flag.field == "sources"]
    assert told == [
        "The source 'daily' of the database is different: it differs in publisher. Ours was retained. Compare the two."
    ]


def test_a_redacted_text_does_not_come_back_and_the_other_office_hears_of_it(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    text = SUMMARY["es"]
    lima.store.write.redact("bridge", "summary", author="Lima", reason="a minor", instead="Otra cosa.")
    jaen.claim(99)
    outcomes = lima.receive(jaen.send())
    assert lima.draft()["summary"] == {"es": "Otra cosa."}
    assert text.encode() not in said_by(lima.store.path)
    assert ("summary.es", "The file has a text that was redacted here") in flags(outcomes)
    outcomes = jaen.receive(lima.send())
    assert jaen.draft()["summary"] == {"es": "Otra cosa."}
    told = " ".join(flag.reason for one in outcomes for flag in one.flags)
    assert "redacted a text that is here still, in revision" in told
    number = jaen.store.read.history("bridge")[0].number
    assert f"willay redact PE-2012-0001 --field summary.es --revision {number} --reason WHY" in told
    jaen.store.write.redact("bridge", "summary.es", revisions=[number], author="Jaen", reason="as in Lima")
    assert text.encode() not in said_by(jaen.store.path)
    assert REDACTED not in str(jaen.draft())


def test_only_those_who_may_see_everything_get_digests_and_writers(offices: tuple[Office, Office]) -> None:
    lima, _ = offices
    whole, public = (lima.send(name).read_text("utf-8") for name in ("internal", "public"))
    assert '"digests"' in whole
    assert '"writers":["ana"]' in whole
    for word in ('"digests"', '"writers"', '"seen"', '"ana"'):
        assert word not in public


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


@pytest.mark.parametrize("part_of", [["PE-2012-0001"], 7, {}])
def test_a_part_of_nothing_readable_is_quarantined(offices: tuple[Office, Office], part_of: Any) -> None:
    lima, jaen = offices
    jaen.claim(99)
    reading = read_willay(jaen.send())
    (batch,) = reading.batches
    rows = tuple(replace(row, draft={**(row.draft or {}), "part_of": part_of}) for row in batch.rows)
    outcomes = lima.store.write.import_rows(replace(batch, rows=rows), reading.terms, author="Lima")
    assert endings(outcomes) == {"quarantined"}


def test_a_file_of_the_past_tells_the_digests_of_then_to_who_may_see_everything(offices: tuple[Office, Office]) -> None:
    lima, _ = offices
    lima.edit(summary={"es": "Uno"})
    then = lima.store.read.history("bridge")
    lima.edit(summary={"es": "Dos"})
    asked = IncidentQuery(as_of=then[-1].recorded_at)
    (page,) = lima.store.read.pages(asked, profile="internal", drafts=True)
    told = {one["code"]: one for one in map(json.loads, page.of("draft"))}["PE-2012-0001"]
    assert told["digests"] == [row.digest for row in then]
    (page,) = lima.store.read.pages(replace(asked, statuses=("published", "draft")), profile="public", drafts=True)
    assert not any("digests" in text for text in page.of("draft"))
