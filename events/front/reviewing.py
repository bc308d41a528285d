"""The review in bulk: incidents named one by one, or all that answer a question, go a step further, or none does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pandas as pd

from willay.events.frame.publishing import is_record
from willay.events.front.incident import Incident
from willay.events.front.query import Query
from willay.events.model.errors import NotFoundError, QueryError, RefusedError
from willay.events.store.record.review_rules import STEPS
from willay.geo.translation import tr

if TYPE_CHECKING:
    from willay.events.frame.query import IncidentQuery
    from willay.events.store import Revised, Store
    from willay.events.store.record.review_rules import Step

Chosen: TypeAlias = "str | Incident | Query | pd.DataFrame | pd.Series[str] | Iterable[str | Incident]"
"""Incidents: a code or several, a question, or a frame with the column `code`."""

_COLUMNS: Final = ("code", "number", "changes")


def codes_before(store: Store, step: Step | None, query: IncidentQuery) -> tuple[str, ...]:
    """Return the codes of the incidents that answer a question, as the record has them.

    Args:
        store: The database.
        step: Where the question names no status: only those with which this step begins; None is any that holds.
        query: The question; it is about the record of now.

    Raises:
        QueryError: It is about an earlier moment.
        NotFoundError: It names something that the database does not have, or nothing answers it.
    """
    if query.as_of is not None:
        raise QueryError(tr("A review changes what is recorded now. Leave as-of out."))
    asked = query if query.statuses or step is None else replace(query, statuses=STEPS[step].before)
    cells, _ = store.read.first(asked, profile=None)
    codes = tuple(map(str, cells.of("code")))
    if not codes:
        statuses = ", ".join(asked.statuses)
        raise NotFoundError(tr("No incident answers the question (status: {statuses}).", statuses=statuses or "—"))
    return codes


def codes_chosen(store: Store, step: Step | None, what: Any) -> tuple[str, ...]:  # noqa: ANN401 — as `Chosen`
    """Return the codes of incidents, each once, in their order; raises as `codes_before` does.

    Raises:
        RefusedError: They are those of a frame that hides codes.
        QueryError: They are none of the forms, or a question has areas.
    """
    if isinstance(what, Query):
        if what.areas is not None:
            raise QueryError(tr("An area cannot be asked for here. Select it, and give the frame."))
        return codes_before(store, step, what.asked)
    if isinstance(what, pd.DataFrame):
        return _of_frame(store, what)
    several = [what] if isinstance(what, str | Incident) or not isinstance(what, Iterable) else [*what]
    codes = [one.code if isinstance(one, Incident) else one for one in several]
    for code in codes:
        if not isinstance(code, str):
            message = tr(
                "expected codes, a frame with the column 'code', or a wy.Query; got {got}.", got=repr(what)[:80]
            )
            raise QueryError(message)
    return tuple(dict.fromkeys(codes))


def _of_frame(store: Store, frame: pd.DataFrame) -> tuple[str, ...]:
    if "code" not in frame.columns:
        raise QueryError(tr("expected codes, a frame with the column 'code', or a wy.Query; got {got}.", got="a frame"))
    codes = tuple(dict.fromkeys(frame["code"].astype(str)))
    if is_record(frame.attrs):
        return codes
    for code in codes:
        try:
            store.read.draft(code)
        except NotFoundError:
            message = tr(
                "{code} is the code that a disclosure profile shows of an incident, not its own. Select the record: "
                "db.select(…, profile=None).",
                code=code,
            )
            raise RefusedError(message) from None
    return codes


def stepped(
    store: Store,
    what: Any,  # noqa: ANN401 — as `Chosen`
    step: Step,
    *,
    author: str,
    comment: str,
    to: str | None = None,
) -> pd.DataFrame:
    """Take incidents a step further in the review, all of them or none; raises as `review.step_together` does."""
    codes = codes_chosen(store, step, what)
    return _table(store.review.step_together(codes, step, author=author, comment=comment, assign_to=to))


def assigned(store: Store, what: Any, to: str | None, *, author: str, comment: str) -> pd.DataFrame:  # noqa: ANN401
    """Ask somebody to look at incidents, at all of them or none; None asks nobody."""
    codes = codes_chosen(store, None, what)
    return _table(store.review.assign_together(codes, to, author=author, comment=comment))


def _table(done: tuple[Revised, ...]) -> pd.DataFrame:
    rows = [(one.code, one.number, "; ".join(one.changes)) for one in done]
    return pd.DataFrame(rows, columns=list(_COLUMNS))
