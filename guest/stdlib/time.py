# Time as a tuple and as text. The clocks are the host's; the zone is UTC. The part in C is utime.

from utime import *
from utime import gmtime as _gmtime, mktime as _mktime

timezone = altzone = daylight = 0
tzname = ("UTC", "UTC")
CLOCK_REALTIME, CLOCK_MONOTONIC = 0, 1


class struct_time(tuple):
    def __new__(cls, fields):
        fields = tuple(fields)
        if not 9 <= len(fields) <= 11:
            raise TypeError("time.struct_time() takes %s 9-sequence (%d-sequence given)"
                            % ("an at least" if len(fields) < 9 else "an at most", len(fields)))
        self = tuple.__new__(cls, fields[:9])
        if len(fields) > 9:
            self.tm_zone = fields[9]
            self.tm_gmtoff = fields[10] if len(fields) > 10 else None
        return self

    tm_year = property(lambda self: self[0])
    tm_mon = property(lambda self: self[1])
    tm_mday = property(lambda self: self[2])
    tm_hour = property(lambda self: self[3])
    tm_min = property(lambda self: self[4])
    tm_sec = property(lambda self: self[5])
    tm_wday = property(lambda self: self[6])
    tm_yday = property(lambda self: self[7])
    tm_isdst = property(lambda self: self[8])
    tm_zone = tm_gmtoff = None
    n_fields, n_sequence_fields, n_unnamed_fields = 11, 9, 0

    def __repr__(self):
        return ("time.struct_time(tm_year=%d, tm_mon=%d, tm_mday=%d, tm_hour=%d, tm_min=%d, tm_sec=%d, tm_wday=%d, "
                "tm_yday=%d, tm_isdst=%d)" % tuple(self))


def gmtime(secs=None):
    return struct_time(tuple(_gmtime(secs)) + ("GMT", 0))


def localtime(secs=None):
    return struct_time(tuple(_gmtime(secs)) + ("UTC", 0))


def mktime(t):
    if not isinstance(t, tuple):
        raise TypeError("Tuple or struct_time argument required")
    if len(t) != 9:
        raise TypeError("mktime(): illegal time tuple argument")
    return float(_mktime(tuple(t)))


def strftime(format, t=None):
    from datetime import _strftime, timedelta
    t = localtime() if t is None else t
    if not isinstance(t, tuple):
        raise TypeError("Tuple or struct_time argument required")
    if len(t) != 9:
        raise TypeError("strftime(): illegal time tuple argument")
    year, month, day, hour, minute, second, weekday, yearday = t[:8]
    _check(t)
    return _strftime(format, year, month or 1, day or 1, hour, minute, second, 0, weekday % 7, yearday or 1,
                     lambda: timedelta(0), lambda: getattr(t, "tm_zone", None) or "UTC")


def _check(t):
    _, month, day, hour, minute, second, _, yearday = t[:8]
    for value, least, most, name in ((month, 0, 12, "month"), (day, 0, 31, "day of month"), (hour, 0, 23, "hour"),
                                     (minute, 0, 59, "minute"), (second, 0, 61, "seconds"),
                                     (yearday, 0, 366, "day of year")):
        if not least <= value <= most:
            raise ValueError(name + " out of range")


def strptime(string, format="%a %b %d %H:%M:%S %Y"):
    from _strptime import _strptime_time
    return _strptime_time(string, format)


def asctime(t=None):
    from datetime import _MONTHS, _WEEKDAYS
    t = gmtime() if t is None else t
    _check(t)
    return "%s %s %2d %02d:%02d:%02d %d" % (_WEEKDAYS[t[6]][:3], _MONTHS[t[1]][:3], t[2], t[3], t[4], t[5], t[0])


def ctime(secs=None):
    return asctime(localtime(secs))


def process_time_ns():
    return monotonic_ns()


def thread_time():
    return monotonic()


def thread_time_ns():
    return monotonic_ns()


def clock_gettime(clock):
    return time() if clock == CLOCK_REALTIME else monotonic()


def clock_gettime_ns(clock):
    return time_ns() if clock == CLOCK_REALTIME else monotonic_ns()


def tzset():
    pass


def get_clock_info(name):
    from types import SimpleNamespace
    return SimpleNamespace(implementation="host", monotonic=name != "time", adjustable=name == "time", resolution=1e-9)
