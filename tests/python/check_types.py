#!/usr/bin/env python3
"""mypy --strict and pyright in strict mode accept the package, its stubs, and a program that uses all of it.

    check_types.py FETCH FOLDER

FETCH is tools/fetch.py, which makes the virtual environment with both in FOLDER. Pyright is basedpyright's: the same
program, packed for pip.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE, USE = ROOT / "python", ROOT / "tests/python/typed_use.py"


def main():
    fetch, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    subprocess.run([sys.executable, fetch, "venv", folder, "types"], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as scratch:
        settings = pathlib.Path(scratch) / "pyrightconfig.json"
        settings.write_text(json.dumps({
            "typeCheckingMode": "strict",
            "include": [str(PACKAGE / "hermetic"), str(USE)],
            "extraPaths": [str(PACKAGE)],
            "pythonVersion": "3.10",
            "reportPrivateUsage": "none",  # the package's own modules share such names
            "reportMissingModuleSource": "none",  # _hermetic is C
        }))
        checks = [
            [folder / "bin/mypy", "--strict", "--python-version", "3.10", "--cache-dir", scratch, "-p", "hermetic"],
            [folder / "bin/mypy", "--strict", "--python-version", "3.10", "--cache-dir", scratch, USE],
            [folder / "bin/basedpyright", "-p", settings],
        ]
        environment = {**os.environ, "MYPYPATH": str(PACKAGE)}
        failed = [subprocess.run(check, cwd=scratch, env=environment).returncode for check in checks]
    return 1 if any(failed) else 0


if __name__ == "__main__":
    sys.exit(main())
