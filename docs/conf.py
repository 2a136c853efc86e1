"""Sphinx: `sphinx-build docs BUILD/docs`. Needs sphinx, furo and myst-parser."""

project = "hermetic"
author = "the hermetic authors"
copyright = "2026, the hermetic authors"  # noqa: A001
extensions = ["myst_parser"]
root_doc = "index"
html_theme = "furo"
html_title = "hermetic"
myst_heading_anchors = 3
exclude_patterns = ["_build"]
