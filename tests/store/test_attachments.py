"""Attachments in a database: listed with a history, stored once, examined, erased, copied, exchanged."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyogrio
import pyrage
import pytest
from store_examples import Counted, Ticking, a_file, units, zones
from unpacked import said_by

from willay.data.profiles import profile
from willay.events.exchange.incoming.willay import read_willay
from willay.events.exchange.outgoing import Registers, WritingOptions, write
from willay.events.model.attachments import AttachmentDraft, FileRead
from willay.events.model.errors import DraftError, NotFoundError, RefusedError
from willay.events.store import Store
from willay.events.store.files.encryption import decrypted
from willay.events.store.restoring import restore_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from willay.events.model.drafts import Bundle

BRIDGE, CLIP = a_file(), a_file("Another clip.", "clip.txt")
LATER = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def attached(store: Store) -> Store:
    """A store whose bridge has two attachments, one of which the source daily has as well."""
    store.attachments.add("bridge", [BRIDGE, CLIP], author="ana", reason="from a witness")
    store.attachments.add("daily", [CLIP], kind="source", author="ana")
    return store


def here(store: Store) -> dict[tuple[str, str], bool]:
    return {(one.name, one.draft.called): one.is_here for one in store.attachments.list()}


def stored(path: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(path)) as file:
        return dict(file.execute("SELECT sha256, content FROM attachment_content"))


def problems(store: Store) -> list[tuple[str, str, str]]:
    return [(one.severity, one.where, one.message) for one in store.file.check()]


def test_a_content_is_stored_once_and_given_back_as_it_was(attached: Store) -> None:
    assert here(attached) == {
        ("PE-2012-0001", "bridge.txt"): True,
        ("PE-2012-0001", "clip.txt"): True,
        ("daily", "clip.txt"): True,
    }
    assert attached.attachments.content("bridge", "bridge.txt") == (BRIDGE.draft, b"A bridge.")
    assert attached.attachments.content("daily", CLIP.draft.sha256[:6], kind="source") == (CLIP.draft, b"Another clip.")
    assert stored(attached.path) == {
        hashlib.sha256(content).hexdigest(): content for content in (b"A bridge.", b"Another clip.")
    }
    assert attached.file.check() == ()


def test_the_list_has_a_history_and_a_past(attached: Store) -> None:
    rows = attached.read.history("bridge")
    assert [(row.action, row.author, row.reason, row.changes) for row in rows[1:]] == [
        ("attach", "ana", "from a witness", ("attachments: 2 added",))
    ]
    attached.attachments.remove("bridge", ["clip.txt"], author="bea", reason="another bridge")
    assert [one.draft.called for one in attached.attachments.of("bridge")] == ["bridge.txt"]
    assert attached.read.history("bridge")[-1].changes == ("attachments: 1 removed",)
    for moment, files in ((rows[0], []), (rows[1], ["bridge.txt", "clip.txt"])):
        then = attached.attachments.of("bridge", as_of=moment.recorded_at)
        assert [one.draft.called for one in then] == files
    (difference,) = attached.read.diff("bridge").differences
    assert str(difference) == (
        f"attachment removed: clip.txt (text/plain, 13 bytes, SHA-256 {CLIP.draft.digits}…), Another clip."
    )
    attached.write.revert("bridge", rows[1].number, author="ana", reason="it is this bridge")
    assert [one.draft.called for one in attached.attachments.of("bridge")] == ["bridge.txt", "clip.txt"]
    assert attached.file.check() == ()


def test_what_is_attached_already_is_not_recorded_again(attached: Store) -> None:
    before = attached.read.latest_revision("incident", "bridge")
    again = attached.attachments.add("bridge", [BRIDGE], author="bea")
    assert (again.revised.changes, again.listed, again.stored) == ((), (), ())
    assert attached.read.latest_revision("incident", "bridge") == before
    renamed = FileRead(BRIDGE.draft.model_copy(update={"name": "x.txt"}), BRIDGE.content)
    assert attached.attachments.add("bridge", [renamed, renamed], author="bea").listed == ()


def test_a_content_whose_digest_was_recorded_first_is_recognised_and_stored_without_a_revision(store: Store) -> None:
    store.attachments.add("bridge", [FileRead(BRIDGE.draft)], author="ana")
    assert here(store) == {("PE-2012-0001", "bridge.txt"): False}
    ((severity, where, message),) = problems(store)
    assert (severity, where) == ("note", "PE-2012-0001")
    assert message.startswith("The content of 'bridge.txt' is not in this database; only its SHA-256 is recorded.")
    with pytest.raises(NotFoundError, match=r"PE-2012-0001: the content of 'bridge.txt' is not in this database; only"):
        store.attachments.content("bridge", "bridge.txt")
    done = store.attachments.add("bridge", [BRIDGE], author="bea")
    assert (done.revised.changes, done.listed, done.stored) == ((), (), (BRIDGE.draft,))
    assert problems(store) == []


def test_a_published_incident_stays_published_and_who_attached_a_file_may_approve(
    make_store: Callable[..., Store], made_up: Bundle
) -> None:
    incidents = tuple(one.model_copy(update={"status": "draft"}) for one in made_up.incidents)
    store = make_store(review="two-people")
    store.write.add(made_up.model_copy(update={"incidents": incidents}), author="ana")
    store.review.step("bridge", "submit", author="ana")
    store.attachments.add("bridge", [BRIDGE], author="bea")
    store.review.step("bridge", "approve", author="bea")
    store.attachments.add("bridge", [CLIP], author="ana")
    assert store.read.draft("bridge").status == "published"
    assert store.file.check() == ()


def test_nothing_is_attached_if_one_name_is_unknown_or_all_would_be_too_large(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = store.file.head()
    for name, kind in (("nothing", "incident"), ("nothing", "source")):
        with pytest.raises(NotFoundError, match="nothing"):
            store.attachments.add(name, [BRIDGE], kind=kind, author="ana")
    with pytest.raises(RefusedError, match="author"):
        store.attachments.add("bridge", [BRIDGE], author=" ")
    monkeypatch.setattr("willay.events.store.record.contents.TOGETHER_BYTES", 20)
    with pytest.raises(RefusedError, match=r"would be 22 bytes together, and 20 are allowed.*--hash-only"):
        store.attachments.add("bridge", [BRIDGE, CLIP], author="ana")
    assert (store.file.head(), stored(store.path)) == (last, {})
    store.attachments.add("bridge", [BRIDGE, FileRead(CLIP.draft)], author="ana")
    store.attachments.add("daily", [BRIDGE], kind="source", author="ana")  # its content counts once
    assert len(stored(store.path)) == 1


def test_to_remove_needs_a_reason_and_a_file_that_is_listed(attached: Store) -> None:
    with pytest.raises(RefusedError, match="needs a reason"):
        attached.attachments.remove("bridge", ["clip.txt"], author="ana", reason="")
    with pytest.raises(NotFoundError, match=r"PE-2012-0001 has no attachment 'photo'\. It has: .*\(bridge\.txt\)"):
        attached.attachments.remove("bridge", ["clip.txt", "photo"], author="ana", reason="x")
    done = attached.attachments.remove("daily", ["clip.txt"], kind="source", author="ana", reason="x")
    assert (done.removed, done.remaining) == ((CLIP.draft,), (CLIP.draft,))
    assert attached.registers.source("daily").attachments == ()  # type: ignore[union-attr]  # it is there
    assert len(stored(attached.path)) == 2


def test_an_erased_content_is_out_of_the_file_and_the_record_says_so(attached: Store) -> None:
    attached.attachments.remove("bridge", ["clip.txt"], author="ana", reason="a witness is seen")
    erased = attached.attachments.erase(CLIP.draft.digits, author="bea", reason="a witness is seen")
    assert (erased.sha256, erased.size, erased.listed_by) == (CLIP.draft.sha256, 13, ("daily",))
    assert "Another clip." in str(attached.registers.source("daily"))  # its caption stays: it is another thing
    assert stored(attached.path) == {BRIDGE.draft.sha256: BRIDGE.content}
    (problem,) = problems(attached)
    assert problem == (
        "note", "daily",
        "The content of 'clip.txt' is not in this database: bea erased it on 2024-01-01 (a witness is seen).",
    )  # fmt: skip
    with pytest.raises(NotFoundError, match=r"daily: .* bea erased it on 2024-01-01 \(a witness is seen\)"):
        attached.attachments.content("daily", "clip.txt", kind="source")
    with pytest.raises(NotFoundError, match="No content in this database"):
        attached.attachments.erase(CLIP.draft.digits, author="bea", reason="again")


def in_bytes(path: Path, content: bytes) -> list[str]:
    return [file.name for file in sorted(path.parent.iterdir()) if content in file.read_bytes()]


def test_no_byte_of_an_erased_content_is_left_in_the_file(store: Store) -> None:
    secret = b"".join(hashlib.sha256(str(number).encode()).digest() for number in range(2000))
    parts = [secret[start : start + 64] for start in range(0, len(secret) - 64, 4000)]
    draft = AttachmentDraft(
        sha256=hashlib.sha256(secret).hexdigest(), size=len(secret), media_type="application/octet-stream"
    )
    store.attachments.add("bridge", [FileRead(draft, secret)], author="ana")
    assert all(in_bytes(store.path, part) for part in parts)
    store.attachments.erase(draft.sha256, author="ana", reason="x")
    assert [part for part in parts if in_bytes(store.path, part)] == [], "while the file is open"
    store.close()
    assert [part for part in parts if in_bytes(store.path, part)] == []


def test_a_content_that_was_erased_may_be_attached_and_erased_again(attached: Store) -> None:
    for number in range(2):
        attached.attachments.erase(BRIDGE.draft.sha256, author="bea", reason=f"reason {number}")
        (one,) = (one for one in attached.attachments.of("bridge") if one.draft == BRIDGE.draft)
        assert not one.is_here
        assert one.erased is not None
        assert one.erased.reason == f"reason {number}"
        done = attached.attachments.add("bridge", [BRIDGE], author="ana")
        assert done.erased == {BRIDGE.draft.sha256: one.erased}
        assert attached.file.check() == ()


@pytest.mark.parametrize("digits", ["", "12345", "%", "zzzzzz", "' OR 1=1 --"])
def test_a_content_to_erase_is_named_by_its_first_digits(attached: Store, digits: str) -> None:
    with pytest.raises(NotFoundError, match=r"Give 6 or more of its first digits"):
        attached.attachments.erase(digits, author="ana", reason="x")
    assert len(stored(attached.path)) == 2


def test_an_erasure_needs_a_reason(attached: Store) -> None:
    with pytest.raises(RefusedError, match="needs a reason"):
        attached.attachments.erase(BRIDGE.draft.sha256, author="ana", reason=" ")


def test_name_caption_and_digest_can_be_redacted(attached: Store) -> None:
    number = attached.read.history("bridge")[-1].number
    attached.attachments.erase(BRIDGE.draft.sha256, author="ana", reason="a witness")
    for field, instead in (("attachments[0].name", ""), ("attachments[0].caption", "")):
        attached.write.redact("bridge", field, author="ana", reason="a witness", instead=instead)
    (first, _) = attached.attachments.of("bridge")
    assert (first.draft.name, first.draft.caption) == (None, None)
    attached.attachments.remove("bridge", [BRIDGE.draft.sha256], author="ana", reason="x")
    attached.write.redact("bridge", "attachments[0].sha256", revisions=[number], author="ana", reason="a witness")
    then = attached.attachments.of("bridge", as_of=attached.read.history("bridge")[1].recorded_at)
    assert [one.draft.sha256 for one in then] == ["[redacted]", CLIP.draft.sha256]
    for text in ("bridge.txt", "A bridge."):
        assert text not in said_by(attached.path).decode(errors="replace"), text
    assert [one for one in attached.file.check() if one.severity == "error"] == []


TAMPERING = {
    "other bytes": ("UPDATE attachment_content SET content = CAST('A ridge..' AS BLOB)", "error", "match its SHA-256"),
    "more bytes": ("UPDATE attachment_content SET content = content || CAST('x' AS BLOB)", "error", "not match"),
    "no bytes": ("UPDATE attachment_content SET content = zeroblob(0)", "error", "not match its SHA-256"),
    "a text": ("UPDATE attachment_content SET content = 'A ridge.'", "error", ""),
    "another digest": ("UPDATE attachment_content SET sha256 = substr(sha256, 2) || 'x'", "error", "not match"),
    "a row that is gone": ("DELETE FROM attachment_content", "note", "is not in this database; only its SHA-256"),
    "a list that is changed": ("UPDATE link SET ref = 'x' WHERE kind = 'attachment'", "error", "link"),
    "a list of a source": ("UPDATE source SET attachments = NULL WHERE attachments IS NOT NULL", "error", "daily"),
}  # fmt: skip


@pytest.mark.parametrize(("sql", "severity", "message"), TAMPERING.values(), ids=TAMPERING)
def test_check_finds_what_is_not_as_it_was_attached(store: Store, sql: str, severity: str, message: str) -> None:
    store.attachments.add("bridge", [BRIDGE], author="ana")
    store.attachments.add("daily", [FileRead(BRIDGE.draft)], kind="source", author="ana")
    with closing(sqlite3.connect(store.path)) as file, file:
        assert file.execute(sql).rowcount > 0
    found = problems(store)
    assert max(("note", "error").index(one) for one, *_ in found) == ("note", "error").index(severity)
    assert message in str(found)


def test_a_changed_content_is_not_given_out(store: Store) -> None:
    store.attachments.add("bridge", [BRIDGE], author="ana")
    with closing(sqlite3.connect(store.path)) as file, file:
        file.execute("UPDATE attachment_content SET content = CAST('A ridge..' AS BLOB)")
    with pytest.raises(
        RefusedError, match=r"does not match its SHA-256: it was changed or damaged\. Nothing was saved"
    ):
        store.attachments.content("bridge", "bridge.txt")


def test_check_names_contents_that_nothing_lists_now_or_earlier(attached: Store) -> None:
    attached.attachments.remove("bridge", ["bridge.txt"], author="ana", reason="x")
    assert problems(attached) == []  # its history lists it
    content = b"nobody's"
    digest = hashlib.sha256(content).hexdigest()
    with closing(sqlite3.connect(attached.path)) as file, file:
        file.execute("INSERT INTO attachment_content VALUES (?, ?)", (digest, content))
    command = f"willay attachment erase {digest[:12]}"
    assert problems(attached) == [
        (
            "note", f"attachment {digest[:12]}",
            f"No incident or source lists this content (8 bytes), now or earlier. To erase it: {command}",
        )
    ]  # fmt: skip
    attached.attachments.erase(digest, author="ana", reason="x")
    assert problems(attached) == []


def test_a_size_that_is_not_that_of_the_content_is_a_note(store: Store) -> None:
    wrong = BRIDGE.draft.model_copy(update={"size": 4})
    store.write.edit("bridge", {"attachments": [wrong.model_dump(exclude_none=True)]}, author="ana", reason="by hand")
    store.attachments.add("bridge", [BRIDGE], author="ana")
    assert problems(store) == [
        (
            "note", "PE-2012-0001",
            "'bridge.txt' is listed with 4 bytes, but its content has 9. Correct the list of attachments.",
        )
    ]  # fmt: skip


def test_copies_have_all_contents(attached: Store, tmp_path: Path) -> None:
    contents = stored(attached.path)
    identity = pyrage.x25519.Identity.generate()
    attached.file.copy_to(tmp_path / "copy.gpkg")
    attached.file.copy_encrypted(tmp_path / "copy.age", [str(identity.to_public())])
    (tmp_path / "key").write_text(str(identity))
    restore_database(tmp_path / "copy.gpkg", tmp_path / "again.gpkg")
    restore_database(decrypted(tmp_path / "copy.age", tmp_path / "key"), tmp_path / "decrypted.gpkg")
    for name in ("copy.gpkg", "again.gpkg", "decrypted.gpkg"):
        assert stored(tmp_path / name) == contents, name
        with Store.open(tmp_path / name) as copy:
            assert copy.file.check() == ()
            assert copy.attachments.content("bridge", "clip.txt") == (CLIP.draft, CLIP.content)


def test_gis_programs_see_no_layer_of_attachments(attached: Store) -> None:
    attached.close()
    assert sorted(pyogrio.list_layers(attached.path)[:, 0]) == [
        "actors",
        "cases",
        "claims",
        "incidents",
        "indicators",
        "phases",
        "regions",
        "sources",
    ]
    sources = pyogrio.read_dataframe(attached.path, layer="sources", read_geometry=False)
    assert "attachments" not in sources.columns


class TestTwoOffices:
    """What one office lists reaches the other by a file for those who may see everything; contents never do."""

    @pytest.fixture
    def other(self, attached: Store, tmp_path: Path) -> Iterator[Store]:
        path = tmp_path / "other.gpkg"
        regions = [units(), zones()]
        store = Store.create(
            path, country="PE", region_sets=regions, review="one-person", clock=Ticking(LATER), entropy=Counted()
        )
        receive(store, send(attached, tmp_path / "first.ndjson"))
        yield store
        store.close()

    def test_the_list_arrives_and_says_that_the_content_is_not_here(self, attached: Store, other: Store) -> None:
        assert {one for *_, one in here(other).items()} == {False}
        assert [one.draft for one in other.attachments.list()] == [one.draft for one in attached.attachments.list()]
        assert stored(other.path) == {}
        assert {one.severity for one in other.file.check()} == {"note"}
        other.attachments.add("bridge", [BRIDGE, CLIP], author="luz")
        assert other.file.check() == ()

    def test_files_that_each_attached_are_in_both_and_a_removed_one_in_neither(
        self, attached: Store, other: Store, tmp_path: Path
    ) -> None:
        mine, theirs = a_file("mine", "mine.txt"), a_file("theirs", "theirs.txt")
        attached.attachments.add("bridge", [mine], author="ana")
        attached.attachments.remove("bridge", ["clip.txt"], author="ana", reason="x")
        other.attachments.add("bridge", [theirs], author="luz")
        receive(other, send(attached, tmp_path / "second.ndjson"))
        receive(attached, send(other, tmp_path / "third.ndjson"))
        for store in (attached, other):
            names = {one.draft.name for one in store.attachments.of("bridge")}
            assert names == {"bridge.txt", "mine.txt", "theirs.txt"}

    def test_a_file_for_the_public_removes_nothing(self, attached: Store, other: Store, tmp_path: Path) -> None:
        attached.write.edit("bridge", {"confidence": "high"}, author="ana", reason="x")
        public = send(attached, tmp_path / "public.ndjson", "public")
        assert b"attachments" not in public.read_bytes()
        receive(other, public)
        assert other.read.draft("bridge").draft.confidence == "high"
        assert len(other.attachments.of("bridge")) == 2


def send(store: Store, path: Path, seen_by: str = "internal") -> Path:
    seen = profile(seen_by)
    registers = Registers.of(*store.registers.shown(seen))
    write(
        store.read.pages(profile=seen, details=False, drafts=True), path, "ndjson", WritingOptions(registers=registers)
    )
    return path


def receive(store: Store, path: Path) -> None:
    reading = read_willay(path)
    endings = [
        one.ending
        for batch in reading.batches
        for one in store.write.import_rows(batch, reading.terms, author="luz", reason="from the other")
    ]
    assert "quarantined" not in endings


def test_a_damaged_list_in_a_file_is_refused_with_its_place(store: Store) -> None:
    for wrong in ({"sha256": "x"}, {"media_type": "JPEG"}, {"size": "many"}):
        listed: dict[str, Any] = {**BRIDGE.draft.model_dump(exclude_none=True), **wrong}
        with pytest.raises(DraftError, match=r"attachments\[0\]\.(sha256|media_type|size)"):
            store.write.edit("bridge", {"attachments": [listed]}, author="ana", reason="x")
