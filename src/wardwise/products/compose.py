"""Puts a product together: its declaration and its released findings become a document's blocks, in reading order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wardwise.analysis.reporting import TABLE as REPORTING
from wardwise.analysis.words import GAP, chance_sentence, gap_caveat, listed
from wardwise.disclosure import Released
from wardwise.records.cells import MISSING, NOT_APPLICABLE
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Role, Table
from wardwise.reports import document as d
from wardwise.reports.tables import table as table_block
from wardwise.reports.words import say, say_all, verdict

from . import editions
from .definition import Block, FrontPage, Product, Section
from .pictures import Draw
from .settings import Settings

WORKED_OUT = frozenset({Role.VALUE, Role.LOWER, Role.UPPER})
Answers = Mapping[str, Released]


@dataclass(frozen=True)
class Parts:
    """What a document is put together from. words: what {area}, {period} … stand for in declared text. public: whether anyone may read it."""

    product: Product
    answers: Answers
    settings: Settings
    words: Mapping[str, str]
    draw: Mapping[str, Draw]
    public: bool = False

    def own_text(self, section: Section) -> tuple[str, ...]:
        return tuple(self.settings.text.get(self.product.product, {}).get(section.id, ()))

    def answered(self, section: Section) -> list[Block]:
        return [block for block in section.blocks if block.name in self.answers]

    def cover(self, key: str, otherwise: str) -> str:
        return self.settings.cover.get(self.product.product, {}).get(key, otherwise.format_map(self.words))

    @property
    def unwritten(self) -> tuple[Section, ...]:
        """The sections that people write, and have not."""
        return tuple(section for section in self.product.sections if section.written and not self.own_text(section))

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of this copy: a public one has none that says only that somebody should write it."""
        left_out = self.unwritten if self.public else ()
        return tuple(section for section in self.product.sections if section not in left_out)

    @property
    def numbered(self) -> bool:
        return self.product.style == "committee"


def sections(parts: Parts) -> Iterator[d.Block]:
    """Every section in order. A caveat is said once, in the first section that needs it."""
    said: set[str] = set()
    explained, where = _explained(parts)
    for section in parts.sections:
        yield from section_blocks(section, parts, said)
        if parts.product.short:  # they stand together in the web page
            continue
        answers = [parts.answers[block.name] for block in parts.answered(section)]
        caveats = caveats_of(answers)
        words = (*section.text, *parts.own_text(section))
        caveats.insert(0, editions.mismatch(words, parts.answers))
        stated = " ".join(sentence for released in answers for sentence in say_all(released))
        caveats = [_pointed(caveat, explained, where) for caveat in caveats if caveat not in stated]
        fresh = [c for c in dict.fromkeys(caveats) if c and c not in said]
        said.update(fresh)
        if fresh:
            yield d.Caveats(tuple(fresh))


def _explained(parts: Parts) -> tuple[frozenset[str], str]:
    """What the product's table of changes in recording says of each, and a line that leads to it; nothing where it is not shown."""
    for block in parts.product.blocks():
        if block.ask == "recording" and "table" in block.show and block.name in parts.answers:
            table = next(iter(parts.answers[block.name].tables.values()))
            texts = frozenset(str(row["text"]) for row in table.rows)
            return (
                texts,
                f"“{block.title or table.title}” says what the changes in recording mean that are marked on the charts.",
            )
    return frozenset(), ""


def _pointed(caveat: str, explained: frozenset[str], where: str) -> str:
    """A caveat without what the table of changes in recording says, which is then said there alone."""
    text = next((text for text in explained if caveat.endswith(text)), "")
    return (caveat.removesuffix(text).strip() or where) if text else caveat


def caveats_of(answers: Sequence[Released]) -> list[str]:
    """The caveats of a section's answers, in order. Months not supplied are named once, for all of its series together."""
    gaps = [str(released.meta.get(GAP, "")).split() for released in answers]
    own = {gap_caveat(months) for months in gaps}
    said = [c for released in answers for c in released.caveats if c not in own]
    return [*said, *filter(None, (gap_caveat({month for months in gaps for month in months}),))]


def section_blocks(section: Section, parts: Parts, said: Collection[str] = ()) -> Iterator[d.Block]:
    """The blocks of one section: heading, its text, the partnership's own text, then each answer, and last, in one list, why others
    have none. said: caveats of earlier sections, which no sentence after the first repeats.

    A section none of whose questions could be answered says so and what would fill it, and not what its answers would show.
    """
    yield d.Heading(section.level, section.title, section.id)
    paragraph = d.NumberedParagraph if parts.numbered else d.Paragraph
    answered = parts.answered(section)
    lacking = not answered and not parts.own_text(section) and bool(section.needs)
    declared = () if lacking else (t.format_map(parts.words) for t in section.text)
    for text in (*declared, *parts.own_text(section)):
        yield paragraph(text)
    blocks = list(_once(answered, parts))
    refused = [block for block in blocks if _refused(block, parts)]
    reported: list[str] = []
    for block in blocks:
        if block not in refused:
            yield from _answer(block, section, parts, (*said, *reported))
            reported += say_all(parts.answers[block.name])[-1:] if REPORTING in parts.answers[block.name].tables else []
    if refused:
        yield d.Bullets(tuple(_why_not(block, parts) for block in refused))
    if lacking:
        yield paragraph(section.needs) if parts.numbered else d.Callout(section.needs)


