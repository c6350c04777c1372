"""The pieces pages are made of. Every template has them without loading them; `/style/` in the demo shows each one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

register = template.Library()

ACTIONS, NO_ACTIONS = "govuk-summary-list__actions", " govuk-summary-list__row--no-actions"


@register.simple_tag
def heading(words: str, caption: str = "", size: str = "l") -> SafeString:
    """The page's one first-level heading, with what it belongs to above it."""
    over = format_html('<span class="govuk-caption-{}">{}</span> ', size, caption) if caption else ""
    return format_html('<h1 class="govuk-heading-{}">{}{}</h1>', size, over, words)


@register.simple_tag
def section(words: str, level: int = 2, size: str = "m") -> SafeString:
    """A heading within the page, which a link can point to by its words."""
    return format_html('<h{0} class="govuk-heading-{1}" id="{2}">{3}</h{0}>', level, size, slugify(words), words)


@register.simple_block_tag
def lead(content: str) -> SafeString:
    """The finding or purpose of the page, in one sentence."""
    return format_html('<p class="govuk-body-l">{}</p>', content)


@register.simple_block_tag
def text(content: str) -> SafeString:
    return format_html('<p class="govuk-body">{}</p>', content)


@register.simple_block_tag
def summary(content: str, title: str = "") -> SafeString:
    """A list of facts; put `row` tags in it."""
    over = format_html('<h2 class="govuk-heading-m">{}</h2>', title) if title else ""
    if ACTIONS not in content:  # with no link in any row, values have the whole width
        content = mark_safe(content.replace(NO_ACTIONS, ""))  # noqa: S308 -- safe already, and only made shorter
    return format_html('{}<dl class="govuk-summary-list">{}</dl>', over, content)


@register.simple_block_tag
def row(content: str, key: str, change: str = "", what: str = "", said: str = "Change") -> SafeString:
    """One fact. `change` is the address where it is changed; `what` tells a listener which fact the link changes."""
    link: SafeString | str = ""
    if change:
        unseen = format_html('<span class="govuk-visually-hidden"> {}</span>', what or key.lower())
        link = format_html(
            '<dd class="govuk-summary-list__actions"><a class="govuk-link" href="{}">{}{}</a></dd>',
            change,
            said,
            unseen,
        )
    kind = "" if change else NO_ACTIONS
    return format_html(
        '<div class="govuk-summary-list__row{}"><dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd>{}</div>',
        kind,
        key,
        content if content.strip() else "not set",
        link,
    )


@register.simple_block_tag(takes_context=True)
def table(context: Context, content: str, caption: str, heads: str, hide_caption: bool = False) -> SafeString:
    """A table that scrolls inside its frame. `heads` names the columns with | between: "Action|Owner|Due=due|Days late#".

    `#` at the end makes a column of numbers; `=name` makes its heading a link that sorts by `name`. Rows are plain
    `<tr>`, `<th scope="row">` and `<td>`; cells with figures carry class="number".
    """
    names = heads.split("|")
    columns = format_html_join("", "{}", ((_column(context, head),) for head in names))
    return format_html(
        '<div class="frame{4}" role="region" aria-label="{0}" tabindex="0"><table><caption{1}><span>{0}</span></caption>'
        "<thead><tr>{2}</tr></thead><tbody>{3}</tbody></table></div>",
        caption,
        mark_safe(' class="govuk-visually-hidden"') if hide_caption else "",
        columns,
        content,
        " frame--wide" if len(names) > 3 else "",
    )


