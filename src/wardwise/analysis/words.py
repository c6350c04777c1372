"""Words that answers share: small numbers spelt out, lists joined, runs of months named. Never a count of people or events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from wardwise.methods.compare import Direction, Verdict
from wardwise.records.periods import Period, month_name, month_number

UNLIKELY = "Unlikely to be chance"
COULD_BE = "Could be chance"
UNCHANGED = "No change"
NOT_COMPARED = "Not compared"
NOT_STATED = "Not stated"

_SMALL = "none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
_ORDINAL = "first second third fourth fifth sixth seventh eighth ninth tenth"


def spelt(n: int) -> str:
    """“eleven”, up to twenty; figures from 21. For numbers of areas, months or measures, which disclose nobody."""
    return _SMALL.split()[n] if 0 <= n <= 20 else f"{n:,}"


def ordinal(n: int) -> str:
    """“fifth”, up to tenth; “11th” after."""
    if 1 <= n <= 10:
        return _ORDINAL.split()[n - 1]
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def listed(words: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def plural(n: int, one: str, many: str = "") -> str:
    """“one district”, “eleven districts”."""
    return f"{spelt(n)} {one if n == 1 else many or one + 's'}"


def runs(months: Iterable[str]) -> list[Period]:
    """Unbroken stretches of months, in order."""
    found: list[Period] = []
    for month in sorted(months):
        if found and month_number(month) == month_number(found[-1].end) + 1:
            found[-1] = Period(found[-1].start, month)
        else:
            found.append(Period(month, month))
    return found


def months_in_words(months: Iterable[str]) -> str:
    """“March to November 2019 and June 2020”."""
    return listed([run.label() if run.length > 1 else month_name(run.start) for run in runs(months)])


GAP = "months not supplied"
"""The name, in a finding's meta, of the months (YYYY-MM, blanks between) that its series lacks."""


def gap_caveat(months: Iterable[str]) -> str:
    """The caveat on months that a series lacks; empty when it lacks none. A document says it once for several series."""
    gone = sorted(months)
    return f"Not supplied, and left as a gap: {months_in_words(gone)}." if gone else ""


def literal(text: str) -> str:
    """Text that goes into a statement as it is: braces would be read as the name of a cell."""
    return text.replace("{", "{{").replace("}", "}}")


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """A title inside a sentence: “Recorded crime” becomes “recorded crime”, “ASB incidents” stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def spoken_title(title: str) -> str:
    """A title as it is said: without what stands in brackets at its end."""
    return re.sub(r"\s*\([^)]*\)$", "", title)


def verdict_words(verdict: Verdict) -> str:
    """What a table says about a change."""
    if verdict.direction is Direction.SAME:
        return UNCHANGED
    return UNLIKELY if verdict.distinguishable else COULD_BE


def chance_sentence(words: str) -> str:
    """The sentence that follows a change."""
    if words == UNLIKELY:
        return "A change this size rarely happens by chance."
    return "A change this size often happens by chance." if words == COULD_BE else ""
