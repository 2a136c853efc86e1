#!/usr/bin/env python3
"""Make the wheels for all platforms, and the source distribution.

    wheels.py --native WHEEL --build BUILD --out DIST [--only TARGET ...] [--jobs N]
    wheels.py --native WHEEL --retag

BUILD is a finished native build: its guest.wasm, generated C and image are used for every target, so all wheels have the
same guest. Each target is compiled with the pinned zig and linked for the limited API; the Python files and the metadata
come from the wheel that meson-python makes for this machine. What cannot be run here is said in docs/platforms.md.
"""

import argparse
import base64
import csv
import hashlib
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIMIT = 2_000_000  # bytes of a wheel

# name: (zig's target, wheel tag, Meson's system, cpu family)
TARGETS = {
    "manylinux-x86_64": ("x86_64-linux-gnu.2.28", "manylinux_2_28_x86_64", "linux", "x86_64"),
    "manylinux-aarch64": ("aarch64-linux-gnu.2.28", "manylinux_2_28_aarch64", "linux", "aarch64"),
    "musllinux-x86_64": ("x86_64-linux-musl", "musllinux_1_2_x86_64", "linux", "x86_64"),
    "musllinux-aarch64": ("aarch64-linux-musl", "musllinux_1_2_aarch64", "linux", "aarch64"),
    "macos-x86_64": ("x86_64-macos.11.0", "macosx_11_0_x86_64", "darwin", "x86_64"),
    "macos-arm64": ("aarch64-macos.11.0", "macosx_11_0_arm64", "darwin", "aarch64"),
    "windows-x86_64": ("x86_64-windows-gnu", "win_amd64", "windows", "x86_64"),
}


def run(*command, **options):
    print("wheels:", *[str(part) for part in command], flush=True)
    subprocess.run([str(part) for part in command], check=True, **options)


def site(cache):
    (found,) = (cache / "venv" / "lib").glob("python3*/site-packages")
    return found


def python_library(folder, zig, native):
    """An import library of python3.dll with what the module uses, read from the native module."""
    listed = subprocess.run(["nm", "-D", "--undefined-only", str(native)], capture_output=True, text=True, check=True).stdout
    names = sorted(set(re.findall(r"\bU (_?Py\w+)", listed)))
    data = re.compile(r"PyExc_\w+|Py\w+_Type|_Py_\w+Struct")
    lines = [f"    {name}{' DATA' if data.fullmatch(name) else ''}" for name in names]
    definition = folder / "python3.def"
    definition.write_text("LIBRARY python3.dll\nEXPORTS\n" + "\n".join(lines) + "\n")
    run(zig, "dlltool", "-m", "i386:x86-64", "-d", definition, "-l", folder / "libpython3.a")


def headers(folder):
    """This Python's headers, with a pyconfig.h for any machine in place of its own."""
    to = folder / "include"
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(sysconfig.get_path("include"), to)
    shutil.copy(ROOT / "python/cross/pyconfig.h", to)
    return to


def cross_file(folder, zig, target, system, cpu):
    path = folder / "cross.ini"
    ar = folder / "ar"  # zig's linker does not read the thin archives that Meson asks for
    ar.write_text(f'#!/bin/sh\nflags=$(echo "$1" | tr -d T)\nshift\nexec "{zig}" ar "$flags" "$@"\n')
    ar.chmod(0o755)
    path.write_text(f"""[binaries]
c = ['{zig}', 'cc', '-target', '{target}']
ar = '{ar}'
ranlib = ['{zig}', 'ranlib']
strip = 'true'  # the linker has done it

[host_machine]
system = '{system}'
cpu_family = '{cpu}'
cpu = '{cpu}'
endian = 'little'

[built-in options]
c_link_args = ['-s']
""")
    return path


