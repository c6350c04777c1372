"""Funnels and standardised rates among peers, and how firm a rank is."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.factories.answers import Canned, measure, spread
from tests.factories.released import through_the_gate
from tests.factories.sentences import sentences
from wardwise.analysis import funnel, peers, standardised
from wardwise.areas import PeerGroup
from wardwise.charts.funnel import funnel as draw
from wardwise.disclosure import Audience
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period

NOW = Period("2022-01", "2022-12")
CODES = tuple("ABCDEFG")
GROUP = PeerGroup("the districts", CODES, "One force polices them.")
RATE = measure("crime-rate", title="Crime rate", unit="crimes per 1,000 residents", per=1000)


def ask(counts: dict[str, int], per: float | None = 1000, **more: object) -> Canned:
    made = {("crime-rate", code): spread(NOW, n) for code, n in counts.items()}
    rate = measure("crime-rate", title="Crime rate", unit="crimes per 1,000 residents", per=per)
    residents = {code: 10_000.0 * (i + 1) for i, code in enumerate(CODES)}
    return Canned(counts=made, measures={"crime-rate": rate}, residents=residents, **more)  # type: ignore[arg-type]


ALIKE = {"A": 500, "B": 1010, "C": 1480, "D": 2010, "E": 2500, "F": 2990, "G": 3510}
APART = {"A": 900, "B": 700, "C": 1900, "D": 1500, "E": 2900, "F": 2400, "G": 3900}


def test_areas_that_differ_by_chance_have_exact_limits():
    found = funnel.funnel(ask(ALIKE), "crime-rate", "A", NOW, group=GROUP)
    assert found is not None
    rows = found.tables["funnel"].rows
    assert [row["label"] for row in rows] == [*CODES, "All areas"]
    assert rows[-1]["rate"] == pytest.approx(50) and {row["standing"] for row in rows[:-1]} == {
        "Within the usual range"
    }
    assert 45 < float(rows[0]["lower"]) < 46 and 54 < float(rows[0]["upper"]) < 55  # type: ignore[arg-type]
    assert sentences(found) == (
        "Crime rate: A's 50.0 crimes per 1,000 residents was within the range usual for a place of its size (45.7 to 54.6; all areas together 50.0).",
        "By chance alone about one area in 20 would lie outside its range; none of the seven did.",
    )


def test_areas_that_differ_more_have_wider_limits():
    found = funnel.funnel(ask(APART), "crime-rate", "A", NOW, group=GROUP)
    assert found is not None
    row = found.tables["funnel"].rows[0]
    assert row["chance"] == "More than chance" and float(row["upper"]) > 70  # type: ignore[arg-type]
    assert "differ by more than chance" in sentences(found)[1]
    chart = draw(through_the_gate(found))
    assert chart.alt.startswith("Funnel plot of Crime rate") and "A is at 90.0" in chart.alt


def test_few_areas_are_judged_by_chance_alone_and_one_not_at_all():
    three = replace(GROUP, codes=("A", "B", "C"))
    found = funnel.funnel(ask(APART), "crime-rate", "A", NOW, group=three)
    assert found is not None and found.tables["funnel"].rows[0]["standing"] == "Far above the usual range"
    chart = draw(through_the_gate(found))
    assert "Far above the usual range: A (90.0)" in chart.alt and "elow the usual range: B" in chart.alt
    assert funnel.funnel(ask({"A": 5}), "crime-rate", "A", NOW, group=GROUP) is None
    assert funnel.funnel(ask(dict.fromkeys(CODES, 0)), "crime-rate", "A", NOW, group=GROUP) is None


def test_an_area_without_data_is_left_out_and_a_count_is_refused():
    found = funnel.funnel(ask({k: v for k, v in ALIKE.items() if k != "A"}), "crime-rate", "A", NOW, group=GROUP)
    assert found is not None and len(found.statements) == 1
    with pytest.raises(WardwiseError, match="funnel compares rates"):
        funnel.funnel(ask(ALIKE, per=None), "crime-rate", "A", NOW, group=GROUP)


def test_shares_have_limits_between_none_and_all():
    share = measure("done", title="Completed", unit="% of referrals", per=100, of="sent")
    counts = {("done", c): spread(NOW, 40) for c in "ABC"} | {("sent", c): spread(NOW, 60) for c in "ABC"}
    found = funnel.funnel(
        Canned(counts=counts, measures={"done": share}), "done", "A", NOW, group=replace(GROUP, codes=("A", "B", "C"))
    )
    assert found is not None and float(found.tables["funnel"].rows[0]["upper"]) < 100  # type: ignore[arg-type]
    assert "66.7%" in sentences(found)[0]


def test_a_hidden_count_hides_the_limits():
    found = funnel.funnel(ask({**ALIKE, "A": 2}), "crime-rate", "B", NOW, group=GROUP)
    assert found is not None
    chart = draw(through_the_gate(found, audience=Audience.PUBLIC))
    assert "The limits may not be shown" in chart.alt


def test_every_area_within():
    found = funnel.funnel(ask(ALIKE), "crime-rate", "Z", NOW, group=GROUP)
    assert found is not None
    assert "Every area lies within its usual range." in draw(through_the_gate(found)).alt


def test_a_rank_has_its_range():
    found = peers.rank(ask({**ALIKE, "B": 2000}), "crime-rate", "B", NOW, group=GROUP)
    assert "Chance alone would not change the rank of B." in sentences(found)
    other = peers.rank(ask(ALIKE), "crime-rate", "A", NOW, group=GROUP)
    assert any(
        said.startswith("Allowing for chance, the rank of A from the highest is likely to be 1 to ")
        for said in sentences(other)
    )


class Aged(Canned):
    """Counts by age band: measure names end in “-aged-NN”."""

    def measure(self, measure_: object) -> object:  # type: ignore[override]
        return REAL[measure_] if isinstance(measure_, str) else measure_


class Made(SimpleNamespace):
    """A definition that can be copied with changes, as pydantic's can."""

    def model_validate(self, values: dict[str, object]) -> Made:
        return Made(**{**vars(self), **values})

    def model_dump(self) -> dict[str, object]:
        return dict(vars(self))

    def model_copy(self, update: dict[str, object]) -> Made:
        return Made(**{**vars(self), **update})


