"""Answers of an unfinished dialogue, saved in a file next to the database.

The file is rewritten after each answer, is readable by its owner only, and is deleted when the incident is saved.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from willay.geo import replacing
from willay.geo.errors import GeoError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from pathlib import Path

_KIND: Final = "an unfinished incident of willay add"
_VERSION: Final = 1


@dataclass
class Unfinished:
    """What was given and answered so far.

    Attributes:
        words: The options of the command, by name.
        answers: What was typed, by question.
        meanings: What an answer was found to mean, where that took a choice: places, as plain fields.
    """

    words: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    meanings: dict[str, Any] = field(default_factory=dict)


class Notebook:
    """The file in which the answers of one dialogue are saved.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.trouble: GeoError | None = None
        """Why the last answers could not be saved; None if they were saved."""

    def save(self, content: Unfinished) -> None:
        """Save the answers, all or none; a failure is stored in `trouble` and does not stop the dialogue."""
        text = json.dumps({"kind": _KIND, "version": _VERSION, **vars(content)}, ensure_ascii=False, indent=1)
        try:
            with replacing(self.path, force=True, private=True) as out:
                out.write(text)
            self.trouble = None
        except GeoError as error:
            self.trouble = error

    def forget(self) -> None:
        """Delete the file, if it exists."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def new_notebook(database: Path) -> Notebook:
    """Return a new notebook next to a database, with an unused number."""
    taken = [int(found[1]) for path in unfinished_files(database) if (found := _number(path, database))]
    return Notebook(database.with_name(f"{database.stem}.draft-{max(taken, default=0) + 1}.json"))


def unfinished_files(database: Path) -> list[Path]:
    """Return the files of unfinished dialogues next to a database, the latest last."""
    with suppress(OSError):
        found = [(int(number[1]), path) for path in database.parent.iterdir() if (number := _number(path, database))]
        return [path for _, path in sorted(found)]
    return []


def number_of(path: Path) -> int:
    """Return the number of a file of answers, by its name."""
    return int(path.stem.rpartition("-")[2])


def _number(path: Path, database: Path) -> re.Match[str] | None:
    return re.fullmatch(rf"{re.escape(database.stem)}\.draft-(\d+)\.json", path.name)


def read_unfinished(path: Path) -> Unfinished:
    """Read a file of answers.

    Raises:
        DraftError: It is not such a file.
        InputFileError: It cannot be read.
    """
    from willay.events.model.errors import DraftError
    from willay.events.model.parsing import parsed
    from willay.geo.inputs import input_text

    document = parsed(input_text(path), path.name)
    if not isinstance(document, dict) or document.get("kind") != _KIND or document.get("version") != _VERSION:
        how = tr(
            "This is not a file of unfinished answers written by this version of willay. Check it, and move or "
            "delete it."
        )
        raise DraftError.at(path.name, how)
    return Unfinished(*(dict(document.get(name) or {}) for name in ("words", "answers", "meanings")))
