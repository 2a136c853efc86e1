# Decimal arithmetic as of the General Decimal Arithmetic Specification, on integers of any size.
#
# A finite number is sign, coefficient, exponent. _exp of a special value is "F" (infinite), "n" (NaN) or "N" (signalling).

import math as _math
import numbers as _numbers
from collections import namedtuple as _namedtuple
from contextvars import ContextVar as _ContextVar

__version__ = "1.70"
HAVE_THREADS = HAVE_CONTEXTVAR = True
MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN = -999999999999999999
MIN_ETINY = MIN_EMIN - MAX_PREC + 1
ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_HALF_DOWN, ROUND_05UP = \
    ("ROUND_DOWN", "ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_CEILING", "ROUND_FLOOR", "ROUND_UP", "ROUND_HALF_DOWN",
     "ROUND_05UP")
_ROUNDINGS = (ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_HALF_DOWN,
              ROUND_05UP)
# A longer one would take the sandbox's memory and fuel before it is of any use.
_MOST_DIGITS = 1 << 22

DecimalTuple = _namedtuple("DecimalTuple", "sign digits exponent")


class DecimalException(ArithmeticError):
    pass


class Clamped(DecimalException):
    pass


class InvalidOperation(DecimalException):
    pass


class ConversionSyntax(InvalidOperation):
    pass


class DivisionByZero(DecimalException, ZeroDivisionError):
    pass


class DivisionImpossible(InvalidOperation):
    pass


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    pass


class Inexact(DecimalException):
    pass


class InvalidContext(InvalidOperation):
    pass


class Rounded(DecimalException):
    pass


class Subnormal(DecimalException):
    pass


class Overflow(Inexact, Rounded):
    pass


class Underflow(Inexact, Rounded, Subnormal):
    pass


class FloatOperation(DecimalException, TypeError):
    pass


_SIGNALS = (InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Inexact, Rounded, Subnormal, Clamped)


def _digits(n):
    # Number of decimal digits of n > 0.
    if n < 10000000000:
        return len(str(n))
    d = n.bit_length() * 30103 // 100000
    return d + 1 if n >= 10 ** d else d


def _round_up(n, kept, rest, half, sign, rounding):
    # Whether the magnitude goes up; `rest` is compared with `half`, both of the part that is cut.
    if not rest:
        return False
    if rounding == ROUND_HALF_EVEN:
        return rest > half or rest == half and kept % 2
    if rounding == ROUND_HALF_UP:
        return rest >= half
    if rounding == ROUND_DOWN:
        return False
    if rounding == ROUND_HALF_DOWN:
        return rest > half
    if rounding == ROUND_UP:
        return True
    if rounding == ROUND_CEILING:
        return not sign
    if rounding == ROUND_FLOOR:
        return bool(sign)
    return kept % 5 == 0  # ROUND_05UP


def _cut(n, places, sign, rounding):
    # n without its last `places` digits, rounded; and whether that was exact.
    if places <= 0:
        return n, True
    if places > _MOST_DIGITS or 10 ** places > n * 10:
        kept, rest, half = 0, (1 if n else 0), 2
    else:
        unit = 10 ** places
        kept, rest = divmod(n, unit)
        rest, half = 2 * rest, unit
    if _round_up(n, kept, rest, half, sign, rounding):
        kept += 1
    return kept, not rest


def _new(sign, coefficient, exp):
    self = object.__new__(Decimal)
    self._sign, self._n, self._exp = sign, coefficient, exp
    return self


def _parse(text):
    text = text.strip().replace("_", "")
    sign = 0
    s = text
    if s[:1] in ("+", "-"):
        sign = 1 if s[0] == "-" else 0
        s = s[1:]
    low = s.lower()
    if low in ("inf", "infinity"):
        return _new(sign, 0, "F")
    for prefix, kind in (("snan", "N"), ("nan", "n")):
        if low.startswith(prefix):
            rest = low[len(prefix):]
            if rest and not rest.isdigit():
                return None
            return _new(sign, int(rest or "0"), kind)
    mantissa, e, exponent = low.partition("e")
    exp = 0
    if e:
        body = exponent[1:] if exponent[:1] in ("+", "-") else exponent
        if not body.isdigit():
            return None
        exp = int(exponent)
    whole, _, part = mantissa.partition(".")
    digits = whole + part
    if not digits or not digits.isdigit():
        return None
    return _new(sign, int(digits), exp - len(part))


