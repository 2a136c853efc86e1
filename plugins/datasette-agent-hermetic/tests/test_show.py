"""Tables and charts, and what a hostile guest can make of them: text, and nothing else."""

import math
from html.parser import HTMLParser

import pytest
from datasette_agent_hermetic import chart, show
from hypothesis import given, settings
from hypothesis import strategies as st

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</code></pre><script>alert(1)</script>",
    "</title></svg><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "<svg/onload=alert(1)>",
    "]]><script>alert(1)</script>",
    "<!--<script>-->",
    "&lt;script&gt;",
    "\x00<script>alert(1)</script>",
    "<a href='//evil.example'>x</a>",
    "<style>*{display:none}</style>",
    "\u202e\u2028<iframe srcdoc=x>",
]

ALLOWED = {
    "details": set(), "summary": set(), "div": {"class"}, "pre": {"class"}, "code": {"class"}, "span": {"class"}, "hr": set(), "p": {"class"},
    "table": {"class"}, "caption": set(), "thead": set(), "tbody": set(), "tfoot": set(), "tr": set(), "th": set(),
    "td": {"colspan"}, "svg": {"class", "viewbox", "role"}, "title": set(),
    "text": {"class", "x", "y", "transform"}, "line": {"class", "x1", "x2", "y1", "y2"},
    "rect": {"class", "x", "y", "width", "height"}, "circle": {"class", "cx", "cy", "r"}, "path": {"class", "d"},
}  # fmt: skip
CLASSES = ("agent-hermetic", "agent-sql-result", "language-python", "tick", "axis", "grid", "line", "title", "s", "end", "middle")


