"""Questions about people over a real store: ages and sexes, people who come back, and what may be shown of it to whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories.sentences import sentences
from tests.factories.tables import fill, link
from wardwise.analysis import profiles
from wardwise.charts import render
from wardwise.charts.pyramid import pyramid
from wardwise.disclosure import Audience, release
from wardwise.products.questions.people import _bands
from wardwise.records.cells import MISSING, NOT_APPLICABLE, SUPPRESSED
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period
from wardwise.store.snapshot import Snapshot

AREA, OTHER = "E06000009", "E07000117"
YEAR = Period("2022-01", "2022-12")
VIOLENCE = "violence-against-the-person"


def _offence(month: str, n: int, **more: Any) -> dict[str, Any]:
    return {
        "source": "force-offences", "supplier": "lancashire", "month": month, "area_code": "L1", "offence_ref": f"R{n}",
        "offence_group": "Violence against the person", "offence": "Assault",
        "reported_date": date(int(month[:4]), int(month[5:]), 1 + n % 28), **more,
    }  # fmt: skip


def _offences() -> list[dict[str, Any]]:
    """Of 120 offences in 2022, 10 a month: 60 victims of 20, 30 of 27, 18 of 40, 2 of 80, 10 not stated. Ten suspects, too few
    of them with an age."""
    ages = [20] * 60 + [27] * 30 + [40] * 18 + [80] * 2 + [None] * 10
    rows = []
    for n, age in enumerate(ages):
        sex = None if age is None else ("female", "male", "other")[min(n % 3, 2) if n < 9 else n % 2]
        suspect = {"offender_age": 30, "offender_sex": "male"} if n < 9 else {}
        rows.append(_offence(f"2022-{n % 12 + 1:02d}", n, victim_age=age, victim_sex=sex, **suspect))
    return rows


def people(ages: dict[str, float]) -> list[dict[str, Any]]:
    return [{"year": "2021", "area_code": "L1", "age": age, "residents": n} for age, n in ages.items()]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    aged = people({"all": 9100.0, **{str(year): 100.0 for year in range(90)}, "90+": 100.0})
    links = [link("L1", AREA, "lsoa in district"), link("L2", OTHER, "lsoa in district")]
    folder = tmp_path_factory.mktemp("people") / "store"
    return fill(folder, area_links=links, population=aged, offences=_offences()).at()


def test_victims_are_profiled_beside_residents(snapshot: Snapshot) -> None:
    found = profiles.profile(snapshot, VIOLENCE, AREA, YEAR)
    rows = {row["label"]: row for row in found.tables["ages"].rows}
    assert (rows["20 to 24"]["count"], rows["20 to 24"]["residents"], rows["20 to 24"]["rate"]) == (60, 500, 120.0)
    assert (rows["75 and over"]["count"], rows["75 and over"]["residents"]) == (2, 1600)
    assert rows["Total whose age is stated"]["count"] == 110
    assert rows["Total whose age is stated"]["residents"] == 9100
    assert sentences(found)[0] == (
        "Violence against the person: people aged 15 to 24 were 54.5% of victims whose age is stated (60 of 110), and 11.0% of residents."
    )
    assert "not stated in 10 of 120 records (8.3%)" in sentences(found)[-1]
    times = found.tables["groups"].rows[0]["times"]
    assert times == pytest.approx((60 / 110) / (1000 / 9100))
    assert found.profile == "sensitive"


def test_every_sum_of_a_profile_adds_up(snapshot: Snapshot) -> None:
    found = profiles.profile(snapshot, VIOLENCE, AREA, YEAR)
    for total in found.sums:
        whole = found.tables[total.total.table].rows[total.total.row][total.total.column]
        assert whole == sum(found.tables[p.table].rows[p.row][p.column] for p in total.parts)  # type: ignore[misc]


def test_the_public_sees_no_small_group(snapshot: Snapshot) -> None:
    shown = release([profiles.profile(snapshot, VIOLENCE, AREA, YEAR)], Audience.PUBLIC).findings["profile"]
    rows = {row["label"]: row for row in shown.tables["ages"].rows}
    assert rows["75 and over"]["count"] is SUPPRESSED
    assert rows["75 and over"]["rate"] is SUPPRESSED
    assert sum(row["count"] is SUPPRESSED for row in rows.values()) > 1, "one hidden count alone can be subtracted"


def test_a_pyramid_has_both_sides_on_one_scale_and_says_so(snapshot: Snapshot) -> None:
    shown = release([profiles.profile(snapshot, VIOLENCE, AREA, YEAR)], Audience.PUBLIC).findings["profile"]
    chart = pyramid(shown)
    left, right = chart.spec["hconcat"]
    scales = [panel["layer"][0]["encoding"]["x"]["scale"] for panel in (left, right)]
    assert scales[0]["domain"] == scales[1]["domain"]
    assert scales[0]["reverse"] is True
    drawn = render.svg(chart)
    for words in ("Female", "Male", "20 to 24", "75 and over", "[c]"):
        assert words in drawn
    assert "Total" not in chart.alt
    assert "20 to 24" in chart.alt
    assert "hidden to protect people" in chart.source


def test_without_residents_by_age_there_is_no_rate(tmp_path: Any) -> None:
    links = [link("L1", AREA, "lsoa in district")]
    bare = fill(tmp_path / "store", area_links=links, population=people({"all": 9000.0}), offences=_offences()).at()
    found = profiles.profile(bare, VIOLENCE, AREA, YEAR)
    row = found.tables["ages"].rows[3]
    assert (row["residents"], row["rate"]) == (MISSING, NOT_APPLICABLE)
    assert sentences(found)[0].endswith("(60 of 110).")
    assert any("Residents by age are not held" in caveat for caveat in found.caveats)


def test_too_few_ages_are_said_and_not_profiled(snapshot: Snapshot) -> None:
    found = profiles.profile(snapshot, VIOLENCE, AREA, YEAR, of="offender")
    assert found.tables["ages"].rows == ()
    assert "fewer than 10 records state the age of suspects" in sentences(found)[0]
    nothing = profiles.profile(snapshot, VIOLENCE, OTHER, YEAR)
    assert nothing.tables["ages"].rows == ()


def test_profiles_that_cannot_be_made_are_refused(snapshot: Snapshot) -> None:
    with pytest.raises(WardwiseError, match="without the age of a victim"):
        profiles.profile(snapshot, "recorded-crime", AREA, YEAR)
    with pytest.raises(WardwiseError, match="without the age of a bystander"):
        profiles.profile(snapshot, VIOLENCE, AREA, YEAR, of="bystander")  # type: ignore[arg-type]
    with pytest.raises(WardwiseError, match="bands cannot be used"):
        profiles.profile(snapshot, VIOLENCE, AREA, YEAR, bands=((0, 20), (10, 120)))
    with pytest.raises(WardwiseError, match="16 to 24 is not made of whole bands"):
        profiles.profile(snapshot, VIOLENCE, AREA, YEAR, spoken=((16, 24),))
    with pytest.raises(WardwiseError, match="none of the bands"):
        profiles.profile(snapshot, VIOLENCE, AREA, YEAR, bands=((0, 64),), spoken=())


def test_bands_are_read_as_people_write_them():
    assert _bands(["10-17", "18–24", "25+"]) == ((10, 17), (18, 24), (25, 120))
    for wrong in (["ten"], 7, ["1-2-3"]):
        with pytest.raises(WardwiseError, match="band of ages"):
            _bands(wrong)
