"""The incidents shipped with the package, as plain documents.

They are written by hand in YAML under `data/incidents/<country>/`: sources, actors, cases and indicators in files
of their own, and one file of incidents for every year. This module only reads them; whether they are sound is
for the drafts of `willay.events` to say, as for any other input.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from willay.data.errors import UnknownTermError

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDERS: Final[Mapping[str, str]] = MappingProxyType({"PE": "peru"})
"""The folder of each country that has shipped incidents, by ISO 3166-1 alpha-2 code."""


@dataclass(frozen=True, slots=True)
class IncidentFile:
    """One shipped file.

    Attributes:
        name: Its path below `data/incidents`, such as `peru/2009.yaml`, for messages.
        document: Its content, with any of the lists sources, actors, cases, incidents, indicators.
    """

    name: str
    document: dict[str, Any]  # Any: YAML values of several types


def incident_documents(country: str = "PE") -> tuple[IncidentFile, ...]:
    """Read the shipped files of a country, sorted by name.

    The files belong together: an incident refers to sources, actors and cases of other files by their keys. What says
    no country in them is of the country whose files they are.

    Args:
        country: ISO 3166-1 alpha-2 code.

    Raises:
        UnknownTermError: No incidents are shipped for the country.

    Example:
        >>> from willay.data import incident_documents
        >>> any("bagua-2009" in str(file.document) for file in incident_documents("PE"))
        True
    """
    if country not in FOLDERS:
        raise UnknownTermError("country with shipped incidents", country, tuple(FOLDERS), None)
    folder = files("willay.data") / "incidents" / FOLDERS[country]
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return tuple(
        IncidentFile(f"{FOLDERS[country]}/{file.name}", _at_home(_read(file.read_text("utf-8")), country))
        for file in found
    )


def _read(text: str) -> dict[str, Any]:
    """Read YAML of our own, which is sound: by the reader in C, where PyYAML was built with it, it takes a tenth."""
    import yaml  # noqa: PLC0415 — whoever asks for no shipped incident is spared it

    document: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 — both are safe
    return document


def selection(country: str = "PE") -> Mapping[str, str] | None:
    """Return the rule by which a country's shipped incidents were chosen, by language; None where they are all.

    Args:
        country: ISO 3166-1 alpha-2 code, one of `FOLDERS`.
    """
    about = files("willay.data") / "incidents" / FOLDERS[country] / "dataset.toml"
    rule: dict[str, str] | None = tomllib.loads(about.read_text("utf-8")).get("selection")
    return rule


def shipped_period(country: str = "PE") -> tuple[int, int, int]:
    """Return how many incidents are shipped for a country, and the first and last year of them."""
    days = [str(one["days"]) for file in incident_documents(country) for one in file.document.get("incidents", ())]
    years = [int(day[:4]) for span in days for day in span.split("/")]
    return len(days), min(years), max(years)


def _at_home(document: dict[str, Any], country: str) -> dict[str, Any]:
    """Return a document in which what says no country is of this one, as its folder says."""
    incidents = [_placed({"country": country, **incident}, country) for incident in document.get("incidents", [])]
    return {**document, "incidents": incidents} if incidents else document


def _placed(incident: dict[str, Any], country: str) -> dict[str, Any]:
    places = [{"country": country, **place} for place in incident.get("places", [])]
    return {**incident, "places": places} if places else incident
