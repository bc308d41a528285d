"""Ownership: the files that an import writes next to its file, whose names nobody chose, and whose they are.

An import replaces the report, the mapping and the table of quarantined rows that an earlier one of the same file wrote.
A file of that name which it did not write is somebody else's; a table that somebody has edited since holds their work.
"""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Final

from willay.events.exchange.incoming.reports import OUR_COLUMNS, report_paths
from willay.events.exchange.incoming.table import mapping_file
from willay.geo import FileInTheWayError, check_target
from willay.geo.digests import file_digest
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DIGEST: Final = "quarantine_sha256"
"""The key of the digest of the table of quarantined rows, in the report of the import that wrote it."""

_HEAD_BYTES: Final = 1 << 16


def check_own(file: Path, *, mapping: bool) -> None:
    """Make sure that what an import of a file will write replaces nothing but what an earlier one wrote.

    Args:
        file: The file.
        mapping: Whether a mapping is written that was not read from where it is written.

    Raises:
        FileInTheWayError: There is a file of such a name that is not an import's, or a database.
        FileNameError: A name is one that not every system can hold.
    """
    report, quarantine = report_paths(file)
    known: list[tuple[Path, Callable[[Path], bool], str]] = [
        (
            report,
            _is_report,
            mark(
                "{path}: this file exists and is not the report of an import, but the import would replace it. "
                "Rename it, or import a copy of {name} under another name. Nothing was imported."
            ),
        ),
        (
            quarantine,
            _is_quarantine,
            mark(
                "{path}: this file exists and is not a table of quarantined rows, but the import would replace it. "
                "Rename it, or import a copy of {name} under another name. Nothing was imported."
            ),
        ),
    ]
    if mapping:
        known.append(
            (
                mapping_file(file),
                _is_mapping,
                mark(
                    "{path}: this file exists and is not a mapping of columns, but the import would replace it. "
                    "Rename it, or import a copy of {name} under another name. Nothing was imported."
                ),
            )
        )
    for path, is_own, what in known:
        check_target(path, force=True)
        if path.exists() and not is_own(path):
            raise FileInTheWayError(tr(what, path=path, name=file.name))


def keep_edited(file: Path) -> Path | None:
    """Rename a table of quarantined rows that somebody has edited since an import wrote it; return its new name."""
    report, quarantine = report_paths(file)
    if not quarantine.exists() or file_digest(quarantine) == _report(report).get(DIGEST):
        return None
    number = 1
    while (kept := quarantine.with_name(f"{quarantine.stem}.edited-{number}{quarantine.suffix}")).exists():
        number += 1
    return quarantine.rename(kept)


def _report(path: Path) -> dict[str, object]:
    try:
        document = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}


def _is_report(path: Path) -> bool:
    return {"endings", "sum_agrees"} <= _report(path).keys()


def _is_quarantine(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES).splitlines()
    return bool(head) and all(name.encode() in head[0] for name in OUR_COLUMNS)


def _is_mapping(path: Path) -> bool:
    try:
        return isinstance(tomllib.loads(path.read_text("utf-8")).get("columns"), dict)
    except (OSError, ValueError):
        return False
