#!/usr/bin/env python3
"""CPython's own tests of the language and the standard library, in the guest.

    run.py --tests FOLDER [--only MODULE]... [--record] [--table FILE] COMMAND...

FOLDER is Lib/test of CPython's source (pins.toml); COMMAND runs the Python program whose path is appended to it. A test
module is loaded as text, with the substitutes for test.support in support/. Every test ends in one of three ways:

  passed
  not applicable   skipped by CPython's own conditions, by what support/ cannot do in a guest, for want of a grant
                   (files), or by not_applicable.txt, each with its reason
  failed           anything else, a limit included

failures.txt names the tests that fail; another one that fails is a failure of this run, and one of them that passes is
told. --record writes the list anew, for the modules that it ran; --table writes the table of docs/limitations/cpython-tests.md.
"""

import argparse
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
STDLIB = HERE.parent.parent / "guest" / "stdlib"
LIMITS = ["--fuel", "1T", "--timeout", "60s", "--memory", "512M", "--output", "256M", "--deterministic"]



def read_lists():
    """The test modules in groups, the patterns of what does not apply, and the known failures."""
    groups, group = {}, None
    for line in (HERE / "modules.txt").read_text().splitlines():
        if line.startswith("["):
            group = groups.setdefault(line.strip("[]"), {})
        elif line and line[0] != "#":
            name, *needs = line.split()
            group[name] = needs
    skip, reason = [], None
    for line in (HERE / "not_applicable.txt").read_text().splitlines():
        if line.startswith("# "):
            reason = line[2:]
        elif line:
            skip.append([line, reason])
    failures = set()
    path = HERE / "failures.txt"
    if path.exists():
        failures = {line.split(" ")[0] for line in path.read_text().splitlines() if line and line[0] != "#"}
    return groups, skip, failures


def source(tests, name):
    path = tests / (name.replace(".", "/") + ".py")
    package = not path.exists()
    if package:
        path = tests / name.replace(".", "/") / "__init__.py"
    data = path.read_bytes()
    coding = re.search(rb"coding[:=]\s*([-\w.]+)", b"\n".join(data.split(b"\n")[:2]))
    return data.decode(coding.group(1).decode() if coding else "utf-8"), package


def modules_to_load(tests, name, needs, overrides):
    modules = [["test", "test/__init__.py", "", True]]
    for override in overrides:
        path = STDLIB / (override.replace(".", "/") + ".py")
        package = not path.exists()
        if package:
            path = STDLIB / override.replace(".", "/") / "__init__.py"
        modules.append([override, "guest/stdlib/" + str(path.relative_to(STDLIB)), path.read_text(), package])
    support = sorted((HERE / "support").glob("*.py"), key=lambda path: (path.stem != "__init__", path.stem))
    for path in support:
        package = path.stem == "__init__"
        module = path.stem if path.stem == "doctest" else "test.support" + ("" if package else "." + path.stem)
        modules.append([module, f"test/support/{path.name}", path.read_text(), package])
    for need in [*needs, name]:
        text, package = source(tests, need)
        modules.append(["test." + need, need.replace(".", "/") + ".py", text, package])
    return modules


