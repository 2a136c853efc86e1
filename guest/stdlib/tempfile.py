"""Imports, and says no when it is used: a sandbox has no files."""

import _refused

__getattr__ = _refused.names("tempfile", "files", {"tempdir": None, "template": "tmp"})
