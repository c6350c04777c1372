"""Do people feel what is recorded? A measure's change beside the change in what people say of the same theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wardwise.definitions.views import Theme as Declared
from wardwise.records.cells import NOT_APPLICABLE
from wardwise.records.figures import Figures
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period, month_name

from . import pairs, variation
from .asking import Asker, asker, count_cell, figure_id, once, strictest
from .pairs import Pair, Spans
from .surveys import ALPHA, Answered, answered, verdict
from .surveys import METHOD as SURVEYED
from .surveys import moved as points_moved
from .words import literal, spoken_title

if TYPE_CHECKING:
    from wardwise.measures.definition import Measure
    from wardwise.store.snapshot import Snapshot

APART, TOGETHER = "They move apart", "They move together"
FELT, RECORDED, NEITHER = (
    "Only what people say changed",
    "Only what is recorded changed",
    "Neither changed beyond chance",
)
READING = (
    "What is recorded and what people feel are different things. They part when people report more or less than before, when what they see is not "
    "what is recorded, or when the people asked are not those whom it happened to. A gap is a question to ask, not an error."
)


@dataclass(frozen=True)
class Theme:
    """One theme: the measure and its two counts, and what people said in two waves. worse: the answers mean that it is bad."""

    measure: Measure
    figures: Figures
    pair: Pair
    said: Answered
    worse: bool


def gaps(
    source: Snapshot | Asker, area: str, period: Period, themes: Sequence[Declared], *, name: str = "gaps"
) -> Findings | None:
    """Each theme's recorded change over a year beside the change in what people say: table `gaps`. None when no theme can be compared."""
    ask = asker(source)
    spans = Spans(period.year_before(), period)
    found = [theme for given in themes if (theme := _theme(ask, given, area, spans)) is not None]
    if not found:
        return None
    where = ask.places.name(area)
    title = f"What is recorded and what people say, {where}"
    return Findings(
        name=name,
        title=title,
        tables={"gaps": _table(found, spans, title)},
        statements=tuple(_statement(theme, at, spans) for at, theme in enumerate(found)),
        method=SURVEYED,
        shared_methods=(pairs.METHOD,),
        caveats=once((READING, *(caveat for theme in found for caveat in theme.figures.caveats))),
        sources=once(
            (*(s for theme in found for s in theme.figures.sources), *(theme.said.item.survey for theme in found))
        ),
        profile=strictest(theme.measure.profile for theme in found),
        meta={"area": where, "area_code": area},
    )


def _theme(ask: Asker, given: Declared, area: str, spans: Spans) -> Theme | None:
    """None when the survey did not ask in two waves, or either period was not supplied."""
    said = answered(ask, given, area, spans.after)
    if said is None or said.before is None:
        return None
    measure = ask.measure(given.measure)
    after, before = ask.figures(measure, [area], spans.after), ask.figures(measure, [area], spans.before)
    now, then = (figures.figures[0] if figures.figures else None for figures in (after, before))
    usual = variation.of_measure(ask, measure, area, spans.after)
    ids = figure_id(then), figure_id(now)
    pair = Pair(after.title, count_cell(then), count_cell(now), *ids, area, dispersion=usual)
    return Theme(measure, after, pair, said, given.worse) if pair.known() else None


def reading(theme: Theme, spans: Spans) -> str:
    """Whether the two move apart: a change counts only where it is more than chance."""
    judged, change = spans.judge(theme.pair), theme.said.change
    recorded = judged is not None and judged.distinguishable
    felt = change is not None and change.p < ALPHA
    if not (recorded and felt):
        return RECORDED if recorded else FELT if felt else NEITHER
    before, after = theme.pair.known() or (0, 0)
    assert change is not None
    return TOGETHER if (after > before) == ((change.value > 0) == theme.worse) else APART


def _table(found: Sequence[Theme], spans: Spans, title: str) -> Table:
    both = ("before", "after")
    columns = (
        Column("label", Role.LABEL, "What is recorded"),
        Column("before", Role.COUNT, spans.before.label()),
        Column("after", Role.COUNT, spans.after.label()),
        Column("percent", Role.PERCENT, "Change", of=both, decimals=1),
        Column("verdict", Role.VERDICT, "More than chance?", of=both),
        Column("say", Role.NOTE, "What people say"),
        Column("share", Role.BASE, "Share", decimals=1, unit="%"),
        Column("asked", Role.BASE, "People asked"),
        Column("points", Role.BASE, "Change", decimals=1, unit="percentage points"),
        Column("felt", Role.VERDICT, "More than chance?"),
        Column("reading", Role.VERDICT, "Together or apart", of=both),
        Column("before_id", Role.FIGURE, "Figure before", of=("before",)),
        Column("after_id", Role.FIGURE, "Figure after", of=("after",)),
    )
    return Table("gaps", title, columns, tuple(_row(theme, spans) for theme in found))


def _row(theme: Theme, spans: Spans) -> Row:
    compared, said = pairs.row(theme.pair, spans), theme.said
    kept = ("label", "before", "after", "percent", "verdict", "before_id", "after_id")
    change, enough = said.change, said.enough and said.now is not None
    return {
        **{name: compared[name] for name in kept},
        "say": said.item.say,
        "share": 100 * said.now.value if enough and said.now else NOT_APPLICABLE,
        "asked": said.now.base if said.now else NOT_APPLICABLE,
        "points": NOT_APPLICABLE if change is None else 100 * change.value,
        "felt": verdict(said),
        "reading": reading(theme, spans),
    }


def _statement(theme: Theme, at: int, spans: Spans) -> Statement:
    refs = {name: Ref("gaps", at, name) for name in ("percent", "share", "points", "before", "after")}
    formats = {
        "percent": "percent-size",
        "share": "percent",
        "points": "rate-size",
        "before": "count",
        "after": "count",
    }
    title, say = literal(spoken_title(theme.pair.label)), literal(theme.said.item.say)
    if theme.said.change is None or theme.said.before is None:
        return Statement(f"{title}: what people say cannot be compared with an earlier wave.")
    since, found = month_name(theme.said.before.month), reading(theme, spans)
    words = {
        APART: "What is recorded and what people say move apart.",
        TOGETHER: "What is recorded and what people say move the same way.",
        FELT: "What people say changed by more than chance; what is recorded did not.",
        RECORDED: "What is recorded changed by more than chance; what people say did not.",
        NEITHER: "Neither change is more than chance often gives.",
    }
    before, after = theme.pair.known() or (0, 0)
    moved = f"{'rose' if after > before else 'fell'} by {{percent}} in a year, from {{before}} to {{after}}"
    if before == after:
        moved = "stayed the same in a year, at {after}"
    text = f"{title} {moved}; “{say}” stands at {{share}}, {points_moved(theme.said.change.value)} since {since}. {words[found]}"
    return Statement(text, refs, formats)
