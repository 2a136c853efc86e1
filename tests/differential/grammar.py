"""Random programs: what tests/differential/run.py runs in the guest and in CPython.

A program is text. It prints what its expressions come to, values with their types, exceptions with their messages, and
has no result that a correct Python may choose: no address, no order of a set, no hash. Its work is bounded: what repeats,
shifts or raises to a power has a small literal on its right. Most operands have the type that an operator wants; now and
then one has not, since messages of errors are compared as well.
"""

from hypothesis import strategies as st

PRELUDE = '''\
def text(x):
    if isinstance(x, (set, frozenset)):
        return type(x).__name__ + "{" + ", ".join(sorted(map(text, x))) + "}"
    if type(x) is list:
        return "[" + ", ".join(map(text, x)) + "]"
    if type(x) is tuple:
        return "(" + ", ".join(map(text, x)) + ")"
    if type(x) is dict:
        return "{" + ", ".join(text(k) + ": " + text(v) for k, v in x.items()) + "}"
    if type(x) in (int, float, complex, str, bytes, bytearray, bool, range, slice, type(None)):
        return repr(x)
    return type(x).__name__
def show(f):
    try:
        print(text(f()))
    except Exception as e:
        print(type(e).__name__, e)
class Thing:
    def __init__(self, value): self.value = value
    def __eq__(self, other): return self.value == (other.value if isinstance(other, Thing) else other)
    def __lt__(self, other): return self.value < other.value
    def __hash__(self): return 7
    def __add__(self, other): return Thing(self.value + other)
    def __radd__(self, other): return Thing(other + self.value)
    def __getitem__(self, index): return self.value[index]
    def __len__(self): return 3
    def __bool__(self): return bool(self.value)
    def __contains__(self, item): return item == self.value
    def __repr__(self): return f"Thing({self.value!r})"
    def __format__(self, spec): return f"<{spec}>"
class Manager:
    def __init__(self, name, swallow=False): self.name, self.swallow = name, swallow
    def __enter__(self):
        print("enter", self.name)
        return self.name
    def __exit__(self, kind, error, traceback):
        print("exit", self.name, kind and kind.__name__)
        return self.swallow
'''

INTS = ["0", "1", "2", "3", "-1", "-2", "7", "10", "-17", "100", "255", "256", "-129", "65536", "0x7fffffff", "-0x80000000",
        "(2**31)", "(2**46)", "(-2**47)", "(2**62)", "(2**63 - 1)", "(-2**63)", "(2**64 + 1)", "(10**20)", "(-10**30)", "(3**70)", "1_000_003"]
FLOATS = ["0.0", "-0.0", "1.0", "0.1", "-0.5", "2.5", "3.5", "1e16", "1e-7", "1.5e300", "123456.789", "1/3", "-2.675", "1e22",
          "float('inf')", "float('nan')", "5e-324", "0.30000000000000004"]
STRS = ["''", "'a'", "'abc'", "'Hello, World'", "' spaced\\tout '", "'A1b2'", "'ß'", "'naïve Ünïcode'", "'日本語'", "'🐍x'",
        "'it\\'s'", "'say \"hi\"'", "'line\\nbreak\\r\\n'", "'a,b,,c'", "'{}'", "'%d%%'", "'007'", "'-12'", "'1e3'", "'\\x00\\x7f'",
        "'ǅ'", "'İi'", "'aAbBcC'", "'xyxyx'"]
