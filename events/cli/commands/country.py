"""`willay country`: what willay includes for each country."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from willay.events.cli.entries import WHOLE
from willay.events.cli.help_pages import App
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import AsJson, Format, Language, Style, Wide
from willay.events.cli.output import put, put_json, say
from willay.geo.translation import tr, tr_n

country_app = App(help="Countries: the units, places and words that willay includes for each.", no_args_is_help=True)

_COLUMNS: Final = {
    "code": ListColumn("Code"),
    "name": ListColumn("Name", least=14),
    "units": ListColumn("Units", 1),
    "word": ListColumn("First-level units", 3, least=12),
    "places": ListColumn("Places", 4),
    "limits_until": ListColumn("Limits until", 2),
    "notes": ListColumn("Notes", 5, least=16),
}


@country_app.command("list")
def country_list(
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Show only countries whose code or name contains this.")
    ] = None,
    *,
    style: Format = Style.table,
    wide: Wide = False,
    lang: Language,
) -> None:
    """List the countries with their units, and what is known to be outdated."""
    from willay.data.country_facts import country_row, listed_countries
    from willay.events.model.errors import NotFoundError

    codes = listed_countries(text or "", lang.value)
    if not codes:
        raise NotFoundError(
            tr("No country matches {text!r}. List them all: willay country list", text=(text or "")[:80])
        )
    rows = [country_row(code, lang.value) for code in codes]
    shown = rows if style.value in WHOLE else [{**row, "notes": " ".join(row["notes"])} for row in rows]
    put_rows(shown, _COLUMNS, style.value, wide=wide)
    say(
        tr(
            "{countries}. Details: willay country show CODE",
            countries=tr_n("{n:,} country", "{n:,} countries", len(rows)),
        )
    )


@country_app.command("show")
def country_show(
    country: Annotated[str, typer.Argument(help="Country: ISO 3166-1 code or name.")],
    *,
    json_: AsJson = False,
    lang: Language,
) -> None:
    """Show what willay includes for a country: levels, words, limits, notes, disputes, people, licences."""
    from willay.data.countries import known_country
    from willay.data.country_facts import country_document, in_words

    document = country_document(known_country(country), lang.value)
    if json_:
        put_json(document)
        return
    for line in in_words(document):
        put(line)
