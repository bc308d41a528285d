"""Another database of ours, imported: nothing is lost, nothing here is replaced, and the other file stays as it is."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from store_examples import DOCUMENT, SURVEY, Counted, Ticking, a_file, filled_file, survey

from willay.data.codebook import codebook
from willay.events.database_import import another_database
from willay.events.exchange.incoming import guess_format, open_reading
from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle
from willay.events.model.errors import DatabaseError, RefusedError
from willay.events.store import DatasetTerms, Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from willay.events.database_import import AnotherDatabase, Carried
    from willay.events.model.foreign import Outcome

SCHEMAS = Path(__file__).parent / "schemas"
EVERY = IncidentQuery(statuses=codebook().statuses.codes())


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A database that has something in every table."""
    return filled_file(tmp_path)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Store]:
    """A new database, in which one person is enough."""
    with Store.create(
        tmp_path / "here.gpkg", country="PE", review="one-person", clock=Ticking(), entropy=Counted()
    ) as store:
        yield store


def imported(store: Store, path: Path) -> tuple[list[Outcome], Carried, AnotherDatabase]:
    done: list[Outcome] = []
    with another_database(path, store) as another:
        reading = another.reading(author="luz", reason="from the other")
        for batch in reading.batches:
            outcomes = store.write.import_rows(batch, reading.terms, author="luz", reason="from the other")
            another.heard(batch, outcomes)
            done += outcomes
        return done, another.carry_over(author="luz", reason="from the other"), another


def drafts(store: Store) -> dict[str, dict[str, Any]]:
    codes = [code for page in store.read.pages(EVERY, profile=None, details=False) for code in page.of("code")]
    return {code: store.read.draft(code).draft.model_dump(mode="json", exclude_none=True) for code in codes}


