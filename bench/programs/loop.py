# One integer loop on local variables: add, mask, shift, compare.


def run(n):
    total = 0
    bits = 1
    i = 0
    while i < n:
        bits = ((bits << 1) ^ i) & 0xFFFFF
        if bits & 4:
            total += bits
        else:
            total -= i & 255
        i += 1
    return total


print(run(2000000))
