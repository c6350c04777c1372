"""Questions about people over a real store: ages and sexes, people who come back, and what may be shown of it to whom."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories.sentences import sentences
from tests.factories.tables import fill, link
from wardwise.analysis import profiles, repeat_people
from wardwise.charts import render
from wardwise.charts.pyramid import pyramid
from wardwise.disclosure import Audience, release
from wardwise.products import load
from wardwise.products.build import Order, build
from wardwise.products.known import as_csv
from wardwise.products.questions.people import _bands
from wardwise.records.cells import MISSING, NOT_APPLICABLE, SUPPRESSED
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Ref, Statement
from wardwise.records.periods import Period
from wardwise.reports import html, word
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
        again = n if n < 90 else n % 12
        sure = {} if n >= 110 else {"victim_ref": f"SECRET-{again:03d}"}
        suspect = {"offender_age": 30, "offender_sex": "male"} if n < 9 else {}
        rows.append(_offence(f"2022-{n % 12 + 1:02d}", n, victim_age=age, victim_sex=sex, **suspect, **sure))
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


def test_people_who_come_back_are_counted_beside_chance(snapshot: Snapshot) -> None:
    """Of 90 people with 110 records, twelve have one more or two more."""
    found = repeat_people.repeat_people(snapshot, VIOLENCE, AREA, YEAR)
    rows = [(row["label"], row["people"], row["records"]) for row in found.tables["steps"].rows]
    assert rows == [("Once", 78, 78), ("2 or more", 12, 32), ("Total", 90, 110)]
    said = sentences(found)
    assert said[0] == ("Violence against the person: 12 of 90 people recorded (13.3%) were harmed more than once.")
    assert said[1] == "They account for 32 of 110 records (29.1%)."
    assert "about 0.7 people would be recorded more than once. More come back" in said[2]
    assert "The 9 people recorded most often account for" in said[3]
    assert said[-1] == "10 records carry no reference and are left out."
    assert found.tables["people"].rows[0]["times"] == 3
    assert found.profile == "sensitive"
    for total in found.sums:
        whole = found.tables[total.total.table].rows[total.total.row][total.total.column]
        assert whole == sum(found.tables[p.table].rows[p.row][p.column] for p in total.parts)  # type: ignore[misc]


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PARTNERSHIP])
def test_references_reach_the_analyst_alone(snapshot: Snapshot, audience: Audience) -> None:
    found = repeat_people.repeat_people(snapshot, VIOLENCE, AREA, YEAR)
    shown = release([found], audience).findings["repeat_people"]
    assert shown.tables["people"].rows == ()
    assert shown.tables["people"].columns == ()
    assert "SECRET" not in repr(shown)
    assert "SECRET-000" in repr(release([found], Audience.ANALYST).findings["repeat_people"].tables["people"].rows)


def test_a_sentence_about_a_dropped_list_is_hidden(snapshot: Snapshot) -> None:
    found = repeat_people.repeat_people(snapshot, VIOLENCE, AREA, YEAR)
    told = replace(found, statements=(Statement("{who}", {"who": Ref("people", 0, "person")}, {"who": "text"}),))
    shown = release([told], Audience.PUBLIC).findings["repeat_people"]
    assert "SECRET" not in repr(shown.statements)
    assert shown.statements[0].whole is False


def test_when_one_number_of_times_is_hidden_so_is_what_records_would_tell(snapshot: Snapshot) -> None:
    """In January and February two people come back. With the number of records their own could be worked out."""
    found = repeat_people.repeat_people(snapshot, "all-crime", AREA, Period("2022-01", "2022-02"))
    assert [(row["label"], row["people"]) for row in found.tables["steps"].rows] == [("1 or more", 16), ("Total", 16)]
    shown = release([found], Audience.PUBLIC).findings["repeat_people"]
    assert {shown.tables["all"].rows[0][c] for c in ("again", "records", "records_again", "without")} == {SUPPRESSED}
    assert {row[c] for row in shown.tables["steps"].rows for c in ("records", "share", "expected")} <= {
        SUPPRESSED, NOT_APPLICABLE,
    }  # fmt: skip
    assert shown.tables["top"].rows[0]["observed"] is SUPPRESSED
    few = repeat_people.repeat_people(snapshot, VIOLENCE, AREA, Period("2022-01", "2022-01"))
    assert few.tables["steps"].rows == ()
    assert "fewer than 20 records carry a reference of the victim" in sentences(few)[0]


def test_without_residents_nothing_is_said_of_chance(tmp_path: Any) -> None:
    links = [link("L1", AREA, "lsoa in district")]
    bare = fill(tmp_path / "store", area_links=links, offences=_offences()).at()
    found = repeat_people.repeat_people(bare, VIOLENCE, AREA, YEAR)
    assert found.tables["steps"].rows[0]["expected"] is NOT_APPLICABLE
    assert not any("If all residents" in each for each in sentences(found))


def test_records_that_can_carry_no_reference_are_refused(snapshot: Snapshot) -> None:
    with pytest.raises(WardwiseError, match="without a reference of the caller"):
        repeat_people.repeat_people(snapshot, VIOLENCE, AREA, YEAR, who="caller")


FORCE = "E23000003"


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The same offences, and as many in the district beside it, of 110 people who were each harmed once but for three."""
    links = [link("L1", AREA, "lsoa in district"), link("L2", OTHER, "lsoa in district")]
    links += [link(code, FORCE, "district in force", parent_name="Lancashire") for code in (AREA, OTHER)]
    beside = [
        _offence(f"2022-{n % 12 + 1:02d}", 1000 + n, area_code="L2", victim_ref=f"OTHER-{n % 110:03d}")
        for n in range(113)
    ]
    folder = tmp_path_factory.mktemp("around") / "store"
    return fill(folder, area_links=links, offences=[*_offences(), *beside]).at()


