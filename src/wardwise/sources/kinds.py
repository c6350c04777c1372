"""What the text of a cell is read as, as DuckDB SQL. Each function takes an expression for clean text (outer spaces gone, NULL
where empty) and gives an expression that is NULL where the text cannot be read. Cheap tests come first: nearly every cell passes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..store.duckdb import text as quoted
from .declaration import Kind

_ISO_DAY = r"^\d{4}-\d{2}-\d{2}([T ].*)?$"
_DAY_FIRST = r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_DAY_FIRST_SHORT = r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$"
_DAY_WORD = r"^\d{1,2}[ -]([A-Za-z]+)[ -]\d{4}"
_DAY_WORD_SHORT = r"^\d{1,2}[ -]([A-Za-z]+)[ -]\d{2}$"
_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
_MONTH_FORMATS = ("%B %Y", "%b %Y", "%B-%Y", "%b-%Y", "%Y %B", "%Y %b", "%m/%Y", "%m-%Y", "%Y/%m", "%Y-%m")
_MONTH_FORMATS_SHORT = ("%b-%y", "%b %y", "%B-%y", "%B %y")
_FOUR_DIGITS = r"\d{4}"
_WHOLE = r"^[+-]?\d{1,18}$"
_WHOLE_WRITTEN = r"^[+-]?\d[\d,]*(\.0*)?$"
_CLOCK = r"(?:^|[T ])([01]?\d|2[0-3]):?([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$"
_YES, _NO = "('yes', 'y', 'true', 't', '1')", "('no', 'n', 'false', 'f', '0')"


def _matches(x: str, pattern: str) -> str:
    return f"regexp_matches({x}, {quoted(pattern)})"


def _parsed(x: str, formats: Sequence[str]) -> str:
    listed = ", ".join(quoted(each) for each in formats)
    return f"try_strptime({x}, [{listed}])"


def day(x: str, formats: Sequence[str] = ()) -> str:
    """A DATE. Day before month, always; a time after it is ignored."""
    tried = [
        f"WHEN {_matches(x, _ISO_DAY)} THEN try_cast(left({x}, 10) AS DATE)",
        f"WHEN {_matches(x, _DAY_FIRST)} THEN "
        + _parsed(f"regexp_replace(regexp_extract({x}, {quoted(_DAY_FIRST)}), '[.-]', '/', 'g')", ["%d/%m/%Y"]),
        f"WHEN {_matches(x, _DAY_FIRST_SHORT)} THEN " + _parsed(f"regexp_replace({x}, '[.-]', '/', 'g')", ["%d/%m/%y"]),
        f"WHEN {_matches(x, _DAY_WORD)} THEN "
        + _parsed(f"replace(regexp_extract({x}, {quoted(_DAY_WORD)}), '-', ' ')", ["%d %B %Y", "%d %b %Y"]),
        f"WHEN {_matches(x, _DAY_WORD_SHORT)} THEN " + _parsed(f"replace({x}, '-', ' ')", ["%d %b %y", "%d %B %y"]),
    ]
    usual = f"CASE {' '.join(tried)} END"
    return f"coalesce({usual}, {_parsed(x, formats)})::DATE" if formats else f"({usual})::DATE"


def month(x: str, formats: Sequence[str] = ()) -> str:
    """YYYY-MM as text."""
    long, short = _parsed(x, (*_MONTH_FORMATS, *formats)), _parsed(x, (*_MONTH_FORMATS_SHORT, *formats))
    in_words = f"CASE WHEN {_matches(x, _FOUR_DIGITS)} THEN {long} ELSE {short} END"
    read = f"strftime(coalesce({day(x)}::TIMESTAMP, {in_words}), '%Y-%m')"
    return f"CASE WHEN {_matches(x, _MONTH)} THEN {x} ELSE {read} END"


def month_of(x: str, year: str) -> str:
    """YYYY-MM from a month's name and the year in another cell: 2015-16 is April 2015 to March 2016, 2016 is that year."""
    dated = _parsed(f"{x} || ' 2000'", ("%B %Y", "%b %Y"))
    number = f"month({dated})"
    first = f"try_cast(left({year}, 4) AS INTEGER)"
    financial = _matches(year, r"^\d{4} ?[-/–] ?(\d{2}|\d{4})$")
    named = f"CASE WHEN {financial} AND {number} < 4 THEN {first} + 1 ELSE {first} END"
    known = rf"regexp_matches({year}, '^(19|20)\d\d( ?[-/–] ?(\d\d|\d{{4}}))?$')"
    return f"CASE WHEN {known} THEN {named} || '-' || lpad({number}::VARCHAR, 2, '0') END"


def _time(x: str, formats: Sequence[str] = ()) -> str:
    found = f"regexp_extract({x}, {quoted(_CLOCK)}, ['hour', 'minute'])"
    return f"CASE WHEN {_matches(x, _CLOCK)} THEN lpad({found}.hour, 2, '0') || ':' || {found}.minute END"


def _year(x: str, formats: Sequence[str] = ()) -> str:
    return rf"nullif(regexp_extract({x}, '\b((?:19|20)\d{{2}})', 1), '')"


def _integer(x: str, formats: Sequence[str] = ()) -> str:
    written = f"try_cast(replace(split_part({x}, '.', 1), ',', '') AS BIGINT)"
    return f"CASE WHEN {_matches(x, _WHOLE)} THEN try_cast({x} AS BIGINT) WHEN {_matches(x, _WHOLE_WRITTEN)} THEN {written} END"


def _number(x: str, formats: Sequence[str] = ()) -> str:
    return f"coalesce(try_cast({x} AS DOUBLE), try_cast(replace({x}, ',', '') AS DOUBLE))"


def _flag(x: str, formats: Sequence[str] = ()) -> str:
    return f"CASE WHEN lower({x}) IN {_YES} THEN true WHEN lower({x}) IN {_NO} THEN false END"


READ: dict[Kind, Callable[[str, Sequence[str]], str]] = {
    "text": lambda x, _: x,
    "code": lambda x, _: f"upper({x})",
    "slug": lambda x, _: f"slug({x})",
    "force": lambda x, _: f"force_slug({x})",
    "month": month,
    "date": day,
    "time": _time,
    "year": _year,
    "integer": _integer,
    "number": _number,
    "flag": _flag,
    "hex": lambda x, _: f"coalesce(try(unhex({x})), encode({x}))",
    "geometry": lambda x, _: f"unhex({x})",
}

TITLES: dict[Kind, str] = {
    "month": "a month",
    "date": "a date",
    "time": "a time of day",
    "year": "a year",
    "integer": "a whole number",
    "number": "a number",
    "flag": "yes or no",
    "geometry": "an outline",
}
"""What a cell that cannot be read should have been, in words. Kinds that are not here read anything."""


def slug(words: str) -> str:
    """Lower case, with hyphens between words: “Blackpool Council” is blackpool-council."""
    return re.sub(r"[^a-z0-9]+", "-", words.replace("&", " and ").casefold()).strip("-")