def _made(name: str, *columns: str) -> Made:
    table = SimpleNamespace(columns=[SimpleNamespace(name=column) for column in columns])
    return Made(**{**vars(measure(name)), "count": Made(table=table, where={}), "base": None})


REAL = {"violence": _made("violence", "victim_age"), "residents": _made("residents"), "calls": _made("calls")}
BANDS = [band[0] for band in standardised.BANDS]


def _aged(violence: int, residents: int) -> dict[tuple[str, str], dict[str, int]]:
    found = {("violence", "A"): spread(NOW, violence * 19)}
    found |= {(f"violence-aged-{band}", "A"): spread(NOW, violence) for band in BANDS if violence}
    return found | {(f"residents-aged-{band}", "A"): spread(NOW, residents) for band in BANDS if residents}


def test_a_standardised_rate_and_what_it_needs():
    one = replace(GROUP, codes=("A", "B"))
    found = standardised.standardised(Aged(counts=_aged(12, 1200)), "violence", "A", NOW, group=one)
    assert found is not None
    assert sentences(found) == (
        "Violence, where the age is stated: 10.0 for every 1,000 residents of A, and 10.0 (95% interval 8.7 to 11.5) if they had the ages of the European standard population. "
        "Their ages make no clear difference.",
        "The rate can be worked out for one of two areas, so ages cannot be ruled out as a reason why the rest differ.",
    )
    assert found.tables["standardised"].rows[1]["note"] == "Ages of victims are not held."
    assert standardised.standardised(Aged(counts=_aged(12, 0)), "violence", "A", NOW, group=one) is None
    with pytest.raises(WardwiseError, match="without a column"):
        standardised.standardised(Aged(), "calls", "A", NOW, group=one)


def test_what_ages_do_to_a_rate_is_said():
    one = replace(GROUP, codes=("A",))
    young, old = BANDS[0], BANDS[-1]
    for band, words in ((young, "higher"), (old, "lower")):  # many live in one band, where most is recorded, or least
        counts = _aged(12, 1200)
        counts |= {(f"residents-aged-{band}", "A"): spread(NOW, 60_000)}
        counts |= {(f"violence-aged-{young}", "A"): spread(NOW, 6000)} if band == young else {}
        found = standardised.standardised(Aged(counts=counts), "violence", "A", NOW, group=one)
        assert found is not None and sentences(found)[0].endswith(
            f"Their ages make the rate {words} than it would otherwise be."
        )
        assert len(sentences(found)) == 1


def test_too_few_events_or_an_empty_band_give_no_standardised_rate():
    one = replace(GROUP, codes=("A",))
    counts = _aged(12, 1200)
    counts |= {(f"violence-aged-{band}", "A"): spread(NOW, 0) for band in BANDS}
    few = standardised.standardised(Aged(counts=counts), "violence", "A", NOW, group=one)
    assert few is not None and sentences(few)[0].endswith("can be given for A. Too few for a standardised rate.")
    counts = _aged(12, 1200) | {("residents-aged-90", "A"): spread(NOW, 0)}
    none = standardised.standardised(Aged(counts=counts), "violence", "A", NOW, group=one)
    assert none is not None and "nobody living" in sentences(none)[0]
    other = standardised.standardised(Aged(counts=_aged(12, 1200)), "violence", "Z", NOW, group=one)
    assert other is not None and sentences(other) == ("Violence: no age-standardised rate can be given for Z.",)
