"""`willay places`: look a place up by its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli.listing import ListColumn, put_rows, unit_column
from willay.events.cli.options import (
    DEFAULT_DB,
    DbFile,
    Format,
    Gazetteer,
    Style,
    Wide,
    open_store,
)
from willay.events.cli.output import say
from willay.events.cli.packs import packs_of
from willay.geo.translation import tr

if TYPE_CHECKING:
    from willay.data.countries import Country
    from willay.data.gazetteer import Gazetteer as Places


def places(
    text: Annotated[str, typer.Argument(help="Place name, optionally followed by a comma and the unit that holds it.")],
    *,
    country: Annotated[
        str | None,
        typer.Option(help="Country of the places: ISO 3166-1 code or name (default: that of the database, else PE)."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of places to list.")] = 15,
    gazetteer: Gazetteer = None,
    style: Format = Style.table,
    wide: Wide = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Find places by name in the gazetteer, offline. Accents, case and small spelling mistakes are ignored."""
    from dataclasses import asdict

    from willay.events.model.errors import NotFoundError

    known, of = _known(db, gazetteer, country)
    every = known.search(text, limit=10**6)
    found = [asdict(candidate) for candidate in every[:limit]]
    if not found:
        raise NotFoundError(
            tr(
                "No place with a name similar to {text!r}. Give coordinates instead: --place 'NAME @ lon,lat'.",
                text=text[:80],
            )
        )
    columns = {
        "name": ListColumn("Name", least=14),
        "admin1": unit_column([of] if of else [], 1),
        "lon": ListColumn("Lon"),
        "lat": ListColumn("Lat"),
        "population": ListColumn("People", 2),
        "source": ListColumn("Source", 3, least=12),
        "id": ListColumn("Id", 4),
    }
    put_rows(found, columns, style.value, wide=wide)
    if len(every) > len(found):
        say(tr("Showing {n:,} of {all:,} places. To see more, use --limit.", n=len(found), all=len(every)))


def _known(db: Path, gazetteer: Path | None, named: str | None) -> tuple[Places, Country | None]:
    """Return the places to look among, and their country: of the one named, else the database's, else Peru's."""
    from willay.data.countries import country, known_country
    from willay.data.gazetteer import Gazetteer

    if named:
        of = country(known_country(named))
        return Gazetteer.of_country(of.code, gazetteer), of
    if not db.exists():
        places = Gazetteer.load(gazetteer)
        return places, country(places.country) if places.country else None
    with open_store(db) as store:
        own = store.regions.known_country()
        return Gazetteer.of_country(own.code, gazetteer or packs_of(store)(own.code)), own
