"""The evidence on each issue, criterion by criterion: how much, whether rising, how it compares, where it falls, what people judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from wardwise.definitions.priorities import Choice, Issue, Judgement
from wardwise.records.cells import MISSING
from wardwise.records.figures import Figures
from wardwise.records.periods import Period

from . import variation
from .asking import Asker, count_cell, figure_id
from .harm_share import HarmShares
from .pairs import Pair, Spans

if TYPE_CHECKING:
    from wardwise.measures.definition import Measure

RESIDENTS_FROM = "crime-rate"
"""A measure whose base is the residents; only its base is read."""
DEPRIVED = "most-deprived-fifth"
FEWEST_PEERS = 4


@dataclass(frozen=True)
class Evidence:
    """One issue: the measure that counts it, its two counts, and a value for each criterion (None where nothing is known).

    judged: the judgements that were used, by criterion.
    """

    issue: Issue
    measure: Measure
    pair: Pair
    values: Mapping[str, float | None]
    figures: Figures
    judged: Mapping[str, Judgement] = field(default_factory=dict)


def gather(
    ask: Asker, choice: Choice, judged: Sequence[Judgement], area: str, spans: Spans, harm: HarmShares
) -> list[Evidence]:
    """The evidence on every issue that some measure counts here; issues that none counts are left out."""
    held = [(issue, _counted(ask, issue, area, spans)) for issue in choice.issues]
    latest = {(j.issue, j.criterion): j for j in sorted(judged, key=lambda j: j.day)}
    found = []
    for issue, counted in held:
        if counted is None:
            continue
        measure, pair, figures = counted
        mine = {criterion: judgement for (name, criterion), judgement in latest.items() if name == issue.name}
        known = {
            "harm": harm.share(measure),
            "volume": _number(pair.after),
            "trend": _trend(pair, spans),
            "peers": _against_peers(ask, measure, area, spans.after),
            "deprivation": _on_the_deprived(ask, measure, area, spans.after),
        }
        values = {c.name: float(mine[c.name].score) if c.name in mine else known.get(c.source) for c in choice.criteria}
        found.append(Evidence(issue, measure, pair, values, figures, mine))
    return found


def _counted(ask: Asker, issue: Issue, area: str, spans: Spans) -> tuple[Measure, Pair, Figures] | None:
    """The first of the issue's measures that has a count for the latest period."""
    for name in issue.measures:
        measure = ask.measure(name)
        after, before = ask.figures(measure, [area], spans.after), ask.figures(measure, [area], spans.before)
        now = after.figures[0] if after.figures else None
        if count_cell(now) is MISSING:
            continue
        then = before.figures[0] if before.figures else None
        usual = None if count_cell(then) is MISSING else variation.of_measure(ask, measure, area, spans.after)
        ids = figure_id(then), figure_id(now)
        pair = Pair(issue.title, count_cell(then), count_cell(now), *ids, area, dispersion=usual)
        return measure, pair, after
    return None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _trend(pair: Pair, spans: Spans) -> float | None:
    """Change in percent; nought where chance alone often gives as much. None where either count is not known or the earlier is nought."""
    known, verdict = pair.known(), spans.judge(pair)
    if known is None or verdict is None or known[0] == 0:
        return None
    return 100 * (known[1] - known[0]) / known[0] if verdict.distinguishable else 0.0


def _against_peers(ask: Asker, measure: Measure, area: str, period: Period) -> float | None:
    """The rate as a multiple of the middle rate of the peers; None with fewer than four peers that are known."""
    codes = ask.places.peers(area).codes
    residents = {f.key.area: f.base for f in ask.figures(ask.measure(RESIDENTS_FROM), codes, period).figures if f.base}
    counts = {f.key.area: _number(count_cell(f)) for f in ask.figures(measure, codes, period).figures}
    rates = {code: count / residents[code] for code, count in counts.items() if count is not None and code in residents}
    others = [rate for code, rate in rates.items() if code != area]
    if area not in rates or len(others) < FEWEST_PEERS or median(others) == 0:
        return None
    return rates[area] / median(others)


def _on_the_deprived(ask: Asker, measure: Measure, area: str, period: Period) -> float | None:
    """Percent of what is counted that falls in small areas among England's most deprived fifth; None where either is not known."""
    codes = ask.places.children(area, "lsoa")
    if not codes:
        return None
    deprived = {f.key.area for f in ask.figures(ask.measure(DEPRIVED), codes, period).figures if f.count}
    counts = {f.key.area: _number(count_cell(f)) for f in ask.figures(measure, codes, period).figures}
    known = {code: count for code, count in counts.items() if count is not None}
    whole = sum(known.values())
    return 100 * sum(n for code, n in known.items() if code in deprived) / whole if deprived and whole else None
