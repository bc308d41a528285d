"""backup, restore, release: as the manager of a database runs them."""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
import subprocess
import zipfile
from typing import TYPE_CHECKING

import geopandas as gpd
import pyrage
import pytest
import yaml
from moments import MOMENT

from willay.events.exchange.outgoing import WRITERS
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

SECRETS = (
    "Caserío Escondido",
    "caserio-escondido",
    "-73.1234",
    "-12.5678",
    "Testigo Callado",
    "testigo-callado",
    "susurro",
)
SENSITIVE = """
sources:
  - {key: abierto, kind: press, publisher: El Diario, published_on: 2012-05}
  - {key: testigo-callado, kind: party, publisher: Testigo Callado, sensitivity: confidential}
incidents:
  - key: caserio-escondido
    title: {es: Matanza en Caserío Escondido}
    summary: susurro
    type: killing
    days: 2012-04-09
    sensitivity: restricted
    places: [{name: Caserío Escondido, precision: site, lon: -73.1234, lat: -12.5678}]
    claims: [{measure: killed, count: 3, source: abierto}]
  - key: otro
    title: {es: Choque en Kiteni}
    type: armed-clash
    days: 2012-04-10
    places: [{name: Kiteni, precision: settlement, lon: -73.0, lat: -12.6}]
    claims:
      - {measure: killed, count: 1, source: abierto}
      - {measure: killed, count: 4, source: testigo-callado, note: susurro}
"""


@pytest.fixture
def sensitive(run: Callable[..., Result], tmp_path: Path) -> str:
    assert run("init", "s.gpkg").code == 0
    (tmp_path / "s.yaml").write_text(SENSITIVE, "utf-8")
    assert run("add", "--from-file", "s.yaml", "-y", "--db", "s.gpkg").code == 0
    codes = ("caserio-escondido", "otro")
    assert run("review", "submit", *codes, "--db", "s.gpkg").code == 0
    assert run("review", "approve", *codes, "--author", "Luz", "--db", "s.gpkg").code == 0
    return "s.gpkg"


LAYERS = (".gpkg", ".fgb", ".shp", ".kml", ".geojson", ".parquet")


def unpacked(path: Path) -> str:
    """All text in a file, with what is packed in it: members of archives, base64 and gzip in a page, coordinates."""
    content = path.read_bytes()
    if path.suffix in LAYERS and path.name != "regions.geojson":
        layers = ["incidents"] if path.suffix == ".gpkg" else [None]
        read = gpd.read_parquet if path.suffix == ".parquet" else None
        frames = [read(path) if read else gpd.read_file(path, layer=layer) for layer in layers]
        told = "".join(frame.to_csv() + " ".join(frame.geometry.to_wkt().fillna("")) for frame in frames)
        return told + content.decode("utf-8", "replace")
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    text = content.decode("utf-8", "replace")
    for packed in re.findall(r"[A-Za-z0-9+/]{200,}={0,2}", text):
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4))
        text += (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8", "replace")
    return text


def test_nothing_secret_is_in_any_format_the_page_or_a_release(
    run: Callable[..., Result], sensitive: str, tmp_path: Path
) -> None:
    for form in WRITERS.values():
        name = f"{form.name}{form.suffixes[0] if form.suffixes else '.csv'}"
        assert run("export", name, "--format", form.name, "--tables", "--db", sensitive).code == 0, name
    assert run("regions", "export", "regions.geojson", "--db", sensitive).code == 0
    for kind in ("choropleth", "timeline", "atlas"):
        assert run("map", kind, f"{kind}.html", "--db", sensitive).code == 0
    assert run("map", "atlas", "a.svg", "--db", sensitive).code == 0
    assert run("release", "r-1", "--publisher", "An office", "--db", sensitive).code == 0
    files = [file for file in tmp_path.rglob("*") if file.is_file() and file.name not in {"s.gpkg", "s.yaml"}]
    assert len(files) > 20
    for file in files:
        assert [secret for secret in SECRETS if secret in unpacked(file)] == [], file
    queue = run("review", "--db", sensitive)
    assert (queue.code, "The review queue is empty" in queue.err) == (0, True)
    internal = run("export", "whole.geojson", "--profile", "internal", "--db", sensitive)
    assert internal.code == 0
    assert "Caserío Escondido" in unpacked(tmp_path / "whole.geojson")
    assert "profile internal (version 1)" in internal.err


def test_a_release_is_rebuilt_byte_for_byte_and_a_changed_byte_is_found(
    run: Callable[..., Result], sensitive: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (
        run("release", "make", "r-1", "--publisher", "An office", "--title", "Valle 2012", "--db", sensitive).code == 0
    )
    folder = tmp_path / "r-1"
    assert subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder, check=False).returncode == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(MOMENT) + 60))
    assert run("edit", "otro", "--set", "days=2012-04-11", "-m", "later", "--db", sensitive).code == 0
    whole = run("release", "verify", "r-1", "--db", sensitive)
    assert (whole.code, "reproduces it byte for byte" in whole.err) == (0, True)
    citation = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    assert (citation["title"], citation["authors"]) == ("Valle 2012", [{"name": "An office"}])
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert all((folder / one["path"]).stat().st_size == one["bytes"] for one in package["resources"])
    (folder / "policy.json").write_text("{}", "utf-8")
    broken = run("release", "verify", "r-1")
    assert (broken.code, broken.out) == (1, "policy.json: changed\n")


