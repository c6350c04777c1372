"""Words that every writer prints around the blocks: captions, who may read it, the line at the foot of each page."""

from __future__ import annotations

from wardwise.records.shown import day

from .document import Document, Fact

AUDIENCES = {
    "analyst": "Analysts only. Small numbers are shown: do not pass on.",
    "partnership": "For the partnership. Not for publication.",
    "public": "Anyone. Numbers that could point to a person are hidden.",
}
SYNTHETIC = "Synthetic data: no real person or event"
DATA_APPENDIX = "Data behind the charts"


def figure(number: str, words: str) -> str:
    return f"Figure {number}: {words}"


def audience(document: Document) -> str:
    return AUDIENCES.get(document.audience, document.audience)


def facts(document: Document) -> tuple[Fact, ...]:
    """What stands under the title."""
    known = (
        Fact("Area", document.area),
        Fact("Period", document.period),
        Fact("Who may read it", audience(document)),
        Fact("Date", day(document.date)),
    )
    return tuple(fact for fact in known if fact.value)


def under_title(document: Document) -> str:
    """The same in one line, for a short document."""
    return " · ".join(filter(None, (document.area, document.period, _short(document), day(document.date))))


def footer(document: Document) -> str:
    """Title, audience and mark, for the foot of a printed page."""
    parts = [
        document.title,
        _short(document),
        "Synthetic data" if document.synthetic else "",
    ]
    return " · ".join(part for part in parts if part)


def _short(document: Document) -> str:
    known = {"analyst": "Analysts only", "partnership": "Partnership only", "public": "Public"}
    return known.get(document.audience, document.audience)