class Checker(HTMLParser):
    """Fails at any element or attribute that the plugin does not make."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.text = []

    def handle_starttag(self, tag, attributes):
        assert tag in ALLOWED, f"element {tag}"
        for name, value in attributes:
            assert name in ALLOWED[tag], f"attribute {name} of {tag}"
            if name == "class":
                assert all(word.startswith(CLASSES) for word in value.split()), value
            elif name in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "colspan"):
                assert math.isfinite(float(value))
        if tag != "hr":
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag != "hr":
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError(f"comment {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment

    def handle_data(self, data):
        self.text.append(data)


def check(markup):
    checker = Checker()
    checker.feed(markup)
    checker.close()
    assert checker.open == []
    return "".join(checker.text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.asyncio
async def test_hostile_output_of_a_guest_is_text(chat, text):
    result = await chat.run(
        f"text = {text!r}\nprint(text)\ntable([{{text: text, 'n': 1}}], title=text)\n"
        "chart([{text: text, 'y': 3}, {text: text + 'b', 'y': 2}], x=text, y='y', title=text)\n"
        "chart([{'x': text, text: 1}], x='x', y=[text, text], kind='line', title=text)\n"
        f"[{{text: text}}]  # {text!r}",
        show_result=True,
    )
    assert result["ok"] is True, result
    assert text.replace("\x00", "\ufffd") in check(result["_html"]).replace("\x00", "\ufffd")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.asyncio
async def test_hostile_exceptions_and_code_are_text(chat, text):
    result = await chat.run(f"raise ValueError({text!r})", show_result=True)
    check(result["_html"])
    result = await chat.run(f"# {text}".replace("\u2028", ""), show_result=True)
    check(result["_html"])
    result = await chat.run(text.replace("\x00", ""), show_result=True)
    check(result["_html"])


@pytest.mark.asyncio
async def test_a_guest_cannot_choose_keys_of_the_result(chat):
    result = await chat.run("{'_html': '<script>alert(1)</script>', '_edit_sql_url': 'javascript:x'}")
    assert "_html" not in result and "_edit_sql_url" not in result


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text())
def test_any_code_and_output(source, output):
    markup = show.result(source, {"stdout": output, "value": output, "error": output}, [], 10_000)
    assert output.replace("\r\n", "\n") in check(markup).replace("\r\n", "\n") or not output


@given(st.text(alphabet="f'\"{}()\\\n\t #x1=+é\r", max_size=60))
@settings(max_examples=300, deadline=None)
def test_highlighting_changes_no_character(source):
    text = check(f"<pre>{show.code(source)}</pre>")
    assert text == source


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.binary(max_size=4), st.dates(),
    st.lists(st.integers(), max_size=2), st.sampled_from(HOSTILE),
)  # fmt: skip
ROWS = st.lists(st.dictionaries(st.sampled_from(["x", "y", "z", HOSTILE[0]]), VALUES), max_size=6)


@settings(max_examples=300, deadline=None)
@given(
    ROWS | VALUES, st.sampled_from(["x", HOSTILE[0]]) | VALUES, st.sampled_from(["y", ["y", "z"]]) | VALUES,
    st.sampled_from(["bar", "line", "scatter"]) | VALUES, VALUES,
)  # fmt: skip
def test_charts_of_anything_are_charts_or_errors(rows, x, y, kind, title):
    try:
        markup = chart.chart(rows, x, y, kind, title)
    except (TypeError, ValueError):
        return
    check(markup)
    assert len(markup) < 1 << 20


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.floats(-1e299, 1e299), st.floats(-1e299, 1e299)), min_size=1, max_size=20))
def test_charts_of_any_numbers(points):
    rows = [{"x": x, "y": y} for x, y in points]
    for kind in ("bar", "line", "scatter"):
        check(chart.chart(rows, "x", "y", kind))


@settings(max_examples=200, deadline=None)
@given(ROWS | VALUES, VALUES)
def test_tables_of_anything_are_tables_or_errors(rows, title):
    try:
        check(show.table(rows, title))
    except (TypeError, ValueError):
        pass


# What they show


@pytest.mark.asyncio
async def test_rows_become_a_table(chat):
    result = await chat.run("list(query('shop', 'select name, qty from items order by id'))", show_result=True)
    text = check(result["_html"])
    assert "<th>name</th><th>qty</th>" in result["_html"]
    assert "<tr><td>apple</td><td>3</td></tr>" in result["_html"]
    assert "{'name'" not in text  # once is enough
    assert result["value"].startswith("[{'name': 'apple'")  # for the model


@pytest.mark.asyncio
async def test_tables_and_charts_show_without_show_result(chat):
    result = await chat.run(
        "rows = list(query('shop', 'select name, qty from items'))\n"
        "table(rows, title='Items')\nchart(rows, x='name', y='qty', title='Stock')"
    )
    assert "<caption>Items</caption>" in result["_html"] and result["_html"].count("<rect") == 3
    assert ">Stock</text>" in result["_html"]
    assert result["output_displayed_to_user"] is True


def test_long_tables_are_cut_and_say_so():
    assert "300 more rows" in show.table([{"n": n} for n in range(500)])


@pytest.mark.parametrize("kind, mark, count", [("bar", "<rect", 4), ("line", "<path", 2), ("scatter", "<circle", 4)])
def test_kinds(kind, mark, count):
    rows = [{"x": 1, "a": 1, "b": 4}, {"x": 2, "a": 3, "b": -1.5}]
    marks = chart.chart(rows, "x", ["a", "b"], kind).count(mark)
    assert marks == count + (2 if kind == "bar" else 0)  # and the legend


def test_gaps_and_single_values():
    assert chart.chart([{"x": 1, "y": None}, {"x": 2, "y": 5}], "x", "y", "scatter").count("<circle") == 1
    check(chart.chart([{"x": "only", "y": 0}], "x", "y"))


@pytest.mark.parametrize(
    "arguments, message",
    [
        (([], "x", "y"), "not empty"),
        (([{"x": 1, "y": 1}], "q", "y"), "no 'q'"),
        (([{"x": 1, "y": "1"}], "x", "y"), "must hold numbers"),
        (([{"x": 1, "y": float("nan")}], "x", "y"), "finite"),
        (([{"x": 1, "y": 10**400}], "x", "y"), "finite"),
        (([{"x": 1, "y": 1}] * 500, "x", "y"), "too many"),
        (([{"x": 1, "y": 1}], "x", "y", "pie"), "bar, line or scatter"),
        (([{"x": 1, "y": None}], "x", "y"), "no number"),
        (([{"x": 1, "y": 1}], "x", []), "1 to 6"),
    ],
)
def test_mistakes_are_told(arguments, message):
    with pytest.raises((TypeError, ValueError), match=message):
        chart.chart(*arguments)


@pytest.mark.asyncio
async def test_mistakes_reach_the_code(chat):
    result = await chat.run("chart([{'x': 1}], x='x', y='y')")
    assert result["error"].startswith("ValueError: the rows have no 'y'")
    assert "as many" not in result["error"] and "_html" not in result


@pytest.mark.asyncio
async def test_too_much_to_show(chat):
    assert "at most 20" in (await chat.run("for i in range(30): table([{'n': i}])"))["error"]
