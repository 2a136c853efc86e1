# Keys that were chosen to collide. Prints the same under CPython and in the guest: test_ordered.py compares.

# From the public string hash (djb2, 32 bits): whichever of each pair is taken, the strings put together hash alike.
PAIRS = (
    "qotb3/qi2b3 5fvuj/5fvk4 zq4he/x34he c8z2j/ax82j gcn52/gclup sffrp/m8fp2 d88sh/fz8sh oq6n3/owphu "
    "jeml6/jembx 9ty09/789r9 8137t/811ut p1493/vqr93 fm7uw/fow11 n91bk/lysbk"
)


class Text(str):
    pass


class Name:
    def __init__(self, s):
        self.s = s

    def __hash__(self):
        return hash(self.s)

    def __eq__(self, other):
        return self.s == (other.s if isinstance(other, Name) else other)


def strings(n):
    result = [""]
    for pair in PAIRS.split()[:n]:
        a, b = pair.split("/")
        result = [s + x for s in result for x in (a, b)]
    return result


def flood(n):
    # The dict changes to keyed hashes on the way, in the middle of a walk over it too.
    keys = strings(n)
    d = {k: i for i, k in enumerate(keys)}
    print(len(d), list(d) == keys, all(d[k] == i for i, k in enumerate(keys)))
    s = set(keys)
    print(len(s), all(k in s for k in keys), "x" in s, sorted(s) == sorted(keys))
    for k in keys[::2]:
        del d[k]
        s.remove(k)
    print(len(d), len(s), list(d) == keys[1::2], sorted(s) == sorted(keys[1::2]))
    copy = d.copy()
    print(copy == d, list(copy)[-1] == keys[-1], copy.popitem() == (keys[-1], len(keys) - 1))
    # Keys of other types that equal strings, and some that do not.
    print(1 in d, (1,) in d, None in d, d.get(1.5))
    seen = 0
    for k in d:
        seen += d[Text(k)] == d[k]
        if seen > 40:
            break
    print(seen, d.get(Name(keys[1])), d.get(Name(keys[0])))
    d[Name(keys[0])] = -1
    print(d.get(keys[0]), d.get(keys[1]), list(d)[-1].s == keys[0])
    for i in range(100):
        d[i] = i
    d.update((k, 7) for k in keys[:50])
    print(len(d), d[keys[0]], d[keys[2]], d[99])


def numbers(n):
    # Multiples of powers of two, neighbours on a grid, small fractions.
    for keys in (
        [i << 40 for i in range(n)],
        [i << 47 for i in range(n)],
        [i << 64 for i in range(n)],
        [-(i << 100) for i in range(n)],
        [(i, j) for i in range(n // 50) for j in range(50)],
        [(i, -i) for i in range(n)],
        [((i, 1), (1, i)) for i in range(n)],
        [i / n for i in range(n)],
        [i * 1e300 for i in range(n)],
        [frozenset((i, j)) for i in range(n // 50) for j in range(n, n + 50)],
    ):
        d = {k: i for i, k in enumerate(keys)}
        s = set(keys)
        hashes = set(hash(k) for k in keys)
        print(len(d), len(s), all(d[k] == i for i, k in enumerate(keys)), len(hashes) > 0.99 * len(keys))


if __name__ == "__main__":
    flood(6)
    flood(12)
    numbers(2000)
    print("done")
