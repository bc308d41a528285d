"""The tree of commands."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from willay.events.cli.everywhere import with_common_options
from willay.events.cli.former_options import renamed
from willay.events.cli.help_pages import App
from willay.events.cli.options import Language
from willay.events.cli.output import put
from willay.events.cli.plugin_commands import Root

if TYPE_CHECKING:
    from collections.abc import Mapping

    app: App
    """The whole tree."""

COMMANDS: Final[Mapping[str, str]] = {
    "demo": "demo.demo",
    "init": "init.init",
    "add": "add.add",
    "edit": "edit.edit",
    "retract": "retract.retract",
    "attach": "attachment.attach",
    "show": "show.show",
    "list": "list.list_incidents",
    "log": "log.log",
    "history": "history.history",
    "diff": "diff.diff",
    "revert": "revert.revert",
    "undo": "undo.undo",
    "redact": "redact.redact",
    "places": "places.places",
    "schema": "schema.schema",
    "export": "export.export",
    "profile": "profile.profile",
    "check": "check.check",
    "doctor": "doctor.doctor",
    "backup": "backup.backup",
    "restore": "restore.restore",
    "import": "import_.import_file",
    "aggregate": "aggregate.aggregate_rows",
    "form": "form.form",
    "plugins": "plugins.list_plugins",
    "help": "help.help_on",
    "docs": "docs.docs",
    "completion": "completion.completion",
}
"""Where the function of each command is, in the order of the help."""

GROUPS: Final[Mapping[str, str]] = {
    "config": "config.config_app",
    "release": "release.release_app",
    "review": "review.review_app",
    "map": "map.map_app",
    "sums": "sums.sums_app",
    "drafts": "drafts.drafts_app",
    "claim": "claim.claim_app",
    "attachment": "attachment.attachment_app",
    "source": "source.source_app",
    "case": "case.case_app",
    "actor": "actor.actor_app",
    "dataset": "dataset.dataset_app",
    "policy": "policy.policy_app",
    "term": "term.term_app",
    "regions": "regions.regions_app",
    "country": "country.country_app",
    "indicator": "indicator.indicator_app",
}
"""Where the application of each group of commands is, in the order of the help."""

RENAMED: Final = {
    "revert": {"--to": "--revision"},
    "backup": {"--to": "--recipient"},
    "import": {"--from": "--input-format"},
}
"""The options of commands below that had another name: the new one of each. Commands of groups have theirs there."""


def _say_version(*, asked: bool) -> None:
    if not asked:
        return
    from willay.events.model.program import program_version

    put(f"willay {program_version()}")
    raise typer.Exit


def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_say_version, is_eager=True)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    lang: Language,
) -> None:
    """Take the options of every command, which may stand anywhere: `main` acts on `--debug` and `--lang`."""


def tree(only: str | None = None) -> App:
    """Make the tree of commands.

    Args:
        only: The one command or group below it that a line names: loading the others takes longer than most commands
            do. None makes the whole tree.
    """
    made = App(
        name="willay",
        cls=Root,
        help="A database of conflict incidents in which every figure has its source, with maps that work offline.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        epilog="What codes and forms mean: willay help TOPIC, such as types, groups, days, places or exit-codes. "
        "--debug shows the traceback.",
    )
    made.callback()(root)
    for name, place in COMMANDS.items():
        if only in (None, name):
            made.command(name=name, cls=renamed(RENAMED.get(name, {})))(_found(place))
    for name, place in GROUPS.items():
        if only in (None, name):
            made.add_typer(_found(place), name=name)
    with_common_options(made)
    return made


def _found(place: str) -> Any:  # noqa: ANN401 — a function or an application
    module, _, name = place.partition(".")
    return getattr(import_module(f"willay.events.cli.commands.{module}"), name)


@cache
def _whole() -> App:
    return tree()


def __getattr__(name: str) -> App:
    """Make the whole tree when `app` is first asked for."""
    if name == "app":
        return _whole()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
