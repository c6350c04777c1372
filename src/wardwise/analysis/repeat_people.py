"""Who comes back: people harmed again, suspected again, calling again. Numbers and concentration; references for the analyst alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from wardwise.methods import repeat_people as method
from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Sum, Table
from wardwise.records.periods import Period

from .about import About
from .asking import Asker, MeasureOrName, strictest
from .repeat_wider import Compared, Once, around, compare

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

Who = Literal["victim", "offender", "caller"]
SAID: dict[str, tuple[str, str]] = {
    "victim": ("repeat victims", "were harmed more than once"),
    "offender": ("repeat suspects and offenders", "were suspected or known more than once"),
    "caller": ("frequent callers", "called more than once"),
}
FEWEST = 20
MOST = 50
"""People listed for the analyst."""
FEWEST_AT_TOP = 10
"""People in the last step of times; smaller ones become one with the step before. Rates of sensitive topics need counts of 10."""
TOP = 0.1
METHOD = (
    "A person is a reference that the supplier gives: a pseudonym, the same in every record. By chance each record would fall on any "
    "resident alike, so that numbers of times follow Poisson's distribution (Sparks, Genn and Dodd 1977). People most often recorded are "
    "picked after looking: their share if all who were recorded ran one risk is that of a zero-truncated Poisson distribution."
)
CAVEATS = (
    "Only what was recorded is seen: people who do not report again are not repeat victims here, and risk was higher before the first record "
    "was made than this shows.",
    "Where one person has two references, repeats are missed; where two share one, they are made up.",
    "A shorter period finds fewer repeats.",
)


@dataclass(frozen=True)
class Seen:
    """refs and counts: people, most often seen first, with their first and last month. without: records that name nobody."""

    refs: tuple[str, ...]
    counts: tuple[int, ...]
    months: tuple[tuple[str, str], ...]
    without: int

    @property
    def records(self) -> int:
        return sum(self.counts)


def repeat_people(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    who: Who = "victim",
    top: float = TOP,
    wider: str = "",
    name: str = "repeat_people",
) -> Findings:
    """People by number of times: table `steps`; once and again: `all`; how much falls on how few: `top`; whom: `people`, whose
    every column is for the analyst alone.

    who: whose reference. wider: the division or other area around, with whose rest the share that came back is compared; the police
    force's unless named, and left out where the rest was not supplied: tables `wider` and `apart`. Raises WardwiseError when the measure's records can carry none.
    """
    about = About.of(source, measure, area, period)
    if f"{who}_ref" not in about.measure.count.table.names:
        raise WardwiseError(
            f"{about.measure.title} counts records without a reference of the {who}.",
            where=about.measure.measure,
            next_step="Ask of a force's own offences for victims and offenders, of a service's incidents for callers.",
        )
    title = about.title(SAID[who][0])
    seen = _seen(about, who)
    if seen.records < FEWEST:
        why = f"{about.what}: fewer than {FEWEST} records carry a reference of the {who}, so repeats cannot be told."
        return about.refused(name, title, Table("steps", title, _columns()[:2], ()), why, "all", "top", "people")
    residents = _residents(about, len(seen.refs))
    found = method.steps(seen.counts, residents, fewest=FEWEST_AT_TOP)
    again, most = method.again(seen.counts, residents), method.top(seen.counts, top)
    rest = _rest(about, who, Once(len(seen.refs), again.people), wider)
    made = about.findings(
        name,
        title,
        [_steps(title, found), _all(title, seen, again), _top(title, most), _people(title, seen), *rest.tables],
        [*_statements(about, who, found, again, most), *rest.statements],
        method=f"{METHOD} {rest.method}".strip(),
        caveats=(*CAVEATS, *rest.caveats),
        sums=(*_sums(found), *rest.sums),
    )
    return replace(made, profile=strictest((made.profile, "sensitive")))


def _rest(about: About, who: Who, here: Once, wider: str) -> Compared:
    """Here against the rest of the area around; nothing where there is none, or its records are not held."""
    whole = around(about, wider)
    if whole is None:
        return Compared()
    own = {member for member, _ in about.ask.places.members([about.area])}
    rows = whole.records([f"{who}_ref", "area_code"])
    times = Counter(
        ref
        for ref, code in zip(rows[f"{who}_ref"].to_pylist(), rows["area_code"].to_pylist(), strict=True)
        if ref and code not in own
    )
    rest = Once(len(times), sum(n > 1 for n in times.values()))
    return compare(about, whole, here, rest, "people recorded", SAID[who][1])


def _seen(about: About, who: str) -> Seen:
    rows = about.records([f"{who}_ref", "month"])
    held: dict[str, list[str]] = {}
    without = 0
    for ref, month in zip(rows.column(f"{who}_ref").to_pylist(), rows.column("month").to_pylist(), strict=True):
        if ref:
            held.setdefault(ref, []).append(month)
        else:
            without += 1
    order = sorted(held, key=lambda ref: (-len(held[ref]), ref))
    months = tuple((min(held[ref]), max(held[ref])) for ref in order)
    return Seen(tuple(order), tuple(len(held[ref]) for ref in order), months, without)


def _residents(about: About, seen: int) -> int | None:
    """None where nobody says how many live here, or more people were seen than do."""
    figures = about.ask.figures(about.ask.measure("residents"), [about.area], about.period).figures
    held = round(figures[0].count or 0) if figures else 0
    return held if held >= seen else None


def _columns() -> tuple[Column, ...]:
    of = ("people", "all.again")
    return (
        Column("label", Role.LABEL, "Times recorded"),
        Column("people", Role.COUNT, "People"),
        Column("expected", Role.VALUE, "People, if by chance", of=of, decimals=1, whole=True),
        Column("records", Role.VALUE, "Records", of=of, whole=True),
        Column("share", Role.PERCENT, "Share of records", of=of, decimals=1, whole=True),
    )


def _label(step: method.Step) -> str:
    if step.high is None:
        return f"{step.low} or more"
    return "Once" if step.low == 1 else f"{step.low}" if step.low == step.high else f"{step.low} to {step.high}"


def _steps(title: str, found: Sequence[method.Step]) -> Table:
    people, records = sum(step.people for step in found), sum(step.events for step in found)
    rows: list[Row] = [
        {
            "label": _label(step),
            "people": step.people,
            "expected": NOT_APPLICABLE if step.expected is None else step.expected,
            "records": step.events,
            "share": 100 * step.events / records,
        }
        for step in found
    ]
    total: Row = {"label": "Total", "people": people, "expected": NOT_APPLICABLE, "records": records, "share": 100.0}
    return Table("steps", title, _columns(), (*rows, total))


def _all(title: str, seen: Seen, again: method.Again) -> Table:
    """What is said of records is hidden with any number of people: records less times × people would tell of the few at the top."""
    of = ("again", "steps.people")
    columns = (
        Column("label", Role.LABEL, "All"),
        Column("people", Role.COUNT, "People recorded"),
        Column("again", Role.COUNT, "More than once"),
        Column("share_people", Role.PERCENT, "Share of people", of=("again", "people"), decimals=1),
        Column("records", Role.VALUE, "Records with a reference", of=of),
        Column("records_again", Role.VALUE, "Of those recorded more than once", of=of),
        Column("share_records", Role.PERCENT, "Share of records", of=of, decimals=1),
        Column("expected", Role.VALUE, "People more than once, if by chance", of=of, decimals=1),
        Column("without", Role.VALUE, "Records without a reference", of=of),
    )
    row: dict[str, Cell] = {
        "label": "All",
        "people": len(seen.refs),
        "again": again.people,
        "share_people": 100 * again.people / len(seen.refs),
        "records": seen.records,
        "records_again": again.events,
        "share_records": 100 * again.events / seen.records,
        "expected": NOT_APPLICABLE if again.expected is None else again.expected,
        "without": seen.without,
    }
    return Table("all", f"{title}: once and again", columns, (row,))


def _top(title: str, most: method.Top) -> Table:
    """Hidden with any number of times: with the numbers by times it would tell of the few at the top."""
    of = ("steps.people", "all.again")
    columns = (
        Column("label", Role.LABEL, "People most often recorded"),
        Column("observed", Role.PERCENT, "Their share of records", of=of, decimals=1),
        Column("by_chance", Role.PERCENT, "If all recorded ran one risk", of=of, decimals=1, whole=True),
    )
    label = "One person" if most.people == 1 else f"The {most.people:,} people recorded most often"
    row: Row = {"label": label, "observed": 100 * most.observed, "by_chance": 100 * most.by_chance}
    return Table("top", f"{title}: how much on how few", columns, (row,))


def _people(title: str, seen: Seen) -> Table:
    """Every column identifies, so that for other audiences nothing of it is left, not even how many there are."""
    columns = (
        Column("person", Role.IDENTIFIER, "Reference"),
        Column("times", Role.IDENTIFIER, "Times"),
        Column("first", Role.IDENTIFIER, "First"),
        Column("last", Role.IDENTIFIER, "Last"),
    )
    rows: list[Row] = [
        {"person": ref, "times": n, "first": months[0], "last": months[1]}
        for ref, n, months in list(zip(seen.refs, seen.counts, seen.months, strict=True))[:MOST]
        if n > 1
    ]
    return Table("people", f"{title}: for the analyst alone", columns, tuple(rows))


def _sums(found: Sequence[method.Step]) -> tuple[Sum, ...]:
    """Steps add up to all people, and “more than once” is all steps but the first."""
    last = len(found)
    steps = tuple(Ref("steps", i, "people") for i in range(last))
    total = Ref("steps", last, "people")
    return (
        Sum(total, steps),
        Sum(Ref("all", 0, "people"), (total,)),
        *((Sum(Ref("all", 0, "again"), steps[1:]),) if last > 1 else ()),
    )


def _statements(
    about: About, who: Who, found: Sequence[method.Step], again: method.Again, most: method.Top
) -> list[Statement]:
    said: list[Statement] = []

    def say(text: str, **refs: tuple[Ref, str]) -> None:
        said.append(Statement(text, {n: ref for n, (ref, _) in refs.items()}, {n: how for n, (_, how) in refs.items()}))

    def whole(column: str, how: str = "count") -> tuple[Ref, str]:
        return Ref("all", 0, column), how

    say(
        f"{about.what}: {{again}} of {{people}} people recorded ({{share}}) {SAID[who][1]}.",
        again=whole("again"), people=whole("people"), share=whole("share_people", "percent"),
    )  # fmt: skip
    say(
        "They account for {records} of {all} records ({part}).",
        records=whole("records_again"), all=whole("records"), part=whole("share_records", "percent"),
    )  # fmt: skip
    if again.expected is not None and again.p is not None:
        beyond = "More come back than chance would often bring." if again.p < 0.05 else "Chance could bring as many."
        say(
            f"If all residents ran the same risk, about {{expected}} people would be recorded more than once. {beyond}",
            expected=whole("expected", "count" if again.expected >= 10 else "rate"),
        )
    people = "The person" if most.people == 1 else f"The {most.people:,} people"
    say(
        f"{people} recorded most often account for {{observed}} of the records; if all who were recorded ran one risk it would be {{chance}}.",
        observed=(Ref("top", 0, "observed"), "percent"), chance=(Ref("top", 0, "by_chance"), "percent"),
    )  # fmt: skip
    last = len(found) - 1
    if found[last].people and found[last].low > 2:
        say(
            f"{{n}} people were recorded {found[last].low} times or more; they account for {{share}} of the records.",
            n=(Ref("steps", last, "people"), "count"), share=(Ref("steps", last, "share"), "percent"),
        )  # fmt: skip
    say("{n} records carry no reference and are left out.", n=whole("without"))
    return said
