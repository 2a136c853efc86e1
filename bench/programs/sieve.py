# Lists: the sieve of Eratosthenes with slice assignment, comprehensions, slices, in-place changes.


def primes(limit):
    flags = [True] * limit
    flags[0] = flags[1] = False
    for i in range(2, int(limit**0.5) + 1):
        if flags[i]:
            for j in range(i * i, limit, i):
                flags[j] = False
    return [i for i in range(limit) if flags[i]]


def rotate(items, turns):
    for turn in range(turns):
        items = items[turn % 17 :] + items[: turn % 17]
        items[3:6] = [items[5], items[4], items[3]]
    return items


found = primes(300000)
total = len(found) + found[-1]
pairs = [(a, b) for a, b in zip(found, found[1:]) if b - a == 2]
total += len(pairs) + sum([x * x for x in found if x & 2]) % 1000003
shuffled = rotate(found[:400], 2500)
total += shuffled[7] + shuffled[-1]
total += sum([row[2] for row in [[i, i + 1, i + 2] for i in range(60000)]])
for i in range(60):
    reversed_copy = found[::-1][:500]
    total += reversed_copy[i]
print(total)
