"""Twenty-four incidents through a real pseudo-terminal in Spanish, compared with what was read and found good.

`pytest tests/cli/test_transcripts.py --write-transcripts` writes the files again; `git diff` shows the difference.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="this system has no pseudo-terminals")

from dialogues import DIALOGUES, PLAIN
from pseudoterminal import screen

pytestmark = pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")

TRANSCRIPTS = Path(__file__).parent / "transcripts"
MOMENT = "1780000000"  # 2026-05-28, a Thursday, 15:26 in Lima
MOST_KEYS = 60
REGISTERS = """
actors:
  - key: policia
    name: {es: Policía Nacional del Perú, en: Peruvian National Police}
    kind: state-forces
    aliases: [PNP]
  - {key: ejercito, name: {es: Ejército del Perú, en: Peruvian Army}, kind: state-forces}
"""


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of Peru with its regions, two actors and no incident."""
    folder = tmp_path_factory.mktemp("founded")
    environment = {"WILLAY_DB": str(folder / "willay.gpkg"), "WILLAY_AUTHOR": "Ana", "SOURCE_DATE_EPOCH": MOMENT}
    (folder / "registers.yaml").write_text(REGISTERS, "utf-8")
    made, registers = str(folder / "willay.gpkg"), str(folder / "registers.yaml")
    for words in (("init", made, "--country", "PE"), ("add", "-y", "-F", registers)):
        told, code = screen(*words, environment=environment)
        assert code == 0, told
    return folder / "willay.gpkg"


def played(name: str, database: Path, folder: Path) -> str:
    """Return all that a person saw and typed in a dialogue."""
    shutil.copy(database, folder / "willay.gpkg")
    environment = {
        "WILLAY_DB": str(folder / "willay.gpkg"), "WILLAY_AUTHOR": "Ana", "WILLAY_LANG": "es", "TZ": "America/Lima",
        "SOURCE_DATE_EPOCH": MOMENT, "TERM": "dumb",
    }  # fmt: skip
    seen = []
    for words, answers in DIALOGUES[name]:
        told, code = screen(*words, columns=100, answers=answers, environment=environment)
        assert code in {0, 130}, told
        told = told.replace("^C^C", "^C")  # on a busy machine the key is pressed again
        line = " ".join(f"'{word}'" if " " in word else word for word in words)
        told = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "(fecha y hora)", told)  # of a file: by the clock of the system
        seen.append(f"$ willay {line}\n{told.replace(str(folder), '.')}")
    return "\n".join(line.rstrip() for line in "\n".join(seen).splitlines()) + "\n"


@pytest.mark.parametrize("name", DIALOGUES)
def test_a_dialogue_is_as_it_was_read(name: str, founded: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    told = played(name, founded, tmp_path)
    file = TRANSCRIPTS / f"{name}.txt"
    if request.config.getoption("--write-transcripts"):
        file.write_text(told, "utf-8")
    assert told.splitlines() == file.read_text("utf-8").splitlines()


def test_every_transcript_is_of_a_dialogue() -> None:
    assert {file.stem for file in TRANSCRIPTS.glob("*.txt")} == set(DIALOGUES)


def test_the_plain_case_takes_few_keys() -> None:
    keys = sum(len(answer) + 1 for _, answer in PLAIN)  # and Enter
    assert keys <= MOST_KEYS
