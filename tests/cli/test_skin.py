"""The command line is a skin: each command makes one call of the library, and what else it does is words and screens.

The calls are read from the modules of the command line (`skin`), through all functions that a command reaches, so that
a call that is moved, made twice or replaced by logic of a command's own is found, whatever its options.
"""

from __future__ import annotations

import importlib
import inspect

import pytest
from skin import PARTS, calls_of
from tree import leaves

from willay.events.store.parts import attachments, file, read, regions, registers, review, undo, write

CALLS = {
    "actor add": "store.write.add",
    "actor edit": "store.registers.edit",
    "actor list": "store.registers.shown",
    "actor show": "store.registers.shown",
    "add": "store.write.add",
    "aggregate": "willay.events.aggregate.aggregate",
    "attach": "store.attachments.add",
    "attachment add": "store.attachments.add",
    "attachment erase": "store.attachments.erase",
    "attachment list": "store.attachments.list",
    "attachment remove": "store.attachments.remove",
    "attachment save": "willay.events.exchange.attached_files.save_attachments",
    "backup": "store.file.copy_to",
    "case add": "store.write.add",
    "case edit": "store.registers.edit",
    "case list": "store.registers.shown",
    "case phase add": "store.registers.edit",
    "case phase edit": "store.registers.edit",
    "case phase remove": "store.registers.edit",
    "case show": "store.registers.case",
    "check": "store.file.check",
    "claim add": "store.write.add_claims",
    "claim withdraw": "store.write.withdraw_claim",
    "country add": "willay.events.founding.add_pack",
    "country list": "willay.data.country_facts.listed_countries",
    "country make": "willay.data.country_packs.making.make_pack",
    "country show": "willay.data.country_facts.country_document",
    "dataset edit": "store.registers.describe_dataset",
    "dataset list": "store.registers.datasets",
    "demo": "willay.events.demo.build_demo",
    "diff": "store.read.diff",
    "docs": "willay.events.manual.site.write_site",
    "doctor": "willay.events.store.dialects.sqlite.condition.condition_of",
    "drafts resume": "store.write.add",
    "edit": "store.write.edit",
    "export": "willay.events.front.exporting.export_incidents",
    "form": "willay.events.exchange.outgoing.form.write_form",
    "history": "store.read.history",
    "import": "willay.events.front.importing.FileImport",
    "indicator add": "store.write.add",
    "indicator chart": "willay.maps.pictures.series_picture",
    "indicator edit": "store.registers.edit",
    "indicator import": "store.write.add",
    "indicator list": "store.registers.indicators",
    "indicator show": "store.registers.indicators",
    "init": "willay.events.founding.create_database",
    "list": "store.read.first",
    "log": "store.read.log",
    "map atlas": "willay.events.front.maps.map_of",
    "map choropleth": "willay.events.front.maps.map_of",
    "map timeline": "willay.events.front.maps.map_of",
    "places": "willay.data.gazetteer.Gazetteer",
    "plugins": "willay.events.plugin_list.plugin_states",
    "policy list": "willay.events.model.policy.POLICIES",
    "policy set": "store.file.set_policy",
    "profile": "willay.events.country_profile.country_profile",
    "redact": "store.write.redact",
    "regions add": "willay.events.front.regions.add_areas",
    "regions export": "willay.events.front.regions.write_region_figures",
    "regions list": "store.regions.select",
    "regions show": "store.regions.select",
    "release make": "willay.events.front.releasing.made",
    "release verify": "willay.events.front.releasing.differences",
    "restore": "willay.events.store.restoring.restore_database",
    "retract": "store.write.retract",
    "revert": "store.write.revert",
    "review accept": "store.review.step_together",
    "review approve": "store.review.step_together",
    "review assign": "store.review.assign_together",
    "review list": "store.review.queue",
    "review reopen": "store.review.step_together",
    "review return": "store.review.step_together",
    "review rule": "store.review.set_rule",
    "review submit": "store.review.step_together",
    "schema": "willay.events.model.draft_schema.draft_schema",
    "show": "store.read.first",
    "source add": "store.write.add",
    "source edit": "store.registers.edit",
    "source list": "store.registers.shown",
    "sums export": "willay.events.aggregate.read_sums",
    "sums show": "willay.events.aggregate.read_sums",
    "term add": "willay.events.front.own_terms.add_term",
    "term list": "store.registers.terms",
    "undo": "store.undo.last",
}
"""The one call that each command makes."""

