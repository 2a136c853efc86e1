"""The command as a user meets it: programs, options, exit codes, files."""

import json
import os
import pathlib
import re
import resource
import signal
import subprocess
import tempfile
import time
import unittest

from command import run, start

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class CommandTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    def check(self, done, code=0, stdout="", stderr=""):
        self.assertEqual((done.returncode, done.stdout, done.stderr), (code, stdout, stderr))

    def refuse(self, *args, words, **more):
        """The command line is refused: exit code 2, nothing on stdout, `words` in the one line on stderr."""
        done = run(*args, **more)
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        for word in words if isinstance(words, (list, tuple)) else [words]:
            self.assertIn(word, done.stderr)
        self.assertTrue(done.stderr.startswith("hermetic: "), done.stderr)


class Programs(CommandTest):
    def test_a_file_runs_with_its_arguments(self):
        path = self.file("p.py", "import sys\nprint(sys.argv)\n")
        self.check(run(path, "a", "--json", "-c"), stdout=f"{[path, 'a', '--json', '-c']}\n")

    def test_code_runs_with_its_arguments(self):
        self.check(run("-c", "import sys; print(sys.argv)", "a b", ""), stdout="['-c', 'a b', '']\n")

    def test_code_may_follow_its_letter(self):
        self.check(run("-cprint(1)"), stdout="1\n")

    def test_standard_input_by_name_or_by_default(self):
        self.check(run("-", "x", stdin="import sys; print(sys.argv)"), stdout="['-', 'x']\n")
        self.check(run(stdin="import sys; print(sys.argv)"), stdout="['']\n")

    def test_double_dash_ends_the_options(self):
        os.chdir(self.folder)
        self.file("-p.py", "print('dash')")
        self.check(run("--", "-p.py"), stdout="dash\n")

    def test_the_value_of_the_last_expression_is_not_printed(self):
        self.check(run("-c", "1 + 1"))
        self.check(run(self.file("p.py", "x = 1\nobject()\n")))

    def test_a_value_is_printed_on_request(self):
        self.check(run("--value", "-c", "print('out'); [1, 2.5, None]"), stdout="out\n[1, 2.5, null]\n")

    def test_output_goes_to_both_streams(self):
        self.check(run("-c", "import sys; print('o'); print('e', file=sys.stderr)"), stdout="o\n", stderr="e\n")

    def test_output_is_streamed(self):
        with start("-c", "print('first')\ninput()\nprint('second')") as process:
            self.assertEqual(process.stdout.readline(), b"first\n")
            out, _ = process.communicate(b"\n")
            self.assertEqual(out, b"second\n")

    def test_output_reaches_a_pipe_as_it_is(self):
        done = subprocess.run(
            [os.environ["HERMETIC_BIN"], "-c", r"print('\x1b]0;title\x07\x00é')"], capture_output=True
        )
        self.assertEqual(done.stdout, "\x1b]0;title\x07\x00é\n".encode())

    def test_input_reads_lines_of_standard_input(self):
        code = "print(input('? ')); print(repr(input()))\ntry: input()\nexcept EOFError as e: print(e)"
        self.check(run("-c", code, stdin="one\r\ntwo"), stdout="? one\n'two'\nEOF when reading a line\n")

    def test_input_that_is_not_utf8_is_an_exception(self):
        code = "try: input()\nexcept ValueError as e: print('no')\nprint(input())"
        self.check(run("-c", code, stdin=b"\xff\xfe\nyes\n"), stdout="no\nyes\n")

    def test_files_that_cannot_be_read(self):
        self.refuse("missing.py", words=["missing.py", "No such file"])
        self.refuse(str(self.folder), words=[str(self.folder), "directory"])

    def test_an_argument_that_is_not_utf8_is_refused(self):
        self.refuse("-c", "1", b"\xff", words="UTF-8")


