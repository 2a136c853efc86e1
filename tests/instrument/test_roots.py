"""Every pointer that is live across a collection is on the shadow stack, and the function does what it did."""

import pytest

from harness import PRELUDE, Failed, Freed, Guest, check_same, instrument, lint, outcome, tool, wat


def check(body, *calls, options=()):
    return check_same(PRELUDE + body, calls or [("f",)], *options)


def test_host_sees_uses_after_free():
    """The test of the tests: without instrumentation the use is caught."""
    module = wat(PRELUDE + """
      (func (export "f") (local i32) (local.set 0 (call $alloc)) (drop (call $alloc)) (call $use (local.get 0)))""")
    with pytest.raises(Freed):
        outcome(Guest(module), "f")
    assert outcome(Guest(instrument(module)), "f")


def test_parameter():
    check("""
      (func $g (param i32) (call $gc_collect) (call $use (local.get 0)))
      (func (export "f") (call $g (call $alloc)))""")


def test_operands_under_arguments():
    check("""
      (func $two (param i32 i32) (call $use (local.get 0)) (call $use (local.get 1)))
      (func (export "f") (call $two (call $alloc) (call $alloc)))""")


def test_three_operands_of_both_types():
    check("""
      (func $three (param i64 i32 i64) (call $use64 (local.get 0)) (call $use (local.get 1)) (call $use64 (local.get 2)))
      (func (export "f") (call $three (call $alloc64) (call $alloc) (call $alloc64)))""")


def test_operand_under_a_block():
    check("""
      (func $two (param i32 i32) (call $use (local.get 0)) (call $use (local.get 1)))
      (func (export "f") (param i32)
        call $alloc
        (block (result i32)
          (br_if 0 (call $alloc) (local.get 0))
          drop
          (call $alloc))
        call $two)""", ("f", 0), ("f", 1))


def test_operand_that_is_the_result_of_a_block():
    check("""
      (func $two (param i32 i32) (call $use (local.get 0)) (call $use (local.get 1)))
      (func (export "f") (param i32)
        (if (result i32) (local.get 0) (then (call $alloc)) (else (call $alloc)))
        call $alloc
        call $two)""", ("f", 0), ("f", 1))


def test_operand_copied_from_a_local_that_changes():
    check("""
      (func $two (param i32 i32) (call $use (local.get 0)) (call $use (local.get 1)))
      (func (export "f") (local i32)
        (local.set 0 (call $alloc))
        local.get 0
        (local.set 0 (call $alloc))
        (drop (call $alloc))
        local.get 0
        call $two)""")


def test_operand_copied_from_a_local_that_changes_later_in_a_loop():
    check("""
      (func $two (param i32 i32) (call $use (local.get 0)) (call $use (local.get 1)))
      (func (export "f") (local i32 i32)
        (local.set 1 (i32.const 3))
        (local.tee 0 (call $alloc))
        (block (result i32)
          (loop $l
            (drop (call $alloc))
            (local.set 0 (i32.const 0))
            (br_if $l (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
          (call $alloc))
        call $two)""")


def test_operand_of_select():
    check("""
      (func $two (param i32 i32) (call $use (local.get 0)) (call $use (local.get 1)))
      (func (export "f") (param i32)
        (call $two (select (call $alloc) (call $alloc) (local.get 0)) (call $alloc)))""", ("f", 0), ("f", 1))


def test_operand_of_select_lives_across_a_call():
    check("""
      (func $two (param i32 i32) (call $use (local.get 0)) (call $use (local.get 1)))
      (func (export "f") (param i32) (local i32 i32)
        (local.set 1 (call $alloc)) (local.set 2 (call $alloc))
        (call $two (select (local.get 1) (local.get 2) (local.get 0)) (call $alloc))
        )""", ("f", 0), ("f", 1))


def test_interior_pointer():
    check("""
      (func (export "f") (local i32)
        (local.set 0 (i32.add (call $alloc) (i32.const 8)))
        (call $gc_collect)
        (call $use (local.get 0)))""")