def run_module(command, tests, name, needs, skip, overrides, folder):
    """Map of test to (outcome, text); the module itself stands for its tests where it cannot be loaded."""
    outcomes, done = {}, []
    modules = modules_to_load(tests, name, needs, overrides)
    job_file = folder / f"{name}.json"
    deadline = time.monotonic() + 600
    while True:
        job_file.write_text(json.dumps({"name": name, "modules": modules, "skip": skip, "done": done}))
        finished, running = False, None
        process = subprocess.run([*command, *LIMITS, "--input", f"job=@{job_file}", str(HERE / "harness.py")],
                                 stdin=subprocess.DEVNULL, capture_output=True, check=False)
        for line in process.stdout.decode(errors="replace").split("\n"):
            if not line.startswith("@@ "):
                continue
            try:
                event = json.loads(line[3:])
            except ValueError:
                continue
            if "note" in event:
                print(f"{name}: {event['note']}")
            if "whole" in event:
                return {"test." + name: (event["whole"], event["text"])}
            if "start" in event:
                running = event["start"]
            if "end" in event:
                test = event["end"]
                rank = {"ok": 0, "skip": 1, "fail": 2, "error": 2}
                known = outcomes.get(test)
                if known is None or rank[event["outcome"]] > rank[known[0]]:
                    outcomes[test] = event["outcome"], event["text"]
                if test == running or running is None:
                    done.append(test)
            finished = finished or "finished" in event
        if finished:
            return outcomes
        last = process.stderr.decode(errors="replace").strip().splitlines()[-1:] or [f"exit {process.returncode}"]
        if running is None or time.monotonic() > deadline:
            outcomes["test." + name] = "error", last[0]
            return outcomes
        outcomes[running] = "error", last[0]
        done = list(outcomes)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tests", type=pathlib.Path, required=True)
    parser.add_argument("--only", action="append", help="name of a test module")
    parser.add_argument("--group", action="append", help="of modules.txt")
    parser.add_argument("--record", action="store_true", help="write failures.txt")
    parser.add_argument("--table", type=pathlib.Path, help="write a table in Markdown")
    parser.add_argument("--override", action="append", default=[], help="load this module of guest/stdlib as text")
    parser.add_argument("--verbose", "-v", action="store_true", help="print all that failed or was skipped")
    parser.add_argument("--jobs", "-j", type=int, default=2)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if not options.command:
        parser.error("no command")
    groups, skip, known = read_lists()
    chosen = [(group, name, needs) for group, names in groups.items() for name, needs in names.items()
              if (not options.only or name in options.only) and (not options.group or group in options.group)]
    results, wrong = {}, 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool, tempfile.TemporaryDirectory() as folder:
        def one(item):
            return run_module(options.command, options.tests, item[1], item[2], skip, options.override, pathlib.Path(folder))

        waiting = {pool.submit(one, item): item[1] for item in chosen}
        for future in concurrent.futures.as_completed(waiting):
            name, outcomes = waiting[future], future.result()
            results[name] = outcomes
            counts = {kind: sum(outcome in kinds for outcome, _ in outcomes.values())
                      for kind, kinds in (("passed", ("ok",)), ("failed", ("fail", "error")), ("n/a", ("skip",)))}
            print(f"{name}: " + ", ".join(f"{count} {kind}" for kind, count in counts.items()), flush=True)
            for test, (outcome, text) in sorted(outcomes.items()):
                bad = outcome in ("fail", "error")
                if options.verbose and outcome != "ok":
                    print(f"  {outcome}: {test}: {text}")
                if not options.record and bad and test not in known:
                    wrong += 1
                    print(f"  FAIL: {test}: {text}")
                elif outcome == "ok" and test in known:
                    print(f"  passes now, take it out of failures.txt: {test}")
    failed = {test: text for outcomes in results.values() for test, (outcome, text) in outcomes.items()
              if outcome in ("fail", "error")}
    passed = sum(outcome == "ok" for outcomes in results.values() for outcome, _ in outcomes.values())
    print(f"cpython: {passed} of {passed + len(failed)} applicable tests pass, "
          f"{100 * passed / max(passed + len(failed), 1):.1f} %; {wrong} that are not in failures.txt fail")
    if options.record:
        path = HERE / "failures.txt"
        old = [line for line in path.read_text().splitlines() if line and line[0] != "#"] if path.exists() else []
        lines = ["# Tests of CPython's that apply and fail, with what they say. Written by run.py --record."]
        # What was not run stays as it is.
        loaded = {f"test.{name}" for name in results}
        kept = {line.split(" ")[0]: line for line in old if not any(
            line.split(" ")[0] == module or line.startswith(module + ".") for module in loaded)}
        kept.update((test, f"{test} {' '.join(text.split())[:160]}".rstrip()) for test, text in failed.items())
        lines += [line for _, line in sorted(kept.items())]
        (HERE / "failures.txt").write_text("\n".join(lines) + "\n")
    if options.table:
        write_table(options.table, groups, results)
    return wrong > 0 and not options.record


def write_table(path, groups, results):
    """Put the rows of the modules that ran in the place of their old ones."""
    before, _, rest = path.read_text().partition("<!-- table -->\n")
    old, _, after = rest.partition("<!-- end -->")
    rows = {row.split("`")[1]: row for row in old.splitlines() if row.startswith("| `")}
    for name, outcomes in results.items():
        outcomes = [outcome for outcome, _ in outcomes.values()]
        passed, skipped = outcomes.count("ok"), outcomes.count("skip")
        applicable = len(outcomes) - skipped
        share = f"{100 * passed // applicable} %" if applicable else ""
        rows[name] = f"| `{name}` | {applicable} | {passed} | {share} | {skipped} |"
    lines = ["| tests | applicable | passed | | not applicable |", "|---|---|---|---|---|"]
    for group, names in groups.items():
        chosen = [rows[name] for name in names if name in rows]
        applicable, passed, skipped = (sum(int(row.split(" | ")[column].strip(" |")) for row in chosen) for column in (1, 2, 4))
        lines += [f"| **{group}** | {applicable} | {passed} | {100 * passed // max(applicable, 1)} % | {skipped} |", *chosen]
    path.write_text(before + "<!-- table -->\n" + "\n".join(lines) + "\n<!-- end -->" + after)


if __name__ == "__main__":
    sys.exit(main())
