"""The page on building pages names every piece there is, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from partnership.site.templatetags import components, lists_and_forms, pages

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "build-a-page.md"
OF_TEMPLATES = {"attributes", "label_words", "parts_group", "cells", "heads", "page_url"}
"""Used within the site's own templates only."""
OF_DJANGO = {"extends", "block", "endblock"}


def test_the_page_names_every_piece():
    text = PAGE.read_text(encoding="utf-8").replace("\\|", "|")
    named = set(re.findall(r"\{% (\w+)", text)) | set(re.findall(r"\|(\w+) \}\}", text))
    there = {
        name for room in (components, lists_and_forms, pages) for name in (*room.register.tags, *room.register.filters)
    } - OF_TEMPLATES
    named = {name for name in named if not (name.startswith("end") and name[3:] in there)} - OF_DJANGO
    assert named == there
