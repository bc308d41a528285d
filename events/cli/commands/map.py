"""Commands that make maps: pages for a browser and pictures for a report, from the same selection."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from willay.events.cli.filters import with_query
from willay.events.cli.help_pages import App
from willay.events.cli.map_options import OF_SUMS, PICTURE, REGIONAL, SHOWN, TIMED, File
from willay.events.cli.omissions import profile_in_words, say_omissions
from willay.events.cli.options import (
    DEFAULT_DB,
    DbFile,
    Force,
    Lang,
    Language,
    Policy,
    open_store,
    with_options,
)
from willay.events.cli.output import say
from willay.events.cli.outward import say_how_to_include
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from willay.events.frame.query import IncidentQuery
    from willay.maps import PageSpec, PictureSpec


map_app = App(
    help="Maps: HTML pages that work offline, or pictures (.png, .svg, .pdf).",
    no_args_is_help=True,
)


@map_app.command("choropleth")
@with_query
@with_options(SHOWN | REGIONAL | TIMED | OF_SUMS | PICTURE)
def map_choropleth(
    context: typer.Context,
    file: File,
    query: IncidentQuery,
    options: dict[str, Any],
    *,
    policy: Policy = None,
    lang: Language,
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Make a choropleth map: regions coloured by a figure."""
    spec = _page_spec("choropleth", lang, options)
    if not _of_sums(context, file, spec, options, force=force):
        _make(file, query, spec, options, policy=policy, force=force, db=db)


@map_app.command("timeline")
@with_query
@with_options(SHOWN | TIMED | OF_SUMS | PICTURE)
def map_timeline(
    context: typer.Context,
    file: File,
    query: IncidentQuery,
    options: dict[str, Any],
    *,
    policy: Policy = None,
    lang: Language,
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Make a timeline map: incidents in space and time."""
    spec = _page_spec("timeline", lang, options)
    if not _of_sums(context, file, spec, options, force=force):
        _make(file, query, spec, options, policy=policy, force=force, db=db)


@map_app.command("atlas")
@with_query
@with_options(SHOWN | REGIONAL | TIMED | OF_SUMS | PICTURE)
def map_atlas(
    context: typer.Context,
    file: File,
    query: IncidentQuery,
    options: dict[str, Any],
    *,
    policy: Policy = None,
    lang: Language,
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Make an atlas: regions, points, timeline, list and details on one page."""
    spec = _page_spec("atlas", lang, options)
    if not _of_sums(context, file, spec, options, force=force):
        _make(file, query, spec, options, policy=policy, force=force, db=db)


def _page_spec(kind: str, lang: Lang, options: dict[str, Any]) -> PageSpec:
    """Return the specification of the map; limits of classes mean fixed classes."""
    from willay.maps import PageSpec
    from willay.maps.spec import measure_called

    given = {name: options.get(name) for name in (*SHOWN, *REGIONAL, *TIMED) if name != "show"}
    given["measure"] = measure_called(options.get("show"))
    if given["limits"] is not None:
        given["limits"] = _numbers(given["limits"])
        given["scheme"] = given["scheme"] or "fixed"
    given |= _story(given.pop("story"), given.pop("story_view"), given)
    told = {name: str(value) if isinstance(value, StrEnum) else value for name, value in given.items()}
    return PageSpec(kind=kind, lang=lang.value).changed(**told)


def _story(file: Path | None, views: list[str] | None, given: dict[str, Any]) -> dict[str, Any]:
    """Return title, note and views of a page: what the options give comes before what the file of a story says."""
    from willay.maps import Story, View, read_story

    if file and views:
        raise typer.BadParameter(tr("Give a story either by --story FILE or by --story-view, not both."))
    told = read_story(file) if file else Story(views=tuple(View.parse(text) for text in views or ()))
    return {
        "title": given["title"] or told.title,
        "note": given["note"] or told.note,
        "views": told.views or None,
    }


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(number) for number in text.replace(",", " ").split())
    except ValueError:
        raise typer.BadParameter(
            tr("{text!r} is not a list of numbers separated by commas. Example: --limits 1,5,20.", text=text[:80])
        ) from None


def _picture_spec(options: dict[str, Any]) -> PictureSpec:
    from willay.maps import PictureSpec

    named = ("size", "width_mm", "dpi", "by")
    given: dict[str, Any] = {name: options[name] for name in named if options[name] is not None}
    plain: dict[str, Any] = {name: str(value) if isinstance(value, StrEnum) else value for name, value in given.items()}
    return PictureSpec(**plain)


