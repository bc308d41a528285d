"""The registry of shipped files: what each is, where it came from, and under which terms."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from willay.data.errors import RegistryError, UnknownTermError
from willay.data.incidents import FOLDERS, selection, shipped_period
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class DatasetEntry:
    """One shipped file.

    Attributes:
        name: Its name in code and messages.
        path: Below `data/`.
        sha256: Digest of its bytes, hexadecimal.
        rows: Features, CSV rows, terms or documents, whichever it lists.
        geometry: Geometry type, or `none`.
        crs: CRS of its coordinates, or `none`.
        licence: SPDX id; `LicenseRef-public-domain` for the public domain.
        attribution: Whom to credit, as a map or an export must show it.
        attribution_es: The same in Spanish.
        source: What it was made from.
        retrieved: ISO day on which the source was fetched.
        made_by: The script that makes it, or `hand`.
    """

    name: str
    path: str
    sha256: str
    rows: int
    geometry: str
    crs: str
    licence: str
    attribution: str
    attribution_es: str
    source: str
    retrieved: str
    made_by: str


@cache
def datasets() -> tuple[DatasetEntry, ...]:
    """Return every entry, in the registry's order.

    Raises:
        RegistryError: An entry lacks a field, or has one too many.

    Example:
        >>> from willay.data import datasets
        >>> all(entry.licence for entry in datasets())
        True
    """
    rows = tomllib.loads((_folder() / "registry.toml").read_text("utf-8"))["dataset"]
    wanted = {field.name for field in fields(DatasetEntry)}
    for row in rows:
        if odd := wanted ^ set(row):
            raise RegistryError(
                tr(
                    "registry.toml: {name} has missing or unknown fields: {fields}.",
                    name=row.get("name", "?"),
                    fields=", ".join(sorted(odd)),
                )
            )
    return tuple(DatasetEntry(**row) for row in rows)


def dataset(name: str) -> DatasetEntry:
    """Return the entry of a file.

    Raises:
        UnknownTermError: There is no such entry.

    Example:
        >>> from willay.data import dataset, datasets
        >>> dataset(datasets()[0].name) == datasets()[0]
        True
    """
    by_name = {entry.name: entry for entry in datasets()}
    if name not in by_name:
        raise UnknownTermError("shipped dataset", name, tuple(by_name), None)
    return by_name[name]


def attributions(names: Iterable[str]) -> tuple[str, ...]:
    """Return the credits of several files, each once, in order.

    Example:
        >>> from willay.data import attributions, datasets
        >>> len(attributions(entry.name for entry in datasets())) <= len(datasets())
        True
    """
    return tuple(dict.fromkeys(dataset(name).attribution for name in names))


def spanish_credits() -> Mapping[str, str]:
    """Return the Spanish of each credit, by its English text, which is what databases and files have."""
    return {entry.attribution: entry.attribution_es for entry in datasets()}


def verify() -> tuple[str, ...]:
    """Compare the files with the registry, and return what differs, in words; empty when nothing does."""
    folder = _folder()
    found = []
    registered = {entry.path: entry.sha256 for entry in datasets()}
    for path, digest in (registered | dict(packs())).items():
        file = folder / path
        if not file.is_file():
            found.append(tr("{path} is missing. Reinstall willay.", path=path))
        elif hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            found.append(
                tr(
                    "{path} differs from the registered file. Reinstall willay, or register the file again.",
                    path=path,
                )
            )
    return tuple(found)


def packs() -> Mapping[str, str]:
    """Return the digest of each pack of a country by its path below `data/`, as `world/index.csv` states it."""
    rows = csv.DictReader((_folder() / "world" / "index.csv").read_text("utf-8").splitlines())
    return {f"world/{row['code']}.pack": row["sha256"] for row in rows}


def provenance_markdown() -> str:
    """Return PROVENANCE.md: every file with its terms and source."""
    parts = [
        "# Included data and their sources\n",
        "Written from `registry.toml` by `data/sources/build.py`. Maps and exports show the required attributions.\n",
        *map(_selected, FOLDERS),
        "| file | rows | licence | credit | source | made by |",
        "|---|--:|---|---|---|---|",
    ]
    return "\n".join([*parts, *map(_table_row, datasets())]) + "\n"


def _selected(country: str) -> str:
    """Return that a country's incidents are a selection, of what period and by what rule."""
    number, first, last = shipped_period(country)
    rule = selection(country)
    what = f"The incidents of `incidents/{FOLDERS[country]}` ({number:,}, of {first}–{last})"
    return f"{what} are a selection, not a census. {rule['en']}\n" if rule else f"{what} are all that are known.\n"


def _table_row(entry: DatasetEntry) -> str:
    source = f"{entry.source} (retrieved {entry.retrieved})"
    cells = (f"`{entry.path}`", f"{entry.rows:,}", entry.licence, entry.attribution, source, entry.made_by)
    return f"| {' | '.join(cells)} |"


def _folder() -> Traversable:
    return files("willay.data")
