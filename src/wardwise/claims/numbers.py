"""Numbers, periods and changes as people write them in reports."""

from __future__ import annotations

import re
from decimal import Decimal

from wardwise.records.periods import Period

NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
PERCENT = re.compile(r"(?<![\d.,-])(\d+(?:\.\d+)?)\s?(?:%|per cent\b|percent\b)(?!\s*points?)")
BRACKET = re.compile(rf"^\s*\(\s*(?:n\s*=\s*)?(?P<sign>[+−–-]?)\s*(?P<count>{NUMBER})\s*(?P<noun>[a-z]+)?\s*\)")
"""“(n=+932)”, “(-2 offences)”, “(n=1086)”, right after a percentage."""

RISE = r"increas\w*|rise[ns]?|rose|risen|up|higher|growth|grew"
FALL = r"reduc\w*|decreas\w*|fall(?:en|s|ing)?|fell|down|drop\w*|lower"
_TAIL = r"(?:\W+(?:of|by|in|over|around|approximately|about|nearly|almost|a|an|the|total|just|further)\b)*\W*$"
_BEFORE = re.compile(rf"\b(?:(?P<rise>{RISE})|(?P<fall>{FALL})){_TAIL}", re.IGNORECASE)
_AFTER = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:year on year\s+)?(?:(?P<rise>increase|rise|growth)|(?P<fall>reduction|decrease|fall|drop))\b",
    re.IGNORECASE,
)

WORDS = {
    word: value
    for value, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
        ],
        1,
    )
}
ANY_NUMBER = re.compile(rf"(?<![\w.,£])({NUMBER}|{'|'.join(WORDS)})(?![\d%,.]*\d|\s?%|\w)", re.IGNORECASE)

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<{0}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_SPAN = re.compile(
    _MONTH.format("m1") + r"\s*(?P<y1>\d{4})?\s*(?:–|-|—|to|and|until)?\s*" + _MONTH.format("m2") + r"\s*(?P<y2>\d{4})",
    re.IGNORECASE,
)
_FINANCIAL = re.compile(r"\b(?P<y1>(?:19|20)\d\d)\s*/\s*(?P<y2>\d{2}|\d{4})\b")
_YEAR = re.compile(r"^\s*((?:19|20)\d\d)\s*$")


def whole(text: str) -> int:
    """The whole number that a word or figures stand for."""
    plain = text.strip().lower()
    return WORDS[plain] if plain in WORDS else int(plain.replace(",", ""))


def decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def direction(before: str, after: str) -> int:
    """+1 for a rise, −1 for a fall, 0 when the words around a percentage tell of no change."""
    found = _BEFORE.search(before) or _AFTER.match(after)
    if found is None:
        return 0
    return 1 if found["rise"] else -1


def period(text: str) -> Period | None:
    """The period that words such as “April 2015 – March 2016” or “2014/15” name; None when they name none."""
    span = _SPAN.search(text)
    if span:
        last = int(span["y2"])
        first = int(span["y1"]) if span["y1"] else last
        months = [_MONTHS.index(span[name].lower()) + 1 for name in ("m1", "m2")]
        start, end = f"{first}-{months[0]:02}", f"{last}-{months[1]:02}"
        return Period(start, end) if start <= end else None
    year = _FINANCIAL.search(text)
    if year:
        first = int(year["y1"])
        return Period(f"{first}-04", f"{first + 1}-03")
    return None


def is_year(text: str) -> bool:
    """Four figures that are a year rather than a count."""
    return bool(re.fullmatch(r"(19|20)\d\d", text))


def bare_year(text: str) -> bool:
    """A calendar year on its own, which may mean any twelve months, or fewer."""
    return bool(_YEAR.match(text))
