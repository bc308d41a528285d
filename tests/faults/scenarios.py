"""What is done while the power is cut: commands on small files, and what may be found of them afterwards."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import pyrage
import test_replacement as states
import worker

from willay.events.model.drafts import Bundle, draft
from willay.events.store import Store
from willay.events.store.dialects.sqlite.copies import copy_database
from willay.events.store.files.intentions import Plan, held_record, write_down

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Seen = dict[str, list[str]]
"""The titles of the incidents in each file that is not hidden, and of a database its attachments, by its name."""

IDENTITY = pyrage.x25519.Identity.generate()
WILLAY = (sys.executable, "-m", "willay.events.cli")
BY = ["--author", "ana", "--db", "w.gpkg"]
ADD = ["add", "--type", "armed-clash", "--days", "2012-03-05", "--place=-73.0,-12.5", "--killed", "3", "-s", "press-1"]
IMPORT = ["import", "rows.csv", "--dataset", "rows", "--licence", "CC0-1.0", "--may-publish", "--batch", "1"]
EXPORT = ["export", "--status", "draft", "--db", "w.gpkg"]
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
        reached: The stages, by number, at the beginning and after the acknowledgement of each command.
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


def one_incident_and_files(folder: Path) -> None:
    one_incident(folder)
    for name, content in FILES.items():
        (folder / name).write_bytes(content)


def an_export_of_yesterday(folder: Path) -> None:
    one_incident(folder)
    (folder / "x.geojson").write_text('{"type": "FeatureCollection", "features": [{"properties": {"title": "Old"}}]}')


def a_backup_of_yesterday(folder: Path) -> None:
    one_incident(folder)
    copy_database(folder / "w.gpkg", folder / "copy.gpkg")
    with Store.open(folder / "w.gpkg") as store:
        store.write.add(draft(Bundle, {"incidents": [worker.incident(1)]}), author="ana")


def a_backup_of_two(folder: Path) -> None:
    states.closed(folder)
    states.made(folder / "copy.gpkg", "new", "newer")


def an_encrypted_backup_of_two(folder: Path) -> None:
    a_backup_of_two(folder)
    with Store.open(folder / "copy.gpkg") as store:
        store.file.copy_encrypted(folder / "copy.age", [str(IDENTITY.to_public())])
    (folder / "copy.gpkg").unlink()
    (folder / "key").write_text(str(IDENTITY))


def a_log_and_a_backup_of_two(folder: Path) -> None:
    states.with_a_log(folder)
    states.made(folder / "copy.gpkg", "new", "newer")


def a_restore_that_was_cut_short(folder: Path) -> None:
    """The database has left its place, but not its log; the backup is ready, and the record says what is to be done."""
    a_log_and_a_backup_of_two(folder)
    aside = folder / "w.before-restore-1.gpkg"
    with held_record(folder / "w.gpkg") as record:
        write_down(record, Plan(".w.gpkg.incoming", aside.name, drop=False))
    shutil.copy(folder / "copy.gpkg", folder / ".w.gpkg.incoming")
    (folder / "w.gpkg").rename(aside)


ONE = {"w.gpkg": ["Clash 0"]}
TWO = ["Clash 0", "Clash 1"]
LOGGED = ["Clash 0", *(f"Clash {number}" for number in range(5))]
FILES = {"a.txt": b"Visto desde el puente. " * 400, "b.jpg": b"\xff\xd8\xff" + bytes(range(256)) * 60}
LISTED, STORED = (
    [f"{word} {digest}" for digest in sorted(sha256(content).hexdigest() for content in FILES.values())]
    for word in ("listed", "stored")
)
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
        [(["edit", "first", "--set", "title={en: Corrected}", "-m", "x", *BY], "title changed")],
        [ONE, {"w.gpkg": ["Corrected"]}],
        [0, 1],
    ),
    "attach": Scenario(
        one_incident_and_files,
        [
            (["attach", "first", *FILES, *BY], "attachments: 2 added"),
            (["attachment", "erase", STORED[0].split()[1], "-m", "x", *BY], "Erased: "),
        ],
        [
            ONE,
            {"w.gpkg": ["Clash 0", *LISTED, *STORED]},
            {"w.gpkg": ["Clash 0", *LISTED, STORED[1]]},
        ],
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
        [([*EXPORT, "x.geojson", "--force"], "x.geojson: 1 incident")],
        [{**ONE, "x.geojson": ["Old"]}, {**ONE, "x.geojson": ["Clash 0"]}],
        [0, 1],
    ),
    "export by GDAL": Scenario(
        one_incident,
        [([*EXPORT, "new.fgb"], "new.fgb: 1 incident")],
        [ONE, {**ONE, "new.fgb": ["Clash 0"]}],
        [0, 1],
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
    "backup, encrypted": Scenario(
        one_incident,
        [(["backup", "copy.age", "--recipient", str(IDENTITY.to_public()), "--db", "w.gpkg"], "copy.age: 1 incident")],
        [ONE, {**ONE, "copy.age": ["Clash 0"]}],
        [0, 1],
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
    "restore of an encrypted backup": Scenario(
        an_encrypted_backup_of_two,
        [(["restore", "copy.age", "--identity", "key", "--force", "--db", "w.gpkg"], "w.gpkg is the backup now")],
        [
            {"w.gpkg": ["Clash 0"], "copy.age": TWO},
            {"w.gpkg": TWO, "copy.age": TWO, "w.before-restore-1.gpkg": ["Clash 0"]},
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
    "the repair of a restore": Scenario(
        a_restore_that_was_cut_short,
        [(["list", "--status", "draft", "--db", "w.gpkg"], "Clash 1")],
        [{"w.gpkg": TWO, "copy.gpkg": TWO, "w.before-restore-1.gpkg": LOGGED}],
        [0, 0],
    ),
}
