# Imports, and says no when it is used: a sandbox has no processes.

import _refused

__getattr__ = _refused.names("multiprocessing", "processes")
