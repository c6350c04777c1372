"""DuckDB, and the slow plain answer, agree on made-up measures and records."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from wardwise.measures import Measure, calculate
from wardwise.measures.examples import Memory
from wardwise.records.figures import Figures
from wardwise.records.periods import Period

from . import plain
from .worlds import Hand, Question, questions

CALM = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


def measure_of(question: Question) -> Measure:
    told = {
        "measure": "made-up",
        "title": "Made up",
        "question": "How many?",
        "better": "neither",
        "why": "To compare engines.",
        "owner": "Analyst",
        "checked_by": "Lead",
        "review_by": "2027-09-30",
        "serves": ["D-010"],
        "example": {"expect": [{"area": "A", "month": "2022-01"}]},
    }
    return Measure.model_validate({**told, "by": ["area"], **question.measure})


def asked(question: Question, held: Any, engine: str = "duckdb", master: str | None = None) -> Figures:
    period = Period(question.first, question.last)
    return calculate(measure_of(question), held, question.areas, period, question.by, engine, master=master)


def told(figures: Figures) -> plain.Answer:
    found = {}
    for figure in figures.figures:
        group = tuple(value for name, value in figure.key.group if name not in plain.TIME)
        period = f"{figure.key.period.start}..{figure.key.period.end}"
        found[figure.key.area, period, group] = (figure.count, figure.base, figure.status.value)
    return found


def slow(question: Question) -> plain.Answer:
    areas, by = list(question.areas), list(question.by)
    return plain.answer(question.measure, question.world, areas, question.first, question.last, by)


@settings(max_examples=120, deadline=None, suppress_health_check=CALM, derandomize=True)
@given(question=questions())
def test_duckdb_and_the_plain_answer_agree(question: Question):
    assert told(asked(question, Memory(question.rows, Hand()))) == slow(question)


@pytest.mark.scale
@settings(max_examples=1500, deadline=None, suppress_health_check=CALM)
@given(question=questions())
def test_duckdb_and_the_plain_answer_agree_on_many(question: Question):
    assert told(asked(question, Memory(question.rows, Hand()))) == slow(question)
