"""How is the year going? This month, the year so far and the same months of last year, side by side, with the change and how firm it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wardwise.methods.dispersion import percent_range
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.errors import WardwiseError
from wardwise.records.figures import Figures
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period, month_name

from . import pairs
from .asking import Asker, MeasureOrName, asker, count_cell, figure_id, once
from .change import Counted, about, count
from .pairs import Pair, Spans
from .spans import year_to_date
from .words import UNLIKELY, listed, literal, lower_first, plural, sentence_case, spelt, spoken_title

if TYPE_CHECKING:
    from wardwise.measures.definition import Measure
    from wardwise.store.snapshot import Snapshot

MOST = 12
"""Rows that can be read at a glance, and that leave room for the rest of the page."""

Choice = MeasureOrName | Sequence[MeasureOrName]
"""A measure, or several that answer the same question from different files: the first of them that is held is used."""

_RANGE = (
    "The range of a change is the one in which it lies 19 times in 20: the exact one for two Poisson counts (Clopper and Pearson 1934), or "
    "where it is wider the one that allows for how much the count varies from month to month (quasi-Poisson)."
)


@dataclass(frozen=True)
class _Row:
    """counted: the year to date beside the same months of last year. latest: the last month alone."""

    counted: Counted
    latest: Figures

    @property
    def pair(self) -> Pair:
        return self.counted.pair

    @property
    def month(self) -> Cell:
        return count_cell(self.latest.figures[0] if self.latest.figures else None)


def progress(
    source: Snapshot | Asker, choices: Sequence[Choice], area: str, to: str, *, most: int = MOST, name: str = "progress"
) -> Findings:
    """Month `to`, the financial year up to it, and the same months of last year: table `progress`, one row a measure.

    A choice of which nothing is held for the area is left out. A row whose other year was not supplied shows what is held, and is not
    compared. Raises WardwiseError when none of the choices is held.
    """
    ask, span = asker(source), year_to_date(to)
    spans = Spans(span.year_before(), span)
    found = [row for choice in choices if (row := _first_held(ask, choice, area, spans)) is not None][:most]
    if not found:
        raise WardwiseError(
            f"None of these measures is held for {month_name(to)}.",
            where=area,
            next_step="Import the files for that month.",
        )
    base = about(ask, name, [row.counted for row in found], spans, area)
    title = f"This month and the year so far, {base.meta['area']}"
    table = _table(found, spans, title, to)
    return replace(
        base,
        title=title,
        tables={"progress": table},
        statements=tuple(_statements(found, table, spans)),
        method=_RANGE,
        caveats=once((*base.caveats, *(caveat for row in found for caveat in row.counted.measure.caveats[:1]))),
    )


def first_held(ask: Asker, choice: Choice, area: str, month: Period, *others: Period) -> Measure | None:
    """The first measure of a choice that has a count for `month` and the other periods; where none has them all, the first that has
    `month`. None when none has."""
    ones = [choice] if isinstance(choice, str) or not isinstance(choice, Sequence) else choice
    held = [measure for measure in map(ask.measure, ones) if ask.holds(measure) and _counted(ask, measure, area, month)]
    whole = [measure for measure in held if all(_counted(ask, measure, area, other) for other in others)]
    return next(iter(whole or held), None)


def _counted(ask: Asker, measure: Measure, area: str, period: Period) -> bool:
    figures = ask.figures(measure, [area], period).figures
    return bool(figures) and count_cell(figures[0]) is not MISSING


def _first_held(ask: Asker, choice: Choice, area: str, spans: Spans) -> _Row | None:
    month = Period(spans.after.end, spans.after.end)
    measure = first_held(ask, choice, area, month, spans.before, spans.after)
    return None if measure is None else _Row(count(ask, measure, area, spans), ask.figures(measure, [area], month))


def _table(found: Sequence[_Row], spans: Spans, title: str, to: str) -> Table:
    both = ("before", "after")
    columns = (
        Column("label", Role.LABEL, "What was recorded"),
        Column("area", Role.AREA, "Area code"),
        Column("latest", Role.COUNT, month_name(to)),
        Column("after", Role.COUNT, spans.after.label()),
        Column("before", Role.COUNT, spans.before.label()),
        Column("percent", Role.PERCENT, "Change", of=both, decimals=1),
        Column("lower", Role.LOWER, "Lowest likely", of=both, decimals=1, unit="%"),
        Column("upper", Role.UPPER, "Highest likely", of=both, decimals=1, unit="%"),
        Column("verdict", Role.VERDICT, "Is it real?", of=both),
        Column("note", Role.NOTE, "Note", of=both),
        Column("latest_id", Role.FIGURE, "Figure, month", of=("latest",)),
        Column("after_id", Role.FIGURE, "Figure, year to date", of=("after",)),
        Column("before_id", Role.FIGURE, "Figure, last year", of=("before",)),
    )
    titles = [row.pair.label for row in found]
    return Table("progress", title, columns, tuple(_cells(row, spans, titles) for row in found))


def _cells(row: _Row, spans: Spans, titles: Sequence[str]) -> Row:
    compared = pairs.row(row.pair, spans)
    known = row.pair.known()
    months = float(spans.before.length), float(spans.after.length)
    reach = percent_range(*known, *months, row.pair.dispersion) if known else None
    return {
        **{
            column: compared[column]
            for column in ("area", "before", "after", "percent", "verdict", "before_id", "after_id")
        },
        "label": _label(row.pair.label, titles),
        "latest": row.month,
        "lower": reach.lower if reach else NOT_APPLICABLE,
        "upper": reach.upper if reach else NOT_APPLICABLE,
        "note": row.pair.note,
        "latest_id": figure_id(row.latest.figures[0] if row.latest.figures else None),
    }


def _label(title: str, titles: Sequence[str]) -> str:
    """The title without what stands in brackets at its end, where that leaves it apart from the others."""
    short = spoken_title(title)
    return short if [spoken_title(each) for each in titles].count(short) == 1 else title


def _statements(found: Sequence[_Row], table: Table, spans: Spans) -> Iterator[Statement]:
    """Which changes are unlikely to be chance, and how many could be; then how many were not compared."""
    compared = [at for at, row in enumerate(found) if row.pair.known() is not None]
    real = [at for at in compared if table.rows[at]["verdict"] == UNLIKELY]
    lead = f"In {spans.after.label()}, against the same months of last year"
    if not compared:
        yield Statement(f"{lead}: no comparison is made, because months of one of the years were not supplied.")
        return
    if not real:
        refs = {f"v{at}": Ref("progress", at, "verdict") for at in compared}
        yield Statement(f"{lead}, no change is larger than chance would often give.", refs, dict.fromkeys(refs, "text"))
    else:
        refs = {
            f"p{at}": Ref("progress", at, "percent") for at in real
        }  # hidden with it, where a first count has no percentage
        rest = len(compared) - len(real)
        others = f" The other {spelt(rest) if rest > 1 else 'one'} could be chance." if rest else ""
        text = f"{lead}, {listed(_moved(found, real))}, by more than chance would often give.{others}"
        yield Statement(text, refs, dict.fromkeys(refs, "percent-size"))
    if gone := [at for at in range(len(found)) if at not in compared]:
        names = listed([literal(lower_first(spoken_title(found[at].pair.label))) for at in gone])
        yield Statement(f"{sentence_case(plural(len(gone), 'measure'))} could not be compared: {names}.")


def _moved(found: Sequence[_Row], real: Sequence[int]) -> list[str]:
    """“all recorded crime (5.3%) and robbery (40%) rose”, then those that fell."""
    said = []
    for verb, sign in (("rose", 1), ("fell", -1)):
        ones = [at for at in real if (known := found[at].pair.known()) and (known[1] - known[0]) * sign > 0]
        if ones:
            said.append(f"{listed([_named(found[at].pair, at) for at in ones])} {verb}")
    return said


def _named(pair: Pair, at: int) -> str:
    """The measure with its change in percent, where there is an earlier count to take it of."""
    return literal(lower_first(spoken_title(pair.label))) + (f" ({{p{at}}})" if pair.before else "")
