"""Charts as SVG, drawn here from numbers and labels that were checked. The guest chooses data, a kind and a title; it
cannot choose an element, an attribute, a colour or an address.
"""

import datetime
import decimal
import html
import math

_POINTS = 2000
_BARS = 100
_SERIES = 6
_LABEL_CHARS = 24
_SLANTED_CHARS = 15
_WIDTH, _HEIGHT = 640, 320
_LEFT, _RIGHT = 64, 16


def chart(rows, x, y, kind="bar", title=""):
    """An <svg>. Raises TypeError and ValueError, which are the guest's to handle."""
    if kind not in ("bar", "line", "scatter"):
        raise ValueError("kind must be bar, line or scatter")
    if not isinstance(title, str):
        raise TypeError("title must be a string")
    names = [y] if isinstance(y, str) else y
    if not isinstance(x, str) or not isinstance(names, (list, tuple)) or not all(isinstance(n, str) for n in names):
        raise TypeError("x must be a key of the rows, y a key or a list of keys")
    if not 1 <= len(names) <= _SERIES:
        raise ValueError(f"y: 1 to {_SERIES} keys")
    if not isinstance(rows, (list, tuple)) or not rows or not all(isinstance(row, dict) for row in rows):
        raise TypeError("rows must be a list of dicts, and not empty")
    most = _BARS if kind == "bar" else _POINTS
    if len(rows) > most:
        raise ValueError(f"{len(rows)} points are too many for a {kind} chart: group them into {most} or fewer")
    for name in (x, *names):
        if name not in rows[0]:
            raise ValueError(f"the rows have no {name!r}: they have {', '.join(map(repr, rows[0]))}"[:500])
    labels = [row.get(x) for row in rows]
    series = [[_number(row.get(name), name) for row in rows] for name in names]
    numeric = kind != "bar" and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in labels)
    positions = [_number(value, x) for value in labels] if numeric else None
    return _Drawing(labels, positions, series, list(names), x, kind, title).svg()


