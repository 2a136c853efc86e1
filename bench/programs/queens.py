# Recursion with lists: the eight-queens problem for several sizes, and permutations.


def place(row, size, columns, left, right):
    if row == size:
        return 1
    solutions = 0
    for column in range(size):
        if not columns[column] and not left[row + column] and not right[row - column + size]:
            columns[column] = left[row + column] = right[row - column + size] = True
            solutions += place(row + 1, size, columns, left, right)
            columns[column] = left[row + column] = right[row - column + size] = False
    return solutions


def queens(size):
    return place(0, size, [False] * size, [False] * (2 * size), [False] * (2 * size + 1))


def permutations(items):
    if len(items) <= 1:
        return [items]
    result = []
    for i in range(len(items)):
        for rest in permutations(items[:i] + items[i + 1 :]):
            result.append([items[i]] + rest)
    return result


print([queens(size) for size in range(4, 10)], len(permutations([1, 2, 3, 4, 5, 6, 7, 8])))
