"""Runs what it is asked to profile, and counts nothing: a sandbox has no profiler."""

import sys

__all__ = ["run", "runctx", "Profile"]


class Profile:
    def __init__(self, *args, **keywords):
        pass

    def enable(self, subcalls=True, builtins=True):
        pass

    def disable(self):
        pass

    clear = create_stats = disable

    def getstats(self):
        return []

    def runcall(self, func, /, *args, **kw):
        return func(*args, **kw)

    def run(self, cmd):
        return self.runctx(cmd, sys.modules["__main__"].__dict__, sys.modules["__main__"].__dict__)

    def runctx(self, cmd, globals, locals):
        exec(cmd, globals, locals)
        return self

    def print_stats(self, sort=-1):
        import pstats
        pstats.Stats(self).print_stats()

    def __enter__(self):
        return self

    def __exit__(self, *details):
        pass


def run(statement, filename=None, sort=-1):
    Profile().run(statement).print_stats(sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    Profile().runctx(statement, globals, locals).print_stats(sort)
