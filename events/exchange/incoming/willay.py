"""Our own exports read back: GeoJSON and newline-delimited GeoJSON whose features have the member `willay`.

Such a feature holds the incident with nothing left out (`id`, `code`, `draft`), and the sources, actors and cases that
it is the first in its file to need. Files made by a profile that shows all also say whose part it is (`whole`), what
its revisions were (`digests`, `seen`), who wrote it (`writers`) and which texts were redacted (`redacted`).

Files are read a line at a time, as `outgoing.geojson` writes them; a collection that another program has written again
on fewer lines is read at once, up to `MAX_WHOLE` bytes.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import orjson

from willay.events.frame.columns import TERMS
from willay.events.model.drafts import ActorDraft, CaseDraft, SourceDraft, draft
from willay.events.model.errors import DraftError, RefusedError
from willay.events.model.foreign import Batch, DatasetTerms, Document, ForeignRow, Identity, Reading, RowFault
from willay.events.model.terms import stated_terms
from willay.geo.inputs import reason_of
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import IO

DATASET: Final = "willay"
"""The dataset of incidents in an export, unless their drafts name another."""

SIZE: Final = 5_000
"""Rows in a batch."""

MAX_WHOLE: Final = 256 * 1024**2
"""Maximum bytes of a collection not split into lines, and of one line of a collection that is."""

MEMBER: Final = "willay"
IN_LINES: Final = (".geojsonl", ".ndjson", ".geojsons")
_OURS: Final = re.compile(rb'"willay"\s*:\s*\{')
_HEAD_END: Final = b'"features":['
_FEATURES: Final = b'"features"'
_PEEKED: Final = 1024**2
_REGISTERS: Final[dict[str, type[SourceDraft | ActorDraft | CaseDraft]]] = {
    "sources": SourceDraft,
    "actors": ActorDraft,
    "cases": CaseDraft,
}
_NOT_OURS: Final = mark(
    "expected a feature with the member 'willay', as willay export writes it. Import it as GeoJSON instead."
)


def is_willay(path: Path) -> bool:
    """Return whether a file looks like an export of ours: its first feature has the member `willay`."""
    try:
        with path.open("rb") as file:
            head = file.read(_PEEKED)
    except OSError:
        return False
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    features = head.find(_FEATURES)  # a member of the collection of that name is another thing
    return _OURS.search(head, max(features, 0)) is not None


def read_willay(path: Path, options: object = None) -> Reading:  # noqa: ARG001 — what readers of every format take
    """Open an export of ours.

    Args:
        path: The file.
        options: Nothing is left to choose.

    Raises:
        RefusedError: It is not GeoJSON, or too big to be read at once where it is not in lines. Reading the batches
            raises it where the file ends before its end.
    """
    try:
        with path.open("rb") as file:
            first = _line(file, path)
            while first and not first.strip(b"\xef\xbb\xbf \t\r\n"):
                first = _line(file, path)
    except OSError as error:
        raise RefusedError(
            tr(
                "{path}: cannot be read ({reason}). Check the name and the permissions.",
                path=path,
                reason=reason_of(error),
            )
        ) from error
    text = first.removeprefix(b"\xef\xbb\xbf").strip()
    if text.endswith(_HEAD_END):
        about = _object(text + b"]}", path).get("metadata")
        return _reading(about, _numbered(_between(path)), tr("willay's own {ending}", ending="GeoJSON"))
    if path.suffix.lower() in IN_LINES:
        return _reading(
            _first(text).get("metadata"), _numbered(_each_line(path)), tr("willay's own newline-delimited GeoJSON")
        )
    document = _first(text) or _whole(path)
    if document.get("type") == "Feature":
        return _reading(
            document.get("metadata"), _numbered(_each_line(path)), tr("willay's own newline-delimited GeoJSON")
        )
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise RefusedError(
            tr(
                "{path}: expected a GeoJSON FeatureCollection. Specify the format of the file: --input-format FORMAT.",
                path=path,
            )
        )
    rows = (_row(number, feature) for number, feature in enumerate(features, start=1))
    return _reading(
        document.get("metadata"), rows, tr("willay's own GeoJSON, rewritten by another program"), len(features)
    )


def reading_of(features: Iterator[Any], about: object, layout: str) -> Reading:
    """Return the reading of features of ours that came in another file than GeoJSON.

    Args:
        features: Objects with the member `willay`, as our GeoJSON has them.
        about: The description of the file.
        layout: What the file is, in words.
    """
    return _reading(about, (_row(number, feature) for number, feature in enumerate(features, start=1)), layout)


def _first(line: bytes) -> Document:
    """Return the object that a line is, or an empty one."""
    try:
        document = orjson.loads(line)
    except orjson.JSONDecodeError:
        return {}
    return document if isinstance(document, dict) else {}


def _reading(
    about: object, rows: Iterator[tuple[ForeignRow, Document]], layout: str, total: int | None = None
) -> Reading:
    said: dict[str, Any] = about if isinstance(about, dict) else {}
    credits_ = said.get("attributions")
    licence = said.get("licence")
    terms = DatasetTerms(
        DATASET,
        version=said["as_of"] if isinstance(said.get("as_of"), str) else None,
        licence=licence if isinstance(licence, str) else None,
        attribution="; ".join(map(str, credits_)) if isinstance(credits_, list) and credits_ else None,
        may_publish=False if said.get("for_own_use_only") else None,
    )
    columns = ("id", "code", "draft", *TERMS)
    return Reading(terms, columns, _batches(rows), (layout,), total, about=said)


def _batches(rows: Iterator[tuple[ForeignRow, Document]]) -> Iterator[Batch]:
    given: dict[str, set[str]] = {name: set() for name in _REGISTERS}
    while part := list(islice(rows, SIZE)):
        needs: dict[str, list[Document]] = {name: [] for name in _REGISTERS}
        for _, whole in part:
            for name in _REGISTERS:
                for entry in whole.get(name) or ():
                    key = entry.get("key") if isinstance(entry, dict) else None
                    if isinstance(key, str) and key not in given[name]:
                        given[name].add(key)
                        needs[name].append(entry)
        listed = [terms for _, whole in part for terms in stated_terms(whole.get("datasets"))]
        sources, actors, cases = (tuple(needs[name]) for name in _REGISTERS)
        yield Batch(tuple(row for row, _ in part), sources, actors, cases, tuple(listed))


def _numbered(lines: Iterator[bytes]) -> Iterator[tuple[ForeignRow, Document]]:
    for number, line in enumerate(lines, start=1):
        try:
            feature = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            fault = RowFault.of(
                "", line.decode(errors="replace"), tr("expected a feature as JSON ({error}).", error=error)
            )
            yield ForeignRow(number, "", None, (fault,)), {}
        else:
            yield _row(number, feature)


def _row(number: int, feature: Any) -> tuple[ForeignRow, Document]:  # noqa: ANN401 — JSON
    whole = feature.get(MEMBER) if isinstance(feature, dict) else None
    if not isinstance(whole, dict) or not isinstance(whole.get("draft"), dict):
        known_as = str(feature.get("id") or "") if isinstance(feature, dict) else ""
        return ForeignRow(number, known_as, None, (RowFault.of(MEMBER, known_as, tr(_NOT_OURS)),)), {}
    names = {name: str(whole.get(name) or "") for name in ("id", "code")}
    known_as = names["id"] or names["code"]
    faults = (
        () if known_as else (RowFault.of("id", "", tr("expected the incident's id or code; the feature has neither.")),)
    )
    registers, broken = _entries(whole)
    identity = _identity(whole, names) if all(names.values()) else None
    listed = {"datasets": whole["datasets"]} if isinstance(whole.get("datasets"), list) else {}
    raw = {**names, **_terms_cells(feature)}
    row = ForeignRow(number, known_as, whole["draft"], (*faults, *broken), raw=raw, identity=identity)
    return row, registers | listed


def _entries(whole: Document) -> tuple[dict[str, list[Document]], list[RowFault]]:
    """Return the sources, actors and cases that a feature brings, and the faults of those that are none."""
    good: dict[str, list[Document]] = {}
    faults = []
    for name, model in _REGISTERS.items():
        entries = whole.get(name)
        for entry in entries if isinstance(entries, list) else ():
            try:
                draft(model, entry)
            except DraftError as error:
                faults += [
                    RowFault.of(f"{name}.{fault.where}".rstrip("."), "", fault.message) for fault in error.faults
                ]
            else:
                good.setdefault(name, []).append(entry)
    return good, faults


def _terms_cells(feature: Mapping[str, Any]) -> dict[str, str]:
    """Return what a feature's properties state about its terms, as cells of a table."""
    said = feature.get("properties")
    known = said if isinstance(said, dict) else {}
    return {name: str(known[name]) for name in TERMS if known.get(name) not in (None, "")}


