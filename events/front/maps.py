"""`wy.choropleth`, `wy.atlas` and `wy.timeline`: a map that shows itself and is saved by the ending of its name."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict, Unpack

from willay.data.profiles import DEFAULT
from willay.events.frame.frame import check_frame
from willay.events.frame.publishing import barred, check_publishable
from willay.events.front.areas import as_regions
from willay.events.front.selecting import language_for
from willay.events.front.words import unknown_word
from willay.geo.inputs import named
from willay.geo.translation import many, tr
from willay.maps.errors import SpecError
from willay.maps.spec import PageSpec, measure_called

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

    from willay.data.profiles import Profile
    from willay.events.frame.query import IncidentQuery
    from willay.events.front.words import Lang, Shown
    from willay.events.store import Store
    from willay.maps import Page, Picture, View
    from willay.maps.base import BaseMap

_PAGES: Final = (".html", ".htm")
_PICTURES: Final = (".png", ".svg", ".pdf")


class MapOptions(TypedDict, total=False):
    """What a map may be asked for besides measure, title and language; see `willay.maps.PageSpec`.

    Attributes:
        view: What it opens on.
        region_set: Which set of the regions given is shown first.
        focus: The regions that it opens on, as `set/key` or a key alone.
        bound: Which number of a figure is shown.
        acts: Whether acts of the state, such as decrees, are counted with violence.
        rate: Counts, or rates.
        scheme: How classes are found.
        classes: How many at most, 2 to 9.
        limits: Inclusive upper limits of the classes, rising; they mean the scheme `fixed`.
        step: The step of time.
        window: What happened within a window of time, or all until its end.
        tiles: A background from the network; None asks for nothing.
        texts: Where the cards of the incidents go.
        suppress_below: Leave out the incidents of regions with fewer than this.
        note: A paragraph below the head.
        views: A story.
        embed: Whether the page is for an `<iframe>` of another page.
    """

    view: Literal["regions", "points", "clusters", "density"]
    region_set: str
    focus: Sequence[str]
    bound: Literal["low", "best", "high"]
    acts: bool
    rate: Literal["count", "people", "area", "change"]
    scheme: Literal["natural-breaks", "quantiles", "equal-interval", "fixed"]
    classes: int
    limits: Sequence[float]
    step: Literal["day", "week", "month", "quarter", "year"]
    window: Literal["window", "cumulative"]
    tiles: str
    texts: Literal["auto", "inside", "beside", "none"]
    suppress_below: int
    note: str | Mapping[str, str]
    views: Sequence[View]
    embed: bool


class PictureOptions(TypedDict, total=False):
    """What a picture may be asked for; see `willay.maps.PictureSpec`.

    Attributes:
        size: The sheet.
        width_mm: Another width in millimetres.
        dpi: Dots per inch of a PNG.
        by: A map for each of these periods.
    """

    size: Literal["a4", "a5", "slide"]
    width_mm: float
    dpi: int
    by: Literal["year", "quarter", "month"]


@dataclass(frozen=True)
class Map:
    """A map of incidents: `save` writes it, and a notebook shows it.

    Attributes:
        frame: Its incidents.
        spec: What it is.
        regions: The regions to sum over; None is none.
        base: Land and borders under it; None takes those of the incidents' country.

    Example:
        >>> import shapely
        >>> import willay as wy
        >>> point = shapely.Point(-76.5, -12)
        >>> frame = wy.make_frame({"title": ["March"], "type": ["protest"], "first_day": ["2021-03-07"]}, [point])
        >>> march = wy.timeline(frame, title="Marches", base=wy.BaseMap())
        >>> march.save("marches.html").name, march.save("marches.png", size="a5").name
        ('marches.html', 'marches.png')
        >>> march
        <willay.Map timeline 'Marches': 1 incident>
    """

    frame: gpd.GeoDataFrame = field(repr=False)
    spec: PageSpec
    regions: gpd.GeoDataFrame | None = field(repr=False, default=None)
    base: BaseMap | None = field(repr=False, default=None)

    @cached_property
    def page(self) -> Page:
        """The page for a browser."""
        from willay.maps import render  # noqa: PLC0415 — a picture needs no page

        return render(self.frame, self.spec, self.regions, self.base)

    def picture(self, **sheet: Unpack[PictureOptions]) -> Picture:
        """Return the map as a picture, which needs the extra `pictures`.

        Args:
            **sheet: `size`, `width_mm`, `dpi` and `by`.

        Raises:
            SpecError: An option is unknown, or its value is none of its choices.
        """
        from willay.maps import PictureSpec, picture  # noqa: PLC0415 — Matplotlib is an extra

        _check_known(sheet, (field.name for field in fields(PictureSpec)))
        return picture(self.frame, self.spec, self.regions, self.base, sheet=PictureSpec(**sheet))

    def save(
        self, path: str | Path, *, force: bool = False, own_use: bool = False, **sheet: Unpack[PictureOptions]
    ) -> Path:
        """Write the map, and return its path.

        Args:
            path: The file; its ending decides: `.html` is a page for a browser, `.png`, `.svg` and `.pdf` a picture.
            force: Whether a file that is there may be replaced.
            own_use: Whether rows that the terms of their dataset do not allow passing on are in it: it is then for
                one's own use only.
            **sheet: Of a picture: `size`, `width_mm`, `dpi` and `by`.

        Raises:
            SpecError: The ending is unknown, or a page was asked for the options of a picture.
            RefusedError: Rows may not be passed on.
            FileInTheWayError: The file is there, and `force` is not set.
        """
        target = Path(path)
        ending = target.suffix.lower()
        if ending not in (*_PAGES, *_PICTURES):
            endings = ", ".join((_PAGES[0], *_PICTURES))
            raise SpecError(tr("{file} must end in one of {endings}.", file=named(target), endings=endings))
        if not own_use:
            check_publishable(self.frame)
        if ending in _PICTURES:
            return self.picture(**sheet).save(target, force=force)
        if sheet:
            raise SpecError(
                tr("{option} applies to pictures only, not to {file}.", option=min(sheet), file=named(target))
            )
        return self.page.save(target, force=force)

    def html(self) -> str:
        """Return the page as one HTML text."""
        return self.page.html()

    def __repr__(self) -> str:
        title = f" {self.spec.title!r}" if self.spec.title else ""
        return f"<willay.Map {self.spec.kind}{title}: {many(len(self.frame), 'incident')}>"

    def _repr_html_(self) -> str:
        return self.page._repr_html_()


def choropleth(
    frame: gpd.GeoDataFrame,
    regions: gpd.GeoDataFrame | None = None,
    *,
    measure: Shown | None = None,
    title: str | None = None,
    lang: Lang | str | None = None,
    key: str | None = None,
    name: str | None = None,
    base: BaseMap | None = None,
    **options: Unpack[MapOptions],
) -> Map:
    """Make a map of regions, coloured by a figure.

    Args:
        frame: Incidents, as `Database.select` or `make_frame` returns them.
        regions: The regions: those of a database, `db.regions("ke-adm1")`, or any GeoDataFrame with a CRS.
        measure: What is shown: `incidents`, `killed` or any other measure that the incidents have figures of; None
            takes the dead where any are known.
        title: Its heading; None takes one in the reader's language.
        lang: The language that it opens in; None takes that of the frame.
        key: The column in which each region has a value of its own; None takes `key`.
        name: The column with their names; None takes `name`, or else the key.
        base: Land and borders under it; None takes those of the incidents' country.
        **options: See `MapOptions`.

    Raises:
        FrameError: It is not an incident frame.
        SpecError: An option is unknown, or its value is none of its choices.
        TableError: The regions lack a column or a CRS.

    Example:
        >>> import geopandas, shapely
        >>> import willay as wy
        >>> places = [shapely.Point(36.8, -1.3), shapely.Point(34.8, -0.1)]
        >>> frame = wy.make_frame({"title": ["Attack", "March"], "killed_best": [3, 0], "country": "KE"}, places)
        >>> halves = {"COUNTY": ["West", "East"], "geometry": [shapely.box(34, -5, 36, 1), shapely.box(36, -5, 40, 1)]}
        >>> counties = geopandas.GeoDataFrame(halves, crs=4326)
        >>> wy.choropleth(frame, counties, key="COUNTY", measure="killed").save("deaths.html").name
        'deaths.html'
    """
    return _map("choropleth", frame, as_regions(regions, key, name), (measure, title, lang, base), options)


def atlas(
    frame: gpd.GeoDataFrame,
    regions: gpd.GeoDataFrame | None = None,
    *,
    measure: Shown | None = None,
    title: str | None = None,
    lang: Lang | str | None = None,
    key: str | None = None,
    name: str | None = None,
    base: BaseMap | None = None,
    **options: Unpack[MapOptions],
) -> Map:
    """Make a map of regions and points with a timeline, a list, and a card for each incident.

    Arguments and errors as for `choropleth`; regions may be missing.

    Example:
        >>> import shapely
        >>> import willay as wy
        >>> frame = wy.make_frame({"title": ["March"], "type": ["protest"]}, [shapely.Point(-76.5, -12)])
        >>> wy.atlas(frame, title="Marches", base=wy.BaseMap()).page.rows
        1
    """
    return _map("atlas", frame, as_regions(regions, key, name), (measure, title, lang, base), options)


def timeline(
    frame: gpd.GeoDataFrame,
    *,
    title: str | None = None,
    lang: Lang | str | None = None,
    base: BaseMap | None = None,
    **options: Unpack[MapOptions],
) -> Map:
    """Make a map of incidents through time. Arguments and errors as for `choropleth`, without regions.

    Example:
        >>> import shapely
        >>> import willay as wy
        >>> frame = wy.make_frame({"title": ["March"], "first_day": ["2021-03-07"]}, [shapely.Point(-76.5, -12)])
        >>> wy.timeline(frame, step="month", base=wy.BaseMap()).spec.step
        'month'
    """
    return _map("timeline", frame, None, (None, title, lang, base), options)


def map_of(
    store: Store,
    query: IncidentQuery,
    spec: PageSpec,
    *,
    policy: str | None = None,
    profile: Profile | str | None = DEFAULT,
    own_use: bool = False,
) -> Map:
    """Return the map of the incidents of a database that answer a question, for the commands `map …`.

    It opens on the regions asked for, and is drawn on the land of the incidents' countries, or of the database's own.

    Args:
        store: The database.
        query: Which incidents.
        spec: What the map is.
        policy: The figure policy; None is the database's own.
        profile: The disclosure profile; None is the record itself.
        own_use: Whether rows that may not be passed on are on it, too.

    Raises:
        RefusedError: Rows may not be passed on.
        NotFoundError: The question names something that the database does not have.
    """
    from willay.maps.shipped import shipped_base  # noqa: PLC0415 — a map of a frame needs none
    from willay.maps.world import home_countries  # noqa: PLC0415 — as above

    frame = store.read.select(query, policy=policy, lang=spec.lang, profile=profile)
    if not own_use:
        check_publishable(frame, barred(store.registers.datasets()))
    regions = store.regions.select(lang=spec.lang, as_of=query.as_of, profile=profile)
    focused = spec.changed(focus=store.regions.named(query.regions, query.as_of))
    return Map(frame, focused, regions, shipped_base(home_countries(frame) or [store.country]))


def _map(
    kind: str,
    frame: gpd.GeoDataFrame,
    regions: gpd.GeoDataFrame | None,
    said: tuple[str | None, str | None, str | None, BaseMap | None],
    options: MapOptions,
) -> Map:
    """Return a map; what can be refused without drawing it is refused here."""
    measure, title, lang, base = said
    checked = check_frame(frame)
    _check_known(options, MapOptions.__annotations__)
    if kind == "choropleth" and regions is None:
        raise SpecError(tr("A choropleth needs regions. Give them as the second argument: db.regions(…)."))
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in options.items() if value is not None
    }
    if isinstance(given.get("focus"), str):
        given["focus"] = (given["focus"],)
    if "limits" in given:
        given.setdefault("scheme", "fixed")
    words = language_for(checked, lang)
    given |= {"measure": measure_called(measure), "title": title, "lang": words}
    return Map(checked, PageSpec(kind=kind, **given), regions, base)


def _check_known(given: Mapping[str, object], known: Iterable[str]) -> None:
    names = [*known]
    for name in given:
        if name not in names:
            raise SpecError(unknown_word(tr("Unknown option {name!r}.", name=name[:80]), name, names))
