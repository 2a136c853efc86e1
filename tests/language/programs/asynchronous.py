# Coroutines driven by hand, asynchronous generators, comprehensions, with and for.
def run(coro):
    try:
        while True:
            coro.send(None)
    except StopIteration as e:
        return e.value


class Awaitable:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield "token"
        return self.value


async def one():
    return await Awaitable(1)


async def agen(n):
    for i in range(n):
        x = await Awaitable(i)
        yield x * 10


class Manager:
    async def __aenter__(self):
        print("enter")
        return "m"

    async def __aexit__(self, t, v, tb):
        print("exit", t.__name__ if t else None)
        return t is ValueError


class Iter:
    def __init__(self): self.n = 0
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n == 3:
            raise StopAsyncIteration
        self.n += 1
        return self.n


async def main():
    print(await one())
    async for v in agen(3):
        print(v, end=" ")
    else:
        print("done")
    print([v async for v in agen(3)], [v async for v in agen(4) if v], {v: 1 async for v in agen(2)})
    print([await Awaitable(i) for i in range(3)], {x async for x in Iter()} == {1, 2, 3})
    g = (v + 1 async for v in agen(3))
    print([v async for v in g], sum([v async for v in (w async for w in agen(4))]))
    async with Manager() as m, Manager():
        print("body", m)
    async with Manager():
        raise ValueError("swallowed")
    try:
        async with Manager():
            raise KeyError("k")
    except KeyError as e:
        print("caught", e)
    return "result"


print(run(main()))


async def echo():
    try:
        got = yield 1
        while got:
            got = yield got * 2
    finally:
        print("closed")


async def drive():
    g = echo()
    print(await g.__anext__(), await g.asend(5), await g.asend(6))
    await g.aclose()
    g = echo()
    await g.asend(None)
    try:
        await g.athrow(ValueError("x"))
    except ValueError as e:
        print("thrown", e)
    try:
        await g.__anext__()
    except StopAsyncIteration:
        print("exhausted")


run(drive())


async def early():
    async for v in agen(5):
        if v == 20:
            return v


print(run(early()))
async def lots():
    return [(i, j) async for i in agen(2) for j in range(2)], [[y async for y in agen(2)] for x in range(2)]
print(run(lots()))
try:
    async def bad(): await 5
    run(bad())
except TypeError as e:
    print(e)
