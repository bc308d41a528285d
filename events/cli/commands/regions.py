"""`willay regions`: named areas with their validity, and their figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from willay.events.cli.entries import WHOLE
from willay.events.cli.filters import with_query
from willay.events.cli.former_options import renamed
from willay.events.cli.help_pages import App
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.omissions import profile_in_words, say_omissions
from willay.events.cli.options import (
    DEFAULT_DB,
    AsJson,
    AsOf,
    Author,
    DbFile,
    Force,
    Format,
    ForOwnUse,
    Language,
    Policy,
    ProfileName,
    Reason,
    Style,
    Wide,
    open_store,
    who,
)
from willay.events.cli.output import put, put_json, say
from willay.events.cli.outward import SeenBy, say_how_to_include, seen_by
from willay.geo.translation import LANGUAGES, language, many, mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.data.profiles import Profile
    from willay.events.frame.query import IncidentQuery


regions_app = App(help="Regions: named areas with their validity.", no_args_is_help=True)

_REGION_COLUMNS = {
    "set": ListColumn("Set", 2, least=10),
    "key": ListColumn("Key"),
    "name": ListColumn("Name", least=12),
    "valid_from": ListColumn("From"),
    "valid_until": ListColumn("Until (excl.)", 1),
    "working_outline": ListColumn("Outline", 3),
    "decree": ListColumn("Decree", 4, least=10),
}


_FIELDS: Final = {
    "admin_code": mark("admin_code"),
    "attribution": mark("attribution"),
    "citation": mark("citation"),
    "decree": mark("decree"),
    "definition": mark("definition"),
    "kind": mark("kind"),
    "licence": mark("licence"),
    "name_en": mark("name_en"),
    "name_es": mark("name_es"),
    "outline_note": mark("outline_note"),
    "reason": mark("reason"),
    "url": mark("url"),
    "valid_from": mark("valid_from"),
    "valid_until": mark("valid_until"),
    "version": mark("version"),
    "working_outline": mark("working_outline"),
}
"""The fields of a region, as `regions show` lists them."""


@regions_app.command("list")
def regions_list(
    set_name: Annotated[str | None, typer.Argument(metavar="[SET]", help="Show only this region set.")] = None,
    *,
    on: Annotated[str | None, typer.Option(help="Show only the versions valid on this day.")] = None,
    as_of: AsOf = None,
    profile: SeenBy = None,
    style: Format = Style.table,
    wide: Wide = False,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List regions; each version with its period of validity."""
    seen = seen_by(profile, style.value)
    rows = _region_rows(db, (set_name, on, as_of), lang.value, seen, whole=style.value in WHOLE)
    put_rows(rows, _REGION_COLUMNS, style.value, wide=wide)


