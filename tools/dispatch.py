"""Threaded code for an interpreter's dispatch function, in the C that wasm2c wrote for it.

The function's loop begins with a head: it counts fuel, loads an opcode, and jumps through a switch. wasm2c writes the head
once, and every opcode ends with a jump to it, so that one indirect jump of the processor serves all opcodes. Compilers
that know labels as values get a copy of the head in place of each of those jumps, which the processor predicts by the
opcode before; others keep the switch.

A copy runs the statements of the head, in the head's order. Its table has an entry for each value of a byte, and the
index is cast to one: whatever the guest's memory holds, it leads to a label of the function.
"""

import re

TABLE_SIZE = 256
# Statements that are copied with a jump to the head, where several opcodes share them.
MOVES = r"(?: *var_\w+ (?:=|\+=|-=) (?:var_\w+|\d+u);\n){0,6}"

HEAD = r"^ *(var_L\d+): *\n"
# The head's first part, as tools/instrument/charge.c has it, with the fuel in a local or in the global.
CHARGE = re.compile(r"""
    (?P<count> \ *var_j0\ =\ (?P<fuel>var_l\d+|instance->fuel);\n
               \ *var_j1\ =\ \d+ull;\n
               \ *var_j0\ -=\ var_j1;\n
               \ *(?P=fuel)\ =\ var_j0;\n
               (?:\ *var_j0\ =\ instance->fuel;\n)?
               \ *var_j1\ =\ 0ull;\n
               \ *var_i0\ =\ \(u64\)\(\(s64\)var_j0\ <\ \(s64\)var_j1\);\n)
    (?P<test>  \ *if\ \(var_i0\)\ {\n)
    (?P<slow>  [^{}]*?\bw2c_hermetic_fuel\(instance\);\n[^{}]*?)
               \ *}\n""", re.VERBOSE)


class DispatchError(Exception):
    pass


def check(condition, message):
    if not condition:
        raise DispatchError(f"dispatch function: {message}")


def read_switch(text, start):
    """The switch that starts at `start`: where it ends, the labels of its cases, and the label of its default."""
    end = text.index("}\n", start) + 2
    lines = text[start:end].split("\n")[1:-2]
    cases = [re.fullmatch(r" *case (\d+): goto (\w+);", line) for line in lines[:-1]]
    default = re.fullmatch(r" *default: goto (\w+);", lines[-1])
    check(all(cases) and default, "a switch of another form")
    check([int(case[1]) for case in cases] == list(range(len(cases))), "a switch with gaps")
    return end, [case[2] for case in cases], default[1]


def byte_value(statements, result):
    """The n for which `result` is a byte of memory plus n (modulo 2^32) after the statements, or None."""
    values = {}
    for line in statements.strip().split("\n"):
        line = line.strip()
        if move := re.fullmatch(r"(var_\w+) = (var_\w+);", line):
            values[move[1]] = values.get(move[2])
        elif constant := re.fullmatch(r"(var_\w+) = (\d+)u;", line):
            values[constant[1]] = "constant", int(constant[2])
        elif load := re.fullmatch(r"(var_\w+) = i32_load8_u_default32\([^;]*\);", line):
            values[load[1]] = "byte", 0
        elif add := re.fullmatch(r"(var_\w+) (\+|-)= (var_\w+);", line):
            sign = 1 if add[2] == "+" else -1
            match values.get(add[1]), values.get(add[3]):
                case (kind, left), ("constant", right):
                    values[add[1]] = kind, (left + sign * right) % 2**32
                case _:
                    values[add[1]] = None
        elif change := re.match(r"(var_\w+) \S*= ", line):
            values[change[1]] = None
        else:
            check(re.fullmatch(r"i\d\d_store\w*\([^;=]*\);", line), f"a statement of another form: {line}")
    kind, value = values.get(result) or (None, None)
    return value if kind == "byte" else None


def only_for_gnu(text, otherwise=""):
    return "#if defined(__GNUC__)\n" + text + ("#else\n" + otherwise if otherwise else "") + "#endif\n"


def define(name, statements):
    return f"#define {name} \\\n  {{ " + " \\\n    ".join(line.strip() for line in statements.strip().split("\n")) + " }\n"


def thread(text):
    """The definition of the dispatch function as C with threaded code. Fails when `text` is not of the form above."""
    switches = [(match.start(), *read_switch(text, match.start()))
                for match in re.finditer(r"^ *switch \(var_i\d+\) {\n", text, flags=re.MULTILINE)]
    check(switches, "has no switch")
    start, end, cases, default = max(switches, key=lambda switch: len(switch[2]))
    heads = list(re.finditer(HEAD, text[:start], flags=re.MULTILINE))
    check(heads, "no loop around the switch")
    label, at = heads[-1][1], heads[-1].end()
    charge = CHARGE.match(text[:start], at)
    check(charge, "the loop does not begin with a charge of fuel")
    rest = text[charge.end():start]
    check(not re.search(r"[{}:]|\bgoto\b", rest), "control flow between the charge and the switch")
    index = re.search(r"\((\w+)\)", text[start:end])[1]
    bias = byte_value(rest, index)
    check(bias is not None, "the switch is not on a byte of memory")

    indices = [(byte + bias) % 2**32 for byte in range(TABLE_SIZE)]
    table = "".join(f"    &&{cases[i] if i < len(cases) else default},\n" for i in indices)
    jump = f"goto *opcodes[(u8)({index} - {bias}u)];\n"
    slow = f"var_slow_{label}"
    copy = charge["count"] + f"if (UNLIKELY(var_i0)) goto {slow};\n" + rest + jump

    tails = dict(re.findall(rf"^ *(var_B\d+):;\n({MOVES}) *goto {label};\n", text, flags=re.MULTILINE))
    jumps = re.compile(rf"goto ({'|'.join([label, *tails])});")
    check(jumps.search(text, end), "nothing jumps to the head")

    def replace(part):
        return jumps.sub(lambda match: " ".join(tails.get(match[1], "").split("\n") + ["NEXT_OPCODE"]).strip(), part)

    opening = text.index("{\n") + 2
    return (
        only_for_gnu(define("NEXT_OPCODE", copy), define("NEXT_OPCODE", f"goto {label};"))
        + text[:opening]
        + only_for_gnu("  static const void *const opcodes[] = {\n" + table + "  };\n")
        + replace(text[opening:at]) + text[at:charge.start("slow")] + only_for_gnu(f"{slow}:;\n")
        + text[charge.start("slow"):start] + only_for_gnu(jump, text[start:end]) + replace(text[end:])
        + "#undef NEXT_OPCODE\n")
