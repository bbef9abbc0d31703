"""Draws a disclosure report as it looks once its Markdown is laid out: `python -m pages.report FILE.png < report.md`.

It needs the browser of `make test-external`.
"""

import sys

from markdown_it import MarkdownIt
from playwright.sync_api import sync_playwright

from support.browsing import CHROMIUM

_STYLE = """
body { margin: 0 auto; padding: 1rem 2rem; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
table { border-collapse: collapse; font-size: .875rem; overflow-wrap: normal }
th, td { border: 1px solid #bbb; padding: .25rem .5rem; vertical-align: top }
th { background: #eee }
"""


def html_of(page: str) -> str:
    """CommonMark with GitHub's tables."""
    laid_out = MarkdownIt("commonmark").enable("table").render(page)
    return f"<!doctype html><meta charset='utf-8'><style>{_STYLE}</style>{laid_out}"


def draw(page: str, path: str) -> None:
    """A picture of the whole page, 1100 pixels wide."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        sheet = browser.new_page(viewport={"width": 1100, "height": 800})
        sheet.set_content(html_of(page))
        sheet.screenshot(path=path, full_page=True)
        browser.close()


if __name__ == "__main__":
    draw(sys.stdin.read(), sys.argv[1])
