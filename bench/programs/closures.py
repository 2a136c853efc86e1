# Closures: cells written by nonlocal, lambdas, functions made and composed at run time, default arguments.


def counter(start):
    value = start

    def bump(by=1):
        nonlocal value
        value = (value + by) % 1000003
        return value

    def read():
        return value

    return bump, read


def compose(functions):
    def composed(x):
        for function in functions:
            x = function(x)
        return x

    return composed


def adder(n):
    return lambda x: (x + n) & 0xFFFFF


bump, read = counter(7)
for i in range(250000):
    bump(i & 15)
pipeline = compose([adder(i) for i in range(8)] + [lambda x: x ^ 0x5A5A])
x = 1
for i in range(55000):
    x = pipeline(x)
total = 0
for i in range(90000):
    total += adder(i)(x)
print(read(), x, total)
