"""Parts of values that are easier to take apart here than in C. Called for these types only."""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing costs more than all of this package

if TYPE_CHECKING:
    import decimal
    import uuid
    from typing import Any

DIGITS = 4300  # of a Decimal's mantissa: as many as CPython converts to an int without being asked


def split_decimal(value: decimal.Decimal) -> str | tuple[int, int | None]:
    """(exponent, mantissa), or the text of what is no finite number. The mantissa is None when it is too long."""
    sign, digits, exponent = value.as_tuple()
    if isinstance(exponent, str):
        return {"n": "NaN", "N": "sNaN", "F": "Infinity"}[exponent].join(("-" if sign else "", ""))
    if len(digits) > DIGITS:
        return exponent, None
    mantissa = int("".join(map(str, digits)) or "0")
    return exponent, -mantissa if sign else mantissa


def join_decimal(exponent: int, mantissa: int) -> decimal.Decimal:
    import decimal

    if not -(10**18) < exponent < 10**18:
        raise ValueError("hermetic: a Decimal with an exponent out of range")
    return decimal.Decimal((mantissa < 0, tuple(map(int, str(abs(mantissa)))), exponent))


def make_uuid(data: bytes) -> uuid.UUID:
    import uuid

    return uuid.UUID(bytes=data)


def field_names(value: Any) -> tuple[str, ...]:
    import dataclasses

    return tuple(field.name for field in dataclasses.fields(value))