class Decimal:
    _tp_name = "decimal.Decimal"
    __slots__ = ("_sign", "_n", "_exp")

    def __new__(cls, value="0", context=None):
        if isinstance(value, str):
            made = _parse(value)
            if made is None:
                context = getcontext() if context is None else context
                made = context._signal(ConversionSyntax, "Invalid literal for Decimal: %r" % value)
        elif isinstance(value, int):
            made = _new(1 if value < 0 else 0, abs(int(value)), 0)
        elif isinstance(value, Decimal):
            made = _new(value._sign, value._n, value._exp)
        elif isinstance(value, float):
            context = getcontext() if context is None else context
            context._signal(FloatOperation, "strict semantics for mixing floats and Decimals are enabled")
            made = Decimal.from_float(value)
        elif isinstance(value, (tuple, list)):
            if len(value) != 3:
                raise ValueError("argument must be a sequence of length 3")
            sign, digits, exp = value
            if sign not in (0, 1):
                raise ValueError("Invalid sign.  The first value in the tuple should be an integer; either 0 for a "
                                 "positive number or 1 for a negative number.")
            n = 0
            if exp == "F":
                return _new(sign, 0, "F")
            for d in digits:
                if not isinstance(d, int) or not 0 <= d <= 9:
                    raise ValueError("The second value in the tuple must be composed of integers in the range 0 "
                                     "through 9.")
                n = n * 10 + d
            if exp not in ("n", "N") and not isinstance(exp, int):
                raise ValueError("The third value in the tuple must be an integer, or one of the strings 'F', 'n', 'N'.")
            made = _new(sign, n, exp)
        else:
            raise TypeError("conversion from %s to Decimal is not supported" % type(value).__name__)
        if cls is not Decimal:
            self = object.__new__(cls)
            self._sign, self._n, self._exp = made._sign, made._n, made._exp
            return self
        return made

    @classmethod
    def from_float(cls, f):
        if isinstance(f, int):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError("argument must be int or float")
        if f != f:
            made = _new(0, 0, "n")
        elif f in (_math.inf, -_math.inf):
            made = _new(0 if f > 0 else 1, 0, "F")
        else:
            n, d = abs(f).as_integer_ratio()
            k = d.bit_length() - 1
            made = _new(1 if _math.copysign(1.0, f) < 0 else 0, n * 5 ** k, -k)
        return made if cls is Decimal else cls(made)

    # What it is.

    def is_nan(self):
        return self._exp in ("n", "N")

    def is_qnan(self):
        return self._exp == "n"

    def is_snan(self):
        return self._exp == "N"

    def is_infinite(self):
        return self._exp == "F"

    def is_finite(self):
        return isinstance(self._exp, int)

    def is_signed(self):
        return self._sign == 1

    def is_zero(self):
        return self._n == 0 and isinstance(self._exp, int)

    def is_normal(self, context=None):
        context = context or getcontext()
        return self.is_finite() and self._n != 0 and self.adjusted() >= context.Emin

    def is_subnormal(self, context=None):
        context = context or getcontext()
        return self.is_finite() and self._n != 0 and self.adjusted() < context.Emin

    def is_canonical(self):
        return True

    def canonical(self):
        return self

    def adjusted(self):
        if not isinstance(self._exp, int):
            return 0
        return self._exp + (_digits(self._n) if self._n else 1) - 1

    def as_tuple(self):
        return DecimalTuple(self._sign, tuple([int(c) for c in str(self._n)]) if self._exp != "F" else (0,), self._exp)

    def as_integer_ratio(self):
        if not isinstance(self._exp, int):
            if self.is_nan():
                raise ValueError("cannot convert NaN to integer ratio")
            raise OverflowError("cannot convert Infinity to integer ratio")
        n = -self._n if self._sign else self._n
        if self._exp >= 0:
            return n * 10 ** self._exp, 1
        d = 10 ** -self._exp
        g = _math.gcd(n, d)
        return n // g, d // g

    def radix(self):
        return Decimal(10)

    def conjugate(self):
        return self

    real = property(lambda self: self)
    imag = property(lambda self: Decimal(0))

    def __bool__(self):
        return self._n != 0 or not isinstance(self._exp, int)

    def __hash__(self):
        if not isinstance(self._exp, int):
            if self._exp == "N":
                raise TypeError("Cannot hash a signaling NaN value")
            return object.__hash__(self) if self._exp == "n" else -314159 if self._sign else 314159
        p = (1 << 61) - 1
        power = pow(10, self._exp, p) if self._exp >= 0 else pow(pow(10, p - 2, p), -self._exp, p)
        h = self._n * power % p
        h = -h if self._sign else h
        return -2 if h == -1 else h

    # As text.

    def __repr__(self):
        return "Decimal('%s')" % str(self)

    def __str__(self):
        return self._text(False, None)

    def _text(self, eng, context):
        sign = "-" if self._sign else ""
        if not isinstance(self._exp, int):
            if self._exp == "F":
                return sign + "Infinity"
            return sign + ("sNaN" if self._exp == "N" else "NaN") + (str(self._n) if self._n else "")
        digits = str(self._n)
        left = self._exp + len(digits)
        if self._exp <= 0 and left > -6:
            point = left
        elif not eng:
            point = 1
        elif digits == "0":
            point = (left + 1) % 3 - 1
        else:
            point = (left - 1) % 3 + 1
        if point <= 0:
            text = "0." + "0" * -point + digits
        elif point >= len(digits):
            text = digits + "0" * (point - len(digits))
        else:
            text = digits[:point] + "." + digits[point:]
        if left != point:
            context = context or getcontext()
            text += "%s%+d" % ("E" if context.capitals else "e", left - point)
        return sign + text

    def to_eng_string(self, context=None):
        return self._text(True, context)

    def __format__(self, spec, context=None):
        context = context or getcontext()
        return _format(self, spec, context)

    # Comparing.

    def _order(self, other):
        # -1, 0 or 1; neither is a NaN.
        if self._exp == "F" or other._exp == "F":
            a = 0 if self._exp != "F" else -1 if self._sign else 1
            b = 0 if other._exp != "F" else -1 if other._sign else 1
            return (a > b) - (a < b)
        if not self._n or not other._n:
            a = 0 if not self._n else -1 if self._sign else 1
            b = 0 if not other._n else -1 if other._sign else 1
            return (a > b) - (a < b)
        if self._sign != other._sign:
            return -1 if self._sign else 1
        x, y = self.adjusted(), other.adjusted()
        if x == y:
            d = self._exp - other._exp
            x = self._n * 10 ** d if d > 0 else self._n
            y = other._n * 10 ** -d if d < 0 else other._n
        result = (x > y) - (x < y)
        return -result if self._sign else result

    def _compare(self, other, function, op):
        other = _convert_compare(self, other, op)
        if other is NotImplemented:
            return other
        if self.is_nan() or other.is_nan():
            if op == "==":
                if self.is_snan() or other.is_snan():
                    getcontext()._signal(InvalidOperation, "comparison involving sNaN")
                return False
            getcontext()._signal(InvalidOperation, "comparison involving NaN")
            return False
        return function(self._order(other))

    def __eq__(self, other):
        return self._compare(other, lambda c: c == 0, "==")

    def __lt__(self, other):
        return self._compare(other, lambda c: c < 0, "<")

    def __le__(self, other):
        return self._compare(other, lambda c: c <= 0, "<")

    def __gt__(self, other):
        return self._compare(other, lambda c: c > 0, "<")

    def __ge__(self, other):
        return self._compare(other, lambda c: c >= 0, "<")

    def compare(self, other, context=None):
        other = _need(other)
        nan = _nan(self, other, context)
        return nan if nan is not None else Decimal(self._order(other))

    def compare_signal(self, other, context=None):
        other = _need(other)
        if self.is_nan() or other.is_nan():
            return (context or getcontext())._signal(InvalidOperation, "comparison involving NaN")
        return Decimal(self._order(other))

    def compare_total(self, other, context=None):
        other = _need(other)
        key = lambda d: ({"n": 3, "N": 2, "F": 1}.get(d._exp, 0), d)
        if self._sign != other._sign:
            return Decimal(-1 if self._sign else 1)
        flip = -1 if self._sign else 1
        (ka, a), (kb, b) = key(self), key(other)
        if ka != kb:
            c = 1 if ka > kb else -1
        elif ka >= 2:
            c = (a._n > b._n) - (a._n < b._n)
        else:
            c = a._order(b) * flip
            if not c and not ka:
                c = (a._exp > b._exp) - (a._exp < b._exp)
        return Decimal(c * flip)

    def compare_total_mag(self, other, context=None):
        return self.copy_abs().compare_total(_need(other).copy_abs())

    def max(self, other, context=None):
        return self._choose(other, context, 1, False)

    def min(self, other, context=None):
        return self._choose(other, context, -1, False)

    def max_mag(self, other, context=None):
        return self._choose(other, context, 1, True)

    def min_mag(self, other, context=None):
        return self._choose(other, context, -1, True)

    def _choose(self, other, context, want, magnitude):
        other = _need(other)
        context = context or getcontext()
        if self.is_nan() or other.is_nan():
            if self.is_qnan() and not other.is_nan():
                return other._fix(context)
            if other.is_qnan() and not self.is_nan():
                return self._fix(context)
            return _nan(self, other, context)
        c = self.copy_abs()._order(other.copy_abs()) if magnitude else self._order(other)
        if c == 0:
            c = int(self.compare_total(other))
        return (self if c * want >= 0 else other)._fix(context)

    # Rounding.

    def _fix(self, context):
        if not isinstance(self._exp, int):
            if self.is_nan() and self._n:
                most = context.prec - context.clamp
                if _digits(self._n) > most:
                    return _new(self._sign, self._n % 10 ** most, self._exp)
            return self if type(self) is Decimal else _new(self._sign, self._n, self._exp)
        etiny = context.Emin - context.prec + 1
        etop = context.Emax - context.prec + 1
        n, exp, sign = self._n, self._exp, self._sign
        if not n:
            top = etop if context.clamp else context.Emax
            new = min(max(exp, etiny), top)
            if new != exp:
                context._signal(Clamped)
            return _new(sign, 0, new)
        size = _digits(n)
        least = size + exp - context.prec
        if least > etop:
            return context._overflow(sign)
        subnormal = least < etiny
        if subnormal:
            least = etiny
        if exp < least:
            kept, exact = _cut(n, least - exp, sign, context.rounding)
            if kept >= 10 ** context.prec:
                kept //= 10
                least += 1
            if least > etop:
                return context._overflow(sign)
            result = _new(sign, kept, least)
            if not exact and subnormal:
                context._signal(Underflow)
            if subnormal:
                context._signal(Subnormal)
            if not exact:
                context._signal(Inexact)
            context._signal(Rounded)
            if not kept:
                context._signal(Clamped)
            return result
        if subnormal:
            context._signal(Subnormal)
        if context.clamp and exp > etop:
            context._signal(Clamped)
            return _new(sign, n * 10 ** (exp - etop), etop)
        return self if type(self) is Decimal else _new(sign, n, exp)

    def _rescale(self, exp, rounding):
        # Exactly to an exponent; (result, exact).
        if not self._n:
            return _new(self._sign, 0, exp), True
        if self._exp >= exp:
            if self._exp - exp > _MOST_DIGITS:
                raise MemoryError("a number of %d digits" % (self._exp - exp))
            return _new(self._sign, self._n * 10 ** (self._exp - exp), exp), True
        kept, exact = _cut(self._n, exp - self._exp, self._sign, rounding)
        return _new(self._sign, kept, exp), exact

    def quantize(self, exp, rounding=None, context=None):
        exp = _need(exp)
        context = context or getcontext()
        rounding = rounding or context.rounding
        if rounding not in _ROUNDINGS:
            raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   "
                            "ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
        nan = _nan(self, exp, context)
        if nan is not None:
            return nan
        if self._exp == "F" or exp._exp == "F":
            if self._exp == exp._exp:
                return _new(self._sign, 0, "F")
            return context._signal(InvalidOperation, "quantize with one INF")
        if not context.Emin - context.prec + 1 <= exp._exp <= context.Emax:
            return context._signal(InvalidOperation, "target exponent out of bounds in quantize")
        if self._n and self.adjusted() - exp._exp + 1 > context.prec:
            return context._signal(InvalidOperation, "quantize result has too many digits for current context")
        result, exact = self._rescale(exp._exp, rounding)
        if result._n and (result.adjusted() > context.Emax or _digits(result._n) > context.prec):
            return context._signal(InvalidOperation, "quantize result has too many digits for current context")
        if result._exp > self._exp and self._n:
            if not exact:
                context._signal(Inexact)
            context._signal(Rounded)
        return result._fix(context)

    def same_quantum(self, other, context=None):
        other = _need(other)
        if isinstance(self._exp, int) and isinstance(other._exp, int):
            return self._exp == other._exp
        return self.is_nan() and other.is_nan() or self._exp == other._exp == "F"

    def to_integral_value(self, rounding=None, context=None):
        context = context or getcontext()
        if not isinstance(self._exp, int):
            nan = _nan(self, None, context)
            return self if nan is None else nan
        if self._exp >= 0:
            return _new(self._sign, self._n, self._exp)
        return self._rescale(0, rounding or context.rounding)[0]

    to_integral = to_integral_value

    def to_integral_exact(self, rounding=None, context=None):
        context = context or getcontext()
        if not isinstance(self._exp, int) or self._exp >= 0:
            return self.to_integral_value(rounding, context)
        result, exact = self._rescale(0, rounding or context.rounding)
        if not exact:
            context._signal(Inexact)
        context._signal(Rounded)
        return result

    def normalize(self, context=None):
        context = context or getcontext()
        nan = _nan(self, None, context)
        if nan is not None:
            return nan
        d = self._fix(context)
        if not isinstance(d._exp, int):
            return d
        if not d._n:
            return _new(d._sign, 0, 0)
        n, exp = d._n, d._exp
        top = context.Emax - context.prec + 1 if context.clamp else context.Emax
        text = str(n)
        zeros = min(len(text) - len(text.rstrip("0")), max(0, top - exp))
        return _new(d._sign, int(text[:len(text) - zeros]), exp + zeros)

    def __round__(self, n=None):
        if n is not None:
            if not isinstance(n, int):
                raise TypeError("optional arg must be an integer")
            return self.quantize(_new(0, 1, -n))
        return self._whole(ROUND_HALF_EVEN)

    def _whole(self, rounding):
        if not isinstance(self._exp, int):
            if self.is_nan():
                raise ValueError("cannot convert NaN to integer")
            raise OverflowError("cannot convert Infinity to integer")
        d = self._rescale(0, rounding)[0]
        return -d._n if d._sign else d._n

    def __int__(self):
        return self._whole(ROUND_DOWN)

    __trunc__ = __int__

    def __floor__(self):
        return self._whole(ROUND_FLOOR)

    def __ceil__(self):
        return self._whole(ROUND_CEILING)

    def __float__(self):
        if self.is_nan():
            if self.is_snan():
                raise ValueError("cannot convert signaling NaN to float")
            return -_math.nan if self._sign else _math.nan
        if self._exp == "F":
            return -_math.inf if self._sign else _math.inf
        return float("%s%de%d" % ("-" if self._sign else "", self._n, self._exp))

    def __complex__(self):
        return complex(float(self))

    # Arithmetic.

    def copy_abs(self):
        return _new(0, self._n, self._exp)

    def copy_negate(self):
        return _new(1 - self._sign, self._n, self._exp)

    def copy_sign(self, other, context=None):
        return _new(_need(other)._sign, self._n, self._exp)

    def __neg__(self, context=None):
        context = context or getcontext()
        nan = _nan(self, None, context)
        if nan is not None:
            return nan
        sign = 1 - self._sign
        if not self._n and self._exp != "F":
            sign = sign if context.rounding == ROUND_FLOOR else 0
        return _new(sign, self._n, self._exp)._fix(context)

    def __pos__(self, context=None):
        context = context or getcontext()
        nan = _nan(self, None, context)
        if nan is not None:
            return nan
        sign = self._sign
        if not self._n and self._exp != "F" and context.rounding != ROUND_FLOOR:
            sign = 0
        return _new(sign, self._n, self._exp)._fix(context)

    def __abs__(self, context=None):
        return self.__neg__(context) if self._sign else self.__pos__(context)

    def __add__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if not isinstance(self._exp, int) or not isinstance(other._exp, int):
            nan = _nan(self, other, context)
            if nan is not None:
                return nan
            if self._exp == "F":
                if self._sign != other._sign and other._exp == "F":
                    return context._signal(InvalidOperation, "-INF + INF")
                return self
            return other
        exp = min(self._exp, other._exp)
        if not self._n and not other._n:
            sign = self._sign & other._sign
            if self._sign != other._sign and context.rounding == ROUND_FLOOR:
                sign = 1
            return _new(sign, 0, exp)._fix(context)
        a, b = self._n, other._n
        if self._exp != other._exp and a and b:
            # A number that is far below the other counts as the least that is not nothing.
            big, small = (self, other) if self._exp > other._exp else (other, self)
            least = min(-1, _digits(big._n) - context.prec - 2) + big._exp
            size = _digits(small._n)
            if size + small._exp - 1 < least:
                exp = least
                tiny = 1
                a, b = (big._n * 10 ** (big._exp - exp), tiny) if big is self else (tiny, big._n * 10 ** (big._exp - exp))
            else:
                a *= 10 ** (self._exp - exp)
                b *= 10 ** (other._exp - exp)
        elif not a:
            if other._exp > exp:
                exp = max(exp, other._exp - context.prec - 1)
                b *= 10 ** (other._exp - exp)
        elif not b:
            if self._exp > exp:
                exp = max(exp, self._exp - context.prec - 1)
                a *= 10 ** (self._exp - exp)
        total = (-a if self._sign else a) + (-b if other._sign else b)
        if not total:
            return _new(1 if context.rounding == ROUND_FLOOR else 0, 0, exp)._fix(context)
        return _new(1 if total < 0 else 0, abs(total), exp)._fix(context)

    __radd__ = __add__

    def __sub__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        if self.is_nan() or other.is_nan():
            return _nan(self, other, context or getcontext())
        return self.__add__(other.copy_negate(), context)

    def __rsub__(self, other, context=None):
        other = _convert(other)
        return other if other is NotImplemented else other.__sub__(self, context)

    def __mul__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if not isinstance(self._exp, int) or not isinstance(other._exp, int):
            nan = _nan(self, other, context)
            if nan is not None:
                return nan
            if not self or not other:
                return context._signal(InvalidOperation, "(+-)INF * 0")
            return _new(sign, 0, "F")
        return _new(sign, self._n * other._n, self._exp + other._exp)._fix(context)

    __rmul__ = __mul__

    def __truediv__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        sign = self._sign ^ other._sign
        if not isinstance(self._exp, int) or not isinstance(other._exp, int):
            nan = _nan(self, other, context)
            if nan is not None:
                return nan
            if self._exp == "F":
                if other._exp == "F":
                    return context._signal(InvalidOperation, "(+-)INF/(+-)INF")
                return _new(sign, 0, "F")
            context._signal(Clamped, "Division by infinity")
            return _new(sign, 0, context.Emin - context.prec + 1)
        if not other._n:
            if not self._n:
                return context._signal(DivisionUndefined, "0 / 0")
            return context._signal(DivisionByZero, "x / 0", sign)
        exp = self._exp - other._exp
        if not self._n:
            return _new(sign, 0, exp)._fix(context)
        shift = _digits(other._n) - _digits(self._n) + context.prec + 1
        ideal = exp
        exp -= shift
        a, b = self._n, other._n
        if shift >= 0:
            q, r = divmod(a * 10 ** shift, b)
        else:
            q, r = divmod(a, b * 10 ** -shift)
        if r:
            if q % 5 == 0:
                q += 1  # so that rounding sees that there is more
        else:
            while exp < ideal and q % 10 == 0:
                q //= 10
                exp += 1
        return _new(sign, q, exp)._fix(context)

    def __rtruediv__(self, other, context=None):
        other = _convert(other)
        return other if other is NotImplemented else other.__truediv__(self, context)

    def _divide(self, other, context):
        # (quotient, remainder) of finite numbers, the divisor not zero.
        sign = self._sign ^ other._sign
        ideal = min(self._exp, other._exp)
        difference = self.adjusted() - other.adjusted()
        if not self._n or difference <= -2:
            return _new(sign, 0, 0), self._rescale(ideal, context.rounding)[0]
        if difference <= context.prec:
            a = self._n * 10 ** (self._exp - ideal)
            b = other._n * 10 ** (other._exp - ideal)
            q, r = divmod(a, b)
            if q < 10 ** context.prec:
                return _new(sign, q, 0), _new(self._sign, r, ideal)
        bad = context._signal(DivisionImpossible, "quotient too large in //, % or divmod")
        return bad, bad

    def _divmod(self, other, context):
        nan = _nan(self, other, context)
        if nan is not None:
            return nan, nan
        sign = self._sign ^ other._sign
        if self._exp == "F":
            if other._exp == "F":
                bad = context._signal(InvalidOperation, "divmod(INF, INF)")
                return bad, bad
            return _new(sign, 0, "F"), context._signal(InvalidOperation, "INF % x")
        if other._exp == "F":
            return _new(sign, 0, 0), self._fix(context)
        if not other._n:
            if not self._n:
                bad = context._signal(DivisionUndefined, "divmod(0, 0)")
                return bad, bad
            return context._signal(DivisionByZero, "x // 0", sign), context._signal(InvalidOperation, "x % 0")
        return self._divide(other, context)

    def __floordiv__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if self._exp == "F" and isinstance(other._exp, int):
            return _new(self._sign ^ other._sign, 0, "F")
        if isinstance(self._exp, int) and self._n and other.is_zero():
            return context._signal(DivisionByZero, "x // 0", self._sign ^ other._sign)
        return self._divmod(other, context)[0]

    def __rfloordiv__(self, other, context=None):
        other = _convert(other)
        return other if other is NotImplemented else other.__floordiv__(self, context)

    def __mod__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if isinstance(self._exp, int) and self._n and other.is_zero():
            return context._signal(InvalidOperation, "x % 0")
        if self._exp == "F" and not other.is_nan():
            return context._signal(InvalidOperation, "INF % x")
        return self._divmod(other, context)[1]._fix(context)

    def __rmod__(self, other, context=None):
        other = _convert(other)
        return other if other is NotImplemented else other.__mod__(self, context)

    def __divmod__(self, other, context=None):
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        q, r = self._divmod(other, context)
        return q, r._fix(context)

    def __rdivmod__(self, other, context=None):
        other = _convert(other)
        return other if other is NotImplemented else other.__divmod__(self, context)

    def remainder_near(self, other, context=None):
        other = _need(other)
        context = context or getcontext()
        nan = _nan(self, other, context)
        if nan is not None:
            return nan
        if self._exp == "F":
            return context._signal(InvalidOperation, "remainder_near(infinity, x)")
        if not other:
            return context._signal(InvalidOperation if self else DivisionUndefined, "remainder_near(x, 0)")
        if other._exp == "F":
            return self._fix(context)
        ideal = min(self._exp, other._exp)
        if not self:
            return _new(self._sign, 0, ideal)._fix(context)
        if self.adjusted() - other.adjusted() > context.prec + 1:
            return context._signal(DivisionImpossible)
        if self.adjusted() - other.adjusted() <= -2:
            return self._rescale(ideal, context.rounding)[0]._fix(context)
        a, b = self._n * 10 ** (self._exp - ideal), other._n * 10 ** (other._exp - ideal)
        q, r = divmod(a, b)
        if 2 * r + q % 2 > b:
            r -= b
            q += 1
        if q >= 10 ** context.prec:
            return context._signal(DivisionImpossible)
        sign = self._sign
        if r < 0:
            sign, r = 1 - sign, -r
        return _new(sign, r, ideal)._fix(context)

    def fma(self, other, third, context=None):
        other, third = _need(other), _need(third)
        context = context or getcontext()
        if not (isinstance(self._exp, int) and isinstance(other._exp, int)):
            product = self.__mul__(other, context)
        else:
            product = _new(self._sign ^ other._sign, self._n * other._n, self._exp + other._exp)
        return product.__add__(third, context)

    def __pow__(self, other, modulo=None, context=None):
        if modulo is not None:
            return self._power_modulo(other, modulo, context)
        other = _convert(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        nan = _nan(self, other, context)
        if nan is not None:
            return nan
        if not other:
            if not self:
                return context._signal(InvalidOperation, "0 ** 0")
            return Decimal(1)
        whole = isinstance(other._exp, int) and (other._exp >= 0 or other._n % 10 ** min(-other._exp, 4000) == 0)
        sign = 0
        base = self
        if self._sign:
            if other._exp == "F" or not whole:
                if self:
                    return context._signal(InvalidOperation, "x ** y with x negative and y not an integer")
            elif int(other.copy_abs()) % 2:
                sign = 1
            base = self.copy_negate()
        if not base:
            return _new(sign, 0, 0) if not other._sign else _new(sign, 0, "F")
        if base._exp == "F":
            return _new(sign, 0, "F") if not other._sign else _new(sign, 0, 0)
        if other._exp == "F":
            c = base._order(Decimal(1))
            if not c:
                return _inexact_one(sign, context)
            return _new(0, 0, "F") if (c > 0) == (not other._sign) else _new(0, 0, 0)
        if base._order(Decimal(1)) == 0:
            if not whole:
                return _inexact_one(sign, context)
            exp = base._exp * min(int(other.copy_abs()), context.prec)
            if exp < 1 - context.prec or other._sign:
                exp = 1 - context.prec if base._exp else 0
                if exp:
                    context._signal(Rounded)
            return _new(sign, 10 ** -exp if exp < 0 else 1, min(exp, 0))
        # Exact where it can be.
        if whole:
            n = int(other)
            size = _digits(base._n)
            if 0 < n and (base._n == 1 or n * (size - 1) <= context.prec + 2):
                return _new(sign, base._n ** n, base._exp * n)._fix(context)
            if abs(n) <= 100000:
                # A power by squaring, with digits to spare.
                work = Context(prec=context.prec + 8 + len(str(abs(n))), rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN,
                               Emax=MAX_EMAX, traps=[])
                result = Decimal(1)
                square, k = base, abs(n)
                while k:
                    if k & 1:
                        result = result.__mul__(square, work)
                    k >>= 1
                    if k:
                        square = square.__mul__(square, work)
                inexact = work.flags[Inexact]
                if n < 0:
                    work.flags[Inexact] = False
                    result = Decimal(1).__truediv__(result, work)
                    inexact = inexact or work.flags[Inexact]
                return _new(sign, result._n, result._exp)._rounded(context, inexact)
        work = _working(context, 10 + max(0, other.adjusted()) + max(0, len(str(abs(base.adjusted())))))
        result = _exp(other.__mul__(_ln(base, work), work), work, context)
        exact = _exact_power(base, other, result, context)
        if exact is not None:
            return _new(sign, exact._n, exact._exp)._fix(context)
        return _new(sign, result._n, result._exp)._rounded(context, True)

    def __rpow__(self, other, modulo=None, context=None):
        other = _convert(other)
        return other if other is NotImplemented else other.__pow__(self, None, context)

    def _rounded(self, context, inexact):
        # A result with more digits than wanted. When it was not exact, its digits fill the precision.
        if not isinstance(self._exp, int):
            return self
        if inexact:
            n, exp = self._n, self._exp
            short = context.prec + 3 - _digits(n)
            if short > 0:
                n, exp = n * 10 ** short, exp - short
            if n % 5 == 0:
                n += 1
            return _new(self._sign, n, exp)._fix(context)
        return self._fix(context)

    def _power_modulo(self, other, modulo, context):
        other, modulo = _need(other), _need(modulo)
        context = context or getcontext()
        for d in (self, other, modulo):
            if d.is_nan():
                return _nan(d, None, context)
            if not isinstance(d._exp, int) or d != d.to_integral_value():
                return context._signal(InvalidOperation, "pow() 3rd argument not allowed unless all arguments are "
                                       "integers")
        if other._sign:
            return context._signal(InvalidOperation, "pow() 2nd argument cannot be negative when 3rd argument specified")
        if not modulo:
            return context._signal(InvalidOperation, "pow() 3rd argument cannot be 0")
        if not self and not other:
            return context._signal(InvalidOperation, "at least one of pow() 1st argument and 2nd argument must be "
                                   "nonzero; 0**0 is not defined")
        sign = self._sign if int(other) % 2 else 0
        return _new(sign, pow(abs(int(self)), int(other), abs(int(modulo))), 0)

    def sqrt(self, context=None):
        context = context or getcontext()
        nan = _nan(self, None, context)
        if nan is not None:
            return nan
        if not self:
            if self._exp != "F":
                return _new(self._sign, 0, self._exp // 2)._fix(context)
        if self._exp == "F" and not self._sign:
            return self
        if self._sign:
            return context._signal(InvalidOperation, "sqrt(-x), x > 0")
        prec = context.prec + 1
        n, e = self._n, self._exp
        if e & 1:
            n *= 10
            e -= 1
        e >>= 1
        size = (_digits(n) + 1) >> 1
        shift = prec - size
        exact = True
        if shift >= 0:
            n *= 100 ** shift
        else:
            n, rest = divmod(n, 100 ** -shift)
            exact = not rest
        e -= shift
        root = _math.isqrt(n)
        exact = exact and root * root == n
        if exact:
            if shift >= 0:
                root //= 10 ** shift
            else:
                root *= 10 ** -shift
            e += shift
        elif root % 5 == 0:
            root += 1
        work = context.copy()
        work.rounding = ROUND_HALF_EVEN
        work.flags, work.traps = context.flags, context.traps
        return _new(0, root, e)._fix(work)

    def exp(self, context=None):
        context = context or getcontext()
        nan = _nan(self, None, context)
        if nan is not None:
            return nan
        if self._exp == "F":
            return _new(0, 0, 0) if self._sign else self
        if not self:
            return Decimal(1)
        return _exp(self, _working(context, 8 + max(0, self.adjusted())), context)._rounded(_half_even(context), True)

    def ln(self, context=None):
        context = context or getcontext()
        nan = _nan(self, None, context)
        if nan is not None:
            return nan
        if not self:
            return _new(1, 0, "F")
        if self._sign:
            return context._signal(InvalidOperation, "ln of a negative value")
        if self._exp == "F":
            return self
        if self._order(Decimal(1)) == 0:
            return Decimal(0)
        return _ln(self, _working(context, 10))._rounded(_half_even(context), True)

    def log10(self, context=None):
        context = context or getcontext()
        nan = _nan(self, None, context)
        if nan is not None:
            return nan
        if not self:
            return _new(1, 0, "F")
        if self._sign:
            return context._signal(InvalidOperation, "log10 of a negative value")
        if self._exp == "F":
            return self
        if str(self._n).rstrip("0") == "1":
            return Decimal(self.adjusted())._fix(context)
        work = _working(context, 12)
        return _ln(self, work).__truediv__(_ln(Decimal(10), work), work)._rounded(_half_even(context), True)

    def logb(self, context=None):
        context = context or getcontext()
        nan = _nan(self, None, context)
        if nan is not None:
            return nan
        if self._exp == "F":
            return _new(0, 0, "F")
        if not self:
            return context._signal(DivisionByZero, "logb(0)", 1)
        return Decimal(self.adjusted())._fix(context)

    def scaleb(self, other, context=None):
        other = _need(other)
        context = context or getcontext()
        nan = _nan(self, other, context)
        if nan is not None:
            return nan
        if other._exp != 0 or abs(int(other)) > 2 * (context.Emax + context.prec):
            return context._signal(InvalidOperation)
        if self._exp == "F":
            return self
        return _new(self._sign, self._n, self._exp + int(other))._fix(context)

    def shift(self, other, context=None):
        other = _need(other)
        context = context or getcontext()
        nan = _nan(self, other, context)
        if nan is not None:
            return nan
        if other._exp != 0 or abs(int(other)) > context.prec:
            return context._signal(InvalidOperation)
        if self._exp == "F":
            return self
        k = int(other)
        n = self._n % 10 ** context.prec
        n = n * 10 ** k % 10 ** context.prec if k >= 0 else n // 10 ** -k
        return _new(self._sign, n, self._exp)

    def rotate(self, other, context=None):
        other = _need(other)
        context = context or getcontext()
        nan = _nan(self, other, context)
        if nan is not None:
            return nan
        if other._exp != 0 or abs(int(other)) > context.prec:
            return context._signal(InvalidOperation)
        if self._exp == "F":
            return self
        text = str(self._n).rjust(context.prec, "0")[-context.prec:]
        k = int(other)
        return _new(self._sign, int(text[k:] + text[:k]), self._exp)

    def _bits(self, context):
        # The digits of a logical operand, or None.
        if self._sign or self._exp != 0 or str(self._n).strip("01"):
            return None
        return str(self._n).rjust(context.prec, "0")[-context.prec:]

    def _logical(self, other, context, function):
        context = context or getcontext()
        a, b = self._bits(context), _need(other)._bits(context)
        if a is None or b is None:
            return context._signal(InvalidOperation)
        return _new(0, int("".join(["1" if function(x == "1", y == "1") else "0" for x, y in zip(a, b)])), 0)

    def logical_and(self, other, context=None):
        return self._logical(other, context, lambda a, b: a and b)

    def logical_or(self, other, context=None):
        return self._logical(other, context, lambda a, b: a or b)

    def logical_xor(self, other, context=None):
        return self._logical(other, context, lambda a, b: a != b)

    def logical_invert(self, context=None):
        context = context or getcontext()
        return self._logical(_new(0, int("1" * context.prec), 0), context, lambda a, b: a != b)

    def next_plus(self, context=None):
        return self._next(context, 0)

    def next_minus(self, context=None):
        return self._next(context, 1)

    def _next(self, context, down):
        context = context or getcontext()
        nan = _nan(self, None, context)
        if nan is not None:
            return nan
        if self._exp == "F":
            if self._sign == down:
                return self
            return _new(self._sign, 10 ** context.prec - 1, context.Emax - context.prec + 1)
        work = context.copy()
        work.rounding = ROUND_FLOOR if down else ROUND_CEILING
        work.traps = dict.fromkeys(_SIGNALS, False)
        new = self._fix(work)
        if new != self:
            return new
        return self.__add__(_new(down, 1, context.Emin - context.prec), work)

    def next_toward(self, other, context=None):
        other = _need(other)
        context = context or getcontext()
        nan = _nan(self, other, context)
        if nan is not None:
            return nan
        c = self._order(other)
        return self.copy_sign(other) if c == 0 else self._next(context, 0 if c < 0 else 1)

    def number_class(self, context=None):
        if self.is_snan():
            return "sNaN"
        if self.is_nan():
            return "NaN"
        kind = "Infinity" if self._exp == "F" else "Zero" if not self._n else \
            "Subnormal" if self.is_subnormal(context) else "Normal"
        return ("-" if self._sign else "+") + kind

    def __copy__(self):
        return self if type(self) is Decimal else type(self)(self)

    def __deepcopy__(self, memo):
        return self.__copy__()

    def __reduce__(self):
        return type(self), (str(self),)


_numbers.Number.register(Decimal)


def _convert(other):
    if isinstance(other, Decimal):
        return other
    if isinstance(other, int):
        return _new(1 if other < 0 else 0, abs(int(other)), 0)
    return NotImplemented


def _need(other):
    if isinstance(other, Decimal):
        return other
    if isinstance(other, int):
        return Decimal(other)
    raise TypeError("Unable to convert %s to Decimal" % (other,))


def _convert_compare(self, other, op):
    if isinstance(other, (Decimal, int)):
        return _convert(other)
    if isinstance(other, float):
        context = getcontext()
        if op == "==":
            context.flags[FloatOperation] = True
        else:
            context._signal(FloatOperation, "strict semantics for mixing floats and Decimals are enabled")
        return Decimal.from_float(other)
    if isinstance(other, complex) and op == "==" and other.imag == 0:
        return Decimal.from_float(other.real)
    if isinstance(other, _numbers.Rational):
        n, d = other.numerator, other.denominator
        # Compared as self * d with n, by a value of the same order: exact where the fraction is a decimal one.
        context = Context(prec=max(28, _digits(abs(n) or 1) + _digits(d) * 4), traps=[])
        return Decimal(n).__truediv__(Decimal(d), context)
    return NotImplemented


def _nan(self, other, context):
    # The NaN that an operation on these gives, or None.
    if not self.is_nan() and (other is None or not other.is_nan()):
        return None
    context = context or getcontext()
    for d in (self, other):
        if d is not None and d.is_snan():
            context._signal(InvalidOperation, "sNaN")
            return _new(d._sign, d._n, "n")._fix(context)
    return (self if self.is_nan() else other)._fix(context)


def _inexact_one(sign, context):
    context._signal(Inexact)
    context._signal(Rounded)
    return _new(sign, 10 ** (context.prec - 1), 1 - context.prec)


def _working(context, extra):
    return Context(prec=context.prec + extra, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])


def _half_even(context):
    work = context.copy()
    work.rounding = ROUND_HALF_EVEN
    work.flags, work.traps = context.flags, context.traps
    return work


_ln_cache = {}


def _fixed_ln(n, d, p):
    # ln(n/d) * 10**p for n/d near 1, as 2 atanh((n-d)/(n+d)).
    one = 10 ** p
    x = (n - d) * one // (n + d)
    square = x * x // one
    total, k = 0, 1
    while x:
        total += x // k
        x = x * square // one
        if x == -1:
            break
        k += 2
    return 2 * total


def _ln10(p):
    found = _ln_cache.get(p)
    if found is None:
        if len(_ln_cache) > 8:
            _ln_cache.clear()
        # 10 = 2**3 * 5/4
        q = p + 10
        found = _ln_cache[p] = (3 * _fixed_ln(2, 1, q) + _fixed_ln(5, 4, q)) // 10 ** 10
    return found


def _ln(x, context):
    # To the precision of the context, and some digits less than exact in the last ones.
    p = context.prec + 5
    if x.adjusted() in (-1, 0):
        # Near one, digits cancel.
        distance = x.__sub__(Decimal(1), Context(prec=_digits(x._n) + 3, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[]))
        p += max(0, -distance.adjusted())
    k = x.adjusted()
    e = x._exp - k  # x = n * 10**e * 10**k, 1 <= n * 10**e < 10
    n, d = (x._n, 10 ** -e) if e < 0 else (x._n * 10 ** e, 1)
    if n > 3 * d:
        d *= 10
        k += 1
    # Now between 0.3 and 3: square roots bring it to one.
    one = 10 ** p
    v = n * one // d
    halvings = 0
    if abs(v - one) > one // 10:
        while abs(v - one) > one // 1000:
            v = _math.isqrt(v * one)
            halvings += 1
            if halvings == 1:
                extra = 6
                v *= 10 ** extra
                p += extra
                one *= 10 ** extra
                v = _math.isqrt(n * one // d * one)
    total = _fixed_ln(v, one, p) << halvings
    total += k * _ln10(p)
    return _new(1 if total < 0 else 0, abs(total), -p)._fix(context)


def _exp(x, context, final):
    # e**x = 10**k * e**r
    if x.adjusted() > 20:
        return _new(0, 1, (MAX_EMAX if not x._sign else MIN_EMIN) // 2)
    p = context.prec + 5 + max(0, x.adjusted())
    one = 10 ** p
    v = x._n * 10 ** (x._exp + p) if x._exp + p >= 0 else x._n // 10 ** -(x._exp + p)
    if x._sign:
        v = -v
    ln10 = _ln10(p)
    k, r = divmod(v, ln10)
    halvings = 8
    r = (r * 10 ** 6) >> halvings
    one *= 10 ** 6
    total = term = one
    i = 1
    while term:
        term = term * r // (one * i)
        total += term
        i += 1
    for _ in range(halvings):
        total = total * total // one
    return _new(0, total, k - p - 6)._fix(context)


def _exact_power(base, other, result, context):
    # base ** other when that is a number of few digits; other is not an integer, or is a big or negative one.
    short = result._fix(Context(prec=context.prec + 1, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])).normalize(
        Context(prec=context.prec + 1, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[]))
    if not short._n or _digits(short._n) > context.prec // 2 + 1:
        return None
    n, d = other.as_integer_ratio()
    if d > 1000 or abs(n) > 1000:
        return None
    a, b = base.as_integer_ratio(), short.as_integer_ratio()
    if n < 0:
        a, n = (a[1], a[0]), -n
    if a[0] ** n == b[0] ** d and a[1] ** n == b[1] ** d:
        return short
    return None


class Context:
    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None,
                 traps=None):
        base = _BASE
        self.prec = base[0] if prec is None else prec
        self.rounding = base[1] if rounding is None else rounding
        self.Emin = base[2] if Emin is None else Emin
        self.Emax = base[3] if Emax is None else Emax
        self.capitals = 1 if capitals is None else capitals
        self.clamp = 0 if clamp is None else clamp
        if traps is None:
            traps = _BASE_TRAPS if DefaultContext is None else [s for s, on in DefaultContext.traps.items() if on]
        self.traps = traps if isinstance(traps, dict) else {s: s in traps for s in _SIGNALS}
        self.flags = flags if isinstance(flags, dict) else {s: s in (flags or ()) for s in _SIGNALS}

    def __setattr__(self, name, value):
        if name == "prec":
            if not isinstance(value, int):
                raise TypeError("an integer is required (got type %s)" % type(value).__name__)
            if not 1 <= value <= MAX_PREC:
                raise ValueError("valid range for prec is [1, MAX_PREC]")
        elif name == "rounding" and value not in _ROUNDINGS:
            raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   "
                            "ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
        elif name == "Emin" and not MIN_EMIN <= value <= 0:
            raise ValueError("valid range for Emin is [MIN_EMIN, 0]")
        elif name == "Emax" and not 0 <= value <= MAX_EMAX:
            raise ValueError("valid range for Emax is [0, MAX_EMAX]")
        elif name in ("capitals", "clamp") and value not in (0, 1):
            raise ValueError("valid values for %s are 0 or 1" % name)
        elif name in ("flags", "traps"):
            if not isinstance(value, dict):
                raise TypeError("%s must be a dict" % name)
        elif name not in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp"):
            raise AttributeError("'decimal.Context' object has no attribute '%s'" % name)
        object.__setattr__(self, name, value)

    def _signal(self, kind, message="", sign=0):
        # Sets the flag; raises when trapped; else gives the operation's result.
        flag = kind
        if kind not in _SIGNALS:
            flag = InvalidOperation
        for one in _SIGNALS:
            if issubclass(flag, one):
                self.flags[one] = True
        if self.traps.get(flag):
            if kind is DivisionUndefined:
                raise InvalidOperation([DivisionUndefined])
            if kind is DivisionByZero or kind is InvalidOperation or kind in (ConversionSyntax, DivisionImpossible):
                raise flag([kind])
            if kind is FloatOperation:
                raise FloatOperation(message)
            raise flag([kind])
        if issubclass(flag, InvalidOperation):
            return _new(0, 0, "n")
        if kind is DivisionByZero:
            return _new(sign, 0, "F")

    def _overflow(self, sign):
        for kind in (Overflow, Inexact, Rounded):
            self._signal(kind)
        if self.rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN, ROUND_UP) or \
                self.rounding == (ROUND_FLOOR if sign else ROUND_CEILING):
            return _new(sign, 0, "F")
        return _new(sign, 10 ** self.prec - 1, self.Emax - self.prec + 1)

    def __repr__(self):
        names = lambda table: "[%s]" % ", ".join([s.__name__ for s in _SIGNALS if table[s]])
        return ("Context(prec=%d, rounding=%s, Emin=%d, Emax=%d, capitals=%d, clamp=%d, flags=%s, traps=%s)"
                % (self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, names(self.flags),
                   names(self.traps)))

    def copy(self):
        return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, self.flags.copy(),
                       self.traps.copy())

    __copy__ = copy

    def clear_flags(self):
        for s in _SIGNALS:
            self.flags[s] = False

    def clear_traps(self):
        for s in _SIGNALS:
            self.traps[s] = False

    def Etiny(self):
        return self.Emin - self.prec + 1

    def Etop(self):
        return self.Emax - self.prec + 1

    def radix(self):
        return Decimal(10)

    def create_decimal(self, num="0"):
        d = Decimal(num, self)
        if d.is_nan() and d._n and _digits(d._n) > self.prec - self.clamp:
            return self._signal(ConversionSyntax)
        return d._fix(self)

    def create_decimal_from_float(self, f):
        return Decimal.from_float(f)._fix(self)

    def plus(self, a):
        return _need(a).__pos__(self)

    def minus(self, a):
        return _need(a).__neg__(self)

    def abs(self, a):
        return _need(a).__abs__(self)

    def add(self, a, b):
        return _need(a).__add__(_need(b), self)

    def subtract(self, a, b):
        return _need(a).__sub__(_need(b), self)

    def multiply(self, a, b):
        return _need(a).__mul__(_need(b), self)

    def divide(self, a, b):
        return _need(a).__truediv__(_need(b), self)

    def divide_int(self, a, b):
        return _need(a).__floordiv__(_need(b), self)

    def remainder(self, a, b):
        return _need(a).__mod__(_need(b), self)

    def divmod(self, a, b):
        return _need(a).__divmod__(_need(b), self)

    def power(self, a, b, modulo=None):
        return _need(a).__pow__(_need(b), modulo, self)

    def to_sci_string(self, a):
        return _need(a)._text(False, self)

    def to_eng_string(self, a):
        return _need(a)._text(True, self)

    def fma(self, a, b, c):
        return _need(a).fma(b, c, self)


