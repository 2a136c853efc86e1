# Functions of complex numbers, by the formulas that keep digits near the branch points (W. Kahan, 1987).

import math
from math import pi, e, tau, inf, nan

infj = complex(0.0, inf)
nanj = complex(0.0, nan)
_LN10 = 2.302585092994046
_LN2 = 0.6931471805599453


def _complex(z):
    if type(z) is complex:
        return z
    if isinstance(z, (str, bytes)):
        raise TypeError("must be real number, not %s" % type(z).__name__)
    return complex(z)


def _quarter(z):
    return complex(-z.imag, z.real)  # z * 1j, signs of zeros kept


def _back(z):
    return complex(z.imag, -z.real)


def sqrt(z):
    z = _complex(z)
    a, b = abs(z.real), abs(z.imag)
    if a == 0 and b == 0:
        return complex(0.0, z.imag)
    if b == inf:
        return complex(inf, z.imag)
    if a < 2.2250738585072014e-308 and b < 2.2250738585072014e-308:
        a = math.ldexp(a, 54)
        s = math.ldexp(math.sqrt(a + math.hypot(a, math.ldexp(b, 54))), -27)
    else:
        a /= 8.0
        s = 2.0 * math.sqrt(a + math.hypot(a, b / 8.0))
    d = b / (2.0 * s)
    if z.real >= 0:
        return complex(s, math.copysign(d, z.imag))
    return complex(d, math.copysign(s, z.imag))


def exp(z):
    z = _complex(z)
    if z.real > 708:
        scale = math.exp(z.real - 1)
        real, imag = scale * math.cos(z.imag) * e, scale * math.sin(z.imag) * e
        if math.isinf(real) or math.isinf(imag):
            raise OverflowError("math range error")
        return complex(real, imag)
    scale = math.exp(z.real)
    return complex(scale * math.cos(z.imag), scale * math.sin(z.imag))


def _log(z):
    a, b = abs(z.real), abs(z.imag)
    if a == 0 and b == 0:
        raise ValueError("math domain error")
    if a > 4.49e307 or b > 4.49e307:
        real = math.log(math.hypot(a / 2.0, b / 2.0)) + _LN2
    elif a < 2.3e-308 and b < 2.3e-308:
        real = math.log(math.hypot(math.ldexp(a, 53), math.ldexp(b, 53))) - 53 * _LN2
    else:
        size = math.hypot(a, b)
        if 0.71 <= size <= 1.73:
            big, small = max(a, b), min(a, b)
            real = math.log1p((big - 1) * (big + 1) + small * small) / 2.0
        else:
            real = math.log(size)
    return complex(real, math.atan2(z.imag, z.real))


def log(z, base=None):
    value = _log(_complex(z))
    return value if base is None else value / _log(_complex(base))


def log10(z):
    value = _log(_complex(z))
    return complex(value.real / _LN10, value.imag / _LN10)


def phase(z):
    z = _complex(z)
    return math.atan2(z.imag, z.real)


def polar(z):
    z = _complex(z)
    return math.hypot(z.real, z.imag), math.atan2(z.imag, z.real)


def rect(r, phi):
    r, phi = float(r), float(phi)
    if phi == 0:
        return complex(r, r * phi)
    return complex(r * math.cos(phi), r * math.sin(phi))


def cosh(z):
    z = _complex(z)
    return complex(math.cos(z.imag) * math.cosh(z.real), math.sin(z.imag) * math.sinh(z.real))


def sinh(z):
    z = _complex(z)
    return complex(math.cos(z.imag) * math.sinh(z.real), math.sin(z.imag) * math.cosh(z.real))


def tanh(z):
    z = _complex(z)
    if abs(z.real) > 354:
        return complex(math.copysign(1.0, z.real), 4.0 * math.sin(z.imag) * math.cos(z.imag) * math.exp(-2.0 * abs(z.real)))
    tx, ty, cx = math.tanh(z.real), math.tan(z.imag), 1.0 / math.cosh(z.real)
    txty = tx * ty
    denom = 1.0 + txty * txty
    return complex(tx * (1.0 + ty * ty) / denom, ty / denom * cx * cx)


def cos(z):
    return cosh(_quarter(_complex(z)))


def sin(z):
    return _back(sinh(_quarter(_complex(z))))


def tan(z):
    return _back(tanh(_quarter(_complex(z))))


def acos(z):
    z = _complex(z)
    s, t = sqrt(complex(1.0 - z.real, -z.imag)), sqrt(complex(1.0 + z.real, z.imag))
    return complex(2.0 * math.atan2(s.real, t.real), math.asinh(t.real * s.imag - t.imag * s.real))


def acosh(z):
    z = _complex(z)
    s, t = sqrt(complex(z.real - 1.0, z.imag)), sqrt(complex(z.real + 1.0, z.imag))
    return complex(math.asinh(s.real * t.real + s.imag * t.imag), 2.0 * math.atan2(s.imag, t.real))


def asinh(z):
    z = _complex(z)
    s, t = sqrt(complex(1.0 + z.imag, -z.real)), sqrt(complex(1.0 - z.imag, z.real))
    return complex(math.asinh(s.real * t.imag - t.real * s.imag), math.atan2(z.imag, s.real * t.real - s.imag * t.imag))


def atanh(z):
    z = _complex(z)
    if z.real < 0 or z.real == 0 and math.copysign(1.0, z.real) < 0:
        return -atanh(-z)
    b = abs(z.imag)
    if z.real == 1.0 and b < 1e-150:
        if b == 0:
            raise ValueError("math domain error")
        return complex(-math.log(math.sqrt(b) / math.sqrt(math.hypot(b, 2.0))),
                       math.copysign(math.atan2(2.0, -b) / 2.0, z.imag))
    less = 1.0 - z.real
    return complex(math.log1p(4.0 * z.real / (less * less + b * b)) / 4.0,
                   -math.atan2(-2.0 * z.imag, less * (1.0 + z.real) - b * b) / 2.0)


def asin(z):
    return _back(asinh(_quarter(_complex(z))))


def atan(z):
    return _back(atanh(_quarter(_complex(z))))


def isfinite(z):
    z = _complex(z)
    return math.isfinite(z.real) and math.isfinite(z.imag)


def isinf(z):
    z = _complex(z)
    return math.isinf(z.real) or math.isinf(z.imag)


def isnan(z):
    z = _complex(z)
    return math.isnan(z.real) or math.isnan(z.imag)


# In a class it is no method: the one of CPython is in C.
@staticmethod
def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    if rel_tol < 0 or abs_tol < 0:
        raise ValueError("tolerances must be non-negative")
    a, b = _complex(a), _complex(b)
    if a == b:
        return True
    if isinf(a) or isinf(b):
        return False
    difference = abs(a - b)
    return difference <= rel_tol * abs(b) or difference <= rel_tol * abs(a) or difference <= abs_tol
