# math: values, domains, integers of any size, exact sums.
import math


def show(f, *args, **kwargs):
    try:
        r = f(*args, **kwargs)
        print("%.12g" % r if isinstance(r, float) else r, end=" ")
    except (ValueError, OverflowError, TypeError, ZeroDivisionError) as e:
        print(type(e).__name__ + ":", e, end=" | ")


VALUES = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 10.0, -2.5, 1e-300, 1e300, 710.0, math.inf, -math.inf, math.nan, 3, True]
for name in ("sqrt", "cbrt", "exp", "exp2", "expm1", "log1p", "log2", "log10", "log", "sin", "cos", "tan", "asin", "acos", "atan", "sinh",
             "cosh", "tanh", "asinh", "acosh", "atanh", "fabs", "erf", "erfc", "gamma", "lgamma", "degrees", "radians", "ulp", "isfinite",
             "isinf", "isnan", "frexp", "modf", "floor", "ceil", "trunc"):
    print(name, end=": ")
    for x in VALUES:
        if name in ("sin", "cos", "tan") and x == 1e300 or name == "ulp" and x in (0, 1e-300):
            continue
        show(getattr(math, name), x)
    print()
for name in ("atan2", "copysign", "nextafter", "fmod", "remainder", "pow", "hypot"):
    print(name, end=": ")
    for x in VALUES[:8] + VALUES[11:14]:
        for y in (0.0, -1.0, 2.0, 0.5, math.inf, math.nan):
            if name != "nextafter" or x != 0:
                show(getattr(math, name), x, y)
    print()
print(math.pi, math.e, math.tau, math.inf, math.nan)
print(math.gcd(), math.gcd(12), math.gcd(12, -18), math.gcd(0, 0), math.gcd(2**200 * 9, 2**100 * 6) == 2**100 * 3, math.gcd(4, 6, 8))
print(math.lcm(), math.lcm(4, 6), math.lcm(4, 0), math.lcm(-3, 5, 7), math.lcm(10**20, 10**21) == 10**21)
print([math.factorial(n) for n in (0, 1, 2, 5, 10, 20, 21, 30)], math.factorial(200) % (10**9 + 7))
print([math.comb(n, k) for n, k in ((0, 0), (5, 2), (5, 5), (5, 6), (52, 5), (100, 50))], [math.perm(n, k) for n, k in ((5, 2), (5, 0), (3, 5), (20, 15))],
      math.perm(5))
print([math.isqrt(n) for n in (0, 1, 2, 3, 4, 15, 16, 17, 10**15, 2**52 + 1)], math.isqrt(10**40) == 10**20, math.isqrt(10**41), math.isqrt(2**64 - 1))
print(math.prod([1, 2, 3]), math.prod([]), math.prod([1.5, 2], start=2), math.prod(range(1, 25)))
print(math.fsum([0.1] * 10), sum([0.1] * 10) == 1.0, math.fsum([1e100, 1.0, -1e100]), math.fsum([]), math.fsum([1e16, 1, 1e-16, -1e16]))
print(math.fsum([math.inf, 1]), math.fsum([2**53, 1.0, 2.0**-100]), math.fsum(x / 7 for x in range(100)))
print(math.dist((1, 2), (4, 6)), math.dist([1, 2, 3], (1, 2, 3)), math.hypot(), math.hypot(3, 4), math.hypot(1, 1, 1) == 3**0.5, math.hypot(1e200, 1e200), math.ulp(0.0) == 5e-324)
print(math.isclose(1, 1 + 1e-10), math.isclose(1, 1.1), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-10), math.isclose(0, 1e-10, abs_tol=1e-9))
print(math.log(8, 2), math.log(100, 10), math.log(10**400), math.log2(2**2000), math.log10(10**400), math.log(2**1500, 2) == 1500.0000000000002)
print(math.ldexp(1, 10), math.ldexp(1.5, -1), math.ldexp(0.0, 10**6), math.ldexp(1, -5000), math.floor(-0.5), math.ceil(-0.5), math.trunc(-1.9), math.floor(1e20))
print(math.floor(10**30) == 10**30, math.ceil(2.5), math.frexp(10), math.modf(-1.25))


class Index:
    def __index__(self):
        return 12


class Rounds:
    def __floor__(self):
        return "floor"

    def __ceil__(self):
        return "ceil"

    def __trunc__(self):
        return "trunc"


print(math.gcd(Index(), 8), math.floor(Rounds()), math.ceil(Rounds()), math.trunc(Rounds()), math.comb(Index(), 2))
for f, args in ((math.sqrt, (-1,)), (math.sqrt, ("a",)), (math.log, (0,)), (math.log, (-5,)), (math.log, (5, 1)), (math.log, (-10**400,)), (math.exp, (1000,)),
                (math.factorial, (-1,)), (math.factorial, (1.5,)), (math.gcd, (1.5, 2)), (math.isqrt, (-1,)), (math.comb, (-1, 2)), (math.comb, (2, -1)),
                (math.perm, (-1,)), (math.perm, (2, -1)), (math.fsum, ([math.inf, -math.inf],)), (math.dist, ((1, 2), (1, 2, 3))), (math.floor, (math.inf,)),
                (math.floor, (math.nan,)), (math.ceil, ("x",)), (math.trunc, ("x",)), (math.ldexp, (1.0, 5000)), (math.ldexp, (1, 1.5)), (math.fmod, (1, 0)),
                (math.pow, (0, -1)), (math.pow, (-8, 1 / 3)), (math.pow, (1e200, 2)), (math.sqrt, (10**400,)), (math.isclose, (1, 2))):
    show(f, *args)
    print()