def _refused(block: Block, parts: Parts) -> bool:
    """Whether an answer is only the reason why there is none; a committee's numbered paragraphs keep their own headings."""
    released = parts.answers[block.name]
    return (
        bool(block.title and block.show)
        and not parts.numbered
        and len(released.statements) == 1
        and not any(table.rows for table in released.tables.values())
    )


def _why_not(block: Block, parts: Parts) -> d.Text:
    reason = d.Span(say(parts.answers[block.name]))
    return (d.Span(f"{block.title}{'' if block.title[-1] == '?' else '.'} ", bold=True), reason)


def _once(blocks: Sequence[Block], parts: Parts) -> Iterator[Block]:
    """The blocks but for those that say only why they have no answer, in words that an earlier one of the section said."""
    said: set[tuple[str, ...]] = set()
    for block in blocks:
        released = parts.answers[block.name]
        words = say_all(released)
        if words in said and not any(table.rows for table in released.tables.values()):
            continue
        said.add(words)
        yield block


def _answer(block: Block, section: Section, parts: Parts, said: Collection[str] = ()) -> Iterator[d.Block]:
    released = parts.answers[block.name]
    if block.title and block.show:
        yield d.Heading(section.level + 1, block.title, f"question-{block.name}")
    yield from _sentences(block, released, parts, said)
    tables = block.tables or tuple(released.tables)[:1] if "table" in block.show else ()
    charts: list[d.ChartBlock] = []
    if block.chart and "chart" in block.show:
        drawn = block.chart_table or next(iter(released.tables))
        for chart in (block.chart, *block.more_charts):
            charts.extend(_chart(chart, block, parts, _printed(block, parts, drawn in tables)))
    yield from charts
    yield from _tables(block, released, tables, charts)


def _tables(
    block: Block, released: Released, tables: Sequence[str], charts: Sequence[d.ChartBlock]
) -> Iterator[d.Block]:
    """The tables of an answer. The sources are said once, under its first chart or table; a table that a chart was drawn from, and that
    would have its caption, says instead that it holds its numbers."""
    beside = charts[0].id if charts else ""
    drawn = block.chart_table or next(iter(released.tables), "")
    for name in tables:
        if released.table(name).rows:
            caption = block.table_title if name == tables[0] else ""
            columns = _columns(block, released, name, tables)
            notes = (released.key, released.rounding if _counts(released.table(name), columns) else "")
            made = table_block(
                released,
                name,
                caption=caption,
                columns=columns,
                rows=_worth_showing(released.table(name)),
                notes=tuple(filter(None, notes)),
                id=f"{block.name}-{name}-table",
                beside=beside,
            )
            same = bool(charts) and name == drawn and made.caption == (charts[0].caption or charts[0].chart.title)
            yield replace(made, caption="") if same else made
            beside = beside or made.id


def _counts(table: Table, columns: Sequence[str]) -> bool:
    """Whether any count is among the columns shown (all unless named), so that its rounding matters."""
    return any(column.role is Role.COUNT and (not columns or column.name in columns) for column in table.columns)


def _worth_showing(table: Table) -> Sequence[int] | None:
    """The rows of a comparison but for those of which neither period was supplied, as a sentence says; all where that leaves none."""
    if not {"before", "after"} <= {column.name for column in table.having(Role.COUNT)}:
        return None
    held = [at for at, row in enumerate(table.rows) if (row["before"], row["after"]) != (MISSING, MISSING)]
    return held if 0 < len(held) < len(table.rows) else None


def _printed(block: Block, parts: Parts, in_text: bool) -> str:
    """Where the data of a chart go on paper: nowhere when the text has them, or when they are left to the web page."""
    return "none" if in_text or parts.product.brief or parts.product.short or not block.printed else "appendix"


def _columns(block: Block, released: Released, name: str, tables: Sequence[str]) -> tuple[str, ...]:
    """Of the columns that a block names, those that this one of its tables has, but for notes where there are none; a table that has none
    of them shows all of its own. Raises WardwiseError for a name that none of the tables has."""
    held = {table: {column.name for column in released.table(table).columns} for table in tables}
    unknown = [column for column in block.columns if not any(column in names for names in held.values())]
    if unknown:
        raise WardwiseError(
            f"There is no column called “{unknown[0]}”.",
            where=f"block {block.name}",
            next_step=f"Use some of: {', '.join(sorted(held[name]))}.",
        )
    chosen = released.table(name)
    return tuple(column for column in block.columns if column in held[name] and not _empty(chosen, column))


