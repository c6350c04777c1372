"""What is written into an entry of a register, checked and typed by its declaration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from wardwise.definitions.registers import Answer, Register, Worked

LONGEST = {"text": 300, "long": 20_000, "link": 1_000}


class NotRight(Exception):
    """Answers that do not fit their declaration: a message for each answer's name."""

    def __init__(self, messages: dict[str, str]) -> None:
        self.messages = messages
        super().__init__("; ".join(messages.values()))


def checked(register: Register, given: Mapping[str, Any], asked: Iterable[str] | None = None) -> dict[str, Any]:
    """The answers as they are kept (dates as ISO text, numbers as decimal text). None for what was left empty.

    `asked` names the answers that the form or the move asks for; all of the register's without it. Raises NotRight.
    """
    names = list(asked) if asked is not None else [answer.name for answer in register.answers]
    kept, wrong = {}, {}
    for answer in map(register.answer, names):
        try:
            kept[answer.name] = _typed(answer, given.get(answer.name))
        except ValueError as error:
            wrong[answer.name] = str(error)
    if unknown := sorted(set(given) - set(names)):
        wrong[unknown[0]] = f"{register.title} holds nothing called “{unknown[0]}” here."
    if wrong:
        raise NotRight(wrong)
    return kept


def _typed(answer: Answer, value: Any) -> Any:
    if value is None or value in ("", [], ()):
        if answer.needed:
            raise ValueError(f"Enter “{answer.label}”.")
        return None
    return _KINDS[answer.kind](answer, value)


def _text(answer: Answer, value: Any) -> str:
    text = str(value).strip()
    if len(text) > (most := LONGEST.get(answer.kind, 300)):
        raise ValueError(f"“{answer.label}” can hold {most:,} characters, and this has {len(text):,}.")
    return text


def _number(answer: Answer, value: Any) -> str:
    plain = re.sub(r"[£,%\s]", "", str(value)).replace("−", "-")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise ValueError(f"“{answer.label}” must be a number, such as 12 or 12.5.") from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise ValueError(f"“{answer.label}” must be an ordinary number.")
    least = answer.least if answer.least is not None else (0.0 if answer.kind == "money" else None)
    if least is not None and number < Decimal(str(least)):
        raise ValueError(f"“{answer.label}” must be {least:g} or more.")
    if answer.most is not None and number > Decimal(str(answer.most)):
        raise ValueError(f"“{answer.label}” must be {answer.most:g} or less.")
    return format(number.quantize(Decimal("0.01")) if answer.kind == "money" else number, "f")


def _date(answer: Answer, value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError(f"“{answer.label}” must be a real date, such as 27 March 2026.") from None


def _choice(answer: Answer, value: Any) -> str:
    if value not in answer.choices:
        raise ValueError(f"Choose one of the answers to “{answer.label}”.")
    return str(value)


def _choices(answer: Answer, value: Any) -> list[str]:
    chosen = [value] if isinstance(value, str) else list(value)
    return [_choice(answer, one) for one in chosen]


def _yes_no(answer: Answer, value: Any) -> bool:
    if value in (True, "yes", "true"):
        return True
    if value in (False, "no", "false"):
        return False
    raise ValueError(f"Answer “{answer.label}” with yes or no.")


def _link(answer: Answer, value: Any) -> str:
    text = _text(answer, value)
    if not re.match(r"https?://[^\s<>\"']+$", text):
        raise ValueError(f"“{answer.label}” must be a web address that begins with https://.")
    return text


_KINDS = {
    "text": _text,
    "long": _text,
    "number": _number,
    "percent": _number,
    "money": _number,
    "date": _date,
    "choice": _choice,
    "choices": _choices,
    "yes-no": _yes_no,
    "link": _link,
}


def words(answer: Answer, value: Any) -> str:
    """A kept answer as people read it: "27 March 2026", "£1,200", "yes"; "not given" where it was left empty."""
    if value is None:
        return "not given"
    if answer.kind == "date":
        day = date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    if answer.kind == "money":
        return f"£{Decimal(value):,.2f}".removesuffix(".00")
    if answer.kind in {"number", "percent"}:
        return f"{Decimal(value):,f}" + ("%" if answer.kind == "percent" else "")
    if answer.kind == "yes-no":
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)


def figure(register: Register, worked: Worked, held: Mapping[str, Any]) -> str:
    """A worked-out figure as people read it: "75% (30 of 40)", "£1,200"; never a share without its base."""
    first, second = (held.get(name) for name in worked.of)
    if first is None or second is None:
        return "not given"
    if worked.how == "left":
        return words(register.answer(worked.of[0]), str(Decimal(first) - Decimal(second))).replace("£-", "−£")
    if not Decimal(second):
        return "no base"
    share = (100 * Decimal(first) / Decimal(second)).quantize(Decimal(1), ROUND_HALF_UP)
    told = [words(register.answer(name), value) for name, value in zip(worked.of, (first, second), strict=True)]
    return f"{share}% ({told[0]} of {told[1]})"
