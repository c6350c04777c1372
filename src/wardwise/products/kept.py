"""Released answers as plain data, for whoever keeps them elsewhere and shows them later: words, tables as people read them, the drawn chart,
the road back. Nothing in it can be worked back to what was hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from wardwise import measures
from wardwise.charts.render import svg
from wardwise.disclosure import Audience, Released
from wardwise.records.cells import NOT_APPLICABLE, Mark
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings, Role, Row, Table
from wardwise.records.periods import Period, shift
from wardwise.records.shown import NUMERIC, cell
from wardwise.store import Store

from .enquiry import Enquiry
from .single import Answered, Wanted, find, pass_on
from .tables import written


@dataclass(frozen=True)
class Kept:
    """tables: by name, with title, columns (title, unit, numeric) and rows of words. chart: svg, alt, title, subtitle and source; empty
    without one. figures: the ids `wardwise explain` takes. facts: the numbers behind a standing (see `facts`)."""

    title: str
    sentences: tuple[str, ...]
    tables: Mapping[str, Mapping[str, Any]]
    chart: Mapping[str, str]
    method: str
    caveats: tuple[str, ...]
    sources: tuple[str, ...]
    figures: tuple[str, ...]
    facts: Mapping[str, Any]
    digest: str


@dataclass(frozen=True)
class Place:
    """Where a run of questions is asked: one area of one store, its tables fixed at one version, so that every answer is of the same data."""

    store: Store
    enquiry: Enquiry

    @classmethod
    def at(cls, folder: Path, area: str, to: str) -> Place:
        """Raises WardwiseError when there is no store there, or it does not know the area."""
        store = Store.open(folder)
        return cls(store, Enquiry.of(store.at(), area, Period(to, to), store.definitions))

    @property
    def area(self) -> str:
        return self.enquiry.area

    @property
    def name(self) -> str:
        return self.enquiry.name

    @property
    def versions(self) -> dict[str, int]:
        return dict(self.enquiry.snapshot.versions)

    def definition(self, measure: str) -> dict[str, str]:
        """What a measure counts and why, in words by their names. Raises DefinitionError for one that is not declared."""
        found = measures.load(measure, self.store.definitions)
        return {
            "Question": found.question,
            "Why": found.why,
            "Counted": f"{found.count.of} from {found.count.records.replace('_', ' ')}",
            "Over": found.base.of if found.base else "nothing: it is a count",
            "Better": {"lower": "when lower", "higher": "when higher"}.get(found.better, "neither: it needs reading"),
            "Owner": found.owner,
            "Checked by": found.checked_by,
            "Review by": f"{found.review_by:%B %Y}",
        }

    def keep(self, question: Question, audiences: Sequence[str], today: date) -> Mapping[str, Kept]:
        """The answer, worked out once and released for each audience; nothing when nothing is held that could answer."""
        end = self.enquiry.period.end
        period = Period(shift(end, 1 - question.months), end)
        at = replace(self.enquiry, period=period)
        wanted = Wanted(
            question.ask, self.area, period, Audience(audiences[0]), today, question.options, question.chart
        )
        try:
            findings = find(at, wanted)
        except WardwiseError:
            return {}
        if _numbered(findings) < question.fewest:
            return {}
        return {
            audience: kept(pass_on(self.store, at, replace(wanted, audience=Audience(audience)), findings))
            for audience in audiences
        }


@dataclass(frozen=True)
class Question:
    """months: how far back its period reaches. fewest: rows with a number that its first table must have to say anything."""

    ask: str
    options: Mapping[str, Any]
    months: int = 1
    chart: str = ""
    fewest: int = 0


def _numbered(findings: Findings) -> int:
    """Rows of the first table that hold a number."""
    first = next(iter(findings.tables.values()), None)
    counts = first.having(Role.COUNT) if first else ()
    return sum(any(isinstance(row.get(c.name), int | float) for c in counts) for row in first.rows) if first else 0


def kept(answered: Answered) -> Kept:
    """One answer as plain data."""
    released, chart = answered.released, answered.chart
    drawn = (
        {
            "svg": svg(chart),
            "alt": chart.alt,
            "title": chart.title,
            "subtitle": chart.subtitle,
            "source": chart.source,
        }
        if chart
        else {}
    )
    return Kept(
        title=released.title,
        sentences=answered.sentences,
        tables={name: _table(table, released) for name, table in released.tables.items() if table.rows},
        chart=drawn,
        method=" ".join(filter(None, (released.method, *released.shared_methods))),
        caveats=released.caveats,
        sources=released.sources,
        figures=tuple(dict.fromkeys(_figures(released))),
        facts=facts(released),
        digest=answered.digest,
    )


def _table(table: Table, released: Released) -> dict[str, Any]:
    shown = [column for column in table.columns if column.role not in (Role.FIGURE, Role.KEY, Role.IDENTIFIER)]
    shown = [column for column in shown if any(row.get(column.name, "") != "" for row in table.rows)]
    return {
        "title": table.title,
        "columns": [
            {"title": column.title, "unit": column.unit, "numeric": column.role in NUMERIC} for column in shown
        ],
        "rows": [
            [cell(row[column.name], column) if column.name in row else "" for column in shown] for row in table.rows
        ],
        "notes": [note for note in (released.key, released.rounding) if note],
    }


def _figures(released: Released) -> list[str]:
    return [
        str(row[column.name])
        for table in released.tables.values()
        for column in table.having(Role.FIGURE)
        for row in table.rows
        if isinstance(row.get(column.name), str) and row[column.name]
    ]


def facts(released: Released) -> dict[str, Any]:
    """The cells of the first row of the first table by their names, marks as [c], [x] and [z]; of a control chart instead its months, each with
    its value, the mean and the side on which it shows a sign of a real change."""
    found: dict[str, Any] = {key: value for key, value in released.meta.items() if key in ("unit", "better")}
    points = released.tables.get("points")
    if points and {"mean", "verdict", "lower", "upper"} <= {column.name for column in points.columns}:
        return found | {"months": [_month(row) for row in points.rows], "rounded": bool(released.rounding)}
    table = next((table for table in released.tables.values() if table.rows), None)
    if table is None:
        return found
    first = table.rows[0]
    return found | {"first": {column.name: written(first.get(column.name, NOT_APPLICABLE)) for column in table.columns}}


def _month(row: Row) -> dict[str, Any]:
    """sign: high, low or jump where the month shows one. value: a number, or [c] hidden, or [x] not supplied."""
    said = row["verdict"]
    why = said if isinstance(said, str) and not isinstance(said, Mark) else ""
    return {
        "month": row["month"],
        "value": written(row["value"]),
        "mean": written(row["mean"]),
        "lower": written(row["lower"]),
        "upper": written(row["upper"]),
        "sign": _side(why),
        "why": why,
    }


def _side(why: str) -> str:
    """On which side the first sign lies, by its words: high, low, or jump for a month that only differs much from the one before."""
    first = why.partition(";")[0]
    if any(word in first for word in ("above", "rise", "upper")):
        return "high"
    if any(word in first for word in ("below", "fall", "lower")):
        return "low"
    return "jump" if first else ""