def compile_target(name, build, cache, native, jobs):
    """Path of the extension module for a target."""
    target, _, system, cpu = TARGETS[name]
    folder = build.parent / f"{build.name}-wheel-{name}"
    zig = site(cache) / "ziglang" / "zig"
    meson = cache / "venv" / "bin" / "meson"
    environment = {**os.environ, "PATH": f"{cache / 'venv' / 'bin'}:{os.environ['PATH']}"}
    if not (folder / "build.ninja").exists():
        folder.mkdir(exist_ok=True)
        options = [f"-Dpython_headers={headers(folder)}"]
        if system == "windows":
            python_library(folder, zig, native)
            options.append(f"-Dpython_library={folder}")
        run(meson, "setup", "--cross-file", cross_file(folder, zig, target, system, cpu), "-Dwheel=true",
            f"-Dgenerated={build}", *options, folder, cwd=ROOT, env=environment)
    module = "python/hermetic/_hermetic." + ("pyd" if system == "windows" else "abi3.so")
    run("ninja", "-C", folder, *(["-j", str(jobs)] if jobs else []), module, env=environment)
    return folder / module


def record_line(name, data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return name, f"sha256={digest}", len(data)


def retag(native_wheel):
    """meson-python names the Python that it runs on; the module is built for the limited API of 3.10."""
    platform = native_wheel.stem.rpartition("-")[2]
    with zipfile.ZipFile(native_wheel) as source:
        (name,) = [entry for entry in source.namelist() if "/_hermetic." in entry and not entry.endswith(".pyi")]
        module = source.read(name)
    kept = native_wheel.with_suffix(".old")
    native_wheel.rename(kept)
    fits = write(kept, native_wheel.name.split("-")[:2], module, name.rpartition("/_hermetic.")[2], platform, native_wheel.parent)
    kept.unlink()
    return fits


def assemble(native_wheel, module, name, out):
    """The native wheel with another module and tag."""
    suffix = "pyd" if name.startswith("windows") else "abi3.so"
    return write(native_wheel, native_wheel.name.split("-")[:2], module.read_bytes(), suffix, TARGETS[name][1], out)


def write(native_wheel, base, module, suffix, tag, out):
    """A wheel from another one: true when it is no larger than LIMIT."""
    path = out / f"{base[0]}-{base[1]}-cp310-abi3-{tag}.whl"
    lines = []
    with zipfile.ZipFile(native_wheel) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        def add(entry, data, mode=0o644):
            info = zipfile.ZipInfo(entry, (2020, 1, 1, 0, 0, 0))
            info.external_attr = (0o100000 | mode) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(info, data)
            lines.append(record_line(entry, data))

        for entry in source.namelist():
            data = source.read(entry)
            if entry.endswith("/RECORD"):
                record = entry
            elif "/_hermetic." in entry and not entry.endswith(".pyi"):
                add(f"hermetic/_hermetic.{suffix}", module, 0o755)
            elif entry.endswith("/WHEEL"):
                add(entry, re.sub(rb"(?m)^Tag: .*$", f"Tag: cp310-abi3-{tag}".encode(), data))
            else:
                add(entry, data)
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([*lines, (record, "", "")])
        wheel.writestr(zipfile.ZipInfo(record, (2020, 1, 1, 0, 0, 0)), text.getvalue(), zipfile.ZIP_DEFLATED)
    size = path.stat().st_size
    print(f"wheels: {path.name}: {size:,} bytes{'' if size <= LIMIT else ', MORE THAN 2 MB'}", flush=True)
    return size <= LIMIT


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path)
    parser.add_argument("--native", type=pathlib.Path, required=True, help="the wheel that meson-python made")
    parser.add_argument("--retag", action="store_true", help="only give that wheel the tag of the limited API")
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--only", nargs="*", choices=TARGETS, default=list(TARGETS))
    parser.add_argument("--jobs", type=int)
    options = parser.parse_args()
    if options.retag:
        retag(options.native)  # one that is too large is for this machine still; make wheels refuses it
        return 0
    if not options.build or not options.out:
        parser.error("--build and --out are needed")
    cache = pathlib.Path(os.environ.get("HERMETIC_CACHE") or ROOT / "build-cache").resolve()
    options.out.mkdir(parents=True, exist_ok=True)
    build = options.build.resolve()
    native = next((build / "python/hermetic").glob("_hermetic.*so"))
    fits = True
    for name in options.only:
        module = compile_target(name, build, cache, native, options.jobs)
        fits &= assemble(options.native, module, name, options.out)
    return 0 if fits else 1


if __name__ == "__main__":
    sys.exit(main())
