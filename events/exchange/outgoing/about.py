"""The description that a file holds of itself: where its incidents come from, on what terms, how many were left out."""

from __future__ import annotations

import json
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from willay.events.exchange.outgoing.jsontext import json_bytes
from willay.events.frame.columns import TERMS
from willay.events.frame.protection import datasets_of_rows
from willay.geo import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.frame.cells import IncidentCells

COMPANION: Final = ".about.json"
_FOR_WHOM: Final = frozenset({"profile", "for_own_use_only"})


class About:
    """Gathers the description of a file from its pages, as they pass.

    It is that of the first page, which knows of all of them; where that lists no datasets, those of its rows.

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

    def description(self) -> dict[str, Any]:
        """Return the description as JSON; before the first page has been read, only what the options add."""
        return self._options.about(self._origin or {})


def as_texts(about: Mapping[str, Any]) -> dict[str, str]:
    """Return what a file says of itself as texts; values that are none become JSON."""
    return {name: value if isinstance(value, str) else json_bytes(value).decode() for name, value in about.items()}


def begun(pages: Iterator[IncidentCells], options: WritingOptions) -> tuple[About, Iterator[IncidentCells]]:
    """Return the description of a file, and all pages; the first has been read."""
    about = About(options)
    each = about.over(pages)
    first = next(each, None)
    return about, chain([] if first is None else [first], each)


def companion_of(path: Path) -> Path:
    """Return the companion of a file that has no place for its description."""
    return path.with_name(f"{path.name}{COMPANION}")


@contextmanager
def companion(
    path: Path, options: WritingOptions, said: Mapping[str, Any], *, is_needed: bool
) -> Iterator[tuple[Path, ...]]:
    """Write the companion of a file that has no place for its description, once the file is written.

    Args:
        path: The file.
        options: How it is written.
        said: The description.
        is_needed: Whether the file has no place for it.

    Yields:
        The companion; nothing where none is needed.
    """
    if not is_needed or not needs_companion(said):
        yield ()
        return
    with replacing(companion_of(path), force=options.force) as file:
        yield (companion_of(path),)
        file.write(companion_text(said))


def needs_companion(said: Mapping[str, Any]) -> bool:
    """Return whether only a companion can show for whom a file was made, what is not in it, or that it is selected."""
    return not _FOR_WHOM.isdisjoint(said) or any("selection" in one for one in said.get("datasets", ()))


def companion_text(said: Mapping[str, Any]) -> str:
    """Return what a companion holds."""
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
