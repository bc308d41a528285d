"""What willay ships: boundaries, zones, places, administrative codes, the codebook, Peru's incidents, and their terms.

The lists themselves are read with `willay.data.codebook.codebook()` and `willay.data.zones.zones()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.geo.lazy_names import lazy_names
from willay.geo.translation import add_catalogues

if TYPE_CHECKING:
    from willay.data.admin import admin_code, admin_name, admin_names
    from willay.data.boundaries import (
        country_box,
        country_outline,
        departments,
        lakes,
        neighbours,
        rivers,
        stated_area_km2,
    )
    from willay.data.codebook import Codebook, Term
    from willay.data.country_codes import country_of
    from willay.data.crosswalks import Crosswalk, ForeignCode, Outgoing, crosswalk
    from willay.data.errors import AmbiguousPlaceError, DataError, UnknownPlaceError, UnknownTermError
    from willay.data.gazetteer import Gazetteer, PlaceCandidate
    from willay.data.incidents import incident_documents
    from willay.data.populations import Census, censuses, population_source, population_text
    from willay.data.registry import attributions, dataset, datasets
    from willay.data.settlements import towns
    from willay.data.shipped_regions import incident_terms, region_sets
    from willay.data.zones import rebuild_zones

__all__ = [
    "AmbiguousPlaceError",
    "Census",
    "Codebook",
    "Crosswalk",
    "DataError",
    "ForeignCode",
    "Gazetteer",
    "Outgoing",
    "PlaceCandidate",
    "Term",
    "UnknownPlaceError",
    "UnknownTermError",
    "admin_code",
    "admin_name",
    "admin_names",
    "attributions",
    "censuses",
    "country_box",
    "country_of",
    "country_outline",
    "crosswalk",
    "dataset",
    "datasets",
    "departments",
    "incident_documents",
    "incident_terms",
    "lakes",
    "neighbours",
    "population_source",
    "population_text",
    "rebuild_zones",
    "region_sets",
    "rivers",
    "stated_area_km2",
    "towns",
]

add_catalogues("willay.data")

_HOMES: Final = {
    ".admin": ("admin_code", "admin_name", "admin_names"),
    ".boundaries": (
        "country_box",
        "country_outline",
        "departments",
        "lakes",
        "neighbours",
        "rivers",
        "stated_area_km2",
    ),
    ".codebook": ("Codebook", "Term"),
    ".country_codes": ("country_of",),
    ".crosswalks": ("Crosswalk", "ForeignCode", "Outgoing", "crosswalk"),
    ".errors": ("AmbiguousPlaceError", "DataError", "UnknownPlaceError", "UnknownTermError"),
    ".gazetteer": ("Gazetteer", "PlaceCandidate"),
    ".incidents": ("incident_documents",),
    ".populations": ("Census", "censuses", "population_source", "population_text"),
    ".shipped_regions": ("incident_terms", "region_sets"),
    ".registry": ("attributions", "dataset", "datasets"),
    ".settlements": ("towns",),
    ".zones": ("rebuild_zones",),
}


__getattr__, __dir__ = lazy_names(__name__, _HOMES)
