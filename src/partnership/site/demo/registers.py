"""Entries of the registers, dated around today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wardwise.definitions.registers import Register, registers

from ...governance.models import Entry
from ...governance.steps import entries
from .story import Story, read


def fill(story: Story) -> None:
    file = read("registers")
    for register in registers().values():
        entries.start(register, by=story.by)
    for name, told in file["registers"].items():
        for one in told:
            _add(story, registers()[name], **one)
    for one in file["then"]:
        _take(story, Entry.unscoped_rows.get(register=one["register"], title=one["title"]), one["moves"])


def _add(story: Story, register: Register, title: str, answers: dict[str, Any], **more: Any) -> None:
    moves = more.pop("moves", ())
    keys = {"owner": story.organisations, "group": story.groups}
    core = {key: keys[key][value] if key in keys else value for key, value in more.items()}
    entry = entries.add(register, by=story.by, title=title, answers=_dated(story, register, answers), **core)
    _take(story, entry, moves)


def _take(story: Story, entry: Entry, moves: Iterable[dict[str, Any]]) -> None:
    register = registers()[entry.register]
    for taken in moves:
        move = next(move for move in register.moves if move.move == taken["move"])
        given = _dated(story, register, taken.get("answers", {}))
        entry = entries.take(entry, move, by=story.by, answers=given, reason=taken.get("reason", ""))


def _dated(story: Story, register: Register, answers: dict[str, Any]) -> dict[str, Any]:
    """Dates in the file are days from today."""
    days = {answer.name for answer in register.answers if answer.kind == "date"}
    return {name: story.day(value) if name in days else value for name, value in answers.items()}
