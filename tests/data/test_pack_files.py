"""A pack may come from anybody: it can neither write anywhere, nor fill the memory, nor say what it may not."""

from __future__ import annotations

import json
import struct
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from made_up_limits import write_all

from willay.data.country_packs.container import LIMITS, Container, archive_of
from willay.data.country_packs.contents import facts_document
from willay.data.country_packs.facts import facts_of
from willay.data.country_packs.finding import open_pack_file
from willay.data.country_packs.making import PackPlan, make_pack
from willay.data.country_packs.reading import read_facts, read_pack, read_places
from willay.data.country_packs.units import UnitsFile
from willay.data.country_packs.writing import members_of, toml_text
from willay.data.errors import PackError
from willay.geo.errors import FileInTheWayError, MissingFileError
from willay.geo.translation import in_language

if TYPE_CHECKING:
    from pathlib import Path

MIB = 1 << 20


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    files = write_all(tmp_path_factory.mktemp("limits"))
    units = {1: UnitsFile(files["units"]), 2: UnitsFile(files["units_2"])}
    return members_of(make_pack(PackPlan("MM", units, [files["places"]], files["people"])).pack)


def written(folder: Path, members: dict[str, bytes]) -> Path:
    """A zip file of any members, also of such as no pack has."""
    path = folder / "x.pack"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def document(members: dict[str, bytes]) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 — for these tests alone

    return tomllib.loads(members["pack.toml"].decode())


def with_facts(members: dict[str, bytes], **changes: Any) -> dict[str, bytes]:
    return members | {"pack.toml": toml_text(document(members) | changes).encode()}


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "C:\\evil", "..\\evil"])
def test_a_pack_with_a_member_outside_of_it_is_refused_and_nothing_is_written(
    name: str, members: dict[str, bytes], tmp_path: Path
) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    path = written(inside, {**members, name: b"evil"})
    with pytest.raises(PackError, match="would be written outside its folder"):
        read_pack(path)
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == ["x.pack"]


def test_reading_a_pack_writes_nothing(members: dict[str, bytes], tmp_path: Path) -> None:
    path = written(tmp_path, {**members, "README.txt": b"left alone"})
    assert len(read_pack(path).places) == 61
    assert [one.name for one in tmp_path.rglob("*")] == ["x.pack"]


def test_a_bomb_is_refused_before_it_is_unpacked(members: dict[str, bytes], tmp_path: Path) -> None:
    path = written(tmp_path, {**members, "places.csv": bytes(64 * MIB)})
    tracemalloc.start()
    with pytest.raises(PackError, match=r"it would grow to [0-9,]+ times its size"):
        read_pack(path)
    assert tracemalloc.get_traced_memory()[1] < 8 * MIB
    tracemalloc.stop()


def test_a_member_is_read_no_further_than_its_limit(
    members: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "places.csv", 100)  # type: ignore[index]  # a dict that nobody else changes
    for path in (written(tmp_path, members), unpacked(tmp_path / "folder", members)):
        with pytest.raises(PackError, match=r"places\.csv has more than 100 bytes"):
            read_pack(path)


def test_a_pack_that_nobody_could_read_is_not_written(
    members: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "places.csv", 100)  # type: ignore[index]  # as above
    with pytest.raises(PackError, match=r"No pack is written: places\.csv has more than 100 bytes"):
        archive_of(members)


def unpacked(folder: Path, members: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, content in members.items():
        (folder / name).write_bytes(content)
    return folder


def test_a_size_that_the_archive_states_falsely_is_of_no_use(members: dict[str, bytes], tmp_path: Path) -> None:
    """The size in the directory is made small: what is unpacked beyond it is not read, and its sum is wrong."""
    path = written(tmp_path, members)
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(b"populations.csv"))
    size = struct.unpack_from("<I", content, at + 24)[0]
    struct.pack_into("<I", content, at + 24, 10)
    assert size == len(members["populations.csv"])
    path.write_bytes(content)
    with pytest.raises(PackError, match=r"cannot be used as a country pack|its first line must be"):
        read_pack(path)


