"""The datasets whose terms are known without a file that states them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from willay.events.model.foreign import DatasetTerms

if TYPE_CHECKING:
    from collections.abc import Mapping

ACLED: Final = DatasetTerms(
    "acled",
    None,
    "ACLED EULA: attribution, no redistribution of rows",
    "Armed Conflict Location & Event Data (ACLED), acleddata.com",
    may_publish=False,
)
GTD: Final = DatasetTerms(
    "gtd",
    None,
    "GTD terms of use: attribution, no redistribution of rows",
    "National Consortium for the Study of Terrorism and Responses to Terrorism (START), Global Terrorism Database",
    may_publish=False,
)
GDELT: Final = DatasetTerms(
    "gdelt", "2.0", "free use with attribution", "The GDELT Project, https://www.gdeltproject.org", may_publish=True
)
UCDP: Final = DatasetTerms(
    "ucdp-ged",
    None,
    "CC-BY-4.0",
    "Uppsala Conflict Data Program (UCDP), Georeferenced Event Dataset (GED), Department of Peace and Conflict "
    "Research, Uppsala University",
    may_publish=True,
)

SCAD: Final = DatasetTerms(
    "scad",
    None,
    None,
    "Salehyan, Hendrix, et al., Social Conflict Analysis Database (SCAD), Strauss Center, University of Texas",
)
MASS_MOBILIZATION: Final = DatasetTerms(
    "mass-mobilization",
    None,
    None,
    "Clark and Regan, Mass Mobilization Protest Data, Harvard Dataverse, doi:10.7910/DVN/HTTWYL",
)
CCC: Final = DatasetTerms("ccc", None, None, "Crowd Counting Consortium")

USUAL: Final[Mapping[str, DatasetTerms]] = MappingProxyType({terms.name: terms for terms in (ACLED, GTD, GDELT, UCDP)})
"""Their usual terms, by name: they apply to a file that names one of these datasets without its terms."""
