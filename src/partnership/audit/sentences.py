"""Events as sentences for people. The words come from the steps; this room knows only how to put them together."""

from __future__ import annotations

from collections.abc import Mapping

from .models import Event

SYSTEM = "The system"


def sentence(event: Event, said: Mapping[str, str]) -> str:
    """One event as people would tell it: "Jo Field gave out action 7F3KQ2M9, because …".

    `said` holds each verb's sentence with {who} and {what}. A verb that is no longer declared is told by its name.
    """
    who = event.actor.name if event.actor else (event.acting_as or SYSTEM)
    told = said.get(event.verb, f"{{who}} took the step “{event.verb}” on {{what}}").format(who=who, what=event.subject)
    told += _moved(event)
    return f"{told}, because: {event.reason}" if event.reason else told


def _moved(event: Event) -> str:
    before, due = event.facts.get("due before"), event.facts.get("due")
    return f" (due {due} instead of {before})" if before else ""