class ExitCodes(CommandTest):
    def test_an_exception_is_1_with_a_traceback(self):
        path = self.file("p.py", "def f():\n    return 1 / 0\n\nf()\n")
        done = run(path)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        lines = done.stderr.splitlines()
        self.assertEqual(lines[0], "Traceback (most recent call last):")
        self.assertIn(f'  File "{path}", line 2, in f', lines)
        self.assertEqual(lines[-1], "ZeroDivisionError: division by zero")

    def test_a_syntax_error_is_1(self):
        done = run("-c", "x = (")
        self.assertEqual(done.returncode, 1)
        self.assertIn("SyntaxError", done.stderr)

    def test_exit_is_the_programs_own(self):
        self.check(run("-c", "import sys; sys.exit(7)"), 7)
        self.check(run("-c", "import sys; sys.exit()"), 0)
        self.check(run("-c", "import sys; sys.exit(256 + 5)"), 5)
        self.check(run("-c", "import sys; sys.exit('reason')"), 1, stderr="reason\n")

    def test_limits_are_3(self):
        done = run("--timeout", "50ms", "--fuel", "1000G", "-c", "while True: pass")
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertRegex(done.stderr, r"\Ahermetic: time limit: .*50000000.*\n\Z")
        done = run("--fuel", "1M", "-c", "while True: pass")
        self.assertEqual(done.returncode, 3)
        self.assertRegex(done.stderr, r"\Ahermetic: fuel limit: .*1000000.*\n\Z")
        done = run("--output", "1K", "-c", "while True: print('x' * 99)")
        self.assertEqual(done.returncode, 3)
        self.assertRegex(done.stderr, r"\Ahermetic: output limit: .*1024.*\n\Z")
        self.assertLessEqual(len(done.stdout), 1024)

    def test_a_prompt_counts_as_output(self):
        done = run("--output", "10K", "--json", "-c", "while True:\n try: input('x' * 1000)\n except EOFError: pass")
        self.assertEqual(done.returncode, 3)
        self.assertEqual(json.loads(done.stdout)["error"]["code"], "HERMETIC_E_OUTPUT")

    def test_output_can_be_cut_instead(self):
        done = run("--output", "1K", "--cut-output", "--json", "-c", "for i in range(100): print('x' * 99)\n'end'")
        result = json.loads(done.stdout)
        self.assertEqual((result["ok"], result["value"], result["stdout_cut"]), (True, "end", True))
        self.assertLessEqual(len(result["stdout"]), 1024)
        self.assertEqual(result["usage"]["output"], 10000)

    def test_memory_that_runs_out_is_an_exception(self):
        done = run("--memory", "4M", "-c", "x = []\nwhile True: x.append('x' * 10000 + str(len(x)))")
        self.assertEqual(done.returncode, 1)
        self.assertIn("MemoryError", done.stderr)

    def test_a_full_disk_is_5(self):
        with open("/dev/full", "wb") as full:
            done = run("-c", "while True: print('x')", stdout=full)
        self.assertEqual((done.returncode, done.stderr), (5, "hermetic: standard output: No space left on device\n"))
        for args in (["--help"], ["--version"], ["--json", "-c", "1"], ["--value", "-c", "1"]):
            with open("/dev/full", "wb") as full:
                self.assertEqual(run(*args, stdout=full).returncode, 5)

    def test_a_reader_that_left_is_5(self):
        read, write = os.pipe()
        os.close(read)
        done = run("-c", "while True: print('x')", stdout=write)
        os.close(write)
        self.assertEqual((done.returncode, done.stderr), (5, "hermetic: standard output: Broken pipe\n"))

    def test_interrupt_is_130(self):
        for code in (
            "print(1)\nwhile True: pass",
            "print(1)\ninput()",
            "print(1)\nwhile True:\n try: input()\n except: 0",
        ):
            with self.subTest(code), start("--timeout", "60s", "--fuel", "1000G", "-c", code) as process:
                self.assertEqual(process.stdout.readline(), b"1\n")
                time.sleep(0.1)
                process.send_signal(signal.SIGINT)
                process.wait(10)
                self.assertEqual((process.returncode, process.stderr.read()), (130, b"hermetic: interrupted\n"))

    def test_interrupt_stops_a_writer_whose_reader_sleeps(self):
        with start(
            "--timeout", "60s", "--output", "1G", "--fuel", "1000G", "-c", "while True: print('x' * 1000)"
        ) as process:
            process.stdout.read(1000)
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            process.wait(10)
            self.assertEqual(process.returncode, 130)


