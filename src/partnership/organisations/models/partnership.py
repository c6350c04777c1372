from __future__ import annotations

from typing import ClassVar

from django.db import models

from .dated import Dated, in_order
from .sensitivity import classes


class Partnership(Dated):
    """A community safety partnership, or the county group above several of them."""

    class Kind(models.TextChoices):
        COMMUNITY_SAFETY = "csp", "Community safety partnership"
        COUNTY = "county", "County strategy group"

    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.COMMUNITY_SAFETY)
    county = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="districts")
    synthetic = models.BooleanField(default=False, help_text="Every person and figure in it is made up.")
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)

    PARTNERSHIP = "pk"
    """The way from a row to its partnership, for `access.rules`: here it is the row itself."""
    SENSITIVITY: ClassVar = classes(open="id name slug kind county synthetic successors valid_from valid_to")

    class Meta:
        constraints: ClassVar = [in_order("partnership_dates_in_order")]

    def __str__(self) -> str:
        return self.name


class Authority(Dated):
    """A local authority area that a partnership covers: most have one, merged partnerships several."""

    class Standing(models.TextChoices):
        MEMBER = "member", "Member"
        ASSOCIATE = "associate", "Associate: works with the partnership without having merged"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="authorities")
    area_code = models.CharField(max_length=12)
    area_name = models.CharField(max_length=120)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.MEMBER)

    SENSITIVITY: ClassVar = classes(open="id partnership area_code area_name standing valid_from valid_to")

    class Meta:
        verbose_name_plural = "authorities"
        constraints: ClassVar = [in_order("authority_dates_in_order")]

    def __str__(self) -> str:
        return self.area_name
