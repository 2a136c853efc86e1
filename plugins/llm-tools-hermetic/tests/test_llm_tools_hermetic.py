"""The toolbox in LLM itself: its command, its sync and async chains, with the echo model, which calls what it is told to."""

import asyncio
import json
import os
import stat
import subprocess
import sys

import llm
import pytest
from click.testing import CliRunner
from llm.cli import cli
from llm_tools_hermetic import Hermetic


@pytest.fixture(autouse=True)
def user_dir(tmp_path, monkeypatch):
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path / "llm"))
    (tmp_path / "llm").mkdir()
    return tmp_path / "llm"


def prompt(*programs):
    return json.dumps(
        {"tool_calls": [{"name": "Hermetic_execute_python", "arguments": {"python": python}} for python in programs]}
    )


def outputs(text):
    last = text[text.rindex('{\n  "prompt"') :]
    return [result["output"] for result in json.JSONDecoder().raw_decode(last)[0]["tool_results"]]


def run(*programs, toolbox=None):
    chain = llm.get_model("echo").chain(prompt(*programs), tools=[toolbox or Hermetic()])
    return outputs(chain.text())


def invoke(*arguments, **kwargs):
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False, **kwargs)
    assert result.exit_code == 0, result.output
    return result.output


def test_value_of_last_expression_and_output():
    assert run("print('hello')\n6 * 7") == ["hello\n42"]


def test_nothing_to_say():
    assert run("x = 1") == ["(no output)"]


def test_state_is_kept_from_call_to_call():
    assert run("x = 40", "x += 2", "x") == ["(no output)", "(no output)", "42"]


def test_two_toolboxes_share_nothing():
    run("x = 40")
    assert run("'x' in globals()") == ["False"]


def test_exception_comes_back_as_traceback_and_keeps_state():
    toolbox = Hermetic()
    (text,) = run("x = 1\nprint('so far')\nx / 0", toolbox=toolbox)
    assert text.startswith("so far\nTraceback (most recent call last):\n")
    assert "line 3" in text and text.endswith("ZeroDivisionError: division by zero")
    assert run("x", toolbox=toolbox) == ["1"]


def test_a_value_that_is_no_plain_data():
    toolbox = Hermetic()
    (text,) = run("from fractions import Fraction\nx = 5\nprint('so far')\nFraction(1, 2)", toolbox=toolbox)
    assert text == "so far\nFraction(1, 2)"
    assert run("x", toolbox=toolbox) == ["5"]


def test_limit_says_which_and_what_to_do_and_keeps_state():
    toolbox = Hermetic(seconds=0.2)
    run("x = 7", toolbox=toolbox)
    (text,) = run("x = 8\nwhile True: pass", toolbox=toolbox)
    assert "0.2 seconds" in text and "better algorithm" in text and "as they were before" in text
    assert run("x", toolbox=toolbox) == ["7"]


def test_memory_limit_is_an_argument():
    (text,) = run("x = bytes(8 << 20)", toolbox=Hermetic(memory_mb=4))
    assert "MemoryError" in text
    assert run("len(bytes(8 << 20))", toolbox=Hermetic(memory_mb=64)) == [str(8 << 20)]


def test_output_is_cut():
    (text,) = run("print('x' * 100_000)", toolbox=Hermetic(output_chars=1000))
    assert len(text) < 1100 and "more characters" in text


def test_no_files_no_network():
    (text,) = run("open('/etc/passwd').read()")
    assert "root:" not in text and "Traceback" in text
    (text,) = run("import socket\nsocket.socket()")
    assert "Traceback" in text


@pytest.mark.parametrize(
    "arguments", [{"name": "../x"}, {"name": ""}, {"seconds": 0}, {"memory_mb": 0}, {"output_chars": 1}, {"name": "a" * 65}]
)
def test_arguments_are_checked(arguments):
    with pytest.raises(ValueError):
        Hermetic(**arguments)


