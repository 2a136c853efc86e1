#!/usr/bin/env python3
"""Make image.c: the start state of every sandbox, from guest.wasm and the program that boots it.

    image.py guest.wasm --boot PROGRAM --pack PROGRAM --out image.c
"""

import argparse
import hashlib
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import wasmfile  # noqa: E402

WASM_PAGE = 65536
PAGE = 4096

SOURCE = """\
/* Written by tools/image/image.py. */
#include "rt.h"

static const uint8_t packed[{packed}] = {{
{rows}
}};

const struct hermetic__packed_image hermetic__packed_image = {{
    .bytes = packed,
    .size = {packed}u,
    .image = {{
        .start = {start}u,
        .stored = {stored}u,
        .size = {size}u,
        .stack_pointer = {stack_pointer}u,
        .hash = {{ {hash} }},
    }},
}};
"""


def start_memory(module):
    """Linear memory before boot: the data segments on zeros."""
    memory = bytearray(module.memories[0][0] * WASM_PAGE)
    for offset, data in module.data:
        if offset + len(data) > len(memory):
            sys.exit("image: a data segment is outside memory")
        memory[offset:offset + len(data)] = data
    return bytes(memory)


def stack_pointer(module):
    kind, index = module.exports["__stack_pointer"]
    if kind != wasmfile.GLOBAL:
        sys.exit("image: __stack_pointer is not a global")
    return module.globals[index].value


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("guest", metavar="guest.wasm", type=pathlib.Path)
    parser.add_argument("--boot", type=pathlib.Path, required=True, help="the program built from boot.c")
    parser.add_argument("--pack", type=pathlib.Path, required=True, help="the program built from pack.c")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    options = parser.parse_args()

    module = wasmfile.read(options.guest)
    pointer = stack_pointer(module)
    with tempfile.TemporaryDirectory() as folder:
        before, after = pathlib.Path(folder, "start"), pathlib.Path(folder, "booted")
        before.write_bytes(start_memory(module))
        subprocess.run([options.boot.resolve(), before, after, str(pointer)], check=True)
        memory = after.read_bytes()

        # Whole pages of zeros at both ends are not stored.
        end = -(-len(memory.rstrip(b"\0")) // PAGE) * PAGE
        start = (len(memory) - len(memory.lstrip(b"\0"))) // PAGE * PAGE
        before.write_bytes(memory[start:end])
        subprocess.run([options.pack.resolve(), before, after], check=True)
        packed = after.read_bytes()

    digest = hashlib.sha256(options.guest.read_bytes() + memory).digest()
    rows = "\n".join(",".join(map(str, packed[at:at + 32])) + "," for at in range(0, len(packed), 32))
    options.out.write_text(SOURCE.format(
        rows=rows, packed=len(packed), start=start, stored=end - start, size=len(memory), stack_pointer=pointer,
        hash=", ".join(f"0x{byte:02x}" for byte in digest)))


if __name__ == "__main__":
    main()
