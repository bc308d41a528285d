"""Text tables become Parquet, a block of rows at a time: CSV, TSV, and GDELT's files as they are published.

GDELT's columns are few after that (`GDELT_COLUMNS`): its codes of events, places and countries are those of our own
codebook then, by the tables that an import uses. Other tables keep all their columns, as text.
"""

from __future__ import annotations

import gzip
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from willay.data.country_codes import country_of
from willay.data.crosswalks import crosswalk
from willay.events.exchange.incoming.gdelt import LAYOUTS, OTHER, is_gdelt
from willay.events.model.errors import QueryError
from willay.geo import check_archive
from willay.geo.extras import require
from willay.geo.translation import tr
from willay.geo.writing import check_target, replacing_together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

TEXT_ENDINGS: Final = (".csv", ".tsv", ".txt", ".zip", ".gz")
"""The endings of the files that are looked for in folders."""

GDELT_COLUMNS: Final = ("id", "day", "type", "event_code", "lon", "lat", "place_precision", "country", "mentions")
"""What remains of an event of GDELT: `mentions` is how often it was reported, not how often it happened."""

_BLOCK_BYTES: Final = 1 << 24
_GROUP_ROWS: Final = 250_000


def to_parquet(
    sources: Iterable[str | Path],
    folder: str | Path,
    *,
    force: bool = False,
    on_file: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Write text tables as Parquet files of the same names; return these, in order.

    Args:
        sources: Files (.csv, .tsv, .txt; packed as .gz, or alone in a .zip), and folders with such files.
        folder: Where the Parquet files go; made where it is not there.
        force: Replace files that are there.
        on_file: Called with the number of files that are finished, and of all.

    Raises:
        QueryError: A source is missing, or not a table.
        FileInTheWayError: A file is there and `force` is not set.
        MissingExtraError: pyarrow is not installed.
    """
    require("gis", tr("Writing Parquet"))
    target = Path(folder)
    if not target.is_dir():
        check_target(target, force=False)
    paths = [path for source in map(Path, sources) for path in _files(source)]
    planned = [target / f"{path.name.partition('.')[0]}{_rest(path)}.parquet" for path in paths]
    if twice := {path.name for path in planned if planned.count(path) > 1}:
        raise QueryError(
            tr("Several sources would become {name}. Convert them into different folders.", name=min(twice))
        )
    target.mkdir(parents=True, exist_ok=True)
    for path in planned:
        check_target(path, force=force)
    for number, (path, out) in enumerate(zip(paths, planned, strict=True), start=1):
        _convert(path, out, force=force)
        if on_file is not None:
            on_file(number, len(paths))
    return planned


def _rest(path: Path) -> str:
    """Return what of a name comes between its first full stop and its ending: `-export` of `2015.export.CSV.zip`."""
    middle = [part for part in path.name.split(".")[1:] if f".{part.lower()}" not in TEXT_ENDINGS]
    return "".join(f"-{part}" for part in middle)


def _files(source: Path) -> list[Path]:
    if source.is_dir():
        found = [path for path in sorted(source.rglob("*")) if path.suffix.lower() in TEXT_ENDINGS and path.is_file()]
        if found:
            return found
        raise QueryError(tr("{path} has no text tables ({endings}).", path=source, endings=", ".join(TEXT_ENDINGS)))
    if source.is_file():
        return [source]
    raise QueryError(tr("{path} does not exist.", path=source))


def _convert(path: Path, out: Path, *, force: bool) -> None:
    import pyarrow as pa  # noqa: PLC0415 — an extra
    import pyarrow.parquet as pq  # noqa: PLC0415 — an extra

    try:
        with _batches(path) as (batches, change), replacing_together([out], force=force) as folder:
            writer = None
            try:
                for batch in batches:
                    table = change(pa.Table.from_batches([batch]))
                    writer = writer or pq.ParquetWriter(folder / out.name, table.schema, compression="zstd")
                    writer.write_table(table, row_group_size=_GROUP_ROWS)
            finally:
                if writer is not None:
                    writer.close()
            if writer is None:
                raise QueryError(tr("{path} has no rows.", path=path))
    except (pa.ArrowInvalid, UnicodeDecodeError, zipfile.BadZipFile, EOFError, gzip.BadGzipFile) as problem:
        raise QueryError(
            tr("{path} cannot be read as a table: {problem}", path=path, problem=str(problem).splitlines()[0][:200])
        ) from problem


@contextmanager
def _batches(path: Path) -> Iterator[tuple[Iterable[Any], Callable[[Any], Any]]]:
    """Give the blocks of rows of a table, all as text, and what each is changed by."""
    import pyarrow as pa  # noqa: PLC0415 — an extra
    from pyarrow import csv  # noqa: PLC0415 — an extra

    first, name = _first_line(path)
    delimiter = _delimiter(first, name)
    cells = first.rstrip("\r\n").split(delimiter)
    gdelt = delimiter == "\t" and is_gdelt(cells)
    named = not gdelt or cells[0] == "GLOBALEVENTID"
    columns = cells if named and not gdelt else list(LAYOUTS[len(cells)])
    columns = [column.strip('"').lstrip("\ufeff") for column in columns]
    with _opened(path) as stream:
        reader = csv.open_csv(
            pa.PythonFile(stream, mode="r"),
            read_options=csv.ReadOptions(block_size=_BLOCK_BYTES, column_names=columns, skip_rows=int(named)),
            parse_options=csv.ParseOptions(
                delimiter=delimiter, quote_char=False if gdelt else '"', newlines_in_values=not gdelt
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.string()), null_values=[""], strings_can_be_null=True
            ),
        )
        yield reader, _of_gdelt if gdelt else _as_it_is


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open a table for reading as bytes, unpacked as it is read."""
    if path.suffix.lower() == ".gz":
        with gzip.open(path) as stream:
            yield stream
    elif path.suffix.lower() == ".zip":
        check_archive(path)
        with zipfile.ZipFile(path) as archive:
            members = [name for name in archive.namelist() if not name.endswith("/")]
            if len(members) != 1:
                raise QueryError(
                    tr("{path} holds {n} files; expected one table. Unpack it first.", path=path, n=len(members))
                )
            with archive.open(members[0]) as stream:
                yield stream
    else:
        with path.open("rb") as stream:
            yield stream


def _first_line(path: Path) -> tuple[str, str]:
    """Return the first line of a table, and the name by whose ending it is known what separates its cells."""
    name = path.name.lower()
    with _opened(path) as stream:
        line = stream.readline(1 << 20)
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            name = archive.namelist()[0].lower()
    return line.decode("utf-8", "replace"), name.removesuffix(".gz")


def _delimiter(first: str, name: str) -> str:
    if name.endswith(".tsv") or is_gdelt(first.rstrip("\r\n").split("\t")):
        return "\t"
    return max(",;\t", key=first.count)


def _as_it_is(table: Any) -> Any:  # noqa: ANN401 — pyarrow has no types
    return table


def _of_gdelt(table: Any) -> Any:  # noqa: ANN401 — as above
    """Return events of GDELT with our own codes."""
    import pyarrow as pa  # noqa: PLC0415 — an extra
    import pyarrow.compute as pc  # noqa: PLC0415 — an extra

    def numbers(name: str) -> Any:  # noqa: ANN401 — as above
        text = table.column(name)
        is_number = pc.match_substring_regex(text, r"^-?\d+(\.\d+)?$")
        return pc.if_else(is_number, text, pa.scalar(None, pa.string())).cast(pa.float64())

    days = table.column("SQLDATE")
    parts = [pc.utf8_slice_codeunits(days, *span) for span in ((0, 4), (4, 6), (6, 8))]
    is_day = pc.match_substring_regex(days, r"^\d{8}$")
    text = pc.if_else(is_day, pc.binary_join_element_wise(*parts, "-"), pa.scalar(None, pa.string()))
    codes = crosswalk("cameo")
    columns = {
        "id": table.column("GLOBALEVENTID"),
        "day": text,
        "type": _mapped(table.column("EventCode"), lambda code: _type_of(codes, code)),
        "event_code": table.column("EventCode"),
        "lon": numbers("ActionGeo_Long"),
        "lat": numbers("ActionGeo_Lat"),
        "place_precision": _mapped(table.column("ActionGeo_Type"), lambda code: _ours(codes.get("geo_type", code))),
        "country": _mapped(table.column("ActionGeo_CountryCode"), lambda code: country_of("fips", code)),
        "mentions": numbers("NumMentions").cast(pa.int64()),
    }
    return pa.table({name: columns[name] for name in GDELT_COLUMNS})


def _type_of(codes: Any, code: str) -> str:  # noqa: ANN401 — a crosswalk
    """Return our type of an event's code, else of its base, else of its root, as an import finds it."""
    for list_, cut in (("code", code), ("code", code[:3]), ("root", code[:2])):
        if (found := codes.get(list_, cut)) and found.ours:
            return str(found.ours)
    return OTHER


def _ours(found: Any) -> str | None:  # noqa: ANN401 — an entry of a crosswalk
    return str(found.ours) if found is not None and found.ours else None


def _mapped(column: Any, change: Callable[[str], str | None]) -> Any:  # noqa: ANN401 — as above
    """Return a column of codes as what each of them means; each distinct code is looked up once."""
    import pyarrow as pa  # noqa: PLC0415 — an extra

    packed = column.combine_chunks().dictionary_encode()
    meaning: Mapping[str, str | None] = {code: change(code) for code in packed.dictionary.to_pylist() if code}
    values = pa.array([meaning.get(code) for code in packed.dictionary.to_pylist()], pa.string())
    return values.take(packed.indices)
