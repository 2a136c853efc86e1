"""What one Datasette has of this plugin: its configuration, its sessions, the threads that run them, and the record of runs."""

import time
import weakref

from .config import config_of
from .runner import Runner
from .store import Store

_states = weakref.WeakKeyDictionary()
_PURGE_EVERY = 500


class State:
    def __init__(self, datasette):
        self.config = config_of(datasette)
        self.runner = Runner(self.config.threads)
        self.store = Store(datasette, self.config)
        self._recorded = 0

    async def record(self, entry, packed, audit, was_waiting):
        """Stores the session and the run, in one transaction."""
        if not self.config.persist and audit is None and not was_waiting:
            return
        database = await self.store.database()

        def write(connection):
            if self.config.persist:
                connection.execute(
                    "DELETE FROM agent_hermetic_sessions WHERE conversation_id = ? AND actor_id = ?", entry.key
                )
            if packed is not None:
                connection.execute(
                    "INSERT INTO agent_hermetic_sessions VALUES (?, ?, ?, ?)", [*entry.key, packed, time.time()]
                )
            if was_waiting:
                connection.execute(
                    "DELETE FROM agent_hermetic_waiting WHERE conversation_id = ? AND actor_id = ?", entry.key
                )
            _insert_run(connection, audit)

        await database.execute_write_fn(write)
        self._recorded += 1
        if self._recorded % _PURGE_EVERY == 0:
            await self.store.purge()

    async def record_cancelled(self, audit):
        """Stores the run; the session is as before it, and a call that was put away stays so, with what is known of its write.

        Not waited for: the task is to end, and so is perhaps the server.
        """
        database = await self.store.database()
        await database.execute_write_fn(lambda connection: _insert_run(connection, audit), block=False)

    async def forget_waiting(self, entry):
        database = await self.store.database()
        await database.execute_write(
            "DELETE FROM agent_hermetic_waiting WHERE conversation_id = ? AND actor_id = ?", list(entry.key)
        )

    def close(self):
        self.runner.close()
        self.store.close()


def _insert_run(connection, audit):
    if audit is not None:
        connection.execute(
            "INSERT INTO agent_hermetic_runs (conversation_id, actor_id, started_at, outcome, seconds, fuel,"
            " memory_bytes, calls, code, output, writes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            audit,
        )


def state_of(datasette):
    """The state of a Datasette, made at first use. Raises ConfigError."""
    state = _states.get(datasette)
    if state is None:
        state = _states[datasette] = State(datasette)
    return state


def close(datasette):
    state = _states.pop(datasette, None)
    if state is not None:
        state.close()
