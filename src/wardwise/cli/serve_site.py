"""Which page answers which address."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from pathlib import Path

from wardwise.definitions.find import DefinitionError
from wardwise.records.errors import WardwiseError
from wardwise.reports.markup import Safe

from . import serve_figures, serve_pages, serve_products
from .serve_http import PRODUCT_PAGES, Answer

FONTS = {"/regular.woff": "Regular", "/semibold.woff": "Semibold"}


@dataclass(frozen=True)
class Site:
    """store: the folder of tables, read only. products: the folder that products were written to. engine: duckdb or spark."""

    store: Path
    products: Path
    engine: str = "duckdb"
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        """The answer to one request. Errors become pages in plain words; a fault of ours says nothing of what was asked."""
        try:
            return self._answer(path, query)
        except (WardwiseError, DefinitionError) as error:
            return self.refused(error.what, HTTPStatus.NOT_FOUND, error.next_step)
        except Exception:
            return self.refused(
                "Wardwise met a fault it did not expect.",
                HTTPStatus.INTERNAL_SERVER_ERROR,
                "Run the same on the command line, which says more.",
            )

    def _answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/style.css":
            return Answer(_style(), "text/css; charset=utf-8")
        if path == "/icon.svg":
            return Answer(serve_pages.ICON, "image/svg+xml")
        if path in FONTS:
            return Answer(_font(FONTS[path]), "font/woff")
        if path.startswith("/products/"):
            return self._file(path.removeprefix("/products/"))
        page = self._page(path)
        if page is None:
            return self.refused("There is no such page.", HTTPStatus.NOT_FOUND)
        with self._one_at_a_time:
            return _html(page(query))

    def _page(self, path: str) -> Callable[[Mapping[str, str]], Safe] | None:
        figures = serve_figures.Figures(self.store, self.engine)
        if path == "/":
            return lambda _: serve_pages.home(*serve_products.listed(self.products))
        if path == "/measures":
            return lambda _: figures.measures()
        if path.startswith("/measures/"):
            return lambda query: figures.measure(path.removeprefix("/measures/"), query)
        return figures.explain if path == "/explain" else None

    def _file(self, address: str) -> Answer:
        file = serve_products.find(self.products, address)
        if file is None:
            return self.refused("There is no such file among the products.", HTTPStatus.NOT_FOUND)
        save_as = file.path.name if file.path.suffix in (".docx", ".csv") else ""
        return Answer(
            file.path.read_bytes(), serve_products.TYPES[file.path.suffix][1], policy=PRODUCT_PAGES, save_as=save_as
        )

    def refused(self, what: str, status: int, next_step: str = "") -> Answer:
        """A page that says why there is nothing to see, and where to go."""
        return _html(serve_pages.refused(what, next_step), status)


def _html(page: Safe, status: int = HTTPStatus.OK) -> Answer:
    return Answer(f"<!doctype html>\n{page}\n".encode(), status=status)


@cache
def _style() -> bytes:
    """The style of written products, with its font beside it instead of inside, and a few rules for lists and forms."""
    from wardwise import reports

    faces = "".join(
        f"@font-face{{font-family:'Source Sans Pro';font-display:swap;font-weight:{weight};src:url({address}) format('woff')}}\n"
        for address, weight in zip(FONTS, (400, 600), strict=True)
    )
    sheet = Path(reports.__file__).parent / "templates" / "page.css"
    return (faces + sheet.read_text(encoding="utf-8") + serve_pages.STYLE).encode()


@cache
def _font(name: str) -> bytes:
    from wardwise.charts.theme import fonts
    from wardwise.reports.woff import woff

    return woff(fonts() / f"SourceSansPro-{name}.ttf")
