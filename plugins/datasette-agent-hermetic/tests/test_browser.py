"""The chat page in a real browser: what a user sees of code, tables, charts, questions; and that hostile output is text there.

Needs Chromium: the one that $HERMETIC_CHROMIUM names, or Debian's chromium or chromium-headless-shell; skipped without.
Screenshots are written to $HERMETIC_SCREENSHOTS, if it is set.
"""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from test_show import HOSTILE

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = os.environ.get("HERMETIC_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")

SERVER = """
import sys
sys.path.insert(0, sys.argv[1])
import pathlib, uvicorn
from conftest import make_datasette
import datasette.plugins
from datasette import hookimpl

class Everyone:
    @hookimpl
    def actor_from_request(self, request):
        return {"id": request.headers.get("x-actor", "alice")}

datasette.plugins.pm.register(Everyone(), name="everyone")
app = make_datasette(pathlib.Path(sys.argv[2]), {"allow_write_sql": True, "wall_clock_timeout_seconds": 2}).app()
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[3]), log_level="warning")
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    tests = str(pathlib.Path(__file__).parent)
    process = subprocess.Popen([sys.executable, "-c", SERVER, tests, str(folder), str(port)])
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(address + "/-/versions.json", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser, server):
    """The page of a new conversation. Fails when a script that is not the page's own ran, or one failed."""
    request = urllib.request.Request(server + "/-/agent/api/conversations", b"{}", {"content-type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        conversation = json.load(reply)["conversation_id"]
    page = browser.new_page(viewport={"width": 900, "height": 1000})
    problems = []
    page.on("dialog", lambda dialog: (problems.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda asked: problems.append(asked.url) if not asked.url.startswith(server) else None)
    page.goto(f"{server}/-/agent/{conversation}")
    yield page
    page.close()
    assert problems == []


def say(page, python, **arguments):
    box = page.locator("textarea").first
    box.fill(json.dumps({"tool_calls": [{"name": "execute_python", "arguments": {"python": python, **arguments}}]}))
    page.get_by_role("button", name="Send").click()


def screenshot(part, name):
    folder = os.environ.get("HERMETIC_SCREENSHOTS")
    if folder:
        part.screenshot(path=f"{folder}/{name}.png")


def test_code_output_and_value(page):
    say(page, "def area(r):\n    return 3.14159 * r ** 2  # of a circle\n\nprint('hello')\narea(2)", show_result=True)
    result = page.locator(".agent-hermetic-result")
    sync_api.expect(result.locator(".agent-hermetic-token-keyword").first).to_have_text("def")
    sync_api.expect(result).to_contain_text("hello")
    sync_api.expect(result.locator(".agent-hermetic-value")).to_contain_text("12.56636")
    assert result.locator(".agent-hermetic-token-keyword").first.evaluate("e => getComputedStyle(e).color") == "rgb(130, 80, 223)"
    screenshot(result, "code")


def test_table_and_chart_also_after_a_reload(page):
    say(
        page,
        "rows = list(query('shop', 'select name, qty from items order by qty desc'))\n"
        "table(rows, title='Stock')\nchart(rows, x='name', y='qty', title='Stock')\nchart(rows, x='name', y='qty', kind='line')\n"
        "print('most are plums')",
        show_result=True,
    )
    for _ in range(2):
        sync_api.expect(page.locator(".agent-hermetic-table tbody tr")).to_have_count(3)
        chart = page.locator("svg.agent-hermetic-chart").first
        sync_api.expect(chart.locator("rect")).to_have_count(3)
        box = chart.bounding_box()
        assert box["width"] > 400 and box["height"] > 200
        # Bars are drawn: as high as the numbers say.
        heights = [bar.bounding_box()["height"] for bar in chart.locator("rect").all()]
        assert heights[0] / heights[2] == pytest.approx(5 / 2, rel=0.05)
        # Nothing is cut, nor hidden in a box that scrolls.
        sync_api.expect(page.locator(".agent-hermetic-result")).to_contain_text("most are plums")
        hidden = "e => e.scrollHeight - e.clientHeight"
        assert page.locator(".agent-rich-result", has=chart).evaluate(hidden) <= 1
        sync_api.expect(page.locator(".agent-spinner, .pending")).to_have_count(0)
        page.reload()
    screenshot(page.locator(".agent-hermetic-result"), "chart")


def test_traceback(page):
    say(page, "def f(x):\n    return 1 / x\n\nf(0)", show_result=True)
    sync_api.expect(page.locator(".agent-hermetic-problem")).to_contain_text("line 2, in f")
    sync_api.expect(page.locator(".agent-hermetic-problem")).to_contain_text("ZeroDivisionError")


def test_limit(page):
    say(page, "while True:\n    pass", show_result=True)
    sync_api.expect(page.locator(".agent-hermetic-problem")).to_contain_text("longer than 2 seconds", timeout=20_000)


def test_approval_of_a_write(page):
    say(page, "write_sql('shop', 'update items set qty = qty + :n where name = :name', {'n': 1, 'name': 'plum'})", show_result=True)
    approval = page.locator(".agent-hermetic-approval")
    sync_api.expect(approval).to_contain_text("update items set qty")
    screenshot(page.locator(".agent-question"), "approval")
    page.get_by_role("button", name="Yes").click()
    sync_api.expect(page.locator(".agent-hermetic-value")).to_contain_text("1")


def test_hostile_output_is_text_in_the_page(page):
    texts = [text.replace("\x00", "") for text in HOSTILE]
    say(
        page,
        f"texts = {texts!r}\nfor text in texts: print(text)\n"
        "table([{text: text for text in texts}], title=texts[0])\n"
        "chart([{'x': text, 'y': n} for n, text in enumerate(texts)], x='x', y='y', title=texts[3])\ntexts",
        show_result=True,
    )
    result = page.locator(".agent-hermetic-result")
    sync_api.expect(result).to_contain_text("<script>alert(1)</script>")
    sync_api.expect(result.locator("svg.agent-hermetic-chart")).to_have_count(1)
    page.reload()
    sync_api.expect(page.locator("svg.agent-hermetic-chart")).to_have_count(1)
    for element in ("script", "img", "iframe", "a", "style", "[onload]", "[onerror]", "[onmouseover]", "[href]", "[src]"):
        assert page.locator(f".agent-hermetic-result {element}").count() == 0
    for text in page.locator(".agent-hermetic-chart text").all():
        text.hover(force=True)
        break
    screenshot(result, "hostile")


def test_pages_of_limits_and_runs(browser, server):
    page = browser.new_page(viewport={"width": 1100, "height": 800})
    page.goto(server + "/-/hermetic")
    sync_api.expect(page.get_by_role("heading", name="Python sandbox")).to_be_visible()
    screenshot(page, "limits")
    page.set_extra_http_headers({"x-actor": "auditor"})
    page.goto(server + "/-/hermetic/runs")
    sync_api.expect(page.get_by_role("heading", name="Python runs")).to_be_visible()
    assert page.locator("tbody tr").count() >= 3
    screenshot(page, "runs")
    page.locator("tbody a").first.click()
    sync_api.expect(page.get_by_role("heading", name="Code")).to_be_visible()
    page.close()