def test_nan_box_taken_apart():
    check("""
      (func (export "f") (local i64 i32)
        (local.set 0 (call $alloc64))
        (local.set 1 (i32.wrap_i64 (local.get 0)))
        (call $gc_collect)
        (call $use (local.get 1)))""")


def test_pointer_in_the_high_word():
    check("""
      (func (export "f") (local i64)
        (local.set 0 (i64.shl (i64.extend_i32_u (call $alloc)) (i64.const 32)))
        (call $gc_collect)
        (call $use (i32.wrap_i64 (i64.shr_u (local.get 0) (i64.const 32)))))""")


def test_early_return():
    check("""
      (func $g (param i32 i32) (result i32)
        (if (local.get 0) (then (call $gc_collect) (call $use (local.get 1)) (return (i32.const 1))))
        (call $gc_collect)
        (call $use (local.get 1))
        (i32.const 2))
      (func (export "f") (param i32) (result i32) (call $g (local.get 0) (call $alloc)))""", ("f", 0), ("f", 1))


def test_branches_to_the_body():
    check("""
      (func (export "f") (param i32) (result i32) (local i32)
        (local.set 1 (call $alloc))
        (block
          (block
            (call $gc_collect)
            (call $use (local.get 1))
            (br_if 2 (i32.const 11) (i32.eq (local.get 0) (i32.const 1)))
            drop
            (call $gc_collect)
            (br_table 0 1 0 (local.get 0)))
          (call $use (local.get 1))
          (br 1 (i32.const 12)))
        (call $gc_collect)
        (call $use (local.get 1))
        (i32.const 13))""", ("f", 0), ("f", 1), ("f", 2))


def test_br_table_with_values():
    check("""
      (func (export "f") (param i32) (result i32) (local i32)
        (local.set 1 (call $alloc))
        (block $c (result i32)
          (block $b (result i32)
            (block $a (result i32)
              (call $gc_collect)
              (br_table $a $b $c 3 $a (call $alloc) (local.get 0)))
            (call $use) (call $gc_collect) (call $use (local.get 1)) (return (i32.const 1)))
          (call $gc_collect)
          (call $use) (call $use (local.get 1)) (return (i32.const 2)))
        (call $use (local.get 1)))""",
          ("f", 0), ("f", 1), ("f", 2), ("f", 3), ("f", 9))


def test_value_that_lives_through_a_loop():
    check("""
      (func (export "f") (param i32) (local i32)
        (local.set 1 (call $alloc))
        (loop $l
          (drop (call $alloc))
          (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (call $use (local.get 1)))""", ("f", 1), ("f", 5))


def test_value_carried_around_a_loop():
    check("""
      (func (export "f") (param i32) (local i32 i32)
        (local.set 1 (call $alloc))
        (loop $l
          (local.set 2 (call $alloc))
          (call $use (local.get 1))
          (local.set 1 (local.get 2))
          (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (call $use (local.get 1)))""", ("f", 1), ("f", 5))


def test_values_swapped_in_a_loop():
    check("""
      (func (export "f") (param i32) (local i32 i32 i32)
        (local.set 1 (call $alloc))
        (local.set 2 (call $alloc))
        (loop $l
          (call $gc_collect)
          (local.set 3 (local.get 1))
          (local.set 1 (local.get 2))
          (local.set 2 (local.get 3))
          (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (call $use (local.get 1))
        (call $gc_collect)
        (call $use (local.get 2)))""", ("f", 1), ("f", 4))


def test_pointer_only_on_the_second_iteration():
    """The analysis must not believe the first pass over a loop."""
    check("""
      (func (export "f") (local i32 i32)
        (local.set 1 (i32.const 3))
        (loop $l
          (call $gc_collect)
          (if (local.get 0) (then (call $use (local.get 0))))
          (local.set 0 (call $alloc))
          (br_if $l (local.tee 1 (i32.sub (local.get 1) (i32.const 1))))))""")


