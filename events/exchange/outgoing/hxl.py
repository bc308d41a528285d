"""Incidents as a table with hashtags of the Humanitarian Exchange Language: https://hxlstandard.org, version 1.1.

A row of headings, a row of hashtags, then a row an incident; otherwise as `outgoing.csv`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.events.exchange.outgoing.csv import TextTable
from willay.events.exchange.outgoing.flat_pages import point_cells
from willay.events.exchange.outgoing.tables import spoken
from willay.events.exchange.outgoing.written import Written
from willay.events.frame.columns import COLUMNS
from willay.events.frame.framing import JOINED
from willay.events.frame.units import finest_level, known_code
from willay.events.model.canonical import value_of
from willay.geo import replacing
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.frame.cells import IncidentCells
    from willay.events.frame.nesting import Nestings

_ORDER: Final = (
    "#event+id", "#description", "#date", "#event", "#geo", "#loc", "#country", "#adm1", "#adm2", "#affected", "#group",
    "#meta+source", "#meta+precision", "#meta",
)  # fmt: skip
"""How the hashtags of columns begin, in the order of the columns; others come last."""

_MADE: Final[Mapping[str, str]] = {
    "lat": "#geo+lat",
    "lon": "#geo+lon",
    "adm1_code": "#adm1+code",
    "adm2_code": "#adm2+code",
    "actor1": "#group+actor1",
    "actor2": "#group+actor2",
    "sources": "#meta+source",
}
"""The hashtags of the columns that are made here."""


def _place(tag: str) -> int:
    """Return where a hashtag comes in the order."""
    return next((place for place, begin in enumerate(_ORDER) if tag.startswith(begin)), len(_ORDER))


def _tagged() -> Iterator[tuple[str, str]]:
    """Yield the columns that have a hashtag: HXL has none for terms, which get `#meta` with attributes of our own."""
    for column in COLUMNS:
        if tag := column.hxl or (f"#meta+{column.name.replace('_', '+')}" if column.protects else ""):
            yield column.name, tag
    yield from _MADE.items()


HASHTAGS: Final[Mapping[str, str]] = dict(sorted(_tagged(), key=lambda column: _place(column[1])))
"""The hashtag of each column, in the order of the columns."""

_LEVELS: Final = {"adm1_code": 1, "adm2_code": 2}
"""The level of the units whose codes have a column."""


def write_hxl(pages: Iterator[IncidentCells], path: Path, options: WritingOptions) -> Written:
    """Write incidents, page by page, to a table with hashtags; errors as `outgoing.write`."""
    rows = 0
    several = 0
    with replacing(path, force=options.force) as file:
        table = TextTable(file, HASHTAGS.keys(), HASHTAGS.values(), bom=options.bom)
        for page in pages:
            columns = _columns(page, options)
            table.add(zip(*(columns[name] for name in HASHTAGS), strict=True))
            rows += len(page)
            several += sum(len(_split(names)) > 2 for names in page.of("actors"))  # noqa: PLR2004 — two columns
    return Written(path, rows, _losses(several))


def _columns(page: IncidentCells, options: WritingOptions) -> dict[str, Sequence[Any]]:
    lon, lat = point_cells(page)
    actors = [_split(names) for names in page.of("actors")]
    made: dict[str, list[Any]] = {
        "lon": lon,
        "lat": lat,
        "actor1": [names[0] if names else None for names in actors],
        "actor2": [names[1] if len(names) > 1 else None for names in actors],
        "sources": _sources(page, options.lang),
        **_admin_codes(page, options.nestings),
    }
    made |= {f"{measure}_best": _reckoned(page, measure) for measure in _ONE_NUMBER}
    return {name: made[name] if name in made else page.of(name) for name in HASHTAGS}


_ONE_NUMBER: Final = ("injured", "abducted", "displaced")
"""The measures with one column: it holds the best number, or the lowest if sources only state "at least"."""


def _reckoned(page: IncidentCells, measure: str) -> list[Any]:
    numbers = zip(*(page.of(f"{measure}_{part}") for part in ("best", "low", "high")), strict=True)
    return [low if best is None and high is None else best for best, low, high in numbers]


def _split(names: str | None) -> list[str]:
    return names.split(JOINED) if names else []


def _admin_codes(page: IncidentCells, nestings: Nestings) -> dict[str, list[str | None]]:
    """Return the code of the unit of each level around each place, as far as the place is known."""
    rows = [*zip(page.of("admin_code"), page.of("country"), page.of("place_precision"), strict=True)]
    chains = {row: _chain(*row, nestings) for row in dict.fromkeys(rows)}
    found = [chains[row] for row in rows]
    return {
        name: [chain[level - 1] if len(chain) >= level else None for chain in found] for name, level in _LEVELS.items()
    }


def _chain(code: str | None, country: str | None, precision: str | None, nestings: Nestings) -> tuple[str, ...]:
    if not code or not nestings.level(country, code):
        return ()
    nesting = nestings.of(country)
    return nesting.chain(known_code(code, finest_level(precision, has_code=True), nesting))


def _sources(page: IncidentCells, lang: str) -> list[str | None]:
    """Name who speaks of each incident: publishers where the page has cards, otherwise whose figure it is."""
    found: list[str | None] = []
    for text, key in zip(page.of("details"), page.of("killed_source"), strict=True):
        sources = value_of(text).get("sources", {}) if text else {}
        named = (spoken(source.get("publisher") or source.get("title") or at, lang) for at, source in sources.items())
        found.append(JOINED.join(dict.fromkeys(named)) or key)
    return found


def _losses(several: int) -> tuple[str, ...]:
    losses = (
        tr("Claims, notes and further places: HXL has only figures and one place per incident."),
        tr("Measures: HXL has hashtags only for killed, injured, abducted and displaced."),
    )
    return (*losses, tr("Actors: the third and further actors of {n:,} incidents.", n=several)) if several else losses
