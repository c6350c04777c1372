"""Questions of what worked: about one pilot, declared in definitions/evaluations or spelt out in the block's options."""

from __future__ import annotations

from collections.abc import Callable

from wardwise.analysis import displaced, planned, stepped, what_worked
from wardwise.analysis.pilots import Pilot
from wardwise.records.findings import Findings

from ..enquiry import Enquiry
from ..evaluations import chosen
from .shape import Options, Question

Asked = Callable[..., Findings | None]


def _of_pilot(ask: Asked) -> Question:
    """The question about the pilot that the options choose; None when none is declared for the area."""

    def question(at: Enquiry, name: str, given: Options) -> Findings | None:
        found = _pilot(at, given)
        return ask(at.asker, found[0], found[1], at.period.end, name=name) if found else None

    return question


def _pilot(at: Enquiry, given: Options) -> tuple[str, Pilot] | None:
    evaluation = chosen(at.area, given, at.asker.own)
    if evaluation is None:
        return None
    for code in (*evaluation.target, *evaluation.comparison, *evaluation.buffer, *evaluation.comparison_buffer):
        at.places.area(code)
    return str(given.get("measure", evaluation.measure)), evaluation.pilot()


def _power(at: Enquiry, name: str, given: Options) -> Findings | None:
    found = _pilot(at, given)
    if found is None:
        return None
    asked = float(given.get("fall", 0.2))
    return planned.power(at.asker, found[0], found[1], at.period.end, asked=asked, name=name)


QUESTIONS: dict[str, Question] = {
    "cost": _of_pilot(what_worked.cost),
    "displacement": _of_pilot(displaced.displacement),
    "interrupted": _of_pilot(stepped.interrupted),
    "power": _power,
    "what-worked": _of_pilot(what_worked.what_worked),
}
