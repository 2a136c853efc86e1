# locals(), globals(), eval and exec with and without dicts.
def f(a, b=2, *args, **kw):
    c = a + b
    inner = lambda: c
    got = locals()
    return {k: v for k, v in got.items() if k != "inner"}, sorted(got)


print(f(1), f(1, 3, 4, d=5))


def g():
    x = 10
    y = 20
    return eval("x + y"), [eval("x * k", {"x": 2, "k": k}) for k in range(3)]


print(g())


def h():
    exec("z = 5\nprint(z)")
    try:
        return z
    except NameError as e:
        return type(e).__name__


print(h())
top = 1
print(globals()["top"], locals() is globals(), "f" in globals())
globals()["made"] = 7
print(made)


class K:
    a = 1
    b = sorted(n for n in locals() if not n.startswith("__"))


print(K.b)
ns = {"n": 4}
exec("def sq():\n    return n * n\nr = sq()", ns)
print(ns["r"], "sq" in ns)
print(eval("[i for i in range(n)]", ns), eval("(lambda q: q + 1)(2)"))
code = compile("a + 1", "<expr>", "eval")
print(eval(code, {"a": 1}), eval(code, {"a": 2}))
