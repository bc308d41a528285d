"""The power is cut at any moment of a command: what it acknowledged is there, and nothing is half there.

Commands run once, recorded. Then every moment at which something waits to reach the disk is tried: what was waited for
is there, and of the rest nothing, everything, parts and halves.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

import geopandas as gpd
import pyrage
import pytest
from power import Disk, Names, cuts, losses, write_files
from pyogrio.errors import DataSourceError
from recording import Recorder, Sync, contents_of
from scenarios import IDENTITY, SCENARIOS, WILLAY

from willay.events.model.errors import DatabaseError
from willay.events.store import Store
from willay.events.store.files.replacement import with_companions
from willay.geo.temporary import remove_abandoned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from power import Cut
    from recording import Step
    from scenarios import Scenario, Seen


@dataclass(frozen=True)
class Recorded:
    """What the commands of a scenario did.

    Attributes:
        before: The disk before the first command; everything on it is durable.
        steps: The steps of all commands, in order.
        examiner: Who looks at what is left of them.
    """

    scenario: Scenario
    before: Disk
    steps: list[Step]
    examiner: Examiner

    @property
    def syncs(self) -> int:
        return sum(isinstance(step, Sync) for step in self.steps)


@pytest.fixture(scope="module")
def recorded(strace: None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Recorded]:  # noqa: ARG001 — or skip
    """Records a scenario, once for all tests."""
    made: dict[str, Recorded] = {}

    def run(name: str) -> Recorded:
        if name not in made:
            made[name] = recording_of(SCENARIOS[name], tmp_path_factory.mktemp("power"))
        return made[name]

    return run


def recording_of(scenario: Scenario, top: Path) -> Recorded:
    folder = top.resolve() / "folder"
    folder.mkdir()
    scenario.before(folder)
    recorder = Recorder(folder)
    before = Disk(dict(recorder.names), dict(enumerate(contents_of(folder).values())))
    steps = [
        step for words, _ in scenario.commands for step in recorder.run((*WILLAY, *words), trace=top / "trace.txt")
    ]
    assert before.after(steps).files() == contents_of(folder), "the recorder has missed something"
    return Recorded(scenario, before, steps, Examiner(top / "cut"))


@dataclass(frozen=True)
class Examiner:
    """Looks at disks as the next person does who uses them after a power cut.

    Attributes:
        folder: Where the files are put for it.
        known: What was seen on a disk, by the names and digests of its files.
        sound: The titles in databases in which `check` finds nothing wrong, by their digests; else what it finds. Most
            cuts leave the same few.
    """

    folder: Path
    known: dict[frozenset[tuple[str, bytes]], Seen | str] = field(default_factory=dict)
    sound: dict[bytes, list[str]] = field(default_factory=dict)

    def seen(self, disk: Disk) -> Seen | str:
        """What is in the files, or the words in which one of them is refused."""
        files = disk.files()
        key = frozenset((path, sha256(content).digest()) for path, content in files.items())
        if key not in self.known:
            shutil.rmtree(self.folder, ignore_errors=True)
            write_files(files, self.folder)
            self.known[key] = self._look()
        return self.known[key]

    def _look(self) -> Seen | str:
        remove_abandoned(self.folder)  # as whatever writes there next does
        try:
            for record in self.folder.glob(".*.replacing"):
                finish(record.with_name(record.name[1:].removesuffix(".replacing")))
            seen = {path.name: self._titles(path) for path in self.folder.glob("[!.]*.gpkg")}
        except DatabaseError as error:
            return str(error).replace(str(self.folder), "")
        seen |= {path.name: TITLES[path.suffix](path) for path in self.folder.iterdir() if path.suffix in TITLES}
        return seen | {path.name: ["left behind"] for path in self.folder.glob(".*")}

    def _titles(self, path: Path) -> list[str]:
        with Store.open(path) as store:
            store.read.count()  # what is in the journals is played in, and stays
        digest = sha256(b"".join(file.read_bytes() for file in with_companions(path))).digest()
        if digest not in self.sound:
            with Store.open(path) as store:
                wrong = [problem.message for problem in store.file.check() if problem.severity == "error"]
            with closing(sqlite3.connect(path)) as connection:
                self.sound[digest] = wrong or titles_in(connection)
        return self.sound[digest]


def finish(path: Path) -> None:
    """Open a database in whose place a file was being put, so that this is done; there may be none in the end."""
    try:
        Store.open(path).close()
    except DatabaseError:
        if path.exists():
            raise


def titles_in(connection: sqlite3.Connection) -> list[str]:
    """The titles of incidents, and which attachments are listed and which contents are stored, by their digests."""
    titles = sorted(title for (title,) in connection.execute("SELECT title FROM incidents"))
    listed = connection.execute("SELECT ref FROM link WHERE kind = 'attachment' ORDER BY ref")
    stored = connection.execute("SELECT content FROM attachment_content ORDER BY sha256")
    return [
        *titles,
        *(f"listed {digest}" for (digest,) in listed),
        *(f"stored {sha256(content).hexdigest()}" for (content,) in stored),
    ]


def in_geojson(path: Path) -> list[str]:
    try:
        return [feature["properties"]["title"] for feature in json.loads(path.read_bytes())["features"]]
    except ValueError as error:
        return [f"half a file: {error}"]


def in_flatgeobuf(path: Path) -> list[str]:
    try:
        return list(gpd.read_file(path)["title"])
    except DataSourceError as error:
        return [f"half a file: {error}"]


def in_encrypted(path: Path) -> list[str]:
    try:
        content = pyrage.decrypt(path.read_bytes(), [IDENTITY])
    except pyrage.DecryptError as error:
        return [f"half a file: {error}"]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        return titles_in(connection)


TITLES = {".geojson": in_geojson, ".fgb": in_flatgeobuf, ".age": in_encrypted}
"""What reads the titles of the incidents in a file that is no database, by its ending."""


@dataclass
class Tally:
    """What came of all power cuts of a scenario.

    Attributes:
        cuts: How many there were: moments, times what may be on the disk afterwards.
        stages: The stages of the scenario that were found.
        torn: Cuts after which something is there that no stage has.
        lost: Cuts after which something acknowledged is gone.
    """

    cuts: int = 0
    stages: set[int] = field(default_factory=set)
    torn: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def tally(recorded: Recorded, names: Names, *, thorough: bool) -> Tally:
    """Cut the power at every moment, and look at what is left."""
    chance, result, stages = random.Random(14), Tally(), recorded.scenario.stages
    for cut in cuts(recorded.before, recorded.steps, names):
        first, last = span(recorded.scenario, cut)
        for left, steps in losses(cut.pending, chance, thorough=thorough):
            seen = recorded.examiner.seen(cut.durable.after(steps))
            result.cuts += 1
            what = f"after {cut.at} syncs, {left}: {seen}"
            if seen not in stages[: last + 1]:
                result.torn.append(what)
                continue
            result.stages.add(stages.index(seen))
            if seen not in stages[first:]:
                result.lost.append(what)
    return result


def span(scenario: Scenario, cut: Cut) -> tuple[int, int]:
    """Return the stage that was acknowledged, and the last one that the next command may have reached."""
    acknowledged, said = 0, cut.said
    for _, words in scenario.commands:
        _, found, said = said.partition(words)
        acknowledged += bool(found)
    reached = [*scenario.reached, scenario.reached[-1]]
    return reached[acknowledged], reached[acknowledged + 1]


NAMED = pytest.mark.parametrize("names", Names, ids=lambda names: names.name.lower())


def examine(recorded: Recorded, names: Names, *, thorough: bool) -> Tally:
    """Whatever is left is a stage as a whole, and none that was left behind by an acknowledgement."""
    found = tally(recorded, names, thorough=thorough)
    assert found.torn == []
    assert found.lost == []
    assert found.stages == set(range(len(recorded.scenario.stages))), "power was never cut early, or never late"
    return found


@pytest.mark.parametrize("name", SCENARIOS)
@NAMED
def test_a_power_cut_leaves_nothing_half_and_loses_nothing_acknowledged(
    recorded: Callable[[str], Recorded], name: str, names: Names
) -> None:
    examine(recorded(name), names, thorough=False)


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
@NAMED
def test_nor_does_one_after_any_step_or_in_any_write(
    recorded: Callable[[str], Recorded], record_property: Callable[[str, int], None], name: str, names: Names
) -> None:
    found = examine(recorded(name), names, thorough=True)
    record_property("syncs", recorded(name).syncs)
    record_property("cuts", found.cuts)
    record_property("lost", len(found.lost))
