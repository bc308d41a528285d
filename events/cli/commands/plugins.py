"""`willay plugins`: what other packages add to willay."""

from __future__ import annotations

import typer  # noqa: TC002 — Typer reads annotations at run time

from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import Format, Style, Wide
from willay.events.cli.output import say
from willay.geo.translation import many, mark, tr

_STATES = {
    "loaded": mark("loaded"),
    "off": mark("off"),
    "shadowed": mark("shadowed"),
    "ambiguous": mark("ambiguous"),
    "failed": mark("failed"),
}

_KINDS = {
    "readers": mark("reader"),
    "writers": mark("writer"),
    "policies": mark("figure policy"),
    "countries": mark("country pack"),
    "profiles": mark("disclosure profile"),
    "commands": mark("command"),
    "checks": mark("check"),
}

_COLUMNS = {
    "kind": ListColumn("Kind", label=lambda code: tr(_KINDS[code])),
    "name": ListColumn("Name", least=8),
    "distribution": ListColumn("Package", 2, least=10),
    "version": ListColumn("Version", 3, least=5),
    "state": ListColumn("State", 1, label=lambda code: tr(_STATES[code])),
    "note": ListColumn("Note", 4, least=12),
}


def list_plugins(context: typer.Context, *, style: Format = Style.table, wide: Wide = False) -> None:
    """List the plug-ins that are installed: kind, name, package, version, and whether each is used."""
    from willay.events.plugin_list import plugin_states

    states = plugin_states(getattr(context.find_root().command, "commands", {}))
    rows = [{**one.plugin.facts, "state": one.state, "note": one.note} for one in states]
    put_rows(rows, _COLUMNS, style.value, wide=wide)
    say(many(len(states), "plug-in"))
