"""How far can a change in serious injuries be told from a change in grading? Fatal and serious as recorded, adjusted where held, and turned round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardwise.methods.rates import wilson
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .about import About
from .asking import Asker, asker
from .road_tables import SEVERITIES, Year, counted, year_label, year_name
from .roads import CASUALTIES, first_and_last, gaps, latest, years

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

SHARES = (0, 5, 10, 20)
"""Of 100 slight injuries, how many might have been graded serious: steps of ours, to try how far an answer holds. None is an estimate."""
METHOD = (
    "Since 2012 forces have moved, at different times, from the officer's judgement to a list of injuries that decides the grade. The list "
    "grades more injuries as serious (Department for Transport, Guide to severity adjustments for reported road casualties Great Britain). "
    "Adjusted totals add up, over all who were not killed, the published chance that each injury would be graded serious by the list, and then those killed."
)
NOT_HELD = (
    "Adjusted totals are not given: the Department for Transport's adjustment, a chance for each person injured, was not in the files supplied; "
    "later files have it."
)
MIXED = "It is not known here when this police force moved to grading by a list of injuries, so years before and after may not be alike."


def severity(source: Snapshot | Asker, area: str, period: Period, *, name: str = "road_severity") -> Findings | None:
    """Fatal and serious by year, as recorded and adjusted: table `severity`; what other grading would do to the change: `regraded`.

    None when no year of the period was supplied whole.
    """
    ask = asker(source)
    about = About.of(ask, CASUALTIES, area, period)
    found = years(ask, area, period)
    if not any(year.people is not None for year in found):
        return None
    title, about = about.title("how badly people were hurt"), latest(ask, area, found)
    adjusted = [_adjusted(year) for year in found]
    tables = [_severity(found, adjusted, title)]
    told = _recorded(found, adjusted)
    spans = first_and_last(found)
    if spans is not None:
        ends = [next(y for y in found if y.period == period) for period in (spans.before, spans.after)]
        tables += [_regraded(ends, title), _even(ends, title)]
        told += _turned(ends)
    lacking = (
        NOT_HELD if any(n is MISSING for n, y in zip(adjusted, found, strict=True) if y.people is not None) else ""
    )
    return about.findings(name, title, tables, told, method=METHOD, caveats=(lacking, MIXED, gaps(found)))


def _adjusted(year: Year) -> Cell:
    """Killed, and those likely to be graded serious; MISSING unless the chance was supplied for everyone not killed."""
    chances = [person.adjusted for person in year.known if person.severity != "fatal"]
    if not chances or any(chance is None for chance in chances):
        return MISSING
    return sum(person.severity == "fatal" for person in year.known) + sum(chance or 0 for chance in chances)


def _severity(found: Sequence[Year], adjusted: Sequence[Cell], title: str) -> Table:
    of = ("serious", "slight")
    columns = (
        Column("label", Role.PERIOD, "Period"),
        *SEVERITIES,
        Column("share", Role.PERCENT, "Of those not killed, seriously injured", of=of, decimals=1),
        Column("lower", Role.LOWER, "Lower 95% limit, %", of=of, decimals=1),
        Column("upper", Role.UPPER, "Upper 95% limit, %", of=of, decimals=1),
        Column("adjusted", Role.VALUE, "Killed or seriously injured, adjusted", of=("all",)),
    )
    rows = [
        {"label": year_label(year.period), **counted(year.people), **_share(year), "adjusted": _whole(n)}
        for year, n in zip(found, adjusted, strict=True)
    ]
    return Table("severity", title, columns, tuple(rows))


def _whole(n: Cell) -> Cell:
    return round(n) if isinstance(n, float) else n


def _share(year: Year) -> dict[str, Cell]:
    hurt = [person for person in year.known if person.severity != "fatal"]
    if not hurt:
        return dict.fromkeys(("share", "lower", "upper"), NOT_APPLICABLE)
    serious = sum(person.badly for person in hurt)
    limits = wilson(serious, len(hurt))
    return {
        "share": 100 * serious / len(hurt),
        "lower": 100 * float(limits.lower),
        "upper": 100 * float(limits.upper),
    }


def _regraded(ends: Sequence[Year], title: str) -> Table:
    """What the change would be, had so many in a hundred slight injuries of the earlier year been graded serious."""
    columns = (
        Column("label", Role.LABEL, "If, of 100 slight injuries in the earlier year"),
        Column("before", Role.COUNT, f"Killed or seriously injured, {year_name(ends[0].period)}"),
        Column("after", Role.COUNT, f"Killed or seriously injured, {year_name(ends[1].period)}"),
        Column("change", Role.CHANGE, "Change", of=("before", "after")),
        Column("percent", Role.PERCENT, "% change", of=("before", "after"), decimals=1),
    )
    first, last = (counted(year.people) for year in ends)
    rows: list[Row] = []
    for share in SHARES:
        before, after = int(str(first["ksi"])) + round(int(str(first["slight"])) * share / 100), int(str(last["ksi"]))
        percent: Cell = 100 * (after - before) / before if before else NOT_APPLICABLE
        label = "None had been graded serious (as recorded)" if not share else f"{share} had been graded serious"
        rows.append({"label": label, "before": before, "after": after, "change": after - before, "percent": percent})
    return Table("regraded", f"{title}: had grading been stricter in the earlier year", columns, tuple(rows))


def _even(ends: Sequence[Year], title: str) -> Table:
    """The share of the earlier year's slight injuries that, graded serious, would leave no rise."""
    first, last = (counted(year.people) for year in ends)
    rise, slight = int(str(last["ksi"])) - int(str(first["ksi"])), int(str(first["slight"]))
    columns = (
        Column("label", Role.PERIOD, "Earlier year"),
        Column("slight", Role.COUNT, "Slightly injured"),
        Column("share", Role.PERCENT, "Share that, graded serious, would leave no rise", of=("slight",), decimals=1),
    )
    share: Cell = 100 * rise / slight if rise > 0 and slight else NOT_APPLICABLE
    return Table("turned", title, columns, ({"label": year_name(ends[0].period), "slight": slight, "share": share},))


