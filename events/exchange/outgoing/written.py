"""What a writer answers with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written.

    Attributes:
        path: The file.
        rows: How many incidents it holds.
        losses: What the format could not say, each as a sentence with how often; empty where nothing was lost.
        beside: Further files that belong to it, such as its table of claims.
        left_out: The fields of the record that do not come back when the file is imported, such as `claims.note`; empty
            where the file is lossless.
        about: The description in it or in its companion: as-of, policy, datasets, how many were left out.

    Example:
        >>> from pathlib import Path
        >>> from willay.events.extensions import Written
        >>> Written(Path("march.txt"), 3, losses=("Places are not written.",)).rows
        3
    """

    path: Path
    rows: int
    losses: tuple[str, ...] = ()
    beside: tuple[Path, ...] = ()
    left_out: tuple[str, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)  # Any: JSON


def lacking(*, cards: bool, wholes: bool) -> tuple[str, ...]:
    """Return what is not in a file that may hold cards, or whole incidents, and has none."""
    return () if wholes else (tr(ONE_PLACE),) if cards else (tr(NO_CLAIMS), tr(ONE_PLACE))


ONE_PLACE: Final = mark("Places: the file has only the primary place of each incident.")
NO_CLAIMS: Final = mark("Claims, sources and notes: the file has only the figures derived from them.")