def test_repeats_here_are_set_against_the_rest_of_the_force(around: Snapshot) -> None:
    found = repeat_people.repeat_people(around, VIOLENCE, AREA, YEAR)
    assert [(row["all"], row["again"]) for row in found.tables["wider"].rows] == [(90, 12), (110, 3)]
    apart = found.tables["apart"].rows[0]
    assert apart["points"] == pytest.approx(100 * (12 / 90 - 3 / 110))
    assert apart["lower"] < apart["points"] < apart["upper"]
    said = sentences(found)[-1]
    assert said.startswith(
        f"In name of {AREA} 13.3% of people recorded were harmed more than once; in the rest of Lancashire it was 2.7% (3 of 110)."
    )
    assert "+10.6 percentage points apart" in said
    assert any("more comes back by chance alone" in caveat for caveat in found.caveats)
    named = repeat_people.repeat_people(around, VIOLENCE, AREA, YEAR, wider=FORCE)
    assert named.tables["wider"].rows == found.tables["wider"].rows


def test_few_repeats_in_the_rest_are_hidden_with_what_would_tell_them(around: Snapshot) -> None:
    shown = release([repeat_people.repeat_people(around, VIOLENCE, AREA, YEAR)], Audience.PUBLIC).findings[
        "repeat_people"
    ]
    assert shown.tables["wider"].rows[1]["again"] is SUPPRESSED
    assert {shown.tables["apart"].rows[0][name] for name in ("points", "lower", "upper")} == {SUPPRESSED}
    assert "2.7%" not in repr(shown.statements)


def test_without_the_rest_nothing_is_compared(around: Snapshot, snapshot: Snapshot) -> None:
    assert "wider" not in repeat_people.repeat_people(snapshot, VIOLENCE, AREA, YEAR).tables, "no force is known"
    assert "wider" not in repeat_people.repeat_people(around, VIOLENCE, FORCE, YEAR).tables, "it is the whole"
    late = Period("2022-06", "2023-05")
    assert "wider" not in repeat_people.repeat_people(around, VIOLENCE, AREA, late).tables, "not supplied in full"
    with pytest.raises(WardwiseError, match="does not lie around"):
        repeat_people.repeat_people(around, VIOLENCE, AREA, YEAR, wider=OTHER)


@pytest.mark.parametrize("audience", list(Audience))
def test_the_product_on_anti_social_behaviour_shows_references_to_the_analyst_alone(
    tmp_path: Any, audience: Audience
) -> None:
    """Sixty calls by twenty people. Neither the web page, nor Word, nor the list of figures of another audience holds a reference."""
    calls = [
        {
            "source": "police-asb", "supplier": "lancashire", "month": f"2022-{n % 12 + 1:02d}", "area_code": "L1", "service": "police",
            "category": "anti-social behaviour", "incident_ref": f"I{n}", "caller_ref": f"SECRET-{n % 20:03d}",
        }
        for n in range(60)
    ]  # fmt: skip
    store = fill(tmp_path / "store", area_links=[link("L1", AREA, "lsoa in district")], incidents=calls)
    told = build(store, Order(load("asb-product"), AREA, YEAR, audience, date(2023, 1, 31)))
    word.write(told.document, tmp_path / "told.docx")
    with zipfile.ZipFile(tmp_path / "told.docx") as parts:
        in_word = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels")))
    page, listed = html.page(told.document), as_csv(told.figures)
    for written in (repr(told.document), page, in_word):
        assert "People who call again" in written
        assert ("SECRET-" in written) is (audience is Audience.ANALYST)
    assert "asb-incidents" in listed
    assert "SECRET-" not in listed
