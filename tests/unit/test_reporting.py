"""What is said beside a rise that may be good news: by the measure, by the declared table, and by people who were asked."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.factories.answers import Canned, measure, spread
from tests.factories.sentences import sentences
from tests.factories.tables import fill, link
from wardwise.analysis import change, reporting
from wardwise.products.enquiry import CachedAsker
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period

AREA = "E06000009"
NOW = Period("2016-04", "2016-08")
DRUGS = measure("drugs", count=SimpleNamespace(records="street_crime", where={"crime_type": "Drugs"}))
ALL = measure("all", count=SimpleNamespace(records="street_crime", where={}))
OTHERS = measure("others", count=SimpleNamespace(records="street_crime", where={"crime_type": {"not": "Drugs"}}))


def test_a_measure_that_chooses_what_is_declared_says_so_and_a_total_does_not() -> None:
    ask = Canned()
    assert "look for them" in reporting.note(ask, DRUGS)
    assert reporting.note(ask, ALL) == ""
    assert reporting.note(ask, OTHERS) == ""
    assert "searches" in reporting.note(ask, ALL, "crime_type", "Possession of weapons")
    assert reporting.note(ask, ALL, "crime_type", "Burglary") == ""


def test_a_measures_own_words_come_first_and_stand_by_its_own_row() -> None:
    own = measure("reports", rise_may_be_good="More come forward.")
    assert reporting.note(Canned(), own) == "More come forward."
    assert reporting.note(Canned(), own, "strand", "Race") == ""


def test_the_note_stands_in_the_row_of_a_rise_only() -> None:
    def notes(before: int, after: int) -> list[object]:
        ask = Canned(counts={("drugs", AREA): {**spread(NOW.year_before(), before), **spread(NOW, after)}})
        found = change.compare_periods(ask, [DRUGS], AREA, NOW)
        return [row["note"] for row in found.tables["change"].rows]

    assert notes(50, 90) == ["More drug offences are recorded when the police look for them."]
    assert notes(90, 50) == [""]


@pytest.fixture
def asker(tmp_path: Path) -> CachedAsker:
    months = [*NOW.year_before().months(), *NOW.months()]
    crimes = [
        {"source": "police-street-crime", "supplier": "lancashire", "month": month, "crime_type": "Drugs", "area_code": "L1"}
        for month in months
        for _ in range(20 if month > "2016" else 10)
    ]  # fmt: skip
    answers = [
        {"source": "survey-answers", "supplier": "c", "month": "2016-05", "survey": "S", "respondent_ref": str(n), "question": "Report?",
         "answer": "Yes" if n % 4 else "No", "area_code": AREA}
        for n in range(400)
    ]  # fmt: skip
    store = fill(
        tmp_path / "store",
        area_links=[link("L1", AREA, "lsoa in district")],
        street_crime=crimes,
        survey_answers=answers,
    )
    return CachedAsker(store.at(), tmp_path)


def views(folder: Path, question: str = "Report?") -> None:
    (folder / "views.yaml").write_text(
        f"would_report: {{survey: S, question: '{question}', answers: [Yes], say: would report a crime}}\n".replace(
            "[Yes]", "['Yes']"
        )
    )


def test_what_people_say_stands_beside_such_a_rise(asker: CachedAsker, tmp_path: Path) -> None:
    views(tmp_path)
    found = change.compare_periods(asker, ["recorded-drug-offences"], AREA, NOW)
    assert found.tables["would_report"].rows[0]["share"] == pytest.approx(75.0)
    assert sentences(found)[-1].startswith("75.0% of 400 people asked in May 2016 answered “would report a crime”")
    assert reporting.BESIDE in found.caveats


def test_nothing_is_added_without_a_survey_or_a_rise(asker: CachedAsker, tmp_path: Path) -> None:
    assert "would_report" not in change.compare_periods(asker, ["recorded-drug-offences"], AREA, NOW).tables
    views(tmp_path, "Never asked?")
    assert "would_report" not in change.compare_periods(asker, ["recorded-drug-offences"], AREA, NOW).tables
    views(tmp_path)
    assert "would_report" not in change.compare_periods(asker, ["recorded-burglary"], AREA, NOW).tables


@pytest.mark.parametrize("lacking", ["records", "chosen", "say"])
def test_an_entry_without_a_setting_is_refused(tmp_path: Path, lacking: str) -> None:
    given: dict[str, Any] = {"records": "[offences]", "chosen": "{domestic: [true]}", "say": "Words."}
    del given[lacking]
    (tmp_path / "reporting").mkdir()
    lines = ", ".join(f"{key}: {value}" for key, value in given.items())
    (tmp_path / "reporting" / "ours.yaml").write_text(f"rises:\n  - {{{lines}}}\n")
    with pytest.raises(WardwiseError, match=f"lacks {lacking}"):
        reporting.rises(tmp_path)
