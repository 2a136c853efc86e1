"""The tool: one call of it is one run of a guest in the conversation's session. What the model gets back is plain JSON;
what the user gets to see is HTML that show.py and chart.py made.

The tool checks the permissions itself, whatever its caller has checked: background agents skip the filters.
"""

import asyncio
import functools
import json
import time

import hermetic
import llm
from datasette.utils import sqlite3
from datasette_agent.questions import QuestionsNotSupported

from . import chart, guest, show
from .runner import TimeUp
from .schema import now_text
from .sql import Queries
from .store import guest_fuel
from .write import Batch

_DISPLAYS = 20
_DISPLAY_CHARS = 1 << 20

SCHEMA = {
    "type": "object",
    "properties": {
        "python": {
            "type": "string",
            "description": "Python code to run. The value of its last expression comes back, and what it prints.",
        },
        "reset_context": {
            "type": "boolean",
            "description": "If true, forget this conversation's variables, imports and functions before running.",
        },
        "show_result": {
            "type": "boolean",
            "description": (
                "If true, show the code and its output to the user. For when they asked to see it, or when seeing it "
                "explains or teaches something. Leave false for private scratch work."
            ),
        },
    },
    "required": ["python"],
}

_DESCRIPTION = """\
Run Python in a sandbox: for computing, statistics, parsing, checking, transforming and charting data. It has most of the
standard library that needs no files, network or threads; no third-party packages. The value of the last expression
comes back, and what print() wrote.

State persists within the conversation: variables, imports and functions of one call are there in the next. It is not
shared with other conversations. Set reset_context=true to begin anew. One call may compute for {seconds:g} seconds and
use {memory} MB; when it meets a limit, the variables are as they were before that call.

Functions for the data of this Datasette, with the user's permissions:
- query(database, sql, params=None): the rows as dicts, however many, fetched as you iterate.
- read_only_sql_query(database, sql, params=None): a dict with columns, rows (only the first ones) and truncated, or error.
- databases(): the names of the databases.
- table(rows, title=""): show a list of dicts to the user as a table.
- chart(rows, x, y, kind="bar", title=""): show a chart; x is a key of the rows, y a key or a list of keys, kind is
  "bar", "line" or "scatter".
{write}
Set show_result=true when the user asked to see the code or its output, or when seeing them explains something; then do
not repeat the output in your answer. What table() and chart() show is shown in any case: do not repeat it either.
"""

_WRITE = """\
- write_sql(database, statements, params=None): run write SQL in one transaction, after asking the user. statements is
  one statement, or a list of statements or (sql, params).
"""


def description(config):
    return _DESCRIPTION.format(
        seconds=config.wall_clock_timeout_seconds,
        memory=config.memory_bytes >> 20,
        write=_WRITE if config.allow_write_sql else "",
    )


class _Suspended(BaseException):
    """The turn waits for the user; the guest is put away. Not an Exception: the guest must not catch it."""


async def execute(state, datasette, actor, context, python, reset_context=False, show_result=False):
    """One call of the tool. Returns JSON. Raises llm.PauseChain while the user is asked."""
    run = _Run(state, datasette, actor, context, python)
    payload = await run.checked(bool(reset_context))
    return json.dumps(await asyncio.to_thread(run.finished, payload, bool(show_result)), ensure_ascii=False)


