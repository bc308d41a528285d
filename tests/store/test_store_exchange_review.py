"""Two files of ours exchanged: what needs a second person, protection and redaction, and who sees the history."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from offices import SUMMARY, Office, endings, exchange, flags
from unpacked import said_by

from willay.events.frame.query import IncidentQuery
from willay.events.model.draftbase import REDACTED
from willay.events.model.errors import RefusedError


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
