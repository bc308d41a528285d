"""What was found in the files of a pack, in the words of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.geo.translation import mark, tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from willay.data.country_packs.borders import Meeting
    from willay.data.country_packs.examining import LevelReport, PackReport, PeopleReport, PlacesReport, Stray

_LISTED: Final = 5
_WHOLE_KM2: Final = 10
_FIELDS: Final = {
    "code": mark("code"),
    "name": mark("name"),
    "parent": mark("unit above"),
    "aliases": mark("other names"),
    "id": mark("id"),
    "lon": mark("lon"),
    "lat": mark("lat"),
    "population": mark("population"),
    "admin_code": mark("unit"),
    "alternates": mark("other names"),
    "year": mark("year"),
    "people": mark("people"),
}


def report_lines(report: PackReport) -> Iterator[str]:
    """Yield what was found, in lines; those that belong to the one before begin with two spaces."""
    for level in report.levels:
        yield from _level(level)
    for places in report.places:
        yield from _places(places)
    if report.people is not None:
        yield from _people(report.people)


def _level(level: LevelReport) -> Iterator[str]:
    units = tr_n("{n:,} unit", "{n:,} units", level.units)
    told = {"number": level.number, "units": units, "file": level.file, "crs": level.crs, "area": _area(level.area_km2)}
    yield tr("Level {number}: {units} of {file} ({crs}), {area} in all.", **told)
    yield from _guessed(level.guessed)
    for name in level.without_code[:_LISTED]:
        yield "  " + tr("Without a code: {name}.", name=name)
    yield from _more(level.without_code)
    for code, names in [*level.double.items()][:_LISTED]:
        yield "  " + tr("Several units have the code {code}: {names}.", code=code, names=", ".join(names))
    yield from _more(list(level.double))
    yield from _meetings(level)
    yield from _strays(level.strays)
    if level.covered is not None and level.beyond is not None:
        yield "  " + tr(
            "The units cover {covered} of the outline of the country that willay includes; {beyond} of them lie "
            "outside of it.",
            covered=_share(level.covered),
            beyond=_share(level.beyond),
        )
    if level.crosses:
        yield "  " + tr("The units lie on both sides of the 180th meridian.")
    for note in level.notes[:_LISTED]:
        yield "  " + tr("Note: {note}", note=note)
    yield from _more(level.notes)


def _guessed(columns: Mapping[str, str]) -> Iterator[str]:
    if columns:
        listed = ", ".join(f"{tr(_FIELDS.get(name, name))} = {column}" for name, column in columns.items())
        yield "  " + tr("Columns found by their names: {listed}.", listed=listed)


def _meetings(level: LevelReport) -> Iterator[str]:
    if not level.gaps and not level.overlaps:
        yield "  " + tr("Borders meet: no gaps, no overlaps.")
    for gap in level.gaps[:_LISTED]:
        yield "  " + tr("Gap of {area} between {units}, at {at}.", **_told(gap))
    yield from _more(level.gaps)
    for overlap in level.overlaps[:_LISTED]:
        yield "  " + tr("Overlap of {area} of {units}, at {at}.", **_told(overlap))
    yield from _more(level.overlaps)


def _told(meeting: Meeting) -> dict[str, str]:
    units = ", ".join(meeting.units[:_LISTED]) + (", …" if len(meeting.units) > _LISTED else "")
    return {"area": _area(meeting.area_km2), "units": units, "at": f"{meeting.lon:.4f}, {meeting.lat:.4f}"}


def _strays(strays: Sequence[Stray]) -> Iterator[str]:
    for stray in strays[:_LISTED]:
        yield "  " + (
            tr(
                "{share} of {unit} lies outside {parent}.",
                share=_share(stray.share),
                unit=stray.unit,
                parent=stray.parent,
            )
            if stray.parent
            else tr("No unit of the level above holds {unit}.", unit=stray.unit)
        )
    yield from _more(strays)


def _more(found: Sequence[object]) -> Iterator[str]:
    if len(found) > _LISTED:
        yield "  " + tr("… and {n:,} more.", n=len(found) - _LISTED)


def _places(places: PlacesReport) -> Iterator[str]:
    form = tr("GeoNames dump") if places.form == "geonames" else tr("table")
    yield tr("Places: {n:,} of {file} ({form}).", n=places.read, file=places.file, form=form)
    yield from _guessed(places.guessed)
    for reason, number in places.left_out.items():
        yield "  " + tr("Left out: {n:,} rows, {reason}.", n=number, reason=reason)
    if places.read:
        yield "  " + tr(
            "{inside} lie in a unit, {near:,} outside but within 5 km of one, {outside:,} in none.",
            inside=_share(places.inside / places.read),
            near=places.near,
            outside=places.outside,
        )
    if places.own:
        yield "  " + tr(
            "{n:,} name their unit by its code; {share} of these lie in it.",
            n=places.own,
            share=_share(places.agreeing / places.own),
        )


def _people(people: PeopleReport) -> Iterator[str]:
    years = ", ".join(map(str, people.years))
    units = tr_n("{n:,} unit", "{n:,} units", people.units)
    yield tr("People: {units} of {file}, counted in {years}.", units=units, file=people.file, years=years)
    yield from _guessed(people.guessed)
    if people.unknown:
        listed = ", ".join(people.unknown[:_LISTED]) + (", …" if len(people.unknown) > _LISTED else "")
        yield "  " + tr("Left out: codes that no unit has: {listed}.", listed=listed)


def _area(km2: float) -> str:
    return f"{km2:,.0f} km²" if km2 >= _WHOLE_KM2 else f"{km2:,.2f} km²"


def _share(share: float) -> str:
    return f"{max(share, 0.0):.1%}".replace("%", " %")
