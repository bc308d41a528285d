"""The tree of commands."""

from __future__ import annotations

from typing import Annotated, Final

import typer
import typer.main

from willay.events.cli.commands.actor import actor_app
from willay.events.cli.commands.add import add
from willay.events.cli.commands.aggregate import aggregate_rows
from willay.events.cli.commands.attachment import attach, attachment_app
from willay.events.cli.commands.backup import backup
from willay.events.cli.commands.case import case_app
from willay.events.cli.commands.check import check
from willay.events.cli.commands.claim import claim_app
from willay.events.cli.commands.completion import completion
from willay.events.cli.commands.config import config_app
from willay.events.cli.commands.country import country_app
from willay.events.cli.commands.dataset import dataset_app
from willay.events.cli.commands.demo import demo
from willay.events.cli.commands.diff import diff
from willay.events.cli.commands.doctor import doctor
from willay.events.cli.commands.drafts import drafts_app
from willay.events.cli.commands.edit import edit
from willay.events.cli.commands.export import export
from willay.events.cli.commands.form import form
from willay.events.cli.commands.help import help_on
from willay.events.cli.commands.history import history
from willay.events.cli.commands.import_ import import_file
from willay.events.cli.commands.indicator import indicator_app
from willay.events.cli.commands.init import init
from willay.events.cli.commands.list import list_incidents
from willay.events.cli.commands.log import log
from willay.events.cli.commands.map import map_app
from willay.events.cli.commands.places import places
from willay.events.cli.commands.profile import profile
from willay.events.cli.commands.redact import redact
from willay.events.cli.commands.regions import regions_app
from willay.events.cli.commands.release import release_app
from willay.events.cli.commands.restore import restore
from willay.events.cli.commands.retract import retract
from willay.events.cli.commands.revert import revert
from willay.events.cli.commands.review import review_app
from willay.events.cli.commands.schema import schema
from willay.events.cli.commands.show import show
from willay.events.cli.commands.source import source_app
from willay.events.cli.commands.sums import sums_app
from willay.events.cli.commands.undo import undo
from willay.events.cli.everywhere import with_common_options
from willay.events.cli.former_options import renamed
from willay.events.cli.help_pages import App
from willay.events.cli.options import Language
from willay.events.cli.output import put

app = App(
    name="willay",
    help="A database of conflict incidents in which every figure has its source, with maps that work offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog="What codes and forms mean: willay help TOPIC, such as types, groups, days, places or exit-codes. "
    "--debug shows the traceback.",
)


def _say_version(*, asked: bool) -> None:
    if not asked:
        return
    from willay.events.model.program import program_version

    put(f"willay {program_version()}")
    raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_say_version, is_eager=True)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    lang: Language,
) -> None:
    """Take the options of every command, which may stand anywhere: `main` acts on `--debug` and `--lang`."""


RENAMED: Final = {
    "revert": {"--to": "--revision"},
    "backup": {"--to": "--recipient"},
    "import": {"--from": "--input-format"},
}
"""The options of commands below that had another name: the new one of each. Commands of groups have theirs there."""

for command in (
    demo,
    init,
    add,
    edit,
    retract,
    attach,
    show,
    list_incidents,
    log,
    history,
    diff,
    revert,
    undo,
    redact,
    places,
    schema,
    export,
    profile,
    check,
    doctor,
    backup,
    restore,
    import_file,
    aggregate_rows,
    form,
    help_on,
    completion,
):
    command_name = (
        command.__name__.removesuffix("_incidents").removesuffix("_file").removesuffix("_on").removesuffix("_rows")
    )
    app.command(name=command_name, cls=renamed(RENAMED.get(command_name, {})))(command)

app.add_typer(config_app, name="config")
app.add_typer(release_app, name="release")
app.add_typer(review_app, name="review")
app.add_typer(map_app, name="map")
app.add_typer(sums_app, name="sums")
app.add_typer(drafts_app, name="drafts")
app.add_typer(claim_app, name="claim")
app.add_typer(attachment_app, name="attachment")
app.add_typer(source_app, name="source")
app.add_typer(case_app, name="case")
app.add_typer(actor_app, name="actor")
app.add_typer(dataset_app, name="dataset")
app.add_typer(regions_app, name="regions")
app.add_typer(country_app, name="country")
app.add_typer(indicator_app, name="indicator")

with_common_options(app)