BYTES = ["b''", "b'a'", "b'abc'", "b'\\x00\\xff\\n'", "b'Hello World'", "b'a,b,,c'", "b'12'"]
SMALL = ["-1", "0", "1", "2", "3", "4"]
SCALARS = ["int", "float", "str", "bytes", "bool", "none"]
KINDS = [*SCALARS, "list", "tuple", "dict", "set", "thing", "ints", "strs"]
ORDERS = ['"big"', '"little"']
DECODINGS = ['"latin-1"', '"utf-8", "replace"', '"ascii", "ignore"', '"utf-8"']
ENCODINGS = ['', '"latin-1", "replace"', '"ascii", "xmlcharrefreplace"', '"utf-16-le"']
ATTRIBUTES = ['"append"', '"value"', '"upper"']
SEPARATORS = ['","', '"x"']
FORMATS = {
    "int": ["", "d", "5", "05", "+d", ",", "_", "x", "#x", "X", "b", "#o", ">8", "<8", "^8", "*^9", "08.3f", "e", "%", "c", " d", "=+7"],
    "float": ["", "f", ".2f", "10.3f", "+.1e", "g", ".3g", "%", ".1%", ",.2f", "010.2f", ">12", "<12", "^12", "G", "n", "#.3g", ".0f"],
    "str": ["", "10", ">10", "^10", "*<8", ".2", "10.3", "s", "-^7"],
}
PERCENT = {"int": ["%d", "%5d", "%-5d|", "%05d", "%+d", "%x", "%#o", "%s", "%r", "%.3d", "%i", "% d"],
           "float": ["%f", "%.2f", "%10.3e", "%g", "%-8.1f|", "%s", "%+.1f", "%d"],
           "str": ["%s", "%r", "%10s", "%-10s|", "%.2s", "%a"]}


