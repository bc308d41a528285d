"""The command `form`: a form for phones, whose export is imported without a mapping."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli.hints import command
from willay.events.cli.options import DEFAULT_DB, DbFile, Force, Language, open_store
from willay.events.cli.output import say
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping


def form(
    file: Annotated[Path, typer.Argument(help="Output file (.xlsx): an XLSForm.")],
    *,
    country: Annotated[
        str | None,
        typer.Option(help="Country of the form: ISO 3166-1 alpha-2 code or name (default: that of the database)."),
    ] = None,
    lang: Language,
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Write a form for KoboToolbox, ODK or SurveyCTO. What people send with it is imported complete, as drafts."""
    from willay.events.exchange.outgoing.form import write_form

    code, units = _country(country, db)
    write_form(file, code, units, lang=lang.value, force=force)
    say(
        tr(
            "{file}: a form in Spanish and English for {country}. Load it into KoboToolbox, ODK or SurveyCTO; export "
            "what people send as XLSX, and import it: {command}",
            file=file,
            country=code,
            command=command("import", "export.xlsx"),
        )
    )


def _country(said: str | None, db: Path) -> tuple[str, Mapping[str, Mapping[str, str]]]:
    """Return the country of the form and its first-level units: of the database, or those that are shipped."""
    from willay.data.countries import known_country
    from willay.data.shipped_regions import has_regions, region_sets
    from willay.events.exchange.form_units import first_level_units

    if said is None:
        with open_store(db) as store:
            return store.country, first_level_units(store.country, store.regions.select(profile=None))
    code = known_country(said)
    return code, first_level_units(code, region_sets(code)[0].frame) if has_regions(code) else {}
