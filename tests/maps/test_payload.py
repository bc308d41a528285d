from __future__ import annotations

import base64
import gzip
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from willay.maps.payload import TYPES, pack, smallest, unpack

ARRAYS = st.dictionaries(
    st.text(min_size=1, max_size=8),
    st.sampled_from(sorted(TYPES)).flatmap(lambda kind: hnp.arrays(TYPES[kind], st.integers(0, 40))),
    max_size=5,
)
HEADERS = st.dictionaries(
    st.text(max_size=6).filter(lambda key: key != "arrays"),
    st.recursive(st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(), st.lists, max_leaves=5),
    max_size=4,
)


@given(HEADERS, ARRAYS)
def test_what_is_packed_is_unpacked_as_it_was(header: dict[str, Any], arrays: dict[str, Any]) -> None:
    told, numbers = unpack(pack(header, arrays))
    assert told == header
    assert set(numbers) == set(arrays)
    for name, array in arrays.items():
        assert numbers[name].dtype == array.dtype
        np.testing.assert_array_equal(numbers[name], array)


@given(HEADERS, ARRAYS)
def test_a_block_has_no_character_that_markup_could_be_made_of(header: dict[str, Any], arrays: dict[str, Any]) -> None:
    assert set(pack(header, arrays)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")


def test_a_block_is_the_same_each_time_and_any_gzip_reads_it() -> None:
    text = pack({"a": 1}, {"n": np.arange(5, dtype=np.uint16)})
    assert text == pack({"a": 1}, {"n": np.arange(5, dtype=np.uint16)})
    assert base64.b64decode(text)[4:8] == bytes(4)  # RFC 1952: MTIME, 0 = no time stamp
    assert b'"a":1' in gzip.decompress(base64.b64decode(text))


def test_arrays_lie_at_multiples_of_eight_bytes() -> None:
    data = gzip.decompress(base64.b64decode(pack({"x": "é"}, {"a": np.ones(3, np.uint8), "b": np.ones(2, np.float32)})))
    length = int.from_bytes(data[:4], "little")
    assert (4 + length) % 8 == 0
    assert b'"b":["f4",8,2,"planes"]' in data


def test_an_array_that_the_page_cannot_read_is_refused() -> None:
    with pytest.raises(ValueError, match="Types that a page can read: u1, u2, u4, i4, f4"):
        pack({}, {"wide": np.zeros(1, np.float64)})
    with pytest.raises(ValueError, match="must not have the key 'arrays'"):
        pack({"arrays": 1})


@pytest.mark.parametrize(("top", "kind"), [(0, "u1"), (255, "u1"), (256, "u2"), (65535, "u2"), (65536, "u4")])
def test_whole_numbers_take_the_narrowest_type(top: int, kind: str) -> None:
    array = smallest(np.array([0, top]))
    assert array.dtype == TYPES[kind]
    assert list(array) == [0, top]
