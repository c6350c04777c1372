"""Every page of every product as a picture, so that a person looks at what a committee will get.

usage: python tools/look.py PRODUCTS OUT

PRODUCTS is searched for .pdf, .docx and .html files. Needs pdftoppm (poppler), soffice (LibreOffice) and chromium; a format whose
program is not there is left out, and said.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

DOTS = 90  # to the inch: an A4 page is 744 × 1053
SLICE = 1400  # px of a web page on one picture
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip


def pdf_pages(path: Path, out: Path, name: str) -> list[Path]:
    """One PNG for each page."""
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-png", str(path), str(out / name)], check=True, capture_output=True)
    return sorted(out.glob(f"{name}-*.png"))


def word_as_pdf(path: Path, folder: Path) -> Path:
    """The Word file as LibreOffice lays it out, in the type it asks for."""
    import font_source_sans_pro

    fonts = folder / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>/etc/fonts/fonts.conf</include>'
        f"<dir>{font_source_sans_pro.font_directory}</dir><cachedir>{folder / 'fonts'}</cachedir></fontconfig>"
    )
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), str(path)]
    environment = {"FONTCONFIG_FILE": str(fonts), "HOME": str(folder), "PATH": "/usr/local/bin:/usr/bin:/bin"}
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)
    return folder / f"{path.stem}.pdf"


def word_pages(path: Path, out: Path, name: str) -> list[Path]:
    with tempfile.TemporaryDirectory() as folder:
        return pdf_pages(word_as_pdf(path, Path(folder)), out, name)


def web_pages(path: Path, out: Path, name: str) -> list[Path]:
    """The page as wide as a laptop and as narrow as a phone, in slices."""
    from playwright.sync_api import sync_playwright

    made = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        for kind, width in (("wide", 1000), ("phone", 390)):
            page = browser.new_page(viewport={"width": width, "height": SLICE})
            page.goto(path.resolve().as_uri())
            tall = page.evaluate("document.documentElement.scrollHeight")
            for place, top in enumerate(range(0, tall, SLICE), 1):
                target = out / f"{name}-{kind}-{place:02}.png"
                page.evaluate(f"scrollTo(0, {top})")
                page.screenshot(path=target)
                made.append(target)
            page.close()
        browser.close()
    return made


WAYS: dict[str, tuple[str, Callable[[Path, Path, str], list[Path]]]] = {
    ".pdf": ("pdftoppm", pdf_pages),
    ".docx": ("soffice", word_pages),
    ".html": ("chromium", web_pages),
}


def look(products: Path, out: Path) -> int:
    """Write the pictures into `out`, emptied first of earlier ones. Gives how many there are."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.png"):
        old.unlink()
    made = 0
    for path in sorted(p for p in products.rglob("*") if p.suffix in WAYS):
        program, draw = WAYS[path.suffix]
        if not shutil.which(program):
            print(f"{path.name}: left out, because {program} is not installed")
            continue
        name = "-".join((*path.relative_to(products).parts[:-1], path.stem, path.suffix[1:]))
        pages = draw(path, out, name)
        made += len(pages)
        print(f"{path.relative_to(products)}: {len(pages)} pictures")
    print(f"{made} pictures are in {out}")
    return made


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(0 if look(Path(sys.argv[1]), Path(sys.argv[2])) else 1)
