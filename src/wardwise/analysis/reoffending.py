"""Do fewer reoffend, and do those who do reoffend more often? Two yearly cohorts, percentage points apart from percent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardwise.methods import cohorts
from wardwise.methods.cohorts import Reoffending
from wardwise.records.figures import Figure, Figures
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .asking import Asker, MeasureOrName, asker, figure_id, once, strictest
from .words import literal

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

BACK = 6
"""Years looked back for the newest cohort: proven reoffending is published about two years late."""

FOLLOWED = "Proven reoffending counts those convicted or cautioned again, in the time that the publisher followed them."


def reoffending(
    source: Snapshot | Asker,
    area: str,
    period: Period,
    *,
    rate: MeasureOrName = "proven-reoffending-rate",
    frequency: MeasureOrName = "reoffences-per-reoffender",
    name: str = "reoffending",
) -> Findings | None:
    """The newest yearly cohort that was returned by the period's end, beside the year before it: table `reoffending`.

    rate: reoffenders over offenders. frequency: reoffences over reoffenders. None when two cohorts in a row are not held.
    """
    ask = asker(source)
    last = int(period.end[:4])
    for year in range(last, last - BACK, -1):
        cohort = Period(f"{year}-01", f"{year}-12")
        after, before = (_cohort(ask, rate, frequency, area, one) for one in (cohort, cohort.year_before()))
        if after is not None and before is not None:
            return _findings(ask, (rate, frequency), area, cohort, before, after, name)
    return None


def _cohort(
    ask: Asker, rate: MeasureOrName, frequency: MeasureOrName, area: str, period: Period
) -> tuple[Figure, Figure] | None:
    found = [ask.figures(ask.measure(measure), [area], period).figures for measure in (rate, frequency)]
    known = [figures[0] for figures in found if figures and figures[0].count and figures[0].base]
    return (known[0], known[1]) if len(known) == 2 else None


def _findings(
    ask: Asker,
    measures: tuple[MeasureOrName, MeasureOrName],
    area: str,
    cohort: Period,
    before: tuple[Figure, Figure],
    after: tuple[Figure, Figure],
    name: str,
) -> Findings:
    definitions = [ask.measure(measure) for measure in measures]
    figures: list[Figures] = [ask.figures(definition, [area], cohort) for definition in definitions]
    found = cohorts.reoffending(_counts(before), _counts(after))
    where = figures[0].names.get(area, area)
    title = f"Proven reoffending, {where}, {cohort.label()}"
    rows = tuple(
        _row(period, pair, found, later=later)
        for period, pair, later in ((cohort.year_before(), before, False), (cohort, after, True))
    )
    return Findings(
        name=name,
        title=title,
        tables={"reoffending": Table("reoffending", title, _columns(), rows), "change": _change(title, found)},
        statements=tuple(_statements(found, cohort, literal(where))),
        method="Shares of yearly cohorts with Wilson's 95% interval. Reoffences for each reoffender are compared as two Poisson rates (exact). ",
        caveats=once((FOLLOWED, *(caveat for one in figures for caveat in one.caveats))),
        sources=once(source for one in figures for source in one.sources),
        profile=strictest(definition.profile for definition in definitions),
        meta={"area": where, "area_code": area},
    )


def _counts(pair: tuple[Figure, Figure]) -> tuple[int, int, int]:
    """Offenders, reoffenders, reoffences."""
    return int(pair[0].base or 0), int(pair[0].count or 0), int(pair[1].count or 0)


def _columns() -> tuple[Column, ...]:
    shares = {"of": ("offenders", "reoffenders"), "decimals": 1}
    return (
        Column("label", Role.PERIOD, "Cohort"),
        Column("offenders", Role.COUNT, "Offenders"),
        Column("reoffenders", Role.COUNT, "Reoffended"),
        Column("share", Role.PERCENT, "Share", **shares),  # type: ignore[arg-type]
        Column("lower", Role.LOWER, "Lower 95% limit", unit="%", **shares),  # type: ignore[arg-type]
        Column("upper", Role.UPPER, "Upper 95% limit", unit="%", **shares),  # type: ignore[arg-type]
        Column("reoffences", Role.COUNT, "Reoffences"),
        Column("each", Role.VALUE, "For each reoffender", of=("reoffenders", "reoffences"), decimals=2),
        Column("id", Role.FIGURE, "Figure, reoffended", of=("reoffenders",)),
    )


def _row(period: Period, pair: tuple[Figure, Figure], found: Reoffending, *, later: bool) -> Row:
    share = found.after if later else found.before
    offenders, reoffenders, reoffences = _counts(pair)
    return {
        "label": period.text(),
        "offenders": offenders,
        "reoffenders": reoffenders,
        "share": 100 * (share.value or 0.0),
        "lower": 100 * (share.lower or 0.0),
        "upper": 100 * (share.upper or 0.0),
        "reoffences": reoffences,
        "each": float(found.frequency_after if later else found.frequency_before),
        "id": figure_id(pair[0]),
    }


def _change(title: str, found: Reoffending) -> Table:
    """How the share and the frequency moved; worked out from every count of both cohorts, which are given again beside it."""
    counts = tuple(f"{what}_{when}" for what in ("offenders", "reoffenders") for when in ("before", "after"))
    columns = (
        *(Column(name, Role.COUNT, name.replace("_", ", ").capitalize()) for name in counts),
        Column("points", Role.PERCENT, "Change of the share", of=counts, decimals=1, unit="percentage points"),
        Column("percent", Role.PERCENT, "The same in percent of the share", of=counts, decimals=1),
    )
    values = (found.before.whole, found.after.whole, found.before.part, found.after.part)
    percent = found.rate.percent
    cells = {"points": float(found.rate.points), "percent": float(percent) if percent is not None else 0.0}
    return Table("change", f"{title}: change", columns, ({**dict(zip(counts, values, strict=True)), **cells},))


def _statements(found: Reoffending, cohort: Period, where: str) -> list[Statement]:
    refs = {
        "was": Ref("reoffending", 0, "share"),
        "now": Ref("reoffending", 1, "share"),
        "of": Ref("reoffending", 1, "offenders"),
        "points": Ref("change", 0, "points"),
        "percent": Ref("change", 0, "percent"),
    }
    formats = {"was": "percent", "now": "percent", "of": "count", "points": "rate", "percent": "signed-percent"}
    year, before = cohort.start[:4], cohort.year_before().start[:4]
    share = (
        f"In {where}, {{now}} of {{of}} offenders of {year} reoffended, against {{was}} in {before}: a change of {{points}} percentage points, which is "
        "{percent} of the share."
    )
    each = {"was": Ref("reoffending", 0, "each"), "now": Ref("reoffending", 1, "each")}
    rose = found.frequency_after > found.frequency_before
    often = "rarely" if found.frequency_test.p < 0.05 else "often"
    frequency = (
        f"Those who did reoffend did so {'more' if rose else 'less'} often: {{now}} reoffences each, against {{was}}. A difference this size {often} comes "
        "by chance."
    )
    return [Statement(share, refs, formats), Statement(frequency, each, dict.fromkeys(each, "rate"))]
