"""The tree of commands."""

from __future__ import annotations

from typing import Annotated

import typer

from willay.events.cli import (
    areas,
    attachment,
    change,
    datasets,
    entering,
    exporting,
    importing,
    keeping,
    lists,
    look,
    making,
    mapping,
    redacting,
    review,
)
from willay.events.cli.talk import put

app = typer.Typer(
    name="willay",
    help="A database of conflict incidents in which every figure has its source, with maps that work offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="Exit codes: 0 done, 1 check found problems, 2 usage error, 3 invalid input (nothing saved), 4 not found, "
    "5 refused, 6 file error, 7 imported, some rows rejected, 8 done with a caveat (see the last lines), "
    "130 interrupted. --debug shows the traceback.",
)


def _say_version(*, asked: bool) -> None:
    if not asked:
        return
    from willay.events.store.schema.versions import program_version

    put(f"willay {program_version()}")
    raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_say_version, is_eager=True)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Take the options of every command; `--debug` is acted on in `main`."""


for command in (
    making.demo,
    making.init,
    entering.add,
    change.edit,
    change.retract,
    attachment.attach,
    look.show,
    look.list_incidents,
    look.history,
    review.diff,
    review.revert,
    redacting.redact,
    areas.places,
    exporting.export,
    making.check,
    keeping.backup,
    keeping.restore,
):
    app.command(name=command.__name__.removesuffix("_incidents"))(command)

app.command(name="import")(importing.import_file)

app.add_typer(keeping.release_app, name="release")
app.add_typer(review.review_app, name="review")
app.add_typer(mapping.map_app, name="map")
app.add_typer(change.claim_app, name="claim")
app.add_typer(attachment.attachment_app, name="attachment")
app.add_typer(lists.source_app, name="source")
app.add_typer(lists.case_app, name="case")
app.add_typer(lists.actor_app, name="actor")
app.add_typer(datasets.dataset_app, name="dataset")
app.add_typer(areas.regions_app, name="regions")
app.add_typer(lists.indicator_app, name="indicator")
