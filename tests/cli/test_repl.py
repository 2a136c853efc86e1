"""The command at a terminal: prompt, editing, Ctrl-C, progress, control characters. A pty plays the terminal."""

import os
import pathlib
import pty
import re
import select
import signal
import tempfile
import time
import unittest

from command import BINARY


class Terminal:
    """The command on a pseudo-terminal."""

    def __init__(self, *args, **environment):
        self.seen = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.execve(BINARY, [BINARY, *args], {**os.environ, "TERM": "xterm", "LC_ALL": "C.UTF-8", **environment})
            finally:
                os._exit(127)

    def expect(self, pattern, timeout=20):
        """Waits for `pattern` in what comes next; returns all text up to its end, without editing sequences."""
        end = time.monotonic() + timeout
        while True:
            match = re.search(pattern, plain(self.seen))
            if match:
                text = plain(self.seen)
                self.seen = text[match.end() :]
                return text[: match.end()]
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                raise AssertionError(f"no {pattern!r} in {self.seen!r}")
            self.fill(pattern)

    def fill(self, pattern=None):
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # Linux: the other side has closed
            data = b""
        if not data and pattern:
            raise AssertionError(f"ended without {pattern!r}: {self.seen!r}")
        self.seen += data.decode(errors="replace")
        return bool(data)

    def raw(self, seconds):
        """Everything that comes within `seconds`, as it is."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and select.select([self.fd], [], [], max(0, end - time.monotonic()))[0]:
            if not self.fill():
                break
        return self.seen

    def send(self, text):
        os.write(self.fd, text.encode())

    def line(self, text):
        self.send(text + "\n")

    def exit_code(self):
        while self.fill():
            pass
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        self.pid = None
        return code

    def close(self):
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)


def plain(text):
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", text)


class PromptTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.history = self.folder / "deep" / "history"

    def open(self, *args, prompt=True, **environment):
        environment.setdefault("HERMETIC_HISTORY", str(self.history))
        terminal = Terminal(*args, **environment)
        self.addCleanup(terminal.close)
        if prompt:
            terminal.expect(r">>> $")
        return terminal

    def answers(self, terminal, text, expected):
        terminal.line(text)
        self.assertEqual(terminal.expect(r"\n((?:.*\n)*)>>> $").split("\n", 1)[1], expected + ">>> ")


class Prompt(PromptTest):
    def test_expressions_print_their_repr(self):
        t = self.open()
        self.answers(t, "1 + 1", "2\n")
        self.answers(t, "'a'", "'a'\n")
        self.answers(t, "None", "")
        self.answers(t, "x = 3", "")
        self.answers(t, "x; x + 1", "3\n4\n")
        self.answers(t, "", "")
        t.line("print")
        self.assertIn("<", t.expect(r">>> $"))

    def test_the_last_value_is_in_underscore(self):
        t = self.open()
        self.answers(t, "20 + 1", "21\n")
        self.answers(t, "_ * 2", "42\n")

    def test_blocks_end_at_an_empty_line(self):
        t = self.open()
        for line in ("def f(a,", "      b):", "    return a + b"):
            t.line(line)
            t.expect(r"\n\.\.\. $")
        t.line("")
        t.expect(r">>> $")
        self.answers(t, "f(1, 2)", "3\n")
        t.line("'''a")
        t.expect(r"\n\.\.\. $")
        self.answers(t, "b'''", "'a\\nb'\n")
        t.line("for i in range(2): i")
        t.expect(r"\n\.\.\. $")
        t.line("")
        t.expect(r"0\n1\n>>> $")

    def test_exceptions_keep_the_session(self):
        t = self.open()
        self.answers(t, "x = 1", "")
        t.line("1 / 0")
        text = t.expect(r">>> $")
        self.assertIn('Traceback (most recent call last):\n  File "<stdin>", line 1', text)
        self.assertIn("ZeroDivisionError: division by zero\n", text)
        self.answers(t, "x", "1\n")

    def test_limits_keep_the_session(self):
        t = self.open("--timeout", "200ms", "--fuel", "1000G")
        self.answers(t, "x = 1", "")
        t.line("x = 2; exec('while True: pass')")
        text = t.expect(r">>> $")
        self.assertIn("time limit", text)
        self.assertIn("as it was before", text)
        self.answers(t, "x", "1\n")

    def test_interrupt_stops_a_run_and_keeps_the_session(self):
        t = self.open("--timeout", "60s", "--fuel", "1000G")
        self.answers(t, "x = 1", "")
        t.line("while True: pass")
        t.expect(r"\n\.\.\. $")
        t.line("")
        time.sleep(0.3)
        t.send("\x03")
        t.expect(r"KeyboardInterrupt\n>>> $", timeout=5)
        self.answers(t, "x", "1\n")

    def test_interrupt_at_the_prompt_drops_the_line(self):
        t = self.open()
        t.send("1 +")
        t.expect(r"1 \+")
        t.send("\x03")
        t.expect(r"KeyboardInterrupt\n>>> $")
        self.answers(t, "5", "5\n")
        t.line("def f():")
        t.expect(r"\n\.\.\. $")
        t.send("\x03")
        t.expect(r"KeyboardInterrupt\n>>> $")
        self.answers(t, "6", "6\n")

    def test_end_of_input_leaves(self):
        t = self.open()
        self.answers(t, "1", "1\n")
        t.send("\x04")
        self.assertEqual(t.exit_code(), 0)

    def test_exit_leaves_with_its_code(self):
        t = self.open()
        t.line("import sys")
        t.expect(r">>> $")
        t.line("sys.exit(7)")
        self.assertEqual(t.exit_code(), 7)

    def test_input_is_asked_at_the_terminal(self):
        t = self.open()
        t.line("name = input('name? ')")
        t.expect(r"name\? $")
        t.line("Ada")
        t.expect(r">>> $")
        self.answers(t, "name", "'Ada'\n")
        t.line("input()")
        t.expect(r"input\(\)\n")
        time.sleep(0.2)
        t.send("\x03")
        t.expect(r"KeyboardInterrupt\n>>> $")
        t.line("input()")
        t.expect(r"input\(\)\n")
        time.sleep(0.2)
        t.send("\x04")
        t.expect(r"EOFError[^\n]*\n>>> $")
        self.answers(t, "1", "1\n")

    def test_half_a_line_of_output_does_not_hide_the_prompt(self):
        t = self.open()
        self.answers(t, "print('half', end='')", "half\n")

    def test_inputs_are_set(self):
        t = self.open("--input", "rows=[1, 2]")
        self.answers(t, "rows", "[1, 2]\n")
        self.answers(t, "import sys; sys.argv", "['']\n")

    def test_a_session_is_saved_and_restored(self):
        path = str(self.folder / "state")
        t = self.open("--snapshot", path)
        self.answers(t, "x = 41", "")
        t.send("\x04")
        self.assertEqual(t.exit_code(), 0)
        t = self.open("--restore", path)
        self.answers(t, "x + 1", "42\n")

    def test_json_wants_a_program(self):
        t = self.open("--json", prompt=False)
        t.expect("hermetic: --json: needs a program")
        self.assertEqual(t.exit_code(), 2)


class History(PromptTest):
    def test_lines_are_kept_for_the_next_session(self):
        t = self.open()
        self.answers(t, "12345 + 1", "12346\n")
        t.send("\x04")
        self.assertEqual(t.exit_code(), 0)
        if not self.history.exists():
            self.skipTest("built without libedit")
        self.assertIn("12345", self.history.read_text())
        self.assertEqual(self.history.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.history.parent.stat().st_mode & 0o777, 0o700)
        t = self.open()
        t.send("\x1b[A\n")
        t.expect(r"12346\n>>> $")

    def test_an_empty_name_keeps_none(self):
        t = self.open(HERMETIC_HISTORY="", HOME=str(self.folder), XDG_STATE_HOME="")
        self.answers(t, "1", "1\n")
        t.send("\x04")
        self.assertEqual(t.exit_code(), 0)
        self.assertEqual(os.listdir(self.folder), [])


class Output(PromptTest):
    def run_code(self, code, *options):
        t = self.open(*options, "-c", code, prompt=False)
        t.raw(30)
        return t.seen.replace("\r\n", "\n")

    def test_control_characters_are_shown_not_obeyed(self):
        for written, shown in [
            ("\x1b]0;title\x07", "^[]0;title\x07"),
            ("\x1b[2J", "^[[2J"),
            ("\x1b[6n", "^[[6n"),
            ("\x1bc", "^[c"),
            ("\x9b2J", "\ufffd2J"),
            ("a\x00b\x7f", "a^@b^?"),
            ("\x1b", "^["),
            ("\x1b[31;\n", "^[[31;\n"),
            ("\x1b\x1b[1m", "^[\x1b[1m\x1b[0m"),
            ("é€😀", "é€😀"),
            ("\x1b[1;38:5:4mx\x1b[0m", "\x1b[1;38:5:4mx\x1b[0m\x1b[0m"),
            ("\b\a\t", "\b\a\t"),
            ("\x1b[" + "1;" * 20 + "m", "^[[" + "1;" * 20 + "m"),
        ]:
            with self.subTest(repr(written)):
                self.assertEqual(self.run_code(f"print({written!r}, end='')"), shown)
                self.assertEqual(self.run_code(f"for c in {written!r}: print(c, end='')"), shown)

    def test_raw_lets_them_through(self):
        self.assertEqual(self.run_code("print('\\x1b[2J', end='')", "--raw"), "\x1b[2J")

    def test_tracebacks_are_filtered_as_well(self):
        self.assertIn("ValueError: ^[[2J\n", self.run_code("raise ValueError('\\x1b[2J')"))


class Progress(PromptTest):
    def test_a_long_run_says_so_and_cleans_up(self):
        t = self.open("--timeout", "2500ms", "--fuel", "1000G", "-c", "print('begin')\nwhile True: pass", prompt=False)
        seen = t.raw(30)
        lines = re.findall(r"\r\x1b\[K(running: [^\r]*)", seen)
        self.assertGreaterEqual(len(lines), 3, seen)
        self.assertRegex(lines[-1], r"\Arunning: [12]\.\d s, fuel \d+\.\d\dG, memory \d+\.\dM\Z")
        self.assertRegex(seen, r"\r\x1b\[Khermetic: time limit")

    def test_a_short_run_does_not(self):
        self.assertNotIn("running", self.open("-c", "print(1)", prompt=False).raw(30))

    def test_half_a_line_is_left_alone(self):
        t = self.open(
            "--timeout", "1500ms", "--fuel", "1000G", "-c", "import sys; sys.stdout.write('half'); sys.stdout.flush()\nwhile True: pass", prompt=False
        )
        self.assertNotIn("running", t.raw(30))


if __name__ == "__main__":
    unittest.main()
