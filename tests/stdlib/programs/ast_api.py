# ast: trees with positions, dump, visitors, transformers, unparse, errors.
import ast

source = '''
"""A module."""
import os.path as p, sys
from . import a as b
from x import *

@decorate(1, *args, k=2, **kw)
async def f(a, /, b: int = 1, *c, d=3, e, **g) -> None:
    global q
    async with m() as n, o: pass
    async for i in j: await k
    return [x async for x in y if x if not z]

class C(B, metaclass=M):
    x: int = 5
    (y): str
    def g(self): yield; yield 1, 2; yield from z; return lambda *a, b=1: (a, b)

if a < b <= c != d is not e not in f and not g or h: x = y = 1; z += 2
elif q: del a[0], b.c, d
else: assert a, "no"
while True:
    break
else:
    continue
for a, *b in c: pass
try: pass
except (A, B) as e: raise X from e
except: raise
else: pass
finally: pass
try: pass
except* E: pass
with (open(a) as b, open(c) as d,): pass
match p, q:
    case [1, -2.5, *rest] | (None, "s" b.x) if False: pass
    case {"k": v, **r}: pass
    case P(1, x=Q() | R() as s): pass
    case _: pass
print(a if b else c, {1: 2, **d}, {1, *s}, {k: v for k, v in z}, {x for x in y}, (x for x in y), f(x for x in y))
print(-1 ** -2 @ x // y % z << 1 >> 2 & 3 ^ 4 | ~5, a[1:2, ::3, ...], 0x1F, 1_000, 1e3, 2j, b"x" rb"\\n", u"u", "\\u00e9" 'y')
print(f"a{b!r:>{w}} {c=} {{}} {d:%Y-%m}", f'{x}' "tail", (n := 10), a.b.c(d)(e)[f])
'''.replace(' "s" b.x', ' b.x')
tree = ast.parse(source)
print(ast.dump(tree, include_attributes=True))
print(ast.dump(tree.body[5], indent=2))
print(ast.unparse(tree))
print(ast.dump(ast.parse("x + 1", mode="eval")), ast.dump(ast.parse("x", mode="single"), annotate_fields=False))


class Names(ast.NodeVisitor):
    def __init__(self):
        self.seen = []

    def visit_Name(self, node):
        self.seen.append((node.id, type(node.ctx).__name__, node.lineno, node.col_offset))
        self.generic_visit(node)


class Swap(ast.NodeTransformer):
    def visit_BinOp(self, node):
        self.generic_visit(node)
        return ast.copy_location(ast.BinOp(node.right, ast.Mult() if isinstance(node.op, ast.Add) else node.op, node.left), node)

    def visit_Pass(self, node):
        return None


names = Names()
names.visit(tree)
print(names.seen)
small = ast.parse("def f(a, b):\n    '''Doc\n    string.'''\n    pass\n    return (a + b) * 2 - 1")
print(ast.get_docstring(small.body[0]), ast.get_source_segment("x = (1 +\n 2)", ast.parse("x = (1 +\n 2)").body[0].value))
print(ast.unparse(ast.fix_missing_locations(Swap().visit(small))))
print(sorted({type(node).__name__ for node in ast.walk(small)}))
print([type(node).__name__ for node in ast.iter_child_nodes(small.body[0])], dict(ast.iter_fields(ast.parse("1").body[0].value)))
print(ast.literal_eval(ast.parse("{'a': [1, -2, (3.5, None)], 'b': {1, 2}, 'c': 1 + 2j}", mode="eval")), isinstance(ast.Constant(1), ast.Num), isinstance(ast.Constant("x"), ast.Num))
print(ast.Name("x", ast.Load())._fields, ast.Name(id="y").id, ast.Return().value, issubclass(ast.If, ast.stmt), ast.If.__match_args__)
for f in (lambda: ast.parse("x ="), lambda: ast.parse("def"), lambda: ast.literal_eval(ast.parse("f()", mode="eval")), lambda: ast.Name(1, 2, 3), lambda: ast.dump(5),
          lambda: ast.parse("if x:\npass")):
    try:
        print(f())
    except (SyntaxError, ValueError, TypeError) as e:
        print(type(e).__name__, str(e).split(" <")[0].split(": <")[0])
