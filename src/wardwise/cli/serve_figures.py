"""Pages of measures, of the figures of one measure, and of one figure's road back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from wardwise.definitions.find import DefinitionError
from wardwise.records.errors import WardwiseError
from wardwise.records.shown import day, number, when
from wardwise.reports.markup import Child, Safe, element, join

from .serve_form import check, form, summary
from .serve_pages import page, table

if TYPE_CHECKING:
    from wardwise.measures import Measure
    from wardwise.records.figures import Figure
    from wardwise.records.figures import Figures as Calculated
    from wardwise.store import Store

HERE = "/measures"
BETTER = {
    "lower": "Lower is better.",
    "higher": "Higher is better.",
    "neither": "Neither up nor down is good in itself.",
}
LARGER = ("partnership", "csp", "district", "force")
LONGEST = 120
"""Months of figures on one page: ten years."""


@dataclass(frozen=True)
class Figures:
    """Pages that read a store."""

    store: Path
    engine: str

    def measures(self) -> Safe:
        """Every measure, with its question."""
        from wardwise import measures

        rows = [
            (element("a", m.title, href=f"{HERE}/{quote(m.measure)}"), m.question, m.unit)
            for m in sorted(measures.all(self._own()), key=lambda m: m.title.casefold())
        ]
        return page(
            "Measures and figures",
            element("h1", "Measures and figures"),
            element("p", "Choose a measure to read its definition and to see its figures.", class_="lead"),
            table(f"{len(rows)} measures", ("Measure", "Question", "Unit"), rows),
            here=HERE,
        )

    def measure(self, name: str, query: Mapping[str, str]) -> Safe:
        """One measure's definition, a form, and the figures asked for."""
        from wardwise import measures

        measure = measures.load(name, self._own())
        figures: Child = ""
        problems = check(query) if query else []
        if query and not problems:
            try:
                figures = self._figures(measure, query)
            except (WardwiseError, DefinitionError) as error:
                problems = [("area", f"{error.what} {error.next_step}".strip())]
        title = f"Error: {measure.title}" if problems else measure.title
        return page(title, summary(problems), element("h1", measure.title), element("p", measure.question, class_="lead"), figures,
                    form(query, dict(problems), self._areas()), _definition(measure, bool(figures)), here=HERE)  # fmt: skip

    def explain(self, query: Mapping[str, str]) -> Safe:
        """The road back from a figure: definition, loads, query and first source rows."""
        from wardwise import measures

        wanted = query.get("figure", "")
        found = measures.explain(wanted, self._open(), engine=self.engine)
        figure = found.figure
        changed = ", which has changed since" if found.definition_changed else ""
        facts = (
            ("Figure", found.figure.id),
            ("Area", f"{found.area_name} ({figure.key.area})"),
            ("Period", when(figure.key.period.text())),
            ("Count", _amount(figure.count)),
            ("Value", f"{_amount(figure.value, 2 if figure.base is not None else None)} {found.unit}"),
            ("Definition", f"{Path(found.measure.file).name}{changed}"),
        )
        loads = [
            (str(load.get("file", "")), str(load.get("period", "")), str(load.get("rows", "")))
            for load in found.provenance.loads
        ]
        columns, rows = _in_use(found.columns, found.rows)
        return page(
            "How do we know?",
            element("h1", "How do we know?"),
            _facts(facts),
            element("h2", "Where it came from"),
            table("Files it was read from", ("File", "Period", "Rows"), loads, right=(2,)),
            element("h2", "How it was counted"),
            element("div", element("pre", element("code", found.provenance.query)), class_="frame", tabindex="0", role="region", aria_label="Query"),
            element("ul", *(element("li", check) for check in found.provenance.checks)) if found.provenance.checks else "",
            element("h2", "First source rows"),
            table("Rows behind the count", columns, rows) if rows else element("p", "There are none."),
            here=HERE,
        )  # fmt: skip

    def _figures(self, measure: Measure, query: Mapping[str, str]) -> Safe:
        from wardwise import measures
        from wardwise.records.periods import Period

        period = Period(query.get("from", "").strip(), query.get("to", "").strip())
        if period.length > LONGEST:
            raise WardwiseError("That is more than ten years of months.", next_step="Choose a shorter period.")
        area = query.get("area", "").strip()
        found = measures.calculate(measure, self._open().at(), [area], period, ("month",), self.engine)
        return _table_of(found, found.names.get(area, area))

    def _areas(self) -> tuple[tuple[str, str], ...]:
        """Codes and names of the larger areas held, to choose from; none where there is no store yet."""
        try:
            snapshot = self._open().at()
        except WardwiseError:
            return ()
        return _larger_areas(self.store, tuple(sorted(snapshot.versions.items())))

    def _open(self) -> Store:
        from wardwise.store import Store

        return Store.open(self.store)

    def _own(self) -> Path | None:
        own = self.store / "definitions"
        return own if own.is_dir() else None


