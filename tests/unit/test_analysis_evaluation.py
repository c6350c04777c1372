"""Did it work? The questions of an evaluation, with and without a comparison area, with few months and with none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories.answers import Canned, spread
from tests.factories.released import through_the_gate
from tests.factories.sentences import sentences
from wardwise.analysis import displaced, planned, stepped, what_worked
from wardwise.analysis.pilots import NO_COMPARISON, PLACEBO, Pilot
from wardwise.charts import pilot as draw
from wardwise.records.cells import MISSING, NOT_APPLICABLE
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period

BEFORE, AFTER, UNTIL = Period("2019-01", "2020-12"), Period("2021-01", "2021-12"), "2021-12"
PATROL = Pilot("Patrols", ("T",), "2021-01", ("C",), ("B",), ("D",), done="Patrols walked.", cost=9000)
NAMES = {"T": "Talbot", "C": "Claremont", "B": "Bloomfield", "D": "Dale"}


def counts(**areas: tuple[int, int]) -> dict[tuple[str, str], dict[str, int]]:
    """Monthly counts that wobble, from the totals of 24 months before and 12 after."""
    wobble = [0, 2, -1, 1, -2, 0]
    return {
        ("asb", code): {
            month: max(0, n + wobble[(i + ord(code)) % 6])
            for i, (month, n) in enumerate({**spread(BEFORE, before), **spread(AFTER, after)}.items())
        }
        for code, (before, after) in areas.items()
    }


def ask(**areas: tuple[int, int]) -> Canned:
    return Canned(counts=counts(**areas), names=NAMES)


FELL = {"T": (1200, 360), "C": (1200, 600), "B": (480, 240), "D": (480, 240)}


def test_a_fall_beyond_the_comparison_area_and_what_it_cost():
    found = what_worked.what_worked(ask(**FELL), "asb", PATROL, UNTIL)
    row = found.tables["effect"].rows[0]
    assert row["target_before"] == 1200 and float(row["effect"]) == pytest.approx(-40, abs=0.5)  # type: ignore[arg-type]
    assert row["verdict"] == "Fell more than the comparison"
    said = sentences(found)
    assert said[0].startswith(
        "Patrols. Asb in Talbot fell by 40.0% relative to Claremont, the comparison area (95% interval −"
    )
    assert said[0].endswith("A difference this size rarely comes by chance.")
    assert (
        said[1]
        == "Talbot had 1,200 records in the 24 months from January 2019 to December 2020, and 360 in the twelve months from January to December 2021."
    )
    assert said[2] == "That is about 240 records prevented in Talbot since the start (95% interval 152 to 343)."
    assert "moved alike" in found.caveats[0]
    money = what_worked.cost(ask(**FELL), "asb", PATROL, UNTIL)
    assert money is not None and sentences(money)[0].startswith(
        "It cost £9,000: £37 for each prevented event (95% interval £"
    )


def test_a_rise_and_a_fall_that_may_be_chance():
    rose = what_worked.what_worked(ask(**{**FELL, "T": (1200, 900)}), "asb", PATROL, UNTIL)
    assert "rose by 50.0% relative" in sentences(rose)[0]
    assert rose.tables["effect"].rows[0]["verdict"] == "Rose more than the comparison"
    costly = what_worked.cost(ask(**{**FELL, "T": (1200, 900)}), "asb", PATROL, UNTIL)
    assert costly is not None and "No event was prevented" in sentences(costly)[0]
    even = {**FELL, "T": (1200, 596)}
    same = what_worked.what_worked(ask(**even), "asb", PATROL, UNTIL)
    assert "often comes by chance" in sentences(same)[0] and len(sentences(same)) == 2
    maybe = what_worked.cost(ask(**even), "asb", PATROL, UNTIL)
    assert maybe is not None and "It may have prevented none" in sentences(maybe)[0]
    assert what_worked.cost(ask(**FELL), "asb", replace(PATROL, cost=None), UNTIL) is None


def test_without_a_comparison_area_it_says_so():
    alone = Pilot("Patrols", ("T",), "2021-01")
    found = what_worked.what_worked(ask(T=(1200, 360)), "asb", alone, UNTIL)
    assert sentences(found)[0].endswith(NO_COMPARISON) and sentences(found)[0].startswith(
        "Patrols: nothing was done here"
    )
    assert found.tables["effect"].rows[0]["comparison_before"] is NOT_APPLICABLE
    assert PLACEBO in found.caveats and NO_COMPARISON in found.caveats
    assert displaced.displacement(ask(T=(1200, 360)), "asb", alone, UNTIL) is None


def test_a_month_that_one_area_lacks_is_left_out_of_all():
    held = counts(**FELL)
    del held["asb", "C"]["2020-06"], held["asb", "T"]["2019-01"]
    found = what_worked.what_worked(Canned(counts=held, names=NAMES), "asb", PATROL, UNTIL)
    assert "22 months supplied from February 2019" in sentences(found)[1]
    assert "Not supplied, and left out of every area: June 2020." in found.caveats
    step = stepped.interrupted(Canned(counts=held, names=NAMES), "asb", PATROL, UNTIL)
    assert step.tables["points"].rows[16]["expected"] is MISSING


def test_few_months_compare_the_totals_and_nothing_compares_with_nothing():
    short = replace(PATROL, before=3)
    found = what_worked.what_worked(ask(**FELL), "asb", short, "2021-03")
    assert "relative to Claremont, the comparison area" in sentences(found)[0]
    assert "too few, or too empty, to tell" in found.caveats[0]
    none = what_worked.what_worked(ask(T=(1200, 360)), "asb", PATROL, UNTIL)
    assert "no comparison can be made" in sentences(none)[0] and "too few months" in sentences(none)[1]
    empty = {("asb", code): dict.fromkeys((*BEFORE.months(), *AFTER.months()), 0) for code in "TCBD"}
    nothing = what_worked.what_worked(Canned(counts=empty), "asb", PATROL, UNTIL)
    assert "no comparison can be made" in sentences(nothing)[0]
    assert nothing.tables["effect"].rows[0]["target_change"] is NOT_APPLICABLE
    assert planned.power(Canned(counts=empty), "asb", PATROL, UNTIL) is None


def test_areas_already_moving_apart_are_pointed_out():
    held = counts(**FELL)
    for i, month in enumerate(BEFORE.months()):
        held["asb", "T"][month] = 100 - 3 * i
    found = what_worked.what_worked(Canned(counts=held), "asb", PATROL, UNTIL)
    assert "already moving apart" in found.caveats[0]


def test_next_door():
    found = displaced.displacement(ask(**FELL), "asb", PATROL, UNTIL)
    assert found is not None
    local, spill, both = found.tables["displacement"].rows
    assert local["change"] == pytest.approx(-20) and spill["change"] == pytest.approx(0) and both["before"] == 1680
    assert sentences(found)[1].endswith(
        "Next door alone, in Bloomfield, the number did not change relative to Dale (95% interval −4.4 to +4.4). It cannot be told whether anything moved there."
    )
    assert found.tables["quotient"].rows[0]["quotient"] == pytest.approx(0, abs=0.05)
    moved = displaced.displacement(ask(**{**FELL, "B": (480, 480)}), "asb", PATROL, UNTIL)
    spread_out = displaced.displacement(ask(**{**FELL, "B": (480, 40)}), "asb", PATROL, UNTIL)
    assert moved is not None and sentences(moved)[1].endswith("Some of it moved next door.")
    assert spread_out is not None and sentences(spread_out)[1].endswith("The gain spread next door.")


def test_next_door_without_its_own_comparison_or_with_too_little():
    plain = replace(PATROL, comparison_buffer=())
    found = displaced.displacement(ask(**FELL), "asb", plain, UNTIL)
    assert found is not None and any("no area next door of its own" in caveat for caveat in found.caveats)
    assert displaced.displacement(ask(T=(10, 10)), "asb", PATROL, UNTIL) is None
    few = {("asb", code): dict.fromkeys((*BEFORE.months(), *AFTER.months()), 0) for code in "TCBD"}
    rough = displaced.displacement(Canned(counts=few), "asb", PATROL, UNTIL)
    assert rough is not None and rough.caveats[0].startswith("Some counts are under 5")
    assert rough.tables["quotient"].rows[0]["quotient"] is NOT_APPLICABLE


def test_the_step_against_its_own_trend():
    found = stepped.interrupted(ask(**FELL), "asb", PATROL, UNTIL)
    said = sentences(found)[0]
    assert "from January 2021 the level was" in said and "rarely comes by chance" in said
    short = stepped.interrupted(ask(**FELL), "asb", replace(PATROL, before=6), UNTIL)
    assert sentences(short)[0].endswith("It takes 12 months before the start and 3 after; there are 6 and 12.")
    none = stepped.interrupted(ask(), "asb", PATROL, UNTIL)
    assert sentences(none)[0].endswith("Too few months were supplied.")
    empty = Canned(counts={("asb", "T"): dict.fromkeys((*BEFORE.months(), *AFTER.months()), 0)})
    zero = stepped.interrupted(empty, "asb", Pilot("P", ("T",), "2021-01"), UNTIL)
    assert sentences(zero)[0].endswith("There are no events to fit a model to.")


def test_months_much_alike_are_pointed_out():
    held = counts(**FELL)
    for i, month in enumerate((*BEFORE.months(), *AFTER.months())):
        held["asb", "T"][month] = 60 + (25 if (i // 5) % 2 else -25)
    found = stepped.interrupted(Canned(counts=held), "asb", PATROL, UNTIL)
    assert any("much alike" in caveat for caveat in found.caveats)


def test_how_long_a_pilot_must_run():
    found = planned.power(ask(**FELL), "asb", PATROL, UNTIL)
    assert found is not None and [row["label"] for row in found.tables["power"].rows] == [
        "10%",
        "15%",
        "20%",
        "30%",
        "40%",
    ]
    assert "to see a true fall of 20%, a pilot here must run about" in sentences(found)[0]
    to_come = planned.power(ask(**FELL), "asb", replace(PATROL, start="2022-06"), UNTIL, asked=0.1)
    assert to_come is not None and "true fall of 10%" in sentences(to_come)[0]
    tiny = planned.power(ask(T=(24, 6)), "asb", Pilot("P", ("T",), "2021-01"), UNTIL)
    assert tiny is not None and "there are too few events" in sentences(tiny)[0]
    brief = planned.power(ask(T=(24, 6)), "asb", Pilot("P", ("T",), "2021-01", before=2), UNTIL)
    assert brief is not None
    assert planned.power(ask(C=(24, 6)), "asb", PATROL, UNTIL) is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"target": ()}, "needs the area"),
        ({"comparison": ("T",)}, "stands in two"),
        ({"before": 0}, "months before the start"),
        ({"start": "2021"}, "not a month"),
    ],
)
def test_designs_that_make_no_sense(change: dict[str, object], says: str):
    with pytest.raises(WardwiseError, match=says):
        replace(PATROL, **change)  # type: ignore[arg-type]


def test_a_pilot_that_has_not_begun():
    with pytest.raises(WardwiseError, match="after the period asked about"):
        what_worked.what_worked(ask(**FELL), "asb", PATROL, "2020-12")


def test_many_areas_are_named_in_short():
    many = replace(PATROL, target=("T", "U", "V", "W"))
    held = {**counts(**FELL), **{("asb", code): counts(X=(10, 5))["asb", "X"] for code in "UVW"}}
    found = what_worked.what_worked(Canned(counts=held, names=NAMES), "asb", many, UNTIL)
    assert found.tables["lines"].rows[0]["series"] == "Target (Talbot, U and V and 1 more)"


def test_the_picture_marks_the_start_and_says_so():
    found = through_the_gate(what_worked.what_worked(ask(**FELL), "asb", PATROL, UNTIL))
    chart = draw.watched(found)
    assert chart.alt.endswith("The upright line marks the start, January 2021.") and "Target (Talbot)" in chart.alt
    assert '"text": "Start"' in str(chart.spec).replace("'", '"')
    step = through_the_gate(stepped.interrupted(ask(**FELL), "asb", PATROL, UNTIL))
    assert "Expected had nothing started" in draw.watched(step, "points").alt
