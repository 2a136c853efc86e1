# Integers around the sizes where their representation changes (47, 64 and 128 bits): every operator on every pair.

edges = [0, 1, -1, 2, -2, 7, -7]
for bits in (30, 31, 32, 33, 45, 46, 47, 48, 62, 63, 64, 65, 95, 96, 97, 126, 127, 128, 129, 160):
    for offset in (-2, -1, 0, 1, 2):
        edges.append((1 << bits) + offset)
        edges.append(-((1 << bits) + offset))

checksum = 0
for a in edges:
    for b in edges:
        results = [a + b, a - b, a * b, a & b, a | b, a ^ b, a < b, a > b, a <= b, a >= b, a == b, a != b]
        if b:
            results += [a // b, a % b]
        if 0 <= b < 200:
            results += [a << b, a >> b]
        for result in results:
            checksum = (checksum * 1000003 + int(result)) % 2305843009213693951
    print(a, checksum)

# The same number is the same key, whatever made it.
for a in edges:
    assert hash(a * 3 // 3) == hash(a) and {a: 1}[(a << 70) >> 70] == 1 and a - 1 + 1 == a
print("done")
