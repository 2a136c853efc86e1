"""Loops may keep the fuel in a local: none of it is lost, and the lint finds what would lose or forge some."""

import pytest

from harness import PRELUDE, Failed, Guest, instrument, lint, outcome, wat
from test_fuel import HEAD, charge

#: A loop of n rounds without a call, which keeps the fuel in a local, and then each way to leave it.
WAYS_OUT = {
    "end": "",
    "return": "(return (i32.const 1))",
    "branch": "(br $f (i32.const 1))",
    "branch_if": "(drop (br_if $f (i32.const 1) (local.get 0)))",
    "table": "(br_table $f $f (i32.const 1) (i32.const 0))",
    "call": "(call $look)",
    "indirect": "(call_indirect (type $void) (i32.const 0))",
    "throw": "(call $throw)",
    "unreachable": "(unreachable)",
    "another loop": "(loop $m (br_if $m (i32.const 0)))",
    "in a loop with calls": "(loop $m (call $look) (loop $k (br_if $k (i32.const 0))) (br_if $m (i32.const 0)))",
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_fuel_is_lost_on_the_way_out_of_a_loop(way):
    module = instrument(wat(PRELUDE + f"""
      (type $void (func))
      (table 1 funcref)
      (elem (i32.const 0) $look)
      (func $look (call $trace (i32.const 1)))
      (func $f (export "f") (param i32) (result i32) (block $f (result i32)
        (loop $l (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        {WAYS_OUT[way]}
        (i32.const 2)))"""))
    used = []
    for n in (1, 2, 1000):
        guest = Guest(module)
        outcome(guest, "f", n)
        used.append(guest.fuel_used())
    assert used[1] - used[0] > 0
    assert used[2] - used[0] == 999 * (used[1] - used[0])


def test_no_fuel_is_lost_when_a_loop_is_left_from_within():
    module = instrument(wat(PRELUDE + """
      (func (export "f") (param i32 i32) (result i32)
        (loop $l (result i32)
          (if (i32.eq (local.get 0) (i32.const 1)) (then
            (if (i32.eq (local.get 1) (i32.const 0)) (then (return (i32.const 5))))
            (if (i32.eq (local.get 1) (i32.const 1)) (then (call $throw)))
            (if (i32.eq (local.get 1) (i32.const 2)) (then unreachable))
            (if (i32.eq (local.get 1) (i32.const 3)) (then (br 3 (i32.const 6))))))
          (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
          (br $l)))"""))
    for way in range(4):
        used = []
        for n in (1, 2, 1000):
            guest = Guest(module)
            outcome(guest, "f", n, way)
            used.append(guest.fuel_used())
        assert used[2] - used[0] == 999 * (used[1] - used[0]) > 0


def test_the_host_sees_exact_fuel():
    module = instrument(wat(PRELUDE + """
      (func (export "f") (param i32) (result i32) (local i32)
        (loop $l
          (local.set 1 (i32.const 100))
          (loop $m (br_if $m (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
          (call $trace (local.get 0))
          (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (i32.const 0))"""))
    seen = []

    class Watching(Guest):
        def _event(self, *arguments):
            seen.append(self.fuel_used())
            return super()._event(*arguments)

    guest = Watching(module)
    guest.call("f", 5)
    rounds = {after - before for before, after in zip(seen, seen[1:])}
    assert len(seen) == 5 and len(rounds) == 1
    assert rounds.pop() >= 100 * 4
    assert guest.fuel_used() == seen[-1]


LOAD = "(local.set $c (global.get $fuel))"
STORE = "(global.set $fuel (local.get $c))"
OTHERS = f"(func $f {charge(0)}) (func $leaf (nop)) (func $calls (call $g)) (func $g (call $fuel)) (table 1 funcref)"


def count(cost=9, local="$c"):
    """A charge to the local."""
    return f"""(if (i64.lt_s (local.tee {local} (i64.sub (local.get {local}) (i64.const {cost}))) (i64.const 0))
      (then (global.set $fuel (local.get {local})) (call $fuel) (local.set {local} (global.get $fuel))))"""


def function(body):
    """Metered, with the locals $n (a parameter) and $c and $d for fuel."""
    return wat(HEAD + f"(func (param $n i32) (local $c i64) (local $d i64) {charge(20)} {body})" + OTHERS)


@pytest.mark.parametrize("body", [
    # never loaded, or no more
    f"(loop {count()}) {STORE}",
    f"{LOAD} (call $f) (loop {count()}) {STORE}",
    f"{LOAD} (call $calls) (loop {count()}) {STORE}",
    f"{LOAD} (loop $l {count()} {STORE} (call $f) (br $l))",
    f"{LOAD} (loop $l {count()} {STORE} (call $f) (br_if $l (local.get $n)))",
    f"{LOAD} (loop $l {count()} {STORE} (call $f) (br_table $l 1 (local.get $n)))",
    f"{LOAD} (if (local.get $n) (then (call $f))) (loop {count()}) {STORE}",
    f"{LOAD} (if (local.get $n) (then (nop)) (else (call $f))) (loop {count()}) {STORE}",
    f"{LOAD} (block (br_if 0 (local.get $n)) (call $f)) (loop {count()}) {STORE}",
    f"(if (local.get $n) (then {LOAD})) (loop {count()}) {STORE}",
    f"{LOAD} (loop $l {charge(9)} (loop {count()}) {STORE} (br $l))",
    f"{LOAD} (call $f) {STORE}",
    STORE,
])
def test_lint_finds_a_local_that_has_not_got_the_fuel(body):
    with pytest.raises(Failed, match="counts in a local that has not got the fuel"):
        lint(function(body))


@pytest.mark.parametrize("body", [
    # not stored on the way out
    f"{LOAD} (loop {count()})",
    f"{LOAD} (loop {count()} (return))",
    f"{LOAD} (loop {count()} (unreachable))",
    f"{LOAD} (loop {count()} (br_if 1 (local.get $n))) {STORE}",
    f"{LOAD} (loop {count()} (br_table 1 1 (local.get $n)))",
    f"{LOAD} (loop {count()} (if (local.get $n) (then {STORE})))",
    f"{LOAD} (block (loop {count()} (br_if 1 (local.get $n)) {STORE}))",
    # nor before a call
    f"{LOAD} (loop {count()} (call $f)) {STORE}",
    f"{LOAD} (loop {count()} (call $calls)) {STORE}",
    f"{LOAD} (loop {count()} (call $fuel)) {STORE}",
    f"{LOAD} (loop {count()} (call_indirect (i32.const 0))) {STORE}",
    # nor where the global is charged next
    f"{LOAD} (loop {count()}) (loop {charge(9)})",
    f"{LOAD} (loop $l {charge(9)} {LOAD} {count()} (br $l))",
    f"{LOAD} (loop {count()}) {charge(20)}",
    # set back
    f"{LOAD} (loop $l {count()} {LOAD} (br $l))",
    f"{LOAD} (loop $l {count()} (if (local.get $n) (then {LOAD})) (br $l))",
])
def test_lint_finds_fuel_that_is_lost(body):
    with pytest.raises(Failed, match="loses the fuel that was counted in a local"):
        lint(function(body))


@pytest.mark.parametrize("body, message", [
    (f"{LOAD} (loop $l {count()} (local.set $c (i64.const 1000)) (br $l))", "changes the fuel that was counted"),
    (f"{LOAD} (loop $l {count()} (drop (local.tee $c (i64.const 1000))) (br $l))", "changes the fuel that was counted"),
    (f"{LOAD} (loop $l {count(9, '$d')} (br $l))", "two locals"),
    (f"{LOAD} (loop $l {count()} (global.set $fuel (local.get $d)) (br $l))", "two locals"),
    (f"{LOAD} (loop $l {count()} {STORE} (global.set $fuel (i64.const 1000)) {LOAD} (br $l))", "changes the fuel"),
    (f"{LOAD} (loop (drop (i32.const 1))) {STORE}", "loop is not metered"),
    (f"{LOAD} (loop $l {LOAD} (br $l)) {STORE}", "loop is not metered"),
    (f"{LOAD} (loop $l (loop {count()}) (br $l))", "loop is not metered"),
    (f"{LOAD} (loop $l {count(-9)} (br $l))", "loop is not metered"),
    (f"{LOAD} (loop $l {count().replace('(call $fuel)', '(nop)')} (br $l))", "loop is not metered"),
    (f"{LOAD} (loop $l {count().replace('(i64.const 0)', '(i64.const -99)')} (br $l))", "loop is not metered"),
    (f"{LOAD} (loop $l {count(1)} (drop (i32.const 0)) (drop (i32.const 0)) (br $l))", "2 units of fuel"),
])
def test_lint_finds_what_is_no_charge(body, message):
    with pytest.raises(Failed, match=message):
        lint(function(body))


def test_lint_keeps_bulk_functions_on_the_global():
    with pytest.raises(Failed, match="keeps the fuel in a local"):
        lint(wat(HEAD + f"(func $hermetic.memory_copy (local $c i64) {charge(9)} {LOAD} (loop {count()}) {STORE})"))


@pytest.mark.parametrize("body", [
    f"{LOAD} (loop $l {count()} (br $l))",
    f"{LOAD} (loop {count()}) {STORE}",
    f"{LOAD} (loop $l {count()} {STORE} (call $f) {LOAD} (br $l))",
    f"{LOAD} (loop $l {count()} (call $leaf) (br $l))",
    f"{LOAD} (loop $l {count()} {STORE} (loop {charge(9)}) {LOAD} (br $l))",
    f"{LOAD} (block (loop $l {count()} (br_if 1 (local.get $n)) (br $l))) {STORE}",
    f"(loop $l {charge(9)} {LOAD} (loop {count()}) {STORE} (br $l))",
])
def test_lint_accepts_fuel_in_a_local(body):
    lint(function(body))
