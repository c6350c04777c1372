"""What became of everyone on a programme? Stages with their denominators, people followed for an equal time, attendance, and families
beside others like them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wardwise.methods import cohorts
from wardwise.methods.cohorts import Share
from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period, month_name, month_number
from wardwise.records.suppliers import in_words

from .asking import Asker, MeasureOrName, asker
from .returns import Stated, answer, latest_stated
from .words import literal, lower_first, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

SMALL = "{programme}: there are few people, so the interval is wide, and one person more or less moves the share."
MIXED = (
    "The stages were stated for different periods, so they need not be of the same people, and no share is worked out."
)
COVARIATES = ("age", "earlier", "need")
NAMES = {"age": "Age at the start", "earlier": "Events in the year before", "need": "Score of need"}

_PEOPLE = """
SELECT month, event_month, followed_to, part, source, supplier, sessions, attended, age, earlier, need
FROM programme_people JOIN (SELECT unnest($codes) AS code) ON area_code = code
WHERE lower(programme) = lower($programme) AND month <= $until ORDER BY month, person_ref
"""


@dataclass(frozen=True)
class Person:
    """One row of a programme: month numbers; None where not known or nothing happened."""

    start: int
    event: int | None
    followed: int
    took_part: bool
    sessions: int | None
    attended: int | None
    covariates: tuple[float, ...] | None


def funnel(
    source: Snapshot | Asker, stages: Sequence[MeasureOrName], area: str, period: Period, *, name: str = "stages"
) -> Findings | None:
    """How many reached each stage of a programme, of those who began and of those at the stage before: table `stages`.

    stages: measures in order, as the service returned them. None when none was returned.
    """
    ask = asker(source)
    found = [latest_stated(ask, measure, area, period) for measure in stages]
    counts = [one.count for one in found if isinstance(one.count, int)]
    if not counts:
        return None
    same = len({one.period for one in found}) == 1 and len(counts) == len(found)
    reached = _reached(counts) if same else None
    title = f"{_programme(found)}, {found[0].period.label()}"
    rows = tuple(_stage_row(one, reached[at] if reached else None) for at, one in enumerate(found))
    table = Table("stages", title, _stage_columns(), rows)
    caveats = () if same else (MIXED,)
    statements = _stage_statements(found, rows, same=reached is not None)
    return answer(name, title, found, area, [table], statements, caveats)


def _reached(counts: Sequence[int]) -> tuple[cohorts.Stage, ...] | None:
    """None when more reached a stage than the one before: then they are not the same people."""
    try:
        return cohorts.stages(counts)
    except ValueError:
        return None


def _programme(found: Sequence[Stated]) -> str:
    return f"Stages of the programme, from {lower_first(spoken_title(found[0].figures.title))}"


def _stage_columns() -> tuple[Column, ...]:
    def of(name: str, role: Role, heading: str) -> Column:
        return Column(name, role, heading, of=("count", "first", "previous"), decimals=1)

    return (
        Column("label", Role.LABEL, "Stage"),
        Column("period", Role.PERIOD, "Covers"),
        Column("count", Role.COUNT, "Number"),
        Column("first", Role.COUNT, "Of those at the first stage"),
        Column("previous", Role.COUNT, "Of those at the stage before"),
        of("of_first", Role.PERCENT, "Of the first stage"),
        of("of_previous", Role.PERCENT, "Of the stage before"),
        Column("lower", Role.LOWER, "Lower 95% limit", of=("count", "previous"), decimals=1, unit="%"),
        Column("upper", Role.UPPER, "Upper 95% limit", of=("count", "previous"), decimals=1, unit="%"),
        Column("id", Role.FIGURE, "Figure", of=("count",)),
    )


def _stage_row(one: Stated, stage: cohorts.Stage | None) -> Row:
    nothing: dict[str, Cell] = dict.fromkeys(
        ("first", "previous", "of_first", "of_previous", "lower", "upper"), NOT_APPLICABLE
    )
    row: dict[str, Cell] = {
        "label": spoken_title(one.figures.title),
        "period": one.period.text(),
        "count": one.count,
        "id": one.id,
    }
    if stage is None or stage.of_previous is None:
        return {**row, **nothing}
    of_first, of_previous = _share(stage.of_first), _share(stage.of_previous)
    bases: dict[str, Cell] = {"first": stage.of_first.whole, "previous": stage.of_previous.whole}
    limits = {"of_previous": of_previous["share"], "lower": of_previous["lower"], "upper": of_previous["upper"]}
    return {**row, **bases, "of_first": of_first["share"], **limits}


def _share(found: Share) -> dict[str, Cell]:
    values = {"share": found.value, "lower": found.lower, "upper": found.upper}
    return {key: NOT_APPLICABLE if value is None else 100 * value for key, value in values.items()}


def _stage_statements(found: Sequence[Stated], rows: Sequence[Row], *, same: bool) -> list[Statement]:
    if not same:
        return [Statement("The stages of the programme cannot be set against each other: see the caveats.")]
    said = []
    for at, one in enumerate(found[1:], 1):
        refs = {key: Ref("stages", at, key) for key in ("count", "previous", "of_previous", "lower", "upper")}
        formats = {"count": "count", "previous": "count", **dict.fromkeys(("of_previous", "lower", "upper"), "percent")}
        before = lower_first(spoken_title(found[at - 1].figures.title))
        text = (
            f"{literal(spoken_title(one.figures.title))}: {{count}} of {{previous}} ({literal(before)}), which is {{of_previous}} (95% interval "
            "{lower} to {upper})."
        )
        if rows[at]["of_previous"] is not NOT_APPLICABLE:
            said.append(Statement(text, refs, formats))
    return said


def people(ask: Asker, programme: str, area: str, until: str) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """Everyone of a programme in the area who started by `until`, and the sources that named them."""
    codes = [area, *(member for member, _ in ask.places.members([area]))]
    given = {"codes": list(dict.fromkeys(codes)), "programme": programme, "until": until}
    rows = ask.snapshot.connection().execute(_PEOPLE, given).to_arrow_table().to_pylist()
    found = tuple(_person(row, until) for row in rows)
    return found, tuple(dict.fromkeys(f"People on programmes ({in_words(row['supplier'])})" for row in rows))


def _person(row: dict[str, object], until: str) -> Person:
    event, followed = row["event_month"], min(str(row["followed_to"]), until)
    known = [row[name] for name in COVARIATES]
    return Person(
        month_number(str(row["month"])),
        month_number(str(event)) if event and str(event) <= followed else None,
        month_number(followed),
        row["part"] == "took part",
        _whole(row["sessions"]),
        _whole(row["attended"]),
        tuple(float(str(value)) for value in known) if all(value is not None for value in known) else None,
    )


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def cohort(
    source: Snapshot | Asker, programme: str, area: str, period: Period, *, months: int = 6, name: str = "cohort"
) -> Findings | None:
    """The share of those who started to whom it happened within `months`, of those who could be followed so long: table `cohort`.

    None when nobody of the programme is held.
    """
    ask = asker(source)
    found, sources = people(ask, programme, area, period.end)
    ours = [one for one in found if one.took_part]
    if not ours:
        return None
    until = min(one.followed for one in ours)
    result = cohorts.followed([one.start for one in ours], [one.event for one in ours], months, until)
    where = ask.places.name(area)
    title = f"{programme}: what happened within {months} months, {where}, started by {month_name(period.end)}"
    columns = (
        Column("label", Role.LABEL, "Cohort"),
        Column("happened", Role.COUNT, f"With an event within {months} months"),
        Column("followed", Role.COUNT, "Followed so long"),
        Column("recent", Role.COUNT, "Started too late to be followed so long"),
        Column("share", Role.PERCENT, "Share", of=("happened", "followed"), decimals=1),
        Column("lower", Role.LOWER, "Lower 95% limit", of=("happened", "followed"), decimals=1, unit="%"),
        Column("upper", Role.UPPER, "Upper 95% limit", of=("happened", "followed"), decimals=1, unit="%"),
    )
    counts = {"happened": result.escalated.part, "followed": result.escalated.whole, "recent": result.too_recent}
    row: Row = {"label": programme, **counts, **_share(result.escalated)}
    refs = {key: Ref("cohort", 0, key) for key in ("happened", "followed", "recent", "share", "lower", "upper")}
    formats = {**dict.fromkeys(counts, "count"), **dict.fromkeys(("share", "lower", "upper"), "percent")}
    text = (
        f"{literal(programme)}: of {{followed}} followed for {months} months, {{happened}} had a further event in that time: {{share}} (95% interval "
        "{lower} to {upper}). {recent} started too late to be followed so long and are in neither number."
    )
    if result.escalated.whole == 0:
        text, refs = f"{literal(programme)}: nobody has been followed for {months} months yet.", {}
    return Findings(
        name=name,
        title=title,
        tables={"cohort": Table("cohort", title, columns, (row,))},
        statements=(Statement(text, refs, formats),),
        method="Everyone is followed for the same number of months from their own start; those who started too late for that are left out. Wilson's 95% interval. ",
        caveats=(SMALL.format(programme=programme),) if result.escalated.whole < 100 else (),
        sources=sources,
        profile="sensitive",
        meta={"area": where, "area_code": area},
    )


def attendance(
    source: Snapshot | Asker, programme: str, area: str, period: Period, *, name: str = "attendance"
) -> Findings | None:
    """How many came to at least one, two, three … sessions: table `attendance`. None when no attendance is held."""
    ask = asker(source)
    found, sources = people(ask, programme, area, period.end)
    known = [
        (one.sessions, one.attended) for one in found if one.took_part and one.sessions and one.attended is not None
    ]
    if not known:
        return None
    most = max(sessions for sessions, _ in known)
    came = cohorts.attendance([attended or 0 for _, attended in known], most)
    rows = tuple(
        {"label": f"{k} or more", "count": n, "base": len(known), **_share(cohorts.share(n, len(known)))}
        for k, n in enumerate(came, 1)
    )
    where = ask.places.name(area)
    title = f"{programme}: sessions attended, {where}, started by {month_name(period.end)}"
    columns = (
        Column("label", Role.LABEL, "Sessions attended"),
        Column("count", Role.COUNT, "People"),
        Column("base", Role.COUNT, "Of those who started"),
        Column("share", Role.PERCENT, "Share", of=("count", "base"), decimals=1),
        Column("lower", Role.LOWER, "Lower 95% limit", of=("count", "base"), decimals=1, unit="%"),
        Column("upper", Role.UPPER, "Upper 95% limit", of=("count", "base"), decimals=1, unit="%"),
    )
    refs = {key: Ref("attendance", most - 1, key) for key in ("count", "base", "share", "lower", "upper")}
    formats = {"count": "count", "base": "count", **dict.fromkeys(("share", "lower", "upper"), "percent")}
    text = f"{literal(programme)}: {{count}} of {{base}} who started came to all {most} sessions: {{share}} (95% interval {{lower}} to {{upper}})."
    few = f"{literal(programme)}: too few came to all {most} sessions for their share to be published."
    return Findings(
        name=name,
        title=title,
        tables={"attendance": Table("attendance", title, columns, rows)},
        statements=(Statement(text, refs, formats, few),),
        method="Everyone who started is in the denominator of every row. Wilson's 95% interval. ",
        caveats=(SMALL.format(programme=programme),) if len(known) < 100 else (),
        sources=sources,
        profile="sensitive",
        meta={"area": where, "area_code": area},
    )