def _column(context: Context, head: str) -> SafeString:
    number = mark_safe(' class="number"') if head.endswith("#") else ""
    words, _, by = head.rstrip("#").strip().partition("=")
    if not by:
        return format_html('<th scope="col"{}>{}</th>', number, words)
    now = context["request"].GET.get("sort", "") if "request" in context else ""
    order = {by: "ascending", f"-{by}": "descending"}.get(now, "")
    link = query(context, sort=f"-{by}" if order == "ascending" else by, page=None)
    sort = format_html(' aria-sort="{}"', order) if order else ""
    arrow = {"ascending": " ▲", "descending": " ▼"}.get(order, "")
    return format_html(
        '<th scope="col"{}{}><a class="govuk-link govuk-link--no-visited-state sorted" href="{}">{}<span aria-hidden="true">{}</span></a></th>',
        number,
        sort,
        link,
        words,
        arrow,
    )


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The address of this page with some of its questions changed; None takes one away."""
    if "request" not in context:
        return "?"
    asked = context["request"].GET.copy()
    for name, value in changes.items():
        asked.pop(name, None)
        if value is not None:
            asked[name] = value
    return f"?{asked.urlencode()}"


STATES: dict[str, tuple[str, str]] = {
    "open": ("Open", "blue"),
    "done": ("Done", "green"),
    "withdrawn": ("Withdrawn", "grey"),
    "overdue": ("Overdue", "red"),
    "due": ("Due soon", "yellow"),
    "to-come": ("To come", "grey"),
    "planned": ("Planned", "grey"),
    "called": ("Called", "blue"),
    "held": ("Held", "yellow"),
    "agreed": ("Agreed", "green"),
    "cancelled": ("Cancelled", "grey"),
    "closed": ("Closed", "grey"),
    "draft": ("Draft", "grey"),
    "approved": ("Approved", "green"),
    "consulting": ("Out to consultation", "yellow"),
    "ready": ("Ready to approve", "blue"),
    "superseded": ("Superseded", "grey"),
    "promised": ("Promised", "blue"),
    "under-way": ("Under way", "yellow"),
    "kept": ("Kept", "green"),
    "dropped": ("Dropped", "orange"),
    "in force": ("In force", "green"),
    "ended": ("Ended", "grey"),
    "met": ("Met", "green"),
    "not met": ("Not met", "red"),
    "not-met": ("Not met", "red"),
    "late": ("Late", "red"),
    "on course": ("On course", "green"),
    "off course": ("Off course", "red"),
    "exempt": ("Exempt", "purple"),
    "restricted": ("Restricted", "purple"),
    "better": ("Better", "green"),
    "worse": ("Worse", "red"),
    "no clear change": ("No clear change", "grey"),
    "opened": ("Opened", "red"),
    "proposed": ("Proposed", "yellow"),
    "testing": ("Being tested", "blue"),
    "set-aside": ("Set aside", "grey"),
    "watched": ("Watched", "blue"),
    "retired": ("No longer watched", "grey"),
    "set": ("Set", "blue"),
    "replaced": ("Replaced", "grey"),
}
"""The words and colour of each state a record may show. A word that is not here is shown in grey, as it is."""


@register.filter
def state(name: str) -> SafeString:
    """A record's state as a tag: always a word, never a colour alone."""
    words, colour = STATES.get(str(name).lower(), (str(name).replace("-", " ").capitalize(), "grey"))
    return tag(words, getattr(name, "colour", "") or colour)


@register.simple_tag
def tag(words: str, colour: str = "grey") -> SafeString:
    """Colours: grey, blue, teal, green, yellow, orange, red, magenta, purple."""
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)


@register.simple_block_tag
def tasks(content: str) -> SafeString:
    """A list of things to be done, each with its state; put `task` tags in it."""
    return format_html('<ul class="govuk-task-list">{}</ul>', content)


@register.simple_tag
def task(words: str, url: str = "", status: str = "", colour: str = "", hint: str = "") -> SafeString:
    """One thing to be done. A finished one needs no colour."""
    mark = f"task-{slugify(words)}"
    name = (
        format_html(
            '<a class="govuk-link govuk-task-list__link" href="{}" aria-describedby="{}">{}</a>', url, mark, words
        )
        if url
        else format_html("<div>{}</div>", words)
    )
    under = format_html('<div class="govuk-task-list__hint">{}</div>', hint) if hint else ""
    return format_html(
        '<li class="govuk-task-list__item{}"><div class="govuk-task-list__name-and-hint">{}{}</div>'
        '<div class="govuk-task-list__status" id="{}">{}</div></li>',
        " govuk-task-list__item--with-link" if url else "",
        name,
        under,
        mark,
        tag(status, colour) if colour else status,
    )


