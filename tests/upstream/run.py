#!/usr/bin/env python3
"""MicroPython's own test suite, in the sandbox.

    run.py --source MICROPYTHON --hermetic BIN [--wasm GUEST] [TEST ...]

Every test of the suite's portable folders runs in a sandbox of its own through the command. Its output must be the
test's `.exp` file, or CPython's where there is none, as in the suite's own runner; where a `.exp` file records an
answer of MicroPython's that differs from CPython's, CPython's is as good. A test that does not pass stands in
expected.toml with its reason. A test that stands there and passes is a failure too: the list stays honest.

With --wasm the tests run under the independent runtime of tests/oracle instead of the native library.
"""

import argparse
import concurrent.futures
import fnmatch
import os
import pathlib
import re
import subprocess
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
FOLDERS = ["basics", "float", "unicode", "extmod", "micropython", "misc", "io", "stress"]
OUTCOMES = ("skip", "fail")
TIMEOUT = 60  # seconds; the sandbox's own limit comes first
# Their expected output is a pattern: lines with * and .. as in a regular expression, ######## for any lines.
PATTERNS = {"micropython/meminfo", "basics/bytes_compare3", "basics/builtin_help"}


class Expectations:
    """expected.toml: groups of tests that do not pass, each with an outcome and a reason."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.groups = tomllib.load(file).get("group", [])
        for group in self.groups:
            if group.get("outcome") not in OUTCOMES or not group.get("reason") or not group.get("tests"):
                sys.exit(f"{path}: a group needs tests, a reason, and an outcome of {' or '.join(OUTCOMES)}: {group}")
        self.used = set()

    def outcome(self, test):
        """'pass', or the outcome of the group that names the test; a plain name wins over a pattern."""
        for exact in (True, False):
            for group in self.groups:
                for pattern in group["tests"]:
                    if pattern == test if exact else fnmatch.fnmatchcase(test, pattern):
                        self.used.add(pattern)
                        return group["outcome"]
        return "pass"

    def unused(self):
        return sorted({pattern for group in self.groups for pattern in group["tests"]} - self.used)


def merged(command, folder):
    """(exit status, both streams as they came); status None when it took too long."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                              timeout=TIMEOUT, cwd=folder, check=False,
                              env=dict(os.environ, PYTHONIOENCODING="utf-8"))
    except subprocess.TimeoutExpired as late:
        return None, late.output or b""
    return done.returncode, done.stdout.replace(b"\r\n", b"\n")


def pattern_matches(expected, output):
    """Does `output` fit an expected file whose lines are patterns?"""
    parts = []
    for line in expected.decode().splitlines(keepends=True):
        if line == "########\n":
            parts.append(r"(?:.*\n)*?")
            continue
        # In these files \ makes the next character special, and the usual special characters are plain.
        part = re.sub(r"\\(.)|([()\[\]{}.*+^$])", lambda m: m[1] or "\\" + m[2], line)
        parts.append(part)
    return re.fullmatch("".join(parts).encode(), output) is not None


def unittest_passed(output):
    """True or False when the output ends with a report of unittest; None when it does not."""
    report = re.search(rb"-{70}\nRan \d+ tests?\n\n(OK|FAILED)[^\n]*\n*$", output)
    return report and report[1] == b"OK"


class Runner:
    def __init__(self, options):
        self.tests = (options.source / "tests").resolve()
        self.command = options.command
        self.cpython = [options.cpython, "-BS"]

    def by_cpython(self, path):
        status, output = merged([*self.cpython, str(path)], path.parent)
        return output if status == 0 else b"CPython failed:\n" + output

    def run(self, test):
        """(outcome, what was expected, what came): outcome is pass, skip, fail or fault."""
        path = self.tests / (test + ".py")
        status, output = merged([*self.command, str(path)], path.parent)
        if status is None:
            return "fail", b"", output + b"\n(took too long)\n"
        if status < 0 or status == 4:
            return "fault", b"", output + f"\n(exit status {status})\n".encode()
        if output == b"SKIP\n" or (test in PATTERNS and b"SKIP\n" in output):
            return "skip", b"", output
        verdict = unittest_passed(output)
        if verdict is not None:
            return "pass" if verdict else "fail", b"", output
        recorded = path.with_name(path.name + ".exp")
        if not recorded.exists():
            expected = self.by_cpython(path)
            return "pass" if output == expected else "fail", expected, output
        expected = recorded.read_bytes().replace(b"\r\n", b"\n")
        if output == expected or test in PATTERNS and pattern_matches(expected, output):
            return "pass", expected, output
        # CPython's answer is as good, where a test that records MicroPython's runs there at all.
        if output == self.by_cpython(path):
            return "pass", expected, output
        return "fail", expected, output


def keep(folder, test, expected, output):
    folder.mkdir(parents=True, exist_ok=True)
    stem = test.replace("/", "_")
    (folder / (stem + ".expected")).write_bytes(expected)
    (folder / (stem + ".output")).write_bytes(output)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=pathlib.Path, required=True, help="unpacked MicroPython source")
    parser.add_argument("--hermetic", type=pathlib.Path, help="the command")
    parser.add_argument("--wasm", type=pathlib.Path, help="guest.wasm, to run in Wasmtime instead")
    parser.add_argument("--native", type=pathlib.Path, help="a native MicroPython instead (to work on this script)")
    parser.add_argument("--cpython", default=sys.executable)
    parser.add_argument("--expected", type=pathlib.Path, default=HERE / "expected.toml")
    parser.add_argument("--keep", type=pathlib.Path, help="folder for expected and real output of what failed")
    parser.add_argument("--jobs", "-j", type=int, default=2)
    parser.add_argument("tests", nargs="*", help="as in basics/int1; default: all")
    options = parser.parse_args()
    if options.wasm:
        options.command = [sys.executable, "-B", str(HERE.parent / "oracle/guest_run.py"), str(options.wasm.resolve())]
    elif options.hermetic:
        options.command = [str(options.hermetic.resolve()), "--memory", "16M", "--timeout", "30s", "--fuel", "100G",
                           "--output", "16M"]
    elif options.native:
        options.command = [str(options.native.resolve()), "-X", "emit=bytecode"]
    else:
        parser.error("one of --hermetic, --wasm, --native is needed")

    runner = Runner(options)
    expectations = Expectations(options.expected)
    tests = options.tests or [path.relative_to(runner.tests).with_suffix("").as_posix() for folder in FOLDERS
                              for path in sorted((runner.tests / folder).glob("*.py"))]
    if not tests:
        sys.exit(f"upstream: no tests in {runner.tests}")
    counts = dict.fromkeys(("pass", "skip", "fail", "fault"), 0)
    wrong = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for test, (outcome, expected, output) in zip(tests, pool.map(runner.run, tests)):
            counts[outcome] += 1
            wanted = expectations.outcome(test)
            if outcome == wanted:
                continue
            wrong.append(test)
            if outcome == "pass":
                print(f"{test}: passes, but expected.toml says {wanted}: take it out")
            else:
                lines = output.decode(errors="replace").strip().splitlines()
                print(f"{test}: {outcome}, not {wanted}: {lines[-1][:150] if lines else '(no output)'}", flush=True)
            if options.keep:
                keep(options.keep, test, expected, output)
    if not options.tests:
        for pattern in expectations.unused():
            wrong.append(pattern)
            print(f"{pattern}: in expected.toml, but no such test")
    print(f"upstream: {len(tests)} tests: " + ", ".join(f"{count} {name}" for name, count in counts.items())
          + f"; {len(wrong)} not as expected")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
