"""Publishing: which rows may be passed on, and which only serve their keeper; what no profile has looked at."""

from __future__ import annotations

import warnings
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, cast

from willay.events.frame.cells import IncidentCells
from willay.events.frame.columns import RECORD
from willay.events.model.errors import DisclosureWarning, RefusedError
from willay.events.model.terms import rows_of_terms
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from willay.events.frame.cells import Page

UNNAMED: Final = mark("a dataset without a name")


def barred(datasets: pd.DataFrame) -> frozenset[str]:
    """Return the names of the datasets whose rows may not be passed on.

    Args:
        datasets: With the columns `name` and `may_publish`; unknown does not bar.
    """
    return frozenset(terms.name for terms in rows_of_terms(datasets.to_dict("records")) if terms.may_publish is False)


def warn_undisclosed(page: Page) -> None:
    """Warn of incidents that a store gave as they are recorded, without a disclosure profile.

    So are those of a table that says of some rows nothing of where they are from, neither in its `attrs` nor in its
    column `frame_origin`, while its incidents still have the number of a revision.

    Args:
        page: What is about to be written or drawn.
    """
    origins = _origins(page)
    recorded = _cells(page, "revision") if _has(page, "revision") else ()
    lost = any(not one for one in origins) and any(number is not None for number in recorded)
    if lost or any(map(is_record, origins)):
        message = tr(
            "These incidents are shown as recorded, including confidential information. Select what may be "
            "passed on: store.read.select(profile='public'). If the result is only for your office: "
            "profile='internal'."
        )
        if lost:
            hint = tr("The attrs of the table are missing. Copy them: table.attrs.update(frame.attrs).")
            message = f"{message} {hint}"
        warnings.warn(message, DisclosureWarning, stacklevel=3)


def _has(page: Page, name: str) -> bool:
    """Return whether there is a column; a table that is not an incident frame is refused by whoever writes it."""
    return isinstance(page, IncidentCells) or name in getattr(page, "columns", ())


def _origins(page: Page) -> list[Mapping[str, Any]]:
    """Return what rows state of where they are from, each statement once."""
    if isinstance(page, IncidentCells):
        return [cast("Mapping[str, Any]", page.origin)]
    if not hasattr(page, "columns"):
        return []
    from willay.events.frame.provenance import origins_in  # noqa: PLC0415 — who has a frame has paid for pandas

    return [*origins_in(page)]


def warn_undisclosed_sums(origin: Mapping[Any, Any]) -> None:
    """Warn of sums over incidents that a store gave as they are recorded, without a disclosure profile.

    Args:
        origin: What the table of the sums states about itself: what the incidents did.
    """
    if is_record(origin):
        message = tr(
            "These sums are of incidents shown as recorded, including confidential ones. Sum those of "
            "store.read.select(profile='public')."
        )
        warnings.warn(message, DisclosureWarning, stacklevel=3)


def is_record(origin: Mapping[Any, Any]) -> bool:
    """Return whether incidents are as they are recorded: a store says so by an empty profile."""
    return origin.get("profile") == RECORD


def check_publishable(page: Page, names: frozenset[str] | None = None) -> None:
    """Let incidents pass if all of them may be passed on.

    Args:
        page: The incidents.
        names: The datasets whose rows may not; see `barred`. None goes by what the rows say themselves: `may_publish`.

    Raises:
        RefusedError: Some may not; the message states how many, of which dataset, and what to do.
    """
    may_be = _cells(page, "may_publish")
    if names is None and False not in may_be:
        return
    rows = zip(_cells(page, "dataset"), may_be, strict=True)
    theirs = Counter(name or UNNAMED for name, may in rows if (may is False if names is None else name in names))
    if theirs:
        counts = ", ".join(
            tr("{number:,} of {dataset}", number=number, dataset=tr(name) if name == UNNAMED else name)
            for name, number in sorted(theirs.items())
        )
        raise RefusedError(
            tr(
                "The terms of their dataset do not allow passing on these rows: {counts}. Leave them out (--without "
                "{dataset}), or write a file for your own use only: --for-own-use.",
                counts=counts,
                dataset=next(iter(theirs)),
            )
        )


def _cells(page: Page, name: str) -> Sequence[Any]:
    if isinstance(page, IncidentCells):
        return page.of(name)
    from willay.events.frame.frame import cells  # noqa: PLC0415 — who has a frame has paid for pandas

    return cells(page, name)


def publishable(pages: Iterable[Page], names: frozenset[str] | None = None) -> Iterator[Page]:
    """Yield pages as long as all their incidents may be passed on; raises as `check_publishable` does."""
    for page in pages:
        check_publishable(page, names)
        yield page
