"""All work is paid for, in proportion, and bulk operations do what they did."""

import pytest
import wasmtime

from harness import PRELUDE, Failed, Guest, check_same, instrument, lint, outcome, wat

BULK = """
  (func (export "copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (export "fill") (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
"""


def bulk_guests():
    module = wat(PRELUDE + BULK)
    guests = Guest(module), Guest(instrument(module))
    pattern = bytes((i * 7 + (i >> 8) * 13) & 0xFF for i in range(0x40000))
    for guest in guests:
        guest.memory.write(guest.store, pattern, 0)
    return guests


@pytest.mark.parametrize("to, source, size", [
    (0x10000, 0x20000, 100), (0x10, 0, 0x10000), (0, 0x10, 0x10001), (0x10, 0, 0x10001),
    (0, 1, 0x3ffff), (1, 0, 0x3ffff), (0x10000, 0, 0x30000), (0, 0x10000, 0x30000), (0x12345, 0x345, 0x2bcde),
    (0, 0, 0x40000), (0, 0, 0), (0x40000, 0x40000, 0), (0x40001, 0, 0), (0, 0x40001, 0),
    (0, 1, 0x40000), (1, 0, 0x40000), (0, 0x3fff0, 17), (0xfffffff0, 0, 0x20), (0, 0xfffffff0, 0x20),
    (0, 0, 0xffffffff), (0x20000, 0, 0xffff0000),
])
def test_copy(to, source, size):
    before, after = bulk_guests()
    assert outcome(before, "copy", to, source, size) == outcome(after, "copy", to, source, size)
    assert before.memory.read(before.store) == after.memory.read(after.store)
    assert after.fuel_used() < 1000 + 0x40000 // 8


@pytest.mark.parametrize("to, size", [
    (0, 0), (5, 100), (5, 0x10000), (5, 0x10001), (0, 0x40000), (1, 0x40000), (0x40000, 0), (0x40001, 0),
    (0x3ffff, 2), (0, 0xffffffff), (0xfffffff0, 0x20),
])
def test_fill(to, size):
    before, after = bulk_guests()
    assert outcome(before, "fill", to, 0x1ab, size) == outcome(after, "fill", to, 0x1ab, size)
    assert before.memory.read(before.store) == after.memory.read(after.store)


def test_bulk_costs_by_length():
    used = []
    for size in (0, 1600, 160000):
        guest = bulk_guests()[1]
        guest.call("copy", 0x10, 0, size)
        used.append(guest.fuel_used())
    assert used[1] - used[0] == 100
    assert 10000 <= used[2] - used[0] <= 10100


def test_long_copies_look_at_the_fuel():
    guest = bulk_guests()[1]
    guest.fuel.set_value(guest.store, 0)
    guest.call("copy", 1, 0, 0x3ffff)
    assert guest.fuel_calls >= 5


def test_grow():
    guest = bulk_guests()[1]
    assert guest.call("grow", 2) == 4
    used = guest.fuel_used()
    assert used >= 2 * 4096
    assert guest.call("grow", 1000) == -1  # more than the maximum
    assert guest.fuel_used() - used < 200
    assert guest.call("grow", 0) == 6


LOOP = """
  (func (export "f") (param i32) (result i32) (local i32)
    (loop $l
      (local.set 1 (i32.add (local.get 1) (i32.mul (local.get 0) (local.get 0))))
      (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get 1))
"""


def test_loops_cost_by_iterations():
    module = instrument(wat(PRELUDE + LOOP))
    used = []
    for n in (1, 2, 1000):
        guest = Guest(module)
        guest.call("f", n)
        used.append(guest.fuel_used())
    each = used[1] - used[0]
    assert 8 <= each <= 14
    assert used[2] == used[0] + 999 * each


def test_host_is_called_when_fuel_runs_out():
    guest = Guest(instrument(wat(PRELUDE + LOOP)))
    guest.fuel.set_value(guest.store, 100)
    with pytest.raises(Exception, match="fuel"):
        guest.call("f", 0)  # 2^32 iterations
    assert guest.fuel_calls == 1001


def test_endless_loop_and_recursion_are_stopped():
    module = instrument(wat(PRELUDE + """
      (func (export "loop") (loop $l (br $l)))
      (func $r (export "recursion") (param i32) (if (local.get 0) (then (call $r (i32.const 1)))))"""))
    for name, arguments in ("loop", ()), ("recursion", (1,)):
        guest = Guest(module)
        guest.fuel.set_value(guest.store, 0)
        with pytest.raises((wasmtime.Trap, wasmtime.WasmtimeError, Exception)):
            guest.call(name, *arguments)
        assert guest.fuel_calls == 1001


