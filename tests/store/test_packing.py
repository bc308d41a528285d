"""Documents are packed with a dictionary that never changes, and read with and without it."""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unpacked import said_by

from willay.events.model.canonical import canonical
from willay.events.store.record.documents import IN_DRAFTS, texts_in
from willay.events.store.schema.packing import DICTIONARY, pack, unpack

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = (
    '{"code":"PE-2012-0001","draft":{"claims":[],"country":"PE","title":{"es":"Ñawpaq"},"type":"strike"},"id":"01"}'
)


@given(st.text())
def test_what_is_packed_is_read_back(text: str) -> None:
    valid = text.encode("utf-8", "ignore").decode()
    assert unpack(pack(valid)) == valid


def test_the_dictionary_is_the_one_of_all_files() -> None:
    known = "b01f07de7c35749f29c44a773c06933889606231e0c665de3539320dca906a32"
    assert hashlib.sha256(DICTIONARY).hexdigest() == known


def test_what_was_packed_without_a_dictionary_is_read() -> None:
    assert unpack(zlib.compress(DOCUMENT.encode(), 1)) == DOCUMENT


def test_the_dictionary_makes_documents_smaller() -> None:
    assert len(pack(DOCUMENT)) < 0.7 * len(zlib.compress(DOCUMENT.encode(), 9))


@pytest.mark.parametrize("packed", [b"", b"{}", pack(DOCUMENT)[:-3], pack(DOCUMENT)[:4], None])
def test_what_is_not_packed_is_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match="Expected a packed document"):
        unpack(packed)


@pytest.mark.parametrize("stream", [pack(DOCUMENT), zlib.compress(DOCUMENT.encode(), 1)])
def test_the_search_for_what_must_be_gone_reads_packed_documents(tmp_path: Path, stream: bytes) -> None:
    (tmp_path / "file").write_bytes(b"\0" * 50 + stream + b"\0" * 50)
    assert "Ñawpaq".encode() in said_by(tmp_path / "file")


TRICKY: list[dict[str, Any]] = [
    {"title": {"en": "A", "es": "B"}, "type": "strike"},
    {"title": {"es": 'He wrote "title":{"en":"x"} and {'}, "summary": {"en": "}", "es": '"'}},
    {
        "claims": [{"note": {"en": 'said "summary":{'}}],
        "original": {"summary": "x", "title": "{"},
        "title": {"und": "ü"},
    },
    {"places": [{"name": '"title":{"es":"no"}', "note": {"es": "x"}}], "title": {"en": "yes", "es": "sí"}},
]


@pytest.mark.parametrize("draft", TRICKY)
def test_texts_by_language_are_found_without_parsing_the_rest(draft: dict[str, Any]) -> None:
    state = canonical({"code": "PE-2012-0001", "draft": draft, "id": "01"})
    names = ("title", "summary")
    assert texts_in(state, names) == {name: draft[name] for name in names if name in draft}
    assert not IN_DRAFTS & {*names}
