"""Redaction, on the bytes of the file: the text is gone, the record still proves itself, and no text can be swapped."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from store_examples import Counted, Ticking, survey, units
from unpacked import said_by

from willay.data.profiles import profile
from willay.events.frame.query import IncidentQuery
from willay.events.model.canonical import canonical
from willay.events.model.draftbase import REDACTED
from willay.events.model.drafts import Bundle, draft
from willay.events.model.errors import DatabaseError, DraftError, NotFoundError, RefusedError
from willay.events.model.foreign import DatasetTerms
from willay.events.model.masking import text_digest
from willay.events.store import Store
from willay.events.store.dialects.sqlite.copies import earlier_copies
from willay.events.store.record.redactions import document_digest
from willay.events.store.record.revisions import Author, Change, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHILD = "Invented Child of Nobody"
SOURCE = {"key": "s", "kind": "press", "publisher": "P", "title": f"Spoke to {CHILD}", "note": {"es": CHILD}}
INCIDENT: dict[str, Any] = {
    "key": "harm",
    "title": {"es": "Una menor herida"},
    "summary": {"es": f"{CHILD} fue herida.", "en": "A girl was hurt."},
    "type": "armed-clash",
    "days": "2012-03-04",
    "places": [{"name": f"House of {CHILD}", "precision": "site", "lon": -73.0, "lat": -12.5}],
    "claims": [{"measure": "injured", "best": 1, "source": "s", "note": {"es": f"{CHILD}, por su madre"}}],
    "notes": [{"es": "Sin duda."}, {"es": f"Avisar a la familia de {CHILD}."}],
    "tags": [CHILD, "gas"],
    "original": {"victim": CHILD},
}


@pytest.fixture
def store(make_store: Callable[..., Store]) -> Store:
    made = make_store(review="two-people")
    made.write.add(draft(Bundle, {"sources": [SOURCE], "incidents": [INCIDENT]}), author="ana", reason="first entry")
    return made


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose summary alone has the name, in the states of two revisions, and no longer in the present one."""
    path = tmp_path_factory.mktemp("prepared") / "prepared.gpkg"
    with Store.create(path, region_sets=[units()], clock=Ticking(), entropy=Counted()) as store:
        store.write.add(
            draft(Bundle, {"sources": [SOURCE], "incidents": [INCIDENT]}), author="ana", reason="first entry"
        )
        leave_only_the_summary(store)
    return path


