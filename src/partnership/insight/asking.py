"""Asks the library what the scorecard declares. The only module of the site that does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from wardwise.definitions.scorecard import Asked, Scorecard
from wardwise.products.kept import Kept, Place, Question, WardwiseError

from .models import Finding

__all__ = ["AUDIENCES", "Order", "Progress", "WardwiseError", "answers"]

AUDIENCES = ("partnership", "public")
"""Each question is asked once for the partners' pages and once for what anyone may see."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Order:
    """What is to be asked: every question of the scorecard, for each measure and for the area as a whole."""

    place: Place
    to: str
    measures: tuple[str, ...]
    declared: Scorecard

    @classmethod
    def of(cls, folder: Path, area: str, to: str, measures: Sequence[str], declared: Scorecard) -> Order:
        """Raises WardwiseError when there is no store there, or it does not know the area."""
        return cls(Place.at(folder, area, to), to, tuple(sorted(set(measures))), declared)

    @property
    def digest(self) -> str:
        """What is asked of which data. The same digest gives the same answers."""
        asked = self.declared.model_dump_json(include={"asks", "whole"})
        told = [self.place.area, self.to, self.measures, dict(self.place.versions), asked]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def questions(self) -> list[tuple[str, int, Asked]]:
        """Each with its measure, "" for the area as a whole, and its place on the page."""
        whole = [("", at, asked) for at, asked in enumerate(self.declared.whole)]
        return whole + [
            (measure, at, asked) for measure in self.measures for at, asked in enumerate(self.declared.asks)
        ]


def answers(order: Order, today: date, progress: Progress) -> Iterator[Finding]:
    """A finding, not yet saved, for each question that could be answered and each audience."""
    questions = order.questions()
    defined = {measure: order.place.definition(measure) for measure in order.measures}
    for done, (measure, position, asked) in enumerate(questions):
        progress(f"{measure or 'the whole area'}: {asked.title.lower()}", done, len(questions))
        question = Question(asked.ask, _options(order, asked, measure), asked.months, asked.chart, asked.fewest)
        for audience, found in order.place.keep(question, AUDIENCES, today).items():
            yield _finding(found, measure, position, asked, audience, defined.get(measure, {}))


def _options(order: Order, asked: Asked, measure: str) -> Mapping[str, Any]:
    given: dict[str, Any] = dict(asked.options)
    measure = asked.other.get(measure, measure)
    if asked.measure == "every":
        given["measures"] = list(order.measures)
    elif asked.measure:
        given[asked.measure] = [measure] if asked.measure == "measures" else measure
    return given


def _finding(found: Kept, measure: str, position: int, asked: Asked, audience: str, defined: dict[str, str]) -> Finding:
    return Finding(
        measure=measure,
        name=asked.name,
        question=asked.ask,
        position=position,
        audience=audience,
        heading=asked.title,
        title=found.title,
        sentences=list(found.sentences),
        tables=dict(found.tables),
        chart=dict(found.chart),
        method=found.method,
        caveats=list(found.caveats),
        sources=list(found.sources),
        figures=list(found.figures),
        facts={**found.facts, "definition": defined},
        digest=found.digest,
    )
