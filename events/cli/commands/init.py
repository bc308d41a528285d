"""`willay init`: a new database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from willay.events.cli.hints import hint
from willay.events.cli.options import (
    DEFAULT_DB,
    NewPolicy,
    clock,
)
from willay.events.cli.output import say
from willay.geo.translation import many, tr


def init(
    file: Annotated[Path, typer.Argument(help="Database file to create.")] = DEFAULT_DB,
    *,
    country: Annotated[
        str,
        typer.Option(
            help="Country of the database: ISO 3166-1 alpha-2 code or name. If willay includes regions of "
            "this country, they are added."
        ),
    ] = "PE",
    policy: NewPolicy = None,
) -> None:
    """Create an empty database, with the regions of a country."""
    from willay.events.founding import create_database

    with create_database(file, country=country, policy=policy, clock=clock) as store:
        regions, of = len(store.regions.select(profile=None)), store.country
    if not regions:
        add = hint("regions", "add", "FILE", "--region-set", "NAME", "--key-field", "COLUMN", db=file)
        say(tr("willay includes no regions of {of}. Add them from a GIS file: {add}", of=of, add=add))
    say(
        tr(
            "{file} created, with {regions} and no incidents. To add an incident: {see}",
            file=file,
            regions=many(regions, "region"),
            see=hint("add", db=file),
        )
    )