def _context_method(name):
    def method(self, a, *args):
        a = _need(a)
        return getattr(a, name)(*args, context=self)
    setattr(Context, name, method)


for _name in ("compare compare_signal compare_total compare_total_mag exp ln log10 logb max max_mag min min_mag "
              "logical_and logical_invert logical_or logical_xor next_minus next_plus next_toward normalize quantize "
              "remainder_near rotate same_quantum scaleb shift sqrt "
              "to_integral_exact to_integral_value number_class is_normal is_subnormal copy_sign").split():
    _context_method(_name)
for _name in ("is_nan is_qnan is_snan is_infinite is_finite is_signed is_zero is_canonical canonical copy_abs "
              "copy_negate").split():
    setattr(Context, _name, (lambda name: lambda self, a: getattr(_need(a), name)())(_name))
Context.copy_decimal = lambda self, a: Decimal(a)

_BASE = (28, ROUND_HALF_EVEN, -999999, 999999)
_BASE_TRAPS = [DivisionByZero, Overflow, InvalidOperation]
DefaultContext = None
DefaultContext = Context()
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP,
                       traps=[DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow])
ExtendedContext = Context(prec=9, rounding=ROUND_HALF_EVEN, traps=[])
_current = _ContextVar("decimal_context")


def getcontext():
    context = _current.get(None)
    if context is None:
        context = Context(DefaultContext.prec, DefaultContext.rounding, DefaultContext.Emin, DefaultContext.Emax,
                          DefaultContext.capitals, DefaultContext.clamp, None, DefaultContext.traps.copy())
        _current.set(context)
    return context


