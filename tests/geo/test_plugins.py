"""Plug-ins are found by their entry points, loaded when used, and named with their distribution where they fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugged import forget, info

from willay.geo.errors import PluginError
from willay.geo.plugins import KINDS, canonical_name, installed, names, plugin, plugins

if TYPE_CHECKING:
    from pathlib import Path

    from plugged import Example


@pytest.mark.usefixtures("example")
def test_every_kind_is_found_with_its_distribution_and_version() -> None:
    assert {one.kind for one in installed()} == set(KINDS)
    found = plugin("policies", "first-listed")
    assert found is not None
    assert (found.distribution, found.version, found.reference) == (
        "willay-example",
        "1.0",
        "willay-example:first-listed",
    )
    assert plugin("policies", "Willay_Example:first-listed") == found
    assert plugin("policies", "other:first-listed") is None
    assert "first-listed" in names("policies")


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("text", ["off", " OFF "])
def test_one_variable_turns_all_off(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("WILLAY_PLUGINS", text)
    assert plugin("policies", "first-listed") is None
    assert not any(plugins(kind) for kind in KINDS)
    assert {one.kind for one in installed()} == set(KINDS)


@pytest.mark.usefixtures("example")
def test_one_that_does_not_load_is_named_with_its_distribution_and_version() -> None:
    broken = plugin("policies", "broken")
    assert broken is not None
    with pytest.raises(PluginError, match=r"'broken' \(policies\) of willay-example 1\.0 cannot be loaded.*missing"):
        broken.load()


@pytest.mark.parametrize("line", ["raise SystemExit(3)", "1 / 0", "import nowhere_at_all"])
def test_whatever_its_code_raises_is_the_same_error(example: Example, line: str) -> None:
    (example.package / "missing.py").write_text(line + "\n")
    broken = plugin("policies", "broken")
    assert broken is not None
    with pytest.raises(PluginError, match=r"willay-example 1\.0 cannot be loaded \(\w+"):
        broken.load()


@pytest.mark.usefixtures("example")
def test_an_object_of_another_kind_is_refused() -> None:
    found = plugin("profiles", "ministry")
    assert found is not None
    with pytest.raises(PluginError, match=r"must be a builtins\.int, not a \w*Path"):
        found.load_as(int)


def test_a_name_that_two_distributions_have_is_asked_for_with_one_of_them(example: Example) -> None:
    info(example.site, "another", "2.0", {"willay.policies": {"first-listed": "willay_example.policies:first_listed"}})
    forget()
    with pytest.raises(PluginError, match="Name one of them: another:first-listed, willay-example:first-listed"):
        plugin("policies", "first-listed")
    found = plugin("policies", "another:first-listed")
    assert found is not None
    assert found.version == "2.0"


def test_groups_that_are_not_ours_are_left_alone(example: Example) -> None:
    info(example.site, "third", "1", {"willay.elsewhere": {"x": "a:b"}, "other.policies": {"y": "a:b"}})
    forget()
    assert "third" not in {one.distribution for one in installed()}


@pytest.mark.usefixtures("example")
def test_what_is_installed_later_is_found_where_the_path_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed()
    info(tmp_path, "late", "1", {"willay.profiles": {"late": "a:b"}})
    monkeypatch.syspath_prepend(tmp_path)
    assert plugin("profiles", "late") is not None


@pytest.mark.parametrize(
    ("given", "expected"), [("Friendly-Bard", "friendly-bard"), ("friendly._-bard", "friendly-bard")]
)
def test_names_of_distributions_are_compared_as_installers_do(given: str, expected: str) -> None:
    """The examples of packaging.python.org, "Name normalization"."""
    assert canonical_name(given) == expected
