# Coroutines that take turns. What needs an operating system, sockets and processes, is refused.

from .events import *
from .events import _get_running_loop
from .exceptions import *
from .futures import *
from .locks import *
from .queues import *
from .runners import *
from .taskgroups import *
from .tasks import *


def _never(what):
    async def refuse(*args, **keywords):
        raise PermissionError("asyncio: a sandbox has no %s" % what)
    return refuse


open_connection = start_server = open_unix_connection = start_unix_server = _never("sockets")
create_subprocess_exec = create_subprocess_shell = _never("processes")
