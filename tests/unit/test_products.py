"""Products as declared: every shipped one loads, and a wrong declaration says what is wrong and where."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from tests.factories.answers import Canned, spread
from wardwise import measures
from wardwise.analysis import change
from wardwise.analysis.words import GAP, gap_caveat
from wardwise.definitions.find import DefinitionError, files
from wardwise.disclosure import Audience, release
from wardwise.disclosure.register import Entry
from wardwise.products import compose, register, settings
from wardwise.products.definition import Block, FrontPage, Item, Product, Section, load
from wardwise.products.known import as_csv, printed
from wardwise.products.pictures import pictures
from wardwise.products.questions import QUESTIONS, held
from wardwise.products.writing import replace_with
from wardwise.records.cells import Mark
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Role, Table
from wardwise.records.periods import Period
from wardwise.reports.document import Caveats, Known, Lines, TableBlock, spans

NAMES = [path.stem for path in files("products")]
SMALLEST = """
product: small
title: Small
purpose: To test.
serves: [D-113]
owner: partnership analyst
months: 1
sections:
  - id: one
    title: One
    blocks:
      - {ask: changes, name: change, with: {measures: [all-crime]}}
"""


def declare(folder: Path, text: str) -> Path:
    (folder / "products").mkdir(exist_ok=True)
    (folder / "products" / "small.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_product_asks_questions_that_there_are_about_measures_that_there_are(name: str):
    product = load(name)
    assert product.serves
    for block in product.blocks():
        assert block.ask in QUESTIONS
        options = block.options
        named = [*options.get("measures", ()), *filter(None, [options.get("measure"), options.get("parts_of")])]
        for choice in named:  # a list: the first of them that is held
            assert [measures.load(measure) for measure in ([choice] if isinstance(choice, str) else choice)]


def test_every_first_page_line_leads_to_a_section_and_a_block_that_there_are():
    for product in map(load, NAMES):
        assert {part.section for part in product.front} <= {section.id for section in product.sections}
        assert {part.block for part in product.front if part.block} <= {block.name for block in product.blocks()}


def test_a_partnerships_own_product_comes_first(tmp_path: Path):
    assert load("small", declare(tmp_path, SMALLEST)).title == "Small"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (SMALLEST.replace("months: 1", "months: 0"), "months"),
        (SMALLEST.replace("owner: partnership analyst\n", ""), "owner"),
        (SMALLEST.replace("serves: [D-113]", "serves: []"), "serves"),
        (SMALLEST + "      - {ask: changes, name: change, with: {measures: [rape]}}\n", "Two blocks"),
        (SMALLEST.replace("    title: One\n", "    title: One\n    colour: red\n"), "colour"),
        ("product: [", "YAML"),
    ],
)
def test_a_wrong_declaration_names_the_file_and_the_place(tmp_path: Path, wrong: str, said: str):
    with pytest.raises(DefinitionError, match=said) as told:
        load("small", declare(tmp_path, wrong))
    assert told.value.where.startswith("small.yaml")
    assert told.value.next_step


def test_a_product_that_there_is_not_lists_those_there_are():
    with pytest.raises(DefinitionError, match="strategic-assessment"):
        load("problem-profil")


def test_a_partnerships_words_are_read_and_an_unknown_setting_is_an_error(tmp_path: Path):
    (tmp_path / "partnership.yaml").write_text(
        "name: Safer Sands\ntext:\n  strategic-assessment:\n    views: We asked.\n", encoding="utf-8"
    )
    found = settings.load(tmp_path)
    assert found.name == "Safer Sands"
    assert found.text["strategic-assessment"]["views"] == ("We asked.",)
    (tmp_path / "partnership.yaml").write_text("nmae: Safer Sands\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match="nmae"):
        settings.load(tmp_path)


def test_the_register_keeps_what_went_out_and_refuses_a_line_it_cannot_read(tmp_path: Path):
    entry = Entry("all-crime~Z06000001~2016-04", Audience.PUBLIC, 12, "performance-report", "2016-10-27")
    register.add(tmp_path, [entry])
    register.add(tmp_path, [])
    assert register.earlier(tmp_path) == (entry,)
    good = (tmp_path / register.FILE).read_text(encoding="utf-8")
    for spoilt in (json.dumps({"key": "x"})[:-2], json.dumps({"key": "x"}), "[1]"):
        (tmp_path / register.FILE).write_text(f"{good}\n{spoilt}\n", encoding="utf-8")
        with pytest.raises(WardwiseError, match="register") as error:
            register.earlier(tmp_path)
        assert error.value.where.endswith(f"{register.FILE}, line 3")


def test_a_method_that_several_answers_share_is_said_once_and_first():
    def answer(name: str, method: str, *shared: str) -> Findings:
        return Findings(name, "T", {}, method=method, shared_methods=shared)

    answers = [answer("a", "Own to a."), answer("b", "", "Compared."), answer("c", "Own to c.", "Compared.")]
    released = release(answers, Audience.PUBLIC).findings
    found = compose.methods_of(released, {"a": "What was recorded"})
    assert ["".join(span.text for span in spans(method)) for method in found] == [
        "Compared.",
        "What was recorded. Own to a.",
        "Own to c.",
    ]


def test_how_counts_are_compared_is_always_given_as_a_shared_method():
    """Else a product says it once for every question."""
    folder = Path(change.__file__).parent
    for path in folder.glob("*.py"):
        for use in re.findall(r"[^\n]*pairs\.METHOD[^\n]*", path.read_text(encoding="utf-8")):
            assert "shared_methods=(pairs.METHOD,)" in use, f"{path.name}: {use.strip()}"


def test_formulas_in_the_file_of_figures_are_harmless():
    assert "'=cmd()" in as_csv((Known("=cmd()", "3", "all-crime~Z06000001~2016-04@1.offences-0"),))


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path):
    target = tmp_path / "report.html"
    target.write_text("old", encoding="utf-8")

    def fails(part: Path) -> None:
        part.write_text("half", encoding="utf-8")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        replace_with(target, fails)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", NAMES)
def test_every_section_that_asks_says_what_it_needs_when_nothing_answers(name: str):
    silent = [section.id for section in load(name).sections if section.blocks and not section.needs]
    assert silent == []


def _findings(counts: list[object], bases: list[object]) -> Findings:
    columns = (Column("n", Role.COUNT, "Number"),) * bool(counts) + (Column("base", Role.BASE, "Months"),)
    rows = tuple({"n": n, "base": base} for n, base in zip(counts or bases, bases, strict=True))
    return Findings("one", "One", tables={"one": Table("one", "One", columns, rows)})


def test_a_base_without_a_count_is_no_answer_unless_the_finding_counts_nothing():
    assert held(_findings([0], [12]))
    assert not held(_findings([Mark.MISSING], [12]))
    assert held(_findings([], [94]))


def test_the_reference_page_tells_every_question_every_chart_and_every_key():
    page = (Path(__file__).parents[2] / "docs" / "reference" / "products.md").read_text(encoding="utf-8")
    keys = {key for kind in (Product, Section, FrontPage, Item) for key in kind.model_fields}
    keys |= {field.alias or key for key, field in Block.model_fields.items()}
    charts = set(pictures(SimpleNamespace()))
    assert [word for word in sorted(keys | charts | set(QUESTIONS)) if f"`{word}`" not in page] == []


def _parts(answers: dict[str, Findings], **product: Any) -> compose.Parts:
    made = Product.model_validate({**yaml.safe_load(SMALLEST), **product})
    passed = release(list(answers.values()), Audience.ANALYST).findings
    return compose.Parts(made, passed, settings.Settings(), {}, {})


def test_a_line_of_the_first_page_carries_its_verdict_in_place_of_the_sentence():
    ask = Canned(
        counts={
            ("crime", "A"): {**spread(Period("2017-01", "2017-12"), 500), **spread(Period("2018-01", "2018-12"), 700)}
        }
    )
    found = change.compare_periods(ask, ["crime"], "A", Period("2018-01", "2018-12"))
    one = {"title": "What changed", "block": "change", "verdicts": True}
    [_, lines] = compose.front(_parts({"change": found}, front=[one]))
    assert isinstance(lines, Lines)
    assert [(line.text, line.verdict) for line in lines.items] == [
        ("Crime rose by 200 (40.0%), from 500 to 700.", "Unlikely to be chance")
    ]
    [_, plain] = compose.front(_parts({"change": found}, front=[{**one, "verdicts": False}]))
    assert isinstance(plain, Lines)
    assert plain.items[0].verdict == "" and "rarely happens by chance" in str(plain.items[0].text)


def test_months_that_several_series_of_a_section_lack_are_named_once():
    def series(name: str, *months: str) -> Findings:
        gap = gap_caveat(months)
        return Findings(
            name, name, {}, caveats=tuple(filter(None, ("Read with care.", gap))), meta={GAP: " ".join(months)}
        )

    three = {"a": series("a", "2020-06"), "b": series("b", "2020-06", "2020-08"), "c": series("c")}
    blocks = [{"ask": "changes", "name": name} for name in three]
    parts = _parts(three, sections=[{"id": "one", "title": "One", "blocks": blocks}])
    said = [block for block in compose.sections(parts) if isinstance(block, Caveats)]
    assert said == [Caveats(("Read with care.", "Not supplied, and left as a gap: June 2020 and August 2020."))]


def test_each_table_of_a_block_shows_those_of_the_named_columns_that_it_has():
    def table(name: str, *columns: str) -> Table:
        made = tuple(Column(each, Role.LABEL, each.title()) for each in columns)
        return Table(name, name, made, (dict.fromkeys(columns, "x"),))

    two = Findings(
        "two",
        "Two",
        {"a": table("a", "year", "total", "more"), "b": table("b", "year", "missed"), "c": table("c", "own")},
    )

    def shown(*columns: str) -> list[list[str]]:
        block = {"ask": "changes", "name": "two", "tables": ["a", "b", "c"], "columns": columns}
        parts = _parts({"two": two}, sections=[{"id": "one", "title": "One", "blocks": [block]}])
        return [
            [head.title for head in each.header] for each in compose.sections(parts) if isinstance(each, TableBlock)
        ]

    assert shown("missed", "year", "total") == [["Year", "Total"], ["Missed", "Year"], ["Own"]]
    with pytest.raises(WardwiseError, match="no column called “colour”"):
        shown("year", "colour")


def test_what_was_supplied_for_neither_period_is_said_and_has_no_row():
    now = Period("2018-01", "2018-12")
    ask = Canned(counts={("crime", "A"): {**spread(now.year_before(), 500), **spread(now, 700)}})
    found = change.compare_periods(ask, ["crime", "knives"], "A", now)
    block = {"ask": "changes", "name": "change"}
    made = list(compose.sections(_parts({"change": found}, sections=[{"id": "x", "title": "X", "blocks": [block]}])))
    [table] = [each for each in made if isinstance(each, TableBlock)]
    assert [row[0] for row in table.rows] == ["Crime"]
    assert any("Knives: no comparison is made." in str(each) for each in made)


def test_a_report_without_a_first_page_lists_the_figures_that_its_sections_begin_with():
    now = Period("2018-01", "2018-12")
    ask = Canned(counts={(name, "A"): {**spread(now.year_before(), 500), **spread(now, 700)} for name in ("a", "b")})
    found = change.compare_periods(ask, ["a", "b"], "A", now)
    blocks = [{"ask": "changes", "name": "change"}]
    parts = _parts({"change": found}, sections=[{"id": "x", "title": "X", "blocks": blocks}])
    assert [each.value for each in printed(parts.product, parts.answers)] == ["500", "700"]
