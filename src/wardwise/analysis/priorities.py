"""What should come first, by stated criteria and weights, and how firm is that order?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wardwise.definitions.priorities import HIGHEST, Cause, Choice, Criterion, load
from wardwise.methods import priorities as method
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period

from .asking import Asker, asker, once, strictest
from .criteria import Evidence, gather
from .harm_share import HarmShares
from .pairs import Spans, row
from .words import literal, lower_first

if TYPE_CHECKING:
    from pathlib import Path

    from wardwise.store.snapshot import Snapshot

TIMES, SEED = 10_000, 20090101
NEAR = 0.5
"""“Weights near these” lie between half and one and a half times what was given."""
FEWEST_ISSUES = 2


@dataclass(frozen=True)
class Ranked:
    """The evidence in the order of its score, with the score of each criterion in use and how firm each place is."""

    evidence: tuple[Evidence, ...]
    criteria: tuple[Criterion, ...]
    parts: NDArray[np.float64]
    scores: NDArray[np.float64]
    anywhere: method.Robustness
    near: method.Robustness
    tips: tuple[method.Tipping, ...]
    unknown: tuple[Criterion, ...]
    """Criteria for which nothing at all is known; they are left out."""


def choose(
    source: Snapshot | Asker, area: str, period: Period, own: Path | None = None, *, name: str = "priorities"
) -> Findings:
    """Score every issue on every criterion: tables `ranking`, `scores`, `evidence`, `tipping`, `causes` and `judgements`.

    own: the partnership's definitions folder. Raises WardwiseError when fewer than two issues are counted here, or no criterion is known.
    """
    ask = asker(source)
    choice, judged = load(own)
    spans = Spans(period.year_before(), period)
    weights = HarmShares.of(ask, area, period)
    found = rank(choice, gather(ask, choice, judged, area, spans, weights), ask.places.name(area), period)
    where = ask.places.name(area)
    title = f"{choice.title}, {where}, {period.label()}"
    tables = (
        _ranking(found, title),
        _scores(found, f"Scores from 0 to 100, {where}"),
        _evidence(found, spans, f"The evidence behind the scores, {where}"),
        _tipping(found, "What would put another matter first"),
        _causes(choice.causes, found, "Causes and the matters they bear on"),
        _judgements(found, "Judgements recorded"),
    )
    return Findings(
        name=name,
        title=title,
        tables={table.name: table for table in tables},
        statements=tuple(_statements(found)),
        method=_method(choice),
        caveats=once(
            (
                *_caveats(found),
                *weights.caveats(),
                *spans.caveats([each.pair for each in found.evidence]),
                *(c for each in found.evidence for c in each.figures.caveats),
            )
        ),
        sources=once(
            (*(s for each in found.evidence for s in each.figures.sources), *weights.sources(), choice.source)
        ),
        profile=strictest(each.measure.profile for each in found.evidence),
        meta={"area": where, "area_code": area},
    )


def rank(choice: Choice, evidence: Sequence[Evidence], where: str, period: Period) -> Ranked:
    """Scale, weigh and order the evidence, and draw other weightings."""
    if len(evidence) < FEWEST_ISSUES:
        raise WardwiseError(
            f"Fewer than two matters are counted in {where} in {period.label()}, so there is no order to give.",
            where="definitions/priorities/issues.yaml",
            next_step="Import the files that count them, or list matters whose measures are held.",
        )
    known = {c: any(each.values[c.name] is not None for each in evidence) for c in choice.criteria}
    used = tuple(c for c in choice.criteria if known[c])
    if not any(c.weight for c in used):
        raise WardwiseError(
            "No criterion that has a weight is known for any matter.",
            where="definitions/priorities/issues.yaml",
            next_step="Record judgements, or give weight to a criterion that is counted.",
        )
    parts = np.column_stack([_scaled(c, [each.values[c.name] for each in evidence]) for c in used])
    weights = [c.weight for c in used]
    scores = method.scores(parts, weights)
    order = sorted(range(len(evidence)), key=lambda i: (-scores[i], evidence[i].issue.title))
    parts, scores = parts[order], scores[order]
    draws = {"times": TIMES, "seed": SEED}
    return Ranked(
        tuple(evidence[i] for i in order), used, parts, scores,
        method.robustness(parts, weights, near=None, **draws),
        method.robustness(parts, weights, near=NEAR, **draws),
        method.tipping(parts, weights),
        tuple(c for c in choice.criteria if not known[c]),
    )  # fmt: skip


def _scaled(criterion: Criterion, values: Sequence[float | None]) -> NDArray[np.float64]:
    plain = np.array([np.nan if value is None else value for value in values])
    return plain / HIGHEST if criterion.source == "judgement" else method.scaled(plain)


def _count(each: Evidence) -> dict[str, Cell]:
    return {"label": each.issue.title, "after": each.pair.after, "id": each.pair.after_id}


COUNTED = (Column("label", Role.LABEL, "Matter"), Column("after", Role.COUNT, "Number"))
FIGURE = Column("id", Role.FIGURE, "Figure", of=("after",))


def _ranking(found: Ranked, title: str) -> Table:
    of = ("after",)
    columns = (
        Column("rank", Role.VALUE, "Place", of=of),
        *COUNTED,
        Column("score", Role.VALUE, "Score, of 100", of=of, decimals=0),
        Column("first", Role.PERCENT, "First, in all weightings", of=of, decimals=0),
        Column("near", Role.PERCENT, "First, with weights near these", of=of, decimals=0),
        Column("range", Role.NOTE, "Place, likely range", of=of),
        FIGURE,
    )
    placed = method.ranks(found.scores)
    rows = [
        {
            **_count(each),
            "rank": int(placed[i]),
            "score": float(100 * found.scores[i]),
            "first": float(100 * found.anywhere.first[i]),
            "near": float(100 * found.near.first[i]),
            "range": _range(int(found.anywhere.lower[i]), int(found.anywhere.upper[i])),
        }
        for i, each in enumerate(found.evidence)
    ]
    return Table("ranking", title, columns, tuple(rows))


def _range(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low} to {high}"


def _scores(found: Ranked, title: str) -> Table:
    def heading(criterion: Criterion) -> str:
        return f"{criterion.title} (weight {criterion.weight:g})"

    columns = tuple(Column(c.name, Role.VALUE, heading(c), of=("after",), decimals=0) for c in found.criteria)
    rows = [
        {**_count(each), **{c.name: _part(found.parts[i, j]) for j, c in enumerate(found.criteria)}}
        for i, each in enumerate(found.evidence)
    ]
    return Table("scores", title, (*COUNTED, *columns, FIGURE), tuple(rows))


def _part(value: float) -> Cell:
    return MISSING if np.isnan(value) else float(100 * value)


def _evidence(found: Ranked, spans: Spans, title: str) -> Table:
    both, now = ("before", "after"), ("after",)
    columns = (
        COUNTED[0],
        Column("before", Role.COUNT, spans.before.label()),
        Column("after", Role.COUNT, spans.after.label()),
        Column("percent", Role.PERCENT, "Change", of=both, decimals=1),
        Column("verdict", Role.VERDICT, "Can it be told from chance?", of=both),
        Column("peers", Role.VALUE, "Rate, as a multiple of the peers' middle", of=now, decimals=2),
        Column("harm", Role.PERCENT, "Share of all harm", of=now, decimals=1),
        Column("deprivation", Role.PERCENT, "In the most deprived fifth of England", of=now, decimals=1),
        Column("before_id", Role.FIGURE, "Figure before", of=("before",)),
        FIGURE,
    )
    by_source = {c.source: c.name for c in found.criteria if c.source != "judgement"}
    rows = []
    for each in found.evidence:
        cells: dict[str, Cell] = {**row(each.pair, spans), "before_id": each.pair.before_id}
        for source in ("peers", "harm", "deprivation"):
            value = each.values.get(by_source.get(source, ""))
            cells[source] = NOT_APPLICABLE if value is None else value
        rows.append({**_count(each), **cells})
    return Table("evidence", title, columns, tuple(rows))


def _tipping(found: Ranked, title: str) -> Table:
    columns = (
        Column("label", Role.LABEL, "Criterion"),
        Column("now", Role.BASE, "Share of the weights now", decimals=0, unit="%"),
        Column("needed", Role.BASE, "Share that would change the order", decimals=0, unit="%"),
        Column("rival", Role.LABEL, "Then first"),
    )
    rows: list[Row] = [
        {
            "label": found.criteria[tip.criterion].title,
            "now": 100 * tip.now,
            "needed": 100 * tip.needed,
            "rival": found.evidence[tip.rival].issue.title,
        }
        for tip in sorted(found.tips, key=lambda tip: abs(tip.needed - tip.now))
    ]
    return Table("tipping", title, columns, tuple(rows))


def _causes(causes: Sequence[Cause], found: Ranked, title: str) -> Table:
    """Each cause with the issues it bears on, in the order of their places."""
    columns = (
        Column("label", Role.LABEL, "Cause"),
        Column("issues", Role.NOTE, "Bears on"),
        Column("first", Role.NOTE, "The highest placed of them"),
    )
    titles = [(each.issue.name, each.issue.title) for each in found.evidence]
    rows: list[Row] = []
    for cause in causes:
        borne = [title for issue, title in titles if issue in cause.issues]
        if borne:
            rows.append({"label": cause.title, "issues": ", ".join(borne), "first": borne[0]})
    return Table("causes", title, columns, tuple(rows))


def _judgements(found: Ranked, title: str) -> Table:
    names = {c.name: c.title for c in found.criteria}
    columns = (
        Column("label", Role.LABEL, "Matter"),
        Column("criterion", Role.NOTE, "Criterion"),
        Column("score", Role.BASE, f"Score, 0 to {HIGHEST}"),
        Column("by", Role.NOTE, "By"),
        Column("day", Role.NOTE, "On"),
        Column("reason", Role.NOTE, "Reason"),
    )
    rows: list[Row] = [
        {
            "label": each.issue.title,
            "criterion": names[name],
            "score": j.score,
            "by": j.by,
            "day": j.day,
            "reason": j.reason,
        }
        for each in found.evidence
        for name, j in each.judged.items()
    ]
    return Table("judgements", title, columns, tuple(rows))


def _statements(found: Ranked) -> list[Statement]:
    top = literal(found.evidence[0].issue.title)
    refs = {name: Ref("ranking", 0, name) for name in ("score", "first", "near")}
    formats = {"score": "count", "first": "percent", "near": "percent"}
    said = [
        Statement(
            f"{top} comes first with the weights given ({{score}} of 100). It is first in {{first}} of all possible weightings, and in "
            f"{{near}} of those near the ones given.{_oftener(found, refs, formats)}",
            refs,
            formats,
        )
    ]
    if len(found.evidence) > 2:
        after = [literal(lower_first(each.issue.title)) for each in found.evidence[1:3]]
        rows = {f"r{i}": Ref("ranking", i, "score") for i in (1, 2)}
        said.append(
            Statement(f"Next come {after[0]} ({{r1}}) and {after[1]} ({{r2}}).", rows, dict.fromkeys(rows, "count"))
        )
    said.append(_would_change(found))
    return said


def _oftener(found: Ranked, refs: dict[str, Ref], formats: dict[str, str]) -> str:
    """That another matter is first in more of all possible weightings, where one is; its share joins `refs` and `formats`."""
    rival = int(np.argmax(found.anywhere.first))
    if found.anywhere.first[rival] <= found.anywhere.first[0]:
        return ""
    refs["rival"], formats["rival"] = Ref("ranking", rival, "first"), "percent"
    name = literal(found.evidence[rival].issue.title)
    return f" The order is not firm: {lower_first(name)} is first in {{rival}} of all possible weightings."


def _would_change(found: Ranked) -> Statement:
    tips = sorted(found.tips, key=lambda tip: abs(tip.needed - tip.now))
    if not tips:
        return Statement("No change in the weight of any one criterion would put another matter first.")
    tip = tips[0]
    more = "more" if tip.needed > tip.now else "less"
    refs = {name: Ref("tipping", 0, name) for name in ("now", "needed")}
    what = literal(lower_first(found.criteria[tip.criterion].title))
    rival = literal(lower_first(found.evidence[tip.rival].issue.title))
    return Statement(
        f"The order rests most on “{what}”: were it given {more} weight ({{needed}}% instead of {{now}}%), {rival} would come first.",
        refs,
        {"now": "count", "needed": "count"},
    )


def _caveats(found: Ranked) -> list[str]:
    said = [
        "The order is what these criteria and weights give. It is a help to the board's judgement, not the judgement itself.",
    ]
    if found.unknown:
        names = ", ".join(f"“{lower_first(c.title)}”" for c in found.unknown)
        said.append(f"Nothing is known or recorded on {names}; the order leaves that out.")
    gaps = [c.title for j, c in enumerate(found.criteria) if np.isnan(found.parts[:, j]).any()]
    if gaps:
        names = ", ".join(f"“{lower_first(title)}”" for title in gaps)
        said.append(
            f"On {names} some matters have no value: they are scored at the middle of the scale, and anywhere on it in the draws."
        )
    return said


def _method(choice: Choice) -> str:
    return (
        f"{choice.scale}. A score is the weighted mean. Firmness: {TIMES:,} weightings drawn with equal chance from all there are, and "
        f"{TIMES:,} in which each weight lies between half and one and a half times the one given (Lahdelma, Hokkanen and Salminen "
        "1998); the likely range holds 95% of an issue's places over all weightings. A rise counts only where it is more than chance "
        "often gives."
    )
