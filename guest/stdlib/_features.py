# What this guest has, found out and not listed by hand: hermetic.features() and `hermetic --features` show it.

import _host

# Of each feature of the language, the smallest program that needs it.
_LANGUAGE = {
    "assignment expressions": "(x := 1)",
    "async comprehensions": "async def f(): return [x async for x in y]",
    "async functions": "async def f():\n async with x: await y\n async for z in y: pass",
    "class decorators": "@x\nclass A: pass",
    "complex numbers": "1j",
    "dictionary unpacking": "{**x}",
    "exception groups": "try: pass\nexcept* x: pass",
    "f-strings": "f'{x!r:>{y}} {z=}'",
    "f-strings, nested quotes": "f'{x['y']}'",
    "generic syntax": "class A[T]: pass\ndef f[T](x: T): pass",
    "keyword-only parameters": "def f(*, x): pass",
    "match": "match x:\n case {'a': [1, *_], **z} if z: pass\n case A(b=1) | None: pass",
    "metaclasses": "class A(metaclass=x): pass",
    "nonlocal": "def f():\n x = 1\n def g(): nonlocal x",
    "parenthesised context managers": "with (x as a, y as b): pass",
    "positional-only parameters": "def f(x, /): pass",
    "starred assignment": "a, *b = x",
    "type aliases": "type A = int",
    "variable annotations": "x: int = 1",
    "yield from": "def f(): yield from x",
}


def _compiles(source):
    try:
        compile(source, "feature", "exec")
    except SyntaxError:
        return False
    return True


def modules():
    """Names of the modules that a program can import; those of packages with their dots."""
    names = set()
    for path in _host.modules():
        name = path[:-3].replace("/", ".") if path.endswith(".py") else path
        names.add(name[:-9] if name.endswith(".__init__") else name)
    # What begins with an underscore is the library's own, but for the one that programs write themselves.
    return sorted([name for name in names if name == "__future__" or not any([p[:1] == "_" for p in name.split(".")])])


def features():
    """Plain data: {"python": version, "modules": [names], "language": {feature: whether the guest has it}}."""
    import sys

    return {
        "python": ".".join([str(part) for part in sys.version_info[:3]]),
        "modules": modules(),
        "language": {name: _compiles(source) for name, source in _LANGUAGE.items()},
    }
