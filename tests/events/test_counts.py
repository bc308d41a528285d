"""Counts as people write them. Expected values are worked out by hand; open phrases are those of the vocabulary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.data.headers import headers
from willay.events.model.counts import read_count
from willay.events.model.drafts import ClaimDraft, draft
from willay.events.model.errors import CountError, DraftError
from willay.events.model.values import Count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("hasta 15", Count(high=15)),
        ("más de 20", Count(low=20)),
        ("menos de 5", Count(high=4)),
        ("al menos 3", Count(low=3)),
        ("≥3", Count(low=3)),
        (">=3", Count(low=3)),
        ("< 5", Count(high=4)),
        ("+20", Count(low=20)),
        ("entre 3 y 5", Count(low=3, high=5)),
        ("unos 10", Count(best=10)),
        ("más o menos 10", Count(best=10)),
        ("aprox. 10-15", Count(low=10, high=15)),
        ("unos 10 a 15", Count(low=10, high=15)),
        ("~30", Count(best=30)),
        ("3 muertos", Count(3, 3, 3)),
        ("20 personas", Count(20, 20, 20)),
        ("más de 20 heridos", Count(low=20)),
        ("20 heridos o más", Count(low=20)),
        ("un total de 20 personas", Count(20, 20, 20)),
        ("por lo menos un muerto", Count(low=1)),
        ("0 (cero)", Count(0, 0, 0)),
        ("3 (tres) muertos", Count(3, 3, 3)),
        ("No hubo", Count(0, 0, 0)),
        ("sin heridos", Count(0, 0, 0)),
        ("ningún herido", Count(0, 0, 0)),
        ("una decena", Count(best=10)),
        ("media docena de heridos", Count(best=6)),
        ("más de una decena", Count(low=10)),
        ("veintiuno", Count(21, 21, 21)),
        ("treinta y tres", Count(33, 33, 33)),
        ("twenty-one", Count(21, 21, 21)),
        ("'3", Count(3, 3, 3)),
    ],
)
def test_counts_are_read_as_people_write_them(text: str, count: Count) -> None:
    assert read_count(text).count == count


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("5 (seis)", "the number in brackets is different"),
        ("3 muertos y 5 heridos", "the text mentions: injured, killed"),
        ("2024-10-15", "a spreadsheet has changed this cell to a date"),
        ("2024-10-15 00:00:00", "a spreadsheet has changed this cell to a date"),
        ("15-oct", "a spreadsheet has changed this cell to a date"),
        ("Oct-15", "a spreadsheet has changed this cell to a date"),
        ("3?", "expected a number of people"),
        ("no", "expected a number of people"),
        ("20 y pico", "expected a number of people"),
        ("dos docenas", "expected a number of people"),
        ("menos de 0", "cannot be negative"),
        ("99999999999", "more than the number of people alive"),
    ],
)
def test_what_is_no_count_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(CountError, match=message):
        read_count(text)


def test_a_count_of_others_than_its_column_counts_is_refused() -> None:
    assert read_count("3 muertos", None, "killed", "all").count == Count(3, 3, 3)
    assert read_count("3 policías", None, "killed", "police").count == Count(3, 3, 3)
    with pytest.raises(CountError, match="the text mentions: injured; the column counts: killed"):
        read_count("3 heridos", None, "killed", "all")
    with pytest.raises(CountError, match="the text mentions: police; the column counts: all"):
        read_count("3 policías", None, "killed", "all")


OPEN = [
    (phrase, meaning)
    for phrase, meaning in headers().words["phrase"].items()
    if meaning in {"more", "fewer", "fewer-than", "about"}
]


@given(
    st.sampled_from(OPEN),
    st.integers(1, 999_999),
    st.sampled_from(["", " muertos", " personas", " efectivos"]),
)
def test_an_open_phrase_never_becomes_a_closed_number(phrase: tuple[str, str], n: int, noun: str) -> None:
    words, meaning = phrase
    count = read_count(words.replace("{n}", f"{n}{noun}")).count
    assert count is not None
    expected = {
        "more": Count(low=n), "fewer": Count(high=n), "fewer-than": Count(high=n - 1), "about": Count(best=n)
    }  # fmt: skip
    assert count == expected[meaning]
    assert None in (count.low, count.high)


@given(st.text(max_size=30) | st.lists(st.sampled_from([*"0123456789(),.-+≥<~ ", "un", "y", "más", "de"])).map("".join))
def test_any_text_is_a_count_or_a_count_error(text: str) -> None:
    try:
        read_count(text)
    except CountError:
        return


def test_a_claim_is_written_with_the_words_that_say_more_than_its_numbers() -> None:
    def claim(count: str) -> ClaimDraft:
        return draft(ClaimDraft, {"measure": "killed", "count": count, "source": "a"})

    assert (claim("al menos 3").low, claim("al menos 3").best, claim("al menos 3").high) == (3, None, None)
    assert claim("unos 10").note == {"und": "unos 10"}
    assert claim("3 o 4").count == Count(3, None, 4)
    assert claim("7").note is None
    with pytest.raises(DraftError, match="A claim needs a number"):
        claim("varios")
    with pytest.raises(DraftError, match="'unos pocos': expected a number of people"):
        claim("unos pocos")
