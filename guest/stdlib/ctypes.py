# Imports, and says no when it is used: a sandbox has no foreign code.

import _refused

__getattr__ = _refused.names("ctypes", "foreign code")
