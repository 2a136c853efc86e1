"""HTML for the chat. What the guest made is text here, and nothing else: every piece goes through `_text`, and no attribute
holds a value of the guest's. The page runs the scripts of what it is given, so this is the file that must be right.
"""

import builtins
import html
import io
import keyword
import tokenize

_BUILTINS = frozenset(dir(builtins))
_TABLE_ROWS = 200
_TABLE_COLUMNS = 50
_CELL_CHARS = 500


def _text(value):
    """Any value as text of a page."""
    return html.escape(str(value), quote=True)


def cut(text, length):
    if len(text) <= length:
        return text
    return text[:length] + "\n... (truncated)"


def _kind(token):
    if token.type == tokenize.NAME:
        if keyword.iskeyword(token.string):
            return "keyword"
        return "builtin" if token.string in _BUILTINS else None
    if token.type == getattr(tokenize, "FSTRING_MIDDLE", -1):
        return None  # its text has its braces undoubled: left to the gap before the next token
    names = {
        tokenize.STRING: "string", tokenize.NUMBER: "number", tokenize.COMMENT: "comment", tokenize.OP: "operator",
        getattr(tokenize, "FSTRING_START", -2): "string", getattr(tokenize, "FSTRING_END", -3): "string",
    }  # fmt: skip
    return names.get(token.type)


def code(source, prefix="agent-hermetic"):
    """Python with its tokens in spans; as it is where Python cannot read it."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    pieces, done = [], 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(source, newline="").readline):
            kind = _kind(token)
            if kind is None:
                continue
            start = starts[token.start[0] - 1] + token.start[1]
            end = starts[token.end[0] - 1] + token.end[1]
            if start < done:
                continue
            pieces.append(_text(source[done:start]))
            pieces.append(f'<span class="{prefix}-token-{kind}">{_text(source[start:end])}</span>')
            done = end
    except (tokenize.TokenError, SyntaxError, IndexError):
        return _text(source)
    pieces.append(_text(source[done:]))
    return "".join(pieces)


def is_rows(value):
    """Whether a value is rows that a table can show: a list of dicts with the same names."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(row, dict) and row and all(isinstance(name, str) for name in row) for row in value)
        and all(row.keys() == value[0].keys() for row in value[1:])
    )


def table(rows, title=""):
    """A list of dicts as a table. Raises TypeError and ValueError, which are the guest's to handle."""
    if not isinstance(rows, (list, tuple)) or not all(isinstance(row, dict) for row in rows):
        raise TypeError("rows must be a list of dicts")
    if not isinstance(title, str):
        raise TypeError("title must be a string")
    columns = list(dict.fromkeys(name for row in rows[:_TABLE_ROWS] for name in row))
    if len(columns) > _TABLE_COLUMNS:
        raise ValueError(f"{len(columns)} columns are too many for a table: choose up to {_TABLE_COLUMNS}")
    head = "".join(f"<th>{_cell(name)}</th>" for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(row.get(name))}</td>" for name in columns) + "</tr>" for row in rows[:_TABLE_ROWS]
    )
    more = ""
    if len(rows) > _TABLE_ROWS:
        more = f'<tfoot><tr><td colspan="{len(columns) or 1}">{len(rows) - _TABLE_ROWS} more rows</td></tr></tfoot>'
    caption = f"<caption>{_cell(title)}</caption>" if title else ""
    return (
        '<div class="agent-sql-result-scroll"><table class="agent-sql-result agent-hermetic-table">'
        f"{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{more}</table></div>"
    )


def _cell(value):
    if value is None:
        return ""
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, float):
        return _text(f"{value:.10g}")
    return _text(cut(str(value) if isinstance(value, str) else repr(value), _CELL_CHARS))


def result(source, payload, displays, length, prefix="agent-hermetic"):
    """The code, what it printed, its value or its error, and what it showed.

    The chat gives a result a few hundred pixels: where there is a table or a chart, the code is folded away.
    """
    program = f'<pre><code class="language-python">{code(cut(source, length), prefix)}</code></pre>'
    if displays:
        lines = source.rstrip("\n").count("\n") + 1
        program = f"<details><summary>Python, {lines} line{'' if lines == 1 else 's'}</summary>{program}</details>"
    parts = [program, "<hr>"]
    output = cut(payload.get("stdout") or "", length)
    shown = [f"<pre><code>{_text(output)}</code></pre>"] if output or prefix != "agent-hermetic" else []
    if payload.get("value") is not None and not payload.get("_value_shown"):
        shown.append(f'<pre class="{prefix}-value"><code>{_text(cut(payload["value"], length))}</code></pre>')
    problem = payload.get("traceback") or payload.get("error")
    if problem:
        shown.append(f'<pre class="{prefix}-problem"><code>{_text(cut(problem, length))}</code></pre>')
    if not shown and not displays:
        shown = [f'<p class="{prefix}-nothing">No output</p>']
    return f'<div class="{prefix}-result">' + "".join(parts + displays + shown) + "</div>"


def displayed(displays):
    return '<div class="agent-hermetic-result">' + "".join(displays) + "</div>"
