"""After one, does another follow nearby and soon? Asked of exact places and dates alone; public map points are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wardwise.methods import bands
from wardwise.methods.false_discovery import real
from wardwise.methods.nearrepeat import Knox, NoNearRepeatsError, knox
from wardwise.methods.pairs import TooManyPairsError
from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .about import About
from .asking import Asker, MeasureOrName
from .hours import NEEDS, day_of
from .points import not_exact, placed

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

METRES, FAR = 200, 4
DAYS, LATE = 7, 4
"""Bands of 200 m and a week, as burglary is usually studied (Townsley, Homel and Chaseling 2003; Johnson and others 2007)."""
LONGEST = 7
"""Days: a record that may have happened on any of more days than this is left out, as its week is not known."""
DEALINGS = 999
METHOD = (
    "Pairs of records by how far and how many days apart, over what they would be if the dates were dealt out anew among the places (Knox 1964, "
    "with {dealings} dealings). 1 is what chance gives. Marked cells have more pairs than chance would, with the false discovery rate of all cells "
    "held at 5%. A record known only to within some days is put on the middle one; one known to within more than {longest} is left out."
)


def near_repeat(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    dealings: int = DEALINGS,
    name: str = "near_repeat",
) -> Findings:
    """Pairs near in place and time over what chance gives: table `pairs`, a row for each distance, two columns for each span of days."""
    about = About.of(source, measure, area, period)
    title = about.title("near repeats")
    space, time = bands.steps(METRES, FAR, "m", same_place=True), bands.days(DAYS, LATE)
    empty = Table("pairs", title, _columns(time), ())
    columns = NEEDS.get(about.measure.count.records, ())
    spots = placed(about, columns)
    why = not_exact(about, spots) if len(spots) else "No record has a point, so near repeats cannot be told."
    if why:
        return about.refused(name, title, empty, why)
    days, known = day_of(spots.rows, LONGEST)
    try:
        found = knox(spots.xy[known], days[known], space, time, permutations=dealings, seed=1964)
    except (NoNearRepeatsError, TooManyPairsError) as error:
        return about.refused(name, title, empty, f"{about.what}: {error}.")
    told = real(found.p if found.p is not None else found.p_closed) & (found.observed > found.expected)
    left = len(known) - int(known.sum()) + spots.without
    share = 100 * left / (len(known) + spots.without)
    return about.findings(
        name,
        title,
        [Table("pairs", title, _columns(time), _rows(found, told)), _nearest(found)],
        _statements(about, found, told),
        method=METHOD.format(dealings=dealings, longest=LONGEST),
        caveats=(
            f"For near repeats, {share:.0f}% are left out: they have no point, or no day known to within {LONGEST} days."
            if left
            else "",
        ),
    )


def _columns(time: bands.Bands) -> tuple[Column, ...]:
    each = [
        (
            Column(f"n{i}", Role.COUNT, f"Pairs, {label}"),
            Column(f"r{i}", Role.VALUE, label, of=(f"n{i}",), decimals=2),
            Column(f"v{i}", Role.VERDICT, f"{label}: beyond chance", of=(f"n{i}",)),
        )
        for i, label in enumerate(time.labels)
    ]
    return (Column("label", Role.LABEL, "Distance"), *(column for three in each for column in three))


def _rows(found: Knox, told: NDArray[np.bool_]) -> tuple[Row, ...]:
    rows: list[Row] = []
    for s, label in enumerate(found.space.labels):
        row: dict[str, Cell] = {"label": label}
        for t in range(len(found.time)):
            expected = float(found.expected[s, t])
            row[f"n{t}"] = int(found.observed[s, t])
            row[f"r{t}"] = float(found.observed[s, t] / expected) if expected > 0 else NOT_APPLICABLE
            row[f"v{t}"] = "more than chance" if told[s, t] else ""
        rows.append(row)
    return tuple(rows)


def _nearest(found: Knox) -> Table:
    """The cells that the sentences speak of: the same place, and under 200 m, within the first days."""
    columns = (
        Column("label", Role.LABEL, "Pairs"),
        Column("observed", Role.COUNT, "Counted"),
        Column("expected", Role.BASE, "By chance", decimals=1),
        Column("times", Role.VALUE, "Times", of=("observed",), decimals=1),
    )
    rows: tuple[Row, ...] = tuple(
        {
            "label": f"{found.space.labels[s]}, {found.time.labels[0]}",
            "observed": int(found.observed[s, 0]),
            "expected": float(found.expected[s, 0]),
            "times": float(found.observed[s, 0] / found.expected[s, 0]) if found.expected[s, 0] > 0 else 0.0,
        }
        for s in (0, 1)
    )
    return Table("nearest", "Nearest in place and time", columns, rows)


def _statements(about: About, found: Knox, told: NDArray[np.bool_]) -> list[Statement]:
    where = ("At the same place", f"Less than {METRES} m apart")
    made = []
    for s in (0, 1):
        said = {"n": "count", "e": "count" if found.expected[s, 0] >= 10 else "rate", "t": "rate"}
        refs = {"n": Ref("nearest", s, "observed"), "e": Ref("nearest", s, "expected"), "t": Ref("nearest", s, "times")}
        if found.observed[s, 0] <= found.expected[s, 0]:
            del refs["t"], said["t"]
            beyond = "."
        elif told[s, 0]:
            beyond = " ({t} times). That is more than chance would often bring."
        else:
            beyond = " ({t} times). Chance alone could bring as many."
        text = f"{where[s]} and under {DAYS} days apart: {{n}} pairs, where chance would bring about {{e}}{beyond}"
        made.append(Statement(f"{about.what}. {text}" if s == 0 else text, refs, said))
    return made
