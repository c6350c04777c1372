"""What people say: the arithmetic against a slow plain answer, and the questions on a small survey of our own making."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardwise.analysis import perception_gap, survey_published, surveys
from wardwise.definitions.find import DefinitionError
from wardwise.definitions.views import Item, Theme, checked, load
from wardwise.methods import survey as method
from wardwise.records.cells import MISSING, NOT_APPLICABLE
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period
from wardwise.sources import import_files
from wardwise.store import Store

people = st.lists(st.tuples(st.integers(0, 1), st.floats(0.1, 50), st.sampled_from("abc")), min_size=4, max_size=40)


def plain(sample: list[tuple[int, float, str]]) -> tuple[float, float]:
    """Mean and standard error, one sum at a time."""
    total = sum(w for _, w, _ in sample)
    mean = sum(y * w for y, w, _ in sample) / total
    variance = 0.0
    for stratum in {s for _, _, s in sample}:
        scores = [w * (y - mean) / total for y, w, s in sample if s == stratum]
        if len(scores) > 1:
            centre = sum(scores) / len(scores)
            variance += len(scores) / (len(scores) - 1) * sum((z - centre) ** 2 for z in scores)
    return mean, math.sqrt(variance)


@settings(deadline=None)
@given(people)
def test_means_agree_with_a_plain_answer(sample: list[tuple[int, float, str]]):
    y, w, s = zip(*sample, strict=True)
    found = method.mean(y, w, s)
    assert (found.value, found.error) == pytest.approx(plain(sample), abs=1e-12)
    low, high = method.share_interval(found)
    assert 0 <= low <= found.value + 1e-9 and found.value - 1e-9 <= high <= 1
    assert found.effective <= found.base + 1e-9


def test_the_interval_holds_the_truth_as_often_as_it_says():
    chance, held = np.random.default_rng(11), 0
    for _ in range(400):
        strata = np.repeat([0, 1], [150, 150])
        weights = np.where(strata == 0, 1.0, 3.0)
        y = chance.random(300) < np.where(strata == 0, 0.5, 0.2)
        low, high = method.share_interval(method.mean(y, weights, strata))
        held += low <= 0.275 <= high
    assert 0.92 <= held / 400 <= 0.98


def test_equal_weights_are_a_plain_share():
    found = method.mean([1] * 30 + [0] * 70, [1.0] * 100)
    assert found.value == pytest.approx(0.3)
    assert found.error == pytest.approx(math.sqrt(0.3 * 0.7 / 99))
    assert method.share_interval(found) == pytest.approx((0.219, 0.396), abs=0.002)


def test_a_difference_without_error_is_certain_or_nothing():
    sure, same = method.Estimate(0.0, 0.0, 10, 10), method.Estimate(1.0, 0.0, 10, 10)
    assert method.difference(sure, same).z == math.inf
    assert method.difference(sure, sure).p == 1
    assert method.share_interval(sure)[0] == 0


@pytest.mark.parametrize("weights", [[0, 0], [-1, 2]])
def test_weights_that_cannot_be_are_refused(weights: list[float]):
    with pytest.raises(ValueError, match="weights"):
        method.mean([1, 0], weights)


QUESTION = "How safe do you feel?"


def store_of(folder: Path, *, now: int = 120, then: int = 120, weights: bool = True) -> Store:
    """Two waves of a wide file: half safe in 2021; four in five in 2022. One question asked of ten people only."""
    head = "Survey,Wave,Respondent,Area code" + (",Weight" if weights else "") + f",Q: {QUESTION},Q: Asked of few\n"
    lines = []
    for wave, size, safe in (("2021-05", then, 0.5), ("2022-05", now, 0.8)):
        for i in range(size):
            answer = "Safe" if i < size * safe else "Unsafe"
            few = "Yes" if wave == "2022-05" and i < 10 else ""
            lines.append(f"Town survey,{wave},{wave}-{i},Z06000009" + (",2" if weights else "") + f",{answer},{few}")
    (folder / "survey.csv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    (folder / "links.csv").write_text(
        "ltla24_code,ltla24_name,csp24_code,csp24_name,pfa24_code,pfa24_name\nZ06000009,Town,Z22000009,Town,Z23000009,Shire\n",
        encoding="utf-8",
    )
    store = Store.open(folder / "store", create=True)
    import_files(store, [folder / "survey.csv", folder / "links.csv"])
    return store


SAFE = Item(survey="Town survey", question=QUESTION, answers=("Safe",), say="feel safe")
YEAR = Period("2021-11", "2022-10")


def test_a_share_stands_with_its_base_and_change(tmp_path: Path):
    found = surveys.said(store_of(tmp_path).at(), "Z06000009", YEAR, [SAFE])
    assert found is not None
    row = found.tables["survey"].rows[0]
    assert (row["share"], row["base"], row["count"], row["points"]) == pytest.approx((80, 120, 96, 30))
    assert row["verdict"] == "Unlikely to be chance"
    assert "percentage points since May 2021" in found.statements[0].text


def test_every_answer_is_listed_unless_items_are_chosen(tmp_path: Path):
    found = surveys.said(store_of(tmp_path).at(), "Z06000009", YEAR)
    assert found is not None
    assert [row["label"] for row in found.tables["survey"].rows] == [
        "Asked of few – Yes", f"{QUESTION} – Safe", f"{QUESTION} – Unsafe",
    ]  # fmt: skip
    few = found.tables["survey"].rows[0]
    assert (few["share"], few["verdict"]) == (NOT_APPLICABLE, "Fewer than 50 asked")
    assert "too few for a percentage" in found.statements[0].text


def test_a_survey_without_weights_says_so(tmp_path: Path):
    found = surveys.said(store_of(tmp_path, weights=False).at(), "Z06000009", YEAR, [SAFE])
    assert found is not None
    assert surveys.UNWEIGHTED in found.caveats


def test_too_few_in_the_wave_before_give_no_change(tmp_path: Path):
    found = surveys.said(store_of(tmp_path, then=20).at(), "Z06000009", YEAR, [SAFE])
    assert found is not None
    assert found.tables["survey"].rows[0]["points"] is NOT_APPLICABLE


def test_only_waves_up_to_the_period_are_read(tmp_path: Path):
    found = surveys.said(store_of(tmp_path).at(), "Z06000009", Period("2021-01", "2021-12"), [SAFE])
    assert found is not None
    assert found.tables["survey"].rows[0]["share"] == pytest.approx(50)
    assert found.tables["survey"].rows[0]["verdict"] == "Asked once"


def test_no_survey_no_answer(tmp_path: Path):
    store = store_of(tmp_path)
    assert surveys.said(store.at(), "Z06000009", Period("2020-01", "2020-12"), [SAFE]) is None
    assert survey_published.published(store.at(), "catt2") is None
    theme = Theme(**SAFE.model_dump(), measure="all-crime", worse=False)
    assert perception_gap.gaps(store.at(), "Z06000009", YEAR, [theme]) is None


def test_a_views_file_that_is_wrong_is_told(tmp_path: Path):
    assert load(tmp_path).items == ()
    with pytest.raises(DefinitionError, match="answers"):
        checked({"items": [{"survey": "a", "question": "b", "answers": [], "say": "c"}]}, "views.yaml")


def published(folder: Path) -> Store:
    head = "year,quarter,measurement_var,measurement_level,measurement_type,geography,household_type,sex,age,characteristic_var,characteristic,estimate,standard_error,unweighted_count\n"
    body = "2018,4,q1,Person,Perception,Shire,NA,All,16+,sex,Male,0.6,0.02,800\n2018,4,q1,Person,Perception,Shire,NA,All,16+,sex,Female,NA,NA,NA\n"
    (folder / "made-data.csv").write_text(head + body, encoding="utf-8")
    store = Store.open(folder / "store", create=True)
    import_files(store, [folder / "made-data.csv"])
    return store


def test_published_estimates_keep_their_interval_and_what_was_withheld(tmp_path: Path):
    found = survey_published.published(published(tmp_path).at(), "q1")
    assert found is not None
    female, male = found.tables["published"].rows
    assert female["share"] is MISSING and female["base"] is MISSING
    assert (male["share"], male["lower"], male["upper"]) == pytest.approx((60, 56.08, 63.92), abs=0.01)
    with pytest.raises(WardwiseError, match="No published estimate"):
        survey_published.published(published(tmp_path).at(), "q9")
    with pytest.raises(WardwiseError, match="not a column"):
        survey_published.published(published(tmp_path).at(), "q1", {"colour": "red"})
