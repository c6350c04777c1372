"""Every question asked of stores that lack something: it answers, or says in a sentence what is wrong and what would help. No number
that went missing, and no failure of the program, ever reaches a page."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.factories import bad_input
from tests.factories.bad_input import AREA, LAST, SHAPES, SMALL
from tests.factories.sentences import sentences
from tests.factories.tables import fill
from wardwise.definitions.find import files
from wardwise.disclosure import Audience, Release, release
from wardwise.products import load
from wardwise.products.build import Order, build
from wardwise.products.definition import Block
from wardwise.products.enquiry import Enquiry
from wardwise.products.pictures import pictures
from wardwise.products.questions import QUESTIONS, answer, held, people, places, rates, roads
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings
from wardwise.store import Store

PILOT: dict[str, Any] = {
    "measure": "burglary", "target": [SMALL[0]], "start": "2022-01", "comparison": [SMALL[3]], "buffer": [SMALL[1]],
    "comparison_buffer": [SMALL[4]], "before": 12, "cost": 1000.0,
}  # fmt: skip
OPTIONS: dict[str, dict[str, Any]] = {
    "attention": {"measure": "recorded-crime", "by": "crime_type"},
    "harm": {"table": "own"},
    "programme": {"programme": "Step Up"},
    "rare-events": {"measure": "burglary"},
    "rebase": {"measure": "recorded-burglary"},
    "standardised": {"measure": "violence-against-the-person"},
    "survey-published": {"question": "catt2"},
    "trend-words": {"measures": ["recorded-burglary", "recorded-crime"]},
    "survey": {
        "items": [{"survey": "Town survey", "question": "Do you feel safe?", "answers": ["Yes"], "say": "feel safe"}]
    },
}
"""What each question is asked, where no product says."""
OF_PILOTS = ("cost", "displacement", "interrupted", "power", "what-worked")
OF_PROGRAMMES = ("attendance", "cohort", "matched")
BROKEN = re.compile(r"\bnan\b|\binf\b|Mark\.|\{[a-z_0-9]+\}|Traceback|\bNone\b(?! (?:is|of|was) )")
OF_WEIGHTS = ("harm", "harm-sensitivity", "harm-spots", "harm-trend", "harm-wards", "priorities", "vulnerability")
OF_SURVEYS = ("survey", "perception-gap")
ONLY = {
    "weights that sum to zero": (*OF_WEIGHTS, *OF_SURVEYS),
    "an offence without a weight": OF_WEIGHTS,
    "a survey without weights": OF_SURVEYS,
    "coordinates all alike": (*places.QUESTIONS, *roads.QUESTIONS, "wards", "hotspots", "vulnerability"),
    "nobody lives here": (
        *rates.QUESTIONS,
        *places.QUESTIONS,
        *roads.QUESTIONS,
        *people.QUESTIONS,
        "peers",
        "wards",
        "harm-wards",
        "context",
        "population-change",
    ),
}
"""What some shapes are asked, to be quick; the others are asked everything."""


def _declared() -> Iterator[Block]:
    """A block of each question: from the product that asks it first, else with the options above."""
    seen: dict[str, Block] = {}
    for path in files("products"):
        for block in load(path.stem).blocks():
            seen.setdefault(block.ask, block)
    for name in sorted(QUESTIONS):
        block = seen.get(name, Block(ask=name, name=name))
        given = {**block.options, **OPTIONS.get(name, {})}
        if name in OF_PILOTS:
            given = {key: value for key, value in given.items() if key == "fall"} | PILOT
        if name in OF_PROGRAMMES:
            given |= OPTIONS["programme"]
        yield block.model_copy(update={"options": given, "name": name})


BLOCKS = list(_declared())


ASKED = [(shape, block) for shape in SHAPES for block in BLOCKS if block.ask in ONLY.get(shape, QUESTIONS)]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Enquiry]:
    """An enquiry of the store of each shape, made once."""

    @cache
    def made(shape: str) -> Enquiry:
        store = fill(tmp_path_factory.mktemp("bad") / "store", **bad_input.made(shape))
        return Enquiry.of(store.at(), AREA, LAST, store.definitions)

    return made


@pytest.mark.parametrize(("shape", "block"), ASKED, ids=lambda given: given if isinstance(given, str) else given.ask)
def test_a_question_answers_or_says_what_is_wrong(stores: Callable[[str], Enquiry], shape: str, block: Block) -> None:
    enquiry = stores(shape)
    if block.ask == "summary":
        answer(next(each for each in BLOCKS if each.ask == "changes"), enquiry)
    try:
        found = answer(block, enquiry)
    except WardwiseError as error:
        assert error.what.endswith(".") and error.next_step, error
        assert not BROKEN.search(str(error)), error
        return
    if found is None:
        return  # a product then says what would fill the section
    for audience in (Audience.ANALYST, Audience.PUBLIC):
        _is_sound(found, release([found], audience), audience)
    _can_be_drawn(enquiry, block, found)


def _is_sound(found: Findings, passed: Release, audience: Audience) -> None:
    released = passed.findings[found.name]
    for table in released.tables.values():
        for row in table.rows:
            strange = {key: cell for key, cell in row.items() if isinstance(cell, float) and not math.isfinite(cell)}
            assert strange == {}, (table.name, row)
    said = sentences(found) if audience is Audience.ANALYST else []
    assert said or audience is Audience.PUBLIC or held(found)
    for each in (*said, *found.caveats, found.method):
        assert not BROKEN.search(each), each
        assert not each or each.rstrip()[-1] in ".?!…”", each


def _can_be_drawn(enquiry: Enquiry, block: Block, found: Findings) -> None:
    """As a product does: a picture is wanted of an answer that holds something."""
    released = release([found], Audience.PUBLIC).findings[found.name]
    for name in (block.chart, *block.more_charts):
        if name and held(found):
            drawn = pictures(enquiry)[name](released, block.chart_table if name == block.chart else "")
            if drawn is not None:
                assert not re.search(r"\bNaN\b|Infinity", json.dumps(drawn.spec, default=str)), name


def test_every_question_is_asked() -> None:
    assert {block.ask for block in BLOCKS} == set(QUESTIONS)


@pytest.mark.parametrize(
    ("shape", "product"),
    [("all zeros", "monthly-bulletin"), ("too few points", "problem-profile"), ("one area", "harm-profile")],
)
def test_a_product_is_made_of_what_there_is(shape: str, product: str, tmp_path: Path) -> None:
    store = fill(tmp_path / "store", **bad_input.made(shape))
    order = Order(load(product), AREA, LAST, Audience.PUBLIC, date(2023, 1, 5))
    built = _built(store, order)
    assert built is None or not re.search(r"\bnan\b|\binf\b", repr(built.document))


def _built(store: Store, order: Order):  # type: ignore[no-untyped-def]
    try:
        return build(store, replace(order))
    except WardwiseError as error:
        assert "Nothing is held" in error.what
        return None
