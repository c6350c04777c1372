"""The HTML copy: one file, nothing from outside, every word as it was written, charts with words and data."""

from __future__ import annotations

import html.parser
import re
from html import unescape
from pathlib import Path

import pytest

from tests.factories.documents import HOSTILE, every_block, with_title
from wardwise.reports.html import page, write
from wardwise.reports.markup import Safe, element


class Outline(html.parser.HTMLParser):
    """Collects text, headings, addresses and ids."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.headings: list[int] = []
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.links += [value or "" for key, value in attrs if key in ("href", "src")]
        self.ids += [named["id"] or ""] if "id" in named else []

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def outline() -> Outline:
    parsed = Outline()
    parsed.feed(page(every_block(numbered=True)))
    return parsed


def test_text_comes_out_as_it_was_written(outline: Outline) -> None:
    assert outline.text.count(HOSTILE) == 2


def test_nothing_comes_from_outside_and_every_link_arrives(outline: Outline) -> None:
    assert outline.links
    assert all(link.startswith("#") and link[1:] in outline.ids for link in outline.links)
    assert len(outline.ids) == len(set(outline.ids))


def test_headings_go_down_one_level_at_a_time(outline: Outline) -> None:
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(outline.headings, outline.headings[1:], strict=False))


def test_numbers_of_the_template_are_shown(outline: Outline) -> None:
    assert {"6.0", "6.0.1", "6.1", "6.1.1", "6.2", "6.2.1"} <= set(outline.text)


def test_charts_carry_words_and_data() -> None:
    made = page(every_block(), interactive=False)
    assert made.count('role="img"') == 2
    assert "Control chart of recorded domestic abuse, Lancashire, 41 months" in made
    assert "Show the data for figure 1" in made
    assert "vegaEmbed" not in made
    assert "script-src 'none'" in unescape(made)


def test_the_policy_allows_the_one_script_by_its_hash() -> None:
    assert re.search(r"script-src 'sha256-", unescape(page(every_block())))


def test_a_title_cannot_break_out(tmp_path: Path) -> None:
    text = write(with_title(HOSTILE), tmp_path / "x.html", interactive=False).read_text(encoding="utf-8")
    assert "<b>&amp;" not in text.replace("&lt;b&gt;&amp;amp;", "")
    assert text.count("</script>") == 2


def test_elements_escape_text_and_attributes() -> None:
    assert element("p", "<b>", Safe("<i>x</i>"), title='"') == '<p title="&quot;">&lt;b&gt;<i>x</i></p>'
    assert element("meta", charset="utf-8", name="") == '<meta charset="utf-8">'
