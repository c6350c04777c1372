"""Stages, cohorts, attendance and families: denominators, equal times, and balance."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from tests.factories.answers import Canned, measure
from tests.factories.released import through_the_gate
from tests.factories.sentences import sentences
from wardwise.analysis import families, programmes, reoffending
from wardwise.charts import pilot as draw
from wardwise.definitions.find import DefinitionError
from wardwise.products import evaluations
from wardwise.records.cells import NOT_APPLICABLE
from wardwise.records.errors import WardwiseError
from wardwise.records.figures import Figures
from wardwise.records.periods import Period, shift

AREA, YEAR = "E06000009", Period("2021-01", "2021-12")


def stages(**totals: int) -> Canned:
    return Canned(totals={(name, AREA): {YEAR.text(): n} for name, n in totals.items()}, names={AREA: "Blackpool"})


def test_each_stage_names_what_it_is_a_share_of():
    found = programmes.funnel(stages(sent=46, began=41, ended=32), ["sent", "began", "ended"], AREA, YEAR)
    assert found is not None
    assert sentences(found) == (
        "Began: 41 of 46 (sent), which is 89.1% (95% interval 77.0% to 95.3%).",
        "Ended: 32 of 41 (began), which is 78.0% (95% interval 63.3% to 88.0%).",
    )
    assert found.tables["stages"].rows[2]["of_first"] == pytest.approx(69.565, abs=0.001)
    chart = draw.stages(through_the_gate(found))
    assert "Ended 32 (69.6%)" in chart.alt and "Sent 46" in chart.alt


def test_stages_that_do_not_fit_one_another_are_not_divided():
    more = programmes.funnel(stages(sent=4, began=9), ["sent", "began"], AREA, YEAR)
    assert more is not None and more.tables["stages"].rows[1]["of_first"] is NOT_APPLICABLE
    assert sentences(more)[0].startswith("The stages of the programme cannot be set against each other")
    other = programmes.funnel(stages(sent=46), ["sent", "began"], AREA, YEAR)
    assert other is not None and programmes.MIXED in other.caveats
    assert programmes.funnel(stages(), ["sent", "began"], AREA, YEAR) is None
    none = programmes.funnel(stages(sent=0, began=0), ["sent", "began"], AREA, YEAR)
    assert none is not None and none.statements == ()


RATE = measure("proven-reoffending-rate", title="Proven reoffending", unit="% of offenders", per=100, of="offenders")
EACH = measure("reoffences-per-reoffender", title="Reoffences")


class Cohorts(Canned):
    """Reoffences have reoffenders as their base, and there are more of them."""

    def figures(self, measure: Any, areas: Any, period: Period, by: Any = ()) -> Figures:
        found = super().figures(measure, areas, period, by)
        if measure.measure != EACH.measure:
            return found
        base = self.totals.get((RATE.measure, AREA), {}).get(period.text())
        return replace(found, figures=tuple(replace(figure, base=base) for figure in found.figures))


def test_reoffending_in_points_and_in_percent_and_how_often():
    """G-17, with the published numbers."""
    years = {2012: (3213, 1004, 3157), 2013: (2704, 788, 2720)}
    totals: dict[tuple[str, str], dict[str, int]] = {}
    for year, counts in years.items():
        for name, count in zip(
            ("offenders", "proven-reoffending-rate", "reoffences-per-reoffender"), counts, strict=True
        ):
            totals.setdefault((name, AREA), {})[f"{year}-01..{year}-12"] = count
    held = Cohorts(totals=totals, measures={RATE.measure: RATE, EACH.measure: EACH}, names={AREA: "Blackpool"})
    found = reoffending.reoffending(held, AREA, Period("2015-09", "2016-08"))
    assert found is not None
    assert sentences(found) == (
        "In Blackpool, 29.1% of 2,704 offenders of 2013 reoffended, against 31.2% in 2012: a change of −2.1 percentage points, which is −6.7% of "
        "the share.",
        "Those who did reoffend did so more often: 3.5 reoffences each, against 3.1. A difference this size rarely comes by chance.",
    )
    assert reoffending.reoffending(Cohorts(), AREA, YEAR) is None


class Held:
    """A snapshot that holds these people."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    def connection(self) -> Held:
        return self

    def execute(self, _: str, given: dict[str, Any]) -> Held:
        assert AREA in given["codes"]
        return self

    def to_arrow_table(self) -> pa.Table:
        return pa.Table.from_pylist(self.rows)


def who(start: str, event: str | None = None, part: str = "took part", **more: Any) -> dict[str, Any]:
    plain = {"followed_to": "2022-12", "sessions": None, "attended": None, "age": 30, "earlier": 1, "need": 5}
    known = {"month": start, "event_month": event, "part": part, "source": "programme-people", "supplier": "council"}
    return {**known, **plain, **more}


def ask(*rows: dict[str, Any]) -> Canned:
    places = SimpleNamespace(members=lambda codes: [("X", codes[0])], name=lambda code: "Blackpool")
    return Canned(snapshot=Held(list(rows)), known_places=places)