def _make(
    file: Path,
    query: IncidentQuery,
    spec: PageSpec,
    options: dict[str, Any],
    *,
    policy: str | None,
    force: bool,
    db: Path,
) -> None:
    """Write the page, the picture, or both."""
    pictures = _pictures(file, options)
    if pictures and spec.suppress_below > 1:
        raise typer.BadParameter(tr("--suppress-below applies to pages only. Give a FILE that ends in .html."))
    from willay.data.profiles import profile as profile_named
    from willay.events.front.maps import map_of
    from willay.geo import check_target

    for target in dict.fromkeys((file, *pictures)):  # before any work is done, or the first of them written
        check_target(target, force=force)
    seen = profile_named(options["profile"] or "public")
    with open_store(db) as store:
        drawn = map_of(store, query, spec, policy=policy, profile=seen, own_use=options["own_use"])
    frame = drawn.frame
    seen_of: set[int] = set()
    if file not in pictures:
        page = drawn.page
        seen_of.add(page.in_sight)
        size, beside = page.sizes()
        page.save(file, force=force)
        say(
            tr(
                "{file}: {incidents}, {size:.1f} MB.",
                file=file,
                incidents=many(page.rows, "incident"),
                size=size / 1e6,
            )
        )
        if page.few:
            say(
                tr(
                    "Left out: {incidents} in {regions} with fewer than {number} incidents.",
                    incidents=many(len(frame) - page.rows, "incident"),
                    regions=many(page.few, "region"),
                    number=spec.suppress_below,
                )
            )
        if beside:
            say(
                tr(
                    "Claims and sources are in a second file with the ending .texts ({size:.1f} MB): send both files "
                    "together.",
                    size=beside / 1e6,
                )
            )
        say(
            tr(
                "Profile: {profile}. Open the file in a browser; it works without a network.",
                profile=profile_in_words(seen),
            )
        )
        if spec.embed:
            _say_frame(file, page.title)
    if pictures:
        from willay.maps import picture

        sheet = picture(frame, drawn.spec, drawn.regions, drawn.base, sheet=_picture_spec(options))
        seen_of.add(sheet.in_sight)
        for target in pictures:
            sheet.save(target, force=force)
            say(
                tr(
                    "{file}: {incidents}, {size:.1f} MB.",
                    file=target,
                    incidents=many(len(frame), "incident"),
                    size=target.stat().st_size / 1e6,
                )
            )
    say_how_to_include(frame.attrs)
    say_omissions(frame.attrs, before=_nothing_drawn(len(frame)) if seen_of == {0} else "")


def _of_sums(context: typer.Context, file: Path, spec: PageSpec, options: dict[str, Any], *, force: bool) -> bool:
    """Make the page of a file of sums, where one is given; return whether there is one."""
    if options["sums"] is None:
        if extra := [name for name in ("sums_by", "sums_tiles") if options[name] is not None]:
            told = ", ".join(f"--{name.replace('_', '-')}" for name in extra)
            raise typer.BadParameter(
                tr("{options} applies to maps of sums. Specify the file of sums: --sums FILE.", options=told)
            )
        return False
    from willay.events.cli.sums_maps import check_options, make_map_of_sums

    check_options(context)
    by, tiles, own_use = (options[name] for name in ("sums_by", "sums_tiles", "own_use"))
    make_map_of_sums(file, spec, options["sums"], by=by, tiles=tiles, own_use=bool(own_use), force=force)
    return True


def _say_frame(file: Path, title: str) -> None:
    """Print the line that puts the page into another: the only thing for standard output, so that it can be piped."""
    from willay.events.cli.output import put
    from willay.maps import iframe_line

    say(tr("Put the file next to your page, and this line into it (600 × 400 px or more; at least 360 × 300):"))
    put(f"{iframe_line(file.name, title)}\n")


def _nothing_drawn(rows: int) -> str:
    if not rows:
        return tr("Note: 0 incidents match, so the map is empty. Choose other days, types or regions.")
    return tr(
        "Note: 0 of {incidents} can be drawn: their places have no point, no administrative code and no region. They "
        "are listed on the page. To correct a place: willay edit CODE",
        incidents=many(rows, "incident"),
    )


def _pictures(file: Path, options: dict[str, Any]) -> list[Path]:
    """Return the pictures to write; refuse unknown endings before anything is made."""
    from willay.events.model.errors import MalformedError
    from willay.geo.extras import require
    from willay.geo.inputs import named

    endings = (".png", ".svg", ".pdf")
    if file.suffix.lower() not in (".html", ".htm", *endings):
        raise MalformedError(
            tr(
                "{file} must end in one of .html, {endings}. Example: map.html.",
                file=named(file),
                endings=", ".join(endings),
            )
        )
    found = [file] if file.suffix.lower() in endings else []
    for ending in endings:
        target = options[ending[1:]]
        if target is not None and target.suffix.lower() != ending:
            raise MalformedError(
                tr(
                    "{option} {file} does not end in {ending}.",
                    option=f"--{ending[1:]}",
                    file=named(target),
                    ending=ending,
                )
            )
        found += [target] if target is not None and target not in found else []
    if not found and (extra := [name for name in ("size", "width_mm", "dpi", "by") if options[name] is not None]):
        told = ", ".join(f"--{name.replace('_', '-')}" for name in extra)
        raise typer.BadParameter(
            tr("{options} applies to pictures only. Give a FILE that ends in .png, or add --png FILE.", options=told)
        )
    if file in found and (extra := [name for name in ("note", "story", "story_view", "embed") if options[name]]):
        told = ", ".join(f"--{name.replace('_', '-')}" for name in extra)
        raise typer.BadParameter(tr("{options} applies to pages only. Give a FILE that ends in .html.", options=told))
    if found:
        require("pictures", tr("The picture {file}", file=named(found[0])))
    return found