def test_a_release_says_how_many_incidents_are_not_in_it(
    run: Callable[..., Result], sensitive: str, tmp_path: Path
) -> None:
    assert run("edit", "otro", "--set", "sensitivity=confidential", "-m", "a threat", "--db", sensitive).code == 0
    assert run("review", "approve", "otro", "--author", "Luz", "--db", sensitive).code == 0
    made = run("release", "make", "r-1", "--publisher", "An office", "--db", sensitive)
    last = made.err.splitlines()[-1]
    assert last.endswith(" Left out: 1 incident by the profile public (version 2). Shown with less detail: 1 incident.")
    assert "left out: 1; shown with less detail: 1" in (tmp_path / "r-1" / "README.md").read_text("utf-8")
    beside = json.loads((tmp_path / "r-1" / "data" / "incidents.csv.about.json").read_text("utf-8"))
    assert (beside["left_out"], beside["coarsened"]) == (1, 1)
    assert run("release", "verify", "r-1", "--db", sensitive).code == 0


def test_a_release_is_never_written_over_and_never_empty(run: Callable[..., Result], sensitive: str) -> None:
    assert run("release", "make", "r-1", "--publisher", "An office", "--db", sensitive).code == 0
    again = run("release", "make", "r-1", "--publisher", "An office", "--db", sensitive)
    assert (again.code, "A release is never changed" in again.err) == (5, True)
    empty = run("release", "make", "r-2", "--publisher", "x", "--status", "lead", "--db", sensitive)
    assert (empty.code, "There is nothing to release" in empty.err) == (5, True)


def test_a_backup_comes_back_and_what_was_there_is_kept(
    run: Callable[..., Result], sensitive: str, tmp_path: Path
) -> None:
    assert run("backup", "b.gpkg", "--db", sensitive).code == 0
    assert run("retract", "otro", "-m", "x", "--db", sensitive).code == 0
    refused = run("restore", "b.gpkg", "--db", sensitive)
    assert (refused.code, "--force" in refused.err) == (5, True)
    assert run("restore", "b.gpkg", "--db", sensitive, "--force").code == 0
    with Store.open(tmp_path / sensitive) as now, Store.open(tmp_path / "s.before-restore-1.gpkg") as before:
        assert (now.read.draft("otro").status, before.read.draft("otro").status) == ("published", "retracted")
        assert now.file.check() == ()


def test_a_backup_that_was_damaged_is_not_put_in_place(
    run: Callable[..., Result], sensitive: str, tmp_path: Path
) -> None:
    assert run("backup", "b.gpkg", "--db", sensitive).code == 0
    content = bytearray((tmp_path / "b.gpkg").read_bytes())
    at = content.find(b"Choque en Kiteni")
    content[at : at + 6] = b"Bloque"
    (tmp_path / "b.gpkg").write_bytes(content)
    before = (tmp_path / sensitive).read_bytes()
    damaged = run("restore", "b.gpkg", "--db", sensitive, "--force")
    assert damaged.code in {1, 6}
    assert (tmp_path / sensitive).read_bytes() == before


def test_a_sealed_backup_opens_with_its_key_only(run: Callable[..., Result], sensitive: str, tmp_path: Path) -> None:
    mine, other = (pyrage.x25519.Identity.generate() for _ in range(2))
    for name, identity in (("mine.key", mine), ("other.key", other)):
        (tmp_path / name).write_text(f"{identity}\n", "utf-8")
    assert run("backup", "b.gpkg.age", "--recipient", str(mine.to_public()), "--db", sensitive).code == 0
    assert b"Kiteni" not in (tmp_path / "b.gpkg.age").read_bytes()
    wrong = run("restore", "b.gpkg.age", "--identity", "other.key", "--db", "new.gpkg")
    assert (wrong.code, "Check the key or passphrase" in wrong.err) == (5, True)
    assert run("restore", "b.gpkg.age", "--identity", "mine.key", "--db", "new.gpkg").code == 0
    with Store.open(tmp_path / "new.gpkg") as store:
        assert store.read.draft("otro").code == "PE-2012-0002"
    nobody = run("backup", "c.gpkg.age", "--db", sensitive)
    assert (nobody.code, "--recipient age1" in nobody.err) == (5, True)


def test_a_key_never_goes_with_a_backup_that_is_not_encrypted(
    run: Callable[..., Result], sensitive: str, tmp_path: Path
) -> None:
    key = str(pyrage.x25519.Identity.generate().to_public())
    plain = run("backup", "b.gpkg", "--recipient", key, "--db", sensitive)
    assert (plain.code, "--recipient has no effect without FILE.age" in plain.err) == (5, True)
    assert not (tmp_path / "b.gpkg").exists()
    assert run("backup", "b.gpkg", "--db", sensitive).code == 0
    opened = run("restore", "b.gpkg", "--identity", "mine.key", "--db", "new.gpkg")
    assert (opened.code, "--identity has no effect" in opened.err) == (5, True)
