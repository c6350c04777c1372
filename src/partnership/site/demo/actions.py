"""Meetings, and actions in every state, dated around today."""

from __future__ import annotations

from . import meetings
from .story import Story, read


def fill(story: Story) -> None:
    meetings.fill(story)
    for told in read("actions")["actions"]:
        group = story.groups[told.pop("group")]
        meetings.give(story, group, told)