def setcontext(context):
    if context in (DefaultContext, BasicContext, ExtendedContext):
        context = context.copy()
        context.clear_flags()
    _current.set(context)


class _LocalContext:
    def __init__(self, context):
        self._new = context

    def __enter__(self):
        self._old = getcontext()
        setcontext(self._new)
        return self._new

    def __exit__(self, *details):
        setcontext(self._old)


def localcontext(ctx=None, **options):
    ctx = (getcontext() if ctx is None else ctx).copy()
    for name, value in options.items():
        if name not in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"):
            raise TypeError("'%s' is an invalid keyword argument for this function" % name)
        if name in ("flags", "traps") and not isinstance(value, dict):
            value = {s: s in value for s in _SIGNALS}
        setattr(ctx, name, value)
    return _LocalContext(ctx)


def _format_spec(spec):
    # (fill, align, sign, alternative, zero, width, separator, precision, type)
    i = 0
    fill, align = " ", None
    if len(spec) > 1 and spec[1] in "<>=^":
        fill, align, i = spec[0], spec[1], 2
    elif spec[:1] in ("<", ">", "=", "^"):
        align, i = spec[0], 1
    sign = "-"
    if spec[i:i + 1] in ("+", "-", " "):
        sign = spec[i]
        i += 1
    no_minus_zero = spec[i:i + 1] == "z"
    i += no_minus_zero
    if spec[i:i + 1] == "#":
        i += 1
    zero = spec[i:i + 1] == "0"
    i += zero
    start = i
    while spec[i:i + 1].isdigit():
        i += 1
    width = int(spec[start:i] or "0")
    separator = ""
    if spec[i:i + 1] in (",", "_"):
        separator = spec[i]
        i += 1
    precision = None
    if spec[i:i + 1] == ".":
        start = i = i + 1
        while spec[i:i + 1].isdigit():
            i += 1
        if start == i:
            raise ValueError("invalid format string")
        precision = int(spec[start:i])
    kind = spec[i:]
    if len(kind) > 1 or kind and kind not in "eEfFgGn%" or separator == "_":
        raise ValueError("invalid format string")
    if zero and align is None:
        fill, align = "0", "="
    return fill, align or ">", sign, no_minus_zero, width, separator, precision, kind


