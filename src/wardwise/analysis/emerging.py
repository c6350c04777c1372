"""Which small areas are becoming hotspots, staying so, or cooling? Month by month, neighbours and the month before included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wardwise.methods import emerging as m
from wardwise.methods.emerging import Course, Pattern
from wardwise.records.figures import ALONE
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period, shift

from .about import ONE, About
from .asking import Asker, MeasureOrName, count_cell
from .clusters import COUNTS_NOT_RATES
from .neighbours import touching
from .recording import events_for
from .wards import NOUNS
from .words import listed, literal, months_in_words, plural

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

FEWEST_MONTHS, FEWEST_AREAS = 10, 10
"""Ten months at least (Esri, “How Emerging Hot Spot Analysis works”: ten time steps), and areas enough for neighbours to differ."""
NO_PATTERN = "no pattern"
METHOD = (
    "Each area and month is set, with its neighbours and the month before, against all areas and months (Gi*, Getis and Ord 1992). "
    "It is hot or cold when that stands out with the false discovery rate of all tests held at 5% (Benjamini and Hochberg 1995). The names "
    "are Esri’s, as said beside each; nearly all the time is nine months of ten, and rising or falling is by Mann-Kendall’s test (5%)."
)
_ORDER = {pattern: at for at, pattern in enumerate(Pattern)}


def emerging(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    level: str = "lsoa",
    months: int = 24,
    name: str = "emerging",
) -> Findings:
    """What each area of `level` has been over the `months` that end with the period: table `courses`; how many of each: `patterns`."""
    window = Period(shift(period.end, 1 - months), period.end)
    about = About.of(source, measure, area, window)
    noun = NOUNS.get(level, f"{level}s")
    title = about.title(f"emerging hotspots in {noun}")
    codes = about.ask.places.children(area, level)
    counts, known = _counts(about, codes)
    outlines = about.ask.outlines(codes)
    why = _lacking(counts, known, outlines, noun)
    if why:
        return about.refused(name, title, Table("courses", title, _columns(level), ()), why)
    z = m.space_time_gi_star(counts, touching(codes, outlines))
    found = m.courses(z, *m.stands_out(z))
    names = about.names(codes)
    held = {} if len(known) == len(window.months()) else {ALONE: ",".join(known)}
    keys = {code: about.key(code, **held) for code in codes}  # all months held: the key of the area's own figure
    rows = tuple({**row, "key": keys[str(row["area"])]} for row in _rows(codes, names, counts, z, found))
    changes = tuple(event.note for event in events_for(about.measure, window.months()))
    caveats = (
        _gaps(window, known),
        *changes,
        COUNTS_NOT_RATES,
    )
    return about.findings(
        name,
        title,
        [Table("courses", title, _columns(level), rows), _patterns(found)],
        _statements(about, rows, noun),
        method=METHOD,
        caveats=caveats,
        meta={"level": level, "noun": noun},
    )


def _counts(about: About, codes: Sequence[str]) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Areas by months, and the months: those supplied for every area."""
    months = about.period.months()
    if not codes:
        return np.zeros((0, 0)), ()
    cells = {
        (figure.key.area, figure.key.period.start): count_cell(figure)
        for figure in about.ask.figures(about.measure, codes, about.period, ["month"]).figures
    }
    known = tuple(month for month in months if all(isinstance(cells.get((code, month)), int) for code in codes))
    return np.array([[float(cells[code, month]) for month in known] for code in codes]), known  # type: ignore[arg-type]


def _lacking(counts: NDArray[np.float64], known: Sequence[str], outlines: object, noun: str) -> str:
    if len(counts) < FEWEST_AREAS:
        return f"There are too few {noun} here to tell a hotspot from its neighbours."
    if len(known) < FEWEST_MONTHS:
        return (
            f"Only {plural(len(known), 'month')} were supplied for all {noun}; emerging hotspots need {FEWEST_MONTHS}."
        )
    if not outlines:
        return (
            f"No outlines are held of the {noun}, so it is not known which are neighbours. Import their boundary file."
        )
    if counts.min() == counts.max():
        return f"All {noun} had the same count in all months, so none stands out."
    return ""


