"""Reads a survey's answers for an area: its waves, its questions, and the estimate of each answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardwise.methods import survey as method
from wardwise.records.errors import WardwiseError

from .asking import Asker

FEWEST = 50
"""People asked, below whom no percentage is given: the Crime Survey for England and Wales withholds estimates of fewer than 50
(Office for National Statistics, User guide to crime statistics)."""


@dataclass(frozen=True)
class Wave:
    """One survey in one month, one entry an answer. weighted: False where no weights were supplied, and each counts as one."""

    month: str
    questions: NDArray[np.str_]
    answers: NDArray[np.str_]
    weights: NDArray[np.float64]
    strata: NDArray[np.str_]
    weighted: bool

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The questions, in alphabetical order."""
        return tuple(sorted(set(self.questions.tolist())))

    def given(self, question: str) -> tuple[str, ...]:
        """The answers given to a question, the most given first."""
        found, numbers = np.unique(self.answers[self.questions == question], return_counts=True)
        return tuple(str(found[i]) for i in np.lexsort((found, -numbers)))

    def count(self, question: str, answers: Sequence[str]) -> int:
        """People who gave one of the answers, before weighting."""
        return int(np.sum((self.questions == question) & np.isin(self.answers, list(answers))))

    def share(self, question: str, answers: Sequence[str]) -> method.Estimate | None:
        """The share of those who answered the question that gave one of the answers; None when nobody did."""
        asked = self.questions == question
        if not asked.any() or self.weights[asked].sum() <= 0:
            return None
        said = np.isin(self.answers[asked], list(answers)).astype(np.float64)
        return method.mean(said, self.weights[asked], self.strata[asked])


def surveys(ask: Asker, area: str) -> tuple[str, ...]:
    """The names of the surveys that hold answers for the area."""
    rows = ask.snapshot.fetch("SELECT DISTINCT survey FROM survey_answers ORDER BY survey").to_pylist()
    return tuple(row["survey"] for row in rows if _rows(ask, row["survey"], area))


def waves(ask: Asker, survey: str, area: str, until: str) -> tuple[Wave, ...]:
    """The waves of a survey in the area up to the month `until`, the earliest first.

    A survey that gives no areas at all is taken to be of the whole area. Raises WardwiseError when a weight is below nought.
    """
    rows = [row for row in _rows(ask, survey, area) if row["month"] <= until]
    if any(row["weight"] is not None and row["weight"] < 0 for row in rows):
        raise WardwiseError(
            "A weight is below nought.", where=survey, next_step="Mend the survey's file and import it again."
        )
    months = sorted({row["month"] for row in rows})
    return tuple(_wave(month, [row for row in rows if row["month"] == month]) for month in months)


def _rows(ask: Asker, survey: str, area: str) -> list[dict[str, Any]]:
    members = sorted({area, *(member for member, _ in ask.places.members([area]))})
    placed = "SELECT count(area_code) FROM survey_answers WHERE survey = ?"
    some = ask.snapshot.fetch(placed, [survey]).column(0)[0].as_py()
    inside = f"AND area_code IN ({', '.join('?' * len(members))})" if some else ""
    columns = "month, question, answer, weight, coalesce(stratum, '') AS stratum"
    sql = f"SELECT {columns} FROM survey_answers WHERE survey = ? AND answer IS NOT NULL {inside} ORDER BY month, question, answer, stratum, weight"  # noqa: S608 -- only question marks are put in
    return list(ask.snapshot.fetch(sql, [survey, *(members if some else ())]).to_pylist())


def _wave(month: str, rows: list[dict[str, Any]]) -> Wave:
    weights = [row["weight"] for row in rows]
    weighted = all(weight is not None for weight in weights)
    return Wave(
        month,
        np.array([str(row["question"]) for row in rows]),
        np.array([str(row["answer"]) for row in rows]),
        np.array([float(weight or 0) if weighted else 1.0 for weight in weights]),
        np.array([str(row["stratum"]) for row in rows]),
        weighted,
    )
