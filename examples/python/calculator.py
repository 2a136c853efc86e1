"""A calculator tool for a language model: whatever it writes is run, and the answer or the error goes back as text."""

import sys

import hermetic

LIMITS = hermetic.Limits(memory=16 << 20, wall=0.5, output=4096)


def calculate(code: str) -> str:
    """Run Python, and return what a model should read."""
    try:
        result = hermetic.run(code, limits=LIMITS)
    except hermetic.GuestError as error:
        return error.traceback
    except hermetic.LimitExceeded as error:
        return f"stopped: {error}"
    return result.stdout + ("" if result.value is None else repr(result.value))


if __name__ == "__main__":
    for program in sys.argv[1:] or ["(3 + 4) * 2 ** 70", "1 / 0", "while True: pass", "sum(i * i for i in range(1000))"]:
        print(f"> {program}\n{calculate(program).rstrip()}\n")
