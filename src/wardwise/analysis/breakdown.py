"""What is it made of? One measure split by a column over two periods, with its total: the hate crime table and its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wardwise.records.cells import MISSING
from wardwise.records.figures import Figure, Figures
from wardwise.records.findings import Findings, Statement, Sum, Table
from wardwise.records.periods import Period

from . import pairs, variation
from .asking import Asker, MeasureOrName, asker, count_cell, figure_id, group_label, once
from .change import Against, Counted, count
from .pairs import Pair, Spans
from .reporting import note

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

TOTAL = "Grand Total"
REST = "Other or not stated"
FEW = "Numbers behind some kinds could identify someone, so they are not told here; the table marks them [c]."


@dataclass(frozen=True)
class Split:
    """A measure split by a column: its parts, and its total over the same periods. rest: what is in the total and no part."""

    total: Counted
    parts: tuple[Pair, ...]
    adds_up: bool


def by_group(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    by: str,
    area: str,
    period: Period,
    against: Against = "year-before",
    *,
    name: str = "breakdown",
    first: str = "Type",
) -> Findings:
    """`measure` by the values of column `by`, two periods side by side, alphabetically, with the grand total: table `breakdown`."""
    laid = lay_out(asker(source), measure, by, area, (period, against), TOTAL)
    spans = laid.spans
    title = f"{laid.title} in {laid.where} by {by.replace('_', ' ')}, {spans.before.label()} and {spans.after.label()}"
    statements = (
        pairs.statement(laid.rows[-1], spans, laid.last, "breakdown", laid.title),
        *(
            replace(pairs.statement(pair, spans, at, "breakdown"), hidden=FEW)  # said once for all such kinds
            for at, pair in enumerate(laid.rows[:-1])
        ),
    )
    return laid.findings(name, pairs.table("breakdown", title, laid.rows, spans, first), statements)


@dataclass(frozen=True)
class Laid:
    """A split of an area's records over two periods as rows: its parts, and the total last."""

    area: str
    spans: Spans
    found: Split
    rows: tuple[Pair, ...]

    @property
    def last(self) -> int:
        """The place of the total."""
        return len(self.rows) - 1

    @property
    def title(self) -> str:
        return self.found.total.after.title

    @property
    def where(self) -> str:
        return self.found.total.after.names.get(self.area, self.area)

    def findings(self, name: str, table: Table, statements: Sequence[Statement], method: str = "") -> Findings:
        """The findings of one table made of these rows. method: what is done besides the comparison."""
        before, after = self.found.total.before, self.found.total.after
        return Findings(
            name=name,
            title=table.title,
            tables={table.name: table},
            statements=tuple(statements),
            sums=total_of(self.found, table.name, self.last, range(self.last)),
            method=method,
            shared_methods=(pairs.METHOD,),
            caveats=once((*self.spans.caveats(self.rows), *after.caveats)),
            sources=once((*after.sources, *before.sources)),
            profile=self.found.total.measure.profile,
            meta={
                "area": self.where,
                "area_code": self.area,
                "before": self.spans.before.label(),
                "after": self.spans.after.label(),
            },
        )


def by_name(pair: Pair) -> tuple[int, str]:
    """The order in which parts stand unless told: alphabetically."""
    return 0, pair.label


def lay_out(
    ask: Asker,
    measure: MeasureOrName,
    by: str,
    area: str,
    over: tuple[Period, Against],
    total: str,
    order: Callable[[Pair], tuple[int, str]] = by_name,
) -> Laid:
    """The measure split by column `by`, its parts in `order`. over: the period, and what it is compared with. total: what the
    last row is called."""
    period, against = over
    spans = Spans(period.year_before() if against == "year-before" else against, period)
    found = split(ask, measure, by, area, spans, order)
    return Laid(area, spans, found, (*found.parts, relabel(found.total.pair, total)))


def split(
    ask: Asker,
    measure: MeasureOrName,
    by: str,
    area: str,
    spans: Spans,
    order: Callable[[Pair], tuple[int, str]] = by_name,
) -> Split:
    """The measure's total and its parts, in `order` (by name unless told). A part seen in one period only is none in the
    other where the measure counts events, and not supplied where partners state totals (the figures say which)."""
    total = count(ask, measure, area, spans)
    before = ask.figures(total.measure, [area], spans.before, [by])
    after = ask.figures(total.measure, [area], spans.after, [by])
    usual = variation.of_groups(ask, total.measure, by, area, spans.after) if total.pair.known() else {}
    found = (replace(part, dispersion=usual.get(part.label)) for part in _parts(ask, by, before, after, total))
    parts = sorted(found, key=order)
    return _reconciled(total, parts)


def _parts(ask: Asker, by: str, before: Figures, after: Figures, total: Counted) -> Iterable[Pair]:
    earlier = {group_label(figure, by): figure for figure in before.figures}
    later = {group_label(figure, by): figure for figure in after.figures}
    events = not _states_totals(total)
    for label in {**earlier, **later}:
        example = earlier.get(label) or later[label]
        old = earlier.get(label) or (_none(example, before) if events else None)
        new = later.get(label) or (_none(example, after) if events else None)
        ids = figure_id(old), figure_id(new)
        good = note(ask, total.measure, by, label)
        yield Pair(label, count_cell(old), count_cell(new), *ids, total.pair.area, good=good)


def _states_totals(total: Counted) -> bool:
    count_of = getattr(total.measure, "count", None)
    return getattr(count_of, "records", "") in ("service_returns", "published_series")


def _none(example: Figure, figures: Figures) -> Figure | None:
    """The figure of a group that a supplied period of events does not mention: it happened 0 times. None when the period was
    not supplied."""
    held = next((figure for figure in figures.figures if count_cell(figure) is not MISSING), None)
    if held is None:
        return None
    return replace(held, key=replace(held.key, group=example.key.group), count=0, value=0.0, lower=None, upper=None)


def _reconciled(total: Counted, parts: Sequence[Pair]) -> Split:
    known, each = total.pair.known(), [part.known() for part in parts]
    if known is None or None in each:
        return Split(total, tuple(parts), adds_up=False)
    before = known[0] - sum(part[0] for part in each if part)
    after = known[1] - sum(part[1] for part in each if part)
    if before == after == 0:
        return Split(total, tuple(parts), adds_up=True)
    if before < 0 or after < 0:
        return Split(total, tuple(parts), adds_up=False)
    return Split(total, (*parts, Pair(REST, before, after, area=total.pair.area)), adds_up=True)


def total_of(found: Split, table: str, total: int, parts: Sequence[int]) -> tuple[Sum, ...]:
    return pairs.sums(table, total, parts) if found.adds_up else ()


def relabel(pair: Pair, label: str) -> Pair:
    return replace(pair, label=label)
