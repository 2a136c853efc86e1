"""The implementations that bench/run.py compares, each as an object with `compute(path) -> seconds`.

A peer that cannot run a program raises Unable with its reason; nothing else is skipped. What is excluded from a time is
said in each class; the same exclusion is made for hermetic.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
TIMEOUT = 120  # seconds for one program


class Unable(Exception):
    """The peer cannot run this program; the text says why."""


def run(command, **options):
    try:
        return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=TIMEOUT,
                              check=False, **options)
    except subprocess.TimeoutExpired:
        raise Unable(f"longer than {TIMEOUT} s") from None


def last_line(text):
    lines = text.strip().splitlines()
    return lines[-1][:160] if lines else "no message"


class Embedded:
    """hermetic through its C interface: the time of hermetic_start, in a new process each."""

    def __init__(self, driver, bounds=False):
        self.name = "hermetic, explicit checks" if bounds else "hermetic"
        self.command = [driver, "bounds"] if bounds else [driver]

    def compute(self, path):
        answer = self.ask("compute", path)
        if answer["status"] != 0:
            raise Unable(answer["error"])
        return answer["ns"] / 1e9, answer["output"]

    def ask(self, *arguments):
        done = run([*self.command, *arguments])
        if done.returncode:
            raise Unable(last_line(done.stderr) if done.returncode > 0 else f"signal {-done.returncode}")
        return json.loads(done.stdout)


class Process:
    """A command that takes a file: time of the whole process, less that of an empty program (`settle`)."""

    def __init__(self, name, command, empty):
        self.name = name
        self.command = command
        self.empty = empty
        self.base = []

    def settle(self, repeats=5):
        """Measures the empty program; called once a repetition, so that it is interleaved like everything else."""
        for _ in range(repeats):
            self.base.append(self.timed(self.empty)[0])

    def start_time(self):
        return sorted(self.base)[len(self.base) // 2]

    def timed(self, path):
        begin = time.perf_counter()
        done = run([*self.command, path])
        seconds = time.perf_counter() - begin
        if done.returncode:
            raise Unable(last_line(done.stderr or done.stdout))
        return seconds, done.stdout

    def compute(self, path):
        seconds, output = self.timed(path)
        return seconds - self.start_time(), output


class Worker:
    """A peer with a Python interface: bench/peer_worker.py measures inside that peer's process."""

    def __init__(self, name, python, label=None):
        self.name = label or name
        self.kind = name
        self.python = python

    def ask(self, verb, argument):
        done = run([self.python, "-B", HERE / "peer_worker.py", self.kind, verb, argument])
        try:
            answer = json.loads(done.stdout)
        except ValueError:
            raise Unable(last_line(done.stderr)) from None
        if "error" in answer:
            raise Unable(answer["error"][:160])
        return answer

    def compute(self, path):
        answer = self.ask("compute", path)
        return answer["seconds"], answer["output"]


def fetch(*arguments):
    """What tools/fetch.py prints; raises Unable with its message."""
    done = subprocess.run([sys.executable, str(ROOT / "tools/fetch.py"), *map(str, arguments)], capture_output=True,
                          text=True, check=False)
    if done.returncode:
        raise Unable(last_line(done.stderr))
    return pathlib.Path(done.stdout.strip().splitlines()[-1])


def cpython():
    """(path, version) of the fastest CPython 3.11 here; builds without profile-guided optimisation are common, and
    comparing with one of those would flatter. Any CPython 3 when there is no 3.11."""
    probe = ("import sys, time\nt = time.perf_counter()\nx = 0\nfor i in range(1000000):\n    x = (x + i) & 65535\n"
             "print(sys.implementation.name, '%d.%d.%d' % sys.version_info[:3], time.perf_counter() - t)")
    found = []
    for candidate in dict.fromkeys([shutil.which("python3.11"), "/usr/bin/python3.11", shutil.which("python3"),
                                    sys.executable]):
        if not candidate or not pathlib.Path(candidate).exists():
            continue
        times = []
        for _ in range(3):
            done = run([candidate, "-S", "-c", probe])
            if done.returncode == 0 and done.stdout.startswith("cpython"):
                _, version, seconds = done.stdout.split()
                times.append(float(seconds))
        if times:
            found.append((not version.startswith("3.11."), min(times), candidate, version))
    _, _, path, version = min(found)
    return path, version
