"""Names are found however they are written, and not in words that only look like them.

The oracle of the properties is what was put into a text, not a second search. The names are made up.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.events.disclosure import Names

NAME = "Hilaria Ñahui Ccori"
NAMES = Names.of([NAME, "Amaru Vïlca", "SL", "Zoé", "王小明"], ["sl-central", "zq"])

SIGNS = " \t\n\r\u00a0\u2028_-–—.,;:/\\|'’\"()[]{}<>·•+*#@&=\u200b\u200c\u200d\u00ad\u2060\ufeff"
BETWEEN = st.text(st.sampled_from(SIGNS), min_size=1, max_size=4)
INVISIBLE = st.sampled_from(["", "", "", "\u00ad", "\u200b", "\u200d", "\u2060"])
FORM = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
CASE = st.sampled_from([str, str.upper, str.lower, str.title, str.casefold])
AROUND = st.sampled_from(["", "Dijo: ", "(", "según ", "x — ", "\n", "2012, ", "Ver "])


@st.composite
def written(draw: st.DrawFn, name: str) -> str:
    """A name as somebody may write it."""
    words = [draw(CASE)(unicodedata.normalize(draw(FORM), word)) for word in name.split()]
    words = ["".join(letter + draw(INVISIBLE) for letter in word) for word in words]
    text = words[0]
    for word in words[1:]:
        text += draw(BETWEEN) + word
    return draw(AROUND) + text + draw(st.sampled_from(["", ".", " vio todo", ", 2012", "\n", "’s", ")"]))


@given(text=written(NAME))
def test_a_name_is_found_with_any_signs_between_its_words_accents_and_case(text: str) -> None:
    assert NAMES.found_in(text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("recorded", ["NFC", "NFD"])
@pytest.mark.parametrize("name", ["Zoé", "ÑÚ"])
def test_accents_of_a_short_name_may_be_signs_of_their_own_or_missing(name: str, recorded: str, form: str) -> None:
    names = Names.of([unicodedata.normalize(recorded, name)])
    assert names.found_in(f"Lo dijo {unicodedata.normalize(form, name)} ayer")
    assert names.found_in(f"Lo dijo {name.translate(str.maketrans('éÑÚ', 'eNU'))} ayer")


@given(text=written("Amaru Vilca"))
def test_accents_of_the_record_do_not_matter_either(text: str) -> None:
    assert NAMES.found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Testigos:\nHilaria Ñahui Ccori vio todo.", "Lo dijo Hilaria Ñahui\nCcori", "Lista:\tHILARIA ÑAHUI CCORI",
        "hilaria_nahui_ccori", "hilaria-nahui-ccori", "#HilariaNahuiCcori", "Hilaria\u00ad Ñahui Cco\u00adri",
        "Hila-\nria Ñahui Ccori", "https://example.org/nota/elcasohilarianahuiccoriendetalle",
        "https://example.org/?q=" + quote("Hilaria Ñahui Ccori"), "https://example.org/?q=hilaria+nahui+ccori",
        "los del SL", "S.L. reivindicó", "ataque-de-sl", "sl_central", "vio Zoé", "昨天王小明说", "zq",
    ],
)  # fmt: skip
def test_a_name_is_found(text: str) -> None:
    assert NAMES.found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hilaria Ccori", "Ñahui", "hilarianahuiccorix y", "los sl de la lista", "slalom", "Zoelogía", "zoe dijo",
        "zq en un texto",
        "\u041dilaria Ñahui Ccori",  # a Cyrillic letter that only looks the same
        "", "\n", "…",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_name_is_not_one(text: str) -> None:
    assert not NAMES.found_in(text)


@given(text=st.text(max_size=60), names=st.lists(st.text(max_size=12), max_size=4))
def test_any_text_can_be_searched_for_any_names(text: str, names: list[str]) -> None:
    found = Names.of(names)
    assert isinstance(found.found_in(text), bool)
    assert not Names.of([]).found_in(text)


@given(name=st.text(st.characters(categories=["Lu", "Ll", "Nd", "Lo"]), min_size=4, max_size=20))
def test_a_name_is_found_in_itself(name: str) -> None:
    names = Names.of([name])
    assert not names or names.found_in(name)
    assert not names or names.found_in(f"«{name}»")


def test_a_single_letter_and_digits_are_names_as_well() -> None:
    names = Names.of(["X", "28"])
    assert names.found_in("el comandante X habló")
    assert names.found_in("el frente 28")
    assert not names.found_in("el xilófono")
    assert not names.found_in("280 personas")


def test_there_are_no_names_in_nothing() -> None:
    assert not Names.of(["", "…", "\u200b"])
    assert not Names()


@given(texts=st.lists(st.one_of(written(NAME), written("SL"), written("Zoé"), st.text(max_size=30)), max_size=4))
def test_what_has_a_name_is_never_passed_over_by_the_quick_look(texts: list[str]) -> None:
    many = Names.of([NAME, "SL", "Zoé", *(f"Persona {number:03d} de Nadie" for number in range(999))], ["zq"])
    few = Names.of([NAME, "SL", "Zoé"])
    for names in (few, many):
        if any(names.found_in(text) for text in texts):
            assert names.may_be_in(" ".join(texts))


def test_the_quick_look_passes_over_most_texts() -> None:
    assert not NAMES.may_be_in("Bloqueo en el puente de Espinar, tres heridos.")
    assert not Names().may_be_in("Hilaria")


@pytest.mark.parametrize("name", ["Ñahui Ccori", "Ñu", "王小明"])
def test_the_quick_look_passes_over_no_address_in_which_letters_stand_for_others(name: str) -> None:
    names = Names.of([name])
    address = "https://example.org/?q=" + quote(name)
    assert names.found_in(address)
    assert names.may_be_in(f"Ver {address} y otros")
