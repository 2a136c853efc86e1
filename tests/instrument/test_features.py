"""Whatever the runtime does not know is refused, and no input makes the tool do worse than refuse."""

import random
import re

import pytest

from harness import PRELUDE, Failed, Guest, instrument, lint, tool, wat
from generate import program


@pytest.mark.parametrize("body, message", [
    ("(tag $t) (func (throw $t))", "section not supported: 13"),
    ("(func (return_call $gc_collect))", "0x12 is not supported"),
    ("(func (drop (v128.const i32x4 0 0 0 0)))", "0xfd is not supported"),
    ("(func (drop (i32.atomic.load (i32.const 0))))", "0xfe is not supported"),
    ("(func (result i32 i32) (i32.const 0) (i32.const 1))", "multi-value"),
    ("(func (i32.const 1) (block (param i32) (drop)))", "multi-value"),
    ("(memory $m 1) (func (drop (i32.load $m (i32.const 0))))", "alignment not supported|memories"),
    ("(memory 1 1)", "2 memories"),
    ("(table 1 funcref) (table 1 funcref)", "2 tables"),
    ("(table 1 externref)", "only funcref tables"),
    ("(table 1 funcref) (func (drop (table.size 0)))", "0xfc 0x10 is not supported"),
    ("(table 1 funcref) (func (drop (table.grow 0 (ref.null func) (i32.const 1))))", "not supported"),
    ("(table 1 funcref) (func (table.copy (i32.const 0) (i32.const 0) (i32.const 0)))", "not supported"),
    ("(table 1 funcref) (elem $e func 0) (func (elem.drop $e))", "only active element segments"),
    ("(func (drop (ref.null func)))", "0xd0 is not supported"),
    ("(func (param externref))", "value type not supported"),
    ('(data $d "x") (func (memory.init $d (i32.const 0) (i32.const 0) (i32.const 0)))', "not supported"),
    ('(data "x")', "only active data segments"),
    ("(func (drop (select (result i32) (i32.const 0) (i32.const 0) (i32.const 0))))", "0x1c is not supported"),
    ("(func (drop (i32.load offset=16777216 (i32.const 0))))", "static offset 16777216"),
    ("(func (i64.store32 offset=0xffffffff (i32.const 0) (i64.const 0)))", "static offset 4294967295"),
    ("(start $gc_collect)", "start function"),
])
def test_refused(body, message):
    with pytest.raises(Failed, match=message):
        instrument(wat(PRELUDE + body))


@pytest.mark.parametrize("imported, message", [
    ('(import "env" "f" (func))', "not one of ours"),
    ('(import "hermetic" "other" (func))', "not one of ours"),
    ('(import "hermetic" "read" (func (param i32)))', "another type"),
    ('(import "hermetic" "clock" (func (param i32) (result i32)))', "another type"),
    ('(import "hermetic" "throw" (func))', "imported twice"),
    ('(import "hermetic" "m" (memory 1))', "only functions can be imported"),
    ('(import "hermetic" "g" (global i32))', "only functions can be imported"),
])
def test_imports_refused(imported, message):
    with pytest.raises(Failed, match=message):
        instrument(wat(imported + PRELUDE))


def test_offset_just_below_the_limit():
    instrument(wat(PRELUDE + "(func (drop (i32.load offset=16777215 (i32.const 0))))"))


@pytest.mark.parametrize("old, new", [
    ('(memory (export "memory") 4 16)', "(memory 4 16)"),
    ('(export "__stack_pointer") (mut i32)', "(mut i32)"),
])
def test_exports_needed(old, new):
    with pytest.raises(Failed):
        instrument(wat(PRELUDE.replace(old, new)))


@pytest.mark.parametrize("insn", [
    "(memory.copy (i32.const 0) (i32.const 0) (i32.const 0))", "(memory.fill (i32.const 0) (i32.const 0) (i32.const 0))",
    "(drop (memory.grow (i32.const 0)))"])
