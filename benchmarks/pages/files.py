"""The files that stock pages fetch from the network, taken from npm once and served from a folder.

That flatters stock: a reader waits for 10 to 19 files from several hosts, and offline sees nothing.
"""

from __future__ import annotations

import subprocess
import tarfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES: Final = {
    "leaflet": "1.9.3", "jquery": "3.7.1", "bootstrap": "5.2.2", "leaflet.markercluster": "1.1.0",
    "iso8601-js-period": "0.2.1", "leaflet-timedimension": "1.1.1", "moment": "2.18.1", "leaflet.timeline": "1.6.0",
    "d3": "4.13.0", "jquery-ui-dist": "1.12.1", "@fortawesome/fontawesome-free": "6.2.0",
    "leaflet.awesome-markers": "2.0.5", "react": "18.3.1", "react-dom": "18.3.1", "redux": "4.2.1",
    "react-redux": "8.1.3", "styled-components": "6.1.8", "kepler.gl": "3.2.6",
}  # fmt: skip

SERVED: Final = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "jquery.min.js": "jquery/dist/jquery.min.js",
    "jquery-ui.min.js": "jquery-ui-dist/jquery-ui.min.js",
    "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "all.min.css": "@fortawesome/fontawesome-free/css/all.min.css",
    "leaflet.awesome-markers.js": "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
    "leaflet.awesome-markers.css": "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
    "iso8601.min.js": "iso8601-js-period/iso8601.js",
    "leaflet.timedimension.min.js": "leaflet-timedimension/dist/leaflet.timedimension.min.js",
    "leaflet.timedimension.control.css": "leaflet-timedimension/dist/leaflet.timedimension.control.css",
    "moment.min.js": "moment/min/moment.min.js",
    "leaflet.timeline.min.js": "leaflet.timeline/dist/leaflet.timeline.js",
    "d3.v4.min.js": "d3/build/d3.min.js",
    "react.production.min.js": "react/umd/react.production.min.js",
    "react-dom.production.min.js": "react-dom/umd/react-dom.production.min.js",
    "redux.min.js": "redux/dist/redux.min.js",
    "react-redux.min.js": "react-redux/dist/react-redux.min.js",
    "styled-components.min.js": "styled-components/dist/styled-components.min.js",
    "keplergl.min.js": "kepler.gl/umd/keplergl.min.js",
    "marker-icon.png": "leaflet/dist/images/marker-icon.png",
    "marker-icon-2x.png": "leaflet/dist/images/marker-icon-2x.png",
    "marker-shadow.png": "leaflet/dist/images/marker-shadow.png",
    "markers-soft.png": "leaflet.awesome-markers/dist/images/markers-soft.png",
    "markers-shadow.png": "leaflet.awesome-markers/dist/images/markers-shadow.png",
}
"""Which file of which package stands for an address, by the last part of the address. Others are served empty."""

_NO_STYLE: Final = b'{"version": 8, "sources": {}, "layers": []}'
"""A base map without anything on it, in the form that kepler.gl asks the network for."""

KINDS: Final = {"js": "text/javascript", "css": "text/css", "png": "image/png"}


def fetch_packages(folder: Path) -> None:
    """Fetch the packages that are not in the folder yet, with npm."""
    wanted = set(SERVED.values())
    for name, version in PACKAGES.items():
        target = folder / name
        if target.exists():
            continue
        target.mkdir(parents=True)
        packed = ["npm", "pack", f"{name}@{version}", "--silent", "--pack-destination", str(folder)]
        archive = folder / subprocess.run(packed, check=True, capture_output=True, text=True).stdout.split()[-1]
        with tarfile.open(archive) as held:
            for member in held.getmembers():
                member.name = member.name.partition("/")[2]  # their one folder is called "package"
                if f"{name}/{member.name}" in wanted:
                    held.extract(member, target, filter="data")
        archive.unlink()


def served_file(folder: Path, url: str) -> tuple[bytes, str]:
    """Return what stands for an address, and its media type; nothing for one that is not known."""
    name = url.partition("?")[0].rpartition("/")[2]
    kind = KINDS.get(name.rpartition(".")[2], "text/plain")
    if name == "style.json":
        return _NO_STYLE, "application/json"
    return (folder / SERVED[name]).read_bytes() if name in SERVED else b"", kind