@pytest.fixture
def edited(prepared: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the prepared file, open."""
    with Store.open(shutil.copy(prepared, tmp_path / "test.gpkg"), clock=Ticking(LATER), entropy=Counted()) as store:
        yield store


LATER = datetime(2025, 1, 1, tzinfo=UTC)


def states_with_the_name(store: Store) -> list[int]:
    """The numbers of the revisions whose states have the name in their summary: all but that of the last edit."""
    return [row.number for row in store.read.history("harm") if row.action in {"add", "edit", "withdraw-claim"}][:-1]


def in_file(path: Path, text: str = CHILD) -> list[str]:
    """The files that hold a text: the database, its log, its journal."""
    return [file.name for file in sorted(path.parent.iterdir()) if text.encode() in said_by(file)]


def tamper(path: Path, sql: str, values: tuple[Any, ...] = ()) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        assert file.execute(sql, values).rowcount == 1


def errors(path: Path) -> list[str]:
    with Store.open(path) as store:
        return [problem.message for problem in store.file.check() if problem.severity == "error"]


def document_of(path: Path, number: int) -> dict[str, Any]:
    with closing(sqlite3.connect(path)) as file:
        (text,) = file.execute("SELECT document FROM revision WHERE number = ?", [number]).fetchone()
    document: dict[str, Any] = json.loads(text)
    return document


def leave_only_the_summary(store: Store) -> None:
    fields = dict.fromkeys(("notes", "tags", "original"))
    store.write.edit("harm", {**fields, "places": []}, author="ana", reason="less")
    store.write.withdraw_claim("harm", 1, author="ana", reason="less")
    for field in ("notes[1]", "tags[0]", "claims[0].note", "places[0].name"):
        store.write.redact("harm", field, author="ana", reason="a minor")
    store.registers.edit("source", "s", {"title": "T", "note": None}, author="ana", reason="less")
    with closing(sqlite3.connect(store.path)) as file:
        (number,) = file.execute("SELECT min(number) FROM revision WHERE subject_kind = 'source'").fetchone()
    for field in ("title", "note"):
        store.write.redact("s", field, kind="source", revisions=[number], author="ana", reason="a minor")
    store.write.edit("harm", {"summary": {"es": "Una menor fue herida."}}, author="ana", reason="no names")


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
        with pytest.raises(RefusedError, match=r"still has the text, in .*--instead"):
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


@pytest.mark.parametrize(
    ("sql", "values"),
    [
        ("UPDATE revision SET document = replace(document, '[redacted]', 'another text') WHERE number = ?", ()),
        ("UPDATE revision SET document = replace(document, 'A girl', 'A boy') WHERE number = ?", ()),
        ("UPDATE revision SET document = replace(document, '2012-03-04', '2012-03-05') WHERE number = ?", ()),
        ("UPDATE revision SET digest = 'abc' WHERE number = ?", ()),
        ("UPDATE revision SET masked_digest = 'abc' WHERE number = ?", ()),
    ],
)
def test_a_redacted_state_that_is_changed_is_found(edited: Store, sql: str, values: tuple[Any, ...]) -> None:
    first, *_ = states_with_the_name(edited)
    edited.write.redact("harm", "summary.es", revisions=[first], author="luz", reason="a minor")
    edited.close()
    tamper(edited.path, sql, (*values, first))
    assert errors(edited.path)


def test_a_text_that_is_gone_without_a_redaction_is_found(edited: Store) -> None:
    first, *_ = states_with_the_name(edited)
    edited.close()
    sql = "UPDATE revision SET document = replace(document, ?, '[redacted]') WHERE number = ?"
    tamper(edited.path, sql, (f"{CHILD} fue herida.", first))
    assert f"Revision {first}" in " ".join(errors(edited.path))


def forged(
    path: Path,
    number: int,
    change: Callable[[dict[str, Any]], dict[str, Any]],
    field: list[str],
    text: str = "whatever it was",
) -> None:
    """Change a state and record a redaction for it with right digests and seals, as somebody could who knows how."""
    with Store.open(path) as store:
        moment = store.read.latest_moment()
    with Store.open(path) as store, store._session.writing() as connection:
        row = connection.exec_driver_sql("SELECT subject_id, document FROM revision WHERE number = ?", (number,)).one()
        document = canonical(change(json.loads(row.document)))
        connection.exec_driver_sql("UPDATE revision SET document = ? WHERE number = ?", (document, number))
        erased = [{"revision": number, "field": field, "digest": text_digest(text)}]
        state = {
            "kind": "incident", "id": row.subject_id, "erased": erased, "left": {str(number): document_digest(document)}
        }  # fmt: skip
        author = Author("Mallory", moment, "privacy")
        made = record(connection, "redaction", [Change("forged", state, "redact")], author)
        connection.exec_driver_sql("UPDATE revision SET document = ? WHERE number = ?", (canonical(state), made))


def marked(state: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {**state, "draft": {**state["draft"], "summary": {"es": REDACTED, "en": "A girl was hurt."}, **changed}}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (marked, ["draft", "summary", "es"]),
        (lambda state: marked(state, title={"es": "Otro título"}), ["draft", "summary", "es"]),
        (lambda state: marked(state, days="2013-01-01"), ["draft", "summary", "es"]),
        (lambda state: {**state, "draft": {**state["draft"], "title": {"es": "Otro"}}}, ["draft", "title", "es"]),
    ],
)
def test_a_redaction_cannot_be_forged_to_change_another_text(
    edited: Store, change: Callable[[dict[str, Any]], dict[str, Any]], field: list[str]
) -> None:
    """The digest of the masked state was sealed when the state was: who does not know the text's digest cannot match
    it, and who does can erase that text, but put nothing in its place."""
    first, *_ = states_with_the_name(edited)
    edited.close()
    assert errors(edited.path) == []
    forged(edited.path, first, change, field)
    assert f"Revision {first}" in " ".join(errors(edited.path))


def test_who_knows_the_text_can_erase_it_and_put_nothing_in_its_place(edited: Store) -> None:
    first, *_ = states_with_the_name(edited)
    edited.close()
    before, text = edited.path.read_bytes(), f"{CHILD} fue herida."

    def swapped(state: dict[str, Any]) -> dict[str, Any]:
        return {**state, "draft": {**state["draft"], "summary": {"es": "Otro texto.", "en": "A girl was hurt."}}}

    forged(edited.path, first, swapped, ["draft", "summary", "es"], text)
    assert f"Revision {first}" in " ".join(errors(edited.path))
    edited.path.write_bytes(before)
    forged(edited.path, first, marked, ["draft", "summary", "es"], text)
    assert errors(edited.path) == []


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


def test_a_state_of_before_schema_5_is_redacted_and_cannot_be_changed_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "old.gpkg"
    with closing(sqlite3.connect(path)) as file:
        file.executescript((Path(__file__).parent / "schemas" / "filled-4.sql").read_text("utf-8"))
    with Store.open(path, clock=Ticking(datetime(2025, 1, 1, tzinfo=UTC))) as store:
        number = store.read.history("undated")[0].number
        with pytest.raises(RefusedError, match="sealed by an earlier willay"):
            store.write.redact("undated", "reason", revisions=[number], author="ana", reason="x")
        store.write.edit("undated", {"title": "Otro"}, author="ana", reason="x")
        store.write.redact("undated", "title", revisions=[number], author="ana", reason="x")
        copies = [copy.name for copy in earlier_copies(path)]
        assert in_file(path, "Sin fecha ni lugar") == copies == ["old.schema-4.backup.gpkg"]
    assert errors(path) == []
    before = path.read_bytes()
    for old, new in (("[redacted]", "x"), ('"arrest"', '"protest"')):
        tamper(path, "UPDATE revision SET document = replace(document, ?, ?) WHERE number = ?", (old, new, number))
        assert f"Revision {number}" in " ".join(errors(path))
        path.write_bytes(before)
