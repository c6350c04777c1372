"""A document refuses links that lead nowhere, repeated ids and skipped headings; the template's numbers follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories.released import points, through_the_gate
from wardwise.charts.control_chart import control_chart
from wardwise.records.cells import MISSING, NOT_APPLICABLE, SUPPRESSED
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Role, Table
from wardwise.reports.document import (
    Block,
    ChartBlock,
    Document,
    HeaderCell,
    Heading,
    NumberedParagraph,
    Paragraph,
    Span,
    TableBlock,
)
from wardwise.reports.numbering import number
from wardwise.reports.printed import _without_constants, printed
from wardwise.reports.tables import of_table


def document(*blocks: Block, numbered: bool = False, first_number: int = 1) -> Document:
    return Document(
        "Title", "Subtitle", "Blackpool", "April to August 2016", "public", date(2016, 10, 27), blocks,
        numbered=numbered, first_number=first_number,
    )  # fmt: skip


def test_a_link_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(WardwiseError, match="links to a block"):
        document(Paragraph((Span("see", target="nowhere"),)))


def test_two_blocks_with_one_id_are_refused() -> None:
    with pytest.raises(WardwiseError, match="same id"):
        document(Heading(1, "One", "x"), Heading(1, "Two", "x"))


def test_a_skipped_heading_level_is_refused() -> None:
    with pytest.raises(WardwiseError, match="skips a level"):
        document(Heading(1, "One"), Heading(3, "Three"))


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(WardwiseError, match="2 cells"):
        TableBlock("t", (HeaderCell("a"),), (("1", "2"),))


def test_numbers_of_the_committee_template() -> None:
    blocks = (
        Heading(1, "Background"),
        NumberedParagraph("a"),
        NumberedParagraph("b"),
        Heading(1, "Performance"),
        NumberedParagraph("c"),
        Heading(2, "Violence"),
        NumberedParagraph("d"),
        NumberedParagraph("e"),
        Heading(2, "Domestic abuse"),
        NumberedParagraph("f"),
        Heading(1, "Appendix", numbered=False),
    )
    numbers = [n.number for n in number(document(*blocks, numbered=True, first_number=5))]
    assert numbers == ["5.0", "5.1", "5.2", "6.0", "6.0.1", "6.1", "6.1.1", "6.1.2", "6.2", "6.2.1", ""]


def test_figures_and_headings_get_ids_of_their_own() -> None:
    table = TableBlock("t", (HeaderCell("a"),), ())
    found = number(document(Heading(1, "Violence", "violence"), Heading(1, "Violence"), table, table))
    assert [(n.number, n.id) for n in found] == [
        ("", "violence"),
        ("", "violence-2"),
        ("1", "table-1"),
        ("2", "table-2"),
    ]


def test_on_paper_a_charts_data_stand_in_the_appendix_with_limits_said_once() -> None:
    chart = control_chart(through_the_gate(points()))
    made = printed(document(Heading(1, "One"), ChartBlock(chart), ChartBlock(chart, print_table="none")))
    kinds = [type(block).__name__ for block in made.blocks]
    assert kinds == ["Heading", "ChartBlock", "ChartBlock", "Heading", "TableBlock"]
    data = made.blocks[-1]
    assert isinstance(data, TableBlock)
    assert [h.title for h in data.header] == ["Month", "Recorded crimes", "Stands out because"]
    assert data.notes == (
        "November 2014: New recording rules",
        "Mean, every row: 748.8. Lower limit, every row: 611.0. Upper limit, every row: 886.6.",
    )
    drawn = made.blocks[1]
    assert isinstance(drawn, ChartBlock)
    assert drawn.data == data.id


def test_on_paper_a_long_table_keeps_the_rows_that_stand_out_and_says_where_the_others_are() -> None:
    chart = replace(control_chart(through_the_gate(points())), first_rows=3)
    made = printed(document(Heading(1, "One"), ChartBlock(chart)))
    data = made.blocks[-1]
    assert isinstance(data, TableBlock)
    assert len(data.rows) == 3
    left = len(chart.table.rows) - 3
    assert data.notes[-1] == f"{left} more rows are in the web page of this document, under the same chart."


def test_data_below_a_chart_follow_it() -> None:
    chart = control_chart(through_the_gate(points()))
    made = printed(document(Heading(1, "One"), ChartBlock(chart, print_table="below")))
    assert [type(block).__name__ for block in made.blocks] == ["Heading", "ChartBlock", "TableBlock"]


def test_remarks_on_rows_stand_under_the_table_once_each() -> None:
    columns = (
        Column("label", Role.LABEL, "Kind"),
        Column("n", Role.COUNT, "Number"),
        Column("note", Role.NOTE, "Note"),
    )

    def made(*notes: str) -> TableBlock:
        rows = tuple({"label": f"Kind {i}", "n": 5, "note": note} for i, note in enumerate(notes))
        return of_table(Table("t", "T", columns, rows))

    assert [head.title for head in made("", "Worked out.").header] == ["Kind", "Number"]
    assert made("", "Worked out.").notes == ("Kind 1: Worked out.",)
    assert made("few", "few", "").notes == ("Kind 0; Kind 1: few events, read with care.",)
    assert made(*["Not supplied: June 2020."] * 3).notes == ("Every row: Not supplied: June 2020.",)
    assert made(*["same"] * 8, "").notes == ("8 rows, Kind 0 to Kind 7: same",)
    shared = made("Odd months.", "More searches. Odd months.", "Odd months.")
    assert shared.notes == ("Every row: Odd months.", "Kind 1: More searches.")
    many = made(*"abcdef")
    assert [head.title for head in many.header] == ["Kind", "Number", "Note"] and many.notes == ()


def test_a_column_in_which_nothing_was_supplied_is_not_printed_and_is_said_once() -> None:
    columns = (
        Column("label", Role.LABEL, "Age"),
        Column("n", Role.COUNT, "Number"),
        Column("residents", Role.BASE, "Share of residents"),
        Column("times", Role.VALUE, "Times its share"),
    )
    lacking = {"residents": MISSING, "times": NOT_APPLICABLE}
    rows = ({"label": "15 to 24", "n": 60, **lacking}, {"label": "25 to 29", "n": 31, **lacking})
    made = of_table(Table("t", "T", columns, rows))
    assert [head.title for head in made.header] == ["Age", "Number"]
    assert made.notes == ("Not supplied: Share of residents.",)
    named = of_table(Table("t", "T", columns, rows), columns=("label", "n", "residents"))
    assert [head.title for head in named.header] == ["Age", "Number"]
    half = of_table(Table("t", "T", columns, (rows[0], {**rows[1], "residents": 12.0})))
    assert [head.title for head in half.header] == ["Age", "Number", "Share of residents", "Times its share"]
    none = of_table(Table("t", "T", columns, tuple({**row, "n": MISSING} for row in rows)))
    assert [head.title for head in none.header] == ["Age", "Number"]


def test_on_paper_a_column_hidden_in_every_row_is_said_in_words() -> None:
    columns = (
        Column("label", Role.LABEL, "Area"),
        Column("n", Role.COUNT, "Records"),
        Column("cold", Role.VALUE, "Months cold"),
    )
    rows = tuple({"label": f"Area {n}", "n": n, "cold": SUPPRESSED} for n in range(20))
    table, said = _without_constants(Table("t", "T", columns, rows))
    assert [column.name for column in table.columns] == ["label", "n"]
    assert said == ("Months cold, every row: hidden to protect people.",)
