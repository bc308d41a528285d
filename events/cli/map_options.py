"""The options of maps: what is shown, by region, through time, and as a picture."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer

View = StrEnum("View", ["regions", "points", "clusters", "density"])
Bound = StrEnum("Bound", ["low", "best", "high"])
Rate = StrEnum("Rate", ["count", "people", "area", "change"])

Scheme = StrEnum(
    "Scheme",
    {"natural": "natural-breaks", "quantiles": "quantiles", "equal": "equal-interval", "fixed": "fixed"},
)

Step = StrEnum("Step", ["day", "week", "month", "quarter", "year"])
Window = StrEnum("Window", ["window", "cumulative"])
Period = StrEnum("Period", ["year", "quarter", "month"])
Size = StrEnum("Size", ["a4", "a5", "slide"])
File = Annotated[Path, typer.Argument(help="Output file: a page (.html) or a picture (.png, .svg, .pdf).")]

SHOWN: Final[dict[str, Any]] = {
    "title": Annotated[str | None, typer.Option(help="Title of the map.")],
    "view": Annotated[View | None, typer.Option(help="Initial display of incidents (default: depends on the map).")],
    "acts": Annotated[
        bool | None,
        typer.Option("--acts", help="Also count acts of the state: decrees, captures, sentences, plans."),
    ],
    "note": Annotated[str | None, typer.Option(help="Note below the head of the page: a paragraph of plain text.")],
    "story_view": Annotated[
        list[str] | None,
        typer.Option(
            metavar="LINK|CAPTION",
            help="A view of a story, in quotes: a link copied from the page, a bar, a caption. Repeat up to ten times.",
        ),
    ],
    "story": Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A story from a .toml, .yaml or .json file: title, note, and views with captions."
        ),
    ],
    "embed": Annotated[
        bool | None,
        typer.Option(
            "--embed", help="A small page for an <iframe> of another page; the line for that page is printed."
        ),
    ],
}

OF_SUMS: Final[dict[str, Any]] = {
    "sums": Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Map the sums of this file (.sums, by `willay aggregate`) instead of incidents."
        ),
    ],
    "sums_by": Annotated[
        str | None,
        typer.Option(
            metavar="STEPS", help="With --sums: coarser steps, such as region,year (default: those of the file)."
        ),
    ],
    "sums_tiles": Annotated[
        str | None,
        typer.Option(
            metavar="ZOOM|none",
            help="With --sums: coarser density, for maps up to this zoom, or none (default: that of the file).",
        ),
    ],
}

REGIONAL: Final[dict[str, Any]] = {
    "region_set": Annotated[str | None, typer.Option(help="Region set (default: the country's first-level units).")],
    "show": Annotated[
        str | None,
        typer.Option(
            "--measure", help="Measure to show: killed, injured, abducted, incidents, … (default: killed if known)."
        ),
    ],
    "bound": Annotated[Bound | None, typer.Option(help="Which number of a figure to show (default: best).")],
    "rate": Annotated[
        Rate | None, typer.Option(help="Show counts, rates per 100,000 people or per 1,000 km², or change.")
    ],
    "scheme": Annotated[Scheme | None, typer.Option(help="Classification method (default: natural-breaks).")],
    "classes": Annotated[int | None, typer.Option(min=2, max=9, help="Maximum number of classes (default: 5).")],
    "limits": Annotated[
        str | None, typer.Option(help="Upper limits of the classes, separated by commas, such as 1,5,20.")
    ],
    "suppress_below": Annotated[
        int | None,
        typer.Option(
            "--suppress-below",
            "--least",
            min=0,
            help="Pages: leave out the incidents of regions with fewer than this, in one region set. Numbers of a "
            "part of the time, or with filters, can still be smaller. With --sums: leave out cells of fewer rows.",
        ),
    ],
}

TIMED: Final[dict[str, Any]] = {
    "step": Annotated[Step | None, typer.Option(help="Time step (default: chosen by the days shown).")],
    "window": Annotated[Window | None, typer.Option(help="Time window: moving, or cumulative up to the position.")],
    "tiles": Annotated[
        str | None,
        typer.Option(metavar="URL", help="Background tiles from the network: https://…/{z}/{x}/{y} (default: none)."),
    ],
}

LEAVING: Final[dict[str, Any]] = {
    "profile": Annotated[
        str | None, typer.Option(help="Disclosure profile: public (default), partner, internal, or a .toml file.")
    ],
    "own_use": Annotated[
        bool | None,
        typer.Option(
            "--for-own-use",
            help="Include rows that the terms of their dataset do not allow "
            "passing on. The output is then for your own use only.",
        ),
    ],
}

PICTURE: Final[dict[str, Any]] = {
    **LEAVING,
    **{
        ending: Annotated[
            Path | None, typer.Option(f"--{ending}", help=f"Also write a picture to this {ending.upper()} file.")
        ]
        for ending in ("png", "svg", "pdf")
    },
    "size": Annotated[Size | None, typer.Option(help="Pictures: sheet size (default: a4).")],
    "width_mm": Annotated[
        float | None, typer.Option(help="Pictures: width in millimetres (default: the width of the sheet).")
    ],
    "dpi": Annotated[int | None, typer.Option(help="PNG: dots per inch (default: 200).")],
    "by": Annotated[Period | None, typer.Option(help="Pictures: one map per period, all with the same classes.")],
}
