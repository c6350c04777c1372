"""The one gate before anything is shown: all findings of a product go in together, what this audience may see comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ..records.findings import Findings
from . import log
from .check import check
from .mask import Mask
from .plan import plan
from .register import Entry, new_entries
from .released import SEAL, Audience, Released
from .thresholds import SHIPPED, Thresholds


@dataclass(frozen=True)
class Release:
    """findings: what may be shown, by the findings' name. entries: what the register gains. log: plain sentences on what was
    hidden, why, and what risk is left; they hold no hidden count."""

    findings: Mapping[str, Released]
    entries: tuple[Entry, ...] = ()
    log: tuple[str, ...] = ()


def release(
    findings: Sequence[Findings],
    audience: Audience,
    register: Sequence[Entry] = (),
    *,
    thresholds: Thresholds = SHIPPED,
    product: str = "",
    released: str = "",
) -> Release:
    """Release every finding of a product for an audience, together.

    Counts too small for the audience are hidden, then as few others as needed so that no hidden one can be worked out from totals,
    from other tables or from what went out before (`register`), then every rate, sentence and
    statistic that rests on a hidden count. product and released (YYYY-MM-DD) are written in the new entries.
    Raises WardwiseError when the findings cannot be guarded (see `check`) or name an unknown profile.
    """
    check(findings)
    decided = plan(findings, audience, register, thresholds)
    mask = Mask(decided.grid, decided.hidden, audience)
    return Release(
        MappingProxyType({finding.name: _released(finding, mask, thresholds) for finding in findings}),
        new_entries(decided.grid.counts, decided.hidden, audience, product, released, register),
        log.sentences(decided, audience),
    )


def _released(finding: Findings, mask: Mask, thresholds: Thresholds) -> Released:
    rule = thresholds.rule(finding.profile, mask.audience)
    masked = mask.over(finding, rule)
    hidden = log.hidden_cells(masked.tables)
    return Released(
        name=finding.name,
        title=finding.title,
        audience=mask.audience,
        profile=finding.profile,
        tables=masked.tables,
        statements=tuple(masked.sentence(statement) for statement in finding.statements),
        method=finding.method,
        shared_methods=finding.shared_methods,
        caveats=finding.caveats,
        sources=finding.sources,
        meta=finding.meta,
        key=log.key(rule, hidden),
        rounding=log.rounding(rule),
        hidden=hidden,
        seal=SEAL,
    )
