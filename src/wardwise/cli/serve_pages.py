"""The frame of every page, the list of products, and the page that says there is nothing to see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from wardwise.records.periods import is_month, month_name
from wardwise.reports.markup import Child, Safe, element, join

from .serve_products import File, Listed

ICON = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#1d70b8" d="M0 0h16v16H0z"/><path fill="#fff" d="M3 9h2v4H3zm4-3h2v7H7zm4-3h2v10h-2z"/></svg>'

STYLE = """
.frame { position: relative; }
.top { display: flex; flex-wrap: wrap; gap: 0.3rem 2rem; align-items: baseline; }
.top nav { margin: 0; }
.top nav ul { display: flex; gap: 1.5rem; margin: 0; }
.top nav li { margin: 0; }
.product { border-top: 1px solid var(--rule); padding: 1rem 0; }
.product h2 { border: 0; padding: 0; margin: 0 0 0.3rem; font-size: 1.375rem; }
.files { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; margin: 0.5rem 0; }
.analyst { background: #f6d7d2; color: #4a1d17; }
form { background: var(--pale); padding: 1rem 1.2rem; margin: 1.5rem 0; }
.field { margin-bottom: 1rem; }
.field label { display: block; font-weight: 600; }
.field .hint { color: #484949; font-size: 1rem; }
input { font: inherit; padding: 0.3rem 0.5rem; border: 2px solid var(--ink); border-radius: 0; width: 100%; max-width: 18rem; background: #fff; }
.wrong { border-left: 5px solid #d4351c; padding-left: 1rem; }
.wrong .error { color: #b52e17; font-weight: 600; margin: 0; }
form button { color: #fff; background: #00703c; box-shadow: 0 2px 0 #002d18; font-size: 1.1875rem; margin: 0; }
form button:hover { background: #005a30; }
.error-summary { border: 5px solid #d4351c; padding: 1rem 1.2rem; margin: 1.5rem 0; }
.error-summary h2 { border: 0; padding: 0; margin: 0 0 0.5rem; font-size: 1.375rem; }
"""


def page(title: str, *body: Child, here: str = "") -> Safe:
    """A whole page. here: the address of the part of the site it belongs to."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{title} – Wardwise"),
        element("link", rel="stylesheet", href="/style.css"),
        element("link", rel="icon", href="/icon.svg", type="image/svg+xml"),
    )
    footer = element(
        "footer",
        element(
            "p", "Only this computer can open these pages. Nothing can be changed here. Figures are the analyst's copy."
        ),
    )
    main = element("main", *body, id="main")
    content = element(
        "body", element("a", "Skip to main content", class_="skip", href="#main"), _header(here), main, footer
    )
    return element("html", head, content, lang="en-GB")


def _header(here: str) -> Safe:
    links = (("/", "Products"), ("/measures", "Measures and figures"))
    items = [
        element("li", element("a", text, href=address, aria_current="page" if address == here else None))
        for address, text in links
    ]
    menu = element("nav", element("ul", *items), aria_label="Parts of this site")
    return element("header", element("div", element("p", "Wardwise", class_="owner"), menu, class_="top"))


def home(products: Sequence[Listed], broken: Sequence[str]) -> Safe:
    """The list of products."""
    notes = [
        element("p", f"{name} cannot be read. Build the product again with wardwise product.", class_="note")
        for name in broken
    ]
    empty = element(
        "p",
        "There are no products in this folder yet. Build one with ",
        element("code", "wardwise product strategic-assessment --area CODE --to YYYY-MM --out products"),
        ", then load this page again.",
    )
    return page(
        "Products",
        element("h1", "Products"),
        element("p", "Reports that have been built, newest first.", class_="lead") if products else empty,
        join(_product(product) for product in products),
        join(notes),
        here="/",
    )


def _product(product: Listed) -> Safe:
    about = f"{product.area}, {product.period}"
    tags: list[Child] = [element("strong", audience(product.audience), class_=_tag(product.audience))]
    if product.synthetic:
        tags += [" ", element("strong", "Synthetic data", class_="tag")]
    made = f" Made {_day(product.made)}." if product.made else ""
    hidden = element(
        "details",
        element("summary", "What is hidden in this copy"),
        element("ul", *(element("li", line) for line in product.release)),
    )
    return element(
        "section",
        element("h2", product.title),
        element("p", about, ". ", *tags, made),
        element("ul", *(_file(file, product) for file in product.files), class_="files"),
        hidden if product.release else "",
        class_="product",
    )


def _tag(name: str) -> str:
    return "tag analyst" if name == "analyst" else "tag"


def audience(name: str) -> str:
    """The audience in words."""
    words = {"analyst": "Analyst copy: do not pass on", "partnership": "Partnership copy", "public": "Public copy"}
    return words.get(name, name)


def _file(file: File, product: Listed) -> Safe:
    size = f"{max(1, round(file.size / 1024)):,} KB"
    name = element("span", f" of {product.title}, {product.area}, {audience(product.audience)}", class_="hidden")
    link = element("a", file.kind, name, href=f"/products/{quote(file.address)}")
    return element("li", link, f" ({size})", " Changed since it was built." if file.changed else "")


def _day(made: str) -> str:
    """27 October 2016 for 2016-10-27; anything else as it is."""
    month, _, day = made.rpartition("-")
    return f"{int(day)} {month_name(month)}" if is_month(month) and day.isdigit() else made


def refused(what: str, next_step: str) -> Safe:
    """Why there is nothing to see."""
    return page("Not found", element("h1", "There is nothing to show"), element("p", what), element("p", next_step) if next_step else "",
                element("p", element("a", "Back to the products", href="/")))  # fmt: skip


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[Child]], right: Sequence[int] = ()) -> Safe:
    """A table that scrolls inside its own frame. The first column names the row; `right` lists columns of numbers."""
    head = element(
        "tr", *(element("th", text, scope="col", class_="n" if i in right else "") for i, text in enumerate(headings))
    )
    body = [element("tr", *(_cell(cell, first=i == 0, right=i in right) for i, cell in enumerate(row))) for row in rows]
    content = element("table", element("caption", caption), element("thead", head), element("tbody", *body))
    return element(
        "div", element("div", content, class_="frame", tabindex="0", role="region", aria_label=caption), class_="table"
    )


def _cell(cell: Child, *, first: bool, right: bool) -> Safe:
    style = "n" if right else ""
    return element("th", cell, scope="row", class_=style) if first else element("td", cell, class_=style)