@pytest.mark.asyncio
async def test_async_model_with_calls_at_once():
    chain = llm.get_async_model("echo").chain(prompt("x = [1]", "x.append(2)", "x"), tools=[Hermetic()])
    assert outputs(await chain.text()) == ["(no output)", "(no output)", "[1, 2]"]


@pytest.mark.asyncio
async def test_event_loop_goes_on_while_the_guest_spins():
    toolbox = Hermetic(seconds=1.0)
    spin = asyncio.create_task(toolbox.execute_python("while True: pass"))
    ticks = 0
    while not spin.done():
        await asyncio.sleep(0.01)
        ticks += 1
    assert "1 seconds" in spin.result()
    assert ticks > 20  # of 100; the machine may be busy


@pytest.mark.asyncio
async def test_cancelling_the_task_stops_the_guest():
    toolbox = Hermetic(seconds=60)
    await toolbox.execute_python("x = 1")
    task = asyncio.create_task(toolbox.execute_python("x = 2\nwhile True: pass"))
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 10)
    assert await toolbox.execute_python("x") == "1"


# The command


def test_command_with_debug():
    output = invoke("-m", "echo", "-T", "Hermetic", "--td", prompt("21 * 2"))
    assert "Tool call: Hermetic_execute_python" in output
    assert outputs(output) == ["42"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("answer, expected", [("y", "42"), ("n", "Cancelled: User cancelled tool call")])
def test_command_with_approval(answer, expected):
    ours, theirs = os.openpty()  # with anything but a terminal as its input, llm reads a prompt from it
    command = [sys.executable, "-m", "llm", "-m", "echo", "-T", "Hermetic", "--ta", prompt("21 * 2")]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        os.write(ours, answer.encode() + b"\n")
        output, errors = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert "Approve tool call?" in output + errors
    assert outputs(output) == [expected]


def test_command_lists_the_tool():
    assert "Hermetic" in invoke("tools")


def test_limits_as_arguments_of_the_command():
    output = invoke("-m", "echo", "-T", "Hermetic(seconds=0.1)", prompt("while True: pass"))
    assert "0.1 seconds" in outputs(output)[0]


def test_name_keeps_state_across_continued_conversations(user_dir):
    tool = ("-m", "echo", "-T", 'Hermetic("work")')
    assert outputs(invoke(*tool, prompt("def double(n): return 2 * n\nx = 21"))) == ["(no output)"]
    assert outputs(invoke("-c", *tool, prompt("double(x)"))) == ["42"]
    assert outputs(invoke("-m", "echo", "-T", 'Hermetic("other")', prompt("'x' in globals()"))) == ["False"]
    snapshot = user_dir / "hermetic" / "work.snapshot"
    assert stat.S_IMODE(snapshot.stat().st_mode) == 0o600


def test_a_limit_keeps_the_named_state():
    assert run("x = 1", toolbox=Hermetic("w")) == ["(no output)"]
    assert "Stopped at a limit" in run("x = 2\nwhile True: pass", toolbox=Hermetic("w", seconds=0.2))[0]
    assert run("x", toolbox=Hermetic("w")) == ["1"]


def test_calls_at_once_under_one_name_wait_for_each_other():
    async def together():
        toolboxes = [Hermetic("shared") for _ in range(8)]
        await asyncio.gather(*(t.execute_python("n = globals().get('n', 0) + 1") for t in toolboxes))

    asyncio.run(together())
    assert run("n", toolbox=Hermetic("shared")) == ["8"]


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-1], lambda data: data[:200] + b"\xff" + data[201:]])
def test_a_damaged_snapshot_begins_anew_and_says_so(user_dir, damage):
    run("x = 1", toolbox=Hermetic("work"))
    snapshot = user_dir / "hermetic" / "work.snapshot"
    snapshot.write_bytes(damage(snapshot.read_bytes()))
    (text,) = run("'x' in globals()", toolbox=Hermetic("work"))
    assert "begin anew" in text and text.endswith("False")
    assert (user_dir / "hermetic" / "work.unusable").exists()
    assert run("'x' in globals()", toolbox=Hermetic("work")) == ["False"]
