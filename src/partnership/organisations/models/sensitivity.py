"""The class of every field: who may be shown it, and whether it may leave. A field in no class fails the tests."""

from __future__ import annotations

from enum import StrEnum


class Sensitivity(StrEnum):
    OPEN = "open"
    """Anyone in the partnership; the public once it is published."""
    PERSONAL = "personal"
    """Names an employee or member of the public: people who work with the record."""
    SPECIAL = "special-category"
    RESTRICTED = "restricted"
    """Named roles only, such as the address of a safe house."""
    SECRET = "secret"  # noqa: S105 -- the name of a class of field
    """Never shown and never exported: password hashes and tokens."""


def classes(**given: str) -> dict[str, Sensitivity]:
    """Field names by class, written as `classes(open="title due", personal="email")`."""
    return {name: Sensitivity(kind.replace("_", "-")) for kind, names in given.items() for name in names.split()}