def test_only_those_followed_for_the_whole_time_are_counted():
    held = [who("2021-01", "2021-03"), who("2021-02", "2021-12"), who("2021-03"), who("2022-10", "2022-11")]
    found = programmes.cohort(ask(*held), "Warning", AREA, Period("2022-01", "2022-12"), months=6)
    assert found is not None
    assert sentences(found) == (
        "Warning: of 3 followed for 6 months, 1 had a further event in that time: 33.3% (95% interval 6.1% to 79.2%). 1 started too late "
        "to be followed so long and are in neither number.",
    )
    late = programmes.cohort(ask(who("2022-10")), "Warning", AREA, Period("2022-01", "2022-12"))
    assert late is not None and sentences(late) == ("Warning: nobody has been followed for 6 months yet.",)
    assert programmes.cohort(ask(who("2021-01", part="comparison")), "Warning", AREA, YEAR) is None


def test_attendance_keeps_everyone_in_the_denominator():
    held = [who("2021-01", sessions=2, attended=n) for n in (0, 1, 2, 2)] + [who("2021-01")]
    found = programmes.attendance(ask(*held), "Inner", AREA, YEAR)
    assert found is not None and [row["count"] for row in found.tables["attendance"].rows] == [3, 2]
    assert sentences(found)[0].startswith("Inner: 2 of 4 who started came to all 2 sessions: 50.0%")
    assert programmes.attendance(ask(who("2021-01")), "Inner", AREA, YEAR) is None


def families_held(pairs: int, *, fewer: bool = True) -> list[dict[str, Any]]:
    """Alike in pairs; of those who took part, fewer have an event."""
    found = []
    for i in range(pairs):
        alike = {"age": 20 + i % 17, "earlier": i % 5, "need": i % 11}
        found.append(who("2021-01", "2021-05" if fewer and i % 5 == 0 else None, **alike))
        found.append(who("2021-01", shift("2021-01", 3) if i % 2 else None, "comparison", **alike))
    return found


def test_families_beside_others_like_them():
    found = families.matched(ask(*families_held(60)), "Step Up", AREA, YEAR, months=12)
    assert found is None  # followed to December 2021 at most: nobody for twelve months
    found = families.matched(ask(*families_held(60)), "Step Up", AREA, Period("2022-01", "2022-12"), months=12)
    assert found is not None
    said = sentences(found)
    assert (
        "20.0% of those who took part had a further event, against 50.0% of 60 others like them: −30.0 percentage points"
        in said[0]
    )
    assert said[0].endswith("rarely comes by chance.") and "even in all three things" in said[1]
    assert [row["note"] for row in found.tables["balance"].rows] == ["balanced"] * 3


def test_too_few_pairs_and_one_sided_groups():
    later = Period("2022-01", "2022-12")
    few = families.matched(ask(*families_held(4)), "Step Up", AREA, later)
    assert few is not None and sentences(few) == ("Step Up: too few pairs could be matched to compare what happened.",)
    assert families.matched(ask(who("2021-01")), "Step Up", AREA, later) is None
    far = [who("2021-01", age=20, need=n % 3) for n in range(12)] + [
        who("2021-01", None, "comparison", age=70, need=15 + n % 3) for n in range(12)
    ]
    apart = families.matched(ask(*far, *families_held(12)), "Step Up", AREA, later)
    assert apart is not None and "left out" in sentences(apart)[1]
    assert any(caveat.startswith("Still uneven") for caveat in apart.caveats)


def write(folder: Path, text: str, name: str = "mine") -> Path:
    (folder / "evaluations").mkdir(exist_ok=True)
    (folder / "evaluations" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


GOOD = "evaluation: mine\narea: E1\ntitle: Mine\nmeasure: recorded-asb\ntarget: [A]\nstart: 2021-07\ncomparison: B, C\n"


def test_an_evaluation_is_declared_or_spelt_out(tmp_path: Path):
    own = write(tmp_path, GOOD)
    found = evaluations.chosen("E1", {}, own)
    assert found is not None and found.pilot().comparison == ("B", "C") and found.start == "2021-07"
    assert evaluations.chosen("E1", {"evaluation": "blackpool-placebo"}, own) is not None
    assert evaluations.chosen("nowhere", {}, own) is None
    spelt = evaluations.chosen(
        "E1", {"target": "A,B", "start": "2021-07", "measure": "recorded-asb", "cost": "100"}, own
    )
    assert spelt is not None and spelt.target == ("A", "B") and spelt.cost == 100
    with pytest.raises(WardwiseError, match="no evaluation called"):
        evaluations.chosen("E1", {"evaluation": "other"}, own)


def test_evaluations_that_are_wrong(tmp_path: Path):
    with pytest.raises(DefinitionError, match="target"):
        evaluations.load(write(tmp_path, GOOD.replace("target: [A]\n", "")))
    with pytest.raises(DefinitionError, match="its file is not"):
        evaluations.load(write(tmp_path, GOOD.replace("evaluation: mine", "evaluation: yours")))
