"""Checks of single percentages: is it possible, does it follow from the counts beside it, is its base and its unit given?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardwise.analysis.claimed import change_fits, nearest_shares, share_fits, share_is

from .doubts import Doubt, Level, quoted
from .extract import Change, Share, changes, lines, shares
from .numbers import NUMBER, is_year
from .text import Text

PEOPLE = re.compile(
    r"\b(respondents?|women|men|victims?|offenders?|offender profile|families|referrals?|reports|participants?)\b",
    re.IGNORECASE,
)
"""Shares of people who were asked, referred or counted, for whom a reader must know how many there were."""

_OUT_OF = re.compile(
    r"\b(\d+|nine|four|three|two) (?:out of|in) (\d+|ten|five|four|three) (?=respondents|people|residents|of us|tell)",
    re.IGNORECASE,
)


def possible(text: Text) -> Iterator[Doubt]:
    """GRIM: no whole number of the whole can give the percentage; or the count printed beside it does not."""
    for passage in lines(text):
        for share in shares(passage):
            if share.whole and not share_fits(share.percent, share.whole):
                low, high = nearest_shares(share.percent, share.whole)
                why = f"No whole number of {share.whole:,} is {share.percent}%: the nearest are {low} and {high}."
                ask = "Ask for the number, and what it is a share of."
                yield Doubt("possible", Level.WRONG, passage.place, quoted(share.sentence), why, ask)
            elif share.whole and share.count is not None and not share_is(share.percent, share.count, share.whole):
                why = f"{share.count:,} of {share.whole:,} is {100 * share.count / share.whole:.1f}%, not {share.percent}%."
                yield Doubt(
                    "possible", Level.WRONG, passage.place, quoted(share.sentence), why, "Ask which number is right."
                )


def follows(text: Text) -> Iterator[Doubt]:
    """A change that does not follow from the counts printed with it."""
    for passage in lines(text):
        for change in changes(passage):
            why = _does_not_follow(change)
            if why:
                yield Doubt(
                    "arithmetic", Level.WRONG, passage.place, quoted(change.sentence), why, "Ask which number is right."
                )


def _does_not_follow(change: Change) -> str:
    before, after = change.before, change.after
    if before is not None and after is not None:
        if not change_fits(change.percent, before, after) and before:
            return (
                f"From {before:,} to {after:,} is {abs(100 * (after - before) / before):.1f}%, not {change.percent}%."
            )
        if change.difference is not None and abs(after - before) != abs(change.difference):
            return f"From {before:,} to {after:,} is a difference of {abs(after - before):,}, not {abs(change.difference):,}."
        if (after - before) * change.direction < 0:
            return f"From {before:,} to {after:,} is a {'fall' if after < before else 'rise'}, and the words say the other."
    elif change.difference and change.base is None:
        return f"No earlier count gives {change.percent}% for a difference of {abs(change.difference):,}."
    return ""


def units(text: Text) -> Iterator[Doubt]:
    """A share that changed by “%”: percentage points, or percent of the share? They are not the same number."""
    for passage in text.passages:
        for change in changes(passage):
            beside = _share_of(change)
            if not beside or change.difference is not None or change.before is not None:
                continue
            share = beside[-1]
            rise = change.direction
            points = share.percent - rise * change.percent
            relative = share.percent / (1 + rise * change.percent / 100)
            why = (
                f"A share of {share.percent}% that changed by {change.percent}% may have been {points:.1f}% before "
                f"(percentage points) or {relative:.1f}% (percent of the share)."
            )
            yield Doubt(
                "unit",
                Level.ASK,
                passage.place,
                quoted(change.sentence),
                why,
                "Ask for both shares, and say “percentage points” if that is meant.",
            )


def _one_thing(share: Share, change: Change) -> bool:
    """Whether the change is said of the share: they are joined by “which was”, “representing”, “a”, and the share has no count."""
    between = share.sentence[share.start :]
    joined = re.search(
        r"(which (?:was|is|represents)|representing|this (?:was|is)|an? (?:increase|reduction|decrease|rise|fall))",
        between,
    )
    return share.count is None and joined is not None and str(change.percent) in between


def bases(text: Text) -> Iterator[Doubt]:
    """A percentage of people without the number of people: how many were asked, referred or counted?"""
    for passage in text.passages:
        sentences = passage.sentences()
        for place, sentence in enumerate(sentences):
            near = [sentences[place - 1]] if place else []
            near += [after for after in sentences[place + 1 : place + 2] if after.lower().startswith(("these", "this"))]
            said = _share_of_unknown(sentence, " ".join(near), shares(passage)) or _spoken(sentence)
            if said:
                why = f"“{said}” of how many? Without the number, a reader cannot tell four people from four thousand."
                ask = "Give the number of people (n) beside the percentage."
                yield Doubt("base", Level.ASK, passage.place, quoted(sentence), why, ask)


def _share_of_unknown(sentence: str, near: str, held: list[Share]) -> str:
    """The first percentage of people for which no number stands before it, in its sentence or near it."""
    for share in held:
        if share.sentence != sentence or share.count is not None or share.whole is not None:
            continue
        around = sentence[max(0, share.start - 60) : share.start + 30]
        if PEOPLE.search(around) and not _has_base(f"{near} {sentence[: share.start]}"):
            return f"{share.percent}%"
    return ""


def _spoken(sentence: str) -> str:
    found = _OUT_OF.search(sentence)
    return found[0].strip() if found and not _has_base(sentence.replace(found[0], "")) else ""


_NO_BASE = re.compile(
    r"\d+(?:\.\d+)?\s?%|£[\d.,]+|\b\d+(?:\.\d+)?-\d+%?|aged? \d+|\bage of \d+|\bunder-?\s?\d+|\d+\+|between \d+ and \d+"
)


def _has_base(near: str) -> bool:
    """Whether a count in figures that could be a whole (10 or more) stands near; years, ages and percentages are none."""
    found = [m for m in re.findall(NUMBER, _NO_BASE.sub(" ", near)) if not is_year(m)]
    return any(int(number.replace(",", "")) >= 10 for number in found)


def uncounted(text: Text) -> Iterator[Doubt]:
    """A change in percent and no count anywhere: two of 25, or two thousand of 25,000?"""
    everything = [change for passage in lines(text) for change in changes(passage)]
    counted = {change.percent for change in everything if change.difference is not None or change.before is not None}
    bare: dict[tuple[str, str], list[Change]] = {}
    for change in everything:
        alone = change.difference is None and change.before is None and change.percent not in counted
        if alone and not _has_base(change.sentence) and not _share_of(change):
            bare.setdefault((change.passage.place, change.sentence), []).append(change)
    for (place, sentence), found in bare.items():
        named = " and ".join(f"{change.percent}%" for change in found)
        why = f"A change of {named} without a count: a reader cannot tell whether it is large or chance."
        yield Doubt("count", Level.ASK, place, quoted(sentence), why, "Give both counts beside it.")


def _share_of(change: Change) -> list[Share]:
    """The shares of which the change is said, as in “14.8% was alcohol related, which was a reduction of 2.6%”."""
    held = [share for share in shares(change.passage) if share.sentence == change.sentence]
    return [share for share in held if _one_thing(share, change)]
