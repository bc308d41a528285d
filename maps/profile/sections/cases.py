"""Cases: long-lived conflicts, with their phases, incidents and last development."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from willay.maps.profile.blocks import Chart, Heading, Paragraph, Table, text
from willay.maps.profile.charts import Stretch, spans_chart
from willay.maps.profile.wording import as_date, last_date, titled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.model.drafts import CaseDraft, PhaseDraft
    from willay.maps.profile.blocks import Block, Text
    from willay.maps.profile.writing import Writing

COLOURS: Final[Mapping[str, str]] = {
    "early": "#e7c25c", "escalation": "#e07b39", "crisis": "#a3242f", "de-escalation": "#7fa9b5", "dialogue": "#2f7f6f",
}  # fmt: skip
"""Colours of the phases of a case, by the codebook's codes."""

_OTHER: Final = "#8a8f98"
_DAY: Final = 10
"""Length of a day as it is written: 2009-06-05."""


def write(of: Writing) -> tuple[Block, ...]:
    """Write the section."""
    cases = [case for case in of.record.cases if of.record.area.is_whole or case.key in of.rows_of_cases]
    cases.sort(key=lambda case: (_first(of, case), case.key))
    if not cases:
        return (Paragraph(text(of.t("no_cases"))),)
    return (*_strips(of, cases), *(block for case in cases for block in _case(of, case)))


def _first(of: Writing, case: CaseDraft) -> date:
    """Return the first day of a case that anything is known of."""
    days = [as_date(phase.from_day) for phase in case.phases] + _days(of, case.key)
    return min([*days, *([as_date(case.from_day)] if case.from_day else [])], default=date.max)


def _strips(of: Writing, cases: list[CaseDraft]) -> list[Block]:
    rows = [(of.words.local(case.title), _stretches(case), _days(of, case.key)) for case in cases]
    rows = [row for row in rows if row[1] or row[2]]
    until = _latest(of, rows)
    if not rows or until is None:
        return []
    used = [code for code in COLOURS if any(phase.phase == code for case in cases for phase in case.phases)]
    legend = "; ".join(f"{of.words.term('case_phases', code)}: {of.t(f'colour_{code}')}" for code in used)
    said = of.t("alt_cases", n=len(rows))
    bare = any(not phase.phase for case in cases for phase in case.phases)
    legend = "; ".join(filter(None, (legend, of.t("colour_none") if bare else "")))
    caption = text(of.t("chart_cases"), f" {titled(legend)}." if legend else "")
    return [Chart(caption, spans_chart(rows, until, of.t("chart_cases"), said))]


def _stretches(case: CaseDraft) -> list[Stretch]:
    """Return a case's phases as stretches of time; one without an end lasts until the next begins."""
    phases = sorted(case.phases, key=lambda phase: as_date(phase.from_day))
    found = []
    for number, phase in enumerate(phases):
        following = phases[number + 1] if number + 1 < len(phases) else None
        last = last_date(phase.until_day) if phase.until_day else None
        if last is None and following is not None:
            last = as_date(following.from_day)
        is_coarse = len(phase.from_day) < _DAY or (phase.until_day is not None and len(phase.until_day) < _DAY)
        colour = COLOURS.get(phase.phase or "", _OTHER)
        found.append(Stretch(as_date(phase.from_day), last, colour, is_coarse))
    return found


def _days(of: Writing, key: str) -> list[date]:
    firsts = (of.record.rows[row]["first_day"] for row in of.rows_of_cases.get(key, ()))
    return [as_date(day) for day in firsts if day]


def _latest(of: Writing, rows: list[tuple[str, list[Stretch], list[date]]]) -> date | None:
    """Return the last day that anything of the record is about: phases without an end are drawn until then."""
    ends = [last_date(row["last_day"] or row["first_day"]) for row in of.record.rows if row["first_day"]]
    ends += [one.last or one.first for _, stretches, _ in rows for one in stretches]
    return max(ends, default=None)


def _case(of: Writing, case: CaseDraft) -> list[Block]:
    words, rows = of.words, of.rows_of_cases.get(case.key, [])
    kind = words.label("case_types", case.type)
    days = words.span(case.from_day, case.until_day)
    blocks: list[Block] = [Heading(words.local(case.title))]
    about = text(f"{kind}{f', {days}' if days else ''}.")
    if case.summary:
        about = text(about, f" {words.local(case.summary)}", of.references.cite(*case.sources))
    blocks.append(Paragraph(about))
    if rows:
        told = of.t("sum_case", case=words.local(case.title))
        number = of.number_of(rows, f"case-{case.key}", told)
        killed = of.killed_in(rows, f"case-{case.key}", told)
        blocks.append(Paragraph(of.filled("case_words", n=of.summed(rows).rows, number=number, killed=killed)))
        blocks += _last(of, rows)
    else:
        blocks.append(Paragraph(text(of.t("case_empty"))))
    if case.phases:
        head = tuple(of.t(key) for key in ("col_when", "col_phase", "col_what"))
        ordered = sorted(case.phases, key=lambda phase: as_date(phase.from_day))
        cells = tuple(_phase(of, phase) for phase in ordered)
        blocks.append(Table(of.t("table_phases", case=words.local(case.title)), head, cells))
    return blocks


def _phase(of: Writing, phase: PhaseDraft) -> tuple[Text, ...]:
    words = of.words
    names = [words.term("case_phases", phase.phase), words.term("case_states", phase.state)]
    what = [words.local(phase.title), words.local(phase.note)]
    days = words.span(phase.from_day, phase.until_day)
    when = days if phase.until_day else of.t("since", day=words.partial(phase.from_day))
    told = ". ".join(each.rstrip(".") for each in what if each)
    cited = of.references.cite(*phase.cited)
    return (text(when), text(", ".join(filter(None, names)) or "–"), text(f"{told}." if told else "–", cited))


def _last(of: Writing, rows: list[int]) -> list[Block]:
    dated = [row for row in rows if of.record.rows[row]["first_day"]]
    if not dated:
        return []
    row = max(dated, key=lambda each: (of.record.rows[each]["first_day"], each))
    what = of.references.incident(row)
    days = text(of.words.incident_days(of.record.rows[row]))
    return [Paragraph(of.filled("case_last", what=what, days=days))]
