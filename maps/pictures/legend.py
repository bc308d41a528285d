"""The legend of a picture: the page's classes, fills, signs and words, with how many regions or incidents each has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.patches import Circle

from willay.maps.incidents import DRAWN
from willay.maps.palette import type_style
from willay.maps.pictures.land import PX
from willay.maps.pictures.panels import counts_by_type
from willay.maps.pictures.regions import fill_patch, line_patch, swatch
from willay.maps.pictures.scale import FILLS
from willay.maps.pictures.sheet import HEAD, MUTED, SMALL, TEXT, Style
from willay.maps.pictures.signs import sign_collections
from willay.maps.sums import GUARD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from willay.maps.incidents import IncidentColumns
    from willay.maps.pictures.scale import Look, Scale
    from willay.maps.pictures.sheet import Sheet
    from willay.maps.pictures.words import Words
    from willay.maps.spec import PageSpec

_SAID: Final = {
    "unknown": "unknown_figure", "no-people": "no_population", "apart": "does_not_apply",
    "early": "change_no_earlier", "none": "no_incident_known",
}  # fmt: skip
_FEW: Final = "#fdd49e"
_COUNT: Final = Style(7.6, colour=MUTED)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the legend.

    Attributes:
        text: What it says.
        kind: A fill (`class`, `hatched`, …), `few`, `working`, `partial`, `sign`, or a name of `DRAWN`.
        colour: The fill's or the sign's colour.
        sign: The form of a sign.
        count: How many regions or incidents; None says nothing.
        fall: Whether it is the class of a fall.
    """

    text: str
    kind: str
    colour: str | None = None
    sign: str = ""
    count: int | None = None
    fall: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the legend: a heading, a line under it, rows, and notes below."""

    head: str
    unit: str = ""
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()


def region_section(spec: PageSpec, scale: Scale, panels: list[list[Look]], words: Words) -> Section:
    """Return the legend of the regions: classes from the largest to zero and to falls, then what has no value."""
    measure = words.measured(spec.measure)
    bound = "" if spec.measure == "incidents" else words.t(f"bound_{spec.bound}")
    unit = {"count": "legend_sum", "change": "legend_change"}.get(scale.rate, f"per_{scale.rate}")
    single = len(panels) == 1
    told = [words.t(unit)] + ([words.t("legend_counts")] if single else [])
    looks = [look for panel in panels for look in panel]
    rows = [*_class_rows(spec, scale, looks, words, counted=single), *_mark_rows(looks, words, counted=single)]
    head = " · ".join(text for text in (measure, bound) if text)
    return Section(
        head[:1].upper() + head[1:],
        " · ".join(told),
        tuple(rows),
        tuple(_notes(spec, scale, looks, words, single=single)),
    )


def _class_rows(spec: PageSpec, scale: Scale, looks: list[Look], words: Words, *, counted: bool) -> list[Row]:
    states = [look.state for look in looks]

    def count(state: object) -> int | None:
        return states.count(str(state)) if counted else None

    is_change = scale.rate == "change"
    ranges = list(enumerate((range_words(words, *each, scale.classes.decimals) for each in scale.classes.ranges()), 1))
    sign = "+" if is_change else ""
    rows = [Row(sign + text, "class", scale.colours[rank], count=count(rank)) for rank, text in reversed(ranges)]
    if is_change or spec.measure != "incidents":
        rows.append(Row(words.t("no_change") if is_change else words.n(0), "class", scale.colours[0], count=count(0)))
    if is_change:
        rows += [
            Row(f"\u2212{text}", "class", scale.falls[rank], count=count(-rank), fall=True) for rank, text in ranges
        ]
    always = {"none"} if spec.measure == "incidents" else {"none", "unknown"}
    return rows + [
        Row(words.t(said), FILLS[state], count=count(state))
        for state, said in _SAID.items()
        if state in always or state in states
    ]


def range_words(words: Words, low: float, high: float | None, decimals: int) -> str:
    """Return the range of a class in words: "3", "3–5", "6 or more"."""
    if high is None:
        is_first = round(low * 10**decimals) == 1
        return words.t("above", n=0) if is_first else words.t("from_up", n=words.n(low, decimals))
    return words.n(low, decimals) if low == high else f"{words.n(low, decimals)}–{words.n(high, decimals)}"


def _mark_rows(looks: list[Look], words: Words, *, counted: bool) -> list[Row]:
    few = [look for look in looks if look.shown.reasons]
    outside = [look for look in looks if look.outside]
    working = [look for look in looks if look.shown.region.get("working")]
    told = [
        words.t(f"few_{name}", n=limit)
        for name, limit in GUARD.items()
        if any(name in look.shown.reasons for look in few)
    ]
    rows = [
        (few, words.t("few", reasons=", ".join(told)), "few"),
        (outside, words.t("outline_partial"), "partial"),
        (working, words.t("outline_working"), "working"),
    ]
    return [Row(text, kind, count=len(held) if counted else None) for held, text, kind in rows if held]


def _notes(spec: PageSpec, scale: Scale, looks: list[Look], words: Words, *, single: bool) -> list[str]:
    over = words.t("scale_all" if single else "picture_over_panels")
    method = words.t(f"scheme_{spec.scheme.replace('-', '_')}")
    years = sorted({look.shown.people_year for look in looks if look.shown.people_year is not None})
    limited = any("valid_from" in look.shown.region or "valid_until" in look.shown.region for look in looks)
    found = method if spec.scheme == "fixed" else words.t("classes_note", scheme=method, over=over)
    notes = [
        words.t("picture_change_needs_panels") if scale.needs_panels else "",
        words.t("selection_no_rate") if scale.refused else "",
        found if len(scale.classes) else "",
        words.t("census_note", years=", ".join(map(str, years))) if scale.rate == "people" and years else "",
        words.t("guard_note", n=GUARD["counted"]) if any(look.shown.reasons for look in looks) else "",
        words.t("versions_note") if limited else "",
    ]
    return [note for note in notes if note]


def type_section(incidents: IncidentColumns, rows: NDArray[np.int64], words: Words) -> Section | None:
    """Return the legend of the types among some rows, with how many of each; None where there is none."""
    counts = counts_by_type(incidents, rows)
    found = tuple(
        Row(words.label("types", code), "sign", *type_style(code), count=count) for code, count in counts.items()
    )
    return Section(words.t("types"), "", found, (words.t("picture_numbers_note"),)) if found else None


def place_section(incidents: IncidentColumns, rows: NDArray[np.int64], words: Words) -> Section | None:
    """Return the legend of places known less exactly; None where all are exact."""
    kinds = {DRAWN[kind] for kind in np.unique(incidents.arrays["drawn"][rows])}
    found = tuple(Row(words.t(f"drawn_{kind}"), kind) for kind in ("ring", "nominal", "area") if kind in kinds)
    return Section(words.t("precision_of_places"), "", found) if found else None


def draw_legend(sheet: Sheet, sections: list[Section], box: tuple[float, float, float], *, dry: bool = False) -> float:
    """Draw the legend at left and top, in a width, and return its height in millimetres; `dry` only measures."""
    left, top, width = box
    y = top
    for section in sections:
        y += sheet.mm(2.6) if y > top else 0
        y += _text(sheet, section.head, (left, y), HEAD, width, dry=dry)
        if section.unit:
            y += _text(sheet, section.unit, (left, y), SMALL, width, dry=dry)
        y += sheet.mm(0.9)
        for row in section.rows:
            y += _draw_row(sheet, row, (left, y), width, dry=dry)
        for note in section.notes:
            y += sheet.mm(0.7)
            y += _text(sheet, note, (left, y), SMALL, width, dry=dry)
    return y - top


def _text(sheet: Sheet, text: str, at: tuple[float, float], style: Style, width: float, *, dry: bool) -> float:
    if dry:
        return len(sheet.wrap(text, style, width)) * sheet.leading(style)
    return sheet.write(text, at, style, width)


def _draw_row(sheet: Sheet, row: Row, at: tuple[float, float], width: float, *, dry: bool) -> float:
    left, top = at
    wide, high = sheet.mm(6.2), sheet.mm(3.5)
    start = sheet.mm(8.0)
    told = "" if row.count is None else f"{row.count:,}"
    room = width - start - (sheet.measure(told, _COUNT) + sheet.mm(1.5) if told else 0)
    height = max(_text(sheet, row.text, (left + start, top), TEXT, room, dry=dry), sheet.leading(TEXT)) + sheet.mm(0.85)
    if dry:
        return height
    middle = top + sheet.leading(TEXT) / 2
    _draw_sign(sheet, row, (left, middle - high / 2, wide, high))
    if told:
        sheet.line(told, (left + width, top), _COUNT, "right")
    return height


def _draw_sign(sheet: Sheet, row: Row, box: tuple[float, float, float, float]) -> None:
    left, top, wide, high = box
    middle = (left + wide / 2, top + high / 2)
    if row.kind == "sign":
        for part in sign_collections([(row.colour or "", row.sign)], np.array([middle]), 3.1 * sheet.text_scale, 4):
            part.set_offset_transform(sheet.paper.transData)
            sheet.paper.add_collection(part, autolim=False)
    elif row.kind in {"ring", "nominal"}:
        circle = Circle(
            middle, high * 0.55, facecolor=(MUTED, 0.12), edgecolor=MUTED, linewidth=PX * 1.3 * sheet.text_scale
        )
        circle.set_linestyle((0, (3, 2)) if row.kind == "nominal" else "-")
        sheet.paper.add_patch(circle)
    else:
        _draw_swatch(sheet, row, box)


def _draw_swatch(sheet: Sheet, row: Row, box: tuple[float, float, float, float]) -> None:
    patch: Any = swatch(sheet.paper, box, sheet.text_scale)
    if row.kind == "area":
        patch.set(facecolor=(MUTED, 0.12), edgecolor=MUTED)
    elif row.kind == "few":
        fill_patch(patch, "class", _FEW, few=True)
    elif row.kind in {"working", "partial"}:
        line_patch(patch, working=True, outside=row.kind == "partial", scale=sheet.text_scale)
    else:
        fill_patch(patch, row.kind, row.colour, fall=row.fall)
