"""Sessions, one for each conversation and actor: live ones in memory, parked and least recently used first out; all of them
in the internal database, so that a restart of the server loses none.

A snapshot is signed with a key made of Datasette's secret, the conversation and the actor: one that was changed, or
belongs to somebody else, is refused. Everything here runs on the event loop; only `Entry.lock` is held across awaits.
"""

import asyncio
import contextlib
import hashlib
import json
import time
import zlib
from collections import OrderedDict

import hermetic

from . import guest
from .config import MICROPYTHON_FUEL
from .schema import ensure_tables

_WAITING_DAYS = 7


class Entry:
    def __init__(self, conversation_id, actor_id):
        self.key = (conversation_id, actor_id)
        self.lock = asyncio.Lock()
        self.users = 0
        self.session = None
        self.bytes = 0


class Store:
    def __init__(self, datasette, config):
        self._datasette = datasette
        self._config = config
        self._entries = OrderedDict()
        self._tables = False

    def __len__(self):
        return sum(entry.session is not None for entry in self._entries.values())

    @contextlib.asynccontextmanager
    async def entry(self, conversation_id, actor_id):
        """The entry of this conversation and actor, for one user at a time, in the order of asking."""
        key = (conversation_id, actor_id)
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = Entry(conversation_id, actor_id)
        self._entries.move_to_end(key)
        entry.users += 1
        try:
            async with entry.lock:
                yield entry
        finally:
            entry.users -= 1
            if entry.session is None and not entry.users:
                self._entries.pop(key, None)
            self._evict()

    def _evict(self):
        total = sum(entry.bytes for entry in self._entries.values())
        for key, entry in list(self._entries.items()):
            if len(self._entries) <= self._config.max_sessions and total <= self._config.max_total_bytes:
                return
            if not entry.users:  # its snapshot was stored when its last run ended
                del self._entries[key]
                total -= entry.bytes
                entry.session.close()

    def limits(self):
        config = self._config
        return hermetic.Limits(
            wall=config.wall_clock_timeout_seconds,
            fuel=config.fuel * guest_fuel(config),
            memory=config.memory_bytes,
            output=8 * config.max_output_chars,
            value=4 << 20,
            cut_output=True,
            calls=100_000,
        )

    def new_session(self):
        """A session in its start state, with the names that guest.py gives it."""
        session = hermetic.Session(limits=self.limits())
        session.run(guest.PRELUDE)
        return session

    def signing_key(self, entry):
        """32 bytes that only this server can make, for this conversation and actor."""
        signed = self._datasette.sign(json.dumps(entry.key), namespace="agent-hermetic")
        return hashlib.sha256(signed.encode()).digest()

    # Snapshots

    async def database(self):
        database = self._datasette.get_internal_database()
        if not self._tables:
            await ensure_tables(database)
            self._tables = True
        return database

    def packed(self, entry):
        """The session as bytes to store, None when they are too many. Notes the session's size, and parks it."""
        snapshot = entry.session.snapshot(key=self.signing_key(entry))
        entry.session.park()
        entry.bytes = len(snapshot) + (64 << 10)
        if len(snapshot) > 4 * self._config.max_snapshot_bytes:
            return None  # not worth the time to find out how small it would be
        packed = zlib.compress(snapshot, 1)
        return packed if len(packed) <= self._config.max_snapshot_bytes else None

    def unpacked(self, entry, packed):
        """Raises hermetic.HermeticError for what packed() did not make, for this entry."""
        snapshot = _inflated(packed, self._config.memory_bytes + (16 << 20))
        session = hermetic.Session.restore(snapshot, key=self.signing_key(entry), limits=self.limits())
        try:
            session.run(guest.PRELUDE)  # this version's
        except hermetic.RunError:  # a limit that was lowered since
            session.close()
            raise
        return session

    async def restore(self, entry):
        """Brings the entry's session back from the database, if it is there. Returns a note for the model, or ''."""
        if not self._config.persist:
            return ""
        database = await self.database()
        row = (
            await database.execute(
                "SELECT snapshot FROM agent_hermetic_sessions"
                " WHERE conversation_id = ? AND actor_id = ? AND updated_at >= ?",
                [*entry.key, time.time() - self._config.snapshot_days * 86400],
            )
        ).first()
        if row is None:
            return ""
        try:
            entry.session = await asyncio.to_thread(self.unpacked, entry, row["snapshot"])
        except hermetic.HermeticError as error:
            return f"The variables of earlier runs could not be restored ({error}); the session begins anew."
        return ""

    def forget(self, entry):
        """Drops the live session; what is stored stays until it is stored anew or deleted."""
        if entry.session is not None:
            entry.session.close()
        entry.session = None
        entry.bytes = 0

    def close(self):
        for entry in self._entries.values():
            if entry.session is not None and not entry.users:
                entry.session.close()
        self._entries.clear()

    async def purge(self):
        """Deletes what is older than it may be."""
        database = await self.database()
        now = time.time()

        def delete(connection):
            connection.execute(
                "DELETE FROM agent_hermetic_sessions WHERE updated_at < ?", [now - self._config.snapshot_days * 86400]
            )
            connection.execute("DELETE FROM agent_hermetic_waiting WHERE created_at < ?", [now - _WAITING_DAYS * 86400])
            connection.execute(
                "DELETE FROM agent_hermetic_runs WHERE started_at < strftime('%Y-%m-%dT%H:%M:%S', ?, 'unixepoch')",
                [now - self._config.audit_days * 86400],
            )

        await database.execute_write_fn(delete)

    # Runs that wait for an approval

    async def waiting(self, entry):
        database = await self.database()
        return (
            await database.execute(
                "SELECT * FROM agent_hermetic_waiting WHERE conversation_id = ? AND actor_id = ?", list(entry.key)
            )
        ).first()

    async def put_waiting(self, entry, call_key, dump, notes):
        database = await self.database()
        await database.execute_write(
            "REPLACE INTO agent_hermetic_waiting VALUES (?, ?, ?, ?, ?, 'asked', ?)",
            [*entry.key, call_key, zlib.compress(dump, 1), json.dumps(notes), time.time()],
        )

    async def begin_write(self, entry):
        """From here on the waiting run's write may have happened. False when that was so already."""
        database = await self.database()
        changed = await database.execute_write(
            "UPDATE agent_hermetic_waiting SET state = 'writing'"
            " WHERE conversation_id = ? AND actor_id = ? AND state = 'asked'",
            list(entry.key),
        )
        return changed.rowcount == 1

    def load_waiting(self, entry, row):
        """Raises hermetic.HermeticError."""
        dump = _inflated(row["call"], self._config.memory_bytes + (256 << 20))
        return hermetic.load(dump, key=self.signing_key(entry), limits=self.limits())


def _inflated(packed, most):
    """At most `most` bytes. Raises hermetic.SnapshotError."""
    inflate = zlib.decompressobj()
    try:
        data = inflate.decompress(packed, most)
    except (zlib.error, TypeError) as error:
        raise hermetic.SnapshotError(str(error)) from None
    if not inflate.eof:
        raise hermetic.SnapshotError("it is larger than it may be")
    return data


def guest_fuel(config):
    """hermetic's units for one of the configuration's."""
    return MICROPYTHON_FUEL if config.micropython else 1