def test_what_is_nested_too_deep_is_refused(members: dict[str, bytes], tmp_path: Path) -> None:
    deep = b'{"type":"Feature","geometry":' + b"[" * 50_000 + b"]" * 50_000 + b',"properties":{}}'
    path = written(tmp_path, {**members, "adm1.geojson": deep})
    with pytest.raises(PackError, match="a unit needs a polygon in degrees"):
        read_pack(path)
    toml = b"a = " + b"[" * 20_000 + b"]" * 20_000
    with pytest.raises(PackError, match=r"pack\.toml"):
        read_facts(written(tmp_path, {**members, "pack.toml": toml}))


def test_a_file_that_is_no_pack_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.pack").write_text("no zip", "utf-8")
    with pytest.raises(PackError, match="is not a country pack: it is not a zip file"):
        read_pack(tmp_path / "a.pack")
    with pytest.raises(PackError, match=r"is not a country pack: it has no pack\.toml\. Make one: willay country make"):
        read_pack(written(tmp_path, {"a.txt": b""}))
    with pytest.raises(MissingFileError, match="does not exist"):
        read_pack(tmp_path / "none.pack")
    with in_language("es"), pytest.raises(PackError, match=r"no es un paquete de país: no tiene pack\.toml"):
        read_pack(written(tmp_path, {"a.txt": b""}))


def test_a_member_twice_or_locked_is_refused(members: dict[str, bytes], tmp_path: Path) -> None:
    path = written(tmp_path, members)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("places.csv", b"other")
    with pytest.raises(PackError, match=r"it has places\.csv twice"):
        read_pack(path)
    content = bytearray(written(tmp_path, members).read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(PackError, match="it is locked with a password"):
        read_pack(path)


def test_a_damaged_member_is_refused(members: dict[str, bytes], tmp_path: Path) -> None:
    path = written(tmp_path, members)
    content = bytearray(path.read_bytes())
    at = content.index(b"places.csv") + len("places.csv")
    content[at + 40 : at + 60] = bytes(20)
    path.write_bytes(content)
    with pytest.raises(PackError, match=r"places\.csv is damaged"):
        read_places(path)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"format": 2}, "the format of the pack is 2; this willay reads 1"),
        ({"country": {"code": "QQ", "names": {}}}, "Unknown country 'QQ'"),
        ({"country": {"code": "Myanmar", "names": {}}}, "code must be the two letters of a country"),
        ({"country": {"code": "MM", "names": "Myanmar"}}, "names must be a table"),
        ({"country": {"code": "MM", "names": {"en": "a\x1b[2J"}}}, "names must be a text .* on one line"),
        ({"country": {"code": "MM", "names": {"en": "x" * 1001}}}, "names must be a text of at most 1,000"),
        ({"country": {"code": "MM", "names": {}, "digits": [4, 2]}}, "digits must be rising numbers"),
        ({"level": []}, "level must be one or more levels"),
        ({"level": [{"number": 4, "word": {"en": ["a", "b"]}}]}, r"level\.number must be 1, 2 or 3"),
        ({"level": [{"number": 1, "word": {"en": ["a"]}}]}, r"level\.word must be two words"),
        ({"level": [{"number": 1, "word": {"es": ["a", "b"]}}]}, r"level\.word\.en must be two words"),
        ({"level": [{"number": 1, "word": {"en": ["a", "b"]}, "dated": "2023"}]}, "dated must be a day"),
        ({"level": [{"number": 1, "word": {"en": ["a", "b"]}, "sha256": "x"}]}, "sha256 must be 64 hexadecimal"),
        ({"places": {"licence": "\u202eevil"}}, "licence must be a text"),
    ],
)
def test_facts_that_are_wrong_are_refused_with_what_is_expected(
    changes: dict[str, Any], told: str, members: dict[str, bytes], tmp_path: Path
) -> None:
    path = written(tmp_path, with_facts(members, **changes))
    with pytest.raises(PackError, match=told):
        read_facts(path)


