"""A real Datasette with the agent and the echo model, spoken to as a browser does."""

import json

import pytest
import pytest_asyncio
from datasette.app import Datasette

ACTORS = ["alice", "bob", "auditor"]


def make_datasette(tmp_path, settings=None, permissions=None, **kwargs):
    """A Datasette with internal database tmp_path/internal.db and database 'shop'."""
    import sqlite3

    path = tmp_path / "shop.db"
    if not path.exists():
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, qty INTEGER)")
            connection.executemany("INSERT INTO items VALUES (?, ?, ?)", [(1, "apple", 3), (2, "pear", 5), (3, "plum", 2)])
            connection.execute("CREATE TABLE numbers (n INTEGER)")
            connection.executemany("INSERT INTO numbers VALUES (?)", [(n,) for n in range(2500)])
        connection.close()
    rules = {
        "datasette-agent": {"id": ACTORS},
        "datasette-agent-background": {"id": ACTORS},
        "execute-write-sql": {"id": "alice"},
        "insert-row": {"id": "alice"},
        "update-row": {"id": "alice"},
        "delete-row": {"id": "alice"},
        "create-table": {"id": "alice"},
        "hermetic-audit": {"id": "auditor"},
    }
    rules.update(permissions or {})
    return Datasette(
        [str(path)],
        internal=str(tmp_path / "internal.db"),
        secret="a secret for tests",
        settings={"sql_time_limit_ms": 20_000},  # the agent's own queries, on a machine that does other work
        config={
            "permissions": rules,
            "plugins": {"datasette-llm": {"default_model": "echo"}, "datasette-agent-hermetic": settings or {}},
        },
        **kwargs,
    )


class Chat:
    """One conversation of one actor."""

    def __init__(self, datasette, actor="alice"):
        self.datasette = datasette
        self.actor = {"id": actor}
        self.id = None

    async def post(self, path, body=None):
        return await self.datasette.client.post(path, json=body or {}, actor=self.actor)

    async def begin(self):
        response = await self.post("/-/agent/api/conversations")
        self.id = response.json()["conversation_id"]
        return self

    async def send(self, message):
        """The events of a turn, as (name, data)."""
        return events((await self.post(f"/-/agent/{self.id}/stream", {"message": message})).text)

    async def call(self, *programs, tool="execute_python", **arguments):
        calls = [{"name": tool, "arguments": {"python": python, **arguments}} for python in programs]
        return await self.send(json.dumps({"prompt": "go", "tool_calls": calls}))

    async def run(self, python, **arguments):
        """What the tool returned."""
        found = await self.call(python, **arguments)
        got = results(found)
        assert len(got) == 1, found
        return got[0]

    async def answer(self, question, answer):
        return events((await self.post(f"/-/agent/{self.id}/question/{question['id']}", {"answer": answer})).text)


def events(text):
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
        if "event" in lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def results(found):
    parsed = []
    for name, data in found:
        if name == "tool_result":
            try:
                parsed.append(json.loads(data["output"]))
            except ValueError:
                parsed.append(data["output"])
    return parsed


def question(found):
    (data,) = [data for name, data in found if name == "question"]
    return data


@pytest_asyncio.fixture
async def datasette(tmp_path):
    datasette = make_datasette(tmp_path)
    await datasette.invoke_startup()
    yield datasette
    await datasette.invoke_shutdown()


@pytest_asyncio.fixture
async def chat(datasette):
    return await Chat(datasette).begin()


@pytest.fixture(autouse=True)
def user_dir(tmp_path, monkeypatch):
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path))
