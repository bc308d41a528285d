"""What the data do not know: gaps, single sources, coarse days and places, numbers on which sources differ."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from willay.events.frame.frame import open_ended
from willay.maps.profile.blocks import Items, Paragraph, text
from willay.maps.profile.wording import year_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from willay.maps.profile.blocks import Block, Text
    from willay.maps.profile.writing import Writing


def write(of: Writing) -> tuple[Block, ...]:
    """Write the section."""
    if not of.record.rows:
        return (Paragraph(text(of.t("no_incidents"))),)
    return (*of.selections, Paragraph(text(of.t("unknown_intro"))), Items(tuple(_items(of))))


def _items(of: Writing) -> Iterable[Text]:
    frame, facts, rows = of.record.incidents.frame, of.record.facts, of.record.rows
    undrawn = [row for row, drawn in enumerate(of.record.incidents.arrays["drawn"]) if not drawn]
    yield _counted(of, "unknown_undated", [row for row, cells in enumerate(rows) if not cells["first_day"]])
    yield _counted(of, "unknown_unplaced", undrawn)
    coarse = [row for row, cells in enumerate(rows) if cells["date_precision"] in ("week", "month", "year", "period")]
    yield _counted(of, "unknown_coarse_days", coarse)
    wide = [row for row, name in enumerate(frame["place_precision"]) if name in _WIDE]
    yield _counted(of, "unknown_wide_places", wide)
    yield _counted(of, "unknown_killed", of.lacking(range(len(rows))))
    yield _counted(of, "unknown_open", [row for row, is_open in enumerate(open_ended(frame, "killed")) if is_open])
    yield _counted(of, "unknown_single", [row for row, fact in enumerate(facts) if fact.sources == 1])
    yield _counted(of, "unknown_unsourced", [row for row, fact in enumerate(facts) if not fact.sources])
    yield _counted(of, "unknown_differ", [row for row, fact in enumerate(facts) if fact.differs])
    yield _counted(of, "unknown_no_group", [row for row, fact in enumerate(facts) if fact.killed and not fact.groups])
    years = Counter(year for cells in rows if (year := year_of(cells["first_day"])) is not None)
    gaps = [str(year) for year in range(min(years, default=0), max(years, default=-1) + 1) if year not in years]
    if gaps:
        yield text(of.t("unknown_years", years=", ".join(gaps)))
    about = frame.attrs
    yield text(
        of.t("unknown_withheld", left_out=int(about.get("left_out") or 0), coarsened=int(about.get("coarsened") or 0))
    )


_WIDE = ("district", "province", "department", "area", "country", "sea", "unknown")


def _counted(of: Writing, key: str, rows: list[int]) -> Text:
    share = text(of.words.t("percent", n=f"{100 * len(rows) / len(of.record.rows):.0f}"))
    told = of.t("sum_unknown_of", what=of.t(key, number="", share="").split(":")[0])
    return of.filled(key, number=of.counted_as(rows, key, told) if rows else text("0"), share=share)
