"""The pages of every declared register: all registers, one entry, adding, changing, and the moves of its journey."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wardwise.definitions.registers import Register, registers

from ...access.of_governance import registers_open_to
from ...access.rules import READ, may
from ...access.scope import NotThere, one, rows
from ...access.who import Who
from ...cases.journey import offered
from ...organisations.forms import PageForm
from ...organisations.roles import Permission
from ..answers import figure, words
from ..forms import AnswersForm, EntryForm, asking, initial
from ..models import Entry
from ..register_lists import state_of
from ..steps import entries


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Every register with how many entries the reader may see, and how many are past their day."""
    who = request.who
    late = Count("id", filter=Q(due__lt=who.today)) if who else Count("id", filter=Q(pk__in=[]))
    counted = {
        row["register"]: row
        for row in rows(who, Entry).values("register").order_by("register").annotate(held=Count("id"), late=late)
    }
    shown = [(register, counted.get(register.name, {"held": 0, "late": 0})) for register in _open_to(who)]
    keeps = bool(who and who.has(Permission.KEEP_REGISTERS))
    return render(request, "governance/registers.html", {"registers": shown, "keeps": keeps})


@login_required
def start(request: HttpRequest, name: str) -> HttpResponse:
    """Begin a register with the entries shipped with it."""
    register, who = _register(name, request.who), request.who
    if not who.has(Permission.KEEP_REGISTERS) or not register.starts_with:
        raise NotThere
    form = PageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.take(entries.start, register, by=who)
        messages.success(request, f"{len(made or ())} entries added to {register.title.lower()}.")
        return redirect("list", register.name)
    facts = {
        "form": form,
        "title": f"Start with {len(register.starts_with)} entries",
        "caption": register.title,
        "lead": "Entries whose title the register holds already are left as they are.",
        "button": "Add them",
        "cancel": reverse("registers"),
    }
    return render(request, "page_form.html", facts)


@login_required
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """One entry: its answers, its state and due day, and the steps this person may take."""
    entry: Entry = one(request.who, Entry, reference)
    register = registers()[entry.register]
    read = bool(may(request.who, READ, entry))
    held = {**entry.answers, **(entry.restricted or {})}
    clock = register.clock(entry.status)
    shown_already = clock.after if clock and not clock.days else ""
    told = [
        (answer, words(answer, held.get(answer.name)))
        for answer in register.answers
        if (read or not answer.restricted) and answer.name != shown_already
    ]
    steps = offered(entry, request.who, list(entries.STEPS[register.name].values()))
    facts = {
        "entry": entry,
        "register": register,
        "answers": told,
        "steps": steps,
        "worked": [(one.label, figure(register, one, held)) for one in register.worked],
        "clock": clock,
        "state": state_of(entry),
    }
    return render(request, "governance/entry.html", {**facts, "withheld": not read and _restricted(register)})


@login_required
def add(request: HttpRequest, name: str) -> HttpResponse:
    """The form of a new entry."""
    register, who = _register(name, request.who), request.who
    asked = [answer.name for answer in register.answers if not _asked_later(register, answer.name)]
    form = asking(EntryForm, register, asked)(who, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.take(
            entries.add, register, by=who, answers=form.answers(), once=form.cleaned_data["once"], **form.core()
        )
        if made:
            messages.success(request, f"{register.singular.capitalize()} added.")
            return redirect("entry", made.reference)
    return _form(request, form, f"Add {register.singular}", register, reverse("list", args=[register.name]))


@login_required
def step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """Changing an entry, or one of the moves its register declares."""
    entry: Entry = one(request.who, Entry, reference)
    register = registers()[entry.register]
    taken = verb.partition(":")[2]
    if taken == "change":
        return _change(request, entry, register)
    move = next((move for move in register.moves if move.move == taken), None)
    if move is None:
        raise NotThere
    form = asking(AnswersForm, register, move.asks, reason=move.reason)(
        request.POST or None, initial=_shown(entry, register)
    )
    if request.method == "POST" and form.is_valid():
        given = {"answers": form.answers(), "reason": form.cleaned_data.get("reason", "")}
        if form.take(entries.take, entry, move, by=request.who, once=form.cleaned_data["once"], **given):
            messages.success(request, f"{move.label}: recorded.")
            return redirect("entry", reference)
    return _form(request, form, move.label, register, reverse("entry", args=[reference]), caption=entry.title)


def _change(request: HttpRequest, entry: Entry, register: Register) -> HttpResponse:
    read = bool(may(request.who, READ, entry))
    asked = [answer.name for answer in register.answers if read or not answer.restricted]
    core = {"title": entry.title, "owner": entry.owner_id, "group": entry.group_id, "priority": entry.priority_id}
    core["private"] = entry.private
    form = asking(EntryForm, register, asked, reason=True)(
        request.who, request.POST or None, initial={**_shown(entry, register), **core}
    )
    if request.method == "POST" and form.is_valid():
        seen = int(request.POST.get("seen") or -1)
        given = {"answers": form.answers(), "reason": form.cleaned_data["reason"], "seen": seen}
        if form.take(entries.change, entry, by=request.who, once=form.cleaned_data["once"], **given, **form.core()):
            messages.success(request, "Changes recorded.")
            return redirect("entry", entry.reference)
    title = f"Change {register.singular}"
    return _form(request, form, title, register, reverse("entry", args=[entry.reference]), seen=entry.version)


def _form(
    request: HttpRequest, form: AnswersForm, title: str, register: Register, cancel: str, **more: Any
) -> HttpResponse:
    facts = {"form": form, "title": title, "caption": register.title, "cancel": cancel, "button": title, **more}
    return render(request, "governance/entry_form.html", facts)


def _shown(entry: Entry, register: Register) -> dict[str, Any]:
    return initial({**entry.answers, **(entry.restricted or {})}, register)


def _asked_later(register: Register, name: str) -> bool:
    """An answer that a move asks for and that is not needed from the start, such as how a risk ended."""
    return not register.answer(name).needed and any(name in move.asks for move in register.moves)


def _restricted(register: Register) -> bool:
    return any(answer.restricted for answer in register.answers)


def _register(name: str, who: Who | None) -> Register:
    found = registers().get(name)
    if found is None or found not in _open_to(who):
        raise NotThere
    return found


def _open_to(who: Who | None) -> list[Register]:
    """Registers that this person may look into at all."""
    if who is None:
        return []
    names = registers_open_to(who, tuple(registers()))
    return [register for register in registers().values() if register.name in names]
