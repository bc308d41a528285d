"""`willay country`: what willay includes for each country, and country packs: made, installed, added to databases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from willay.events.cli.entries import WHOLE
from willay.events.cli.help_pages import App
from willay.events.cli.hints import hint
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import AsJson, Author, Force, Format, Language, Reason, Style, Wide, open_store, who
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
    from willay.data.country_packs.finding import installed_file
    from willay.events.cli.config import folder_of_countries

    code = known_country(country)
    document = country_document(code, lang.value)
    if json_:
        put_json(document)
        return
    for line in in_words(document):
        put(line)
    if (installed := installed_file(code, folder_of_countries())).is_file():
        say(tr("You installed a pack of this country, which new databases have: {pack}", pack=installed))


@country_app.command("make")
def country_make(
    country: Annotated[str, typer.Argument(help="Country: ISO 3166-1 code or name.")],
    path: Annotated[Path, typer.Argument(help="Pack to write, such as mm.pack.")],
    *,
    units: Annotated[
        Path | None, typer.Option("--units", help="Limits of the first-level units: any GIS file, or a zip of one.")
    ] = None,
    code: Annotated[
        str | None, typer.Option("--code-field", help="Column with the code of each, such as ADM1_PCODE.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name-field", help="Column with the name of each, such as ADM1_EN.")
    ] = None,
    alias: Annotated[
        list[str] | None,
        typer.Option("--alias-field", help="Column with further names, such as those in another script. Repeatable."),
    ] = None,
    units_2: Annotated[Path | None, typer.Option("--units-2", help="Limits of the second-level units.")] = None,
    code_2: Annotated[
        str | None, typer.Option("--code-field-2", help="Column with the code of each second-level unit.")
    ] = None,
    name_2: Annotated[
        str | None, typer.Option("--name-field-2", help="Column with the name of each second-level unit.")
    ] = None,
    alias_2: Annotated[
        list[str] | None,
        typer.Option("--alias-field-2", help="Column with further names of second-level units. Repeatable."),
    ] = None,
    parent_2: Annotated[
        str | None,
        typer.Option("--parent-field-2", help="Column with the code of the first-level unit that holds each."),
    ] = None,
    units_3: Annotated[Path | None, typer.Option("--units-3", help="Limits of the third-level units.")] = None,
    code_3: Annotated[
        str | None, typer.Option("--code-field-3", help="Column with the code of each third-level unit.")
    ] = None,
    name_3: Annotated[
        str | None, typer.Option("--name-field-3", help="Column with the name of each third-level unit.")
    ] = None,
    alias_3: Annotated[
        list[str] | None,
        typer.Option("--alias-field-3", help="Column with further names of third-level units. Repeatable."),
    ] = None,
    parent_3: Annotated[
        str | None,
        typer.Option("--parent-field-3", help="Column with the code of the second-level unit that holds each."),
    ] = None,
    crs: Annotated[
        str | None, typer.Option("--crs", help="CRS, if a file does not state it, such as EPSG:32718.")
    ] = None,
    places: Annotated[
        list[Path] | None,
        typer.Option(
            "--places",
            help="List of places: a GeoNames country dump (and its alternate names), or a CSV file with name, lat and "
            "lon. Repeatable.",
        ),
    ] = None,
    people: Annotated[
        Path | None, typer.Option("--people", help="Census: a CSV file with codes of units, and people by year.")
    ] = None,
    people_credit: Annotated[
        str | None, typer.Option("--people-attribution", help="Attribution of the people, if it is another.")
    ] = None,
    word: Annotated[
        list[str] | None,
        typer.Option(
            "--word",
            help="Word for the units, one and several: “state,states”; of level 2 or 3: “2:township,townships”. "
            "Repeatable.",
        ),
    ] = None,
    word_es: Annotated[
        list[str] | None, typer.Option("--word-es", help="Word in Spanish: “estado,estados”. Repeatable.")
    ] = None,
    licence: Annotated[
        str | None, typer.Option("--licence", help="Licence of the files: SPDX identifier or text.")
    ] = None,
    credit: Annotated[str | None, typer.Option("--attribution", help="Attribution: who must be credited.")] = None,
    dated: Annotated[
        str | None,
        typer.Option("--dated", metavar="DAY", help="Day on which the limits were true, such as 2023-03-01."),
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="Source: address or citation of the files.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Note: what a reader must know of the limits.")] = None,
    note_es: Annotated[str | None, typer.Option("--note-es", help="Note in Spanish.")] = None,
    force: Force = False,
) -> None:
    """Make a country pack of official limits, a list of places and a census. What is wrong with them is reported."""
    from willay.data.country_packs.contents import Terms
    from willay.data.country_packs.making import PackPlan, make_pack, words_given
    from willay.data.country_packs.units import UnitsFile
    from willay.data.country_packs.wording import report_lines
    from willay.data.country_packs.writing import write_pack
    from willay.data.errors import PackFaultsError
    from willay.geo.writing import check_target

    check_target(path, force=force)
    files = {
        1: (units, code, name, alias, None),
        2: (units_2, code_2, name_2, alias_2, parent_2),
        3: (units_3, code_3, name_3, alias_3, parent_3),
    }
    plan = PackPlan(
        country,
        {
            level: UnitsFile(file, of, called, tuple(others or ()), parent, crs=crs)
            for level, (file, of, called, others, parent) in files.items()
            if file is not None
        },
        places or (),
        people,
        words_given(word or (), word_es or ()),
        Terms(licence, credit, source, dated),
        people_credit,
        {lang: text for lang, text in (("en", note), ("es", note_es)) if text},
    )
    try:
        made = make_pack(plan)
    except PackFaultsError as error:
        for line in report_lines(error.report):
            put(line)
        raise
    for line in report_lines(made.report):
        put(line)
    write_pack(made.pack, path, force=force)
    say(tr("{path} written. To use it: {see}", path=path, see=hint("init", "--country", path)))


@country_app.command("add")
def country_add(
    pack: Annotated[
        Path, typer.Argument(help="Country pack: a file, a folder with pack.toml, or the name of a plug-in.")
    ],
    *,
    db: Annotated[
        Path | None, typer.Option("--db", help="Database to add it to (default: install it for you).")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace another pack of the same country.")] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DAY",
            help="First day on which its units are valid; before it the former ones are (default: always).",
        ),
    ] = None,
    author: Author = None,
    reason: Reason = None,
) -> None:
    """Install a country pack, or add it to a database: its units, words and places. The former units stay, ended."""
    from willay.data.country_packs.finding import installed_file, open_pack_file, plugged_pack
    from willay.events.cli.config import folder_of_countries
    from willay.events.founding import add_pack
    from willay.events.model.values import parse_day

    opened = (None if pack.exists() else plugged_pack(str(pack))) or open_pack_file(pack)
    code = opened.pack.facts.code
    if db is None:
        target = installed_file(code, folder_of_countries())
        target.parent.mkdir(parents=True, exist_ok=True)
        opened.place(target, replace=replace)
        say(
            tr(
                "{pack} installed: {target}. New databases have it: {see}",
                pack=pack,
                target=target,
                see=hint("init", "--country", code),
            )
        )
        return
    day = parse_day(since)[0] if since else None
    with open_store(db) as store:
        done, beside = add_pack(store, opened, author=who(author), reason=reason or "", since=day, replace=replace)
    if not done.sets:
        say(tr("{db} has this pack already; nothing was recorded.", db=db))
    for name, added, ended in done.sets:
        units = tr_n("{n:,} unit", "{n:,} units", added)
        say(
            tr("{units} in set {name}; {ended:,} former ones ended.", units=units, name=name, ended=ended)
            if ended
            else tr("{units} in set {name}.", units=units, name=name)
        )
    if done.same:
        listed = ", ".join(f"{one} = {other}" for one, other in [*done.same.items()][:5])
        codes = tr_n("{n:,} code", "{n:,} codes", len(done.same))
        say(tr("{codes} of former units are read as those of the same units: {listed}.", codes=codes, listed=listed))
    if done.rebuilt:
        say(tr("{zones} rebuilt from the districts.", zones=tr_n("{n:,} zone", "{n:,} zones", done.rebuilt)))
    if done.lacking:
        say(tr("Note: {note}", note=done.lacking))
    if opened.pack.places:
        say(tr("Places are read from {beside}: pass it on together with the database.", beside=beside))