def _number(value, name):
    """A finite float, or None for a gap."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, decimal.Decimal)):
        raise TypeError(f"{name!r} must hold numbers, not {type(value).__name__}")
    try:
        value = float(value)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value) or abs(value) > 1e300:
        raise ValueError(f"{name!r} must hold finite numbers")
    return value


def _ticks(low, high, count=5):
    """Round numbers that cover low to high."""
    span = high - low
    step = 10.0 ** math.floor(math.log10(span / count))
    step *= next((factor for factor in (1, 2, 5, 10) if span / (step * factor) <= count), 10)
    first = math.floor(low / step)
    last = math.ceil(high / step)
    return [step * number for number in range(first, min(last, first + 20) + 1)]


def _label(value, length=_LABEL_CHARS):
    if isinstance(value, float):
        text = f"{value:.6g}"
    elif isinstance(value, (str, int, datetime.date, datetime.time, decimal.Decimal)):
        text = str(value)[: length + 1]
    else:
        text = repr(value)[: length + 1]
    return html.escape(text if len(text) <= length else text[: length - 1] + "…")


class _Drawing:
    def __init__(self, labels, positions, series, names, x, kind, title):
        self.labels, self.positions, self.series, self.names = labels, positions, series, names
        self.x, self.kind, self.title = x, kind, title
        self.slanted = positions is None and (len(labels) > 8 or any(len(_label(label)) > 9 for label in labels))
        self.top = 16 + 20 * bool(title) + 18 * (len(names) > 1)
        self.bottom = _HEIGHT - (76 if self.slanted else 46)
        values = [value for one in series for value in one if value is not None]
        if not values:
            raise ValueError("there is no number to draw")
        low, high = min(values), max(values)
        if kind == "bar":
            low, high = min(low, 0.0), max(high, 0.0)
        self.ticks = _ticks(*_spread(low, high))
        self.low, self.high = self.ticks[0], self.ticks[-1]
        if positions is not None:
            known = [position for position in positions if position is not None]
            if not known:
                raise ValueError("there is no number to draw")
            self.x_ticks = _ticks(*_spread(min(known), max(known)), count=8)

    def _y(self, value):
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def _slot(self):
        return (_WIDTH - _LEFT - _RIGHT) / len(self.labels)

    def _x(self, index):
        """Middle of the place of the row, None for a gap."""
        if self.positions is None:
            return _LEFT + self._slot() * (index + 0.5)
        if self.positions[index] is None:
            return None
        return self._x_at(self.positions[index])

    def _x_at(self, position):
        first, last = self.x_ticks[0], self.x_ticks[-1]
        return _LEFT + (position - first) / (last - first) * (_WIDTH - _LEFT - _RIGHT)

    def svg(self):
        name = html.escape(self.title[:80]) or f"{self.kind} chart"
        parts = [
            f'<svg class="agent-hermetic-chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
            f"<title>{name}</title>",
        ]
        if self.title:
            parts.append(f'<text class="title" x="{_LEFT}" y="20">{name}</text>')
        parts += self._y_axis() + self._x_axis()
        for number, values in enumerate(self.series):
            parts += self._marks(number, values)
        if len(self.names) > 1:
            parts += self._legend()
        return "".join(parts) + "</svg>"

    def _y_axis(self):
        parts = []
        for tick in self.ticks:
            y = self._y(tick)
            parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
            parts.append(f'<text class="tick end" x="{_LEFT - 6}" y="{y + 4:.1f}">{tick:.6g}</text>')
        if len(self.names) == 1:
            middle = (self.top + self.bottom) / 2
            parts.append(
                f'<text class="axis middle" transform="rotate(-90 12 {middle})" x="12" y="{middle}">'
                f"{_label(self.names[0])}</text>"
            )
        return parts

    def _x_axis(self):
        bottom = self.bottom
        parts = []
        if self.positions is not None:
            for tick in self.x_ticks:
                parts.append(
                    f'<text class="tick middle" x="{self._x_at(tick):.1f}" y="{bottom + 18}">{tick:.6g}</text>'
                )
        else:
            every = max(1, math.ceil(len(self.labels) / 25))
            for index in range(0, len(self.labels), every):
                x = self._x(index)
                turn = f' transform="rotate(-35 {x:.1f} {bottom + 14})"' if self.slanted else ""
                side, length = ("end", _SLANTED_CHARS) if self.slanted else ("middle", _LABEL_CHARS)
                parts.append(
                    f'<text class="tick {side}" x="{x:.1f}" y="{bottom + 14}"{turn}>'
                    f"{_label(self.labels[index], length)}</text>"
                )
        middle = (_LEFT + _WIDTH - _RIGHT) / 2
        parts.append(f'<text class="axis middle" x="{middle}" y="{_HEIGHT - 6}">{_label(self.x)}</text>')
        return parts

    def _marks(self, number, values):
        if self.kind == "bar":
            width = self._slot() * 0.8 / len(self.series)
            zero = self._y(0.0)
            parts = []
            for index, value in enumerate(values):
                if value is not None:
                    x = self._x(index) - self._slot() * 0.4 + width * number
                    y = self._y(value)
                    parts.append(
                        f'<rect class="s{number}" x="{x:.1f}" y="{min(y, zero):.1f}" width="{max(width, 0.5):.1f}"'
                        f' height="{abs(y - zero):.1f}"/>'
                    )
            return parts
        places = [
            None if value is None or self._x(index) is None else (self._x(index), self._y(value))
            for index, value in enumerate(values)
        ]
        if self.kind == "scatter":
            return [f'<circle class="s{number}" cx="{p[0]:.1f}" cy="{p[1]:.1f}" r="3"/>' for p in places if p]
        path, pen = [], "M"
        for place in places:
            if place is None:
                pen = "M"
                continue
            path.append(f"{pen}{place[0]:.1f} {place[1]:.1f}")
            pen = "L"
        return [f'<path class="line s{number}" d="{" ".join(path)}"/>']

    def _legend(self):
        parts, x = [], _LEFT
        y = self.top - 12
        for number, name in enumerate(self.names):
            parts.append(f'<rect class="s{number}" x="{x}" y="{y - 9}" width="10" height="10"/>')
            parts.append(f'<text class="tick" x="{x + 14}" y="{y}">{_label(name)}</text>')
            x += 30 + 7 * len(name[:_LABEL_CHARS])
        return parts


def _spread(low, high):
    """The same range, widened where it is a point, or so narrow that floats could not divide it."""
    size = max(abs(low), abs(high))
    if high - low > max(1e-9 * size, 1e-250):
        return low, high
    margin = size / 2 if size > 1e-250 else 1.0
    return low - margin, high + margin
