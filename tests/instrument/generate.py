"""Random functions that allocate, keep, use and drop objects in every control structure that the tool handles."""

import random


class Program:
    """A module of a few functions; ``f`` is exported and takes two numbers."""

    LOCALS = {"i32": ["$a", "$b", "$c", "$d"], "i64": ["$x", "$y"]}

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.functions = []
        self.loops = 0
        self.indirect = seed % 3 == 0
        count = self.random.randint(2, 4)
        for number in range(count):
            self.functions.append(self.function(number))
        self.text = "".join(self.functions)
        self.text += f'(export "f" (func $f{count - 1}))'
        if self.indirect:
            names = " ".join(f"$f{n}" for n in range(count - 1))
            self.text += f"(type $t (func (param i32 i32) (result i32))) (table {count} {count} funcref) (elem (i32.const 0) {names})"

    def function(self, number):
        self.number = number
        self.labels = []  # (name, carries)
        frame = self.random.random() < 0.3
        self.frame = frame
        self.counters = []
        body = self.block_body(4)
        result = self.value("i32", 2)
        enter = leave = ""
        if frame:
            enter = ("(global.set $__stack_pointer (local.tee $fp (i32.sub (global.get $__stack_pointer) (i32.const 32))))"
                     "(i32.store offset=4 (local.get $fp) (local.get $n))")
            leave = ("(call $trace (i32.load offset=4 (local.get $fp)))"
                     "(global.set $__stack_pointer (i32.add (local.get $fp) (i32.const 32)))")
        counters = "".join(f"(local {name} i32)" for name in self.counters)
        return (f"(func $f{number} (param $n i32) (param $p i32) (result i32) (local $a i32) (local $b i32) (local $c i32)"
                f" (local $d i32) (local $x i64) (local $y i64) (local $fp i32) {counters}\n"
                f"{enter} {body} (local.set $a {result}) {leave} (local.get $a))\n")

    def chance(self, probability):
        return self.random.random() < probability

    def condition(self):
        return f"(i32.and (i32.add (local.get $n) (i32.const {self.random.randrange(8)})) (i32.const {self.random.choice([1, 2, 4])}))"

    def value(self, type_, depth):
        """An expression that is an object, or nothing."""
        pick = self.random.random()
        if type_ == "i64":
            if depth <= 0 or pick < 0.4:
                return f"(local.get {self.random.choice(self.LOCALS['i64'])})"
            if pick < 0.7:
                return "(call $alloc64)"
            if pick < 0.9:
                return f"(i64.extend_i32_u {self.value('i32', depth - 1)})"
            return f"(local.tee {self.random.choice(self.LOCALS['i64'])} {self.value('i64', depth - 1)})"
        if depth <= 0 or pick < 0.3:
            return f"(local.get {self.random.choice(self.LOCALS['i32'] + ['$p'])})"
        if pick < 0.5:
            return "(call $alloc)"
        if pick < 0.55:
            return f"(i32.wrap_i64 {self.value('i64', depth - 1)})"
        if pick < 0.65:
            return f"(local.tee {self.random.choice(self.LOCALS['i32'])} {self.value('i32', depth - 1)})"
        if pick < 0.75:
            return f"(select {self.value('i32', depth - 1)} {self.value('i32', depth - 1)} {self.condition()})"
        if pick < 0.83:
            return f"(if (result i32) {self.condition()} (then {self.value('i32', depth - 1)}) (else {self.value('i32', depth - 1)}))"
        if pick < 0.91:
            return self.carrying_block(depth - 1)
        if self.number != 0:
            callee = self.random.randrange(self.number)
            arguments = f"(i32.add (local.get $n) (i32.const {self.random.randrange(4)})) {self.value('i32', depth - 1)}"
            if self.indirect and self.chance(0.5):
                return f"(call_indirect (type $t) {arguments} (i32.const {callee}))"
            return f"(call $f{callee} {arguments})"
        return "(call $alloc)"

    def carrying_block(self, depth):
        label = f"$v{len(self.labels)}"
        self.labels.append((label, True))
        body = self.statement(1)
        first, second = self.value("i32", depth), self.value("i32", depth)
        self.labels.pop()
        return f"(block {label} (result i32) {body} (drop (br_if {label} {first} {self.condition()})) {second})"

    def block_body(self, depth):
        return "\n".join(self.statement(depth) for _ in range(self.random.randint(1, 4)))

    def branch(self):
        plain = [label for label, carries in self.labels if not carries]
        if not plain:
            return ""
        if self.chance(0.3):
            targets = " ".join(self.random.choice(plain) for _ in range(self.random.randint(1, 5)))
            return f"(if {self.condition()} (then (br_table {targets} (i32.and (local.get $n) (i32.const 3)))))"
        return f"(br_if {self.random.choice(plain)} {self.condition()})"

    def statement(self, depth):
        pick = self.random.random()
        if depth > 0 and pick < 0.12:
            label = f"$b{len(self.labels)}"
            self.labels.append((label, False))
            body = self.block_body(depth - 1)
            self.labels.pop()
            return f"(block {label} {body})"
        if depth > 0 and pick < 0.24:
            # Loops are only left over their counters, or by branches outwards.
            counter = f"$i{len(self.counters)}"
            self.counters.append(counter)
            labels, label = self.labels, f"$l{len(self.labels)}"
            self.labels = labels + [(f"{label}x", False)]
            body = self.block_body(depth - 1)
            self.labels = labels
            return (f"(local.set {counter} (i32.const {self.random.randint(1, 3)}))(block {label}x (loop {label} {body}"
                    f"(br_if {label} (local.tee {counter} (i32.sub (local.get {counter}) (i32.const 1))))))")
        if depth > 0 and pick < 0.36:
            other = f"(else {self.block_body(depth - 1)})" if self.chance(0.5) else ""
            return f"(if {self.condition()} (then {self.block_body(depth - 1)}) {other})"
        if pick < 0.55:
            return f"(local.set {self.random.choice(self.LOCALS['i32'])} {self.value('i32', 2)})"
        if pick < 0.65:
            return f"(local.set {self.random.choice(self.LOCALS['i64'])} {self.value('i64', 2)})"
        if pick < 0.85:
            if self.chance(0.3):
                return f"(call $use64 {self.value('i64', 1)})"
            return f"(call $use2 {self.value('i32', 2)} {self.value('i32', 2)})"
        if pick < 0.92:
            return self.branch()
        if pick < 0.94 and not self.frame:
            return f"(if {self.condition()} (then (return {self.value('i32', 2)})))"
        return "(call $gc_collect)"


TWO = "(func $use2 (param i32 i32) (call $use (local.get 0)) (call $use (local.get 1)))\n"


def program(seed):
    return TWO + Program(seed).text
