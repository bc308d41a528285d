"""Pictures: an incident frame in, a PNG, SVG or PDF for a report out, drawn without a browser.

`picture(frame, spec, regions, base, sheet)` is the way in; `Picture.save` writes the file. Classes, colours, signs and
words are the page's; the drawing is Matplotlib's.
"""

from __future__ import annotations

from willay.maps.pictures.drawing import Picture, picture
from willay.maps.pictures.spec import PictureSpec

__all__ = ["Picture", "PictureSpec", "picture"]
