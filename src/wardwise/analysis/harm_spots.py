"""Where does harm gather, and is it where the number gathers? Gi* on days of harm beside Gi* on counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wardwise.methods.autocorrelation import NothingVariesError, gi_star
from wardwise.methods.false_discovery import real
from wardwise.methods.neighbours import Neighbours, of_pairs
from wardwise.records.figures import Figure
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .about import ONE, About
from .asking import Asker, asker, count_cell, figure_id
from .harm import rounded
from .harm_counts import Weighing, weigh
from .harm_weights import OPEN, choose
from .neighbours import touching
from .wards import NOUNS, by_code
from .words import listed, literal

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

FEWEST_AREAS = 10
BOTH, HARM, NUMBER, PLAIN = (
    "high in harm and number",
    "high in harm alone",
    "high in number alone",
    "as chance would have it",
)
METHOD = (
    "Each area with its neighbours against all areas (Gi*, Getis and Ord 1992), once by the harm of its offences in days and once by their number, each with "
    "the false discovery rate of all areas held at 5%. Harm is the number of each kind of offence times its weight. "
)


def harm_spots(
    source: Snapshot | Asker,
    area: str,
    period: Period,
    *,
    level: str = "lsoa",
    table: str = OPEN,
    name: str = "harm_spots",
) -> Findings:
    """Areas of `level` where harm gathers beyond chance, beside those where the number does: table `spots`."""
    ask = asker(source)
    weighing = weigh(ask, area, period, choose(ask, table))
    about = About.of(ask, weighing.measure, area, period)
    noun = NOUNS.get(level, f"{level}s")
    title = about.title(f"harm spots among {noun}")
    codes = ask.places.children(area, level)
    outlines = ask.outlines(codes)
    empty = Table("spots", title, _columns(level, weighing), ())
    if len(codes) < FEWEST_AREAS or not outlines:
        return about.refused(
            name, title, empty, f"There are too few {noun} with an outline to tell a harm spot from its neighbours."
        )
    figures = by_code(weighing.figures(codes, period))
    counts = [count_cell(figures.get(code)) for code in codes]
    if not all(isinstance(n, int) for n in counts):
        return about.refused(name, title, empty, f"{about.what}: not supplied for all {noun} of {about.where}.")
    days = _days(weighing, codes, period)
    one, other = np.nonzero(np.triu(touching(codes, outlines)))
    near = of_pairs(one, other, len(codes))
    try:
        harm, number = _hot(days, near), _hot(np.array(counts, dtype=float), near)
    except NothingVariesError as error:
        return about.refused(name, title, empty, f"{about.what}: {error}.")
    kinds = [BOTH if h and n else HARM if h else NUMBER if n else PLAIN for h, n in zip(harm, number, strict=True)]
    order = sorted(range(len(codes)), key=lambda i: ((BOTH, HARM, NUMBER, PLAIN).index(kinds[i]), -days[i]))
    names = about.names(codes)
    rows: tuple[Row, ...] = tuple(
        {
            "label": names[codes[i]],
            "area": codes[i],
            "kind": kinds[i],
            "count": counts[i],
            "harm": rounded(float(days[i])),
            "id": figure_id(figures.get(codes[i])),
        }
        for i in order
    )
    return about.findings(
        name,
        title,
        [Table("spots", title, _columns(level, weighing), rows)],
        _statements(about, rows, noun),
        method=METHOD + weighing.named,
        caveats=(
            *weighing.caveats(),
            weighing.grave("One or two grave offences can make a harm spot. Look at the number beside the harm."),
        ),
        meta={"level": level, "noun": noun, "estimate": weighing.estimated},
    )


def _days(weighing: Weighing, codes: Sequence[str], period: Period) -> NDArray[np.float64]:
    """Days of harm of each area."""
    split: dict[str, list[Figure]] = {code: [] for code in codes}
    for figure in weighing.figures(codes, period, [weighing.by]).figures:
        split[figure.key.area].append(figure)
    return np.array([weighing.days(split[code]) for code in codes], dtype=float)


def _hot(values: NDArray[np.float64], near: Neighbours) -> NDArray[np.bool_]:
    found = gi_star(values, near)
    return np.asarray(real(found.p) & (found.z > 0), dtype=bool)


def _columns(level: str, weighing: Weighing) -> tuple[Column, ...]:
    return (
        Column("label", Role.LABEL, ONE.get(level, "Area")),
        Column("area", Role.AREA, "Area code"),
        Column("kind", Role.VERDICT, "With its neighbours", of=("count",)),
        Column("count", Role.COUNT, "Number"),
        Column("harm", Role.VALUE, "Harm (estimate)" if weighing.estimated else "Harm", of=("count",), unit="days"),
        Column("id", Role.FIGURE, "Figure", of=("count",)),
    )


_MOST = 5
_SAID = {
    BOTH: "High in harm and in number",
    HARM: "High in harm, and not in number",
    NUMBER: "High in number, and not in harm",
}


def _statements(about: About, rows: Sequence[Row], noun: str) -> list[Statement]:
    found = []
    for kind, words in _SAID.items():
        at = [i for i, row in enumerate(rows) if row["kind"] == kind]
        if at:
            names = [literal(str(rows[i]["label"])) for i in at[:_MOST]]
            more = [f"{len(at) - _MOST} more"] if len(at) > _MOST else []
            refs = {f"n{i}": Ref("spots", i, "count") for i in at[:_MOST]}
            found.append(Statement(f"{words}: {listed([*names, *more])}.", refs))
    return found or [Statement(f"No harm spot stands out from chance among the {noun} of {literal(about.where)}.")]
