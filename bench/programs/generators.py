# Generators: a pipeline, recursion with yield from, send, generator expressions.


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def keep(items, modulus):
    for item in items:
        if item % modulus:
            yield item


def scale(items, factor):
    for item in items:
        yield item * factor


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


def averager():
    total = 0
    seen = 0
    while True:
        value = yield total
        seen += 1
        total += value // seen


total = 0
for turn in range(4):
    total += sum(scale(keep(count(300000), 3), 2))
for turn in range(3):
    total += sum(tree(9))
running = averager()
next(running)
for i in range(400000):
    total += running.send(i) & 15
total += sum(i & 7 for i in range(800000))
print(total)
