"""The value of a program's last expression, whatever it is. Plain data leaves the sandbox as it is; anything else, such as an
instance of a class, as its repr(). For that the last expression is handed to a function of the guest's prelude.

This changes nothing for safety: what comes out is data of the guest's either way.
"""

import ast
import warnings


_MOST = 100_000  # characters; CPython's parser bounds its own depth, this bounds its time


class Program:
    """Python with its last expression wrapped, where there is one and CPython can read the program."""

    def __init__(self, source):
        self.code = source
        self._lines = []  # (as it runs, as it was written)
        if len(source) > _MOST:
            return
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of invalid escapes, which are not ours to report
                body = ast.parse(source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return  # the guest says what is wrong, or knows better
        if not body or not isinstance(body[-1], ast.Expr) or isinstance(body[-1].value, (ast.Yield, ast.YieldFrom)):
            return
        last = body[-1]
        lines = source.encode().splitlines(keepends=True)
        written = {number: lines[number - 1] for number in (last.lineno, last.end_lineno)}
        for number, column, text in (
            (last.end_lineno, last.end_col_offset, b"))"), (last.lineno, last.col_offset, b"_shown(("),
        ):  # fmt: skip
            line = lines[number - 1]
            lines[number - 1] = line[:column] + text + line[column:]
        self.code = b"".join(lines).decode()
        self._lines = [(lines[number - 1].decode().strip(), line.decode().strip()) for number, line in written.items()]

    def unwrapped(self, traceback):
        """A traceback with the lines as they were written."""
        for runs, written in self._lines:
            traceback = traceback.replace(runs, written)
        return traceback
