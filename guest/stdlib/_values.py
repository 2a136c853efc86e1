# Values of classes that are written in Python, on their way across the wall. guest/cbor_write.c asks take_apart() about every
# instance that it does not know itself, guest/cbor_read.c has put_together() make the contents of a tag into an object. The
# tags are those of the table in docs/internals.md. Methods of the classes themselves are called, never those of a program's
# subclass, so that what a tag holds is what its table row says.

import sys


def _datetime(module):
    # A datetime is a date: its row comes first.
    return (
        (module.datetime, 0, module.datetime.isoformat),
        (module.date, 1004, module.date.isoformat),
        (module.time, 40002, module.time.isoformat),
        (module.timedelta, 1002, _timedelta),
    )


def _timedelta(value):
    return {1: value.days * 86400 + value.seconds, -6: value.microseconds}


def _decimal(module):
    as_tuple = module.Decimal.as_tuple

    def contents(value):
        sign, digits, exponent = as_tuple(value)
        if isinstance(exponent, str):
            return ("-" if sign else "") + {"n": "NaN", "N": "sNaN", "F": "Infinity"}[exponent]
        mantissa = int("".join([str(digit) for digit in digits]) or "0")
        return [exponent, -mantissa if sign else mantissa]

    return ((module.Decimal, 4, contents),)


def _uuid(module):
    return ((module.UUID, 37, lambda value: value.int.to_bytes(16, "big")),)


_modules = {"datetime": _datetime, "decimal": _decimal, "uuid": _uuid}
_rows = {}


def take_apart(value):
    """(tag, contents) of a value; (None, a dict) of a dataclass; None of what does not cross."""
    # The module of an instance's class has been imported.
    for name in _modules:
        module = sys.modules.get(name)
        if module is None:
            continue
        if name not in _rows:
            _rows[name] = _modules[name](module)
        for kind, tag, contents in _rows[name]:
            if isinstance(value, kind):
                plain = contents(value)
                return (40003 if isinstance(plain, str) and tag == 4 else tag), plain
    dataclasses = sys.modules.get("dataclasses")
    if dataclasses is not None and dataclasses.is_dataclass(value):
        return None, {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return None


def put_together(tag, contents):
    """The object that a tag with these contents stands for: put_together(1004, "2026-01-31")."""
    if tag == 37:
        from uuid import UUID

        return UUID(bytes=contents)
    if tag in (4, 40003):
        from decimal import Decimal

        if tag == 40003:
            return Decimal(contents)
        exponent, mantissa = contents
        return Decimal((1 if mantissa < 0 else 0, tuple([int(digit) for digit in str(abs(mantissa))]), exponent))
    import datetime

    if tag == 1002:
        return datetime.timedelta(0, contents[1], contents.get(-6, 0))
    return {0: datetime.datetime, 1004: datetime.date, 40002: datetime.time}[tag].fromisoformat(contents)
