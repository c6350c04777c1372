"""wardwise judge: records what someone judged of an issue, for choosing priorities."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from .options import options
from .screen import say


def judge(
    context: typer.Context,
    issue: Annotated[str, typer.Argument(help="The issue's name, for example violence.")],
    criterion: Annotated[
        str, typer.Argument(help="A criterion that is judged: public, partners, capacity or statutory.")
    ],
    score: Annotated[int, typer.Argument(help="0 (not at all) to 4 (very much).", min=0, max=4)],
    by: Annotated[str, typer.Option(help="The post that judged, not a person's name.")],
    reason: Annotated[str, typer.Option(help="Why.")],
) -> None:
    """Record a judgement that figures cannot give. It is shown with its author, day and reason wherever it is used.

    \b
    Example:
      wardwise --store work judge violence capacity 3 --by "Community safety manager" --reason "Two funded programmes run to 2024."
    """
    from wardwise.definitions.priorities import Judgement
    from wardwise.products.judgements import record
    from wardwise.records.errors import WardwiseError

    if len(by.strip()) < 3 or len(reason.strip()) < 3:
        raise WardwiseError(
            "A judgement needs its author and its reason.", next_step="Give --by and --reason in words."
        )
    today = datetime.now().astimezone().date()
    judgement = Judgement(
        issue=issue, criterion=criterion, score=score, by=by.strip(), day=today, reason=reason.strip()
    )
    path = record(options(context).open_store().definitions, judgement)
    say(f"Recorded: {issue}, {criterion}, {score} of 4, by {by.strip()}.")
    say(f"It is kept in {path.name}. Next: wardwise ask priorities --area CODE --to YYYY-MM")