def _recorded(found: Sequence[Year], adjusted: Sequence[Cell]) -> list[Statement]:
    at = max(i for i, year in enumerate(found) if year.people is not None)
    refs = {key: Ref("severity", at, key) for key in ("share", "lower", "upper", "serious")}
    formats = {"share": "percent", "lower": "percent", "upper": "percent", "serious": "count"}
    text = (
        f"In {year_name(found[at].period)}, {{share}} of those injured and not killed were recorded as seriously injured ({{serious}}; 95% interval "
        "{lower} to {upper})."
    )
    told = [Statement(text, refs, formats)]
    if adjusted[at] is not MISSING:
        refs = {"n": Ref("severity", at, "adjusted"), "ksi": Ref("severity", at, "ksi")}
        text = "Adjusted for how injuries are graded, {n} were killed or seriously injured; {ksi} as recorded."
        told.append(Statement(text, refs, {"n": "count", "ksi": "count"}))
    return told


def _turned(ends: Sequence[Year]) -> list[Statement]:
    """How much stricter grading must have become for the change to be none but that."""
    first, last = (counted(year.people) for year in ends)
    before, after, slight = int(str(first["ksi"])), int(str(last["ksi"])), int(str(first["slight"]))
    refs = {"before": Ref("regraded", 0, "before"), "after": Ref("regraded", 0, "after")}
    formats = {"before": "count", "after": "count"}
    if after <= before or not slight:
        text = (
            "As recorded, the number killed or seriously injured did not rise (from {before} to {after}). Stricter grading can only have hidden a fall, "
            "not made one."
        )
        return [Statement(text, refs, formats)]
    refs["share"], formats["share"] = Ref("turned", 0, "share"), "percent"
    refs["slight"], formats["slight"] = Ref("turned", 0, "slight"), "count"
    text = (
        f"Had {{share}} of the {{slight}} slight injuries of {year_name(ends[0].period)} been graded serious, there would be no rise "
        "(from {before} to {after}, as recorded)."
    )
    return [Statement(text, refs, formats)]
