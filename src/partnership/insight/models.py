"""What the library has released, kept as it was: figures change no more once they are here."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models

from ..organisations.models import COMMON, Record, classes

AUDIENCES = [("public", "Anyone"), ("partnership", "The partnership"), ("analyst", "Analysts only")]
"""As `wardwise.disclosure.Audience` names them."""


class Bringing(Record):
    """One run that asked the library for every indicator of one area, up to one month. `digest` is what was asked of which data: asked
    again of the same data, nothing is brought twice."""

    area = models.CharField("area's code", max_length=40)
    area_name = models.CharField("area", max_length=120)
    to = models.CharField("last month", max_length=7)
    versions = models.JSONField("versions of the store's tables", default=dict)
    digest = models.CharField(max_length=64)
    lacking = models.JSONField("measures without an answer", default=list)

    SENSITIVITY: ClassVar = classes(open=COMMON + " area area_name to versions digest lacking")

    class Meta:
        ordering: ClassVar = ["-to", "-id"]
        verbose_name = "figures brought"
        constraints: ClassVar = [models.UniqueConstraint(fields=["partnership", "digest"], name="brought_once")]
        indexes: ClassVar = [models.Index(fields=["partnership", "area", "-to", "-id"])]

    def __str__(self) -> str:
        return f"{self.area_name} to {self.month}"

    @property
    def month(self) -> str:
        """August 2016."""
        return said(self.to)


class Finding(models.Model):
    """One released answer: words, tables and chart as they may be shown to one audience, and the road back to the source rows."""

    bringing = models.ForeignKey(Bringing, on_delete=models.PROTECT, related_name="findings")
    measure = models.SlugField(max_length=80, blank=True, help_text="Empty for the area as a whole.")
    name = models.SlugField("question, as the scorecard names it", max_length=40)
    question = models.CharField("question of the library", max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    audience = models.CharField(max_length=12, choices=AUDIENCES)
    heading = models.CharField(max_length=120)
    title = models.TextField()
    sentences = models.JSONField(default=list)
    tables = models.JSONField(default=dict)
    chart = models.JSONField(default=dict)
    method = models.TextField(blank=True)
    caveats = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    figures = models.JSONField("figure ids", default=list)
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=16)

    unscoped_rows = models.Manager()
    PARTNERSHIP = "bringing__partnership_id"
    SENSITIVITY: ClassVar = classes(
        open="id bringing measure name question position audience heading title sentences tables chart method caveats sources figures"
        " facts digest"
    )

    class Meta:
        ordering: ClassVar = ["measure", "position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bringing", "measure", "name", "audience"], name="finding_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def months(self) -> list[dict[str, Any]]:
        """The months of a control chart, the first one first; none for another question."""
        found: list[dict[str, Any]] = self.facts.get("months", [])
        return found


def said(month: str) -> str:
    """2016-08 as August 2016; other words as they are."""
    year, _, number = month.partition("-")
    known = year.isdecimal() and number.isdecimal() and 1 <= int(number) <= 12
    return f"{date(int(year), int(number), 1):%B} {year}" if known else month
