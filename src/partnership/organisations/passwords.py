"""Refuses passwords known to be stolen, from a list on this machine."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError


class NotBreached:
    """Looks the SHA-1 of a password up in the file that BREACHED_PASSWORDS names. No file, no look-up: the list of common
    passwords that comes with Django is asked besides."""

    def validate(self, password: str, user: object = None) -> None:
        path = settings.BREACHED_PASSWORDS
        if path and listed(password, Path(path)):
            raise ValidationError("This password is known to be stolen. Choose another", code="breached")

    def get_help_text(self) -> str:
        return "Your password must not be one that is known to be stolen."


def listed(password: str, path: Path) -> bool:
    """Whether a line of the file, which is in order, is the beginning of the password's SHA-1 (a count after a colon is
    passed over). Halves the file until it finds it, so that a list of forty gigabytes costs some thirty short reads."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as file:
        low, high = 0, path.stat().st_size
        while low < high:
            middle = (low + high) // 2
            line = _line(file, middle)
            if line and wanted.startswith(line):
                return True
            if line and line < wanted:
                low = middle + 1
            else:
                high = middle
        return bool((line := _line(file, low)) and wanted.startswith(line))


def _line(file: BinaryIO, position: int) -> bytes:
    """The first whole line that begins at or after a position; empty at the end."""
    file.seek(max(position - 1, 0))
    if position:
        file.readline()
    return file.readline().split(b":")[0].strip().upper()
