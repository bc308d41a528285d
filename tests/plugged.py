"""The example distribution, put on the path as an installer would, without one: no network, nothing is built."""

from __future__ import annotations

import shutil
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from made_up_limits import write_all

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parent / "plugins" / "willay-example"


@dataclass(frozen=True, slots=True)
class Example:
    """The example as it is installed.

    Attributes:
        site: The folder that is on the path.
    """

    site: Path

    @property
    def package(self) -> Path:
        """Its modules."""
        return self.site / "willay_example"

    def install(self, version: str = "1.0") -> None:
        """Write what an installer would write: the name, the version and the entry points."""
        self.remove()
        project = tomllib.loads((SOURCE / "pyproject.toml").read_text("utf-8"))["project"]
        info(self.site, project["name"], version, project["entry-points"])
        forget()

    def remove(self) -> None:
        """Take it away: its modules stay, as nobody can import what no entry point names."""
        for folder in self.site.glob("*.dist-info"):
            shutil.rmtree(folder)
        forget()


def info(site: Path, name: str, version: str, groups: dict[str, dict[str, str]]) -> None:
    """Write the metadata of a distribution."""
    folder = site / f"{name.replace('-', '_')}-{version}.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    lines = [
        f"[{group}]\n" + "".join(f"{key} = {place}\n" for key, place in its.items()) for group, its in groups.items()
    ]
    (folder / "entry_points.txt").write_text("\n".join(lines))


def forget() -> None:
    """Let the next question look for plug-ins again, as a new process would."""
    from willay.geo import plugins  # noqa: PLC0415 — not before a test needs it

    plugins._scanned.cache_clear()


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder that distributions are put into; it is on the path, and nothing of it stays loaded."""
    folder = tmp_path_factory.mktemp("site")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delenv("WILLAY_PLUGINS", raising=False)
    yield folder
    for name in [one for one in sys.modules if one.partition(".")[0] == "willay_example"]:
        del sys.modules[name]
    forget()


@pytest.fixture
def example(site: Path) -> Example:
    """The example distribution, installed in version 1.0."""
    shutil.copytree(SOURCE / "willay_example", site / "willay_example", ignore=shutil.ignore_patterns("__pycache__"))
    made = Example(site)
    made.install()
    return made


def write_pack_of_example(example: Example, folder: Path) -> None:
    """Make the country pack that the example has."""
    from willay.data.country_packs.contents import Terms  # noqa: PLC0415 — geopandas, for one test
    from willay.data.country_packs.making import PackPlan, make_pack  # noqa: PLC0415 — as above
    from willay.data.country_packs.units import UnitsFile  # noqa: PLC0415 — as above
    from willay.data.country_packs.writing import write_pack  # noqa: PLC0415 — as above

    files = write_all(folder)
    terms = Terms("CC-BY-4.0", "Office of Limits", "https://example.org/limits", "2023-03-01")
    plan = PackPlan("MM", units={1: UnitsFile(files["units"])}, places=[], people=None, terms=terms)
    write_pack(make_pack(plan).pack, example.package / "mm.pack")
