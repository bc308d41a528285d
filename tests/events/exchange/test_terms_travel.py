"""What protects rows goes with them: into every format, out of it again, and never gets looser on the way."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow.parquet as pq
import pyogrio
import pytest
from terms_examples import (
    EVERYTHING,
    FILES,
    IDS,
    LEVELS,
    SECRETS,
    SENSITIVE,
    acled_file,
    exported,
    new_store,
    public_text,
    store_of,
    taken_in,
    terms_in,
    ucdp_file,
)

from willay.data.profiles import profile
from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.exchange.outgoing import WritingOptions, write
from willay.events.frame.columns import TERMS
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from willay.events.store import Store

each_file = pytest.mark.parametrize(("name", "flat"), FILES, ids=IDS)
public = profile("public")


@pytest.fixture(scope="module")
def borrowed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database with two events whose rows may not be passed on, and two whose rows may."""
    folder = tmp_path_factory.mktemp("borrowed")
    with store_of(folder / "a.gpkg", acled_file(folder), ucdp_file(folder), version="25.1") as store:
        yield store


@pytest.fixture(scope="module")
def credited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database with events that may be passed on with a credit."""
    folder = tmp_path_factory.mktemp("credited")
    with store_of(folder / "a.gpkg", ucdp_file(folder), version="25.1") as store:
        yield store


@pytest.fixture(scope="module")
def sensitive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database with incidents that are sensitive in every way."""
    with store_of(tmp_path_factory.mktemp("sensitive") / "a.gpkg", bundle=SENSITIVE) as store:
        yield store


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Make new databases."""
    made: list[Store] = []

    def make() -> Store:
        made.append(new_store(tmp_path / f"fresh-{len(made)}.gpkg"))
        return made[-1]

    yield make
    for store in made:
        store.close()


def refused(store: Store, folder: Path) -> str:
    """Return why an export for others is refused."""
    with pytest.raises(RefusedError, match="do not allow passing on") as stopped:
        write(store.read.pages(EVERYTHING, profile=public), folder / "leak.csv")
    assert not (folder / "leak.csv").exists()
    return str(stopped.value)


def test_such_rows_are_refused_before_any_round_trip(borrowed: Store, tmp_path: Path) -> None:
    assert "2 of acled" in refused(borrowed, tmp_path)


@each_file
def test_rows_that_may_not_be_passed_on_are_refused_after_a_round_trip_too(
    borrowed: Store, fresh: Callable[[], Store], tmp_path: Path, name: str, *, flat: bool
) -> None:
    copy = fresh()
    taken_in(copy, exported(borrowed, tmp_path / "x", name, flat=flat, own_use=True))
    assert "2 of acled" in refused(copy, tmp_path)
    assert terms_in(copy)["acled"] == terms_in(borrowed)["acled"]
    assert terms_in(copy)["ucdp-ged"] == terms_in(borrowed)["ucdp-ged"]


@each_file
def test_licence_credit_and_version_are_those_of_each_row_after_a_round_trip(
    credited: Store, fresh: Callable[[], Store], tmp_path: Path, name: str, *, flat: bool
) -> None:
    copy = fresh()
    taken_in(copy, exported(credited, tmp_path / "x", name, flat=flat, seen="public"))
    columns = ["dataset", "dataset_version", "licence", "attribution", "may_publish"]
    before, after = (store.read.select(EVERYTHING, profile=None)[columns] for store in (credited, copy))
    assert len(after) == len(before) == 2
    assert after.drop_duplicates().to_dict("records") == before.drop_duplicates().to_dict("records")
    assert after["licence"].tolist() == ["CC-BY-4.0"] * 2
    assert write(copy.read.pages(EVERYTHING, profile=public), tmp_path / "passed-on.csv").rows == 2


@each_file
def test_what_is_sensitive_stays_so_after_a_round_trip(
    sensitive: Store, fresh: Callable[[], Store], tmp_path: Path, name: str, *, flat: bool
) -> None:
    whole = exported(sensitive, tmp_path / "x", name, flat=flat)
    copy = fresh()
    outcomes = taken_in(copy, whole)
    assert len([one for one in outcomes if one.ending == "accepted"]) == len(LEVELS)
    told = public_text(copy, tmp_path)
    assert [secret for secret in SECRETS.values() if secret in told] == []
    assert "Pueblo 1" in told
    assert sorted(map(str, copy.read.select(EVERYTHING, profile=None)["sensitivity"])) == sorted(
        str(level) if level else "nan" for level in LEVELS.values()
    )


@pytest.mark.parametrize("name", [name for name, flat in FILES if flat])
def test_parts_keep_their_own_levels_where_nothing_is_lost(
    sensitive: Store, fresh: Callable[[], Store], tmp_path: Path, name: str
) -> None:
    copy = fresh()
    taken_in(copy, exported(sensitive, tmp_path / "x", name))
    for key in LEVELS:
        assert copy.read.draft(key).draft == sensitive.read.draft(key).draft
    for kind in ("sources", "actors"):
        assert getattr(copy.registers, kind)() == getattr(sensitive.registers, kind)()


CHAINS = [
    ("geojson", "csv", "geoparquet"),
    ("csv", "csv", "csv"),
    ("xlsx", "geojson", "kml"),
    ("geopackage", "flatgeobuf", "ndjson"),
    ("geoparquet", "acled", "shapefile"),
    ("kml", "ucdp", "geopackage"),
    ("shapefile", "hxl", "xlsx"),
]


@pytest.mark.parametrize("chain", CHAINS, ids="-".join)
def test_nor_after_many_round_trips_through_several_formats(
    borrowed: Store, sensitive: Store, fresh: Callable[[], Store], tmp_path: Path, chain: tuple[str, ...]
) -> None:
    theirs, ours = borrowed, sensitive
    for number, name in enumerate(chain):
        copies = fresh(), fresh()
        taken_in(copies[0], exported(theirs, tmp_path / f"theirs-{number}", name, own_use=True))
        taken_in(copies[1], exported(ours, tmp_path / f"ours-{number}", name, own_use=True))
        theirs, ours = copies
    assert "2 of acled" in refused(theirs, tmp_path)
    told = public_text(ours, tmp_path)
    assert [secret for secret in SECRETS.values() if secret in told] == []


@each_file
def test_what_a_partner_gets_says_how_far_it_may_go(
    sensitive: Store, fresh: Callable[[], Store], tmp_path: Path, name: str, *, flat: bool
) -> None:
    """A partner sees what is restricted as it is, and must not pass it on so."""
    copy = fresh()
    taken_in(copy, exported(sensitive, tmp_path / "x", name, flat=flat, seen="partner"))
    own = copy.read.select(EVERYTHING, profile=None)
    assert "Caserio Escondido" in own["place_name"].tolist()
    assert own["sensitivity"].dropna().tolist() == ["restricted"] * 2
    told = public_text(copy, tmp_path)
    assert [secret for secret in SECRETS.values() if secret in told] == []


@each_file
def test_what_the_public_gets_names_no_level(sensitive: Store, tmp_path: Path, name: str, *, flat: bool) -> None:
    path = exported(sensitive, tmp_path / "x", name, flat=flat, seen="public")
    assert not any(level in path.read_bytes() for level in (b"restricted", b"confidential"))


def rows_of(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rewritten(path: Path, rows: list[dict[str, Any]], *, delimiter: str = ",") -> Path:
    made = path.with_name("rewritten.csv")
    with made.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0], delimiter=delimiter)
        table.writeheader()
        table.writerows(rows)
    return made


def test_a_workbook_saved_as_a_table_by_a_spanish_spreadsheet_protects_its_rows(
    borrowed: Store, sensitive: Store, fresh: Callable[[], Store], tmp_path: Path
) -> None:
    """Such a program writes truth as a word, and semicolons between cells; openpyxl reads what it would show."""
    for store, number in ((borrowed, 0), (sensitive, 1)):
        book = openpyxl.load_workbook(exported(store, tmp_path / f"x{number}", "xlsx", own_use=True))
        head, *body = book["incidents"].values
        rows = [{name: in_spanish(cell) for name, cell in zip(head, row, strict=True)} for row in body]
        copy = fresh()
        taken_in(copy, rewritten(tmp_path / f"x{number}" / "a", rows, delimiter=";"))
        if store is borrowed:
            assert "2 of acled" in refused(copy, tmp_path)
        told = public_text(copy, tmp_path)
        assert [secret for secret in SECRETS.values() if secret in told] == []


def in_spanish(cell: Any) -> Any:
    return cell if not isinstance(cell, bool) else "VERDADERO" if cell else "FALSO"


SPANISH = {
    "dataset": "Conjunto de datos", "licence": "Licencia", "attribution": "Créditos",
    "may_publish": "Se puede publicar", "sensitivity": "Confidencialidad",
}  # fmt: skip


def test_columns_with_other_names_protect_too(
    borrowed: Store, sensitive: Store, fresh: Callable[[], Store], tmp_path: Path
) -> None:
    rows = rows_of(exported(borrowed, tmp_path / "x", "csv", own_use=True))
    renamed = [{SPANISH.get(name, name): cell for name, cell in row.items()} for row in rows]
    copy = fresh()
    taken_in(copy, rewritten(tmp_path / "a", renamed))
    assert terms_in(copy)["acled"] == terms_in(borrowed)["acled"]
    rows = rows_of(exported(sensitive, tmp_path / "y", "csv"))
    renamed = [{SPANISH.get(name, name): cell for name, cell in row.items()} for row in rows]
    other = fresh()
    taken_in(other, rewritten(tmp_path / "a", renamed))
    assert [secret for secret in SECRETS.values() if secret in public_text(other, tmp_path)] == []


@pytest.mark.parametrize(
    ("lost", "barred"),
    [
        (("may_publish",), "2 of acled"),
        (("may_publish", "licence", "attribution"), "2 of acled"),  # its usual terms are known by its name
        (("dataset",), "of rewritten"),  # the rows are the file's own, and it says that they may not be passed on
        (("dataset", "licence", "attribution"), "of rewritten"),
    ],
)
def test_a_column_that_was_taken_out_does_not_free_the_rows(
    borrowed: Store, fresh: Callable[[], Store], tmp_path: Path, lost: tuple[str, ...], barred: str
) -> None:
    rows = rows_of(exported(borrowed, tmp_path / "x", "csv", own_use=True))
    copy = fresh()
    taken_in(copy, rewritten(tmp_path / "a", [{n: c for n, c in row.items() if n not in lost} for row in rows]))
    assert barred in refused(copy, tmp_path)


def test_a_word_that_nobody_understands_is_no(credited: Store, fresh: Callable[[], Store], tmp_path: Path) -> None:
    rows = rows_of(exported(credited, tmp_path / "x", "csv", seen="public"))
    copy = fresh()
    taken_in(copy, rewritten(tmp_path / "a", [{**row, "may_publish": "ask first"} for row in rows]))
    assert "of ucdp-ged" in refused(copy, tmp_path)


def test_a_selection_that_was_saved_by_another_program_protects_its_rows(
    borrowed: Store, fresh: Callable[[], Store], tmp_path: Path
) -> None:
    """As QGIS does with selected features: their columns and no more, no metadata, in another file."""
    path = exported(borrowed, tmp_path / "x", "geopackage", own_use=True)
    frame = pyogrio.read_dataframe(path, layer="incidents")
    theirs = frame[frame["dataset"] == "acled"]
    parts = {"whole.gpkg": theirs.head(1), "flat.gpkg": theirs.tail(1).drop(columns="willay")}
    for name, part in parts.items():
        pyogrio.write_dataframe(part, tmp_path / name)
        copy = fresh()
        taken_in(copy, tmp_path / name)
        assert "1 of acled" in refused(copy, tmp_path)
        assert terms_in(copy)["acled"] == terms_in(borrowed)["acled"]


def test_the_column_of_whole_incidents_alone_tells_the_terms(fresh: Callable[[], Store], tmp_path: Path) -> None:
    source = fresh()
    taken_in(source, acled_file(tmp_path), dataset="lent")  # a name that tells nothing
    table = pq.read_table(exported(source, tmp_path / "x", "geoparquet", own_use=True))
    kept = table.select(["code", "willay", "geometry"])
    pq.write_table(kept.replace_schema_metadata({b"geo": table.schema.metadata[b"geo"]}), tmp_path / "kept.parquet")
    copy = fresh()
    taken_in(copy, tmp_path / "kept.parquet")
    assert terms_in(copy)["lent"] == terms_in(source)["lent"]
    assert "2 of lent" in refused(copy, tmp_path)


def test_a_level_that_somebody_raised_in_a_gis_program_is_heard(
    sensitive: Store, fresh: Callable[[], Store], tmp_path: Path
) -> None:
    path = exported(sensitive, tmp_path / "x", "geopackage")
    frame = pyogrio.read_dataframe(path, layer="incidents")
    frame.loc[frame["key"] == "open-one", "sensitivity"] = "confidential"
    frame.loc[frame["key"] == "confidential-one", "sensitivity"] = None  # to lower one this way changes nothing
    pyogrio.write_dataframe(frame, tmp_path / "raised.gpkg", layer="incidents")
    copy = fresh()
    taken_in(copy, tmp_path / "raised.gpkg")
    levels = {key: copy.read.draft(key).draft.sensitivity for key in ("open-one", "confidential-one", "restricted-one")}
    assert levels == {"open-one": "confidential", "confidential-one": "confidential", "restricted-one": "restricted"}


def test_a_table_whose_marks_were_taken_out_is_known_again_where_it_came_from(
    borrowed: Store, sensitive: Store, fresh: Callable[[], Store], tmp_path: Path
) -> None:
    for store, number in ((borrowed, 0), (sensitive, 1)):
        rows = rows_of(exported(store, tmp_path / f"x{number}", "csv", own_use=True))
        bare = rewritten(tmp_path / "a", [{n: c for n, c in row.items() if n not in TERMS} for row in rows])
        home = fresh()
        taken_in(home, exported(store, tmp_path / f"y{number}", "geojson", own_use=True))
        taken_in(home, bare)
        assert len(home.read.select(EVERYTHING, profile=None)) == 2 * len(store.read.select(EVERYTHING, profile=None))
        if store is borrowed:
            assert "4 of acled" in refused(home, tmp_path)
        told = public_text(home, tmp_path)
        assert [secret for secret in SECRETS.values() if secret in told] == []


@pytest.mark.parametrize("name", ["own.kmz", "own.shp.zip", "own.json", "own.geojsons", "own.geoparquet"])
def test_other_endings_of_the_same_formats_protect_too(
    borrowed: Store, fresh: Callable[[], Store], tmp_path: Path, name: str
) -> None:
    shown = profile("internal")
    write(borrowed.read.pages(EVERYTHING, profile=shown), tmp_path / name, None, WritingOptions(own_use=True))
    copy = fresh()
    taken_in(copy, tmp_path / name)
    assert "2 of acled" in refused(copy, tmp_path)
    said = open_reading(tmp_path / name, guess_format(tmp_path / name), ReadingOptions(country="PE")).about
    assert said["for_own_use_only"] in {True, "true"}
    assert int(said["left_out"]) == 0
