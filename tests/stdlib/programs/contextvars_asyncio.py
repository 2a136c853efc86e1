import asyncio
import contextvars

var = contextvars.ContextVar("var", default=0)


async def worker(name, delay, out):
    var.set(name)
    await asyncio.sleep(delay)
    out.append((name, var.get()))
    return name


async def fails():
    await asyncio.sleep(0.01)
    raise ValueError("broken")


async def main():
    out = []
    print(await asyncio.gather(worker("a", 0.03, out), worker("b", 0.01, out), worker("c", 0.02, out)), out, var.get())
    print(await asyncio.gather(fails(), worker("d", 0, out), return_exceptions=True))
    try:
        await asyncio.wait_for(asyncio.sleep(9), 0.01)
    except asyncio.TimeoutError:
        print("timed out")
    queue = asyncio.Queue(maxsize=2)

    async def producer():
        for i in range(5):
            await queue.put(i)
        await queue.put(None)

    async def consumer():
        got = []
        while True:
            item = await queue.get()
            if item is None:
                return got
            got.append(item)

    print(await asyncio.gather(producer(), consumer()))
    lock, order = asyncio.Lock(), []

    async def locked(n):
        async with lock:
            order.append(n)
            await asyncio.sleep(0)
            order.append(-n)

    await asyncio.gather(*[locked(n) for n in (1, 2, 3)])
    print(order)
    event = asyncio.Event()
    task = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    event.set()
    print(await task, task.done(), task.cancel())
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", task.cancelled())
    done, pending = await asyncio.wait([asyncio.create_task(worker(n, d, out)) for n, d in (("x", 0.01), ("y", 0.5))],
                                       return_when=asyncio.FIRST_COMPLETED)
    print([t.result() for t in done], len(pending))
    for t in pending:
        t.cancel()
    first = []
    for c in asyncio.as_completed([worker(n, d, out) for n, d in ((1, 0.03), (2, 0.01))]):
        first.append(await c)
    print(first)
    s = asyncio.Semaphore(2)
    active = peak = 0

    async def limited():
        nonlocal active, peak
        async with s:
            active += 1
            peak = max(peak, active)
            await asyncio.sleep(0.01)
            active -= 1

    await asyncio.gather(*[limited() for _ in range(5)])
    print(peak)
    return "end"


print(asyncio.run(main()))
