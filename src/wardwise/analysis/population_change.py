"""Has the number of people who live here changed? Mid-year estimates, and ages at the first and the last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .asking import Asker, asker, count_cell, figure_id, once
from .profiles import words
from .standardised import residents_aged
from .words import literal

if TYPE_CHECKING:
    from wardwise.records.figures import Figure
    from wardwise.store.snapshot import Snapshot

YEARS = 10
BANDS = ((0, 15), (16, 24), (25, 44), (45, 64), (65, 120))
METHOD = "Mid-year estimates of the people who usually live here. No estimate is put in the place of a year that is not held."
CAVEAT = (
    "Estimates are revised after each census, and those made before and after the 2021 Census may come from different series: part of a change can be the revision. "
    "Visitors are not residents."
)


def change(
    source: Snapshot | Asker, area: str, period: Period, *, years: int = YEARS, name: str = "population_change"
) -> Findings | None:
    """Residents at each mid-year held, up to so many years back: table `residents`; ages at the newest: `ages`. None when fewer than two years are held."""
    ask = asker(source)
    last = int(period.end[:4])
    found = [(year, figure) for year in range(last - years, last + 1) if (figure := _at(ask, area, year)) is not None]
    if len(found) < 2:
        return None
    where = ask.places.name(area)
    title = f"Residents of {where}, mid-{found[0][0]} to mid-{found[-1][0]}"
    ages = _ages(ask, area, found[-1], title)
    tables = [_residents(found, title), *([ages] if any(row["residents"] is not MISSING for row in ages.rows) else [])]
    measured = ask.figures(ask.measure("residents"), [area], _year(found[-1][0]))
    return Findings(
        name=name,
        title=title,
        tables={table.name: table for table in tables},
        statements=_statements(found, where),
        method=METHOD,
        caveats=once((CAVEAT, *measured.caveats)),
        sources=measured.sources,
        profile="open",
        meta={"area": where, "area_code": area},
    )


def _year(year: int) -> Period:
    return Period(f"{year}-01", f"{year}-12")


def _at(ask: Asker, area: str, year: int) -> Figure | None:
    """The estimate of that mid-year itself; None where only another year's is held."""
    figures = ask.figures(ask.measure("residents"), [area], _year(year)).figures
    figure = figures[0] if figures else None
    return figure if figure and figure.count and (not figure.note or str(year) in figure.note) else None


def _residents(found: Sequence[tuple[int, Figure]], title: str) -> Table:
    columns = (
        Column("label", Role.PERIOD, "Mid-year"),
        Column("residents", Role.BASE, "Residents"),
        Column("change", Role.BASE, "Since the first"),
        Column("percent", Role.BASE, "Since the first, %", decimals=1),
        Column("id", Role.FIGURE, "Figure", of=("residents",)),
    )
    first = float(found[0][1].count or 0)
    rows: list[Row] = []
    for year, figure in found:
        now = float(figure.count or 0)
        since: tuple[Cell, Cell] = (
            (NOT_APPLICABLE, NOT_APPLICABLE)
            if year == found[0][0]
            else (round(now - first), 100 * (now - first) / first)
        )
        rows.append(
            {
                "label": str(year),
                "residents": count_cell(figure),
                "change": since[0],
                "percent": since[1],
                "id": figure_id(figure),
            }
        )
    return Table("residents", title, columns, tuple(rows))


def _ages(ask: Asker, area: str, newest: tuple[int, Figure], title: str) -> Table:
    columns = (
        Column("label", Role.LABEL, "Age"),
        Column("residents", Role.BASE, "Residents"),
        Column("share", Role.BASE, "Share, %", decimals=1),
        Column("year", Role.NOTE, "Estimate"),
    )
    measure, rows = ask.measure("residents"), list[Row]()
    answers = [ask.figures(residents_aged(measure, band), [area], _year(newest[0])).figures for band in BANDS]
    known = [figures[0] if figures and figures[0].count else None for figures in answers]
    total = sum(float(each.count or 0) for each in known if each) if all(known) else 0.0
    for band, figure in zip(BANDS, known, strict=True):
        n = count_cell(figure)
        share = 100 * float(n) / total if total and isinstance(n, int | float) else NOT_APPLICABLE
        rows.append(
            {
                "label": words(band),
                "residents": n if figure else MISSING,
                "share": share,
                "year": (figure.note.rstrip(".") or f"Mid-{newest[0]}") if figure else "",
            }
        )
    return Table("ages", f"{title}: ages", columns, tuple(rows))


def _statements(found: Sequence[tuple[int, Figure]], where: str) -> tuple[Statement, ...]:
    before, after = (float(each.count or 0) for each in (found[0][1], found[-1][1]))
    refs = {"first": Ref("residents", 0, "residents"), "last": Ref("residents", len(found) - 1, "residents")}
    moved = "did not change" if before == after else "rose" if after > before else "fell"
    text = f"The number of residents of {literal(where)} {moved} from {{first}} in mid-{found[0][0]} to {{last}} in mid-{found[-1][0]}"
    formats = {"first": "count", "last": "count"}
    if before != after:
        refs["percent"], formats["percent"] = Ref("residents", len(found) - 1, "percent"), "percent-size"
        text += " ({percent})"
    return (Statement(f"{text}.", refs, formats),)
