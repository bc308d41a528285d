"""Where the rows of sums went, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.geo.translation import tr

if TYPE_CHECKING:
    from willay.events.aggregate import Account


def account_lines(account: Account) -> list[str]:
    """Return where rows went, a line for each place that has some."""
    lines = [
        (account.held, tr("in a region: {n}", n=f"{account.held:,}")),
        (account.outside, tr("in no region: {n}", n=f"{account.outside:,}")),
        (account.unplaced, tr("without a place: {n}", n=f"{account.unplaced:,}")),
        (account.unregioned, tr("summed without regions: {n}", n=f"{account.unregioned:,}")),
        (account.passed_over, tr("not asked for (other days or types): {n}", n=f"{account.passed_over:,}")),
        (
            account.repeated,
            tr("counted again in a second region (borders, overlaps): {n}", n=f"{account.repeated:,}"),
        ),
        (account.parts, tr("parts of other rows, counted with these: {n}", n=f"{account.parts:,}")),
        (account.undated, tr("without a day: {n}", n=f"{account.undated:,}")),
        (account.unread_days, tr("of these, with a day that cannot be read: {n}", n=f"{account.unread_days:,}")),
    ]
    return [f"  {words}" for number, words in lines if number]
