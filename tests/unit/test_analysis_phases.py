"""Charts in accepted phases, with the season in their limits and with moving ranges; and the register that phases come from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.factories.answers import Canned
from tests.factories.sentences import sentences
from wardwise.analysis import rebases, trends
from wardwise.analysis.rebases import Rebase
from wardwise.disclosure import Audience, release
from wardwise.methods.spc_rules import NHS
from wardwise.records.cells import MISSING, NOT_APPLICABLE, SUPPRESSED
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings
from wardwise.records.periods import Period

AREA = "E06000009"
LOW, HIGH = [20, 22, 19, 21, 20, 18, 22, 21, 19, 20, 21, 20], [50, 52, 49, 51, 50, 48, 52, 51, 49, 50, 51, 50]
REASON = "The force moved to a new crime system."
STEP = Rebase("crime", AREA, "2015-01", REASON, "partnership analyst", "2026-01-05")


def chart(values: list[int | None], **options: object) -> Findings:
    period = Period("2014-01", Period.of("2014-01").shift(len(values) - 1).end)
    held = {month: n for month, n in zip(period.months(), values, strict=True) if n is not None}
    ask = Canned(counts={("crime", AREA): held}, names={AREA: "Blackpool"})
    return trends.control_chart(ask, "crime", AREA, period, **options)  # type: ignore[arg-type]


def test_each_accepted_phase_has_its_own_mean_and_its_reason_is_told():
    found = chart([*LOW, *HIGH], phases=[STEP])
    rows = found.tables["points"].rows
    assert (rows[11]["mean"], rows[12]["mean"]) == (pytest.approx(20.25), pytest.approx(50.25))
    assert {row["verdict"] for row in rows} == {""}
    assert rows[12]["note"] == "New level: The force moved to a new crime…"
    assert any(
        "Decided by partnership analyst, 2026-01-05." in caveat and REASON[:-1] in caveat for caveat in found.caveats
    )
    assert "each level for itself" in found.method
    assert chart([*LOW, *HIGH]).tables["points"].rows[12]["verdict"] != ""


def test_a_new_phase_is_not_judged_until_it_has_a_year_of_months():
    found = chart([*LOW, *HIGH[:5]], phases=[STEP])
    assert found.tables["points"].rows[-1]["mean"] is NOT_APPLICABLE
    assert sentences(found) == (
        "Crime: too few months have passed since its new level to tell usual variation from change.",
    )


def test_the_baseline_is_of_the_first_level():
    found = chart([*LOW, *LOW, *HIGH], phases=[Rebase("crime", AREA, "2016-01", REASON, "a", "2026-01-05")],
                  baseline=Period("2014-01", "2014-12"))  # fmt: skip
    assert "before the first new level" in found.method


def test_long_reasons_are_cut_on_the_chart_only():
    long = "Calls about noise have gone to the council's new line since the contract began, and are no longer sent on."
    found = chart([*LOW, *HIGH], phases=[Rebase("crime", AREA, "2015-01", long, "a", "2026-01-05")])
    assert len(str(found.tables["points"].rows[12]["note"])) < 50
    assert any(long[:-1] in caveat for caveat in found.caveats)


def test_moving_ranges_have_a_table_of_their_own():
    found = chart([*LOW[:6], None, *LOW[7:], 60], ranges=True)
    rows = found.tables["ranges"].rows
    assert rows[0]["range"] is NOT_APPLICABLE and rows[1]["range"] == 2
    assert rows[6]["range"] is MISSING and rows[7]["range"] is NOT_APPLICABLE
    assert rows[12]["verdict"] == "an unusual jump from the month before"
    assert chart(LOW[:11], ranges=True).tables["ranges"].rows[0]["mean"] is NOT_APPLICABLE
    public = release([chart([*LOW[:11], 1], ranges=True)], Audience.PUBLIC).findings["control_chart"].tables["ranges"]
    assert {row["range"] for row in public.rows} == {SUPPRESSED} or public.rows[-1]["range"] is SUPPRESSED


def test_limits_follow_a_marked_season_and_say_so():
    usual = 1 + 0.4 * np.sin(2 * np.pi * np.arange(48) / 12)
    noise = np.random.default_rng(3).normal(0, 3, 48)
    values = [int(n) for n in 100 * usual + noise]
    found = chart(values, seasonal=True, rules=NHS)
    rows = found.tables["points"].rows
    assert rows[3]["mean"] > 130 > 70 > rows[9]["mean"]
    assert {row["verdict"] for row in rows} == {""}
    assert "follow the time of year" in found.method
    assert "within the usual range for the time of year, " in sentences(found)[0]
    flat = chart([*LOW, *LOW], seasonal=True)
    assert "follow the time of year" not in flat.method


def test_screened_ranges_are_told():
    wild = chart([*LOW, 90, *LOW])
    screened = chart([*LOW, 90, *LOW], screen=True)
    assert screened.tables["points"].rows[0]["upper"] < wild.tables["points"].rows[0]["upper"]
    assert "left out of the limits" in screened.method


def test_an_unknown_rule_set_lists_those_there_are():
    assert trends.rule_set("nhs") is NHS
    with pytest.raises(WardwiseError, match="no rule set"):
        trends.rule_set("western-electric")


def write(folder: Path, text: str) -> Path:
    (folder / rebases.FILE).write_text(text, encoding="utf-8")
    return folder


def test_the_register_is_read_and_only_its_own_entries_are_used(tmp_path: Path):
    assert rebases.every(None) == rebases.every(tmp_path) == ()
    later = Rebase("crime", AREA, "2016-03", REASON, "board", "2026-02-01")
    other = Rebase("asb", AREA, "2016-03", REASON, "board", "2026-02-01")
    write(tmp_path, "rebases:\n" + "".join(one.as_lines() for one in (later, STEP, other)))
    assert rebases.of(tmp_path, "crime", AREA) == (STEP, later)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": ""}, "lacks its reason"),
        ({"by": " "}, "lacks its by"),
        ({"reason": "New system"}, "no reason that a reader can judge"),
        ({"month": "March 2015"}, "not a month"),
        ({"date": "yesterday"}, "not a date"),
    ],
)
def test_a_re_base_without_its_reason_author_or_date_is_refused(tmp_path: Path, change: dict[str, str], said: str):
    with pytest.raises(WardwiseError, match=said) as told:
        rebases.checked({**vars(STEP), **change}, "rebases.yaml, entry 1")
    assert told.value.where == "rebases.yaml, entry 1" and told.value.next_step
    write(tmp_path, "rebases:\n- {measure: crime}\n")
    with pytest.raises(WardwiseError, match="lacks its area"):
        rebases.every(tmp_path)
