"""Columns of printed tables: no word cut, small type only when it must be."""

from __future__ import annotations

import pytest

from wardwise.reports.document import HeaderCell, TableBlock
from wardwise.reports.widths import GAP, TEXT_WIDTH, _ems, layout


def block(columns: int, word: str = "words", rows: int = 3) -> TableBlock:
    header = tuple(HeaderCell(f"Column {i}", numeric=i > 0) for i in range(columns))
    return TableBlock("t", header, ((word, *("1,234",) * (columns - 1)),) * rows)


def test_shares_add_up_and_the_names_get_what_is_left() -> None:
    laid = layout(block(4))
    assert sum(laid.shares) == pytest.approx(1)
    assert laid.size == 10
    assert laid.shares[0] > laid.shares[1]


@pytest.mark.parametrize(("columns", "size"), [(9, 10.0), (11, 9.0), (14, 9.0)])
def test_the_type_shrinks_only_when_words_would_not_fit(columns: int, size: float) -> None:
    assert layout(block(columns)).size == size


def test_every_column_holds_its_longest_word() -> None:
    laid = layout(block(6, word="supercalifragilistic"))
    assert laid.shares[0] * TEXT_WIDTH >= 20 * laid.size * 0.5


def test_a_column_that_may_be_broken_does_not_push_the_others_out() -> None:
    header = (HeaderCell("Number"), HeaderCell("Figure id"))
    rows = (("Recorded crime", "x" * 300),)
    laid = layout(TableBlock("t", header, rows, breakable=(1,)))
    assert laid.size == 10
    assert laid.shares[0] > 0.15


def test_a_column_of_months_keeps_them_whole_beside_a_column_of_long_sentences():
    from wardwise.reports.widths import _smallest_first

    assert _smallest_first([10.0, 300.0, 90.0], 100.0) == [10.0, 45.0, 45.0]
    assert sum(_smallest_first([5.0, 5.0, 200.0], 100.0)) == 100.0


def test_a_column_of_long_texts_takes_twice_the_room_of_one_of_shorter_ones():
    from wardwise.reports.widths import _smallest_first

    assert _smallest_first([300.0, 300.0], 90.0, [2.0, 1.0]) == [60.0, 30.0]
    header = (HeaderCell("When"), HeaderCell("What it means"), HeaderCell("Source"))
    laid = layout(TableBlock("t", header, (("July 2022", "word " * 40, "word " * 20),)))
    assert laid.shares[1] > 1.5 * laid.shares[2]


def test_room_goes_where_it_saves_a_line():
    from wardwise.reports.fewest_lines import widths

    rows = [["one", "word " * 10], ["two", "word " * 10], ["x " * 30, "word"]]
    narrow = [30.0, 30.0]
    found = widths(rows, narrow, 200.0, 8.0, lambda text: 5.0 * len(text))
    assert sum(found) <= 200 and all(width >= least for width, least in zip(found, narrow, strict=True))

    def lines(text: str, width: float) -> int:
        count, at = 1, 0
        for word in text.split():
            if at and at + 1 + len(word) > (width - 8) / 5:
                count, at = count + 1, len(word)
            else:
                at += len(word) + (1 if at else 0)
        return count

    def tall(each: list[float]) -> int:
        return sum(max(lines(cell, width) for cell, width in zip(row, each, strict=True)) for row in rows)

    assert tall(found) <= min(tall([30.0 + k, 170.0 - k]) for k in range(0, 141, 6)) + 2
    assert widths([["a", "b"]], narrow, 200.0, 8.0, lambda text: 5.0 * len(text)) == narrow
    assert widths(rows, narrow, 60.0, 8.0, lambda text: 5.0 * len(text)) == narrow


def test_a_verdict_is_not_set_one_word_a_line_where_smaller_type_avoids_it() -> None:
    titles = ("Usual range from", "Usual range to", "Outer limit, low", "Outer limit, high")
    numbers = ("Number", "Residents", "Violent and sexual offences per 1,000 residents", *titles)
    words = ("Where it stands", "By chance alone")
    header = (HeaderCell("Area"), *(HeaderCell(t, numeric=True) for t in numbers), *map(HeaderCell, words))
    row = (
        "Samphire Vale (synthetic)",
        "1,026",
        "152,430",
        *("19.6",) * 5,
        "Far above the usual range",
        "More than chance",
    )
    laid = layout(TableBlock("t", header, (row,) * 3))
    room = [share * TEXT_WIDTH - GAP for share in laid.shares]
    assert laid.size == 9
    for place, line in ((8, "usual range"), (9, "More than")):
        assert room[place] >= _ems(line) * laid.size
    assert sum(laid.shares) == pytest.approx(1)


def test_longer_texts_do_not_shrink_the_type() -> None:
    header = (HeaderCell("Area"), *(HeaderCell(f"Column {i}", numeric=True) for i in range(8)), HeaderCell("Remark"))
    row = ("Talbot", *("1,234",) * 8, "few events, so read this with care")
    assert layout(TableBlock("t", header, (row,) * 3)).size == 10
