"""What do people say? Answers to a survey with their base and interval, and whether they have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wardwise.definitions.views import Item
from wardwise.methods import survey as method
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period, month_name

from .asking import Asker, asker, once
from .survey_waves import FEWEST, Wave, surveys, waves
from .words import COULD_BE, UNLIKELY, literal

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

ALPHA = 0.05
UNWEIGHTED = "The survey came without weights: the answers are those of the people who answered, who may differ from everyone who lives here."
METHOD = (
    "Shares are weighted. Their 95% intervals allow for weights and strata (linearised standard errors; Wilson's formula at the effective "
    f"number of people). No percentage is given of fewer than {FEWEST} people. Two waves are compared as samples drawn apart; the "
    "change is in percentage points, called more than chance at 1 in 20."
)
CAVEAT = "A survey tells of the people who answered. Those who do not answer surveys may feel differently."


@dataclass(frozen=True)
class Answered:
    """One item in the latest wave and the one before it; None where nobody was asked."""

    item: Item
    wave: Wave
    before: Wave | None
    now: method.Estimate | None
    then: method.Estimate | None

    @property
    def enough(self) -> bool:
        return self.now is not None and self.now.base >= FEWEST

    @property
    def change(self) -> method.Difference | None:
        """None unless both waves asked enough people."""
        if not self.enough or self.then is None or self.now is None or self.then.base < FEWEST:
            return None
        return method.difference(self.then, self.now)


def said(
    source: Snapshot | Asker,
    area: str,
    period: Period,
    items: Sequence[Item] = (),
    *,
    survey: str = "",
    name: str = "survey",
) -> Findings | None:
    """Answers in the newest wave up to the period's end, with the wave before: table `survey`.

    items: what to report; every answer of every question unless given. survey: only that one; all that are held unless given. None when
    no survey is held for the area.
    """
    ask = asker(source)
    found = [answered(ask, item, area, period) for item in items or _every(ask, area, period, survey)]
    known = [each for each in found if each is not None]
    if not known:
        return None
    where = ask.places.name(area)
    title = f"What people in {where} say"
    named = once(f"{each.item.survey}, {month_name(each.wave.month)}" for each in known)
    return Findings(
        name=name,
        title=title,
        tables={"survey": _table(known, title)},
        statements=tuple(statement(each, at) for at, each in _worth_saying(known, chosen=bool(items))),
        method=METHOD,
        caveats=once((*(UNWEIGHTED for each in known if not each.wave.weighted), CAVEAT)),
        sources=named,
        profile="standard",
        meta={"area": where, "area_code": area},
    )


def answered(ask: Asker, item: Item, area: str, period: Period) -> Answered | None:
    """The item in the newest wave up to the period's end; None when no wave asked it."""
    held = [wave for wave in waves(ask, item.survey, area, period.end) if item.question in wave.asked]
    if not held:
        return None
    before = held[-2] if len(held) > 1 else None
    then = before.share(item.question, item.answers) if before else None
    return Answered(item, held[-1], before, held[-1].share(item.question, item.answers), then)


def _every(ask: Asker, area: str, period: Period, only: str) -> list[Item]:
    """Each answer of each question, of every survey that is held or of one."""
    found = []
    for survey in [only] if only else surveys(ask, area):
        held = waves(ask, survey, area, period.end)
        for question in held[-1].asked if held else ():
            found += [
                Item(survey=survey, question=question, answers=(answer,), say=f"{question} – {answer}")
                for answer in held[-1].given(question)
            ]
    return found


def _worth_saying(found: Sequence[Answered], *, chosen: bool) -> list[tuple[int, Answered]]:
    """Every item that was chosen; else the answer most given to each question."""
    numbered = list(enumerate(found))
    if chosen:
        return numbered
    first: dict[tuple[str, str], tuple[int, Answered]] = {}
    for at, each in numbered:
        first.setdefault((each.item.survey, each.item.question), (at, each))
    return list(first.values())


def _table(found: Sequence[Answered], title: str) -> Table:
    of = ("count",)
    columns = (
        Column("label", Role.LABEL, "Question and answer"),
        Column("wave", Role.PERIOD, "Asked in"),
        Column("base", Role.BASE, "People asked"),
        Column("count", Role.COUNT, "Gave this answer"),
        Column("share", Role.VALUE, "Share", of=of, decimals=1, unit="%"),
        Column("lower", Role.LOWER, "Lower 95% limit", of=of, decimals=1, unit="%"),
        Column("upper", Role.UPPER, "Upper 95% limit", of=of, decimals=1, unit="%"),
        Column("points", Role.PERCENT, "Change", of=of, decimals=1, unit="percentage points"),
        Column("verdict", Role.VERDICT, "Can it be told from chance?", of=of),
    )
    return Table("survey", title, columns, tuple(_row(each) for each in found))


def _row(each: Answered) -> Row:
    now, change = each.now, each.change
    shown: dict[str, Cell] = dict.fromkeys(("share", "lower", "upper"), NOT_APPLICABLE)
    if each.enough and now is not None:
        low, high = method.share_interval(now)
        shown = {"share": 100 * now.value, "lower": 100 * low, "upper": 100 * high}
    return {
        "label": each.item.say,
        "wave": each.wave.month,
        "base": now.base if now else MISSING,
        "count": each.wave.count(each.item.question, each.item.answers),
        **shown,
        "points": NOT_APPLICABLE if change is None else 100 * change.value,
        "verdict": verdict(each),
    }


def verdict(each: Answered) -> str:
    if not each.enough:
        return f"Fewer than {FEWEST} asked"
    if each.change is None:
        return "Asked once" if each.before is None else f"Fewer than {FEWEST} asked before"
    return UNLIKELY if each.change.p < ALPHA else COULD_BE


def statement(each: Answered, at: int) -> Statement:
    """“61.2% of 1,204 people asked in May 2016 answered …”, with the change where there is one."""
    refs = {name: Ref("survey", at, name) for name in ("share", "base", "lower", "upper")}
    formats = {"share": "percent", "base": "count", "lower": "percent", "upper": "percent"}
    say, month = literal(each.item.say), month_name(each.wave.month)
    if not each.enough:
        text = f"Only {{base}} people were asked in {month} about “{say}”, too few for a percentage."
        return Statement(text, {"base": refs["base"]}, {"base": "count"})
    text = f"{{share}} of {{base}} people asked in {month} answered “{say}” (95% interval {{lower}} to {{upper}})."
    change = each.change
    if change is not None and each.before is not None:
        refs["points"] = Ref("survey", at, "points")
        formats["points"] = "rate-size"
        real = "more than chance often gives" if change.p < ALPHA else "a change this size often happens by chance"
        text = f"{text[:-1]}, {moved(change.value)} since {month_name(each.before.month)}: {real}."
    return Statement(text, refs, formats)


def moved(change: float) -> str:
    """“down {points} percentage points”: which way a share moved, with the place of its size."""
    return f"{'up' if change > 0 else 'down'} {{points}} percentage points" if change else "no percentage points"
