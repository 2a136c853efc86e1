"""Conversations at once with Datasette Agent over HTTP: turns that run Python in datasette-agent-hermetic, the same in
datasette-agent-micropython, turns that call a small tool of the agent's own, and turns without a tool: what the agent costs.

usage: PYTHONPATH=... bench_plugins.py [--conversations N] [--turns N]     in a venv with both plugins: see `make bench-plugins`

Server and client share the machine. Each kind has a server of its own, and its answers are checked.
"""

import argparse
import asyncio
import json
import os
import pathlib
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

FIRST = "def square(n):\n    return n * n\n\ntotal = 0\nprint(total)"
NEXT = (
    "total += sum(square(i) for i in range(1000))\n"
    "found = read_only_sql_query('data', 'select count(*) as n from items')\nprint(total, found['rows'][0]['n'])"
)
TOOLS = {"hermetic": "execute_python", "micropython": "execute_micropython", "agent": "list_databases_and_tables", "none": None}
PYTHON = ("hermetic", "micropython")


def serve(kind, folder, port):
    import uvicorn
    from datasette import hookimpl
    from datasette.app import Datasette
    from datasette.plugins import pm

    class Root:
        @hookimpl
        def actor_from_request(self):
            return {"id": "root"}

    for name in ("agent_hermetic", "agent_micropython", "datasette_agent_hermetic", "datasette_agent_micropython"):
        plugin = pm.get_plugin(name)
        if plugin is not None and kind not in name:
            pm.unregister(plugin)
    pm.register(Root(), name="root")
    datasette = Datasette(
        [f"{folder}/data.db"],
        internal=f"{folder}/internal.db",
        settings={"sql_time_limit_ms": 60_000, "default_allow_sql": True},
        config={
            "plugins": {
                "datasette-llm": {"default_model": "echo"},
                "datasette-agent-hermetic": {"max_sessions": 1000},
                "datasette-agent-micropython": {"max_sessions": 1000, "wall_clock_timeout_seconds": 60},
            }
        },
    )
    datasette.root_enabled = True
    uvicorn.run(datasette.app(), host="127.0.0.1", port=port, log_level="error")


def memory(pid, name):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) / 1024
    return 0.0


def processor(pid):
    """Seconds of processor time, user and system, of all threads."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(kind, conversations, turns):
    import httpx2

    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        with sqlite3.connect(f"{folder}/data.db") as connection:
            connection.execute("CREATE TABLE items (id INTEGER PRIMARY KEY)")
            connection.executemany("INSERT INTO items VALUES (?)", [(n,) for n in range(500)])
        connection.close()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = subprocess.Popen([sys.executable, __file__, "--serve", kind, folder, str(port)])
        try:
            return await _drive(kind, conversations, turns, server.pid, f"http://127.0.0.1:{port}", httpx2)
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


async def _drive(kind, conversations, turns, pid, address, httpx2):
    limits = httpx2.Limits(max_connections=conversations + 10, max_keepalive_connections=conversations + 10)
    taken, wrong = [], []
    async with httpx2.AsyncClient(base_url=address, timeout=600, limits=limits) as client:
        for _ in range(600):
            try:
                await client.get("/-/versions.json")
                break
            except httpx2.HTTPError:
                await asyncio.sleep(0.1)
        names = []
        for _ in range(conversations):
            reply = await client.post("/-/agent/api/conversations", json={})
            names.append(reply.json()["conversation_id"])
        before, used = memory(pid, "VmRSS"), processor(pid)

        async def converse(name):
            for turn in range(turns):
                python = FIRST if turn == 0 else NEXT
                message = "hello"
                if TOOLS[kind]:
                    arguments = {"python": python} if kind in PYTHON else {}
                    message = json.dumps({"tool_calls": [{"name": TOOLS[kind], "arguments": arguments}]})
                begin = time.perf_counter()
                reply = await client.post(f"/-/agent/{name}/stream", json={"message": message})
                taken.append(time.perf_counter() - begin)
                expected = "0\\n" if turn == 0 else f"{turn * sum(i * i for i in range(1000))} 500\\n"
                if kind not in PYTHON:
                    expected = '\\"items\\"' if TOOLS[kind] else "event: done"
                if expected.replace("\\n", "\\\\n") not in reply.text:
                    wrong.append(reply.text[-300:])

        begin = time.perf_counter()
        await asyncio.gather(*(converse(name) for name in names))
        seconds, used = time.perf_counter() - begin, processor(pid) - used
    taken.sort()
    return {
        "turns/s": len(taken) / seconds,
        "median": taken[len(taken) // 2],
        "p99": taken[int(len(taken) * 0.99)],
        "processor": used / len(taken),
        "wrong": len(wrong),
        "first wrong": wrong[:1],
        "before": before,
        "after": memory(pid, "VmRSS"),
        "peak": memory(pid, "VmHWM"),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--serve", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--conversations", type=int, default=200)
    parser.add_argument("--turns", type=int, default=4)
    parser.add_argument("--kinds", nargs="+", default=list(TOOLS), choices=list(TOOLS))
    options = parser.parse_args()
    if options.serve:
        return serve(options.serve[0], options.serve[1], int(options.serve[2]))
    print(f"{options.conversations} conversations at once, {options.turns} turns each; load {os.getloadavg()[0]:.1f}\n")
    print("| tool | turns/s | median | p99 | server's processor time a turn | wrong or failed | memory before | after | peak |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: | --: |")
    for kind in options.kinds:
        got = asyncio.run(measure(kind, options.conversations, options.turns))
        print(
            f"| {kind} | {got['turns/s']:.1f} | {got['median']:.2f} s | {got['p99']:.2f} s"
            f" | {got['processor'] * 1000:.0f} ms | {got['wrong']}"
            f" | {got['before']:.0f} MB | {got['after']:.0f} MB | {got['peak']:.0f} MB |",
            flush=True,
        )
        for text in got["first wrong"]:
            print(f"\n    {text}\n", file=sys.stderr)


if __name__ == "__main__":
    main()
