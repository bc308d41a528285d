"""Emergencies: decrees over areas and days, with the incidents inside them and outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from willay.events.frame.membership import members
from willay.maps.profile.blocks import Chart, Paragraph, Table, text
from willay.maps.profile.charts import Stretch, spans_chart
from willay.maps.profile.wording import as_date
from willay.maps.regions import checked

if TYPE_CHECKING:
    from willay.maps.profile.blocks import Block, Text
    from willay.maps.profile.writing import Writing

_COLOUR: Final = "#b58a1b"
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class _Decree:
    """A version of an area that holds for days: the region, its days, and incidents by row."""

    region: dict[str, Any]
    first: date
    last: date | None
    inside: list[int]
    outside: list[int]


def write(of: Writing) -> tuple[Block, ...]:
    """Write the section."""
    decrees = _decrees(of)
    if not decrees:
        return (Paragraph(text(of.t("no_emergencies"))),)
    inside = sorted({row for one in decrees for row in one.inside})
    outside = sorted({row for one in decrees for row in one.outside} - {*inside})
    blocks: list[Block] = [
        Paragraph(
            of.filled(
                "emergencies_words",
                decrees=text(of.words.n(len(decrees))),
                inside=of.number_of(inside, "emergencies-inside", of.t("sum_emergencies_inside")),
                killed=of.killed_in(inside, "emergencies-inside", of.t("sum_emergencies_inside")),
                outside=of.number_of(outside, "emergencies-outside", of.t("sum_emergencies_outside")),
            )
        )
    ]
    until = max([one.last or one.first for one in decrees])
    rows = [_line(of, name, same) for name, same in _by_name(of, decrees).items()]
    said = of.t("alt_emergencies", n=len(decrees))
    blocks.append(Chart(text(of.t("chart_emergencies")), spans_chart(rows, until, of.t("chart_emergencies"), said)))
    head = tuple(
        of.t(key) for key in ("col_emergency", "col_when", "col_decree", "col_inside", "col_killed", "col_outside")
    )
    cells = tuple(_row(of, number, one) for number, one in enumerate(decrees))
    return (*blocks, Table(of.t("table_emergencies"), head, cells, frozenset({3, 4, 5})))


def _by_name(of: Writing, decrees: list[_Decree]) -> dict[str, list[_Decree]]:
    """Return the decrees by name: a decree and its prolongations are one row of the chart."""
    found: dict[str, list[_Decree]] = {}
    for one in decrees:
        found.setdefault(of.words.local(one.region["name"]), []).append(one)
    return found


def _line(of: Writing, name: str, same: list[_Decree]) -> tuple[str, list[Stretch], list[date]]:
    """Return a row of the chart: its stretches of time, and the days of incidents inside them."""
    stretches = [Stretch(one.first, one.last, _COLOUR) for one in same]
    firsts = (of.record.rows[row]["first_day"] for one in same for row in one.inside)
    return name, stretches, [as_date(day) for day in firsts if day]


def _decrees(of: Writing) -> list[_Decree]:
    """Return the versions of regions that hold for days only, of sets that have no others, in order of their days."""
    regions = of.record.regions
    if regions is None or regions.empty:
        return []
    table = checked(regions).reset_index(drop=True)
    timed = [held for held in of.record.areas.sets if all("valid_from" in region for region in held["regions"])]
    ids = [region["id"] for held in timed for region in held["regions"]]
    if not ids:
        return []
    chosen = table.iloc[ids].reset_index(drop=True)
    frame = of.record.incidents.frame
    on_days = members(frame, chosen)
    always = members(frame, chosen.assign(valid_from=None, valid_until=None))
    described = [region for held in timed for region in held["regions"]]
    found = []
    for number, region in enumerate(described):
        within = on_days["incident"][on_days["region"] == number].tolist()
        ever = always["incident"][always["region"] == number].tolist()
        until = region.get("valid_until")
        last = _EPOCH + timedelta(days=until - 1) if until is not None else None
        first = _EPOCH + timedelta(days=region["valid_from"])
        found.append(_Decree(region, first, last, within, sorted({*ever} - {*within})))
    kept = [one for one in found if of.record.area.is_whole or one.inside or one.outside]
    return sorted(kept, key=lambda one: (one.first, str(one.region["key"])))


def _row(of: Writing, number: int, one: _Decree) -> tuple[Text, ...]:
    words, name = of.words, of.words.local(one.region["name"])
    told = of.t("sum_emergency", name=name)
    anchor = f"emergency-{one.region['key']}-{number}"
    last = one.last.isoformat() if one.last else None
    days = words.span(one.first.isoformat(), last) if last else of.t("since", day=words.day(one.first))
    basis = [words.local(one.region.get(key)) for key in ("decree", "citation")]
    return (
        text(name), text(days), text("; ".join(filter(None, basis)) or "–"),
        _number(of, one.inside, anchor, told), of.killed_in(one.inside, anchor, told),
        _number(of, one.outside, f"{anchor}-outside", of.t("sum_emergency_outside", name=name)),
    )  # fmt: skip


def _number(of: Writing, rows: list[int], anchor: str, told: str) -> Text:
    """Return how many incidents some are; a dash where none is counted, since no note could bear out a number."""
    return of.number_of(rows, anchor, told) if of.summed(rows).rows else text("–")
