"""`willay profile`: the profile of a country or region as a document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from willay.events.cli.omissions import profile_in_words
from willay.events.cli.options import DEFAULT_DB, AsOf, DbFile, Force, Language, Policy, existing, open_store
from willay.events.cli.output import say
from willay.events.cli.outward import say_how_to_include
from willay.geo.translation import tr

_SECTIONS = "key, events, regions, cases, emergencies, decisions, institutions, actors, series, chronology, unknown"


def profile(
    file: Annotated[Path, typer.Argument(help="Output file: .html, .docx (Word) or .pdf.")],
    *,
    area: Annotated[
        str | None,
        typer.Option(
            metavar="AREA", help="A country (code or name), or a region as SET/KEY or by name (default: all)."
        ),
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="First day: 2009, 2009-06 or a day.")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Last day, inclusive.")] = None,
    as_of: AsOf = None,
    policy: Policy = None,
    seen_by: Annotated[
        str | None,
        typer.Option("--profile", help="Disclosure profile: public (default), partner, internal, or a .toml file."),
    ] = None,
    own_use: Annotated[
        bool,
        typer.Option(
            "--for-own-use",
            help="Include rows that the terms of their dataset do not allow passing on. "
            "The output is then for your own use only.",
        ),
    ] = False,
    sections: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES", help=f"Sections of the document, separated by commas (default: all): {_SECTIONS}."
        ),
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            callback=existing,
            help="Folder of paragraphs written by hand, as Markdown: SECTION.md, or SECTION.es.md and SECTION.en.md. "
            "The document marks them as such.",
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the document.")] = None,
    lang: Language,
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Write the profile of a country or region: statistics, incidents, cases, emergencies, series, sources."""
    from willay.data.profiles import profile as profile_named
    from willay.events.country_profile import ProfileRequest, country_profile
    from willay.events.frame.query import IncidentQuery
    from willay.geo import check_target
    from willay.maps.profile import SECTIONS, ProfileSpec, check_document_ending, write_document
    from willay.maps.profile.texts import read_texts

    check_document_ending(file)
    check_target(file, force=force)
    chosen = tuple(name.strip() for name in sections.split(",")) if sections else SECTIONS
    spec = ProfileSpec(
        lang=lang.value, title=title, sections=chosen, texts=read_texts(texts, lang.value) if texts else None
    )
    seen = profile_named(seen_by or "public")
    request = ProfileRequest(
        area=area, query=IncidentQuery.parse(since=first, until=last, as_of=as_of), policy=policy, profile=seen,
        is_for_own_use=own_use,
    )  # fmt: skip
    with open_store(db) as store:
        document = country_profile(store, request, spec)
    write_document(document, file, force=force)
    say(
        tr(
            "{file}: {sections} sections, {notes} notes, {citations} sources.",
            file=file,
            sections=len(document.sections),
            notes=len(document.notes),
            citations=len(document.citations),
        )
    )
    say(tr("Profile: {profile}. The document is one file and needs no network.", profile=profile_in_words(seen)))
    say_how_to_include({})
