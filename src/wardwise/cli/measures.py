"""wardwise measures: what can be counted, and who answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import options
from .screen import say, say_json, say_table

if TYPE_CHECKING:
    from wardwise.measures import Measure


def measures(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Show one measure in full.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Run the worked example of each measure.")] = False,
) -> None:
    """List the measures, the partnership's own first.

    \b
    Examples:
      wardwise measures
      wardwise measures rape
      wardwise measures --check
    """
    from wardwise import measures as room

    own = options(context).own_definitions
    found = (room.load(name, own),) if name else room.all(own)
    if check:
        _check(found)
    elif as_json:
        say_json([_as_json(measure) for measure in found])
    elif name:
        _print_one(found[0])
    else:
        say_table(("Measure", "Question", "Unit"), [(m.measure, m.question, m.unit) for m in found])
        say()
        say(f"{len(found)} measures. One in full: wardwise measures NAME")


def _as_json(measure: Measure) -> dict[str, Any]:
    content = measure.model_dump(mode="json", exclude={"example", "lists"})
    return {**content, "unit": measure.unit, "version": measure.version, "file": measure.file}


def _print_one(measure: Measure) -> None:
    say(f"{measure.title} ({measure.measure}, version {measure.version})")
    say(measure.question)
    say()
    for label, text in _facts(measure):
        say(f"{label}: {text}")
    for caveat in measure.all_caveats:
        say(f"• {caveat}")


def _facts(measure: Measure) -> list[tuple[str, str]]:
    rise = f"; a rise may be good: {measure.rise_may_be_good}" if measure.rise_may_be_good else ""
    return [
        ("Unit", measure.unit),
        ("Better", measure.better + rise),
        ("Why", measure.why),
        ("Owner", f"{measure.owner}; checked by {measure.checked_by}; to review by {measure.review_by}"),
        ("Serves", ", ".join(measure.serves)),
        ("File", measure.file),
    ]


def _check(found: tuple[Measure, ...]) -> None:
    from wardwise.measures.examples import differences

    wrong = [line for measure in found for line in differences(measure)]
    for line in wrong:
        say(line)
    say(f"{len(found)} worked examples run, {len(wrong)} figures not as expected.")
    if wrong:
        raise typer.Exit(1)