def test_nested_loops():
    check("""
      (func (export "f") (param i32) (local i32 i32 i32)
        (local.set 1 (call $alloc))
        (loop $outer
          (local.set 2 (call $alloc))
          (local.set 3 (i32.const 3))
          (loop $inner
            (drop (call $alloc))
            (call $use (local.get 2))
            (br_if $inner (local.tee 3 (i32.sub (local.get 3) (i32.const 1)))))
          (call $use (local.get 1))
          (br_if $outer (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (call $gc_collect)
        (call $use (local.get 2)))""", ("f", 1), ("f", 3))


def test_function_with_a_frame_of_its_own():
    check("""
      (func $g (param i32) (result i32) (local i32 i32)
        (global.set $__stack_pointer (local.tee 1 (i32.sub (global.get $__stack_pointer) (i32.const 32))))
        (i32.store offset=8 (local.get 1) (i32.const 77))
        (local.set 2 (call $alloc))
        (call $use (local.get 0))
        (if (i32.eqz (local.get 0)) (then
          (global.set $__stack_pointer (i32.add (local.get 1) (i32.const 32)))
          (return (i32.const 5))))
        (call $gc_collect)
        (call $use (local.get 2))
        (call $trace (i32.load offset=8 (local.get 1)))
        (global.set $__stack_pointer (i32.add (local.get 1) (i32.const 32)))
        (i32.const 6))
      (func (export "f") (result i32) (call $g (call $alloc)))
      (func (export "z") (result i32) (call $g (i32.const 0)))""", ("f",), ("z",))


def test_function_with_alloca():
    check("""
      (func $g (param i32 i32) (local i32 i32)
        (global.set $__stack_pointer (local.tee 2 (i32.sub (global.get $__stack_pointer) (i32.const 16))))
        (global.set $__stack_pointer (local.tee 3 (i32.sub (local.get 2) (local.get 1))))
        (i32.store (local.get 3) (i32.const 1234))
        (i32.store offset=12 (local.get 2) (i32.const 5678))
        (call $gc_collect)
        (call $use (local.get 0))
        (call $trace (i32.load (local.get 3)))
        (call $trace (i32.load offset=12 (local.get 2)))
        (global.set $__stack_pointer (i32.add (local.get 2) (i32.const 16))))
      (func (export "f") (call $g (call $alloc) (i32.const 64)))""")


def test_call_indirect():
    check("""
      (table 3 3 funcref)
      (elem (i32.const 1) $collects $harmless)
      (type $t (func (param i32) (result i32)))
      (func $collects (param i32) (result i32) (call $gc_collect) (local.get 0))
      (func $harmless (param i32) (result i32) (local.get 0))
      (func (export "f") (param i32) (local i32)
        (local.set 1 (call $alloc))
        (call $trace (call_indirect (type $t) (i32.const 7) (local.get 0)))
        (call $use (local.get 1)))""", ("f", 1), ("f", 2), ("f", 0), ("f", 7))


TRY = """
  (table (export "__indirect_function_table") 4 4 funcref)
  (elem (i32.const 1) $quiet $throws $deep)
  (func $quiet (param i32) (call $gc_collect) (call $use (local.get 0)))
  (func $throws (param i32) (local i32)
    (local.set 1 (call $alloc))
    (call $gc_collect)
    (call $use (local.get 0))
    (call $use (local.get 1))
    (call $throw)
    unreachable)
  (func $deep (param i32) (call $trace (call $try (i32.const 2) (local.get 0))) (call $use (local.get 0)))
  (func (export "f") (param i32) (local i32)
    (local.set 1 (call $alloc))
    (call $trace (call $try (local.get 0) (call $alloc)))
    (call $gc_collect)
    (call $use (local.get 1)))"""


def test_try_and_throw():
    check(TRY, ("f", 1), ("f", 2), ("f", 3))


def test_arguments_of_an_exempt_function_are_kept_by_the_caller():
    body = """
      (func $dispatch (param i32) (call $gc_collect) (call $use (local.get 0)))
      (func (export "f") (call $dispatch (call $alloc)))"""
    check(body, options=("--exempt", "dispatch"))


