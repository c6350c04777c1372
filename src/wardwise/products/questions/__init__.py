"""The questions a product may ask, by name. Each hands a block's options to the one function of `analysis` that answers it.

A subject has its own module with a dictionary QUESTIONS; here they become one.
"""

from __future__ import annotations

from wardwise.records.cells import Mark
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings, Role

from ..definition import Block
from ..enquiry import Enquiry
from ..named_counts import named
from . import (
    context,
    counts,
    evaluation,
    forecasts,
    harm,
    over_time,
    people,
    places,
    priorities,
    programmes,
    rates,
    roads,
    views,
)
from .shape import Question

__all__ = ["QUESTIONS", "answer", "held"]

SUBJECTS = (
    context,
    counts,
    evaluation,
    forecasts,
    harm,
    over_time,
    people,
    places,
    priorities,
    programmes,
    rates,
    roads,
    views,
)
"""Each module holds the questions of one subject."""

QUESTIONS: dict[str, Question] = {name: ask for subject in SUBJECTS for name, ask in subject.QUESTIONS.items()}

STATES_FACTS = frozenset({"coverage", "recording", "summary"})
"""Questions whose answer is worth giving even when it holds no count."""


TELLS_NO_EVENT = STATES_FACTS | {"context", "deprivation", "population-change"}
"""Questions that can be answered of any period: a product with no other answer says nothing of its own."""


def answer(block: Block, enquiry: Enquiry) -> Findings | None:
    """The answer to a block's question; None when nothing is held that could answer it.

    Raises WardwiseError when the block asks a question that there is not, or leaves out an option that it needs.
    """
    if block.ask not in QUESTIONS:
        raise WardwiseError(
            f"There is no question called “{block.ask}”.",
            where=f"block {block.name}",
            next_step=f"Use one of: {', '.join(sorted(QUESTIONS))}.",
        )
    try:
        findings = QUESTIONS[block.ask](enquiry, block.name, block.options)
    except KeyError as error:
        raise WardwiseError(
            f"The question “{block.ask}” needs the option {error}.",
            where=f"block {block.name}",
            next_step="Add it under “with” in the product's declaration.",
        ) from error
    if findings is None or not (
        block.ask in STATES_FACTS.union(*(asked.SAYS_WHY_NOT for asked in (over_time, people, places, roads)))
        or held(findings)
    ):
        return None
    findings = named(findings, block, enquiry.area, enquiry.period)
    enquiry.answers[block.name] = findings
    return findings


def held(findings: Findings | None) -> bool:
    """Whether there are findings, and any count or value of the findings is known. Residents and months tell nothing beside counts that are not."""
    if findings is None:
        return False
    columns = [(table, column) for table in findings.tables.values() for column in table.columns]
    counted = [(table, column) for table, column in columns if column.role in (Role.COUNT, Role.VALUE)]
    return any(
        not isinstance(row.get(column.name, Mark.MISSING), Mark)
        for table, column in counted or [(table, column) for table, column in columns if column.role is Role.BASE]
        for row in table.rows
    )
