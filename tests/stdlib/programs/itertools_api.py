import itertools as it
import operator

L = list
print(L(it.chain([1], "ab", ())), L(it.chain.from_iterable([[1, 2], [3]])), L(it.islice(it.count(5, 2), 3)), it.count(3))
print(L(it.islice("abcdefg", 2)), L(it.islice("abcdefg", 2, None)), L(it.islice("abcdefg", 1, 6, 2)), L(it.islice([], 3)))
print(L(it.accumulate([1, 2, 3])), L(it.accumulate([3, 1, 2], max)), L(it.accumulate([1, 2], initial=10)), L(it.accumulate([])))
print([(k, L(g)) for k, g in it.groupby("aabbbca")], [(k, len(L(g))) for k, g in it.groupby([1, 3, 2, 4, 5], lambda x: x % 2)])
print([k for k, g in it.groupby("aabbc")], L(it.pairwise("abcd")), L(it.pairwise("a")))
print(L(it.zip_longest("abc", [1], fillvalue=0)), L(it.zip_longest()), L(it.starmap(pow, [(2, 3), (3, 2)])))
print(L(it.takewhile(lambda x: x < 3, [1, 2, 3, 1])), L(it.dropwhile(lambda x: x < 3, [1, 2, 3, 1])))
print(L(it.filterfalse(None, [0, 1, "", "a"])), L(it.compress("abcd", [1, 0, 1])), L(it.repeat("x", 3)), it.repeat(1, 2))
print(L(it.product("ab", [1, 2])), L(it.product([0, 1], repeat=3))[5], L(it.product()), L(it.product("ab", "")))
print(L(it.permutations("abc", 2)), len(L(it.permutations(range(5)))), L(it.permutations("ab", 3)))
print(L(it.combinations("abcd", 2)), L(it.combinations([1], 2)), L(it.combinations_with_replacement("abc", 2)))
a, b = it.tee(iter([1, 2, 3]))
print(next(a), L(b), L(a), L(it.islice(it.cycle("ab"), 5)))
i = iter(range(10))
print(L(it.islice(i, 2, 6, 3)), next(i))
g = it.groupby("aab")
k, first = next(g)
next(g)
print(L(first))
for f in (lambda: it.islice([], -1), lambda: it.combinations("a", -1), lambda: it.product("a", repeat=-1)):
    try:
        f()
    except ValueError as e:
        print("ValueError", e)
p = {"a": {"b": [10, 20]}, "n": 5}
print(operator.itemgetter("n")(p), operator.itemgetter(1, 0)("xy"), operator.itemgetter(slice(1, 3))("abcd"))
print(operator.attrgetter("real", "imag")(3), operator.methodcaller("split", ",")("a,b"), operator.indexOf([1, 2, 3], 2))
print(operator.add(1, 2), operator.not_([]), operator.contains([1], 1), operator.countOf([1, 1, 2], 1), operator.concat("a", "b"))
x = [1, 2]
print(operator.iadd(x, [3]), x, operator.truth(""), operator.itemgetter(0), operator.methodcaller("f", 1, k=2))
