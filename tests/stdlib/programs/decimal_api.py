from decimal import (ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP,
                     Context, Decimal, DivisionByZero, InvalidOperation, getcontext, localcontext)

D = Decimal
print(D("1.10") + D("2.205"), D("1") / D("7"), D("10") / 4, D("-7") // 2, D("-7") % 3, divmod(D("17.5"), D("4")), D(2) ** 100)
print(D("1e5"), D("1E-9"), D("0.000001"), D("-0"), D("1.500").normalize(), D("Infinity"), D("nan"), repr(D("3.14")))
for r in (ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP):
    print(r, [str(D(x).quantize(D("0.1"), rounding=r)) for x in ("1.25", "1.35", "-1.25", "2.71", "-2.78")])
print(D(2).sqrt(), D(1).exp(), D(10).ln(), D("1234.5").log10(), D("2") ** D("0.5"), D("1.1") ** -3)
print(f"{D('1234567.891'):,.2f} {D('0.5'):.1%} {D('12'):>8} {D('1.5'):+e} {D('3'):08.3f} {D('-1E+3'):f}")
print(D("1.1") == D("1.10"), D("1.1") < 2, D("0.1") == 0.1, hash(D("5")) == hash(5), sorted([D(3), D("-1"), 2]))
print(D(0.1), D.from_float(0.25), int(D("-3.9")), float(D("2.5")), round(D("2.675"), 2), round(D("2.5")), D("123.456").as_tuple())
with localcontext() as c:
    c.prec = 6
    print(D(1) / 3, D("123456789") * 1, +D("1.23456789"))
print(getcontext().prec, Context(prec=3).divide(D(2), D(3)))
for f in (lambda: D(1) / 0, lambda: D("x"), lambda: D(0) / 0, lambda: D(-1).sqrt(), lambda: D("1e400").quantize(D("1"))):
    try:
        print(f())
    except (DivisionByZero, InvalidOperation) as e:
        print(type(e).__name__, e)
print(D("7.325").as_integer_ratio(), D("1E+2").to_eng_string(), D("12.3").adjusted(), max(D(1), D("1.5")), sum([D("0.1")] * 10))
