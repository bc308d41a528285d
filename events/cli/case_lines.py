"""A case in lines of text: its title and days, summary, phases with their sources, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.data.codebook import codebook
from willay.events.cli.brief_days import brief_range
from willay.events.cli.entries import cited_in_words
from willay.events.model.values import local
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from willay.events.model.drafts import CaseDraft, PhaseDraft


def case_lines(case: CaseDraft, cited: Mapping[str, Mapping[str, Any]], lang: str) -> Iterator[str]:
    """Yield the lines of a case.

    Args:
        case: The case.
        cited: The documents of its sources, by key.
        lang: The language of labels and texts.
    """
    kind = codebook().case_types[case.type].label(lang)
    days = brief_range(case.from_day, case.until_day)
    yield " · ".join(part for part in (f"{local(case.title, lang)} [{case.key}]", kind, days) if part)
    if case.summary:
        yield local(case.summary, lang)
    if case.phases:
        yield tr("Phases:")
    for number, phase in enumerate(case.phases, 1):
        yield f"  {number}. {phase_in_words(phase, lang)}"
        if phase.note:
            yield f"     {local(phase.note, lang)}"
        if phase.cited:
            yield "     " + tr("source: {cited}", cited="; ".join(_cited(key, cited) for key in phase.cited))
    if case.sources:
        yield tr("Sources:")
    for key in case.sources:
        yield f"  {_cited(key, cited)} {cited.get(key, {}).get('url', '')}".rstrip()


def _cited(key: str, cited: Mapping[str, Mapping[str, Any]]) -> str:
    words = cited_in_words(cited.get(key, {}))
    return f"{words} [{key}]" if words else key


def phase_in_words(phase: PhaseDraft, lang: str) -> str:
    """Return a phase in one line: days as far as they are known, title, phase and state."""
    terms = codebook()
    parts = [
        brief_range(phase.from_day, phase.until_day),
        local(phase.title, lang),
        terms.case_phases[phase.phase].label(lang) if phase.phase else "",
        terms.case_states[phase.state].label(lang) if phase.state else "",
    ]
    return " · ".join(part for part in parts if part)
