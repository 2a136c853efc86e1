"""Runs the built command for the tests: the binary is named by $HERMETIC_BIN."""

import os
import subprocess

BINARY = os.environ["HERMETIC_BIN"]


def run(*args, stdin="", timeout=60, **more):
    """The finished process; output as text, stdin as text or bytes."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    if "stdin_file" in more:
        more["stdin"] = more.pop("stdin_file")
    else:
        more["input"] = data
    more.setdefault("stdout", subprocess.PIPE)
    done = subprocess.run([BINARY, *args], stderr=subprocess.PIPE, timeout=timeout, **more)
    done.stdout = done.stdout.decode() if done.stdout is not None else None
    done.stderr = done.stderr.decode()
    return done


def start(*args, **more):
    """A running process with pipes."""
    return subprocess.Popen(
        [BINARY, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more
    )
