"""Attachments of documents: what is listed, what a content is, and by which names it may be saved."""

from __future__ import annotations

import io
import ntpath
import os
import re
import zipfile
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING, Any

import pytest
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from willay.events.exchange.attached_files import read_attachment, save_attachments
from willay.events.model.attachments import (
    LARGEST_BYTES,
    AttachmentDraft,
    chosen,
    clean_name,
    content_sha256,
    saved_name,
    saved_names,
)
from willay.events.model.drafts import SourceDraft, draft
from willay.events.model.errors import DraftError, NotFoundError, RefusedError
from willay.events.model.media import endings_of, media_type_of
from willay.geo.errors import FileInTheWayError, InputFileError, MissingFileError
from willay.geo.names import name_fault

if TYPE_CHECKING:
    from pathlib import Path

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
"""SHA-256 of `abc`: FIPS 180-2, appendix B.1."""


def listed(**given: Any) -> AttachmentDraft:
    return draft(AttachmentDraft, {"sha256": ABC, "size": 3, "media_type": "image/jpeg", **given})


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def open_document() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:  # OpenDocument 1.3, part 2, 3.3: first, stored, no extra field
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "x")
    return file.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENTS = {
    "JFIF": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "image/jpeg"),
    "PNG": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"),
    "WebP": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
    "WAVE": (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav"),
    "another RIFF file": (b"RIFF\x24\x00\x00\x00AVI LIST", "application/octet-stream"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf"),
    "MP4": (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2mp41", "video/mp4"),
    "QuickTime": (b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ", "video/quicktime"),
    "HEIC": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "image/heic"),
    "DOCX": (zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"), f"{OFFICE}.wordprocessingml.document"),
    "XLSX": (zipped("[Content_Types].xml", "xl/workbook.xml"), f"{OFFICE}.spreadsheetml.sheet"),
    "ODT": (open_document(), "application/vnd.oasis.opendocument.text"),
    "ZIP": (zipped("a.txt", "word/b.txt"), "application/zip"),
    "the beginning of a ZIP": (zipped("a.txt")[:40], "application/zip"),
    "text": ("Vimos el puente.\r\n\tÑandú\n".encode(), "text/plain"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "text/plain"),
    "a page": (b"<html><script>alert(1)</script></html>", "text/plain"),
    "text in Latin-1": ("Ñandú".encode("latin-1"), "application/octet-stream"),
    "text with an escape": (b"\x1b[2J", "application/octet-stream"),
    "a program": (b"MZ\x90\x00\x03", "application/octet-stream"),
    "an ELF program": (b"\x7fELF\x02\x01\x01", "application/octet-stream"),
    "a text cut within a letter": (b"a" * 65535 + "ñ".encode() + b"b", "text/plain"),
}


@pytest.mark.parametrize(("content", "expected"), CONTENTS.values(), ids=CONTENTS)
def test_what_a_content_is_follows_from_its_bytes(content: bytes, expected: str) -> None:
    assert media_type_of(content) == expected


@settings(max_examples=examples(200))
@given(st.sampled_from([*CONTENTS.values()]), st.binary(max_size=40), st.integers(0, 60))
def test_no_content_stops_the_search_for_its_type(known: tuple[bytes, str], more: bytes, cut: int) -> None:
    assert "/" in media_type_of(more)
    assert "/" in media_type_of(known[0][:cut] + more)


EXECUTABLE = re.compile(
    r"\.(exe|com|bat|cmd|scr|ps1|vbs|js|jse|wsf|msi|hta|lnk|sh|py|pl|jar|app|desktop|html?|svg|url|dll)$", re.IGNORECASE
)
"""Endings by which some system runs a file, or a browser runs what is in it."""

odd_names = st.one_of(
    st.text(max_size=30),
    st.text("./\\ :\0\n\u202eCONa", max_size=12),
    st.sampled_from(["../../etc/passwd", "..", ".", "CON.jpg", "nul", "a.jpg.exe", "x.exe", " .jpg", "é" * 300 + ".jpg",
                     "C:\\a\\b.jpg", "-rf", "a\udcffb.jpg", "run.sh", "photo.jpg.lnk", "____", "a.JPG", "~/.bashrc"]),
)  # fmt: skip


@settings(max_examples=examples(400))
@given(odd_names, st.sampled_from(sorted({kind for _, kind in CONTENTS.values()} | {"application/x-unknown"})))
def test_a_saved_name_is_one_that_every_system_holds_in_this_folder_and_runs_on_none(name: str, kind: str) -> None:
    made = saved_name(AttachmentDraft.model_construct(sha256=ABC, size=3, media_type=kind, name=name))
    assert name_fault(made) is None
    assert os.path.basename(made) == made == ntpath.basename(made)  # noqa: PTH119 — two systems' idea of a folder
    assert not PureWindowsPath(made).is_reserved()
    assert made.lower().endswith(endings_of(kind))
    assert not EXECUTABLE.search(made)


@settings(max_examples=examples(200))
@given(odd_names)
def test_a_clean_name_is_recorded_as_it_is_and_cleaned_again_it_is_the_same(name: str) -> None:
    made = clean_name(name)
    if made is not None:
        assert clean_name(made) == made == listed(name=made).name
        assert name_fault(made) is None


def test_a_good_name_is_not_changed() -> None:
    for name in ("puente 2009.jpg", "Ñandú (2).JPG", "名前.jpeg", "it's.jpg"):
        assert saved_name(listed(name=name)) == name
    assert saved_name(listed(name="/home/ana/fotos/puente.jpg")) == "puente.jpg"
    assert saved_name(listed(name="photo.exe")) == "photo.exe.jpg"
    assert saved_name(listed()) == "ba7816bf8f01.jpg"
    assert saved_name(listed(media_type="application/x-made-up", name="a.sh")) == "a.sh.bin"


def test_no_two_saved_names_differ_only_in_case() -> None:
    other = content_sha256(b"other")
    names = saved_names([listed(name="a.jpg"), listed(name="A.jpg", sha256=other), listed(name="b.jpg")], ["B.JPG"])
    assert names == ["a.jpg", f"{other[:12]}-A.jpg", "ba7816bf8f01-b.jpg"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"sha256": "abc"}, r"'abc' is not a SHA-256\. Expected 64 digits"),
        ({"sha256": ABC[:-1] + "g"}, "is not a SHA-256"),
        ({"media_type": "JPEG"}, r"'JPEG' is not a media type\. Write it in lower case, such as image/jpeg"),
        ({"media_type": "image/jp\neg"}, "media type"),
        ({"size": 0}, "size"),
        ({"size": -1}, "size"),
        ({"name": "a\u202egpj.exe"}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"path": "/etc/passwd"}, "path"),
    ],
)  # fmt: skip
def test_what_is_not_an_attachment_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(DraftError, match=message):
        listed(**given)