def _empty(table: Table, name: str) -> bool:
    """Whether a column of remarks has none, or another has nothing all the way down, such as changes where none may be worked out, or
    rates where no residents are held."""
    column = table.column(name)
    if column.role is Role.NOTE:
        return not any(row[name] for row in table.rows)
    lacking = (NOT_APPLICABLE, MISSING) if column.role in WORKED_OUT else (NOT_APPLICABLE,)
    return all(row.get(name) in lacking for row in table.rows)


def _sentences(block: Block, released: Released, parts: Parts, said: Collection[str] = ()) -> Iterator[d.Block]:
    told = say_all(released) if "statements" in block.show else ()
    every = told[: block.most]
    if REPORTING in released.tables and told and told[-1] not in every:
        every = (
            *every,
            told[-1],
        )  # what people say of reporting stands beside a rise, however few sentences are wanted
    sentences = tuple(sentence for at, sentence in enumerate(every) if not at or sentence not in said)
    if parts.numbered:
        yield from (d.NumberedParagraph(sentence) for sentence in sentences)
    elif sentences:
        yield d.Callout(sentences[0])
        if sentences[1:]:
            yield d.Bullets(sentences[1:])


def _chart(name: str, block: Block, parts: Parts, print_table: str) -> Iterator[d.ChartBlock]:
    if name not in parts.draw:
        raise WardwiseError(
            f"There is no chart called “{name}”.",
            where=f"block {block.name}",
            next_step=f"Use one of: {', '.join(sorted(parts.draw))}.",
        )
    chart = parts.draw[name](parts.answers[block.name], block.chart_table)
    if chart is not None and "statements" in block.show and chart.subtitle:
        chart = replace(
            chart, title=chart.subtitle, subtitle=""
        )  # the finding stands above it already, and is said once
    if chart is not None:
        number = (block.chart, *block.more_charts).index(name)
        yield d.ChartBlock(chart, print_table=print_table, id=f"{block.name}-chart{number + 1 if number else ''}")


def cover(parts: Parts) -> Iterator[d.Block]:
    """The committee's cover lines, from the partnership's settings where they say otherwise."""
    if parts.product.cover:
        facts = tuple(d.Fact(item.title, parts.cover(item.key, item.text)) for item in parts.product.cover)
        yield d.KeyFacts(facts)


def closing(parts: Parts) -> Iterator[d.Block]:
    """The template's closing lines (legal, risk, equality …), each a numbered heading with its answer."""
    for item in parts.product.closing:
        yield d.Heading(1, item.title, item.key)
        yield d.NumberedParagraph(parts.cover(item.key, item.text))


def front(parts: Parts) -> Iterator[d.Block]:
    """The first page: a few lines under each heading, every line leading to its section."""
    for part in parts.product.front:
        released = parts.answers.get(part.block)
        said = _front_lines(released, part) if released else ()
        lines = said or (d.Line(part.lacking or "Nothing is held that could answer this.", target=part.section),)
        yield d.Heading(1, part.title, f"front-{part.title.lower().replace(' ', '-')}", numbered=False)
        yield d.Lines(lines)


def _front_lines(released: Released, part: FrontPage) -> tuple[d.Line, ...]:
    """The first sentences of an answer. Where the part shows verdicts, a tag says what the sentence on chance would."""
    lines: dict[str, d.Line] = {}
    for at in range(len(released.statements)):
        text, tag = say(released, at), verdict(released, at) if part.verdicts else ""
        plain = text.replace(chance_sentence(tag), "").replace("  ", " ").strip() if chance_sentence(tag) else text
        lines.setdefault(text, d.Line(plain, tag if plain != text else "", part.section))
    return tuple(lines.values())[: part.most]


def sources_of(answers: Answers) -> tuple[str, ...]:
    """Every source named by an answer, once, in order."""
    return tuple(dict.fromkeys(source for released in answers.values() for source in released.sources))


def titles(product: Product) -> dict[str, str]:
    """The title that each block stands under, its own or its section's."""
    return {block.name: block.title or section.title for section in product.sections for block in section.blocks}


def methods_of(answers: Answers, titles: Mapping[str, str]) -> tuple[d.Text, ...]:
    """Every method named by an answer, once, in order, after the titles of the parts that it worked out; those that several share
    stand first. titles: of the blocks, by name."""
    shared = dict.fromkeys(method for released in answers.values() for method in released.shared_methods)
    own: dict[str, list[str]] = {}
    for name, released in answers.items():
        if released.method:
            own.setdefault(released.method, []).append(titles.get(name, ""))
    shared = {method: None for method in shared if method not in own}  # one that has a title of its own stands under it
    named = ((listed([title for title in dict.fromkeys(each) if title]), method) for method, each in own.items())
    return (
        *shared,
        *(
            (d.Span(f"{lead}{'' if lead[-1] == '?' else '.'} ", bold=True), d.Span(method)) if lead else method
            for lead, method in named
        ),
    )
