"""`willay indicator`: the measured values of a database, by series, area, time and voice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.entries import WHOLE, Changes, add_entry, cited_in_words, draft_rows, edit_entry
from willay.events.cli.help_pages import App
from willay.events.cli.hints import hint
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.omissions import profile_in_words
from willay.events.cli.options import (
    DEFAULT_DB,
    AsJson,
    AsOf,
    Author,
    BaseRevision,
    DbFile,
    DryImport,
    Force,
    Format,
    Language,
    Reason,
    Style,
    Wide,
    existing,
    moment,
    open_store,
    who,
)
from willay.events.cli.output import put, put_json, say
from willay.events.cli.outward import SeenBy, limiting, seen_by
from willay.events.model.reasons import IMPORTED, recorded_reason
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from willay.data.profiles import Profile
    from willay.events.model.drafts import IndicatorDraft, SourceDraft
    from willay.events.model.errors import Fault
    from willay.events.model.series import SeriesQuery

indicator_app = App(help="Indicators: measured values by series, area and time.", no_args_is_help=True)

Series = Annotated[str | None, typer.Option("--series", help="Series of values, such as coca-area.")]
Area = Annotated[
    str | None,
    typer.Option("--area", help="A country (code or name), or a region (SET/KEY), or an administrative code."),
]
Year = Annotated[int | None, typer.Option("--year", help="Year that was measured.")]
First = Annotated[str | None, typer.Option("--from", help="First day (inclusive), month or year.")]
Last = Annotated[str | None, typer.Option("--to", help="Last day (inclusive), month or year.")]
SaidBy = Annotated[
    str | None, typer.Option("--said-by", help="Person or body that the source quotes, or its own publisher.")
]

_COLUMNS = {
    "what": ListColumn("Indicator", least=20),
    "area": ListColumn("Area", 1, least=8),
    "time": ListColumn("Time", 2),
    "stated": ListColumn("Value", least=10),
    "unit": ListColumn("Unit", 3, least=8),
    "by": ListColumn("By", 4, least=12),
    "source": ListColumn("Source", 6, least=12),
    "key": ListColumn("Key", 5, least=16),
}


@indicator_app.command("list")
def indicator_list(
    *,
    series: Series = None,
    area: Area = None,
    year: Year = None,
    first: First = None,
    last: Last = None,
    said_by: SaidBy = None,
    text: Annotated[str | None, typer.Option("--text", help="Full-text filter; all words must match.")] = None,
    as_of: AsOf = None,
    profile: SeenBy = None,
    style: Format = Style.table,
    wide: Wide = False,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List the indicators; values on which sources disagree follow each other."""
    seen = seen_by(profile, style.value)
    query = _query(series=series, area=area, year=year, first=first, last=last, by=said_by, text=text)
    found, _ = _read(db, query, seen, as_of)
    if style is Style.table:
        put_rows([_row(one, lang.value) for one in found], _COLUMNS, style.value, wide=wide)
    else:
        rows = draft_rows(found, lang.value, whole=style.value in WHOLE)
        rows = rows if style.value in WHOLE else [_in_digits(row) for row in rows]
        put_rows(rows, {name: ListColumn(name) for name in table_fields()}, style.value, wide=wide)
    say(many(len(found), "indicator"))
    _say_profile(seen)


def _in_digits(row: dict[str, Any]) -> dict[str, Any]:
    from willay.events.model.numerals import in_digits

    return {name: in_digits(value) if isinstance(value, float) else value for name, value in row.items()}


def table_fields() -> tuple[str, ...]:
    """Return the columns of a table of indicators, which is also what a table to import has."""
    from willay.events.model.drafts import IndicatorDraft
    from willay.events.model.fields import flat_names

    return flat_names(IndicatorDraft)


def _query(*, year: int | None = None, first: str | None = None, last: str | None = None, **given: Any) -> SeriesQuery:  # noqa: ANN401 — texts or None
    """Return what is asked for.

    Raises:
        QueryError: A year and days are given, or the days are out of order.
        DayError: A text is not a day.
    """
    from willay.events.model.errors import QueryError
    from willay.events.model.series import SeriesQuery
    from willay.events.model.values import parse_day

    if year is not None and (first or last):
        raise QueryError(tr("--year and --from or --to both give the time. Give one of the two."))
    first, last = (f"{year:04d}", f"{year:04d}") if year is not None else (first, last)
    days = (parse_day(first)[0] if first else None, parse_day(last)[1] if last else None)
    if days[0] and days[1] and days[1] < days[0]:
        raise QueryError(tr("--to {last} lies before --from {first}. Exchange the two.", last=last, first=first))
    return SeriesQuery(first=days[0], last=days[1], **given)


