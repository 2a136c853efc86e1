# Random numbers: the Mersenne Twister MT19937, and CPython's way to everything from it, so that a seed gives the same
# sequence. The generator itself is _random.Random.

from math import acos, ceil, cos, exp, floor, isfinite, log, pi, sin, sqrt
from bisect import bisect as _bisect
from itertools import accumulate as _accumulate
from operator import index as _index
from _random import Random as _Twister

__all__ = ["Random", "SystemRandom", "betavariate", "choice", "choices", "expovariate", "gammavariate", "gauss", "getrandbits",
           "getstate", "lognormvariate", "normalvariate", "paretovariate", "randbytes", "randint", "random", "randrange",
           "sample", "seed", "setstate", "shuffle", "triangular", "uniform", "vonmisesvariate", "weibullvariate"]


def _entropy(n):
    from os import urandom
    return urandom(n)


def _sha512(data):
    from hashlib import sha512
    return sha512(data).digest()


class Random:
    VERSION = 3

    def __init__(self, x=None):
        self.gauss_next = None
        self._twister = _Twister(0)
        self.seed(x)

    def random(self):
        return self._twister.random()

    def getrandbits(self, k):
        return self._twister.getrandbits(k)

    def seed(self, a=None, version=2):
        if a is None:
            a = int.from_bytes(_entropy(16), "big")
        elif version == 1 and isinstance(a, (str, bytes)):
            a = a.decode("latin-1") if isinstance(a, bytes) else a
            x = ord(a[0]) << 7 if a else 0
            for c in a:
                x = 1000003 * x ^ ord(c) & 0xffffffffffffffff
                x &= 0xffffffffffffffff
            x ^= len(a)
            a = -2 if x == -1 else x
        elif version == 2 and isinstance(a, (str, bytes, bytearray)):
            if isinstance(a, str):
                a = a.encode()
            a = int.from_bytes(bytes(a) + _sha512(a), "big")
        elif not isinstance(a, (int, float)):
            raise TypeError("The only supported seed types are: None,\nint, float, str, bytes, and bytearray.")
        if isinstance(a, float):
            # CPython's hash of it: the fraction modulo 2**61 - 1.
            if a in (_INF, -_INF) or a != a:
                a = 314159 if a == a else 0
            else:
                numerator, denominator = abs(a).as_integer_ratio()
                a = numerator * pow(denominator, -1, _MODULUS) % _MODULUS
        self._twister.seed(abs(int(a)))
        self.gauss_next = None

    def getstate(self):
        return self.VERSION, self._twister.getstate(), self.gauss_next

    def setstate(self, state):
        version, words, gauss = state
        if version not in (2, 3):
            raise ValueError("state with version %s passed to Random.setstate() of version %s" % (version, self.VERSION))
        self._twister.setstate(words)
        self.gauss_next = gauss

    def __reduce__(self):
        return type(self), (), self.getstate()

    def __setstate__(self, state):
        self.setstate(state)

    def randbytes(self, n):
        return self.getrandbits(n * 8).to_bytes(n, "little")

    def __init_subclass__(cls, **keywords):
        super().__init_subclass__(**keywords)
        for base in cls.__mro__:
            if "_randbelow" in base.__dict__ or "getrandbits" in base.__dict__:
                return
            if "random" in base.__dict__:
                cls._randbelow = cls._randbelow_by_random
                return

    def _randbelow_by_random(self, n, most=1 << 53):
        # For a class that has a random() of its own and no getrandbits().
        if n >= most:
            return floor(self.random() * n)
        rest = most % n
        limit = (most - rest) / most
        r = self.random()
        while r >= limit:
            r = self.random()
        return floor(r * most) % n

    def _randbelow(self, n):
        k = n.bit_length()
        r = self.getrandbits(k)
        while r >= n:
            r = self.getrandbits(k)
        return r

    def randrange(self, start, stop=None, step=1):
        start = _index(start)
        if stop is None:
            if step != 1:
                raise TypeError("Missing a non-None stop argument")
            if start > 0:
                return self._randbelow(start)
            raise ValueError("empty range for randrange()")
        stop = _index(stop)
        step = _index(step)
        width = stop - start
        if step == 1:
            if width > 0:
                return start + self._randbelow(width)
            raise ValueError("empty range for randrange() (%d, %d, %d)" % (start, stop, width))
        if step == 0:
            raise ValueError("zero step for randrange()")
        n = (width + step - 1) // step if step > 0 else (width + step + 1) // step
        if n <= 0:
            raise ValueError("empty range for randrange()")
        return start + step * self._randbelow(n)

    def randint(self, a, b):
        return self.randrange(a, b + 1)

    def choice(self, seq):
        if not len(seq):
            raise IndexError("Cannot choose from an empty sequence")
        return seq[self._randbelow(len(seq))]

    def shuffle(self, x):
        for i in range(len(x) - 1, 0, -1):
            j = self._randbelow(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k, *, counts=None):
        if isinstance(population, (set, frozenset, dict)) or not hasattr(population, "__getitem__"):
            raise TypeError("Population must be a sequence.  For dicts or sets, use sorted(d).")
        n = len(population)
        if counts is not None:
            ends = list(_accumulate(counts))
            if len(ends) != n:
                raise ValueError("The number of counts does not match the population")
            total = ends.pop()
            if not isinstance(total, int):
                raise TypeError("Counts must be integers")
            if total <= 0:
                raise ValueError("Total of counts must be greater than zero")
            return [population[_bisect(ends, i)] for i in self.sample(range(total), k)]
        if not 0 <= k <= n:
            raise ValueError("Sample larger than population or is negative")
        size = 21
        if k > 5:
            size += 4 ** ceil(log(k * 3) / log(4) if k * 3 not in (4, 16, 64, 256, 1024, 4096) else
                              {4: 1, 16: 2, 64: 3, 256: 4, 1024: 5, 4096: 6}[k * 3])
        if n <= size:
            pool = list(population)
            result = []
            for i in range(k):
                j = self._randbelow(n - i)
                result.append(pool[j])
                pool[j] = pool[n - i - 1]
            return result
        chosen = set()
        result = []
        for _ in range(k):
            j = self._randbelow(n)
            while j in chosen:
                j = self._randbelow(n)
            chosen.add(j)
            result.append(population[j])
        return result

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        n = len(population)
        random = self.random
        if cum_weights is None:
            if weights is None:
                return [population[floor(random() * n)] for _ in range(k)]
            if isinstance(weights, int):
                raise TypeError("The number of choices must be a keyword argument: k=%d" % weights)
            cum_weights = list(_accumulate(weights))
        elif weights is not None:
            raise TypeError("Cannot specify both weights and cumulative weights")
        if len(cum_weights) != n:
            raise ValueError("The number of weights does not match the population")
        total = cum_weights[-1] + 0.0
        if total <= 0.0:
            raise ValueError("Total of weights must be greater than zero")
        if not isfinite(total):
            raise ValueError("Total of weights must be finite")
        return [population[_bisect(cum_weights, random() * total, 0, n - 1)] for _ in range(k)]

    def uniform(self, a, b):
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        u = self.random()
        if high == low:
            return low
        c = 0.5 if mode is None else (mode - low) / (high - low)
        if u > c:
            u = 1.0 - u
            c = 1.0 - c
            low, high = high, low
        return low + (high - low) * sqrt(u * c)

    def normalvariate(self, mu=0.0, sigma=1.0):
        magic = 4 * exp(-0.5) / sqrt(2.0)
        while True:
            u1 = self.random()
            u2 = 1.0 - self.random()
            z = magic * (u1 - 0.5) / u2
            if z * z / 4.0 <= -log(u2):
                return mu + z * sigma

    def gauss(self, mu=0.0, sigma=1.0):
        z, self.gauss_next = self.gauss_next, None
        if z is None:
            angle = self.random() * 2.0 * pi
            radius = sqrt(-2.0 * log(1.0 - self.random()))
            z = cos(angle) * radius
            self.gauss_next = sin(angle) * radius
        return mu + z * sigma

    def lognormvariate(self, mu, sigma):
        return exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd):
        return -log(1.0 - self.random()) / lambd

    def vonmisesvariate(self, mu, kappa):
        random = self.random
        if kappa <= 1e-6:
            return 2.0 * pi * random()
        s = 0.5 / kappa
        r = s + sqrt(1.0 + s * s)
        while True:
            z = cos(pi * random())
            d = z / (r + z)
            u = random()
            if u < 1.0 - d * d or u <= (1.0 - d) * exp(d):
                break
        q = 1.0 / r
        f = (q + z) / (1.0 + q * z)
        return (mu + acos(f) if random() > 0.5 else mu - acos(f)) % (2.0 * pi)

    def gammavariate(self, alpha, beta):
        if alpha <= 0.0 or beta <= 0.0:
            raise ValueError("gammavariate: alpha and beta must be > 0.0")
        random = self.random
        if alpha > 1.0:
            # Cheng (1977)
            ainv = sqrt(2.0 * alpha - 1.0)
            b = alpha - log(4.0)
            c = alpha + ainv
            while True:
                u1 = random()
                if not 1e-7 < u1 < 0.9999999:
                    continue
                u2 = 1.0 - random()
                v = log(u1 / (1.0 - u1)) / ainv
                x = alpha * exp(v)
                z = u1 * u1 * u2
                r = b + c * v - x
                if r + 1.0 + log(4.5) - 4.5 * z >= 0.0 or r >= log(z):
                    return x * beta
        if alpha == 1.0:
            return -log(1.0 - random()) * beta
        e = exp(1.0)
        while True:
            # Ahrens and Dieter (1974)
            u = random()
            b = (e + alpha) / e
            p = b * u
            x = p ** (1.0 / alpha) if p <= 1.0 else -log((b - p) / alpha)
            u1 = random()
            if p > 1.0:
                if u1 <= x ** (alpha - 1.0):
                    break
            elif u1 <= exp(-x):
                break
        return x * beta

    def betavariate(self, alpha, beta):
        y = self.gammavariate(alpha, 1.0)
        return y / (y + self.gammavariate(beta, 1.0)) if y else 0.0

    def paretovariate(self, alpha):
        return (1.0 - self.random()) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        return alpha * (-log(1.0 - self.random())) ** (1.0 / beta)

    def binomialvariate(self, n=1, p=0.5):
        return sum([self.random() < p for _ in range(n)])


class SystemRandom(Random):
    def seed(self, *args, **keywords):
        return None

    def random(self):
        return (int.from_bytes(_entropy(7), "big") >> 3) * 2.0 ** -53

    def getrandbits(self, k):
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        n = (k + 7) // 8
        return int.from_bytes(_entropy(n), "big") >> (n * 8 - k)

    def randbytes(self, n):
        return _entropy(n)

    def getstate(self, *args):
        raise NotImplementedError("System entropy source does not have state.")

    setstate = getstate


_MODULUS = (1 << 61) - 1
_INF = float("inf")
_made = None
_NAMES = ("seed random uniform triangular randint choice randrange sample shuffle choices normalvariate "
          "lognormvariate expovariate vonmisesvariate gammavariate gauss betavariate paretovariate weibullvariate "
          "getstate setstate getrandbits randbytes").split()


def _shared():
    # Made at the first use: it takes entropy.
    global _made
    if _made is None:
        _made = Random()
        globals()["random"] = _made._twister.random
    return _made


def _forward(name):
    def function(*args, **keywords):
        return getattr(_made or _shared(), name)(*args, **keywords)
    function.__name__ = name
    return function


for _name in _NAMES:
    globals()[_name] = _forward(_name)
