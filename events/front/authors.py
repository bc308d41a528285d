"""Who makes a change: a person or a script, by a name of its own."""

from __future__ import annotations

from willay.events.model.errors import RefusedError
from willay.events.store.record.revisions import INSTALLER
from willay.geo.translation import tr


def named_author(author: str | None) -> str:
    """Return the name of who makes a change.

    Raises:
        RefusedError: There is none, or it is the program's own.
    """
    if author is None or not author.strip():
        raise RefusedError(tr("A change needs an author. Specify who makes it: --author NAME."))
    if author.strip().casefold() == INSTALLER:
        raise RefusedError(
            tr("'willay' is reserved for what the program itself records. Give your own name: --author NAME.")
        )
    return author
