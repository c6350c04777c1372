"""A product as declared: sections in order, the questions each one asks, and what to say when the data is lacking."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wardwise.definitions.find import DefinitionError, files, read

Show = Literal["statements", "chart", "table"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Block(Strict):
    """One question and how its answer is shown.

    ask: name of a question (products/questions/). with: its options, for example the measures.
    chart: name of a chart; empty for none. more_charts: others of the same answer, drawn after it. chart_table, tables: names of the finding's tables to draw and to show; the first
    unless named. columns: names of the first table's columns to show, in order; all unless named. most: sentences to say, where a table says
    the rest; all unless given. printed: false where paper leaves the data of its charts to the web page. web: what of the answer a short
    product leaves to its web page, all of its tables and sentences there.
    """

    ask: str
    name: str
    options: dict[str, Any] = Field(default_factory=dict, alias="with")
    chart: str = ""
    more_charts: tuple[str, ...] = ()
    chart_table: str = ""
    show: tuple[Show, ...] = ("statements", "chart", "table")
    title: str = ""
    table_title: str = ""
    tables: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    most: int | None = Field(default=None, ge=1)
    printed: bool = True
    web: tuple[Show, ...] = ()


class Section(Strict):
    """needs: what would fill the section, said when none of its questions could be answered. written: whether people write it, in the
    partnership's settings; until they have, a public copy leaves it out and the command that builds the product says so."""

    id: str
    title: str
    law: str = ""
    text: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    needs: str = ""
    written: bool = False
    level: int = 1


class Item(Strict):
    """A line of the committee's cover: heading and what stands there unless the partnership's settings say otherwise."""

    key: str
    title: str
    text: str = ""


class FrontPage(Strict):
    """The first page: each part names the block whose statements it repeats, or says what is lacking.

    verdicts: whether a tag after each line says if the change could be chance, in place of the sentence that says so."""

    title: str
    block: str = ""
    most: int = 5
    verdicts: bool = False
    lacking: str = ""
    section: str = ""


class Product(Strict):
    """months: length of the period when --from is not given. ends_with: a measure whose files come late, a year at a time; where the last month supplied is earlier than the one
    asked for, the document is of the same number of months up to that, and says so.
    style: report, committee (numbered paragraphs), or short: paper to be
    read before a meeting, in smaller type and without a cover, whose full record (every caveat, method, source and figure) is in its web
    page. pages: the most that it may take on paper. keep_in_mind: of the caveats, those that a short product prints.
    brief: a few pages for a meeting, without a list of contents, and
    with the data behind its charts in the web page alone. compared: whether it sets the period against the year before; false where
    what it says is of the period alone, or of periods of its own."""

    product: str
    title: str
    subtitle: str = ""
    purpose: str
    law: str = ""
    serves: tuple[str, ...] = Field(min_length=1)
    owner: str
    months: int = Field(ge=1, le=120)
    ends_with: str = ""
    style: Literal["report", "committee", "short"] = "report"
    brief: bool = False
    compared: bool = True
    pages: int | None = Field(default=None, ge=1)
    keep_in_mind: tuple[str, ...] = ()
    front: tuple[FrontPage, ...] = ()
    cover: tuple[Item, ...] = ()
    sections: tuple[Section, ...] = Field(min_length=1)
    closing: tuple[Item, ...] = ()

    @property
    def short(self) -> bool:
        return self.style == "short"

    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for section in self.sections for block in section.blocks)


def load(name: str, own: Path | None = None) -> Product:
    """The product called `name`. Raises DefinitionError when there is none, or its file is wrong."""
    found = {path.stem: path for path in files("products", own)}
    if name not in found:
        raise DefinitionError(
            f"There is no product called “{name}”.",
            where="definitions/products",
            next_step=f"Use one of: {', '.join(sorted(found))}.",
        )
    path = found[name]
    try:
        product = Product.model_validate(read(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = " → ".join(str(part) for part in first["loc"])
        raise DefinitionError(
            f"{place}: {first['msg']}.",
            where=path.name,
            next_step="Mend that line; docs/reference/products.md lists them.",
        ) from error
    names = [block.name for block in product.blocks()]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise DefinitionError(
            f"Two blocks are called {', '.join(sorted(twice))}.",
            where=path.name,
            next_step="Give each block its own name.",
        )
    return product
