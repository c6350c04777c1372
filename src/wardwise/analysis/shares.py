"""What part of it? Measures that are shares of other records, each with its counts and interval; and themes that overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.figures import Figure
from wardwise.records.findings import Column, Findings, Ref, Role, Statement, Table
from wardwise.records.periods import Period

from .asking import Asker, MeasureOrName, asker, count_cell, figure_id, once, strictest, value_cell
from .pairs import hidden
from .returns import latest_stated
from .words import literal, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

MULTIPLE = "A referral can have more than one theme, so themes add up to more than the referrals."
UNITS = "Changes of shares are in percentage points. A change from 31.2% to 29.1% is a fall of 2.1 points, and of 6.7% of the share."


def of_records(
    source: Snapshot | Asker, measures: Sequence[MeasureOrName], area: str, period: Period, *, name: str = "shares"
) -> Findings:
    """Measures that are shares, now and a year before, with their counts, 95% intervals and change in percentage points: table
    `shares`."""
    ask = asker(source)
    definitions = [ask.measure(measure) for measure in measures]
    after = [ask.figures(definition, [area], period) for definition in definitions]
    before = [ask.figures(definition, [area], period.year_before()) for definition in definitions]
    rows = [
        _row(new.title, new.figures[0] if new.figures else None, old.figures[0] if old.figures else None)
        for new, old in zip(after, before, strict=True)
    ]
    where = next((figures.names[area] for figures in after if area in figures.names), area)
    title = f"Shares, {where}, {period.label()}"
    return Findings(
        name=name,
        title=title,
        tables={"shares": Table("shares", title, _columns(period), tuple(rows))},
        statements=tuple(_statement(at, row, after[at].unit, period) for at, row in enumerate(rows)),
        method="Shares of the records stated, with 95% intervals (Wilson 1927). " + UNITS,
        caveats=once(caveat for figures in after for caveat in figures.caveats),
        sources=once(source for figures in after for source in figures.sources),
        profile=strictest(definition.profile for definition in definitions),
        meta={"area": where, "area_code": area},
    )


def themes(
    source: Snapshot | Asker,
    total: MeasureOrName,
    parts: Sequence[MeasureOrName],
    area: str,
    period: Period,
    *,
    name: str = "themes",
) -> Findings:
    """Referrals and the themes they were tagged with: table `themes`, the total first. Says so when the themes overlap. Where the
    total was stated for other months than `period`, those are the months shown."""
    ask = asker(source)
    definitions = [ask.measure(measure) for measure in (total, *parts)]
    period = latest_stated(ask, total, area, period).period
    answers = [ask.figures(definition, [area], period) for definition in definitions]
    figures = [answer.figures[0] if answer.figures else None for answer in answers]
    counts = [count_cell(figure) for figure in figures]
    where = next((answer.names[area] for answer in answers if area in answer.names), area)
    title = f"{answers[0].title} by theme, {where}, {period.label()}"
    columns = (
        Column("label", Role.LABEL, "Theme"),
        Column("count", Role.COUNT, "Number"),
        Column("id", Role.FIGURE, "Figure", of=("count",)),
    )
    rows = tuple(
        {"label": answer.title, "count": n, "id": figure_id(figure)}
        for answer, n, figure in zip(answers, counts, figures, strict=True)
    )
    return Findings(
        name=name,
        title=title,
        tables={"themes": Table("themes", title, columns, rows)},
        statements=tuple(_theme(at, str(row["label"]), row["count"], period) for at, row in enumerate(rows)),
        method="Totals as the services stated them.",
        caveats=once((*_overlap(counts), *(caveat for answer in answers for caveat in answer.caveats))),
        sources=once(source for answer in answers for source in answer.sources),
        profile=strictest(definition.profile for definition in definitions),
        meta={"area": where, "area_code": area},
    )


def _overlap(counts: Sequence[Cell]) -> tuple[str, ...]:
    known = [n for n in counts if isinstance(n, int)]
    return (MULTIPLE,) if len(known) == len(counts) and sum(known[1:]) > known[0] else ()


def _theme(at: int, label: str, n: Cell, period: Period) -> Statement:
    words = literal(spoken_title(label))
    if n is MISSING:
        return Statement(f"{words}: not supplied for {period.label()}.")
    refs = {"count": Ref("themes", at, "count")}
    return Statement(f"{words}: {{count}} in {period.label()}.", refs, {"count": "count"}, hidden(words))


def _columns(period: Period) -> tuple[Column, ...]:
    now, then = ("part", "whole"), ("part_before", "whole_before")
    return (
        Column("label", Role.LABEL, "Share"),
        Column("part", Role.COUNT, f"Number, {period.label()}"),
        Column("whole", Role.COUNT, f"Out of, {period.label()}"),
        Column("share", Role.PERCENT, "Share", of=now, decimals=1),
        Column("lower", Role.LOWER, "Lower 95% limit", of=now, decimals=1, unit="%"),
        Column("upper", Role.UPPER, "Upper 95% limit", of=now, decimals=1, unit="%"),
        Column("part_before", Role.COUNT, f"Number, {period.year_before().label()}"),
        Column("whole_before", Role.COUNT, f"Out of, {period.year_before().label()}"),
        Column("share_before", Role.PERCENT, "Share a year before", of=then, decimals=1),
        Column("points", Role.CHANGE, "Change", of=(*now, *then), decimals=1, unit="percentage points"),
        Column("id", Role.FIGURE, "Figure, later", of=("part",)),
        Column("before_id", Role.FIGURE, "Figure, earlier", of=("part_before",)),
    )


def _row(label: str, now: Figure | None, then: Figure | None) -> dict[str, Cell]:
    share, before = _share(now), _share(then)
    moved = share - before if isinstance(share, float) and isinstance(before, float) else NOT_APPLICABLE
    return {
        "label": label,
        "part": count_cell(now),
        "whole": _base(now),
        "share": share,
        "lower": value_cell(now.lower if now else None),
        "upper": value_cell(now.upper if now else None),
        "part_before": count_cell(then),
        "whole_before": _base(then),
        "share_before": before,
        "points": moved,
        "id": figure_id(now),
        "before_id": figure_id(then),
    }


def _base(figure: Figure | None) -> Cell:
    return MISSING if figure is None or figure.base is None else int(figure.base)


def _share(figure: Figure | None) -> Cell:
    return MISSING if figure is None or figure.value is None else float(figure.value)


def _statement(at: int, row: dict[str, Cell], unit: str, period: Period) -> Statement:
    words = literal(spoken_title(str(row["label"])))
    whole = literal(unit.removeprefix("%")) if unit.startswith("% of ") else ""
    if not isinstance(row["share"], float):
        return Statement(f"{words}: not supplied for {period.label()}.")
    refs = {name: Ref("shares", at, name) for name in ("part", "whole", "share")}
    return Statement(
        f"{words}: {{share}}{whole} in {period.label()} ({{part}} of {{whole}}).",
        refs,
        {"part": "count", "whole": "count", "share": "percent"},
        hidden(words),
    )