OF_THE_PROGRAM = {
    "completion", "config get", "config list", "config set", "config unset", "drafts discard", "drafts list", "help",
}  # fmt: skip
"""Commands about the command line itself: its settings, its unfinished answers, its help."""

MORE = {
    "edit": {"store.write.add_claims"},  # where claims are given, and not fields alone
    "map atlas": {"willay.events.aggregate.read_sums"},  # the option --sums: of a file, not of a database
    "map choropleth": {"willay.events.aggregate.read_sums"},
    "map timeline": {"willay.events.aggregate.read_sums"},
    "regions add": {"store.regions.rebuild_zones"},  # the option --rebuild-zones
}
"""What some commands call besides: where an option asks for something else."""

STORE_PARTS = {
    "attachments": attachments.Attachments, "file": file.DatabaseFile, "read": read.Reading, "regions": regions.Regions,
    "registers": registers.Registers, "review": review.Review, "undo": undo.Undo, "write": write.Writing,
}  # fmt: skip

CHANGING = {
    f"store.{part}.{name}"
    for part, one in STORE_PARTS.items()
    for name, method in inspect.getmembers(one, inspect.isfunction)
    if "author" in inspect.signature(method).parameters and not name.startswith("_")
} - {"store.undo.preview"}
"""All that changes a database: what no command may do besides its one call."""

_LOOKING = ("store.read", "store.reg", "store.attachments.list", "willay.data", "willay.events.model")
COUNTED = CHANGING | {call for call in CALLS.values() if not call.startswith(_LOOKING)}
"""What a command may do once: all that changes a database or makes a file; it may look up what it likes."""
LEAVES = {name: inspect.unwrap(one.callback) for name, one in leaves()}


def made_by(command: str) -> set[str]:
    callback = LEAVES[command]
    return calls_of(callback.__module__, callback.__name__)


def test_every_command_is_in_the_table() -> None:
    ours = {name for name, callback in LEAVES.items() if callback.__module__.startswith("willay.")}
    assert ours == {*CALLS, *OF_THE_PROGRAM}, "Add to CALLS which call a new command makes."
    assert not {*CALLS} & OF_THE_PROGRAM
    assert set(PARTS) == {*STORE_PARTS}
    assert {"store.write.add", "store.review.step_together", "store.regions.add", "store.registers.edit"} <= CHANGING


@pytest.mark.parametrize("call", sorted({*CALLS.values(), *(call for calls in MORE.values() for call in calls)}))
def test_every_call_of_the_table_is_there(call: str) -> None:
    home, _, name = call.rpartition(".")
    where = STORE_PARTS[home.removeprefix("store.")] if home.startswith("store.") else importlib.import_module(home)
    assert hasattr(where, name)


@pytest.mark.parametrize("command", sorted(CALLS))
def test_a_command_makes_one_call_of_the_library(command: str) -> None:
    assert CALLS[command] in made_by(command), sorted(made_by(command))
    besides = (made_by(command) & COUNTED) - {CALLS[command]}
    assert besides == MORE.get(command, set())


@pytest.mark.parametrize("command", sorted(OF_THE_PROGRAM))
def test_what_is_about_the_program_asks_no_database(command: str) -> None:
    assert not {call for call in made_by(command) if call.startswith("store.")}


def test_a_call_that_is_made_by_a_function_below_is_found() -> None:
    """`willay add` saves by a method of a class in another module, which three of its functions call."""
    assert "store.write.add" in calls_of("willay.events.cli.conversing", "converse")
    assert calls_of("willay.events.cli.groups", "with_default") == set()
