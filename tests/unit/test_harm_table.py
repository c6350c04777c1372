"""The open table of sentencing starting points: every code, days by its stated rules, nothing unchecked passed off as checked."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tools import harm_second_source as second

from wardwise.analysis.asking import Asker
from wardwise.analysis.harm_weights import choose, named_codes
from wardwise.definitions import harm, offences
from wardwise.definitions.find import DefinitionError, files, read
from wardwise.records.errors import WardwiseError
from wardwise.sources import import_files
from wardwise.store import Store

RULES = read(next(path for path in files("harm") if path.stem == "open-starting-points"))


def test_every_home_office_code_has_one_row_with_its_source() -> None:
    table = harm.open_table()
    codes = [row.code for row in table.rows]
    assert sorted(codes) == sorted({row.code for row in offences.home_office()})
    assert len(codes) == len(set(codes))
    for row in table.rows:
        assert row.source or row.starting_point.startswith("maximum"), row.code
        assert row.note, row.code
        assert row.checked or not row.note.startswith("Grid compared with the Sentencing Council"), row.code


def test_what_was_not_compared_is_counted() -> None:
    table = harm.open_table()
    assert table.unchecked == sum(not row.checked for row in table.rows) > len(table.rows) / 2
    assert {row.code for row in table.rows if row.checked} == {"39", "40", "41", "42", "45", "47", "49", "92E"}


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("8 years custody", 2920),
        ("3.5 years custody", 1277.5),
        ("36 weeks custody", 252),
        ("6 months custody", 182.5),
        ("28 days custody", 28),
        ("low community order", 7.5),  # 60 hours of 8
        ("medium community order", 14.375),  # 115 hours
        ("high community order", 28.125),  # 225 hours
        ("band A fine", 2.5),  # half a week of 5 days
        ("band B fine", 5),
        ("discharge", 1),
        ("maximum 7 years", 255.5),  # a tenth
        ("maximum life", 912.5),  # of 25 years
        ("maximum fine", 2.5),
        ("minimum term 15 years", 8212.5),  # two thirds of 22.5 years
    ],
)
def test_a_sentence_in_days(sentence: str, days: float) -> None:
    assert harm.in_days(sentence, RULES) == pytest.approx(days)


def test_graver_offences_weigh_more() -> None:
    days = {row.code: row.days for row in harm.open_table().rows}
    order = ["1", "2", "19C", "5D", "34B", "28E", "8N", "49", "46", "105A"]
    assert [days[code] for code in order] == sorted((days[code] for code in order), reverse=True)


def own(tmp_path: Path, row: str) -> Path:
    folder = tmp_path / "harm"
    folder.mkdir(parents=True)
    header = "code,offence,starting_point,lowest,highest,box,guideline,in_force,checked,note"
    (folder / "open-starting-points.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("1,Murder,a long time,,,,,,no,n", "not a sentence"),
        ("1,Murder,many custody,,,,,,no,n", "says no length"),
        ("1,Murder,2 years custody,3 years custody,,,,,no,n", "does not lie between"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises(DefinitionError, match=says) as error:
        harm.open_table(own(tmp_path, row))
    assert error.value.where == "open-starting-points.csv, line 2"


def test_a_list_that_is_missing_is_said() -> None:
    with pytest.raises(DefinitionError, match=r"nothing\.csv is missing"):
        harm._path("nothing", None, ".csv")


def test_what_the_police_find_is_in_the_list_of_codes() -> None:
    listed = harm.police_initiated()
    assert listed.codes <= {row.code for row in offences.home_office()}
    assert listed.categories <= {category.name for category in offences.categories()}


def severity_workbook(path: Path) -> Path:
    """Made up, in the shape of the ONS data tool: titles, then groups above their offences, then weights."""
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    book.active.append(["Crime Severity Score, data tool (made up)"])
    sheet = book.create_sheet("List of weights")
    for row in (
        ["Weights used in the Crime Severity Score"],
        [],
        ["Offence group", "Offence", "Weight"],
        ["Violence against the person", None, None],
        [None, "Homicide", 8000.5],
        [None, "Assault with injury", 200.25],
        [None, "Something unheard of", 12],
        ["Robbery", None, None],
        [None, "Robbery of personal property", 900],
    ):
        sheet.append(row)
    book.save(path)
    return path


def test_the_list_of_weights_of_the_severity_score(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store", create=True)
    report = import_files(store, [severity_workbook(tmp_path / "severity-2016.xlsx")])
    assert (report.accepted, report.quarantined) == (4, 2)
    assert {reason for _, reason in report.files[0].problems} == {"Offence is missing"}
    table = choose(Asker(store.at()), "ons")
    assert table.title == "ONS Crime Severity Score 2016"
    assert {code: table.weights[code].days for code in ("34B", "8N")} == {"34B": 900.0, "8N": 200.25}
    murder = table.of("1")
    assert murder and murder.days == 8000.5  # its subgroup is homicide
    with pytest.raises(WardwiseError, match="no table of harm weights"):
        choose(Asker(store.at()), "cambridge")


def test_offences_in_words_find_their_codes() -> None:
    assert named_codes("Assault with injury") == ("8N",)
    assert set(named_codes("Arson")) == {"56A", "56B"}
    assert named_codes("Something unheard of") == ()


def test_a_made_up_workbook_of_the_cambridge_shape(tmp_path: Path) -> None:
    """Made up: a fractional score is kept, codes written with a stroke are spelt as the Home Office spells them, and a row whose cells
    slipped one column to the right (its group is a web address) is set aside with its line."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "CCHI 2020 values sheet"
    heads = [
        "ATHENA URN",
        "FULL_OFFENCE_TITLE",
        "CCHI Score",
        "Starting Point",
        "GROUP",
        "SUB_GROUP",
        "CLASSIFICATION_CODE",
        "NOTIFIABLE",
    ]
    for row in (
        heads,
        ["a", "Assault", 547.5, "18 months", "VIOLENCE AGAINST THE PERSON", "VIOLENCE WITH INJURY", "8N", "Notifiable"],
        [
            "b",
            "Death by dangerous driving",
            1095,
            "3 years",
            "VIOLENCE AGAINST THE PERSON",
            "VIOLENCE WITH INJURY",
            "4/4",
            "Notifiable",
        ],
        ["c", "Obstruction", 0.3, None, "NON-NOTIFIABLE", "NON-NOTIFIABLE", "NN", "Non-Notifiable"],
        ["d", "Dog worrying", 1, None, "https://example.org/guideline", "NON-NOTIFIABLE", "NN", "Non-Notifiable"],
    ):
        sheet.append(row)
    book.save(tmp_path / "index.xlsx")
    store = Store.open(tmp_path / "store", create=True)
    report = import_files(store, [tmp_path / "index.xlsx"])
    assert (report.accepted, report.quarantined) == (3, 1)
    assert report.files[0].problems[0][0] == 5 and "wrong columns" in report.files[0].problems[0][1]
    table = choose(Asker(store.at()), "cambridge")
    assert {code: weight.days for code, weight in table.weights.items()} == {"8N": 547.5, "4.4": 1095.0}


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2 years 6 months", 912.5),
        ("1 year’s custody", 365.0),
        ("Three years", 1095.0),
        ("36 weeks custody", 252.0),
        ("High level community order", 28.125),
        ("band b fine", 5.0),
        ("Suggest Band D fine", None),
        ("The mandatory minimum sentence is 5 years' imprisonment", None),
        ("6 months?", None),
        ("", None),
    ],
)
def test_a_starting_point_as_people_write_it(words: str, days: float | None) -> None:
    assert second.in_words_as_days(words, RULES) == days