@lru_cache(maxsize=4)
def _larger_areas(store: Path, versions: tuple[tuple[str, int], ...]) -> tuple[tuple[str, str], ...]:
    from wardwise.store import Store, places

    found = places.load(Store.open(store).at(versions=dict(versions)))
    codes = (code for level in LARGER for code in found.of_level(level))
    return tuple((code, found.name(code)) for code in codes)


def _table_of(found: Calculated, area: str) -> Safe:
    """Month by month: the count, and where there is a base the base and the value, with the interval and the road back."""
    rated = found.per is not None
    value = ("Base", found.unit[:1].upper() + found.unit[1:]) if rated else ()
    headings = ("Month", "Count", *value, "95% interval", "How do we know?")
    rows = [_row(figure, rated) for figure in found.figures]
    notes = [element("li", note) for note in (*found.caveats, *found.sources)]
    return join(
        (
            table(f"{found.title}, {area}, by month", headings, rows, right=range(1, len(headings) - 1)),
            element("h2", "Caveats and sources"),
            element("ul", *notes),
        )
    )


def _row(figure: Figure, rated: bool) -> Sequence[Child]:
    month = when(figure.key.period.text())
    href = f"/explain?figure={quote(figure.id, safe='')}"
    road = element("a", "Source", element("span", f" of {month}", class_="hidden"), href=href)
    missing = figure.status.value in ("missing", "incomplete")
    decimals = 2 if rated else None
    near = 2 if rated else 1
    interval = "–" if figure.lower is None else f"{_amount(figure.lower, near)} to {_amount(figure.upper, near)}"
    return (
        month,
        "not supplied" if missing else _amount(figure.count),
        *((_amount(figure.base), _amount(figure.value, decimals)) if rated else ()),
        interval,
        "" if missing else road,
    )


def _in_use(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> tuple[list[str], list[list[str]]]:
    """The columns that hold anything, and their cells in words."""
    kept = [i for i in range(len(columns)) if any(row[i] not in (None, "") for row in rows)]
    return [columns[i] for i in kept], [["" if row[i] is None else str(row[i]) for i in kept] for row in rows]


def _amount(value: float | None, decimals: int | None = None) -> str:
    if value is None:
        return "–"
    whole = float(value).is_integer() and decimals is None
    return number(value, None if whole else 2 if decimals is None else decimals)


def _definition(measure: Measure, shown: bool) -> Safe:
    """The definition in words; its caveats unless they have been `shown` with the figures."""
    rises = f" {measure.rise_may_be_good}" if measure.rise_may_be_good else ""
    facts = (
        ("Why it matters", measure.why),
        ("Unit", measure.unit),
        ("Direction", BETTER[measure.better] + rises),
        ("Disclosure profile", measure.profile),
        ("Owner", measure.owner),
        ("Checked by", measure.checked_by),
        ("Review by", day(measure.review_by)),
        ("Definition", f"{measure.measure}.yaml, version {measure.version}"),
    )
    caveats = element("ul", *(element("li", text) for text in measure.all_caveats))
    return join((element("h2", "Definition"), _facts(facts), caveats if measure.all_caveats and not shown else ""))


def _facts(facts: Sequence[tuple[str, str]]) -> Safe:
    return element(
        "dl", *(element("div", element("dt", name), element("dd", text)) for name, text in facts), class_="facts"
    )
