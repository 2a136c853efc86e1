# Random operations on dicts, sets and lists. Prints the same under CPython and in the guest: test_ordered.py compares.
# Sets are printed sorted, as their order is nobody's promise.

import sys

state = 12345


def rand(n):
    global state
    state = (state * 1103515245 + 12345) & 0x7FFFFFFF
    return (state >> 8) % n


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 5

    def __eq__(self, other):
        return isinstance(other, Key) and self.n == other.n

    def __repr__(self):
        return "Key(%d)" % self.n


class Ordered(Key):
    def __lt__(self, other):
        return self.n // 3 < other.n // 3


KINDS = [
    lambda n: n,
    lambda n: "key" + str(n),
    lambda n: n * 0.25,
    lambda n: (n, n // 2),
    lambda n: -n * 10**20,
    lambda n: n << 48,
    lambda n: Key(n),
    lambda n: b"%d" % n,
    lambda n: frozenset([n]),
    lambda n: None,
    lambda n: n % 2 == 0,
    lambda n: (("a", n), (n, "b")),
    lambda n: ["clear", "copy", "get", "items", "keys", "pop", "update", "values", "sort", "append"][n % 10],
]


def make_key(kinds, span):
    return kinds[rand(len(kinds))](rand(span))


def dict_round(kinds, span, steps):
    d = {}
    other = {}
    digest = 0
    for step in range(steps):
        op = rand(100)
        k = make_key(kinds, span)
        if op < 45:
            d[k] = step
        elif op < 65:
            digest = (digest * 31 + (d.pop(k, -1) or 0)) % 1000003
        elif op < 75:
            digest = (digest * 31 + d.get(k, -2)) % 1000003
        elif op < 80:
            digest = (digest * 31 + d.setdefault(k, step)) % 1000003
        elif op < 84:
            if d:
                k, v = d.popitem()
                digest = (digest * 31 + v) % 1000003
        elif op < 87:
            # as a queue
            if d:
                digest = (digest * 31 + d.pop(next(iter(d)))) % 1000003
        elif op < 90:
            other = d.copy()
            assert other == d and list(other) == list(d)
        elif op < 92:
            other[k] = step
            d.update(other)
        elif op < 94:
            try:
                del d[k]
                digest += 1
            except KeyError as e:
                digest += len(e.args)
        elif op < 96:
            d = {a: b for a, b in d.items() if b % 3}
        elif op < 97 and rand(4) == 0:
            d.clear()
        else:
            assert (k in d) == any(k == x for x in d), k
        assert len(d) == len(list(d)) == len(list(d.values())), len(d)
    print(len(d), digest, list(d.items()), list(reversed(d))[:4], list(other)[:4])


def set_round(kinds, span, steps):
    s, t = set(), set()
    for step in range(steps):
        op = rand(100)
        k = make_key(kinds, span)
        if op < 45:
            s.add(k)
        elif op < 60:
            s.discard(k)
        elif op < 75:
            t.add(k)
        elif op < 80:
            t = s.copy()
        elif op < 84:
            s |= t
        elif op < 86:
            s &= t
        elif op < 88:
            s ^= t
        elif op < 90:
            s -= t
        elif op < 94:
            if s:
                x = s.pop()
                assert x not in s
                s.add(x)
        else:
            assert (k in s) == any(k == x for x in s), k
        assert len(s) == len(list(s)), len(s)
    print(len(s), sorted(map(repr, s)), sorted(map(repr, t)), s == t, s <= t, s.isdisjoint(t))


def sort_round(n, span):
    calls = []
    for items in (
        [rand(span) for _ in range(n)],
        [rand(span) * 0.5 for _ in range(n)],
        ["s%d" % rand(span) for _ in range(n)],
        [(rand(3), rand(span)) for _ in range(n)],
        [Ordered(rand(span)) for _ in range(n)],
        [i if rand(10) else rand(n + 1) for i in range(n)],
        [n - i // 2 for i in range(n)],
        [i % 7 for i in range(n)],
    ):
        for reverse in (False, True):
            print(sorted(items, reverse=reverse))
            copy = list(items)
            copy.sort(key=lambda x: (calls.append(1), str(x)[-1])[1], reverse=reverse)
            print(copy)
    assert len(calls) == 16 * n


def mutation():
    # What the program does in __eq__, __hash__, __lt__ or a key function must not break the container.
    for action in ("clear", "fill", "shrink", "grow"):
        d = {}

        class Evil:
            def __init__(self, n):
                self.n = n

            def __hash__(self):
                return 7

            def __eq__(self, other):
                if armed and not busy:
                    busy.append(1)
                    if action == "clear":
                        d.clear()
                    elif action == "fill":
                        d.clear()
                        for i in range(30):
                            d[i] = i
                    elif action == "shrink":
                        d.pop(next(iter(d)))
                    else:
                        for i in range(100):
                            d["grown%d" % i] = i
                return isinstance(other, Evil) and self.n == other.n

        for size in (3, 8, 20):
            armed, busy = [], []
            d.clear()
            for i in range(size):
                d[Evil(i)] = i
            armed = [1]
            d[Evil(size - 1)] = -1
            print(action, size, -1 in d.values(), len(d))

    def sort_with(function, items):
        items = list(items)
        log = []
        try:
            items.sort(key=lambda x: function(items, x, log))
        except (ValueError, ZeroDivisionError, IndexError) as e:
            log.append(type(e).__name__ + (str(e) if isinstance(e, ValueError) else ""))
        print(sorted(items), log)

    def append(items, x, log):
        items.append(x)
        return -x

    def clear(items, x, log):
        items.clear()
        return -x

    def seen(items, x, log):
        log.append(len(items))
        return x

    def fail(items, x, log):
        return 1 // (x - 3)

    for function in (append, clear, seen, fail):
        sort_with(function, [5, 1, 4, 3, 2])

    for kind in (dict, set):
        for change in range(4):
            c = {1: 1, 2: 2} if kind is dict else {1, 2}
            try:
                for k in c:
                    if change == 0:
                        (c.__setitem__(9, 9) if kind is dict else c.add(9))
                    elif change == 1:
                        c.pop(k) if kind is dict else c.remove(k)
                    elif change == 2:
                        (c.__setitem__(k, 9) if kind is dict else c.add(k))
                print(kind.__name__, change, len(c))
            except RuntimeError as e:
                print(kind.__name__, change, e)
    it = iter({1: 1})
    list(it)
    print(list(it))


def hostile_order():
    # Comparisons that are counted, fail, or contradict each other.
    class Item:
        def __init__(self, n):
            self.n = n

        def __lt__(self, other):
            count.append(1)
            return compare(self.n, other.n)

    def run(name, items, n):
        items = [Item(x) for x in items]
        before = [x.n for x in items]
        del count[:]
        try:
            items.sort()
        except ZeroDivisionError:
            name += " raised"
        bound = n
        while 1 << (bound // n) < n:
            bound += n
        print(name, n, sorted(x.n for x in items) == sorted(before), len(count) <= bound)

    def adversary(a, b):
        # McIlroy, "A Killer Adversary for Quicksort": decides as late as it can.
        nonlocal solid, candidate
        if value[a] is None and value[b] is None:
            value[a if a == candidate else b] = solid
            solid += 1
        if value[a] is None:
            candidate = a
        elif value[b] is None:
            candidate = b
        return (1 << 30 if value[a] is None else value[a]) < (1 << 30 if value[b] is None else value[b])

    count = []
    for n in (2, 5, 50, 1000):
        value, solid, candidate = [None] * n, 0, 0
        compare = adversary
        run("adversary", range(n), n)
        for name, compare in (
            ("less", lambda a, b: a < b),
            ("always", lambda a, b: True),
            ("never", lambda a, b: False),
            ("random", lambda a, b: rand(2)),
            ("cycle", lambda a, b: (a - b) % 3 == 1),
            ("fails", lambda a, b: a < b // (len(count) < n // 2)),
        ):
            run(name, [rand(n) for _ in range(n)], n)
        compare = lambda a, b: a < b
        del count[:]
        sorted(Item(i) for i in range(n))
        sorted(Item(-i) for i in range(n))
        print("in order", len(count) == 2 * (n - 1))


def equality():
    # What is equal is one key, whatever its type.
    for a, b in ((1, 1.0), (2**70, float(2**70)), (-(2**46), float(-(2**46))), (2**46, float(2**46)), (0, -0.0),
                 (True, 1), (2**61 - 1, float(2**61 - 1)), (10**300, 10**300 * 1), (1e300, int(1e300)), (0.5, 0.5)):
        d = {a: "a"}
        for i in range(20):
            d[str(i)] = i
        print(d.get(b), len({a, b}), hash(a) == hash(b))

    class Text(str):
        pass

    class Name:
        def __init__(self, s):
            self.s = s

        def __hash__(self):
            return hash(self.s)

        def __eq__(self, other):
            return self.s == other

    for n in (4, 40):
        d = {"k" + str(i): i for i in range(n)}
        d["get"] = -1
        print(d.get(Text("k3")), d.get(Name("k3")), d.get(Name("get")), Name("nope") in d, 5 in d, None in d)
        for bad in ([], {}, [()]):
            for container in (d, {}, set("ab"), {"items": 1, "keys": 2}):
                try:
                    print(bad in container)
                except TypeError:
                    print("TypeError")


def order_of_type():
    # Namespaces and keyword arguments keep their order too.
    class C:
        def __init__(self, **kw):
            for k in kw:
                setattr(self, k, kw[k])

    c = C(z=1, y=2, x=3, w=4, v=5, u=6, t=7, s=8, r=9, q=10)
    del c.w
    c.w = 0
    print(list(c.__dict__.items()))
    print((lambda **kw: kw)(**{"b": 1, "a": 2}, c=3))


if __name__ == "__main__":
    rounds = 3
    for kind in KINDS:
        dict_round([kind], 12, 150)
        dict_round([kind], 300, 600)
        set_round([kind], 30, 200)
    for _ in range(rounds):
        dict_round(KINDS, 6, 200)
        dict_round(KINDS, 60, 1000)
        dict_round(KINDS[:2], 2000, 4000)
        set_round(KINDS, 40, 500)
    for n in (0, 1, 2, 3, 10, 23, 24, 25, 64, 100, 333):
        sort_round(n, n // 2 + 2)
    mutation()
    hostile_order()
    equality()
    order_of_type()
    print("done")
