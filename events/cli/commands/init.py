"""`willay init`: a new database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli.hints import hint
from willay.events.cli.options import (
    DEFAULT_DB,
    NewPolicy,
    clock,
)
from willay.events.cli.output import ask, on_terminal, say
from willay.events.cli.packs import chosen_packs
from willay.geo.translation import language, many, tr

if TYPE_CHECKING:
    from willay.data.country_packs.finding import PackFile


def init(
    file: Annotated[Path, typer.Argument(help="Database file to create.")] = DEFAULT_DB,
    *,
    country: Annotated[
        str | None,
        typer.Option(
            help="Country of the database: ISO 3166-1 alpha-2 code or name, or a country pack; several with commas, "
            "such as CO,VE,EC: the first is that of incidents which state none. Their units are added as regions. "
            "Without it, a terminal asks; elsewhere it is PE.",
        ),
    ] = None,
    policy: NewPolicy = None,
) -> None:
    """Create an empty database, with the regions of a country."""
    from willay.data.countries import country as known
    from willay.events.founding import create_database

    codes, packs = chosen_packs(country) if country else _asked()
    with create_database(file, country=codes, policy=policy, clock=clock, packs=packs) as store:
        regions = len(store.regions.select(profile=None))
    replaced = {pack.pack.facts.code for pack in packs}
    for one in codes:
        for note in known(one).notes if one not in replaced else ():
            say(tr("Note on {country}: {note}", country=known(one).name(language()), note=note.words[_spoken()]))
    say(
        tr(
            "{file} created, with {regions} and no incidents. To add an incident: {see}",
            file=file,
            regions=many(regions, "region"),
            see=hint("add", db=file),
        )
    )


def _asked() -> tuple[tuple[str, ...], tuple[PackFile, ...]]:
    """Return the countries that a person answers, or the usual one where nobody can be asked, and their packs."""
    from willay.data.countries import USUAL, country
    from willay.data.errors import UnknownTermError

    if not on_terminal():
        say(tr("Country: {name}. For another: --country CODE", name=f"{country(USUAL).name(language())} ({USUAL})"))
        return chosen_packs(USUAL)
    while True:
        try:
            return chosen_packs(ask(tr("Which country? (two letters or a name)"), default=USUAL))
        except UnknownTermError as error:
            say(str(error))


def _spoken() -> str:
    return "es" if language() == "es" else "en"
