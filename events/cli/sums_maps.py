"""A map of sums as a command makes it: which options it has, and what is reported of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import typer

from willay.events.cli.output import put, say
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from pathlib import Path

    from willay.maps import PageSpec

_NONE: Final = "none"
HAVING: Final = frozenset({
    "file", "sums", "sums_by", "sums_tiles", "title", "view", "note", "story", "story_view", "embed", "region_set",
    "show", "bound", "rate", "scheme", "classes", "limits", "suppress_below", "step", "window", "tiles", "own_use",
    "lang", "force", "db",
})  # fmt: skip
"""The options of maps that a map of sums has; the others choose or draw single incidents."""


def check_options(context: typer.Context) -> None:
    """Refuse options on the command line that a map of sums does not have.

    Raises:
        BadParameter: Some were given; the message names them.
    """
    given = [
        parameter.opts[0]
        for parameter in context.command.params
        if parameter.name not in HAVING
        and getattr(context.get_parameter_source(str(parameter.name)), "name", "") == "COMMANDLINE"
    ]
    if given:
        raise typer.BadParameter(
            tr(
                "{options}: not available with --sums, which has no single incidents. Choose rows when you sum them "
                "(willay aggregate --from, --to, --type), or on the page.",
                options=", ".join(given),
            )
        )


def _zoom(text: str) -> int:
    if not text.isdecimal():
        raise typer.BadParameter(
            tr("--sums-tiles: {text!r} is not a zoom. Examples: 6, or none for no density.", text=text[:80])
        )
    return int(text)


def make_map_of_sums(
    file: Path,
    spec: PageSpec,
    sums_file: Path,
    *,
    by: str | None,
    tiles: str | None,
    own_use: bool,
    force: bool,
) -> None:
    """Write a page of a file of sums, and report what it holds."""
    from willay.events.aggregate import page_of_sums, read_sums
    from willay.geo import check_target
    from willay.maps import iframe_line

    if file.suffix.lower() not in (".html", ".htm"):
        raise typer.BadParameter(tr("A map of sums is a page. Give a FILE that ends in .html."))
    check_target(file, force=force)
    asked = None if by is None else [part.strip() for part in by.split(",") if part.strip()]
    has_density = tiles != _NONE
    zoom = _zoom(tiles) if tiles and has_density else None
    page = page_of_sums(read_sums(sums_file), spec, by=asked, tiles=zoom, has_density=has_density, own_use=own_use)
    page.save(file, force=force)
    say(
        tr("{file}: sums of {rows}, {size:.1f} MB.", file=file, rows=many(page.rows, "row"), size=page.sizes()[0] / 1e6)
    )
    if page.few:
        say(
            tr(
                "Left out: cells of fewer than {number} rows, in {regions}.",
                number=spec.suppress_below,
                regions=many(page.few, "region"),
            )
        )
    say(tr("Open the file in a browser; it works without a network."))
    if spec.embed:
        say(tr("Put the file next to your page, and this line into it (600 × 400 px or more; at least 360 × 300):"))
        put(f"{iframe_line(file.name, page.title)}\n")
