#!/usr/bin/env python3
"""The package's tests under AddressSanitizer: no error, and no leak that has the extension in its stack.

    sanitized.py BUILD [TEST...]

BUILD was configured with -Db_sanitize=address. CPython is not, and leaks a few things of its own at its end: these do not
count. Its allocator is malloc here, so that objects that nobody released are seen.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TESTS = ["values", "run", "session", "functions", "errors", "pull", "async", "compile", "misuse", "process"]


def leaks(report):
    """The leaks in it that are the extension's."""
    blocks = re.split(r"(?m)^(?=(?:Direct|Indirect) leak of )", report)
    return [block for block in blocks[1:] if "_hermetic.abi3.so" in block]


def main():
    build, names = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:] or TESTS
    library = subprocess.run(["cc", "-print-file-name=libasan.so"], capture_output=True, text=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / "log"
        environment = {
            **os.environ,
            "LD_PRELOAD": os.path.realpath(library),
            "ASAN_OPTIONS": f"detect_leaks=1:abort_on_error=1:detect_stack_use_after_return=0:exitcode=0:log_path={log}",
            "LSAN_OPTIONS": "exitcode=0:max_leaks=0:print_suppressions=0",
            "PYTHONMALLOC": "malloc",
            "PYTHONPATH": str(build / "python"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HYPOTHESIS_STORAGE_DIRECTORY": str(build / "hypothesis"),
        }
        # What was freed stays resident for a while, to be found when it is used: a test of resident memory cannot pass.
        done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "not nothing_leaks",
                               *(str(HERE / f"test_{name}.py") for name in names)], env=environment)
        reports = [path.read_text(errors="replace") for path in sorted(pathlib.Path(folder).iterdir())]
    errors = [report for report in reports if "ERROR: AddressSanitizer" in report]
    found = [leak for report in reports for leak in leaks(report)]
    for text in [*errors, *found][:20]:
        print(text)
    print(f"{len(reports)} reports, {len(errors)} errors, {len(found)} leaks of the extension")
    return 1 if done.returncode or errors or found else 0


if __name__ == "__main__":
    sys.exit(main())
