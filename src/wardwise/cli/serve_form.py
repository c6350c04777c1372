"""The form that asks which area and months, and what it says when it cannot be understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wardwise.records.periods import is_month
from wardwise.reports.markup import Safe, element

FIELDS = (
    ("area", "Area code", "For example E06000009. Ward, district, partnership or force."),
    ("from", "First month", "For example 2022-04"),
    ("to", "Last month", "For example 2022-10"),
)


def check(query: Mapping[str, str]) -> list[tuple[str, str]]:
    """Fields that are not filled in as they should be, and what to do."""
    problems = [] if query.get("area", "").strip() else [("area", "Enter an area code")]
    for name, label, hint in FIELDS[1:]:
        if not is_month(query.get(name, "").strip()):
            problems.append((name, f"Enter the {label.lower()} as year and month, {hint[0].lower()}{hint[1:]}"))
    return problems


def form(query: Mapping[str, str], problems: Mapping[str, str], areas: Sequence[tuple[str, str]]) -> Safe:
    """The form, filled in as it was sent, with what is wrong beside each field. areas: codes and names to choose from."""
    boxes = [_field(name, label, hint, query.get(name, ""), problems.get(name, "")) for name, label, hint in FIELDS]
    choices = element("datalist", *(element("option", name, value=code) for code, name in areas), id="areas")
    button = element("button", "Show figures", type="submit")
    return element("form", *boxes, choices, button, method="get", novalidate=True)


def _field(name: str, label: str, hint: str, value: str, problem: str) -> Safe:
    described = f"{name}-hint {name}-error" if problem else f"{name}-hint"
    wrong = element("p", element("span", "Error: ", class_="hidden"), problem, class_="error", id=f"{name}-error")
    return element(
        "div",
        element("label", label, for_=name),
        element("div", hint, class_="hint", id=f"{name}-hint"),
        wrong if problem else "",
        element(
            "input",
            type="text",
            id=name,
            name=name,
            value=value,
            aria_describedby=described,
            list="areas" if name == "area" else None,
        ),
        class_="field wrong" if problem else "field",
    )


def summary(problems: Sequence[tuple[str, str]]) -> Safe:
    """An error summary whose lines lead to their fields."""
    if not problems:
        return Safe("")
    lines = [element("li", element("a", words, href=f"#{name}")) for name, words in problems]
    heading = element("h2", "There is a problem", id="problem")
    return element(
        "div", heading, element("ul", *lines), class_="error-summary", role="alert", aria_labelledby="problem"
    )
