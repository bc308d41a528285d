"""Our own exports read back, and files that only look like them."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from willay.events.exchange.incoming import willay
from willay.events.exchange.incoming.willay import is_willay, read_willay
from willay.events.model.errors import EventsError, RefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.model.foreign import ForeignRow


def feature(number: int, **more: Any) -> dict[str, Any]:
    whole = {"id": f"id-{number}", "code": f"PE-{number}", "draft": {"title": {"es": "x"}, "type": "protest"}, **more}
    return {"type": "Feature", "id": f"PE-{number}", "geometry": None, "properties": {}, "willay": whole}


def text(*features: Any) -> str:
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in features)
    return f'{{"type":"FeatureCollection","metadata":{{"attributions":["A"]}},"features":[\n{lines}\n]}}\n'


def rows_of(path: Path) -> list[ForeignRow]:
    return [row for batch in read_willay(path).batches for row in batch.rows]


def test_a_file_in_lines_and_one_written_anew_give_the_same(tmp_path: Path) -> None:
    ours, anew = tmp_path / "a.geojson", tmp_path / "b.geojson"
    ours.write_text(text(feature(1), feature(2)))
    anew.write_text(json.dumps(json.loads(ours.read_text()), indent=1))
    assert rows_of(ours) == rows_of(anew)
    assert [row.external_id for row in rows_of(ours)] == ["id-1", "id-2"]
    assert read_willay(anew).total == 2
    assert read_willay(ours).terms.attribution == "A"


def test_each_entry_of_a_register_is_handed_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(willay, "SIZE", 1)
    path = tmp_path / "a.geojsonl"
    source = {"key": "a", "kind": "press", "title": "A"}
    path.write_text("".join(json.dumps(feature(n, sources=[source])) + "\n" for n in (1, 2)))
    assert [batch.sources for batch in read_willay(path).batches] == [(source,), ()]


def test_a_broken_line_is_a_fault_of_its_row_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.geojsonl"
    path.write_text(
        json.dumps(feature(1)) + '\n{"type":"Feature", oh\n[]\n{"type":"Feature"}\n' + json.dumps(feature(2))
    )
    rows = rows_of(path)
    assert [bool(row.faults) for row in rows] == [False, True, True, True, False]
    assert "as JSON" in rows[1].faults[0].reason
    assert "Import it as GeoJSON instead" in rows[3].faults[0].reason


@pytest.mark.parametrize(
    ("entries", "field", "handed_out"),
    [
        ({"sources": [{"key": "a", "kind": "gossip", "title": "A"}]}, "sources.kind", []),
        ({"sources": [{"key": "a", "kind": "press"}, {"key": "b", "kind": "press", "title": "B"}]}, "sources", ["b"]),
        ({"actors": [{"key": "A B", "name": "x", "kind": "rebel-group"}]}, "actors.key", []),
        ({"cases": ["x"]}, "cases", []),
    ],
)
def test_a_broken_entry_of_a_register_is_a_fault_of_its_row_alone(
    tmp_path: Path, entries: dict[str, Any], field: str, handed_out: list[str]
) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(text(feature(1), feature(2, **entries), feature(3)))
    rows = rows_of(path)
    assert [bool(row.faults) for row in rows] == [False, True, False]
    assert rows[1].faults[0].field == field
    handed = list(read_willay(path).batches)
    assert [source["key"] for batch in handed for source in batch.sources] == handed_out
    assert not any(batch.actors or batch.cases for batch in handed)


def test_a_file_cut_short_is_told_after_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(text(feature(1), feature(2)).removesuffix("]}\n"))
    with pytest.raises(RefusedError, match="ends in the middle"):
        rows_of(path)


@pytest.mark.parametrize("content", ["", "[]", "{}", "hello", '{"type":"FeatureCollection"}', "\x89PNG", "[" * 100_000])
def test_what_is_no_geojson_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(content)
    with pytest.raises(RefusedError, match=r"expected|Specify the format of the file"):
        read_willay(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="cannot be read"):
        read_willay(tmp_path / "none.geojson")
    assert not is_willay(tmp_path / "none.geojson")


def test_a_file_too_big_to_be_read_at_once_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps(json.loads(text(*(feature(n) for n in range(9)))), indent=1))
    monkeypatch.setattr(willay, "MAX_WHOLE", 200)
    with pytest.raises(RefusedError, match=r"too big to be read at once. Export it again as .geojsonl"):
        read_willay(path)


@settings(deadline=None, max_examples=examples(200))  # it writes files
@given(st.data())
def test_fuzzed_bytes_give_an_error_of_ours_or_rows(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(text(feature(1, sources=[{"key": "a"}]), feature(2)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    path = tmp_path_factory.mktemp("fuzz") / "a.geojson"
    path.write_bytes(whole)
    with contextlib.suppress(EventsError):
        rows_of(path)
