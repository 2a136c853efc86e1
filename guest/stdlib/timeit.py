# How long a statement takes, by the sandbox's clock, which may stand still: see time.

import time

__all__ = ["Timer", "timeit", "repeat", "default_timer"]

default_timer = time.perf_counter
default_number = 1000000
default_repeat = 5


class Timer:
    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        names = {"_stmt": stmt, "_setup": setup} if globals is None else dict(globals, _stmt=stmt, _setup=setup)

        def body(code, name):
            return name + "()" if callable(code) else "\n        ".join(code.split("\n"))
        source = ("def _inner(_count, _timer):\n    %s\n    _start = _timer()\n    for _i in range(_count):\n        %s\n"
                  "    return _timer() - _start\n" % (body(setup, "_setup").replace("\n        ", "\n    "), body(stmt, "_stmt")))
        exec(source, names)
        self.inner = names["_inner"]

    def timeit(self, number=default_number):
        return self.inner(number, self.timer)

    def repeat(self, repeat=default_repeat, number=default_number):
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        number = 1
        while True:
            taken = self.timeit(number)
            if callback:
                callback(number, taken)
            if taken >= 0.2 or number >= 1000000:
                return number, taken
            number *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)
