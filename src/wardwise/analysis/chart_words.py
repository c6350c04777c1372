"""What a control chart says, in sentences: where the latest month stands, which months stood out, which runs there were."""

from __future__ import annotations

import numpy as np

from wardwise.records.cells import MISSING
from wardwise.records.findings import Ref, Statement
from wardwise.records.periods import month_name

from .charting import Charted
from .words import plural, runs, sentence_case


def statements(charted: Charted, title: str, style: str = "count") -> list[Statement]:
    """Where the latest month stands; which months were beyond the limits; which runs there were."""
    if charted.lines is None:
        return [Statement(f"{title}: too few months were supplied to tell usual variation from change.")]
    if np.isnan(charted.lines.mean[-1]):
        return [
            Statement(f"{title}: too few months have passed since its new level to tell usual variation from change."),
            *_beyond(charted, style),
        ]
    now, earlier = _runs(charted)
    found = [*_latest(charted, title, style), *now, *_beyond(charted, style), *earlier]
    if len(found) == 1:
        found.extend(_close(charted))
    if len(found) == 1 and not charted.lines.signals.any().any():
        lead = "None of the months judged" if charted.out else "No month"
        found.append(Statement(f"{lead} shows a sign of a real change: the ups and downs are what chance would give."))
    return found


def _latest(charted: Charted, title: str, style: str) -> list[Statement]:
    known = [i for i, value in enumerate(charted.values) if value is not MISSING]
    at = known[-1]
    assert charted.signals is not None
    if charted.months[at] in charted.out:
        text = f"{title} stood at {{value}} in {month_name(charted.months[at])}, a month that is not judged: it is left out of the mean and limits."
        return [Statement(text, {"value": Ref("points", at, "value")}, {"value": style})]
    place = "within"
    if charted.signals.above[at]:
        place = "above"
    elif charted.signals.below[at]:
        place = "below"
    refs = {name: Ref("points", at, name) for name in ("value", "lower", "upper", "verdict")}
    span = "for the time of year, {lower} to {upper}" if charted.seasonal else "of {lower} to {upper} a month"
    text = f"{title} stood at {{value}} in {month_name(charted.months[at])}, {place} the usual range {span}."
    return [Statement(text, refs, {"value": style, "lower": style, "upper": style, "verdict": "text"})]


def _beyond(charted: Charted, style: str) -> list[Statement]:
    assert charted.signals is not None
    found = []
    for side, flags in (("above", charted.signals.above), ("below", charted.signals.below)):
        places = [int(i) for i in np.flatnonzero(flags)]
        if not places:
            continue
        refs = {f"v{i}": Ref("points", i, "value") for i in places[-6:]}
        named = ", ".join(f"{month_name(charted.months[i])} ({{v{i}}})" for i in places[-6:])
        which = plural(len(places), "month") if len(places) > 6 else ""
        lead = (
            f"{sentence_case(which)} stood {side} the usual range, most recently"
            if which
            else f"{sentence_case(side)} the usual range:"
        )
        found.append(Statement(f"{lead} {named}.", refs, dict.fromkeys(refs, style)))
    return found


def _close(charted: Charted) -> list[Statement]:
    """A sentence for the latest months that came close to a limit together, said where no other sign is."""
    assert charted.signals is not None
    found = []
    for side, flags in (("upper", charted.signals.near_upper), ("lower", charted.signals.near_lower)):
        stretches = runs(charted.months[int(i)] for i in np.flatnonzero(flags))
        if stretches:
            last = stretches[-1]
            places = [i for i, month in enumerate(charted.months) if last.start <= month <= last.end]
            refs = {f"v{i}": Ref("points", i, "value") for i in places}
            text = f"From {month_name(last.start)} to {month_name(last.end)} several months came close to the {side} limit, which chance rarely does."
            found.append(Statement(text, refs, dict.fromkeys(refs, "count")))
    return found


def _runs(charted: Charted) -> tuple[list[Statement], list[Statement]]:
    """A sentence for the latest run on each side: those that go on in the latest month known, then those that are over. It names months,
    not counts, and is hidden with any of its points."""
    assert charted.signals is not None
    found: tuple[list[Statement], list[Statement]] = ([], [])
    newest = max(month for month, value in zip(charted.months, charted.values, strict=True) if value is not MISSING)
    for side, flags in (("above", charted.signals.run_above), ("below", charted.signals.run_below)):
        stretches = runs(charted.months[int(i)] for i in np.flatnonzero(flags))
        if not stretches:
            continue
        last = stretches[-1]
        places = [i for i, month in enumerate(charted.months) if last.start <= month <= last.end]
        refs = {f"v{i}": Ref("points", i, "value") for i in places}
        usual = "what is usual for the time of year" if charted.seasonal else "its average"
        text = f"From {month_name(last.start)} to {month_name(last.end)} it was {side} {usual} for {plural(last.length, 'month')} in a row, which chance rarely does."
        found[last.end != newest].append(Statement(text, refs, dict.fromkeys(refs, "count")))
    return found