def _format(d, spec, context):
    fill, align, sign, no_minus_zero, width, separator, precision, kind = _format_spec(spec)
    percent = kind == "%"
    if not isinstance(d._exp, int):
        body = str(d.copy_abs()) + ("%" if percent else "")
        negative = d._sign
        if fill == "0" and align == "=":
            fill = " "
    else:
        kind = kind or ("G" if context.capitals else "g")
        if kind == "n":
            kind = "g"
        if percent:
            d = _new(d._sign, d._n, d._exp + 2)
        rounding = context.rounding
        if precision is not None:
            if kind in "eE":
                if d._n:
                    size = _digits(d._n)
                    if size > precision + 1:
                        n, _ = _cut(d._n, size - precision - 1, d._sign, rounding)
                        exp = d._exp + size - precision - 1
                        if _digits(n) > precision + 1:
                            n, exp = n // 10, exp + 1
                        d = _new(d._sign, n, exp)
                    else:
                        d = _new(d._sign, d._n * 10 ** (precision + 1 - size), d._exp - (precision + 1 - size))
                else:
                    d = _new(d._sign, 0, d._exp)
            elif kind in "fF%":
                d = d._rescale(-precision, rounding)[0]
            else:
                p = precision or 1
                size = _digits(d._n) if d._n else 1
                if size > p:
                    n, _ = _cut(d._n, size - p, d._sign, rounding)
                    exp = d._exp + size - p
                    if _digits(n) > p:
                        n, exp = n // 10, exp + 1
                    d = _new(d._sign, n, exp)
        if not d._n and d._exp > 0 and kind in "fF%":
            d = _new(d._sign, 0, 0)
        digits = str(d._n)
        left = d._exp + len(digits)
        if kind in "eE":
            point = 1 - precision if not d._n and precision is not None else 1
        elif kind in "fF%":
            point = left
        elif d._exp <= 0 and left > -6:
            point = left
        else:
            point = 1
        if point < 0:
            whole, part = "0", "0" * -point + digits
        elif point > len(digits):
            whole, part = digits + "0" * (point - len(digits)), ""
        else:
            whole, part = digits[:point] or "0", digits[point:]
        exponent = left - point
        if kind in "eE" and not d._n and precision is not None:
            whole, part, exponent = "0", "0" * precision, d._exp
            if precision:
                exponent = left - 1
        negative = d._sign and not (no_minus_zero and not d._n)
        tail = ""
        if exponent or kind in "eE":
            tail = "%s%+d" % ("E" if kind in "EG" else "e", exponent)
        if percent:
            tail += "%"
        if separator:
            if fill == "0" and align == "=":
                room = width - len(tail) - (len(part) + 1 if part else 0) - (1 if negative or sign in "+ " else 0)
                while len(whole) + (len(whole) - 1) // 3 < room:
                    whole = "0" + whole
            groups = []
            while len(whole) > 3:
                groups.insert(0, whole[-3:])
                whole = whole[:-3]
            whole = separator.join([whole] + groups)
        body = whole + ("." + part if part else "") + tail
    lead = "-" if negative else sign if sign in "+ " else ""
    pad = width - len(lead) - len(body)
    if pad <= 0:
        return lead + body
    if align == "<":
        return lead + body + fill * pad
    if align == ">":
        return fill * pad + lead + body
    if align == "=":
        return lead + fill * pad + body
    return fill * (pad // 2) + lead + body + fill * (pad - pad // 2)
