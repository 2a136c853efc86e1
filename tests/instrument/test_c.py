"""A C program, compiled as the guest is, behaves the same before and after and keeps its roots.

Needs ``ZIG`` in the environment (the path of zig); skipped without."""

import os
import pathlib
import subprocess

import pytest

from harness import Freed, Guest, instrument, outcome

ZIG = os.environ.get("ZIG")

pytestmark = pytest.mark.skipif(not ZIG, reason="ZIG is not set")


def compile_guest(folder, level):
    source, obj, out = pathlib.Path(__file__).with_name("program.c"), folder / "program.o", folder / "program.wasm"
    environment = {**os.environ, "ZIG_LOCAL_CACHE_DIR": str(folder / "cache")}
    subprocess.run([ZIG, "cc", "-target", "wasm32-freestanding", level, "-mbulk-memory", "-c", source, "-o", obj],
                   check=True, env=environment)
    subprocess.run([ZIG, "wasm-ld", "--no-entry", "--export=__stack_pointer", "--export-table", "--stack-first",
                    "-z", "stack-size=32768", obj, "-o", out], check=True, env=environment)
    return out.read_bytes()


@pytest.mark.parametrize("level", ["-O1", "-O2", "-Os"])
def test_c_program(tmp_path, level):
    module = compile_guest(tmp_path, level)
    after = instrument(module)
    caught = 0
    for seed in range(40):
        old, new = Guest(module, collects=False), Guest(after)
        expected = outcome(old, "f", seed)
        assert outcome(new, "f", seed) == expected
        assert new.collections > 3
        assert new.fuel_used() + 100 >= old.fuel_used()
        try:
            outcome(Guest(module), "f", seed)
        except Freed:
            caught += 1
    assert caught > 10  # it does need its roots
