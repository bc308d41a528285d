"""Checks of plug-ins are given a copy of the incident, and what they find has their name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from willay.events.model.errors import PluginWarning
from willay.events.model.incident_checks import Checks, Finding

if TYPE_CHECKING:
    from plugged import Example

CLEARING = """
from willay.events.extensions import Finding, IncidentCheck


def find(incident):
    incident["claims"].clear()
    incident.clear()
    return [Finding("claims", "x" * 1000)]


weekend = IncidentCheck("weekend", find)
"""


def test_an_incident_stays_as_it_was_whatever_a_check_does_with_it(example: Example) -> None:
    (example.package / "checks.py").write_text(CLEARING)
    incident = {"title": {"en": "March"}, "claims": [{"measure": "killed"}]}
    (found,) = Checks.installed().of(incident)
    assert incident == {"title": {"en": "March"}, "claims": [{"measure": "killed"}]}
    assert found == Finding("claims", f"{'x' * 300} (check weekend of willay-example)")


def test_a_check_that_cannot_be_loaded_is_left_out_with_a_warning(example: Example) -> None:
    (example.package / "checks.py").write_text("weekend = 3\n")
    with pytest.warns(PluginWarning, match=r"weekend.*must be a willay\.events\.model\.incident_checks\.IncidentCheck"):
        assert not Checks.installed()


def test_without_plug_ins_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WILLAY_PLUGINS", "off")
    assert Checks.installed().of({"days": "2021-03-07"}) == []
