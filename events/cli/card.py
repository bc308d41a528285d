"""Incidents on a terminal: a row of a list, or a card with all details."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table

from willay.data.codebook import codebook
from willay.data.countries import country
from willay.data.country_packs.facts import packs_in
from willay.data.unit_words import precision_label
from willay.events.cli.attachment_rows import content_in_words, size_in_words
from willay.events.cli.brief_days import as_recorded, brief_day, brief_days, brief_moment
from willay.events.cli.entries import cited_in_words
from willay.events.cli.output import shown
from willay.events.frame.columns import COLUMNS, NAMES, details_of
from willay.events.model.figure_words import brief_figure, full_figure
from willay.events.model.values import Count, DaySpan, local, reckoned
from willay.geo.translation import mark, tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rich.console import Console, ConsoleOptions, JustifyMethod, RenderableType

    from willay.data.codebook import Terms
    from willay.data.country_packs.contents import PackFacts
    from willay.events.frame.cells import IncidentCells
    from willay.events.frame.columns import Details
    from willay.events.store.record.contents import Attachment


def listed(cells: IncidentCells, lang: str, *, whole: bool) -> list[dict[str, Any]]:
    """Return a row for each incident: short words for a table, or every column for a program.

    Args:
        cells: The incidents.
        lang: Language of labels.
        whole: Give all columns of the frame instead of the short words.
    """
    if not whole:
        return [_short(row, lang) for row in cells.rows()]
    return [{name: row[name] for name in NAMES if name != "details"} | _with_details(row) for row in cells.rows()]


def _with_details(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"details": details_of(row)} if row["details"] else {}


def _short(row: Mapping[str, Any], lang: str) -> dict[str, Any]:
    return {
        "code": row["code"],
        "days": days_in_words(row, lang),
        "place_name": row["place_name"],
        "adm1": row["adm1"],
        "subtype": _kind(row, lang),
        "killed": figure_in_words(row, "killed"),
        "title": row["title"],
        "status": codebook().statuses[row["status"]].label(lang),
    }


def days_in_words(row: Mapping[str, Any], lang: str, said: Callable[[date, date], str] = as_recorded) -> str:
    """Return the days with the precision that is not an exact day: "2012-11 (month)".

    Args:
        row: The cells of an incident.
        lang: Language of labels.
        said: How a span of days is written: as the record has it, which a program can sort, or in short words.
    """
    days, states_precision = _days(row, lang, said)
    return days if states_precision else f"{days} ({codebook().date_precision[row['date_precision']].label(lang)})"


def _days(row: Mapping[str, Any], lang: str, said: Callable[[date, date], str]) -> tuple[str, bool]:
    """Return the days, and whether they show by themselves how exactly they are known: a day, a whole month or year."""
    if row["first_day"] is None:
        return codebook().date_precision["unknown"].label(lang), True
    first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
    span = DaySpan(first, last, row["date_precision"])
    if span.precision in {"month", "year"} and str(span) == (
        f"{first:%Y-%m}" if span.precision == "month" else f"{first:%Y}"
    ):
        return (str(span) if said is as_recorded else brief_day(str(span))), True
    return said(first, last), span.precision == "day"


def figure_in_words(row: Mapping[str, Any], measure: str) -> str:
    """Return the figure of a measure in its brief form: "33 (32–54)", "69 (67+)"."""
    return brief_figure(Count(*(row[f"{measure}_{part}"] for part in ("low", "best", "high"))))


def card(
    row: Mapping[str, Any], lang: str, origin: Mapping[str, Any], files: Sequence[Attachment] = ()
) -> RenderableType:
    """Return the card of an incident: facts, claims by source, figures and why, sources, notes.

    Args:
        row: The cells of an incident by column, with its details.
        lang: Language of labels and texts.
        origin: What the answer says of itself.
        files: The attachments of the incident, for whom they may be shown to.
    """
    details = details_of(row)
    parts: list[RenderableType] = [
        shown(f"{row['code']}  {row['title']}", style="bold"),
        *([Padding(shown(row["summary"]), (0, 2))] if row["summary"] else []),
        _facts(row, details, lang, packs_in(origin)),
    ]
    if details["claims"]:
        parts += [shown(tr("Who says so"), style="bold"), _claims(details, lang)]
    if details["figures"]:
        policy = origin.get("policy", "")
        parts += [shown(tr("Figures (policy {policy!r})", policy=policy), style="bold"), _figures(details, lang)]
    if details["sources"]:
        parts += [shown(tr("Sources"), style="bold"), _sources(details, lang)]
    if details["notes"]:
        parts += [shown(tr("Notes"), style="bold"), *(shown(f"  • {local(note, lang)}") for note in details["notes"])]
    if files:
        parts += [shown(tr("Attachments"), style="bold"), *(shown(f"  {_file(one, lang)}") for one in files)]
    parts.append(shown(_standing(row, lang), style="dim"))
    return Group(*(Padding(part, (0, 0, 1, 0)) if isinstance(part, Table) else part for part in parts))


def _facts(row: Mapping[str, Any], details: Details, lang: str, packs: Sequence[PackFacts]) -> Table:
    facts = Table.grid(padding=(0, 2))
    rows = {
        tr("What"): _kind(row, lang),
        tr("When"): _when(row, lang),
        tr("Where"): "\n".join(_place(place, lang, packs) for place in details["places"]) or tr("not known"),
        tr("Who"): "\n".join(_party(party, lang) for party in details["parties"]),
        tr("Case"): ", ".join(f"{local(case['title'], lang)} [{case['key']}]" for case in details["cases"]),
        tr("Part of"): row["part_of"],
        tr("Tags"): row["tags"],
        **{name: value for name, value, is_code in _labelled(row, lang) if not is_code},
    }
    for name, value in rows.items():
        if value:
            facts.add_row(shown(name, style="dim"), shown(str(value)))
    return facts


def _labelled(row: Mapping[str, Any], lang: str) -> Iterator[tuple[str, str, bool]]:
    """Yield label, value in words and whether it is a code, of what is known of fields without a place of their own."""
    for column in COLUMNS:
        value = row[column.name]
        if column.label is not None and value not in (None, ""):
            terms: Terms | None = getattr(codebook(), column.codes) if column.codes else None
            yield getattr(column.label, lang), terms[value].label(lang) if terms else str(value), terms is not None


def _kind(row: Mapping[str, Any], lang: str) -> str:
    sub = row["subtype"]
    return codebook().subtypes[str(sub)].label(lang) if sub else codebook().types[row["type"]].label(lang)


def _when(row: Mapping[str, Any], lang: str) -> str:
    words, precision = _days(row, lang, brief_days)[0], row["date_precision"]
    if not precision:
        return words
    label = _label(codebook().date_precision, str(precision), lang)
    return tr("{days}, known to the {precision}", days=words, precision=label)


def _place(place: Mapping[str, Any], lang: str, packs: Sequence[PackFacts]) -> str:
    of = place.get("country")
    precision = precision_label(place["precision"], country(of, packs) if of else None, lang)
    inside = ", ".join(reversed([name for name in place.get("admin", []) if name and name != place["name"]]))
    at = f" · {place['lon']:.4f}, {place['lat']:.4f}" if "lon" in place else ""
    within = f" ± {place['radius_m'] / 1000:g} km" if place.get("radius_m") else ""
    return f"{place['name']}" + (f" ({inside})" if inside else "") + f" · {precision}{within}{at}"


def _party(party: Mapping[str, Any], lang: str) -> str:
    return f"{local(party['name'], lang)} · {codebook().roles[party['role']].label(lang)}"


_CLAIM_HEADINGS: Final[tuple[tuple[str, JustifyMethod], ...]] = (
    (mark("No"), "right"),
    (mark("Measure"), "left"),
    (mark("Group"), "left"),
    (mark("Count"), "right"),
    (mark("Who says so"), "left"),
    (mark("Stated"), "left"),
    (mark("Notes"), "left"),
)


_TABLE_LEAST: Final = 72
"""The width from which the claims are a table; below it words would be cut in their middle."""


class _Claims:
    """Claims as a table, and on a narrow terminal as a paragraph for each."""

    def __init__(self, table: Table, lines: Sequence[RenderableType]) -> None:
        self._table, self._lines = table, lines

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        if options.max_width >= _TABLE_LEAST:
            yield self._table
        else:
            yield from self._lines
        yield ""


def _claims(details: Details, lang: str) -> _Claims:
    lines = []
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading, justify in _CLAIM_HEADINGS:
        table.add_column(tr(heading), overflow="fold", justify=justify)
    book = codebook()
    order = {code: number for number, code in enumerate(book.measures.codes())}
    numbers = {claim["label"]: number for number, claim in enumerate(details["claims"], 1) if claim.get("label")}
    numbered = enumerate(details["claims"], 1)
    for number, claim in sorted(numbered, key=lambda each: order[each[1]["measure"]]):
        cells = (
            str(number),
            book.measures[claim["measure"]].label(lang),
            book.groups[claim["group"]].label(lang),
            full_figure(_said(claim), lang),
            _voice(details, claim, lang),
            brief_day(claim.get("stated_on") or details["sources"].get(claim["source"], {}).get("published_on", "")),
        )
        style = "strike dim" if claim.get("superseded") else ""
        about = " · ".join(text for text in _about(claim, numbers, lang) if text)
        table.add_row(*(shown(cell, style) for cell in cells), shown(about))
        place, measure, group, count, voice, day = cells
        said = " · ".join(part for part in (voice, day, about) if part)
        lines.append(shown(f"{place}. {measure}, {group}: {count} · {said}", style))
    return _Claims(table, lines)


def _said(claim: Mapping[str, Any]) -> Count:
    count = Count(claim.get("low"), claim.get("best"), claim.get("high"))
    return reckoned(count, zero_is_unknown=bool(claim.get("zero_is_unknown")))


def _about(claim: Mapping[str, Any], numbers: Mapping[str, int], lang: str) -> list[str]:
    """Return the scope and notes of a claim, and its links to other claims."""
    about = [local(claim.get("scope"), lang), local(claim.get("note"), lang)]
    if claim.get("pinned"):
        about.append(tr("pinned: {reason}", reason=local(claim["pinned"], lang)))
    if claim.get("zero_is_unknown"):
        about.append(tr("0 here means: none mentioned"))
    if claim.get("adds"):
        about.append(tr("added to the earlier count"))
    if named := [str(numbers[label]) for label in claim.get("supersedes", ()) if label in numbers]:
        about.append(tr("corrects {numbers}", numbers=", ".join(named)))
    if later := claim.get("superseded"):
        on = later.get("stated_on")
        about.append(
            tr("superseded by {number}, stated {day}", number=later["number"], day=brief_day(on))
            if on
            else tr("superseded by {number}", number=later["number"])
        )
    return about


def _figures(details: Details, lang: str) -> Table:
    table = Table.grid(padding=(0, 2))
    for measure, figure in details["figures"].items():
        count = Count(figure.get("low"), figure.get("best"), figure.get("high"))
        whose = _voice(details, figure, lang) if figure.get("source") else tr("no source gives a single number")
        how = {
            "group": tr("the only group it names"),
            "sum": tr("sum of the groups it names"),
            "pinned": tr("pinned by an editor: {reason}", reason=local(figure.get("reason"), lang)),
        }
        why = how.get(figure.get("basis", ""), "")
        tail = tr_n("one voice", "{n} voices", max(1, figure["voices"]))
        table.add_row(
            shown(_label(codebook().measures, measure, lang), style="dim"),
            shown(full_figure(count, lang), style="bold"),
            shown(" · ".join(part for part in (whose, why, tail) if part)),
        )
    return table


def _voice(details: Details, said: Mapping[str, Any], lang: str) -> str:
    source = details["sources"].get(said["source"], {})
    name = local(source.get("publisher"), lang) or source.get("title") or said["source"]
    body = local(said.get("attributed_to"), lang)
    return tr("{body}, in {source}", body=body, source=name) if body else str(name)


def _sources(details: Details, lang: str) -> Group:
    lines: list[RenderableType] = []
    for key, source in details["sources"].items():
        cited = cited_in_words(source)
        kind = codebook().source_kinds[source["kind"]].label(lang)
        lines.append(shown(f"  [{key}] {cited} · {kind}"))
        if source.get("url"):
            lines.append(Padding(shown(source["url"], style="dim"), (0, 0, 0, 4)))
    return Group(*lines)


def _file(one: Attachment, lang: str) -> str:
    draft = one.draft
    level = codebook().sensitivity[draft.sensitivity].label(lang) if draft.sensitivity else ""
    parts = (
        draft.called, draft.media_type, size_in_words(draft.size), f"SHA-256 {draft.digits}…", content_in_words(one),
        level, local(draft.caption, lang),
    )  # fmt: skip
    return " · ".join(part for part in parts if part)


def _standing(row: Mapping[str, Any], lang: str) -> str:
    parts: Iterable[str] = (
        codebook().statuses[row["status"]].label(lang),
        tr("revision {number} of {moment}", number=row["revision"], moment=brief_moment(row["recorded_at"])),
        *(value for _, value, is_code in _labelled(row, lang) if is_code),
        *([tr("dataset {name}", name=row["dataset"])] if row["dataset"] else []),
    )
    return " · ".join(parts)


def _label(terms: Terms, code: str, lang: str) -> str:
    return terms[code].label(lang)
