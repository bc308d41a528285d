"""Pictures: an incident frame in, a PNG, SVG or PDF for a report out, drawn without a browser.

`picture(frame, spec, regions, base, sheet)` is the way in, `series_picture` that of a series; `Picture.save` writes the
file. Classes, colours, signs and
words are the page's; the drawing is Matplotlib's, which the extra `pictures` installs: it is loaded, and required,
with the first name that draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.geo.extras import require
from willay.geo.lazy_names import lazy_names
from willay.geo.translation import tr
from willay.maps.pictures.spec import PictureSpec

if TYPE_CHECKING:
    from willay.maps.pictures.drawing import Picture, picture
    from willay.maps.pictures.series import series_picture

__all__ = ["Picture", "PictureSpec", "picture", "series_picture"]


_HOMES: Final = {".drawing": ("Picture", "picture"), ".series": ("series_picture",)}

__getattr__, __dir__ = lazy_names(__name__, _HOMES, lambda: require("pictures", tr("A picture")))
