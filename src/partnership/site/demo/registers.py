"""Entries of the registers, dated around today."""

from __future__ import annotations

from typing import Any

from wardwise.definitions.registers import Register, registers

from ...governance.steps import entries
from .story import Story, read


def fill(story: Story) -> None:
    for name, told in read("registers")["registers"].items():
        for one in told:
            _add(story, registers()[name], **one)


def _add(story: Story, register: Register, title: str, answers: dict[str, Any], **more: Any) -> None:
    moves = more.pop("moves", ())
    core = {key: story.organisations[value] if key == "owner" else story.groups[value] for key, value in more.items()}
    entry = entries.add(register, by=story.by, title=title, answers=_dated(story, register, answers), **core)
    for taken in moves:
        move = next(move for move in register.moves if move.move == taken["move"])
        given = _dated(story, register, taken.get("answers", {}))
        entry = entries.take(entry, move, by=story.by, answers=given, reason=taken.get("reason", ""))


def _dated(story: Story, register: Register, answers: dict[str, Any]) -> dict[str, Any]:
    """Dates in the file are days from today."""
    days = {answer.name for answer in register.answers if answer.kind == "date"}
    return {name: story.day(value) if name in days else value for name, value in answers.items()}
