"""Makes the pictures of plugins/datasette-agent-hermetic/README.md from the demonstration: screenshots.py ADDRESS FOLDER,
with the address of the conversation that `demo.py --stay` printed. Needs playwright and a Chromium.
"""

import shutil
import sys

from playwright.sync_api import sync_playwright


def main():
    address, folder = sys.argv[1:]
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 820, "height": 1250})
        page.goto(address)
        page.locator("svg.agent-hermetic-chart").first.wait_for()
        page.locator("#messages").evaluate("element => { element.scrollTop = 0 }")
        page.screenshot(path=f"{folder}/conversation.png")
        page.set_viewport_size({"width": 1000, "height": 1020})
        for name, path in (("limits", "/-/hermetic"), ("runs", "/-/hermetic/runs"), ("run", "/-/hermetic/runs/3")):
            page.goto(address.split("/-/")[0] + path)
            page.screenshot(path=f"{folder}/{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
