# Hashes and generators of random numbers: products of 64 bits, masked. FNV-1a, an LCG, xorshift, a string hash.

MASK = 0xFFFFFFFFFFFFFFFF


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & MASK
    return value


def lcg(seed, count):
    for _ in range(count):
        seed = (seed * 6364136223846793005 + 1442695040888963407) & MASK
    return seed


def xorshift(seed, count):
    for _ in range(count):
        seed ^= (seed << 13) & MASK
        seed ^= seed >> 7
        seed ^= (seed << 17) & MASK
    return seed


def lcg32(seed, count):
    for _ in range(count):
        seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
    return seed


data = b"Call me Ishmael. Some years ago, never mind how long precisely" * 16
total = 0
for turn in range(150):
    total ^= fnv1a(data)
    total = (total + turn) & MASK
print(hex(total), lcg(1, 250000), xorshift(88172645463325252, 60000), lcg32(1, 400000))