def test_what_cannot_be_a_pointer_is_not_spilled(tmp_path):
    module = wat(PRELUDE + """
      (func (export "f") (param f64) (local i32 i32 i32 i64 f64)
        (local.set 1 (i32.eqz (call $event (i32.const 103) (i32.const 0) (i32.const 0))))
        (local.set 2 (i32.load8_u (i32.const 64)))
        (local.set 3 (i32.and (call $event (i32.const 103) (i32.const 0) (i32.const 0)) (i32.const 255)))
        (local.set 4 (i64.load16_u (i32.const 64)))
        (local.set 5 (f64.load (i32.const 64)))
        (call $gc_collect)
        (call $trace (local.get 1)) (call $trace (local.get 2)) (call $trace (local.get 3))
        (call $trace (i32.wrap_i64 (local.get 4)))
        (call $trace (i32.trunc_sat_f64_s (f64.add (local.get 5) (local.get 0)))))""")
    (tmp_path / "in.wasm").write_bytes(module)
    tool(tmp_path / "in.wasm", "-o", tmp_path / "out.wasm", "--report", tmp_path / "report")
    assert "total: 0 of" in (tmp_path / "report").read_text()


def test_value_is_stored_once(tmp_path):
    module = wat(PRELUDE + """
      (func (export "f") (param i32) (param i32)
        (call $gc_collect)
        (call $gc_collect)
        (loop $l
          (call $gc_collect)
          (br_if $l (local.tee 1 (i32.shr_u (local.get 1) (i32.const 1)))))
        (call $use (local.get 0)))""")
    (tmp_path / "in.wasm").write_bytes(module)
    tool(tmp_path / "in.wasm", "-o", tmp_path / "out.wasm", "--report", tmp_path / "report")
    # The counter is stored before the loop and after each change.
    assert "f: 2 slots, 16 bytes, 3 stores" in (tmp_path / "report").read_text()


def test_unknown_names_are_errors():
    module = wat(PRELUDE)
    with pytest.raises(Failed, match="no function named nothing"):
        instrument(module, "--collect", "nothing")
    with pytest.raises(Failed, match="no function named nothing"):
        instrument(module, "--exempt", "nothing")


# The lint, on modules that were spilled by hand: METERED makes them pass the fuel lint.

METERED = """
  (import "hermetic" "fuel" (func $fuel))
  (memory (export "memory") 1)
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 0x8000))
  (global $fuel (export "fuel") (mut i64) (i64.const 0))
  (func $gc_collect)
  (func $alloc (result i32) %s (call $gc_collect) (i32.const 0))
  (func $use (param i32))
"""
CHARGE = """
  (global.set $fuel (i64.sub (global.get $fuel) (i64.const 1000)))
  (if (i64.lt_s (global.get $fuel) (i64.const 0)) (then (call $fuel)))"""


def lint_text(body):
    lint(wat((METERED % CHARGE) + body.replace("CHARGE", CHARGE)))


ENTER = "CHARGE (global.set $__stack_pointer (local.tee $b (i32.sub (global.get $__stack_pointer) (i32.const 16))))"
LEAVE = "(global.set $__stack_pointer (i32.add (local.get $b) (i32.const 16)))"

GOOD = [
    f"(func (param $p i32) (local $b i32) {ENTER} (i32.store (local.get $b) (local.get $p))"
    f" (drop (call $alloc)) (call $use (local.get $p)) {LEAVE})",
    # through a copy, as an optimiser may leave it
    f"(func (param $p i32) (local $b i32) (local $c i32) {ENTER} (local.set $c (local.get $p))"
    f" (i32.store offset=4 (local.get $b) (local.get $c)) (drop (call $alloc)) (call $use (local.get $p)) {LEAVE})",
    # stored in both arms
    f"(func (param $p i32) (param $q i32) (local $b i32) {ENTER} (if (local.get $q)"
    f" (then (i32.store (local.get $b) (local.get $p))) (else (local.set $p (i32.load (local.get $p)))"
    f" (i32.store (local.get $b) (local.get $p)))) (drop (call $alloc)) (call $use (local.get $p)) {LEAVE})",
    # renewed around a loop
    f"(func (param $p i32) (local $b i32) {ENTER} (i32.store (local.get $b) (local.get $p)) (loop $l CHARGE"
    f" (drop (call $alloc)) (local.set $p (i32.load (local.get $p))) (i32.store (local.get $b) (local.get $p))"
    f" (br_if $l (local.get $p))) {LEAVE})",
    # not live
    f"(func (param $p i32) CHARGE (call $use (local.get $p)) (drop (call $alloc)))",
]

