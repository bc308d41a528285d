"""Tables in the layout of another dataset, and what that layout cannot say.

Every loss is a row of `NAME.losses.csv` (code, field, value, reason); the kinds of losses are reported with how often
each came up. Nothing of an incident stays in memory once it is written.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import shapely

from willay.data.crosswalks import crosswalk
from willay.events.exchange.outgoing.csv import TextTable
from willay.events.exchange.outgoing.flat_pages import rows_of
from willay.events.exchange.outgoing.written import Written
from willay.events.frame.columns import NAMES, TERMS
from willay.events.model.canonical import value_of
from willay.events.model.policy import FIGURE_MEASURES
from willay.geo import replacing
from willay.geo.translation import mark, tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from willay.data.crosswalks import Outgoing
    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.frame.cells import IncidentCells

LOSSES: Final = ("code", "field", "value", "reason")
_PUBLISHED: Final = "published"
LEFT_OUT: Final = "left out: "
"""The beginning of the reason if a complete incident is not in the file."""


class Losses:
    """Writes down what a layout cannot say, in English: its table is the same in every language.

    Args:
        table: Where each loss becomes a row; None keeps the counts alone.
    """

    def __init__(self, table: TextTable | None = None) -> None:
        self._table = table
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, code: str, name: str, value: object, reason: str) -> None:
        """Note one: of an incident, by its code, the field, the value there, and why it is lost."""
        self._counts[name, reason] += 1
        if self._table is not None:
            self._table.add([(code, name, None if value is None else str(value), reason)])

    def sentences(self) -> tuple[str, ...]:
        """Return the kinds of losses, the most frequent first."""
        ordered = sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            tr_n(
                "{name}: {reason} ({n:,} time).",
                "{name}: {reason} ({n:,} times).",
                number,
                name=name,
                reason=_said(one),
            )
            for (name, one), number in ordered
        )


def _said(reason: str) -> str:
    """Return a reason, which the table of losses has in English, in the language of now."""
    if reason.startswith(LEFT_OUT):
        return tr("left out: {reason}", reason=tr(reason.removeprefix(LEFT_OUT)))
    return tr(reason)


class Translator:
    """Translates our terms into a system's codes, and notes what is lost."""

    def __init__(self, system: str, losses: Losses) -> None:
        self.codes, self._losses = crosswalk(system), losses

    def entry(self, row: Mapping[str, Any], name: str, term: str | None, column: str) -> Outgoing | None:
        """Return what a term of ours becomes, or None where the system cannot say it: then the incident is left out."""
        found = self.codes.outgoing(name, term or "unknown")
        if found is None or found.code is None:
            why = found.loss if found else mark("unknown in that format")
            self._losses.add(row["code"], column, term, f"{LEFT_OUT}{why}")
            return None
        if found.loss:
            self._losses.add(row["code"], column, term, found.loss)
        return found

    def code(self, row: Mapping[str, Any], name: str, term: str | None, column: str) -> str | None:
        """Return the code that a term of ours becomes, or None as `entry` does."""
        found = self.entry(row, name, term, column)
        return found.code if found else None


def rows_with_points(page: IncidentCells, decimals: int) -> Iterator[tuple[dict[str, Any], tuple[float, float] | None]]:
    """Yield the cells of incidents, with longitude and latitude: of an area a point inside it.

    The card, where there is one, stands as `card`; it is empty where the frame was read without cards.

    Args:
        page: Incidents.
        decimals: Decimals of degrees.
    """
    columns = [page.of(name) for name in NAMES]
    points = shapely.point_on_surface(page.shapes)
    for values, point in zip(zip(*columns, strict=True), points, strict=True):
        missing = point is None or point.is_empty
        at = None if missing else (round(point.x, decimals) + 0.0, round(point.y, decimals) + 0.0)
        row = dict(zip(NAMES, values, strict=True))
        yield {**row, "card": value_of(row["details"]) if row["details"] else {}}, at


def reports_of(card: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the sources of an incident without the datasets that pass it on, unless there are no others."""
    sources: list[dict[str, Any]] = list(card.get("sources", {}).values())
    return [source for source in sources if source.get("kind") != "dataset"] or sources


_ONLY_DEATHS: Final = {"ACLED": mark("ACLED counts deaths only"), "UCDP": mark("UCDP counts deaths only")}
_NO_STATUS: Final = {
    "ACLED": mark("ACLED has no status: written like a published event"),
    "UCDP": mark("UCDP has no status: written like a published event"),
}


def note_common(row: Mapping[str, Any], losses: Losses, system: str) -> None:
    """Note what no layout of another dataset holds."""
    code = row["code"]
    for measure in FIGURE_MEASURES:
        stated = row[f"{measure}_best"] if row[f"{measure}_best"] is not None else row[f"{measure}_low"]
        if measure != "killed" and stated is not None:
            losses.add(code, measure, stated, _ONLY_DEATHS[system])
    if (row["place_count"] or 0) > 1:
        losses.add(code, "places", row["place_count"], mark("only the primary place is written"))
    claims = len(row["card"].get("claims", ()))
    if claims > 1:
        losses.add(code, "claims", claims, mark("one figure is written, not the claims of each source"))
    if not row["counted"]:
        losses.add(
            code,
            "part_of",
            row["part_of"],
            mark("a part is in the file together with its parent incident: sums count it twice"),
        )
    if row["status"] not in (None, _PUBLISHED):
        losses.add(code, "status", row["status"], _NO_STATUS[system])
    if len(row["card"].get("title", ())) > 1:
        losses.add(code, "title", None, mark("texts are written in one language"))
    if row["card"].get("notes"):
        losses.add(code, "notes", len(row["card"]["notes"]), mark("notes are not written"))


def write_shaped(
    pages: Iterator[IncidentCells],
    path: Path,
    options: WritingOptions,
    layout: tuple[tuple[str, ...], Callable[[IncidentCells, Losses], Iterator[list[tuple[Any, ...]]]]],
) -> Written:
    """Write incidents in a layout, with the table of losses next to it; errors as `outgoing.write`.

    Args:
        pages: Incidents, in order.
        path: Where to.
        options: How to write.
        layout: The names of the columns, and what makes the rows of each incident of a page: none for one left out.
            What protects an incident is in further columns of each row.

    Returns:
        What was written; `rows` counts the incidents that are in the file.
    """
    columns, made_of = layout
    beside = path.with_name(f"{path.stem}.losses.csv")
    incidents = 0
    with replacing(path, force=options.force) as out, replacing(beside, force=options.force) as lost:
        table = TextTable(out, (*columns, *TERMS), bom=options.bom)
        losses = Losses(TextTable(lost, LOSSES, bom=options.bom))
        for page in pages:
            for rows, terms in zip(made_of(page, losses), rows_of(page, TERMS), strict=True):
                table.add((*row, *terms) for row in rows)
                incidents += bool(rows)
    return Written(path, incidents, losses.sentences(), (beside,))
