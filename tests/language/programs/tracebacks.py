# An uncaught exception with a cause, a context and notes.
def f(n):
    if n == 0:
        raise ValueError("bottom")
    f(n - 1)


class Custom(Exception):
    pass


try:
    try:
        f(8)
    except ValueError as e:
        raise Custom("middle") from e
except Custom as c:
    c.add_note("a note\nof two lines")
    raise KeyError("top")
