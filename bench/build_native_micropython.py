#!/usr/bin/env python3
"""Build the native peer: upstream's unix port of the MicroPython that hermetic's guest is made from.

    build_native_micropython.py SOURCE OUT      prints the path of the binary

The variant is upstream's `standard` one, made as fast as its makefile allows: -O3 instead of -Os, without the thread
module (its state would move to thread-local storage), and without a frozen manifest (which would make big integers use
16-bit digits). The assembler's non-local return and computed goto are upstream's defaults on x86-64 and aarch64.
Modules that need libraries from elsewhere (ffi, ssl, btree) are left out; no program of the benchmark imports them.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

FLAGS = [
    "VARIANT=standard",
    "FROZEN_MANIFEST=",
    "MICROPY_PY_BTREE=0",
    "MICROPY_PY_FFI=0",
    "MICROPY_PY_SSL=0",
    "MICROPY_PY_THREAD=0",
    "MICROPY_PY_SOCKET=0",
    "MICROPY_VFS_FAT=0",
    "MICROPY_VFS_LFS1=0",
    "MICROPY_VFS_LFS2=0",
    "COPT=-O3 -DNDEBUG -fdata-sections -ffunction-sections",
]


def build(source, out, compiler="gcc", jobs=2):
    """Path of the binary; built when it is not there yet. `source` is only read."""
    out = pathlib.Path(out).resolve()
    binary = out / "micropython"
    stamp = out / "flags.txt"
    wanted = "\n".join([str(pathlib.Path(source).resolve()), compiler, *FLAGS])
    if binary.exists() and stamp.exists() and stamp.read_text() == wanted:
        return binary
    out.mkdir(parents=True, exist_ok=True)
    work = out / "source"
    shutil.rmtree(work, ignore_errors=True)
    # The makefile writes next to its sources (generated headers, version file): work on a copy.
    shutil.copytree(source, work, symlinks=True,
                    ignore=shutil.ignore_patterns("tests", "docs", "build-*", ".git"))
    command = ["make", "-C", str(work / "ports/unix"), f"-j{jobs}", f"CC={compiler}", "STRIP=true", "V=1", *FLAGS]
    log = out / "build.log"
    with open(log, "w") as file:
        # No git around: otherwise the makefile would describe the repository that it happens to be built in.
        status = subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, check=False,
                                env=dict(os.environ, GIT_DIR=str(out / "none"))).returncode
    if status:
        tail = log.read_text(errors="replace").splitlines()[-15:]
        raise RuntimeError(f"native MicroPython did not build; the end of {log}:\n" + "\n".join(tail))
    shutil.copy2(work / "ports/unix/build-standard/micropython", binary)
    stamp.write_text(wanted)
    return binary


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=pathlib.Path, help="unpacked MicroPython source")
    parser.add_argument("out", type=pathlib.Path, help="folder for the build and the binary")
    parser.add_argument("--compiler", default=os.environ.get("CC", "gcc"))
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    try:
        print(build(options.source, options.out, options.compiler, options.jobs))
    except RuntimeError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
