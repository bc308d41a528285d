"""Names that every system can hold. The oracle of Windows' reserved names is Python's own list of them."""

from __future__ import annotations

import ntpath
import tempfile
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.geo import FileNameError, check_file_name, name_fault

GOOD = (
    "peru.gpkg", "peru-2026-1", "año nuevo.csv", "名前.geojson", "it's (2).csv", ".hidden", "connie.csv", "com.csv",
    "COM10", "null", "a.b.c", "-x",
)  # fmt: skip
BAD = {
    "": "not a valid name", ".": "not a valid name", "..": "not a valid name",
    **dict.fromkeys(["a/b", "a\\b", "c:x", 'a"b', "a|b", "a?", "a*", "<a", "a>"], "not allowed in file names"),
    **dict.fromkeys(["a\nb", "a\x00b", "a\x1b[2J", "a\x7f", "a\x9bb", "a\u2028b", "a\udcffb"], "invisible characters"),
    "a\u202egkpg.exe": "invisible characters",  # it would be shown as aexe.pkg
    "a.": "full stop", "a ": "space", "peru.gpkg ": "space",
    **dict.fromkeys(["CON", "con.csv", "nul.txt", "NUL .txt", "Com1.tar.gz", "LPT9", "COM¹.csv", "conin$"], "device"),
    "é" * 121: "longer than 240 bytes",
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_name_that_every_system_holds_is_taken(name: str) -> None:
    assert name_fault(name) is None
    check_file_name(Path("some folder", name))


@pytest.mark.parametrize(("name", "reason"), BAD.items(), ids=[repr(name)[:20] for name in BAD])
def test_a_name_that_some_system_does_not_hold_is_refused_with_the_reason(name: str, reason: str) -> None:
    assert reason in (name_fault(name) or "")


@pytest.mark.parametrize(
    "address",
    [":memory:", "file:peru.gpkg?mode=memory", "file:peru.gpkg", "sqlite:///peru.gpkg", "postgresql://host/peru"],
)
def test_an_address_is_not_the_name_of_a_file(address: str) -> None:
    with pytest.raises(FileNameError, match=r"Give a (name|file)"):
        check_file_name(Path(address))


@given(st.text(max_size=12))
def test_what_is_taken_is_not_reserved_on_windows_and_is_kept_as_it_is_here(name: str) -> None:
    if name_fault(name) is not None:
        return
    reserved = getattr(ntpath, "isreserved", None)
    assert not (reserved(name) if reserved else PureWindowsPath(name).is_reserved())
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).touch()
        assert [path.name for path in Path(folder).iterdir()] == [name]
