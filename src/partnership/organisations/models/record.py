"""What every record of the partnership's work has: whose it is, how it is named outside, its state and its version."""

from __future__ import annotations

import secrets

from django.db import models

from .partnership import Partnership

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and figures that are not taken for one another when read aloud."""


def new_reference() -> str:
    """Eight characters nobody can guess or count from (30^8, about 6.6 × 10^11)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


class Record(models.Model):
    """`status` is set by `cases.journey.move` and nowhere else; `version` counts the changes, so that two people who
    change one record at a time are told of each other."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    status = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=0, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    unscoped_rows = models.Manager()
    """Every row of every partnership. Pages ask `access.scope`, which knows who is asking; a test lists who may come here."""

    class Meta:
        abstract = True


COMMON = "id partnership reference status version created changed"
"""Fields of `Record`, all open: written first in each model's SENSITIVITY."""
