"""The scorecard, declared: what is asked of each indicator, how its standing is told, and when a recovery plan opens and may close."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from .find import DefinitionError, files, read

FACTS: dict[str, frozenset[str]] = {
    "figure": frozenset({"held", "missing"}),
    "signal": frozenset({"none", "worse", "better", "reading"}),
    "target": frozenset({"none", "met", "behind", "missed"}),
    "capable": frozenset({"yes", "no", "unknown"}),
}
"""What a standing may be told from, and what each may be."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Asked(Strict):
    """One question of the library. measure: the option under which the measure goes; “every” hands over all of them. months: how far back its period
    reaches, 1 unless told. fewest: rows that its first table must have. other: for a measure, the one that is asked about in its place."""

    name: str
    title: str
    ask: str
    measure: Literal["", "measure", "measures", "every"] = ""
    chart: str = ""
    months: int = Field(default=1, ge=1, le=120)
    fewest: int = Field(default=0, ge=0)
    other: Mapping[str, str] = Field(default_factory=dict)
    options: Mapping[str, Any] = Field(default_factory=dict, alias="with")


class Standing(Strict):
    """How an indicator stands. fails: whether it calls for a recovery plan and stands among the exceptions of the board's papers."""

    standing: str
    when: Mapping[str, tuple[str, ...]]
    tag: str
    colour: Literal["grey", "blue", "teal", "green", "yellow", "orange", "red", "purple"]
    words: str
    fails: bool = False

    @model_validator(mode="after")
    def knows_its_facts(self) -> Standing:
        for fact, values in self.when.items():
            if fact not in FACTS:
                raise ValueError(f"“{fact}” is not something a standing is told from. Use one of: {', '.join(FACTS)}")
            if unknown := sorted(set(values) - FACTS[fact]):
                raise ValueError(f"“{fact}” is never “{unknown[0]}”. Use one of: {', '.join(sorted(FACTS[fact]))}")
        return self

    def holds(self, facts: Mapping[str, str]) -> bool:
        return all(facts[fact] in values for fact, values in self.when.items())


class Exit(Strict):
    """What must hold before a plan may close: so many months in a row without a sign of worse, or the target reached."""

    quiet_months: int = Field(default=0, ge=0, le=24)
    target: Literal["", "met"] = ""

    @model_validator(mode="after")
    def asks_something(self) -> Exit:
        if not (self.quiet_months or self.target):
            raise ValueError("an exit test asks for quiet months, or for the target")
        return self


class RecoveryRule(Strict):
    """Opens a recovery plan for an indicator that stands so."""

    rule: str
    when: tuple[str, ...] = Field(min_length=1)
    words: str
    exit: Exit
    exit_words: str


class Scorecard(Strict):
    scorecard: str
    owner: str
    checked_by: str
    review_by: Any
    serves: tuple[str, ...] = Field(min_length=1)
    asks: tuple[Asked, ...] = Field(min_length=1)
    whole: tuple[Asked, ...] = ()
    standings: tuple[Standing, ...] = Field(min_length=1)
    recovery: tuple[RecoveryRule, ...] = ()

    @model_validator(mode="after")
    def holds_together(self) -> Scorecard:
        names = [each.standing for each in self.standings]
        asked = [each.name for each in (*self.asks, *self.whole)]
        for what, given in (("standing", names), ("question", asked)):
            if twice := [name for name in given if given.count(name) > 1]:
                raise ValueError(f"the {what} “{twice[0]}” is declared twice")
        if self.standings[-1].when:
            raise ValueError("the last standing must hold whatever the facts are: give it no conditions")
        for rule in self.recovery:
            if unknown := sorted(set(rule.when) - set(names)):
                raise ValueError(f"the rule “{rule.rule}” names the standing “{unknown[0]}”, which there is not")
        return self

    def standing(self, facts: Mapping[str, str]) -> Standing:
        """The first standing whose conditions hold. The last holds always."""
        return next(each for each in self.standings if each.holds(facts))

    def recovery_rule(self, standing: Standing) -> RecoveryRule | None:
        return next((rule for rule in self.recovery if standing.standing in rule.when), None)


@cache
def scorecard(name: str = "standard", own: Path | None = None) -> Scorecard:
    """The scorecard of that name, a partnership's own before the shipped. Raises DefinitionError for one that does not hold together."""
    path = next((path for path in files("scorecard", own) if path.stem == name), None)
    if path is None:
        raise DefinitionError(
            f"There is no scorecard called “{name}”.", where="definitions/scorecard", next_step="Use standard."
        )
    try:
        return Scorecard.model_validate(read(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise DefinitionError(
            f"This scorecard does not hold together: {first['msg'].removeprefix('Value error, ')}.",
            where=f"{path.name}: {'.'.join(str(part) for part in first['loc'])}",
            next_step="Correct it and try again.",
        ) from error
