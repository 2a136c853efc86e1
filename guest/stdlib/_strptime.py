# strptime, of datetime and of time.

from datetime import _MONTHS, _WEEKDAYS, _days_in_month, _from_iso, _from_ordinal, _ordinal, timedelta, _zone, timezone

_COMPOUND = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S", "D": "%m/%d/%y", "T": "%H:%M:%S",
             "R": "%H:%M", "F": "%Y-%m-%d"}
# Numbers: most digits, least value, greatest value.
_NUMBERS = {"d": (2, 1, 31), "H": (2, 0, 23), "I": (2, 1, 12), "j": (3, 1, 366), "m": (2, 1, 12), "M": (2, 0, 59),
            "S": (2, 0, 61), "U": (2, 0, 53), "W": (2, 0, 53), "w": (1, 0, 6), "u": (1, 1, 7), "V": (2, 1, 53),
            "y": (2, 0, 99)}
_NAMES = {"a": [name[:3].lower() for name in _WEEKDAYS], "A": [name.lower() for name in _WEEKDAYS],
          "b": [name[:3].lower() for name in _MONTHS[1:]], "B": [name.lower() for name in _MONTHS[1:]],
          "p": ["am", "pm"], "Z": ["utc", "gmt"]}
_NAMES["h"] = _NAMES["b"]


def _tokens(format):
    out = []
    i = 0
    while i < len(format):
        c = format[i]
        i += 1
        if c == "%":
            if i == len(format):
                raise ValueError("stray %% in format '%s'" % format)
            c = format[i]
            i += 1
            if c in _COMPOUND:
                out.extend(_tokens(_COMPOUND[c]))
            elif c == "%":
                out.append((None, "%"))
            elif c in _NUMBERS or c in _NAMES or c in "YfzG":
                out.append((c, None))
            else:
                raise ValueError("'%s' is a bad directive in format '%s'" % (c, format))
        elif c.isspace():
            if not out or out[-1] != (" ", None):
                out.append((" ", None))
        else:
            out.append((None, c))
    return out


def _choices(text, at, kind):
    # The ways a directive can be read here, longest first, as (value, end).
    if kind in _NUMBERS or kind in "YG":
        most, least, greatest = _NUMBERS.get(kind, (4, 0, 9999))
        end = at
        while end < len(text) and end - at < most and text[end].isdigit():
            end += 1
        if kind in "YG":
            return [(int(text[at:end]), end)] if end - at == 4 else []
        found = []
        while end > at:
            value = int(text[at:end])
            if least <= value <= greatest and not (kind == "y" and end - at != 2):
                found.append((value, end))
            end -= 1
        return found
    if kind in _NAMES:
        found = []
        for i, name in enumerate(_NAMES[kind]):
            if text[at:at + len(name)].lower() == name:
                found.append((i, at + len(name)))
        found.sort(key=lambda item: -item[1])
        return found
    if kind == "f":
        end = at
        while end < len(text) and end - at < 6 and text[end].isdigit():
            end += 1
        return [(int((text[at:stop] + "00000")[:6]), stop) for stop in range(end, at, -1)]
    if text[at:at + 1] in ("Z", "z") and kind == "z":
        return [(timedelta(0), at + 1)] if text[at] == "Z" else []
    return _offset(text, at)


def _offset(text, at):
    sign = text[at:at + 1]
    if sign not in ("+", "-"):
        return []
    digits = lambda i: text[i:i + 2].isdigit() and len(text[i:i + 2]) == 2
    if not digits(at + 1):
        return []
    colon = text[at + 3:at + 4] == ":"
    i = at + 4 if colon else at + 3
    if not digits(i):
        return []
    us = (int(text[at + 1:at + 3]) * 60 + int(text[i:i + 2])) * 60000000
    i += 2
    j = i + 1 if colon and text[i:i + 1] == ":" else i
    if digits(j) and (j > i or not colon):
        us += int(text[j:j + 2]) * 1000000
        i = j + 2
        if text[i:i + 1] == "." and text[i + 1:i + 2].isdigit():
            j = i + 1
            while j < len(text) and j < i + 7 and text[j].isdigit():
                j += 1
            us += int((text[i + 1:j] + "00000")[:6])
            i = j
    return [(timedelta(microseconds=-us if sign == "-" else us), i)]


