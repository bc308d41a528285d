"""Input files: what has no end, or is no file, is refused in words before anything reads it."""

from __future__ import annotations

import io
import os
import socket
from pathlib import Path

import pytest

from willay.geo import iter_features, read_layer
from willay.geo.errors import GeoFileReadError, InputFileError, MissingFileError, NotTextError
from willay.geo.inputs import input_file, input_text, named, reason_of, shallow, stream_text


def odd_files(folder: Path) -> dict[str, Path]:
    """One of each thing that is no file, by the word a message has for it."""
    os.mkfifo(folder / "fifo")
    bound = socket.socket(socket.AF_UNIX)
    bound.bind("sock")  # in the working directory: a socket's path must be short
    bound.close()
    (folder / "link").symlink_to("fifo")
    return {
        "a pipe": folder / "fifo", "a folder": folder, "a socket": folder / "sock", "a device": Path("/dev/zero"),
        "pipe": folder / "link",
    }  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
def test_what_is_no_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for word, path in odd_files(tmp_path).items():
        gis = () if word == "a folder" else (read_layer, lambda path: next(iter_features(path)))  # those take folders
        for read in (input_file, input_text, *gis):
            with pytest.raises(InputFileError, match=f"{word}, but a file was expected") as caught:
                read(path)
            assert caught.value.errno is None


def test_a_folder_will_do_where_it_may(tmp_path: Path) -> None:
    assert input_file(tmp_path, folder=True) == tmp_path


@pytest.mark.parametrize("name", ["none.yaml", "file.txt/below.yaml"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("x", "utf-8")
    with pytest.raises(MissingFileError, match=r"The file '.*yaml' does not exist\. Check the name and the folder\."):
        input_file(tmp_path / name)


def test_a_name_that_no_system_takes_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="its name is too long"):
        input_file(tmp_path / ("x" * 5_000))
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(InputFileError, match="its links form a loop"):
        input_file(tmp_path / "a")


def test_a_text_is_read_without_its_mark_and_one_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(b"\xef\xbb\xbfa\r\nb" + b"x" * 3_000_000)
    assert input_text(file) == "a\nb" + "x" * 3_000_000
    file.write_bytes("ñ".encode("latin-1"))
    with pytest.raises(NotTextError, match=r"not UTF-8 text \(byte 0\)"):
        input_text(file)


def test_a_stream_that_does_not_end_is_given_up() -> None:
    assert stream_text(io.BytesIO(b"abc"), "it", limit=3) == "abc"
    with pytest.raises(NotTextError, match="it has more than 3 bytes"):
        stream_text(io.BytesIO(b"abcd"), "it", limit=3)


def test_a_document_without_bottom_is_reported() -> None:
    def down() -> None:
        down()

    with pytest.raises(NotTextError, match="hundreds of levels deep"), shallow("it"):
        down()


def test_a_path_is_named_as_it_is_written_and_a_long_one_by_its_end() -> None:
    assert named(r"C:\datos\x.gpkg") == r"'C:\datos\x.gpkg'"
    assert named("x" * 90 + "end") == "'…" + ("x" * 90 + "end")[-79:] + "'"


def test_the_systems_numbers_are_not_repeated() -> None:
    with pytest.raises(OSError, match="Errno") as caught:
        Path("/").write_text("x", "utf-8")
    assert reason_of(caught.value) == "it is a folder"
    assert reason_of(ValueError("Odd.")) == "Odd"


def test_a_missing_gis_file_is_missing_as_any_other(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match=r"nowhere\.gpkg: the file does not exist"):
        read_layer(tmp_path / "nowhere.gpkg")
    assert issubclass(MissingFileError, GeoFileReadError)