def _read(
    db: Path, query: SeriesQuery, seen: Profile, as_of: str | None
) -> tuple[tuple[IndicatorDraft, ...], dict[str, SourceDraft]]:
    """Return the indicators that are asked for, and the sources that indicators cite, as a profile shows them."""
    from willay.events.model.series import selected

    shown = limiting(seen)
    with open_store(db) as store:
        found = store.registers.indicators(shown, moment(as_of))
        return selected(found, query), store.registers.sources_of_indicators(shown, moment(as_of))


def _say_profile(seen: Profile) -> None:
    if not seen.shows_all:
        say(tr("Profile {profile}.", profile=profile_in_words(seen)))


def _row(one: IndicatorDraft, lang: str) -> dict[str, Any]:
    from willay.events.model.series import time_in_words, value_in_words
    from willay.events.model.values import local

    part = f" [{local(one.category, lang)}]" if one.category else ""
    return {
        "what": f"{local(one.name, lang)}{part}", "area": one.area, "time": time_in_words(one),
        "stated": value_in_words(one, lang), "unit": local(one.unit, lang), "by": local(one.by, lang),
        "source": one.source, "key": one.key,
    }  # fmt: skip


@indicator_app.command("show")
def indicator_show(
    name: Annotated[str, typer.Argument(help="Key of a value, or of a series.")],
    *,
    json_: AsJson = False,
    as_of: AsOf = None,
    profile: SeenBy = None,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Show an indicator, or all values of a series, with the source of each."""
    from willay.events.model.series import SeriesQuery
    from willay.events.store.record.resolve import nearest, not_found

    seen = seen_by(profile, "json" if json_ else "table")
    every, sources = _read(db, SeriesQuery(), seen, as_of)
    found = [one for one in every if one.key == name] or [one for one in every if one.series == name]
    if not found:
        names = {*(str(one.key) for one in every), *(one.series for one in every if one.series)}
        raise not_found("indicator", name, nearest(name, sorted(names)))
    cited = {key: source.model_dump(mode="json", exclude_none=True) for key, source in sources.items()}
    if json_:
        put_json([
            {**one.model_dump(mode="json", exclude_none=True), "cited": cited.get(one.source)} for one in found
        ])  # fmt: skip
    else:
        for one in found:
            _put(one, cited.get(one.source, {}), lang.value)
    _say_profile(seen)


def _put(one: IndicatorDraft, source: dict[str, Any], lang: str) -> None:
    from willay.data.codebook import codebook
    from willay.events.model.values import local

    row = _row(one, lang)
    place = ", ".join(part for part in (one.area, row["time"]) if part)
    put(f"{row['what']} ({place}): {row['stated']} {row['unit']}".rstrip())
    kind = codebook().indicator_kinds[one.kind].label(lang) if one.kind else ""
    edition = tr("edition {edition}", edition=one.edition) if one.edition else ""
    put("  " + " · ".join(part for part in (tr("by {body}", body=row["by"]), kind, edition) if part))
    cited = f"{cited_in_words(source) or one.source} [{one.source}] {source.get('url', '')}".rstrip()
    put(f"  {tr('source: {cited}', cited=cited)}")
    if one.note:
        put(f"  {tr('note: {text}', text=local(one.note, lang))}")
    of = tr("series: {series}", series=one.series) if one.series else ""
    put("  " + " · ".join(part for part in (tr("key: {key}", key=one.key), of) if part))


@indicator_app.command("add")
def indicator_add(
    name: Annotated[str, typer.Argument(help="What was measured, such as 'Area under coca'.")],
    *,
    area: Area = None,
    said_by: SaidBy = None,
    source: Annotated[str, typer.Option("--source", help="Source: key.")],
    value: Annotated[str | None, typer.Option("--value", help="Value: a number.")] = None,
    low: Annotated[str | None, typer.Option("--low", help="Lower end of the value, inclusive.")] = None,
    high: Annotated[str | None, typer.Option("--high", help="Upper end of the value, inclusive.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Unit of the value, such as hectares.")] = None,
    series: Series = None,
    year: Year = None,
    first: First = None,
    last: Last = None,
    edition: Annotated[str | None, typer.Option("--edition", help="Edition of the report that states it.")] = None,
    qualifier: Annotated[
        str | None, typer.Option("--qualifier", help="How to read the value: about, at-least or at-most.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--indicator-kind", help="Kind of value: measured, estimate, target, rank or projection."),
    ] = None,
    key: Annotated[str | None, typer.Option("--key", help="Key for the entry (default: made of its fields).")] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", help="Another field: FIELD=VALUE, such as dimension=language. Repeatable."),
    ] = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add a value of a measured variable, as one person or body states it in one source."""
    from willay.events.model.entry import read_changes

    given = {
        "key": key, "series": series, "name": name, "area": area or _country(db), "year": year, "from_day": first,
        "until_day": last, "edition": edition, "value": value, "low": low, "high": high, "qualifier": qualifier,
        "kind": kind, "unit": unit, "by": said_by, "source": source, **read_changes(changes or []),
    }  # fmt: skip
    if made := add_entry("indicator", given, author=author, reason=reason, db=db):
        say(tr("Indicator {key} added. See: {see}", key=made, see=hint("indicator", "show", made, db=db)))


def _country(db: Path) -> str:
    with open_store(db) as store:
        return store.country


@indicator_app.command("edit")
def indicator_edit(
    key: str,
    changes: Changes,
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Change fields of an indicator. The earlier state remains in the history."""
    edit_entry(("indicator", key), changes, base, author=author, reason=reason, db=db)


@indicator_app.command("import")
def indicator_import(
    file: Annotated[
        Path, typer.Argument(help="CSV table whose first row has the names of the fields.", callback=existing)
    ],
    *,
    dry_run: DryImport = False,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="Character encoding of the file, such as cp1252.")
    ] = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Import a table of indicators, one value per row: all of it, or nothing if anything in it is wrong."""
    from willay.events.exchange.incoming.indicator_table import read_indicators
    from willay.events.model.drafts import Bundle
    from willay.events.model.errors import DraftError

    table = read_indicators(file, encoding=encoding)
    bundle = Bundle(indicators=table.indicators)
    say(tr("Read: {indicators}.", indicators=many(len(table.indicators), "indicator")))
    with open_store(db) as store:
        try:
            if dry_run:
                _refuse(store.write.preview_bundle(bundle).faults)
                say(tr("Nothing saved (--dry-run)."))
                return
            added = store.write.add(
                bundle, author=who(author), reason=reason or recorded_reason(IMPORTED, file=file.name)
            )
        except DraftError as error:
            raise DraftError(table.in_rows(error.faults)) from None
    known = len(table.indicators) - added.indicators
    say(
        " ".join(
            (
                tr("Saved: {indicators}.", indicators=many(added.indicators, "indicator")),
                *([tr("In the database already: {known}.", known=known)] if known else []),
            )
        )
    )


def _refuse(faults: tuple[Fault, ...]) -> None:
    from willay.events.model.errors import DraftError

    if faults:
        raise DraftError(faults)


@indicator_app.command("chart")
def indicator_chart(
    series: Annotated[str, typer.Argument(help="Key of the series.")],
    file: Annotated[Path, typer.Argument(help="Output file: .svg, .png or .pdf.")],
    *,
    area: Area = None,
    first: First = None,
    last: Last = None,
    as_of: AsOf = None,
    profile: Annotated[
        str, typer.Option("--profile", help="Disclosure profile: public, partner, internal, or a .toml file.")
    ] = "public",
    lang: Language,
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Draw one series by year: a line for each person or body that states it, with ranges where they are given."""
    from willay.data.profiles import profile as profile_named
    from willay.events.model.errors import NotFoundError
    from willay.events.model.series import curves, selected
    from willay.maps.pictures import series_picture
    from willay.maps.pictures.spec import check_ending

    check_ending(file)
    seen = profile_named(profile)
    every, sources = _read(db, _query(first=first, last=last, area=area), seen, as_of)
    found = selected(every, _query(series=series))
    drawn = curves(found, lang.value)
    if not drawn:
        known = ", ".join(sorted({one.series for one in every if one.series})) or tr("no series")
        raise NotFoundError(
            tr("The series {series!r} has no values to draw by year. Series: {known}.", series=series[:80], known=known)
        )
    cited = [sources[key] for key in sorted({one.source for one in found}) if key in sources]
    words = [cited_in_words(one.model_dump(mode="json", exclude_none=True)) for one in cited]
    series_picture(drawn, words, lang.value).save(file, force=force)
    say(
        tr(
            "{file}: {values} of {series}.",
            file=file,
            values=many(sum(len(one.points) for one in drawn.curves), "value"),
            series=series,
        )
    )
    _say_profile(seen)