class Options(CommandTest):
    def test_units(self):
        good = {
            "--memory": ["3.5M", "8MiB", "67108864", "1g"],
            "--fuel": ["10G", "2.5M", "100000000", "1t"],
            "--timeout": ["2", "0.5", "500ms", "900000us", "900000000ns", "1m", "1.5s"],
            "--output": ["1", "1K"],
            "--calls": ["1", "1K"],
            "--stack": ["256K", "1M"],
        }
        for option, values in good.items():
            for value in values:
                self.assertEqual(run(option, value, "-c", "").returncode, 0, (option, value))
                self.assertEqual(run(f"{option}={value}", "-c", "").returncode, 0, (option, value))

    def test_bad_values_name_option_and_value(self):
        bad = {
            "--memory": [
                "",
                "x",
                "12X",
                "1.5",
                "1.M",
                ".5M",
                "-1",
                "64 M",
                "63K",
                "4G",
                "99999999999999999999",
                "16777216T",
                "1KB",
                "0x10",
                "+1",
                "1e6",
            ],
            "--fuel": ["0", "1.5", "1Ki", "20000000T"],
            "--timeout": ["0", "1h", "1M", "5 s"],
            "--output": ["0", "4G"],
            "--calls": ["0"],
            "--stack": ["255K", "65M"],
            "--seed": ["-1", "x", "1K", "18446744073709551616"],
            "--backend": ["", "fast"],
        }
        for option, values in bad.items():
            for value in values:
                with self.subTest(option=option, value=value):
                    self.refuse(option, value, "-c", "1", words=[option, f"'{value}'"])

    def test_lines_that_make_no_sense(self):
        self.refuse("--nope", words="'--nope'")
        self.refuse("-x", words="'-x'")
        self.refuse("-c", words="-c")
        self.refuse("--memory", words=["--memory", "value"])
        self.refuse("--json=1", "-c", "1", words=["--json", "no value"])
        self.refuse("--json", "--value", "-c", "1", words="--value")
        self.refuse("--key", "k", "-c", "1", words="--key")
        self.refuse("--snapshot", "a", "--snapshot", "b", "-c", "1", words=["--snapshot", "twice"])

    def test_backends_give_the_same(self):
        for backend in ("auto", "guard", "bounds"):
            self.check(run("--backend", backend, "-c", "print(6 * 7)"), stdout="42\n")

    def test_version(self):
        done = run("--version")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"\Ahermetic \d+\.\d+\.\d+\n\Z")
        self.assertEqual(run("-V").stdout, done.stdout)

    def test_licenses(self):
        for spelling in ("--licenses", "--license", "--licences", "--licence"):
            done = run(spelling)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("MicroPython", done.stdout)

    def test_a_compressed_bomb_meets_the_limits(self):
        bomb = "import zlib\nc = zlib.compressobj(9)\ndata = b''.join([c.compress(bytes(1 << 18)) for i in range(40)]) + c.flush()\n"
        done = run("--memory", "5M", "-c", bomb + "try:\n zlib.decompress(data)\nexcept MemoryError:\n print('MemoryError')")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "MemoryError\n", ""))
        self.assertEqual(run("--fuel", "50M", "-c", bomb).returncode, 3)

    def test_a_bomb_of_bzip2_meets_the_limits(self):
        bomb = "import bz2\ndata = bz2.compress(bytes(3 << 20)) * 20\n"
        done = run("--memory", "20M", "-c", bomb + "try:\n bz2.decompress(data)\nexcept MemoryError:\n print('MemoryError')")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "MemoryError\n", ""))
        self.assertEqual(run("--fuel", "50M", "-c", bomb).returncode, 3)

    def test_features(self):
        done = run("--features")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        features = json.loads(done.stdout)
        self.assertIn("zlib", features["modules"])
        self.assertIn("email.message", features["modules"])
        self.assertTrue(all(features["language"].values()), features["language"])

    def test_help_is_the_block_in_the_docs(self):
        done = run("--help")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(run("-h").stdout, done.stdout)
        page = (ROOT / "docs/cli.md").read_text()
        block = re.search(r"```\n(usage: hermetic .*?)```\n", page, re.DOTALL).group(1)
        self.assertEqual(block, done.stdout)
        self.assertLessEqual(max(map(len, block.splitlines())), 79)

    def test_help_names_every_option(self):
        table = re.findall(r'^    \{ "(--[a-z-]+)"', (ROOT / "cli/options.c").read_text(), re.MULTILINE)
        self.assertGreater(len(table), 15)
        text = run("--help").stdout
        for option in set(table) - {"--license", "--licence", "--licences"}:
            self.assertRegex(text, rf"(?m)^  .*{option}\b")

    def test_the_clock_and_chance_are_granted(self):
        code = "import time, random; print(time.time()); print(random.random())"
        first, second = (run("-c", code).stdout.split() for _ in range(2))
        self.assertLess(abs(float(first[0]) - time.time()), 60)
        self.assertNotEqual(first[1], second[1])

    def test_deterministic_runs_repeat(self):
        code = (
            "import time, random\nprint(time.time(), random.random())\nfor i in range(1000): pass\nprint(time.time())"
        )
        first = run("--deterministic", "-c", code)
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertEqual(run("--deterministic", "-c", code).stdout, first.stdout)
        self.assertEqual(run("--seed", "0", "--deterministic", "-c", code).stdout, first.stdout)
        self.assertNotEqual(run("--deterministic", "--seed", "1", "-c", code).stdout, first.stdout)

    def test_a_seed_repeats_chance_alone(self):
        code = "import random; print(random.random())"
        self.assertEqual(run("--seed", "5", "-c", code).stdout, run("--seed", "5", "-c", code).stdout)


