"""Addresses, dates and identifiers in messages."""

import re
import time

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_ZONES = {"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "AST": -400, "ADT": -300, "EST": -500, "EDT": -400, "CST": -600, "CDT": -500,
          "MST": -700, "MDT": -600, "PST": -800, "PDT": -700}
_SPECIAL = re.compile(r'[][\\()<>@,:;".]')


def has_bytes(text):
    """Whether text has bytes in it that were not ASCII: the surrogates that "surrogateescape" makes of them."""
    return not text.isascii() and any([0xdc80 <= ord(c) <= 0xdcff for c in text])


def quote(text):
    return text.replace("\\", "\\\\").replace('"', '\\"')


def unquote(text):
    if len(text) > 1:
        if text[0] == text[-1] == '"':
            return text[1:-1].replace("\\\\", "\\").replace('\\"', '"')
        if text[0] == "<" and text[-1] == ">":
            return text[1:-1]
    return text


def formataddr(pair, charset="utf-8"):
    name, address = pair
    address.encode("ascii")
    if not name:
        return address
    if not name.isascii():
        from .header import encode_word
        return "%s <%s>" % (encode_word(name, str(charset)), address)
    quotes = '"' if _SPECIAL.search(name) else ""
    return "%s%s%s <%s>" % (quotes, quote(name), quotes, address)


def _addresses(text):
    """(name, address) of each in a list of addresses; names of groups are read over."""
    found = []
    name, address, comment, current = [], None, [], []
    i, n = 0, len(text)

    def finish():
        words = " ".join("".join(current).split())
        if address is not None:
            if words and comment:
                words += " (%s)" % " ".join(comment)
            found.append((words or " ".join(comment), address))
        elif words or comment:
            found.append((" ".join(comment), "".join(words.split())))

    while i < n:
        c = text[i]
        if c == '"':
            i += 1
            start = len(current)
            while i < n and text[i] != '"':
                i += text[i] == "\\"
                current.append(text[i:i + 1])
                i += 1
            if text[i + 1:i + 2] == "@":
                current[start:] = ['"', *current[start:], '"']
        elif c == "(":
            depth, i, inner = 1, i + 1, []
            while i < n and depth:
                depth += {"(": 1, ")": -1}.get(text[i], 0)
                if depth:
                    inner.append(text[i])
                i += 1
            i -= 1
            comment.append("".join(inner))
        elif c == "<":
            end = text.find(">", i)
            end = n if end < 0 else end
            address = "".join(text[i + 1:end].split())
            i = end
        elif c in ",;":
            finish()
            address, comment, current = None, [], []
        elif c == ":":
            current = []
        else:
            current.append(c)
        i += 1
    finish()
    return found


def parseaddr(addr):
    found = _addresses(addr)
    return found[0] if found else ("", "")


def getaddresses(fieldvalues):
    return _addresses(", ".join([str(value) for value in fieldvalues]))


def parsedate_tz(data):
    """(year, month, day, hour, minute, second, 0, 1, -1, offset in seconds) of a date, or None."""
    if not data:
        return None
    words = data.replace(",", " ").split()
    if words and words[0].lower()[:3] in [day.lower() for day in _DAYS]:
        words = words[1:]
    if len(words) == 1 or words and "-" in words[0]:
        words[:1] = words[0].split("-")
    if len(words) < 3:
        return None
    if not words[0].isdigit():
        words[0], words[1] = words[1], words[0]
    if words[1].lower()[:3] not in _MONTHS or not words[0].isdigit():
        return None
    if not words[2].isdigit():
        return None
    year = int(words[2])
    if year < 100:
        year += 1900 if year > 68 else 2000
    clock = (words[3] if len(words) > 3 else "0:0:0").replace(".", ":").split(":")
    try:
        hour, minute, second = [int(part) for part in (clock + ["0"])[:3]]
    except ValueError:
        return None
    zone = words[4].upper() if len(words) > 4 else None
    offset = None
    if zone is not None:
        offset = _ZONES.get(zone)
        if offset is None:
            try:
                offset = int(zone)
            except ValueError:
                pass
            else:
                if offset == 0 and zone.startswith("-"):
                    offset = None
    if offset:
        sign = -1 if offset < 0 else 1
        offset = sign * (abs(offset) // 100 * 3600 + abs(offset) % 100 * 60)
    return year, _MONTHS.index(words[1].lower()[:3]) + 1, int(words[0]), hour, minute, second, 0, 1, -1, offset


def parsedate(data):
    found = parsedate_tz(data)
    return None if found is None else found[:9]


def mktime_tz(data):
    import calendar
    return calendar.timegm(data[:6] + (0, 1, 0)) - (data[9] or 0)


def parsedate_to_datetime(data):
    import datetime
    found = parsedate_tz(data)
    if found is None:
        raise ValueError("Invalid date value or format %r" % str(data))
    zone = None if found[9] is None else datetime.timezone(datetime.timedelta(seconds=found[9]))
    return datetime.datetime(*found[:6], tzinfo=zone)


def format_datetime(dt, usegmt=False):
    now = dt.timetuple()
    if usegmt:
        import datetime
        if dt.tzinfo is None or dt.tzinfo != datetime.timezone.utc:
            raise ValueError("usegmt option requires a UTC datetime")
        zone = "GMT"
    else:
        zone = "-0000" if dt.tzinfo is None else dt.strftime("%z")
    return _date(now, zone)


def _date(now, zone):
    return "%s, %02d %s %04d %02d:%02d:%02d %s" % (_DAYS[now[6]], now[2], _MONTHS[now[1] - 1].capitalize(), now[0], now[3],
                                                   now[4], now[5], zone)


def formatdate(timeval=None, localtime=False, usegmt=False):
    now = time.gmtime(time.time() if timeval is None else timeval)
    return _date(now, "GMT" if usegmt else "+0000" if localtime else "-0000")


def localtime(dt=None, isdst=-1):
    import datetime
    return datetime.datetime.now(datetime.timezone.utc) if dt is None else dt.astimezone()


def make_msgid(idstring=None, domain=None):
    import random
    return "<%d.%d.%s%s@%s>" % (int(time.time() * 100), random.getrandbits(32), random.getrandbits(64),
                                "." + idstring if idstring else "", domain or "localhost")


def decode_rfc2231(s):
    parts = s.split("'", 2)
    return (None, None, s) if len(parts) <= 2 else tuple(parts)


def encode_rfc2231(s, charset=None, language=None):
    from urllib.parse import quote
    s = quote(s, safe="", encoding=charset or "ascii")
    return s if charset is None and language is None else "%s'%s'%s" % (charset, language or "", s)


def collapse_rfc2231_value(value, errors="replace", fallback_charset="us-ascii"):
    if not isinstance(value, tuple) or len(value) != 3:
        return unquote(value)
    from urllib.parse import unquote as unquote_url
    return unquote_url(value[2], encoding=value[0] or fallback_charset, errors=errors)
