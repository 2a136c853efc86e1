"""The async forms: async functions, cancelling, many at once."""

import asyncio
import contextvars
import threading
import time

import hermetic
import pytest


def test_async_and_plain_functions():
    async def main():
        async def slow(x):
            await asyncio.sleep(0.001)
            assert threading.current_thread() is threading.main_thread()
            return x + 1

        with hermetic.Session(functions={"slow": slow, "fast": lambda x: x * 2}) as s:
            r = await s.run_async("y = slow(fast(2))\ny", inputs={"z": 1})
            assert r.value == 5
            s.run("def f(a, k=0): return slow(a) + k")
            assert await s.call_async("f", 1, k=2) == 4
        assert (await hermetic.run_async("slow(1)", functions={"slow": slow})).value == 2

    asyncio.run(main())


def test_exceptions_of_async_functions_cross():
    async def main():
        async def bad():
            await asyncio.sleep(0)
            raise ValueError("told")

        r = await hermetic.run_async("try:\n    bad()\nexcept ValueError as e:\n    r = str(e)\nr", functions={"bad": bad})
        assert r.value == "told"

    asyncio.run(main())


def test_cancelling_the_task_stops_the_guest():
    async def main():
        with hermetic.Session() as s:
            s.run("x = 1")
            task = asyncio.create_task(s.run_async("x = 2\nwhile True: pass"))
            await asyncio.sleep(0.05)
            begin = time.monotonic()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert time.monotonic() - begin < 2
            assert s["x"] == 1
            task = asyncio.create_task(s.run_async("while True: pass"))
            await asyncio.sleep(0)
            task.cancel()  # before the thread has begun
            with pytest.raises(asyncio.CancelledError):
                await task
            assert s.run("x").value == 1

    asyncio.run(main())


def test_cancelling_while_an_async_function_waits():
    async def main():
        stopped = []

        async def wait():
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                stopped.append(1)
                raise

        with hermetic.Session(functions={"wait": wait}) as s:
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(s.run_async("x = 1\nwait()"), 0.05)
            assert stopped == [1]
            with pytest.raises(hermetic.GuestError):
                s["x"]

    asyncio.run(main())


def test_waiting_runs_hold_no_thread():
    async def main():
        gate = asyncio.Event()

        async def wait():
            await gate.wait()
            return 1

        tasks = [asyncio.create_task(hermetic.run_async("wait()", functions={"wait": wait})) for _ in range(200)]
        await asyncio.sleep(0.2)
        assert threading.active_count() < 64
        gate.set()
        assert sum(r.value for r in await asyncio.gather(*tasks)) == 200

    asyncio.run(main())


def test_context_variables_reach_functions():
    name = contextvars.ContextVar("name")

    async def main():
        name.set("here")
        return (await hermetic.run_async("f()", functions={"f": name.get})).value

    assert asyncio.run(main()) == "here"


def test_limits_and_busy_in_async_runs():
    async def main():
        with hermetic.Session(limits=hermetic.Limits(wall=0.05)) as s:
            with pytest.raises(hermetic.WallExceeded):
                await s.run_async("while True: pass")
            task = asyncio.create_task(s.run_async("while True: pass"))
            await asyncio.sleep(0.01)
            with pytest.raises(hermetic.Busy):
                s.run("1")
            with pytest.raises(hermetic.WallExceeded):
                await task

    asyncio.run(main())
