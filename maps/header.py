"""The header of a page's data: words, code lists, colours, regions, and what the page starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.events.frame.columns import COLUMNS, TERMS
from willay.events.frame.protection import OF_DATASET
from willay.maps.acts import act_measures
from willay.maps.country_words import locales, worded, worded_countries, worded_labels
from willay.maps.measures import with_measure
from willay.maps.palette import (
    class_colours,
    dark_class_colours,
    dark_colour,
    dark_diverging_colours,
    diverging_colours,
    type_style,
)
from willay.maps.pieces import PART
from willay.maps.selections import selections_of
from willay.maps.spec import LANGS, PageSpec
from willay.maps.subject import country_names, map_titles, regions_named
from willay.maps.sums import GUARD, applies

if TYPE_CHECKING:
    from willay.maps.incidents import IncidentColumns
    from willay.maps.regions import RegionColumns


def page_header(incidents: IncidentColumns, regions: RegionColumns, spec: PageSpec) -> dict[str, Any]:
    """Return what the page knows next to its arrays.

    Under `terms` are the columns that protect a row, each with the name that it has among the facts of a dataset; None
    where it is the row's own. `record` names the columns that can be downloaded, in their order, and `facts` those that
    a card shows by what they are called here, each with the list of the codebook that its values are codes of.
    `locales` are the codes by which numbers and days are written in each language.
    """
    sets = [held["key"] for held in regions.sets]
    countries, every = (worded_countries(incidents.frame, sets, every=every) for every in (False, True))
    others = tuple(one for one in every if one not in countries)
    types = [code for code in incidents.dictionaries["type"] if code is not None]
    spec = with_measure(spec, incidents)
    measure = spec.measure if spec.measure in incidents.measures else "incidents"
    asked = (
        "kind",
        "lang",
        "title",
        "view",
        "region_set",
        "bound",
        "acts",
        "rate",
        "scheme",
        "classes",
        "step",
        "window",
    )
    return {
        "spec": {name: getattr(spec, name) for name in asked}
        | ({"suppress_below": spec.suppress_below} if spec.suppress_below > 1 else {})
        | {"measure": measure, "limits": list(spec.limits) if spec.limits else None}
        | {"note": spec.note, "views": [view.as_header() for view in spec.views], "embed": spec.embed},
        "locales": locales(countries),
        "messages": {lang: dict(worded(lang, countries)) for lang in LANGS},
        "labels": {lang: dict(worded_labels(lang, countries, others)) for lang in LANGS},
        "dictionaries": incidents.dictionaries,
        "facets": incidents.facets,
        "applies": applies(),
        "measures": list(incidents.measures),
        "countries": country_names(incidents.frame),
        "focused": regions_named(incidents, regions, spec.focus),
        "titles": map_titles(spec, incidents.frame),
        "acts": _acts(incidents),
        "types": {code: [*type_style(code), dark_colour(code)] for code in types},
        "colours": [class_colours(count) for count in range(10)],
        "diverging": [diverging_colours(count) for count in range(6)],
        "dark": {
            "colours": [dark_class_colours(count) for count in range(10)],
            "diverging": [dark_diverging_colours(count) for count in range(6)],
        },
        "guard": GUARD | ({"suppressed": spec.suppress_below} if spec.suppress_below > 1 else {}),
        "selections": selections_of(incidents.frame),
        "record": _record(incidents),
        "facts": [
            {"name": column.name, "list": column.codes or None, "label": column.label._asdict()}
            for column in COLUMNS
            if column.label is not None and column.page
        ],
        "terms": {name: OF_DATASET.get(name) for name in TERMS},
        "regions": regions.sets,
        "cards": {"starts": list(incidents.starts), "part": PART},
    }


def _acts(incidents: IncidentColumns) -> dict[str, Any] | None:
    """Return how many incidents are acts of the state, and the measures that count them; None where none is one."""
    act = incidents.arrays.get("act")
    if act is None:
        return None
    return {"rows": int((act & incidents.arrays["counted"]).sum()), "measures": list(act_measures())}


def _record(incidents: IncidentColumns) -> list[str]:
    """Return the columns that can be downloaded: those of each row, terms, and last figures and sources."""
    told = ("low", "best", "high", *(("source",) if incidents.voices.listed() else ()))
    figures = {f"{measure}_{name}" for measure in incidents.measures for name in told}
    named = [
        column for column in COLUMNS if column.protects or {"row", "own"} & {*column.page} or column.name in figures
    ]
    return [column.name for column in sorted(named, key=lambda column: column.root in ("claims", "sources"))]
