"""What is decided: what a part of a draft becomes in documents and tables, and a row whose parts are all decided."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from willay.events.frame.framing import source_cells
from willay.events.model.masking import new_text_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from willay.events.model.foreign import RowFault
    from willay.events.store.write.deciding import Deciding

LISTS: Final = ("place", "claim", "link")
"""The tables of the lists of an incident, in the order of `Decided.lists`."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a part becomes.

    Attributes:
        by: For which deciding that holds.
        form: Which fields and columns it decides, as a number (`Deciding.form_of`).
        pieces, masked: The members of the draft of a state, and of a masked one, as canonical JSON.
        cells: Cells of the table `incident`.
        lists: Rows of `LISTS`, then boxes of the primary place (west, east, south, north), each with the place of its
            list there; all without the number of the incident.
        country, first_day: What the code of the incident begins with.
        listed, cited: Keys of the sources that speak of the incident, and of those that its claims cite.
        names_codes: Whether a text of it may name an incident by its code.
        strays: Flags of places outside their country.
    """

    by: Deciding
    form: int
    pieces: tuple[str, ...]
    masked: tuple[str, ...]
    cells: tuple[Any, ...]  # Any: values of SQL columns
    lists: tuple[tuple[int, tuple[Any, ...]], ...]
    country: str | None
    first_day: str | None
    listed: tuple[str, ...]
    cited: tuple[str, ...]
    names_codes: bool
    strays: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What rows have in common whose parts decide the same fields.

    Attributes:
        in_order: Puts the members of a draft, its own and those of its parts, in the order of their names.
        names: The columns of the table `incident` that the parts decide, one after the other.
    """

    in_order: Callable[[Sequence[str]], tuple[str, ...]]
    names: tuple[str, ...]


@dataclass(slots=True)
class Joined:
    """A row whose parts are all decided, about to become an incident.

    Attributes:
        parts: What was decided.
        shape: What it has in common with other rows.
        dataset: Its dataset.
        title: Its title by language.
        members, masked: The members of its draft, and of the masked one, as canonical JSON, without order.
        names_codes: Whether a text of it may name an incident by its code.
        country, first_day: What its code begins with.
    """

    parts: tuple[Decided, ...]
    shape: Shape
    dataset: str
    title: dict[str, str]
    members: tuple[str, ...]
    masked: tuple[str, ...]
    names_codes: bool
    country: str
    first_day: str | None

    @property
    def sources(self) -> tuple[list[str], dict[str, Any]]:
        """The keys of the sources that speak of it, and the columns that follow from them."""
        keys = chain(*[part.listed for part in self.parts], *[part.cited for part in self.parts])
        cited = [*dict.fromkeys(keys)]
        return cited, source_cells(cited, self.parts[0].by.source_kinds)

    def text(self, incident_id: str, code: str) -> str:
        """Return the document, as `canonical` would write it; id and code are ours, and hold nothing to be escaped."""
        draft_ = ",".join(self.shape.in_order(self.members))
        return f'{{"code":"{code}","draft":{{{draft_}}},"id":"{incident_id}"}}'

    def masked_text(self, incident_id: str, code: str) -> str:
        """Return the masked document, as `canonical` would write it."""
        draft_ = ",".join(self.shape.in_order(self.masked))
        code, incident_id = new_text_digest(code), new_text_digest(incident_id)
        return f'{{"code":"{code}","draft":{{{draft_}}},"id":"{incident_id}"}}'

    @property
    def code_of(self) -> tuple[str, str | None]:
        """What its code begins with: its country, and the first of its days, if it has any."""
        return self.country, self.first_day

    @property
    def strays(self) -> tuple[RowFault, ...]:
        """Flags of places outside their country."""
        return tuple(chain.from_iterable([part.strays for part in self.parts]))
