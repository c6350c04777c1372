"""The claim checker on reports of our own making: what it doubts, what it leaves alone, and how it reads each kind of file."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from wardwise.claims import Level, check_file, read
from wardwise.cli import main
from wardwise.methods import grim
from wardwise.records.errors import WardwiseError

if not any(command.name == "check" for command in main.app.registered_commands):
    main._register()


def checks(tmp_path: Path, text: str) -> set[str]:
    return {doubt.check for doubt in doubts(tmp_path, text)}


def doubts(tmp_path: Path, text: str):
    file = tmp_path / "report.txt"
    file.write_text(text, encoding="utf-8")
    return check_file(file)


DOUBTED = [
    ("possible", "There were 30 referrals. Of these referrals, 74% completed the course."),
    ("possible", "There were 200 offences. Of these, 21.3% (n=57) were not recent."),
    ("arithmetic", "Rape rose by 20.1% (n=19), from 118 offences to 137 offences."),
    ("arithmetic", "Robbery fell by 16.1%, from 118 offences to 137 offences."),
    ("arithmetic", "Burglary rose by 10% (n=7), from 50 offences to 55 offences."),
    ("arithmetic", "Robbery increased by 33.7% (n=+1)."),
    ("unit", "Of all crime, 14.8% was alcohol related which was a reduction of 2.6% compared to last year."),
    ("base", "Of all respondents, 90% agreed."),
    ("base", "9 out of 10 respondents feel safe."),
    ("count", "Serious violence decreased by 8% in July."),
    ("chance", "Serious assaults increased by 21.4% (n=3)."),
    ("period", "COMMUNITY SAFETY REPORT APRIL 2016 – AUGUST 2016\n\nThe performance for year end is as follows."),
    ("period", "The survey ran for five months between August 2017 and January 2018."),
    ("period", "MARAC\t\t\n\tApril 2015 – March 2016\tApril 2016 – June 2016\nCases\t442\t136"),
    ("release", "Deprivation\n\nIt ranks first in the Indices of Deprivation 2015.\n\nSource: Indices of Deprivation, 2010"),
    ("definition", "These are hate crime offences:\n\nIncident type\t2015\t2016\nRacist incident\t65\t68"),
    ("small-numbers", "Hate crime:\n\nKind\t2015\t2016\nGender identity\t1\t3"),
    ("sum", "Claimants:\n\nGroup\tNumber\nCarers\t20\nOthers\t31\nTotal\t50"),
    ("sum", "Kind\t2015\t2016\tChange\t% change\nRacist\t65\t68\t+ 4\t4.6%"),
    ("sum", "Kind\t2015\t2016\tChange\t% change\nRacist\t65\t68\t+ 3\t14.6%"),
    ("sum", "Violence\n\nViolence, up by 20.3% (n=+416), rose.\n\nSerious: reduction of 3.2% (-2 offences)\n"
            "Less serious: increase of 34.4% (+320 offences)\nOther: increase of 10% (+8 offences)"),
    ("two-values", "Benefits\n\nOf these, most (10,880) claim ESA.\n\nGroup\tNumber\nESA and incapacity\t10,670"),
    ("overlap", "There were 18 referrals to date: drugs in seven, exploitation in eight, trade in five."),
    ("named-person", "The board is chaired by Ada Lovelace."),
    ("named-person", "Two murders shook the town, those of Ada Lovelace and Mary Somerville."),
]  # fmt: skip


@pytest.mark.parametrize(("check", "text"), DOUBTED)
def test_it_doubts(tmp_path: Path, check: str, text: str):
    if check == "sum" and "Serious:" in text:
        text = text.replace(": ", ":\t").replace("offences)\n", "offences)\n")
    assert check in checks(tmp_path, text)


RIGHT = [
    "There were 46 referrals, 70% of which have completed the project.",
    "There were 268 offences. Of these, 21.3% (n=57) were not recent.",
    "Rape rose by 16.1% (n=19), from 118 offences to 137 offences.",
    "All crime fell by 6.6% (n=1086).",
    "The gap was 18 percentage points.",
    "A survey of 1,204 residents found that 90% of respondents agreed.",
    "Up to 37% of rented homes are shared.",
    "Kind\t2015\t2016\tChange\t% change\nRacist\t65\t68\t+ 3\t4.6%\nTotal\t65\t68\t+ 3\t4.6%",
    "Age\tTown\tEngland\nUnder 18\t21%\t21%\n18 and over\t80%\t79%\nTotal\t100%\t100%",
    "The board is chaired by the Director of Public Health.",
    "It works with the Police and Crime Commissioner, Chief Officer of the force.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_it_leaves_what_is_right_alone(tmp_path: Path, text: str):
    assert checks(tmp_path, text) <= {"chance"}


def test_every_kind_of_file_is_read_alike(tmp_path: Path):
    sentence = "There were 30 referrals. Of these referrals, 74% completed."
    word = Document()
    word.add_heading("Programmes", 1)
    word.add_paragraph(sentence)
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells], ["Kind", "Number", "Carers", "20"], strict=True
    ):
        cell.text = text
    word.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.md").write_text(
        f"# Programmes\n\n{sentence}\n\n| Kind | Number |\n| Carers | 20 |\n", encoding="utf-8"
    )
    (tmp_path / "a.html").write_text(
        f"<h1>Programmes</h1><script>var n = '80% of 3'</script><p>{sentence}</p>"
        "<table><tr><th>Kind</th><th>Number</th></tr><tr><td>Carers</td><td>20</td></tr></table>",
        encoding="utf-8",
    )
    for name in ("a.docx", "a.md", "a.html"):
        text = read(tmp_path / name)
        assert [doubt.check for doubt in check_file(tmp_path / name)] == ["possible"], name
        assert text.passages[-1].heading == "Programmes"
        assert text.grids[0].rows == (("Carers", "20"),)


@pytest.mark.parametrize("name", ["missing.txt", "report.pdf", "empty.txt", "broken.docx"])
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str):
    if name != "missing.txt":
        (tmp_path / name).write_bytes(b"" if name == "empty.txt" else b"not what it says")
    with pytest.raises(WardwiseError) as error:
        check_file(tmp_path / name)
    assert error.value.next_step
    assert name in error.value.where


def wardwise(*words: str) -> Result:
    return CliRunner().invoke(main.app, ["check", *words], catch_exceptions=False)


def test_the_command_tells_and_its_exit_code_says_whether_something_is_wrong(tmp_path: Path):
    file = tmp_path / "report.txt"
    file.write_text("There were 30 referrals. Of these referrals, 74% completed.", encoding="utf-8")
    told = wardwise(str(file))
    assert told.exit_code == 1
    assert "22 (73%) and 23 (77%)" in told.stdout
    assert json.loads(wardwise(str(file), "--json").stdout)["doubts"][0]["level"] == Level.WRONG.value
    file.write_text("Of all respondents, 90% agreed.", encoding="utf-8")
    assert wardwise(str(file)).exit_code == 0
    file.write_text("All is well.", encoding="utf-8")
    assert "does not prove it right" in wardwise(str(file)).stdout


@given(st.integers(1, 400), st.data(), st.integers(0, 2))
def test_a_share_of_whole_people_is_always_possible(whole: int, data: st.DataObject, decimals: int):
    count = data.draw(st.integers(0, whole))
    stated = Decimal(f"{100 * count / whole:.{decimals}f}")
    assert count in grim.possible_counts(stated, whole)
    plain = [k for k in range(whole + 1) if abs(100 * k / whole - float(stated)) <= 0.5 * 10**-decimals + 1e-9]
    assert list(grim.possible_counts(stated, whole)) == plain


@given(st.integers(1, 3000), st.integers(-900, 900).filter(bool))
def test_the_base_of_a_change_is_among_those_that_fit(before: int, difference: int):
    stated = Decimal(f"{abs(100 * difference / before):.1f}")
    assert before in grim.possible_bases(stated, difference)


def test_a_share_of_nobody_has_no_count():
    with pytest.raises(ValueError, match="at least one"):
        grim.possible_counts(Decimal("50"), 0)
    assert grim.possible_bases(Decimal("0.0"), 3)[-1] == grim.LARGEST