def _gaps(window: Period, known: Sequence[str]) -> str:
    gone = set(window.months()) - set(known)
    return f"Left out, as they were not supplied for all areas: {months_in_words(gone)}." if gone else ""


def _columns(level: str) -> tuple[Column, ...]:
    return (
        Column("label", Role.LABEL, ONE.get(level, "Area")),
        Column("area", Role.AREA, "Area code"),
        Column("kind", Role.VERDICT, "What it has been", of=("count",)),
        Column("count", Role.COUNT, "Records, all months"),
        Column("hot", Role.VALUE, "Months hot", of=("count",)),
        Column("cold", Role.VALUE, "Months cold", of=("count",)),
        Column("z", Role.VALUE, "Gi*, last month", of=("count",), decimals=1),
        Column("key", Role.KEY, "Key", of=("count",)),
    )


def _rows(
    codes: Sequence[str],
    names: dict[str, str],
    counts: NDArray[np.float64],
    z: NDArray[np.float64],
    found: Sequence[Course],
) -> tuple[Row, ...]:
    order = sorted(
        range(len(codes)),
        key=lambda i: (found[i].hot is not True, found[i].hot is None, _ORDER[found[i].pattern], -z[i, -1]),
    )
    return tuple(
        {
            "label": names[codes[i]],
            "area": codes[i],
            "kind": words(found[i]),
            "count": int(counts[i].sum()),
            "hot": found[i].months_hot,
            "cold": found[i].months_cold,
            "z": float(z[i, -1]),
        }
        for i in order
    )


def words(course: Course) -> str:
    """“intensifying hotspot”, “historical cold spot”, “no pattern”."""
    if course.hot is None:
        return NO_PATTERN
    return f"{course.pattern} {'hotspot' if course.hot else 'cold spot'}"


def _patterns(found: Sequence[Course]) -> Table:
    named = [words(course) for course in found]
    columns = (Column("label", Role.LABEL, "What they have been"), Column("areas", Role.BASE, "Areas"))
    rows: tuple[Row, ...] = tuple({"label": each, "areas": named.count(each)} for each in dict.fromkeys(sorted(named)))
    return Table("patterns", "How many areas of each kind", columns, rows)


_MEANS = {
    "new hotspot": "hot in the last month alone",
    "consecutive hotspot": "hot in an unbroken run of months up to the last",
    "intensifying hotspot": "hot nearly all the time, and more and more so",
    "persistent hotspot": "hot nearly all the time",
    "diminishing hotspot": "hot nearly all the time, less and less so",
    "sporadic hotspot": "hot in the last month and at times before",
    "oscillating hotspot": "hot in the last month, and cold at times before",
    "historical hotspot": "hot nearly all the time, but not in the last month",
}
_MOST = 5


def _statements(about: About, rows: Sequence[Row], noun: str) -> list[Statement]:
    said = [each for kind in _MEANS if (each := _statement(kind, rows))]
    where = literal(about.where)
    return said or [Statement(f"{about.what}: none of the {noun} of {where} is a hotspot that stands out from chance.")]


def _statement(kind: str, rows: Sequence[Row]) -> Statement | None:
    """“Persistent hotspots (hot nearly all the time): A, B and 2 more.” None when there are none of this kind."""
    at = [i for i, row in enumerate(rows) if row["kind"] == kind]
    if not at:
        return None
    shown = [literal(str(rows[i]["label"])) for i in at[:_MOST]]
    more = [f"{len(at) - _MOST} more"] if len(at) > _MOST else []
    title = f"{kind[:1].upper()}{kind[1:]}{'s' if len(at) > 1 else ''}"
    refs = {f"n{i}": Ref("courses", i, "count") for i in at[:_MOST]}
    return Statement(f"{title} ({_MEANS[kind]}): {listed([*shown, *more])}.", refs)