def _match(text, tokens):
    # Goes back to a shorter reading when what follows does not fit.
    values = {}
    trail = []  # (token, readings left, start)
    at = k = 0
    while True:
        ok = True
        if k == len(tokens):
            return values, at
        kind, literal = tokens[k]
        if literal is not None:
            if text[at:at + 1].lower() == literal.lower():
                at += 1
                k += 1
            else:
                ok = False
        elif kind == " ":
            if at < len(text) and text[at].isspace():
                while at < len(text) and text[at].isspace():
                    at += 1
                k += 1
            else:
                ok = False
        else:
            readings = _choices(text, at, kind)
            if readings:
                trail.append((k, readings[1:]))
                values[kind], at = readings[0]
                k += 1
            else:
                ok = False
        if not ok:
            while trail:
                k, readings = trail.pop()
                if readings:
                    trail.append((k, readings[1:]))
                    values[tokens[k][0]], at = readings[0]
                    k += 1
                    break
            else:
                return None, 0


_cache = {}


def parse(text, format):
    # (year, month, day, hour, minute, second, microsecond, offset or None, zone name or None, weekday, day of year)
    if not isinstance(text, str):
        raise TypeError("strptime() argument 1 must be str, not %s" % type(text).__name__)
    if not isinstance(format, str):
        raise TypeError("strptime() argument 2 must be str, not %s" % type(format).__name__)
    tokens = _cache.get(format)
    if tokens is None:
        if len(_cache) > 20:
            _cache.clear()
        tokens = _cache[format] = _tokens(format)
    values, end = _match(text, tokens)
    if values is None:
        raise ValueError("time data %r does not match format %r" % (text, format))
    if end != len(text):
        raise ValueError("unconverted data remains: %s" % text[end:])
    get = values.get
    year = get("Y")
    if year is None and "y" in values:
        year = values["y"] + (2000 if values["y"] < 69 else 1900)
    month = get("m", 1)
    for kind in "bBh":
        if kind in values:
            month = values[kind] + 1
    hour = get("H", 0)
    if "I" in values:
        hour = values["I"] % 12 + (12 if get("p") == 1 else 0)
    weekday = None
    for kind in "aA":
        if kind in values:
            weekday = values[kind]
    if "w" in values:
        weekday = (values["w"] + 6) % 7
    if "u" in values:
        weekday = values["u"] - 1
    day = get("d", 1)
    if "G" in values:
        if "j" in values:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' "
                             "instead.")
        if "V" not in values or weekday is None:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday "
                             "directive ('%A', '%a', '%w', or '%u').")
        year, month, day = _from_iso(values["G"], values["V"], weekday + 1)
    elif "V" in values:
        raise ValueError("ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive "
                         "('%A', '%a', '%w', or '%u')." if weekday is None else
                         "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' "
                         "instead.")
    elif "j" in values:
        year, month, day = _from_ordinal(_ordinal(year or 1900, 1, 1) + values["j"] - 1)
    elif ("U" in values or "W" in values) and weekday is not None and year is not None:
        first = (_ordinal(year, 1, 1) + 6) % 7
        if "W" in values:
            n = (values["W"] - 1) * 7 + (7 - first) % 7 + weekday
        else:
            n = (values["U"] - 1) * 7 + (6 - first) % 7 + (weekday + 1) % 7
        year, month, day = _from_ordinal(_ordinal(year, 1, 1) + n)
    if year is None:
        year = 1904 if month == 2 and day == 29 else 1900
        fake = year == 1904
    else:
        fake = False
    if not 1 <= day <= _days_in_month(year, month):
        raise ValueError("day is out of range for month")
    offset = get("z")
    zone = None
    if "Z" in values:
        zone = ("UTC", "GMT")[values["Z"]]
    yearday = _ordinal(year, month, day) - _ordinal(year, 1, 1) + 1
    if weekday is None:
        weekday = (_ordinal(year, month, day) + 6) % 7
    return 1900 if fake else year, month, day, hour, get("M", 0), get("S", 0), get("f", 0), offset, zone, weekday, yearday


def _strptime(data_string, format="%a %b %d %H:%M:%S %Y"):
    """(fields of a struct_time, microsecond, microseconds of the offset)"""
    year, month, day, hour, minute, second, us, offset, zone, weekday, yearday = parse(data_string, format)
    seconds = part = None
    if offset is not None:
        total = offset._us()
        sign = -1 if total < 0 else 1
        seconds, part = abs(total) // 1000000 * sign, abs(total) % 1000000 * sign
    return (year, month, day, hour, minute, second, weekday, yearday, -1 if zone is None else 0, zone, seconds), us, part or 0


def _strptime_datetime(cls, data_string, format="%a %b %d %H:%M:%S %Y"):
    fields = parse(data_string, format)
    zone = None
    if fields[7] is not None:
        zone = timezone(fields[7], fields[8]) if fields[8] else _zone(timezone(fields[7]))
    return cls(*fields[:7], zone)


def _strptime_time(data_string, format="%a %b %d %H:%M:%S %Y"):
    from time import struct_time
    fields = parse(data_string, format)
    dst = -1 if fields[8] is None else 0
    return struct_time(fields[:6] + fields[9:11] + (dst,))
