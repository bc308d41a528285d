"""What messages advise: options on the command line, keywords in Python, and the same in what is recorded."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest
from translated import messages

import willay as wy
from willay.events import IncidentQuery
from willay.events.cli import main
from willay.events.model.advice import command, option
from willay.geo import check_target
from willay.geo.hints import CALLS, KEYWORDS, hinted, speaking
from willay.geo.translation import english, in_language, tr

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("Specify who makes it: --author NAME.", 'Specify who makes it: author="NAME".'),
        ("Or replace it (--force).", "Or replace it (force=True)."),
        ("Leave them out (--without {dataset}), or …", 'Leave them out (without="{dataset}"), or …'),
        ("Add it: --with killed --at-least {minimum}.", 'Add it: measure="killed", minimum={minimum}.'),
        ("Repeat: --base-revision {latest}.", "Repeat: base_revision={latest}."),
        ("Give --map dates=day-first or --map 'types.z=a b'", 'Give map="dates=day-first" or map="types.z=a b"'),
        ("A table with --group-by title,date,place.", 'A table with group_by="title,date,place".'),
        ("Select fewer days (--days 2009, --from, --to).", 'Select fewer days (days="2009", since=…, until=…).'),
        ("Name its format with --input-format.", "Name its format with format=…."),
        ("--tables escribe lo que --flat omite.", "tables=True escribe lo que flat=True omite."),
        ("Unknown case 'x'. See: willay case list.", "Unknown case 'x'. See: db.cases()."),
        ("To withdraw it: willay claim withdraw {code} 1 --reason TEXT. Then add --adds.",
         "To withdraw it: willay claim withdraw {code} 1 --reason TEXT. Then add adds=True."),
        ("Make it with --tiles 8.", "Make it with --tiles 8."),
        ("A file called x--force stays.", "A file called x--force stays."),
        ("A second person must approve: willay review approve.", "A second person must approve: db.approve(codes)."),
        ("See willay list --limit 3, or a willay listing.", "See willay list --limit 3, or a willay listing."),
    ],
)  # fmt: skip
def test_an_option_is_a_keyword_in_python(text: str, keywords: str) -> None:
    assert hinted(text) == keywords
    with speaking(to_command_line=True):
        assert hinted(text) == text


def test_values_are_left_as_they_are() -> None:
    with pytest.raises(wy.Error, match=r"^--force: the file already exists\. .*\(force=True\)\.$"):
        refuse("--force")


def refuse(name: str) -> None:
    raise_of = tr("{target}: the file already exists. Choose a different name, or replace it (--force).", target=name)
    raise wy.Error(raise_of)


def test_a_command_with_values_is_the_call_that_does_the_same() -> None:
    commands = (("list",), ("source", "list"), ("review", "approve", "PE-1"), ("history", "a b"), ("check",))
    calls = ["db.select()", "db.sources()", 'db.approve("PE-1")', 'db["a b"].history()', "willay check"]
    typed = ["willay list", "willay source list", "willay review approve PE-1", "willay history 'a b'", "willay check"]
    assert [command(*words) for words in commands] == calls
    assert [english(command(*words)) for words in commands] == typed
    with speaking(to_command_line=True):
        assert [command(*words) for words in commands] == typed


@pytest.mark.parametrize("code", [None, 3, "nowhere"])
def test_what_is_no_code_is_not_found(code: object, tmp_path: Path) -> None:
    with (
        wy.create(tmp_path / "empty.gpkg", country="PE", author="Ana") as db,
        pytest.raises(wy.NotFoundError, match=rf"'{code}'.*db\.select\(\)"),
    ):
        db[code]  # type: ignore[index]  # wrong on purpose


def test_what_is_recorded_has_the_options_whoever_made_it() -> None:
    """Else one file imported twice would be two."""
    with speaking(to_command_line=True):
        said = tr("A change needs an author. Specify who makes it: --author NAME.")
        named = option("--map", "a b=c")
    assert english(tr("A change needs an author. Specify who makes it: --author NAME.")) == english(said) == said
    assert (option("--map", "a b=c"), english(option("--map", "a b=c"))) == ('map="a b=c"', named)
    with in_language("es"):
        spanish = tr("A change needs an author. Specify who makes it: --author NAME.")
    assert 'author="' in spanish
    assert english(spanish) == said


def test_the_library_speaks_python_and_the_command_its_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there.html").touch()
    with pytest.raises(wy.Error, match=r"force=True"):
        check_target(tmp_path / "there.html", force=False)
    with pytest.raises(wy.QueryError, match=r'measure="killed", minimum=3\.$'):
        IncidentQuery(minimum=3)
    with (
        wy.create(tmp_path / "empty.gpkg", country="PE") as db,
        pytest.raises(wy.NotFoundError, match=r"db\.cases\(\)"),
    ):
        db.select(case="nowhere")
    monkeypatch.setattr(sys, "argv", ["willay", "list", "--at-least", "3", "--db", str(tmp_path / "empty.gpkg")])
    with pytest.raises(SystemExit):
        main()
    assert "--with killed --at-least 3" in capsys.readouterr().err


def test_no_message_of_the_library_says_a_keyword_next_to_its_option() -> None:
    """It is written once, with the option."""
    twice = [one.where for one in messages() if re.search(r"\bin Python\b", one.key) and "--" in one.key]
    assert twice == []


def test_every_call_and_every_keyword_is_there() -> None:
    for call in CALLS.values():
        name = call.removeprefix("db").lstrip(".").partition("(")[0].partition("[")[0]
        assert not name or hasattr(wy.Database, name)
    assert all(one.name.isidentifier() for one in KEYWORDS.values())
