"""The one kind of error that is shown to people: what happened, where, and what to do next."""

from __future__ import annotations


class WardwiseError(Exception):
    """An error with its three parts. Never put a personal value in any of them.

    what: what happened, one sentence.
    where: the file and row, case, measure or area it happened to; empty when it is the command itself.
    next_step: what the reader can do about it.
    """

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        self.what, self.where, self.next_step = what, where, next_step
        super().__init__(" ".join(part for part in (what, where and f"({where})", next_step) if part))
