"""The codebook as a page to print: every code of every list, with its names in both languages and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.data.codebook import codebook
from willay.events.manual.markdown import anchor, code, page, section, table
from willay.geo.translation import language, mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from willay.data.codebook import Term, Terms

LISTS: Final[Mapping[str, str]] = {
    "types": mark("Types of incidents"),
    "subtypes": mark("Sub-types of incidents"),
    "measures": mark("Measures"),
    "groups": mark("Groups of people"),
    "source_kinds": mark("Kinds of sources"),
    "reliability": mark("Reliability of sources"),
    "date_precision": mark("Precision of days"),
    "place_precision": mark("Precision of places"),
    "statuses": mark("Statuses of records"),
    "confidence": mark("Confidence"),
    "sensitivity": mark("Sensitivity"),
    "actor_kinds": mark("Kinds of actors"),
    "roles": mark("Roles of parties"),
    "case_types": mark("Types of cases"),
    "case_states": mark("States of cases"),
    "case_phases": mark("Phases of cases"),
    "qualifiers": mark("Qualifiers of indicators"),
    "indicator_kinds": mark("Kinds of indicators"),
}
"""The lists of the codebook in the order of the page, and their headings."""

_MEANINGS: Final = ("definition", "means")
"""The facts of a term that say what it means, by language."""


def codebook_page() -> str:
    """Return the page of all lists of the codebook, in the language of now; labels are in both."""
    about = tr(
        "The code of a term is what is stored; you may write its name in either language instead. Print this page on "
        "A4, or see one list in the terminal: `willay help types`."
    )
    return page(tr("Codebook"), about, *(section(tr(title), _list(name)) for name, title in LISTS.items()))


def code_list(name: str) -> str:
    """Return a link from another page of the reference to a list of the codebook."""
    return f"[{tr('code of the list')}](codebook.md#{anchor(tr(LISTS[name]))})"


def _list(name: str) -> str:
    terms: Terms = getattr(codebook(), name)
    headings = [tr("Code"), tr("Spanish"), tr("English"), tr("Part of"), tr("What it means"), tr("Also written")]
    rows = [_row(term) for term in terms]
    kept = [at for at in range(len(headings)) if any(row[at] for row in rows)]
    return table([headings[at] for at in kept], ([row[at] for at in kept] for row in rows))


def _row(term: Term) -> tuple[str, ...]:
    facts = [*(term.facts.get(name, {}).get(language(), "") for name in _MEANINGS), *_facts(term)]
    return (
        code(term.code),
        term.label("es"),
        term.label("en"),
        code(term.parent),
        " ".join(one for one in facts if one),
        ", ".join(map(code, dict.fromkeys(term.words))),
    )


def _facts(term: Term) -> Iterator[str]:
    """Yield what the list says of a term besides its names."""
    if term.facts.get("sums") is False:
        yield tr("Numbers of different incidents are not added.")
    if term.facts.get("act"):
        yield tr("Shown, and not counted with violence.")
    if term.facts.get("max_days"):
        yield tr("At most {n} days.", n=term.facts["max_days"])
    if term.facts.get("radius_m"):
        yield tr("Within {n:,} m.", n=term.facts["radius_m"])
    if term.facts.get("rank"):
        yield tr("Rank {n}: 1 is the most reliable.", n=term.facts["rank"])
