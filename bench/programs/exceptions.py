# Exceptions: raised, caught, re-raised through frames; finally; the ones that the interpreter raises.


def check(n):
    if n % 3 == 0:
        raise RuntimeError("divisible")
    if n % 5 == 0:
        raise ValueError(str(n))
    return n


def middle(n):
    try:
        return check(n)
    finally:
        counts[0] += 1


def outer(n):
    try:
        return middle(n)
    except ValueError as error:
        counts[1] += len(str(error))
        raise
    except RuntimeError:
        return -1


counts = [0, 0, 0, 0]
total = 0
table = {0: 1, 1: 2}
items = [1, 2, 3]
for i in range(130000):
    try:
        total += outer(i)
    except ValueError:
        counts[2] += 1
    try:
        total += table[i & 3] + items[i & 3]
    except (KeyError, IndexError):
        counts[3] += 1
print(total, counts)
