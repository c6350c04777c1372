"""Reads a report: plain text, Markdown, Word, a web page, or a document of our own before it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from wardwise.records.errors import WardwiseError

from .text import Line, Text, assemble


def read(path: Path) -> Text:
    """The report's passages and tables. Raises WardwiseError when it is not there, cannot be read, or holds no words."""
    kind = READERS.get(path.suffix.lower())
    if not path.is_file() or kind is None:
        raise WardwiseError(
            "There is no such file."
            if not path.is_file()
            else f"A {path.suffix or 'nameless'} file cannot be checked.",
            where=path.name,
            next_step=f"Give a file that ends in {', '.join(sorted(READERS))}. Save a PDF as text first.",
        )
    lines = [line for line in kind(path) if line.text.strip() or any(cell.strip() for cell in line.cells)]
    if not lines:
        raise WardwiseError(
            "There are no words in this file.", where=path.name, next_step="Check that it is the report."
        )
    return assemble(path.name, lines)


def _plain(path: Path) -> Iterator[Line]:
    for number, line in enumerate(_decoded(path).splitlines(), start=1):
        cells = _cells(line)
        title = line.startswith("#")
        yield Line(line.lstrip("# ").strip() if title else line.strip(), f"line {number}", cells, title)


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise WardwiseError("This is not text that can be read.", where=path.name, next_step="Save it as UTF-8 text.")


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a row: parted by tabs, or by bars in Markdown."""
    if line.lstrip().startswith("|") and line.count("|") > 2:
        return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
    parts = tuple(cell.strip() for cell in line.split("\t"))
    return parts if len(parts) > 1 else ()


def _word(path: Path) -> Iterator[Line]:
    import zipfile

    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = Document(str(path))
    except (PackageNotFoundError, KeyError, zipfile.BadZipFile) as error:
        raise WardwiseError(
            "Word cannot open this file.", where=path.name, next_step="Save it again as a Word document (.docx)."
        ) from error
    for number, block in enumerate(document.iter_inner_content(), start=1):
        if isinstance(block, Table):
            for row in block.rows:
                yield Line("", f"block {number}", tuple(cell.text.strip() for cell in row.cells))
        else:
            style = block.style.name if block.style is not None else ""
            yield Line(block.text, f"block {number}", (), (style or "").startswith(("Heading", "Title")))


class _Page(HTMLParser):
    """Collects paragraphs, headings, list items and rows of a page; scripts, styles and drawings are passed over."""

    BLOCKS = frozenset(
        {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption", "blockquote", "dd", "dt"}
    )
    HIDDEN = frozenset({"script", "style", "svg", "template", "head"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.words: list[str] = []
        self.cells: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in self.HIDDEN
        if tag in self.BLOCKS or tag in ("td", "th"):
            self.words = []
        elif tag == "tr":
            self.cells = []

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in self.HIDDEN
        text = " ".join("".join(self.words).split())
        if tag in ("td", "th"):
            self.cells.append(text)
        elif tag == "tr":
            self.lines.append(Line("", f"line {self.getpos()[0]}", tuple(self.cells)))
        elif tag in self.BLOCKS and text:
            self.lines.append(Line(text, f"line {self.getpos()[0]}", (), tag[0] == "h"))
        if tag in self.BLOCKS or tag in ("td", "th"):
            self.words = []

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def _html(path: Path) -> Iterator[Line]:
    page = _Page()
    page.feed(_decoded(path))
    yield from page.lines


READERS: dict[str, Callable[[Path], Iterator[Line]]] = {
    ".txt": _plain,
    ".md": _plain,
    ".docx": _word,
    ".html": _html,
    ".htm": _html,
}