@regions_app.command("show")
def regions_show(
    region: Annotated[str, typer.Argument(help="Region: SET/KEY, or KEY alone.")],
    *,
    json_: AsJson = False,
    as_of: AsOf = None,
    profile: SeenBy = None,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Show all versions of a region: validity, decree, citation, outline."""
    from willay.events.model.errors import NotFoundError

    seen = seen_by(profile, "json" if json_ else "table")
    rows = [
        row
        for row in _region_rows(db, (None, None, as_of), lang.value, seen, whole=True)
        if region in {row["key"], f"{row['set']}/{row['key']}"}
    ]
    if not rows:
        raise NotFoundError(tr("Unknown region {region!r}. List the regions: willay regions list.", region=region[:80]))
    if json_:
        put_json(rows)
        return
    for row in map(_localized(lang.value), rows):
        say(f"{row['name']} [{row['set']}/{row['key']}]")
        for name, value in row.items():
            if value not in (None, "", []) and name not in {"set", "key", "name"}:
                shown = _kind_in_words(str(value), row["set"]) if name == "kind" else _in_words(value)
                put(f"  {tr(_FIELDS.get(name, name))}: {shown}")


_KINDS: Final = frozenset((mark("place"), mark("state of emergency")))
"""What the regions that ship are, but for units."""


def _kind_in_words(kind: str, set_name: str) -> str:
    """Return what a region is: of units, whose kinds are in English, the word of their country in other languages."""
    from willay.data.region_titles import level_of_set

    level = level_of_set(set_name)
    if level is None or language() == LANGUAGES[0]:
        return tr(kind) if kind in _KINDS else kind
    return level.word(language())


def _in_words(value: object) -> object:
    if isinstance(value, bool) and language() != LANGUAGES[0]:
        return tr("yes") if value else tr("no")
    return value


def _region_rows(
    db: Path, asked: tuple[str | None, str | None, str | None], lang: str, seen: Profile, *, whole: bool
) -> list[dict[str, Any]]:
    """Return regions as rows: of a set, valid on a day, as known at a moment."""
    from willay.events.frame.frame import plain
    from willay.events.frame.query import parse_moment
    from willay.events.model.values import parse_day

    set_name, on, as_of = asked

    with open_store(db) as store:
        regions = store.regions.select(
            set_name,
            on=parse_day(on)[0] if on else None,
            lang=lang,
            as_of=parse_moment(as_of) if as_of else None,
            profile=seen,
        )
    rows = [
        {k: plain(v) for k, v in row.items()} for row in regions.drop(columns=["geometry", "fid"]).to_dict("records")
    ]
    if whole:
        return rows
    shown = map(_localized(lang), rows)
    return [{**row, "working_outline": tr("working") if row["working_outline"] else tr("generalised")} for row in shown]


def _localized(lang: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what puts a region's texts by language, which are stored as JSON, into one language."""
    from willay.events.model.values import local

    def of_row(row: dict[str, Any]) -> dict[str, Any]:
        told = {name: row.get(name) for name in ("reason", "outline_note")}
        stored = {name: text for name, text in told.items() if isinstance(text, str) and text.startswith('{"')}
        return {**row, **{name: local(json.loads(text), lang) for name, text in stored.items()}}

    return of_row


@regions_app.command("add", cls=renamed({"--set": "--region-set"}))
def regions_add(
    path: Annotated[Path, typer.Argument(help="GIS file to read: GeoJSON, GeoPackage, Shapefile, KML, zip, …")],
    *,
    set_name: Annotated[
        str, typer.Option("--region-set", help="Region set: name of the new one, such as pe-districts.")
    ],
    key: Annotated[str, typer.Option("--key-field", help="Column with the key or code of each region.")],
    name: Annotated[str | None, typer.Option("--name-field", help="Column with the name (default: the key).")] = None,
    admin: Annotated[str | None, typer.Option("--admin-field", help="Column with the administrative code.")] = None,
    layer: Annotated[str | None, typer.Option(help="Layer to read, if the file has several.")] = None,
    crs: Annotated[str | None, typer.Option(help="CRS, if the file does not state it, such as EPSG:32718.")] = None,
    licence: Annotated[str | None, typer.Option(help="Licence of the file: SPDX identifier or text.")] = None,
    attribution: Annotated[str | None, typer.Option(help="Attribution: who must be credited.")] = None,
    rebuild_zones: Annotated[
        bool, typer.Option("--rebuild-zones", help="Rebuild the conflict zones from the units that the file contains.")
    ] = False,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add a region set from a GIS file. Invalid outlines are repaired and reported."""
    from willay.events.front.regions import add_areas
    from willay.geo import MissingCRSError

    words = {"name": name, "admin_code": admin, "attribution": attribution, "licence": licence}
    with open_store(db) as store:
        try:
            added, notes = add_areas(
                store, path, (set_name, key), words, author=who(author), reason=reason, layer=layer, crs=crs
            )
        except MissingCRSError as error:
            raise MissingCRSError(tr("{error} Example: --crs EPSG:32718.", error=error)) from None
        for note in notes:
            say(tr("Note: {note}", note=note))
        say(tr("{regions} in set {set_name}.", regions=many(added, "region"), set_name=set_name))
        if rebuild_zones:
            rebuilt = store.regions.rebuild_zones(set_name, author=who(author))
            zones = many(rebuilt, "zone")
            say(
                tr(
                    "{zones} rebuilt from the units in their definitions. Details: willay regions show KEY",
                    zones=zones,
                )
            )


@regions_app.command("export", cls=renamed({"--set": "--region-set"}))
@with_query
def regions_export(
    path: Annotated[Path, typer.Argument(help="Output file: .geojson, .gpkg, .fgb, .parquet, .shp or .kml.")],
    query: IncidentQuery,
    *,
    set_name: Annotated[str | None, typer.Option("--region-set", help="Region set (default: all sets).")] = None,
    suppress_below: Annotated[
        int,
        typer.Option("--suppress-below", min=0, help="Leave figures blank in regions with fewer incidents than this."),
    ] = 0,
    profile: ProfileName = "public",
    own_use: ForOwnUse = False,
    policy: Policy = None,
    lang: Language,
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Export regions with their numbers of incidents and figures. The rules are those of the maps."""
    from willay.data.profiles import profile as profile_named
    from willay.events.front.regions import RegionFigures, write_region_figures

    seen = profile_named(profile)
    asked = RegionFigures(
        query=query, set_name=set_name, policy=policy, profile=seen, suppress_below=suppress_below, lang=lang.value,
        own_use=own_use, force=force,
    )  # fmt: skip
    with open_store(db) as store:
        written, blanked, origin = write_region_figures(store, path, asked)
    say(
        tr(
            "{path}: {regions}; profile {profile}.",
            path=path,
            regions=many(written.rows, "region"),
            profile=profile_in_words(seen),
        )
    )
    if blanked:
        say(
            tr(
                "{regions} with fewer than {suppress_below} incidents: figures left blank.",
                regions=many(blanked, "region"),
                suppress_below=suppress_below,
            )
        )
    for other in written.beside:
        say(tr("Also written: {other}.", other=other))
    for loss in written.losses:
        say(tr("Not included: {loss}", loss=loss))
    say_how_to_include(origin)
    say_omissions(origin)
