"""What is biggest, and what changed most? The share of each category, largest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Statement, Table
from wardwise.records.periods import Period

from . import pairs
from .asking import Asker, MeasureOrName, asker
from .breakdown import lay_out
from .change import Against
from .pairs import Pair, Spans
from .words import literal

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

TOTAL = "Total"
METHOD = "Share is of the total in the later period."


def of_volume(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    by: str,
    area: str,
    period: Period,
    against: Against = "year-before",
    *,
    name: str = "mix",
    first: str = "Category",
) -> Findings:
    """Categories of `measure`, largest first, each with its share of the total and its change: table `mix`."""
    laid = lay_out(
        asker(source), measure, by, area, (period, against), TOTAL, lambda pair: (-_size(pair.after), pair.label)
    )
    title = f"What {laid.title[:1].lower()}{laid.title[1:]} in {laid.where} is made of, {laid.spans.after.label()}"
    table = _with_shares(pairs.table("mix", title, laid.rows, laid.spans, first), laid.rows, laid.last)
    return laid.findings(name, table, _statements(laid.rows, laid.spans, laid.last), METHOD)


def _size(value: Cell) -> int:
    return value if isinstance(value, int) else -1


def _with_shares(table: Table, rows: Sequence[Pair], last: int) -> Table:
    """The table with each row's share of the last one. The share names `after` twice over: its own and the total's count."""
    place = next(i for i, column in enumerate(table.columns) if column.name == "after") + 1
    share = Column("share", Role.PERCENT, "Share of the total", of=("after",), decimals=1)
    columns = (*table.columns[:place], share, *table.columns[place:])
    total = rows[last].after
    filled = tuple({**row, "share": _share(pair.after, total)} for row, pair in zip(table.rows, rows, strict=True))
    return replace(table, columns=columns, rows=filled)


def _share(part: Cell, total: Cell) -> Cell:
    if isinstance(part, int) and isinstance(total, int) and total:
        return float(Fraction(part * 100, total))
    return NOT_APPLICABLE


def _statements(rows: Sequence[Pair], spans: Spans, last: int) -> list[Statement]:
    """The largest three; then the change hardest to explain by chance in each direction."""
    found = []
    for at, pair in enumerate(rows[: min(3, last)]):
        if isinstance(pair.after, int) and isinstance(rows[last].after, int) and pair.after:
            found.append(_share_statement(pair, at, last))
    changed = [most_changed(rows[:last], spans, up=up) for up in (True, False)]
    found.extend(pairs.statement(rows[at], spans, at, "mix") for at in changed if at is not None)
    return found


def _share_statement(pair: Pair, at: int, last: int) -> Statement:
    refs = {"share": Ref("mix", at, "share"), "after": Ref("mix", at, "after"), "total": Ref("mix", last, "after")}
    text = f"{literal(pair.label)} made up {{share}} of what was recorded ({{after}} of {{total}})."
    return Statement(text, refs, {"share": "percent", "after": "count", "total": "count"})


def most_changed(rows: Sequence[Pair], spans: Spans, *, up: bool) -> int | None:
    """The row whose rise (or fall) is hardest to put down to chance; None when none can be told from chance."""
    judged = [(spans.judge(pair), at) for at, pair in enumerate(rows)]
    wanted = "up" if up else "down"
    fit = [
        (verdict.p, at) for verdict, at in judged if verdict and verdict.distinguishable and verdict.direction == wanted
    ]
    return min(fit)[1] if fit else None
