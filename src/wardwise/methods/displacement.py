"""Did crime fall where something was done, and did it move next door? Weighted displacement difference, and the older quotient.

A. P. Wheeler & J. H. Ratcliffe, “A simple weighted displacement difference test to evaluate place based crime interventions”,
Crime Science 7:11 (2018). K. J. Bowers & S. D. Johnson, “Measuring the geographical displacement and diffusion of benefit effects
of crime prevention activity”, Journal of Quantitative Criminology 19 (2003). R. T. Guerette, “Analyzing crime displacement and
diffusion”, Problem-Oriented Guides for Police, Tool Guide 10 (2009), appendix B.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .rates import _normal

FEW = 5
"""Below 5 events in any cell the normal approximation is rough (Wheeler & Ratcliffe 2018, simulations at small counts)."""


@dataclass(frozen=True)
class Counts:
    """Events before and after in one area. size: area or street length, where densities are compared; 1 for counts."""

    before: float
    after: float
    size: float = 1.0


NONE = Counts(0, 0)


@dataclass(frozen=True)
class Difference:
    """Change beyond that of the comparison area, in events of the time unit used: where it was done (local), next door (spill)
    and both (total), with standard errors. lower, upper, z and p are of the total; z is nought when nothing ever happened."""

    local: float
    local_error: float
    spill: float
    spill_error: float
    total: float
    total_error: float
    z: float
    p: float
    lower: float
    upper: float
    few: bool


@dataclass(frozen=True)
class Quotient:
    """gross and net effect; success: change of the target's ratio to the comparison area (below nought is a fall); buffer: the same
    next door; quotient: buffer over success, None when there was no success to displace. total: events prevented, net of
    what moved. quotient above 0: benefits spread; below 0: crime moved; below −1: more moved than was prevented."""

    gross: float
    net: float
    success: float
    buffer: float
    quotient: float | None
    total: float


def weighted_difference(
    target: Counts,
    comparison: Counts,
    target_buffer: Counts = NONE,
    comparison_buffer: Counts = NONE,
    *,
    time_before: float = 1.0,
    time_after: float = 1.0,
    spread: float = 1.0,
    confidence: float = 0.95,
) -> Difference:
    """The weighted displacement difference (Wheeler & Ratcliffe 2018, equations 1 and 2). time_before and time_after: the lengths of
    the two periods; the answer is then for each unit of time. A fall is below nought. Counts are taken to be Poisson, or, with
    `spread` above 1, to vary so many times more (ours: the paper has Poisson only)."""
    local, local_variance = _difference(target, comparison, time_before, time_after)
    spill, spill_variance = _difference(target_buffer, comparison_buffer, time_before, time_after)
    local_variance, spill_variance = local_variance * spread, spill_variance * spread
    total, error = local + spill, math.sqrt(local_variance + spill_variance)
    z = total / error if error else 0.0
    reach = _normal(confidence) * error
    cells = [n for area in (target, comparison) for n in (area.before, area.after)]
    cells += [n for area in (target_buffer, comparison_buffer) if area is not NONE for n in (area.before, area.after)]
    errors = math.sqrt(local_variance), math.sqrt(spill_variance)
    p = math.erfc(abs(z) / math.sqrt(2))
    return Difference(
        local, errors[0], spill, errors[1], total, error, z, p, total - reach, total + reach, min(cells) < FEW
    )


def _difference(ours: Counts, theirs: Counts, time_before: float, time_after: float) -> tuple[float, float]:
    change = sum(
        sign * (area.after / time_after - area.before / time_before) / area.size
        for sign, area in ((1, ours), (-1, theirs))
    )
    variance = sum(
        (area.after / time_after**2 + area.before / time_before**2) / area.size**2 for area in (ours, theirs)
    )
    return change, variance


def quotient(target: Counts, buffer: Counts, comparison: Counts) -> Quotient:
    """The weighted displacement quotient and the total net effects, by Guerette's (2009) formulas. It has no standard error, which is
    why the difference above is the one to decide by. Raises ValueError when the comparison area had no event before or after."""
    if comparison.before <= 0 or comparison.after <= 0:
        raise ValueError("the quotient needs events in the comparison area both before and after")
    success = target.after / comparison.after - target.before / comparison.before
    moved = buffer.after / comparison.after - buffer.before / comparison.before
    growth = comparison.after / comparison.before
    total = sum(area.before * growth - area.after for area in (target, buffer))
    ratio = moved / success if success else None
    return Quotient(target.before - target.after, -success, success, moved, ratio, total)
