# Nested for loops over ranges: a brute-force search for Pythagorean triples.


def run(limit):
    found = 0
    perimeter = 0
    for a in range(1, limit):
        aa = a * a
        for b in range(a, limit):
            cc = aa + b * b
            for c in range(b + 1, b + 5):
                if c * c == cc:
                    found += 1
                    perimeter += a + b + c
    return found, perimeter


print(run(1100))
