"""What happened: incidents by year, on a map, the deadliest, and who was killed."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from willay.events.frame.frame import summable
from willay.events.model.values import Count
from willay.events.model.voices import EVERYONE, added
from willay.maps.profile.blocks import Chart, Heading, Paragraph, Table, text
from willay.maps.profile.charts import Bar, map_chart, years_chart
from willay.maps.profile.groups import side_of
from willay.maps.profile.wording import year_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from willay.maps.profile.blocks import Block, Text
    from willay.maps.profile.writing import Writing
    from willay.maps.sums import RegionValue

DEADLIEST: Final = 10


def write(of: Writing) -> tuple[Block, ...]:
    """Write the section."""
    if not of.record.rows:
        return (Paragraph(text(of.t("no_incidents"))),)
    return (*_whole(of), *_by_year(of), *_map(of), *_deadliest(of), *_by_group(of), *_by_type(of))


def _whole(of: Writing) -> list[Block]:
    rows = range(len(of.record.rows))
    found = of.summed(rows)
    days = [row["first_day"] for row in of.record.rows if row["first_day"]]
    ends = [row["last_day"] or row["first_day"] for row in of.record.rows if row["first_day"]]
    number = of.number_of(rows, "all", of.t("sum_all_incidents"))
    span = of.words.span(min(days), max(ends)) if days else of.t("undated")
    blocks: list[Block] = [Paragraph(of.filled("events_number", n=found.rows, number=number, days=text(span)))]
    blocks += of.selections
    if found.known:
        killed = of.killed_in(rows, "all", of.t("sum_killed_all"))
        said = of.filled("events_killed", killed=killed, known=text(of.words.n(found.known)))
        number = of.counted_as(of.lacking(rows), "unknown", of.t("sum_unknown"))
        lacking = text(" ", of.filled("events_unknown", number=number)) if found.unknown else ()
        blocks.append(Paragraph(text(said, lacking, " ", of.t("events_not_sum"))))
    return blocks


def _years(of: Writing) -> Iterator[tuple[int, list[int], RegionValue]]:
    """Yield each year that has an incident, with its rows and what they add up to in it."""
    by_year: dict[int, list[int]] = defaultdict(list)
    for row, cells in enumerate(of.record.rows):
        first, last = year_of(cells["first_day"]), year_of(cells["last_day"] or cells["first_day"])
        if first is not None and last is not None:
            for year in range(first, min(last, first + 200) + 1):
                by_year[year].append(row)
    for year in sorted(by_year):
        window = (date(year, 1, 1), date(year, 12, 31))
        yield year, by_year[year], of.killed.over(window, np.asarray(by_year[year], np.int64))


def _by_year(of: Writing) -> list[Block]:
    years = list(_years(of))
    if not years:
        return []
    bars = [
        Bar(year, found.low, found.best or 0, found.high, is_open=bool(found.open))
        for year, _, found in years
        if found.known
    ]
    cells = []
    for year, rows, found in years:
        window = (date(year, 1, 1), date(year, 12, 31))
        number = of.references.total(
            of.words.n(found.rows), f"incidents-{year}", rows, of.t("sum_year", year=str(year)), is_figure=False
        )
        told = of.t("sum_killed_year", year=str(year))
        known = [row for row in rows if of.record.facts[row].killed]
        killed = (
            of.references.total(of.words.total(found), f"killed-{year}", known, told)
            if found.known
            else text(of.t("unknown") if found.unknown else "–")
        )
        cells.append(
            (
                text(str(year)),
                number,
                killed,
                of.counted_as(of.lacking(rows, window), f"unknown-{year}", of.t("sum_unknown_year", year=str(year))),
            )
        )
    head = tuple(of.t(key) for key in ("col_year", "col_incidents", "col_killed", "col_unknown"))
    blocks: list[Block] = [Heading(of.t("heading_years"))]
    if bars:
        worst = max(bars, key=lambda bar: (bar.value, -bar.at))
        said = of.t(
            "alt_years", first=str(years[0][0]), last=str(years[-1][0]), year=str(int(worst.at)), n=int(worst.value)
        )
        blocks.append(Chart(text(of.t("chart_years")), years_chart(bars, of.t("chart_years"), said)))
    return [*blocks, Table(of.t("table_years"), head, tuple(cells), frozenset({1, 2, 3}))]


def _map(of: Writing) -> list[Block]:
    if of.record.base is None:
        return []
    drawn = int((of.record.incidents.arrays["drawn"] > 0).sum())
    if not drawn:
        return []
    kinds = Counter(str(row["type"]) for row in of.record.rows)
    named = "; ".join(f"{of.words.label('types', code)} {of.words.n(count)}" for code, count in kinds.most_common())
    said = of.t("alt_map", n=drawn, types=named)
    caption = text(of.t("chart_map", n=drawn))
    names = {code: of.words.label("types", code) for code in kinds}
    return [
        Heading(of.t("heading_map")),
        Chart(caption, map_chart(of.record.incidents, of.record.base, names, of.t("heading_map"), said)),
    ]


def _deadliest(of: Writing) -> list[Block]:
    adds = summable(of.record.incidents.frame, "killed").to_numpy(bool)
    known = [row for row, fact in enumerate(of.record.facts) if adds[row] and fact.size > 0]
    known.sort(key=lambda row: (-of.record.facts[row].size, row))
    if not known:
        return []
    head = tuple(of.t(key) for key in ("col_when", "col_what", "col_place", "col_killed", "col_whose"))
    cells = []
    for row in known[:DEADLIEST]:
        one, found = of.record.rows[row], of.record.facts[row].killed
        place = ", ".join(dict.fromkeys(name for name in (one["place_name"], one["adm1"]) if name))
        whose = text(_whose(of, row, found), of.references.cite(found.get("source")))
        cells.append(
            (
                text(of.words.incident_days(one)),
                of.references.incident(row),
                text(place),
                of.references.figure(row),
                whose,
            )
        )
    title = of.t("heading_deadliest", n=len(cells))
    return [Heading(title), Table(title, head, tuple(cells), frozenset({3}), is_titled=True)]


def _whose(of: Writing, row: int, found: Mapping[str, Any]) -> str:
    source = of.record.cards[row].get("sources", {}).get(found.get("source"), {})
    return str(
        of.words.local(found.get("attributed_to"))
        or of.words.local(source.get("publisher"))
        or source.get("title")
        or found.get("source")
        or ""
    )


def _by_group(of: Writing) -> list[Block]:
    """Return the table of groups: what the chosen voice of each incident states about each of them."""
    adds = summable(of.record.incidents.frame, "killed").to_numpy(bool)
    found: dict[str, list[tuple[int, Count]]] = defaultdict(list)
    for row, fact in enumerate(of.record.facts):
        if adds[row] and fact.size:
            whole = Count(fact.killed.get("low"), fact.killed.get("best"), fact.killed.get("high"))
            for group, count in (fact.groups or {EVERYONE: whole}).items():
                found[group].append((row, count))
    if not found:
        return []
    names = sorted(
        found, key=lambda group: (side_of(group), group == EVERYONE, -sum(_least(c) for _, c in found[group]), group)
    )
    head = tuple(of.t(key) for key in ("col_side", "col_group", "col_killed", "col_incidents"))
    cells = [_group_row(of, group, found[group]) for group in names]
    return [
        Heading(of.t("heading_groups")),
        Paragraph(text(of.t("groups_words"))),
        Table(of.t("heading_groups"), head, tuple(cells), frozenset({2, 3}), spans=True, is_titled=True),
    ]


def _group_row(of: Writing, group: str, counts: list[tuple[int, Count]]) -> tuple[Text, ...]:
    whole = added([count for _, count in counts])
    label = of.words.label("groups", group) if group != EVERYONE else of.t("group_not_stated")
    side = of.words.label("groups", side_of(group)) if group != EVERYONE else of.t("group_not_stated")
    shown = of.words.figure(whole.low if whole.low is not None else whole.best, whole.best, whole.high)
    rows = [row for row, _ in counts]
    told = of.t("sum_group", group=label)
    killed = of.references.total(shown, f"group-{group}", rows, told)
    return (text(side), text(label), killed, of.counted_as(rows, f"group-{group}", told))


def _least(count: Count) -> int:
    return count.best if count.best is not None else count.low or 0


def _by_type(of: Writing) -> list[Block]:
    by_type: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, cells in enumerate(of.record.rows):
        by_type[(str(cells["type"]), str(cells["subtype"] or ""))].append(row)
    order = {code: sum(len(rows) for (kind, _), rows in by_type.items() if kind == code) for code, _ in by_type}
    written: list[tuple[Text, ...]] = []
    for (kind, sub), rows in sorted(
        by_type.items(), key=lambda each: (-order[each[0][0]], each[0][0], -len(each[1]), each[0])
    ):
        if not of.summed(rows).rows and not of.summed(rows).known:
            continue  # parts of other incidents alone
        label = of.words.label("subtypes", sub) if sub else "–"
        told = of.t("sum_type", type=label if sub else of.words.label("types", kind))
        anchor = f"type-{sub or kind}"
        written.append((
            text(of.words.label("types", kind)), text(label), of.number_of(rows, anchor, told),
            of.killed_in(rows, anchor, told),
        ))  # fmt: skip
    head = tuple(of.t(key) for key in ("col_type", "col_subtype", "col_incidents", "col_killed"))
    title = of.t("heading_types")
    return [Heading(title), Table(title, head, tuple(written), frozenset({2, 3}), spans=True, is_titled=True)]
