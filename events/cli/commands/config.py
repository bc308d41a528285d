"""`willay config`: values for options that one would give every time."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from willay.events.cli import config
from willay.events.cli.groups import with_default
from willay.events.cli.help_pages import App
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import Format, Style
from willay.events.cli.output import put, say
from willay.geo.translation import language, tr

config_app = App(
    cls=with_default("list"),
    help="Settings: defaults of your own, such as author and database. Without a command: all settings.",
)

Key = Annotated[str, typer.Argument(metavar="SETTING", help="author, lang, db, profile, policy or format.")]


def _value_of(key: str) -> tuple[str, str]:
    """Return what holds for a setting, and where it comes from."""
    variable = config.VARIABLES.get(key, "")
    if value := os.environ.get(variable):
        return value, tr("environment: {variable}", variable=variable)
    if (value := config.setting(key)) is not None:
        return value, tr("config file")
    return (language() if key == "lang" else tr(config.DEFAULTS[key])), tr("default")


@config_app.command("list")
def list_settings(*, style: Format = Style.table) -> None:
    """List all settings, with where the value of each comes from.

    An option of a command comes first, then the environment, then the config file, then the default.
    """
    rows = []
    for key in config.CHECKS:
        value, origin = _value_of(key)
        rows.append({"setting": key, "value": value, "origin": origin})
    columns = {"setting": ListColumn("Setting"), "value": ListColumn("Value"), "origin": ListColumn("Origin")}
    put_rows(rows, columns, style.value, wide=True)
    say(tr("Config file: {file}", file=config.file_of_settings()))


@config_app.command("get")
def get_setting(key: Key) -> None:
    """Print the value of one setting."""
    config.check_key(key)
    put(_value_of(key)[0])


@config_app.command("set")
def set_setting(
    key: Key, value: Annotated[str, typer.Argument(metavar="VALUE", help="Its value; a path is stored in full.")]
) -> None:
    """Set a setting for every command from now on; an option and the environment still come first."""
    checked = config.checked(key, value)
    file = config.file_of_settings()
    known = config.read_settings(file) if file.is_file() else {}
    config.write_settings(file, {**known, key: checked})
    say(tr("{key} = {value} ({file})", key=key, value=checked, file=file))
    variable = config.VARIABLES.get(key, "")
    if os.environ.get(variable):
        say(tr("{variable} is set in the environment and comes first.", variable=variable))
    if key == "profile" and checked == "internal":
        say(
            tr(
                "Files, pages and pipes now have the record itself, with confidential information. Check what you "
                "pass on."
            )
        )


@config_app.command("unset")
def unset_setting(key: Key) -> None:
    """Remove a setting, so that its default holds again."""
    file = config.file_of_settings()
    known = config.raw_settings(file)
    if key not in known:
        config.check_key(key)
        say(tr("{key} was not set; nothing was changed.", key=key))
        return
    config.write_settings(file, {name: value for name, value in known.items() if name != key})
    say(tr("{key} was removed from {file}.", key=key, file=file))
