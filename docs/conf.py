"""How Sphinx builds the pages: one project for each language, both with this configuration (docs/build_pages.py)."""

from __future__ import annotations

import os

project = "willay"
author = "The willay contributors"
language = os.environ.get("WILLAY_LANG", "en")
extensions = ["myst_parser"]
root_doc = "index"
myst_heading_anchors = 4
html_theme = "furo"
html_title = "willay"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_last_updated_fmt = None
