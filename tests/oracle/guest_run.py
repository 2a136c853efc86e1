#!/usr/bin/env python3
"""Run one program in guest.wasm under Wasmtime: guest_run.py GUEST FILE. Exit status as the command's."""

import pathlib
import sys

from guest import Oracle


def main():
    wasm, path = sys.argv[1:]
    outcome = Oracle(wasm).run(pathlib.Path(path).read_bytes(), path, last=False, argv=[path])
    for stream, data in outcome.output:
        file = sys.stdout if stream == 1 else sys.stderr
        file.buffer.write(data)
        file.flush()
    if outcome.stopped:
        print(f"guest_run: {outcome.stopped}", file=sys.stderr)
        return 3 if outcome.stopped == "fuel limit" else 4
    if outcome.error:
        if outcome.error.get("type") == "SystemExit":
            return outcome.error.get("exit", 0)
        sys.stderr.write(outcome.error.get("traceback", ""))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
