"""How did our forecasts do? Every one that was published, scored now that the truth has arrived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wardwise.methods import forecast_models
from wardwise.methods.accuracy import naive_scale
from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table
from wardwise.records.periods import Period, month_name, shift

from .asking import Asker, asker, count_cell, figure_id, once, strictest
from .forecast_series import share_words
from .words import literal, lower_first, spoken_title

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

INSIDE, OUTSIDE, NONE_STATED = "inside its interval", "outside its interval", "no interval stated"

LEARNT_FROM = 36
"""Months before a forecast that MASE is scaled by, at most: three years of “same month last year”."""


@dataclass(frozen=True)
class Kept:
    """One published number. origin: the last month that was known. target: the months it is of (a month, or a year: Period.text()).
    lower, upper: its 95% interval, None where none was stated. product, audience, made (YYYY-MM-DD): where and when it went out."""

    measure: str
    area: str
    origin: str
    method: str
    target: str
    value: float
    lower: float | None
    upper: float | None
    product: str = ""
    audience: str = ""
    made: str = ""

    def as_mapping(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Kept:
        return cls(**{name: row.get(name) for name in cls.__dataclass_fields__})  # type: ignore[arg-type]

    @property
    def number(self) -> tuple[str, str, str, str, str]:
        """What it is a forecast of, and by what: two products that show the same forecast published one number."""
        return self.measure, self.area, self.origin, self.method, self.target


@dataclass(frozen=True)
class Scored:
    """A kept forecast and what was recorded."""

    kept: Kept
    title: str
    actual: float
    id: str

    @property
    def year(self) -> bool:
        return Period.of(self.kept.target).length > 1

    @property
    def verdict(self) -> str:
        if self.kept.lower is None or self.kept.upper is None:
            return NONE_STATED
        return INSIDE if self.kept.lower <= self.actual <= self.kept.upper else OUTSIDE

    @property
    def error(self) -> Cell:
        """Forecast against truth, percent of the truth."""
        return 100 * (self.kept.value / self.actual - 1) if self.actual else NOT_APPLICABLE


def track_record(
    source: Snapshot | Asker, kept: Iterable[Kept], area: str, to: str, *, name: str = "track_record"
) -> Findings | None:
    """The forecasts of an area whose months had all been supplied by `to`: tables `months` (a row a forecast), `year_ends`, and `truth`
    (a row a number). None when no published forecast can be scored yet."""
    ask = asker(source)
    scored = _scored(ask, kept, area, to)
    if not scored:
        return None
    years = [each for each in scored if each.year]
    tables = {"year_ends": _numbers("year_ends", "Year-end estimates and what the year came to", years)}
    months = [each for each in scored if not each.year]
    tables["months"] = _by_forecast(ask, months)
    tables["truth"] = _numbers("truth", "Months forecast and what was recorded", months)
    measures = [ask.measure(measure) for measure in dict.fromkeys(each.kept.measure for each in scored)]
    figures = [ask.figures(measure, [area], Period(to, to)) for measure in measures]
    return Findings(
        name=name,
        title=f"How earlier forecasts did, {figures[0].names.get(area, area)}",
        tables={key: table for key, table in tables.items() if table.rows},
        statements=(*_year_statements(years), *_month_statements(tables["months"])),
        method=(
            "Every forecast that went out in a product is kept as it was shown, and compared with what was recorded once all its months have "
            "been supplied. Typical miss: the mean absolute error over that of repeating last year's month, in up to three years before the forecast."
        ),
        caveats=("Counts can be revised after they were first supplied; they are compared as they stand now.",),
        sources=once(s for each in figures for s in each.sources),
        profile=strictest(measure.profile for measure in measures),
        meta={"area": figures[0].names.get(area, area), "area_code": area},
    )


def _scored(ask: Asker, kept: Iterable[Kept], area: str, to: str) -> list[Scored]:
    """Each number once, the latest forecasts first, as far as its truth is held."""
    once_each = {each.number: each for each in kept if each.area == area and Period.of(each.target).end <= to}
    found = []
    for each in sorted(once_each.values(), key=lambda k: (k.measure, k.origin, k.target, k.method)):
        try:
            measure = ask.measure(each.measure)
        except WardwiseError:  # a measure that was withdrawn leaves its forecasts unscored
            continue
        figures = ask.figures(measure, [area], Period.of(each.target))
        actual = count_cell(figures.figures[0]) if figures.figures else None
        if isinstance(actual, int | float):
            found.append(Scored(each, spoken_title(figures.title), float(actual), figure_id(figures.figures[0])))
    return sorted(found, key=lambda s: s.kept.origin, reverse=True)


def _numbers(name: str, title: str, scored: Sequence[Scored]) -> Table:
    columns = (
        Column("label", Role.LABEL, "What was forecast"),
        Column("method", Role.LABEL, "Method"),
        Column("seen", Role.PERIOD, "Known up to"),
        Column("period", Role.PERIOD, "Forecast for"),
        Column("value", Role.VALUE, "Forecast", of=()),
        Column("lower", Role.LOWER, "Lower, 95%"),
        Column("upper", Role.UPPER, "Upper, 95%"),
        Column("actual", Role.COUNT, "Recorded"),
        Column("error", Role.PERCENT, "Out by", of=("actual",), decimals=1),
        Column("verdict", Role.VERDICT, "Recorded number lay", of=("actual",)),
        Column("id", Role.FIGURE, "Figure", of=("actual",)),
    )
    rows = tuple(_row(each) for each in scored)
    return Table(name, title, columns, rows)


def _row(each: Scored) -> Row:
    kept = each.kept
    return {
        "label": each.title,
        "method": forecast_models.TITLES.get(kept.method, kept.method),
        "seen": kept.origin,
        "period": kept.target,
        "value": kept.value,
        "lower": NOT_APPLICABLE if kept.lower is None else kept.lower,
        "upper": NOT_APPLICABLE if kept.upper is None else kept.upper,
        "actual": int(each.actual) if each.actual.is_integer() else each.actual,
        "error": each.error,
        "verdict": each.verdict,
        "id": each.id,
    }


def _by_forecast(ask: Asker, scored: Sequence[Scored]) -> Table:
    """Table `months`: each forecast of single months, with how many have arrived, how many lay inside, and its typical miss."""
    rests = ("truth.actual",)
    columns = (
        Column("label", Role.LABEL, "What was forecast"),
        Column("method", Role.LABEL, "Method"),
        Column("seen", Role.PERIOD, "Known up to"),
        Column("months", Role.BASE, "Months recorded since"),
        Column("inside", Role.VALUE, "Months inside the interval", of=rests, whole=True),
        Column("error", Role.PERCENT, "On average out by", of=rests, decimals=1, whole=True),
        Column("mase", Role.VALUE, "Typical miss (1: last year's month)", of=rests, decimals=2, whole=True),
    )
    groups: dict[tuple[str, str, str], list[Scored]] = {}
    for each in scored:
        groups.setdefault((each.kept.measure, each.kept.origin, each.kept.method), []).append(each)
    return Table(
        "months", "Monthly forecasts and what was recorded", columns, tuple(_summed(ask, g) for g in groups.values())
    )


def _summed(ask: Asker, group: Sequence[Scored]) -> Row:
    first = group[0].kept
    missed = np.array([each.kept.value - each.actual for each in group])
    actual = sum(each.actual for each in group)
    scale = _scale(ask, first)
    return {
        "label": group[0].title,
        "method": forecast_models.TITLES.get(first.method, first.method),
        "seen": first.origin,
        "months": len(group),
        "inside": sum(each.verdict == INSIDE for each in group),
        "error": 100 * float(missed.sum()) / actual if actual else NOT_APPLICABLE,
        "mase": float(np.abs(missed).mean()) / scale if scale else NOT_APPLICABLE,
    }


def _scale(ask: Asker, kept: Kept) -> float | None:
    """What MASE divides by: the months known when the forecast was made."""
    period = Period(shift(kept.origin, 1 - LEARNT_FROM), kept.origin)
    figures = ask.figures(ask.measure(kept.measure), [kept.area], period, ["month"])
    counts = {f.key.period.start: count_cell(f) for f in figures.figures}
    held = [counts.get(month) for month in period.months()]
    return naive_scale([float(n) if isinstance(n, int | float) else np.nan for n in held])


def _year_statements(years: Sequence[Scored]) -> list[Statement]:
    """“The estimate for violence in 2021/22 made in …: 8.0% too low.” The latest of each measure and method, at most four."""
    said = []
    for at, each in enumerate(years[:4]):
        refs = {name: Ref("year_ends", at, name) for name in ("value", "actual", "error")}
        way = "just right"
        if isinstance(each.error, float) and each.error:
            way = f"{{error}} too {'high' if each.error > 0 else 'low'}"
        method = lower_first(literal(forecast_models.TITLES.get(each.kept.method, each.kept.method)))
        text = (
            f"{literal(each.title)}, {Period.of(each.kept.target).label()}: estimated in {month_name(each.kept.origin)} at {{value}} "
            f"by {method}, recorded {{actual}}. The estimate was {way}; the number recorded lay {each.verdict}."
        )
        if each.verdict == NONE_STATED:
            text = text.replace(f"; the number recorded lay {NONE_STATED}", "; it stated no interval")
        said.append(Statement(text, refs, {"value": "count", "actual": "count", "error": "percent-size"}))
    return said


def _month_statements(table: Table) -> list[Statement]:
    """How many of the months forecast lay inside, for the latest forecast of each measure."""
    said, met = [], set[str]()
    for at, row in enumerate(table.rows):
        label, inside, months = str(row["label"]), row["inside"], row["months"]
        if label in met or not isinstance(inside, int) or not isinstance(months, int):
            continue
        met.add(label)
        refs = {"inside": Ref("months", at, "inside")}
        whole = share_words(inside, months)
        text = f"{literal(label)}: of the months forecast in {month_name(str(row['seen']))}, {whole} recorded since lay inside the 95% interval."
        said.append(Statement(text, refs))
    return said