def test_a_document_lists_each_file_once() -> None:
    one = listed().model_dump(exclude_none=True)
    with pytest.raises(DraftError, match=r"SHA-256 ba7816bf8f01… is listed twice"):
        draft(SourceDraft, {"key": "s", "kind": "press", "title": "T", "attachments": [one, {**one, "name": "b"}]})


def test_an_attachment_is_named_by_its_name_or_by_the_first_digits_of_its_sha256() -> None:
    other = "ba7816" + "0" * 58
    files = [listed(name="a.jpg"), listed(name="a.jpg", sha256=other), listed(name="b.jpg", sha256="f" * 64)]
    assert chosen(files, "b.jpg", "X") is files[2]
    assert chosen(files, "BA7816BF", "X") is files[0]
    for word in ("a.jpg", "ba7816"):
        with pytest.raises(NotFoundError, match=rf"'{word}' is the name of several attachments of X: .*first digits"):
            chosen(files, word, "X")
    for word in ("ba781", "c.jpg", ""):  # five digits are no name
        with pytest.raises(NotFoundError, match=r"X has no attachment .*It has: ba7816bf8f01 \(a\.jpg\), "):
            chosen(files, word, "X")
    with pytest.raises(NotFoundError, match=r"X has no attachment 'a'\. It has none\."):
        chosen([], "a", "X")


