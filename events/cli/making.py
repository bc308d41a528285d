"""Commands that make files: demo, init, map, export; and check, which looks into one."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli import exits
from willay.events.cli.options import (
    DEFAULT_DB,
    DbFile,
    Force,
    Format,
    Lang,
    Language,
    Policy,
    Style,
    clock,
    open_store,
    with_query,
)
from willay.events.cli.talk import many, put_rows, say

if TYPE_CHECKING:
    from willay.events.query import IncidentQuery

map_app = typer.Typer(help="Maps: one HTML file each, with everything inside.", no_args_is_help=True)


class Bound(StrEnum):
    """Which number of a figure is mapped."""

    low = "low"
    best = "best"
    high = "high"


class Step(StrEnum):
    """Length of a step of the timeline."""

    month = "month"
    year = "year"


class Window(StrEnum):
    """What a position of the timeline shows."""

    window = "window"
    cumulative = "cumulative"


def demo(
    folder: Annotated[Path, typer.Argument(help="Where to put the files.")] = Path("demo"),
    *,
    lang: Language = Lang.en,
    force: Annotated[bool, typer.Option("--force", help="Build the database again, even if it is there.")] = False,
) -> None:
    """Make the Peru database, its three maps and a GeoJSON file in one step."""
    from willay.events.cli.demo import build_demo

    say("Building the Peru demo …")
    made = build_demo(folder, lang=lang.value, force=force, clock=clock)
    if made.kept:
        say(f"{made.database} was there already: kept as it is (--force builds it again); maps made anew.")
    say(f"{many(made.incidents, 'incident')}, {many(made.claims, 'claim')}, {many(made.sources, 'source')}.")
    for path, about in made.files.items():
        typer.echo(f"{path}  {about}")
    say("")
    say(f"Open {folder / 'atlas.html'} in a browser; it needs no network, and can be mailed as it is.")
    say("Look:      willay list --db " + str(made.database))
    say(f"Who says?  willay show {made.example} --db {made.database}")
    say("Add one:   willay add --db " + str(made.database))


def init(
    file: Annotated[Path, typer.Argument(help="The database file to make.")] = DEFAULT_DB,
    *,
    country: Annotated[str, typer.Option(help="Country whose regions it starts with, ISO 3166-1 alpha-2.")] = "PE",
    policy: Policy = None,
) -> None:
    """Make an empty database, with the regions of a country."""
    from willay.events.cli.demo import create_database

    with create_database(file, country=country, policy=policy, clock=clock) as store:
        regions = len(store.regions())
    say(f"{file} made, with {many(regions, 'region')} and no incidents. Add one: willay add --db {file}")


@with_query
def export(
    file: Annotated[Path, typer.Argument(help="The file to write; its ending names the format (.geojson).")],
    query: IncidentQuery,
    *,
    policy: Policy = None,
    lang: Language = Lang.en,
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Write incidents, with their claims and sources, to a GeoJSON file."""
    from willay.events.exchange import write_incidents

    with open_store(db) as store:
        frame = store.select(query, policy=policy, lang=lang.value)
    count = write_incidents(frame, file, force=force)
    say(f"{file}: {many(count, 'incident')}.")


@map_app.command("choropleth")
@with_query
def map_choropleth(
    file: Annotated[Path, typer.Argument(help="The HTML file to write.")],
    query: IncidentQuery,
    *,
    region_set: Annotated[str | None, typer.Option(help="Region set; else the country's first-level units.")] = None,
    show: Annotated[str, typer.Option("--measure", help="incidents, killed, injured, abducted, …")] = "incidents",
    bound: Annotated[Bound, typer.Option(help="Which number of a figure.")] = Bound.best,
    scheme: Annotated[str | None, typer.Option(help="Classes: quantiles, natural-breaks, equal-interval.")] = None,
    classes: Annotated[int | None, typer.Option(min=2, max=9, help="How many classes.")] = None,
    title: Annotated[str | None, typer.Option(help="Title of the page.")] = None,
    policy: Policy = None,
    lang: Language = Lang.en,
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Make a choropleth page: regions coloured by a figure."""
    from willay.maps import PageSpec

    spec = PageSpec(
        kind="choropleth", lang=lang.value, title=title, region_set=region_set, measure=show, bound=bound.value
    )
    _make_page(file, query, spec.changed(scheme=scheme, classes=classes), policy=policy, force=force, db=db)


@map_app.command("timeline")
@with_query
def map_timeline(
    file: Annotated[Path, typer.Argument(help="The HTML file to write.")],
    query: IncidentQuery,
    *,
    step: Annotated[Step, typer.Option(help="Length of a step.")] = Step.year,
    window: Annotated[Window, typer.Option(help="A moving window, or all up to the position.")] = Window.window,
    title: Annotated[str | None, typer.Option(help="Title of the page.")] = None,
    policy: Policy = None,
    lang: Language = Lang.en,
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Make a timeline page: incidents on the map, and through time."""
    from willay.maps import PageSpec

    spec = PageSpec(kind="timeline", lang=lang.value, title=title, step=step.value, window=window.value)
    _make_page(file, query, spec, policy=policy, force=force, db=db)


@map_app.command("atlas")
@with_query
def map_atlas(
    file: Annotated[Path, typer.Argument(help="The HTML file to write.")],
    query: IncidentQuery,
    *,
    region_set: Annotated[str | None, typer.Option(help="Region set; else the country's first-level units.")] = None,
    show: Annotated[str, typer.Option("--measure", help="incidents, killed, injured, abducted, …")] = "incidents",
    title: Annotated[str | None, typer.Option(help="Title of the page.")] = None,
    policy: Policy = None,
    lang: Language = Lang.en,
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Make an atlas page: regions, points, time, list and detail in one."""
    from willay.maps import PageSpec

    spec = PageSpec(kind="atlas", lang=lang.value, title=title, region_set=region_set, measure=show)
    _make_page(file, query, spec, policy=policy, force=force, db=db)


def _make_page(file: Path, query: IncidentQuery, spec: object, *, policy: str | None, force: bool, db: Path) -> None:
    from willay.maps import PageSpec, render

    assert isinstance(spec, PageSpec)  # noqa: S101 — told to the type checker; the class is imported late
    with open_store(db) as store:
        frame = store.select(query, policy=policy, lang=spec.lang)
        regions = store.regions(lang=spec.lang)
    render(frame, spec, regions).save(file, force=force)
    size = file.stat().st_size / 1e6
    say(f"{file}: {many(len(frame), 'incident')}, {size:.1f} MB. Open it in a browser; it needs no network.")


def check(*, style: Format = Style.table, db: DbFile = DEFAULT_DB) -> None:
    """Look for anything wrong in the database; exit code 1 if there is."""
    from willay.data.registry import verify

    with open_store(db) as store:
        problems = store.check()
    rows = [{"severity": p.severity, "where": p.where, "message": p.message} for p in problems]
    rows += [{"severity": "error", "where": "shipped data", "message": message} for message in verify()]
    put_rows(rows, {"severity": "", "where": "Where", "message": "What"}, style.value)
    wrong = sum(row["severity"] == "error" for row in rows)
    notes = len(rows) - wrong
    say(f"{db}: {many(wrong, 'problem')}" + (f", {many(notes, 'note')}" if notes else "") + ".")
    if wrong:
        raise typer.Exit(exits.PROBLEMS)
