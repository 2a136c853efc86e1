# Dictionaries: counting words, integer and tuple keys, get, setdefault, pop, iteration.


def run(count):
    words = {}
    squares = {}
    grid = {}
    groups = {}
    seed = 1
    for i in range(count):
        seed = (seed * 1103 + 12345) % 65521
        key = "k" + str(seed % 500)
        words[key] = words.get(key, 0) + 1
        squares[seed] = seed * seed
        grid[(seed % 20, i % 5)] = i
        groups.setdefault(seed % 100, []).append(i)
        if i % 3 == 0 and seed in squares:
            squares.pop(seed)
    total = 0
    for key, value in words.items():
        total += value * len(key)
    for key in squares:
        total += key
    for x, y in grid:
        total += x * y
    for members in groups.values():
        total += len(members)
    return len(words), len(squares), len(grid), len(groups), total


print(run(80000))
