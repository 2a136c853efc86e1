"""The command `python -m hermetic`."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, NoReturn

from . import __version__
from ._errors import GuestError, GuestExit, HermeticError, LimitExceeded
from ._hermetic import Limits, Opaque
from ._session import Session

_UNITS = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


def size(text: str) -> int:
    """'16M' -> 16777216"""
    factor = _UNITS.get(text[-1:].lower(), 1)
    try:
        return int(text[:-1] if factor > 1 else text) * factor
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a size: {text!r} (16777216, 16384K, 16M, 1G)") from None


def assignment(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"expected NAME=JSON, not {text!r}")
    try:
        return name, json.loads(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{name}: not JSON: {error}") from None


def parser() -> argparse.ArgumentParser:
    p = argparse.ArgumentParser(prog="python -m hermetic", description="Run a Python program in a sandbox.")
    p.add_argument("file", nargs="?", help="the program; - is standard input")
    p.add_argument("args", nargs=argparse.REMAINDER, help="the program's sys.argv[1:]")
    p.add_argument("-c", dest="code", metavar="CODE", help="the program as text")
    p.add_argument("-i", "--input", action="append", default=[], type=assignment, metavar="NAME=JSON", help="set a variable")
    p.add_argument("--timeout", type=float, metavar="SECONDS", help="limit of running time (10)")
    p.add_argument("--memory", type=size, metavar="SIZE", help="limit of memory (64M)")
    p.add_argument("--fuel", type=int, metavar="UNITS", help="limit of work (300000000000)")
    p.add_argument("--output", type=size, metavar="SIZE", help="limit of output (1M)")
    p.add_argument("--deterministic", action="store_true", help="virtual clock and fixed seed")
    p.add_argument("--json", action="store_true", help="print the value of the last expression as JSON")
    p.add_argument("--version", action="version", version=f"hermetic {__version__}")
    return p


def fail(message: str, status: int) -> NoReturn:
    print(message, file=sys.stderr)
    raise SystemExit(status)


def main(argv: list[str] | None = None) -> int:
    p = parser()
    options = p.parse_args(argv)
    if options.code is not None:
        code, file, args = options.code, "<string>", ([options.file] if options.file else []) + options.args
    elif options.file is None or options.file == "-":
        code, file, args = sys.stdin.read(), "<stdin>", options.args
    else:
        file, args = options.file, options.args
        try:
            with open(file, encoding="utf-8") as source:
                code = source.read()
        except (OSError, UnicodeDecodeError) as error:
            fail(f"hermetic: {file}: {error}", 2)

    def write(text: str, stream: str) -> None:
        to = sys.stderr if stream == "stderr" else sys.stdout
        to.write(text)
        to.flush()

    try:
        limits = Limits(fuel=options.fuel, wall=options.timeout, memory=options.memory, output=options.output)
        with Session(limits=limits, on_output=write, deterministic=options.deterministic) as session:
            result = session.run(code, inputs=dict(options.input), argv=[file, *args], file=file)
    except GuestExit as error:
        return error.code & 0xFF
    except GuestError as error:
        fail(error.traceback.rstrip("\n"), 1)
    except LimitExceeded as error:
        fail(f"hermetic: {error}", 3)
    except (HermeticError, ValueError) as error:
        fail(f"hermetic: {error}", 2)
    if options.json:
        try:
            value = result.value
            print(json.dumps({"$opaque": [value.type, value.repr]} if isinstance(value, Opaque) else value))
        except (TypeError, ValueError) as error:
            fail(f"hermetic: the value is not JSON: {error}", 2)
    return 0