def test_inner_loops_do_not_count_for_outer_ones():
    check_same(PRELUDE + """
      (func (export "f") (param i32) (result i32) (local i32 i32)
        (block $out
          (loop $a
            (local.set 1 (i32.const 5))
            (loop $b
              (br_if $out (i32.eq (local.get 2) (i32.const 17)))
              (local.set 2 (i32.add (local.get 2) (i32.const 1)))
              (br_if $a (i32.eq (local.get 1) (i32.const 2)))
              (br_if $b (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
            (local.set 2 (i32.add (local.get 2) (i32.const 100)))
            (br_if $a (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
        (local.get 2))""", [("f", n) for n in range(1, 6)])


def test_leaves_are_charged_to_their_callers():
    module = wat(PRELUDE + """
      (func $leaf (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
      (func $twice (param i32) (result i32) (call $leaf (call $leaf (local.get 0))))
      (func (export "f") (param i32) (result i32) (call $twice (call $twice (local.get 0))))""")
    after = instrument(module)
    old, new = Guest(module), Guest(after)
    assert old.call("f", 5) == new.call("f", 5) == 9
    assert new.fuel_used() >= old.fuel_used()


def dispatch(cases):
    opens = "".join(f"(block $c{i} " for i in range(cases, -1, -1))
    table = " ".join(f"$c{i}" for i in range(cases))
    work = "(local.set 1 (i32.div_u (local.get 1) (i32.const 3)))"
    bodies = "".join(f") {work * (40 if i == 3 else 1)} (br $next)" for i in range(cases))
    return f"""
      (func (export "f") (param i32 i32) (param i32) (result i32)
        (loop $again (block $next {opens} (br_table {table} $c{cases} (local.get 2)) {bodies} ))
          (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (local.get 1))"""


def test_cheap_opcodes_do_not_pay_for_dear_ones():
    module = instrument(wat(PRELUDE + dispatch(20)))
    used = {}
    for opcode in (2, 3):
        guest = Guest(module)
        guest.call("f", 100, 1 << 30, opcode)
        used[opcode] = guest.fuel_used()
    assert used[2] * 5 < used[3]
    check_same(PRELUDE + dispatch(20), [("f", 10, 1 << 30, n) for n in (0, 2, 3, 19, 20, 99)])


def test_fuel_is_deterministic():
    module = wat(PRELUDE + dispatch(20) + BULK)
    assert instrument(module) == instrument(module)


HEAD = """
  (import "hermetic" "fuel" (func $fuel))
  (memory (export "memory") 1)
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 0x8000))
  (global $fuel (export "fuel") (mut i64) (i64.const 0))
  (func $gc_collect)
"""


def charge(cost):
    return f"""(global.set $fuel (i64.sub (global.get $fuel) (i64.const {cost})))
      (if (i64.lt_s (global.get $fuel) (i64.const 0)) (then (call $fuel)))"""


@pytest.mark.parametrize("body, message", [
    (f"(func {charge(100)} (loop (drop (i32.const 1))))", "loop is not metered"),
    ("(func (param i32) " + "(local.set 0 (i32.add (local.get 0) (i32.const 1)))" * 10 + ")", "function is not metered"),
    ('(func (export "f"))', "function is not metered"),
    (f"(func (param i32) {charge(5)} " + "(local.set 0 (i32.add (local.get 0) (i32.const 1)))" * 2 + ")",
     "3 units of fuel that were not charged"),
    (f"(func (param i32) {charge(5)} (if (local.get 0) (then (drop (i32.const 1)) (drop (i32.const 1)))"
     " (else (local.set 0 (i32.div_u (local.get 0) (local.get 0))))))", "not charged"),
    ("(func $f (call $f))", "recursive function is not metered"),
    (f"(func {charge(4)} (call $leaf)) (func $leaf (nop) (drop (i32.const 1)))", "1 units of fuel"),
    (f"(func {charge(-5)} (drop (i32.const 1)))", "changes the fuel"),
    ("(func (global.set $fuel (i64.const 1000)))", "changes the fuel"),
])
def test_lint_finds_what_is_not_paid_for(body, message):
    with pytest.raises(Failed, match=message):
        lint(wat(HEAD + body))


@pytest.mark.parametrize("body", [
    "(func (drop (i32.const 1)))",
    f"(func {charge(0)} (loop {charge(1)} (drop (i32.const 1))))",
    f"(func {charge(5)} (call $leaf)) (func $leaf (nop) (drop (i32.const 1)))",
    f"(func (param i32) {charge(9)} (if (local.get 0) (then (drop (i32.const 1)))"
    f" (else (loop $l {charge(12)} (br_if $l (local.tee 0 (i32.div_u (local.get 0) (local.get 0)))))"
    " (drop (i32.const 1)))))",
])
def test_lint_accepts_what_is_paid_for(body):
    lint(wat(HEAD + body))
