"""HTML built from elements, so that text can never become markup by accident."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_EMPTY = frozenset({"meta", "br", "hr", "img", "input", "link"})


class Safe(str):
    """Text that is HTML already. Everything else is escaped when it is put into an element."""

    __slots__ = ()


Child = str | Iterable["Child"]


def join(children: Iterable[Child]) -> Safe:
    return Safe("".join(_safe(child) for child in children))


def element(name: str, /, *children: Child, **attributes: str | bool | None) -> Safe:
    """<name …>children</name>. An attribute is left out when it is None, False or empty text (alt and value excepted); a trailing
    underscore lets `class_` and `for_` be written, and aria_label is aria-label."""
    shown = "".join(_attribute(key, value) for key, value in attributes.items())
    inner = join(children)
    return Safe(f"<{name}{shown}>") if name in _EMPTY else Safe(f"<{name}{shown}>{inner}</{name}>")


def _attribute(key: str, value: str | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False or (value == "" and name not in ("alt", "value")):
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value), quote=True)}"'


def _safe(child: Child) -> str:
    if isinstance(child, Safe):
        return child
    return escape(child, quote=False) if isinstance(child, str) else join(child)
