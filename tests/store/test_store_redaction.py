"""Redaction, on the bytes of the file: the text is gone, and the record still proves itself."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from redacted import CHILD, INCIDENT, LATER, SOURCE, document_of, errors, in_file, states_with_the_name, tamper
from store_examples import Ticking, survey

from willay.data.profiles import profile
from willay.events.frame.query import IncidentQuery
from willay.events.model.draftbase import REDACTED
from willay.events.model.drafts import Bundle, draft
from willay.events.model.errors import DatabaseError, DraftError, NotFoundError, RefusedError
from willay.events.model.foreign import DatasetTerms
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def store(make_store: Callable[..., Store]) -> Store:
    made = make_store(review="two-people")
    made.write.add(draft(Bundle, {"sources": [SOURCE], "incidents": [INCIDENT]}), author="ana", reason="first entry")
    return made


FIELDS = {
    "summary.es": {"instead": "Una menor fue herida."},
    "claims[0].note": {"instead": ""},
    "notes[1]": {"instead": "Avisar a la familia."},
    "tags[0]": {"instead": ""},
    "places[0].name": {"instead": "A house"},
}


def test_a_name_is_out_of_the_file_once_it_is_redacted_everywhere(store: Store) -> None:
    store.write.edit("harm", {"confidence": "low"}, author="ana", reason="x")
    assert in_file(store.path)
    for field, more in FIELDS.items():
        with pytest.raises(RefusedError, match=r"still has the text, in .*instead=\"TEXT\""):
            store.write.redact("harm", field, author="ana", reason="a minor")
        store.write.redact("harm", field, author="ana", reason="a minor", **more)
    for field, instead in (("title", "An interview"), ("note", "")):
        store.write.redact("s", field, kind="source", author="ana", reason="a minor", instead=instead)
    assert in_file(store.path) == [], "while the file is open"
    assert store.file.check() == ()
    store.close()
    assert in_file(store.path) == []
    with Store.open(store.path) as again:
        assert again.file.check() == ()
        assert again.read.draft("harm").draft.summary == {"es": "Una menor fue herida.", "en": "A girl was hurt."}


def test_all_states_that_have_the_text_are_redacted_and_keep_digest_and_seal(edited: Store) -> None:
    first, *later = states_with_the_name(edited)
    before = {row.number: row.digest for row in edited.read.history("harm")}
    done = edited.write.redact("harm", "summary.es", revisions=[first], author="luz", reason="the name of a minor")
    assert done.erased == ((first, "summary.es"), *((number, "summary.es") for number in later))
    assert done.edited is None
    after = {row.number: row.digest for row in edited.read.history("harm")}
    assert {number: after[number] for number in before} == before
    assert document_of(edited.path, first)["draft"]["summary"] == {"es": REDACTED, "en": "A girl was hurt."}
    last = edited.read.history("harm")[-1]
    assert (last.author, last.action, last.reason) == ("luz", "redact", "the name of a minor")
    assert last.changes == tuple(f"summary.es of revision {number} redacted" for number in (first, *later))
    assert edited.file.check() == ()
    assert in_file(edited.path) == []


def test_every_way_of_looking_back_shows_the_mark_and_none_fails(edited: Store) -> None:
    before = edited.read.history("harm")[0].recorded_at
    first, *_ = states_with_the_name(edited)
    edited.write.redact("harm", "summary.es", revisions=[first], author="luz", reason="a minor")
    assert edited.read.draft("harm", as_of=before).draft.summary == {"es": REDACTED, "en": "A girl was hurt."}
    then = edited.read.select(IncidentQuery(as_of=before), lang="es", profile=None).iloc[0]
    assert (then["summary"], then["place_name"]) == (REDACTED, REDACTED)
    (page,) = edited.read.pages(IncidentQuery(as_of=before), drafts=True, profile=profile("internal"))
    assert json.loads(page.of("draft")[0])["draft"]["notes"] == [{"es": "Sin duda."}, {"es": REDACTED}]
    (public,) = edited.read.pages(
        IncidentQuery(as_of=before, statuses=("draft",)), drafts=True, profile=profile("public")
    )
    assert REDACTED in public.of("draft")[0]
    told = [str(one) for one in edited.read.diff("harm", first, edited.read.draft("harm").revision, "es").differences]
    assert f"summary (es): {REDACTED} → Una menor fue herida." in told
    assert edited.registers.sources(as_of=before)[0].title == REDACTED
    edited.write.revert("harm", first, author="ana", reason="back")
    assert edited.read.draft("harm").draft.summary == {"es": REDACTED, "en": "A girl was hurt."}
    assert edited.file.check() == ()


def test_a_reason_is_redacted_too(edited: Store) -> None:
    edited.write.redact(
        "harm", "summary.es", revisions=[edited.read.history("harm")[0].number], author="luz", reason="a minor"
    )
    edited.review.assign("harm", "luz", author="ana", comment=f"ask {CHILD}")
    number = edited.read.history("harm")[-1].number
    assert in_file(edited.path)
    with pytest.raises(RefusedError, match="A reason belongs to one revision"):
        edited.write.redact("harm", "reason", author="luz", reason="a minor")
    edited.write.redact("harm", "reason", revisions=[number], author="luz", reason="a minor")
    assert in_file(edited.path) == []
    assert [row.reason for row in edited.read.history("harm") if row.number == number] == [REDACTED]
    assert edited.file.check() == ()
    edited.close()
    change = "(SELECT change FROM revision WHERE number = ?)"
    tamper(edited.path, f"UPDATE change SET reason = 'another' WHERE number = {change}", (number,))  # noqa: S608 — ours
    assert "who made it, when, why" in " ".join(errors(edited.path))


def test_deleted_values_of_before_go_from_the_free_pages_as_well(edited: Store) -> None:
    first, *_ = states_with_the_name(edited)
    edited.write.redact("harm", "summary.es", revisions=[first], author="luz", reason="a minor")
    edited.close()
    with closing(sqlite3.connect(edited.path)) as file:
        file.execute("PRAGMA secure_delete = OFF").fetchone()
        file.execute("CREATE TABLE old (a)")
        file.executemany("INSERT INTO old VALUES (?)", [(f"{CHILD} {n}",) for n in range(500)])
        file.execute("DROP TABLE old")
        file.commit()
    assert in_file(edited.path)
    with Store.open(edited.path, clock=Ticking(LATER + timedelta(days=1))) as again:
        done = again.write.redact("harm", "summary.es", revisions=[first], author="luz", reason="a minor")
        assert done.erased == ()
        assert in_file(edited.path) == []
        assert again.file.check() == ()


def test_while_another_program_reads_the_file_it_says_that_the_log_still_has_the_text(edited: Store) -> None:
    first, *_ = states_with_the_name(edited)
    edited.review.assign("harm", "luz", author="ana")  # from the first change on, there is a log beside the file
    with edited._session.reading() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(edited.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM revision").fetchone()
        with pytest.raises(DatabaseError, match=r"its log file still contains what was deleted\. Close"):
            edited.write.redact("harm", "summary.es", revisions=[first], author="luz", reason="a minor")
        assert document_of(edited.path, first)["draft"]["summary"]["es"] == REDACTED
        reader.execute("ROLLBACK")
    edited.write.redact("harm", "summary.es", revisions=[first], author="luz", reason="a minor")
    assert in_file(edited.path) == []


def test_what_must_not_be_redacted_is_refused_and_nothing_changes(store: Store) -> None:
    for summary in ("Otra.", "Y otra."):
        store.write.edit("harm", {"summary": {"es": summary, "en": "A girl was hurt."}}, author="ana", reason="x")
    before = store.read.count()
    number = store.read.history("harm")[0].number
    refused: list[tuple[dict[str, Any], type[Exception], str]] = [
        ({"field": "type"}, RefusedError, "a code, a key, a day or a number"),
        ({"field": "sumary"}, NotFoundError, "Unknown field 'sumary'. Fields with text: "),
        ({"field": "summary.es"}, RefusedError, "had 3 values, since the revisions .* .now.* --revision NUMBER"),
        ({"field": "summary.es", "revisions": [999]}, NotFoundError, "has no revision 999. It has: "),
        ({"field": "summary.es", "revisions": [number], "reason": f"about {CHILD} fue herida."}, RefusedError,
         "repeats the text that is to go"),
        ({"field": "summary.es", "revisions": [number], "reason": ""}, RefusedError, "needs a reason"),
        ({"field": "tags[0]", "instead": f"the {CHILD}"}, RefusedError, "repeats the one that is to go"),
        ({"field": "title", "instead": ""}, DraftError, "title"),
        ({"name": "nobody", "field": "title"}, NotFoundError, "No incident with code or key 'nobody'"),
        ({"name": "x", "kind": "source", "field": "title"}, NotFoundError, "Unknown source 'x'"),
    ]  # fmt: skip
    for given, error, message in refused:
        with pytest.raises(error, match=message):
            store.write.redact(**{"name": "harm", "author": "ana", "reason": "a minor", **given})
    assert store.read.count() == before
    assert store.file.check() == ()


def test_the_same_text_in_another_field_gets_the_mark(store: Store) -> None:
    done = store.write.redact("harm", "tags[0]", author="ana", reason="a minor", instead="")
    assert {field for _, field in done.erased} == {"tags[0]", "original.victim"}
    now = store.read.draft("harm").draft
    assert (now.tags, now.original) == (("gas",), {"victim": REDACTED})


def test_two_languages_are_redacted_one_by_one(store: Store) -> None:
    with pytest.raises(RefusedError, match=r"'summary' has several texts: summary\.en, summary\.es"):
        store.write.redact("harm", "summary", author="ana", reason="x", instead="Una menor.")
    store.write.redact("harm", "summary", author="ana", reason="x", instead="")
    assert store.read.draft("harm").draft.summary is None
    assert store.file.check() == ()


def test_a_published_incident_whose_text_is_replaced_goes_back_to_review(store: Store) -> None:
    store.review.step("harm", "submit", author="ana")
    store.review.step("harm", "approve", author="luz")
    done = store.write.redact("harm", "tags[0]", author="ana", reason="a minor", instead="")
    assert done.edited is not None
    assert store.read.draft("harm").status == "in-review"
    assert store.file.check() == ()


def test_an_actor_and_a_case_are_redacted_with_what_the_layer_shows_of_them(make_store: Callable[..., Store]) -> None:
    store = make_store()
    more = {
        "actors": [{"key": "family", "name": f"Family of {CHILD}", "kind": "civilians", "aliases": [CHILD]}],
        "cases": [{"key": "case", "title": "A case", "type": "other", "summary": {"es": f"Empezó con {CHILD}"}}],
        "incidents": [
            {"key": "x", "title": "x", "type": "arrest", "cases": ["case"],
             "parties": [{"actor": "family", "role": "target"}]},
        ],
    }  # fmt: skip
    store.write.add(draft(Bundle, more), author="ana")
    store.write.redact("family", "name", kind="actor", author="ana", reason="a minor", instead="A family")
    store.write.redact("family", "aliases[0]", kind="actor", author="ana", reason="a minor", instead="")
    store.write.redact("case", "summary", kind="case", author="ana", reason="a minor", instead="")
    assert store.read.select(profile=None).set_index("key").loc["x", "actors"] == "A family"
    assert in_file(store.path) == []
    assert store.file.check() == ()


def test_a_dataset_does_not_bring_a_redacted_text_back(make_store: Callable[..., Store]) -> None:
    store = make_store(review="one-person")
    terms = DatasetTerms("survey")
    code = store.write.import_rows(survey(1, words=CHILD), terms, author="luz")[0].code or ""
    store.write.edit(code, {"title": {"en": "Ours"}}, author="ana", reason="x")
    store.write.import_rows(survey(1, words=f"{CHILD} again"), terms, author="luz")
    assert store.read.draft(code).draft.title == {"en": "Ours"}
    assert in_file(store.path)
    number = store.read.history(code)[0].number
    store.write.redact(code, "title", revisions=[number], author="ana", reason="a minor")
    assert in_file(store.path) == []
    assert store.file.check() == ()
    assert store.write.import_rows(survey(1, words=CHILD), terms, author="luz")[0].ending != "quarantined"
    assert in_file(store.path) == []
    assert store.read.draft(code).draft.title == {"en": "Ours"}
