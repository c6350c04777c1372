"""The one gate before anything is shown: all findings of a product go in together, what this audience may see comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ..records.findings import Findings
from .check import check
from .grid import gather
from .mask import Mask
from .released import SEAL, Audience, Released
from .thresholds import SHIPPED, Thresholds


@dataclass(frozen=True)
class Release:
    """findings: what may be shown, by the findings' name. log: plain sentences on what was hidden and why."""

    findings: Mapping[str, Released]
    log: tuple[str, ...] = ()


def release(findings: Sequence[Findings], audience: Audience, *, thresholds: Thresholds = SHIPPED) -> Release:
    """Release every finding of a product for an audience.

    Counts too small for the audience are hidden, and with them what was worked out from them.
    Raises WardwiseError when the findings cannot be guarded (see `check`) or name an unknown profile.
    """
    check(findings)
    grid = gather(findings, audience, thresholds)
    hidden = {i for i, count in enumerate(grid.counts) if count.rule.hides(count.value)}
    unreadable = frozenset(grid.counts[i].key for i in hidden if grid.counts[i].key)
    mask = Mask(grid, hidden, audience, unreadable)
    return Release(MappingProxyType({finding.name: _released(finding, mask) for finding in findings}))


def _released(finding: Findings, mask: Mask) -> Released:
    tables = mask.tables(finding)
    return Released(
        name=finding.name,
        title=finding.title,
        audience=mask.audience,
        profile=finding.profile,
        tables=tables,
        statements=tuple(mask.sentence(statement, tables) for statement in finding.statements),
        method=finding.method,
        caveats=finding.caveats,
        sources=finding.sources,
        meta=finding.meta,
        seal=SEAL,
    )
