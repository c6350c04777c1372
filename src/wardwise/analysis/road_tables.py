"""The tables of people hurt on the roads: by year, by how they travelled, by age, and by both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from wardwise.methods.rates import crude_rate, wilson
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.figures import Figure
from wardwise.records.findings import Column, Ref, Role, Row, Sum, Table
from wardwise.records.periods import Period, month_name

from .asking import Asker
from .profiles import words
from .standardised import residents_aged
from .words import listed

BANDS = ((0, 15), (16, 24), (25, 34), (35, 44), (45, 59), (60, 69), (70, 120))
"""Children are under 16, older people 60 and over, as in Reported road casualties Great Britain (Department for Transport)."""
USERS = {
    "on foot": "On foot",
    "cyclist": "Cyclist",
    "motorcyclist": "Motorcyclist",
    "car": "In a car or taxi",
    "bus or coach": "In a bus or coach",
    "van or lorry": "In a van or lorry",
    "other": "Other",
    "": "Not stated",
}
PER = 100_000


@dataclass(frozen=True)
class Hurt:
    """One person injured. user: as in `USERS`. adjusted: how likely the injury is serious when graded by injuries; None where not supplied."""

    severity: str
    user: str
    age: int | None
    adjusted: float | None

    @property
    def badly(self) -> bool:
        return self.severity in ("fatal", "serious")


@dataclass(frozen=True)
class Year:
    """Twelve months and everyone injured in them; people is None where a month was not supplied."""

    period: Period
    people: tuple[Hurt, ...] | None
    residents: Cell
    ids: tuple[str, str] = field(default=("", ""))

    def number(self, keep: Callable[[Hurt], bool] = lambda _: True) -> Cell:
        return MISSING if self.people is None else sum(map(keep, self.people))

    @property
    def known(self) -> tuple[Hurt, ...]:
        return self.people or ()


def year_name(year: Period) -> str:
    """“2015”; “the twelve months to August 2016”, where they are not those of a calendar year."""
    calendar = year.start.endswith("-01") and year.length == 12
    return year.start[:4] if calendar else f"the twelve months to {month_name(year.end)}"


def year_label(year: Period) -> str:
    """The same at the head of a row: “2015”, “Year to August 2016”."""
    calendar = year.start.endswith("-01") and year.length == 12
    return year.start[:4] if calendar else f"Year to {month_name(year.end)}"


def over(found: Sequence[Year]) -> str:
    """The years that were supplied, taken together: “2015 and 2017”, “September 2013 to August 2016”."""
    held = [year for year in found if year.people is not None]
    whole = Period(held[0].period.start, held[-1].period.end)
    if whole.length == 12 * len(held):
        return whole.label()
    return listed([year_name(year.period) for year in held])


def rated(n: Cell, base: Cell, per: float = PER) -> dict[str, Cell]:
    """A rate with its limits; not applicable where the number or the residents are not known."""
    if not isinstance(n, int) or not isinstance(base, int | float) or not base:
        return dict.fromkeys(("rate", "lower", "upper"), NOT_APPLICABLE)
    found = crude_rate(n, base, per)
    return {"rate": float(found.value), "lower": float(found.lower), "upper": float(found.upper)}


SEVERITIES = (
    Column("fatal", Role.COUNT, "Killed"),
    Column("serious", Role.COUNT, "Seriously injured"),
    Column("ksi", Role.COUNT, "Killed or seriously injured"),
    Column("slight", Role.COUNT, "Slightly injured"),
    Column("all", Role.COUNT, "All injured"),
)
RATES = (
    Column("rate", Role.VALUE, "Killed or seriously injured per 100,000 residents a year", of=("ksi",), decimals=1),
    Column("lower", Role.LOWER, "Lower 95% limit", of=("ksi",), decimals=1),
    Column("upper", Role.UPPER, "Upper 95% limit", of=("ksi",), decimals=1),
)


def counted(people: Sequence[Hurt] | None) -> dict[str, Cell]:
    """How many were killed, seriously injured, both, slightly injured, and all."""
    if people is None:
        return dict.fromkeys((column.name for column in SEVERITIES), MISSING)
    each = {kind: sum(person.severity == kind for person in people) for kind in ("fatal", "serious", "slight")}
    return {**each, "ksi": each["fatal"] + each["serious"], "all": len(people)}


def years(found: Sequence[Year], title: str) -> Table:
    columns = (
        Column("label", Role.PERIOD, "Period"),
        *SEVERITIES,
        Column("residents", Role.BASE, "Residents"),
        *RATES,
        Column("id", Role.FIGURE, "Figure, all injured", of=("all",)),
        Column("ksi_id", Role.FIGURE, "Figure, killed or seriously injured", of=("ksi",)),
    )
    rows: list[Row] = []
    for year in found:
        numbers = counted(year.people)
        ids: Row = {"id": year.ids[0], "ksi_id": year.ids[1]}
        rows.append(
            {
                "label": year_label(year.period),
                **numbers,
                "residents": year.residents,
                **rated(numbers["ksi"], year.residents),
                **ids,
            }
        )
    return Table("years", title, columns, tuple(rows))


def users(people: Sequence[Hurt], title: str) -> Table:
    columns = (
        Column("label", Role.LABEL, "How they travelled"),
        *SEVERITIES,
        Column("share", Role.PERCENT, "Share of all killed or seriously injured", of=("ksi",), decimals=1),
        Column("badly", Role.PERCENT, "Of those injured, killed or seriously", of=("ksi", "all"), decimals=1),
        Column("lower", Role.LOWER, "Lower 95% limit, %", of=("ksi", "all"), decimals=1),
        Column("upper", Role.UPPER, "Upper 95% limit, %", of=("ksi", "all"), decimals=1),
    )
    worst = sum(person.badly for person in people)
    rows = [_user(label, [p for p in people if p.user == user], worst) for user, label in USERS.items()]
    shown = sorted((row for row in rows if row["all"]), key=lambda row: -int(str(row["ksi"])))
    return Table("users", title, columns, (*shown, _user("Total", people, worst)))


def _user(label: str, people: Sequence[Hurt], worst: int) -> Row:
    numbers = counted(people)
    n, of = int(str(numbers["ksi"])), len(people)
    limits = wilson(n, of) if of else None
    return {
        "label": label,
        **numbers,
        "share": 100 * n / worst if worst else NOT_APPLICABLE,
        "badly": 100 * n / of if of else NOT_APPLICABLE,
        "lower": 100 * float(limits.lower) if limits else NOT_APPLICABLE,
        "upper": 100 * float(limits.upper) if limits else NOT_APPLICABLE,
    }


def ages(ask: Asker, area: str, found: Sequence[Year], title: str) -> Table:
    """Rates over residents of each age, summed over the years supplied. None of the rows is of an age not stated but the one that says so."""
    held = [year for year in found if year.people is not None]
    columns = (
        Column("label", Role.LABEL, "Age"),
        *SEVERITIES,
        Column("residents", Role.BASE, "Residents of that age, on average"),
    )
    people = [person for year in held for person in year.known]
    rows: list[Row] = []
    for band in BANDS:
        inside = counted([p for p in people if p.age is not None and band[0] <= p.age <= band[1]])
        lived = [_aged(ask, area, year.period, band) for year in held]
        whole = sum(n for n in lived if n is not None) if all(n is not None for n in lived) else MISSING
        mean = whole / len(held) if isinstance(whole, int | float) else MISSING
        rows.append({"label": words(band), **inside, "residents": mean, **rated(inside["ksi"], whole)})
    rest = counted([p for p in people if p.age is None])
    nothing: dict[str, Cell] = {
        "residents": NOT_APPLICABLE,
        **dict.fromkeys(("rate", "lower", "upper"), NOT_APPLICABLE),
    }
    if rest["all"]:
        rows.append({"label": "Not stated", **rest, **nothing})
    rows.append({"label": "Total", **counted(people), **nothing})
    known = any(isinstance(row["rate"], float) for row in rows)
    return Table("ages", title, (*columns, *RATES) if known else columns, tuple(rows))


LATER = (0, 12, 24, 36, 48, 60)
"""Months after the year that residents by age may be of, the fewest first, where none are held up to it."""


def _aged(ask: Asker, area: str, period: Period, band: tuple[int, int]) -> float | None:
    found = aged(ask, area, period, band)
    return float(found.count) if found and found.count else None


def aged(ask: Asker, area: str, period: Period, band: tuple[int, int]) -> Figure | None:
    """Residents of a band of ages: the newest estimate up to the period, else the first held in the five years after."""
    measure = residents_aged(ask.measure("residents"), band)
    answers = (ask.figures(measure, [area], period.shift(later)).figures for later in LATER)
    return next((figure for figures in answers for figure in figures if figure.count), None)


GROUPS = ((0, 15), (16, 24), (25, 59), (60, 120))


def both(people: Sequence[Hurt], title: str) -> Table:
    """Killed or seriously injured by how they travelled, in four groups of ages."""
    keys = [f"from_{low}" for low, _ in GROUPS]
    ages = tuple(Column(key, Role.COUNT, f"Aged {words(band)}") for key, band in zip(keys, GROUPS, strict=True))
    columns = (
        Column("label", Role.LABEL, "How they travelled"),
        *ages,
        Column("none", Role.COUNT, "Age not stated"),
        Column("ksi", Role.COUNT, "All ages"),
    )
    rows: list[Row] = []
    for user, label in [*USERS.items(), (None, "Total")]:
        mine = [p for p in people if p.badly and user in (None, p.user)]
        if mine or user is None:
            by = {
                key: sum(p.age is not None and low <= p.age <= high for p in mine)
                for key, (low, high) in zip(keys, GROUPS, strict=True)
            }
            rows.append({"label": label, **by, "none": sum(p.age is None for p in mine), "ksi": len(mine)})
    return Table("both", title, columns, tuple(rows))


UNPROTECTED = ("on foot", "cyclist", "motorcyclist")
"""Road users without a vehicle around them."""


def unprotected(people: Sequence[Hurt], title: str) -> Table | None:
    """Those on foot, on a bicycle or on a motorcycle, of all whose way of travelling is stated: table `unprotected`. None when it is stated for no one."""
    known = [person for person in people if person.user]
    if not any(person.badly for person in known):
        return None
    columns = (
        Column("label", Role.LABEL, "People"),
        Column("ksi", Role.COUNT, "Killed or seriously injured"),
        Column("share", Role.PERCENT, "Share of them", of=("ksi",), decimals=1),
        Column("all", Role.COUNT, "All injured"),
        Column("share_all", Role.PERCENT, "Share of all", of=("all",), decimals=1),
    )
    bare = [person for person in known if person.user in UNPROTECTED]
    numbers = [(sum(p.badly for p in group), len(group)) for group in (bare, known)]
    rows: list[Row] = [
        {
            "label": label,
            "ksi": n,
            "share": 100 * n / numbers[1][0],
            "all": every,
            "share_all": 100 * every / numbers[1][1],
        }
        for label, (n, every) in zip(("On foot, cycling or on a motorcycle", "Everyone stated"), numbers, strict=True)
    ]
    return Table("unprotected", title, columns, tuple(rows))


def sums(tables: Sequence[Table]) -> tuple[Sum, ...]:
    """Killed and seriously injured make one column; it and slightly injured all; rows make the total."""
    found = [
        Sum(Ref(table.name, at, total), tuple(Ref(table.name, at, part) for part in parts))
        for table in tables[:3]
        for at, row in enumerate(table.rows)
        if row["all"] is not MISSING
        for total, parts in (("ksi", ("fatal", "serious")), ("all", ("ksi", "slight")))
    ]
    for table, names in (
        (tables[1], _ALL),
        (tables[2], _ALL),
        (tables[3], [c.name for c in tables[3].having(Role.COUNT)]),
    ):
        last = len(table.rows) - 1
        found += [Sum(Ref(table.name, last, n), tuple(Ref(table.name, i, n) for i in range(last))) for n in names]
    both, parts = tables[3], [c.name for c in tables[3].having(Role.COUNT)][:-1]
    found += [Sum(Ref("both", i, "ksi"), tuple(Ref("both", i, n) for n in parts)) for i in range(len(both.rows))]
    return tuple(found)


_ALL = ("fatal", "serious", "ksi", "slight", "all")