class Snapshots(CommandTest):
    def test_state_goes_on(self):
        path = str(self.folder / "state")
        self.check(run("--snapshot", path, "-c", "x = [1, 2]\ndef f(): return len(x)"))
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        self.check(run("--restore", path, "--snapshot", path, "-c", "x.append(3)"))
        self.check(run("--restore", path, "-c", "print(x, f())"), stdout="[1, 2, 3] 3\n")

    def test_a_program_that_fails_saves_nothing(self):
        path = self.folder / "state"
        run("--snapshot", str(path), "-c", "1 / 0")
        run("--snapshot", str(path), "-c", "import sys; sys.exit(3)")
        self.assertFalse(path.exists())
        run("--snapshot", str(path), "-c", "import sys; sys.exit(0)")
        self.assertTrue(path.exists())

    def test_a_failed_write_leaves_the_old_file_whole(self):
        path = self.folder / "state"
        path.write_bytes(b"old")
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        done = run("--snapshot", str(path), "-c", "x = 1", preexec_fn=limit)
        self.assertEqual((done.returncode, done.stdout), (5, ""))
        self.assertRegex(done.stderr, r"\Ahermetic: --snapshot: cannot write .*state: File too large\n\Z")
        self.assertEqual(path.read_bytes(), b"old")
        self.assertEqual(os.listdir(self.folder), ["state"])

    def test_a_new_file_keeps_mode_and_link(self):
        path, link = self.folder / "state", self.folder / "link"
        path.write_bytes(b"old")
        path.chmod(0o640)
        link.symlink_to("state")
        self.check(run("--snapshot", str(link), "-c", "x = 1"))
        self.assertTrue(link.is_symlink())
        self.assertEqual(path.stat().st_mode & 0o777, 0o640)
        self.assertGreater(path.stat().st_size, 3)

    def test_places_that_cannot_be_written_are_5(self):
        for path in (str(self.folder), str(self.folder / "none" / "state"), "/dev/full"):
            with self.subTest(path):
                done = run("--snapshot", path, "-c", "x = 1")
                self.assertEqual(done.returncode, 5)
                self.assertIn(path, done.stderr)

    def test_hostile_files_are_refused(self):
        path = str(self.folder / "state")
        run("--snapshot", path, "-c", "x = 1")
        good = pathlib.Path(path).read_bytes()
        for bad in (b"", b"x", good[:-1], good + b"x", good[:100], b"\0" * len(good)):
            self.refuse("--restore", self.file("bad", bad), "-c", "1", words=["--restore", "bad"])
        self.refuse("--restore", str(self.folder / "none"), "-c", "1", words=["--restore", "No such file"])

    def test_a_key_signs(self):
        path, key = str(self.folder / "state"), self.file("key", bytes(range(32)))
        hex_key = self.file("hex", bytes(range(32)).hex() + "\n")
        other = self.file("other", bytes(32))
        self.check(run("--key", key, "--snapshot", path, "-c", "x = 1"))
        self.check(run("--key", hex_key, "--restore", path, "-c", "print(x)"), stdout="1\n")
        self.refuse("--key", other, "--restore", path, "-c", "1", words="signature")
        self.refuse("--restore", path, "-c", "1", words="--restore")
        self.refuse("--key", self.file("short", b"abc"), "--restore", path, "-c", "1", words=["--key", "32 bytes"])


if __name__ == "__main__":
    unittest.main()
