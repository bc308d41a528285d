"""Commands for figure policies: which there are, and which one a database has."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from willay.events.cli.help_pages import App
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import DEFAULT_DB, Author, DbFile, Format, Reason, Style, Wide, open_store, who
from willay.events.cli.output import given_or_asked, say
from willay.geo.translation import language, tr

policy_app = App(
    help="Figure policies: which of the figures of several sources is shown, and the policy of the database.",
    no_args_is_help=True,
)

_COLUMNS = {
    "name": ListColumn("Policy", least=12),
    "label": ListColumn("What is shown", 1, least=16),
    "distribution": ListColumn("Package", 2, least=8),
    "version": ListColumn("Version", 3),
}


@policy_app.command("list")
def policy_list(*, style: Format = Style.table, wide: Wide = False) -> None:
    """List the figure policies, with those of plug-ins."""
    put_rows([*_own(), *_plugged()], _COLUMNS, style.value, wide=wide)


def _own() -> list[dict[str, Any]]:
    from willay.events.cli.topics import words_of_policies
    from willay.events.model.policy import POLICY_VERSION

    version = str(POLICY_VERSION)
    return [
        {"name": name, "label": label, "distribution": "willay", "version": version}
        for name, label in words_of_policies()
    ]


def _plugged() -> list[dict[str, Any]]:
    from willay.events.model.figure_policies import KIND, POLICIES, Rule
    from willay.geo.errors import PluginError
    from willay.geo.plugins import plugins

    rows = []
    for one in plugins(KIND):
        if one.name in POLICIES:
            continue
        try:
            rule = Rule.of_plugin(one)
        except PluginError as error:
            say(str(error))
            continue
        about = {"distribution": one.distribution, "version": rule.version}
        rows.append({"name": one.name, "label": rule.labels[language()], **about})
    return rows


@policy_app.command("set")
def policy_set(
    name: Annotated[str, typer.Argument(help="Policy: a name of `willay policy list`, or PACKAGE:NAME.")],
    *,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Change the figure policy of the database; its figures are derived again. A reason is required."""
    with open_store(db) as store:
        why = given_or_asked(reason, tr("Why this policy?"))
        changed = store.file.set_policy(name, author=who(author), reason=why)
        now = store.policy
    say(
        tr("{db}: figures are now by the policy {policy}.", db=db, policy=now)
        if changed
        else tr("{db}: no changes; nothing was recorded: the policy was already {policy}.", db=db, policy=now)
    )
