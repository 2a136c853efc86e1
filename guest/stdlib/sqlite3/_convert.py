# From Python to what SQLite stores, and back: adapters by type, converters by the name of a type in SQL.

import datetime

from sqlite3._errors import ProgrammingError

adapters = {}
converters = {}

# Whether a type has an adapter that SQLite could store without.
base_adapted = False

_BASE = (int, float, str, bytes, bytearray, type(None))
_NONE = object()


class PrepareProtocol:
    """What an object's __conform__ method is asked for."""

    __module__ = "sqlite3"


def register_adapter(type, adapter, /):
    global base_adapted
    if not isinstance(type, _Type):
        raise TypeError("register_adapter() argument 1 must be type, not %s" % _Type(type).__name__)
    if type in _BASE:
        base_adapted = True
    adapters[type, PrepareProtocol] = adapter


_Type = type


def register_converter(typename, converter, /):
    if not isinstance(typename, str):
        raise TypeError("register_converter() argument 1 must be str, not %s" % type(typename).__name__)
    converters[typename.upper()] = converter


def _ask(method, argument):
    """What an optional method says; None also for TypeError."""
    try:
        return method(argument)
    except TypeError:
        return None


def adapt(obj, proto=PrepareProtocol, alt=_NONE, /):
    adapter = adapters.get((type(obj), proto))
    if adapter is not None:
        return adapter(obj)
    for owner, name, argument in ((proto, "__adapt__", obj), (obj, "__conform__", proto)):
        method = getattr(owner, name, None)
        if method is not None:
            adapted = _ask(method, argument)
            if adapted is not None:
                return adapted
    if alt is _NONE:
        raise ProgrammingError("can't adapt")
    return alt


def adapt_parameter(obj):
    return adapt(obj, PrepareProtocol, obj)


def _adapt_date(value):
    return value.isoformat()


def _adapt_datetime(value):
    return value.isoformat(" ")


def _convert_date(value):
    return datetime.date(*map(int, value.split(b"-")))


def _convert_timestamp(value):
    date, time = value.split(b" ")
    time, *fraction = time.split(b".")
    microseconds = int((fraction[0].decode() + "00000")[:6]) if len(fraction) == 1 else 0
    return datetime.datetime(*map(int, date.split(b"-")), *map(int, time.split(b":")), microseconds)


register_adapter(datetime.date, _adapt_date)
register_adapter(datetime.datetime, _adapt_datetime)
register_converter("date", _convert_date)
register_converter("timestamp", _convert_timestamp)
