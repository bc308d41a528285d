"""A database kept by the policy of a plug-in; and what it shows and refuses where the plug-in is not installed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from willay.events.model.drafts import Bundle, draft
from willay.events.model.errors import MissingPolicyError, QueryError, RefusedError
from willay.events.model.figure_policies import FigurePolicy, Rule, check_policy
from willay.events.model.policy import Claim, figures
from willay.events.model.values import Count
from willay.events.store import Store
from willay.geo.errors import PluginError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from plugged import Example

REFERENCE = "willay-example:first-listed@1"
TWO_VOICES: dict[str, Any] = {
    "sources": [
        {"key": "daily", "kind": "press", "publisher": "Daily", "published_on": "2021-03-08"},
        {"key": "court", "kind": "court", "publisher": "Court", "published_on": "2022-01-01"},
    ],
    "incidents": [
        {
            "key": "march", "title": "March", "type": "protest", "days": "2021-03-08", "status": "published",
            "claims": [
                {"measure": "killed", "best": 7, "source": "daily"},
                {"measure": "killed", "best": 3, "source": "court"},
                {"measure": "injured", "best": 9, "source": "court"},
            ],
        },
    ],
}  # fmt: skip


@pytest.fixture
def kept(example: Example, make_store: Callable[..., Store]) -> Store:  # noqa: ARG001 — it is installed
    """A database by the policy `first-listed`, with an incident of which the daily says 7 and the court 3."""
    store = make_store(policy="first-listed", country="PE")
    store.write.add(draft(Bundle, TWO_VOICES), author="ana")
    return store


def killed(store: Store, **options: Any) -> int:
    return int(store.read.select(profile=None, **options)["killed_best"].iloc[0])


def test_a_database_records_the_package_the_name_and_the_version(kept: Store) -> None:
    assert kept.policy == REFERENCE
    assert killed(kept) == 7
    assert killed(kept, policy="ranked-source") == 3
    assert kept.file.check() == ()


def test_a_frame_states_the_policy_its_words_and_the_plug_in(kept: Store) -> None:
    origin = kept.read.select(profile=None).attrs
    assert (origin["policy"], origin["policy_version"]) == (REFERENCE, "1")
    assert origin["policy_labels"] == {"en": "first listed", "es": "la primera anotada"}
    assert origin["plugins"] == [
        {"kind": "policies", "name": "first-listed", "distribution": "willay-example", "version": "1.0"}
    ]
    own = kept.read.select(policy="median", profile=None).attrs
    assert "plugins" not in own
    assert own["policy_version"] == 4


def test_without_the_package_the_stored_figures_are_shown(kept: Store, example: Example) -> None:
    before = kept.read.select(profile=None)
    example.remove()
    with Store.open(kept.path) as store:
        assert store.policy == REFERENCE
        frame = store.read.select(profile=None)
        figure_columns = [name for name in frame.columns if name.startswith(("killed", "injured"))]
        assert frame[figure_columns].equals(before[figure_columns])
        origin = frame.attrs
        assert (origin["policy"], origin["policy_version"]) == (REFERENCE, "1")
        assert "plugins" not in origin
        figures_shown = json.loads(frame["details"].iloc[0])["figures"]
        assert figures_shown["killed"] == {"best": 7, "high": 7, "low": 3, "source": "daily", "voices": 2}
        assert figures_shown["injured"]["basis"] == "total"  # one voice, which every policy gives alike
        assert killed(store, policy="ranked-source") == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.write.edit("march", {"type": "arrest"}, author="ana", reason="x"),
        lambda store: store.write.add(draft(Bundle, {"incidents": [{"title": "x", "type": "arrest"}]}), author="ana"),
        lambda store: store.read.select(policy="willay-example:other@1", profile=None),
    ],
)
def test_without_the_package_nothing_is_derived(
    kept: Store, example: Example, change: Callable[[Store], object]
) -> None:
    example.remove()
    with Store.open(kept.path) as store:
        head = store.file.head()
        with pytest.raises(MissingPolicyError, match="Install the package willay-example") as raised:
            change(store)
        assert raised.value.package == "willay-example"
        assert store.file.head() == head


def test_the_check_names_the_package_and_does_not_send_to_a_backup(kept: Store, example: Example) -> None:
    example.remove()
    with Store.open(kept.path) as store:
        (problem,) = store.file.check()
    assert (problem.severity, problem.where) == ("note", "figure policy")
    assert "willay-example" in problem.message
    assert "backup" not in problem.message


def test_turned_off_is_said_to_be_turned_off(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WILLAY_PLUGINS", "off")
    assert killed(kept) == 7
    with pytest.raises(MissingPolicyError, match="Plug-ins are turned off: WILLAY_PLUGINS=off"):
        kept.write.edit("march", {"type": "arrest"}, author="ana", reason="x")


def with_version(example: Example, text: str) -> None:
    """Change the version that the policy has in its module, and have it loaded again."""
    import sys  # noqa: PLC0415 — for these tests

    file = example.package / "policies.py"
    file.write_text(file.read_text("utf-8").replace('version="1"', f'version="{text}"'), "utf-8")
    sys.modules.pop("willay_example.policies", None)


def test_another_version_of_the_policy_is_not_the_same_policy(kept: Store, example: Example) -> None:
    with_version(example, "2")
    assert killed(kept) == 7
    with pytest.raises(MissingPolicyError, match=r"willay-example 1\.0 has version 2 of it"):
        kept.write.edit("march", {"type": "arrest"}, author="ana", reason="x")
    assert kept.file.set_policy("first-listed", author="ana", reason="the new version")
    assert kept.policy == "willay-example:first-listed@2"
    assert kept.file.check() == ()


def test_a_database_without_the_package_goes_on_by_another_policy(kept: Store, example: Example) -> None:
    example.remove()
    with Store.open(kept.path) as store:
        assert store.file.set_policy("ranked-source", author="ana", reason="the package is gone")
        assert not store.file.set_policy("ranked-source", author="ana", reason="again")
        assert (store.policy, killed(store)) == ("ranked-source", 3)
        assert store.file.check() == ()
    with Store.open(kept.path) as again:
        assert (again.policy, killed(again)) == ("ranked-source", 3)
    with pytest.raises(RefusedError, match="reason"):
        kept.file.set_policy("median", author="ana", reason="")


def test_figures_that_a_changed_package_gives_otherwise_are_found(kept: Store, example: Example) -> None:
    import sys  # noqa: PLC0415 — for this test

    file = example.package / "policies.py"
    file.write_text(file.read_text("utf-8").replace("return min(", "return max("), "utf-8")
    sys.modules.pop("willay_example.policies", None)
    (problem,) = kept.file.check()
    assert (problem.severity, problem.where) == ("error", "PE-2021-0001")
    assert "was changed without a new version" in problem.message
    assert "backup" not in problem.message


def test_a_damaged_row_is_still_found(kept: Store, example: Example) -> None:
    example.remove()
    with Store.open(kept.path) as store:
        with store._opened.session.writing() as connection:
            connection.exec_driver_sql("UPDATE incident SET type = 'arrest'")
        assert [one.severity for one in store.file.check()] == ["note", "error"]


@pytest.mark.parametrize(
    ("body", "told"), [("return None", "did not choose"), ("raise KeyError(1)", "failed .KeyError")]
)
def test_a_policy_that_does_not_choose_is_named(example: Example, body: str, told: str) -> None:
    file = example.package / "policies.py"
    text = file.read_text("utf-8").replace("return min(voices, key=lambda voice: voice.position)", body)
    file.write_text(text, "utf-8")
    claims = [Claim("killed", "all", Count(best=number), f"source-{number}", position=number) for number in (1, 2)]
    with pytest.raises(PluginError, match=rf"first-listed.*willay-example 1\.0 {told}"):
        figures(claims, "first-listed")


@pytest.mark.usefixtures("example")
def test_a_name_of_ours_is_not_taken() -> None:
    assert not isinstance(check_policy("median"), Rule)
    with pytest.raises(QueryError, match="Unknown policy 'willay-example:median'"):
        check_policy("willay-example:median")


@pytest.mark.usefixtures("example")
def test_an_unknown_policy_is_told_with_those_of_plug_ins() -> None:
    with pytest.raises(QueryError, match="maximum, broken, first-listed"):
        check_policy("near-one")


def test_a_function_is_a_policy_that_no_database_records(make_store: Callable[..., Store], tmp_path: Path) -> None:
    store = make_store(country="PE")
    store.write.add(draft(Bundle, TWO_VOICES), author="ana")

    def largest(voices: Any) -> Any:
        return max(voices, key=lambda voice: voice.count.best)

    frame = store.read.select(policy=largest, profile=None)
    assert frame["killed_best"].iloc[0] == 7
    assert frame.attrs["policy"] == "own:largest"
    assert frame.attrs["policy_labels"]["es"] == "regla propia: largest"
    assert "policy_version" not in frame.attrs
    with pytest.raises(RefusedError, match="Make a plug-in of it"):
        Store.create(tmp_path / "own.gpkg", country="PE", policy=largest)
    with pytest.raises(QueryError, match="must return one of the voices"):
        store.read.select(policy=lambda voices: None, profile=None)  # noqa: ARG005 — a rule that chooses nobody


@pytest.mark.parametrize(
    "wrong", [{"name": "a b"}, {"version": ""}, {"version": "1@2"}, {"labels": {"en": "x"}}, {"name": "a:b"}]
)
def test_a_policy_that_could_not_be_recorded_is_not_made(wrong: dict[str, Any]) -> None:
    given = {"name": "x", "version": "1", "labels": {"en": "x", "es": "x"}, "choose": min} | wrong
    with pytest.raises(ValueError, match="figure policy"):
        FigurePolicy(**given)