@pytest.mark.parametrize(
    ("member", "content", "told"),
    [
        ("adm1.geojson", '{"type":"FeatureCollection","features":[]}', "it has no units, one a line"),
        ("adm1.geojson", '{"type":"Feature","geometry":null,"properties":{"code":"A"}}', "needs a polygon in degrees"),
        ("adm1.geojson", "POINT", "needs a polygon in degrees"),
        ("adm1.geojson", "FAR", "needs a polygon in degrees"),
        ("adm1.geojson", "NO CODE", "a unit needs code and name"),
        ("adm1.geojson", "TWICE", "several units have the code A"),
        ("adm1.geojson", "ORPHAN", "units lie in Z, which no unit of a level above is"),
        ("adm1.geojson", "ESCAPE", "name must be a text of at most 1,000 letters on one line"),
        ("places.csv", "id,name\n", "its first line must be: id,name,lon,lat"),
        ("places.csv", "HEAD1,a,x,20,,,\n", "lon, lat and population must be numbers"),
        ("places.csv", "HEAD1,a,nan,20,,,\n", "lon and lat must be degrees"),
        ("places.csv", "HEAD1,a,95,20,,-3,\n", "lon and lat must be degrees, population people"),
        ("places.csv", "HEAD1,a,95\n", "a row must have 7 cells"),
        ("places.csv", "HEAD,a,95,20,,,\n", "a place needs id and name"),
        ("places.csv", "HEAD1,a\x1b,95,20,,,\n", "name must be on one line"),
        ("populations.csv", "admin_code,year,people\nA,x,1\n", "year and people must be whole numbers"),
        ("populations.csv", "admin_code,year,people\nA,2020,1e9\n", "year and people must be whole numbers"),
    ],
)
def test_members_that_are_wrong_are_refused_with_their_line(
    member: str, content: str, told: str, members: dict[str, bytes], tmp_path: Path
) -> None:
    levels = document(members)["level"][: 1 if member == "adm1.geojson" else 2]
    path = written(tmp_path, {**with_facts(members, level=levels), member: made_up(content)})
    with pytest.raises(PackError, match=told):
        read_pack(path)


SQUARE = [[[0, 0], [1, 0], [1, 1], [0, 0]]]


def made_up(content: str) -> bytes:
    unit = {"code": "A", "name": "A"}
    features: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {
        "POINT": [({"type": "Point", "coordinates": [0, 0]}, unit)],
        "FAR": [({"type": "Polygon", "coordinates": [[[0, 0], [999, 0], [1, 1], [0, 0]]]}, unit)],
        "NO CODE": [({"type": "Polygon", "coordinates": SQUARE}, {"name": "A"})],
        "TWICE": [({"type": "Polygon", "coordinates": SQUARE}, unit)] * 2,
        "ORPHAN": [({"type": "Polygon", "coordinates": SQUARE}, {**unit, "parent": "Z"})],
        "ESCAPE": [({"type": "Polygon", "coordinates": SQUARE}, {**unit, "name": "\x1b]0;x\x07"})],
    }
    if content in features:
        rows = [
            json.dumps({"type": "Feature", "geometry": shape, "properties": properties}, separators=(",", ":"))
            for shape, properties in features[content]
        ]
        return "\n".join(rows).encode()
    return content.replace("HEAD", "id,name,lon,lat,admin_code,population,alternates\n").encode()


def test_facts_go_into_json_and_back(members: dict[str, bytes], tmp_path: Path) -> None:
    facts = read_facts(written(tmp_path, members))
    assert facts_of(json.loads(json.dumps(facts_document(facts))), "x") == facts


def test_a_pack_is_copied_whole_and_never_over_another(members: dict[str, bytes], tmp_path: Path) -> None:
    opened = open_pack_file(written(tmp_path, members))
    assert opened.place(tmp_path / "y.pack")
    assert not opened.place(tmp_path / "y.pack")  # it is there already
    (tmp_path / "y.pack").write_bytes(b"another")
    with pytest.raises(FileInTheWayError, match="already exists"):
        opened.place(tmp_path / "y.pack")
    assert opened.place(tmp_path / "y.pack", replace=True)


def test_the_file_of_a_folder_is_what_would_be_made_of_it(members: dict[str, bytes], tmp_path: Path) -> None:
    opened = open_pack_file(unpacked(tmp_path / "mm", members))
    assert (opened.name, opened.content) == ("mm.pack", archive_of(members))


def test_members_of_other_names_are_left_alone(members: dict[str, bytes], tmp_path: Path) -> None:
    pack = Container(written(tmp_path, {**members, "adm4.geojson": b"x"}))
    assert "adm4.geojson" not in pack
    with pytest.raises(PackError, match=r"it lacks adm4\.geojson"):
        pack.member("adm4.geojson")
