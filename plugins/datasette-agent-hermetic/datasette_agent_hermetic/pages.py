"""Two pages: what the sandbox may do and reach (for who may use it), and who ran what (for auditors)."""

import json

from datasette import Forbidden, NotFound, Response

from .guest import STUBS
from .sql import Queries
from .state import state_of

_PAGE = 50


async def limits_page(request, datasette):
    for action in ("datasette-agent", "hermetic-execute"):
        if not await datasette.allowed(action=action, actor=request.actor):
            raise Forbidden(f"You need {action}")
    config = state_of(datasette).config
    functions = [
        (name, stub.__doc__) for name, stub in STUBS.items()
        if not name.startswith("_") and (name != "write_sql" or config.allow_write_sql)
    ]  # fmt: skip
    functions.insert(1, ("query", "The rows of a read-only query as dicts, fetched as they are iterated over."))
    return Response.html(
        await datasette.render_template(
            "agent_hermetic_limits.html",
            {
                "config": config,
                "functions": functions,
                "databases": await Queries(datasette, request.actor, config).databases(),
                "sessions": len(state_of(datasette).store),
                "may_audit": await datasette.allowed(action="hermetic-audit", actor=request.actor),
            },
            request=request,
        )
    )


async def runs_page(request, datasette):
    await _ensure_auditor(request, datasette)
    database = await state_of(datasette).store.database()
    where, values = ["1"], []
    for name, column in (("actor", "actor_id"), ("conversation", "conversation_id"), ("outcome", "outcome")):
        if request.args.get(name):
            where.append(f"{column} = ?")
            values.append(request.args[name])
    before = request.args.get("before") or ""
    if before.isascii() and before.isdigit() and len(before) < 19:
        where.append("id < ?")
        values.append(int(before))
    rows = (
        await database.execute(
            "SELECT id, conversation_id, actor_id, started_at, outcome, seconds, fuel, memory_bytes, calls,"
            " substr(code, 1, 120) AS code, writes FROM agent_hermetic_runs"
            f" WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT {_PAGE + 1}",
            values,
        )
    ).rows
    runs = [{**dict(row), "writes": len(json.loads(row["writes"]))} for row in rows[:_PAGE]]
    return Response.html(
        await datasette.render_template(
            "agent_hermetic_runs.html",
            {"runs": runs, "before": runs[-1]["id"] if len(rows) > _PAGE else None, "filters": {
                name: request.args.get(name) or "" for name in ("actor", "conversation", "outcome")
            }},
            request=request,
        )
    )  # fmt: skip


async def run_page(request, datasette):
    await _ensure_auditor(request, datasette)
    database = await state_of(datasette).store.database()
    row = (
        await database.execute("SELECT * FROM agent_hermetic_runs WHERE id = ?", [int(request.url_vars["id"])])
    ).first()
    if row is None:
        raise NotFound("No such run")
    return Response.html(
        await datasette.render_template(
            "agent_hermetic_run.html", {"run": dict(row), "writes": json.loads(row["writes"])}, request=request
        )
    )


async def _ensure_auditor(request, datasette):
    if not await datasette.allowed(action="hermetic-audit", actor=request.actor):
        raise Forbidden("You need hermetic-audit")
