"""The scorecard in a real browser, wide and narrow, with the synthetic store's own figures: from the partnership down to a chart and on to
the board's paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.factories import site_running
from tests.functional.test_site_front import WIDTHS, Watched
from wardwise.definitions import find
from wardwise.store import Store

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def scored_site(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo's site with figures. Only control charts and wards are asked for: the rest takes a minute."""
    if not (site_running.STATIC / "ready").exists():
        pytest.skip("the site's styles are not built: run `make assets`")
    own = tmp_path_factory.mktemp("own") / "scorecard"
    own.mkdir()
    told = find.read(next(path for path in find.files("scorecard") if path.stem == "standard"))
    told |= {"asks": [one for one in told["asks"] if one["name"] in {"chart", "wards"}], "whole": []}
    (own / "standard.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
    folder = tmp_path_factory.mktemp("scored") / "data"
    with site_running.running(folder, store=store.folder, WARDWISE_DEFINITIONS=str(own.parent)) as address:
        yield address


@pytest.fixture
def look(browser: Any, scored_site: str) -> Iterator[Any]:
    opened = []

    def new(width: int = 1280) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
        opened.append(context)
        return Watched(context.new_page(), scored_site)

    yield new
    for context in opened:
        context.close()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("who", ["manager", "scrutiny"])
def test_from_the_scorecard_down_to_a_chart(look: Any, width: int, who: str):
    page = look(width)
    page.sign_in(f"{who}@saltpool.invalid")
    found = {}
    page.go("/scorecard/")
    found["scorecard"] = page.faults()
    assert "to August 2016" in page.page.inner_text("main")
    for name in ("Burglary", "Burglary"):  # the priority, then its measure
        page.page.click(f"main th a:text-is('{name}')")
        found[page.page.url] = page.faults()
    assert "167 in August 2016" in page.page.inner_text("main")
    assert page.page.locator("svg[role=img]").count() == 1
    for summary in page.page.locator("main summary").all():
        summary.click()
    found["opened"] = page.faults()
    for path in (
        "/scorecard/changed/",
        "/scorecard/board/",
        "/list/recovery-plans/",
        "/list/indicators/",
        "/list/targets/",
    ):
        page.go(path)
        found[path] = page.faults()
    page.go("/list/recovery-plans/")
    page.page.click("main tbody th a >> nth=0")
    found["plan"] = page.faults()
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_a_lead_proposes_with_the_keyboard_alone(look: Any):
    page = look(390)
    page.sign_in("manager@saltpool.invalid")
    page.go("/list/recovery-plans/?state=proposed")
    page.page.focus("main tbody th a >> nth=0")
    page.page.keyboard.press("Enter")
    page.page.wait_for_url("**/recovery-plans/*/")
    page.page.focus("main a[role=button] >> nth=0")
    page.page.keyboard.press("Enter")
    page.page.wait_for_url("**/propose-recovery/")
    assert page.faults() == []
    page.page.focus("textarea[name=cause]")
    page.page.keyboard.press("Control+a")
    page.page.keyboard.type("Cars left unlocked by the station.")
    page.page.focus("main form button.govuk-button >> nth=-1")
    page.page.keyboard.press("Enter")
    page.page.wait_for_url("**/recovery-plans/*/")
    assert "Cars left unlocked by the station." in page.page.inner_text("main")


def test_the_boards_paper_comes_as_a_file(look: Any, tmp_path: Path):
    import pikepdf

    page = look()
    page.sign_in("chair@saltpool.invalid")
    page.go("/scorecard/board/")
    with page.page.expect_download() as got:
        page.page.click("text=PDF")
    got.value.save_as(tmp_path / "board.pdf")
    with pikepdf.open(tmp_path / "board.pdf") as paper:
        assert len(paper.pages) <= 2
