"""Write data/registry.toml from shipped.toml: one entry a file, with SHA-256 and row count."""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from willay.data.packs import read_pack

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "# Written by data/sources/register.py from shipped.toml and the files themselves.\n"
FIELDS = (
    "name", "path", "sha256", "rows", "geometry", "crs", "licence", "attribution", "attribution_es", "source",
    "retrieved", "made_by",
)  # fmt: skip


def build(data: Path) -> None:
    """Write the registry of a data folder."""
    entries = tomllib.loads((Path(__file__).parent / "shipped.toml").read_text("utf-8"))["dataset"]
    blocks = [_block(one) for entry in entries for one in _expanded(entry, data)]
    (data / "registry.toml").write_text(HEAD + "".join(blocks), "utf-8")


def _expanded(entry: dict[str, Any], data: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(data.glob(entry["path"])):
        name = f"{entry['name']}-{file.stem}" if "*" in entry["path"] else entry["name"]
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        path = file.relative_to(data).as_posix()
        yield {**entry, "name": name, "path": path, "sha256": digest, "rows": row_count(file)}


def row_count(file: Path) -> int:
    """Count what a file lists: countries, features, definitions, CSV rows, terms, or entries of all its lists."""
    if file.suffix == ".pack":
        return len(read_pack(file).section("countries").texts())
    text = file.read_text("utf-8")
    if file.suffix == ".csv":
        return sum(1 for _ in csv.DictReader(text.splitlines()))
    if file.suffix in {".geojson", ".json"}:
        document = json.loads(text)
        return len(document.get("features") or document["definitions"])
    lists = tomllib.loads(text) if file.suffix == ".toml" else yaml.safe_load(text)
    return sum(len(rows) for rows in lists.values() if isinstance(rows, list | dict))


def _block(entry: dict[str, Any]) -> str:
    lines = [f"{field} = {json.dumps(entry[field], ensure_ascii=False)}" for field in FIELDS]
    return "\n[[dataset]]\n" + "\n".join(lines) + "\n"
