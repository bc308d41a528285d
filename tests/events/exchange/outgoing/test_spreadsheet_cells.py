"""Texts that no spreadsheet runs, and that come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.events.exchange.outgoing import neutral, restored

# https://owasp.org/www-community/attacks/CSV_Injection lists =, +, -, @, tab, carriage return and line feed.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.mark.parametrize("start", DANGEROUS)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert neutral(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@given(st.one_of(st.text(), st.text("=+-@\t\r\n'a", max_size=4)))
def test_what_was_made_neutral_is_restored(text: str) -> None:
    assert restored(neutral(text)) == text
    assert neutral(text)[:1] not in DANGEROUS


@pytest.mark.parametrize("text", ["", "Curva del Diablo", "l'Étang", "'60s were", "3 - 5"])
def test_other_texts_of_others_stay_as_they_are(text: str) -> None:
    assert restored(text) == text
