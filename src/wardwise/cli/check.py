"""wardwise check: reads a report and tests what it says."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .screen import say, say_json

if TYPE_CHECKING:
    from wardwise.claims import Doubt


def check(
    file: Annotated[Path, typer.Argument(help="A report: text, Markdown, Word (.docx) or a web page.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read a report and test its claims. The exit code is 1 when something in it cannot be right.

    \b
    It asks of every number: is this percentage possible, do the parts make the whole, is it percent or percentage points, are the
    periods equal, how many is it of, could it be chance; and whether a person is named.

    \b
    Examples:
      wardwise check performance-report.docx
      wardwise check plan.txt --json
    """
    from wardwise.claims import Level, check_file

    found = check_file(file)
    if as_json:
        say_json({"file": file.name, "doubts": [asdict(doubt) for doubt in found]})
    else:
        _print(file.name, found)
    if any(doubt.level is Level.WRONG for doubt in found):
        raise typer.Exit(1)


def _print(name: str, found: tuple[Doubt, ...]) -> None:
    for doubt in found:
        say(f"{doubt.place}: {doubt.level.value} ({doubt.check})")
        if doubt.says:
            say(f"  It says: {doubt.says}")
        say(f"  {doubt.why}")
        say(f"  {doubt.ask}")
        say()
    say(f"{name}: {_counted(found)}")


def _counted(found: tuple[Doubt, ...]) -> str:
    from wardwise.claims import Level

    many = [f"{sum(doubt.level is level for doubt in found)} {level.value}" for level in Level]
    return ", ".join(many) + "." if found else "nothing to doubt was found. That does not prove it right."
