# Big integers: digits of pi by a spigot, powers modulo a prime, factorials, shifts and comparison.


def pi_digits(count):
    q, r, t, k, n, limit = 1, 0, 1, 1, 3, 3
    digits = []
    while len(digits) < count:
        if 4 * q + r - t < n * t:
            digits.append(n)
            q, r, n = 10 * q, 10 * (r - n * t), (10 * (3 * q + r)) // t - 10 * n
        else:
            q, r, t, n, k, limit = (
                q * k,
                (2 * q + r) * limit,
                t * limit,
                (q * (7 * k) + 2 + r * limit) // (t * limit),
                k + 1,
                limit + 2,
            )
    return digits


def power(base, exponent, modulus):
    result = 1
    while exponent:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


digits = pi_digits(700)
print("".join([str(digit) for digit in digits])[-20:], sum(digits))
prime = (1 << 521) - 1
for exponent in range(8):
    print(power(3, (1 << 521) - 3 - exponent, prime) * 3 % prime % 1000003)
print(pow(3, (1 << 300) + 5, prime) % 1000007)
product = 1
for i in range(1, 1400):
    product *= i
print(product % ((1 << 89) - 1), len(str(product)), (product >> 1000) & 0xFFFF, product > prime)
