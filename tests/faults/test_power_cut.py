"""The power is cut at any moment of a command: what it acknowledged is there, and nothing is half there.

Commands run once, recorded. Then every moment at which something waits to reach the disk is tried: what was waited for
is there, and of the rest nothing, everything, parts and halves.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
import test_replacement as states
import worker
from power import Disk, Names, cuts, losses
from recording import Recorder, Sync, contents_of

from willay.events.drafts import Bundle, draft
from willay.events.errors import DatabaseError
from willay.events.store import Store
from willay.events.store.copies import copy_database
from willay.events.store.replacement import with_companions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from power import Cut
    from recording import Step

Seen = dict[str, list[str]]
"""The titles of the incidents in each file that is not hidden, by its name."""

WILLAY = (sys.executable, "-m", "willay.events.cli")
BY = ["--author", "ana", "--db", "w.gpkg"]
ADD = ["add", "--type", "armed-clash", "--days", "2012-03-05", "--place=-73.0,-12.5", "--killed", "3", "-s", "press-1"]
IMPORT = ["import", "rows.csv", "--dataset", "rows", "--licence", "CC0-1.0", "--may-publish", "--batch", "1"]
ROWS = (
    "title,type,date,place,lon,lat,killed,source\n"
    "One,armed-clash,2012-04-01,Here,-73.1,-12.4,2,press-1\n"
    "Two,armed-clash,2012-05-01,There,-73.2,-12.3,1,press-1\n"
)


@dataclass(frozen=True)
class Scenario:
    """Commands in a folder.

    Attributes:
        before: Makes the files that are there.
        commands: The commands, one after the other, and of each the words by which it acknowledges what it did.
        stages: What is there before, between and after, in order. There may be nothing else, whenever power is cut.
        reached: How many stages are behind when a command has acknowledged.
    """

    before: Callable[[Path], None]
    commands: list[tuple[list[str], str]]
    stages: list[Seen]
    reached: list[int]


def one_incident(folder: Path) -> None:
    states.made(folder / "w.gpkg", "first")


def one_incident_and_rows(folder: Path) -> None:
    one_incident(folder)
    (folder / "rows.csv").write_text(ROWS)


def an_export_of_yesterday(folder: Path) -> None:
    one_incident(folder)
    (folder / "x.geojson").write_text('{"type": "FeatureCollection", "features": [{"properties": {"title": "Old"}}]}')


def a_backup_of_yesterday(folder: Path) -> None:
    one_incident(folder)
    copy_database(folder / "w.gpkg", folder / "copy.gpkg")
    with Store.open(folder / "w.gpkg") as store:
        store.add(draft(Bundle, {"incidents": [worker.incident(1)]}), author="ana")


def a_backup_of_two(folder: Path) -> None:
    states.closed(folder)
    states.made(folder / "copy.gpkg", "new", "newer")


def a_log_and_a_backup_of_two(folder: Path) -> None:
    states.with_a_log(folder)
    states.made(folder / "copy.gpkg", "new", "newer")


TWO = ["Clash 0", "Clash 1"]
LOGGED = ["Clash 0", *(f"Clash {number}" for number in range(5))]
RESTORING = [(["restore", "copy.gpkg", "--force", "--db", "w.gpkg"], "w.gpkg is the backup now")]
SCENARIOS = {
    "add": Scenario(
        one_incident,
        [([*ADD, "--title", title, "--yes", *BY], "Saved as PE-2012-") for title in ("Second", "Third")],
        [{"w.gpkg": ["Clash 0", "Second", "Third"][:count]} for count in (1, 2, 3)],
        [0, 1, 2],
    ),
    "edit": Scenario(
        one_incident,
        [(["edit", "first", "--set", f"title={{en: {new}}}", "-m", "x", *BY], "title changed") for new in ("B", "C")],
        [{"w.gpkg": [title]} for title in ("Clash 0", "B", "C")],
        [0, 1, 2],
    ),
    "import": Scenario(
        one_incident_and_rows,
        [([*IMPORT, *BY], "2 accepted")],
        [{"w.gpkg": ["Clash 0", "One", "Two"][:count]} for count in (1, 2, 3)],
        [0, 2],
    ),
    "export": Scenario(
        an_export_of_yesterday,
        [
            (["export", "x.geojson", "--status", "draft", "--force", "--db", "w.gpkg"], "x.geojson: 1 incident"),
            (["export", "new.geojson", "--status", "draft", "--db", "w.gpkg"], "new.geojson: 1 incident"),
        ],
        [
            {"w.gpkg": ["Clash 0"], "x.geojson": ["Old"]},
            {"w.gpkg": ["Clash 0"], "x.geojson": ["Clash 0"]},
            {"w.gpkg": ["Clash 0"], "x.geojson": ["Clash 0"], "new.geojson": ["Clash 0"]},
        ],
        [0, 1, 2],
    ),
    "backup": Scenario(
        a_backup_of_yesterday,
        [
            (["backup", "copy.gpkg", "--force", "--db", "w.gpkg"], "copy.gpkg: 2 incidents"),
            (["backup", "new.gpkg", "--db", "w.gpkg"], "new.gpkg: 2 incidents"),
        ],
        [
            {"w.gpkg": TWO, "copy.gpkg": ["Clash 0"]},
            {"w.gpkg": TWO, "copy.gpkg": TWO},
            {"w.gpkg": TWO, "copy.gpkg": TWO, "new.gpkg": TWO},
        ],
        [0, 1, 2],
    ),
    "restore": Scenario(
        a_backup_of_two,
        RESTORING,
        [
            {"w.gpkg": ["Clash 0"], "copy.gpkg": TWO},
            {"w.gpkg": TWO, "copy.gpkg": TWO, "w.before-restore-1.gpkg": ["Clash 0"]},
        ],
        [0, 1],
    ),
    "restore over a database whose writer was killed": Scenario(
        a_log_and_a_backup_of_two,
        RESTORING,
        [
            {"w.gpkg": LOGGED, "copy.gpkg": TWO},
            {"w.gpkg": TWO, "copy.gpkg": TWO, "w.before-restore-1.gpkg": LOGGED},
        ],
        [0, 1],
    ),
}


@dataclass(frozen=True)
class Recorded:
    """What the commands of a scenario did.

    Attributes:
        before: The disk before the first command; everything on it is durable.
        steps: The steps of all commands, in order.
    """

    scenario: Scenario
    before: Disk
    steps: list[Step]

    @property
    def syncs(self) -> int:
        return sum(isinstance(step, Sync) for step in self.steps)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Recorded]:
    """Records a scenario, once for all tests; skips, saying what is missing, where nothing can be recorded."""
    if shutil.which("strace") is None:
        pytest.skip("no strace on this machine: no simulated power cut")
    made: dict[str, Recorded] = {}

    def run(name: str) -> Recorded:
        if name not in made:
            made[name] = recording_of(SCENARIOS[name], tmp_path_factory.mktemp("recorded").resolve())
        return made[name]

    return run


def recording_of(scenario: Scenario, top: Path) -> Recorded:
    folder = top / "folder"
    folder.mkdir()
    scenario.before(folder)
    recorder = Recorder(folder)
    before = Disk(dict(recorder.names), dict(enumerate(contents_of(folder).values())))
    steps = [
        step for words, _ in scenario.commands for step in recorder.run((*WILLAY, *words), trace=top / "trace.txt")
    ]
    assert before.after(steps).files() == contents_of(folder), "the recorder has missed something"
    return Recorded(scenario, before, steps)


@dataclass
class Examiner:
    """Looks at folders as the next person does who uses them after a power cut.

    Attributes:
        room: Where there is room for a folder.
        checked: The titles in databases that `check` has found sound, by their bytes: most cuts leave the same few.
    """

    room: Path
    checked: dict[bytes, list[str]] = field(default_factory=dict)

    def seen(self, disk: Disk) -> Seen | str:
        """What is in the files after a cut, or the words in which one of them is refused."""
        folder = self.room / "cut"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        disk.write(folder)
        try:
            for record in sorted(folder.glob(".*.replacing")):
                self._finish(record.with_name(record.name[1:].removesuffix(".replacing")))
            databases = {path.name: self._titles(path) for path in sorted(folder.glob("*.gpkg"))}
        except (DatabaseError, AssertionError) as error:
            return str(error).replace(str(folder), "")
        return databases | {path.name: exported(path) for path in sorted(folder.glob("*.geojson"))}

    def _finish(self, path: Path) -> None:
        """Open a database in whose place a file was being put, which is then done."""
        try:
            Store.open(path).close()
        except DatabaseError:
            if path.exists():
                raise

    def _titles(self, path: Path) -> list[str]:
        with Store.open(path) as store:
            store.count()
        content = b"".join(sha256(file.read_bytes()).digest() for file in with_companions(path))
        if content not in self.checked:
            with Store.open(path) as store:
                wrong = [problem.message for problem in store.check() if problem.severity == "error"]
                assert not wrong, f"{path}: {wrong}"
                self.checked[content] = sorted(store.select(details=False, profile=None)["title"])
        return self.checked[content]


def exported(path: Path) -> list[str]:
    try:
        return [feature["properties"]["title"] for feature in json.loads(path.read_bytes())["features"]]
    except ValueError:
        return [f"half a file of {path.stat().st_size} bytes"]


@dataclass
class Tally:
    """What came of the cuts: how many disks were tried, what was seen, and what was seen that may not be."""

    tried: int = 0
    seen: list[Seen | str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def tally(recorded: Recorded, names: Names, room: Path, *, thorough: bool) -> Tally:
    """Cut the power at every moment, and look at what is left; each disk once for what may be on it at the moment."""
    chance, result, examiner, known = random.Random(14), Tally(), Examiner(room), {}
    for cut in cuts(recorded.before, recorded.steps, names):
        stages = allowed(recorded.scenario, cut)
        for left, steps in losses(cut.pending, chance, thorough=thorough):
            disk = cut.durable.after(steps)
            state = sha256(repr([(path, sha256(content).digest()) for path, content in disk.files().items()]).encode())
            if (key := state.digest()) not in known:
                known[key] = examiner.seen(disk)
                result.tried += 1
                if known[key] not in result.seen:
                    result.seen.append(known[key])
            if known[key] not in stages:
                result.wrong.append(f"before sync {cut.at + 1}, {left} arrived: {known[key]}, not one of {stages}")
    return result


def allowed(scenario: Scenario, cut: Cut) -> list[Seen]:
    """Return the stages that may be found: what was acknowledged, and whatever the next command has done whole."""
    acknowledged = 0
    said = cut.said
    for _, words in scenario.commands:
        _, found, said = said.partition(words)
        acknowledged += bool(found)
    reached = [*scenario.reached, scenario.reached[-1]]
    return scenario.stages[reached[acknowledged] : reached[acknowledged + 1] + 1]