class _Run:
    def __init__(self, state, datasette, actor, context, python):
        self.state = state
        self.config = state.config
        self.datasette = datasette
        self.actor = actor
        self.context = context
        self.python = python
        self.displays = []
        self.writes = []
        self.asked = 0  # questions that the user answered in earlier runs of this call
        self.waiting = None  # the row of this call, if it was put away in an earlier run
        self.digest = None  # of what the user was asked about then
        self.pause = None
        self.entry = None

    # Before and after

    async def checked(self, reset):
        if not isinstance(self.python, str):
            return _failure("python must be a string")
        if self.context is not None:
            conversation_id = self.context.conversation_id
        else:
            from datasette_agent.context import current_conversation_id

            conversation_id = current_conversation_id.get()
        if not conversation_id:
            return _failure("No current Datasette Agent conversation ID")
        actor_id = _actor_id(self.actor)
        # Nothing is awaited before this: calls of one turn, which come all at once, run in their order.
        async with self.state.store.entry(conversation_id, _actor_key(actor_id)) as self.entry:
            if not await self.datasette.allowed(action="hermetic-execute", actor=self.actor):
                return _failure("Permission denied: you need hermetic-execute")
            if not await self._owns(conversation_id, actor_id):
                return _failure("Permission denied: this is another actor's conversation")
            return await self._locked(reset)

    async def _owns(self, conversation_id, actor_id):
        try:
            row = (
                await self.datasette.get_internal_database().execute(
                    "SELECT actor_id FROM agent_conversations WHERE id = ?", [conversation_id], log_sql_errors=False
                )
            ).first()
        except sqlite3.OperationalError:  # no conversation was ever stored
            return True
        return row is None or row["actor_id"] == actor_id

    async def _locked(self, reset):
        store, entry = self.state.store, self.entry
        note = ""
        start = None
        if self.config.allow_write_sql:
            self.waiting = await store.waiting(entry)
        if self.waiting is not None:
            if self.context is not None and self.waiting["call_key"] == self.context.call_key:
                try:
                    start = await self._wake()
                except hermetic.HermeticError as error:
                    await self.state.forget_waiting(entry)
                    wrote = " Its write may have been made: look first." if self.waiting["state"] == "writing" else ""
                    return _failure(f"The run that waited for the user cannot go on ({error}).{wrote} Run the code again.")
            elif reset:
                await self.state.forget_waiting(entry)
            else:
                return _failure("An earlier run of this conversation waits for the user's approval. Try again after it.")
            if start is None:
                self.waiting = None
        if start is None:
            if reset:
                store.forget(entry)
            elif entry.session is None:
                note = await store.restore(entry)
            if entry.session is None:
                entry.session = store.new_session()
            start = functools.partial(entry.session.start, self.python, functions=guest.STUBS)
        began, started_at = time.monotonic(), now_text()
        queries = Queries(self.datasette, self.actor, self.config)
        answers = {
            "databases": queries.databases,
            "read_only_sql_query": queries.read_only_sql_query,
            "_rows_open": queries.rows_open,
            "_rows_next": queries.rows_next,
            "table": self._table,
            "chart": self._chart,
        }

        async def answer(call):
            if call.name == "write_sql":
                return await self._write(call)
            if call.name not in answers:
                raise NameError(f"no function {call.name!r} was granted")
            return await answers[call.name](*call.args, **call.kwargs)

        usage = None
        try:
            result = await self.state.runner.run(
                entry.session, start, answer, self.config.total_timeout_seconds, untimed=("write_sql",)
            )
            usage = result.usage
            payload = {"ok": True, "stdout": result.stdout, "stderr": result.stderr}
        except _Suspended:
            raise self.pause from None
        except asyncio.CancelledError:
            payload = {**_failure("cancelled"), "seconds": round(time.monotonic() - began, 4)}
            await self.state.record_cancelled(self._audit(payload, None, started_at))
            raise
        except (hermetic.HermeticError, TimeUp) as error:
            result = None
            usage = getattr(error, "usage", None)
            payload = self._failed(error)
        finally:
            queries.close()
        if payload.get("interpreter_reset"):
            store.forget(entry)
        packed = await self._settled(result, payload, usage)
        if note:
            payload["note"] = note
        payload["seconds"] = round(time.monotonic() - began, 4)
        await self.state.record(entry, packed, self._audit(payload, usage, started_at), self.waiting is not None)
        return payload

    async def _settled(self, result, payload, usage):
        """Fills in what takes time, in a worker thread. Returns the snapshot to store, None for none."""
        entry, store = self.entry, self.state.store

        def work():
            if result is not None:
                value = result.value  # what is no plain data is a hermetic.Opaque: its repr() in the sandbox
                if value is not None:
                    payload["value"] = show.cut(repr(value), self.config.max_output_chars)
                if show.is_rows(value) and len(value[0]) <= 50:
                    payload["_rows_html"] = show.table(value)
            if entry.session is None:
                return None
            return store.packed(entry) if self.config.persist else _park(entry, usage)

        packed = await self.state.runner.step(entry.session or _Nothing(), work)
        payload.setdefault("interpreter_reset", False)
        payload["fuel_remaining"] = (
            max(self.config.fuel - usage.fuel // guest_fuel(self.config), 0) if usage is not None else 0
        )
        if self.writes:
            payload["writes"] = self.writes
        for name in ("stdout", "stderr", "error", "traceback"):
            if name in payload:
                payload[name] = show.cut(payload[name], self.config.max_output_chars)
        return packed

    def _failed(self, error):
        payload = _failure(str(error))
        payload["stdout"], payload["stderr"] = getattr(error, "stdout", ""), getattr(error, "stderr", "")
        kept = " Variables are as they were before this call."
        if isinstance(error, hermetic.GuestError):
            payload["traceback"] = error.traceback
            if error.type == "MemoryError":
                payload["limit"] = "memory_bytes"
                payload["error"] += f". There are {self.config.memory_bytes} bytes: keep less at once, iterate over query()."
        elif isinstance(error, hermetic.GuestExit):
            payload["ok"] = not error.code
            payload["error"] = f"SystemExit: {error.code}"
            if not error.code:
                del payload["error"]
        elif isinstance(error, TimeUp):
            payload["limit"] = "total_timeout_seconds"
            payload["error"] = (
                f"The code and its queries took longer than {self.config.total_timeout_seconds:g} seconds together."
                f"{kept} Do more in SQL, or less in one call."
            )
        elif isinstance(error, hermetic.LimitExceeded):
            name, advice = _LIMITS.get(type(error), ("", ""))
            value = getattr(self.config, name, error.limit)
            payload["limit"] = name
            payload["error"] = advice.format(value) + kept
            if self.config.micropython:
                payload["interpreter_reset"] = True
                payload["error"] = advice.format(value) + " The interpreter begins anew."
        elif isinstance(error, hermetic.RunError):
            payload["error"] += "." + kept
        if self.writes:
            payload["error"] = payload.get("error", "") + " What write_sql wrote stays written."
        return payload

    def finished(self, payload, show_result):
        """Adds what the user gets to see."""
        prefix = "agent-micropython" if self.config.micropython else "agent-hermetic"
        rows = payload.pop("_rows_html", None)
        if show_result:
            displays = list(self.displays)
            if rows is not None and not displays:
                displays.append(rows)
                payload["_value_shown"] = True
            payload["output_displayed_to_user"] = True
            payload["display_note"] = "The code and its output were shown to the user; do not repeat them unless asked."
            payload["_html"] = show.result(self.python, payload, displays, self.config.max_output_chars, prefix)
            payload.pop("_value_shown", None)
        elif self.displays:
            payload["output_displayed_to_user"] = True
            payload["display_note"] = "What table() and chart() made was shown to the user; do not repeat it unless asked."
            payload["_html"] = show.displayed(self.displays)
        return payload

    def _audit(self, payload, usage, started_at):
        if not self.config.audit:
            return None
        outcome = "ok" if payload["ok"] else payload.get("limit") or payload.get("error", "").split(":")[0][:60]
        output = "\n".join(payload[name] for name in ("stdout", "stderr", "value", "traceback", "error") if payload.get(name))
        return [
            self.entry.key[0], _actor_id(self.actor), started_at, outcome, payload["seconds"],
            *((usage.fuel, usage.memory, usage.calls) if usage is not None else (0, 0, 0)),
            self.python[:100_000], output[:100_000], json.dumps(self.writes),
        ]  # fmt: skip

    # Answers to the guest. Arguments are hostile; an exception's type and message reach the guest.

    async def _table(self, rows, title=""):
        self._display(await asyncio.to_thread(show.table, rows, title))

    async def _chart(self, rows, x, y, kind="bar", title=""):
        self._display(await asyncio.to_thread(chart.chart, rows, x, y, kind, title))

    def _display(self, markup):
        if len(self.displays) >= _DISPLAYS:
            raise ValueError(f"one call shows at most {_DISPLAYS} tables and charts")
        if sum(map(len, self.displays)) + len(markup) > _DISPLAY_CHARS:
            raise ValueError("this is too much to show: choose fewer rows or columns")
        self.displays.append(markup)

    async def _wake(self):
        """A step that gives the call at which the run was put away. Raises hermetic.HermeticError."""
        try:
            notes = json.loads(self.waiting["notes"])
            kept = [notes[name] for name in ("displays", "writes", "asked", "digest")]
        except (ValueError, LookupError, TypeError):
            raise hermetic.SnapshotError("what was stored is damaged") from None
        if notes.get("python") != self.python:
            raise hermetic.SnapshotError("its code has changed")
        call = await self.state.runner.step(_Nothing(), self.state.store.load_waiting, self.entry, self.waiting)
        self.state.store.forget(self.entry)
        self.entry.session = call.session
        self.displays, self.writes, self.asked, self.digest = kept
        for _ in range(self.asked):
            await self.context.ask_user("")  # moves on to the question that is open; these have their answers
        return lambda: call

    async def _write(self, call):
        if self.context is None:
            raise PermissionError("nobody can be asked here")
        due, self.digest = self.digest, None  # only the first write of a woken run is the one that was put away
        batch = await Batch.checked(self.datasette, self.actor, self.config, *call.args, **call.kwargs)
        if due is not None and batch.digest() != due:
            raise PermissionError("this is not what the user was asked about")
        try:
            approved = await self.context.ask_user(batch.prompt(), html=batch.html(), text=batch.text())
        except llm.PauseChain as pause:
            notes = {
                "python": self.python, "displays": self.displays, "writes": self.writes, "asked": self.asked,
                "digest": batch.digest(),
            }  # fmt: skip
            key = self.state.store.signing_key(self.entry)
            dump = await self.state.runner.step(self.entry.session, functools.partial(call.dump, key=key))
            await self.state.store.put_waiting(self.entry, self.context.call_key, dump, notes)
            self.pause = pause
            raise _Suspended from None
        except QuestionsNotSupported:
            raise PermissionError("write_sql needs a user's approval, and nobody can be asked here") from None
        self.asked += 1
        if due is None and self.context.ask_user_callback is None and not self.context.auto_approve:
            # A stored answer, but what it answered is gone: the code began anew, and may ask for something else now.
            raise PermissionError("the approval was for a run that is gone: run the code again to ask anew")
        if not approved:
            raise PermissionError("the user did not approve this")
        if due is not None and not await self.state.store.begin_write(self.entry):
            raise RuntimeError("the server stopped during this write: look whether it was made; it is not made again")
        counts = await batch.execute(self.datasette)
        self.writes.append(
            {"database": batch.database, "statements": [sql for sql, _ in batch.statements], "rows": counts}
        )
        return counts[0] if isinstance(call.args[1] if len(call.args) > 1 else call.kwargs["statements"], str) else counts


_LIMITS = {
    hermetic.WallExceeded: (
        "wall_clock_timeout_seconds",
        "The code computed for longer than {:g} seconds. Let SQL do more of the work, take fewer rows, or use a better "
        "algorithm; do the work in several calls if it must be long.",
    ),
    hermetic.FuelExceeded: (
        "fuel",
        "The code did more work than one call may (fuel: {}). Let SQL do more of it, or do it in several calls.",
    ),
    hermetic.MemoryExceeded: ("memory_bytes", "The code needed more than {} bytes. Keep less at once."),
    hermetic.OutputExceeded: ("max_output_chars", "The code printed too much ({} characters are kept). Print a summary."),
    hermetic.CallsExceeded: ("calls", "The code called functions of Datasette more than {} times. Use one query for many rows."),
    hermetic.RecursionExceeded: ("stack", "The code recursed too deeply. Use a loop."),
    hermetic.ValueExceeded: ("value", "A value that left the sandbox was larger than {} bytes. Return a summary of it."),
}


class _Nothing:
    """Stands for a session where there is none yet."""

    def cancel(self):
        pass


def _park(entry, usage):
    entry.session.park()
    entry.bytes = usage.memory if usage is not None else entry.bytes


def _failure(message):
    return {"ok": False, "error": message, "stdout": "", "stderr": "", "interpreter_reset": False}


def _actor_id(actor):
    if isinstance(actor, dict) and actor.get("id") is not None:
        return str(actor["id"])
    return None


def _actor_key(actor_id):
    return "" if actor_id is None else "id:" + actor_id
