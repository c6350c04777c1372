"""`wardwise rebase`: look for a new level, and record a person's decision to chart one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import options
from .screen import say

if TYPE_CHECKING:
    from wardwise.analysis.rebases import Rebase
    from wardwise.store import Store


def rebase(
    context: typer.Context,
    measure: Annotated[str, typer.Argument(help="The measure whose level changed.")],
    area: Annotated[str, typer.Option(help="The area's official code, for example E06000009.")],
    month: Annotated[str, typer.Option(help="The first month of the new level, YYYY-MM.")] = "",
    reason: Annotated[str, typer.Option(help="Why the level changed, as a sentence.")] = "",
    by: Annotated[str, typer.Option(help="The post or person who decides.")] = "",
    to: Annotated[str, typer.Option(help="Without --month: look at the five years up to this month, YYYY-MM.")] = "",
) -> None:
    """Record that a control chart has a new level from a month on, with the reason. Without --month: say where one is suggested.

    \b
    Examples:
      wardwise --store work rebase recorded-asb --area E06000009 --to 2022-10
      wardwise --store work rebase recorded-asb --area E06000009 --month 2021-08 --by "partnership analyst" \\
          --reason "Calls about noise go to the council since August 2021."
    """
    store = options(context).open_store()
    if not month:
        _suggest(store, measure, area, to)
        return
    entry = decided(store, measure, area, month, reason, by)
    written = write(store.folder, entry)
    say(f"From {entry.month} on {entry.measure} in {entry.area} is charted at a new level.")
    say(f"Reason: {entry.reason} Decided by {entry.by}, {entry.date}.")
    say(f"Written to {written}. To take it back, delete the entry there.")


def decided(store: Store, measure: str, area: str, month: str, reason: str, by: str) -> Rebase:
    """The decision, checked. Raises DefinitionError or WardwiseError when a part of it cannot be."""
    from datetime import datetime

    from wardwise import measures
    from wardwise.analysis import rebases
    from wardwise.records.errors import WardwiseError
    from wardwise.store import places

    measures.load(measure, store.definitions)
    places.load(store.at()).area(area)
    today = datetime.now().astimezone().date().isoformat()
    given = {"measure": measure, "area": area, "month": month, "reason": reason, "by": by, "date": today}
    entry = rebases.checked(given, "the decision")
    if any(one.month == month for one in rebases.of(store.folder / "definitions", measure, area)):
        raise WardwiseError(
            f"{measure} in {area} already has a new level from {month}.",
            where=rebases.FILE,
            next_step="Change the entry in that file if its reason is wrong.",
        )
    return entry


def write(folder: Path, entry: Rebase) -> Path:
    """Add one decision to the register, in one step: a kill leaves the old file or the new one. What is there stays as it is."""
    from wardwise.analysis import rebases
    from wardwise.products.writing import replace_text
    from wardwise.store.lock import writing

    path = folder / "definitions" / rebases.FILE
    path.parent.mkdir(exist_ok=True)
    with writing(folder):
        before = path.read_text(encoding="utf-8") if path.is_file() else f"{_HEAD}rebases:\n"
        ended = before if before.endswith("\n") else f"{before}\n"
        replace_text(path, ended + entry.as_lines())
    return path


_HEAD = "# New levels that people have accepted, one entry each. A chart's mean and limits begin anew at each month.\n"


def _suggest(store: Store, measure: str, area: str, to: str) -> None:
    """Where the level seems to have moved, in the analyst's words: nothing is hidden here, and nothing is written."""
    from wardwise import measures
    from wardwise.analysis import new_level
    from wardwise.disclosure import Audience, release
    from wardwise.records.errors import WardwiseError
    from wardwise.records.periods import Period, shift
    from wardwise.reports.words import say_all

    if not to:
        raise WardwiseError(
            "It is not said which months to look at.",
            where="rebase",
            next_step="Give --to YYYY-MM to look for a new level, or --month, --reason and --by to record one.",
        )
    found = new_level.suggest(store.at(), measures.load(measure, store.definitions), area, Period(shift(to, -59), to))
    for sentence in say_all(release([found], Audience.ANALYST).findings[found.name]):
        say(sentence)
    for row in found.tables["levels"].rows:
        if not str(row["status"]).startswith("Accepted"):
            say(f"Next: wardwise rebase {measure} --area {area} --month {row['month']} --reason … --by …")