class Writer:
    """Draws one program. `scope` maps a kind to the names that hold such a value here."""

    def __init__(self, draw):
        self.draw = draw
        self.count = 0
        self.scope = {kind: [] for kind in KINDS}

    # ---- choices

    def below(self, limit):
        return self.draw(st.integers(0, limit - 1))

    def one(self, options):
        return options[self.below(len(options))]

    def chance(self, of):
        return self.below(of) == of - 1

    def name(self, prefix="v"):
        self.count += 1
        return f"{prefix}{self.count}"

    # ---- expressions

    def expr(self, kind=None, depth=3):
        if kind is None or self.chance(16):
            kind = self.one(KINDS)
        names = self.scope[kind]
        if names and self.chance(3):
            return self.one(names)
        if depth <= 0:
            return self.leaf(kind)
        if self.chance(10):
            return self.either(kind, depth - 1)
        return getattr(self, "expr_" + kind)(depth - 1)

    def either(self, kind, depth):
        a, b, c = self.expr(kind, depth), self.expr("bool", depth), self.expr(kind, depth)
        return self.one([f"({a} if {b} else {c})", f"({a} or {c})", f"({a} and {c})", f"(lambda x=None: {a})()",
                         f"[{a}, {c}][{self.one(['0', '1', '-1'])}]", f"(({a}),)[0]", f"{{1: {a}}}.get({self.one(['1', '2'])}, {c})"])

    def leaf(self, kind):
        return {"int": INTS, "float": FLOATS, "str": STRS, "bytes": BYTES, "bool": ["True", "False"], "none": ["None"],
                "list": ["[]", "[1, 'a', None]", "[[1], [2]]"], "tuple": ["()", "(1,)", "(1, 'b', 2.5)"],
                "dict": ["{}", "{'a': 1, 'b': 2}", "{1: 'x', None: []}"], "set": ["set()", "{1, 2}", "frozenset('ab')"],
                "thing": ["Thing(1)", "Thing('abc')", "Thing([3])"], "ints": ["[]", "[3, 1, 2]", "[5, -1, 5, 0]"],
                "strs": ["[]", "['b', 'a']", "['x', 'Y', 'z']"]}[kind][
                    self.below({"int": len(INTS), "float": len(FLOATS), "str": len(STRS), "bytes": len(BYTES), "bool": 2,
                                "none": 1}.get(kind, 3))]

    def expr_none(self, depth):
        return self.one(["None", f"print({self.expr('str', depth)})", f"[].append({self.expr(None, depth)})"])

    def expr_int(self, depth):
        a, b = self.expr("int", depth), self.expr("int", depth)
        form = self.below(24)
        if form < 8:
            return f"({a} {self.one(['+', '-', '//', '%', '&', '|', '^', '-'])} {b})"
        if form < 11:
            return f"({a} {self.one(['*', '<<', '>>', '**'])} {self.one(SMALL)})"
        return self.one([
            f"(-{a})", f"(~{a})", f"abs({a})", f"len({self.expr(self.one(['str', 'list', 'dict', 'set', 'bytes', 'tuple', 'thing']), depth)})",
            f"int({self.expr('float', depth)})", f"int({self.expr('str', depth)}, {self.one(['10', '16', '0', '2', '36', '37'])})",
            f"ord({self.expr('str', depth)})", f"{self.expr('str', depth)}.{self.one(['count', 'find', 'rfind', 'index'])}({self.expr('str', depth)})",
            f"sum({self.expr('ints', depth)})", f"{self.one(['min', 'max'])}({self.expr('ints', depth)})",
            f"divmod({a}, {b})[{self.one(['0', '1'])}]", f"pow({a}, {self.one(SMALL)}, {b})", f"round({self.expr('float', depth)})",
            f"round({a}, {self.one(['-1', '-2', '0', '1'])})", f"({a}).bit_length()", f"int.from_bytes({self.expr('bytes', depth)}, {self.one(ORDERS)})",
            f"{self.expr('ints', depth)}.index({a})", f"{self.expr('ints', depth)}[{self.expr('int', 0)}]", f"({self.expr('bool', depth)} + {a})",
            f"{self.expr('bytes', depth)}[{self.one(SMALL)}]", f"{self.expr('ints', depth)}.count({a})",
        ])

    def expr_float(self, depth):
        a, b = self.expr("float", depth), self.expr("float", depth)
        return self.one([
            f"({a} + {b})", f"({a} - {b})", f"({a} * {b})", f"({a} / {b})", f"({a} // {b})", f"({a} % {b})", f"(-{a})", f"abs({a})",
            f"({self.expr('int', depth)} / {self.expr('int', depth)})", f"float({self.expr('int', depth)})", f"float({self.expr('str', depth)})",
            f"round({a}, {self.one(['0', '1', '2', '3', '-1', '17'])})", f"({a} ** {self.one(SMALL)})", f"divmod({a}, {b})[0]",
            f"max({a}, {b})", f"sum([{a}, {b}, 0.1])", f"({self.expr('int', depth)} * {a})", f"({a}).__class__(1)",
        ])

    def spec(self, depth):
        kind = self.one(["int", "float", "str"])
        return kind, self.expr(kind, depth), self.one(FORMATS[kind])

    def fstring(self, depth):
        parts = []
        for _ in range(1 + self.below(2)):
            kind, value, spec = self.spec(depth)
            if any(c in value for c in "\"'\\{}!=:#"):
                parts.append(f"{{x0{self.one(['', '!r', '!s', '!a'])}}}")
            else:
                parts.append("{" + value + self.one(["", "", "!r", "!s"]) + (":" + spec if spec else "") + "}")
        return f'(lambda x0: f"<{"|".join(parts)}>")({self.expr(None, depth)})'

    def expr_str(self, depth):
        a, b = self.expr("str", depth), self.expr("str", depth)
        form = self.below(12)
        if form == 0:
            return self.fstring(depth)
        if form == 1:
            kind, value, spec = self.spec(depth)
            return f"format({value}, {spec!r})"
        if form == 2:
            kind = self.one(["int", "float", "str"])
            return f"({self.one(PERCENT[kind])!r} % ({self.expr(kind, depth)},))"
        if form == 3:
            kind, value, spec = self.spec(depth)
            return f"{('{0:' + spec + '} {x!r} {0}')!r}.format({value}, x={self.expr(None, depth)})"
        method = self.one(["upper", "lower", "title", "capitalize", "swapcase", "strip", "lstrip", "rstrip", "casefold", "expandtabs"])
        return self.one([
            f"({a} + {b})", f"({a} * {self.one(SMALL)})", f"{a}{self.slice(depth)}", f"{a}[{self.one(SMALL)}]", f"{a}.{method}()", f"{a}.{method}()",
            f"{a}.replace({b}, {self.expr('str', 0)})", f"{a}.replace({b}, {self.expr('str', 0)}, {self.one(SMALL)})",
            f"{a}.{self.one(['center', 'ljust', 'rjust'])}({self.one(['3', '8', '12'])}, '*')", f"{a}.zfill({self.one(['3', '8'])})",
            f"{a}.join({self.expr('strs', depth)})", f"{a}.{self.one(['strip', 'lstrip', 'rstrip', 'removeprefix', 'removesuffix'])}({b})",
            f"text({self.expr(None, depth)})", f"repr({self.expr(self.one(SCALARS), depth)})", f"str({self.expr(self.one(SCALARS), depth)})",
            f"ascii({a})", f"{self.one(['hex', 'oct', 'bin', 'chr'])}({self.expr('int', depth)})", f"type({self.expr(None, depth)}).__name__",
            f"{self.expr('bytes', depth)}.decode({self.one(DECODINGS)})",
            f"{self.expr('bytes', depth)}.hex()", f"{a}.translate(str.maketrans('abc', 'xyz', 'H'))", f"{self.expr('strs', depth)}[{self.one(SMALL)}]",
            f"{self.one(['min', 'max'])}({a}, {b})", f"str({self.expr('thing', depth)})", f"format({self.expr('thing', depth)}, 'zz')",
        ])

    def slice(self, depth):
        bound = lambda: self.one(["", "0", "1", "2", "-1", "-2", "5", "None", self.expr("int", 0)])
        return f"[{bound()}:{bound()}]" if self.chance(2) else f"[{bound()}:{bound()}:{self.one(['1', '2', '-1', '-2', '0', ''])}]"

    def expr_bytes(self, depth):
        a, b = self.expr("bytes", depth), self.expr("bytes", depth)
        return self.one([
            f"({a} + {b})", f"({a} * {self.one(SMALL)})", f"{a}{self.slice(depth)}", f"{a}.{self.one(['upper', 'lower', 'title', 'strip', 'swapcase'])}()",
            f"{a}.replace({b}, b'-')", f"{self.expr('str', depth)}.encode({self.one(ENCODINGS)})",
            f"bytes({self.expr('ints', depth)})", f"{a}.join([{b}, b'x'])", f"bytes(bytearray({a}))", f"({self.expr('int', depth)}).to_bytes(9, 'big', signed=True)",
            f"{a}.center(8, b'.')", f"bytes(memoryview({a}){self.slice(depth)})", f"(b'%d-%s' % ({self.expr('int', depth)}, {b}))",
        ])

    def expr_bool(self, depth):
        kind = self.one(KINDS)
        a, b = self.expr(kind, depth), self.expr(kind, depth)
        compare = lambda: self.one(["==", "!=", "<", "<=", ">", ">="])
        test = self.one(["isdigit", "isalpha", "isupper", "islower", "isspace", "istitle", "isalnum", "isidentifier", "isnumeric", "isprintable", "isascii"])
        return self.one([
            f"({a} == {b})", f"({a} != {b})", f"({a} {compare()} {b})", f"({self.expr('int', depth)} {compare()} {self.expr('float', depth)} {compare()} {self.expr('int', depth)})",
            f"({self.expr('str', depth)} {self.one(['in', 'not in'])} {self.expr('str', depth)})", f"({a} in {self.expr('list', depth)})",
            f"({self.expr('str', depth)} in {self.expr('dict', depth)})", f"(not {a})", f"bool({a})", f"isinstance({a}, ({self.one(['int', 'str', 'list', 'Thing', 'bool'])}, {self.one(['float', 'dict', 'tuple'])}))",
            f"({a} is None)", f"{self.expr('str', depth)}.{test}()", f"{self.expr('str', depth)}.{self.one(['startswith', 'endswith'])}({self.expr('str', depth)})",
            f"{self.one(['any', 'all'])}({self.expr('list', depth)})", f"({self.expr('set', depth)} {self.one(['<=', '<', '>=', '=='])} {self.expr('set', depth)})",
            f"({self.expr('float', depth)}).is_integer()", f"callable({a})", f"hasattr({a}, {self.one(ATTRIBUTES)})",
            f"{self.expr('set', depth)}.{self.one(['isdisjoint', 'issubset', 'issuperset'])}({self.expr('list', depth)})",
        ])

    def items(self, kind, depth):
        return ", ".join(("*" + self.expr(self.one(["list", "tuple", "str"]), depth)) if kind is None and self.chance(6) else self.expr(kind, depth)
                         for _ in range(self.below(4)))

    def comprehension(self, depth):
        name = self.name("x")
        source = self.one([f"range({self.one(['3', '5', '-1'])})", self.expr("ints", depth)])
        self.scope["int"].append(name)
        value, condition = self.expr(self.one(["int", "str", None]), depth), self.expr("bool", depth)
        self.scope["int"].remove(name)
        return f"{value} for {name} in {source}" + (f" if {condition}" if self.chance(2) else "")

    def expr_list(self, depth):
        a, b = self.expr("list", depth), self.expr("list", depth)
        return self.one([
            f"[{self.items(None, depth)}]", f"[{self.comprehension(depth)}]", f"({a} + {b})", f"({a} * {self.one(SMALL)})", f"{a}{self.slice(depth)}",
            f"list({self.expr(self.one(['str', 'tuple', 'dict', 'bytes', 'list']), depth)})", f"list(reversed({a}))", f"list(enumerate({a}, {self.one(SMALL)}))",
            f"list(zip({a}, {self.expr('str', depth)}))", f"list(map(lambda x: {self.expr(None, depth)}, {a}))", f"list(filter(None, {a}))",
            f"{self.expr('str', depth)}.split()", f"list({self.expr('dict', depth)}.items())", f"sorted({a}, key=str)", f"list({self.comprehension(depth)})",
            f"list(zip(*{a}))", f"[*{a}, *{b}]", f"sorted({a})",
        ])

    def expr_ints(self, depth):
        a = self.expr("ints", depth)
        return self.one([f"[{self.items('int', depth)}]", f"sorted({a}, reverse={self.expr('bool', depth)})", f"list(range({self.one(SMALL)}, {self.one(['5', '-3', '0'])}, {self.one(['1', '2', '-1'])}))",
                         f"{a}{self.slice(depth)}", f"[x * 2 for x in {a}]", f"list(map(abs, {a}))", f"sorted({a}, key=lambda x: (-x, x))", f"list({self.expr('bytes', depth)})"])

    def expr_strs(self, depth):
        a, s = self.expr("strs", depth), self.expr("str", depth)
        return self.one([f"[{self.items('str', depth)}]", f"{s}.split({self.expr('str', depth)})", f"{s}.split(None, {self.one(SMALL)})", f"{s}.rsplit({self.one(SEPARATORS)}, {self.one(SMALL)})",
                         f"{s}.splitlines({self.expr('bool', depth)})", f"list({s}.partition({self.expr('str', depth)}))", f"sorted({a}, key=str.lower)", f"{a}{self.slice(depth)}", f"list({s})"])

    def expr_tuple(self, depth):
        a, b = self.expr("tuple", depth), self.expr("tuple", depth)
        return self.one([f"({self.items(None, depth)},)" if self.chance(2) else f"({self.expr(None, depth)}, {self.expr(None, depth)})", f"({a} + {b})", f"({a} * {self.one(SMALL)})",
                         f"{a}{self.slice(depth)}", f"tuple({self.expr('list', depth)})", f"divmod({self.expr('int', depth)}, {self.expr('int', depth)})",
                         f"{self.expr('str', depth)}.{self.one(['partition', 'rpartition'])}({self.expr('str', depth)})", f"tuple({self.comprehension(depth)})"])

    def expr_dict(self, depth):
        a, b, key = self.expr("dict", depth), self.expr("dict", depth), self.expr(self.one(SCALARS), depth)
        name = self.name("k")
        return self.one([
            f"{{{key}: {self.expr(None, depth)}, {self.expr('str', depth)}: {self.expr(None, depth)}}}", f"{{**{a}, {key}: {self.expr(None, depth)}}}", f"({a} | {b})",
            f"dict(zip({self.expr('strs', depth)}, {self.expr('list', depth)}))", f"{{{name}: len({name}) for {name} in {self.expr('strs', depth)}}}",
            f"dict({self.expr('list', depth)})", f"dict({a}, x={self.expr(None, depth)})", f"dict.fromkeys({self.expr('str', depth)}, {self.expr(None, depth)})",
        ])

    def expr_set(self, depth):
        a, b = self.expr("set", depth), self.expr("set", depth)
        return self.one([f"{{{self.expr(self.one(SCALARS), depth)}, {self.expr('int', depth)}}}", f"({a} {self.one(['|', '&', '-', '^'])} {b})", f"set({self.expr(self.one(['str', 'ints', 'list']), depth)})",
                         f"frozenset({self.expr('strs', depth)})", f"{{{self.comprehension(depth)}}}", f"{a}.{self.one(['union', 'intersection', 'difference', 'symmetric_difference'])}({self.expr('ints', depth)})"])

    def expr_thing(self, depth):
        a = self.expr("thing", depth)
        return self.one([f"Thing({self.expr(None, depth)})", f"({a} + {self.expr('int', depth)})", f"({self.expr('str', depth)} + {a})", f"{a}.value", f"{a}[{self.one(SMALL)}]", f"max({a}, Thing(2))"])

    # ---- statements

    def block(self, depth, where):
        """Lines of a block. `where` holds of "function", "loop", "generator" what a statement may use here."""
        lines = []
        kept = {kind: list(names) for kind, names in self.scope.items()}
        for _ in range(1 + self.below(3)):
            lines += self.statement(depth, where)
        self.scope = kept
        return ["    " + line for line in lines]

    def statement(self, depth, where=frozenset()):
        simple = ["assign", "assign", "show", "show", "augment", "unpack", "mutate", "delete", "jump", "check"]
        compound = ["if", "for", "while", "try", "function", "klass", "generator", "with", "match", "closure"]
        return getattr(self, "do_" + self.one(simple + compound if depth > 0 else simple))(depth - 1, where)

    def do_show(self, depth, where):
        return [f"show(lambda: {self.expr()})"]

    def do_assign(self, depth, where):
        kind = self.one(KINDS)
        value, name = self.expr(kind), self.name()
        self.scope[kind].append(name)
        default = self.leaf(kind)
        return self.one([[f"{name} = {value}"], ["try:", f"    {name} = {value}", "except Exception as e:", f"    {name} = {default}; print(type(e).__name__, e)"],
                         [f"({name} := {value})"], [f"{name}: int = {value}"], [f"{name} = {name}x = {value}"]])

    def do_augment(self, depth, where):
        kind = self.one(["int", "float", "str", "list", "ints", "set", "dict", "tuple", "bytes"])
        if not self.scope[kind]:
            return self.do_assign(depth, where)
        name = self.one(self.scope[kind])
        if self.chance(5):
            return [f"{name} *= {self.one(SMALL)}", f"show(lambda: {name})"]
        operator = self.one({"int": ["+=", "-=", "//=", "%=", "|=", "&=", "^="], "float": ["+=", "-=", "*=", "/="], "set": ["|=", "&=", "-=", "^="], "dict": ["|="]}.get(kind, ["+="]))
        return ["try:", f"    {name} {operator} {self.expr(kind)}", "except (ZeroDivisionError, TypeError, OverflowError) as e:", "    print(e)", f"show(lambda: {name})"]

    def do_unpack(self, depth, where):
        a, b, c = self.name(), self.name(), self.name()
        target = self.one([f"{a}, {b}", f"{a}, *{b}", f"*{a}, {b}", f"[{a}, ({b}, {c})]", f"{a}, *{b}, {c}", f"({a}, {b}), {c}"])
        return ["try:", f"    {target} = {self.expr(self.one(['list', 'tuple', 'str', 'ints', 'dict']))}", f"    show(lambda: {a})", f"    show(lambda: {b})", "except Exception as e:", "    print(type(e).__name__, e)"]

    def do_mutate(self, depth, where):
        kind = self.one(["list", "ints", "dict", "set", "strs"])
        if not self.scope[kind]:
            return self.do_assign(depth, where)
        name, value, index = self.one(self.scope[kind]), self.expr(None, 1), self.one(SMALL)
        if kind == "dict":
            key = self.expr(self.one(SCALARS), 1)
            call = self.one([f"{name}[{key}] = {value}", f"del {name}[{key}]", f"print(text({name}.pop({key})))", f"print(text({name}.setdefault({key}, {value})))", f"{name}.update({self.expr('dict', 1)})",
                             f"print(text({name}.popitem()))", f"print(text({name}[{key}]))"])
        elif kind == "set":
            call = self.one([f"{name}.add({value})", f"{name}.discard({value})", f"{name}.remove({value})", f"{name}.update({self.expr('list', 1)})"])
        else:
            call = self.one([f"{name}.append({value})", f"{name}.insert({index}, {value})", f"{name}.pop({index})", f"{name}.remove({value})", f"{name}.reverse()", f"{name}.sort()", f"{name}.extend({self.expr('list', 1)})",
                             f"{name}{self.slice(1)} = {self.expr('list', 1)}", f"del {name}{self.slice(1)}", f"{name}[{index}] = {value}", f"del {name}[{index}]", f"{name}.sort(key=text, reverse=True)"])
        return ["try:", f"    {call}", "except Exception as e:", "    print(type(e).__name__, e)", f"show(lambda: {name})"]

    def do_delete(self, depth, where):
        name = self.name()
        return [f"{name} = {self.expr(None, 1)}", f"del {name}", "try:", f"    print({name})", "except NameError as e:", "    print(type(e).__name__, e)"]

    def do_check(self, depth, where):
        return ["try:", f"    assert {self.expr('bool')}, text({self.expr('str', 1)})", "except AssertionError as e:", "    print('assertion', e)", "except Exception as e:", "    print(type(e).__name__, e)"]

    def do_jump(self, depth, where):
        options = [["pass"]]
        if "loop" in where:
            options += [[f"if {self.expr('bool', 1)}: break"], [f"if {self.expr('bool', 1)}: continue"]]
        if "function" in where:
            options += [[f"if {self.expr('bool', 1)}: return {self.expr(None, 1)}"]]
        if "generator" in where:
            options += [[f"print('got', text((yield {self.expr(None, 1)})))"], [f"yield from {self.expr('list', 1)}"], [f"if {self.expr('bool', 1)}: return {self.expr(None, 1)}"]]
        if "try" in where:
            options += [[f"raise {self.one(['ValueError', 'KeyError', 'IndexError', 'RuntimeError'])}(text({self.expr(self.one(['str', 'int']), 1)}))"]]
        return self.one(options)

    def do_if(self, depth, where):
        lines = [f"if {self.expr('bool')}:", *self.block(depth, where)]
        if self.chance(2):
            lines += [f"elif {self.expr(None, 1)}:", *self.block(depth, where)]
        return lines + (["else:", *self.block(depth, where)] if self.chance(2) else [])

    def do_for(self, depth, where):
        name = self.name("i")
        head = self.one([f"for {name} in {self.expr('ints')}[:5]:", f"for {name} in range({self.one(['3', '4', '1'])}):"])
        self.scope["int"].append(name)
        body = self.block(depth, where | {"loop"})
        self.scope["int"].remove(name)
        return [head, *body] + (["else:", *self.block(depth, where), "    print('else')"] if self.chance(3) else [])

    def do_while(self, depth, where):
        name = self.name("n")
        return [f"{name} = 0", f"while {name} < {self.one(['1', '2', '3'])}:", f"    {name} += 1", *self.block(depth, where | {"loop"}), *(["else:", "    print('done')"] if self.chance(2) else [])]

    def do_try(self, depth, where):
        lines = ["try:", *self.block(depth, where | {"try"})]
        if self.chance(2):
            lines += ["except (ValueError, LookupError) as e:", "    print('caught', type(e).__name__, e)", *self.block(depth, where)]
        lines += ["except Exception as e:", "    print('other', type(e).__name__, e, type(e.__context__).__name__)"]
        if self.chance(3):
            lines += ["else:", *self.block(depth, where)]
        if self.chance(2):
            lines += ["finally:", "    print('finally')", *self.block(depth, (where - {"loop"}) - {"generator"})]
        return lines

    def do_with(self, depth, where):
        return ["try:", f"    with Manager('a', {self.expr('bool', 0)}) as m, Manager('b'):", *("    " + line for line in self.block(depth, where | {"try"})), "except Exception as e:", "    print('out', type(e).__name__, e)"]

    def parameters(self):
        return self.one(["a, b=2", "a, *rest", "a, /, b=1, *, c=3", "*, key=None, **more", "a=1, *rest, k='k', **more", "a, b", "", "*rest, **more"])

    def arguments(self):
        return self.one(["", "1", "1, 2", "1, b=5", "a=1", "key=2, z=3", "*[1, 2]", "1, 2, 3", "**{'a': 1, 'b': 2}", "*(1,), **{'k': 4}", "1, a=2", "c=9, a=0", "1, **{'zz': 0}"])

    def function_body(self, depth, parameters, where):
        kept = {kind: list(names) for kind, names in self.scope.items()}
        shown = [part.strip(" *").partition("=")[0] for part in parameters.split(",")]
        lines = ["    " + f"print('called', {', '.join(f'text({name})' for name in shown if name and name != '/')})"]
        lines += self.block(depth, where)
        self.scope = kept
        return lines

    def do_function(self, depth, where):
        name, parameters = self.name("f"), self.parameters()
        lines = [f"def {name}({parameters}):", *self.function_body(depth, parameters, frozenset({"function"})), f"    return {self.expr(None, 1)}"]
        return lines + [f"show(lambda: {name}({self.arguments()}))" for _ in range(1 + self.below(3))]

    def do_generator(self, depth, where):
        name, result = self.name("g"), self.name("r")
        return [f"def {name}():", *self.block(depth, frozenset({"generator"})), "    try:", f"        yield {self.expr(None, 1)}", "    finally:", "        print('closing')",
                f"show(lambda: list({name}()))", f"{result} = {name}()", f"show(lambda: next({result}, 'end'))", f"show(lambda: {result}.send({self.expr(None, 1)}))",
                f"show(lambda: {result}.{self.one(['close()', 'throw(KeyError(1))', 'throw(ValueError)'])})", f"show(lambda: next({result}, 'end'))"]

    def do_klass(self, depth, where):
        name, base = self.name("C"), self.one(["", "(Thing)", "(dict)", "(list)", "(Exception)", "(int)", "(str)"])
        lines = [f"class {name}{base}:", f"    shared = {self.expr(None, 1)}"]
        lines += self.one([
            ["    @property", "    def p(self): return text(self.shared)", "    @p.setter", "    def p(self, value): type(self).shared = value"],
            ["    @classmethod", "    def p(cls): return cls.__name__", "    @staticmethod", "    def q(x): return x"],
            ["    __slots__ = ('p',)"], ["    def __getattr__(self, name): return 'no ' + name"], ["    def __call__(self, *a): return a", "    p = 1"],
            ["    def __iter__(self):", "        yield 1", "        yield 2", "    p = None"],
        ])
        thing = self.name("o")
        make = "1" if base == "(Thing)" else ""
        uses = [f"{thing}.p", f"{thing}.q(1)", f"{thing}.shared", f"{thing}()", f"list({thing})", f"{thing}.missing", f"isinstance({thing}, {name})", f"setattr({thing}, 'p', {self.expr(None, 1)})", f"{name}.__mro__[1].__name__",
                f"{thing} == {thing}", f"{thing} + 1", f"len({thing})", f"bool({thing})", f"{thing}[0]", f"{name}.p", f"sorted(vars({thing}))", f"-{thing}", f"{thing} < {thing}", f"del_({thing})"]
        return lines + [f"{thing} = {name}({make})"] + [f"show(lambda: {self.one(uses)})" for _ in range(1 + self.below(4))]

    def do_match(self, depth, where):
        patterns = ["0", "-1 | 1", "'abc' | 'a'", "None", "True", "[]", "[x]", "[x, *rest]", "(x, y)", "[int() as x, *_]", "{'a': x}", "{'a': 1, **rest}", "str() as x", "int(x)", "Thing(value=x)", "float()", "[[x], *_]", "list()", "dict()", "bool()"]
        lines = ["try:", f"    match {self.expr()}:"]
        for _ in range(1 + self.below(3)):
            pattern = self.one(patterns)
            guard = f" if {self.expr('bool', 1)}" if self.chance(4) else ""
            caught = [name for name in ("x", "rest") if name in pattern]
            lines += [f"        case {pattern}{guard}:", f"            print({pattern!r}, {', '.join(f'text({name})' for name in caught)})"]
        return lines + ["        case _:", "            print('no case')", "except Exception as e:", "    print(type(e).__name__, e)"]

    def do_closure(self, depth, where):
        outer, inner, total = self.name("f"), self.name("f"), self.name("t")
        return [f"def {outer}(step={self.expr('int', 1)}):", f"    {total} = 0", f"    def {inner}(n):", f"        nonlocal {total}", f"        {total} += n * step", f"        return {total}",
                f"    return {inner}", f"{total}f = {outer}()", f"show(lambda: [{total}f(n) for n in {self.expr('ints', 1)}])"]


@st.composite
def programs(draw):
    writer = Writer(draw)
    lines = []
    for _ in range(2 + writer.below(5)):
        lines += writer.statement(2)
    return PRELUDE + "\n".join([*lines, "pass"]) + "\n"
