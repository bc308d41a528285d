"""The formats that incidents can be written in, by name and by the ending of a file's name."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Final, Literal, TypedDict

from willay.events.exchange.outgoing.about import begun, companion
from willay.events.exchange.outgoing.file_writers import KIND, FileWriter, guarded
from willay.events.exchange.outgoing.options import WritingOptions
from willay.events.exchange.outgoing.register_tables import BESIDE, tables_beside
from willay.events.frame.cells import as_cells, each_page, of_one_origin
from willay.events.frame.publishing import check_publishable, warn_undisclosed
from willay.events.model.errors import MalformedError, RefusedError
from willay.geo.extras import require
from willay.geo.inputs import named
from willay.geo.plugins import names, plugin, plugins
from willay.geo.translation import language, mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import TypeAlias

    from willay.events.exchange.outgoing.written import Written
    from willay.events.frame.cells import IncidentCells, Page
    from willay.geo.plugins import Plugin

    Writer: TypeAlias = Callable[[Iterator[IncidentCells], Path, WritingOptions], Written]


class Reads(TypedDict):
    """What `store.read.pages` is to fill in."""

    details: bool
    drafts: bool


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: Its name.
        suffixes: Endings of file names that mean it, the usual one first; none where only its name does.
        described: What it is, in a few words of English; see `about`.
        lossless: Whether willay's import reads back all that was written, down to claims and notes.
        cards: How it uses the cards of incidents, which hold claims and sources: not at all, for tables next to it,
            to show them, or because its rows cannot be made without; `drafts`: it shows those of the complete
            incidents that it holds, and needs no cards.
        says: Whether the file has a place for its description; without one, that is in a companion, a further file.
        codes: Whether it writes the codes of the wider units too, which `WritingOptions.nestings` finds.
        extra: The extra of the package that its writer needs; none where the package itself is enough.
        module: Where its writer `write_<name>` lives, below this package; loaded when first used.
        function: The writer itself, of a plug-in.
        labels: What it is, by language, of a plug-in.
    """

    name: str
    suffixes: tuple[str, ...]
    described: str
    lossless: bool = False
    cards: Literal["unused", "tables", "shown", "needed", "drafts"] = "unused"
    says: bool = True
    codes: bool = False
    extra: str = ""
    module: str = ""
    function: Writer | None = None
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def about(self) -> str:
        """What it is, in a few words of the language of now."""
        return self.labels.get(language()) or tr(self.described)

    def reads(self, *, tables: bool = False, flat: bool = False) -> Reads:
        """Return what pages must hold to be written so.

        Args:
            tables: Whether claims and sources are to stand in tables next to a flat one.
            flat: Whether the flat columns are enough.

        Raises:
            RefusedError: They are not.
        """
        beside = tables and self.cards == "tables"
        if flat and beside:
            raise RefusedError(
                tr("--tables writes claims and sources, which --flat leaves out. Give only one of the two options.")
            )
        if flat and self.cards == "needed":
            raise RefusedError(
                tr("{name} needs claims and sources, which --flat leaves out. Remove --flat.", name=self.name)
            )
        cards = self.cards in {"shown", "needed"} or beside
        return {"details": cards and not flat, "drafts": self.lossless and not flat}

    def has_registers(self, *, tables: bool = False, flat: bool = False) -> bool:
        """Return whether files so written have tables of actors, cases or indicators, in them or next to them."""
        if flat:
            return False
        return self.cards == "shown" or (self.name in BESIDE and (tables or self.name != "csv"))

    @property
    def writer(self) -> Writer:
        """The function that writes it.

        Raises:
            MissingExtraError: The extra that it needs is not installed.
        """
        if self.function is not None:
            return self.function
        if self.extra:
            require(self.extra, tr("Writing {format}", format=self.name))
        home = import_module(f"willay.events.exchange.outgoing.{self.module or self.name}")
        writer: Writer = getattr(home, f"write_{self.name}")
        return writer


WRITERS: Final[dict[str, Format]] = {
    written.name: written
    for written in (
        Format("geojson", (".geojson", ".json"), "GeoJSON (RFC 7946)", lossless=True, cards="drafts"),
        Format(
            "ndjson",
            (".geojsonl", ".ndjson", ".geojsons"),
            mark("GeoJSON, one feature per line"),
            lossless=True,
            cards="drafts",
        ),
        Format(
            "geopackage",
            (".gpkg",),
            mark("GeoPackage with a QGIS style"),
            lossless=True,
            cards="shown",
            extra="gis",
            module="gis.geopackage",
        ),
        Format("flatgeobuf", (".fgb",), "FlatGeobuf", extra="gis", module="gis.flatgeobuf"),
        Format(
            "geoparquet",
            (".parquet", ".geoparquet"),
            "GeoParquet 1.1",
            lossless=True,
            extra="gis",
            module="gis.geoparquet",
        ),
        Format(
            "shapefile",
            (".shp", ".shp.zip"),
            mark("Shapefile, for programs that cannot read other formats"),
            says=False,
            extra="gis",
            module="gis.shapefile",
        ),
        Format("kml", (".kml", ".kmz"), mark("KML with time spans"), module="gis.kml"),
        Format("csv", (".csv",), mark("a flat table, one row per incident"), cards="tables", says=False),
        Format("xlsx", (".xlsx",), mark("an Excel workbook with claims, sources and the codebook"), cards="shown"),
        Format(
            "hxl",
            (".hxl.csv", ".hxl"),
            mark("a flat table with HXL hashtags"),
            cards="needed",
            says=False,
            codes=True,
        ),
        Format("acled", (), mark("CSV in the layout of ACLED"), cards="needed", says=False),
        Format("ucdp", (), mark("CSV in the layout of UCDP GED"), cards="needed", says=False),
    )
}
"""The formats by name."""


