"""Terms of one's own: words that a database knows besides willay's vocabulary, each with what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from willay.data.headers import plain
from willay.events.model.errors import RefusedError
from willay.geo.translation import tr

HEADING: Final = "heading"
"""The kind of term that is the heading of a column in tables that are imported."""

KINDS: Final = (HEADING,)


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """A term of one's own.

    Attributes:
        kind: One of `KINDS`.
        name: What it is, as people write it.
        parent: What it means: of a heading the field of a mapping, such as `type` or `killed/police`.

    Example:
        >>> from willay.events.model.own_terms import OwnTerm
        >>> OwnTerm("heading", "Tipo de hecho", "type").key
        'heading:tipo de hecho'
    """

    kind: str
    name: str
    parent: str

    @property
    def key(self) -> str:
        """What it is recorded by: the same for names that differ in capitals, accents and marks alone."""
        return f"{self.kind}:{plain(self.name)}"


def own_term(kind: str, name: str, parent: str) -> OwnTerm:
    """Return a term of one's own.

    Raises:
        RefusedError: There is no such kind, or the name has no letter.
    """
    if kind not in KINDS:
        raise RefusedError(
            tr("Unknown kind of term {kind!r}. Choose one of: {kinds}.", kind=kind[:80], kinds=", ".join(KINDS))
        )
    made = OwnTerm(kind, " ".join(name.split()), parent)
    if not plain(made.name):
        raise RefusedError(tr("A heading needs a letter or a digit; {name!r} has none.", name=name[:80]))
    return made
