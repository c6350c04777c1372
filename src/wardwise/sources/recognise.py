"""Which source a file is, from its header and name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..records.errors import WardwiseError
from .declaration import Source
from .mapping import fold, headings


def fits(source: Source, header: Sequence[str], file: str, sheet: str = "") -> bool:
    """Whether a file with this header, name and (in a workbook) sheet can be this source."""
    told, folded = source.recognise, {fold(each) for each in header}
    return (
        {fold(each) for each in told.columns} <= folded
        and not {fold(each) for each in told.without} & folded
        and all(any(re.search(pattern, each.strip(), re.IGNORECASE) for each in header) for pattern in told.matching)
        and (told.file is None or re.search(told.file, file, re.IGNORECASE) is not None)
        and (told.sheet is None or re.search(told.sheet, sheet, re.IGNORECASE) is not None)
    )


def find(sources: Sequence[Source], header: Sequence[str], file: str, sheet: str = "") -> Source | None:
    """The source that fits; of several, the one recognised by most columns, then the one that reads most of the file's columns.

    Raises WardwiseError when two are equal in that.
    """
    weights = {
        each.source: (*_weight(each), _named(each, header)) for each in sources if fits(each, header, file, sheet)
    }
    fitting = sorted(
        (each for each in sources if each.source in weights), key=lambda e: weights[e.source], reverse=True
    )
    if len(fitting) > 1 and weights[fitting[0].source] == weights[fitting[1].source]:
        raise WardwiseError(
            f"This file could be {fitting[0].source} or {fitting[1].source}.",
            where=file,
            next_step="Make their declarations differ under “recognise”: name a column that only one has, or the file's name.",
        )
    return fitting[0] if fitting else None


def _weight(source: Source) -> tuple[int, int]:
    told = source.recognise
    return len(told.columns) + len(told.matching), len([x for x in (told.file, told.sheet, *told.without) if x])


def check(source: Source, header: Sequence[str], file: str) -> None:
    """Raises WardwiseError when the file lacks a column that the source needs, or has one twice."""
    folded = [fold(each) for each in header]
    lacking = [" or ".join(names) for names in headings(source) if not {fold(each) for each in names} & set(folded)]
    if lacking:
        raise WardwiseError(
            f"This looks like {source.title}, and has no column {_words(lacking)}.",
            where=file,
            next_step=f"Ask for the whole file, or declare where the values are in your own copy of {source.source}.yaml.",
        )
    used = {fold(each) for names in headings(source) for each in names}
    twice = sorted({each for each in folded if folded.count(each) > 1 and each in used})
    if twice:
        raise WardwiseError(
            f"This file has more than one column called {_words(twice)}.",
            where=file,
            next_step="Rename or remove the one that is not wanted.",
        )


def unknown(sources: Iterable[Source], header: Sequence[str], file: str) -> WardwiseError:
    """The error for a file that no declaration fits, with the nearest one and what the file lacks for it."""
    folded = {fold(each) for each in header}
    nearest = max(sources, key=lambda each: _share(each, folded), default=None)
    if nearest is None or _share(nearest, folded)[0] < 0.5:
        return WardwiseError(
            "This file is not of a kind that Wardwise knows.",
            where=file,
            next_step="See the kinds with: wardwise sources. A new kind is declared in a file: docs/reference/sources.md.",
        )
    lacking = [each for each in nearest.recognise.columns if fold(each) not in folded]
    told = f"It has no column {_words(lacking)}." if lacking else "Its name does not fit that source."
    return WardwiseError(
        f"This file is not of a kind that Wardwise knows. It is most like {nearest.title}. {told}",
        where=file,
        next_step=f"If a column was renamed, say so in your own copy of {nearest.source}.yaml (docs/reference/sources.md).",
    )


def _named(source: Source, header: Sequence[str]) -> int:
    """How many of the file's headings the declaration names."""
    return len(_headings(source) & {fold(each) for each in header})


def _headings(source: Source) -> set[str]:
    named = {fold(each) for _, origin in source.mappings() for each in origin.columns}
    return named | {fold(each) for each in source.recognise.columns}


def _share(source: Source, folded: set[str]) -> tuple[float, int]:
    """Of all headings that the declaration names, the share that the file has, and how many."""
    named = _headings(source)
    return (len(named & folded) / len(named) if named else 0.0), len(named & folded)


def _words(names: Sequence[str]) -> str:
    return ", ".join(f"“{each}”" for each in names)
