"""Whether a product's words name another release of the Indices of Deprivation than its figures and maps are of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from wardwise.analysis.words import listed
from wardwise.disclosure import Released

_NAMED = re.compile(
    r"\b(?:ind(?:ex|ices) of (?:multiple )?deprivation|I(?:MD|oD|D)\b)\W{0,3}(?:for|of|from|in)?\W{0,3}((?:19|20)\d\d)",
    re.IGNORECASE,
)
_USED = re.compile(r"\bedition ((?:19|20)\d\d)\b", re.IGNORECASE)
EDITION = "edition"
"""Name of the column in which an answer says which release a row is of."""


def used(answers: Iterable[Released]) -> tuple[str, ...]:
    """The releases that the answers' figures are of, in order."""
    found = (
        match
        for released in answers
        for table in released.tables.values()
        if any(column.name == EDITION for column in table.columns)
        for row in table.rows
        for match in _USED.findall(str(row[EDITION]))
    )
    return tuple(sorted(set(found)))


def named(texts: Iterable[str]) -> tuple[str, ...]:
    """The releases that words name, such as “Indices of Deprivation 2015” or “IMD 2019”, in order."""
    return tuple(sorted({match for text in texts for match in _NAMED.findall(text)}))


def mismatch(texts: Sequence[str], answers: Mapping[str, Released]) -> str:
    """The warning to print where words and figures are of different releases, or figures of more than one; empty where all agree."""
    held, said = used(answers.values()), named(texts)
    other = [edition for edition in said if edition not in held]
    if held and other:
        return (
            f"Releases do not match: the words name the Indices of Deprivation {listed(other)}, and the figures are of {listed(held)}. "
            "Small areas and ranks differ between releases, so one does not bear out the other."
        )
    if len(held) > 1:
        return f"Figures of different releases of the Indices of Deprivation stand here ({listed(held)}). They cannot be compared."
    return ""
