# itertools and functools: chains, slices, groups, products, accumulation, caches, partial, reduce.

from functools import lru_cache, partial, reduce
from itertools import (accumulate, chain, combinations, compress, count, cycle, dropwhile, groupby, islice, pairwise, permutations,
                       product, repeat, starmap, takewhile, zip_longest)
from operator import add, mul

numbers = list(range(3000))
total = 0


@lru_cache(maxsize=None)
def steps(n):
    return 0 if n == 1 else 1 + steps(n // 2 if n % 2 == 0 else 3 * n + 1)


for _ in range(6):
    total += sum(chain(numbers, numbers, range(100)))
    total += sum(len(list(group)) for _, group in groupby(numbers, lambda n: n // 10))
    total += sum(1 for a, b in product(range(60), repeat=2) if a < b)
    total += sum(a * b for a, b in combinations(range(70), 2))
    total += sum(p[0] for p in permutations(range(6)))
    total += list(accumulate(numbers))[-1] + list(accumulate(numbers[1:50], mul))[10] % 1009
    total += sum(b - a for a, b in pairwise(numbers))
    total += sum(islice(count(5, 3), 2000)) + sum(islice(cycle(numbers[:7]), 3000))
    total += sum(takewhile(lambda n: n < 2000, numbers)) + sum(dropwhile(lambda n: n < 2000, numbers))
    total += sum(starmap(pow, zip(numbers[:500], repeat(2)))) + sum(compress(numbers, cycle([1, 0])))
    total += sum(a + b for a, b in zip_longest(numbers, numbers[:100], fillvalue=0))
    total += reduce(add, numbers) + sum(map(partial(max, 100), numbers))
    steps.cache_clear()
    total += max(steps(n) for n in range(1, 1500))
print(total)
