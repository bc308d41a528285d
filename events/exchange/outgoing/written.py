"""What a writer answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written.

    Attributes:
        path: The file.
        rows: How many incidents it holds.
        losses: What the format could not say, each as a sentence with how often; empty where nothing was lost.
        beside: Further files that belong to it, such as its table of claims.
    """

    path: Path
    rows: int
    losses: tuple[str, ...] = ()
    beside: tuple[Path, ...] = ()
