"""Datasette with real data, its agent, and the sandbox: a scripted conversation over HTTP, as a browser would have it.

usage: demo.py [--stay] [--port PORT]

The model is llm-echo, which calls the tool it is told to; `Scripted` tells it, for the questions below. With --stay the
server goes on, for a look at the conversation in a browser; it listens on this machine only, and everybody who can
reach it is root there. A real model takes this one's place by `-s plugins.datasette-llm.default_model`: see README.md.
"""

import argparse
import asyncio
import csv
import importlib.util
import json
import pathlib
import re
import socket
import sqlite3
import tempfile
import urllib.request
import uuid

import llm
import llm_echo
import uvicorn
from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm

CONVERSATION = [
    (
        "How has the way Iowa makes its electricity changed?",
        """\
from collections import defaultdict

years = defaultdict(dict)
for row in query("data", "select year, source, net_generation from iowa_electricity order by year"):
    years[row["year"][:4]][row["source"]] = row["net_generation"]

def shares(year):
    total = sum(years[year].values())
    return {"year": int(year), **{source: round(100 * n / total, 1) for source, n in years[year].items()}}

rows = [shares(year) for year in years]
table(rows[::8], title="Percent of net generation")
chart(rows, x="year", y=list(rows[0])[1:], kind="line", title="Iowa: percent of net generation")
rows[-1]
""",
        "Fossil fuels gave way to renewables, from almost nothing to more than a third.",
    ),
    (
        "When did renewables pass nuclear energy?",
        """\
next(row["year"] for row in rows if row["Renewables"] > row["Nuclear Energy"])
""",
        "The variables of the last answer are still there.",
    ),
    (
        "Which month is the wettest in Seattle?",
        """\
import statistics

months = defaultdict(list)
for row in query("data", "select date, precipitation from seattle_weather"):
    months[row["date"][5:7]].append(float(row["precipitation"]))
by_month = [{"month": month, "mm a day": round(statistics.mean(days), 2)} for month, days in sorted(months.items())]
chart(by_month, x="month", y="mm a day", title="Rain in Seattle")
max(by_month, key=lambda row: row["mm a day"])
""",
        "November and December are the wet ones.",
    ),
]


class Scripted(llm_echo.EchoAsync):
    """Echo, told what to call and say by the question."""

    model_id = "echo-scripted"

    def shared(self, prompt, stream, response, conversation):
        question = (prompt.prompt or "").strip()
        for number, (asked, python, _) in enumerate(CONVERSATION):
            if asked == question:
                arguments = {"python": python, "show_result": True}
                name = f"{number}-{uuid.uuid4().hex}"
                response.add_tool_call(llm.ToolCall("execute_python", arguments, tool_call_id=name))
                return ""
        if prompt.tool_results:
            return CONVERSATION[int(prompt.tool_results[-1].tool_call_id.split("-")[0])][2]
        return "This model knows the questions of the demonstration only."


class Demo:
    """A Datasette plugin: the model, and one actor for all requests."""

    @hookimpl
    def actor_from_request(self):
        return {"id": "root"}


class Models:
    @llm.hookimpl
    def register_models(self, register):
        register(llm_echo.Echo(), Scripted(), aliases=("echo-scripted",))


def load(path):
    """Makes a database of data sets that the vega-datasets package ships."""
    folder = pathlib.Path(importlib.util.find_spec("vega_datasets").origin).parent / "_data"
    with sqlite3.connect(path) as connection:
        for name in ("iowa-electricity", "seattle-weather"):
            with open(folder / f"{name}.csv", newline="", encoding="utf-8") as file:
                rows = list(csv.DictReader(file))
            table = name.replace("-", "_")
            numbers = {c for c in rows[0] if all(re.fullmatch(r"-?[0-9.]+", row[c]) for row in rows)}
            columns = ", ".join(f"[{c}] {'REAL' if c in numbers else 'TEXT'}" for c in rows[0])
            connection.execute(f"CREATE TABLE {table} ({columns})")
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", [tuple(row.values()) for row in rows])
    connection.close()


def post(address, body):
    request = urllib.request.Request(address, json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as reply:
        return reply.read().decode()


def results(text):
    """Of a turn's events: what the tool returned."""
    for block in text.split("\n\n"):
        if block.startswith("event: tool_result"):
            yield json.loads(json.loads(block.split("data: ", 1)[1])["output"])


def cells(html):
    """The first rows of the table in the page, as text."""
    rows = re.findall(r"<tr>(.*?)</tr>", html.split("<svg")[0].split("<table")[1])
    return [re.findall(r"<t[hd]>(.*?)</t[hd]>", row) for row in rows]


def show(question, python, result):
    print(f"\n> {question}\n")
    print("  " + python.rstrip().replace("\n", "\n  "))
    if not result["ok"]:
        raise SystemExit(result.get("traceback") or result["error"])
    print(f"\n  value: {result['value']}")
    html = result["_html"]
    if "<table" in html:
        for row in cells(html):
            print("  " + "  ".join(f"{cell:>14}" for cell in row))
    if "<svg" in html:
        marks = sum(html.count(f"<{mark} ") for mark in ("path", "rect", "circle"))
        print(f"  chart: {re.search('<title>(.*?)</title>', html)[1]} ({marks} marks)")


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--stay", action="store_true", help="leave the server running")
    parser.add_argument("--port", type=int, default=0, help="default: any that is free")
    options = parser.parse_args()
    pm.register(Demo(), name="demo")
    llm.plugins.pm.register(Models(), name="demo-models")
    with tempfile.TemporaryDirectory() as folder, socket.socket() as listening:
        load(f"{folder}/data.db")
        datasette = Datasette(
            [f"{folder}/data.db"], internal=f"{folder}/internal.db",
            config={"plugins": {"datasette-llm": {"default_model": "echo-scripted"}}},
        )  # fmt: skip
        datasette.root_enabled = True
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", options.port))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(datasette.app(), log_level="warning", lifespan="on"))
        serving = asyncio.create_task(server.serve([listening]))
        while not server.started:
            await asyncio.sleep(0.05)
        created = json.loads(await asyncio.to_thread(post, f"{address}/-/agent/api/conversations", {}))
        conversation = created["conversation_id"]
        for question, python, _ in CONVERSATION:
            text = await asyncio.to_thread(
                post, f"{address}/-/agent/{conversation}/stream", {"message": question}
            )
            found = list(results(text))
            if not found:
                raise SystemExit(text)
            show(question, python, found[0])
        print(f"\nThe same in a browser: {address}/-/agent/{conversation}")
        print(f"What the sandbox may do: {address}/-/hermetic    What ran: {address}/-/hermetic/runs")
        if options.stay:
            print("Ctrl-C ends the server.")
        else:
            print("(`make run STAY=1` leaves the server running.)")
            server.should_exit = True
        await serving


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        pass
