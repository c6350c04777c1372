"""The pieces of forms and of long lists: error summaries, the attributes of a box, filters, pages of a list."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ...access.kinds import Listing
from .components import query

register = template.Library()


@register.simple_tag
def attributes(given: dict[str, Any], kind: str, more: str = "") -> SafeString:
    """The attributes of one box, with the toolkit's class for its kind and for an error. Never `maxlength`: a paste that is
    too long is kept, counted and spoken of, not cut."""
    wrong = f"{kind}--error" if given.get("aria-invalid") == "true" else ""
    names = " ".join(name for name in (kind, wrong, more, given.get("class", "")) if name)
    rest = {name: value for name, value in given.items() if name not in {"class", "maxlength"} and value is not False}
    if "maxlength" in given and "govuk-js-character-count" in more:
        rest["aria-describedby"] = f"{rest.get('aria-describedby', '')} {rest.get('id', '')}-info".strip()
    pairs = ((name, value) for name, value in rest.items() if value is not True)
    alone = format_html_join("", " {}", ((name,) for name, value in rest.items() if value is True))
    return format_html(' class="{}"{}{}', names, format_html_join("", ' {}="{}"', pairs), alone)


@register.filter
def label_words(field: BoundField) -> str:
    """The label, saying so where an answer may be left out. A form of filters is all choice and says nothing."""
    quiet = field.field.required or getattr(field.form, "says_optional", True) is False
    return str(field.label) if quiet else f"{field.label} (optional)"


@register.filter
def parts_group(field: BoundField) -> bool:
    """Whether the boxes are parts of one answer (a day), and not answers to choose from."""
    return hasattr(field.field.widget, "boxes")


@register.inclusion_tag("parts/error_summary.html")
def error_summary(form: forms.BaseForm | str | None = None) -> dict[str, Any]:
    """Every problem of a form, each a link to its box."""
    if not isinstance(form, forms.BaseForm) or not form.is_bound or not form.errors:
        return {"problems": []}
    said = [(words, "") for words in form.non_field_errors()]
    said += [(words, _target(form[name])) for name in form.fields if name in form.errors for words in form.errors[name]]
    return {"problems": said}


def _target(field: BoundField) -> str:
    """The box to go to: the first choice of a set, the first part of a day, or the box itself."""
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return f"{field.auto_id}_day" if parts_group(field) else str(field.auto_id)


@register.inclusion_tag("parts/filters.html", takes_context=True)
def filters(
    context: Context, form: forms.BaseForm, title: str = "Filter this list", button: str = "Apply"
) -> dict[str, Any]:
    """The questions that narrow a list, asked in its address so that the answer can be kept and sent."""
    asked = context["request"].GET if "request" in context else {}
    used = any(asked.get(form.add_prefix(name)) for name in form.fields)
    return {
        "form": form,
        "title": title,
        "button": button,
        "used": used,
        "clear": context["request"].path if used else "",
    }


@register.inclusion_tag("parts/pages.html", takes_context=True)
def pages(context: Context, shown: Page[Any] | Listing) -> dict[str, Any]:
    """Links to the other pages of a list, keeping its filters and order. A `Listing` is not counted: only on and back."""
    if isinstance(shown, Listing):
        return {
            "many": shown.more or shown.page > 1,
            "numbers": [(shown.page, query(context, page=shown.page), True)],
            "previous": query(context, page=shown.page - 1) if shown.page > 1 else "",
            "next": query(context, page=shown.page + 1) if shown.more else "",
        }
    book = shown.paginator
    numbers = [
        (number, query(context, page=number), number == shown.number) if isinstance(number, int) else (0, "", False)
        for number in book.get_elided_page_range(shown.number, on_each_side=1, on_ends=1)
    ]
    return {
        "many": book.num_pages > 1,
        "numbers": numbers,
        "previous": query(context, page=shown.previous_page_number()) if shown.has_previous() else "",
        "next": query(context, page=shown.next_page_number()) if shown.has_next() else "",
    }
