"""Terms of one's own in a database: what it knows besides willay's vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.exchange.incoming.table.mapping import check_field
from willay.events.model.own_terms import own_term

if TYPE_CHECKING:
    from willay.events.store import Store


def add_term(store: Store, kind: str, name: str, parent: str, *, author: str, reason: str = "") -> bool:
    """Record a term of one's own, or another meaning of one that is recorded.

    Args:
        store: The database.
        kind: `heading`.
        name: The heading of a column, as tables have it; capitals, accents and marks do not matter.
        parent: The field that such a column holds.
        author: Who decides it.
        reason: Why.

    Returns:
        Whether it was not recorded in these words before.

    Raises:
        RefusedError: There is no such kind or field, or no author, or the name has no letter.
    """
    term = own_term(kind, name, parent)
    return store.registers.add_term(own_term(kind, name, check_field(parent, term.name)), author=author, reason=reason)