def format_of(path: Path, name: str | None = None) -> Format:
    """Return the format to write a file in.

    Args:
        path: The file; the longest ending that any format knows decides.
        name: A format's name, which comes before the file's ending.

    Raises:
        RefusedError: There is no such format, or the ending of the file's name is unknown.
        PluginError: It is that of a plug-in, which cannot be used.
    """
    if name is not None:
        return format_named(name)
    endings = {suffix: one for one in WRITERS.values() for suffix in one.suffixes}
    for suffix in sorted(endings, key=len, reverse=True):
        if path.name.lower().endswith(suffix):
            return endings[suffix]
    if plugged := _of_plugins(path):
        return plugged
    usual = ", ".join(one.suffixes[0] for one in WRITERS.values() if one.suffixes)
    raise MalformedError(
        tr(
            "{path} has no ending of a known output format. Use one of these endings: {usual}; or "
            "specify a format: {formats}.",
            path=named(path),
            usual=usual,
            formats=", ".join(WRITERS),
        )
    )


def format_named(name: str) -> Format:
    """Return a format by its name; that of a plug-in alone or as `DISTRIBUTION:NAME`.

    Raises:
        RefusedError: There is no such format.
        PluginError: It is that of a plug-in, which cannot be used.
    """
    if name in WRITERS:
        return WRITERS[name]
    found = plugin(KIND, name)
    if found is None or found.name in WRITERS:
        raise RefusedError(
            tr(
                "Unknown output format {name!r}. Available formats: {formats}.",
                name=name[:80],
                formats=", ".join(dict.fromkeys((*WRITERS, *names(KIND)))),
            )
        )
    return _plugged(found)


def _of_plugins(path: Path) -> Format | None:
    """Return the format of a plug-in that an ending means, the longest first; None where none does."""
    every = [_plugged(one) for one in plugins(KIND) if one.name not in WRITERS]
    endings = {suffix: one for one in every for suffix in one.suffixes}
    longest = sorted(endings, key=len, reverse=True)
    return next((endings[suffix] for suffix in longest if path.name.lower().endswith(suffix)), None)


def _plugged(found: Plugin) -> Format:
    writer = found.load_as(FileWriter)
    return Format(
        found.reference, writer.suffixes, str(writer.about.get("en", found.name)), cards=writer.cards, says=writer.says,
        function=guarded(found, writer), labels=dict(writer.about),
    )  # fmt: skip


def write(
    pages: Page | Iterable[Page],
    path: Path,
    format: str | None = None,  # noqa: A002 — the word that users and the command line know
    options: WritingOptions | None = None,
) -> Written:
    """Write incidents to a file.

    Warns with `DisclosureWarning` where they are the record itself.

    Args:
        pages: Incident frames or columns of cells, in order; one page is as good as a list of one. A generator is
            closed at the end, also where writing fails, so that the store whose pages it yields is free again.
        path: Where to; see `format_of`.
        format: The format's name; None goes by the file's ending.
        options: How to write.

    Raises:
        RefusedError: The format is not known, or cannot hold the incidents, or some may not be passed on and the file
            is not for own use (`WritingOptions.own_use`).
        FileInTheWayError: The file is there, and `force` was not given.
        GeoFileWriteError: The folder is missing or not writable, or the disk is full.
        FrameError: A page is not an incident frame, a row is not sound, or pages are of different origins.
        MissingExtraError: The extra that the format needs is not installed.
    """
    chosen, how = format_of(path, format), options or WritingOptions()
    each = each_page(pages)
    try:
        writer = chosen.writer
        about, passed = begun(checked(each, how), how)
        registers = how.registers.with_datasets(about.description().get("datasets", ()))
        silent = not chosen.says and path.suffix.lower() != ".zip"  # an archive holds its companion
        with (
            companion(path, how, about.description(), is_needed=silent) as further,
            tables_beside(path, chosen.name, how) as tables,
        ):
            written = writer(passed, path, replace(how, registers=registers))
    finally:
        if isinstance(each, Generator):
            each.close()
    from willay.events.exchange.outgoing.left_out import left_out  # noqa: PLC0415 — needs the writers of tables

    is_whole = chosen.lossless and not written.losses
    fields = () if is_whole else written.left_out if chosen.function else left_out(chosen.name)
    return replace(written, beside=(*written.beside, *tables, *further), left_out=fields, about=about.description())


def checked(pages: Iterable[Page], options: WritingOptions) -> Iterator[IncidentCells]:
    """Yield pages as long as they are of one origin and may be passed on; warn where they are the record itself.

    Raises:
        RefusedError: Some may not be passed on, and the file is not for own use.
        FrameError: A page is not an incident frame, or pages are of different origins.
    """
    read = of_one_origin(as_cells(_disclosed(pages)))
    return read if options.own_use else _publishable(read)


def _publishable(pages: Iterator[IncidentCells]) -> Iterator[IncidentCells]:
    for page in pages:
        check_publishable(page)
        yield page


def _disclosed(pages: Iterable[Page]) -> Iterator[Page]:
    """Yield pages; warn where they are the record itself."""
    for number, page in enumerate(pages):
        if not number:
            warn_undisclosed(page)
        yield page