@register.simple_block_tag
def inset(content: str) -> SafeString:
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_tag
def warning(words: str) -> SafeString:
    """What cannot be undone, or what the law says, before the button."""
    return format_html(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span> {}</strong></div>',
        words,
    )


@register.simple_block_tag
def details(content: str, words: str, shown: bool = False) -> SafeString:
    """What few readers need, behind its own words."""
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">{}</span>'
        '</summary><div class="govuk-details__text">{}</div></details>',
        mark_safe(" open") if shown else "",
        words,
        content,
    )


@register.simple_block_tag
def nothing(content: str, words: str) -> SafeString:
    """A list with nothing in it: `words` say so, and the content tells what would fill it and how."""
    return format_html(
        '<div class="nothing"><p class="govuk-body govuk-!-font-weight-bold">{}</p><div class="govuk-body">{}</div></div>',
        words,
        content,
    )


@register.simple_block_tag
def figures(content: str) -> SafeString:
    """Large figures side by side; put `figure` tags in it."""
    return format_html('<dl class="figures">{}</dl>', content)


@register.simple_tag
def figure(value: Any, words: str) -> SafeString:
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", words, value)


@register.simple_tag
def steps(offered: Sequence[Any], address: str, reference: str, *hide: str) -> SafeString:
    """A button for each `journey.Step` offered, to the page `address` of (reference, verb). The first is the main one."""
    wanted = [step for step in offered if step.verb not in hide]
    if not wanted:
        return mark_safe("")
    buttons = format_html_join(
        "",
        '<a href="{}" role="button" draggable="false" class="govuk-button{}" data-module="govuk-button">{}</a>',
        (
            (reverse(address, args=[reference, step.verb]), " govuk-button--secondary" if place else "", step.label)
            for place, step in enumerate(wanted)
        ),
    )
    return format_html('<div class="govuk-button-group govuk-button-group--steps">{}</div>', buttons)


@register.simple_tag
def button(words: str, url: str, kind: str = "") -> SafeString:
    """A link that begins something, shown as a button. `kind` is "", secondary or warning."""
    return format_html(
        '<a href="{}" role="button" draggable="false" class="govuk-button{}" data-module="govuk-button">{}</a>',
        url,
        f" govuk-button--{kind}" if kind else "",
        words,
    )


@register.simple_tag
def back(url: str, words: str = "Back") -> SafeString:
    """In a landmark of its own, so that a listener who goes from landmark to landmark does not miss it."""
    return format_html('<nav aria-label="Back"><a href="{}" class="govuk-back-link">{}</a></nav>', url, words)


@register.simple_tag
def crumbs(*pairs: str) -> SafeString:
    """Where this page stands: words and address by turns, from the outside in. The page itself is not in it."""
    items = format_html_join(
        "",
        '<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="{1}">{0}</a></li>',
        zip(map(conditional_escape, pairs[::2]), pairs[1::2], strict=True),
    )
    return format_html(
        '<nav class="govuk-breadcrumbs govuk-breadcrumbs--collapse-on-mobile" aria-label="Breadcrumb">'
        '<ol class="govuk-breadcrumbs__list">{}</ol></nav>',
        items,
    )


@register.simple_tag
def quick_exit(url: str = "https://www.bbc.co.uk/weather") -> SafeString:
    """Leaves for a harmless page at once: on every page that a victim may read, in the block `quick_exit`."""
    return format_html(
        '<div class="govuk-exit-this-page" data-module="govuk-exit-this-page"><a href="{}" role="button" draggable="false" '
        'class="govuk-button govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button" '
        'data-module="govuk-button" rel="nofollow noreferrer"><span class="govuk-visually-hidden">Emergency</span> '
        "Exit this page</a></div>",
        url,
    )
