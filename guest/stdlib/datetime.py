# Dates and times. The ordinary cases of what is done most are in C, in the module _datetime: its functions return None
# when a case is not, and the code here goes on.
#
# A date is its three fields; arithmetic goes by the day number in the proleptic Gregorian calendar, day 1 being
# 0001-01-01. A timedelta is days, seconds and microseconds, normalised so that only days can be negative.

import time as _time
from _datetime import (build as _build, delta as _delta, difference as _difference, iso as _iso, order as _order, scan as _scan,
                       shift as _shifted, sum as _sum)

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC")

MINYEAR = 1
MAXYEAR = 9999

_MAX_ORDINAL = 3652059
_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BEFORE = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in_month(year, month):
    return 29 if month == 2 and _is_leap(year) else _DAYS[month]


def _ordinal(year, month, day):
    y = year - 1
    n = y * 365 + y // 4 - y // 100 + y // 400 + _BEFORE[month] + day
    return n + 1 if month > 2 and _is_leap(year) else n


def _from_ordinal(n):
    n -= 1
    cycles, n = divmod(n, 146097)
    centuries = min(n // 36524, 3)
    n -= centuries * 36524
    quads, n = divmod(n, 1461)
    years = min(n // 365, 3)
    n -= years * 365
    year = cycles * 400 + centuries * 100 + quads * 4 + years + 1
    month = n // 29 + 1 if n < 335 else 12
    leap = _is_leap(year)
    while True:
        before = _BEFORE[month] + (1 if leap and month > 2 else 0)
        if before <= n:
            return year, month, n - before + 1
        month -= 1


def _iso_start(year):
    # The Monday of ISO week 1.
    first = _ordinal(year, 1, 1)
    weekday = (first + 6) % 7
    return first - weekday + (7 if weekday > 3 else 0)



def _index(value):
    if type(value) is int:
        return value
    if isinstance(value, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    if not hasattr(value, "__index__") and not isinstance(value, int):
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(value).__name__)
    return value.__index__() if not isinstance(value, int) else int(value)


def _check_date(year, month, day):
    year, month, day = _index(year), _index(month), _index(day)
    if not 1 <= year <= 9999:
        raise ValueError("year %d is out of range" % year)
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= _days_in_month(year, month):
        raise ValueError("day is out of range for month")
    return year, month, day


def _check_time(hour, minute, second, microsecond, fold):
    hour, minute, second, microsecond = _index(hour), _index(minute), _index(second), _index(microsecond)
    if not 0 <= hour <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= minute <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= second <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= microsecond <= 999999:
        raise ValueError("microsecond must be in 0..999999")
    if fold not in (0, 1):
        raise ValueError("fold must be either 0 or 1")
    return hour, minute, second, microsecond


def _check_tzinfo(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError("tzinfo argument must be None or of a tzinfo subclass, not type '%s'" % type(tz).__name__)


def _utcoffset(tz, dt, name="utcoffset"):
    if tz is None:
        return None
    offset = getattr(tz, name)(dt)
    if offset is None:
        return None
    if not isinstance(offset, timedelta):
        raise TypeError("tzinfo.%s() must return None or a timedelta, not '%s'" % (name, type(offset).__name__))
    if not -86400000000 < offset._us() < 86400000000:
        raise ValueError("offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).")
    return offset


def _offset_text(offset, colon=":"):
    if offset is None:
        return ""
    us = offset._us()
    sign = "+"
    if us < 0:
        sign, us = "-", -us
    seconds, us = divmod(us, 1000000)
    text = "%s%02d%s%02d" % (sign, seconds // 3600, colon, seconds // 60 % 60)
    if seconds % 60 or us:
        text += "%s%02d" % (colon, seconds % 60)
        if us:
            text += ".%06d" % us
    return text


def _time_text(hour, minute, second, us, timespec):
    if timespec == "auto":
        timespec = "microseconds" if us else "seconds"
    if timespec == "seconds":
        return "%02d:%02d:%02d" % (hour, minute, second)
    if timespec == "microseconds":
        return "%02d:%02d:%02d.%06d" % (hour, minute, second, us)
    if timespec == "milliseconds":
        return "%02d:%02d:%02d.%03d" % (hour, minute, second, us // 1000)
    if timespec == "minutes":
        return "%02d:%02d" % (hour, minute)
    if timespec == "hours":
        return "%02d" % hour
    raise ValueError("Unknown timespec value")


def _strftime(format, year, month, day, hour, minute, second, us, weekday, yearday, offset, tzname):
    # `offset` and `tzname` are functions, called when the format has them.
    out = []
    i, n = 0, len(format)
    while i < n:
        c = format[i]
        i += 1
        if c != "%":
            start = i - 1
            while i < n and format[i] != "%":
                i += 1
            out.append(format[start:i])
            continue
        if i >= n:
            out.append("%")
            break
        c = format[i]
        i += 1
        flag = ""
        if c in "-_" and i < n:
            flag = c
            c = format[i]
            i += 1
        pad = "%02d"
        if c == "Y":
            out.append(str(year))
            continue
        elif c == "m":
            value = month
        elif c == "d":
            value = day
        elif c == "H":
            value = hour
        elif c == "M":
            value = minute
        elif c == "S":
            value = second
        elif c == "I":
            value = hour % 12 or 12
        elif c == "y":
            value = year % 100
        elif c == "C":
            value = year // 100
        elif c == "j":
            value, pad = yearday, "%03d"
        elif c == "U":
            value = (yearday + 6 - (weekday + 1) % 7) // 7
        elif c == "W":
            value = (yearday + 6 - weekday) // 7
        elif c in "GVg":
            value, week, _ = _isocalendar(year, month, day)
            if c == "V":
                value = week
            elif c == "g":
                value %= 100
            else:
                pad = "%d"
        elif c == "e":
            value, pad = day, "%2d"
        elif c == "k":
            value, pad = hour, "%2d"
        elif c == "l":
            value, pad = hour % 12 or 12, "%2d"
        elif c in "wu":
            value, pad = ((weekday + 1) % 7 if c == "w" else weekday + 1), "%d"
        elif c == "s":
            value, pad = (_ordinal(year, month, day) - 719163) * 86400 + hour * 3600 + minute * 60 + second, "%d"
        else:
            if c == "A":
                text = _WEEKDAYS[weekday]
            elif c == "a":
                text = _WEEKDAYS[weekday][:3]
            elif c == "B":
                text = _MONTHS[month]
            elif c in "bh":
                text = _MONTHS[month][:3]
            elif c == "p":
                text = "AM" if hour < 12 else "PM"
            elif c == "P":
                text = "am" if hour < 12 else "pm"
            elif c == "f":
                text = "%06d" % us
            elif c == "z":
                text = _offset_text(offset(), "")
            elif c == "Z":
                text = tzname() or ""
                if not isinstance(text, str):
                    raise TypeError("tzinfo.tzname() must return None or a string, not '%s'" % type(text).__name__)
            elif c in "cxXDTRFrnt+":
                inner = {"c": "%a %b %e %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S", "D": "%m/%d/%y",
                         "T": "%H:%M:%S", "R": "%H:%M", "F": "%Y-%m-%d", "r": "%I:%M:%S %p", "n": "\n", "t": "\t",
                         "+": "%a %b %e %H:%M:%S %Z %Y"}[c]
                text = _strftime(inner, year, month, day, hour, minute, second, us, weekday, yearday, offset, tzname)
            elif c == "%":
                text = "%"
            elif c == ":" and format[i:i + 1] == "z":
                i += 1
                text = _offset_text(offset(), ":")
            else:
                text = "%" + flag + c
            out.append(text)
            continue
        text = pad % value
        if flag == "-":
            text = str(value)
        elif flag == "_":
            text = str(value).rjust(len(text))
        out.append(text)
    return "".join(out)


def _isocalendar(year, month, day):
    ordinal = _ordinal(year, month, day)
    iso = year
    start = _iso_start(year)
    if ordinal < start:
        iso -= 1
        start = _iso_start(iso)
    elif ordinal >= start + 364 and ordinal >= _iso_start(year + 1):
        iso += 1
        start = _iso_start(iso)
    week, weekday = divmod(ordinal - start, 7)
    return iso, week + 1, weekday + 1


class timedelta:
    _tp_name = "datetime.timedelta"
    __slots__ = ("_days", "_seconds", "_microseconds")

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        self = _delta(cls, days, seconds, microseconds, milliseconds, minutes, hours, weeks)
        if self is not None:
            return self
        us = 0
        rest = 0.0
        for value, unit in ((days, 86400000000), (seconds, 1000000), (microseconds, 1), (milliseconds, 1000),
                            (minutes, 60000000), (hours, 3600000000), (weeks, 604800000000)):
            if value:
                if isinstance(value, int):
                    us += value * unit
                elif isinstance(value, float):
                    whole = int(value)
                    us += whole * unit
                    part = (value - whole) * unit
                    whole = int(part)
                    us += whole
                    rest += part - whole
                else:
                    raise TypeError("unsupported type for timedelta %s component: %s"
                                    % (["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"][
                                        [86400000000, 1000000, 1, 1000, 60000000, 3600000000, 604800000000].index(unit)],
                                       type(value).__name__))
        if rest:
            # Half to even, of the whole sum.
            whole = round(rest)
            if abs(rest - int(rest)) == 0.5:
                whole = int(rest)
                if (us + whole) % 2:
                    whole += 1 if rest > 0 else -1
            us += whole
        return cls._make(us)

    @classmethod
    def _make(cls, us):
        days, us = divmod(us, 86400000000)
        if not -999999999 <= days <= 999999999:
            raise OverflowError("days=%d; must have magnitude <= 999999999" % days)
        self = object.__new__(cls)
        self._days = days
        self._seconds, self._microseconds = divmod(us, 1000000)
        return self

    def _us(self):
        return (self._days * 86400 + self._seconds) * 1000000 + self._microseconds

    @property
    def days(self):
        return self._days

    @property
    def seconds(self):
        return self._seconds

    @property
    def microseconds(self):
        return self._microseconds

    def total_seconds(self):
        return self._us() / 1000000

    def __repr__(self):
        parts = []
        if self._days:
            parts.append("days=%d" % self._days)
        if self._seconds:
            parts.append("seconds=%d" % self._seconds)
        if self._microseconds:
            parts.append("microseconds=%d" % self._microseconds)
        kind = type(self)
        return "%s.%s(%s)" % (kind.__module__, kind.__qualname__, ", ".join(parts) or "0")

    def __str__(self):
        text = "%d:%02d:%02d" % (self._seconds // 3600, self._seconds // 60 % 60, self._seconds % 60)
        if self._days:
            text = "%d day%s, %s" % (self._days, "" if abs(self._days) == 1 else "s", text)
        if self._microseconds:
            text += ".%06d" % self._microseconds
        return text

    def __add__(self, other):
        if isinstance(other, timedelta):
            return _sum(timedelta, self, other, 1) or timedelta._make(self._us() + other._us())
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return _sum(timedelta, self, other, -1) or timedelta._make(self._us() - other._us())
        return NotImplemented

    def __rsub__(self, other):
        if isinstance(other, timedelta):
            return other - self
        return NotImplemented

    def __neg__(self):
        return timedelta._make(-self._us())

    def __pos__(self):
        return self

    def __abs__(self):
        return -self if self._days < 0 else self

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._make(self._us() * other)
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return timedelta._make(_divide_round(self._us() * a, b))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._us() // other._us()
        if isinstance(other, int):
            return timedelta._make(self._us() // other)
        return NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._us() / other._us()
        if isinstance(other, int):
            return timedelta._make(_divide_round(self._us(), other))
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return timedelta._make(_divide_round(self._us() * b, a))
        return NotImplemented

    def __mod__(self, other):
        if isinstance(other, timedelta):
            return timedelta._make(self._us() % other._us())
        return NotImplemented

    def __divmod__(self, other):
        if isinstance(other, timedelta):
            q, r = divmod(self._us(), other._us())
            return q, timedelta._make(r)
        return NotImplemented

    def __eq__(self, other):
        return self._us() == other._us() if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._us() < other._us() if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._us() <= other._us() if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._us() > other._us() if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._us() >= other._us() if isinstance(other, timedelta) else NotImplemented

    def __hash__(self):
        return hash((self._days, self._seconds, self._microseconds))

    def __bool__(self):
        return self._days != 0 or self._seconds != 0 or self._microseconds != 0

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return type(self), (self._days, self._seconds, self._microseconds)


def _divide_round(a, b):
    # a / b to the nearest integer, half to even.
    q, r = divmod(a, b)
    r *= 2
    more = r > b if b > 0 else r < b
    return q + 1 if more or r == b and q % 2 else q


timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)


class _IsoCalendarDate(tuple):
    @property
    def year(self):
        return self[0]

    @property
    def week(self):
        return self[1]

    @property
    def weekday(self):
        return self[2]

    def __repr__(self):
        return "datetime.IsoCalendarDate(year=%d, week=%d, weekday=%d)" % tuple(self)

    def __reduce__(self):
        return tuple, (tuple(self),)


def _state(state, size, month, most, name):
    """The bytes of a pickle that a constructor was called with, or None."""
    if not isinstance(state, (bytes, str)) or len(state) != size:
        return None
    if isinstance(state, str):
        try:
            state = state.encode("latin-1")
        except UnicodeEncodeError:
            raise ValueError("Failed to encode latin1 string when unpickling a %s object. pickle.load(data, encoding='latin1') is "
                             "assumed." % name) from None
    return state if (month == 0 or state[month] & 0x7f) and state[month] & 0x7f <= most else None


def _check_state(state, tz):
    if tz is not None and not isinstance(tz, _tzinfo):
        raise TypeError("bad tzinfo state arg")
    return state


def _name_of(kind):
    return "datetime." + kind.__name__ if kind.__module__ == "datetime" else kind.__name__


def _digits(text, start, n):
    part = text[start:start + n]
    if len(part) != n or not (part.isdigit() and part.isascii()):
        raise ValueError
    return int(part)


def _parse_date(text):
    # YYYY-MM-DD, YYYYMMDD, YYYY-Www[-D], YYYYWww[D]; returns fields.
    year = _digits(text, 0, 4)
    dash = text[4:5] == "-"
    i = 5 if dash else 4
    if text[i:i + 1] == "W":
        week = _digits(text, i + 1, 2)
        i += 3
        day = 1
        if len(text) > i:
            if dash != (text[i] == "-"):
                raise ValueError
            i += 1 if dash else 0
            day = _digits(text, i, 1)
            i += 1
        if i != len(text):
            raise ValueError
        return _from_iso(year, week, day)
    month = _digits(text, i, 2)
    i += 2
    if dash:
        if text[i:i + 1] != "-":
            raise ValueError
        i += 1
    if len(text) != i + 2:
        raise ValueError
    return year, month, _digits(text, i, 2)


def _from_iso(year, week, day):
    if not 1 <= year <= 9999:
        raise ValueError("Year is out of range: %d" % year)
    if not 1 <= week <= 53 or week == 53 and _iso_start(year + 1) - _iso_start(year) != 371:
        raise ValueError("Invalid week: %d" % week)
    if not 1 <= day <= 7:
        raise ValueError("Invalid weekday: %d (range is [1, 7])" % day)
    return _from_ordinal(_iso_start(year) + (week - 1) * 7 + day - 1)


def _parse_hms(text):
    # HH[:MM[:SS[.fff]]], with or without colons; returns hour, minute, second, microsecond.
    values = [0, 0, 0]
    colon = text[2:3] == ":"
    i = 0
    for k in range(3):
        values[k] = _digits(text, i, 2)
        i += 2
        if i == len(text):
            return values + [0]
        if k < 2 and text[i] not in ".,":
            if colon:
                if text[i] != ":":
                    raise ValueError
                i += 1
        else:
            break
    if k < 2 or text[i] not in ".,":
        raise ValueError
    fraction = text[i + 1:]
    if not fraction.isdigit() or not fraction.isascii():
        raise ValueError
    return values + [int((fraction + "00000")[:6])]


def _parse_time(text):
    for i, c in enumerate(text):
        if c in "+-Z":
            break
    else:
        return _parse_hms(text) + [None]
    fields = _parse_hms(text[:i])
    zone = text[i + 1:]
    if c == "Z":
        if zone:
            raise ValueError
        return fields + [timezone.utc]
    h, m, s, us = _parse_hms(zone)
    offset = timedelta(hours=h, minutes=m, seconds=s, microseconds=us)
    if not offset:
        return fields + [timezone.utc]
    return fields + [_zone(timezone(-offset if c == "-" else offset))]


_zones = {}  # by their offsets in seconds, for the functions in C


def _zone(zone):
    offset = zone._offset
    if not offset._microseconds:
        if len(_zones) > 100:
            _zones.clear()
            _zones[0] = timezone.utc
        _zones[offset._days * 86400 + offset._seconds] = zone
    return zone


class date:
    _tp_name = "datetime.date"
    __slots__ = ("_year", "_month", "_day")

    def __new__(cls, year, month=None, day=None):
        if month is None:
            state = _state(year, 4, 2, 12, "date")
            if state is not None:
                year, month, day = state[0] * 256 + state[1], state[2], state[3]
        if month is None or day is None:
            if isinstance(year, int) or month is not None:
                raise TypeError("function missing required argument '%s' (pos %d)"
                                % (("month", 2) if month is None else ("day", 3)))
        self = _build(cls, year, month, day)
        if self is not None:
            return self
        self = object.__new__(cls)
        self._year, self._month, self._day = _check_date(year, month, day)
        return self

    @classmethod
    def today(cls):
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromtimestamp(cls, t):
        y, m, d = _time.localtime(t)[:3]
        return cls(y, m, d)

    @classmethod
    def fromordinal(cls, n):
        n = _index(n)
        if n < 1:
            raise ValueError("ordinal must be >= 1")
        if n > _MAX_ORDINAL:
            raise ValueError("year %d is out of range" % _from_ordinal(n)[0])
        return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, date_string):
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            fields = _parse_date(date_string)
        except ValueError as e:
            if e.args:
                raise
            raise ValueError("Invalid isoformat string: %r" % date_string) from None
        return cls(*fields)

    @classmethod
    def fromisocalendar(cls, year, week, day):
        return cls(*_from_iso(year, week, day))

    @property
    def year(self):
        return self._year

    @property
    def month(self):
        return self._month

    @property
    def day(self):
        return self._day

    def toordinal(self):
        return _ordinal(self._year, self._month, self._day)

    def weekday(self):
        return (_ordinal(self._year, self._month, self._day) + 6) % 7

    def isoweekday(self):
        return self.weekday() + 1

    def isocalendar(self):
        return _IsoCalendarDate(_isocalendar(self._year, self._month, self._day))

    def isoformat(self):
        return "%04d-%02d-%02d" % (self._year, self._month, self._day)

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        return "%s(%d, %d, %d)" % (_name_of(type(self)), self._year, self._month, self._day)

    def ctime(self):
        return "%s %s %2d 00:00:00 %04d" % (_WEEKDAYS[self.weekday()][:3], _MONTHS[self._month][:3], self._day,
                                            self._year)

    def _yearday(self):
        return _BEFORE[self._month] + self._day + (1 if self._month > 2 and _is_leap(self._year) else 0)

    def strftime(self, format):
        return _strftime(format, self._year, self._month, self._day, 0, 0, 0, 0, self.weekday(), self._yearday(),
                         lambda: None, lambda: None)

    def __format__(self, spec):
        if not isinstance(spec, str):
            raise TypeError("must be str, not %s" % type(spec).__name__)
        return self.strftime(spec) if spec else str(self)

    def timetuple(self):
        return _struct_time((self._year, self._month, self._day, 0, 0, 0, self.weekday(), self._yearday(), -1))

    def replace(self, year=None, month=None, day=None):
        return type(self)(self._year if year is None else year, self._month if month is None else month,
                          self._day if day is None else day)

    def _comparable(self, other):
        return isinstance(other, date) and not isinstance(other, datetime)

    def __eq__(self, other):
        return _order(self, other, 3) == 0 if self._comparable(other) else NotImplemented

    def __lt__(self, other):
        return _order(self, other, 3) < 0 if self._comparable(other) else NotImplemented

    def __le__(self, other):
        return _order(self, other, 3) <= 0 if self._comparable(other) else NotImplemented

    def __gt__(self, other):
        return _order(self, other, 3) > 0 if self._comparable(other) else NotImplemented

    def __ge__(self, other):
        return _order(self, other, 3) >= 0 if self._comparable(other) else NotImplemented

    def __hash__(self):
        return hash((self._year, self._month, self._day))

    def _shift(self, days):
        n = self.toordinal() + days
        if not 0 < n <= _MAX_ORDINAL:
            raise OverflowError("date value out of range")
        return type(self)(*_from_ordinal(n))

    def __add__(self, other):
        return self._shift(other._days) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self._shift(-other._days)
        if isinstance(other, date):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return type(self), (bytes([self._year >> 8, self._year & 255, self._month, self._day]),)

    def __reduce_ex__(self, protocol):
        return self.__reduce__()


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(1)


class tzinfo:
    __slots__ = ()

    def tzname(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement tzname()")

    def utcoffset(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement utcoffset()")

    def dst(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement dst()")

    def fromutc(self, dt):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc: argument must be a datetime")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        offset = dt.utcoffset()
        if offset is None:
            raise ValueError("fromutc: non-None utcoffset() result required")
        dst = dt.dst()
        if dst is None:
            raise ValueError("fromutc: non-None dst() result required")
        if offset != dst:
            dt += offset - dst
            dst = dt.dst()
            if dst is None:
                raise ValueError("fromutc: tz.dst() gave inconsistent results; cannot convert")
        return dt + dst

    def __reduce__(self):
        return type(self), getattr(self, "__getinitargs__", tuple)()


class timezone(tzinfo):
    _tp_name = "datetime.timezone"
    __slots__ = ("_offset", "_name")

    def __new__(cls, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError("timezone() argument 1 must be datetime.timedelta, not %s" % type(offset).__name__)
        if name is not None and not isinstance(name, str):
            raise TypeError("timezone() argument 2 must be str, not %s" % type(name).__name__)
        if not -86400000000 < offset._us() < 86400000000:
            raise ValueError("offset must be a timedelta strictly between -timedelta(hours=24) and "
                             "timedelta(hours=24), not %r." % (offset,))
        if name is None and not offset and hasattr(cls, "utc"):
            return cls.utc
        self = object.__new__(cls)
        self._offset = offset
        self._name = name
        return self

    def _check(self, dt, name):
        if dt is not None and not isinstance(dt, datetime):
            raise TypeError("%s() argument must be a datetime instance or None, not %s" % (name, type(dt).__name__))

    def utcoffset(self, dt):
        self._check(dt, "utcoffset")
        return self._offset

    def dst(self, dt):
        self._check(dt, "dst")
        return None

    def tzname(self, dt):
        self._check(dt, "tzname")
        if self._name is not None:
            return self._name
        return "UTC" + _offset_text(self._offset) if self._offset else "UTC"

    def fromutc(self, dt):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc() argument must be a datetime instance or None, not %s" % type(dt).__name__)
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        return dt + self._offset

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is timezone.utc:
            return "datetime.timezone.utc"
        name = "" if self._name is None else ", %r" % self._name
        return "%s.%s(%r%s)" % (type(self).__module__, type(self).__qualname__, self._offset, name)

    def __str__(self):
        return self.tzname(None)

    def __getinitargs__(self):
        return (self._offset,) if self._name is None else (self._offset, self._name)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


timezone.utc = UTC = _zones[0] = timezone(timedelta(0))
timezone.min = timezone(-timedelta(hours=23, minutes=59))
timezone.max = timezone(timedelta(hours=23, minutes=59))
_EPOCH_ORDINAL = 719163


class time:
    _tp_name = "datetime.time"
    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        state = _state(hour, 6, 0, 23, "time")
        if state is not None:
            _check_state(state, minute or None)
            tzinfo = minute or None
            hour, minute, second, fold = state[0] & 0x7f, state[1], state[2], state[0] >> 7
            microsecond = int.from_bytes(state[3:], "big")
        self = object.__new__(cls)
        self._hour, self._minute, self._second, self._microsecond = \
            _check_time(hour, minute, second, microsecond, fold)
        _check_tzinfo(tzinfo)
        self._tzinfo = tzinfo
        self._fold = fold
        return self

    @property
    def hour(self):
        return self._hour

    @property
    def minute(self):
        return self._minute

    @property
    def second(self):
        return self._second

    @property
    def microsecond(self):
        return self._microsecond

    @property
    def tzinfo(self):
        return self._tzinfo

    @property
    def fold(self):
        return self._fold

    @classmethod
    def fromisoformat(cls, time_string):
        if not isinstance(time_string, str):
            raise TypeError("fromisoformat: argument must be str")
        text = time_string[1:] if time_string[:1] == "T" else time_string
        try:
            fields = _parse_time(text)
        except ValueError as e:
            if e.args:
                raise
            raise ValueError("Invalid isoformat string: %r" % time_string) from None
        return cls(*fields)

    def utcoffset(self):
        return _utcoffset(self._tzinfo, None)

    def dst(self):
        return _utcoffset(self._tzinfo, None, "dst")

    def tzname(self):
        return None if self._tzinfo is None else self._tzinfo.tzname(None)

    def isoformat(self, timespec="auto"):
        return _time_text(self._hour, self._minute, self._second, self._microsecond, timespec) + \
            _offset_text(self.utcoffset())

    def __str__(self):
        return self.isoformat()

    def strftime(self, format):
        return _strftime(format, 1900, 1, 1, self._hour, self._minute, self._second, self._microsecond, 0, 1,
                         self.utcoffset, self.tzname)

    def __format__(self, spec):
        if not isinstance(spec, str):
            raise TypeError("must be str, not %s" % type(spec).__name__)
        return self.strftime(spec) if spec else str(self)

    def __repr__(self):
        fields = [self._hour, self._minute]
        if self._second or self._microsecond:
            fields.append(self._second)
        if self._microsecond:
            fields.append(self._microsecond)
        text = ", ".join([str(f) for f in fields])
        if self._tzinfo is not None:
            text += ", tzinfo=%r" % (self._tzinfo,)
        if self._fold:
            text += ", fold=1"
        return "%s(%s)" % (_name_of(type(self)), text)

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        return type(self)(self._hour if hour is None else hour, self._minute if minute is None else minute,
                          self._second if second is None else second,
                          self._microsecond if microsecond is None else microsecond,
                          self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)

    def _us(self):
        return ((self._hour * 60 + self._minute) * 60 + self._second) * 1000000 + self._microsecond

    def _compare(self, other, function, equality=False):
        if not isinstance(other, time):
            return NotImplemented
        a, b = self._us(), other._us()
        if self._tzinfo is not other._tzinfo:
            mine, its = self.utcoffset(), other.utcoffset()
            if (mine is None) != (its is None):
                if equality:
                    return False
                raise TypeError("can't compare offset-naive and offset-aware times")
            if mine is not None:
                a -= mine._us()
                b -= its._us()
        return function(a, b)

    def __eq__(self, other):
        return self._compare(other, lambda a, b: a == b, True)

    def __lt__(self, other):
        return self._compare(other, lambda a, b: a < b)

    def __le__(self, other):
        return self._compare(other, lambda a, b: a <= b)

    def __gt__(self, other):
        return self._compare(other, lambda a, b: a > b)

    def __ge__(self, other):
        return self._compare(other, lambda a, b: a >= b)

    def __hash__(self):
        offset = self.utcoffset()
        return hash(self._us() - (offset._us() if offset else 0))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def _bytes(self, protocol):
        return bytes([self._hour | (self._fold << 7 if protocol > 3 else 0), self._minute, self._second]) + \
            self._microsecond.to_bytes(3, "big")

    def __reduce_ex__(self, protocol):
        state = self._bytes(protocol)
        return type(self), (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce__(self):
        return self.__reduce_ex__(2)


time.min = time(0, 0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)


def _struct_time(fields):
    return _time.struct_time(fields)


class datetime(date):
    _tp_name = "datetime.datetime"
    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")

    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if day is None:
            state = _state(year, 10, 2, 12, "datetime")
            if state is not None:
                tzinfo = month
                _check_state(state, tzinfo)
                year, month, day, hour, minute, second = state[0] * 256 + state[1], state[2] & 0x7f, *state[3:7]
                microsecond, fold = int.from_bytes(state[7:], "big"), state[2] >> 7
        if month is None or day is None:
            raise TypeError("function missing required argument '%s' (pos %d)"
                            % (("month", 2) if month is None else ("day", 3)))
        if tzinfo is not None:
            _check_tzinfo(tzinfo)
        self = _build(cls, year, month, day, hour, minute, second, microsecond, tzinfo, fold)
        if self is not None:
            return self
        self = object.__new__(cls)
        self._year, self._month, self._day = _check_date(year, month, day)
        self._hour, self._minute, self._second, self._microsecond = \
            _check_time(hour, minute, second, microsecond, fold)
        _check_tzinfo(tzinfo)
        self._tzinfo = tzinfo
        self._fold = fold
        return self

    hour = time.hour
    minute = time.minute
    second = time.second
    microsecond = time.microsecond
    tzinfo = time.tzinfo
    fold = time.fold

    @classmethod
    def _from_us(cls, us, tz=None):
        # From microseconds since day 0, 00:00.
        days, us = divmod(us, 86400000000)
        if not 0 < days <= _MAX_ORDINAL:
            raise OverflowError("date value out of range")
        seconds, us = divmod(us, 1000000)
        y, m, d = _from_ordinal(days)
        return cls(y, m, d, seconds // 3600, seconds // 60 % 60, seconds % 60, us, tz)

    def _us(self):
        return ((_ordinal(self._year, self._month, self._day) * 86400 + self._hour * 3600 + self._minute * 60
                 + self._second) * 1000000 + self._microsecond)

    @classmethod
    def fromtimestamp(cls, t, tz=None):
        _check_tzinfo(tz)
        if isinstance(t, float):
            if t != t:
                raise ValueError("cannot convert float NaN to integer")
            whole = int(t)
            us = whole * 1000000 + round((t - whole) * 1e6)
        else:
            us = _index(t) * 1000000
        if abs(us) >= 1 << 83:
            raise OverflowError("timestamp out of range for platform time_t")
        us += _EPOCH_ORDINAL * 86400000000
        if not 86400000000 <= us < (_MAX_ORDINAL + 1) * 86400000000:
            raise ValueError("year %d is out of range" % (us // 31556952000000))
        result = cls._from_us(us, tz)
        return result if tz is None else tz.fromutc(result)

    @classmethod
    def utcfromtimestamp(cls, t):
        return cls.fromtimestamp(t)

    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def today(cls):
        return cls.now()

    @classmethod
    def utcnow(cls):
        return cls.now()

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        if not isinstance(date, _date):
            raise TypeError("combine() argument 1 must be datetime.date, not %s" % type(date).__name__)
        if not isinstance(time, _time_class):
            raise TypeError("combine() argument 2 must be datetime.time, not %s" % type(time).__name__)
        return cls(date._year, date._month, date._day, time._hour, time._minute, time._second, time._microsecond,
                   time._tzinfo if tzinfo is True else tzinfo, fold=time._fold)

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(_index(n))) if 0 < n <= _MAX_ORDINAL else date.fromordinal(n)

    @classmethod
    def fromisoformat(cls, date_string):
        if cls is datetime:
            self = _iso(cls, date_string, _zones)
            if self is not None:
                return self
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            if len(date_string) < 7:
                raise ValueError
            # A week date may be shorter or longer than ten characters.
            if date_string[4:6] == "-W":
                stop = 10 if date_string[8:9] == "-" and date_string[9:10].isdigit() else 8
            elif date_string[4] == "W":
                stop = 7
                if len(date_string) > 7 and date_string[7].isdigit() and (
                        len(date_string) == 8 or not date_string[8].isdigit()):
                    stop = 8
            else:
                stop = 10 if date_string[4] == "-" else 8
            fields = _parse_date(date_string[:stop])
            rest = [] if len(date_string) == stop else _parse_time(date_string[stop + 1:])
            if rest == [] and len(date_string) > stop:
                raise ValueError
        except ValueError as e:
            if e.args:
                raise
            raise ValueError("Invalid isoformat string: %r" % date_string) from None
        return cls(*fields, *rest)

    @classmethod
    def strptime(cls, date_string, format):
        if cls is datetime:
            self = _scan(cls, date_string, format, _zones)
            if self is not None:
                return self
        import _strptime
        return _strptime._strptime_datetime(cls, date_string, format)

    def date(self):
        return _build(_date, self._year, self._month, self._day)

    def time(self):
        return _time_class(self._hour, self._minute, self._second, self._microsecond, fold=self._fold)

    def timetz(self):
        return _time_class(self._hour, self._minute, self._second, self._microsecond, self._tzinfo, fold=self._fold)

    def utcoffset(self):
        return _utcoffset(self._tzinfo, self)

    def dst(self):
        return _utcoffset(self._tzinfo, self, "dst")

    def tzname(self):
        return None if self._tzinfo is None else self._tzinfo.tzname(self)

    def timetuple(self):
        dst = self.dst()
        return _struct_time((self._year, self._month, self._day, self._hour, self._minute, self._second,
                             self.weekday(), self._yearday(), -1 if dst is None else int(bool(dst))))

    def utctimetuple(self):
        offset = self.utcoffset()
        at = self - offset if offset else self
        return _struct_time((at._year, at._month, at._day, at._hour, at._minute, at._second, at.weekday(),
                             at._yearday(), 0))

    def timestamp(self):
        us = self._us() - _EPOCH_ORDINAL * 86400000000
        offset = self.utcoffset()
        if offset is not None:
            us -= offset._us()
        return us / 1000000

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None,
                tzinfo=True, *, fold=None):
        return type(self)(self._year if year is None else year, self._month if month is None else month,
                          self._day if day is None else day, self._hour if hour is None else hour,
                          self._minute if minute is None else minute, self._second if second is None else second,
                          self._microsecond if microsecond is None else microsecond,
                          self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)

    def astimezone(self, tz=None):
        if tz is None:
            tz = timezone.utc
        elif not isinstance(tz, _tzinfo):
            raise TypeError("tz argument must be an instance of tzinfo")
        mine = self._tzinfo
        if tz is mine:
            return self
        offset = timedelta(0) if mine is None else self.utcoffset()
        if offset is None:
            offset = timedelta(0)
        return tz.fromutc((self.replace(tzinfo=None) - offset).replace(tzinfo=tz))

    def ctime(self):
        return "%s %s %2d %02d:%02d:%02d %04d" % (_WEEKDAYS[self.weekday()][:3], _MONTHS[self._month][:3], self._day,
                                                  self._hour, self._minute, self._second, self._year)

    def isoformat(self, sep="T", timespec="auto"):
        return "%04d-%02d-%02d%s%s%s" % (self._year, self._month, self._day, sep,
                                         _time_text(self._hour, self._minute, self._second, self._microsecond,
                                                    timespec), _offset_text(self.utcoffset()))

    def __str__(self):
        return self.isoformat(" ")

    def __repr__(self):
        fields = [self._year, self._month, self._day, self._hour, self._minute]
        if self._second or self._microsecond:
            fields.append(self._second)
        if self._microsecond:
            fields.append(self._microsecond)
        text = ", ".join([str(f) for f in fields])
        if self._tzinfo is not None:
            text += ", tzinfo=%r" % (self._tzinfo,)
        if self._fold:
            text += ", fold=1"
        return "%s(%s)" % (_name_of(type(self)), text)

    def strftime(self, format):
        return _strftime(format, self._year, self._month, self._day, self._hour, self._minute, self._second,
                         self._microsecond, self.weekday(), self._yearday(), self.utcoffset, self.tzname)

    def _compare(self, other, function, equality=False):
        if not isinstance(other, datetime):
            if isinstance(other, date) and not equality:
                raise TypeError("can't compare %s.%s to %s.%s" % (
                    type(self).__module__, type(self).__qualname__, type(other).__module__, type(other).__qualname__))
            return NotImplemented if not isinstance(other, date) else False
        if self._tzinfo is other._tzinfo:
            return function(_order(self, other, 7), 0)
        a, b = self._us(), other._us()
        if self._tzinfo is not other._tzinfo:
            mine, its = self.utcoffset(), other.utcoffset()
            if (mine is None) != (its is None):
                if equality:
                    return False
                raise TypeError("can't compare offset-naive and offset-aware datetimes")
            if mine is not None:
                a -= mine._us()
                b -= its._us()
        return function(a, b)

    def __eq__(self, other):
        return self._compare(other, lambda a, b: a == b, True)

    def __lt__(self, other):
        return self._compare(other, lambda a, b: a < b)

    def __le__(self, other):
        return self._compare(other, lambda a, b: a <= b)

    def __gt__(self, other):
        return self._compare(other, lambda a, b: a > b)

    def __ge__(self, other):
        return self._compare(other, lambda a, b: a >= b)

    def __hash__(self):
        offset = self.utcoffset()
        return hash(self._us() - (offset._us() if offset else 0))

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        if type(self) is datetime:
            new = _shifted(datetime, self, other, 1)
            if new is not None:
                return new
        return type(self)._from_us(self._us() + other._us(), self._tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            if type(self) is datetime:
                new = _shifted(datetime, self, other, -1)
                if new is not None:
                    return new
            return type(self)._from_us(self._us() - other._us(), self._tzinfo)
        if not isinstance(other, datetime):
            return NotImplemented
        if self._tzinfo is other._tzinfo:
            new = _difference(timedelta, self, other)
            if new is not None:
                return new
        us = self._us() - other._us()
        if self._tzinfo is not other._tzinfo:
            mine, its = self.utcoffset(), other.utcoffset()
            if (mine is None) != (its is None):
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            if mine is not None:
                us += its._us() - mine._us()
        return timedelta._make(us)

    def __reduce_ex__(self, protocol):
        state = bytes([self._year >> 8, self._year & 255, self._month | (self._fold << 7 if protocol > 3 else 0), self._day,
                       self._hour, self._minute, self._second]) + self._microsecond.to_bytes(3, "big")
        return type(self), (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce__(self):
        return self.__reduce_ex__(2)


_date = date
_time_class = time
_tzinfo = tzinfo
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
