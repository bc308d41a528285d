"""Pictures: an incident frame in, a PNG, SVG or PDF for a report out, drawn without a browser.

`picture(frame, spec, regions, base, sheet)` is the way in, `series_picture` that of a series; `Picture.save` writes the
file. Classes, colours, signs and
words are the page's; the drawing is Matplotlib's, which the extra `pictures` installs: it is loaded, and required,
with the first name that draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.geo.extras import require
from willay.geo.translation import tr
from willay.maps.pictures.spec import PictureSpec

if TYPE_CHECKING:
    from willay.maps.pictures.drawing import Picture, picture
    from willay.maps.pictures.series import series_picture

__all__ = ["Picture", "PictureSpec", "picture", "series_picture"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    require("pictures", tr("A picture"))
    from willay.maps.pictures import drawing, series  # noqa: PLC0415 — Matplotlib is an extra

    value: object = getattr(series if name == "series_picture" else drawing, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
