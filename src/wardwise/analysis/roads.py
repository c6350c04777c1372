"""Who is hurt on the roads? People killed, seriously and slightly injured, year by year, by how they travelled and by age."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardwise.records.cells import MISSING
from wardwise.records.findings import Findings, Ref, Statement, Sum, Table
from wardwise.records.periods import Period, shift

from . import pairs
from . import road_tables as made
from .about import About
from .asking import Asker, asker, count_cell, figure_id
from .change import count
from .pairs import Pair, Spans
from .road_tables import Hurt, Year, year_name
from .words import listed, lower_first, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

CASUALTIES, KSI, COLLISIONS = "road-casualties", "killed-or-seriously-injured", "road-collisions"
KILLED_OR_SERIOUSLY = "People killed or seriously injured on the roads"
UNPROTECTED = "People injured on foot, on a bicycle or on a motorcycle"
NOT_STATED = made.USERS[""]
SPOKEN = {"Cyclist": "cyclists", "Motorcyclist": "motorcyclists", "Other": "people travelling in other ways"}
METHOD = (
    "People injured in collisions that the police reported (STATS19), in periods of twelve months. Rates are over residents, for each year, with 95% "
    "intervals (exact below 10, Byar's from 10); shares have Wilson's."
)
NOT_RESIDENTS = (
    "Rates are of people injured here over people who live here. Visitors and those passing through are hurt here too, and residents elsewhere, so a "
    "rate is no one's risk."
)


def casualties(
    source: Snapshot | Asker, area: str, period: Period, *, name: str = "road_casualties"
) -> Findings | None:
    """Twelve months by twelve months: table `years`; how people travelled: `users`; ages: `ages`; both, of the worst hurt: `both`.

    The last three take all years supplied together. None when no year of the period was supplied whole.
    """
    ask = asker(source)
    about = About.of(ask, CASUALTIES, area, period)
    found = years(ask, area, period)
    if not any(year.people is not None for year in found):
        return None
    title = about.title("by year")
    people, about = [person for year in found for person in year.known], latest(ask, area, found)
    together = made.over(found)
    where = f"{about.where}, {together}"
    tables = [
        made.years(found, title),
        made.users(people, f"{about.figures.title}, by how they travelled, {where}"),
        made.ages(ask, area, found, f"{about.figures.title}, by age, {where}"),
        made.both(people, f"{KILLED_OR_SERIOUSLY}, by how they travelled and by age, {where}"),
    ]
    sums, spans = made.sums(tables), first_and_last(found)
    told = [*_latest(found), *_worst(tables[1], together)]
    bare = made.unprotected(people, f"{UNPROTECTED}, {where}")
    if bare is not None:
        tables.append(bare)
        told.append(_bare())
        sums = (*sums, *_sums_of_bare(tables[1]))
    told += _worst_age(tables[2], together)
    known = changes(ask, area, spans) if spans else ()
    if spans:
        tables.append(pairs.table("change", title, known, spans))
        told += compared(known, spans)
    return about.findings(
        name,
        title,
        tables,
        told,
        method=METHOD,
        caveats=(gaps(found), _residents(ask, area, found), NOT_RESIDENTS, *(spans.caveats(known) if spans else ())),
        sums=sums,
        shared_methods=(pairs.METHOD,),
    )


def latest(ask: Asker, area: str, found: Sequence[Year]) -> About:
    """The casualties of the last year that was supplied, whose sources and caveats are those of all."""
    return About.of(ask, CASUALTIES, area, [year.period for year in found if year.people is not None][-1])


def years(ask: Asker, area: str, period: Period) -> tuple[Year, ...]:
    """The twelve months up to the period's end, the twelve before, and so on while they begin within the period; the earliest first."""
    ends = [shift(period.end, -12 * back) for back in range(max(1, period.length // 12))]
    return tuple(_year(ask, area, Period(shift(end, -11), end)) for end in reversed(ends))


def _year(ask: Asker, area: str, period: Period) -> Year:
    about, worst = About.of(ask, CASUALTIES, area, period), About.of(ask, KSI, area, period)
    residents = ask.figures(ask.measure("residents"), [area], period).figures
    base = count_cell(residents[0]) if residents else MISSING
    if about.count is MISSING:
        return Year(period, None, base)
    rows = about.records(["severity", "road_user", "age", "adjusted_serious"]).to_pylist()
    people = tuple(Hurt(row["severity"], row["road_user"] or "", row["age"], row["adjusted_serious"]) for row in rows)
    ids = [figure_id(each.figures.figures[0]) for each in (about, worst)]
    return Year(period, people, base, (ids[0], ids[1]))


def first_and_last(found: Sequence[Year]) -> Spans | None:
    """The earliest and the latest year that were supplied; None when only one was."""
    held = [year.period for year in found if year.people is not None]
    return Spans(held[0], held[-1]) if len(held) > 1 else None


def changes(ask: Asker, area: str, spans: Spans) -> tuple[Pair, ...]:
    """All injured, and killed or seriously injured, in two years."""
    return tuple(count(ask, measure, area, spans).pair for measure in (KSI, CASUALTIES))


def _latest(found: Sequence[Year]) -> list[Statement]:
    """How many in the latest year that was supplied."""
    at = max(i for i, year in enumerate(found) if year.people is not None)
    refs = {key: Ref("years", at, key) for key in ("all", "ksi", "fatal")}
    text = (
        f"In {year_name(found[at].period)}, {{all}} people were reported injured on the roads, of whom {{ksi}} were killed or seriously injured, "
        "{fatal} of them killed."
    )
    return [Statement(text, refs, dict.fromkeys(refs, "count"))]


def compared(found: Sequence[Pair], spans: Spans) -> list[Statement]:
    """“Between … and …, people killed or seriously injured on the roads fell by …” of the rows of table `change`."""
    when = f"Between {year_name(spans.before)} and {year_name(spans.after)} the number of"
    return [
        pairs.statement(pair, spans, at, "change", f"{when} {lower_first(spoken_title(pair.label))}")
        for at, pair in enumerate(found)
    ]


def _worst(users: Table, together: str) -> list[Statement]:
    """The way of travelling of most who were hurt badly, of those that are stated."""
    last = len(users.rows) - 1
    of = {"of": Ref("users", last, "ksi")}
    stated = [at for at, row in enumerate(users.rows[:last]) if row["label"] != NOT_STATED and row["ksi"]]
    if not stated:
        text = (
            f"How they travelled is not stated for any of the {{of}} people killed or seriously injured in {together}."
        )
        return [Statement(text, of, {"of": "count"})] if users.rows[last]["ksi"] else []
    refs = {key: Ref("users", stated[0], key) for key in ("share", "ksi")} | of
    label = str(users.rows[stated[0]]["label"])
    who = SPOKEN.get(label, lower_first(label))
    text = f"Of {{of}} people killed or seriously injured in {together}, the largest group were {who}: {{ksi}} ({{share}})."
    return [Statement(text, refs, {"share": "percent", "ksi": "count", "of": "count"})]


def _bare() -> Statement:
    refs = {key: Ref("unprotected", 0, key) for key in ("share", "share_all", "ksi", "all")}
    text = "People on foot, on a bicycle or on a motorcycle were {share_all} of all who were injured and {share} of those killed or seriously injured ({ksi})."
    return Statement(text, refs, {"share": "percent", "share_all": "percent", "ksi": "count", "all": "count"})


def _sums_of_bare(users: Table) -> tuple[Sum, ...]:
    """The three ways of travelling make the row of all three; every way that is stated makes the other."""
    bare = {made.USERS[user] for user in made.UNPROTECTED}
    stated = [at for at, row in enumerate(users.rows[:-1]) if row["label"] != NOT_STATED]
    rows = ([at for at in stated if users.rows[at]["label"] in bare], stated)
    return tuple(
        Sum(Ref("unprotected", row, key), tuple(Ref("users", at, key) for at in parts))
        for row, parts in enumerate(rows)
        for key in ("ksi", "all")
        if parts
    )


def _worst_age(ages: Table, together: str) -> list[Statement]:
    """The age with the highest rate; where residents by age are not held, the age of most who were hurt badly."""
    found: list[Statement] = []
    rates = [(float(row["rate"]), at) for at, row in enumerate(ages.rows) if isinstance(row["rate"], int | float)]
    if rates and max(rates)[0] > 0:
        at = max(rates)[1]
        refs = {key: Ref("ages", at, key) for key in ("rate", "lower", "upper", "ksi")}
        text = (
            f"By age, the rate of people killed or seriously injured in {together} was highest among those aged {ages.rows[at]['label']}: {{rate}} for "
            "every 100,000 residents of that age a year (95% interval {lower} to {upper})."
        )
        return [Statement(text, refs, {"rate": "rate", "lower": "rate", "upper": "rate", "ksi": "count"})]
    last = len(ages.rows) - 1
    most = max(range(last), key=lambda at: int(str(ages.rows[at]["ksi"])), default=0)
    if ages.rows[most]["ksi"] and ages.rows[most]["label"] != NOT_STATED:
        refs = {"n": Ref("ages", most, "ksi"), "of": Ref("ages", last, "ksi")}
        text = f"By age, most of those killed or seriously injured in {together} were {ages.rows[most]['label']}: {{n}} of {{of}}. No rate is given, because residents by age are not held."
        found.append(Statement(text, refs, dict.fromkeys(refs, "count")))
    return found


def _residents(ask: Asker, area: str, found: Sequence[Year]) -> str:
    """Which estimate of residents by age the rates rest on, where it is not of the year itself."""
    notes = {
        lower_first(figure.note.rstrip("."))
        for year in found
        if year.people is not None
        and (figure := made.aged(ask, area, year.period, made.BANDS[0]))
        and figure.note
        and not any(month[:4] in figure.note for month in (year.period.start, year.period.end))
    }
    return (
        f"Residents by age, for the rates, are an estimate of another year: {listed(sorted(notes))}." if notes else ""
    )


def gaps(found: Sequence[Year]) -> str:
    """Which twelve months were not supplied."""
    gone = [year_name(year.period) for year in found if year.people is None]
    return (
        f"Not supplied in full: {listed(gone)}. Nothing is said of those years, and no number is put in their place."
        if gone
        else ""
    )