def _identity(whole: Document, names: dict[str, str]) -> Identity:
    """Read what an incident's other database states about it; what is not as we write it is passed over."""
    of = whole.get("whole")
    lists = {name: _texts(whole.get(name)) for name in ("digests", "seen", "writers", "redacted")}
    return Identity(names["id"], names["code"], of if isinstance(of, str) else None, **lists)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _between(path: Path) -> Iterator[bytes]:
    """Yield the lines of a collection's features, without the commas between them.

    Raises:
        RefusedError: The file stops before the list does.
    """
    with path.open("rb") as file:
        while not _line(file, path).strip().endswith(_HEAD_END):
            pass
        while line := _line(file, path).strip():
            if line.startswith(b"]"):
                return
            yield line.removesuffix(b",")
    raise RefusedError(
        tr(
            "{path}: the file ends in the middle of a feature; the features before it were read. Get "
            "the complete file and import it again.",
            path=path,
        )
    )


def _each_line(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while line := _line(file, path):
            if text := line.removeprefix(b"\xef\xbb\xbf").strip():
                yield text


def _line(file: IO[bytes], path: Path) -> bytes:
    line = file.readline(MAX_WHOLE + 1)
    if len(line) > MAX_WHOLE:
        raise RefusedError(
            tr(
                "{path}: a line is longer than {limit:,} bytes. Export it again as .geojsonl.",
                path=path,
                limit=MAX_WHOLE,
            )
        )
    return line


def _whole(path: Path) -> Document:
    size = path.stat().st_size
    if size > MAX_WHOLE:
        raise RefusedError(
            tr(
                "{path}: another program has rewritten the file, and with {size:,} bytes it is too big "
                "to be read at once. Export it again as .geojsonl (one feature per line).",
                path=path,
                size=size,
            )
        )
    return _object(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), path)


def _object(text: bytes, path: Path) -> Document:
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RefusedError(
            tr(
                "{path}: expected GeoJSON ({error}). Specify the format of the file: --input-format FORMAT.",
                path=path,
                error=error,
            )
        ) from None
    if not isinstance(document, dict):
        raise RefusedError(
            tr(
                "{path}: expected a GeoJSON FeatureCollection. Specify the format of the file: --input-format FORMAT.",
                path=path,
            )
        )
    return document