GRID = {
    "starting_point": "2 years custody",
    "lowest": "1 year custody",
    "highest": "4 years custody",
    "in_force": "2016-01",
}
LONGEST = {"starting_point": "maximum 14 years", "lowest": "", "highest": "", "in_force": ""}


@pytest.mark.parametrize(
    ("line", "given", "outcome"),
    [
        (GRID, ({365.0}, set()), "same"),
        (GRID, ({730.0, 9000.0}, set()), "inside"),
        (GRID, ({28.12, 9000.0}, set()), "outside"),
        (GRID, (set(), {14.0}), "none"),
        (GRID, None, "none"),
        ({**GRID, "in_force": "2021-07"}, ({365.0}, set()), "older"),
        (LONGEST, (set(), {0.0, 14.0}), "same"),
        (LONGEST, (set(), {7.0}), "outside"),
        (LONGEST, ({365.0}, set()), "none"),
        ({**LONGEST, "starting_point": "maximum life"}, (set(), second.longest_in_years("Life or 19 years")), "same"),
        ({**LONGEST, "starting_point": "maximum fine"}, (set(), {2.0}), "none"),
    ],
)
def test_how_a_row_stands_to_a_second_source(
    line: dict[str, str], given: tuple[set[float], set[float]] | None, outcome: str
) -> None:
    assert second.compared(line, given, RULES) == outcome


def test_what_was_checked_is_said_with_its_numbers(tmp_path: Path) -> None:
    said = harm.open_table().checks
    assert said == (
        "Open table of sentencing starting points: 8 of 135 rows have been compared with the guideline they name. Of the others, 37 agree "
        "with the Cambridge Crime Harm Index of 2020 on the lowest starting point or the longest sentence, 18 do not, and 72 could not be "
        "compared with it. The partnership should check the table before it relies on it."
    )
    none = harm.open_table(own(tmp_path / "own", "1,Murder,2 years custody,,,,,,no,n")).checks
    assert "0 of 1 rows have been compared with the guideline they name. The partnership should" in none
    assert harm.open_table(own(tmp_path / "all", "1,Murder,2 years custody,,,,,,yes,n")).checks == ""
