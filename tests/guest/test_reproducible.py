#!/usr/bin/env python3
"""guest.wasm is the same bytes whatever folder it is built in: this builds it once more, elsewhere, and compares.

    test_reproducible.py --zig ZIG --instrument INSTRUMENT --source MICROPYTHON PLAIN_WASM GUEST_WASM -- ARGUMENT...

The project's and the upstream source are copied to a folder with another name; time, time zone and environment differ as
well. Nothing of the first build is used but the tools. ARGUMENTs are what the instrumentation gets.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def first_difference(a, b):
    return next((at for at, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--zig", required=True)
    parser.add_argument("--instrument", type=pathlib.Path, required=True)
    parser.add_argument("--source", type=pathlib.Path, required=True)
    parser.add_argument("--library", action="append", default=[], metavar="NAME=FOLDER")
    parser.add_argument("plain", type=pathlib.Path)
    parser.add_argument("guest", type=pathlib.Path)
    parser.add_argument("arguments", nargs="*")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="Zz.another-folder_of-a-long-name-") as folder:
        folder = pathlib.Path(folder)
        for part in ("guest", "tools"):
            shutil.copytree(ROOT / part, folder / "0" / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(options.source, folder / "upstream")
        libraries = []
        for name, _, source in (library.partition("=") for library in options.library):
            shutil.copytree(source, folder / name)
            libraries += ["--library", f"{name}={folder / name}"]
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C", "TZ": "Asia/Kathmandu", "USER": "nobody"}
        if "ZIG_GLOBAL_CACHE_DIR" in os.environ:
            environment["ZIG_GLOBAL_CACHE_DIR"] = os.environ["ZIG_GLOBAL_CACHE_DIR"]
        subprocess.run([sys.executable, folder / "0/tools/build_guest.py", "--source", folder / "upstream", *libraries,
                        "--zig", options.zig, "--out", folder / "out"], env=environment, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([options.instrument, folder / "out/plain.wasm", "-o", folder / "guest.wasm", *options.arguments],
                       env=environment, check=True)
        wrong = 0
        for ours, theirs in ((options.plain, folder / "out/plain.wasm"), (options.guest, folder / "guest.wasm")):
            a, b = ours.read_bytes(), theirs.read_bytes()
            same = a == b
            wrong += not same
            print(f"{ours.name}: {len(a)} bytes, " + ("the same" if same else
                  f"differs from {len(b)} bytes at {first_difference(a, b)}"))
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