def registers(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return all that is registered besides incidents."""
    kept = store.registers
    lists = {"sources": kept.sources(), "actors": kept.actors(), "cases": kept.cases(), "indicators": kept.indicators()}
    found = {name: [one.model_dump(mode="json") for one in listed] for name, listed in lists.items()}
    own = [row for row in kept.datasets().to_dict("records") if row["name"] != "willay"]
    return {**found, "datasets": own}


def counts(store: Store) -> dict[str, int]:
    """Return how many there are of each; the history before is in the file that it was written in."""
    return {name: number for name, number in store.read.count().items() if name != "revision"}


def contents(path: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(path)) as file:
        return dict(file.execute("SELECT sha256, content FROM attachment_content"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_all_that_a_database_holds_comes_in(other: Path, here: Store) -> None:
    outcomes, carried, another = imported(here, other)
    assert {outcome.ending for outcome in outcomes} == {"accepted"}
    with Store.open(shutil.copy(other, other.with_name("copy.gpkg"))) as there:
        assert drafts(here) == drafts(there)
        assert registers(here) == registers(there)
        assert counts(here) == counts(there)
        assert len(outcomes) == len(drafts(there))
    assert contents(here.path) == contents(other)
    assert (carried.indicators, carried.contents, another.regions) == (1, 2, ["zones", "units"])
    assert here.file.check() == ()


def test_importing_it_again_changes_nothing(other: Path, here: Store) -> None:
    imported(here, other)
    before = (drafts(here), registers(here), here.read.count())
    outcomes, carried, another = imported(here, other)
    assert {outcome.ending for outcome in outcomes} == {"unchanged"}
    assert (carried.indicators, carried.contents, another.regions) == (0, 0, [])
    assert (drafts(here), registers(here), here.read.count()) == before


def test_the_other_file_is_not_changed_and_nothing_is_left_next_to_it(other: Path, here: Store) -> None:
    before = digest(other)
    imported(here, other)
    assert digest(other) == before
    assert [path.name for path in other.parent.glob("filled*")] == ["filled.gpkg"]


def test_where_two_people_are_needed_what_one_alone_published_waits_for_the_second(tmp_path: Path) -> None:
    alone = tmp_path / "alone.gpkg"
    with Store.create(alone, country="PE", review="one-person", clock=Ticking(), entropy=Counted()) as there:
        there.write.add(Bundle.model_validate(DOCUMENT | {"indicators": []}), author="ana")
    with Store.create(
        tmp_path / "two.gpkg", country="PE", review="two-people", clock=Ticking(), entropy=Counted()
    ) as store:
        outcomes, _, _ = imported(store, alone)
        assert "published" not in {one["status"] for one in drafts(store).values()}
        assert [flag.value for outcome in outcomes for flag in outcome.flags if flag.field == "status"] == ["published"]


def test_what_a_second_person_approved_there_stays_published(other: Path, tmp_path: Path) -> None:
    with Store.create(
        tmp_path / "two.gpkg", country="PE", review="two-people", clock=Ticking(), entropy=Counted()
    ) as store:
        imported(store, other)
        assert drafts(store)["PE-2012-0001"]["status"] == "published"


def test_levels_and_terms_only_become_stricter(other: Path, here: Store) -> None:
    imported(here, other)
    with Store.open(other) as there:
        there.registers.edit("actor", "guard", {"sensitivity": "public"}, author="ana", reason="no longer")
        there.registers.edit("source", "daily", {"sensitivity": "confidential"}, author="ana", reason="a witness")
        there.registers.describe_dataset(DatasetTerms("survey", may_publish=False), author="ana", reason="asked for it")
    imported(here, other)
    levels = {one.key: one.sensitivity for one in (*here.registers.actors(), *here.registers.sources())}
    assert (levels["guard"], levels["daily"]) == ("restricted", "confidential")
    assert {row["name"]: row["may_publish"] for row in registers(here)["datasets"]}["survey"] is False


def test_a_content_that_was_erased_here_stays_erased(other: Path, here: Store) -> None:
    imported(here, other)
    bridge = a_file().draft.sha256
    here.attachments.erase(bridge, author="luz", reason="asked for it")
    _, carried, _ = imported(here, other)
    assert (carried.contents, carried.erased) == (0, 1)
    assert bridge not in contents(here.path)


def test_an_indicator_that_differs_here_stays_and_is_named(other: Path, here: Store) -> None:
    imported(here, other)
    (one,) = here.registers.indicators()
    here.registers.edit("indicator", str(one.key), {"value": 7}, author="luz", reason="own count")
    _, carried, _ = imported(here, other)
    assert carried.differing == (one.key,)
    assert [each.value for each in here.registers.indicators()] == [7]


@pytest.mark.parametrize("version", [4, 5, 6])
def test_a_file_of_an_earlier_schema_is_read_and_stays_as_it_is(tmp_path: Path, here: Store, version: int) -> None:
    old = tmp_path / "old.gpkg"
    with closing(sqlite3.connect(old)) as made:
        made.executescript((SCHEMAS / f"filled-{version}.sql").read_text("utf-8"))
    before = digest(old)
    assert guess_format(old) == "database"
    outcomes, _, _ = imported(here, old)
    assert {outcome.ending for outcome in outcomes} == {"accepted"}
    assert digest(old) == before
    assert [path.name for path in tmp_path.glob("old*")] == ["old.gpkg"]


def test_a_file_of_a_newer_schema_is_refused_by_its_own_name(other: Path, here: Store) -> None:
    with closing(sqlite3.connect(other)) as file, file:
        file.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    told = rf"^{other} was made by a newer willay \(schema 99"
    with pytest.raises(DatabaseError, match=told), another_database(other, here):
        pass


def test_the_database_itself_and_what_is_none_are_refused(here: Store, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="is the database itself"), another_database(here.path, here):
        pass
    (tmp_path / "text.gpkg").write_text("no database", "utf-8")
    with pytest.raises(DatabaseError, match="is not a willay database"), another_database(tmp_path / "text.gpkg", here):
        pass


def test_an_encrypted_file_is_refused_with_the_way_to_open_it(tmp_path: Path) -> None:
    (tmp_path / "x.age").write_bytes(b"age-encryption.org/v1\n")
    with pytest.raises(RefusedError, match=r"willay restore x\.age --db other\.gpkg"):
        guess_format(tmp_path / "x.age")


def test_python_is_told_where_a_database_is_opened(other: Path) -> None:
    with pytest.raises(RefusedError, match="another_database"):
        open_reading(other, guess_format(other))
    with pytest.raises(RefusedError, match="--input-format database"):
        open_reading(other, "gis")


def surveyed(path: Path, *numbers: int) -> Store:
    entropy = Counted()
    entropy.calls = 1_000  # other ids than those of `here`
    store = Store.create(path, country="PE", review="one-person", clock=Ticking(), entropy=entropy)
    store.write.import_rows(survey(*numbers), SURVEY, author="ana", reason="survey")
    return store


def titles(store: Store) -> list[str]:
    return sorted(str(draft["title"]["en"]) for draft in drafts(store).values())


def test_what_both_have_from_one_dataset_is_not_there_twice(tmp_path: Path, here: Store) -> None:
    here.write.import_rows(survey(1, 2), SURVEY, author="luz", reason="survey")
    with surveyed(tmp_path / "other.gpkg", 2, 3) as there:
        there.write.edit("PE-2012-0001", {"title": {"en": "Corrected"}}, author="ana", reason="better")
    outcomes, _, _ = imported(here, tmp_path / "other.gpkg")
    assert sorted(outcome.ending for outcome in outcomes) == ["accepted", "updated"]
    assert titles(here) == ["A clash 1", "A clash 3", "Corrected"]
    again, _, _ = imported(here, tmp_path / "other.gpkg")
    assert {outcome.ending for outcome in again} == {"unchanged"}
    assert here.file.check() == ()


def test_rows_of_a_dataset_that_came_by_another_database_are_known_when_it_is_imported(
    tmp_path: Path, here: Store
) -> None:
    surveyed(tmp_path / "other.gpkg", 1, 2).close()
    imported(here, tmp_path / "other.gpkg")
    same = here.write.import_rows(survey(1, 2), SURVEY, author="luz", reason="survey")
    assert {outcome.ending for outcome in same} == {"unchanged"}
    later = here.write.import_rows(survey(1, 2, words="A fight"), SURVEY, author="luz", reason="survey")
    assert {outcome.ending for outcome in later} == {"updated"}
    assert titles(here) == ["A fight 1", "A fight 2"]
    assert here.file.check() == ()
