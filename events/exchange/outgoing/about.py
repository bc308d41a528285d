"""The description that a file holds of itself: where its incidents come from, on what terms, how many were left out.

The numbers left out are known when all pages have been written. A format whose description comes first leaves room for
them (`Room`).
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from itertools import chain
from typing import IO, TYPE_CHECKING, Any, Final

from willay.events.exchange.outgoing.jsontext import json_bytes
from willay.events.frame import TERMS
from willay.events.protection import datasets_of_rows
from willay.geo import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from willay.events.cells import IncidentCells
    from willay.events.exchange.outgoing.options import WritingOptions

COMPANION: Final = ".about.json"
_FOR_WHOM: Final = frozenset({"profile", "for_own_use_only"})
_WIDEST: Final = 9_999_999_999


class About:
    """Gathers the description of a file from its pages, as they pass.

    It is that of the first page; where that lists no datasets, those of its rows. Numbers, such as how many incidents
    were left out, are those of the last page.

    Args:
        options: How the file is written, and further entries of the description.
    """

    def __init__(self, options: WritingOptions) -> None:
        self._options = options
        self._origin: dict[Any, Any] | None = None

    def over(self, pages: Iterable[IncidentCells]) -> Iterator[IncidentCells]:
        """Yield the pages as they are."""
        for page in pages:
            self._hear(page)
            yield page

    def _hear(self, page: IncidentCells) -> None:
        if self._origin is None:
            listed = page.origin.get("datasets") or datasets_of_rows({name: page.of(name) for name in TERMS})
            self._origin = {**page.origin, "datasets": listed}
        else:
            known = self._origin
            known |= {name: value for name, value in page.origin.items() if _is_number(value) and name in known}

    def said(self) -> dict[str, Any]:
        """Return the description as JSON, as far as the pages have been read; what is not known is left out."""
        return self._options.about(self._origin or {})


def begun(pages: Iterator[IncidentCells], options: WritingOptions) -> tuple[About, Iterator[IncidentCells]]:
    """Return the description of a file, and all pages; the first has been read."""
    about = About(options)
    each = about.over(pages)
    first = next(each, None)
    return about, chain([] if first is None else [first], each)


class Room:
    """A place in a file for JSON whose numbers are known only at its end.

    Args:
        file: Where it is, open for writing and seekable, at the place.
        said: What would stand there now; numbers may grow up to ten digits.
    """

    def __init__(self, file: IO[bytes], said: Mapping[str, Any]) -> None:
        self._file, self._at = file, file.tell()
        self._size = len(json_bytes({name: _WIDEST if _is_number(value) else value for name, value in said.items()}))
        file.write(self._padded(said))

    def fill(self, said: Mapping[str, Any]) -> None:
        """Write what is known now in its place."""
        end = self._file.tell()
        self._file.seek(self._at)
        self._file.write(self._padded(said))
        self._file.seek(end)

    def _padded(self, said: Mapping[str, Any]) -> bytes:
        return json_bytes(said).ljust(self._size)


def companion_of(path: Path) -> Path:
    """Return the companion of a file that has no place for its description."""
    return path.with_name(f"{path.name}{COMPANION}")


@contextmanager
def companion(
    path: Path, options: WritingOptions, said: Mapping[str, Any] | About, *, is_needed: bool
) -> Iterator[tuple[Path, ...]]:
    """Write, at the end, the companion of a file that has no place for its description.

    Args:
        path: The file.
        options: How it is written.
        said: The description; an `About` is asked again at the end.
        is_needed: Whether the file has no place for it.

    Yields:
        The companion; nothing where none is needed.
    """

    def now() -> Mapping[str, Any]:
        return said.said() if isinstance(said, About) else said

    if not is_needed or not needs_companion(now()):
        yield ()
        return
    with replacing(companion_of(path), force=options.force) as file:
        yield (companion_of(path),)
        file.write(companion_text(now()))


def needs_companion(said: Mapping[str, Any]) -> bool:
    """Return whether only a companion can show for whom a file was made, and what was left out of it."""
    return not _FOR_WHOM.isdisjoint(said)


def companion_text(said: Mapping[str, Any]) -> str:
    """Return what a companion holds."""
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
