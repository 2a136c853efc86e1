"""The plugin's tables in Datasette's internal database, which no query of a guest can reach."""

from datetime import datetime, timezone

_SCHEMA = """
CREATE TABLE IF NOT EXISTS agent_hermetic_sessions (
    conversation_id TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    snapshot BLOB NOT NULL,
    updated_at REAL NOT NULL,
    PRIMARY KEY (conversation_id, actor_id)
);
CREATE INDEX IF NOT EXISTS idx_agent_hermetic_sessions_updated ON agent_hermetic_sessions(updated_at);

CREATE TABLE IF NOT EXISTS agent_hermetic_waiting (
    conversation_id TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    call_key TEXT NOT NULL,
    call BLOB NOT NULL,
    notes TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at REAL NOT NULL,
    PRIMARY KEY (conversation_id, actor_id)
);

CREATE TABLE IF NOT EXISTS agent_hermetic_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id TEXT NOT NULL,
    actor_id TEXT,
    started_at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    seconds REAL NOT NULL,
    fuel INTEGER NOT NULL,
    memory_bytes INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    code TEXT NOT NULL,
    output TEXT NOT NULL,
    writes TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS idx_agent_hermetic_runs_actor ON agent_hermetic_runs(actor_id, id);
CREATE INDEX IF NOT EXISTS idx_agent_hermetic_runs_started ON agent_hermetic_runs(started_at);
"""


async def ensure_tables(database):
    await database.execute_write_script(_SCHEMA)


def now_text():
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
