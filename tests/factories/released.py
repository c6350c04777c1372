"""Released findings for tests, made the only way there is: through the gate."""

from __future__ import annotations

from wardwise.disclosure.release import release
from wardwise.disclosure.released import Audience, Released
from wardwise.records.cells import MISSING, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Statement, Table
from wardwise.records.periods import Period

G01 = (
    *(664, 741, 716, 881, 772, 760, 755, 655, 855, 839, 683, 762),
    *(740, 740, 754, 788, 712, 691, 724, 689, 665, 639, 588, 678),
    *(709, 701, 685, 719, 781, 699, 706, 769, 791, 803, 775, 748),
    *(810, 936, 898, 867, 814),
)
"""Recorded domestic abuse in Lancashire, April 2013 to August 2016 (golden case G-01)."""


def through_the_gate(*findings: Findings, audience: Audience = Audience.ANALYST) -> Released:
    """The first finding as the audience may see it."""
    return release(list(findings), audience).findings[findings[0].name]


def points(values: tuple[Cell, ...] = G01, start: str = "2013-04", note_at: int = 19) -> Findings:
    """Monthly counts with a mean and limits (those of G-05, all 41 months)."""
    columns = (
        Column("month", Role.PERIOD, "Month"),
        Column("count", Role.COUNT, "Recorded crimes"),
        Column("mean", Role.VALUE, "Mean", decimals=1),
        Column("lower", Role.LOWER, "Lower limit", decimals=1),
        Column("upper", Role.UPPER, "Upper limit", decimals=1),
        Column("signal", Role.VERDICT, "Stands out because"),
        Column("note", Role.NOTE, "Note"),
    )
    months = Period(start, "2030-12").months()[: len(values)]
    rows = tuple(
        _point(month, value, i == note_at) for i, (month, value) in enumerate(zip(months, values, strict=True))
    )
    table = Table("points", "recorded domestic abuse, Lancashire", columns, rows)
    said = Statement(
        "Recorded domestic abuse was {now} in {month}.",
        {"now": Ref("points", len(rows) - 1, "count"), "month": Ref("points", len(rows) - 1, "month")},
        {"now": "count", "month": "month"},
    )
    return Findings(
        "domestic-abuse",
        "Domestic abuse rose above its usual range in May 2016",
        {"points": table},
        statements=(said,),
        caveats=("Recorded crime is not all crime.",),
        sources=("Lancashire Constabulary, recorded crime",),
    )


def _point(month: str, value: Cell, noted: bool) -> dict[str, Cell]:
    known = value if isinstance(value, int) else 700
    signal = "above the upper limit" if known > 886 else "below the lower limit" if known < 611 else ""
    note = "New recording rules" if noted else ""
    return {
        "month": month,
        "count": value,
        "mean": 748.83,
        "lower": 611.04,
        "upper": 886.62,
        "signal": signal,
        "note": note,
    }


def hate() -> Findings:
    """Table 7.1 of the October 2016 report (golden case G-06)."""
    columns = (
        Column("type", Role.LABEL, "Incident type"),
        Column("before", Role.COUNT, "April to August 2015"),
        Column("now", Role.COUNT, "April to August 2016"),
        Column("change", Role.CHANGE, "Change", of=("before", "now")),
        Column("percent", Role.PERCENT, "Change, %", of=("before", "now"), decimals=1),
    )
    counts = {
        "Disability-Motivated Incident": (5, 8),
        "Gender Identity": (1, 3),
        "Gender-Motivated Incident": (2, 4),
        "Homophobic Incident": (28, 26),
        "Racist Incident": (65, 68),
        "Racist or Homophobic Incident Involving Police Staff": (1, 1),
        "Religious-Motivated Incident": (1, 2),
        "Grand Total": (103, 112),
    }
    rows = tuple(_change(name, before, now) for name, (before, now) in counts.items())
    table = Table("hate", "Recorded hate incidents by type, Blackpool", columns, rows)
    return Findings(
        "hate", "Hate incidents", {"hate": table}, sources=("Lancashire Constabulary",), profile="sensitive"
    )


def _change(name: str, before: int, now: int) -> dict[str, Cell]:
    percent: Cell = "None" if before == now else (now - before) / before * 100
    return {"type": name, "before": before, "now": now, "change": now - before, "percent": percent}


def with_gaps() -> tuple[Cell, ...]:
    """G-01 with one month not supplied and one small enough to be hidden from the public."""
    return (*G01[:5], MISSING, 3, *G01[7:])


def lines() -> Findings:
    """G-01 as one line a financial year, with its table of months by years."""
    months = Period("2013-04", "2016-08").months()
    named = {
        month: f"{int(month[:4]) - (month[5:] < '04')}/{(int(month[:4]) - (month[5:] < '04') + 1) % 100}"
        for month in months
    }
    long = Table("lines", "Domestic abuse, Lancashire, by month", _line_columns("Financial year"), tuple(
        {"series": named[month], "month": month, "value": value} for month, value in zip(months, G01, strict=True)
    ))  # fmt: skip
    return Findings(
        "lines", "Domestic abuse, four years compared", {"lines": long}, sources=("Lancashire Constabulary",)
    )


def two_lines() -> Findings:
    """Two areas over the same months; the second is one twentieth."""
    months = Period("2013-04", "2016-08").months()
    rows = tuple(
        {"series": name, "month": month, "value": value // share}
        for name, share in (("Lancashire", 1), ("Blackpool", 5))
        for month, value in zip(months, G01, strict=True)
    )
    return Findings(
        "two",
        "Blackpool and the county",
        {"lines": Table("lines", "Domestic abuse by month", _line_columns("Area"), rows)},
    )


def _line_columns(series: str) -> tuple[Column, ...]:
    return (
        Column("series", Role.LABEL, series),
        Column("month", Role.PERIOD, "Month"),
        Column("value", Role.COUNT, "Recorded crimes"),
    )


def peers() -> Findings:
    """Five areas with a rate and its interval, a group mean, and one that was not supplied."""
    rates = {"Blackpool": 61.2, "Burnley": 48.0, "Preston": 44.4, "Hyndburn": 39.9, "Fylde": 20.1, "Group mean": 42.7}
    columns = (
        Column("rank", Role.VALUE, "Rank"),
        Column("label", Role.LABEL, "Area"),
        Column("rate", Role.VALUE, "Offences", decimals=1, unit="per 1,000 residents"),
        Column("lower", Role.LOWER, "Lower 95% limit", decimals=1),
        Column("upper", Role.UPPER, "Upper 95% limit", decimals=1),
    )
    rows: list[dict[str, Cell]] = [
        {"rank": i, "label": name, "rate": rate, "lower": rate - 1.5, "upper": rate + 1.6}
        for i, (name, rate) in enumerate(rates.items(), 1)
    ]
    rows.append({"rank": MISSING, "label": "Pendle", "rate": MISSING, "lower": MISSING, "upper": MISSING})
    table = Table("peers", "Recorded violence, districts of Lancashire, 2022", columns, tuple(rows))
    return Findings("peers", "Blackpool has the highest rate", {"peers": table}, meta={"area": "Blackpool"})
