"""A program of a user who has every type checked: mypy --strict and pyright in strict mode find nothing. Nobody runs it."""

from __future__ import annotations

from datetime import datetime, timezone

import hermetic


def lookup(name: str, *, default: float = 0.0) -> float:
    return {"tea": 2.5}.get(name, default)


class Store:
    async def query(self, key: str) -> list[str]:
        return [key]


def one() -> str:
    limits = hermetic.Limits(memory=16 << 20, wall=0.5, on_limit="discard")
    result = hermetic.run("lookup('tea')", functions={"lookup": lookup}, limits=limits, inputs={"rows": [1, 2]})
    price: float = result.value
    return f"{price:.2f} {result.stdout} {result.usage.fuel + result.usage.calls} {limits.wall}"


def errors() -> tuple[str, int]:
    try:
        hermetic.run("1/0", clock=datetime.now(timezone.utc), seed=1)
    except hermetic.GuestError as error:
        return error.frames[0].function, error.frames[0].line
    except hermetic.WallExceeded as error:
        return error.stdout, error.limit
    return "", 0


def session() -> hermetic.Session:
    with hermetic.Session(on_output=lambda text, stream: print(text, stream)) as session:
        session.run("x = 1")
        session["y"] = session["x"]
        session.update({"z": session.call("f", 1, b=2)})
        other = hermetic.Session.restore(session.snapshot(key=b"k" * 32), key=b"k" * 32)
        return other.fork()


def pull(session: hermetic.Session) -> hermetic.Result:
    step = session.start("lookup('tea')", functions=["lookup"])
    while isinstance(step, hermetic.Call):
        waiting: hermetic.Call = hermetic.load(step.dump())
        step = step.resume((step.name, step.args, step.kwargs)) if not waiting.args else step.throw(KeyError("tea"))
    return step


async def later(session: hermetic.Session) -> str:
    await session.call_async("f", 1)
    result = await hermetic.run_async("db.query('x')", functions={"db": hermetic.expose(Store(), ["query"])})
    return (await session.run_async("1")).stdout + result.stderr


def many() -> list[object]:
    program = hermetic.compile("def f(row): return row", limits=hermetic.Limits(fuel=10**9))
    rows: list[object] = list(program.map([{"a": 1}], batch=10))
    with hermetic.Pool(2) as pool:
        rows.append(pool.run("1").value)
    return rows


def features() -> bool:
    have = hermetic.features()
    return "json" in have["modules"] and have["language"]["match"]
