"""Questions about the roads over a real store: years, ways of travelling, ages, grading, spots and outcomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories.sentences import sentences
from tests.factories.tables import fill, link
from wardwise.analysis import hour_week, road_clusters, road_severity, roads, towards_zero
from wardwise.definitions import outcomes
from wardwise.definitions.find import DefinitionError
from wardwise.definitions.views import Item
from wardwise.disclosure import Audience
from wardwise.products import load
from wardwise.products.build import Order, moved_back
from wardwise.products.enquiry import Enquiry
from wardwise.records.cells import MISSING, NOT_APPLICABLE
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period
from wardwise.store.snapshot import Snapshot

AREA = "E06000009"
THREE = Period("2020-01", "2022-12")
GROUND = (-3.05, 53.80)


def collision(year: int, n: int, **more: Any) -> dict[str, Any]:
    month = f"{year}-{n % 12 + 1:02d}"
    return {
        "source": "stats19-collisions", "supplier": "dft", "month": month, "collision_ref": f"{year}{n:04d}",
        "date": date(year, n % 12 + 1, 1), "severity": "slight", "casualties": 1, "area_code": "L1", **more,
    }  # fmt: skip


def hurt(year: int, n: int, severity: str, **more: Any) -> dict[str, Any]:
    return {
        "source": "stats19-casualties", "supplier": "dft", "year": str(year), "collision_ref": f"{year}{n:04d}",
        "casualty_ref": 1, "severity": severity, **more,
    }  # fmt: skip


def year(of: int, fatal: int, serious: int, slight: int, **more: Any) -> tuple[list[Any], list[Any]]:
    """So many collisions with one casualty each: the serious on foot aged 10, the slight in cars aged 40."""
    severities = ["fatal"] * fatal + ["serious"] * serious + ["slight"] * slight
    collisions = [collision(of, n) for n in range(len(severities))]
    people = [
        hurt(of, n, s, **({"road_user": "car", "age": 40} if s == "slight" else {"road_user": "on foot", "age": 10}), **more)
        for n, s in enumerate(severities)
    ]  # fmt: skip
    return collisions, people


def residents() -> list[dict[str, Any]]:
    every = {"all": 9_100.0, **{str(age): 100.0 for age in range(90)}, "90+": 100.0}
    return [{"year": "2019", "area_code": "L1", "age": age, "residents": n} for age, n in every.items()]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """2020 and 2022; nothing of 2021."""
    first, last = year(2020, 1, 9, 40), year(2022, 0, 30, 40)
    return fill(
        tmp_path_factory.mktemp("roads") / "store",
        area_links=[link("L1", AREA, "lsoa in district")],
        population=residents(),
        collisions=first[0] + last[0],
        casualties=first[1] + last[1],
    ).at()


def test_years_that_were_not_supplied_have_no_number(snapshot: Snapshot) -> None:
    found = roads.casualties(snapshot, AREA, THREE)
    assert found is not None
    rows = found.tables["years"].rows
    assert [row["label"] for row in rows] == ["2020", "2021", "2022"]
    assert [row["ksi"] for row in rows] == [10, MISSING, 30]
    assert rows[1]["rate"] is NOT_APPLICABLE
    assert rows[2]["rate"] == pytest.approx(30 / 9100 * 100_000)
    assert any("Not supplied in full: 2021." in caveat for caveat in found.caveats)
    said = sentences(found)
    assert (
        said[0]
        == "In 2022, 70 people were reported injured on the roads, of whom 30 were killed or seriously injured, 0 of them killed."
    )
    assert "rose by 20 (200.0%), from 10 to 30. A change this size rarely happens by chance." in " ".join(said)


def test_ways_of_travelling_and_ages_add_up(snapshot: Snapshot) -> None:
    found = roads.casualties(snapshot, AREA, THREE)
    assert found is not None
    users = {row["label"]: row for row in found.tables["users"].rows}
    assert (users["On foot"]["ksi"], users["In a car or taxi"]["slight"], users["Total"]["all"]) == (40, 80, 120)
    ages = {row["label"]: row for row in found.tables["ages"].rows}
    assert ages["0 to 15"]["residents"] == 1600
    assert ages["0 to 15"]["rate"] == pytest.approx(40 / 3200 * 100_000)
    both = found.tables["both"].rows
    assert both[0]["from_0"] == 40
    for total in found.sums:
        cell = found.tables[total.total.table].rows[total.total.row][total.total.column]
        assert cell == sum(found.tables[p.table].rows[p.row][p.column] for p in total.parts)  # type: ignore[misc]


def test_a_document_ends_with_the_last_year_of_casualties(snapshot: Snapshot) -> None:
    declared = load("road-safety-needs-assessment")
    order = Order(declared, AREA, Period("2019-11", "2024-10"), Audience.PUBLIC, date(2024, 12, 1))
    enquiry = Enquiry.of(snapshot, AREA, order.period, None)
    assert moved_back(order, enquiry).period == Period("2018-01", "2022-12")
    held = replace(order, period=Period("2018-01", "2022-12"))
    assert moved_back(held, enquiry) is held
    plain = replace(order, product=declared.model_copy(update={"ends_with": ""}))
    assert moved_back(plain, enquiry) is plain


def test_no_year_supplied_gives_no_answer(snapshot: Snapshot) -> None:
    for period in (Period("2010-01", "2011-12"), Period("2020-06", "2021-05")):
        assert roads.casualties(snapshot, AREA, period) is None
        assert road_severity.severity(snapshot, AREA, period) is None
        assert towards_zero.measured(snapshot, AREA, period, outcomes.load("towards-zero")) is None


def test_one_year_is_told_and_not_compared(snapshot: Snapshot) -> None:
    one = Period("2022-01", "2022-12")
    found = roads.casualties(snapshot, AREA, one)
    assert found is not None and "change" not in found.tables
    graded = road_severity.severity(snapshot, AREA, one)
    assert graded is not None and "regraded" not in graded.tables
    told = towards_zero.measured(snapshot, AREA, one, outcomes.load("towards-zero"))
    assert told is not None and list(told.tables) == ["outcomes"]
    assert {row["state"] for row in told.tables["outcomes"].rows} == {"Not measured"}


def test_a_rise_is_turned_into_how_much_stricter_grading_would_have_to_be(snapshot: Snapshot) -> None:
    found = road_severity.severity(snapshot, AREA, THREE)
    assert found is not None
    assert [row["change"] for row in found.tables["regraded"].rows] == [20, 18, 16, 12]
    assert found.tables["turned"].rows[0]["share"] == pytest.approx(50.0)  # 20 more, of 40 slight
    assert "Had 50.0% of the 40 slight injuries of 2020 been graded serious" in " ".join(sentences(found))
    assert any("Adjusted totals are not given" in caveat for caveat in found.caveats)
    assert all(row["adjusted"] is MISSING for row in found.tables["severity"].rows)


def test_adjusted_totals_are_given_where_the_files_have_them(tmp_path: Any) -> None:
    first, last = year(2020, 1, 9, 40, adjusted_serious=0.25), year(2022, 1, 4, 40, adjusted_serious=0.25)
    store = fill(
        tmp_path / "store",
        area_links=[link("L1", AREA, "lsoa in district")],
        population=residents(),
        collisions=first[0] + last[0],
        casualties=first[1] + last[1],
    )
    found = road_severity.severity(store.at(), AREA, THREE)
    assert found is not None
    assert [row["adjusted"] for row in found.tables["severity"].rows] == [1 + round(49 / 4), MISSING, 12]
    assert not any("Adjusted totals are not given" in caveat for caveat in found.caveats)
    said = " ".join(sentences(found))
    assert "Adjusted for how injuries are graded, 12 were killed or seriously injured; 5 as recorded." in said
    assert "did not rise (from 10 to 5)" in said


def test_a_spot_with_many_collisions_is_a_site(tmp_path: Any) -> None:
    x, y = GROUND
    spot = [
        collision(2022, n, longitude=x, latitude=y, severity="serious" if n < 2 else "slight", casualties=2)
        for n in range(8)
    ]
    around = [
        collision(2022, 100 + n, longitude=x + 0.003 * (n % 5 - 2), latitude=y + 0.002 * (n // 5 + 1))
        for n in range(10)
    ]
    lost = [collision(2022, 300)]
    store = fill(tmp_path / "store", area_links=[link("L1", AREA, "lsoa in district")], collisions=spot + around + lost)
    found = road_clusters.clusters(store.at(), AREA, Period("2022-01", "2022-12"))
    (site,) = found.tables["sites"].rows
    assert (site["count"], site["worst"], site["people"], site["verdict"]) == (8, 2, 16, "Unlikely to be chance")
    assert sentences(found)[0].endswith(
        "had 4 or more collisions within 50 m, over twelve months: 8 of 18 collisions (44.4%)."
    )
    assert any(caveat.startswith("1 of the collisions have no place") for caveat in found.caveats)
    none = road_clusters.clusters(store.at(), AREA, Period("2022-01", "2022-12"), fewest=9)
    assert "No spot in" in sentences(none)[0]
    few = road_clusters.clusters(store.at(), AREA, Period("2022-12", "2022-12"))
    assert not few.tables["sites"].rows
    with pytest.raises(WardwiseError, match="size cannot be used"):
        road_clusters.clusters(store.at(), AREA, Period("2022-01", "2022-12"), radius=600)


def test_outcomes_say_what_would_measure_them(snapshot: Snapshot) -> None:
    agreed = outcomes.load("towards-zero")
    found = towards_zero.measured(snapshot, AREA, THREE, agreed)
    assert found is not None
    rows = found.tables["outcomes"].rows
    assert [row["needs"] == towards_zero.HELD for row in rows] == [True, False, True, False]
    assert rows[2]["state"] == "More than chance: On foot (rose) and Aged 0 to 15 (rose)"
    assert sentences(found)[0] == "Two of the four outcomes can be measured from what is held."


def test_an_outcome_can_be_measured_by_a_survey_or_a_return(tmp_path: Any) -> None:
    made = year(2022, 0, 5, 5)
    asked = [
        {"source": "survey-answers", "supplier": "c", "month": "2022-05", "survey": "S", "respondent_ref": str(n), "question": "Safe roads?",
         "answer": "Yes" if n % 2 else "No", "area_code": AREA}
        for n in range(100)
    ]  # fmt: skip
    store = fill(
        tmp_path / "store",
        area_links=[link("L1", AREA, "lsoa in district")],
        collisions=made[0],
        casualties=made[1],
        survey_answers=asked,
    )
    agreed = outcomes.load("towards-zero")
    asking = Item(survey="S", question="Safe roads?", answers=("Yes",), say="call the roads safe")
    second = agreed.list[1].model_copy(update={"survey": asking})
    fourth = agreed.list[3].model_copy(update={"returns": ("cctv-incidents",)})
    changed = agreed.model_copy(update={"list": (agreed.list[0], second, agreed.list[2], fourth)})
    found = towards_zero.measured(store.at(), AREA, Period("2022-01", "2022-12"), changed)
    assert found is not None
    assert "call the roads safe" in " ".join(sentences(replace(found)))
    assert found.tables["outcomes"].rows[1]["state"] == "See the survey or returns below"


def test_a_file_of_outcomes_is_checked(tmp_path: Any) -> None:
    with pytest.raises(DefinitionError, match="no outcomes called"):
        outcomes.load("others")
    (tmp_path / "outcomes").mkdir()
    (tmp_path / "outcomes" / "towards-zero.yaml").write_text(
        "outcomes: towards-zero\ntitle: T\nsource: S\nserves: [A-026]\nlist: []\n"
    )
    with pytest.raises(DefinitionError, match="list"):
        outcomes.load("towards-zero", tmp_path)


def test_the_hours_of_collisions_are_known(tmp_path: Any) -> None:
    found, people = year(2022, 0, 30, 40)
    timed = [{**row, "date": date(2022, 3, 4), "time": "17:10"} for row in found]
    store = fill(
        tmp_path / "store",
        area_links=[link("L1", AREA, "lsoa in district")],
        population=residents(),
        collisions=timed,
        casualties=people,
    )
    answer = hour_week.hour_week(store.at(), "road-collisions", AREA, Period("2022-01", "2022-12"))
    assert answer.tables["week"].rows[17]["friday"] == len(timed)
    assert not any("known to the hour" in said for said in sentences(answer))  # all are, so that nothing is said of it


def test_people_without_a_vehicle_around_them_are_told_apart(snapshot: Snapshot) -> None:
    found = roads.casualties(snapshot, AREA, THREE)
    assert found is not None
    bare = found.tables["unprotected"].rows
    assert (bare[0]["ksi"], bare[1]["ksi"]) == (40, 40)
    assert any(
        said.startswith("People on foot, on a bicycle or on a motorcycle were 33.3% of all")
        for said in sentences(found)
    )


def test_a_way_of_travelling_that_is_never_stated_is_not_the_largest_group(tmp_path: Any) -> None:
    collisions, people = year(2022, 0, 30, 40)
    store = fill(
        tmp_path / "store",
        area_links=[link("L1", AREA, "lsoa in district")],
        collisions=collisions,
        casualties=[{**row, "road_user": None} for row in people],
    )
    found = roads.casualties(store.at(), AREA, Period("2022-01", "2022-12"))
    assert found is not None and "unprotected" not in found.tables
    said = sentences(found)
    assert (
        said[1]
        == "How they travelled is not stated for any of the 30 people killed or seriously injured in January to December 2022."
    )
    assert said[2].startswith("By age, most of those killed or seriously injured in January to December 2022 were ")
    assert "rate" not in [column.name for column in found.tables["ages"].columns]
