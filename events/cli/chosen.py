"""Incidents that a step of the review is for: named by their codes, or chosen by the filters of `list`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from willay.events.cli.choosing import agreed
from willay.events.cli.output import on_terminal, say
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from willay.events.frame.query import IncidentQuery
    from willay.events.store import Store
    from willay.events.store.record.review_rules import Step

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which incidents a step is for.

    Attributes:
        codes: Those that are named.
        query: The filters, where a command takes them.
        asks: Whether a person on a terminal is asked before what filters choose is changed.
    """

    codes: list[str] | None
    query: IncidentQuery | None = None
    asks: bool = True

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is given."""
        from willay.events.frame.query import IncidentQuery

        return self.query is not None and self.query != IncidentQuery()

    def check(self) -> None:
        """Check that either codes or filters are given.

        Raises:
            BadParameter: Neither is, or both.
        """
        if self.codes and self.is_filtered:
            raise typer.BadParameter(tr("Give codes of incidents, or filters such as --status draft, not both."))
        if not self.codes and not self.is_filtered:
            raise typer.BadParameter(tr("Give codes of incidents, or filters such as --status draft, --dataset NAME."))

    def found(self, store: Store, step: Step) -> list[str]:
        """Return the codes.

        Raises:
            NotFoundError: No incident answers the filters.
        """
        from willay.events.front.reviewing import codes_before

        return self.codes or list(codes_before(store, step, self.query)) if self.query else self.codes or []

    def is_agreed(self, codes: Sequence[str], step: Step) -> bool:
        """Return whether what filters chose is to be changed: a person on a terminal is asked, a script is not."""
        if self.codes or not self.asks or not on_terminal():
            return True
        say(", ".join([*codes[:_SHOWN], *("…" for _ in codes[_SHOWN : _SHOWN + 1])]))
        return agreed(tr("{step}: {incidents}?", step=step, incidents=many(len(codes), "incident")), goes_back=False)
