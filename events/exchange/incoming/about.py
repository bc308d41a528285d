"""The description that a file of ours holds of itself, in the way of its format, or in its companion."""

from __future__ import annotations

import html
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

import orjson

from willay.events.exchange.outgoing.about import COMPANION, companion_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from willay.events.model.foreign import Reading

_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods")
_GEOJSON: Final = (".geojson", ".json", ".geojsonl", ".geojsons", ".ndjson")
_KML: Final = (".kml", ".kmz")
_HEAD: Final = 1024**2
"""Number of bytes read at the beginning of a file."""

_MEMBER: Final = re.compile(rb'"metadata"\s*:\s*(?=\{)')
_DECODER: Final = json.JSONDecoder()
_DATA: Final = re.compile(r'<Data name="([^"]+)">\s*<value>(.*?)</value>', re.DOTALL)
_PLACEMARK: Final = b"<Placemark"
_YES: Final = ("true", "1")


def about_file(path: Path, reading: Reading) -> dict[str, Any]:  # Any: JSON
    """Return the description of a file that is open for import; blank where it has none.

    Args:
        path: The file; its companion is looked for next to it, and in it where it is an archive.
        reading: The file, opened.
    """
    ending = path.suffix.lower()
    found: dict[str, Any] = {**_companion(path), **reading.about}
    if ending in _WORKBOOKS:
        from willay.events.exchange.incoming.workbook import about_workbook  # noqa: PLC0415 — only for workbooks

        found |= about_layer(about_workbook(path))
    if ending in _GEOJSON and not reading.about:
        found |= _about_geojson(_head(path))
    if ending in _KML:
        found |= about_layer(_about_kml(path))
    return found


def about_layer(said: Mapping[str, str]) -> dict[str, Any]:  # Any: JSON
    """Return a description from texts by key; one key may hold all of it as JSON, and JSON values are parsed."""
    for name in ("willay", "DESCRIPTION"):
        if name in said and isinstance(whole := _parsed(said[name]), dict):
            return whole
    return {name: _parsed(text) if text[:1] in "[{tfTF" else text for name, text in said.items() if text}


def is_for_own_use(said: Mapping[str, Any]) -> bool:
    """Return whether a description states that some rows may not be passed on."""
    value = said.get("for_own_use_only")
    return value is True or str(value).casefold() in _YES


def _parsed(text: str) -> Any:  # noqa: ANN401 — JSON
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _companion(path: Path) -> dict[str, Any]:
    beside = companion_of(path)
    try:
        if beside.is_file():
            return _object(beside.read_bytes())
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                inside = next((name for name in archive.namelist() if name.endswith(COMPANION)), None)
                return _object(_start(archive, inside)) if inside else {}
    except (OSError, zipfile.BadZipFile, RuntimeError):  # RuntimeError: a password
        return {}  # the reader of the rows reports what is wrong with the file
    return {}


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(_HEAD)


def _object(text: bytes) -> dict[str, Any]:
    found = _parsed(text.decode("utf-8", "replace"))
    return found if isinstance(found, dict) else {}


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""


def _about_geojson(head: bytes) -> dict[str, Any]:
    """Read the member `metadata` that a collection has before its features, or else its first feature."""
    match = _MEMBER.search(head)
    if match is None:
        return {}
    text = head[match.end() :].decode("utf-8", "replace")
    try:
        found, _ = _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _about_kml(path: Path) -> dict[str, str]:
    """Read the extended data of a KML document, which come before its first placemark."""
    try:
        if path.suffix.lower() == ".kmz":
            with zipfile.ZipFile(path) as archive:
                inside = next((name for name in archive.namelist() if name.lower().endswith(".kml")), None)
                head = _start(archive, inside) if inside else b""
        else:
            head = _head(path)
    except (OSError, zipfile.BadZipFile, RuntimeError):
        return {}
    text = head.partition(_PLACEMARK)[0].decode("utf-8", "replace")
    return {name: html.unescape(value) for name, value in _DATA.findall(text)}
