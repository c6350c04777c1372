"""Actions in every state, dated around today."""

from __future__ import annotations

from ...meetings.steps import actions
from .story import Story, read


def fill(story: Story) -> None:
    for one in read("actions")["actions"]:
        action = actions.give(
            story.groups[one["group"]],
            by=story.by,
            title=one["title"],
            owner=story.organisations[one["owner"]],
            due=story.day(one["due"]),
            detail=one.get("detail", ""),
            tag=one.get("tag", ""),
            exempt=one.get("exempt", ""),
        )
        for text in one.get("progress", ()):
            action = actions.report(action, by=story.by, text=text)
        if result := one.get("result"):
            actions.complete(action, by=story.by, result=result, evidence=one.get("evidence", ""))
