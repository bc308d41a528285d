"""Hidden signs: seen where people read, refused where a record has one line, exact where a program reads."""

from __future__ import annotations

import json
import shlex
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.events.model.advice import command, in_shell, option
from willay.events.model.invisible import escaped, refused_sign, visible
from willay.geo.hints import speaking

# Bidirectional controls of UAX #9, and the controls of the C0 and C1 sets (ISO/IEC 6429) with delete.
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
HIDDEN = CONTROLS + BIDI


@pytest.mark.parametrize("sign", HIDDEN)
def test_a_hidden_sign_is_shown_as_signs_that_are_seen(sign: str) -> None:
    shown = visible(f"a{sign}b")
    assert sign not in shown
    assert all(unicodedata.category(letter) not in {"Cc", "Cf"} for letter in shown)
    assert shown.startswith("a")
    assert shown.endswith("b")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_seen_already_stays_as_it_is(text: str) -> None:
    kept = "".join(letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cf", "Zl", "Zp"})
    assert visible(kept) == kept
    assert not set(visible(text)) & set(HIDDEN)


def test_the_lines_of_a_text_stay_lines_where_it_has_several() -> None:
    assert visible("a\n\tb\x1b[2J", lines=True) == "a\n\tb␛[2J"
    assert visible("a\n\tb") == "a␊␉b"
    assert visible("\x7f\x9b\u202e") == "␡\\u009b\\u202e"


@given(st.text(), st.integers(0, 4))
def test_an_escaped_document_is_the_same_document_without_hidden_signs(text: str, indent: int) -> None:
    document = json.dumps({text: [text]}, ensure_ascii=False, indent=indent or None)
    assert json.loads(escaped(document)) == {text: [text]}
    assert not set(escaped(document)) & (set(HIDDEN) - set("\n\t"))


@pytest.mark.parametrize("sign", [*CONTROLS, "\u202a", "\u202e", "\u2066", "\u2069", "\u2028", "\u2029"])
def test_a_line_takes_no_control_and_nothing_that_turns_what_follows(sign: str) -> None:
    told = refused_sign(f"a{sign}b")
    assert told is not None
    assert f"U+{ord(sign):04X}" in told
    assert (refused_sign(f"a{sign}b", lines=True) is None) == (sign in "\n\t")


@pytest.mark.parametrize("text", ["Ñahuín’s – Київ", "شارع\u200f 5", "a\u00a0b", "क्\u200dष", "👩\u200d🌾"])
def test_letters_of_any_script_with_their_own_marks_are_taken(text: str) -> None:
    assert refused_sign(text) is None


NASTY = ["x'; touch PWNED; echo '", "$(touch PWNED)", "`touch PWNED`", "a b", "a\nb", "--db", "", "ñ|x", "!x"]


@pytest.mark.parametrize("name", NASTY)
def test_an_advice_is_one_command_with_the_words_it_was_made_of(name: str) -> None:
    assert shlex.split(command("show", name, None, "--db", name)) == ["willay", "show", name, "--db", name]
    with speaking(to_command_line=True):
        found = option("--map", f"types.{name}=CODE")
    assert shlex.split(found) == ["--map", f"types.{name}=CODE"]


def test_plain_words_are_not_quoted() -> None:
    assert command("show", "PE-2009-0001") == "willay show PE-2009-0001"


@pytest.mark.parametrize(
    ("word", "elsewhere", "on_windows"),
    [
        ("peru.gpkg", "peru.gpkg", "peru.gpkg"),
        ("C:\\datos\\x.gpkg", "'C:\\datos\\x.gpkg'", "C:\\datos\\x.gpkg"),
        ("mis datos.gpkg", "'mis datos.gpkg'", '"mis datos.gpkg"'),
        ("a&b", "'a&b'", '"a&b"'),
        ("", "''", '""'),
        ('a "b"', "'a \"b\"'", '"a \\"b\\""'),
    ],
)
def test_a_word_is_quoted_as_the_prompt_of_each_system_reads_it(word: str, elsewhere: str, on_windows: str) -> None:
    assert (in_shell(word, "posix"), in_shell(word, "nt")) == (elsewhere, on_windows)