def test_a_file_is_read_with_its_digest_size_type_and_name(tmp_path: Path) -> None:
    file = tmp_path / "photo.exe"
    file.write_bytes(b"abc")
    for hash_only in (False, True):
        read = read_attachment(file, {"caption": "Letters"}, hash_only=hash_only)
        assert read.draft == listed(media_type="text/plain", name="photo.exe", caption="Letters")
        assert read.content == (None if hash_only else b"abc")


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert (read := read_attachment(tmp_path / "b")).draft.sha256 == ABC
    assert read.draft.name == "b"


def test_what_cannot_be_read_to_an_end_is_refused_in_words(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    for name, kind, message in (
        ("pipe", InputFileError, r"pipe' is a pipe, but a file was expected"),
        (".", InputFileError, r"is a folder, but a file was expected"),
        ("missing", MissingFileError, r"missing' does not exist"),
        ("dangling", MissingFileError, r"dangling' does not exist"),
        ("empty", RefusedError, r"empty' is empty: there is nothing to attach"),
    ):
        with pytest.raises(kind, match=message):
            read_attachment(tmp_path / name)
    with pytest.raises(InputFileError, match=r"'/dev/zero' is a device"):
        read_attachment(type(tmp_path)("/dev/zero"))


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr("willay.events.exchange.attached_files.input_file", lambda path: path)
    with pytest.raises(InputFileError, match="is not a file any more"):
        read_attachment(tmp_path / "pipe")


def test_a_large_file_is_refused_unless_only_its_digest_is_recorded(tmp_path: Path) -> None:
    file = tmp_path / "video"
    with file.open("wb") as opened:
        opened.truncate(LARGEST_BYTES + 1)
    with pytest.raises(RefusedError, match=r"has 26,214,401 bytes; files of up to 26,214,400 .*--hash-only"):
        read_attachment(file)
    assert (read := read_attachment(file, hash_only=True)).draft.size == LARGEST_BYTES + 1
    assert read.content is None
    with file.open("r+b") as opened:
        opened.truncate(LARGEST_BYTES)
    content = read_attachment(file).content
    assert content is not None
    assert len(content) == LARGEST_BYTES


@pytest.mark.parametrize("hash_only", [False, True])
@pytest.mark.parametrize("change", [b"abcd", b"ab", b"xyz"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: bytes, *, hash_only: bool
) -> None:
    file = tmp_path / "growing.txt"
    file.write_bytes(b"abc")
    os.utime(file, ns=(1, 1))

    def read_and_change(name: str) -> None:
        real = getattr(__import__("willay.events.exchange.attached_files", fromlist=["x"]), name)

        def changing(opened: Any) -> Any:
            done = real(opened)
            file.write_bytes(change)
            return done

        monkeypatch.setattr(f"willay.events.exchange.attached_files.{name}", changing)

    read_and_change("_streamed" if hash_only else "_whole")
    with pytest.raises(RefusedError, match=r"growing\.txt' changed while it was read"):
        read_attachment(file, hash_only=hash_only)


def test_files_are_saved_all_or_none_and_never_over_another(tmp_path: Path) -> None:
    files = [(listed(name="a.jpg"), b"abc"), (listed(name="b.jpg", sha256=content_sha256(b"b")), b"b")]
    (tmp_path / "b.jpg").write_text("mine")
    with pytest.raises(FileInTheWayError, match=r"b\.jpg: the file already exists"):
        save_attachments(tmp_path, files)
    assert [file.name for file in tmp_path.iterdir()] == ["b.jpg"]
    assert (tmp_path / "b.jpg").read_text() == "mine"
    saved = save_attachments(tmp_path, files, force=True)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a.jpg": b"abc", "b.jpg": b"b"}
    assert [file.stat().st_mode & 0o111 for file in saved] == [0, 0]