def test_lint_finds_bulk_instructions(insn):
    module = wat("""
      (import "hermetic" "fuel" (func $fuel))
      (memory (export "memory") 1)
      (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 0x8000))
      (global $fuel (export "fuel") (mut i64) (i64.const 0))
      (func $gc_collect)""" + f"(func $g {insn})")
    with pytest.raises(Failed, match="outside of hermetic.memory_"):
        lint(module)


def test_errors_name_function_and_offset():
    with pytest.raises(Failed, match=r"tail, offset 0x[0-9a-f]+: instruction 0x12"):
        instrument(wat(PRELUDE + "(func $tail (return_call $gc_collect))"))


def test_missing_fuel_import_is_added():
    text = re.sub(r"\(import \"hermetic\" \"fuel\".*\)\n", "", PRELUDE)
    assert "fuel" not in text
    module = wat(text + """
      (table (export "__indirect_function_table") 2 2 funcref) (elem (i32.const 1) $five)
      (func $five (param i32) (call $trace (i32.const 5)))
      (func (export "f") (param i32)
        (call $trace (call $try (local.get 0) (i32.const 0)))
        (call_indirect (param i32) (i32.const 0) (local.get 0)))""")
    guest = Guest(instrument(module))
    guest.call("f", 1)
    assert guest.trace == [("trace", 5), ("trace", 0), ("trace", 5)]


def test_names_are_kept_and_extended():
    after = instrument(wat(PRELUDE + "(func $mine (memory.fill (i32.const 0) (i32.const 0) (i32.const 0)))"))
    for name in (b"gc_collect", b"mine", b"hermetic.memory_fill", b"__stack_pointer"):
        assert name in after
    lint(after)


def test_code_only_leaves_out_the_data(tmp_path):
    (tmp_path / "in.wasm").write_bytes(wat(PRELUDE + '(data (i32.const 16) "some data") (func (export "f"))'))
    tool(tmp_path / "in.wasm", "-o", tmp_path / "out.wasm", "--code-only", tmp_path / "code.wasm")
    assert b"some data" in (tmp_path / "out.wasm").read_bytes()
    code = (tmp_path / "code.wasm").read_bytes()
    assert b"some data" not in code
    Guest(code).call("f")
    lint(code)


def test_metered_twice_is_refused():
    with pytest.raises(Failed, match="metered already"):
        instrument(instrument(wat(PRELUDE)))


def test_unreachable_code_of_any_type_is_dropped():
    module = wat(PRELUDE + """
      (func (export "f") (param i32) (result i32)
        (block (result i32)
          (br 0 (i32.const 3))
          (i32.add) (block (f64.add) (drop) (loop (br 0)))
          (if (then (unreachable)) (else (nop))))
        (return)
        (select) (i64.store) (unreachable))""")
    assert Guest(instrument(module)).call("f", 1) == 3


def bytes_to_break():
    return wat(PRELUDE + program(3) + '(data (i32.const 16) "some data")')


def test_truncated_modules(tmp_path):
    module, path = bytes_to_break(), tmp_path / "in.wasm"
    for size in range(0, len(module), 7):
        path.write_bytes(module[:size])
        try:
            tool(path, "-o", tmp_path / "out.wasm")
        except Failed as error:
            assert "instrument: " in str(error)


def test_damaged_modules(tmp_path):
    """Any status but 0 and 1, or a sanitizer's report, fails (see harness.tool)."""
    module, path, chooser = bytes_to_break(), tmp_path / "in.wasm", random.Random(1)
    for _ in range(400):
        damaged = bytearray(module)
        for _ in range(chooser.randint(1, 3)):
            damaged[chooser.randrange(8, len(damaged))] = chooser.choice([0, 1, 0x0B, 0x40, 0x7F, 0x80, 0xFF, chooser.randrange(256)])
        path.write_bytes(damaged)
        try:
            tool(path, "-o", tmp_path / "out.wasm")
        except Failed:
            pass
