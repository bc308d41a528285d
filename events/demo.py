"""The demo: Peru's shipped incidents in a database of their own, with pages and a file for any GIS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from willay.data import incident_documents, incident_terms
from willay.events.exchange import write_incidents
from willay.events.founding import create_database
from willay.events.model.drafts import Bundle, draft
from willay.events.model.reasons import INCLUDED
from willay.events.store import DatasetTerms, Store
from willay.events.store.dialects.sqlite.copies import draft_of, verify
from willay.events.store.files.replacement import put_in_place
from willay.events.store.record.revisions import INSTALLER
from willay.geo import check_target
from willay.geo.errors import MissingExtraError
from willay.geo.translation import mark, tr
from willay.maps import PageSpec, ProfileSpec, render

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from willay.maps.profile.blocks import Document

COUNTRY = "PE"
EXAMPLE = "bagua-2009"


@dataclass(frozen=True, slots=True)
class Made:
    """What a demo wrote.

    Attributes:
        database: The database file.
        kept: Whether it was there already, and left as it was.
        replaced: The files of a database that was there and was built again, under their new names.
        files: What each file is, by its path.
        incidents: How many incidents the database holds.
        claims: How many claims.
        sources: How many sources.
        example: Code of an incident worth showing; None where the pages show none.
    """

    database: Path
    kept: bool
    replaced: tuple[Path, ...]
    files: dict[Path, str]
    incidents: int
    claims: int
    sources: int
    example: str | None


def shipped_bundle(country: str = COUNTRY) -> Bundle:
    """Return the incidents shipped for a country, with their sources, actors, cases and indicators, as one bundle.

    Raises:
        DraftError: A file does not fit the drafts; each fault names its file.
    """
    parts = [draft(Bundle, file.document, file.name) for file in incident_documents(country)]
    return Bundle(**{name: tuple(row for part in parts for row in getattr(part, name)) for name in Bundle.model_fields})


def build_demo(folder: Path, *, lang: str, force: bool, clock: Callable[[], datetime]) -> Made:
    """Build the Peru database, its three pages, its profile (where Matplotlib is installed) and a GeoJSON file.

    A database that is there is kept unless `force` is given, and then put aside, so that nobody's own incidents are
    lost; the pages and the export are always made again from it.

    Raises:
        FileInTheWayError: A page is there and no database, so that it is not of a demo; and `force` was not given.
        OSError: The folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    database, exported, profile = (folder / name for name in ("peru.gpkg", "incidents.geojson", "profile.html"))
    kept = database.exists() and not force
    for path in (*(folder / f"{kind}.html" for kind in _PAGES), profile, exported):
        check_target(path, force=force or kept)
    replaced = () if kept else _build_database(database, clock)
    with Store.open(database, clock=clock) as store:
        frame = store.read.select(lang=lang)
        regions = store.regions.select(lang=lang)
        example = store.read.draft(EXAMPLE).code if EXAMPLE in set(frame["key"]) else next(iter(frame["code"]), None)
        counts = store.read.count()
        document = _profile(store, lang)
    files = {database: tr("the database; QGIS can open it")}
    for kind, about in _PAGES.items():
        path = folder / f"{kind}.html"
        render(frame, PageSpec(kind=kind, lang=lang), regions).save(path, force=True)
        files[path] = tr(about)
    if document is not None:
        from willay.maps import write_document  # noqa: PLC0415 — as in `_profile`

        write_document(document, profile, force=True)
        files[profile] = tr("Peru's profile: statistics, cases, emergencies, series, with all sources")
    write_incidents(frame, exported, force=True)
    files[exported] = tr("incidents with their claims, for GIS programs")
    return Made(database, kept, replaced, files, counts["incident"], counts["claim"], counts["source"], example)


def _profile(store: Store, lang: str) -> Document | None:
    """Return the profile of the country; None where the extra that draws its charts is not installed."""
    try:
        from willay.events.country_profile import country_profile  # noqa: PLC0415 — Matplotlib is an extra

        return country_profile(store, spec=ProfileSpec(lang=lang))
    except MissingExtraError:
        return None


_PAGES = {
    "choropleth": mark("regions coloured by figures"),
    "timeline": mark("incidents through time"),
    "atlas": mark("regions, points, timeline, list and details"),
}


def _build_database(path: Path, clock: Callable[[], datetime]) -> tuple[Path, ...]:
    """Build next to the final name, so that a failure leaves no half database; return what was put aside."""
    place = path.resolve()
    with draft_of(place) as draft_path:
        with create_database(draft_path, country=COUNTRY, policy=None, clock=clock, seed=f"demo-{COUNTRY}") as store:
            store.write.add(shipped_bundle(), author=INSTALLER, reason=INCLUDED)
            terms = incident_terms(COUNTRY)
            store.registers.describe_dataset(
                DatasetTerms(
                    terms.name,
                    licence=terms.licence,
                    attribution=terms.attribution,
                    may_publish=True,
                    selection=dict(terms.selection) if terms.selection else None,
                ),
                author=INSTALLER,
                reason=INCLUDED,
            )
        return put_in_place(draft_path, place, verify, keep_as="before-demo")
