"""An option has one meaning, whatever the command: the same word for the same thing, and for nothing else."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from tree import leaves

from willay.events.cli.speech import with_options_last

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

MEANINGS = {
    "--abducted": "--claim abducted=COUNT",
    "--acts": "acts of the state",
    "--actor": "Actor",
    "--add-actor": "Actor to add",
    "--add-place": "Place to add",
    "--actor-kind": "Kind of actor",
    "--actor-name": "Name of the actor",
    "--address": "postal address",
    "--adds": "counts additional people",
    "--admin-field": "Column with the administrative code",
    "--alias": "Other name of the actor",
    "--alias-field": "Column with further names",
    "--alias-field-2": "Column with further names of second-level",
    "--alias-field-3": "Column with further names of third-level",
    "--archive-url": "archived copy",
    "--area": "A country .code or name., or a region",
    "--as-of": "as it was known at this moment",
    "--at-least": "Minimum figure",
    "--attribution": "Attribution",
    "--ask": "usual questions that the options leave",
    "--author": "Author of the change",
    "--base-revision": "revision that you started from",
    "--batch": "rows per transaction",
    "--bbox": "Bounding box",
    "--bom": "byte order mark",
    "--bound": "Which number of a figure",
    "--by": "one map per period|What to sum by",
    "--caption": "What the files show",
    "--case": "Case|Key of a case",
    "--case-type": "Type of case",
    "--changed-by": "that this person changed",
    "--changed-since": "changed since then",
    "--claim": "Count: MEASURE",
    "--classes": "number of classes",
    "--code-field": "Column with the code of each,",
    "--code-field-2": "Column with the code of each second-level",
    "--code-field-3": "Column with the code of each third-level",
    "--comment": "Comment for the other reviewers",
    "--confidence": "How sure it is",
    "--country": "Country",
    "--crs": "CRS",
    "--dataset": "dataset",
    "--dataset-version": "Version of the dataset",
    "--date-precision": "How exactly the days are known",
    "--dated": "Day on which the limits were true",
    "--day": "Date, span of days, month or year",
    "--days": "Date, span of days|^Days: ",
    "--db": "database",
    "--description": "What the actor is and does",
    "--dpi": "dots per inch",
    "--dry-run": "without saving|without changing the database",
    "--edition": "Edition of the report",
    "--embed": "small page for an <iframe>",
    "--encoding": "Character encoding",
    "--field": "^Field: ",
    "--flat": "only the columns of each incident",
    "--explain": "how each column of a table is read",
    "--for-own-use": "for your own use only",
    "--force": "Replace an existing|even if it exists",
    "--format": "Output format",
    "--from": "First day",
    "--from-file": "Drafts in YAML or JSON",
    "--gazetteer": "Gazetteer file",
    "--group-by": "rows of one incident share",
    "--hash-only": "do not store the content",
    "--head": "Head seal",
    "--high": "Upper end of the value",
    "--identity": "secret key",
    "--in": "Folder in which",
    "--indicator-kind": "Kind of value",
    "--injured": "--claim injured=COUNT",
    "--input-format": "Format of the file",
    "--instead": "New text for the field",
    "--json": "JSON",
    "--key": "Key for the entry",
    "--key-field": "Column with the key",
    "--killed": "--claim killed=COUNT",
    "--kind": "What NAME refers to",
    "--lang": "Language of messages, labels",
    "--language": "Language of the texts",
    "--layer": "Layer to read",
    "--licence": "Licence",
    "--limit": "Maximum number of (incidents|places|changes) to list",
    "--limits": "Upper limits of the classes",
    "--low": "Lower end of the value",
    "--map": "a column holds",
    "--mapping": "File with the mapping",
    "--may-publish": "allow passing rows on",
    "--measure": "Measure to (show|add up)",
    "--name-field": "Column with the name",
    "--name-field-2": "Column with the name of each second-level",
    "--name-field-3": "Column with the name of each third-level",
    "--note": "Note",
    "--note-es": "Note in Spanish",
    "--on": "valid on this day",
    "--own-use-only": "allow passing rows on",
    "--parent": "actor that it is a part of|What of willay's it is",
    "--parent-field-2": "Column with the code of the first-level unit",
    "--parent-field-3": "Column with the code of the second-level unit",
    "--part-of": "parent incident",
    "--pdf": "PDF file",
    "--people": "Census",
    "--people-attribution": "Attribution of the people",
    "--phase": "^Phase: ",
    "--pin": "Pin this claim",
    "--place": "^Place: ",
    "--place-precision": "Precision of the place",
    "--places": "List of places",
    "--png": "PNG file",
    "--policy": "Figure policy",
    "--profile": "Disclosure profile",
    "--published": "Date of the source",
    "--publisher": "Publisher",
    "--qualifier": "How to read the value",
    "--rate": "rates per",
    "--reason": "Reason for the change",
    "--rebuild-zones": "rebuild the conflict zones",
    "--recipient": "may open the backup",
    "--region": "Region: SET/KEY",
    "--region-set": "Region set",
    "--reliability": "Reliability",
    "--replace": "Replace another pack",
    "--resume": "unfinished incident",
    "--reviewer": "Reviewer",
    "--revision": "Number of a revision",
    "--said-by": "that the source quotes",
    "--said-by-kind": "Kind of person or body quoted",
    "--scheme": "Classification method",
    "--scope": "Part of the incident",
    "--save": "Save the pages",
    "--sections": "Sections of the document",
    "--sensitivity": "public.*restricted or confidential",
    "--series": "Series of values",
    "--set": "FIELD=VALUE",
    "--sheet": "Sheet to read",
    "--since": "^Since when",
    "--size": "sheet size",
    "--source": "Source: ",
    "--source-kind": "Kind of source",
    "--state": "^State: ",
    "--stated": "Day on which the count was stated",
    "--status": "Status",
    "--step": "Time step",
    "--story": "A story from a",
    "--story-view": "A view of a story",
    "--summary": "Summary",
    "--supersedes": "that this one corrects",
    "--suppress-below": "Leave figures blank|leave out the incidents of regions with fewer",
    "--svg": "SVG file",
    "--partition-by": "folder of GeoParquet files",
    "--tables": "as separate tables",
    "--tag": "Tag",
    "--text": "Full-text filter",
    "--texts": "Folder of paragraphs written by hand",
    "--tiles": "Background tiles|density cells",
    "--title": "Title",
    "--to": "Last day",
    "--type": "Event type",
    "--unit": "Unit of the value",
    "--units": "Limits of the first-level",
    "--units-2": "Limits of the second-level",
    "--units-3": "Limits of the third-level",
    "--url": "Web address",
    "--value": "^Value: ",
    "--view": "Initial display",
    "--wide": "show all columns",
    "--width-mm": "width in millimetres",
    "--window": "Time window",
    "--with": "claim of this measure",
    "--without": "Leave out incidents from this dataset",
    "--word": "Word for the units",
    "--word-es": "Word in Spanish",
    "--year": "Year that was measured",
    "--yes": "Do not ask before saving",
    "-F": "Drafts in YAML or JSON",
    "-f": "Output format",
    "-m": "recorded in the history",
    "-s": "Source: ",
    "-t": "Title",
    "-y": "Do not ask before saving",
    "--columns": "not called as usual",
    "--least": "Leave figures blank|leave out the incidents of regions with fewer",
    "--memory": "Memory to use",
    "--regions": "set of the database, or a GIS file",
    "--scheduler": "Dask scheduler",
    "--table": "What to export: cells",
    "--sums": "Map the sums of this file",
    "--sums-by": "With --sums: coarser steps",
    "--sums-tiles": "With --sums: coarser density",
    "--skip-broken": "files that cannot be read",
    "--to-parquet": "convert text tables",
    "--workers": "Processes to use",
}
"""What each option means: a part (a regular expression) of its help in every command that has it."""

SAME = ({"--days", "--day"}, {"--may-publish", "--own-use-only"}, {"--suppress-below", "--least"})
"""Options of one parameter: two names for one thing, or a choice and its opposite."""


LEAVES = dict(leaves())
OPTIONS = [
    (name, command, parameter)
    for command, one in LEAVES.items()
    for parameter in one.params
    for name in (*parameter.opts, *parameter.secondary_opts)
    if name.startswith("-")
]
FORMER = {(command, old): new for command, one in LEAVES.items() for old, new in getattr(one, "former", {}).items()}


def test_an_option_means_the_same_in_every_command() -> None:
    unknown = sorted({f"{name} ({command})" for name, command, _ in OPTIONS if name not in MEANINGS})
    assert not unknown, f"Add to MEANINGS what these options mean, or use the name that the thing has: {unknown}"
    others = [
        f"{name} of {command}: {parameter.help}"
        for name, command, parameter in OPTIONS
        if not re.search(MEANINGS[name], str(parameter.help), re.IGNORECASE)
    ]
    assert not others, f"Second meanings of options; use different names: {others}"


def test_one_thing_has_one_name() -> None:
    long = {name: meaning for name, meaning in MEANINGS.items() if name.startswith("--")}
    twice = {meaning for meaning, count in Counter(long.values()).items() if count > 1}
    shared = [{name for name, meaning in long.items() if meaning == one} for one in twice]
    assert all(names in SAME for names in shared), shared


def test_every_option_of_the_table_is_one_of_some_command() -> None:
    assert {name for name, _, _ in OPTIONS} == MEANINGS.keys()


def test_an_option_takes_a_value_everywhere_or_nowhere() -> None:
    flags = {name: {bool(one.is_flag) for other, _, one in OPTIONS if other == name} for name in MEANINGS}
    assert [name for name, kinds in flags.items() if len(kinds) > 1] == []


def test_a_short_option_is_always_that_of_the_same_long_one() -> None:
    """But for `-m`, which is the text that the history records: a reason, or a comment of a review."""
    pairs: dict[str, set[str]] = {}
    for name, _, parameter in OPTIONS:
        if not name.startswith("--"):
            pairs.setdefault(name, set()).update(other for other in parameter.opts if other.startswith("--"))
    assert pairs.pop("-m") == {"--reason", "--comment"}
    assert {name: len(names) for name, names in pairs.items()} == dict.fromkeys(pairs, 1)


@pytest.mark.parametrize(("command", "old"), FORMER)
def test_the_former_name_of_an_option_works_and_warns(
    command: str, old: str, capsys: pytest.CaptureFixture[str]
) -> None:
    one, new = LEAVES[command], FORMER[command, old]
    names = {name for name, where, _ in OPTIONS if where == command}
    assert (old in names, new in names) == (False, True)
    words = [old, "x", f"{old}=y", "--", old]
    assert one._with_new_names(words) == [new, "x", f"{new}=y", "--", old]
    warned = f"Warning: {old} was renamed to {new}."
    assert capsys.readouterr().err.count(warned) == 2


@pytest.mark.usefixtures("peru")
def test_a_command_with_a_former_name_does_what_it_did(run: Callable[..., Result]) -> None:
    told = run("source", "add", "nota-9", "--kind", "press", "--title", "Nota")
    assert told.code == 0, told.err
    assert told.err.startswith("Warning: --kind was renamed to --source-kind.")
    assert run("review", "list", "--assigned-to", "Luz").out == run("review", "list", "--reviewer", "Luz").out


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("--db x.gpkg list --limit 2", "list --limit 2 --db x.gpkg"),
        ("--db=x.gpkg --format json list", "list --db=x.gpkg --format json"),
        ("--json show A -- B", "show A --json -- B"),
        ("list --db x.gpkg", "list --db x.gpkg"),
        ("--version", "--version"),
        ("--db", "--db"),
        ("--nada list", "--nada list"),
    ],
)
def test_what_one_says_of_every_command_may_stand_before_it(line: str, expected: str) -> None:
    assert " ".join(with_options_last(line.split())) == expected


@pytest.mark.usefixtures("peru")
def test_a_database_may_be_named_before_the_command(run: Callable[..., Result], peru: Path) -> None:
    told = run("--db", str(peru), "--json", "list", "--limit", "1")
    assert (told.code, len(json.loads(told.out))) == (0, 1)
    assert run("--db", str(peru), "review").code == 0
