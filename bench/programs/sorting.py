# Sorting: integers, strings, with a key function, in reverse; and a hand-written quicksort.


def numbers(count, seed):
    result = []
    for _ in range(count):
        seed = (seed * 25173 + 13849) % 65536
        result.append(seed)
    return result


def quicksort(items):
    if len(items) < 2:
        return items
    pivot = items[len(items) // 2]
    return (
        quicksort([x for x in items if x < pivot])
        + [x for x in items if x == pivot]
        + quicksort([x for x in items if x > pivot])
    )


total = 0
for seed in range(14):
    items = numbers(4000, seed)
    ordered = sorted(items)
    total += ordered[0] + ordered[2000] + ordered[-1]
    names = sorted(["n" + str(x) for x in items])
    total += len(names[100]) + int(names[0][1:])
    by_digit = sorted(items, key=lambda x: (x % 10, x))
    total += by_digit[17]
    items.sort(reverse=True)
    total += items[5]
    if quicksort(numbers(2000, seed)) == sorted(numbers(2000, seed)):
        total += 1
print(total)
