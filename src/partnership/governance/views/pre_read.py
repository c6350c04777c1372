"""Two pages for the board, to read or to hand out."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ...access.scope import NotThere, rows
from ...organisations.models import Partnership
from ..board import board
from ..pre_read import FORMATS, exceptions, paper, written


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """The exceptions on a page, and the three files."""
    if request.who is None:
        raise NotThere
    found = exceptions(board(request.who, request.GET.get("area", "")))
    facts = {"found": found, "board": found.board, "bringing": found.board.bringing, "formats": FORMATS}
    return render(request, "governance/pre_read.html", facts)


@login_required
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the files, made when it is asked for."""
    if request.who is None or kind not in FORMATS:
        raise NotThere
    found = exceptions(board(request.who, request.GET.get("area", "")))
    if found.board.bringing is None:
        raise NotThere
    partnership = rows(request.who, Partnership).get()
    answer = HttpResponse(written(paper(found, partnership), kind), content_type=FORMATS[kind][1])
    answer["Content-Disposition"] = f'attachment; filename="board-{found.board.bringing.to}.{kind}"'
    return answer
