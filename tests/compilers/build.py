#!/usr/bin/env python3
"""Build the library with every compiler that it supports, run its tests, and compare what programs come to.

    build.py --build BUILD --meson MESON --zig ZIG --source MICROPYTHON [NAME...]

Each build is warning-free, takes the generated C and the image from BUILD, and lives in BUILD-NAME. Builds for other
machines run under an emulator where there is one; what has none is compiled only. Prints a line a build.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CROSS = """[binaries]
c = ['{zig}', 'cc', '-target', '{target}']
ar = ['{zig}', 'ar']
ranlib = ['{zig}', 'ranlib']
exe_wrapper = ['{emulator}']
[host_machine]
system = 'linux'
cpu_family = '{cpu}'
cpu = '{cpu}'
endian = 'little'
"""
# name: (compiler or (target, machine, emulator), optimisation)
BUILDS = {
    "gcc-O0": ("gcc", "0"),
    "gcc-O3": ("gcc", "3"),
    "clang": ("clang-19", "2"),
    "clang-O0": ("clang-19", "0"),
    "zig": ("ZIG cc", "2"),
    "aarch64": (("aarch64-linux-musl", "aarch64", "qemu-aarch64"), "2"),
}
SUITES = ["unit", "rt", "wall", "run", "fuzz"]
# Compiled only: all of rt/, src/ and the generated code with explicit checks.
FOREIGN = ["x86_64-macos", "aarch64-macos", "x86_64-windows-gnu"]
WARNINGS = ["-std=c11", "-O1", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE="]


def setup(options, name):
    folder = pathlib.Path(f"{options.build}-{name}")
    compiler, level = BUILDS[name]
    command = [options.meson, "setup", f"-Dgenerated={options.build.resolve()}", f"-Doptimization={level}", "-Dwerror=true"]
    environment = dict(os.environ)
    if isinstance(compiler, tuple):
        target, cpu, emulator = compiler
        if not shutil.which(emulator):
            return None
        folder.mkdir(exist_ok=True)
        cross = folder.with_suffix(".cross")
        cross.write_text(CROSS.format(zig=options.zig, target=target, cpu=cpu, emulator=emulator))
        command += ["--cross-file", cross, "--default-library", "static"]
    else:
        environment["CC"] = compiler.replace("ZIG", str(options.zig))
    if not (folder / "build.ninja").exists():
        subprocess.run([*command, folder], env=environment, stdout=subprocess.DEVNULL, check=True)
    return folder


def build_and_test(options, name):
    """'ok', or what went wrong; and the commands that print outcomes."""
    folder = setup(options, name)
    if folder is None:
        return "no emulator", []
    log = folder / "compilers.log"
    with open(log, "w") as out:
        arguments = [argument for suite in SUITES for argument in ("--suite", suite)]
        if subprocess.run([options.meson, "compile", "-C", folder, "outcomes"], stdout=out, stderr=out, check=False).returncode:
            return f"does not build: {log}", []
        tests = subprocess.run([options.meson, "test", "-C", folder, *arguments, "--no-suite", "long", "-t", "10"],
                               stdout=out, stderr=out, check=False)
    program = str(folder / "tests/compilers/outcomes")
    if isinstance(BUILDS[name][0], tuple):
        program = f"{BUILDS[name][0][2]} {program}"
    backends = [f"{name} {backend}={program} {backend}" for backend in ("guard", "bounds")]
    return (f"tests fail: {log}" if tests.returncode else "ok"), backends


def compile_only(options, target, made):
    """What does not compile for the target, as text; objects go to `made`."""
    generated = sorted((options.build / "guest").glob("guest_*.c"))
    failed = []
    for source in [*sorted((ROOT / "rt").glob("*.[cS]")), *sorted((ROOT / "src").glob("*.c")), generated[0], generated[-1]]:
        if source.name.endswith("_posix.c" if "windows" in target else "_windows.c") and source.parent.name == "src":
            continue
        extra = ["-Wno-everything", "-DHERMETIC_VARIANT_BOUNDS"] if source in generated else []
        done = subprocess.run([options.zig, "cc", "-target", target, *WARNINGS, *extra, f"-I{ROOT}/include", f"-I{ROOT}/rt",
                               f"-I{options.build}/guest", "-c", source, "-o", made], capture_output=True, text=True)
        if done.returncode:
            failed.append(f"{source.name}: {done.stderr.strip().splitlines()[0] if done.stderr.strip() else ''}")
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True, help="the ordinary build directory")
    parser.add_argument("--meson", required=True)
    parser.add_argument("--zig", type=pathlib.Path, required=True)
    parser.add_argument("--source", type=pathlib.Path, required=True, help="unpacked MicroPython source")
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*BUILDS, *FOREIGN, []])
    options = parser.parse_args()
    ordinary = options.build / "tests/compilers/outcomes"
    builds, wrong = [f"ordinary {backend}={ordinary} {backend}" for backend in ("guard", "bounds")], 0
    for name in BUILDS:
        if not options.names or name in options.names:
            verdict, commands = build_and_test(options, name)
            print(f"{name}: {verdict}", flush=True)
            builds += commands
            wrong += verdict not in ("ok", "no emulator")
    for target in FOREIGN:
        if not options.names or target in options.names:
            with tempfile.TemporaryDirectory() as folder:
                failed = compile_only(options, target, pathlib.Path(folder) / "made.o")
            print(f"{target}: " + ("compiles" if not failed else "; ".join(failed)), flush=True)
            wrong += bool(failed)
    compared = subprocess.run([sys.executable, ROOT / "tests/compilers/compare.py", "--source", options.source, *builds],
                              check=False)
    sys.exit(1 if wrong or compared.returncode else 0)


if __name__ == "__main__":
    main()
