"""The sentence under a picture's title: number, range, unknown, incidents, where, when; as the page's head has it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from willay.events.model.figure_words import full_range
from willay.maps.acts import counts_acts
from willay.maps.subject import country_names, listed, regions_named
from willay.maps.sums import whole_sums

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from willay.maps.incidents import IncidentColumns
    from willay.maps.pictures.words import Words
    from willay.maps.regions import RegionColumns
    from willay.maps.spec import PageSpec

_FIRST: Final = "killed"


def head_sentence(incidents: IncidentColumns, regions: RegionColumns, spec: PageSpec, words: Words) -> str:
    """Return the sentence: "36 killed (33–57; unknown in 1) in 6 incidents, Peru, Jun 2009 – 30 Nov 2012".

    The page's `totals.js` and `where-words.js` write the same, by the same messages.
    """
    has_acts = counts_acts(spec.acts, spec.measure)
    shown = [m for m in dict.fromkeys((spec.measure, _FIRST)) if m in incidents.measures]
    summed = whole_sums(incidents, ["incidents", *shown], acts=has_acts)
    rows, apart = (summed["incidents"][name] or 0 for name in ("rows", "apart"))
    counted = f"{words.n(rows)} {words.t('total_incidents', n=rows)}"
    figures = [text for m in shown if rows and (text := _figure(summed[m], m, spec.bound, words))]
    if figures:
        both = words.t("head_and", first=figures[0], second=figures[1]) if len(figures) > 1 else figures[0]
        key = "head_incidents_with" if spec.measure == "incidents" else "head_figures_in"
        counted = words.t(key, figures=both, incidents=counted)
    kept = _counted(incidents, acts=has_acts)
    told = [counted, _where(incidents, regions, spec, words, kept), _when(incidents, words, kept)]
    acts = f"; {words.t('head_acts', n=apart)}" if "act" in incidents.arrays and apart else ""
    return ", ".join(text for text in told if text) + acts


def _figure(sums: dict[str, int | None], measure: str, bound: str, words: Words) -> str:
    name, unknown = words.label("measures", measure), sums["unknown"] or 0
    if not sums["known"]:
        return words.t("head_unknown", measure=name) if unknown else ""
    low, high = sums["low"] or 0, sums["high"] or 0
    is_open = bool(sums["open"])
    detail = [
        "" if bound == "best" else words.t(f"head_{bound}"),
        full_range(low, high, words.lang, is_open=is_open) if low != high or is_open else "",
        words.t("head_unknown_in", n=unknown) if unknown else "",
    ]
    told = "; ".join(text for text in detail if text)
    least = "+" if bound == "high" and is_open else ""
    return f"{words.n(sums[bound] or 0)}{least} {name}" + (f" ({told})" if told else "")


def _counted(incidents: IncidentColumns, *, acts: bool) -> NDArray[np.bool_]:
    act = incidents.arrays.get("act")
    return np.ones(len(incidents.frame), bool) if acts or act is None else act == 0


def _where(
    incidents: IncidentColumns, regions: RegionColumns, spec: PageSpec, words: Words, kept: NDArray[np.bool_]
) -> str:
    """Return the regions that were asked for, else the countries of the incidents, those with the most first."""
    focused = regions_named(incidents, regions, spec.focus)
    if focused:
        return listed([words.local(name) for name in focused], words.lang)
    names = country_names(incidents.frame)
    counts = Counter(sorted(code for code in incidents.frame["country"][kept].dropna() if code in names))
    codes = [code for code, _ in counts.most_common()] if len(names) > 1 else list(names)
    return listed([names[code][words.lang] for code in codes], words.lang)


def _when(incidents: IncidentColumns, words: Words, kept: NDArray[np.bool_]) -> str:
    """Return the first and the last day of the incidents, as coarse as they are known; empty where none has a day."""
    rows = incidents.frame[kept & incidents.frame["first_day"].notna().to_numpy(bool)]
    if rows.empty:
        return ""
    rows = rows.assign(last_day=rows["last_day"].fillna(rows["first_day"]))
    rows = rows.assign(last_day=rows[["first_day", "last_day"]].max(axis=1))
    is_exact = rows["date_precision"].fillna("day") == "day"
    start = _row(rows[rows["first_day"] == rows["first_day"].min()], is_exact)
    end = _row(rows[rows["last_day"] == rows["last_day"].max()], is_exact)
    if is_exact[start] and is_exact[end]:
        return words.days(rows["first_day"][start], rows["last_day"][end])
    ends = [_end(rows.loc[row], name, words) for row, name in ((start, "first_day"), (end, "last_day"))]
    return ends[0] if ends[0] == ends[1] else " – ".join(ends)


def _row(rows: pd.DataFrame, is_exact: pd.Series[bool]) -> Any:  # noqa: ANN401 — a label of the index
    """Return one of several rows with the same day: one whose day is exact goes before others."""
    exact = rows[is_exact[rows.index]]
    return (exact if len(exact) else rows).index[0]


def _end(row: pd.Series[Any], name: str, words: Words) -> str:
    day: date = row[name]
    if row["date_precision"] in {None, "day"} or pd.isna(row["date_precision"]):
        return words.day(day)
    after = row["last_day"] + pd.Timedelta(days=1)
    if row["first_day"].day == after.day == 1:
        is_year = row["first_day"].month == after.month == 1
        return str(day.year) if is_year else f"{words.month(day, brief=True)} {day.year}"
    return words.t("about_day", day=words.day(day))