BAD = {
    "not stored": f"(func (param $p i32) (local $b i32) {ENTER}"
                  f" (drop (call $alloc)) (call $use (local.get $p)) {LEAVE})",
    "operand": "(func (result i32) CHARGE (i32.add (call $alloc) (call $alloc)))",
    "stored in one arm": f"(func (param $p i32) (param $q i32) (local $b i32) {ENTER} (if (local.get $q)"
                         f" (then (i32.store (local.get $b) (local.get $p))))"
                         f" (drop (call $alloc)) (call $use (local.get $p)) {LEAVE})",
    "changed after": f"(func (param $p i32) (local $b i32) {ENTER} (i32.store (local.get $b) (local.get $p))"
                     f" (local.set $p (i32.load (local.get $p)))"
                     f" (drop (call $alloc)) (call $use (local.get $p)) {LEAVE})",
    "changed in the loop": f"(func (param $p i32) (local $b i32) {ENTER} (i32.store (local.get $b) (local.get $p))"
                           f" (loop $l CHARGE (drop (call $alloc)) (local.set $p (i32.load (local.get $p)))"
                           f" (br_if $l (local.get $p))) {LEAVE})",
    "slot overwritten": f"(func (param $p i32) (param $q i32) (local $b i32) {ENTER}"
                        f" (i32.store (local.get $b) (local.get $p)) (i32.store (local.get $b) (local.get $q))"
                        f" (drop (call $alloc)) (call $use (local.get $p)) {LEAVE})",
    "slot overwritten in part": f"(func (param $p i32) (local $b i32) {ENTER}"
                                f" (i32.store (local.get $b) (local.get $p)) (i32.store8 (local.get $b) (i32.const 1))"
                                f" (drop (call $alloc)) (call $use (local.get $p)) {LEAVE})",
    "below the stack pointer": f"(func (param $p i32) (local $b i32) {ENTER}"
                               f" (i32.store (i32.sub (local.get $b) (i32.const 16)) (local.get $p))"
                               f" (drop (call $alloc)) (call $use (local.get $p)) {LEAVE})",
    "slot given away": f"(func (param $p i32) (local $b i32) {ENTER} (i32.store (local.get $b) (local.get $p))"
                       f" (call $use (local.get $b)) (drop (call $alloc)) (call $use (local.get $p)) {LEAVE})",
    "somewhere else": f"(func (param $p i32) (local $b i32) {ENTER} (i32.store (i32.const 64) (local.get $p))"
                      f" (drop (call $alloc)) (call $use (local.get $p)) {LEAVE})",
    "half of an i64": f"(func (param $p i64) (local $b i32) {ENTER} (i64.store32 (local.get $b) (local.get $p))"
                      f" (drop (call $alloc)) (call $use (i32.wrap_i64 (local.get $p))) {LEAVE})",
}


@pytest.mark.parametrize("body", GOOD)
def test_lint_accepts(body):
    lint_text(body)


@pytest.mark.parametrize("what", BAD)
def test_lint_finds(what):
    with pytest.raises(Failed, match="is live across the call of"):
        lint_text(BAD[what])


def test_exempt_functions_are_not_checked():
    module = wat((METERED % CHARGE) + BAD["not stored"].replace("(func", "(func $vm").replace("CHARGE", CHARGE))
    lint(module, "--exempt", "vm")
